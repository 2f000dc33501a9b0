"""The variables of a query that nothing gives a value: a column of them is empty, and a test of them fails."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from planweave.asking.grammar import Branch

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from planweave.sparql.tokens import Token

__all__ = ["Unbound", "unbound"]

GIVING: Final = frozenset(("Triples", "VarOrIri", "Data"))
"""The rules in which a variable gets a value."""

USING: Final = frozenset(("Expression", "Ordering", "Template"))
"""The rules in which a variable needs to have one."""


class Unbound(NamedTuple):
    """A variable without a value where it stands, and the variables that have one there."""

    token: Token
    given: tuple[str, ...]


def unbound(query: Branch, values: Collection[str] = ()) -> list[Unbound]:
    """Find the variables of a query that nothing in it gives a value; each once, in their order.

    Parameters
    ----------
    query
        The query, as its rules.
    values
        The names of variables that are given a value with the query.

    Examples
    --------
    >>> from planweave.asking.grammar import tree_of
    >>> from planweave.sparql.tokens import tokens_of
    >>> query = "SELECT ?action { ?action pw:due ?date FILTER (?dat > 5) }"
    >>> [(found.token.text, found.given) for found in unbound(tree_of(tokens_of(query)))]
    [('?dat', ('?action', '?date'))]
    """
    scope = _Scope(frozenset(f"?{name}" for name in values))
    scope.walk(query)
    found: dict[str, Unbound] = {}
    for one in sorted(scope.unbound(), key=lambda one: one.token.start):
        found.setdefault(_name(one.token), one)
    return list(found.values())


def _name(token: Token) -> str:
    return f"?{token.text[1:]}"


@dataclass
class _Scope:
    """What one SELECT sees: of a SELECT within it no more than what that one selects."""

    outside: frozenset[str] = frozenset()
    given: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    """What has a value in an EXISTS or a MINUS only: it can be used there, and not be selected."""
    selected: list[Token] = field(default_factory=list)
    used: list[Token] = field(default_factory=list)
    inner: list[tuple[_Scope, bool]] = field(default_factory=list)
    selects_all: bool = False

    def walk(self, branch: Branch, rule: str = "", *, hidden: bool = False) -> None:
        """Take what stands in a branch; ``rule`` is the rule further up that says what variables do here."""
        before = ""
        for part in branch.parts:
            if isinstance(part, Branch):
                self._step(branch, part, rule, hidden=hidden or before in {"EXISTS", "MINUS"})
            elif part.kind == "variable":
                self._take(branch.rule, part, rule, before, hidden=hidden)
            elif part.text == "*" and branch.rule in {"SelectList", "Describe"}:
                self.selects_all = True
            before = "" if isinstance(part, Branch) else part.word

    def _step(self, branch: Branch, part: Branch, rule: str, *, hidden: bool) -> None:
        if part.rule == "SubSelect":
            scope = _Scope(self.outside)
            scope.walk(part)
            self.inner.append((scope, hidden))
            seen = scope.given if scope.selects_all else {*map(_name, scope.selected)} | scope.given & _named(part)
            (self.hidden if hidden else self.given).update(seen)
            return
        inside = part.rule if part.rule in GIVING | USING else "" if part.rule == "Group" else rule
        if part.rule == "Template" and not any(isinstance(one, Branch) and one.rule == "Where" for one in branch.parts):
            # CONSTRUCT WHERE: the template is the pattern.
            inside = "Triples"
        elif part.rule == "Triples" and rule == "Template":
            inside = rule
        self.walk(part, inside, hidden=hidden)

    def _take(self, here: str, token: Token, rule: str, before: str, *, hidden: bool) -> None:
        if here in {"SelectList", "Describe"}:
            self.selected.append(token)
        elif before == "AS" or rule in GIVING:
            (self.hidden if hidden else self.given).add(_name(token))
        else:
            self.used.append(token)

    def unbound(self, around: frozenset[str] = frozenset()) -> Iterator[Unbound]:
        """Give what has no value, here and in the SELECTs within."""
        seen = self.given | self.outside
        for token in self.selected:
            if _name(token) not in seen:
                yield Unbound(token, tuple(sorted(self.given)))
        usable = seen | self.hidden | around
        for token in self.used:
            if _name(token) not in usable:
                yield Unbound(token, tuple(sorted(self.given | self.hidden)))
        for scope, hidden in self.inner:
            # What stands around an EXISTS has a value in it.
            yield from scope.unbound(frozenset(usable) if hidden else frozenset())


def _named(select: Branch) -> set[str]:
    """Give the names after AS in what is selected."""
    chosen = next(part for part in select.parts if isinstance(part, Branch) and part.rule == "SelectList")
    named = [part for part in chosen.parts if isinstance(part, Branch)]
    return {
        _name(part) for one in named for part in one.parts if not isinstance(part, Branch) and part.kind == "variable"
    }
