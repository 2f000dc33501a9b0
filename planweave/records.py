"""The records: what is understood from one document, as typed values and as their public JSON form.

A :class:`PlanRecord` is everything one document gave: the plan, its actions in printed order, and what
was read but belongs to no action. It is the only value that flows from reading to the graph, and
``planweave read FILE --json`` prints exactly it. Text is verbatim; only runs of white space become one
space. Absent text is ``None`` or an empty list, never an empty guess.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from planweave.errors import DocumentError
from planweave.notebook import html_table

__all__ = [
    "BLANK_FIELDS",
    "FLAGS",
    "ROW_HEADINGS",
    "Action",
    "Blank",
    "Cell",
    "ColumnReading",
    "Context",
    "Correction",
    "Doubt",
    "Due",
    "DueKind",
    "Party",
    "PartyKind",
    "Plan",
    "PlanRecord",
    "SourceRow",
    "Status",
    "Target",
    "Unplaced",
    "Update",
    "from_json",
    "to_json",
]

DueKind = Literal["date", "review", "ongoing", "recurring", "none"]
Status = Literal["complete", "ongoing", "partial", "not-started", "stopped", "unknown"]
Blank = Literal["no-column", "empty", "not-understood"]
PartyKind = Literal["agency", "team", "post", "group", "person", "unknown"]
How = Literal["heading", "values", "heading and values", "loader", "position"]
ContextRole = Literal["title", "heading", "header", "legend", "definition", "preface", "hidden"]

BLANK_FIELDS = ("lead", "partner", "due", "outcome", "status")
"""The fields whose absence is told apart three ways, in the order they are stated."""

FLAGS = (
    "missing-lead",
    "missing-outcome",
    "missing-due",
    "duplicate-ref",
    "header-shifted",
    "row-split-over-pages",
    "ocr-noise",
    "truncated",
    "cells-run-together",
)
"""What can be wrong with a row as printed, in the order flags are stated."""


ROW_HEADINGS = ("ref", "action", "lead", "partner", "due", "outcome", "status", "noted")
"""The headings over :meth:`Action.row`."""


class Due(msgspec.Struct, frozen=True):
    """By when: the printed words, what kind of statement they are, and the date as EDTF (ISO 8601-2)."""

    text: str
    kind: DueKind
    edtf: str | None


class Target(msgspec.Struct, frozen=True):
    """A number to reach that an outcome or its evidence prints: "Support 12 individuals pa"."""

    text: str
    number: int | float
    unit: str
    per: str | None


class Update(msgspec.Struct, frozen=True, omit_defaults=True):
    """One entry of progress or comment; ``date`` is EDTF, or None where none is printed."""

    date: str | None
    text: str
    year_inferred: bool = False


class Cell(msgspec.Struct, frozen=True):
    """One printed cell: its column (from 1), the heading over it, its text exactly as printed.

    ``field`` is what the column was read as: ``"lead"``, ``"due"``, …; ``"extra"`` where it has no field.
    """

    column: int
    heading: str
    text: str
    field: str


class SourceRow(msgspec.Struct, frozen=True):
    """One printed row: tables and rows count from 1, header rows included, as a spreadsheet would.

    ``page`` is None where the document has no pages; ``line`` is the first line in a text file.
    """

    page: int | None
    table: int
    row: int
    line: int | None
    cells: tuple[Cell, ...]


class Correction(msgspec.Struct, frozen=True):
    """A stated departure from what is printed: which field, the printed words, the reading, and why.

    ``read`` is what was read in their place or beside them, ``dropped`` what was not taken from them.
    """

    field: str
    printed: str
    read: tuple[str, ...]
    dropped: tuple[str, ...]
    reason: str


class Action(msgspec.Struct, frozen=True):
    """One action of a plan, as a careful reader takes it from the document."""

    id: str
    n: int
    ref: str | None
    text: str
    group: str | None
    parent: str | None
    pillars: tuple[str, ...]
    leads: tuple[str, ...]
    partners: tuple[str, ...]
    mentions: tuple[str, ...]
    due: Due
    outcomes: tuple[str, ...]
    evidence: tuple[str, ...]
    indicators: tuple[str, ...]
    targets: tuple[Target, ...]
    status: Status
    updates: tuple[Update, ...]
    crossrefs: tuple[str, ...]
    flags: tuple[str, ...]
    blank: dict[str, Blank]
    extra: dict[str, str]
    corrections: tuple[Correction, ...]
    source: tuple[SourceRow, ...]

    def row(self) -> tuple[str, ...]:
        """Give the cells that people look at first, under :data:`ROW_HEADINGS`."""
        return (
            self.ref or f"n{self.n}",
            self.text,
            "\n".join(self.leads),
            "\n".join(self.partners),
            self.due.text,
            "\n".join(self.outcomes),
            "" if self.status == "unknown" else self.status,
            "\n".join(self.flags),
        )

    def _repr_html_(self) -> str:
        printed = (
            (f"table {row.table}, row {row.row}: {cell.heading}", cell.text)
            for row in self.source
            for cell in row.cells
        )
        facts = zip(ROW_HEADINGS, self.row(), strict=True)
        return html_table(
            ("", self.id), [*(fact for fact in facts if fact[1]), *printed], "the action, and its cells as printed"
        )


class Party(msgspec.Struct, frozen=True):
    """Who a printed name stands for: an agency of the register, or a team, post or group of this plan.

    All persons of a plan are one party, "a named person": a person's name stays text.
    """

    name: str
    kind: PartyKind
    id: str
    label: str


class Plan(msgspec.Struct, frozen=True):
    """What is known of the plan as a whole.

    ``period`` is an EDTF interval; ``publisher_id`` the publisher's IRI in the register of agencies.
    """

    id: str
    title: str
    publisher: str | None
    publisher_id: str | None
    domain: str | None
    period: str | None
    source: str


class Context(msgspec.Struct, frozen=True):
    """Text around the tables that was understood: the title, a heading, a table's header, a key entry."""

    text: str
    where: str
    role: ContextRole


