"""The graph on disk, and the only door to pyoxigraph: parse, load, read, serialise."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from threading import Lock
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple, Self, TypeAlias

import pyoxigraph as ox

from planweave.errors import DefinitionError, QueryError, StoreError
from planweave.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import rdflib

__all__ = [
    "FORMATS",
    "STRING",
    "MemoryStore",
    "Node",
    "Statement",
    "Store",
    "Text",
    "Triple",
    "parse_quads",
    "read_statements",
    "read_turtle",
    "serialise",
    "turtle_quads",
]

FORMATS = {
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".ttl": ox.RdfFormat.TURTLE,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
"""The RDF formats of exports, by file name suffix; Turtle has no named graphs."""

CHUNK_BYTES = 48 * 1024 * 1024
"""How much is loaded at once: one bulk load of everything holds everything in memory."""


class Text(str):
    """A literal's text; a plain ``str`` is an IRI."""

    __slots__ = ()


class Triple(NamedTuple):
    """A triple in plain Python: IRIs are ``str``, literals are :class:`Text`."""

    subject: str
    predicate: str
    object: str


ONE_AT_A_TIME: Final = Lock()
"""The engine lets other threads run at every statement it parses: eight that do so at once take thrice as long."""

SMALL: Final = 200_000
"""So many bytes take a moment, and wait for nobody."""

Functions: TypeAlias = "dict[ox.NamedNode, Callable[..., Any]]"
"""The name of a function → what works out its value from terms."""


class Node(NamedTuple):
    """A term with all that distinguishes it: an IRI, a blank node (``kind="blank"``) or a literal with its type.

    Examples
    --------
    >>> print(Node("Prävention", "literal", language="de"))
    "Prävention"@de
    """

    value: str
    kind: str = "iri"
    datatype: str = ""
    language: str = ""

    def __str__(self) -> str:
        """Give the term as N-Triples and SPARQL spell it."""
        return str(_term(self))


Statement: TypeAlias = tuple[Node, Node, Node]
"""A triple of full terms."""

STRING = "http://www.w3.org/2001/XMLSchema#string"


def _node(term: Any) -> Node:  # noqa: ANN401 - as in _plain
    """A full term of planweave's own."""
    if isinstance(term, ox.Literal):
        datatype = "" if term.language else term.datatype.value
        return Node(term.value, "literal", datatype, term.language or "")
    return Node(term.value, "blank" if isinstance(term, ox.BlankNode) else "iri")


def _term(node: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """A term of pyoxigraph's."""
    if node.kind == "iri":
        return ox.NamedNode(node.value)
    if node.kind == "blank":
        return ox.BlankNode(node.value)
    if node.language:
        return ox.Literal(node.value, language=node.language)
    return ox.Literal(node.value, datatype=ox.NamedNode(node.datatype or STRING))


def _plain(term: Any) -> str:  # noqa: ANN401 - a term; pyoxigraph's own type allows quoted triples, never minted here
    """A term in plain Python."""
    return Text(term.value) if isinstance(term, ox.Literal) else str(term.value)


def read_turtle(path: Path) -> Iterator[Triple]:
    """Read a Turtle file of the library.

    Raises
    ------
    DefinitionError
        If it is not Turtle; the sentence has the line.
    """
    try:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            yield Triple(_plain(quad.subject), _plain(quad.predicate), _plain(quad.object))
    except SyntaxError as error:
        raise DefinitionError(
            f"this is not Turtle ({error.msg})", file=path, where=f"line {error.lineno}", fix="mend that line"
        ) from error
    except OSError as error:
        raise DefinitionError("the file cannot be read", file=path, fix="check it") from error


def read_statements(path: Path) -> Iterator[Statement]:
    """Read a Turtle file with full terms, in the order in which it states them; blank nodes stay apart.

    Raises
    ------
    DefinitionError
        If it is not there or not Turtle; the sentence has the line.
    """
    try:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, base_iri=path.resolve().as_uri()):
            yield _node(quad.subject), _node(quad.predicate), _node(quad.object)
    except SyntaxError as error:
        raise DefinitionError(
            f"this is not Turtle ({error.msg})", file=path, where=f"line {error.lineno}", fix="mend that line"
        ) from error
    except OSError as error:
        raise DefinitionError("the file cannot be read", file=path, fix="check it") from error


def parse_quads(data: bytes) -> Iterator[tuple[str, Triple]]:
    """Read N-Quads: the name of the graph, and the triple."""
    for quad in ox.parse(data, format=ox.RdfFormat.N_QUADS):
        yield quad.graph_name.value, Triple(_plain(quad.subject), _plain(quad.predicate), _plain(quad.object))


