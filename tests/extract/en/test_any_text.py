"""Any string gives an answer, its evidence stands where it says, and no text takes long."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from streams.extract.en.reader import read
from tests.extract.en.article import english

PIECES = st.sampled_from(
    [
        "Ningbo",
        "signed",
        "12 projects",
        "worth 3.4 billion yuan",
        "on Monday",
        "in Shanghai",
        ". ",
        ", and ",
        "; ",
        "\n",
        "\n\n",
        "Home > News",
        "so far this year",
        "broke ground",
        "(about $2 billion)",
        "among them",
        "will",
        "not",
        "MoU",
        "with",
        "the city",
        "Zhejiang province",
        "1. HEFEI.",
        "each",
        "of which",
        "by 2025",
        "40 companies",
        "investment promotion conference",
        "was held",
        '"',
        "“",
        "\0",
        "\ud800",
        "亿元",
        "12",
        "%",
        "from May 3 to 6",
        "Source: x",
        "plant",
        "U.S.",
        "Co., Ltd.",
        "1 2 3",
    ]
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES, max_size=6).map(" ".join))
def test_evidence_stands_where_it_says(text: str, title: str) -> None:
    article = english(text, title)
    reading = read(article)
    for mention in reading.mentions:
        assert article.document[mention.span.start : mention.span.end] == mention.evidence
        for words in mention.words.values():
            assert article.document[words.start : words.end] == words.text
        assert 0 < mention.confidence <= 1
    assert list(reading.mentions) == sorted(reading.mentions, key=lambda mention: mention.span.start)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=400), st.text(max_size=80))
def test_any_string_gives_an_answer(text: str, title: str) -> None:
    read(english(text, title))


@pytest.mark.parametrize(
    "text",
    [
        "1" * 1_000_000,
        "(" * 1_000_000,
        "a" * 1_000_000,
        " and, " * 200_000,
        "\n" * 1_000_000,
        "Ab " * 300_000,
        "12," * 300_000,
        "\0\ud800" * 300_000,
    ],
    ids=["digits", "brackets", "letters", "joins", "lines", "names", "numbers", "surrogates"],
)
def test_hostile_texts_are_read_in_time(text: str) -> None:
    start = time.process_time()
    reading = read(english(text))
    assert time.process_time() - start < 5
    assert any("beyond" in dropped.reason for dropped in reading.dropped)
