"""Dead letters: the original bytes whole, with where they stood and what went wrong. And back to bytes, for replay."""

from base64 import b64decode, b64encode
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Protocol

from pydantic import ValidationError

from schemas.dead_letter import DeadLetter
from schemas.topics import BY_NAME

MAX_ERROR = 2000
"""Characters kept of an error text."""


class Original(Protocol):
    """A consumed message."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None


def dead_letter(message: Original, stage: str, reason: str, error: str, attempts: int, now: datetime) -> DeadLetter:
    """The dead letter of a message."""
    return DeadLetter(
        topic=message.topic,
        partition=message.partition,
        offset=message.offset,
        key=_encoded(message.key),
        value=_encoded(message.value),
        stage=stage,
        reason=reason,
        error=error[:MAX_ERROR],
        attempts=attempts,
        version=code_version(),
        at=now,
    )


def fault_of(error: ValidationError) -> tuple[str, str]:
    """(reason, what is wrong) of bytes that are no message: `decode` when they are not JSON, else `invalid`, with the
    place and the words of the first thing wrong.

    >>> try: DeadLetter.model_validate_json('{"topic": 7}')
    ... except ValidationError as error: fault_of(error)
    ('invalid', 'topic: Input should be a valid string')
    """
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    reason = "decode" if first["type"] == "json_invalid" else "invalid"
    where = ".".join(str(part) for part in first["loc"])
    return reason, f"{where + ': ' if where else ''}{first['msg']}"[:MAX_ERROR]


def is_tombstone(message: Original) -> bool:
    """True for a null on a topic that is compacted: it takes a record back. On another topic a null says nothing."""
    topic = BY_NAME.get(message.topic)
    return message.value is None and topic is not None and topic.cleanup == "compact"


def original(letter: DeadLetter) -> tuple[bytes | None, bytes | None]:
    """(key, value) as they were sent."""
    return _decoded(letter.key), _decoded(letter.value)


def code_version() -> str:
    """The installed version of dealwire; 0 when it runs from nowhere."""
    try:
        return version("dealwire")
    except PackageNotFoundError:
        return "0"


def _encoded(data: bytes | None) -> str | None:
    return None if data is None else b64encode(data).decode("ascii")


def _decoded(text: str | None) -> bytes | None:
    return None if text is None else b64decode(text, validate=True)