def turtle_quads(path: Path, graph: str) -> bytes:
    """Give a Turtle file as sorted N-Quads of one named graph.

    Raises
    ------
    DefinitionError
        If it is not Turtle, or has a blank node, which would not be the same in two builds.
    """
    name = ox.NamedNode(graph)
    lines = []
    try:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
                raise DefinitionError("there is a blank node in this file", file=path, fix="give it a name of its own")
            lines.append(f"{quad.subject} {quad.predicate} {quad.object} {name} .\n")
    except SyntaxError as error:
        raise DefinitionError(
            f"this is not Turtle ({error.msg})", file=path, where=f"line {error.lineno}", fix="mend that line"
        ) from error
    return "".join(sorted(set(lines))).encode()


def serialise(quads: bytes | IO[bytes], out: IO[bytes], suffix: str, prefixes: dict[str, str]) -> None:
    """Write N-Quads as another RDF format, as a stream.

    Parameters
    ----------
    quads
        N-Quads, or an open binary file of them.
    out
        An open binary file.
    suffix
        One of :data:`FORMATS`; ``.ttl`` leaves out the names of the graphs.
    prefixes
        Prefix → namespace, for the formats that have them.
    """
    with ONE_AT_A_TIME if isinstance(quads, bytes) and len(quads) > SMALL else nullcontext():
        parsed: Iterable[Any] = ox.parse(quads, format=ox.RdfFormat.N_QUADS)
        if suffix == ".ttl":
            parsed = (ox.Triple(quad.subject, quad.predicate, quad.object) for quad in parsed)
        ox.serialize(parsed, output=out, format=FORMATS[suffix], prefixes=prefixes)


class Store:
    """An Oxigraph store in a folder.

    One process may write a store; any number may read one that nobody writes. planweave therefore fills a
    new folder and swaps it in when it is complete.

    Parameters
    ----------
    folder
        Where the store is, or, with ``create``, is to be.
    create
        Make a new store for writing, instead of opening one for reading.

    Raises
    ------
    StoreError
        If the folder cannot be opened as a store.
    """

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        self.folder = folder
        self._writable = create
        try:
            self._store = ox.Store(str(folder)) if create else ox.Store.read_only(str(folder))
        except (OSError, ValueError, RuntimeError) as error:
            raise StoreError(
                f"the graph cannot be opened ({_first_line(error)})", file=folder, fix="build again with --fresh"
            ) from error

    def load_all(self, pieces: Iterable[bytes]) -> Iterator[int]:
        """Load N-Quads in bulk, small pieces together; memory stays flat however many there are.

        Yields
        ------
        The number of pieces loaded so far, after each chunk.

        Raises
        ------
        StoreError
            If the disk is full or cannot be written.
        """
        chunk: list[bytes] = []
        size = number = 0
        for number, piece in enumerate(pieces, start=1):
            chunk.append(piece)
            size += len(piece)
            if size >= CHUNK_BYTES:
                self._bulk_load(b"".join(chunk))
                chunk, size = [], 0
                yield number
        if chunk:
            self._bulk_load(b"".join(chunk))
            yield number

    def load_file(self, path: Path) -> None:
        """Load a file of N-Quads in bulk, all at once."""
        with path.open("rb") as file:
            self._bulk_load(file)

    def _bulk_load(self, quads: bytes | IO[bytes]) -> None:
        try:
            self._store.bulk_load(quads, format=ox.RdfFormat.N_QUADS)
        except (OSError, RuntimeError) as error:
            raise StoreError(
                f"the graph cannot be written ({_first_line(error)})",
                file=self.folder,
                fix="check the space on the disk",
            ) from error

    def copy_to(self, folder: Path) -> None:
        """Copy the store; files that never change are shared with the copy where the disk allows it."""
        try:
            self._store.backup(str(folder))
        except (OSError, RuntimeError) as error:
            raise StoreError(f"the graph cannot be copied ({_first_line(error)})", file=self.folder) from error

    def drop(self, graph: str) -> None:
        """Remove a named graph."""
        try:
            self._store.remove_graph(ox.NamedNode(graph))
        except (OSError, RuntimeError) as error:
            raise StoreError(f"the graph cannot be changed ({_first_line(error)})", file=self.folder) from error

    def close(self) -> None:
        """Write what is pending and let go of the folder."""
        if self._writable:
            self._store.flush()
        del self._store

    def triples(self, graph: str) -> Iterator[Triple]:
        """Go through one named graph."""
        try:
            for quad in self._store.quads_for_pattern(None, None, None, ox.NamedNode(graph)):
                yield Triple(_plain(quad.subject), _plain(quad.predicate), _plain(quad.object))
        except (OSError, RuntimeError) as error:
            raise StoreError(
                f"the graph cannot be read ({_first_line(error)})", file=self.folder, fix="build again with --fresh"
            ) from error

    def about(self, iri: str) -> list[bytes]:
        """Give what any graph says of a thing, as lines of N-Triples without their ends, sorted, each once."""
        found = {
            f"{quad.subject} {quad.predicate} {quad.object} .".encode()
            for quad in self._store.quads_for_pattern(ox.NamedNode(iri), None, None, None)
        }
        return sorted(found)

    def mentions(self, iri: str) -> bool:
        """Say whether anything in any graph has this name: a thing, a property, a value or a graph."""
        name = ox.NamedNode(iri)
        places = ((name, None, None), (None, name, None), (None, None, name))
        found = (next(iter(self._store.quads_for_pattern(*place)), None) for place in places)
        return any(quad is not None for quad in found) or self._store.contains_named_graph(name)

    def has_property(self, iri: str) -> bool:
        """Say whether any statement has this property."""
        return next(iter(self._store.quads_for_pattern(None, ox.NamedNode(iri), None)), None) is not None

    def statements(self, graph: str) -> Iterator[Statement]:
        """Go through one named graph with full terms."""
        for quad in self._store.quads_for_pattern(None, None, None, ox.NamedNode(graph)):
            yield _node(quad.subject), _node(quad.predicate), _node(quad.object)

    def select(
        self, query: str, *, bound: Mapping[str, Node] | None = None, functions: Functions | None = None
    ) -> Iterator[dict[str, Node]]:
        """Answer a SPARQL SELECT: one mapping a row, from the variables that have a value.

        Parameters
        ----------
        query
            The SELECT.
        bound
            Variable → the value it is given; only variables that are selected can be given one.
        functions
            Functions that the query may use beside SPARQL's own, as :mod:`planweave.sparql.functions` gives them.

        Raises
        ------
        QueryError
            If it is not SPARQL, or cannot be evaluated.
        """
        try:
            values: dict[ox.Variable, Any] = {ox.Variable(name): _term(node) for name, node in (bound or {}).items()}
            answer = self._store.query(query, substitutions=values, custom_functions=functions)
            if not isinstance(answer, ox.QuerySolutions):
                raise QueryError("this is no SELECT", fix="begin the query with SELECT")
            names = [variable.value for variable in answer.variables]
            for row in answer:
                yield {name: _node(term) for name, term in zip(names, row, strict=True) if term is not None}
        except SyntaxError as error:
            raise QueryError(f"this is not SPARQL ({_first_line(error)})", fix="mend the query") from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"the query cannot be answered ({_first_line(error)})", fix="simplify it") from error

    def select_lines(self, query: str) -> list[bytes]:
        """Answer a SPARQL SELECT as lines of TSV, without its header; planweave's prefixes are known.

        Raises
        ------
        QueryError
            If it is not SPARQL, is no SELECT, or cannot be evaluated.
        """
        try:
            answer = self._store.query(query, prefixes=PREFIXES)
            if not isinstance(answer, ox.QuerySolutions):
                raise QueryError("this is no SELECT", fix="begin the query with SELECT")
            written = answer.serialize(format=ox.QueryResultsFormat.TSV)
        except SyntaxError as error:
            raise QueryError(f"this is not SPARQL ({_first_line(error)})", fix="mend the query") from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(f"the query cannot be answered ({_first_line(error)})", fix="simplify it") from error
        return (written or b"").splitlines()[1:]

    def __len__(self) -> int:
        return len(self._store)

    def rdflib(self) -> rdflib.Dataset:
        """Give an rdflib Dataset over this store: read-only, its default graph the union of all graphs."""
        from planweave.rdflib_view import dataset  # noqa: PLC0415 - rdflib takes a third of a second to import

        return dataset(self._store)


