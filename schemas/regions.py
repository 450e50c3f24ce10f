"""The arithmetic of region codes: who holds whom. Codes are `CN-` + 6 digits (GB/T 2260), ISO 3166-2 or ISO 3166-1.

The names are those of schemas/data: divisions.csv (GB/T 2260 at the end of 2021) and abroad.csv (ISO 3166).
"""

import csv
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

MUNICIPALITIES = ("11", "12", "31", "50")
"""Beijing, Tianjin, Shanghai, Chongqing: their districts stand directly below the province level."""


def parent_of(region: str) -> str | None:
    """The division directly above; None for a country.

    >>> parent_of("CN-330203"), parent_of("CN-330200"), parent_of("CN-330000"), parent_of("CN"), parent_of("US-TX")
    ('CN-330200', 'CN-330000', 'CN', None, 'US')
    >>> parent_of("CN-500112"), parent_of("CN-429004"), parent_of("CN-659001")  # no prefecture between
    ('CN-500000', 'CN-420000', 'CN-650000')
    """
    country, _, code = region.partition("-")
    if not code:
        return None
    if country != "CN" or code.endswith("0000"):
        return country
    if code.endswith("00") or code[:2] in MUNICIPALITIES or code[2:4] == "90":
        return f"CN-{code[:2]}0000"
    return f"CN-{code[:4]}00"


@lru_cache(maxsize=8192)
def ancestors_of(region: str) -> tuple[str, ...]:
    """Every division above, nearest first, the country last.

    >>> ancestors_of("CN-330203")
    ('CN-330200', 'CN-330000', 'CN')
    """
    above: list[str] = []
    while (parent := parent_of(above[-1] if above else region)) is not None:
        above.append(parent)
    return tuple(above)


def owner_of(region: str) -> str:
    """Where a region's mentions are merged: the province-level division in China, the country elsewhere.

    >>> owner_of("CN-330203"), owner_of("CN-330000"), owner_of("CN"), owner_of("VN-56")
    ('CN-330000', 'CN-330000', 'CN', 'VN')
    """
    country, _, code = region.partition("-")
    return f"CN-{code[:2]}0000" if country == "CN" and code else country


def owners_of(regions: Iterable[str]) -> set[str]:
    """Every owner that merges a happening of these places: each place's own, and the country of several of its owners.

    >>> sorted(owners_of(["CN-320582", "CN-330421"])), sorted(owners_of(["CN-320582", "CN-320205"]))
    (['CN', 'CN-320000', 'CN-330000'], ['CN-320000'])
    """
    owners = {owner_of(region) for region in regions}
    countries = [owner.partition("-")[0] for owner in owners]
    return owners | {country for country in countries if countries.count(country) > 1}


def holds(above: str, below: str) -> bool:
    """True when `above` is `below` or one of the divisions above it."""
    return above == below or above in ancestors_of(below)


def related(one: str, other: str) -> bool:
    """True when one holds the other."""
    return holds(one, other) or holds(other, one)


def level_of(region: str) -> str:
    """country, province, prefecture or county. The first level abroad is a `province`.

    >>> [level_of(code) for code in ("CN", "CN-330000", "CN-330200", "CN-330203", "CN-429004", "VN-56")]
    ['country', 'province', 'prefecture', 'county', 'county', 'province']
    """
    country, _, code = region.partition("-")
    if not code:
        return "country"
    if country != "CN" or code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def name_of(region: str, language: Literal["zh", "en"]) -> str:
    """The name to show; the code itself for a region that the tables do not have, English where there is no Chinese.

    >>> name_of("CN-330203", "en"), name_of("CN-330203", "zh"), name_of("VN-56", "zh"), name_of("XX-1", "en")
    ('Haishu District', '海曙区', '北宁省', 'XX-1')
    """
    zh, en = names().get(region, (region, region))
    return zh if language == "zh" and zh else en


def is_known(region: str) -> bool:
    """True for a code of the tables."""
    return region in names()


@cache
def names() -> dict[str, tuple[str, str]]:
    """Code → Chinese name (may be empty abroad), English name; read once."""
    chinese = {f"CN-{row['code']}": (row["zh"], row["en"]) for row in rows("divisions.csv")}
    return chinese | {row["code"]: (first(row["zh"]), first(row["en"])) for row in rows("abroad.csv")}


def first(forms: str) -> str:
    """The first of several forms: the one to show."""
    return forms.partition("|")[0]


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table in schemas/data."""
    with files("schemas.data").joinpath(name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)
