"""Alerts and rules files, with what a test cares about as arguments."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from schemas.alert import Alert
from schemas.event import Amount, Converted
from streams.notify.book import Book
from streams.notify.rules import parse_rules
from tests.web.messages import event, source

NOW = datetime(2026, 11, 2, 4, tzinfo=UTC)  # noon in Shanghai, a Monday
DESK = '[[channel]]\nname = "desk"\nurl = "json://127.0.0.1"\n'


def alert(event_id: str = "e1", best: str = "2.8e9", **fields: Any) -> Alert:
    """An alert of a contract signing in Haishu."""
    rest = {name: fields.pop(name) for name in ("alert_id", "notice", "about", "changes", "rule") if name in fields}
    money = Decimal(best)
    given = {
        "amount": Amount(value=money, currency="CNY"),
        "amount_cny": Converted(low=money, best=money, high=money, rate_day="2026-11-01"),
        "sources": (source(article=f"of {event_id}"),),
    }  # fmt: skip
    about = event(event_id, **(given | fields))
    shown = {"alert_id": f"a-{event_id}", "rule": "large-signing"} | rest
    return Alert(headline="signing", reason="at least 1 billion yuan", event=about, raised=NOW, **shown)


def rules_text(rule: str = "", channel: str = "") -> str:
    """A file with one channel and one rule."""
    return f'{DESK}{channel}\n[[rule]]\nname = "large"\nchannels = ["desk"]\n{rule}\n'


def book(rule: str = "", channel: str = "", tries: int = 3) -> Book:
    """An empty book of such a file."""
    return Book(parse_rules(rules_text(rule, channel), "rules.toml"), tries, 5)
