"""The SELECT of an sh:sparql constraint, taken from one focus node in one graph to all of them at once.

SHACL evaluates such a query once for each focus node, with ``$this`` bound beforehand. Here the pattern that
finds the focus nodes is written into the query instead, at the start of each group that could not see
``$this`` otherwise, and the whole is set into ``GRAPH ?plan_graph``. Sub-selects get both of their own,
since a variable that is not selected does not reach into them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from planweave.checking.given import replace_given
from planweave.checking.words import Untranslatable, words_of
from planweave.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planweave.store import Statement

__all__ = ["MARK", "Lifted", "lift"]

MARK: Final = "\ue000"
"""Stands in a query where the graph's variable or IRI goes: a character no query has."""

FORBIDDEN: Final = {
    "MINUS": "SHACL allows no MINUS in a constraint",
    "VALUES": "SHACL allows no VALUES in a constraint",
    "GRAPH": "a shape speaks of one plan's graph and may not name others with GRAPH",
    "$CURRENTSHAPE": "$currentShape is not supported",
    "?CURRENTSHAPE": "?currentShape is not supported",
    "$SHAPESGRAPH": "$shapesGraph is not supported",
    "?SHAPESGRAPH": "?shapesGraph is not supported",
}
THIS: Final = frozenset(("$this", "?this"))
PATH: Final = frozenset(("$PATH", "?PATH"))
NO_SPACE_AFTER: Final = frozenset(("BNODE", "COALESCE", "CONCAT"))
ABSENCE: Final = ("FILTER", "NOT", "EXISTS")
NOT_PLAIN: Final = frozenset(("*", "?", "OPTIONAL", "UNION", "SELECT", "EXISTS"))
AGGREGATES: Final = frozenset(("COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"))


def lift(
    query: str, prefixes: tuple[tuple[str, str], ...], focus: str, path: str | None, given: Sequence[Statement] = ()
) -> Lifted:
    """Write the query that finds for all focus nodes what the constraint's finds for one.

    Parameters
    ----------
    query
        The text of sh:select.
    prefixes
        Prefix and namespace, from sh:declare.
    focus
        A pattern that gives each focus node once, as ``?this``.
    path
        The property path in SPARQL, for ``$PATH``.
    given
        Facts every graph is taken to have.

    Returns
    -------
    A SELECT with ``?plan_graph`` before the variables of the constraint, no row of which comes twice;
    :data:`MARK` stands for the graph.

    Raises
    ------
    QueryError
        If the query is none that SHACL allows.
    Untranslatable
        If it depends on being asked for each focus node.
    """
    tokens = words_of(query)
    for token in tokens:
        if (reason := FORBIDDEN.get(token.upper())) is not None:
            raise QueryError(reason, fix="say it another way")
        if token in PATH and path is None:
            raise QueryError("$PATH stands in the query of a shape without a path", fix="write the property itself")
    for word, variable in pairwise(tokens):
        if word.upper() == "AS" and variable in THIS:
            raise QueryError("$this is bound anew in the query", fix="give the new value another name")
    tokens = _closed_up(replace_given(tokens, dict(prefixes), given))
    tokens = [f"({path})" if token in PATH else token for token in tokens]
    start = next((n for n, token in enumerate(tokens) if token.upper() == "SELECT"), None)
    if start is None:
        raise QueryError("this is no SELECT", fix="begin the query with SELECT")
    lines = [f"PREFIX {prefix}: <{space}>" for prefix, space in prefixes]
    text = "\n".join((*lines, " ".join(tokens[:start]), _Lifting(tokens, focus).select(start, outer=True)))
    selected = tokens[start : tokens.index("{", start)]
    return Lifted(text, frozenset(token[1:] for token in selected if token[0] in "?$"))


def _closed_up(tokens: Sequence[str]) -> list[str]:
    """Join the names of functions to their brackets where the store allows no space between."""
    closed: list[str] = []
    for token in tokens:
        if token == "(" and closed and closed[-1].upper() in NO_SPACE_AFTER:  # noqa: S105 - a bracket, no password
            closed[-1] += token
        else:
            closed.append(token)
    return closed


class Lifted(NamedTuple):
    """A query over all focus nodes, and the variables it selects beside the graph."""

    query: str
    variables: frozenset[str]


def _absences(tokens: Sequence[str]) -> dict[int, int]:
    """Where ``FILTER NOT EXISTS { $this … }`` says the same as MINUS, which looks once instead of for each node.

    It does where nothing but ``$this`` is shared with what stands around it, and the group binds that for
    certain: triples that begin with it, and what is worked out from them. Where each begins → its closing brace.
    """
    found = {}
    for start in range(len(tokens) - len(ABSENCE)):
        opening = start + len(ABSENCE)
        if tuple(token.upper() for token in tokens[start:opening]) != ABSENCE or tokens[opening] != "{":
            continue
        closing = next((at for at in range(opening, len(tokens)) if tokens[at] in {"}", "{"} and at > opening), None)
        inside = tokens[opening + 1 : closing]
        plain = not NOT_PLAIN.intersection(token.upper() for token in inside)
        if closing is not None and tokens[closing] == "}" and inside and inside[0] in THIS and plain:
            found[start] = closing
    inner = {at for start, closing in found.items() for at in range(start, closing)}
    outside = _variables(token for at, token in enumerate(tokens) if at not in inner)
    return {
        start: closing
        for start, closing in found.items()
        if _variables(tokens[start:closing]).isdisjoint(outside - {"this"})
    }


