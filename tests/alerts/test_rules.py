"""Alert rules: what is read from a file, what fires, what the alert says."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from schemas.event import Event
from streams.alerts.rules import Rule, RulesError, load_rules, make_alert, parse_rules, should_alert

NOW = datetime(2024, 3, 18, 6, tzinfo=UTC)
SOURCE = {
    "article": "a", "revision": 1, "feed": "f", "url": "https://example.org", "title": "锡山签约", "published": NOW,
    "language": "zh", "fingerprint": "p", "evidence": "签约43个项目", "start": 0, "end": 7,
}  # fmt: skip


def event(yuan: int | None = 46_530_000_000, **fields: Any) -> Event:
    """A contract signing in Xishan."""
    money = {"low": yuan, "best": yuan, "high": yuan, "rate_day": "2024-03-18"} if yuan else None
    given = {
        "event_id": "e1", "status": "new", "revision": 1, "owner": "CN-320000", "home": True, "type": "signing",
        "stage": "contract", "regions": ["CN-320205"], "projects": 43, "day": date(2024, 3, 18), "amount_cny": money,
        "evidence": "签约43个项目", "sources": [SOURCE], "independent_sources": 1, "first_reported": NOW,
        "extractor": "1", "sectors": ["new_energy"], "names": ["Blue Lake Battery Park"], **fields,
    }  # fmt: skip
    return Event.model_validate(given)


def test_the_built_in_rule_alerts_from_a_billion_yuan_on() -> None:
    (rule,) = load_rules(None)
    assert should_alert(rule, event(10**9)) == "signing (contract); 1 billion yuan is at least 1 billion yuan"
    assert should_alert(rule, event(10**9 - 1)) is None
    assert should_alert(rule, event(None)) is None
    assert should_alert(rule, event(status="retracted")) is None
    assert should_alert(rule, event(type="milestone", stage="started")) is None


@pytest.mark.parametrize(
    ("yuan", "said"),
    [(1_000_347_000, "1.0003 billion"), (1_000_000_001, "1.000000001 billion"), (1_065_432_100, "1.065 billion")],
)
def test_a_reason_shows_the_digits_that_make_the_difference(yuan: int, said: str) -> None:
    (rule,) = load_rules(None)
    assert should_alert(rule, event(yuan)) == f"signing (contract); {said} yuan is at least 1 billion yuan"


@pytest.mark.parametrize(
    ("given", "fires"),
    [
        ({"stages": ("contract", "started")}, True),
        ({"stages": ("framework",)}, False),
        ({"regions": ("CN-330000", "CN-320200")}, True),
        ({"regions": ("CN-320206",)}, False),
        ({"sectors": ("finance", "new_energy")}, True),
        ({"sectors": ("finance",)}, False),
        ({"min_projects": 43}, True),
        ({"min_projects": 44}, False),
        ({"words": ("battery park",)}, True),
        ({"words": ("锡山",)}, True),
        ({"words": ("hydrogen",)}, False),
        ({"words": ("battery",), "sectors": ("finance",)}, False),
    ],
)
def test_a_rule_fires_when_all_it_names_is_met(given: dict[str, Any], fires: bool) -> None:
    assert (should_alert(Rule(name="r", **given), event()) is not None) is fires


def test_an_alert_has_one_id_a_rule_and_happening_whatever_changes() -> None:
    rule, other = Rule(name="one", words=("a",)), Rule(name="other", words=("a",))
    first = make_alert(rule, event(), "why", NOW)
    assert first.alert_id == make_alert(rule, event(10**9, status="confirmed", revision=7), "more", NOW).alert_id
    assert len({first.alert_id, make_alert(other, event(), "why", NOW).alert_id}) == 2
    assert first.alert_id != make_alert(rule, event(event_id="e2"), "why", NOW).alert_id
    assert first.headline == "contract signing, 43 projects, 46.53 billion yuan: CN-320205, 2024-03-18"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            "[[rule]]\nname = 'a'\nwords = ['x']\n[[rule]]\nname = 'b'\nstages = ['signed']\n",
            "mine.toml:6: rule 'b': stages[0]: ",
        ),
        (
            "[[rule]]\nname = 'a'\nmin_amout_cny = 5\n",
            "mine.toml:3: rule 'a': min_amout_cny: no such field; a rule has",
        ),
        ("[[rule]]\nname = 'a'\nmin_amount_cny = -5\n", "mine.toml:3: rule 'a': min_amount_cny: "),
        ("# mine\n[[rule]]\ntypes = ['signing']\n", "mine.toml:2: rule 'number 1': name: Field required"),
        ("[[rule]]\nname = 'a'\n", "mine.toml:1: rule 'a': expected at least one condition"),
        ("[[rule]]\nname = 'a'\nregions = ['Ningbo']\n", "'Ningbo' is no region code"),
        (
            "[[rule]]\nname='a'\nwords=['x']\n[[rule]]\nname='a'\nwords=['y']\n",
            "mine.toml:5: rule 'a': the name is taken",
        ),
        ("[[rule]]\nname = 'a'\nwords = 'x'\n", "mine.toml:3: rule 'a': words: "),
        ("[rule]\nname = 'a'\n", "expected only [[rule]] tables"),
        ("[[rules]]\nname = 'a'\n", "expected only [[rule]] tables, found rules"),
        ("[[rule]\n", "mine.toml: not valid TOML: "),
    ],
)
def test_a_wrong_file_is_named_with_its_line_rule_and_field(text: str, says: str) -> None:
    with pytest.raises(RulesError) as error:
        parse_rules(text, "mine.toml")
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_a_rules_file_is_read_and_a_missing_one_is_named(tmp_path: Path) -> None:
    mine = tmp_path / "mine.toml"
    mine.write_text("[[rule]]\nname = 'hydrogen'\nsectors = ['hydrogen']\n", encoding="utf-8")
    assert load_rules(mine) == (Rule(name="hydrogen", sectors=("hydrogen",)),)
    with pytest.raises(RulesError, match="absent"):
        load_rules(tmp_path / "absent.toml")
