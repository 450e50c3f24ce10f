"""A line on the embedded broker."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from streams.broker import embedded_broker
from tests.running import Line


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    """A broker of its own, and the workers of the test ended."""
    with embedded_broker() as brokers:
        line = Line(brokers, tmp_path)
        yield line
        line.close()