def _variables(tokens: Iterable[str]) -> set[str]:
    return {token[1:] for token in tokens if len(token) > 1 and token[0] in "?$"}


class _Lifting:
    """Walks once over the tokens; ``at`` is where it has come to."""

    def __init__(self, tokens: list[str], focus: str) -> None:
        self._tokens = tokens
        self._focus = focus
        self._at = 0
        self._absences = _absences(tokens)

    def _word(self, at: int) -> str:
        return self._tokens[at].upper() if at < len(self._tokens) else ""

    def select(self, at: int, *, outer: bool) -> str:
        """Rewrite the SELECT that begins here."""
        opening = self._find(at + 1, "{")
        projected = self._tokens[at + 1 : opening]
        if projected and projected[-1].upper() == "WHERE":
            projected.pop()
        how = projected.pop(0) if projected and projected[0].upper() in {"DISTINCT", "REDUCED"} else ""
        if outer:
            how = "DISTINCT"
        if "*" in projected[:1]:
            if outer:
                raise Untranslatable("it selects *")
            raise QueryError("a sub-select of the query selects *", fix="name its variables, $this among them")
        if not THIS.intersection(projected):
            raise QueryError("a SELECT of the query leaves out $this", fix="select $this there")
        body = self._group(opening, insert=True, exists=False)
        closing = self._at
        while self._at < len(self._tokens) and self._tokens[self._at] != "}":
            self._at += 1
        modifiers = self._modifiers(closing, self._at, projected)
        return f"SELECT {how} ?plan_graph {' '.join(projected)} WHERE {{ GRAPH {MARK} {body} }} {modifiers}"

    def _find(self, at: int, sign: str) -> int:
        while at < len(self._tokens) and self._tokens[at] != sign:
            at += 1
        if at == len(self._tokens):
            raise QueryError(f"there is no {sign} after SELECT in the query", fix="mend the query")
        return at

    def _modifiers(self, start: int, end: int, projected: list[str]) -> str:
        """What follows the group; each graph and focus node is a group of its own."""
        tokens = self._tokens[start:end]
        words = [token.upper() for token in tokens]
        if "LIMIT" in words or "OFFSET" in words:
            raise Untranslatable("it limits the answers to each node")
        if "failure" in {token[1:] for token in projected if token[0] in "?$"}:
            raise Untranslatable("it reports failures")
        if "GROUP" in words:
            by = words.index("GROUP") + 2
            return " ".join((*tokens[:by], "?plan_graph ?this", *tokens[by:]))
        if AGGREGATES.intersection(words) or AGGREGATES.intersection(token.upper() for token in projected):
            raise Untranslatable("it counts without GROUP BY")
        return " ".join(tokens)

    def _group(self, opening: int, *, insert: bool, exists: bool) -> str:
        """Rewrite the group that begins here, and move behind its end; all in the body of EXISTS sees $this."""
        self._at = opening + 1
        if self._word(self._at) == "SELECT":
            text = self.select(self._at, outer=False)
            self._at = self._find(self._at, "}") + 1
            return f"{{ {text} }}"
        written = ["{", self._focus] if insert else ["{"]
        while True:
            if self._at >= len(self._tokens):
                raise QueryError("a { of the query is never closed", fix="add the }")
            sign = self._tokens[self._at]
            if self._at in self._absences and not exists:
                opening = self._at + len(ABSENCE)
                self._at = self._absences[self._at] + 1
                written.append(f"MINUS {' '.join(self._tokens[opening : self._at])}")
                continue
            if sign == "{":
                inside = exists or self._word(self._at - 1) == "EXISTS"
                insert = not inside and self._cannot_see_this(self._at)
                written.append(self._group(self._at, insert=insert, exists=inside))
                continue
            written.append(sign)
            self._at += 1
            if sign == "}":
                return " ".join(written)

    def _cannot_see_this(self, opening: int) -> bool:
        """Say whether a group inside another needs the focus nodes of its own.

        The filters of OPTIONAL see what is bound around it; BIND there does not.
        """
        depth, at = 1, opening + 1
        inside: set[str] = set()
        while depth and at < len(self._tokens):
            depth += {"{": 1, "}": -1}.get(self._tokens[at], 0)
            inside.add(self._tokens[at])
            at += 1
        if not THIS & inside:
            return False
        return self._word(opening - 1) != "OPTIONAL" or any(token.upper() == "BIND" for token in inside)
