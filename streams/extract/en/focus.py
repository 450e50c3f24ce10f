"""What the text is speaking of: the place that a sentence which names none goes on about."""

import re

from schemas.regions import holds, related
from streams.extract.en.context import Context
from streams.extract.en.place import Place
from streams.extract.en.sentences import Sentence

Codes = tuple[str, ...]
_LEAD = re.compile(
    r"^[\s\"“,;:-]*(?:(?:on|in|at|by|since|from|during|and|while|but|as|yesterday|today|last|this|so "
    r"far|earlier|meanwhile|recently|with|over|for)\b[^,]{0,60},\s*)?(?:the )?(?:[a-z]+ ){0,3}(?:[A-Z][\w]+['’]s )?$",
    re.IGNORECASE,
)
_INTO = re.compile(r"\W*(?:[1-9]\w*\W+)?(?:In|At) (?:the )?(?:[a-z]+ )?$")
_PRONOUN = re.compile(
    r"[\s\"“]*(?:and |but |so |for |of |under |with |by |at |in |during |now |today )?(?:its?|their|they|there|"
    r"here|the (?:zone|park|"
    r"base|area|site|cluster|port|new (?:area|district|city)|"
    r"place|authority|administration|office|bureau|committee))\b",
    re.IGNORECASE,
)


_GIVES = re.compile(r"\b(?:sent|sends|sending|invest\w*|put|brought|moved) (?:[\w,.$-]+ ){0,8}(?:there|here)\b")
"""Who sends firms there is not where they go."""


def leads(text: str, low: int, place: Place) -> bool:
    """True for a place that opens the stretch from `low`: it is its subject even if the article is of another."""
    return bool(_LEAD.match(text[low : place.start]))


def focus_of(ctx: Context, sentence: Sentence) -> Codes:
    """The place that the sentences before in the paragraph are about, the last one; () where they name none.

    One that holds the article's own place is no change of the subject.
    """
    base = ctx.places.home_at(sentence.paragraph)
    index = ctx.sentences.index(sentence)
    goes_on = bool(_PRONOUN.match(sentence.text))
    for earlier in reversed(ctx.sentences[max(0, index - 8) : index]):
        if earlier.paragraph < 0 or (earlier.paragraph != sentence.paragraph and not goes_on):
            return ()
        about = _about(ctx, earlier, base, goes_on and ctx.sentences[index - 1] is earlier)
        if about and (goes_on or not _is_within(about, base)):
            return about
        goes_on = goes_on and bool(_PRONOUN.match(earlier.text))
    return ()


def _about(ctx: Context, sentence: Sentence, base: Codes, loose: bool) -> Codes:
    """The place that one sentence is about. `loose`: also one that only stands before its verb ("the base in X is")."""
    if _GIVES.search(sentence.text):
        return ()
    for place in ctx.places.between(sentence.start, sentence.end):
        above = bool(base) and _is_above(place.codes, base)
        if place.region.level == "country" or (
            above and not (place.role == "subject" and place.start == sentence.start)
        ):
            continue
        kin = not base or all(any(related(a, b) for b in base) for a in place.codes)
        opens = leads(ctx.text, sentence.start, place)
        if place.role == "subject" and (kin or (opens and not any(related(a, b) for a in place.codes for b in base))):
            return place.codes
        if place.role == "inside" and kin and _INTO.match(ctx.text[sentence.start : place.start]):
            return place.codes
        if loose and kin and place.role == "inside" and place.start - sentence.start < 60:
            return place.codes
    return ()


def _is_within(codes: Codes, base: Codes) -> bool:
    """A part of the article's own place: the next sentence is of the whole again, unless it points back."""
    return bool(base) and all(any(holds(b, code) for b in base) for code in codes)


def _is_above(codes: Codes, base: Codes) -> bool:
    return codes == base or all(any(holds(a, b) for a in codes) for b in base)


_THE_SITE = re.compile(
    r"\b(?:at|in|of|into|inside|expects?|wants?) the (?P<noun>base|park|estate|industrial park|hub|cluster|zone)\b"
    r"(?! of\b| in\b| (?-i:[A-Z]))",
    re.IGNORECASE,
)
_BACK = 1500
"""Characters over which "the base" takes up a base that was introduced with its place."""


def site_before(ctx: Context, start: int, end: int, base: Codes) -> Codes:
    """ "Seven more broke ground at the base": the part of the article's place where the base is said to lie before."""
    site = _THE_SITE.search(ctx.text, start, end)
    if not site or not base:
        return ()
    noun = site["noun"].split()[-1]
    first = re.compile(
        rf"\b(?:[Aa]n?|[Tt]he) (?:[\w’'&-]+ ){{0,6}}?{noun}\b(?:[^.;]|\.(?=\d)){{0,70}}?\b(?:in|on|of|at) (?:the )?$",
        re.IGNORECASE,
    )
    low = max(0, site.start() - _BACK)
    for place in reversed(ctx.places.between(low, site.start())):
        inner = place.codes != base and _is_within(place.codes, base)
        if inner and first.search(ctx.text, max(low, place.start - 160), place.start):
            return place.codes
    return ()
