"""The command line as people and scripts meet it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ARTICLES = {
    "zh-1": (
        "宁波海曙区签约14个项目",
        "2026-05-12",
        "5月11日,宁波市海曙区举行项目集中签约仪式,14个项目现场签约,总投资85.5亿元。",
    ),
    "en-1": (
        "Haishu signs 14 projects",
        "2026-05-12",
        "Haishu District of Ningbo held a signing ceremony on May 11, at which 14 projects with a total investment of "
        "8.55 billion yuan were signed.",
    ),
    "en-2": (
        "City beats rivals 3-1",
        "2026-05-12",
        "The striker signed for the club last week and scored twice on Sunday.",
    ),
}


def dealwire(*arguments: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """One run of the command line in its own process, in the C locale unless told otherwise."""
    bare = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "LC_ALL": "C"}
    return subprocess.run(
        [sys.executable, "-m", "streams", *arguments],
        input=stdin, capture_output=True, encoding="utf-8", env=bare | environment, timeout=60, check=False,
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number, (name, (title, published, text)) in enumerate(ARTICLES.items()):
        content = {"id": name, "title": title, "published": published, "text": text, "source_url": "x", "events": None}
        place = tmp_path / str(number % 2)
        place.mkdir(exist_ok=True)
        (place / f"{9 - number}.json").write_text(json.dumps(content), "utf-8")
    return tmp_path


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8", "en_US.ISO-8859-1"])
def test_label_prints_one_line_each_sorted_by_id(folder: Path, locale: str) -> None:
    run = dealwire("label", str(folder), LC_ALL=locale, PYTHONIOENCODING="ascii")
    assert run.returncode == 0, run.stderr
    rows = [json.loads(line) for line in run.stdout.splitlines()]
    assert [row["id"] for row in rows] == ["en-1", "en-2", "zh-1"]
    assert [row["relevant"] for row in rows] == [True, False, True]
    for row in rows[0], rows[2]:
        signing = next(event for event in row["events"] if event["type"] == "signing")
        assert signing["regions"] == ["CN-330203"]
        assert signing["projects"] == 14
        assert signing["amount"] == {"value": 8_550_000_000, "currency": "CNY", "qualifier": "exact"}
        assert signing["date"] == "2026-05-11"
    assert rows[1]["events"] == []


def test_replay_files_counts_the_two_languages_once(folder: Path) -> None:
    run = dealwire("replay-files", str(folder), "--json", "--as-of", "2026-05-20")
    assert run.returncode == 0, run.stderr
    answer = json.loads(run.stdout)
    signings = [event for event in answer["events"] if event["type"] == "signing"]
    assert len(signings) == 1
    assert sorted(source["article"] for source in signings[0]["sources"]) == ["en-1", "zh-1"]
    for region in ("CN-330203", "CN-330200", "CN-330000", "CN"):
        row = answer["totals"][region]["30d"]["contract"]
        assert row == {
            "happenings": 1,
            "projects": 14,
            "amount_cny": {"low": 8_550_000_000, "best": 8_550_000_000, "high": 8_550_000_000},
        }
        assert set(answer["totals"][region]) == {"7d", "30d", "90d", "365d", "wtd", "mtd", "qtd", "ytd", "all"}
    assert answer["totals"]["CN"]["7d"]["contract"]["happenings"] == 0


def test_a_broken_file_is_named_and_the_others_go_on(folder: Path) -> None:
    (folder / "broken.json").write_text("{")
    run = dealwire("label", str(folder))
    assert run.returncode == 1
    assert len(run.stdout.splitlines()) == 3
    assert "broken.json: expected UTF-8 JSON" in run.stderr


def test_an_id_seen_twice_is_named(folder: Path) -> None:
    (folder / "again.json").write_text(json.dumps({"id": "en-2", "title": "T", "text": "x", "published": None}))
    run = dealwire("label", str(folder))
    assert run.returncode == 0
    assert "the id 'en-2' is also that of" in run.stderr


def test_version() -> None:
    assert dealwire("--version").stdout.startswith("dealwire 0.")


def test_extract_shows_the_words_of_each_field(folder: Path) -> None:
    title, published, text = ARTICLES["zh-1"]
    run = dealwire("extract", "-", "--published", published, stdin=f"{title}\n{text}")
    assert run.returncode == 0, run.stderr
    for part in ("relevant", "signing contract", "CN-330203", "85.5亿元", "14个", "confidence"):
        assert part in run.stdout
    run = dealwire("extract", "-", "--json", "--published", published, stdin=f"{title}\n{text}")
    mention = json.loads(run.stdout)["mentions"][0]
    document = f"{title}\n{text}"
    assert document[mention["span"]["start"] : mention["span"]["end"]] == mention["evidence"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["label", "/nowhere"], 2, "expected a folder"),
        (["replay-files", "/nowhere", "--as-of", "tomorrow"], 2, "expected an ISO day"),
        (["evaluate", "/nowhere"], 2, "expected a folder"),
        (["extract", "/nowhere.txt"], 2, "expected a file"),
        (["extract", "http://127.0.0.1:1/x"], 2, "could not be fetched"),
        (["frobnicate"], 2, "No such command"),
        (["poll", "--feeds", "/nowhere.toml"], 2, "/nowhere.toml"),
    ],
)
def test_bad_use_is_one_clear_line_and_exit_2(arguments: list[str], code: int, words: str) -> None:
    run = dealwire(*arguments)
    assert run.returncode == code, run.stderr
    assert words in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("command", [["poll"], ["work"], ["web"], ["topics", "check"], ["topics", "create"]])
def test_a_wrong_setting_exits_2(command: list[str]) -> None:
    run = dealwire(*command, DEALWIRE_SESSION_TIMEOUT="soon")
    assert run.returncode == 2
    assert "DEALWIRE_SESSION_TIMEOUT" in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize("command", [["work"], ["web"], ["poll"], ["topics", "check"]])
def test_no_broker_is_said_and_ends_after_the_deadline(command: list[str], tmp_path: Path) -> None:
    feeds = tmp_path / "feeds.toml"
    feeds.write_text('[[feed]]\nurl = "http://127.0.0.1:9/rss"\nname = "none"\n')
    run = dealwire(
        *command,
        DEALWIRE_KAFKA_BROKERS="127.0.0.1:9", DEALWIRE_KAFKA_DEADLINE="3", DEALWIRE_FEEDS=str(feeds),
        DEALWIRE_WEB_PORT="0", DEALWIRE_WORKER_METRICS_PORT="0", DEALWIRE_POLLER_METRICS_PORT="0",
    )  # fmt: skip
    assert run.returncode == 1, run.stderr
    assert "127.0.0.1:9" in run.stderr
    assert "Traceback" not in run.stderr


def test_every_command_has_help_that_teaches() -> None:
    for command in ("poll", "work", "web", "demo", "extract", "label", "replay-files", "evaluate", "replay"):
        run = dealwire(command, "--help")
        assert run.returncode == 0
        assert len(run.stdout) > 200
    assert "create" in dealwire("topics", "--help").stdout
    assert "starter" in dealwire("feeds", "--help").stdout


def test_a_reader_that_goes_away_is_no_error(folder: Path) -> None:
    command = f"{sys.executable} -m streams label {folder} | head -c 1"
    run = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in run.stderr
    assert "Exception" not in run.stderr
