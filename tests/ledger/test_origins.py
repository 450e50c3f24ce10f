"""A reprint is no second source, also when the outlet put its own words around it or cut a sentence."""

import pytest

from streams.extract.sketch import sketch
from streams.ledger.origins import is_near, origins_of
from tests.ledger.make import article

STORY = {
    "en": (
        "Forty-three projects with a planned investment of 46.53 billion yuan were signed in Xishan on Monday. "
        "They range from battery materials to medical devices, the district government said at the ceremony. "
        "Among them is a plant for cathode materials that is to employ two thousand people once it is built. "
        "Six industrial funds worth 5.3 billion yuan were set up on the same occasion by local and foreign investors. "
        "The district wants to become a base for new energy, its party secretary told the guests from eleven countries."
    ),
    "zh": (
        "3月18日，锡山区举行重大项目集中签约仪式，43个项目现场签约，计划总投资465.3亿元，涵盖新能源材料、医疗器械等领域。"
        "其中，正极材料项目建成后将带动就业两千人。活动现场还设立6支产业基金，总规模53亿元，由本地和外资机构共同出资。"
        "锡山区委主要负责人表示，锡山将全力打造新能源产业基地，为企业提供最优质的服务和最好的营商环境，欢迎各方客商前来投资兴业。"
    ),
}
OTHER = {
    "en": (
        "Xishan said it had won deals for 43 projects, and officials put their value at more than 46.5 billion yuan. "
        "An analyst in Shanghai doubts that all of the money will ever be spent: similar batches fell short before."
    ),
    "zh": "记者从锡山获悉，当地近日一次签下43个项目，总额超465亿元，数量和金额均创下历年同期新高，多家公司参与其中。",
}


def around(text: str) -> str:
    """The story under another dateline."""
    return (
        f"本报讯（记者 王小明）{text}（责任编辑：李雷）"
        if "。" in text
        else f"WUXI, March 19 (Wire) -- {text} Editor: Li Lei"
    )


def cut(text: str) -> str:
    """The story without its third sentence."""
    stop = "。" if "。" in text else ". "
    parts = text.split(stop)
    return stop.join(parts[:2] + parts[3:])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_reprint_is_near_and_another_report_is_not(language: str) -> None:
    whole = sketch(STORY[language])
    assert is_near(whole, sketch(around(STORY[language])))
    assert is_near(whole, sketch(cut(STORY[language])))
    assert not is_near(whole, sketch(OTHER[language]))


def test_origins_are_groups_of_near_texts_in_any_order() -> None:
    texts = [STORY["en"], around(STORY["en"]), cut(STORY["en"]), STORY["zh"], cut(STORY["zh"]), OTHER["en"]]
    refs = [article(f"a{n}", sketch=sketch(text)) for n, text in enumerate(texts)]
    assert origins_of(refs) == origins_of(reversed(refs)) == 3


def test_one_text_is_joined_to_another_by_way_of_a_third() -> None:
    chain = ["a" * 64, "a" * 40 + "b" * 24, "a" * 16 + "b" * 48]
    assert not is_near(chain[0], chain[2])
    assert origins_of(article(f"a{n}", sketch=one) for n, one in enumerate(chain)) == 1


def test_without_a_sketch_only_the_fingerprint_speaks() -> None:
    refs = [article("a"), article("b", fingerprint="print of a"), article("c")]
    assert origins_of(refs) == 2
