"""What a message says. Pure. Words of articles are foreign: no line breaks or control characters get into a title."""

from collections.abc import Sequence

from schemas.alert import Alert
from schemas.event import Event
from schemas.notice import Notice
from schemas.regions import name_of

MAX_TITLE = 200
MAX_SENTENCE = 1000
MAX_DIGEST = 50
"""Notices in one message."""


def title_of(alert: Alert) -> str:
    """One line: what happened, how much, where by name, when."""
    event = alert.event
    where = ", ".join(_name(region) for region in event.regions)
    kind = " ".join(filter(None, (event.stage or event.kind or event.metric, event.type)))
    sum_ = f", {sum_of(event)}" if event.amount else ""
    projects = f", {event.projects} project{'' if event.projects == 1 else 's'}" if event.projects else ""
    notice = f"{alert.notice.capitalize()}: " if alert.notice else ""
    return _clean(f"{notice}{kind}{projects}{sum_}: {where}, {event.day}", MAX_TITLE)


def sum_of(event: Event) -> str:
    """The sum as the article states it, and in yuan when it is in another currency."""
    if event.amount is None:
        return "sum not stated"
    money = event.amount
    stated = f"{money.value:,f} {money.currency}"
    if money.qualifier != "exact":
        stated = f"{money.qualifier.replace('_', ' ')} {stated}"
    if event.amount_cny is not None and money.currency != "CNY":
        stated += f" (about {event.amount_cny.best:,.0f} CNY, rate of {event.amount_cny.rate_day})"
    return stated


def text_of(alert: Alert, reason: str) -> str:
    """The sentence, the link, the sum, the sources, and why it is told; of a correction first what changed."""
    event = alert.event
    lines = [f"Changed: {change}" for change in alert.changes]
    lines.append(f"“{_clean(event.evidence, MAX_SENTENCE)}”")
    lines.append(f"Sum: {sum_of(event)}")
    if event.parties:
        lines.append(_clean(f"Parties: {', '.join(event.parties)}", MAX_SENTENCE))
    number = event.independent_sources
    lines.append(f"Sources: {number} independent; confidence {event.confidence:.2f}")
    if (url := url_of(event)) is not None:
        lines.append(f"Article: {url}")
    lines.append(_clean(f"Why: {reason}; alert {alert.rule}: {alert.reason or 'no longer fires'}", MAX_SENTENCE))
    return "\n".join(lines)


def url_of(event: Event) -> str | None:
    """The article of the best sentence; nothing but a web address."""
    best = sorted(event.sources, key=lambda source: source.evidence != event.evidence)
    return next((source.url for source in best if source.url.startswith(("http://", "https://"))), None)


def digest_of(notices: Sequence[Notice]) -> tuple[str, str]:
    """(title, text) of one message about several notices of a rule."""
    parts = [f"{number}. {one.title}\n{one.text}" for number, one in enumerate(notices, start=1)]
    return f"{len(notices)} notices of {notices[0].rule}", "\n\n".join(parts)


def _name(region: str) -> str:
    return f"{name_of(region, 'zh')} ({region})"


def _clean(text: str, longest: int) -> str:
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return line if len(line) <= longest else line[: longest - 1] + "…"
