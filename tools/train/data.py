"""Labelled articles and phrasings with what the rules make of them: what the models are trained on."""

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas.article import RawArticle
from schemas.event import Mention
from streams.evaluate import pair
from streams.extract import en, zh
from streams.extract.found import Dropped
from streams.extract.learned.scene import Scene
from streams.extract.reading import Reading
from streams.files import parse_article
from streams.offline import as_label

READERS = {"en": en.read, "zh": zh.read}
Label = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """A labelled article, its reading by the rules alone, and whether it is a single sentence."""

    gold: Label
    article: RawArticle
    reading: Reading
    phrasing: bool

    @property
    def scene(self) -> Scene:
        """What was found in the article."""
        assert self.reading.scene is not None
        return self.reading.scene

    @property
    def key(self) -> str:
        """The article whatever its id is."""
        return hashlib.blake2b(self.article.document.encode(), digest_size=8).hexdigest()


def cases(folders: list[Path], without: frozenset[str]) -> Iterator[Case]:
    """The articles of folders (`*.json`, each one file) and phrasings (`*.jsonl`: lines 0, 3, 6, … are held)."""
    for folder in folders:
        for path in sorted(folder.rglob("*.json")):
            gold = json.loads(path.read_text("utf-8"))
            if gold["id"] not in without:
                yield _case(gold, gold.get("id", "").startswith("p-"))
        for path in sorted(folder.rglob("*.jsonl")):
            for number, line in enumerate(path.read_text("utf-8").splitlines()):
                if number % 3:
                    yield _case(json.loads(line), True)


def _case(gold: Label, phrasing: bool) -> Case:
    article = parse_article(gold, gold["id"])
    return Case(gold, article, READERS[gold["lang"]](article), phrasing)


@dataclass(frozen=True)
class Answer:
    """A mention that some version of the rules gave, with all of that article, and the labelled event it is about.

    `first`: that version was written before anyone who wrote it saw the article.
    """

    case: Case
    mention: Mention
    mentions: tuple[Mention, ...]
    dropped: tuple[Dropped, ...]
    first: bool
    gold: Label | None


def answers_now(every: list[Case]) -> Iterator[Answer]:
    """What the present rules say of articles that their writers have seen."""
    for case in every:
        yield from _answers(case, case.reading.mentions, case.reading.dropped, False)


def answers_then(every: list[Case], files: list[Path]) -> Iterator[Answer]:
    """What earlier rules said of articles at first sight: lines of `{"key", "mentions", "dropped"}`, gzipped."""
    known = {case.key: case for case in every}
    for path in files:
        for line in gzip.decompress(path.read_bytes()).decode().splitlines():
            row = json.loads(line)
            if case := known.get(row["key"]):
                known_fields = [
                    {name: one[name] for name in one if name in Mention.model_fields} for one in row["mentions"]
                ]
                mentions = tuple(Mention.model_validate(fields) for fields in known_fields)
                yield from _answers(case, mentions, tuple(Dropped(*one) for one in row["dropped"]), True)


def _answers(case: Case, mentions: tuple[Mention, ...], dropped: tuple[Dropped, ...], first: bool) -> Iterator[Answer]:
    gold = {j: case.gold["events"][i] for i, j in pair(case.gold["events"], [as_label(one) for one in mentions])}
    for j, mention in enumerate(mentions):
        yield Answer(case, mention, mentions, dropped, first, gold.get(j))
