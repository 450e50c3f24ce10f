"""Amounts in yuan and dollars: the right rate, the right day, and nothing invented."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from schemas.event import Amount
from streams.ledger.money import convert
from streams.rates import find_rate

SPRING = date(2024, 3, 18)


def money(value: Any, currency: str, qualifier: str = "exact") -> Amount:
    """An amount."""
    return Amount.model_validate({"value": value, "currency": currency, "qualifier": qualifier})


def test_yuan_stay_yuan_whatever_the_day() -> None:
    there = convert(money(21_290_000_000, "CNY"), "CNY", date(1980, 1, 1))
    assert there is not None
    assert (there.low, there.best, there.high, there.rate_day) == (21_290_000_000,) * 3 + (date(1980, 1, 1),)


def test_dollars_become_yuan_at_the_rate_of_the_day() -> None:
    # ECB reference rates of 18 March 2024: 1 euro = 1.0892 dollars = 7.8402 yuan
    there = convert(money(1_000_000_000, "USD"), "CNY", SPRING)
    assert there is not None
    assert there.rate_day == SPRING
    assert there.best == round(Decimal("7.8402") / Decimal("1.0892") * 10**9)


def test_a_sunday_takes_fridays_rate_and_says_so() -> None:
    rate = find_rate("EUR", "CNY", date(2024, 3, 17))
    assert rate is not None
    assert rate.day == date(2024, 3, 15)


def test_a_day_after_the_last_known_rate_takes_the_last() -> None:
    rate = find_rate("USD", "CNY", date(2199, 1, 1))
    assert rate is not None
    assert rate == find_rate("USD", "CNY", rate.day)


def test_a_pegged_currency_goes_by_the_dollar() -> None:
    dirhams, dollars = find_rate("AED", "CNY", SPRING), find_rate("USD", "CNY", SPRING)
    assert dirhams
    assert dollars
    assert dirhams.factor * Decimal("3.6725") == pytest.approx(dollars.factor)


def test_a_yearly_rate_says_the_year_it_is_of() -> None:
    rate = find_rate("VND", "USD", date(2025, 5, 1))
    assert rate is not None
    assert rate.day == date(2023, 1, 1)


@pytest.mark.parametrize(
    ("currency", "day"),
    [
        ("XXX", SPRING),
        ("VND", date(2001, 1, 1)),
        ("EGP", date(2024, 6, 1)),
        ("HRK", date(2025, 6, 1)),
        ("USD", date(1998, 1, 1)),
    ],
)
def test_no_rate_is_unknown_and_not_a_guess(currency: str, day: date) -> None:
    assert convert(money(5_000_000, currency), "CNY", day) is None


def test_a_currency_that_the_bank_stopped_quoting_takes_the_yearly_file() -> None:
    before, after = find_rate("RUB", "USD", date(2022, 2, 1)), find_rate("RUB", "USD", date(2023, 6, 1))
    assert before
    assert after
    assert before.day == date(2022, 2, 1)
    assert after.day == date(2023, 1, 1)


@pytest.mark.parametrize(
    ("value", "qualifier", "low", "high"),
    [
        (46_500_000_000, "exact", 46_500_000_000, 46_500_000_000),
        (46_500_000_000, "at_least", 46_500_000_000, 46_600_000_000),
        (100_000_000_000, "at_least", 100_000_000_000, 150_000_000_000),
        (90_000_000_000, "about", 81_000_000_000, 99_000_000_000),
        (84_800_000_000, "about", 84_700_000_000, 84_900_000_000),
        (5_000_000_000, "at_most", 0, 5_000_000_000),
    ],
)
def test_low_and_high_follow_the_qualifier(value: int, qualifier: str, low: int, high: int) -> None:
    there = convert(money(value, "CNY", qualifier), "CNY", SPRING)
    assert there is not None
    assert (there.low, there.best, there.high) == (low, value, high)


@pytest.mark.parametrize("value", [10**18, 10**40, "1e60"])
def test_a_value_that_cannot_be_meant_is_unknown(value: Any) -> None:
    assert convert(money(value, "CNY"), "CNY", SPRING) is None
