"""A wrong setting gives one line with its name and what was expected."""

from pathlib import Path

import pytest

from streams.settings import SettingsError, load


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("DEALWIRE_WEB_PORT", "eighty", "port of the board"),
        ("DEALWIRE_WEB_PORT", "70000", "port of the board"),
        ("DEALWIRE_TIMEZONE", "Mars/Olympus", "IANA zone"),
        ("DEALWIRE_LOG_LEVEL", "LOUD", "DEBUG, INFO, WARNING or ERROR"),
        ("DEALWIRE_POLL_MIN", "-1", "least seconds"),
        ("DEALWIRE_POLL_MIN", "1e400", "least seconds"),
        ("DEALWIRE_POLL_MIN", "90000", "more than DEALWIRE_POLL_MAX"),
        ("DEALWIRE_GRACE", "inf", "seconds a process"),
        ("DEALWIRE_SESSION_TIMEOUT", "1e6", "silent worker"),
        ("DEALWIRE_PRODUCER_LINGER", "1e9", "kept open"),
        ("DEALWIRE_KAFKA_BROKERS", "foo", "is not host:port"),
        ("DEALWIRE_KAFKA_BROKERS", "", "is not host:port"),
        ("DEALWIRE_KAFKA_BROKERS", "host:99999", "is not host:port"),
        ("DEALWIRE_KAFKA_BROKERS", "http://x:9092", "is not host:port"),
        ("DEALWIRE_KAFKA_BROKERS", "a:1,b c:2", "is not host:port"),
        ("DEALWIRE_TODAY", "0001-01-01", "from 1970 on"),
        ("DEALWIRE_CONTACT", "a\r\nX: y", "printable ASCII"),
        ("DEALWIRE_WEB_PROT", "8081", "did you mean DEALWIRE_WEB_PORT"),
        ("DEALWIRE_XYZZY", "1", "no such setting"),
    ],
)
def test_a_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load()
    message = str(caught.value)
    assert name in message
    assert expected in message
    assert "\n" not in message


def test_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "dealwire.toml"
    file.write_text('web_port = 1234\nlog_level = "WARNING"\n')
    monkeypatch.setenv("DEALWIRE_CONFIG", str(file))
    monkeypatch.setenv("DEALWIRE_WEB_PORT", "4321")
    settings = load()
    assert (settings.web_port, settings.log_level) == (4321, "WARNING")
    assert load(web_port=5).web_port == 5


def test_an_unknown_name_in_the_file_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "dealwire.toml"
    file.write_text("web_prot = 1234\n")
    monkeypatch.setenv("DEALWIRE_CONFIG", str(file))
    with pytest.raises(SettingsError, match=r"DEALWIRE_WEB_PROT.*did you mean DEALWIRE_WEB_PORT"):
        load()


@pytest.mark.parametrize("brokers", ["a:1", "kafka-1.example:9092, kafka-2.example:9092", "[::1]:9092"])
def test_good_brokers(monkeypatch: pytest.MonkeyPatch, brokers: str) -> None:
    monkeypatch.setenv("DEALWIRE_KAFKA_BROKERS", brokers)
    assert load().kafka_brokers == brokers


def test_a_file_that_is_not_there_or_not_toml(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DEALWIRE_CONFIG", str(tmp_path / "none.toml"))
    with pytest.raises(SettingsError, match="expected a TOML file"):
        load()
    broken = tmp_path / "broken.toml"
    broken.write_text("web_port = = 3")
    monkeypatch.setenv("DEALWIRE_CONFIG", str(broken))
    with pytest.raises(SettingsError, match="not valid TOML"):
        load()
