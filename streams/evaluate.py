"""How well dealwire reads: its answers scored against labelled articles.

An answer event pairs with a labelled one of the same type in the same article when they share a region (or one region
holds the other), the amount, or the project count; best pairs first. A pair is *strictly* right when subtype, the set
of regions, projects, count and amount (same currency, within 0.5 %) all agree.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from schemas.regions import related

Label = dict[str, Any]
STRICT = ("subtype", "regions", "projects", "count", "amount")


@dataclass(frozen=True)
class Rate:
    """Right answers, labelled ones and given ones."""

    hit: int
    gold: int
    got: int

    @property
    def precision(self) -> float:
        """Share of the given answers that are right; 0 when none was given."""
        return self.hit / self.got if self.got else 0.0

    @property
    def recall(self) -> float:
        """Share of the labelled answers that were given; 0 when there is none."""
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.hit / (self.gold + self.got) if self.hit else 0.0


@dataclass
class Scores:
    """Counts over all articles: relevance, pairs and strict pairs by type, fields of pairs; every error in words."""

    articles: int = 0
    relevant: Counter[str] = field(default_factory=Counter)
    types: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    fields: dict[str, Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))
    errors: list[str] = field(default_factory=list)

    def rate(self, measure: str, kinds: Iterable[str] | None = None) -> Rate:
        """`measure` is `hit` (pairs) or `strict`; over all types unless `kinds` are given."""
        rows = [self.types[kind] for kind in (kinds if kinds is not None else list(self.types))]
        return Rate(*(sum(row[name] for row in rows) for name in (measure, "gold", "got")))

    def summary(self) -> dict[str, Any]:
        """The measures by name, as plain numbers."""
        rates = {
            "relevant": Rate(self.relevant["hit"], self.relevant["gold"], self.relevant["got"]),
            "events": self.rate("hit"),
            "strict": self.rate("strict"),
            "signing": self.rate("strict", ["signing"]),
        }
        return {
            "articles": self.articles,
            **{
                name: {"p": round(r.precision, 4), "r": round(r.recall, 4), "f1": round(r.f1, 4),
                       "hit": r.hit, "gold": r.gold, "got": r.got}
                for name, r in rates.items()
            },
            "by_type": {
                kind: {"events": round(self.rate("hit", [kind]).f1, 4),
                       "strict": round(self.rate("strict", [kind]).f1, 4), "gold": row["gold"], "got": row["got"]}
                for kind, row in sorted(self.types.items())
            },
            "fields": {name: round(row[True] / row.total(), 4) for name, row in sorted(self.fields.items())},
        }  # fmt: skip


def score(pairs: Iterable[tuple[Label, Label]]) -> Scores:
    """Scores of (labelled article, answer) pairs; both have `id`, `relevant` and `events`."""
    scores = Scores()
    for gold, got in pairs:
        _score_article(scores, gold, got)
    return scores


def _score_article(scores: Scores, gold: Label, got: Label) -> None:
    scores.articles += 1
    scores.relevant.update(gold=gold["relevant"], got=got["relevant"], hit=gold["relevant"] and got["relevant"])
    if gold["relevant"] != got["relevant"]:
        scores.errors.append(f"{gold['id']} relevant: labelled {gold['relevant']}, answered {got['relevant']}")
    for side, article in (("gold", gold), ("got", got)):
        for event in article["events"]:
            scores.types[event["type"]][side] += 1
    paired = pair(gold["events"], got["events"])
    for i, j in paired:
        _score_pair(scores, gold["id"], gold["events"][i], got["events"][j])
    for word, events, taken in (
        ("missed", gold["events"], {i for i, _ in paired}),
        ("invented", got["events"], {j for _, j in paired}),
    ):
        scores.errors.extend(
            f"{gold['id']} {word} {brief(event)} «{(event.get('evidence') or '')[:80]}»"
            for n, event in enumerate(events)
            if n not in taken
        )


def _score_pair(scores: Scores, article: str, gold: Label, got: Label) -> None:
    verdict = agree(gold, got)
    wrong = [name for name in STRICT if not verdict.get(name, True)]
    scores.types[gold["type"]].update(hit=1, strict=not wrong)
    for name, right in verdict.items():
        scores.fields[name][right] += 1
    if wrong:
        scores.errors.append(f"{article} wrong {', '.join(wrong)}: labelled {brief(gold)}, answered {brief(got)}")


def pair(gold: list[Label], got: list[Label]) -> list[tuple[int, int]]:
    """Which labelled event each answer is about, as index pairs; best first, each used once."""
    candidates = sorted(
        (-weight, i, j)
        for i, one in enumerate(gold)
        for j, other in enumerate(got)
        if (weight := likeness(one, other)) is not None
    )
    left, right, pairs = set(range(len(gold))), set(range(len(got))), []
    for _, i, j in candidates:
        if i in left and j in right:
            left.discard(i)
            right.discard(j)
            pairs.append((i, j))
    return pairs


def likeness(gold: Label, got: Label) -> float | None:
    """How much two events have in common; None when they cannot be a pair."""
    if gold["type"] != got.get("type"):
        return None
    one, other = set(gold.get("regions") or ()), set(got.get("regions") or ())
    overlap = 1.0 if one == other else 0.5 if any(related(a, b) for a in one for b in other) else 0.0
    amount = bool(gold.get("amount")) and same_amount(gold.get("amount"), got.get("amount"))
    projects = gold.get("projects") is not None and gold.get("projects") == got.get("projects")
    if not (overlap or amount or projects):
        return None
    return 2 * amount + 2 * projects + overlap + (subtype(gold) == subtype(got))


def agree(gold: Label, got: Label) -> dict[str, bool]:
    """Field by field: is the answer right? Only fields that the labelled event can be judged on."""
    fields = {
        "subtype": subtype(gold) == subtype(got),
        "regions": set(gold.get("regions") or ()) == set(got.get("regions") or ()),
        "projects": gold.get("projects") == got.get("projects"),
        "amount": same_amount(gold.get("amount"), got.get("amount")),
    }
    if gold["type"] in ("statistic", "target"):
        fields["count"] = gold.get("count") == got.get("count")
        fields["period"] = not gold.get("period") or gold["period"] == (got.get("period") or {})
    else:
        fields["date"] = gold.get("date") == got.get("date")
    if gold.get("amount") and got.get("amount"):
        fields["qualifier"] = _qualifier(gold) == _qualifier(got)
    if gold.get("sectors"):
        fields["sectors"] = bool(set(gold["sectors"]) & set(got.get("sectors") or ()))
    return fields


def subtype(event: Label) -> str | None:
    """Metric, kind or stage; a signing without a stage is a contract."""
    return (
        event.get("metric")
        or event.get("kind")
        or event.get("stage")
        or ("contract" if event["type"] == "signing" else None)
    )


def same_amount(one: Label | None, other: Label | None) -> bool:
    """Both absent, or the same currency and within half a percent."""
    if not one or not other:
        return not one and not other
    near = abs(one["value"] - other["value"]) <= 0.005 * max(one["value"], other["value"])
    return bool(one["currency"] == other["currency"] and near)


def brief(event: Label) -> str:
    """An event in a few words, for error lists."""
    amount = event.get("amount") or {}
    money = f"{amount['value']}{amount['currency']}" if amount else "-"
    regions = "+".join(event.get("regions") or ())
    return f"[{event['type']}/{subtype(event)} {regions} n={event.get('projects')} {money}]"


def _qualifier(event: Label) -> str:
    return str(event["amount"].get("qualifier", "exact"))


def table(scores: Scores) -> Iterator[str]:
    """The scores as lines for people."""
    summary = scores.summary()
    yield f"{summary['articles']} articles"
    for name in ("relevant", "events", "strict", "signing"):
        row = summary[name]
        yield (f"{name:9} F1 {row['f1']:.3f}  P {row['p']:.3f}  R {row['r']:.3f}  "
               f"({row['hit']} of {row['gold']} labelled, {row['got']} found)")  # fmt: skip
    yield "by type   " + "  ".join(
        f"{kind} {row['events']:.2f}/{row['strict']:.2f} ({row['gold']})" for kind, row in summary["by_type"].items()
    )
    yield "fields    " + "  ".join(f"{name} {value:.2f}" for name, value in summary["fields"].items())
