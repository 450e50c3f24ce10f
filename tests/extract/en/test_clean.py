"""What is not the article is blanked, and no character moves. The examples are our own."""

import pytest

from streams.extract.en.clean import clean
from streams.extract.en.sentences import find_sentences

BODY = "Twelve projects were signed in Taizhou on Monday."


@pytest.mark.parametrize(
    "chrome",
    [
        "Home > News > Local",
        "Updated: 2023-04-05 | By Li Lei | Print",
        "Source: Taizhou Daily   Editor: Wang",
        "[Photo/Taizhou Daily]",
        "(Editor: Grace)",
        "Share this: Facebook | Twitter",
        "Copyright (c) 2023. All rights reserved.",
        "Tel: 0576-8888 8888",
        "1 2 3 4 5",
        "Related: Taizhou | pumps",
        "Font size: A- A A+",
        "Views: 218",
    ],
)
def test_chrome_goes(chrome: str) -> None:
    document = f"A title\n{chrome}\n\n{BODY}\n{chrome}"
    cleaned = clean(document)
    assert len(cleaned.text) == len(document)
    assert [sentence.text for sentence in find_sentences(cleaned.text, cleaned.body)][1:] == [BODY]


def test_related_headlines_go_with_their_heading() -> None:
    cleaned = clean(
        f"A title\n{BODY}\n\nRelated stories\n> Ningbo signs 30 projects worth 9 billion yuan\n> Port sees record"
    )
    assert "30 projects" not in cleaned.text


def test_lines_broken_in_mid_sentence_are_joined() -> None:
    cleaned = clean("A title\nTwelve projects worth 3 billion\nyuan were signed in Taizhou on\nMonday by the city.")
    assert len(find_sentences(cleaned.text, cleaned.body)) == 2


def test_dateline_is_no_part_of_the_sentence() -> None:
    document = "A title\nBEIJING, May 14 (Xinhua) -- Hainan signed 20 projects."
    cleaned = clean(document)
    assert cleaned.dateline is not None
    assert document[slice(*cleaned.dateline)] == "BEIJING"
    assert "May 14" not in cleaned.text


def test_abbreviations_do_not_end_a_sentence() -> None:
    cleaned = clean("T\nThe cost is 5 billion U.S. dollars. Mr. Li of Acme Co., Ltd. agreed. The rest is 3.5 million.")
    assert len(find_sentences(cleaned.text, cleaned.body)) == 4


@pytest.mark.parametrize(
    "start",
    [
        "KAZAN, May 14. /Volga Wire/. Hainan",
        "HANOI, Vietnam - Hainan",
        "A WEEKLY LETTER\n\nKAZAN, May 14 -- Hainan",
        "Pu'er, Yunnan, 27 May 2021 -- Hainan",
    ],
)
def test_datelines(start: str) -> None:
    cleaned = clean(f"A title\n{start} signed 20 projects.")
    assert cleaned.dateline is not None
    assert find_sentences(cleaned.text, cleaned.body)[-1].text.strip() == "Hainan signed 20 projects."
