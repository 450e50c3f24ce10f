# ruff: noqa: E501 (tables of words)
"""Builds streams/extract/data/crossing_zh.txt: everyday words of two characters that end where a short place name begins, or
begin where one ends (投资|兴业 holds 资兴, 昆山|人 does not).

    python tools/gazetteer/build_words.py JIEBA_DICT_TXT

The word list is that of PyPI `jieba` 0.42.1 (MIT): words of its corpus seen at least 300 times, names of places and people left out.
"""

import csv
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
LEAST = 300
FUNCTION = set("向和以在从到于与及由对为同来去把被让给跟是有让经至就而但或各本该我你他她它这那某")
"""Characters which stand before a place name as words of their own."""


def main() -> None:
    """Writes the words, sorted."""
    with open(ROOT / "streams/extract/data/division_names.csv", encoding="utf-8") as file:
        names = [
            row["name"] for row in csv.DictReader(file)
            if row["language"] == "zh" and row["form"] in ("bare", "weak", "word") and not row["code"].endswith("00")
        ]  # fmt: skip
    firsts, lasts = {name[0] for name in names}, {name[-1] for name in names}
    bare = set(names)
    words = set()
    for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines():
        word, count, tag = line.split(" ")
        if len(word) != 2 or int(count) < LEAST or tag[:2] in ("ns", "nr", "nz") or word in bare:
            continue
        if (word[1] in firsts and word[0] not in FUNCTION) or (word[0] in lasts and word[1] not in FUNCTION):
            words.add(word)
    text = "# Everyday words that may run across the edge of a place name: made of jieba's word list by tools/gazetteer/build_words.py\n"
    (ROOT / "streams/extract/data/crossing_zh.txt").write_text(text + "\n".join(sorted(words)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
