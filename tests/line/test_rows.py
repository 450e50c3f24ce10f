"""Rows with versions: recovery keeps the highest, not the last (rule 18)."""

from dataclasses import dataclass
from typing import Any

import pytest
from faust.types import TP

from schemas.base import Contract
from streams.faust_mends import MendedApp
from streams.row_table import RowTable, UnreadableRow, decode_row, encode_row
from tests.fakes import FakeMessage


class Word(Contract):
    """A row's record."""

    word: str


@dataclass
class Change:
    """A record of a changelog."""

    message: FakeMessage


def change(key: str, version: tuple[int, ...], word: str, partition: int = 0) -> Change:
    """What the guard writes."""
    return Change(FakeMessage("log", encode_row(version, Word(word=word)), partition=partition, key=key.encode()))


@pytest.fixture
async def table() -> Any:
    """A table of an app that is not started."""
    app = MendedApp("test", broker="kafka://127.0.0.1:1", store="memory://", Table=RowTable, web_enabled=False)
    rows: Any = app.Table("words", partitions=4, key_type=bytes, value_type=bytes)
    rows.model, rows.unreadable = Word, []
    rows.on_unreadable = rows.unreadable.append
    return rows


async def test_recovery_keeps_the_highest_version_not_the_last(table: Any) -> None:
    table.apply_changelog_batch([change("a", (1, 10), "old"), change("a", (2, 5), "new"), change("a", (1, 12), "late")])
    assert table.row(0, "a") == Word(word="new")


async def test_a_redelivered_row_of_the_same_version_is_taken(table: Any) -> None:
    assert table.hold(0, "a", (1,), Word(word="one"))
    assert table.hold(0, "a", (1,), Word(word="two"))
    assert not table.hold(0, "a", (0,), Word(word="three"))
    assert table.row(0, "a") == Word(word="two")


async def test_partitions_that_went_to_others_are_forgotten(table: Any) -> None:
    table.apply_changelog_batch([change("a", (1,), "x", partition=0), change("b", (1,), "y", partition=1)])
    told: list[list[str]] = []

    async def tell() -> None:
        told.append([key for _, key, _ in table.rows()])

    table.on_recover(tell)
    await table.on_recovery_completed({TP("log", 1)}, set())
    assert told == [["b"]]
    assert (table.row(0, "a"), table.row(1, "b")) == (None, Word(word="y"))


async def test_a_row_that_cannot_be_read_is_said_and_does_not_hang_the_recovery(table: Any) -> None:
    odd = Change(FakeMessage("log", b'{"version": [1], "record": {"odd": 1}}', offset=7, key=b"a"))
    table.apply_changelog_batch([odd, change("b", (1,), "y")])
    assert table.row(0, "b") == Word(word="y")
    assert len(table.unreadable) == 1
    assert "table words, log 0 7" in table.unreadable[0]


def test_rows_on_the_wire() -> None:
    assert decode_row(Word, encode_row((2, 30), Word(word="签约"))) == ((2, 30), Word(word="签约"))
    for odd in (b"", b"[]", b"{}", b'{"version": 1, "record": {"word": "a"}}', b"\xff"):
        with pytest.raises(UnreadableRow):
            decode_row(Word, odd)
