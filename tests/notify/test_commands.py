"""`dealwire rules`: errors by line, and what would have been told."""

from datetime import timedelta
from pathlib import Path

import pytest

from schemas.topics import ALERTS
from streams.broker import embedded_broker
from streams.notify import preview
from streams.notify.channels import open_channels
from streams.notify.rules import RulesError, load_rules, parse_rules
from streams.settings import load
from tests.notify.messages import NOW, alert, rules_text
from tests.running import Line

ROOT = Path(__file__).parents[2]


def test_the_example_file_has_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert preview.check(ROOT / "notify.example.toml") == 0
    assert "no error" in capsys.readouterr().out


def test_a_wrong_file_is_named_by_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(rules_text('stages = ["signed"]'))
    assert preview.check(file) == 1
    assert f"{file}:8: rule 'large': stages[0]: Input should be 'contract'" in capsys.readouterr().err


def test_secrets_come_from_where_the_file_says(tmp_path: Path) -> None:
    rules = load_rules(ROOT / "notify.example.toml")
    with pytest.raises(RulesError) as caught:
        open_channels(rules, tmp_path, 1, {})
    assert "expected a secret in the environment variable DESK_MAIL" in str(caught.value)
    (tmp_path / "hook.secret").write_text("hush")
    given = {
        "DESK_MAIL": "mailtos://u:p@example.org", "NEWS_CHAT": "dingtalk://" + "a" * 32 + "/"
    }  # fmt: skip
    assert set(open_channels(rules, tmp_path, 1, given)) == {"desk", "system", "chat"}
    with pytest.raises(RulesError) as caught:
        open_channels(rules, tmp_path, 1, given | {"NEWS_CHAT": "nothing-secret"})
    assert "nothing-secret" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    ["mailtos://u:p@example.org", "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#news",
     "workflows://example.com/" + "a" * 32 + "/" + "b" * 43 + "/", "dingtalk://" + "a" * 32 + "/",
     "feishu://" + "a" * 32 + "/", "wecombot://" + "a" * 32 + "/", "tgram://123456789:" + "a" * 35 + "/12315544/"],
)  # fmt: skip
def test_each_kind_of_channel_can_be_opened(url: str, tmp_path: Path) -> None:
    rules = parse_rules(rules_text().replace("json://127.0.0.1", url), "x")
    assert set(open_channels(rules, tmp_path, 1, {})) == {"desk"}


def test_what_would_have_been_told_since(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(rules_text("min_amount_cny = 2_000_000_000"))
    with embedded_broker((ALERTS,)) as address:
        line = Line(address, tmp_path)
        for one in (alert(), alert("small", "1e9"), alert("old").model_copy(update={"raised": NOW - timedelta(9)})):
            line.send_bytes(ALERTS.name, one.wire(), one.alert_id.encode())
        assert preview.test(load(kafka_brokers=address), file, NOW - timedelta(1)) == 0
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 2
    assert said[0].startswith("2026-11-02 04:00 desk alert: contract signing, 8 projects, 2,800,000,000 CNY: 海曙区")
    assert "(rule large; 2,800,000,000 yuan are at least 2,000,000,000; alert large-signing" in said[0]
    assert said[1] == "1 notices of 2 alerts"
