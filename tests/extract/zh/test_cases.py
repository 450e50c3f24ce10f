"""Whole articles: every event, with its numbers, place and time; and that what is quoted stands in the article."""

import pytest

from streams.extract.zh import read
from tests.extract.zh.brief import article, brief
from tests.extract.zh.cases import CASES


@pytest.mark.parametrize(("title", "day", "text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_article(title: str, day: str, text: str, expected: tuple[str, ...]) -> None:
    told = article(title, text, day)
    mentions = read(told).mentions
    assert tuple(brief(mention) for mention in mentions) == expected
    for mention in mentions:
        for words in (mention.span, *mention.words.values()):
            assert told.document[words.start : words.end] == words.text != ""


def test_mentions_come_in_the_order_of_their_evidence() -> None:
    for title, day, text, _ in CASES:
        spans = [mention.span.start for mention in read(article(title, text, day)).mentions]
        assert spans == sorted(spans)


def test_what_was_dropped_says_why() -> None:
    reading = read(
        article("", "5月18日,衢州市举行签约仪式,32个项目集中签约,总投资256亿元,其中制造业项目25个。", "2024-05-20")
    )
    assert [brief(mention) for mention in reading.mentions] == ["signing contract CN-330800 n=32 256亿CNY 2024-05-18"]
    assert [dropped.reason for dropped in reading.dropped] == ["a part of a total"]


def test_confidence_falls_with_distance() -> None:
    near = "5月18日,衢州市32个项目集中签约,总投资256亿元。"
    far = "近年来工作扎实推进。\n\n32个项目集中签约,总投资256亿元。"
    (sure,) = read(article("", near, "2024-05-20")).mentions
    (unsure,) = read(article("衢州市举行签约仪式", far, "2024-05-20")).mentions
    assert sure.confidence > 0.9 > unsure.confidence


def test_our_city_is_the_feeds_when_the_text_names_none() -> None:
    text = "6月18日,我市举行重大项目集中签约仪式,32个项目签约。"
    assert [brief(mention) for mention in read(article("", text, "2024-06-20", region="CN-330800")).mentions] == [
        "signing contract CN-330800 n=32 2024-06-18"
    ]
    assert read(article("", text, "2024-06-20")).mentions == ()


def test_a_traditional_text_with_pinyin_notes_is_quoted_as_written() -> None:
    text = "5月18日,衢州市舉行簽(qiān)約儀式,32個項(xiàng)目集中簽(qiān)約,總投資(zī)256億元。"
    (mention,) = read(article("", text, "2024-05-20")).mentions
    assert mention.evidence == "32個項(xiàng)目集中簽(qiān)約,總投資(zī)256億元"
    assert mention.words["amount"].text == "256億元"
    assert mention.words["projects"].text == "32個"


def test_full_width_digits_are_read() -> None:
    text = "5月18日，衢州市举行签约仪式，３２个项目签约，总投资２５６．８亿元。"
    (mention,) = read(article("", text, "2024-05-20")).mentions
    assert brief(mention) == "signing contract CN-330800 n=32 256.8亿CNY 2024-05-18"
