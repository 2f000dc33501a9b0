"""Whether a question can be asked plan by plan: when the answer of all plans is those of each, put together.

It is so where all that a row is made of stands in one plan's graph and in the registers. What is not plainly of that
form is taken for a question to the whole graph: that costs time, and the other mistake would be a wrong answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from planweave.sparql.tokens import Token, iri_of, prefixes_of, tokens_of
from planweave.terms import ONTOLOGY_GRAPH, PREFIXES, PW, REGISTERS_GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ByPlan", "Key", "by_plan", "graphs_named"]

PLAN: Final = "?plan"
SHARED: Final = frozenset({REGISTERS_GRAPH, ONTOLOGY_GRAPH})
AGGREGATES: Final = frozenset(("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"))
REFUSED: Final = frozenset(
    ("FROM", "LIMIT", "OFFSET", "REDUCED", "RAND", "NOW", "UUID", "STRUUID", "BNODE", "CONSTRUCT", "DESCRIBE", "ASK")
)
"""Words that look at an answer as a whole, or give something else each time."""

PLAN_ORDER: Final = ("STRAFTER", "(", "STR", "(", PLAN, ")", ",", '"/plan/"', ")")
"""How rows are sorted by plan; the order is that of the plans' names as IRIs have them."""

PATHS: Final = frozenset("|/^!(")
"""What stands before the name of a property that is only a part of a path."""

BRACKETS: Final = {"{": "}", "(": ")", "[": "]"}


class Key(NamedTuple):
    """A column that rows are sorted by before they are sorted by plan."""

    column: str
    descending: bool


@dataclass(frozen=True)
class ByPlan:
    """How the answers of single plans are put together.

    Parameters
    ----------
    keys
        What rows are sorted by before the plan; rows of one plan come sorted.
    fixed
        The columns that are nothing but the value of a triple: to be asked for one value of theirs is to be given
        the rows that have it.
    registers
        Whether the registers are looked at too.
    """

    keys: tuple[Key, ...]
    fixed: frozenset[str]
    registers: bool


class _NotByPlanError(Exception):
    """The query is not plainly of that form."""


def by_plan(query: str) -> ByPlan | None:
    """Say how a query can be asked plan by plan, or None where that is not plain.

    Every pattern has to stand in ``GRAPH ?graph``, with one variable for all of them, or in a graph that all plans
    share; ``?graph`` has to be a plan's, by ``?plan a pw:Plan`` or ``pw:plan ?plan``; where rows are put together,
    it is by plan; and the rows are sorted by the plan at some place.

    Examples
    --------
    >>> query = "SELECT ?plan ?a { GRAPH ?g { ?plan a pw:Plan . ?a pw:flag ?f } } ORDER BY STRAFTER(STR(?plan), '/')"
    >>> by_plan(query) is None
    True
    >>> by_plan(query.replace("'/'", '"/plan/"')).keys
    ()
    """
    tokens = [token for token in tokens_of(query) if token.kind != "comment"]
    try:
        return _Query(tokens).checked()
    except (_NotByPlanError, IndexError, StopIteration):
        return None


def graphs_named(query: str) -> frozenset[str] | None:
    """Give the IRIs of the graphs that a query looks at, or None where it may look at others.

    Every pattern has to stand in ``GRAPH <…> { … }`` at the top of the WHERE, beside nothing but FILTER and BIND.

    Examples
    --------
    >>> sorted(graphs_named("SELECT ?s { GRAPH <urn:b> { ?s ?p ?o } FILTER (?s != ?o) GRAPH <urn:a> { ?o ?p ?q } }"))
    ['urn:a', 'urn:b']
    >>> graphs_named("SELECT ?s { GRAPH ?g { ?s ?p ?o } }")
    """
    tokens = [token for token in tokens_of(query) if token.kind != "comment"]
    try:
        return _Query(tokens).graphs()
    except (_NotByPlanError, IndexError, StopIteration):
        return None


def _need(condition: object) -> None:
    if not condition:
        raise _NotByPlanError


