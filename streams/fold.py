"""One searchable form of Chinese text: simplified characters, half-width signs, no scraping noise.

Patterns and lexicons are written once, in simplified characters with half-width signs, and searched in `Folded.text`.
What is quoted is always the original, found again with `Folded.origin`.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

KEEP = frozenset("乾著瞭藉彷薹阪祇")
"""Characters that are also simplified ones (乾县, 著名, 瞭望): turned only where the text leaves no doubt, so never."""

SIGNS = {0x3000: " ", 0xA0: " ", 0x2003: " ", 0x2002: " ", 0x2009: " ", 0x202F: " "} | {
    0x300C: "“", 0x300D: "”", 0x300E: "“", 0x300F: "”", 0xFE50: ",", 0xFF61: "。", 0x2219: "·", 0x2022: "·",
    0x2027: "·", 0x30FB: "·", 0xFF65: "·",
}  # fmt: skip

PINYIN = re.compile(r"(?<=[\u4e00-\u9fff])\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüɡńňǹḿ]{1,7}\)")
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\x00]")
FEW_PINYIN = 3
"""Fewer notes than this in a text are the writer's own brackets, not a scraper's annotations."""


@dataclass(frozen=True)
class Folded:
    """The searchable form. `cuts`: (offset in `text`, characters of the original left out before it), ascending."""

    text: str
    cuts: tuple[tuple[int, int], ...] = ()

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the original. Words left out at either rim stay outside."""
        if not self.cuts:
            return start, end
        if end <= start:
            at = start + self._left_out(start)
            return at, at
        return start + self._left_out(start), end - 1 + self._left_out(end - 1) + 1

    def _left_out(self, offset: int) -> int:
        index = bisect_right(self.cuts, (offset, 1 << 60))
        return self.cuts[index - 1][1] if index else 0


def fold(text: str) -> Folded:
    """`text` with full-width signs halved, traditional characters simplified and scraping noise left out.

    Left out: invisible characters, and pinyin notes in brackets after characters where there are several of them.

    >>> fold("總投資額１５０．４億元，簽約！").text
    '总投资额150.4亿元,签约!'
    >>> folded = fold("項(xiàng)目簽(qiān)約(yuē)")
    >>> folded.text, folded.origin(0, 2)
    ('项目签约', (0, 9))
    """
    flat = text.translate(_table())
    holes = [match.span() for match in INVISIBLE.finditer(flat)]
    if flat.count("(") >= FEW_PINYIN:
        notes = [match.span() for match in PINYIN.finditer(flat)]
        if len(notes) >= FEW_PINYIN:
            holes = sorted(holes + notes)
    if not holes:
        return Folded(flat)
    kept: list[str] = []
    cuts: list[tuple[int, int]] = []
    at = gone = 0
    for start, end in holes:
        kept.append(flat[at:start])
        gone += end - start
        cuts.append((end - gone, gone))
        at = end
    kept.append(flat[at:])
    return Folded("".join(kept), tuple(cuts))


HALF_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
"""Full-width signs, digits and letters, and the half-width ones they stand for."""


@cache
def simplified() -> dict[int, str]:
    """Traditional characters and their simplified forms; one always becomes one, so that offsets hold."""
    table = {}
    folder = files("opencc") / "dictionary"  # Apache-2.0; origin: BYVoid/OpenCC
    for line in (folder / "TSCharacters.txt").read_text(encoding="utf-8").splitlines():
        source, _, targets = line.partition("\t")
        target = targets.split(" ")[0]
        if len(source) == 1 == len(target):
            table[ord(source)] = target
    return table


@cache
def _table() -> dict[int, str]:
    plain = {code: target for code, target in simplified().items() if chr(code) not in KEEP}
    return HALF_WIDTH | SIGNS | plain
