"""Conditions on what a question is given, taken out of its query and asked of the rows afterwards, by the engine.

``FILTER (?latest < ?date)`` is the same for all actions of one day: what every plan has without it is worked out
beforehand, and the engine is asked only which of the days fulfil it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from planweave.sparql.tokens import Token, tokens_of
from planweave.store import MemoryStore
from planweave.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from planweave.asking.kept import Lines
    from planweave.store import Node

__all__ = ["Conditions", "Split", "split"]

WORDS: Final = re.compile(
    r"FILTER\s*\(\s*CONTAINS\s*\(\s*LCASE\s*\(\s*\?(?P<column>\w+)\s*\)\s*,\s*"
    r"LCASE\s*\(\s*\?(?P<words>\w+)\s*\)\s*\)\s*\)",
    re.IGNORECASE,
)
PLAIN: Final = re.compile(r"[A-Za-z0-9 ,.;:()&-]+")

AT_ONCE: Final = 5_000
"""So many different values are put into one query."""


@dataclass(frozen=True)
class Conditions:
    """What was taken out of a query.

    Parameters
    ----------
    prologue
        Its prefixes.
    text
        The FILTERs, and the BINDs that they need.
    columns
        The columns that they look at.
    given
        What they are given, and the columns that show it.
    """

    prologue: str
    text: str
    columns: tuple[str, ...]
    given: tuple[str, ...]

    def picked(
        self, lines: Collection[bytes] | Lines, columns: Sequence[str], bindings: Mapping[str, Node]
    ) -> Iterator[bytes]:
        """Give the rows that fulfil the conditions, with what was given in their columns.

        The rows are gone through twice.
        """
        places = [columns.index(name) for name in self.columns]
        shown = [columns.index(name) for name in self.given]
        # Two times through the rows, for all of them may not fit into memory.
        likely = self._likely(lines, bindings)
        split_lines = (line.split(b"\t") for line in likely)
        known = self._asked({tuple(cells[place] for place in places) for cells in split_lines}, bindings)
        for line in likely:
            cells = line.split(b"\t")
            values = known.get(tuple(cells[place] for place in places))
            if values is not None:
                for place, value in zip(shown, values, strict=True):
                    cells[place] = value
                yield b"\t".join(cells)

    def _likely(self, lines: Collection[bytes] | Lines, bindings: Mapping[str, Node]) -> Collection[bytes] | Lines:
        """Leave out rows that plainly do not hold the words that are looked for; the engine has the last word.

        A million rows are looked through in seconds here, and in half a minute there.
        """
        match = WORDS.fullmatch(self.text)
        words = bindings[match["words"]].value if match and match["words"] in bindings else ""
        # Every other letter may be written with an escape, or be made small in another way.
        if not PLAIN.fullmatch(words):
            return lines
        words = words.lower()
        return [line for line in lines if words in line.decode().lower()]

    def _asked(
        self, values: Collection[tuple[bytes, ...]], bindings: Mapping[str, Node]
    ) -> dict[tuple[bytes, ...], list[bytes]]:
        """Ask the engine which values fulfil the conditions; give with each how what is given is written."""
        engine = MemoryStore({})
        bound = {name: bindings[name] for name in self.given if name in bindings}
        found: dict[tuple[bytes, ...], list[bytes]] = {}
        rest = iter(values)
        while some := list(islice(rest, AT_ONCE)):
            lines = (f"({n} {' '.join(cell.decode() or 'UNDEF' for cell in row)})" for n, row in enumerate(some))
            names = " ".join(f"?{name}" for name in self.columns)
            given = " ".join(f"?{name}" for name in self.given)
            query = (
                f"{self.prologue}SELECT ?row_ {given} {{ VALUES (?row_ {names}) {{ {' '.join(lines)} }} {self.text} }}"
            )
            for line in engine.table(query, PREFIXES, bound)[1].split(b"\n")[:-1]:
                number, *cells = line.split(b"\t")
                found[some[int(number)]] = cells
        return found


class Split(NamedTuple):
    """A query without some conditions, and the conditions."""

    query: str
    conditions: Conditions


class _Part(NamedTuple):
    """A FILTER or a BIND: where it stands, its variables, and the one that it defines."""

    start: int
    end: int
    variables: frozenset[str]
    defines: str


def split(query: str, given: Collection[str], columns: Collection[str]) -> Split | None:
    """Take out of a query the conditions on what it is given; None where that is not plain.

    The query has to have one GRAPH, with the conditions in it and not in brackets of their own; they may look only
    at columns and at what BINDs make of these.

    Examples
    --------
    >>> parts = split("SELECT ?d ?to { GRAPH ?g { ?a pw:dueLatest ?d . FILTER (?d < ?to) } }", ["to"], ["d", "to"])
    >>> parts.query, parts.conditions.text
    ('SELECT ?d ?to { GRAPH ?g { ?a pw:dueLatest ?d .  } }', 'FILTER (?d < ?to)')
    """
    tokens = [token for token in tokens_of(query) if token.kind != "comment"]
    if sum(token.word == "GRAPH" for token in tokens) != 1 or sum(token.word == "SELECT" for token in tokens) != 1:
        return None
    parts = list(_parts(tokens))
    names = {f"?{name}" for name in given}
    taken = _taken(parts, names, {f"?{name}" for name in columns} - names)
    if not taken:
        return None
    rest, text, at = "", [], 0
    for part in taken:
        rest += query[at : part.start]
        text.append(query[part.start : part.end])
        at = part.end
    rest += query[at:]
    made = {part.defines for part in taken} - {""}
    looked_at = frozenset().union(*(part.variables for part in taken)) - made - names
    if not looked_at or not _stands_alone(rest, names, made):
        return None
    prologue = " ".join(token.text for token in tokens[: next(n for n, t in enumerate(tokens) if t.word == "SELECT")])
    conditions = Conditions(
        prologue=f"{prologue} ",
        text=" ".join(text),
        columns=tuple(sorted(name[1:] for name in looked_at)),
        given=tuple(name for name in columns if f"?{name}" in names),
    )
    return Split(rest, conditions)


def _stands_alone(rest: str, names: Collection[str], made: Collection[str]) -> bool:
    """Say whether nothing that is left depends on what was taken out: what is given is shown, and no more."""
    braces = brackets = 0
    for token in tokens_of(rest):
        if token.kind == "variable":
            if token.text in made or token.text.startswith("$"):
                return False
            if token.text in names and (braces or brackets):
                return False
        elif token.kind != "comment":
            braces += {"{": 1, "}": -1}.get(token.text, 0)
            brackets += {"(": 1, ")": -1}.get(token.text, 0)
    return True


def _taken(parts: Sequence[_Part], names: set[str], columns: set[str]) -> list[_Part]:
    """What depends on the names, and the BINDs that it needs for more than columns; none where that is not all."""
    depending = set(names)
    taken: set[_Part] = set()
    while True:
        more = {part for part in parts if part.variables & depending} - taken
        missing = set().union(*(part.variables - {part.defines} for part in taken | more)) - columns - depending
        makers = {part for part in parts if part.defines in missing} - taken
        if missing - {part.defines for part in makers | taken}:
            return []
        if not more and not makers:
            return sorted(taken)
        taken |= more | makers
        depending |= {part.defines for part in more} - {""}


def _parts(tokens: Sequence[Token]) -> Iterator[_Part]:
    """Find the FILTERs and BINDs that stand in the GRAPH itself."""
    inside: list[bool] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if inside == [False, True] and token.word in {"FILTER", "BIND"}:
            end = at
            while tokens[end].text not in {"(", "{"}:
                end += 1
            if tokens[end].text == "(" and "EXISTS" not in {one.word for one in tokens[at:end]}:
                end = _end(tokens, end)
                words = tokens[at : end + 1]
                if "EXISTS" not in {one.word for one in words}:
                    variables = frozenset(one.text for one in words if one.kind == "variable")
                    defines = tokens[end - 1].text if token.word == "BIND" else ""
                    yield _Part(token.start, tokens[end].start + 1, variables, defines)
                at = end
        elif token.text == "{":
            inside.append(tokens[at - 2].word == "GRAPH")
        elif token.text == "}":
            inside.pop()
        at += 1


def _end(tokens: Sequence[Token], at: int) -> int:
    """Give the parenthesis that closes one."""
    depth = 0
    while True:
        depth += {"(": 1, ")": -1}.get(tokens[at].text, 0)
        if not depth:
            return at
        at += 1
