"""The ledger of projects: what belongs to one project, what came of it, and what is overdue."""

from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest

from schemas.event import Mentions
from schemas.project import Project
from schemas.total import Cohort
from streams.ledger.book import Book
from streams.ledger.fold import fold
from streams.ledger.national import NATION
from streams.ledger.rows import projects_total
from tests.ledger.make import DAY, JIANGSU, WUXI, XISHAN, article, mention, report, said, told

LAKE, HILL = ("Blue Lake Battery Park",), ("Red Hill Drug Base",)
MAY, JULY, NEXT_YEAR = date(2024, 5, 6), date(2024, 7, 1), date(2025, 6, 2)


def step(name: str, stage: str, day: date, **fields: Any) -> Mentions:
    """An article about one stage of a named project."""
    kind = "signing" if stage in ("contract", "framework", "intention") else "milestone"
    return report(name, day, type=kind, stage=stage, date=day, **{"projects": 1, "names": LAKE, **fields})


def projects(*records: Mentions) -> list[Project]:
    """The projects, whatever the order."""
    found = {tuple(one.wire() for one in fold(order, DAY).projects) for order in permutations(records)}
    assert len(found) == 1
    return fold(records, DAY).projects


SIGNED = step("signed", "contract", DAY, amount=3e9)


def test_a_project_goes_from_its_signing_to_operation() -> None:
    (one,) = projects(
        SIGNED,
        step("landed", "landed", MAY),
        step("started", "started", JULY),
        step("running", "operational", NEXT_YEAR),
    )
    assert {stage: str(reached.day) for stage, reached in one.steps.items()} == {
        "contract": "2024-03-18", "landed": "2024-05-06", "started": "2024-07-01", "operational": "2025-06-02",
    }  # fmt: skip
    assert (one.names, one.regions, one.amount_cny, one.start_due) == (LAKE, (XISHAN,), 3_000_000_000, None)


def test_framework_in_may_and_contract_in_september_are_two_stages_of_one_project() -> None:
    (one,) = projects(step("a", "framework", MAY), step("b", "contract", date(2024, 9, 9)))
    assert list(one.steps) == ["contract", "framework"]
    assert one.start_due == date(2025, 5, 6)


@pytest.mark.parametrize(
    "other",
    [
        step("b", "started", JULY, names=HILL),
        step("b", "started", JULY, regions=("CN-320508",)),
    ],
    ids=["another name", "another city"],
)
def test_another_name_or_place_is_another_project(other: Mentions) -> None:
    assert len(projects(SIGNED, other)) == 2


def test_the_city_may_be_told_for_the_county_and_the_name_with_its_legal_form() -> None:
    (one,) = projects(SIGNED, step("b", "started", JULY, regions=(WUXI,), names=("BLUE LAKE BATTERY PARK Co., Ltd.",)))
    assert list(one.steps) == ["contract", "started"]
    assert one.regions == (XISHAN,)


def test_a_batch_does_not_make_one_project_of_its_parts() -> None:
    batch = step("batch", "contract", DAY, projects=12, names=LAKE + HILL, amount=9e9)
    lake, hill = sorted(projects(batch, step("b", "started", JULY)), key=lambda one: one.names)
    assert (list(lake.steps), lake.amount_cny) == (["contract", "started"], None)
    assert list(hill.steps) == ["contract"]


def test_a_name_in_two_languages_connects_what_each_language_reports() -> None:
    both = step("b", "started", JULY, names=("Blue Lake Battery Park", "蓝湖电池产业园"))
    later = step("c", "completed", NEXT_YEAR, names=("蓝湖电池产业园",))
    (one,) = projects(SIGNED, both, later)
    assert list(one.steps) == ["contract", "started", "completed"]


def test_a_project_whose_link_is_taken_back_is_two_again_and_the_absorbed_one_says_where_it_went() -> None:
    link = step("b", "started", JULY, names=("Blue Lake Battery Park", "蓝湖电池产业园"))
    later = step("c", "completed", NEXT_YEAR, names=("蓝湖电池产业园",))
    book, published = Book(JIANGSU), {}
    for record in (SIGNED, later, link, said(article("b", JULY, revision=2), owner=JIANGSU)):
        change = book.plan(record)
        assert change is not None
        published = {one.project_id: one for one in change.projects}
        if record is link:
            (gone,) = [one for one in published.values() if one.status == "retracted"]
            (live,) = [one for one in published.values() if one.status == "live"]
            assert gone.merged_into == live.project_id
        book.commit(change)
    assert [list(one.steps) for one in sorted(book.projects(), key=lambda one: str(one.steps))] == [
        ["completed"], ["contract"],
    ]  # fmt: skip
    assert all(
        one.status == "live" for one in published.values() if one.project_id in {p.project_id for p in book.projects()}
    )


def test_conversion_by_year_of_signing_at_every_level() -> None:
    records = [
        SIGNED,
        step("a", "started", JULY),
        step("b", "contract", DAY, names=HILL, regions=("CN-320508",)),
        step("c", "contract", date(2023, 5, 1), names=("Old Mill Works",), regions=("CN-330203",)),
        step("d", "operational", date(2024, 5, 1), names=("Old Mill Works",), regions=("CN-330203",)),
        step("e", "started", JULY, names=("Never Signed Plant",)),
    ]
    folded = fold(records, NEXT_YEAR)
    rows = {key[1]: row for key, row in folded.rows.items() if key[0] == "projects"}
    assert rows[XISHAN].cohorts["2024"] == Cohort(signed=1, landed=1, started=1)
    assert rows[JIANGSU].cohorts["2024"] == Cohort(signed=2, landed=1, started=1)
    assert rows[NATION].cohorts == {
        "2023": Cohort(signed=1, landed=1, started=1, completed=1, operational=1),
        "2024": Cohort(signed=2, landed=1, started=1),
        "all": Cohort(signed=3, landed=2, started=2, completed=1, operational=1),
    }


def test_signed_and_not_started_is_listed_from_the_day_it_is_due() -> None:
    book = Book.restore(JIANGSU, [SIGNED], start_months=6)
    due = date(2024, 9, 18)
    assert projects_total(book, JIANGSU, due - timedelta(days=1)).overdue == 0
    row = projects_total(book, JIANGSU, due)
    assert (row.overdue, row.longest[0].name, row.longest[0].due) == (1, LAKE[0], due)
    change = book.plan(step("b", "started", JULY))
    assert change is not None
    assert projects_total(book, JIANGSU, due, change).overdue == 0
    book.commit(change)
    assert projects_total(book, JIANGSU, due).overdue == 0


def test_a_joint_project_counts_once_for_the_nation_and_in_no_province() -> None:
    joint = mention(regions=(XISHAN, "CN-330421"), projects=1, names=LAKE, date=DAY)
    folded = fold(told(article("a"), joint), DAY)
    assert [one.owner for one in folded.projects] == [NATION]
    assert [key for key in folded.rows if key[0] == "projects"] == [("projects", NATION)]
