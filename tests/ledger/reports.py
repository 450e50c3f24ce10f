"""A made-up press: happenings, and what many outlets say of each: whole, rounded, translated, reprinted, partial."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import combinations
from random import Random
from typing import Any

from schemas.event import Mention, Mentions
from schemas.regions import is_known, parent_of
from tests.ledger.make import DAY, article, cny, mention, told

COUNTIES = [
    code
    for city in (3202, 3205, 3302, 6531, 4414)
    for county in (3, 5, 6, 22, 25, 81)
    if is_known(code := f"CN-{city}{county:02d}")
]
SECTORS = ("new_energy", "biomedicine", "equipment", "digital_economy", "textiles", "chemicals")
WORDS = {
    "en": (
        "Blue Lake",
        "Red Hill",
        "Golden Bridge",
        "Stone Gate",
        "White Deer",
        "East Harbour",
        "Pine Valley",
        "Sunrise",
    ),
    "zh": ("蓝湖", "红山", "金桥", "石门", "白鹿", "东港", "松谷", "朝阳"),
}
KINDS = {
    "en": ("Battery Plant", "Textile Park", "Drug Base", "Data Centre", "Valve Works"),
    "zh": ("电池工厂", "纺织产业园", "制药基地", "数据中心", "阀门项目"),
}


@dataclass(frozen=True)
class Truth:
    """A happening as it was."""

    number: int
    day: date
    fields: dict[str, Any]
    names: dict[str, tuple[str, ...]]
    languages: tuple[str, ...] = ("en", "zh")
    """Which it is reported in. Two agreements of one county and day can only be told apart in one language."""


Told = tuple[str, str, int]
"""(article, type, ordinal of that type): one mention."""


def happenings(dice: Random, number: int) -> list[Truth]:
    """So many happenings; every third has a twin that is another: a second batch, a fund, the next month."""
    truths: list[Truth] = []
    while len(truths) < number:
        truth = _happening(dice, len(truths))
        truths.append(truth)
        if dice.random() < 0.33:
            twin = _twin(dice, truth, len(truths))
            truths[-1] = replace(truth, languages=twin.languages)
            truths.append(twin)
    return truths[:number]


def press(
    dice: Random, truths: Iterable[Truth], least: int = 2, most: int = 5
) -> tuple[list[Mentions], dict[Told, int]]:
    """What the outlets write, and which happening each mention tells of."""
    records: list[Mentions] = []
    gold: dict[Told, int] = {}
    for truth in truths:
        prints = [f"print {truth.number} {copy}" for copy in range(2)]
        for copy in range(dice.randint(least, most)):
            language = dice.choice(truth.languages)
            name = f"{truth.number:04d}-{copy}"
            report = report_of(dice, truth, language)
            day = truth.day + timedelta(days=dice.choice((0, 0, 1, 1, 2, 3)))
            ref = article(name, day, language=language, fingerprint=dice.choice((name, name, prints[copy % 2])))
            records += told(ref, report)
            gold[name, report.type, 0] = truth.number
    return records, gold


def report_of(dice: Random, truth: Truth, language: str) -> Mention:
    """One outlet's words for it: some facts left out, numbers rounded, the city instead of the county."""
    fields = dict(truth.fields, names=truth.names[language])
    if fields["type"] == "agreement":
        fields["parties"] = tuple(_spelt(dice, name, language) for name in fields.pop("names"))
        return mention(**fields)
    if fields["type"] == "activity":
        return mention(**fields)
    if fields["type"] != "statistic":
        for fact in dice.sample(("amount", "projects", "names", "date", "sectors"), dice.choice((0, 1, 1, 2))):
            fields.pop(fact, None)
        if dice.random() < 0.2 and fields["regions"][0].startswith("CN"):
            fields["regions"] = tuple(parent_of(region) or region for region in fields["regions"])
    if fields.get("amount") and dice.random() < 0.5:
        fields["amount"] = rounded(dice, fields["amount"].value)
    if (fields.get("projects") or 0) > 30 and dice.random() < 0.25:
        fields |= {"projects": fields["projects"] // 10 * 10, "projects_qualifier": "at_least"}
    return mention(**fields)


def rounded(dice: Random, value: Decimal) -> Any:
    """'Over 46.5 billion', 'nearly 47 billion' or '46.5 billion' for 46.53."""
    digits = dice.choice((2, 3))
    step = Decimal(1).scaleb(value.adjusted() - digits + 1)
    below, near = ((value / step).to_integral_value(way) * step for way in (ROUND_DOWN, ROUND_HALF_UP))
    if dice.random() < 0.5:
        return cny(float(below), "exact" if below == value else "at_least")
    return cny(float(near), dice.choice(("about", "exact")))


def score(
    found: Iterable[Iterable[Told]], gold: dict[Told, int]
) -> tuple[float, set[tuple[Told, Told]], set[tuple[Told, Told]]]:
    """Pairwise F1 over stories, the pairs wrongly joined and those missed."""
    by_truth: dict[int, list[Told]] = defaultdict(list)
    for one, number in gold.items():
        by_truth[number].append(one)
    right, joined = pairs_of(by_truth.values()), pairs_of(found)
    return 2 * len(right & joined) / (len(right) + len(joined)), joined - right, right - joined


def pairs_of(groups: Iterable[Iterable[Told]]) -> set[tuple[Told, Told]]:
    """Every two that are in one group."""
    return {pair for group in groups for pair in combinations(sorted(set(group)), 2)}


def _happening(dice: Random, number: int) -> Truth:
    day = DAY + timedelta(days=dice.randint(0, 60))
    kind = dice.choice(("signing", "signing", "signing", "milestone", "statistic", "agreement", "activity"))
    if kind in ("agreement", "activity"):
        return _meeting(dice, number, day, kind)
    fields: dict[str, Any] = {"type": kind, "regions": (dice.choice(COUNTIES),), "amount": _money(dice)}
    single = kind != "statistic" and dice.random() < 0.4
    fields["projects"] = 1 if single else dice.randint(3, 90)
    if kind == "statistic":
        start = date(day.year, 1, 1)
        end = day.replace(day=1) - timedelta(days=1)
        return Truth(
            number,
            day,
            fields | {"metric": "projects_signed", "period": {"start": start, "end": end}},
            {"en": (), "zh": ()},
        )
    fields |= {"date": day, "sectors": tuple(dice.sample(SECTORS, dice.randint(0, 2)))}
    fields["stage"] = (
        dice.choice(("contract", "contract", "framework"))
        if kind == "signing"
        else dice.choice(("started", "completed"))
    )
    return Truth(number, day, fields, _names(dice, 1 if single else dice.randint(0, 3)))


def _meeting(dice: Random, number: int, day: date, kind: str) -> Truth:
    """An agreement of a county with a company, or a show; the county's own name is always written the same."""
    fields: dict[str, Any] = {"type": kind, "regions": (dice.choice(COUNTIES),), "date": day}
    if kind == "activity":
        fields["kind"] = dice.choice(("exhibition", "conference", "roadshow"))
    return Truth(number, day, fields, _names(dice, 1 if kind == "agreement" else 0))


def _spelt(dice: Random, name: str, language: str) -> str:
    """A company as one outlet or another writes it."""
    if language == "zh":
        return dice.choice((name, f"{name}有限公司", f"江苏{name}集团"))
    return dice.choice((name, f"{name} Co., Ltd.", name.upper(), f"{name} Group"))


def _twin(dice: Random, truth: Truth, number: int) -> Truth:
    """Like the other, and yet another happening."""
    if truth.fields["type"] == "activity":  # the next day of the fair
        later = truth.day + timedelta(days=1)
        return Truth(number, later, truth.fields | {"date": later}, truth.names)
    if truth.fields["type"] == "agreement":  # the same day with another partner
        others = [pair for pair in _all_names() if pair[0] != truth.names["en"][0]]
        en, zh = dice.choice(others)
        language = dice.choice(("en", "zh"))
        return Truth(number, truth.day, truth.fields, {"en": (en,), "zh": (zh,)}, (language,))
    if truth.fields["type"] == "signing" and dice.random() < 0.25:  # framework in May, contract in September
        later = truth.day + timedelta(days=120)
        stage = "contract" if truth.fields["stage"] == "framework" else "framework"
        return Truth(number, later, truth.fields | {"date": later, "stage": stage}, truth.names)
    fields = dict(truth.fields, amount=_money(dice))
    if fields["type"] == "statistic":
        later = truth.day + timedelta(days=31)
        end = later.replace(day=1) - timedelta(days=1)
        fields["period"] = {"start": fields["period"]["start"], "end": end}
        fields["projects"] += dice.randint(1, 9)
        return Truth(number, later, fields, truth.names)
    names = _names(dice, len(truth.names["en"]))
    if dice.random() < 0.5:  # the same day: the funds beside the projects
        fields["projects"] = 1 if fields["projects"] == 1 else fields["projects"] + dice.randint(3, 40)
        return Truth(number, truth.day, fields, names)
    later = truth.day + timedelta(days=dice.choice((1, 8, 10)))  # the next day's ceremony, the next batch
    return Truth(number, later, fields | {"date": later}, names)


def _money(dice: Random) -> Any:
    return cny(float(dice.randint(100, 9999) * 10 ** dice.choice((6, 7, 7))))


def _all_names() -> list[tuple[str, str]]:
    return [
        (f"{WORDS['en'][word]} {KINDS['en'][kind]}", f"{WORDS['zh'][word]}{KINDS['zh'][kind]}")
        for word in range(len(WORDS["en"]))
        for kind in range(len(KINDS["en"]))
    ]


def _names(dice: Random, number: int) -> dict[str, tuple[str, ...]]:
    chosen = [(dice.randrange(len(WORDS["en"])), dice.randrange(len(KINDS["en"]))) for _ in range(number)]
    return {
        "en": tuple(f"{WORDS['en'][word]} {KINDS['en'][kind]}" for word, kind in chosen),
        "zh": tuple(f"{WORDS['zh'][word]}{KINDS['zh'][kind]}" for word, kind in chosen),
    }
