"""Articles with a truth that is known: what stands when all of them are read, in whatever order they come."""

from dataclasses import dataclass, field
from random import Random

from schemas.article import RawArticle
from tests.articles import irrelevant, signing

DAYS = 15_000
"""Happenings lie nine hours apart; after so many the calendar starts again, with other sums."""
POISON = b"\xff\xfe no article \x00"


@dataclass
class Press:
    """`messages`: articles, or bytes that are none, in the order of sending. `standing`: happening -> what it is worth
    in the end, in units of 100 million yuan."""

    messages: list[RawArticle | bytes] = field(default_factory=list)
    standing: dict[int, int] = field(default_factory=dict)
    made: dict[str, int] = field(default_factory=dict)
    """How many messages there are of each kind."""
    unused: int = 0
    """The first number that no happening has."""


def press(dice: Random, count: int) -> Press:
    """So many messages: reports, and of some of them a second copy, a reprint, a correction (which may come before what
    it corrects), a retraction; late ones; articles about the weather; poison."""
    made, timed = Press(), list[tuple[float, RawArticle | bytes]]()

    def send(kind: str, after: float, message: RawArticle | bytes) -> None:
        made.made[kind] = made.made.get(kind, 0) + 1
        timed.append((after, message))

    number = 0
    while len(timed) < count:
        at, late = float(number), dice.random() < 0.1
        at += dice.uniform(100, count / 2) if late else 0.0
        send("late reports" if late else "reports", at, report(number))
        made.standing[number] = 10 + number
        then, chance = at + dice.expovariate(1 / 20), dice.random()
        if chance < 0.12:
            send("second copies", then, report(number))
        elif chance < 0.22:
            send("reprints", then, report(number).model_copy(update={"article_id": f"reprint-{number}"}))
        elif chance < 0.34:
            made.standing[number] = 11 + 2 * number
            before = dice.random() < 0.5
            send("corrections", at - 5 if before else then, report(number, 2, 11 + 2 * number))
        elif chance < 0.38:
            del made.standing[number]
            gone = irrelevant(number).model_copy(update={"article_id": f"chaos-{number}", "revision": 2})
            send("retractions", then, gone)
        elif chance < 0.42:
            send("weather", then, irrelevant(number))
        if number % 250 == 7:
            send("poison", then, POISON + str(number).encode())
        number += 1
    made.unused = number
    made.messages = [message for _, message in sorted(timed, key=lambda one: one[0])]
    return made


def report(number: int, revision: int = 1, worth: int | None = None) -> RawArticle:
    """The article on a happening by its number; it is worth `10 + number` unless told otherwise."""
    made = signing(number % DAYS, revision, worth or 10 + number)
    return made.model_copy(update={"article_id": f"chaos-{number}"})
