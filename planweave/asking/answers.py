"""The answer to a question: its rows as typed terms, and how it is shown, taken further and written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from planweave.asking.terms import NUMBERS, YES, node_of, readable, value_of
from planweave.errors import NotFound, PlanweaveError
from planweave.notebook import html_table

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator

    from rich.table import Table

    from planweave.asking.kept import Kind, Lines, Run
    from planweave.store import Node

__all__ = ["About", "Answer", "Row"]

MOST_IN_NOTEBOOK: Final = 200
FIRST: Final = 20
TRIPLE: Final = re.compile(rb"(<[^>]*>|_:\S+) (<[^>]*>) (.+) \.")


@dataclass(frozen=True)
class About:
    """What was asked: a title, the question in words, the SPARQL, what has to be said with the answer, what was given.

    Examples
    --------
    >>> About("Actions with no lead", given=(("plan", "northmoor"), ("months", "6"))).given_words
    'plan: northmoor; months: 6'
    """

    title: str = ""
    text: str = ""
    sparql: str = ""
    notices: tuple[str, ...] = ()
    given: tuple[tuple[str, str], ...] = ()

    @property
    def given_words(self) -> str:
        """What the question was given, in a line, so that the answer of one plan is not taken for that of all."""
        return "; ".join(f"{name}: {value}" for name, value in self.given)


class Row(Mapping[str, "Node | None"]):
    """One row of an answer: column → term, None where there is no value.

    A column is also an attribute: ``row["ref"]`` and ``row.ref`` are the same.
    """

    __slots__ = ("_columns", "_terms")

    def __init__(self, columns: tuple[str, ...], terms: tuple[Node | None, ...]) -> None:
        self._columns, self._terms = columns, terms

    def __getitem__(self, column: str) -> Node | None:
        try:
            return self._terms[self._columns.index(column)]
        except ValueError:
            raise KeyError(column) from None

    def __getattr__(self, column: str) -> Node | None:
        if column.startswith("_") or column not in self._columns:
            raise AttributeError(column)
        return self[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)

    def __repr__(self) -> str:
        return f"Row({', '.join(f'{name}={readable(node)!r}' for name, node in self.items())})"


class Answer:
    """A whole answer, to iterate over, to show and to write; its rows are read as often as they are asked for.

    Made by :func:`planweave.asking.answering.answer_query`.

    Parameters
    ----------
    run
        What the engine gave.
    about
        What was asked.
    order
        In which order the columns are wanted; the engine has those of ``SELECT *`` in alphabetical order.

    Attributes
    ----------
    kind
        ``"select"``; ``"ask"``, with one row that says yes or no; or ``"graph"``, whose rows are triples.
    columns
        The names of the columns.
    about
        What was asked.
    seconds
        How long it took.
    """

    def __init__(self, run: Run, about: About, order: tuple[str, ...] = ()) -> None:
        self.kind: Kind = run.kind
        wanted = tuple(name for name in order if name in run.columns)
        self.columns: tuple[str, ...] = wanted if len(wanted) == len(run.columns) else run.columns
        self._places = [run.columns.index(name) for name in self.columns]
        self.lines: Lines = run.lines
        self.about = about
        self.seconds = run.seconds

    def notice(self, sentence: str | None) -> None:
        """Add what has to be said with the answer."""
        if sentence is not None:
            self.about = replace(self.about, notices=(*self.about.notices, sentence))

    def rows(self) -> Iterator[tuple[Node | None, ...]]:
        """Go through the rows as plain tuples of terms, in the order of the columns."""
        if self.kind == "graph":
            for line in self.lines:
                match = TRIPLE.fullmatch(line)
                yield tuple(map(node_of, match.groups() if match else ()))
            return
        for cells in self.cells():
            yield tuple(map(node_of, cells))

    def part(self, start: int, count: int) -> Iterator[tuple[Node | None, ...]]:
        """Go through some rows of a table from one on, without reading those before."""
        for cells in self._cells(self.lines.part(start, count)):
            yield tuple(map(node_of, cells))

    def cells(self) -> Iterator[list[bytes]]:
        """Go through the rows of a table as the engine wrote them, cell by cell in the order of the columns."""
        return self._cells(self.lines)

    def _cells(self, lines: Iterable[bytes]) -> Iterator[list[bytes]]:
        for line in lines:
            cells = line.split(b"\t")
            yield [cells[place] for place in self._places]

    def readable_rows(self) -> Iterator[tuple[str, ...]]:
        """Go through the rows as people read them: ids and words in the place of planweave's IRIs."""
        return (tuple(map(readable, row)) for row in self.rows())

    @property
    def boolean(self) -> bool | None:
        """What an ASK says; None for any other answer."""
        return next(self.rows())[0] == YES if self.kind == "ask" else None

    @property
    def count(self) -> str:
        """How much there is, in words."""
        if self.kind == "ask":
            return "yes" if self.boolean else "no"
        thing = "triple" if self.kind == "graph" else "row"
        return f"{len(self):,} {thing}{'' if len(self) == 1 else 's'}"

    @property
    def numeric(self) -> frozenset[str]:
        """The columns of numbers, as far as the first rows show."""
        first = list(islice(self.rows(), FIRST))
        by_column = zip(*first, strict=True) if first else ()
        kinds = ([node.datatype for node in nodes if node] for nodes in by_column)
        return frozenset(name for name, of in zip(self.columns, kinds, strict=False) if of and NUMBERS.issuperset(of))

    def __iter__(self) -> Iterator[Row]:
        return (Row(self.columns, row) for row in self.rows())

    def __len__(self) -> int:
        return len(self.lines)

    def __bool__(self) -> bool:
        return bool(self.boolean) if self.kind == "ask" else len(self) > 0

    def __repr__(self) -> str:
        return f"<planweave answer{': ' if self.about.title else ''}{self.about.title}: {self.count}>"

    def table(self, most: int | None = None, width: int = 0) -> Table:
        """Give the answer as a table for the terminal.

        Parameters
        ----------
        most
            How many rows are shown; the last line says how many are not. None shows all.
        width
            How many characters a line has: words are kept whole where they can be.
        """
        from planweave.showing import answer_table  # noqa: PLC0415 - a script needs no terminal

        return answer_table(self.columns, self.readable_rows(), len(self), numeric=self.numeric, most=most, width=width)

    def write_to(self, out: BinaryIO, format_: str) -> None:
        """Write the answer to an open binary stream.

        Parameters
        ----------
        out
            It is left open.
        format_
            ``"csv"``, ``"tsv"``, ``"json"``, ``"xml"`` or ``"md"``; of a graph ``"ttl"``, ``"nt"`` or ``"jsonld"``.

        Raises
        ------
        NotFound
            If there is no such format for an answer of this kind.
        """
        from planweave.asking.formats import write_answer  # noqa: PLC0415 - what is shown is often not written

        write_answer(self, out, format_)

    def write(self, path: str | os.PathLike[str]) -> Path:
        """Write the answer to a file, whose suffix decides the format.

        Parameters
        ----------
        path
            Ends in .csv, .tsv, .json, .xml, .md, .xlsx or .html; of a graph in .ttl, .nt or .jsonld.

        Returns
        -------
        The path that was written.

        Raises
        ------
        NotFound
            If there is no such format for an answer of this kind.
        PlanweaveError
            If the file cannot be written; what was there before is untouched.
        """
        from planweave.asking.files import write_file  # noqa: PLC0415 - as above

        return write_file(self, Path(path))

    def to_csv(self, path: str | os.PathLike[str]) -> Path:
        """Write the rows to a CSV file, whatever its name ends in.

        Raises
        ------
        PlanweaveError
            If the file cannot be written, or the answer is a graph.
        """
        from planweave.asking.files import write_file  # noqa: PLC0415 - as above

        return write_file(self, Path(path), "csv")

    def to_pandas(self) -> Any:  # noqa: ANN401 - pandas is there or not
        """Give the rows as a pandas DataFrame: numbers, days and truth as such, IRIs and all else as text.

        Raises
        ------
        PlanweaveError
            If pandas is not installed.
        """
        try:
            import pandas as pd  # type: ignore[import-not-found,import-untyped,unused-ignore] # noqa: PLC0415 - not a dependency
        except ImportError as error:
            raise PlanweaveError("pandas is not installed", fix="run pip install pandas, or use to_csv") from error
        rows = [tuple(map(value_of, row)) for row in self.rows()]
        return pd.DataFrame(rows, columns=list(self.columns))

    def _repr_html_(self) -> str:
        shown: list[tuple[str, ...]] = []
        for row in self.readable_rows():
            if len(shown) == MOST_IN_NOTEBOOK:
                shown.append((f"… and {len(self) - MOST_IN_NOTEBOOK:,} more",))
                break
            shown.append(row)
        asked = " – ".join(filter(None, (self.about.title, self.about.given_words)))
        told = f"{asked}: {self.count}." if asked else f"{self.count}."
        return html_table(self.columns, shown, " ".join((told, *self.about.notices)))

    def check_format(self, format_: str, known: Mapping[str, tuple[str, ...]]) -> None:
        """Raise NotFound unless an answer of this kind can be written so; ``known`` is kind → formats."""
        formats = known[self.kind]
        if format_ not in formats:
            thing = {"graph": "a graph", "ask": "yes or no", "select": "a table"}[self.kind]
            raise NotFound(
                f"the answer is {thing}, and {format_!r} is no format of it", fix=f"use {', '.join(formats)}"
            )
