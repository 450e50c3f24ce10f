"""What is said to be done in a sentence: signed, started, completed, ... and whether it really was done."""

import re
from dataclasses import dataclass, replace

from streams.extract.en.lexicon import load, phrases
from streams.extract.found import Found

MAJOR = ("foreign", "actual", "operate", "start", "complete", "land", "negotiate", "reserve", "introduce", "sign")
"""The actions that split a sentence into clauses; of two at one place the longer wins, then the earlier here."""

_FUTURE = re.compile(
    r"\b(?:will|would|shall|may|might|could|can|should|must|to be|plans? to|planned to|planning to|"
    r"expect(?:s|ed)? to|aims? to|aimed to|hop(?:es?|ed|ing) to|set to|intends? to|"
    r"due to|about to|wants? to|looks? to|seeks? to|ready to|scheduled to|slated to|poised to|strives? "
    r"to|vow(?:s|ed)? to|pledged? to|promis(?:es|ed) to|yet to|going to|in order to|prepares? to|"
    r"willing to|"
    r"before|until|once|if|when|after|asked \w+ to|urged? \w+ to|let|are to|is to|was to|were to|for|"
    r"(?:years?|months?|weeks?|days?) after (?:it|they|this) (?:was|were|had been)|"
    r"intention to|opportunity to|likely to)(?: (?:also|soon|still|then|jointly|formally|officially|"
    r"all|it|they|the (?:project|plant)s?|be|have|been|fully|get))* $",
    re.IGNORECASE,
)
_HARD_FUTURE = re.compile(r"^(?:before|until|once|if|when|after|for)\b", re.IGNORECASE)
_NEGATION = re.compile(
    r"\b(?:not|never|no longer|failed to|fails to|refused to|den(?:y|ies|ied)(?: (?:that|having|"
    r"reports|it had))?|without|neither|no|nothing|cannot|didn['’]t|hasn['’]t|haven['’]t|wasn['’]t|"
    r"weren['’]t|isn['’]t|rumou?red|reportedly close to|allegedly|supposedly|fake|false(?:ly)?)"
    r"(?: \w+){0,4} $",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Action(Found):
    """An action word; offsets in the document. `future`: still to come; `negated`: did not happen."""

    name: str
    words: str
    future: bool = False
    negated: bool = False


def find_actions(text: str, start: int, end: int, names: tuple[str, ...] = MAJOR) -> list[Action]:
    """The actions named in `text[start:end]`, in order, without overlaps."""
    sentence = text[start:end]
    raw = [
        (match.end() - match.start(), -rank, match.start(), match.end(), name)
        for rank, name in enumerate(names)
        if name in load("actions_en")
        for match in phrases("actions_en", name).finditer(sentence)
    ]
    taken = bytearray(len(sentence) + 1)
    found = []
    for _, _, low, high, name in sorted(raw, reverse=True):
        if any(taken[low:high]) or _SINCE.search(sentence, max(0, low - 16), low):
            continue
        taken[low:high] = b"\x01" * (high - low)
        found.append(_judged(sentence, low, high, name, start))
    return _carried(sentence, start, sorted(found, key=lambda action: action.start))


_SINCE = re.compile(r"\bsince (?:its|their|the|official)(?: \w+)? $")
"""Before words that only tell from when on: "since its start"."""
_BARE = re.compile(
    r"(?:set up|start|begin|open|enter|go|come|complete|finish|break|commence|launch|settle|establish|move|kick)\b"
)
_BASE = re.compile(
    r"(?:start|begin|open|enter|go|come|complete|finish|sign|put|break|commence|launch|bring|attract|"
    r"introduce|land|settle)\b",
    re.IGNORECASE,
)


def _carried(sentence: str, offset: int, actions: list[Action]) -> list[Action]:
    """ "is scheduled to break ground in spring and start production in autumn": the second is to come as well."""
    carried: list[Action] = []
    for action in actions:
        last = carried[-1] if carried else None
        if last and last.future and not action.future and action.start - last.end < 90:
            gap = sentence[last.end - offset : action.start - offset]
            if re.search(r"(?:\band|,)\s(?:then |later |finally )?$", gap) and _BASE.match(action.words):
                action = replace(action, future=True)
        carried.append(action)
    return carried


_PUT_OFF = re.compile(
    r"[^.;]{0,70}\b(?:ha[sd]|have|was|were|is|are) (?:been )?(?:postponed|put off|moved (?:to|into)|delayed|"
    r"rescheduled|"
    r"called off|cancell?ed)\b",
    re.IGNORECASE,
)
_DONE_TO = re.compile(
    r"\b(?:used|seized|gathered|came|met|joined|managed|proceeded|went on|helped|flew in|turned up|picked|chose)\b"
    r"[^.;,]{0,40} to $",
    re.IGNORECASE,
)
"""What was done in order to begin was begun: "used the fair to start work"."""
_HARD_PAST = re.compile(r"(?:once|when|after)\b", re.IGNORECASE)
_PAST = re.compile(
    r"(?:\w+ed|broke|began|went|came|took|put|set|got|saw|won|struck|swung|held|laid|drove|dug|made|gave|sent|"
    r"threw|cut|"
    r"brought|drew|shook|bore|sprang|found|entered)\b",
    re.IGNORECASE,
)


def _judged(sentence: str, low: int, high: int, name: str, offset: int) -> Action:
    before = sentence[max(0, low - 60) : low]
    before = re.split(r"[;]", before)[-1]
    if before and before[-1] == "-":
        before = before[:-1] + " "
    future = _FUTURE.search(before)
    words = sentence[low:high]
    is_future = bool(future) and not (
        _HARD_FUTURE.match(future.group() if future else "") and re.search(r"(?:was|were|had|has|have) $", before)
    )
    if is_future and _HARD_PAST.match(future.group() if future else "") and _PAST.search(words):
        is_future = False  # "when it fired up the kiln"
    if (
        re.search(r"\bfor $|\bafter $|\bwhen $|\bto be $", before)
        and name in ("sign", "start")
        and words.lower().endswith("ed")
    ):
        is_future = bool(re.search(r"to be $", before))
    if re.search(r"\bto $", before) and name in ("start", "complete", "operate", "land") and _BARE.match(words):
        is_future = not _DONE_TO.search(before)
    if (
        not is_future
        and _BARE.match(words)
        and re.search(r"\b(?:will|would|shall|is to|are to)\b[^.;]{3,60}\band (?:\w+ly )?$", before)
    ):
        is_future = True
    if re.search(r"\b(?:about to|will|due to|set to|expected to|scheduled to|slated to|yet to|is to|are to)\b", words):
        is_future = True
    if re.match(_PUT_OFF, sentence[high : high + 120]):
        is_future = True
    after = sentence[high : high + 50]
    if name == "sign" and re.match(
        r"(?:[^,.;]{0,30}\s)?(?:are|is|will|would|were|was) (?:still )?(?:to (?:be|follow|come)|expected|"
        r"due|planned|scheduled|yet to|likely|be signed|follow)\b",
        after,
    ):
        is_future = True
    negated = bool(_NEGATION.search(before)) and not re.search(
        r"\b(?:not|no) (?:only|less|fewer|more) (?:\w+ ){0,4}$", before, re.IGNORECASE
    )
    return Action(offset + low, offset + high, name, words, is_future, negated)
