"""Names of regions in the two languages of the board."""

from schemas import regions


def name_of(code: str, language: str) -> str:
    """The name of a division, or its code when it is not in the table."""
    try:
        return regions.name_of(code, language)  # type: ignore[attr-defined]
    except (AttributeError, KeyError):
        return code
