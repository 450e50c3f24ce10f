"""What a place counts and plans, and whose it is: every text of told.txt with all that it tells."""

from pathlib import Path

import pytest

from streams.extract.zh import read
from tests.extract.zh.brief import article, brief

PAGES = (Path(__file__).parent / "told.txt").read_text("utf-8").split("\n\n")[1:]


def parse(page: str) -> tuple[str, str, tuple[str, ...]]:
    """Title, text and events of one text."""
    lines = page.strip().split("\n")
    title = "".join(line[2:] for line in lines if line.startswith("T "))
    text = "\n".join(line for line in lines if not line.startswith(("T ", "= ")))
    return title, text, tuple(line[2:] for line in lines if line.startswith("= "))


@pytest.mark.parametrize("page", PAGES, ids=[page.strip()[:24] for page in PAGES])
def test_told(page: str) -> None:
    title, text, expected = parse(page)
    found = tuple(brief(mention) for mention in read(article(title, text, "2024-05-20")).mentions)
    assert expected
    assert found == expected
