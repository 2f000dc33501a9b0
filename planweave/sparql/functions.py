"""Functions of planweave's own in SPARQL: how alike two texts are, and the words they have in common.

The process that a query runs in loads this file by its path, beside the one that finds stems; it imports nothing.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FUNCTION", "FUNCTIONS", "LEAST_SHARED", "functions"]

FUNCTION = "https://w3id.org/planweave/function/"
"""What the IRIs of the functions begin with."""

FUNCTIONS = (FUNCTION + "likeness", FUNCTION + "commonWords")

LEAST_SHARED = 3
"""Two texts with fewer words in common are not alike, however short they are."""

REMEMBERED = 200_000


def functions(ox: Any, stems: Any) -> dict[Any, Callable[..., Any]]:  # noqa: ANN401 - pyoxigraph, and what is loaded by path
    """Give the functions by their names, as pyoxigraph takes them.

    ``function:likeness(text, text)`` is the number of meaningful words, in any form, that both have, by the number
    that either has: from 0 to 1, and 0 where fewer than three are shared. ``function:commonWords(text, text)`` gives
    those words, as the first text prints them.

    Parameters
    ----------
    ox
        The module ``pyoxigraph``.
    stems
        Gives the words that count: a :class:`planweave.deriving.stems.Stems`.
    """
    of = lru_cache(REMEMBERED)(stems.of)
    decimal = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")

    def likeness(one: Any, other: Any) -> Any:  # noqa: ANN401 - terms of pyoxigraph
        if not (isinstance(one, ox.Literal) and isinstance(other, ox.Literal)):
            return None
        first, second = of(one.value), of(other.value)
        shared = len(first & second)
        score = round(shared / len(first | second), 2) if shared >= LEAST_SHARED else 0
        return ox.Literal(str(score), datatype=decimal)

    def common_words(one: Any, other: Any) -> Any:  # noqa: ANN401 - as above
        if not (isinstance(one, ox.Literal) and isinstance(other, ox.Literal)):
            return None
        return ox.Literal(", ".join(stems.printed(one.value, of(one.value) & of(other.value))))

    return {ox.NamedNode(name): function for name, function in zip(FUNCTIONS, (likeness, common_words), strict=True)}
