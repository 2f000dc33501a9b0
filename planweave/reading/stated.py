"""What a definition states of single columns and doubts: laid over what was recognised, and nothing else changes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import msgspec

from planweave.reading.definition import FIELDS, KEPT, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from planweave.reading.columns import Column, Columns
    from planweave.reading.definition import ColumnRule, Definition
    from planweave.reading.laid import Laid
    from planweave.records import Action, Cell, Doubt

__all__ = ["CORRECTED", "StatedColumns", "unsettled"]

SINGLE: Final = frozenset(FIELDS) - {
    "lead", "partner", "outcome", "evidence", "update", "crossref", "status", "extra",
}  # fmt: skip
"""Fields that one column of a table gives, unless several are stated to."""

CORRECTED: Final = {"lead": "leads", "partner": "partners", "outcome": "outcomes", "pillar": "pillars"}
"""What a correction calls a field that is a list; every other one has the name that columns give it."""


class StatedColumns:
    """Lays the column corrections of a definition over the columns of each table as they were recognised."""

    def __init__(self, definition: Definition | None) -> None:
        self._definition = definition
        self._rules = definition.column_corrections if definition else ()
        self._used: set[int] = set()
        self._met: dict[str, str] = {}

    def columns(self, table: int, columns: Columns) -> Columns:
        """Give the columns of a table as they are stated.

        A field that one column gives is taken from the column that was recognised for it, which is then kept under
        its own heading.
        """
        if not self._rules:
            return columns
        stated = [self._rule(table, column) for column in columns.columns]
        given = {rule.field for rule in stated if rule} & SINGLE
        made = []
        for column, rule in zip(columns.columns, stated, strict=True):
            if rule:
                made.append(_given(column, rule.field))
            elif column.field in given:
                made.append(replace(column, field="extra", known=True, sense=""))
            else:
                made.append(column)
        return replace(columns, columns=tuple(made))

    def laid(self, laid: Laid) -> Laid:
        """Give blocks of labels and values with their labels as they are stated."""
        if not self._rules:
            return laid
        columns = self.columns(laid.table, laid.columns)
        moved = {
            (was.field, was.heading or f"column {was.number}"): now.field
            for was, now in zip(laid.columns.columns, columns.columns, strict=True)
            if was.field != now.field
        }
        fields = {(column.number, column.heading): column.field for column in columns.columns}

        def placed(cell: Cell) -> Cell:
            return msgspec.structs.replace(cell, field=fields.get((cell.column, cell.heading), cell.field))

        entries = []
        for entry in laid.entries:
            found: dict[str, list[tuple[str, str]]] = {}
            for field, cells in entry.values.items():
                for heading, text in cells:
                    found.setdefault(moved.get((field, heading), field), []).append((heading, text))
            rows = [msgspec.structs.replace(row, cells=tuple(map(placed, row.cells))) for row in entry.source]
            entries.append(replace(entry, values=found, source=rows))
        return replace(laid, columns=columns, entries=entries)

    def check_all_used(self, path: Path) -> None:
        """Refuse a definition that states a column which the document does not have.

        Raises
        ------
        DefinitionError
            Naming the first such column.
        """
        for index, rule in enumerate(self._rules):
            if index not in self._used and self._definition:
                name = f"the column {rule.heading!r}" if rule.heading else f"column {rule.column}"
                place = f" of table {rule.table}" if rule.table else ""
                what = f"{name}{place} is to give {rule.field!r}, and {path.name} has no such column"
                raise self._definition.wrong(what, rule.heading or rule.reason, "mend or remove the correction")

    def _rule(self, table: int, column: Column) -> ColumnRule | None:
        """The last rule that speaks of a column."""
        found = None
        for index, rule in enumerate(self._rules):
            places = rule.table in (None, table) and rule.column in (None, column.number)
            if places and fold(rule.heading) == fold(column.heading):
                self._used.add(index)
                found = rule
        return found


def _given(column: Column, field: str) -> Column:
    kept = field in KEPT
    return replace(column, field="extra" if kept else field, known=True, how="stated", sense=field if kept else "")


def unsettled(doubts: Iterable[Doubt], actions: Sequence[Action], definition: Definition | None) -> tuple[Doubt, ...]:
    """Give the doubts that are left: not those of corrected values, nor those that somebody looked at."""
    settled = definition.settled if definition else ()
    corrected = {(action.id, each.field) for action in actions for each in action.corrections}
    return tuple(
        doubt
        for doubt in doubts
        if (doubt.action, CORRECTED.get(doubt.field, doubt.field)) not in corrected
        and not any(
            rule.field == doubt.field
            and rule.action in (None, doubt.action.partition("/")[2])
            and rule.why in (None, doubt.why)
            for rule in settled
        )
    )