class MemoryStore(Store):
    """A store in memory that holds these named graphs, their blank nodes as they are."""

    def __init__(self, graphs: Mapping[str, Iterable[Statement]]) -> None:
        self.folder = Path()
        self._writable = False
        self._store = ox.Store()
        for name, statements in graphs.items():
            graph = ox.NamedNode(name)
            self._store.bulk_extend(_quad(statement, graph) for statement in statements)

    @classmethod
    def parsed(cls, quads: bytes) -> Self:
        """Give a store in memory that holds these N-Quads, which planweave wrote itself.

        They are known to be right, and reading them without looking at each IRI again takes half the time.
        """
        store = cls({})
        store._store.load(quads, format=ox.RdfFormat.N_QUADS, lenient=True)
        return store

    def table(
        self, query: str, prefixes: Mapping[str, str], bound: Mapping[str, Node] | None = None
    ) -> tuple[tuple[str, ...], bytes]:
        """Answer a SELECT with its columns, and its rows as TSV."""
        values: dict[ox.Variable, Any] = {ox.Variable(name): _term(node) for name, node in (bound or {}).items()}
        answer = self._store.query(query, prefixes=dict(prefixes), substitutions=values)
        if not isinstance(answer, ox.QuerySolutions):
            raise QueryError("this is no SELECT", fix="begin the query with SELECT")
        columns = tuple(variable.value for variable in answer.variables)
        written: Any = answer.serialize(format=ox.QueryResultsFormat.TSV)
        return columns, written.partition(b"\n")[2]


def _quad(statement: Statement, graph: ox.NamedNode) -> ox.Quad:
    subject, predicate, value = statement
    place = ox.BlankNode(subject.value) if subject.kind == "blank" else ox.NamedNode(subject.value)
    return ox.Quad(place, ox.NamedNode(predicate.value), _term(value), graph)


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n")[0].rstrip(".")
