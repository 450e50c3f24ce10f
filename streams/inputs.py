"""What the commands take from the command line and the environment, and how they refuse what is wrong."""

import json
import logging
import sys
from collections.abc import Iterable
from datetime import date, datetime, time
from importlib import metadata
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from zoneinfo import ZoneInfo

import typer

from streams.settings import Settings, load

if TYPE_CHECKING:  # its import takes a while, and most commands do not need it
    from streams.files import ArticleFile


def version(on: bool) -> None:
    """Print the version and end, when asked to."""
    if on:
        print(f"dealwire {metadata.version('dealwire')}")
        raise typer.Exit()


def settings(**overrides: object) -> Settings:
    """The settings, with logging set up. Raises SettingsError."""
    loaded = load(**overrides)
    logging.basicConfig(
        level=loaded.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr
    )
    return loaded


def articles(folder: Path) -> tuple[list["ArticleFile"], int]:
    """The articles sorted by id, and the exit code: 1 when a file was none. Files that are none are named on stderr."""
    from streams.files import FileError, read_articles

    good: list[ArticleFile] = []
    failed = 0
    try:
        for one in read_articles(folder):
            if isinstance(one, FileError):
                print(f"dealwire: {one}", file=sys.stderr)
                failed = 1
            else:
                good.append(one)
    except FileError as error:
        fail(str(error))
    good.sort(key=lambda one: (one.article.article_id, str(one.path)))
    for one, other in pairwise(good):
        if one.article.article_id == other.article.article_id:
            print(
                f"dealwire: {other.path}: the id {other.article.article_id!r} is also that of {one.path}",
                file=sys.stderr,
            )
    return good, failed


def ids(file: Path | None) -> set[str] | None:
    """The ids that stand in a file, one a line; None without a file."""
    if file is None:
        return None
    try:
        lines: Iterable[str] = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{file}: expected a text file with one id a line: {error}")
    return {line.strip() for line in lines if line.strip() and not line.startswith("#")}


def today() -> date:
    """The day that the settings make today. Raises SettingsError."""
    loaded = load()
    return loaded.today or datetime.now(ZoneInfo(loaded.timezone)).date()


def day(text: str, option: str) -> date:
    """An ISO day; ends with exit code 2 for anything else."""
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        fail(f"{option}: expected an ISO day such as 2026-05-31, found {text!r}")


def start_of(day: date, zone: str) -> datetime:
    """The first moment of a day in an IANA zone."""
    return datetime.combine(day, time(), ZoneInfo(zone))


def region(code: str, option: str) -> str:
    """A region of the tables; ends with exit code 2 for anything else."""
    from schemas.regions import is_known

    if not is_known(code):
        fail(f"{option}: expected a region code such as CN-330000, CN or VN, found {code!r}")
    return code


def print_json(value: object) -> None:
    """One line of JSON on standard output."""
    print(json.dumps(value, ensure_ascii=False))


def fail(message: str) -> NoReturn:
    """One line on standard error, exit code 2."""
    print(f"dealwire: {message}", file=sys.stderr)
    raise typer.Exit(2)
