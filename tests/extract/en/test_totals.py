"""Statistics and targets: each figure its own metric and period. The examples are our own."""

import pytest

from streams.extract.en.reader import read
from tests.extract.en.article import english

HEAD = "Taizhou in Jiangsu province told its year on Monday. "


def totals(text: str) -> set[str]:
    found = set()
    for m in read(english(HEAD + text, "Taizhou in figures", published="2023-06-15")).mentions:
        if m.type in ("statistic", "target"):
            number = m.projects if m.projects is not None else m.count
            amount = f"{m.amount.value.normalize():f}" if m.amount else "-"
            period = f"{m.period.start}..{m.period.end}" if m.period else "-"
            found.add(f"{m.type}/{m.metric} {number} {amount} {period}")
    return found


YEAR, NOW = "2023-01-01..2023-12-31", "2023-01-01..2023-06-15"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "This year the city is to sign 140 projects and to make actual use of 900 million dollars in foreign "
            "capital. Ground will be broken for 80 projects.",
            {
                f"target/projects_signed 140 - {YEAR}",
                f"target/foreign_investment None 900000000 {YEAR}",
                f"target/projects_started 80 - {YEAR}",
            },
        ),
        (
            "It has set the bar for this year at 61 billion yuan of investment in place.",
            {f"target/investment_actual None 61000000000 {YEAR}"},
        ),
        (
            "By 2026 the revenue of the main business of its pump industry shall reach 30 billion yuan.",
            {"target/output_value None 30000000000 None..2026-12-31"},
        ),
        (
            "For the rest of the year the city has lined up 12 promotion trips.",
            {"target/activities_held 12 - 2023-06-15..2023-12-31"},
        ),
        (
            "The city plans to draw 8 billion yuan of investment in fixed assets this year.",
            {f"target/investment_actual None 8000000000 {YEAR}"},
        ),
    ],
)
def test_every_aim_of_a_sentence(text: str, expected: set[str]) -> None:
    assert totals(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "In the whole of 2022, 96 projects had been introduced, with 21.9 billion yuan arriving.",
            {
                "statistic/projects_introduced 96 - 2022-01-01..2022-12-31",
                "statistic/investment_actual None 21900000000 2022-01-01..2022-12-31",
            },
        ),
        (
            "From January to May the city implemented 87 projects, and the funds in place were 7.3 billion yuan.",
            {
                "statistic/projects_introduced 87 - 2023-01-01..2023-05-31",
                "statistic/investment_actual None 7300000000 2023-01-01..2023-05-31",
            },
        ),
        (
            "Its yards attracted investments of 4.1 billion yuan in 2022.",
            {"statistic/investment_actual None 4100000000 2022-01-01..2022-12-31"},
        ),
        (
            "Altogether 45 companies have settled in the park so far, bringing in 2 billion yuan.",
            {"statistic/companies_registered 45 2000000000 None..2023-06-15"},
        ),
        ("So far this year it has held seven such shows for investors.", {f"statistic/activities_held 7 - {NOW}"}),
    ],
)
def test_each_figure_has_its_metric(text: str, expected: set[str]) -> None:
    assert totals(text) == expected
