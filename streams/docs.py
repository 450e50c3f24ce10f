"""Writes the pages of `docs/` that are made from code: settings, metrics, topics. `python -m streams.docs`.

Tests hold the pages to the code, so that a setting without a line in the docs cannot be.
"""

import sys
import types
from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin

from prometheus_client import CollectorRegistry, ProcessCollector
from pydantic.fields import FieldInfo

from schemas.topics import TOPICS, Topic
from streams.metrics import Metrics
from streams.settings import Settings

MADE = "<!-- made by `make docs`; change the code it names and run that -->\n"


def settings_page() -> str:
    """`docs/settings.md`: every setting with its type, default and meaning."""
    rows = [_setting(name, field) for name, field in Settings.model_fields.items()]
    return (
        f"# Settings\n\n{MADE}\n"
        "Each is an environment variable, or a line of the TOML file that `DEALWIRE_CONFIG` names (`dealwire.toml` "
        "when it does not), there without the prefix and in small letters: `web_port = 8081`. The environment wins "
        "over the file. A wrong value ends the command with one line that names it, and exit code 2.\n\n"
        + _table(("setting", "type", "default", "what it is"), rows)
    )


def _setting(name: str, field: FieldInfo) -> tuple[str, ...]:
    given = field.default
    default = "" if given is None else f"`{given}`" if str(given) else "empty"
    limits = ", ".join(text for text in map(_limit, field.metadata) if text)
    kind = _type(field.annotation) + (f", {limits}" if limits else "")
    return f"`DEALWIRE_{name.upper()}`", kind, default, field.description or ""


def _type(annotation: Any) -> str:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        return " or ".join(_type(part) for part in inner if part is not type(None))
    if origin is Literal:
        return " or ".join(f"`{value}`" for value in inner)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return " or ".join(f"`{member.value}`" for member in annotation)
    names = {
        "str": "text",
        "int": "whole number",
        "float": "number",
        "date": "day",
        "Path": "file",
        "bool": "yes or no",
    }
    name = getattr(annotation, "__name__", str(annotation))
    return names.get(name, name)


def _limit(constraint: Any) -> str:
    signs = {"gt": "over", "ge": "at least", "lt": "under", "le": "at most"}
    return " ".join(
        f"{word} {getattr(constraint, sign):g}" for sign, word in signs.items() if hasattr(constraint, sign)
    )


def metrics_page() -> str:
    """`docs/metrics.md`: the catalogue of what every process exposes."""
    rows = [
        (f"`{name}`", kind, ", ".join(f"`{label}`" for label in labels), text)
        for name, kind, labels, text in catalogue(Metrics().registry)
    ]
    return (
        f"# Metrics\n\n{MADE}\n"
        "Prometheus metrics, in base units. Pollers and workers serve them on loopback ports of their own "
        "(`DEALWIRE_POLLER_METRICS_PORT`, `DEALWIRE_WORKER_METRICS_PORT`), the web process at `/metrics`. Each process "
        "exposes the whole catalogue; what it does not do stays empty. On Linux it also exposes `process_*` metrics of "
        "the Prometheus client (memory, start, open files, CPU). A histogram `x_seconds` has `x_seconds_bucket`, "
        "`_sum` and `_count`.\n\n" + _table(("metric", "kind", "labels", "what it counts"), rows)
    )


def catalogue(registry: CollectorRegistry) -> list[tuple[str, str, tuple[str, ...], str]]:
    """Name as it is exposed, kind, labels and text of every metric of a registry, in the order of the catalogue."""
    # The client library shows a metric without labelled children as nothing and has no other way to ask for its labels.
    collectors: list[Any] = [one for one in registry._collector_to_names if not isinstance(one, ProcessCollector)]
    return [
        (
            family.name + ("_total" if family.type == "counter" else ""),
            family.type,
            collector._labelnames,
            family.documentation,
        )
        for collector in collectors
        for family in collector.describe()
    ]


def topics_page() -> str:
    """`docs/topics.md`: the registry."""
    rows = [_topic(topic) for topic in TOPICS]
    return (
        f"# Topics\n\n{MADE}\n"
        "From `schemas/topics.py`. Values are UTF-8 JSON; their JSON Schemas and an AsyncAPI document are in "
        "`schemas/snapshots/`, a real message of each in `schemas/examples/`. On a compacted topic the latest record "
        "of a key is the truth. The changelogs belong to the worker's tables and are nobody's interface.\n\n"
        + _table(("topic", "key", "value", "partitions", "policy", "kept", "largest", "written by", "read by"), rows)
        + "\n`dealwire topics create` makes them, `dealwire topics check` compares a broker with this list.\n"
    )


def _topic(topic: Topic) -> tuple[str, ...]:
    kept = f"{topic.retention_days} days" if topic.retention_days else "latest of each key"
    model = f"`{topic.model.__name__}`" if topic.model else "internal"
    largest = f"{topic.max_message_bytes / 2**20:.0f} MiB"
    readers = ", ".join(topic.consumers)
    policy = (str(topic.partitions), topic.cleanup, kept, largest)
    return (f"`{topic.name}`", topic.key, model, *policy, topic.producer, readers)


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def pages() -> dict[str, str]:
    """File name -> text of every page that is made."""
    return {"settings.md": settings_page(), "metrics.md": metrics_page(), "topics.md": topics_page()}


def main(folder: Path) -> None:
    """Writes the pages."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "docs"))
