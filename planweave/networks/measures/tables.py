"""The results of measuring: single figures, a table of nodes, a table of edges; each value says what it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import datetime as dt

__all__ = ["Column", "Figure", "Measures", "Table", "Value"]

Value: TypeAlias = "str | int | float | None"


@dataclass(frozen=True)
class Figure:
    """One number of a whole network.

    Parameters
    ----------
    name, title
        Its name for programs, and what it is called.
    value
        The number, None where there is none.
    definition
        What it is, in words a reader can check.
    note
        Which ones are counted, or how it was worked out here; can be empty.
    """

    name: str
    title: str
    value: Value
    definition: str
    note: str = ""


@dataclass(frozen=True)
class Column:
    """A column of a table: its name for programs, what it is called, and what it is."""

    name: str
    title: str
    definition: str


@dataclass(frozen=True)
class Table:
    """A table of nodes or of edges, the weightiest first."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]

    def row(self, identifier: str) -> dict[str, Value]:
        """Give the row of a node by its id, column by column."""
        names = [column.name for column in self.columns]
        for row in self.rows:
            if row[0] == identifier:
                return dict(zip(names, row, strict=True))
        raise KeyError(identifier)


@dataclass(frozen=True)
class Measures:
    """What was measured of a network.

    Parameters
    ----------
    network, title
        The network.
    as_of
        The day on which something is overdue.
    figures
        The figures of the whole.
    nodes, edges
        Those of its nodes and of its edges.
    notices
        What has to be said with them.
    """

    network: str
    title: str
    as_of: dt.date
    figures: tuple[Figure, ...]
    nodes: Table
    edges: Table
    notices: tuple[str, ...] = ()

    def figure(self, name: str) -> Figure:
        """Give a figure by its name."""
        return next(figure for figure in self.figures if figure.name == name)
