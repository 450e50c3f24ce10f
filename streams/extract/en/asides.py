"""Relative clauses that recall an earlier step of what is told: "the base, which broke ground in May, "."""

import re

from streams.extract.en.actions import Action
from streams.extract.en.sentences import Sentence

_RELATIVE = re.compile(
    r",\s(?:which|who|whose|where)\b(?:[^,;]|,(?=\d))*,"
    r"|,\s(?:signed|inked|agreed|contracted|concluded|begun|started|launched|completed|announced|approved)\s(?:up )?"
    r"(?:in|on|last|earlier|by|at|back|only|as)\b(?:[^,;:]|,(?=\d))*"
    r"|\bthat\b(?:[^,;]|,(?=\d))*?(?=,|;|$)"
)
_NAMES = ("sign", "start", "complete", "operate", "land")

Aside = tuple[int, int, Action]


def find_asides(text: str, sentence: Sentence, actions: list[Action]) -> list[Aside]:
    """Start, end and action of the relative clauses that have one action beside that of the sentence."""
    found: list[Aside] = []
    if len(actions) < 2:
        return found
    for match in _RELATIVE.finditer(text, sentence.start, sentence.end):
        aside = _restrictive(match, actions) if text[match.start()] == "t" else _set_apart(match, actions)
        if aside and aside[2].name in _NAMES:
            found.append(aside)
    return found if len(found) < len(actions) else []


def _set_apart(match: re.Match[str], actions: list[Action]) -> Aside | None:
    """Between commas: ", which broke ground in May 2021, ", ", signed in 2024"."""
    inside = [a for a in actions if match.start() <= a.start < match.end()]
    return (match.start(), match.end(), inside[0]) if len(inside) == 1 else None


def _restrictive(match: re.Match[str], actions: list[Action]) -> Aside | None:
    """ "the plant that broke ground in 2021 has been completed": up to the next action."""
    inside = [a for a in actions if match.start() <= a.start < match.end()]
    if len(inside) < 2 or inside[0].start - match.start() > NEAR:
        return None
    return match.start(), inside[1].start, inside[0]


NEAR = 16
"""Characters between "that" and its verb."""
