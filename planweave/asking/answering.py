"""A query, checked, run and told: the one way from SPARQL to an answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from planweave.asking.answers import About, Answer
from planweave.asking.kept import Limits
from planweave.asking.running import NotSparql, run_query
from planweave.asking.terms import readable, term
from planweave.errors import QueryError, nearest
from planweave.sparql.guard import check_query
from planweave.sparql.tokens import tokens_of
from planweave.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from planweave.asking.running import Dataset
    from planweave.library import Library
    from planweave.sparql.tokens import Token
    from planweave.store import Node

PREDICATES: Final = frozenset({"name", "iri", "variable"})
"""The kinds of words that can stand for a property."""

__all__ = ["answer_query", "given_words"]

LONGEST: Final = 200_000
"""How many characters a query may have; the longest of planweave's own has some thousands."""


def answer_query(
    store: Path,
    query: str,
    bindings: Mapping[str, object] | None = None,
    *,
    limits: Limits | None = None,
    graphs: Collection[str] | None = None,
    library: Library | None = None,
    dataset: Dataset | None = None,
    relative: bool = False,
    quads: Sequence[Path] = (),
    about: About | None = None,
    file: object = None,
) -> Answer:
    """Ask a store, and wait for the whole answer.

    Parameters
    ----------
    store
        The folder of the Oxigraph store.
    query
        SPARQL. It can use planweave's prefixes without declaring them, and sees the union of all graphs where it
        names none.
    bindings
        Variable → value, with or without its ``?``: text, a number, a date, or a
        :class:`~planweave.store.Node` for an IRI. A value is handed over as a term; it never becomes part of the
        query. A variable that has a value needs to be selected.
    limits
        What the query may take; reaching a limit is an error.
    graphs
        The names of the graph's own named graphs, for FROM; None lets any pass, and another is empty.
    library
        Whose ontology, beside the graph, the names in the query are compared with; None compares none, as for a bundled
        question.
    dataset
        The graphs that are asked, whatever the query says of them; a name that is no graph's is that of an empty one.
    relative
        Whether an IRI may be written without its beginning; it is taken to begin as planweave's own do.
    quads
        Zipped N-Quads that are asked in the place of the store, where they hold all that the query looks at.
    about
        What is asked, for people; the SPARQL is put in.
    file
        The file that the query stands in, for sentences.

    Raises
    ------
    QueryError
        If the query is wrong, does what it may not, reaches a limit, or cannot be answered.
    StoreError
        If the store cannot be opened.
    """
    if len(query) > LONGEST:
        raise QueryError(f"the query has more than {LONGEST:,} characters", file=file, fix="shorten it")
    checked = check_query(query, graphs if dataset is None else None, file=file)
    values = {name.lstrip("?$"): term(value) for name, value in (bindings or {}).items()}
    if values:
        _check_values(query, values, file)
    union = not checked.takes_graphs
    try:
        run = run_query(
            store,
            query,
            values,
            limits or Limits(),
            union=union,
            dataset=dataset,
            relative=relative,
            quads=quads,
            small=_small_words(query, library),
            file=file,
        )
    except NotSparql as error:
        from planweave.asking.mistakes import explained  # noqa: PLC0415 - only a wrong query needs the grammar

        raise explained(query, error.what, file=file) from error
    told = replace(about or About(), sparql=query, given=given_words(values))
    if library is not None:
        from planweave.asking.doubts import doubts_about  # noqa: PLC0415 - as above

        told = replace(told, notices=(*told.notices, *doubts_about(query, library, store, graphs, values)))
    return Answer(run, told, checked.order)


def _small_words(query: str, library: Library | None) -> tuple[str, ...] | None:
    """The words that do not count when texts are compared, where a query may compare some."""
    if "likeness" not in query and "commonWords" not in query:
        return None
    from planweave.library import Library  # noqa: PLC0415 - few queries compare texts
    from planweave.reading.definition import load_common  # noqa: PLC0415 - as above

    return load_common(library or Library.bundled()).likeness.small


def given_words(values: Mapping[str, Node]) -> tuple[tuple[str, str], ...]:
    """Put what a question was given into words, as its answer shows such values."""
    return tuple((name, readable(value)) for name, value in values.items())


def _check_values(query: str, values: Mapping[str, Node], file: object) -> None:
    """Refuse a value that would change nothing, or that nothing can have: the answer would look like a true one."""
    tokens = [token for token in tokens_of(query) if token.kind != "comment"]
    known = {token.text[1:] for token in tokens if token.kind == "variable"}
    things = _things(tokens)
    for name, value in values.items():
        if name not in known:
            raise QueryError(f"the query has no variable ?{name}", file=file, fix=nearest(name, known))
        if value.kind == "literal" and name in things:
            raise QueryError(
                f"?{name} is a thing of the graph in this query, and {value.value!r} is text",
                file=file,
                fix=f"give its IRI, for example {name if name in PREFIXES else 'plan'}:{value.value}",
            )


def _things(tokens: Sequence[Token]) -> set[str]:
    """Find the variables that something is said of, and those of GRAPH: they are never text."""
    triples = zip(tokens, tokens[1:], tokens[2:], strict=False)
    return {
        token.text[1:]
        for before, token, after in triples
        if token.kind == "variable"
        and (before.word == "GRAPH" or (before.text in "{}." and (after.kind in PREDICATES or after.text in "a^(!")))
    }
