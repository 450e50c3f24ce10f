"""A place of a document and its part there."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A region of the text. `role`: `place`, `venue` (where it is held), `guest` (where others come from)."""

    start: int
    end: int
    codes: tuple[str, ...]
    level: str
    role: str
    ambiguous: bool
    generic: bool
