"""Measures → an Excel workbook: the figures with what each is, the nodes, the edges, what the columns are."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from planweave.spreadsheet import Looks, Sheet, opened_workbook
from planweave.tables import Column

if TYPE_CHECKING:
    from pathlib import Path

    from planweave.networks.measures import Measures, Table, Value

__all__ = ["write_measures_workbook"]

WIDTHS = {"label": 50, "source_label": 40, "target_label": 40, "id": 26, "source": 26, "target": 26}
FIGURES = (
    Column[Any]("title", "Measure", 34, lambda figure: figure.title),
    Column[Any]("value", "Value", 12, lambda figure: _cell(figure.value)),
    Column[Any]("note", "Which", 60, lambda figure: figure.note),
    Column[Any]("definition", "What it is", 90, lambda figure: figure.definition),
)


def write_measures_workbook(measures: Measures, path: Path) -> None:
    """Write a workbook of measures.

    Raises
    ------
    PlanweaveError
        If the file cannot be written, or something does not fit into Excel.
    """
    with opened_workbook(path, measures.title) as book:
        looks = Looks(book)
        figures = Sheet(book, "Figures", FIGURES, looks, path)
        figures.add_headings()
        figures.add(measures.figures)
        for notice in measures.notices:
            figures.write((notice,), looks.note)
        for table in (measures.nodes, measures.edges):
            sheet = Sheet(book, table.title, _columns(table), looks, path)
            sheet.add_headings()
            sheet.add(table.rows)
            sheet.make_filtered()
        said = (Column[Any]("column", "", 26, lambda row: row[0]), Column[Any]("is", "", 110, lambda row: row[1]))
        words = Sheet(book, "Columns", said, looks, path)
        columns = dict.fromkeys((*measures.nodes.columns, *measures.edges.columns))
        words.explain("Column", ((column.title, column.definition) for column in columns))
        words.write(("Overdue on", measures.as_of.isoformat()), looks.note)


def _columns(table: Table) -> list[Column[Any]]:
    return [
        Column[Any](column.name, column.title, WIDTHS.get(column.name, 14), partial(_cell_at, place))
        for place, column in enumerate(table.columns)
    ]


def _cell_at(place: int, row: tuple[Value, ...]) -> Any:  # noqa: ANN401 - as a sheet takes it
    return _cell(row[place])


def _cell(value: Value) -> Any:  # noqa: ANN401 - as a sheet takes it
    """A share would be shown as a percentage; these are not all shares."""
    return f"{value:.4f}" if isinstance(value, float) else value
