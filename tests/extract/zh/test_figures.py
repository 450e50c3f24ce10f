"""Numbers, sums and counts in Chinese text."""

from decimal import Decimal

import pytest

from streams.extract.zh.amounts import find_amounts
from streams.extract.zh.counts import find_counts
from streams.extract.zh.numbers import parse_number

NUMBERS = (
    ("12", "12"), ("1,234", "1234"), ("3415.7", "3415.7"), ("十", "10"), ("十二", "12"), ("八十三", "83"),
    ("四百五十", "450"), ("三百二十", "320"), ("两千零六", "2006"),
    ("二〇二三", "2023"), ("三点五", "3.5"), ("廿", None),
    ("亿", None), ("", None), ("1.2.3", None),
)  # fmt: skip


@pytest.mark.parametrize(("words", "value"), NUMBERS)
def test_parse_number(words: str, value: str | None) -> None:
    assert parse_number(words) == (None if value is None else Decimal(value))


AMOUNTS = (
    ("总投资3415.7亿元", "341570000000 CNY exact"),
    ("签约总额逾四百五十亿元", "45000000000 CNY at_least"),
    ("总投资390多亿元", "39000000000 CNY at_least"),
    ("总投资近848亿元人民币(约合122.6亿美元)", "84800000000 CNY about; 12260000000 USD about conversion"),
    ("投资约100亿泰铢", "10000000000 THB about"),
    ("投资额23.61亿;", "2361000000 CNY exact"),
    ("投资1.2万亿元", "1200000000000 CNY exact"),
    ("投资5000万元", "50000000 CNY exact"),
    ("不超过30亿元", "3000000000 CNY at_most"),
    ("30亿元以上", "3000000000 CNY at_least"),
    ("30亿元左右", "3000000000 CNY about"),
    ("亿元以上项目271个", "100000000 CNY at_least each"),
    ("百亿级项目5个", "10000000000 CNY at_least each"),
    ("单个项目平均投资34.0亿元", "3400000000 CNY exact each"),
    ("投资额过亿元的项目", "100000000 CNY exact each"),
    ("投资50亿元至80亿元", "5000000000 CNY at_least"),
    ("投资2至3亿元", "200000000 CNY at_least"),
    ("人民币35亿元", "3500000000 CNY exact"),
    ("2.3亿欧元", "230000000 EUR exact"),
    ("8.6亿港元", "860000000 HKD exact"),
    ("打造千亿级产业集群", "100000000000 CNY exact"),
    ("近15家A股公司", ""),
    ("年产10万辆", ""),
    ("占地460亩", ""),
    ("2亿立方米", ""),
    ("35元一斤", ""),
    ("万亿GDP、千万人口", ""),
    ("汇率1美元约合7.2元", ""),
)  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), AMOUNTS, ids=[text for text, _ in AMOUNTS])
def test_find_amounts(text: str, expected: str) -> None:
    found = [
        f"{one.value} {one.currency} {one.qualifier}{' each' if one.per_project else ''}"
        f"{' conversion' if one.conversion else ''}"
        for one in find_amounts(text)
    ]
    assert "; ".join(found) == expected


COUNTS = (
    ("417个项目同台落笔", "417 project exact"),
    ("签约项目85个", "85 project exact"),
    ("八十三个招商引资项目", "83 project exact"),
    ("签下100多个项目", "100 project at_least"),
    ("约200名嘉宾", "200 person about"),
    ("走访企业1945家", "1945 company exact"),
    ("对接100余家", "100 company at_least"),
    ("拿出30个条件成熟的招商项目", "30 project exact"),
    ("12个“满天星”项目", "12 project exact"),
    ("10个数字经济、新能源项目", "10 project exact"),
    ("66个投资额过亿元的合同、协议项目", "66 project exact"),
    ("推介会开了15场", "15 activity exact"),
    ("派了180多批次", "180 activity at_least"),
    ("新签项目100个以上", "100 project at_least"),
    ("线索项目230余个", "230 project at_least"),
    ("已有33个开工", "33  exact"),
    ("28个百亿级项目", "28 project exact"),
    ("13个国家和地区", "13 place exact"),
    ("签订协议20份", "20 agreement exact"),
    ("第五个项目", ""),
    ("8个月", ""),
    ("一个项目", ""),
    ("提高6个百分点", ""),
)  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), COUNTS, ids=[text for text, _ in COUNTS])
def test_find_counts(text: str, expected: str) -> None:
    assert "; ".join(f"{one.value} {one.noun} {one.qualifier}" for one in find_counts(text)) == expected


@pytest.mark.parametrize("text", [row[0] for row in (*AMOUNTS, *COUNTS)])
def test_the_words_hold_the_number(text: str) -> None:
    for found in (*find_amounts(text), *find_counts(text)):
        assert any(char.isdigit() or char in "一二三四五六七八九十百千万亿" for char in text[found.start : found.end])
