"""The dashboards of Grafana, made from panels.py: `python deploy/grafana/build.py` writes the JSON."""

import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
if str(HERE) not in sys.path:
    sys.path.insert(0, str(HERE))

from panels import DASHBOARDS, Panel  # noqa: E402 - found by the line above: this folder is no package

SOURCE = {"type": "prometheus", "uid": "dealwire-prometheus"}
WIDTH, HEIGHT = 12, 8
"""Two panels a row, of the 24 columns of Grafana's grid."""


def dashboard(name: str, panels: tuple[Panel, ...]) -> dict[str, Any]:
    """One dashboard as Grafana's JSON."""
    return {
        "uid": f"dealwire-{name.lower()}",
        "title": f"dealwire: {name}",
        "tags": ["dealwire"],
        "timezone": "browser",
        "refresh": "30s",
        "schemaVersion": 39,
        "time": {"from": "now-6h", "to": "now"},
        "links": [{"type": "dashboards", "tags": ["dealwire"], "title": "dealwire", "asDropdown": True}],
        "panels": [_panel(number, panel) for number, panel in enumerate(panels)],
    }


def _panel(number: int, panel: Panel) -> dict[str, Any]:
    place = {"x": number % 2 * WIDTH, "y": number // 2 * HEIGHT, "w": WIDTH, "h": HEIGHT}
    table = panel.kind == "table"
    targets = [
        {"refId": chr(65 + index), "datasource": SOURCE, "expr": query, "legendFormat": legend, "instant": table}
        | ({"format": "table"} if table else {})
        for index, (query, legend) in enumerate(panel.queries)
    ]
    made: dict[str, Any] = {
        "id": number + 1,
        "type": panel.kind,
        "title": panel.title,
        "description": panel.text,
        "datasource": SOURCE,
        "gridPos": place,
        "targets": targets,
        "fieldConfig": {"defaults": {"unit": panel.unit, "min": 0}, "overrides": []},
    }
    if table:
        hidden = {"excludeByName": {"Time": True}}
        made["transformations"] = [{"id": "organize", "options": hidden}]
    return made


def files() -> dict[str, str]:
    """File name -> text of every dashboard."""
    return {
        f"{name.lower()}.json": json.dumps(dashboard(name, panels), indent=1, ensure_ascii=False) + "\n"
        for name, panels in DASHBOARDS.items()
    }


def main() -> None:
    """Writes the dashboards."""
    folder = HERE / "dashboards"
    folder.mkdir(exist_ok=True)
    for name, text in files().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
