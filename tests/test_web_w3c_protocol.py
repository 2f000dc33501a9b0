"""The W3C's tests of the SPARQL 1.1 Protocol, over HTTP, from the folder that W3C_TESTS names."""

from __future__ import annotations

import http.client
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pytest

from planweave.store import Node, read_statements
from tests import stores
from tests.serving import Site, served

HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
GRAPHS = "http://kasei.us/2009/09/sparql/data/data{}.rdf"

ALL_CASES = 34

UPDATES = {
    "update_dataset_default_graph": "it changes the graph, which is only read over the network",
    "update_dataset_default_graphs": "it changes the graph",
    "update_dataset_named_graphs": "it changes the graph",
    "update_dataset_full": "it changes the graph",
    "update_post_form": "it changes the graph",
    "update_post_direct": "it changes the graph",
    "update_base_uri": "it changes the graph",
}
"""Cases that want an update to be made, and why it is not: each is refused instead."""

FORMATS = {
    "boolean": ("application/sparql-results+xml", "application/sparql-results+json"),
    "tabular": (
        "application/sparql-results+xml",
        "application/sparql-results+json",
        "text/tab-separated-values",
        "text/csv",
    ),
    "RDF": ("application/rdf+xml", "text/turtle", "application/n-triples", "text/html"),
}


class Asked(NamedTuple):
    """One request of a case, and what is expected of the answer."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    statuses: tuple[str, ...]
    format_: str | None
    boolean: str | None


class Manifest:
    """The statements of a manifest, by subject and property."""

    def __init__(self, file: Path) -> None:
        self.said: dict[tuple[str, str], list[Node]] = {}
        for subject, predicate, value in read_statements(file):
            self.said.setdefault((subject.value, predicate.value), []).append(value)

    def one(self, subject: str, predicate: str) -> str | None:
        """Give the value of a property."""
        values = self.said.get((subject, predicate))
        return values[0].value if values else None

    def listed(self, first: str | None) -> Iterator[str]:
        """Go through a list."""
        while first and first != RDF + "nil":
            yield str(self.one(first, RDF + "first"))
            first = self.one(first, RDF + "rest")

    def cases(self) -> dict[str, list[Asked]]:
        """Give the requests of each case, by its name."""
        found = {}
        for (subject, predicate), values in self.said.items():
            if predicate == MF + "action":
                requests = self.listed(self.one(values[0].value, HT + "requests"))
                found[subject.rpartition("#")[2]] = [self.request(one) for one in requests]
        return found

    def request(self, node: str) -> Asked:
        """Read one request."""
        headers = {
            str(self.one(one, HT + "fieldName")): str(self.one(one, HT + "fieldValue"))
            for one in self.listed(self.one(node, HT + "headers"))
        }
        body = self.one(node, HT + "body")
        content = None
        if body:
            content = str(self.one(body, CNT + "chars")).encode(str(self.one(body, CNT + "characterEncoding")))
        answer = str(self.one(node, HT + "resp"))
        statuses = self.said[answer, MF + "expectedStatus"]
        return Asked(
            str(self.one(node, HT + "methodName")),
            str(self.one(node, HT + "absolutePath")),
            headers,
            content,
            tuple(one.value.rpartition("StatusCode")[2][0] for one in statuses),
            self.one(answer, MF + "expectedFormat"),
            self.one(answer, MF + "expectedBoolean"),
        )


def cases() -> dict[str, list[Asked]]:
    named = os.environ.get("W3C_TESTS")
    manifest = Path(named or "none") / "sparql11" / "protocol" / "manifest.ttl"
    return Manifest(manifest).cases() if named and manifest.is_file() else {}


CASES = cases()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, five_plans: Path) -> Iterator[Site]:
    """The data of the suite, three graphs of one statement each, in the place of a workspace's store."""
    import shutil  # noqa: PLC0415 - only here

    folder = tmp_path_factory.mktemp("protocol") / "weave"
    shutil.copytree(five_plans, folder)
    (store,) = folder.glob("build-*/store")
    shutil.rmtree(store)
    document = f"<{RDF}type> <http://xmlns.com/foaf/0.1/Document>"
    stores.made(store, [f"<{GRAPHS.format(n)}> {document} <{GRAPHS.format(n)}>" for n in (1, 2, 3)])
    with served(folder) as site:
        yield site


def test_how_many_cases_run() -> None:
    """Without the suite it is said how many cases did not run; with it, all are known and those listed are in it."""
    if not CASES:
        pytest.skip(
            f"{ALL_CASES} cases of the W3C's SPARQL Protocol did not run; set W3C_TESTS to the folder that holds"
            " sparql11/"
        )
    assert len(CASES) == ALL_CASES
    assert set(UPDATES) <= set(CASES)


@pytest.mark.parametrize("name", sorted(set(CASES) - set(UPDATES)))
def test_a_case_of_a_query_passes(site: Site, name: str) -> None:
    """Each request of the case gets the status, the format and the answer that the suite expects."""
    for asked in CASES[name]:
        status, kind, body = send(site, asked)
        assert str(status)[0] in asked.statuses, (unquote(asked.path), body)
        if asked.format_:
            assert kind in FORMATS[asked.format_]
        if asked.boolean:
            assert body.decode().replace(" ", "").count(f'"boolean":{asked.boolean}') == 1


@pytest.mark.parametrize("name", sorted(set(CASES) & set(UPDATES)))
def test_an_update_is_refused(site: Site, name: str) -> None:
    """A case that wants an update is answered with a sentence, and changes nothing."""
    status, _, body = send(site, CASES[name][0])
    assert status == 403
    assert b"the graph is not changed over the network" in body.lower()


def send(site: Site, asked: Asked) -> tuple[int, str, bytes]:
    """Send a request as it stands, with no header that the suite does not have."""
    connection = http.client.HTTPConnection("127.0.0.1", site.settings.port, timeout=30)
    connection.putrequest(asked.method, asked.path.replace("/sparql/", "/sparql", 1), skip_accept_encoding=True)
    for header, value in asked.headers.items():
        connection.putheader(header, value)
    if asked.body is not None:
        connection.putheader("content-length", str(len(asked.body)))
    connection.endheaders(asked.body)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.headers.get_content_type(), body
