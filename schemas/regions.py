"""The arithmetic of region codes: who holds whom. Codes are `CN-` + 6 digits (GB/T 2260), ISO 3166-2 or ISO 3166-1."""

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


def holds(above: str, below: str) -> bool:
    """True when `above` is `below` or one of the divisions above it."""
    return above == below or above in ancestors_of(below)


def related(one: str, other: str) -> bool:
    """True when one holds the other."""
    return holds(one, other) or holds(other, one)
