"""A SPARQL 1.1 server that holds the graph, asked over HTTP: the only door to the network, opened by --store."""

from __future__ import annotations

import re
import urllib.error
import urllib.parse
import urllib.request
from typing import TYPE_CHECKING, Final

import msgspec

from planweave.errors import QueryError, StoreError
from planweave.store import STRING, Node, Text, Triple
from planweave.terms import GRAPH, PW, local

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planweave.store import Statement

__all__ = ["RemoteStore"]

JSON: Final = "application/sparql-results+json"
SECONDS: Final = 120
SUSPICIOUS: Final = 1000
"""Some servers cut an answer off without a word; a full thousand of rows is counted again."""

PROLOGUE: Final = re.compile(r"(?:\s*PREFIX\s+\S+\s+<[^>]*>)*")
KINDS: Final = {"uri": "iri", "bnode": "blank", "literal": "literal", "typed-literal": "literal"}


class _Term(msgspec.Struct, frozen=True, rename={"language": "xml:lang"}):
    type: str
    value: str
    datatype: str = ""
    language: str = ""

    def node(self) -> Node:
        kind = KINDS[self.type]
        datatype = self.datatype or (STRING if kind == "literal" and not self.language else "")
        return Node(self.value, kind, "" if self.language else datatype, self.language.lower())


class _Results(msgspec.Struct, frozen=True):
    bindings: list[dict[str, _Term]]


class _Answer(msgspec.Struct, frozen=True):
    results: _Results


class RemoteStore:
    """A server's query endpoint.

    Parameters
    ----------
    url
        The address that takes SPARQL queries, such as ``http://127.0.0.1:7878/query``.

    Raises
    ------
    StoreError
        If it is no http or https address.
    """

    def __init__(self, url: str) -> None:
        if urllib.parse.urlsplit(url).scheme not in {"http", "https"}:
            raise StoreError("this is no address of a SPARQL server", file=url, fix="begin it with http:// or https://")
        self.url = url

    def plans(self) -> tuple[str, ...]:
        """Give the ids of the plans the server holds, sorted."""
        query = f"SELECT ?graph WHERE {{ GRAPH ?graph {{ ?plan a <{PW}Plan> }} }}"
        start = f"{GRAPH}plan/"
        found = (row["graph"].value for row in self.select(query))
        return tuple(sorted(local(graph) for graph in found if graph.startswith(start)))

    def select(self, query: str) -> Iterator[dict[str, Node]]:
        """Answer a SPARQL SELECT; an answer that may have been cut off is counted.

        Raises
        ------
        StoreError
            If the server cannot be reached, or gives fewer rows than there are.
        QueryError
            If it refuses the query.
        """
        rows = self._rows(query)
        if rows and len(rows) % SUSPICIOUS == 0:
            prologue, body = PROLOGUE.match(query)[0], PROLOGUE.sub("", query, count=1)  # type: ignore[index]
            counted = self._rows(f"{prologue} SELECT (COUNT(*) AS ?rows) WHERE {{ {{ {body} }} }}")
            whole = int(counted[0]["rows"].value)
            if whole != len(rows):
                raise StoreError(
                    f"the server gives {len(rows):,} rows of {whole:,}", file=self.url, fix="raise its limit of rows"
                )
        return ({name: term.node() for name, term in row.items()} for row in rows)

    def statements(self, graph: str) -> Iterator[Statement]:
        """Go through one named graph with full terms."""
        query = f"SELECT ?subject ?predicate ?object WHERE {{ GRAPH <{graph}> {{ ?subject ?predicate ?object }} }}"
        return ((row["subject"], row["predicate"], row["object"]) for row in self.select(query))

    def triples(self, graph: str) -> Iterator[Triple]:
        """Go through one named graph in plain Python."""
        for subject, predicate, value in self.statements(graph):
            plain = Text(value.value) if value.kind == "literal" else value.value
            yield Triple(subject.value, predicate.value, plain)

    def _rows(self, query: str) -> list[dict[str, _Term]]:
        request = urllib.request.Request(  # noqa: S310 - only http and https come this far
            self.url,
            data=urllib.parse.urlencode({"query": query}).encode(),
            headers={"Accept": JSON, "Content-Type": "application/x-www-form-urlencoded"},
        )
        try:
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
                return msgspec.json.decode(answer.read(), type=_Answer).results.bindings
        except urllib.error.HTTPError as error:
            with error:
                what = error.read(500).decode(errors="replace").strip().split("\n")[0]
            raise QueryError(
                f"the server refuses the query ({error.code} {what})", file=self.url, fix="check the address"
            ) from error
        except msgspec.DecodeError as error:
            raise StoreError(
                "the server's answer is no SPARQL result", file=self.url, fix="give the address of its query endpoint"
            ) from error
        except OSError as error:
            reason = getattr(error, "reason", error)
            raise StoreError(
                f"the server cannot be asked ({reason})", file=self.url, fix="check that it runs and the address"
            ) from error
