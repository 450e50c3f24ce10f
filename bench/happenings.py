"""Records to fill a ledger with: each of one article telling of happenings of one province, all of them different."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from hashlib import blake2b
from random import Random
from typing import Any, get_args

from schemas.event import Amount, ArticleRef, Mention, Mentions, Sector, Stage, Words
from schemas.regions import names as all_names
from schemas.regions import owner_of

OWNER = "CN-330000"
STAGES: tuple[Stage, ...] = ("contract", "contract", "framework", "landed", "started", "started", "completed")
SECTORS: tuple[Sector, ...] = get_args(Sector)


@dataclass(frozen=True)
class Pace:
    """How happenings lie in time: so many a day, the newest on `last`; the older, the higher their number."""

    last: date
    a_day: int = 60

    def day(self, number: int) -> date:
        """The day of a happening by its number, from 0."""
        return self.last - timedelta(days=number // self.a_day)


@cache
def places() -> tuple[str, ...]:
    """The counties of the province, and its cities."""
    return tuple(sorted(code for code in all_names() if owner_of(code) == OWNER and code != OWNER))


def record(first: int, day: date, happenings: int = 1) -> Mentions:
    """What article `first` tells: happenings `first`, `first + 1`, … of that day."""
    mentions = tuple(mention(first + n, day, n) for n in range(happenings))
    seen = datetime.combine(day, time(4), UTC) + timedelta(seconds=first % 36_000)
    mark = blake2b(str(first).encode(), digest_size=32).hexdigest()
    article = ArticleRef(
        article_id=mark[:32], revision=1, feed=f"省报 {first % 50}", url=f"https://news.example/{day}/{mark[:12]}.html",
        title=f"第{first}号：{mentions[0].names[0]}签约", published=seen, first_seen=seen, fetched=seen, day=day,
        language="zh", fingerprint=mark[:32], sketch=mark,
    )  # fmt: skip
    return Mentions(owner=OWNER, article=article, mentions=mentions, extractor="1.0")


def mention(number: int, day: date, at: int = 0) -> Mention:
    """One happening: its place, money, name and sector follow from its number."""
    dice = Random(number)
    stage = dice.choice(STAGES)
    sum_yi, projects = dice.randint(1000, 99_999) / 100, dice.choice((1, 1, 1, dice.randint(2, 60)))
    name = f"{blake2b(str(number).encode(), digest_size=4).hexdigest()}新材料生产基地项目"
    text = f"{day.month}月{day.day}日，{name}在当地签约，共{projects}个项目，计划总投资{sum_yi}亿元，达产后年产值可观。"
    start = at * 100

    def words(part: str) -> Words:
        begin = start + text.index(part)
        return Words(start=begin, end=begin + len(part), text=part)

    fields: dict[str, Any] = {
        "type": "signing" if stage in STAGES[:3] else "milestone", "stage": stage, "regions": (dice.choice(places()),),
        "projects": projects, "amount": Amount(value=round(sum_yi * 10**8), currency="CNY"), "date": day,
        "names": (name,), "sectors": (dice.choice(SECTORS),),
    }  # fmt: skip
    said = {"amount": words(f"{sum_yi}亿元"), "names.0": words(name), "projects": words(f"{projects}个项目")}
    span = Words(start=start, end=start + len(text), text=text)
    return Mention(evidence=text, span=span, words=said, confidence=0.9, **fields)


def records(count: int, pace: Pace, offset: int = 0) -> Iterator[Mentions]:
    """So many articles of one happening each."""
    return (record(offset + number, pace.day(number)) for number in range(count))
