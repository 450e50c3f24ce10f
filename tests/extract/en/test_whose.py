"""Whose event it is: venue against destination, the article's own place, items of a round-up."""

import pytest

from streams.extract.en.reader import read
from tests.extract.en.article import english


def signings(text: str, title: str = "", region: str | None = None) -> list[tuple[str, ...]]:
    return [m.regions for m in read(english(text, title, region=region)).mentions if m.type in ("signing", "milestone")]


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        (
            "Yichun woos firms in Shenzhen",
            "Contracts for 12 projects were signed in Shenzhen on Monday, when Yichun, a city of Jiangxi "
            "province, met investors.",
            ("CN-360900",),
        ),
        (
            "Dezhou signs 14 projects",
            "The signing of projects of Dezhou, Shandong province, took place in Lingcheng District on "
            "Monday. At it 14 projects were signed.",
            ("CN-371400",),
        ),
        (
            "",
            "Ordos in Inner Mongolia was busy. The first ceremony was in Dalad Banner, where work began on 48 "
            "projects.",
            ("CN-150621",),
        ),
        ("", "CHENGDU, June 12 (Xinhua) -- Leshan signed 12 projects worth 4 billion yuan on Monday.", ("CN-511100",)),
        (
            "",
            "Zhejiang Geely will invest 2 billion yuan in a plant in Guiyang, Guizhou province, it said on Monday.",
            ("CN-520100",),
        ),
    ],
)
def test_region(title: str, text: str, expected: tuple[str, ...]) -> None:
    assert signings(text, title) == [expected]


def test_the_feeds_own_place_is_the_default() -> None:
    assert signings("Our city signed 12 projects worth 4 billion yuan on Monday.", region="CN-330200") == [
        ("CN-330200",)
    ]


def test_items_of_a_round_up_have_their_own_places() -> None:
    text = (
        "1. MIANYANG. The city signed 12 projects on Monday.\n\n2. LUZHOU. Ground was broken for seven "
        "projects on Tuesday.\n\n"
        "3. YIBIN. Eight contracts worth 3 billion yuan were concluded on Wednesday."
    )
    assert signings(text, "Sichuan notes") == [("CN-510700",), ("CN-510500",), ("CN-511500",)]


def test_a_zone_takes_the_districts_that_the_text_gives_it() -> None:
    text = (
        "The new area signed 13 projects worth 7 billion yuan on Monday. The new area spans Yubei, Jiangbei and Beibei "
        "districts of Chongqing."
    )
    assert [set(regions) for regions in signings(text, "Chongqing's new area signs")] == [
        {"CN-500112", "CN-500105", "CN-500109"}
    ]


def test_no_place_no_event() -> None:
    reading = read(english("The company signed 12 projects worth 4 billion yuan."))
    assert reading.mentions == ()
    assert any("region" in dropped.reason for dropped in reading.dropped)


def all_regions(text: str, title: str = "") -> list[set[str]]:
    return [set(mention.regions) for mention in read(english(text, title)).mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Shaoyang hosted two cities on Monday. Hunan's Yongzhou showed its hills. Eight projects were signed, "
            "worth 3 billion yuan.",
            {"CN-431100"},
        ),
        (
            "The glass base in Xiuwen County, Guizhou, is home to 31 projects now. Its managers want an output of 20 "
            "billion yuan in 2025.",
            {"CN-520123"},
        ),
        (
            "Luzhou had a good quarter. Naxi District landed a paper mill. In the first quarter of 2023 the city "
            "signed 40 projects worth 9 billion yuan.",
            {"CN-510500"},
        ),
    ],
)
def test_a_place_lasts_until_another_comes(text: str, expected: set[str]) -> None:
    assert all_regions(text)[-1] == expected


@pytest.mark.parametrize(
    "zone",
    [
        "The Heron Lake Cooperation Zone, part of Xixiu District in Anshun, Guizhou,",
        "The Heron Lake Cooperation Zone lies in Xixiu District, Anshun. The zone",
        "The Heron Lake Cooperation Zone, run by Guiyang on the soil of Xixiu District,",
    ],
)
def test_a_zone_lies_where_the_article_says(zone: str) -> None:
    text = f"{zone} signed 13 projects worth 7 billion yuan on Monday."
    assert all_regions(text, "A zone near Guiyang signs")[0] == {"CN-520402"}


def test_two_places_after_one_preposition_are_both_gone_to() -> None:
    text = "On Monday officials of Jinzhong, Shanxi, took a delegation to Nantong and Yangzhou to court textile firms."
    assert all_regions(text) == [{"CN-140700"}]


@pytest.mark.parametrize(
    "text",
    [
        "Since each is too small alone, Yiyang, Loudi and Shaoyang travelled as one. In Foshan, on Monday, they hosted "
        "a joint promotion meeting, at which 15 contracts worth 4 billion yuan were signed.",
        "A river divides Yiyang from Loudi and Shaoyang. On Monday the three signed 15 projects for 4 billion yuan.",
    ],
)
def test_what_several_places_do_together_is_of_all_of_them(text: str) -> None:
    regions = all_regions(text, "Yiyang, Loudi, Shaoyang: three cities at one table")
    assert regions
    assert all(one == {"CN-430900", "CN-431300", "CN-430500"} for one in regions)


def test_a_headline_names_the_articles_own_place() -> None:
    text = "The fair closed on Friday in Xining. At it 128 projects worth 20 billion yuan were signed, 40 by Xining."
    assert all_regions(text, "Qinghai: salt and a summer fair")[0] == {"CN-630000"}


def test_of_two_sides_the_articles_own_gains() -> None:
    text = "Weihai's port has plans. Weihai and Incheon signed a cooperation agreement on culture on Monday."
    assert all_regions(text, "Weihai deepens its ties with Incheon") == [{"CN-371000"}]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Seven projects were signed on Monday. All seven will be built in Shushan District.", {"CN-340104"}),
        (
            "Hefei signed a contract for a 2-billion-yuan dairy on Monday. It will rise in Changfeng County.",
            {"CN-340121"},
        ),
        ("In Lujiang County, Joyful opened a 90-million-yuan toy factory on Monday.", {"CN-340124"}),
        ("Work began on eight projects worth 3 billion yuan in Feixi County on Monday.", {"CN-340123"}),
        ("A lens maker agreed on Monday to invest 1.5 billion yuan in Feidong County.", {"CN-340122"}),
    ],
)
def test_what_is_built_stands_where_the_text_says(text: str, expected: set[str]) -> None:
    assert all_regions(text, "Hefei, Anhui, builds") == [expected]


def test_a_shared_name_is_left_at_the_level_that_is_certain() -> None:
    [mention] = read(english("Gulou District in Jiangsu signed 12 projects worth 4 billion yuan on Monday.")).mentions
    assert (mention.regions, mention.ambiguous) == (("CN-320000",), True)
    [mention] = read(english("Gulou District of Nanjing signed 12 projects worth 4 billion yuan on Monday.")).mentions
    assert (mention.regions, mention.ambiguous) == (("CN-320106",), False)


def test_the_zone_is_the_one_named_last() -> None:
    text = (
        "Wind howls in the Qujing Economic and Technological Development Zone in Qilin district. On Monday the "
        "development zone signed 13 projects worth 9 billion yuan."
    )
    assert all_regions(text, "Qujing, Yunnan, counts its projects") == [{"CN-530302"}]
