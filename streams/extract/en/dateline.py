"""Where the article was written: the place and day before its first sentence, which are no part of it."""

import re

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? ?\d{{4}})?"
_DATELINE = re.compile(
    r"^\s*(?P<place>[A-Z][A-Za-z'’.\- ]{1,30}(?:(?:, ?|/)[A-Z][A-Za-z .']{1,25}){0,2}?)"
    rf"(?:,? ?\(?(?P<day>{_DAY})\)?,?)?"
    r"(?:\s?[(/][^)\n/]{2,40}[)/])?\s?(?:--+|[–—-](?=\s)|/[A-Za-z-]+/ ?--)\s*",
)
_SLASHES = re.compile(
    rf"^\s*(?P<place>[A-Z]{{3,}}(?: [A-Z]{{3,}}){{0,2}}),? (?P<day>{_DAY})\.?\s?/[A-Za-z. -]{{2,24}}/\.?\s*"
)
_COLON = re.compile(r"^\s*(?P<place>[A-Z][a-z]+(?: [A-Z][a-z]+)?|[A-Z]{3,}(?: [A-Z]{3,})?):\s(?=[A-Z])")
_PLACE_STOP = re.compile(
    r"^\s*(?P<place>[A-Z][a-z’']+(?: [A-Z][a-z]+)?(?:, [A-Z][a-z]+(?: [A-Z][a-z]+)?)?)(?:,? (?:\d{1,2} "
    r"[A-Z][a-z]+|[A-Z][a-z]+ \d{1,2}),?(?: \d{4})?)?\.\s+(?=[A-Z])"
)
_AGENCY = re.compile(r"^\s*\((?:[A-Z][\w'’. ]{1,40})\)\s?[-–—]{1,2}\s*")
_CAPITALS = re.compile(r"\s*[A-Z]{3}[A-Z/,. ]*--")
"""What is a dateline wherever it stands: also after a line of the sender's ("For immediate use.")."""
_HEAD = 3
"""Lines at the top that may hold the dateline: before it there may be a masthead or a heading."""


def blank_dateline(text: list[str], document: str, kept: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Blanks the dateline in `text`; gives the span of its place. `kept`: the lines of the article."""
    lines = [document[start : start + 60] for start, _ in kept]
    colon = sum(bool(_COLON.match(line)) for line in lines) == 1
    stop = sum(bool(_PLACE_STOP.match(line)) for line in lines) == 1
    opened = False
    for start, end in kept[:_HEAD]:
        line = "".join(text[start : start + 160]).split("\n")[0]
        match = _CAPITALS.match(line) and _DATELINE.match(line) if opened else _match(line, colon, stop)
        if not opened and match is None and (agency := _AGENCY.match(line)):
            text[start : start + agency.end()] = " " * agency.end()
            return None
        if match is not None:
            text[start : start + match.end()] = " " * match.end()
            return start + match.start("place"), start + match.start("place") + len(match["place"].rstrip(" -"))
        opened = opened or end - start > 90 or bool(re.search(r"[.!?][\"”’)]?\s*$", document[start:end]))
    return None


def _match(line: str, colon: bool, stop: bool) -> re.Match[str] | None:
    """The dateline at the start of a line. `colon`, `stop`: "X: " and "X. " are one, as no other line begins so."""
    match = _SLASHES.match(line) or _DATELINE.match(line)
    if match and (
        re.match(r"[A-Z]{3,}\b", match["place"].lstrip()) or match["day"] or "(" in match[0] or "--" in match[0]
    ):
        return match
    return (_COLON.match(line) if colon else None) or (_PLACE_STOP.match(line) if stop else None)
