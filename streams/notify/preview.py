"""What a rules file would have told since a day: the same book, over the alerts that are in the topic, nothing sent."""

import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from pydantic import ValidationError

from schemas.alert import Alert
from schemas.topics import ALERTS
from streams.broker import BrokerError
from streams.latest import read_latest
from streams.notify.book import Book
from streams.notify.rules import Rules, RulesError, load_rules
from streams.settings import Settings


def check(path: Path) -> int:
    """Print every error of the file by its line; 0 when there is none, else 1."""
    try:
        rules = load_rules(path)
    except RulesError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{path}: {len(rules.rules)} rules, {len(rules.channels)} channels, no error")
    return 0


def test(settings: Settings, path: Path, since: datetime) -> int:
    """Print a line for each notice that would have been made of the alerts raised since then (90 days are kept)."""
    try:
        rules = load_rules(path)
        values = read_latest(settings.kafka_brokers, (ALERTS,), min(10.0, settings.kafka_deadline))[ALERTS.name]
    except RulesError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokerError as error:
        print(f"dealwire: {error}", file=sys.stderr)
        return 1
    alerts = sorted((one for one in _alerts(values.values()) if one.raised >= since), key=lambda one: one.raised)
    lines = list(would_tell(rules, alerts))
    print("\n".join([*lines, f"{len(lines)} notices of {len(alerts)} alerts"]))
    return 0


def would_tell(rules: Rules, alerts: Iterable[Alert]) -> Iterator[str]:
    """One line a notice, as if each alert had been taken and told when it was raised."""
    book = Book(rules, tries=1, backoff=1)
    for alert in alerts:
        for notice in book.accept(alert, alert.raised):
            why = next(line for line in notice.text.splitlines() if line.startswith("Why: "))
            yield f"{notice.due:%Y-%m-%d %H:%M} {notice.channel} {notice.kind}: {notice.title} ({why[5:]})"
            book.keep(notice)
            for told in book.sent((notice,), alert.raised):
                book.keep(told)


def _alerts(values: Iterable[bytes]) -> Iterator[Alert]:
    for value in values:
        try:
            yield Alert.model_validate_json(value)
        except ValidationError:
            print("dealwire: a message that is no alert was passed over", file=sys.stderr)
