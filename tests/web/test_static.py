"""The board's files keep to the policy they are served with."""

import re
from pathlib import Path

import pytest

from schemas.event import EventType, Metric, Stage
from schemas.feed_state import Health
from schemas.total import WINDOWS
from streams.web import routes

PAGE = (routes.STATIC / "index.html").read_text()
SCRIPTS = sorted(routes.STATIC.glob("*.js"))
FILES = sorted(path for path in routes.STATIC.iterdir() if path.suffix != ".svg")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_comes_from_another_host(path: Path) -> None:
    assert not re.search(r"""(src|href|url|import|from)\s*[=(]?\s*["']?(https?:)?//""", path.read_text())


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_news_goes_in_as_text_only(path: Path) -> None:
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|srcdoc|\.style\b"
    assert not re.search(forbidden, path.read_text())


def test_the_page_has_no_inline_code_or_style() -> None:
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|javascript:", PAGE)


def test_every_file_the_page_names_is_there() -> None:
    named = re.findall(r'"/static/([\w.]+)"', PAGE + "".join(path.read_text() for path in SCRIPTS))
    assert named
    assert {path.name for path in routes.STATIC.iterdir()} == set(named) | {"index.html"}


def test_every_element_the_script_asks_for_is_on_the_page() -> None:
    asked = set(re.findall(r'\$\("(\w+)"\)', (routes.STATIC / "app.js").read_text()))
    assert asked
    assert asked <= set(re.findall(r'\bid="([\w-]+)"', PAGE))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_code_of_the_contracts_has_a_word(language: str) -> None:
    text = (routes.STATIC / "words.js").read_text()
    block = text[text.index(f"  {language}: {{") :].split("\n  },")[0]
    words = set(re.findall(r'"?(\w+)"?: (?:"|\()', block))
    codes = {code for kind in (EventType, Stage, Metric, Health) for code in kind.__args__} | set(WINDOWS) - {"all"}
    assert codes - words == set()
