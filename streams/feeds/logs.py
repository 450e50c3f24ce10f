"""One line an event: `event=feed_failed feed=wire reason=dns detail="…"`. Values never break the line."""

import json
import logging

_LOGGER = logging.getLogger("streams.feeds")


def format_event(event: str, fields: dict[str, object]) -> str:
    """The line. Values with spaces, quotes or control characters are quoted as JSON.

    >>> format_event("feed_failed", {"reason": "dns", "detail": 'no "host"'})
    'event=feed_failed reason=dns detail="no \\\\"host\\\\""'
    """
    return " ".join([f"event={event}", *(f"{name}={_value(value)}" for name, value in fields.items())])


def info(event: str, **fields: object) -> None:
    """Something an operator may want to know."""
    _LOGGER.info(format_event(event, fields))


def warning(event: str, **fields: object) -> None:
    """Something an operator should look at."""
    _LOGGER.warning(format_event(event, fields))


def error(event: str, **fields: object) -> None:
    """A mistake in dealwire itself."""
    _LOGGER.error(format_event(event, fields), exc_info=True)


def _value(value: object) -> str:
    text = str(value)
    return (
        text
        if text and all(char.isalnum() or char in "-_.:/%+,*" for char in text)
        else json.dumps(text, ensure_ascii=False)
    )
