"""Amounts whose conversion in the text does not fit the rate of the day are doubted."""

from datetime import UTC, datetime

import pytest

from schemas.event import Mention
from streams.extract.extractor import extract
from streams.files import make_article


def read(text: str) -> list[Mention]:
    title, _, body = text.partition("\n")
    return list(extract(make_article("a", title, body, datetime(2024, 3, 5, tzinfo=UTC))).mentions)


@pytest.mark.parametrize(
    ("money", "doubts"),
    [
        ("3.2 billion yuan (about $450 million)", ()),
        ("3.2 billion yuan (about $4.5 billion)", ("conversion_by_10",)),
        ("3.2 billion yuan (about $45 million)", ("conversion_by_10",)),
        ("3.2 billion yuan (about $4.5 million)", ("conversion_by_100",)),
        ("3.2 billion yuan (about $1.2 billion)", ("conversion",)),
        ("3.2 billion yuan", ()),
    ],
)
def test_english(money: str, doubts: tuple[str, ...]) -> None:
    said = f"Haishu signs 14 projects\nHaishu District of Ningbo signed 14 projects worth {money} on March 4, 2024."
    (mention,) = (one for one in read(said) if one.type == "signing")
    assert mention.amount is not None
    assert mention.amount.value == 3_200_000_000
    assert mention.doubts == doubts


@pytest.mark.parametrize(
    ("money", "doubts"),
    [
        ("32亿元(约合4.5亿美元)", ()),
        ("32亿元（约合45亿美元）", ("conversion_by_10",)),
        ("32億元（約合450億美元）", ("conversion_by_100",)),
    ],
)
def test_chinese(money: str, doubts: tuple[str, ...]) -> None:
    (mention,) = (
        one
        for one in read(f"海曙区项目签约\n3月4日，宁波市海曙区14个项目集中签约，总投资{money}。")
        if one.type == "signing"
    )
    assert mention.doubts == doubts


def test_a_doubted_amount_is_trusted_less() -> None:
    said = "Haishu signs\nHaishu District of Ningbo signed 14 projects worth 3.2 billion yuan{} on March 4, 2024."
    sure, doubted = read(said.format(" ($450 million)"))[0], read(said.format(" ($4.5 billion)"))[0]
    assert doubted.confidence == sure.confidence / 2
