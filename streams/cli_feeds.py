"""`dealwire feeds`: the feeds file and what becomes of its feeds. Commands import what they need when they run."""

import asyncio
import logging
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from streams import inputs
from streams.settings import Settings

if TYPE_CHECKING:  # their import takes a while, and other commands do not need them
    from streams.feeds.feeds_file import Feed, FeedsFile

app = typer.Typer(help="Check sources, see how feeds fare, and edit the feeds file.", no_args_is_help=True)

File = Annotated[Path | None, typer.Option("--feeds", help="The feeds file instead of DEALWIRE_FEEDS.")]
Name = Annotated[str | None, typer.Option(help="Short and unique; stands in logs, metrics and articles.")]
Region = Annotated[str | None, typer.Option(help="Whose 'our city' it speaks of: CN-330200, VN, ...")]
Language = Annotated[str | None, typer.Option(help="zh, en or other.")]
Zone = Annotated[str | None, typer.Option(help="IANA zone of dates without one; Asia/Shanghai if absent.")]
Item = Annotated[str | None, typer.Option(help="Of a list page: the CSS selector of what is listed.")]
Link = Annotated[str | None, typer.Option(help="Within an item: its link; the first one if absent.")]
Title = Annotated[str | None, typer.Option(help="Within an item: its title; that of the link if absent.")]
Date = Annotated[str | None, typer.Option(help="Within an item: its date; the first one in it if absent.")]
Which = Annotated[str, typer.Argument(metavar="NAME|URL", help="The entry, by its name or address.")]


@app.command("check")
def check(
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="URL|FILE...", help="Addresses, and saved files.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Every feed of the feeds file.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line for each source.")] = False,
    url: Annotated[str | None, typer.Option(help="Where a FILE comes from: for its relative links and ids.")] = None,
    feeds: File = None,
    zone: Zone = None,
    item: Item = None,
    link: Link = None,
    title: Title = None,
    date: Date = None,
) -> None:
    """What the poller would make of each source: its items, its problems, an entry for the feeds file.

    Fetches and reads as the poller does, needs no broker and writes nothing. Of an address that is in the feeds file
    the entry there counts. Exit code 1 when a source could not be read.
    """
    from streams.feeds.check import check_sources, is_address, lines_of

    settings = inputs.settings(feeds=feeds)
    file = _load(settings, missing_is_empty=not every)
    wanted = [(feed.url, feed) for feed in file.feeds] if every else []
    options = {"zone": zone, "item": item, "link": link, "title": title, "date": date}
    for source in sources or ():
        wanted.append((_shown(source), _described(source if is_address(source) else url, file, options)))
    if not wanted:
        inputs.fail("nothing to check: name an address or a file, or say --all")

    async def run() -> int:
        failed = 0
        async for one in check_sources(wanted, settings, metadata.version("dealwire")):
            failed |= not one.ok
            if as_json:
                inputs.print_json(one.as_json())
                sys.stdout.flush()
            else:
                print("\n".join(lines_of(one, is_known=any(feed.url == one.feed.url for feed in file.feeds))) + "\n")
        return failed

    try:
        raise typer.Exit(asyncio.run(run()))
    except ValueError as error:
        inputs.fail(f"DEALWIRE_POLL_ALLOW_PRIVATE: {error}")


def _described(address: str | None, file: "FeedsFile", options: dict[str, str | None]) -> "Feed":
    """The feed that a source is checked as: its entry of the file, or one made of the options."""
    from streams.feeds.feeds_file import Feed, parse_feeds
    from streams.feeds.links import split_login

    given = {name: value for name, value in options.items() if value is not None}
    if address is None and not given:
        return Feed(url="", name="file")
    bare = split_login(address)[0] if address else ""
    known = next((feed for feed in file.feeds if feed.url == bare), None)
    if known is not None and not given:
        return known
    from streams.feeds.edit import entry_text

    kind = {"kind": "page"} if "item" in given else {}
    made = parse_feeds(entry_text({"url": address or "http://file.invalid/", **kind, **given}))
    if made.problems:
        inputs.fail(made.problems[0].text)
    return made.feeds[0] if address else replace(made.feeds[0], url="", name="file")


def _shown(source: str) -> str:
    from streams.feeds.links import without_login

    return without_login(source)


@app.command("list")
def show_list(
    brokers: Annotated[str | None, typer.Option("--brokers", help="host:port,... of the broker.")] = None,
    feeds: File = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON line for each feed.")] = False,
) -> None:
    """How each feed of the feeds file fares: health, next poll, last error, articles a day. Reads `feed-states`."""
    from streams.feeds.listing import load, rows
    from streams.feeds.sink import SinkError

    settings = _with_broker(brokers, feeds)
    file = _load(settings)
    try:
        states = asyncio.run(load(settings))
    except SinkError as error:
        print(f"dealwire: {error}", file=sys.stderr)
        raise typer.Exit(1) from error
    found = rows(file.feeds, states, datetime.now(UTC))
    if as_json:
        for row in found:
            moment = row.next_poll.isoformat(timespec="seconds") if row.next_poll else None
            inputs.print_json({**vars(row), "next_poll": moment, "articles_a_day": round(row.articles_a_day, 2)})
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("feed", "health", "next poll (UTC)", "last error", "articles a day", box=None)
    for row in found:
        moment = row.next_poll.strftime("%Y-%m-%d %H:%M") if row.next_poll else ""
        table.add_row(row.name, row.health, moment, row.last_error or "", f"{row.articles_a_day:.1f}")
    Console(highlight=False).print(table)


