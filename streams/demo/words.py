"""Events and totals as words for the terminal. Pure."""

from collections.abc import Sequence
from decimal import Decimal

from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.table import Table
from rich.text import Text

from schemas.alert import Alert
from schemas.base import Contract
from schemas.dead_letter import DeadLetter
from schemas.event import MONEY_KINDS, Event, Stage
from schemas.regions import name_of
from schemas.total import WINDOWS, RegionTotal, Sum, Window
from streams.words import how_much, places, what

COLOUR = {"signing": "green", "milestone": "cyan", "agreement": "magenta", "activity": "blue"}
SENTENCE = 160
"""Characters of an event's sentence that are shown."""


def _shortened(sentence: str) -> str:
    flat = " ".join(sentence.split())
    return flat if len(flat) <= SENTENCE else flat[: SENTENCE - 1] + "…"


def event_line(event: Event) -> Text:
    """One event: day, place, what, amount, what became of it, and its sentence on a line of its own. One that was
    merged into another has been printed: a short line."""
    if event.merged_into is not None:
        return Text(f"one happening with another report's: {places(event)}  {what(event)}", "dim")
    gone = event.status == "retracted"
    line = Text(f"{event.day} ", "dim")
    line.append(places(event) + (" (place not settled)" if event.ambiguous else ""), "bold")
    line.append(f"  {what(event)}  ", "red strike" if gone else COLOUR.get(event.type, "default"))
    line.append(how_much(event), "strike" if gone else "default")
    line.append("".join(f"  [{note}]" for note in _notes(event)), "yellow")
    return line.append(f"\n    «{_shortened(event.evidence)}»", "dim")


def _notes(event: Event) -> list[str]:
    """What became of the event since it was first said."""
    many = f", {len(event.sources)} sources" if len(event.sources) > 1 else ""
    notes = [event.status + many] if event.status != "new" or many else []
    return notes if event.home else [*notes, "joint, counted once elsewhere"]


def news_line(record: Contract) -> Text:
    """An event, an alert or a dead letter."""
    match record:
        case Event():
            return event_line(record)
        case Alert():
            event = record.event
            words = f"{places(event)}  {what(event)}  {how_much(event)}"
            return Text(f"ALERT {record.rule}: {words}\n    {record.reason}", "bold red")
        case DeadLetter():
            return Text(f"DEAD LETTER from {record.topic}, {record.reason}: {record.error}", "bold yellow")
    raise TypeError(f"expected an event, an alert or a dead letter, got {type(record).__name__}")


def _cell(row: Sum | None) -> str:
    if row is None or not row.happenings:
        return "·"
    amount = f"{row.amount_cny.best / 10**8:,.1f}" if row.unknown < row.happenings else "?"
    return f"{row.happenings}: {amount}"


def _table(title: str, first: str, rows: Sequence[tuple[str, dict[Stage, Sum]]]) -> Group:
    """A column a kind of money that occurs; narrow enough for 80 columns."""
    kinds = [kind for kind in MONEY_KINDS if any(kind in sums and sums[kind].happenings for _, sums in rows)]
    table = Table(box=SIMPLE_HEAD)
    table.add_column(first, no_wrap=True)
    for kind in kinds:
        table.add_column(kind, justify="right", no_wrap=True)
    for name, sums in rows:
        table.add_row(name, *(_cell(sums.get(kind)) for kind in kinds))
    return Group(
        Text(f"{title}; happenings: amount in 100 million yuan (亿元), ? where none was stated", "bold"), table
    )


def shown_regions(totals: dict[str, RegionTotal], window: Window) -> list[RegionTotal]:
    """Countries and provinces in which something happened in the window."""
    wide = [total for total in totals.values() if total.owner == total.region or "-" not in total.region]
    return [total for total in wide if any(row.happenings for row in total.windows.get(window, {}).values())]


def regions_table(totals: dict[str, RegionTotal], window: Window, rows: int | None = None) -> Group:
    """Countries and provinces by kind of money in one window, the largest first."""

    def size(total: RegionTotal) -> tuple[Decimal, str]:
        return -sum((row.amount_cny.best for row in total.windows[window].values()), Decimal()), total.region

    lines = [
        (f"{name_of(total.region, 'en')} {total.region}", total.windows[window])
        for total in sorted(shown_regions(totals, window), key=size)[:rows]
    ]
    return _table(f"Region totals, {window}", "region", lines)


def windows_table(total: RegionTotal) -> Group:
    """Every window of one region by kind of money."""
    lines = [(window, total.windows.get(window, {})) for window in WINDOWS]
    return _table(f"{name_of(total.region, 'en')}: windows to {total.as_of}", "window", lines)
