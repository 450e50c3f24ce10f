"""Article files: what is read, and how what is not an article is named."""

import json
from pathlib import Path

import pytest

from streams.files import FileError, parse_article, read_articles


def test_only_four_fields_matter() -> None:
    content = {"id": "x", "title": "T", "published": "2026-05-31", "text": "body", "lang": 7, "events": "no"}
    article = parse_article(content, "x.json")
    assert article.document == "T\nbody"
    assert article.day.isoformat() == "2026-05-31"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ([], "expected a JSON object"),
        ({"title": "T", "text": "b"}, "'id'"),
        ({"id": "x", "title": None, "text": "b"}, "'title'"),
        ({"id": "x", "title": "T", "text": 4}, "'text'"),
        ({"id": "x", "title": "T", "text": "b", "published": "31.5.2026"}, "ISO day"),
        ({"id": "x", "title": "T", "text": "b", "published": 20260531}, "ISO day"),
    ],
)
def test_what_is_wrong_is_named(content: object, expected: str) -> None:
    with pytest.raises(FileError, match=expected) as caught:
        parse_article(content, "x.json")
    assert "x.json" in str(caught.value)


def test_a_broken_file_does_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{")
    (tmp_path / "sub").mkdir()
    good = {"id": "b", "title": "T", "text": "\ud800 lone", "published": None}
    (tmp_path / "sub" / "b.json").write_text(json.dumps(good))
    broken, article = list(read_articles(tmp_path))
    assert isinstance(broken, FileError)
    assert not isinstance(article, FileError)
    assert article.article.text == "\ufffd lone"


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="expected a folder"):
        list(read_articles(tmp_path / "none"))
