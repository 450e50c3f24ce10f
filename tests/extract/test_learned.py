"""The second reader: it weighs places by what stands around them, changes a region only when sure, and is data."""

from datetime import UTC, datetime

import pytest

from schemas.event import Mention, Words
from streams.extract import en, zh
from streams.extract.extractor import extract
from streams.extract.learned import judge as judging
from streams.extract.learned import trust
from streams.extract.learned.judge import SURE, judge, settle
from streams.extract.learned.ranking import Ranking, chance_of
from streams.extract.learned.scene import Scene, Seen
from streams.extract.learned.weights import load
from streams.extract.learned.whose import Telling, Whose
from streams.extract.reading import Reading
from streams.files import make_article

TEXT = "Jinhu courts Wuxi\nAt a meeting in Wuxi, Jinhu County signed 12 projects.\nThe county is pleased."
JINHU, WUXI = ("CN-320831",), ("CN-320200",)
AT = TEXT.index("signed")


def scene(document: str = TEXT) -> Scene:
    named = [("Jinhu", 0, JINHU, "subject"), ("Wuxi", 0, WUXI, "name")]
    named += [("Wuxi", 20, WUXI, "inside"), ("Jinhu County", 0, JINHU, "subject")]
    places = [Seen(at := TEXT.index(name, low), at + len(name), codes, role) for name, low, codes, role in named]
    return Scene("en", document, 17, JINHU, places, [(TEXT.index("The county"), "county")], (), (), ())


def mention(regions: tuple[str, ...] = WUXI) -> Mention:
    span = Words(start=AT, end=AT + 18, text=TEXT[AT : AT + 18])
    return Mention(type="signing", stage="contract", regions=regions, projects=12, evidence=span.text, span=span)


def parts_of(codes: tuple[str, ...], telling: Telling) -> dict[str, float]:
    found = dict(Whose(scene()).features(telling))
    return {name: value for part in found[codes] for name, value in part.items()}


def test_a_sentence_is_its_own_and_a_line_too() -> None:
    low, high = scene().sentence(AT, AT + 18)
    assert TEXT[low:high] == "At a meeting in Wuxi, Jinhu County signed 12 projects"
    assert TEXT[slice(*scene().paragraph(AT))] == "At a meeting in Wuxi, Jinhu County signed 12 projects."


def test_features_tell_a_subject_from_a_venue() -> None:
    telling = Telling("signing", AT, AT + 18)
    county, city = parts_of(JINHU, telling), parts_of(WUXI, telling)
    assert {"nearest subject", "title as subject", "home itself", "before as subject"} <= county.keys()
    assert {"before as inside", "first of sentence", "before 2 meeting in"} <= city.keys()
    assert "nearest subject" not in city


def test_regions_of_the_rules_are_weighed_even_where_no_name_stands_for_them() -> None:
    both = (*JINHU, *WUXI)
    found = parts_of(both, Telling("signing", AT, AT + 18, both))
    assert {"not named", "rules say so", "rules say several", "rules say from afar"} <= found.keys()
    assert not any(name.startswith("rules") for name in parts_of(JINHU, Telling("signing", AT, AT + 18, both)))


def test_chances_add_up_and_follow_the_weights() -> None:
    chances = Ranking(Whose(scene()), {"nearest subject": 2.0, "rules say so": 0.5}).chances(mention())
    assert sum(chances.values()) == pytest.approx(1)
    assert chances[JINHU] > SURE > chances[WUXI]


def test_chance_of_regions_told_apart() -> None:
    chances = {JINHU: 0.5, WUXI: 0.3, ("CN-320000",): 0.2}
    assert chance_of(WUXI, chances) == 0.3
    assert chance_of((*JINHU, *WUXI), chances) == 0.8
    assert chance_of(("CN-330000",), chances) == 0


@pytest.mark.parametrize(("chance", "regions"), [(SURE + 0.01, JINHU), (SURE - 0.01, WUXI)])
def test_another_place_is_taken_only_when_sure(chance: float, regions: tuple[str, ...]) -> None:
    settled = settle(mention(), {JINHU: chance, WUXI: 1 - chance}, scene())
    assert settled.regions == regions
    assert ("regions" in settled.words) == (regions == JINHU)
    if regions == JINHU:
        words = settled.words["regions"]
        assert TEXT[words.start : words.end] == words.text == "Jinhu County"


def test_a_change_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    weights = {"places": {"en": {"nearest subject": 9.0}}, "confidence": {"all": {"bias": 0.0}}}
    monkeypatch.setattr(judging, "load", weights.__getitem__)
    reading = judge(Reading((mention(),), (), scene()))
    assert [one.regions for one in reading.mentions] == [JINHU]
    assert [one.reason for one in reading.dropped] == ["region CN-320200: CN-320831 is likelier"]


def test_nothing_to_weigh() -> None:
    assert judge(Reading()) == Reading()
    bare = Scene("en", TEXT, 17, (), (), (), (), (), ())
    (alone,) = judge(Reading((mention(),), (), bare)).mentions
    assert alone.regions == WUXI


def test_confidence_falls_where_places_compete() -> None:
    alone = trust.features(mention(JINHU), trust.Whole([mention(JINHU)], scene(), ()), {JINHU: 1.0})
    beaten = trust.features(mention(WUXI), trust.Whole([mention(WUXI)], scene(), ()), {JINHU: 0.9, WUXI: 0.1})
    assert "region beaten by" in beaten
    assert "region beaten by" not in alone
    weights = load("confidence")["all"]
    assert weights["region chance"] > 0


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_weights_name_features_that_exist(language: str) -> None:
    names = load("places")[language]
    assert 500 < len(names) < 20_000
    kinds = {name.split()[0] for name in names if not name.startswith(("left", "right", "before", "after", "title"))}
    assert {"rules", "nearest", "home", "share", "last"} <= kinds
    assert not any("(seen)" in name for name in names)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Jinhu signs\nJinhu County in Huai'an signed 12 projects worth 3 billion yuan on March 4, 2024.", en.read),
        ("金湖县集中签约\n3月4日,淮安市金湖县集中签约12个项目,总投资30亿元。", zh.read),
    ],
)
def test_both_readers_bring_a_scene_of_the_document(text: str, read: object) -> None:
    title, _, body = text.partition("\n")
    article = make_article("a", title, body, datetime(2024, 3, 5, tzinfo=UTC))
    found = read(article).scene  # type: ignore[operator]
    assert found.document.startswith(article.document[:40])
    assert any("Jinhu" in text[p.start : p.end] or "金湖" in text[p.start : p.end] for p in found.places)
    assert [text[f.start : f.end] for f in found.figures if not f.noun][:1] in (["3 billion yuan"], ["30亿元"])
    assert all(0 < one.confidence < 1 for one in extract(article).mentions)
