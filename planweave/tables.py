"""Records → flat tables for people: actions, parties, cross-references, updates, sources, plans.

A table says its columns once, each with its heading and where its value comes from, and gives its rows one
plan at a time, so that a spreadsheet of two thousand plans needs the memory of one. Codes become words here;
text stays as the record has it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Generic, TypeAlias, TypeVar

from planweave.records import BLANK_FIELDS
from planweave.wording import BLANK_WORDS, DUE_WORDS, FIELD_WORDS, FLAG_WORDS, PARTY_WORDS, STATUS_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from planweave.records import Action, Cell, Correction, Party, PlanRecord, SourceRow, Update

__all__ = [
    "ACTIONS",
    "CROSS_REFERENCES",
    "PARTIES",
    "PLANS",
    "SOURCES",
    "TABLES",
    "UPDATES",
    "Column",
    "Row",
    "Table",
    "Value",
    "listed",
]

Value: TypeAlias = str | int | float | Decimal | dt.date | None
"""What stands in a cell; None is a blank, a float is a share between 0 and 1, a Decimal is any number."""

Row: TypeAlias = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class InAction:
    """One action, in its plan: what a row of most tables is about."""

    record: PlanRecord
    action: Action

    @property
    def place(self) -> SourceRow | None:
        """The printed row that is shown for it: the one the action begins in."""
        return self.action.source[0] if self.action.source else None


@dataclass(frozen=True, slots=True)
class Involvement(InAction):
    """A party as lead, as partner or mentioned; ``party`` is None where the record does not know the name."""

    role: str
    name: str
    party: Party | None


@dataclass(frozen=True, slots=True)
class CrossReference(InAction):
    """A printed reference to another action, with every action that has it as its own reference."""

    printed: str
    targets: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class InUpdate(InAction):
    """One entry of progress, numbered in its action."""

    number: int
    update: Update


@dataclass(frozen=True, slots=True)
class InCell(InAction):
    """One printed cell of an action."""

    printed: SourceRow
    cell: Cell

    @property
    def place(self) -> SourceRow:
        """The printed row that the cell stands in."""
        return self.printed


E = TypeVar("E")
E_contra = TypeVar("E_contra", contravariant=True)


@dataclass(frozen=True)
class Column(Generic[E_contra]):
    """One column: its name in code, its heading for people, a width in characters, and its value."""

    name: str
    heading: str
    width: int
    value: Callable[[E_contra], Value]


@dataclass(frozen=True)
class Table(Generic[E]):
    """A flat table: what it is called, what one row is, its columns, and how a record gives its rows.

    Examples
    --------
    >>> CROSS_REFERENCES.title, [column.heading for column in CROSS_REFERENCES.columns][:2]
    ('Cross-references', ['Plan', 'Action'])
    """

    name: str
    title: str
    about: str
    columns: tuple[Column[E], ...]
    entries: Callable[[PlanRecord], Iterable[E]]

    @property
    def headings(self) -> tuple[str, ...]:
        """The heading of each column."""
        return tuple(column.heading for column in self.columns)

    def rows(self, records: Iterable[PlanRecord]) -> Iterator[Row]:
        """Give the rows of records, in their order; no more than one record is held at a time."""
        for record in records:
            for entry in self.entries(record):
                yield tuple(column.value(entry) for column in self.columns)


def listed(items: Iterable[str]) -> str | None:
    """Join the items of a list for one cell; an item with a semicolon of its own stands in quotation marks.

    Examples
    --------
    >>> listed(["RSMT", "Citizen"])
    'RSMT; Citizen'
    >>> listed(["reviewed; agreed", "published"])
    '“reviewed; agreed”; published'
    """
    return "; ".join(f"“{item}”" if ";" in item else item for item in items) or None


def _worded(words: Mapping[str, str], code: str) -> str:
    return words.get(code, code)


def _yes_no(answer: bool) -> str:
    return "yes" if answer else "no"


def _flags(action: Action) -> str | None:
    return listed(FLAG_WORDS[flag].words if flag in FLAG_WORDS else flag for flag in action.flags)


def _blank(field: str) -> Column[InAction]:
    """A column that says why a field has nothing: "cell is empty", "no such column"."""
    words = {why: wording.words for why, wording in BLANK_WORDS.items()}

    def why(at: InAction) -> str | None:
        blank = at.action.blank.get(field)
        return _worded(words, blank) if blank else None

    return Column(f"blank_{field}", f"No {_worded(FIELD_WORDS, field)} because", 20, why)


def _corrections(action: Action) -> str | None:
    """Say each stated departure from print, with its reason."""
    return " ".join(map(_correction, action.corrections)) or None


def _correction(correction: Correction) -> str:
    words: dict[str, str] = {}
    if correction.field == "flags":
        words = {flag: wording.words for flag, wording in FLAG_WORDS.items()}
    elif correction.field == "status":
        words = STATUS_WORDS
    read = ", ".join(f"“{_worded(words, item)}”" for item in correction.read)
    dropped = ", ".join(f"“{_worded(words, item)}”" for item in correction.dropped)
    how = " ".join((f"as {read}" if read else "", f"without {dropped}" if dropped else "")).strip()
    reason = correction.reason.rstrip(".")
    return f"{correction.field}: “{correction.printed}” is read {how or 'as nothing'} ({reason})."


def _due_day(action: Action, end: int) -> dt.date | None:
    """Give the first (0) or last (1) day that the due date can mean."""
    return _bounds(action.due.edtf)[end] if action.due.edtf else None


def _latest_update(action: Action) -> str | None:
    """Give the update date whose last possible day is latest; one that goes on is later than any."""
    dates = [update.date for update in action.updates if update.date]
    return max(dates, key=lambda edtf: _bounds(edtf)[1] or dt.date.max, default=None)


def _bounds(edtf: str) -> tuple[dt.date | None, dt.date | None]:
    """Give the first and last day of a date; the grammar of dates is loaded when there is one to look at."""
    from planweave.dates import bounds  # noqa: PLC0415 - who lists plans by their columns needs none of it

    return bounds(edtf)


def _involvements(record: PlanRecord) -> Iterator[Involvement]:
    parties = {party.name: party for party in record.parties}
    for action in record.actions:
        roles = {"lead": action.leads, "partner": action.partners, "mentioned": action.mentions}
        for role, names in roles.items():
            for name in names:
                yield Involvement(record, action, role, name, parties.get(name))


def _cross_references(record: PlanRecord) -> Iterator[CrossReference]:
    by_ref: dict[str, list[Action]] = defaultdict(list)
    for action in record.actions:
        if action.ref:
            by_ref[action.ref].append(action)
    for action in record.actions:
        for printed in action.crossrefs:
            # A reference that two actions have points to both: the plan does not say which it means.
            yield CrossReference(record, action, printed, tuple(by_ref.get(printed, ())))


def _updates(record: PlanRecord) -> Iterator[InUpdate]:
    for action in record.actions:
        for number, update in enumerate(action.updates, start=1):
            yield InUpdate(record, action, number, update)


def _cells(record: PlanRecord) -> Iterator[InCell]:
    for action in record.actions:
        for row in action.source:
            for cell in row.cells:
                yield InCell(record, action, row, cell)


PLAN: Final = Column[InAction]("plan", "Plan", 16, lambda at: at.record.plan.id)
ACTION_ID: Final = Column[InAction]("action", "Action", 20, lambda at: at.action.id)
REF: Final = Column[InAction]("ref", "Reference", 10, lambda at: at.action.ref)
PLACE: Final = (
    Column[InAction]("page", "Page", 7, lambda at: at.place.page if at.place else None),
    Column[InAction]("table", "Table", 7, lambda at: at.place.table if at.place else None),
    Column[InAction]("row", "Row", 7, lambda at: at.place.row if at.place else None),
)
"""Where it stands in the document; an action that is printed in parts has all of them in the sources."""

LINE: Final = Column[InAction]("line", "Line", 7, lambda at: at.place.line if at.place else None)

ACTIONS: Final = Table[InAction](
    "actions",
    "Actions",
    "One row per action, in the order of the plan.",
    (
        PLAN,
        Column("publisher", "Publisher", 24, lambda at: at.record.plan.publisher),
        ACTION_ID,
        REF,
        Column("order", "Order in the plan", 8, lambda at: at.action.n),
        Column("group", "Group", 26, lambda at: at.action.group),
        Column("parent", "Strategic action", 32, lambda at: at.action.parent),
        Column("text", "Action text", 60, lambda at: at.action.text),
        Column("pillars", "Pillars", 16, lambda at: listed(at.action.pillars)),
        Column("leads", "Leads", 28, lambda at: listed(at.action.leads)),
        Column("partners", "Partners", 28, lambda at: listed(at.action.partners)),
        Column("mentions", "Also mentioned", 28, lambda at: listed(at.action.mentions)),
        Column("due", "Due, as printed", 18, lambda at: at.action.due.text or None),
        Column("due_kind", "Kind of due date", 14, lambda at: _worded(DUE_WORDS, at.action.due.kind)),
        Column("due_edtf", "Due (EDTF)", 14, lambda at: at.action.due.edtf),
        Column("due_earliest", "Due, earliest day", 12, lambda at: _due_day(at.action, 0)),
        Column("due_latest", "Due, latest day", 12, lambda at: _due_day(at.action, 1)),
        Column("outcomes", "Outcomes", 44, lambda at: listed(at.action.outcomes)),
        Column("evidence", "Evidence", 44, lambda at: listed(at.action.evidence)),
        Column("indicators", "Indicators", 20, lambda at: listed(at.action.indicators)),
        Column("targets", "Targets", 28, lambda at: listed(target.text for target in at.action.targets)),
        Column("status", "Status", 14, lambda at: _worded(STATUS_WORDS, at.action.status)),
        Column("updates", "Number of updates", 10, lambda at: len(at.action.updates)),
        Column("latest_update", "Latest update", 12, lambda at: _latest_update(at.action)),
        Column("crossrefs", "Cross-references", 16, lambda at: listed(at.action.crossrefs)),
        Column("flags", "Flags", 26, lambda at: _flags(at.action)),
        *map(_blank, BLANK_FIELDS),
        Column("corrections", "Corrections", 40, lambda at: _corrections(at.action)),
        Column(
            "extra",
            "Other columns",
            32,
            lambda at: listed(f"{heading}: {text}" for heading, text in at.action.extra.items()),
        ),
        *PLACE,
        LINE,
    ),
    lambda record: (InAction(record, action) for action in record.actions),
)

PARTIES: Final = Table[Involvement](
    "parties",
    "Parties",
    "One row per party of an action: who leads it, who is a partner, who is mentioned.",
    (
        PLAN,
        ACTION_ID,
        REF,
        Column("role", "Role", 12, lambda at: at.role),
        Column("printed", "Name as printed", 32, lambda at: at.name),
        Column("party", "Name in full", 40, lambda at: at.party.label if at.party else None),
        Column("kind", "Kind", 14, lambda at: _worded(PARTY_WORDS, at.party.kind) if at.party else None),
        Column("party_id", "Identifier", 48, lambda at: at.party.id if at.party else None),
        *PLACE,
    ),
    _involvements,
)

CROSS_REFERENCES: Final = Table[CrossReference](
    "cross-references",
    "Cross-references",
    "One row per printed reference to another action; it is returned where that action refers back.",
    (
        PLAN,
        ACTION_ID,
        REF,
        Column("printed", "Refers to", 12, lambda at: at.printed),
        Column("target", "Action it points to", 24, lambda at: listed(target.id for target in at.targets)),
        Column("exists", "Exists", 10, lambda at: _yes_no(bool(at.targets))),
        Column(
            "returned",
            "Returned",
            10,
            lambda at: _yes_no(any(at.action.ref in target.crossrefs for target in at.targets)),
        ),
        *PLACE,
    ),
    _cross_references,
)

UPDATES: Final = Table[InUpdate](
    "updates",
    "Updates",
    "One row per entry of progress or comment.",
    (
        PLAN,
        ACTION_ID,
        REF,
        Column("number", "Number", 9, lambda at: at.number),
        Column("date", "Date (EDTF)", 12, lambda at: at.update.date),
        Column("year_inferred", "Year inferred", 10, lambda at: _yes_no(at.update.year_inferred)),
        Column("text", "Text", 80, lambda at: at.update.text),
        *PLACE,
    ),
    _updates,
)

SOURCES: Final = Table[InCell](
    "sources",
    "Sources",
    "One row per printed cell of an action, its text exactly as printed.",
    (
        PLAN,
        Column("document", "Document", 22, lambda at: at.record.plan.source),
        Column("sha256", "SHA-256 of the document", 18, lambda at: at.record.origin.sha256),
        ACTION_ID,
        *PLACE,
        LINE,
        Column[InCell]("column", "Column", 8, lambda at: at.cell.column),
        Column[InCell]("heading", "Heading", 24, lambda at: at.cell.heading),
        Column[InCell]("field", "Read as", 16, lambda at: _worded(FIELD_WORDS, at.cell.field)),
        Column[InCell]("text", "Text as printed", 80, lambda at: at.cell.text),
    ),
    _cells,
)

PLANS: Final = Table["PlanRecord"](
    "plans",
    "Plans",
    "One row per plan.",
    (
        Column("plan", "Plan", 26, lambda record: record.plan.id),
        Column("publisher", "Publisher", 28, lambda record: record.plan.publisher),
        Column("title", "Title", 44, lambda record: record.plan.title),
        Column("domain", "Subject", 18, lambda record: record.plan.domain),
        Column("period", "Period (EDTF)", 14, lambda record: record.plan.period),
        Column("document", "Source document", 24, lambda record: record.plan.source),
        Column("sha256", "SHA-256 of the document", 20, lambda record: record.origin.sha256),
        Column("actions", "Actions", 9, lambda record: len(record.actions)),
        Column("kept", "Kept", 9, lambda record: record.kept),
        Column("placed", "Placed", 9, lambda record: record.placed),
    ),
    lambda record: (record,),
)

TABLES: Final[tuple[Table[Any], ...]] = (PLANS, ACTIONS, PARTIES, CROSS_REFERENCES, UPDATES, SOURCES)
"""Every table, the plans first."""