class Unplaced(msgspec.Struct, frozen=True):
    """Text that was read and belongs to no record."""

    text: str
    where: str


class ColumnReading(msgspec.Struct, frozen=True):
    """What a column of a table was read as, and how sure its values are.

    ``heading`` is as printed, "" if there is none; ``field`` is what it gives, or what it is known as where it
    is kept under its heading ("cost"), or "extra"; ``how`` says what that was decided by.
    """

    table: int
    column: int
    heading: str
    field: str
    how: How
    confidence: float


class Doubt(msgspec.Struct, frozen=True):
    """A value that the reader is unsure of: the action's id, the field, how sure it is, and why."""

    action: str
    field: str
    confidence: float
    why: str


class Origin(msgspec.Struct, frozen=True):
    """Where a record comes from: the document's content and the definition it was read with."""

    sha256: str
    media_type: str
    encoding: str
    loader: str | None
    planweave: str


class PlanRecord(msgspec.Struct, frozen=True):
    """Everything one document gave.

    ``kept`` is the share of the document's non-space characters that stand in a cell, the context or
    ``unplaced``; ``placed`` is the same without ``unplaced``. Both are between 0 and 1. ``columns`` says what each
    column was read as, ``doubts`` which values are unsure, ``confidence`` how sure the whole is, from 0 to 1.
    """

    plan: Plan
    legend: dict[str, str]
    definitions: dict[str, str]
    parties: tuple[Party, ...]
    actions: tuple[Action, ...]
    context: tuple[Context, ...]
    unplaced: tuple[Unplaced, ...]
    kept: float
    placed: float
    origin: Origin
    columns: tuple[ColumnReading, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    confidence: float = 1.0

    def confidence_in(self, action: Action, field: str) -> float:
        """Give how sure a value is, from 0 to 1: that of its doubt, or else that of the columns it is taken from.

        Parameters
        ----------
        action
            An action of this record.
        field
            What a column gives: "text", "lead", "due", "outcome", …
        """
        return Confidences(self).of(action, field)

    def _repr_html_(self) -> str:
        caption = f"{self.plan.title}: {len(self.actions)} actions, {self.plan.publisher or self.plan.source}"
        return html_table(ROW_HEADINGS, (action.row() for action in self.actions), caption)


class Confidences:
    """How sure each value of a record is, for whoever asks of many.

    Parameters
    ----------
    record
        What one document gave.
    """

    def __init__(self, record: PlanRecord) -> None:
        self._doubted: dict[tuple[str, str], float] = {}
        for doubt in record.doubts:
            key = (doubt.action, doubt.field)
            self._doubted[key] = min(doubt.confidence, self._doubted.get(key, 1.0))
        self._columns: dict[tuple[int, int, str], float] = {}
        self._texts: dict[int, float] = {}
        for column in record.columns:
            place = (column.table, column.column, column.heading)
            self._columns[place] = min(column.confidence, self._columns.get(place, 1.0))
            if column.field == "text":
                self._texts[column.table] = min(column.confidence, self._texts.get(column.table, 1.0))

    def of(self, action: Action, field: str) -> float:
        """Give how sure a value is, as :meth:`PlanRecord.confidence_in` does."""
        if (action.id, field) in self._doubted:
            return self._doubted[action.id, field]
        cells = (
            (row.table, cell.column, cell.heading) for row in action.source for cell in row.cells if cell.field == field
        )
        # An outcome may come from a column of evidence, a reference or a date from that of the text.
        known = [self._columns[cell] for cell in cells if cell in self._columns]
        every = [self._texts[row.table] for row in action.source if row.table in self._texts]
        return min(known or every or [1.0])


def to_json(value: object, *, indent: int = 0) -> bytes:
    """Give the public JSON form of a record, or of a list of them, as UTF-8.

    Examples
    --------
    >>> to_json(Due("March 2024", "date", "2024-03"))
    b'{"text":"March 2024","kind":"date","edtf":"2024-03"}'
    """
    encoded = msgspec.json.encode(value)
    return msgspec.json.format(encoded, indent=indent) if indent else encoded


def from_json(data: bytes) -> PlanRecord:
    """Read a record back from its JSON form.

    Raises
    ------
    DocumentError
        Where the JSON is not a record; the message names the key.
    """
    try:
        return msgspec.json.decode(data, type=PlanRecord)
    except msgspec.DecodeError as error:
        raise DocumentError(f"this is not a plan record ({error})") from error
