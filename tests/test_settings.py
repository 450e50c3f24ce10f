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
    ],
)
def test_a_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, expected: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load()
    message = str(caught.value)
    assert name in message
    assert value in message
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
    with pytest.raises(SettingsError, match=r"DEALWIRE_WEB_PROT.*known settings: .*web_port"):
        load()


def test_a_file_that_is_not_there_or_not_toml(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DEALWIRE_CONFIG", str(tmp_path / "none.toml"))
    with pytest.raises(SettingsError, match="expected a TOML file"):
        load()
    broken = tmp_path / "broken.toml"
    broken.write_text("web_port = = 3")
    monkeypatch.setenv("DEALWIRE_CONFIG", str(broken))
    with pytest.raises(SettingsError, match="not valid TOML"):
        load()
