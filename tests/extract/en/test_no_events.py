"""What looks like an event and is none, rule by rule of the labels. The examples are our own."""

import pytest

from streams.extract.en.reader import read
from tests.extract.en.article import english

NOTHING = [
    "Weifang, Shandong province, will sign more than 40 projects worth 30 billion yuan next month.",
    "The city of Rizhao, Shandong province, will hold an investment promotion conference on June 28.",
    "Jinhua in Zhejiang province hopes that contracts for 20 projects will be signed.",
    "The government of Wuhu, Anhui province, denied on Tuesday that it had signed a contract with a chip maker.",
    "No contracts were signed in Zhuhai, Guangdong province, on Monday.",
    "Imagine a county in Henan province that announces the signing of 50 projects worth 20 billion yuan.",
    "Ankang city in Shaanxi province signed an agreement with a bank on a 100-million-dollar loan.",
    "The plant in Xiangyang, Hubei province, is expected to turn out goods worth 3 billion yuan a year.",
    "More than 300 guests from 20 countries came to Nantong, Jiangsu province, on Monday.",
    "Wuxi in Jiangsu province held a job fair on Saturday. More than 200 companies took part.",
    "The department of commerce of Hunan province held a work meeting on Monday.",
    "Exports of Zhejiang province rose 8 percent to 635 billion yuan in the first half of 2023.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_no_event(text: str) -> None:
    assert [mention.evidence for mention in read(english(text)).mentions] == []


@pytest.mark.parametrize(
    "title",
    [
        "Chip maker scraps 5-billion-yuan plant in Chengdu",
        "Taizhou drops chemical project after protests",
        "Nanchang denies report on car factory deal",
        "Steel project in Handan called off",
        "Investor pulls out of Qingdao refinery",
    ],
)
def test_nothing_comes_of_it(title: str) -> None:
    text = "The project of 5 billion yuan was signed in the city in 2021. Ground was broken for the plant in May 2022."
    reading = read(english(text, title, region="CN-370200"))
    assert reading.mentions == ()
    assert any("rule 5" in dropped.reason for dropped in reading.dropped)


@pytest.mark.parametrize(
    "part",
    [
        "Among them are 12 projects of more than 1 billion yuan.",
        "Six of them, worth 3.1 billion yuan, were signed on the stage.",
        "Eleven of the 30 belong to the chemical industry.",
        "The largest is a steel plant of 5 billion yuan.",
        "They include three of more than 2 billion yuan each and ten of more than 1 billion yuan.",
        "Of these, 14 come from Guangdong, with an investment of 4 billion yuan.",
        "Manufacturing takes up 9 billion yuan of that.",
        "Wujin District alone contributed 11 projects of 4.2 billion yuan.",
    ],
)
def test_a_part_is_no_event_of_its_own(part: str) -> None:
    whole = "Changzhou, Jiangsu province, signed 30 projects with a total investment of 15 billion yuan on Monday."
    mentions = read(english(f"{whole} {part}")).mentions
    assert [(mention.type, mention.projects) for mention in mentions] == [("signing", 30)]


def test_parts_that_add_up_to_the_whole() -> None:
    text = (
        "Xuzhou, Jiangsu province, signed 25 projects worth 9 billion yuan on the trip. In Shanghai 15 "
        "projects worth 5 "
        "billion yuan were signed on June 6. In Hangzhou 10 projects worth 4 billion yuan were signed on June 8."
    )
    assert [mention.projects for mention in read(english(text)).mentions if mention.type == "signing"] == [25]


def test_total_over_several_kinds_is_told_by_its_kinds() -> None:
    text = (
        "In Jiaxing, Zhejiang province, 16 projects were set in motion on Monday. Ground was broken for six of them. "
        "Four others went into production. The last six were signed."
    )
    kinds = [(mention.stage, mention.projects) for mention in read(english(text)).mentions]
    assert kinds == [("started", 6), ("operational", 4), ("contract", 6)]


def test_headline_repeats_the_body() -> None:
    text = "Luzhou, Sichuan province, signed 21 projects worth 8.37 billion yuan on Monday."
    mentions = read(english(text, "Luzhou signs projects worth 8 billion yuan")).mentions
    assert [(mention.projects, mention.amount and mention.amount.value) for mention in mentions] == [(21, 8370000000)]


def test_headline_counts_when_the_body_says_nothing() -> None:
    mentions = read(english("More will be told tomorrow.", "Luzhou in Sichuan signs 21 projects")).mentions
    assert [mention.projects for mention in mentions] == [21]
    assert mentions[0].confidence < 0.7


def test_one_sum_for_two_batches_is_given_to_neither() -> None:
    text = (
        "In Dezhou, Shandong province, 6 projects were signed and 10 projects started construction on "
        "Monday. The total "
        "investment of all 16 projects is 11.8 billion yuan."
    )
    mentions = read(english(text)).mentions
    assert [(mention.projects, mention.amount) for mention in mentions] == [(6, None), (10, None)]


def test_earlier_figures_are_a_statistic() -> None:
    text = (
        "Yuxi, Yunnan province, signed nine projects worth 3 billion yuan on Tuesday. So far this year the city has "
        "signed 61 projects worth 22 billion yuan."
    )
    assert [mention.type for mention in read(english(text)).mentions] == ["signing", "statistic"]
