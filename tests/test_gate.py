"""A gate finds exactly what its expression finds."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import streams.extract
from streams.extract.en.lexicon import phrases
from streams.gate import Gate, find_required

DATA = Path(streams.extract.__file__).parent / "data"
LISTS = [
    (file, key)
    for file in ("actions_en", "activities_en", "called_off_en", "chrome_en")
    for key in tomllib.loads((DATA / f"{file}.toml").read_text("utf-8"))
]
TEXTS = (
    "On Tuesday the district signed 14 projects worth 8.55 billion yuan, broke ground on six, put two into use.",
    "They were signed, sealed and delivered; letters of intent were exchanged and a plant was opened, said the city.",
    "No deal has been struck; talks over a joint venture were called off, reports were denied.",
    "Share | Print | Related news | Copyright 2024. All rights reserved.",
    "ſigned and SIGNED, the \u212aickoff",
)
BRANCHES = [
    "sign(?:s|ed|ing)?",
    "ink",
    "in+k?",
    r"\w+ed",
    "broke (?:the )?ground",
    "(?i:x)",
    "a|b",
    "(?<=s)ig",
    "e(?!d)",
    "z{2,3}y?",
    "ſ",
    "[kK]ick",
]


def spans(matches: object) -> list[tuple[int, int]]:
    return [match.span() for match in matches]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("file", "key"), LISTS)
def test_the_lists_of_the_room(file: str, key: str) -> None:
    gate = phrases(file, key)
    for text in TEXTS:
        assert spans(gate.finditer(text)) == spans(gate.whole.finditer(text))
        found, wanted = gate.search(text), gate.whole.search(text)
        assert (found and found.group()) == (wanted and wanted.group())


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from(BRANCHES), min_size=1, max_size=10),
    st.sampled_from([("", ""), (r"\b", r"\b"), (r"(?<![\w-])", r"(?:(?!\w)|(?<=\s))")]),
    st.sampled_from([re.NOFLAG, re.IGNORECASE]),
    st.text(alphabet="signedbroke thuxz-ſKkI.", max_size=60),
)
def test_any_branches(branches: list[str], borders: tuple[str, str], flags: re.RegexFlag, text: str) -> None:
    gate = Gate(branches, *borders, flags=flags)
    assert spans(gate.finditer(text)) == spans(gate.whole.finditer(text))
    assert bool(gate.match(text)) == bool(gate.whole.match(text))


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("(?:break|broke) ground", {"break ground", "broke ground"}),
        ("signed?", {"signe", "signed"}),
        (r"\d+ projects?", {" project", " projects"}),
        (r"(?:a|\d)", None),
        ("(?:the )?[a-z]+", None),
        ("(?:ab)*", None),
    ],
)
def test_required(pattern: str, needed: set[str] | None) -> None:
    assert find_required(pattern) == (None if needed is None else frozenset(needed))
