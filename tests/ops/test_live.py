"""Every query of every rule and panel, asked of a Prometheus that scrapes the demo: data, or a reason why not."""

import json
import re
import shutil
import time
from pathlib import Path

import pytest

from tests.ops.live import Prometheus, scraped_demo
from tests.ops.test_dashboards import QUERIES

pytestmark = pytest.mark.ops
EMPTY: dict[str, str] = json.loads((Path(__file__).parent / "empty.json").read_text())
"""Query -> why the demo gives it nothing; `at times` where that depends on the order in which articles come."""
ALWAYS = {query for query, reason in EMPTY.items() if not reason.startswith("at times")}


@pytest.mark.timeout(180)
def test_every_query_gives_data_or_is_known_not_to(tmp_path: Path) -> None:
    if shutil.which("prometheus") is None:
        pytest.skip("prometheus is not installed (Debian: prometheus)")
    with scraped_demo(tmp_path) as asked:
        rules = asked.rules()
        wrong = [f"{rule['name']}: {rule.get('lastError')}" for rule in rules if rule["health"] != "ok"]
        assert wrong == []
        queries = {query for *_, query in QUERIES} | {rule["query"] for rule in rules if rule["type"] == "recording"}
        for _ in range(20):  # what grew last is seen by a scrape or two later
            missing = {query for query in queries if not asked.query(query)} | alerts_without_series(asked)
            if missing <= EMPTY.keys():
                break
            time.sleep(0.5)
    assert not missing - EMPTY.keys(), "without data:\n" + "\n".join(sorted(missing - EMPTY.keys()))
    assert not ALWAYS - missing, "has data, strike it:\n" + "\n".join(sorted(ALWAYS - missing))


def alerts_without_series(asked: Prometheus) -> set[str]:
    """Alerts whose expression speaks of series that are not there, so that they could never fire.

    A healthy line fires none of them: what is asked is whether each series that an expression names exists.
    """
    left = set()
    for rule in asked.rules():
        if rule["type"] != "alerting":
            continue
        for name, labels in set(re.findall(r"((?:dealwire[_:]|process_|up\b)[\w:]*)(\{[^}]*\})?", rule["query"])):
            if not asked.query(name + labels):
                left.add(name + labels)
    return left
