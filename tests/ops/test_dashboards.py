"""The dashboards are those of the code, and their queries name what exists."""

import runpy
import sys
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.ops.rules import find_metrics, find_recorded, recorded
from tests.ops.test_names import exposed

GRAFANA = ROOT / "deploy" / "grafana"
BUILD = runpy.run_path(str(GRAFANA / "build.py"))
DASHBOARDS: dict[str, Any] = BUILD["DASHBOARDS"]
QUERIES = [
    (name, panel.title, query) for name, panels in DASHBOARDS.items() for panel in panels for query, _ in panel.queries
]
sys.path.remove(str(GRAFANA))


def test_the_committed_dashboards_are_those_of_the_code() -> None:
    committed = {path.name: path.read_text() for path in (GRAFANA / "dashboards").glob("*.json")}
    assert committed == BUILD["files"](), "run python deploy/grafana/build.py"


@pytest.mark.parametrize(("name", "title", "query"), QUERIES)
def test_a_query_names_what_exists(name: str, title: str, query: str) -> None:
    metrics, series = find_metrics(query), find_recorded(query)
    assert metrics | series
    assert metrics - exposed() == set()
    assert series - recorded() == set()


def test_every_metric_of_the_catalogue_is_on_a_dashboard() -> None:
    shown = set().union(*(find_metrics(query) for *_, query in QUERIES))
    shown |= find_metrics((ROOT / "deploy" / "prometheus" / "recording.yml").read_text())
    histograms = {name.removesuffix("_bucket") for name in shown}
    mine = {name for name in exposed() if not name.endswith(("_bucket", "_sum", "_count"))}
    assert mine - shown - histograms == set()


def test_the_data_source_of_the_panels_is_the_one_provisioned() -> None:
    provisioned = (GRAFANA / "provisioning" / "datasources" / "prometheus.yml").read_text()
    assert f"uid: {BUILD['SOURCE']['uid']}\n" in provisioned