@app.command("add")
def add(
    url: Annotated[str, typer.Argument(help="Where the feed or the list page is.")],
    name: Name = None,
    region: Region = None,
    language: Language = None,
    zone: Zone = None,
    interval: Annotated[
        float | None, typer.Option(help="Seconds between polls; as often as it has news if absent.")
    ] = None,
    item: Item = None,
    link: Link = None,
    title: Title = None,
    date: Date = None,
    feeds: File = None,
) -> None:
    """Add an entry to the feeds file. A running poller takes it up by itself."""
    from streams.feeds.edit import add_entry

    fields = {
        "url": url, "name": name, "region": region, "language": language, "zone": zone, "interval": interval,
        "kind": "page" if item or link or title or date else None,
        "item": item, "link": link, "title": title, "date": date,
    }  # fmt: skip
    _edit(inputs.settings(feeds=feeds), lambda text, file: add_entry(text, fields), create=True)


@app.command("remove")
def remove(which: Which, feeds: File = None) -> None:
    """Take an entry out of the feeds file. What is known of it stays in `feed-states`."""
    from streams.feeds.edit import find_feed, remove_entry

    _edit(inputs.settings(feeds=feeds), lambda text, file: remove_entry(text, find_feed(file, which)))


@app.command("enable")
def enable(
    which: Which,
    off: Annotated[bool, typer.Option("--off", help="Disable it instead: kept, and not polled.")] = False,
    brokers: Annotated[str | None, typer.Option("--brokers", help="host:port,... of the broker.")] = None,
    feeds: File = None,
) -> None:
    """Enable an entry. One that answered 410 (`gone`) is due again: for that the broker is asked."""
    from streams.feeds.edit import EditError, find_feed, set_enabled
    from streams.feeds.listing import revive
    from streams.feeds.sink import SinkError

    settings = _with_broker(brokers, feeds)
    if not off:
        try:
            feed = find_feed(_load(settings), which)
            asyncio.run(revive(settings, feed, datetime.now(UTC)))
        except EditError as error:
            inputs.fail(str(error))
        except SinkError as error:
            print(f"dealwire: {error}; if the feed was gone it stays so", file=sys.stderr)
    _edit(settings, lambda text, file: set_enabled(text, find_feed(file, which), not off))


@app.command("import")
def import_opml(
    opml: Annotated[Path, typer.Argument(metavar="FILE.opml", help="The subscriptions of a feed reader.")],
    feeds: File = None,
) -> None:
    """Add the feeds of an OPML file that the feeds file does not have yet."""
    from streams.feeds.edit import EditError, add_entry, parse_opml

    try:
        found = parse_opml(opml.read_bytes())
    except OSError as error:
        inputs.fail(f"{opml}: expected an OPML file: {error.strerror}")
    except EditError as error:
        inputs.fail(f"{opml}: {error}")

    def grow(text: str, file: "FeedsFile") -> str:
        for fields in found:
            for given in (fields, {"url": fields["url"]}):  # a name that is taken is no reason to miss a feed
                try:
                    text = add_entry(text, given)
                    break
                except EditError as error:
                    problem = error
            else:
                print(f"dealwire: {_shown(str(fields['url']))}: {problem}", file=sys.stderr)
        return text

    _edit(inputs.settings(feeds=feeds), grow, create=True)


@app.command("starter")
def starter() -> None:
    """Print a feeds file to start from: some 75 real sources, and where each was found. Check them with `--all`."""
    from importlib.resources import files

    print(files("streams.feeds").joinpath("data/starter.toml").read_text("utf-8"), end="")


@app.command("export")
def export(feeds: File = None) -> None:
    """Print the feeds as OPML, without passwords. List pages are left out: no other reader can poll them."""
    from streams.feeds.edit import to_opml

    print(to_opml(_load(inputs.settings(feeds=feeds)).feeds), end="")


def _with_broker(brokers: str | None, feeds: Path | None) -> Settings:
    settings = inputs.settings(kafka_brokers=brokers, feeds=feeds)
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # what matters of it is said in our own line
    return settings


def _load(settings: Settings, missing_is_empty: bool = False) -> "FeedsFile":
    from streams.feeds.feeds_file import FeedsFile, FeedsFileError, load_feeds

    if missing_is_empty and not settings.feeds.exists():
        return FeedsFile((), ())
    try:
        file = load_feeds(settings.feeds)
    except FeedsFileError as error:
        inputs.fail(str(error))
    for problem in file.problems:
        print(f"dealwire: {settings.feeds}: {problem}", file=sys.stderr)
    return file


def _edit(settings: Settings, change: Callable[[str, "FeedsFile"], str], create: bool = False) -> None:
    """Writes the feeds file anew, whole or not at all."""
    from streams.feeds.edit import EditError
    from streams.feeds.feeds_file import parse_feeds

    path = settings.feeds
    file = _load(settings, missing_is_empty=create)
    text = path.read_text("utf-8") if path.exists() else ""
    try:
        new = change(text, file)
    except EditError as error:
        inputs.fail(str(error))
    try:
        beside = path.with_name(path.name + ".new")
        beside.write_text(new, "utf-8")
        beside.replace(path)
    except OSError as error:
        inputs.fail(f"{path}: cannot be written: {error.strerror}")
    before, after = len(file.feeds), len(parse_feeds(new).feeds)
    print(f"{path}: {after} feeds" + (f", {after - before:+d}" if after != before else ""))
