"""`dealwire extract`: one article, what would be said of it, and why; and the human form of `replay-files`."""

import json
import re
import sys
import urllib.error
import urllib.request
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from schemas.article import RawArticle
from schemas.base import Contract
from schemas.event import Doubt, Mention
from streams.classify.classifier import classify
from streams.extract.extractor import extract
from streams.files import SHANGHAI, FileError, make_article, parse_article
from streams.words import how_much, place, what

MAX_BYTES = 10_000_000
DOUBTS: dict[Doubt, str] = {
    "conversion": "the conversion in the text does not fit the day's rate",
    "conversion_by_10": "the amount or its conversion in the text is out by 10 (亿 read as billion?)",
    "conversion_by_100": "the amount or its conversion in the text is out by 100 (万 read as million?)",
}
AROUND = 60
"""Characters shown on each side of an event's sentence."""


def load(source: str, published: date | None, region: str | None) -> RawArticle:
    """The article behind a file name, an http(s) address or `-`. Raises FileError with what was expected."""
    data = _fetch(source) if re.match(r"https?://", source) else _read(source)
    day = datetime.combine(published, time(), SHANGHAI) if published else None
    text = _decode(data, source)
    if text.lstrip().startswith("{"):
        article = parse_article(_json(text, source), source)
        update: dict[str, Any] = {"feed": article.feed.model_copy(update={"region": region})}
        if day:
            update |= {"published": day, "first_seen": day, "fetched": day}
        return article.model_copy(update=update)
    if re.search(r"<(html|body|article|p|div)\b", text[:20_000], re.IGNORECASE):
        return _from_html(text, source, day, region)
    title, _, body = text.strip().partition("\n")
    return make_article(source, title.strip(), body.strip(), day, region)


def as_json(article: RawArticle) -> dict[str, Any]:
    """The verdict, every mention with the words of its fields, and what was dropped."""
    verdict, reading = classify(article), extract(article)
    document = article.document
    return {
        "relevant": verdict.relevant,
        "score": verdict.score,
        "reasons": verdict.reasons,
        "mentions": [one.model_dump(mode="json") for one in reading.mentions] if verdict.relevant else [],
        "dropped": [
            {"text": document[one.start : one.end], "start": one.start, "end": one.end, "reason": one.reason}
            for one in reading.dropped
        ],
    }


def show(article: RawArticle) -> None:
    """Print the verdict, each event with its highlighted sentence and the words of each field, and what was dropped."""
    out = Console(highlight=False, soft_wrap=True)
    verdict, reading = classify(article), extract(article)
    word = "[green]relevant[/]" if verdict.relevant else "[yellow]not relevant[/]"
    out.print(
        f"[bold]{escape(article.title)}[/]\n{word}, score {verdict.score:.2f}: {escape('; '.join(verdict.reasons))}"
    )
    mentions = reading.mentions if verdict.relevant else ()
    for number, mention in enumerate(mentions, 1):
        out.print(f"\n[bold cyan]{number}. {escape(headline(mention))}[/]  confidence {mention.confidence:.2f}")
        out.print(_sentence(article.document, mention))
        for doubt in mention.doubts:
            out.print(f"   [red]doubtful[/]     {DOUBTS[doubt]}")
        for field, words in sorted(mention.words.items()):
            name, value = field.partition(".")[0], escape(_value(mention, field))
            out.print(f"   {name:12} {value}  [dim]from «{escape(words.text)}» at {words.start}[/]")
    if not mentions:
        out.print("\nno event")
    for dropped in reading.dropped:
        out.print(
            f"[dim]dropped «{escape(article.document[dropped.start : dropped.end][:100])}»: {escape(dropped.reason)}[/]"
        )


def headline(mention: Mention) -> str:
    """An event in one line: what, where, how much, when.

    >>> from schemas.event import Mention, Words
    >>> headline(Mention(type="signing", stage="contract", regions=("CN-330203",), projects=14, evidence="x",
    ...                  span=Words(start=0, end=1, text="x")))
    'signing contract, 海曙区 Haishu District, Zhejiang (CN-330203), 14 projects'
    """
    where = " + ".join(f"{place(region)} ({region})" for region in mention.regions)
    parts = [what(mention), where, how_much(mention), mention.date.isoformat() if mention.date else ""]
    return ", ".join(part for part in parts if part)


def show_replay(answer: dict[str, Any]) -> None:
    """Print the happenings and the totals of the last 365 days."""
    out = Console(highlight=False, soft_wrap=True)
    for event in sorted(answer["events"], key=lambda event: (event["day"], event["event_id"])):
        kind = event.get("stage") or event.get("kind") or event.get("metric") or ""
        places = " + ".join(place(region) for region in event["regions"])
        money = event.get("amount")
        amount = f"{money['value']:,} {money['currency']}" if money else "-"
        out.print(
            f"{event['day']}  {event['type']} {kind}  {escape(places)}  {amount}  «{escape(event['evidence'][:120])}»"
        )
    table = Table(title=f"365 days to {answer['as_of']}: happenings, amount in 100 million yuan")
    kinds = list(next(iter(answer["totals"].values()))["365d"]) if answer["totals"] else []
    table.add_column("region")
    for kind in kinds:
        table.add_column(kind, justify="right")
    for region, windows in answer["totals"].items():
        cells = [_cell(windows["365d"][kind]) for kind in kinds]
        table.add_row(f"{place(region)} {region}", *cells)
    out.print(table)


def _cell(row: dict[str, Any]) -> str:
    return f"{row['happenings']}: {row['amount_cny']['best'] / 1e8:,.2f}" if row["happenings"] else "-"


def _value(mention: Mention, field: str) -> str:
    """The field's value; of a list (`names.0`, `sectors.ai`) the one."""
    field, _, which = field.partition(".")
    value = getattr(mention, field, None)
    if which:
        return str(value[int(which)]) if value and which.isdigit() else which
    return value.model_dump_json() if isinstance(value, Contract) else str(value)


def _sentence(document: str, mention: Mention) -> Text:
    start, end = mention.span.start, mention.span.end
    text = Text("   …")
    text.append(document[max(0, start - AROUND) : start].replace("\n", " "), "dim")
    text.append(document[start:end].replace("\n", " "), "bold on dark_green")
    text.append(document[end : end + AROUND].replace("\n", " "), "dim")
    return text.append("…")


def _fetch(url: str) -> bytes:
    request = urllib.request.Request(url, headers={"User-Agent": "dealwire/0.1 (extract)"})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return bytes(answer.read(MAX_BYTES))
    except (urllib.error.URLError, OSError, ValueError) as error:
        raise FileError(f"{url}: could not be fetched: {error}") from error


def _read(source: str) -> bytes:
    if source == "-":
        return sys.stdin.buffer.read(MAX_BYTES)
    try:
        return Path(source).read_bytes()[:MAX_BYTES]
    except OSError as error:
        raise FileError(f"{source}: expected a file, an http(s) address or -: {error.strerror}") from error


def _decode(data: bytes, source: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileError(f"{source}: expected text in UTF-8 or GB 18030")


def _json(text: str, source: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FileError(f"{source}: expected a JSON article: {error}") from error


def _from_html(text: str, source: str, day: datetime | None, region: str | None) -> RawArticle:
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    found = bare_extraction(text, url=source if source.startswith("http") else None, with_metadata=True)
    if not isinstance(found, Document) or not found.text:
        raise FileError(f"{source}: expected a page with an article, found no text in it")
    if day is None and found.date:
        day = datetime.fromisoformat(found.date).replace(tzinfo=SHANGHAI)
    return make_article(source, found.title or "", found.text, day, region)
