"""Which definitions may be asked of a few plans at a time, and the rows put together.

On disk a store looks up each text and IRI by itself, which is most of the time where an answer has millions of
them. A query of which every row speaks of one plan gives the same rows when plans are asked in groups, in memory
and on all cores, and only the facts that it speaks of have to be there. That it is such a query is told by its form.
Every other one is asked of the whole store.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from planweave.sparql.tokens import iri_of, prefixes_of, tokens_of
from planweave.terms import PREFIXES, PW, RDF, REGISTERS_GRAPH

if TYPE_CHECKING:
    from planweave.sparql.tokens import Token

__all__ = ["ONLY_IN_PLANS", "Apart", "asked_apart"]

ONLY_IN_PLANS: Final = frozenset(
    f"{PW}{name}"
    for name in (
        *("plan", "order", "reference", "status", "lead", "partner", "mentions", "involvement", "partyKind"),
        *("pillar", "indicator", "outcome", "evidence", "relatedTo", "needs", "crossReference", "dueKind"),
    )
)
"""Properties that no other graph than those of the plans has."""

WHOLE: Final = frozenset(("GROUP", "HAVING", "LIMIT", "OFFSET", "VALUES"))
"""What can stand after the pattern and speaks of all rows."""


class Apart(NamedTuple):
    """What a query needs that may be asked of a few plans at a time.

    Parameters
    ----------
    predicates
        The properties it speaks of; other facts change nothing.
    registers
        Whether it looks into the registers.
    """

    predicates: frozenset[str]
    registers: bool


def asked_apart(sparql: str) -> Apart | None:
    """Say what a query needs to be asked of a few plans at a time; None where it has to be asked of all at once.

    It may, where its pattern is one ``GRAPH ?graph { … }``, with or without some of the registers beside it, and
    each statement in it has a property by name, one of them a property that only plans have.

    Examples
    --------
    >>> asked_apart("SELECT ?a ?b { GRAPH ?g { ?a pw:lead ?b } }").registers
    False
    >>> asked_apart("SELECT ?a ?b { GRAPH ?g { ?a ?any ?b ; pw:lead ?c } }") is None
    True
    """
    try:
        return _Query(sparql).read()
    except (_NotApart, IndexError):
        return None


class _NotApart(Exception):  # noqa: N818 - never seen outside
    """Something that is not known to be right plan by plan."""


class _Query:
    """A query while it is read; whatever is not expected ends it."""

    def __init__(self, sparql: str) -> None:
        tokens = tokens_of(sparql)
        self._prefixes = prefixes_of(tokens, PREFIXES)
        self._tokens = [token for token in tokens if token.kind != "comment"]
        self._at = 0
        self._predicates: set[str] = set()
        self._needed: set[frozenset[str]] = set()
        self._variables: list[str] = []

    def read(self) -> Apart:
        self._read_head()
        graphs: list[str] = []
        registers = False
        self._take("{")
        while self._word() != "}":
            self._take("GRAPH")
            named = self._next()
            if named.kind == "variable":
                graphs.append(named.text[1:])
                self._read_group(needed=True)
            elif iri_of(named, self._prefixes) == REGISTERS_GRAPH:
                registers = True
                self._read_group(needed=False)
            else:
                raise _NotApart
        rest = {token.word for token in self._tokens[self._at + 1 :]}
        one = len(graphs) == 1 and graphs[0] not in self._variables
        in_plans = any(predicates <= ONLY_IN_PLANS for predicates in self._needed)
        if not one or not in_plans or rest & WHOLE or rest - {token.word for token in self._ordering()}:
            raise _NotApart
        return Apart(frozenset(self._predicates), registers)

    def _ordering(self) -> list[Token]:
        """What stands after the pattern, where that is an order."""
        rest = self._tokens[self._at + 1 :]
        return rest if not rest or [token.word for token in rest[:2]] == ["ORDER", "BY"] else []

    def _read_head(self) -> None:
        while self._word() in {"PREFIX", "BASE"}:
            if self._word() == "BASE":
                raise _NotApart
            self._at += 3
        self._take("SELECT")
        if self._word() in {"DISTINCT", "REDUCED"}:
            self._at += 1
        while self._tokens[self._at].kind == "variable":
            self._variables.append(self._next().text[1:])
        if self._word() == "WHERE":
            self._at += 1

    def _next(self) -> Token:
        self._at += 1
        return self._tokens[self._at - 1]

    def _word(self) -> str:
        return self._tokens[self._at].word

    def _take(self, word: str) -> None:
        if self._next().word != word:
            raise _NotApart

    def _read_group(self, *, needed: bool) -> None:
        """Read ``{ … }``; of what is needed for a row, the properties are noted as such."""
        self._take("{")
        while (word := self._word()) != "}":
            if word == ".":
                self._at += 1
            elif word in {"OPTIONAL", "MINUS", "UNION"}:
                self._at += 1
                self._read_group(needed=False)
            elif word == "{":
                self._read_group(needed=False)
            elif word in {"FILTER", "BIND"}:
                self._at += 1
                self._read_expression()
            else:
                self._read_statements(needed=needed)
        self._at += 1

    def _read_expression(self) -> None:
        """Read what stands after FILTER or BIND: words, and brackets with all that is in them."""
        while self._tokens[self._at].kind in {"word", "name", "iri"}:
            if self._next().word == "EXISTS":
                self._read_group(needed=False)
                return
        self._take("(")
        depth = 1
        while depth:
            token = self._tokens[self._at]
            if token.text == "{":
                self._read_group(needed=False)
                continue
            if token.kind == "variable":
                self._variables.append(token.text[1:])
            depth += {"(": 1, ")": -1}.get(token.text, 0)
            self._at += 1

    def _read_statements(self, *, needed: bool) -> None:
        self._read_term()
        while True:
            predicates = self._read_path()
            self._predicates |= predicates
            if needed:
                self._needed.add(predicates)
            self._read_term()
            while self._word() == ",":
                self._at += 1
                self._read_term()
            if self._word() != ";":
                return
            while self._word() == ";":
                self._at += 1
            if self._word() in {".", "}"}:
                return

    def _read_term(self) -> None:
        token = self._next()
        if token.kind == "variable":
            self._variables.append(token.text[1:])
        elif token.kind == "string":
            if self._tokens[self._at].kind == "language":
                self._at += 1
            elif self._word() == "^^":
                self._at += 2
        elif token.kind != "number" and token.word not in {"TRUE", "FALSE"}:
            self._iri(token)

    def _read_path(self) -> frozenset[str]:
        """Read a property, or a path of properties each of which leads on by a statement."""
        found: set[str] = set()
        while True:
            while self._word() in {"^", "("}:
                self._at += 1
            token = self._next()
            found.add(f"{RDF}type" if token.text == "a" else self._iri(token))
            while self._word() in {")", "+"}:
                self._at += 1
            if self._word() not in {"|", "/"}:
                return frozenset(found)
            self._at += 1

    def _iri(self, token: Token) -> str:
        iri = iri_of(token, self._prefixes)
        if iri is None or "\\" in iri:
            raise _NotApart
        return iri
