"""Totals: which day, which window, which place, once each; and the nation."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from schemas.event import Period
from schemas.regions import owner_of
from streams.ledger.fold import fold
from tests.ledger.make import DAY, JIANGSU, WUXI, XISHAN, article, cny, mention, report, told

WEDNESDAY = date(2024, 5, 15)


@pytest.mark.parametrize(
    ("day", "windows"),
    [
        (date(2024, 5, 15), "7d 30d 90d 365d wtd mtd qtd ytd all"),
        (date(2024, 5, 13), "7d 30d 90d 365d wtd mtd qtd ytd all"),
        (date(2024, 5, 12), "7d 30d 90d 365d mtd qtd ytd all"),
        (date(2024, 5, 9), "7d 30d 90d 365d mtd qtd ytd all"),
        (date(2024, 5, 8), "30d 90d 365d mtd qtd ytd all"),
        (date(2024, 4, 30), "30d 90d 365d qtd ytd all"),
        (date(2024, 4, 16), "30d 90d 365d qtd ytd all"),
        (date(2024, 4, 15), "90d 365d qtd ytd all"),
        (date(2024, 3, 31), "90d 365d ytd all"),
        (date(2024, 2, 15), "365d ytd all"),
        (date(2023, 12, 31), "365d all"),
        (date(2023, 5, 17), "365d all"),
        (date(2023, 5, 16), "all"),
        (date(2001, 1, 1), "all"),
        (date(2024, 5, 16), ""),
        (date(2025, 5, 15), ""),
    ],
)
def test_a_day_is_in_the_windows_that_hold_it(day: date, windows: str) -> None:
    totals = fold([report("a", WEDNESDAY, projects=2, date=day)], WEDNESDAY).totals
    if not totals:  # a day that has not come is refused when it was told
        assert (day - WEDNESDAY).days > 2
        assert not windows
        return
    assert list(totals[XISHAN].windows) == windows.split()
    assert totals["CN"].windows == totals[JIANGSU].windows == totals[WUXI].windows == totals[XISHAN].windows


def test_as_of_new_year_and_leap_day() -> None:
    records = [report("a", date=date(2024, 2, 29), projects=2), report("b", date=date(2023, 12, 31), projects=3)]
    new_year = fold(records, date(2024, 1, 1)).totals[XISHAN].windows
    assert list(new_year) == ["7d", "30d", "90d", "365d", "all"]
    leap = fold(records, date(2024, 2, 29)).totals[XISHAN].windows
    assert (leap["ytd"]["contract"].projects, leap["all"]["contract"].projects) == (2, 5)


def test_kinds_of_money_stay_apart_and_figures_and_targets_never_count() -> None:
    year = Period(start=date(2024, 1, 1), end=DAY)
    folded = fold(
        [
            report("a", amount=1e9, date=DAY),
            report("b", amount=2e9, date=DAY, stage="framework"),
            report("c", amount=4e9, date=DAY, type="milestone", stage="started"),
            report("d", amount=8e9, type="statistic", metric="projects_signed", period=year),
            report("e", amount=16e9, type="target", metric="projects_signed", period=year),
            report("f", date=DAY, type="activity", kind="roadshow"),
            report("g", date=DAY, type="agreement", parties=("A", "B")),
        ],
        DAY,
    )
    assert len(folded.events) == 7
    kinds = folded.totals[XISHAN].windows["all"]
    assert {stage: kind.amount_cny.best for stage, kind in kinds.items()} == {
        "contract": 10**9,
        "framework": 2 * 10**9,
        "started": 4 * 10**9,
    }


def test_a_total_says_what_is_exact_what_is_a_bound_and_what_is_unknown() -> None:
    folded = fold(
        [
            report("a", amount=1.5e9, projects=1, date=DAY),
            report("b", amount=cny(3.2e9, "at_least"), projects=12, date=DAY),
            report("c", projects=30, date=DAY),
            report("d", amount={"value": 5, "currency": "XXX", "qualifier": "exact"}, projects=70, date=DAY),
        ],
        DAY,
    )
    total = folded.totals[XISHAN].windows["7d"]["contract"]
    assert (total.happenings, total.projects, total.exact, total.bounded, total.unknown) == (4, 113, 1, 1, 2)
    assert total.amount_cny.low == total.amount_cny.best == Decimal(4_700_000_000)
    assert total.amount_cny.high == Decimal(4_800_000_000)


def test_an_undated_happening_counts_on_the_day_of_its_first_report() -> None:
    folded = fold(
        [report("b", DAY + timedelta(days=2), projects=9, amount=1.5e9), report("a", projects=9, amount=1.5e9)], DAY
    )
    (event,) = folded.events
    assert (event.date, event.day) == (None, DAY)
    assert folded.totals[XISHAN].windows["7d"]["contract"].happenings == 1


JOINT = ("CN-310118", "CN-320509", "CN-330421")


def test_a_joint_happening_of_three_provinces_is_shown_in_each_and_counted_once() -> None:
    folded = fold(told(article("a"), mention(regions=JOINT, projects=20, amount=50e9, date=DAY)), DAY)
    (event,) = folded.events
    assert (event.owner, event.home, event.regions) == ("CN", True, JOINT)
    assert {(copy.owner, copy.home) for copy in folded.copies} == {(owner_of(region), False) for region in JOINT}
    for region in (*JOINT, "CN-310000", "CN-320000", "CN-330000", "CN-330400"):
        total = folded.totals[region].windows["7d"]["contract"]
        assert (total.happenings, total.projects, total.amount_cny.best) == (1, 20, 50 * 10**9)
        assert total.joint == 1
    nation = folded.totals["CN"].windows["7d"]["contract"]
    assert (nation.happenings, nation.projects, nation.joint) == (1, 20, 0)
    assert folded.totals["CN-310000"].home == folded.totals["CN-320000"].home == {}
    assert folded.totals["CN"].home is None


def test_articles_that_name_different_provinces_of_one_happening_give_it_one_home() -> None:
    facts = {"projects": 20, "amount": 50e9, "date": DAY}
    records = [
        record
        for name, regions in {"a": (XISHAN, "CN-330421"), "b": ("CN-310118", "CN-330421"), "c": ("CN-330421",)}.items()
        for record in told(article(name), mention(regions=regions, **facts))
    ]
    folded = fold(records, DAY)
    assert [(event.owner, len(event.sources)) for event in folded.events] == [("CN", 2)]
    assert folded.totals["CN"].windows["all"]["contract"].happenings == 1
    zhejiang = next(copy for copy in folded.copies if copy.owner == "CN-330000")
    assert {source.article for source in zhejiang.sources} == {"a", "b", "c"}


def test_two_counties_of_one_province_count_once_in_each_and_once_above() -> None:
    one = report("a", regions=("CN-320205", "CN-320206", "CN-320582"), projects=6, date=DAY)
    totals = fold([one], DAY).totals
    counted = {region: total.windows["7d"]["contract"].happenings for region, total in totals.items()}
    assert counted == dict.fromkeys(
        ("CN", "CN-320000", "CN-320200", "CN-320205", "CN-320206", "CN-320500", "CN-320582"), 1
    )


def test_what_names_only_the_country_is_in_the_nations_row() -> None:
    folded = fold([report("a", regions=("CN",), projects=6, date=DAY), report("b", projects=3, date=DAY)], DAY)
    assert folded.totals["CN"].windows["7d"]["contract"].projects == 9
    assert set(folded.totals) == {"CN", JIANGSU, WUXI, XISHAN}


def test_a_country_and_its_province_named_together_are_the_province() -> None:
    folded = fold(told(article("a"), mention(regions=("CN", XISHAN), projects=6, date=DAY)), DAY)
    assert [event.owner for event in folded.events] == [JIANGSU]
    assert folded.totals["CN"].windows["7d"]["contract"].projects == 6


def test_another_country_has_a_row_of_its_own_and_china_none_of_it() -> None:
    folded = fold([report("a", regions=("VN-56",), projects=6, date=DAY)], DAY)
    assert set(folded.totals) == {"VN", "VN-56"}
    assert folded.totals["VN"].home == folded.totals["VN"].windows


def test_a_misread_amount_harms_no_total() -> None:
    folded = fold([report("a", amount=1e9, projects=2, date=DAY), report("b", amount=1e19, projects=3, date=DAY)], DAY)
    total = folded.totals["CN"].windows["7d"]["contract"]
    assert (total.amount_cny.high, total.happenings, total.unknown) == (10**9, 2, 1)
