"""Any string gives an answer, its quotations stand in it, and long input costs no more than its length."""

import doctest
import importlib
import pkgutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import streams.extract.zh
from streams.extract.zh import read
from streams.extract.zh.reader import READ
from streams.fold import fold
from tests.extract.zh.brief import article

FRAGMENTS = (
    "签约", "开工", "32个项目", "总投资256亿元", "衢州市", "5月18日", "今年以来", "其中", "力争", "在上海举行",
    "招商推介会", "战略合作协议", "與", "項(xiàng)目", "，", "。", "\n", ";", "——", "(", ")", "“", "”",
    "【四川】", "截至", "到2027年", "万亿", "亿元以上", "八十", "第", "2月30日", "0个项目",
    "99999999999999999999亿元", "一季度", "同期", "当天", "\x00", "\u200b", "\ufffd", " ", "A股",
    "位于钦南区的某某园区", "我市", "全区", "投产", "到位资金", "美元", "约合", "至", "、",
)  # fmt: skip

MIXED = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=4)), max_size=60).map("".join)


@settings(max_examples=150, deadline=None)
@given(title=MIXED, text=MIXED)
def test_quotations_stand_in_the_article(title: str, text: str) -> None:
    told = article(title.encode("utf-8", "replace").decode(), text.encode("utf-8", "replace").decode(), "2024-05-20")
    reading = read(told)
    for mention in reading.mentions:
        for words in (mention.span, *mention.words.values()):
            assert told.document[words.start : words.end] == words.text
    for dropped in reading.dropped:
        assert 0 <= dropped.start <= dropped.end <= len(told.document)


@settings(max_examples=150, deadline=None)
@given(text=MIXED)
def test_folding_leads_back(text: str) -> None:
    folded = fold(text)
    for start in range(0, len(folded.text), 3):
        low, high = folded.origin(start, start + 1)
        assert high - low == 1
        assert fold(text[low:high]).text == folded.text[start]


@pytest.mark.parametrize(
    "unit",
    [
        "签约",
        "项目32个",
        "1",
        "一",
        "(",
        "5月",
        "、",
        "在上海",
        "截至",
        "亿元以上",
        "a",
        "位于衢州的",
        "自",
        "：",
        "【",
        "总投资",
        "从2018年",
    ],
)
def test_long_repetitions_are_read(unit: str) -> None:
    text = unit * (2 * READ // len(unit))
    read(article("标题", text, "2024-05-20"))


def test_what_stands_after_the_limit_is_left() -> None:
    text = "字" * READ + "。5月18日,衢州市32个项目集中签约,总投资256亿元。"
    assert read(article("标题", text, "2024-05-20")).mentions == ()


def test_empty() -> None:
    assert read(article("", "", "2024-05-20")).mentions == ()


MODULES = [
    f"streams.extract.zh.{module.name}" for module in pkgutil.iter_modules(streams.extract.zh.__path__)
] + ["streams.fold", "streams.extract.money"]  # fmt: skip


@pytest.mark.parametrize("name", MODULES)
def test_docstring_examples(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
