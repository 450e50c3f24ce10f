"""What travels is written down: schemas, the AsyncAPI document and an example of every message, all of them current."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

import schemas
from schemas import snapshot
from schemas.alert import Alert
from schemas.article import RawArticle
from schemas.base import Contract
from schemas.event import Event, Mention, Mentions, Source
from schemas.topics import BY_NAME, EVENT_TOPICS

EXAMPLES = Path(schemas.__file__).parent / "examples"
FILES = sorted(EXAMPLES.glob("*/*.json"))
ARTICLE = RawArticle.model_validate_json((EXAMPLES / "raw-articles" / "signing-zh.json").read_text())


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def model_of(path: Path) -> type[Contract]:
    model = BY_NAME[path.parent.name].model
    assert model is not None
    return model


def read(path: Path) -> Any:
    return model_of(path).model_validate_json(path.read_text())


def test_the_snapshots_are_current() -> None:
    kept = {path.name: path.read_text() for path in snapshot.FOLDER.iterdir()}
    assert kept == snapshot.files(), "a contract has changed: run `make schemas` and look at the difference"


def test_writing_removes_what_no_model_makes(tmp_path: Path) -> None:
    (tmp_path / "Old.schema.json").write_text("{}")
    snapshot.write(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == set(snapshot.files())


def test_every_topic_has_an_example_and_every_example_a_topic() -> None:
    assert {path.name for path in EXAMPLES.iterdir()} == {topic.name for topic in snapshot.PUBLIC}
    assert {path.parent.name for path in FILES} == {topic.name for topic in snapshot.PUBLIC}
    assert {path for path in EXAMPLES.rglob("*") if path.is_file()} == set(FILES)


@pytest.mark.parametrize("path", FILES, ids=name)
def test_an_example_is_a_message(path: Path) -> None:
    assert json.loads(read(path).wire()) == json.loads(path.read_text())


@pytest.mark.parametrize("path", FILES, ids=name)
def test_an_example_fits_the_schema_that_subscribers_get(path: Path) -> None:
    schema = json.loads((snapshot.FOLDER / f"{model_of(path).__name__}.schema.json").read_text())
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    message = json.loads(path.read_text())
    assert [error.message for error in validator.iter_errors(message)] == []
    assert list(validator.iter_errors(message | {"mispelt": 1})), "the schema takes anything"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_misspelt_field_is_an_error_and_not_a_silence(path: Path) -> None:
    with pytest.raises(ValidationError, match="mispelt"):
        model_of(path).model_validate_json(json.dumps(json.loads(path.read_text()) | {"mispelt": 1}))


@pytest.mark.parametrize("kind", EVENT_TOPICS)
def test_an_event_travels_on_the_topic_of_its_type(kind: str) -> None:
    folder = EXAMPLES / EVENT_TOPICS[kind].name  # type: ignore[index]
    assert {read(path).type for path in folder.iterdir()} == {kind}


@pytest.mark.parametrize("path", [p for p in FILES if model_of(p) in (Mentions, Event, Alert)], ids=name)
def test_evidence_of_an_example_stands_in_its_article(path: Path) -> None:
    message = read(path)
    quotes: list[Mention | Source] = []
    if isinstance(message, Mentions):
        quotes += message.mentions
    else:
        event = message.event if isinstance(message, Alert) else message
        quotes += [source for source in event.sources if source.article == ARTICLE.article_id]
    for quote in quotes:
        start, end = (quote.span.start, quote.span.end) if isinstance(quote, Mention) else (quote.start, quote.end)
        assert ARTICLE.document[start:end] == quote.evidence
        for words in quote.words.values():
            assert ARTICLE.document[words.start : words.end] == words.text


def test_no_contract_is_unreferenced() -> None:
    document = snapshot.asyncapi()
    made = {model.__name__ for model in subclasses(Contract) if model.__module__.startswith("schemas.")}
    # Happening is what Mention and Event have in common and travels as a part of them.
    assert made - set(document["components"]["schemas"]) == {"Happening"}


def subclasses(model: type[Contract]) -> set[type[Contract]]:
    below = set(model.__subclasses__())
    return below.union(*(subclasses(one) for one in below))


def test_every_reference_of_the_asyncapi_document_leads_somewhere() -> None:
    document = snapshot.asyncapi()
    found = list(references(document))
    assert found
    for reference in found:
        target: Any = document
        for step in reference.removeprefix("#/").split("/"):
            target = target[step]


def references(node: Any) -> list[str]:
    if isinstance(node, list):
        return [found for item in node for found in references(item)]
    if not isinstance(node, dict):
        return []
    own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
    return own + [found for item in node.values() for found in references(item)]


def test_the_asyncapi_document_has_every_topic_with_its_writer_and_readers() -> None:
    document = snapshot.asyncapi()
    assert set(document["channels"]) == {topic.name for topic in snapshot.PUBLIC}
    for topic in snapshot.PUBLIC:
        channel = f"#/channels/{topic.name}"
        actions = [o["action"] for o in document["operations"].values() if o["channel"]["$ref"] == channel]
        assert sorted(actions) == ["receive"] * len(topic.consumers) + ["send"]
