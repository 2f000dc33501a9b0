"""An answer that is made of rows instead of a query, so that it is shown and written like any other."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from planweave.asking.answers import Answer
from planweave.asking.kept import Lines, Run
from planweave.asking.terms import term

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planweave.asking.answers import About

__all__ = ["answer_of", "graph_of"]


def answer_of(columns: Sequence[str], rows: Iterable[Sequence[object]], about: About) -> Answer:
    r"""Make an answer of rows.

    Parameters
    ----------
    columns
        The names of the columns.
    rows
        Values of Python's or terms, one a column; None and empty text are no value.
    about
        What was asked.

    Examples
    --------
    >>> from planweave.asking.answers import About
    >>> list(answer_of(["n", "text"], [(1, "a\tb"), (2, None)], About()).readable_rows())
    [('1', 'a\tb'), ('2', '')]
    """
    lines = ["\t".join("" if value is None or value == "" else str(term(value)) for value in row) for row in rows]
    written = io.BytesIO("".join(f"{line}\n" for line in lines).encode())
    return Answer(Run("select", tuple(columns), Lines(written, 0, len(lines)), 0.0), about)


def graph_of(triples: Iterable[bytes], about: About) -> Answer:
    r"""Make an answer that is a graph of its lines as N-Triples, without their ends.

    Examples
    --------
    >>> from planweave.asking.answers import About
    >>> graph_of([b"<urn:a> <urn:b> <urn:c> ."], About()).count
    '1 triple'
    """
    lines = list(triples)
    written = io.BytesIO(b"".join(line + b"\n" for line in lines))
    return Answer(Run("graph", ("subject", "predicate", "object"), Lines(written, 0, len(lines)), 0.0), about)
