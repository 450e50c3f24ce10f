"""Money as English news writes it. The examples are our own."""

from decimal import Decimal

import pytest

from streams.extract.en.amounts import find_amounts

CASES = [
    ("3.2 billion yuan", "3200000000 CNY exact"),
    ("RMB 3.2 billion", "3200000000 CNY exact"),
    ("RMB 3.2 billion yuan", "3200000000 CNY exact"),
    ("RMB450m", "450000000 CNY exact"),
    ("7b yuan", "7000000000 CNY exact"),
    ("¥12.5bn", "12500000000 CNY exact"),
    ("over 46.5 billion yuan", "46500000000 CNY at_least"),
    ("upwards of 2 bln yuan", "2000000000 CNY at_least"),
    ("no less than 800 million yuan", "800000000 CNY at_least"),
    ("nearly 28 billion yuan", "28000000000 CNY about"),
    ("an estimated S$4.7 billion", "4700000000 SGD about"),
    ("up to 10 billion US dollars", "10000000000 USD at_most"),
    ("no more than 10 billion yuan", "10000000000 CNY at_most"),
    ("half a billion euros", "500000000 EUR exact"),
    ("a billion yuan", "1000000000 CNY exact"),
    ("three billion yuan", "3000000000 CNY exact"),
    ("VND 2,234 billion", "2234000000000 VND exact"),
    ("Rs 36,400 crore", "364000000000 INR exact"),
    ("Rs 2.96 lakh crore", "2960000000000 INR exact"),
    ("14.1 billion forints", "14100000000 HUF exact"),
    ("KZT 44.5 billion", "44500000000 KZT exact"),
    ("HK$900 million", "900000000 HKD exact"),
    ("US$368 million", "368000000 USD exact"),
    ("USD 368 million", "368000000 USD exact"),
    ("2 trillion won", "2000000000000 KRW exact"),
    ("SAR1.2bn", "1200000000 SAR exact"),
    ("a 7-billion-US-dollar plant", "7000000000 USD exact"),
    ("1 billion yuan or more", "1000000000 CNY at_least"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_amount(text: str, expected: str) -> None:
    found = find_amounts(text)
    assert [f"{amount.value.normalize():f} {amount.currency} {amount.qualifier}" for amount in found] == [expected]
    assert text[found[0].start : found[0].end]


@pytest.mark.parametrize(
    "text",
    [
        "projects of over 100 million yuan",
        "23 projects of more than 1 billion yuan each",
        "each exceeding 100 million yuan",
        "none of them planned at less than 100 million yuan",
        "100-million-yuan projects",
    ],
)
def test_size_of_each(text: str) -> None:
    assert find_amounts(text)[0].per_project


def test_total_is_not_a_size() -> None:
    assert not find_amounts("79 projects with an investment of more than 240 billion yuan")[0].per_project


def test_conversion_in_brackets_is_not_a_second_sum() -> None:
    first, second = find_amounts("21.6 billion yuan (about $3.06 billion)")
    assert (first.conversion, second.conversion) == (False, True)


def test_bare_billion_takes_the_currency_before_it() -> None:
    found = find_amounts("12 billion yuan in steel, 4.5 billion in glass and 300 million in toys.")
    assert [(amount.value, amount.currency) for amount in found[1:]] == [
        (Decimal("4500000000.0"), "CNY"),
        (Decimal("300000000"), "CNY"),
    ]


@pytest.mark.parametrize("text", ["40 million tons", "3 billion people", "room 300 m", "by 2025", "5 yuanbao"])
def test_no_money(text: str) -> None:
    assert find_amounts(text) == []
