"""The division tables: complete at three levels, named in both languages, true to the arithmetic of codes."""

import pytest

from schemas.regions import ancestors_of, is_known, level_of, name_of, names, parent_of


def test_three_levels_are_complete() -> None:
    china = [code for code in names() if code.startswith("CN-")]
    levels = [level_of(code) for code in china]
    assert levels.count("province") == 34
    assert levels.count("prefecture") == 333
    assert levels.count("county") > 2800


def test_every_division_has_both_names_and_known_ancestors() -> None:
    for code, (zh, en) in names().items():
        assert en, code
        assert all(is_known(above) for above in ancestors_of(code)), code
        if code.startswith("CN"):
            assert zh, code


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("CN", "中国", "China"),
        ("CN-330000", "浙江省", "Zhejiang"),
        ("CN-330113", "临平区", "Linping District"),  # since 2021
        ("CN-500112", "渝北区", "Yubei District"),
        ("CN-610000", "陕西省", "Shaanxi"),
        ("CN-140000", "山西省", "Shanxi"),
        ("CN-150627", "伊金霍洛旗", "Ejin Horo Banner"),
        ("CN-532900", "大理白族自治州", "Dali Bai Autonomous Prefecture"),
        ("CN-371722", "单县", "Shan County"),
        ("CN-310112", "闵行区", "Minhang District"),
        ("CN-140109", "万柏林区", "Wanbailin District"),
        ("CN-810000", "香港特别行政区", "Hong Kong"),
        ("VN-56", "北宁省", "Bac Ninh"),
        ("US-TX", "得克萨斯州", "Texas"),
        ("EG-SUZ", "苏伊士省", "Suez"),
        ("KR", "韩国", "South Korea"),
    ],
)
def test_names_to_show(code: str, zh: str, en: str) -> None:
    assert (name_of(code, "zh"), name_of(code, "en")) == (zh, en)


def test_no_chinese_name_falls_back_to_english_and_no_name_to_the_code() -> None:
    assert name_of("IS-1", "zh") == name_of("IS-1", "en") == "Höfuðborgarsvæði"
    assert name_of("XX-99", "zh") == "XX-99"


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("CN", "country", None),
        ("CN-330000", "province", "CN"),
        ("CN-330200", "prefecture", "CN-330000"),
        ("CN-330203", "county", "CN-330200"),
        ("CN-429004", "county", "CN-420000"),
        ("CN-500112", "county", "CN-500000"),
        ("US-TX", "province", "US"),
    ],
)
def test_level_and_parent(code: str, level: str, parent: str | None) -> None:
    assert (level_of(code), parent_of(code)) == (level, parent)