class _Query:
    def __init__(self, tokens: list[Token]) -> None:
        self._prefixes = prefixes_of(tokens, PREFIXES)
        self._tokens = tokens
        self._graph = ""
        self._registers = False

    def checked(self) -> ByPlan:
        words = {token.word for token in self._tokens if token.kind == "word"}
        _need(not words & REFUSED)
        _need(not any(token.kind == "variable" and token.text.startswith("$") for token in self._tokens))
        start = next(number for number, token in enumerate(self._tokens) if token.word == "SELECT")
        _need(self._tokens[start + 1].word != "DISTINCT")
        opening, closing = self._where(start, len(self._tokens))
        columns = self._selected(start + 1, opening)
        _need(PLAN in columns)
        _need(self._group(opening + 1, closing))
        after = closing + 1
        ordered = next(n for n in range(after, len(self._tokens)) if self._tokens[n].word == "ORDER")
        self._check_grouping(start + 1, opening, after, ordered, {PLAN})
        keys = tuple(self._keys(ordered + 2))
        _need({f"?{key.column}" for key in keys} <= set(columns))
        fixed = frozenset(name[1:] for name in columns if self._is_fixed(name, opening, closing, after, ordered))
        return ByPlan(keys, fixed, self._registers)

    def graphs(self) -> frozenset[str]:
        words = {token.word for token in self._tokens if token.kind == "word"}
        _need(not words & {"FROM", "CONSTRUCT", "DESCRIBE", "ASK", "EXISTS", "SERVICE"})
        start = next(number for number, token in enumerate(self._tokens) if token.word == "SELECT")
        at, closing = self._where(start, len(self._tokens))
        _need(not {"{", "}"} & {token.text for token in self._tokens[closing + 1 :]})
        found = set()
        at += 1
        while at < closing:
            token = self._tokens[at]
            if token.word == "GRAPH":
                name, opening = self._iri(self._tokens[at + 1]), at + 2
                _need(name is not None and self._tokens[opening].text == "{")
                at = self._end(opening)
                inside = {one.word for one in self._tokens[opening:at] if one.kind == "word"}
                _need(not inside & {"GRAPH", "SELECT"})
                found.add(str(name))
            elif token.word in {"FILTER", "BIND"}:
                _need(self._tokens[at + 1].text == "(")
                at = self._end(at + 1)
            else:
                _need(token.text == ".")
            at += 1
        _need(found)
        return frozenset(found)

    def _where(self, start: int, end: int) -> tuple[int, int]:
        """Find the group of a SELECT: its first brace outside parentheses, and the one that closes it."""
        at = start
        while self._tokens[at].text != "{":
            at = self._end(at) + 1 if self._tokens[at].text == "(" else at + 1
        closing = self._end(at)
        _need(closing < end)
        return at, closing

    def _end(self, at: int) -> int:
        """Give the bracket that closes one."""
        open_, close = self._tokens[at].text, BRACKETS[self._tokens[at].text]
        depth = 0
        while True:
            depth += {open_: 1, close: -1}.get(self._tokens[at].text, 0)
            if not depth:
                return at
            at += 1

    def _selected(self, at: int, end: int) -> list[str]:
        """Give the variables of a SELECT: those that stand by themselves, and those after AS."""
        found = []
        while at < end:
            token = self._tokens[at]
            if token.text == "(":
                closing = self._end(at)
                _need(self._tokens[closing - 2].word == "AS")
                _need(self._tokens[closing - 1].text != PLAN)
                found.append(self._tokens[closing - 1].text)
                at = closing
            elif token.kind == "variable":
                found.append(token.text)
            else:
                _need(token.word in {"WHERE", "DISTINCT"})
            at += 1
        return found

    def _check_grouping(self, select: int, where: int, after: int, end: int, needed: set[str]) -> None:
        """Where rows are put together, each stays within a plan."""
        rest = [token.word for token in self._tokens[after:end]]
        _need("EXISTS" not in rest)
        _need("VALUES" not in rest)
        aggregated = AGGREGATES & {token.word for token in self._tokens[select:where]}
        if "GROUP" not in rest:
            _need(not rest)
            _need(not aggregated)
            return
        _need(rest[:2] == ["GROUP", "BY"])
        grouped = set()
        for token in self._tokens[after + 2 : end]:
            if token.word == "HAVING":
                break
            _need(token.kind == "variable")
            grouped.add(token.text)
        _need(needed <= grouped)

    def _keys(self, at: int) -> Iterator[Key]:
        """Give what rows are sorted by before the plan."""
        while True:
            token = self._tokens[at]
            if tuple(one.text for one in self._tokens[at : at + len(PLAN_ORDER)]) == PLAN_ORDER:
                return
            if token.kind == "variable":
                yield Key(token.text[1:], descending=False)
                at += 1
            else:
                _need(token.word in {"ASC", "DESC"})
                _need(self._tokens[at + 2].kind == "variable")
                _need(self._tokens[at + 3].text == ")")
                yield Key(self._tokens[at + 2].text[1:], descending=token.word == "DESC")
                at += 4

    def _group(self, at: int, end: int) -> bool:
        """Check a group outside GRAPH; say whether every solution of it is of one plan's graph."""
        anchored = False
        exists = False
        while at < end:
            token = self._tokens[at]
            if token.word == "GRAPH":
                opening, closing = at + 2, self._end(at + 2)
                anchored |= self._in_graph(self._tokens[at + 1], opening, closing)
            elif token.text == "{":
                opening, closing = at, self._end(at)
                found = self._sub_group(opening, closing)
                while self._tokens[closing + 1].word == "UNION":
                    opening, closing = closing + 2, self._end(closing + 2)
                    found &= self._sub_group(opening, closing)
                anchored |= found
            elif token.word in {"OPTIONAL", "MINUS"}:
                closing = self._end(at + 1)
                self._sub_group(at + 1, closing)
            elif token.word == "FILTER":
                closing = self._filter(at + 1)
                exists |= self._tokens[closing].text == "}"
            elif token.word == "BIND":
                closing = self._end(at + 1)
                _need("EXISTS" not in {one.word for one in self._tokens[at:closing]})
            elif token.word == "VALUES":
                opening = next(n for n in range(at, end) if self._tokens[n].text == "{")
                closing = self._end(opening)
            else:
                _need(token.text == ".")
                closing = at
            at = closing + 1
        # What is looked for in EXISTS is looked for in the graph of the row, if the row has one.
        _need(anchored or not exists)
        return anchored

    def _filter(self, at: int) -> int:
        """Check a FILTER outside GRAPH, and give its last token."""
        words = [token.word for token in self._tokens[at : at + 2]]
        if "EXISTS" in words:
            opening = at + words.index("EXISTS") + 1
            closing = self._end(opening)
            self._group(opening + 1, closing)
            return closing
        opening = at if self._tokens[at].text == "(" else at + 1
        _need(self._tokens[opening].text == "(")
        closing = self._end(opening)
        _need("EXISTS" not in {token.word for token in self._tokens[opening:closing]})
        return closing

    def _sub_group(self, opening: int, closing: int) -> bool:
        """Check a group in braces, which may be a query of its own."""
        _need(self._tokens[opening].text == "{")
        if self._tokens[opening + 1].word != "SELECT":
            return self._group(opening + 1, closing)
        where, end = self._where(opening + 1, closing)
        selected = set(self._selected(opening + 2, where))
        _need(self._group(where + 1, end))
        _need({PLAN, self._graph} <= selected)
        self._check_grouping(opening + 2, where, end + 1, closing, {PLAN, self._graph})
        return True

    def _in_graph(self, name: Token, opening: int, closing: int) -> bool:
        """Check a GRAPH; say whether its graph is a plan's."""
        _need(self._tokens[opening].text == "{")
        inside = self._tokens[opening + 1 : closing]
        _need(not {"GRAPH", "SELECT"} & {token.word for token in inside if token.kind == "word"})
        if name.kind != "variable":
            _need(iri_of(name, self._prefixes) in SHARED)
            self._registers = True
            return False
        _need(self._graph in {"", name.text})
        # The graph itself is not looked at as a value: ?graph is the plan's, and no more is made of it.
        self._graph = name.text
        return self._is_of_plan(opening + 1, closing)

    def _is_of_plan(self, at: int, end: int) -> bool:
        """Say whether a group has, of itself, a pattern that only a plan's graph has, and that gives the plan."""
        while at < end:
            first, second, third = (self._tokens[n] for n in (at, at + 1, at + 2))
            if first.text in BRACKETS:
                at = self._end(at)
            is_plan = (first.text, second.text, self._iri(third)) == (PLAN, "a", PW + "Plan")
            has_plan = (self._iri(first), second.text) == (PW + "plan", PLAN)
            if is_plan or (has_plan and self._tokens[at - 1].text not in PATHS):
                return True
            at += 1
        return False

    def _iri(self, token: Token) -> str | None:
        return iri_of(token, self._prefixes)

    def _is_fixed(self, name: str, opening: int, closing: int, after: int, ordered: int) -> bool:
        """Say whether a column has the value of a triple that every row needs, and no other use than to be compared."""
        places = [n for n in range(opening, closing) if self._tokens[n].text == name]
        grouping = [token.text for token in self._tokens[after:ordered]]
        if name in {PLAN, self._graph} or not places or (grouping and name not in grouping):
            return False
        # After a property, not in brackets of any kind but those of one GRAPH at the top; to compare it in
        # a FILTER there changes nothing, for it has its value by then.
        required = [
            self._depth(opening, n) == [self._graph]
            and self._tokens[n - 1].kind in {"name", "variable"}
            and self._tokens[n - 2].text not in PATHS
            for n in places
        ]
        return any(required) and all(
            is_required or self._is_compared(self._depth(opening, n))
            for n, is_required in zip(places, required, strict=True)
        )

    def _is_compared(self, depth: list[str]) -> bool:
        """Say whether a place is in a FILTER that stands in the GRAPH itself, and in no EXISTS."""
        return depth[:2] == [self._graph, "FILTER"] and "EXISTS" not in {word.upper() for word in depth}

    def _depth(self, opening: int, place: int) -> list[str]:
        """Give what stands before each bracket that is open at a place, within the WHERE."""
        found: list[str] = []
        for n in range(opening + 1, place):
            text = self._tokens[n].text
            if text in BRACKETS:
                found.append(self._tokens[n - 1].text)
            elif text in BRACKETS.values():
                found.pop()
        return found
