"""A check on a SPARQL server gives what it gives on the graph's own store; what a server does wrong is said."""

from __future__ import annotations

import threading
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest

import planweave as pw
from planweave.assessing import Options, RemotePlans, assess
from planweave.errors import PlanweaveError, QueryError, StoreError
from planweave.library import Library
from planweave.remote import SUSPICIOUS, RemoteStore

DAY = "2024-12-31"

Answer = Callable[[str], tuple[int, bytes]]


@contextmanager
def server(answer: Answer) -> Iterator[str]:
    """A server on loopback; it takes a query and gives a status and SPARQL results in JSON."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = urllib.parse.parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            status, body = answer(form["query"][0])
            self.send_response(status)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{running.server_port}/query"
    finally:
        running.shutdown()
        thread.join()
        running.server_close()


def asked(store: ox.Store, query: str) -> tuple[int, bytes]:
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    return 200, found.serialize(format=ox.QueryResultsFormat.JSON) or b""


def test_a_server_gives_the_same_findings(tmp_path: Path) -> None:
    """Finding by finding with place and scorecard, on the bundled plans."""
    with pw.build(None, tmp_path / "weave") as graph:
        here = graph.check(as_of=DAY)
        store = ox.Store.read_only(str(graph.store.folder))
        with server(lambda query: asked(store, query)) as url:
            there = assess(RemotePlans(RemoteStore(url)), Options(Library.bundled(), as_of=DAY))
            assert there.scorecards == here.scorecards
            assert list(there) == list(here)
            assert len(here) > 100


def test_an_answer_that_was_cut_off_is_an_error() -> None:
    """Some servers give the first so many rows and say nothing; no short answer may look whole."""
    store = ox.Store()
    node = ox.NamedNode("https://example.org/n")
    store.extend(ox.Quad(node, node, ox.Literal(number), node) for number in range(SUSPICIOUS + 1))
    query = "PREFIX ex: <https://example.org/> SELECT ?v { GRAPH ex:n { ex:n ex:n ?v } }"

    def cut(text: str) -> tuple[int, bytes]:
        return asked(store, text if "COUNT" in text else f"{text} LIMIT {SUSPICIOUS}")

    with server(cut) as url, pytest.raises(StoreError, match=r"gives 1,000 rows of 1,001; raise its limit of rows"):
        list(RemoteStore(url).select(query))
    with server(lambda text: asked(store, text)) as url:
        assert len(list(RemoteStore(url).select(query))) == SUSPICIOUS + 1
    store.remove(ox.Quad(node, node, ox.Literal(0), node))
    with server(cut) as url:
        assert len(list(RemoteStore(url).select(query))) == SUSPICIOUS


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        ((400, b"Unexpected token"), QueryError, "the server refuses the query (400 Unexpected token)"),
        ((200, b"<html>"), StoreError, "the server's answer is no SPARQL result"),
    ],
)
def test_what_a_server_says_wrong_is_one_sentence(
    answer: tuple[int, bytes], error: type[PlanweaveError], words: str
) -> None:
    """The address, what is wrong, what to do."""
    with server(lambda _: answer) as url, pytest.raises(error) as raised:
        list(RemoteStore(url).select("SELECT ?s { ?s ?p ?o }"))
    assert str(raised.value).startswith(f"{url}: {words}; ")


def test_a_server_that_is_not_there_is_one_sentence() -> None:
    """Nothing hangs."""
    with server(lambda _: (200, b"")) as url:
        pass
    with pytest.raises(StoreError, match="the server cannot be asked"):
        list(RemoteStore(url).select("SELECT ?s { ?s ?p ?o }"))


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://example.org/", "weave"])
def test_only_web_addresses_are_asked(url: str) -> None:
    """No path of this machine is read through it."""
    with pytest.raises(StoreError, match="this is no address of a SPARQL server"):
        RemoteStore(url)
