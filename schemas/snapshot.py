"""Writes `schemas/snapshots/`: the JSON Schema of every topic's messages, and an AsyncAPI 3.0 document of all topics.

`python -m schemas.snapshot` writes them; a test fails when they no longer fit the models, so that a change of a
contract is always seen as a change of a file.
"""

import json
from pathlib import Path
from typing import Any

from pydantic.json_schema import models_json_schema

from schemas.base import Contract
from schemas.topics import TOPICS, Topic

FOLDER = Path(__file__).parent / "snapshots"
Json = dict[str, Any]

PUBLIC: tuple[Topic, ...] = tuple(topic for topic in TOPICS if topic.model is not None)
"""Topics with a contract. The changelogs of tables are nobody's interface."""


def models() -> tuple[type[Contract], ...]:
    """The values of the topics, each once, by name."""
    found = {topic.model.__name__: topic.model for topic in PUBLIC if topic.model is not None}
    return tuple(found[name] for name in sorted(found))


def schema_of(model: type[Contract]) -> Json:
    """The JSON Schema of a message. What is sent has every field; one with a default may lack in an older message."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema(mode="serialization")}


def asyncapi() -> Json:
    """The AsyncAPI 3.0 document: a channel a topic; `send` by its producer, `receive` by each of its consumers."""
    _, defs = models_json_schema(
        [(model, "serialization") for model in models()], ref_template="#/components/schemas/{model}"
    )
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "dealwire",
            "version": "1",
            "description": "Regional investment deals: articles, mentions, typed events, region totals and alerts.",
        },
        "defaultContentType": "application/json",
        "channels": {topic.name: _channel(topic) for topic in PUBLIC},
        "operations": {name: operation for topic in PUBLIC for name, operation in _operations(topic)},
        "components": {"messages": {m.__name__: _message(m) for m in models()}, "schemas": defs["$defs"]},
    }


def _channel(topic: Topic) -> Json:
    assert topic.model is not None
    kept = {"cleanup.policy": [topic.cleanup], "max.message.bytes": topic.max_message_bytes}
    if topic.retention_days is not None:
        kept["retention.ms"] = int(topic.config()["retention.ms"])
    name = topic.model.__name__
    return {
        "address": topic.name,
        "description": f"Key: {topic.key}, UTF-8. {(topic.model.__doc__ or '').splitlines()[0]}",
        "messages": {name: {"$ref": f"#/components/messages/{name}"}},
        "bindings": {"kafka": {"topic": topic.name, "partitions": topic.partitions, "topicConfiguration": kept}},
    }


def _operations(topic: Topic) -> list[tuple[str, Json]]:
    channel = {"$ref": f"#/channels/{topic.name}"}
    written = [(f"{topic.producer}-sends-{topic.name}", {"action": "send", "channel": channel})]
    read = [(f"{room}-receives-{topic.name}", {"action": "receive", "channel": channel}) for room in topic.consumers]
    return written + read


def _message(model: type[Contract]) -> Json:
    return {
        "name": model.__name__,
        "contentType": "application/json",
        "summary": (model.__doc__ or "").splitlines()[0],
        "bindings": {"kafka": {"key": {"type": "string"}}},
        "payload": {"$ref": f"#/components/schemas/{model.__name__}"},
    }


def files() -> dict[str, str]:
    """File name -> text of every snapshot."""
    made = {f"{model.__name__}.schema.json": schema_of(model) for model in models()}
    return {name: _text(content) for name, content in {**made, "asyncapi.json": asyncapi()}.items()}


def _text(content: Json) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def write(folder: Path = FOLDER) -> None:
    """Makes the folder hold the snapshots and nothing else."""
    folder.mkdir(exist_ok=True)
    made = files()
    for stale in {path.name for path in folder.iterdir()} - set(made):
        (folder / stale).unlink()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
