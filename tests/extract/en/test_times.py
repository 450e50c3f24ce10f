"""Days and periods, read against the day of publication (a Wednesday). The examples are our own."""

from datetime import date

import pytest

from streams.extract.en.dates import find_days
from streams.extract.en.periods import find_periods

DAY = date(2021, 8, 18)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on June 30", "2021-06-30"),
        ("on 30 June 2020", "2020-06-30"),
        ("on Sept 4", "2021-09-04"),
        ("on December 27", "2020-12-27"),
        ("on the 7th", "2021-08-07"),
        ("on the 25th", "2021-07-25"),
        ("on Tuesday", "2021-08-17"),
        ("on Wednesday", "2021-08-18"),
        ("last Friday", "2021-08-13"),
        ("yesterday afternoon", "2021-08-17"),
        ("the day before yesterday", "2021-08-16"),
        ("2021-08-02", "2021-08-02"),
        ("28/01/2019", "2019-01-28"),
        ("three days ago", "2021-08-15"),
        ("recently", "None"),
    ],
)
def test_day(text: str, expected: str) -> None:
    assert [str(day.day) for day in find_days(text, DAY)] == [expected]


@pytest.mark.parametrize("text", ["from May 23 to 26", "March 8-13", "November 21 and 22", "August 30 to September 2"])
def test_run_of_days(text: str) -> None:
    assert find_days(text, DAY)[0].until is not None


@pytest.mark.parametrize("text", ["February 30", "on the 41st", "2021-13-45", "next Monday"])
def test_no_day(text: str) -> None:
    assert [day.day for day in find_days(text, DAY) if day.day] == []


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("so far this year", "2021-01-01", "2021-08-18"),
        ("since the beginning of the year", "2021-01-01", "2021-08-18"),
        ("from January to July", "2021-01-01", "2021-07-31"),
        ("from January to October 2020", "2020-01-01", "2020-10-31"),
        ("in the first half", "2021-01-01", "2021-06-30"),
        ("in the first four months of 2020", "2020-01-01", "2020-04-30"),
        ("the first three quarters of 2020", "2020-01-01", "2020-09-30"),
        ("in the second quarter", "2021-04-01", "2021-06-30"),
        ("last year", "2020-01-01", "2020-12-31"),
        ("in 2019", "2019-01-01", "2019-12-31"),
        ("since 2005", "2005-01-01", "2021-08-18"),
        ("since it was founded on Aug 20, 2019", "2019-08-20", "2021-08-18"),
        ("over the past five years", "None", "2021-08-18"),
        ("to date", "None", "2021-08-18"),
        ("by the end of June", "None", "2021-06-30"),
        ("by 2025", "None", "2025-12-31"),
        ("in July", "2021-07-01", "2021-07-31"),
        ("between 2016 and 2020", "2016-01-01", "2020-12-31"),
        ("the 14th Five-Year Plan period", "2021-01-01", "2025-12-31"),
    ],
)
def test_period(text: str, first: str, last: str) -> None:
    assert [(str(period.first), str(period.last)) for period in find_periods(text, DAY)] == [(first, last)]
