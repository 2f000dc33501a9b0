"""A query with the values it was asked with written into it, to be read, changed and asked again elsewhere.

planweave itself hands values over as terms, and never writes them into a query; what is made here is for people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planweave.sparql.tokens import tokens_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planweave.sparql.tokens import Token
    from planweave.store import Node

__all__ = ["spelled_out"]


class _Group(NamedTuple):
    """Braces of a query: where what is in them begins, and the variables that stand in them and in no inner ones."""

    start: int
    names: set[str]


def spelled_out(query: str, values: Mapping[str, Node]) -> str:
    """Give a query that says in itself what it was asked with: ``VALUES ?plan { … }`` wherever it looks at that.

    The rows are those of the query that is given the values.

    Examples
    --------
    >>> from planweave.store import Node
    >>> print(spelled_out("SELECT ?n { ?a :b ?n . FILTER (?n > ?least) }", {"least": Node("2", "literal", "")}))
    SELECT ?n { VALUES ?least { "2" } ?a :b ?n . FILTER (?n > ?least) }
    """
    if not values:
        return query
    pieces, at = [], 0
    for group in sorted(_groups([token for token in tokens_of(query) if token.kind != "comment"])):
        said = [f"VALUES ?{name} {{ {node} }}" for name, node in values.items() if name in group.names]
        if not said:
            continue
        pieces.append(query[at : group.start])
        line = query.rfind("\n", 0, group.start) + 1
        first = query[line : group.start]
        indent = " " * (len(first) - len(first.lstrip()) + 2)
        breaks = query[group.start : group.start + 1] in {"\n", "\r"}
        pieces.append("".join(f"\n{indent}{one}" for one in said) if breaks else f" {' '.join(said)}")
        at = group.start
    return "".join((*pieces, query[at:]))


def _groups(tokens: Sequence[Token]) -> list[_Group]:
    """Find the groups of patterns; data after VALUES, and braces around a SELECT, are none."""
    found: list[_Group] = []
    open_: list[_Group | None] = []
    selected: set[str] = set()
    for place, token in enumerate(tokens):
        if token.text == "{":
            own = None
            if not _is_data(tokens, place) and tokens[place + 1].word != "SELECT":
                own = _Group(token.start + 1, set())
                found.append(own)
                if not any(open_):
                    own.names.update(selected)
            open_.append(own)
        elif token.text == "}":
            open_.pop()
        elif token.kind == "variable":
            name = token.text[1:]
            if not open_:
                # What is selected has to have its value in the outermost group, however deep it is looked at.
                selected.add(name)
            elif open_[-1] is not None:
                open_[-1].names.add(name)
    return found


def _is_data(tokens: Sequence[Token], place: int) -> bool:
    """Say whether braces hold the data of VALUES: one variable, or several in brackets, stand before them."""
    before = place - 1
    if tokens[before].text == ")":
        while tokens[before].text != "(":
            before -= 1
    return tokens[before - 1].word == "VALUES"
