"""Rules and panels name only what exists, and each alert has its section, its link and its tests."""

import re

import pytest

from streams.docs import catalogue
from streams.metrics import Metrics
from tests.conftest import ROOT
from tests.ops.rules import ALERTS, PROMETHEUS, RECORDING, SCRAPED, alert_blocks, find_metrics, find_recorded, recorded

EXPRESSIONS = re.sub(r"(?m)^\s*(#|summary|description|runbook_url).*$", "", RECORDING.read_text() + ALERTS.read_text())
RUNBOOK = (ROOT / "docs" / "runbook.md").read_text()
TESTS = "".join(path.read_text() for path in sorted((PROMETHEUS / "tests").glob("*.yml")))


def exposed() -> set[str]:
    """Every name that a process of dealwire can show on /metrics."""
    names = set(SCRAPED)
    for name, kind, _, _ in catalogue(Metrics().registry):
        names |= {f"{name}_bucket", f"{name}_sum", f"{name}_count"} if kind == "histogram" else {name}
    return names


def test_rules_name_metrics_that_exist() -> None:
    used = find_metrics(EXPRESSIONS)
    assert len(used) > 10
    assert used - exposed() == set()


def test_rules_name_recorded_series_that_exist_and_none_is_recorded_twice() -> None:
    assert find_recorded(EXPRESSIONS) == recorded()
    assert len(re.findall("record: ", RECORDING.read_text())) == len(recorded())


@pytest.mark.parametrize("name", alert_blocks())
def test_an_alert_has_severity_summary_and_a_section_in_the_runbook(name: str) -> None:
    block = alert_blocks()[name]
    assert re.search(r"severity: (critical|warning)\b", block)
    assert "summary: " in block
    assert f"docs/runbook.md#{name.lower()}\n" in block
    section = re.search(rf"(?ms)^## {name}\n(.*?)(?=^## |\Z)", RUNBOOK)
    assert section, f"docs/runbook.md has no section {name}"
    assert [word for word in ("**Means**", "**Look at**", "**Do**") if word not in section[1]] == []


def test_the_runbook_has_no_section_of_an_alert_that_is_gone() -> None:
    assert set(re.findall(r"(?m)^## (Dealwire\w+)$", RUNBOOK)) == set(alert_blocks())


@pytest.mark.parametrize("name", alert_blocks())
def test_an_alert_has_a_test_that_fires_and_one_that_does_not(name: str) -> None:
    cases = [case for case in TESTS.split("  - name: ")[1:] if case.startswith(f"{name} ")]
    assert {"exp_samples: []" in case for case in cases} == {True, False}
