"""Relative clauses that recall an earlier step of what is told: "the base, which broke ground in May, "."""

import re

from streams.extract.en.actions import Action
from streams.extract.en.sentences import Sentence

_RELATIVE = re.compile(r",\s(?:which|who|whose|where)\b(?:[^,;]|,(?=\d))*,|\bthat\b(?:[^,;]|,(?=\d))*?(?=,|;|$)")


def find_asides(text: str, sentence: Sentence, actions: list[Action]) -> list[tuple[int, int, Action]]:
    """Relative clauses with an action of their own before the one of the sentence: ", which broke ground in May, "."""
    found: list[tuple[int, int, Action]] = []
    if len(actions) < 2:
        return found
    for match in _RELATIVE.finditer(text, sentence.start, sentence.end):
        low, high = match.span()
        inside = [a for a in actions if low <= a.start < high]
        after = [a for a in actions if a.start >= high]
        if text[low] == "t":
            if len(inside) < 2 or inside[0].start - low > 16:
                continue
            high = inside[1].start
            inside, after = inside[:1], inside[1:]
        if len(inside) == 1 and after and inside[0].name in ("sign", "start", "complete", "operate", "land"):
            found.append((low, high, inside[0]))
    return found
