"""What every test has: no error that the code swallowed goes unseen."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("ci", derandomize=True)  # the same examples each time; without CI set, new ones
if os.environ.get("CI"):
    settings.load_profile("ci")
os.environ.setdefault("NO_CYTHON", "1")
for name in [name for name in os.environ if name.startswith("DEALWIRE_")]:
    del os.environ[name]  # a developer's own settings must not decide a test

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(autouse=True)
def no_unexpected_error(caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest) -> Iterator[None]:
    """Fails a test in which dealwire logged an error, unless the test is marked `expects_errors`."""
    yield
    if request.node.get_closest_marker("expects_errors"):
        return
    swallowed = [
        record.getMessage()
        for when in ("setup", "call")
        for record in caplog.get_records(when)
        if record.levelno >= logging.ERROR and record.name.split(".")[0] in ("streams", "schemas")
    ]
    assert not swallowed, f"the code logged errors that the test did not expect: {swallowed}"
