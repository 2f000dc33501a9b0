"""The store as an rdflib Dataset: a view that cannot write and cannot reach the network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import rdflib
from oxrdflib import OxigraphStore
from pyparsing import ParseBaseException
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue

from planweave.errors import QueryError, StoreError
from planweave.sparql.guard import check_query
from planweave.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["dataset"]


def dataset(store: Any) -> rdflib.Dataset:  # noqa: ANN401 - pyoxigraph is known next door
    """Give the Dataset over an Oxigraph store.

    Its default graph is the union of all graphs, and planweave's prefixes are bound in it, so that a query
    can use them without saying so.
    """
    view = rdflib.Dataset(store=_View(store=store), default_union=True)
    for prefix, namespace in PREFIXES.items():
        view.bind(prefix, namespace, replace=True)
    return view


class _View(OxigraphStore):
    """An Oxigraph store of which rdflib may only read."""

    def query(self, query: Any, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - as rdflib calls it
        """Answer a query that asks only this store.

        Raises
        ------
        StoreError
            If the query asks another server (SERVICE) or is not SPARQL.
        """
        if isinstance(query, str):
            _guard(query)
        return super().query(query, *arguments, **named)

    def add_graph(self, graph: rdflib.Graph) -> None:
        """Let a graph be named without adding it: it is there, or it is empty."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:  # noqa: ANN401 - in the place of five methods
        raise StoreError("the graph is read-only here", fix="change the documents or the library and build again")

    add = addN = remove = remove_graph = update = _refuse  # noqa: N815 - rdflib's names


def _guard(query: str) -> None:
    """Refuse a query that would go out to the network: by its parsed form, and wherever Oxigraph might read more."""
    try:
        check_query(query)
    except QueryError as error:
        raise StoreError(error.what, where=error.where, fix=error.fix) from error
    try:
        parsed = parseQuery(query)
    except ParseBaseException as error:
        raise StoreError(
            f"this is not SPARQL ({error.msg})",
            where=f"line {error.lineno}, column {error.column}",
            fix="mend the query",
        ) from error
    if any(part.name == "ServiceGraphPattern" for part in _parts(parsed)):
        raise StoreError(
            "the query asks another server (SERVICE), and nothing is fetched from the network",
            fix="leave SERVICE out",
        )


def _parts(parsed: object) -> Iterator[CompValue]:
    """Go through every part of a parsed query."""
    if isinstance(parsed, CompValue):
        yield parsed
        for value in parsed.values():
            yield from _parts(value)
    elif isinstance(parsed, str):
        return
    elif hasattr(parsed, "__iter__"):
        for part in parsed:
            yield from _parts(part)
