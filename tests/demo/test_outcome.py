"""What the sample articles come to, by the offline line: the stories that the demo is there to tell."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from schemas.article import RawArticle
from schemas.event import Event
from schemas.total import RegionTotal
from streams import offline
from streams.demo.samples import published_at, sample_feeds, version_at
from streams.files import make_article
from streams.ledger.fold import Folded

DAYS = [date(2026, 11, 22), date(2027, 1, 2), date(2028, 2, 29)]
BILLION = 10**9


def articles(today: date) -> Iterator[RawArticle]:
    for feed in sample_feeds():
        for sample in (one for one in feed.articles if not one.poison):
            for number in range(len(sample.versions)):
                version, moment = version_at(sample, number, today), published_at(feed, sample, today)
                article = make_article(sample.id, version.title, version.text, moment, feed.region)
                yield article.model_copy(update={"revision": number + 1})


@cache
def folded(today: date) -> Folded:
    return offline.fold_articles(articles(today), today)


def told_by(today: date, article: str, kind: str) -> list[Event]:
    """Events of a type that an article is a source of."""
    return [
        one
        for one in folded(today).events
        if one.type == kind and article in {source.article for source in one.sources}
    ]


def contracts(total: RegionTotal, window: str = "30d") -> tuple[int, Decimal]:
    row = total.windows[window]["contract"]  # type: ignore[index]
    return row.happenings, row.amount_cny.best


@pytest.fixture(params=DAYS, ids=str)
def today(request: pytest.FixtureRequest) -> date:
    day: date = request.param
    return day


def test_irrelevant_articles_are_told_from_the_others(today: date) -> None:
    shows = {sample.id: sample.shows for feed in sample_feeds() for sample in feed.articles}
    wrong = {
        one.article_id
        for one in articles(today)
        if one.revision == 1 and offline.classify(one).relevant == ("irrelevant" in shows[one.article_id])
    }
    assert wrong == set()


def test_three_outlets_and_two_languages_are_one_happening(today: date) -> None:
    for article in ("ecd-01", "qt-01", "zs-01"):
        (event,) = told_by(today, article, "signing")
        assert {source.article for source in event.sources} == {"ecd-01", "qt-01", "zs-01"}
        assert {source.language for source in event.sources} == {"en", "zh"}
        assert (event.regions, event.projects) == (("CN-330212",), 48)
        assert event.amount is not None
        assert (event.amount.value, event.amount.qualifier) == (36.5 * BILLION, "exact")


def test_a_correction_replaces_the_amount(today: date) -> None:
    (event,) = told_by(today, "jh-01", "signing")
    assert event.amount is not None
    assert event.amount.value == Decimal("16.84") * BILLION


def test_a_retraction_leaves_nothing(today: date) -> None:
    assert [one for one in folded(today).events if "qt-05" in {source.article for source in one.sources}] == []


def test_a_joint_signing_counts_in_each_province_and_once_in_the_country(today: date) -> None:
    (event,) = told_by(today, "qt-02", "signing")
    assert set(event.regions) == {"CN-310118", "CN-320509", "CN-330421"}
    assert {source.article for source in event.sources} == {"qt-02", "zs-05"}
    totals = folded(today).totals
    assert (
        contracts(totals["CN-310000"], "7d")
        == contracts(totals["CN-310118"], "7d")
        == (1, Decimal(268 * BILLION // 10))
    )
    owners = [total for total in totals.values() if total.owner == total.region and total.region.startswith("CN-")]
    added = sum(contracts(total)[0] for total in owners if "contract" in total.windows.get("30d", {}))
    assert contracts(totals["CN"])[0] == added - 2


def test_framework_and_contract_are_kept_apart(today: date) -> None:
    stages = {one.stage: one.amount and one.amount.value for one in told_by(today, "qt-04", "signing")}
    assert stages == {"contract": 3.2 * BILLION, "framework": 7.5 * BILLION}


def test_dollars_stay_dollars_and_are_counted_in_yuan(today: date) -> None:
    (event,) = told_by(today, "jh-09", "signing")
    assert event.amount is not None
    assert event.amount_cny is not None
    assert (event.amount.value, event.amount.currency) == (150_000_000, "USD")
    assert 0.8 * BILLION < event.amount_cny.best < 1.3 * BILLION


def test_a_shared_place_name_is_settled_by_context_or_not_guessed(today: date) -> None:
    (settled,) = told_by(today, "zs-03", "signing")
    assert settled.regions == ("CN-360103",)
    guessed = {region for one in told_by(today, "zs-02", "signing") for region in one.regions}
    assert guessed <= {"CN"}


def test_a_period_figure_is_in_no_total(today: date) -> None:
    (single,) = told_by(today, "jh-02", "signing")
    assert (single.regions, single.projects) == (("CN-420504",), 50)
    figures = told_by(today, "jh-02", "statistic")
    assert {one.metric for one in figures} >= {"projects_signed"}
    total = folded(today).totals["CN-420500"]
    assert contracts(total) == (1, Decimal("11.406") * BILLION)


def test_a_cancelled_deal_is_none(today: date) -> None:
    assert told_by(today, "wrg-05", "signing") == []


@pytest.mark.parametrize(
    ("article", "kinds"),
    [
        ("ecd-04", {"signing", "statistic", "activity"}),  # a district's stationed promotion teams
        ("ecd-03", {"statistic", "agreement", "target"}),  # a district that counts
        ("wrg-01", {"agreement", "activity", "signing"}),  # a prefecture with county-level cities
        ("wrg-02", {"statistic"}),  # a city's monthly report
        ("wrg-03", {"statistic", "target"}),  # and its yearly one
        ("zs-04", {"statistic"}),
        ("zs-08", {"statistic", "target"}),
    ],
)
def test_each_promotion_system_gives_the_events_it_speaks_of(article: str, kinds: set[str], today: date) -> None:
    found = {one.type for one in folded(today).events if article in {source.article for source in one.sources}}
    assert kinds <= found


def test_targets_and_statistics_are_in_no_total(today: date) -> None:
    shunde = folded(today).totals.get("CN-440606")
    assert shunde is None or shunde.windows == {}
