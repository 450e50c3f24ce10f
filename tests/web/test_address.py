"""The address the process listens on."""

import socket

import pytest

from streams.web.server import Failed, address_of, listen


def test_a_connection_waits_from_the_moment_the_address_is_known() -> None:
    with listen("127.0.0.1", 0) as listener:
        host, port = listener.getsockname()
        assert address_of(listener) == f"http://127.0.0.1:{port}"
        socket.create_connection((host, port), timeout=5).close()


def test_a_name_is_looked_up() -> None:
    with listen("localhost", 0) as listener:
        assert address_of(listener).startswith(("http://127.0.0.1:", "http://[::1]:"))


@pytest.mark.parametrize("host", ["198.51.100.1", "no..host"])
def test_an_address_that_is_not_ours_is_said(host: str) -> None:
    with pytest.raises(Failed, match=f"cannot listen on {host}:0: .*DEALWIRE_WEB_HOST"):
        listen(host, 0)
