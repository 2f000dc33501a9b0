"""What a query may not do: change the graph, ask another server, take a graph that is not of this one.

The engine itself opens connections for SERVICE and cannot be told not to, so the word must not get through to
it. Every place in which it could read the word is refused: not only where the word stands by itself, but also
where it may be read out of a longer run of signs. The word in a text, a comment, a variable or the local part
of a name is only a word.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from planweave.errors import QueryError, nearest
from planweave.sparql.tokens import Token, iri_of, place, prefixes_of, tokens_of
from planweave.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["FORMS", "Checked", "asks_elsewhere", "check_query"]

FORMS: Final = {"SELECT": "select", "ASK": "ask", "CONSTRUCT": "graph", "DESCRIBE": "graph"}
"""The word a query begins with → the kind of its answer."""

UPDATES: Final = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH", "USING")
)
SERVICE: Final = re.compile("service", re.IGNORECASE)
ESCAPED: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
ABSOLUTE: Final = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
"""The beginning of an IRI that cannot be read as a comparison: no expression goes on after ``://``."""


class Checked(NamedTuple):
    """What a query is.

    Parameters
    ----------
    kind
        The kind of its answer: ``"select"``, ``"ask"`` or ``"graph"``; ``""`` where it does not begin as a query does.
    takes_graphs
        Whether it takes its graphs by FROM.
    order
        The variables in the order of their first appearance, where it selects all of them; otherwise none.
    """

    kind: str
    takes_graphs: bool
    order: tuple[str, ...] = ()


def check_query(query: str, graphs: Collection[str] | None = None, *, file: object = None) -> Checked:
    """Refuse a query that does more than ask this graph.

    Parameters
    ----------
    query
        SPARQL as a user wrote it.
    graphs
        The names of the graph's own named graphs; None lets any name pass, and another is simply empty.
    file
        The file that the query stands in, for the sentence.

    Raises
    ------
    QueryError
        With the line and the column.
    """
    checked = _Query(query, file)
    checked.refuse_updates()
    checked.refuse_services()
    if graphs is not None:
        checked.refuse_graphs(graphs)
    kind = FORMS.get(checked.first.word, "") if checked.first else ""
    return Checked(kind, bool(checked.taken()), checked.order())


def asks_elsewhere(query: str) -> bool:
    """Say whether an engine might read SERVICE in a query.

    Examples
    --------
    >>> asks_elsewhere("SELECT * { trueSERVICE ?x { ?s ?p ?o } }"), asks_elsewhere("ASK { ?s ?p 'service' }")
    (True, False)
    """
    try:
        _Query(query, None).refuse_services()
    except QueryError:
        return True
    return False


class _Query:
    """A query while it is checked."""

    def __init__(self, query: str, file: object) -> None:
        self._query, self._file = query, file
        self._tokens = tokens_of(query)
        self._words = [token for token in self._tokens if token.kind != "comment"]
        self.first = self._after_prologue()

    def _after_prologue(self) -> Token | None:
        """Give the word after the prefixes, by which a query says what it is."""
        at = 0
        while at < len(self._words) and self._words[at].word in {"PREFIX", "BASE"}:
            at += 3 if self._words[at].word == "PREFIX" else 2
        return self._words[at] if at < len(self._words) else None

    def refuse_updates(self) -> None:
        """Refuse what is an update; the engine would not run it either."""
        if self.first and self.first.word in UPDATES:
            raise self._refusal(
                f"this would change the graph ({self.first.word}), and a query only asks",
                self.first,
                "begin it with SELECT, ASK, CONSTRUCT or DESCRIBE",
            )

    def refuse_services(self) -> None:
        """Refuse SERVICE wherever the engine might read it."""
        # With and without its escapes: which of the two an engine reads is a matter of its version.
        unescaped = ESCAPED.sub(_unescaped, self._query)
        for query, tokens in ((self._query, self._tokens), (unescaped, tokens_of(unescaped))):
            if SERVICE.search(query):
                self._refuse_services(tokens)

    def _refuse_services(self, tokens: list[Token]) -> None:
        for token in tokens:
            if token.kind == "iri" and _may_compare(token):
                raise self._refusal(
                    f"{token.text} may be an IRI or a comparison, in a query that has the word SERVICE",
                    token,
                    "write the IRI with its http://, or put spaces around the <",
                )
            if _may_serve(token):
                raise self._refusal(
                    "the query asks another server (SERVICE), and nothing is fetched from the network",
                    token,
                    "leave SERVICE out",
                )

    def taken(self) -> list[Token]:
        """Give what stands after each FROM and FROM NAMED."""
        words = [token for token in self._words if token.word != "NAMED"]
        return [after for word, after in pairwise(words) if word.kind == "word" and word.word in {"FROM", "FROMNAMED"}]

    def order(self) -> tuple[str, ...]:
        """Give the variables of a query that selects all."""
        if self.first is None or self.first.word != "SELECT":
            return ()
        after = self._words[self._words.index(self.first) + 1 :]
        selected = next((token for token in after if token.word not in {"DISTINCT", "REDUCED"}), None)
        if selected is None or selected.text != "*":
            return ()
        return tuple(dict.fromkeys(token.text[1:] for token in after if token.kind == "variable"))

    def refuse_graphs(self, graphs: Collection[str]) -> None:
        """Refuse FROM and FROM NAMED of anything but the graph's own graphs."""
        prefixes = prefixes_of(self._words, PREFIXES)
        for named in self.taken():
            iri = iri_of(named, prefixes)
            if iri is not None and iri not in graphs:
                raise self._refusal(
                    f"FROM {named.text} is no graph of this one, and nothing is fetched",
                    named,
                    nearest(iri, graphs) if len(graphs) else "leave FROM out",
                )

    def _refusal(self, what: str, token: Token, fix: str) -> QueryError:
        return QueryError(what, file=self._file, where=place(self._query, token.start), fix=fix)


def _unescaped(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= 0x10FFFF else match[0]  # noqa: PLR2004 - the last code point there is


def _may_compare(token: Token) -> bool:
    """Say whether what looks like an IRI can be read as ``<`` and more, and hide the end of an expression."""
    return not ABSOLUTE.match(token.text) and any(sign in token.text for sign in "()#'\\")


def _may_serve(token: Token) -> bool:
    """Say whether the engine may read SERVICE in a token."""
    found = SERVICE.search(token.text)
    if not found or token.kind in {"string", "comment", "iri", "variable", "language"}:
        return False
    # A name is read to its end, but for its dots: after the second one, the engine may begin anew.
    name = token.kind == "name" and ":" in token.text[: found.start()]
    return not (name and "." not in token.text[token.text.index(":") : found.start()])
