"""What the benches stand on: articles of a known truth, and a network that can be cut."""

import socket
import threading
from random import Random

import pytest

from bench.chaos_articles import press
from bench.proxy import Proxy
from schemas.article import RawArticle
from streams.offline import fold_articles
from tests.running import TODAY


def test_the_fold_of_the_articles_is_what_they_were_made_to_tell() -> None:
    made = press(Random(5), 300)
    articles = [message for message in made.messages if isinstance(message, RawArticle)]
    total = fold_articles(articles, TODAY).totals["CN"].windows["all"]["contract"]
    assert (total.happenings, total.amount_cny.best) == (len(made.standing), sum(made.standing.values()) * 10**8)
    assert sum(made.made.values()) == len(made.messages)
    assert set(made.made) >= {"second copies", "reprints", "corrections", "retractions", "late reports", "poison"}


def test_a_cut_network_carries_nothing_until_it_is_mended() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_echo, args=(server,), daemon=True).start()
        proxy = Proxy(server.getsockname()[1])
        try:
            with socket.create_connection(("127.0.0.1", proxy.port), 5) as client:
                client.sendall(b"one")
                assert client.recv(3) == b"one"
                proxy.cut()
                assert client.recv(3) == b"", "the connection is ended"
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection(("127.0.0.1", proxy.port), 5)
            proxy.mend()
            with socket.create_connection(("127.0.0.1", proxy.port), 5) as client:
                client.sendall(b"two")
                assert client.recv(3) == b"two"
        finally:
            proxy.close()


def _echo(server: socket.socket) -> None:
    for _ in range(2):
        connection, _ = server.accept()
        with connection:
            while data := connection.recv(100):
                connection.sendall(data)
