"""The rules by promtool, the routing by amtool."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.ops.rules import ALERTS, PROMETHEUS, RECORDING, alert_blocks

pytestmark = pytest.mark.ops
ROUTING = ROOT / "deploy" / "alertmanager" / "alertmanager.yml"
PAGED = {name for name, block in alert_blocks().items() if "severity: critical" in block}


def run(tool: str, *arguments: str | Path) -> str:
    """What the tool prints; skips when it is not installed, fails when it fails."""
    if shutil.which(tool) is None:
        pytest.skip(f"{tool} is not installed (Debian: prometheus, prometheus-alertmanager)")
    done = subprocess.run([tool, *map(str, arguments)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_files_are_well_formed() -> None:
    run("promtool", "check", "rules", RECORDING, ALERTS)
    run("promtool", "check", "config", "--syntax-only", PROMETHEUS / "prometheus.yml")
    run("amtool", "check-config", ROUTING)


@pytest.mark.parametrize("path", sorted((PROMETHEUS / "tests").glob("*.yml")), ids=lambda path: path.stem)
def test_rules_fire_and_are_silent(path: Path) -> None:
    assert "SUCCESS" in run("promtool", "test", "rules", path)


@pytest.mark.parametrize("name", alert_blocks())
def test_critical_alerts_go_to_who_is_on_call_and_the_rest_to_the_team(name: str) -> None:
    severity = "critical" if name in PAGED else "warning"
    wanted = "on-call" if name in PAGED else "team"
    route = ["config", "routes", "test", f"--config.file={ROUTING}", f"--verify.receivers={wanted}"]
    run("amtool", *route, f"alertname={name}", f"severity={severity}", "job=dealwire-work")
