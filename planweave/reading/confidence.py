"""How sure a reading is: each column by how it was recognised, single values by what makes them doubtful, the whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from planweave.dates.words import MONTH, pattern
from planweave.reading.definition import fold
from planweave.records import ColumnReading, Confidences, Doubt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from planweave.reading.columns import Column, Columns
    from planweave.reading.definition import Common
    from planweave.reading.entries import Entry
    from planweave.reading.titles import HeadedBy
    from planweave.records import Action, How, PlanRecord

__all__ = ["Certainty", "whole"]

HOWS: Final[dict[str, How]] = {
    "loader": "loader",
    "heading": "heading",
    "told": "heading",
    "heading-and-values": "heading and values",
    "told-and-values": "heading and values",
    "values": "values",
    "position": "position",
}
WHYS: Final = {
    "alone": "nothing stands beside it in its row",
    "around": "it is taken from a heading above the row",
    "boxed": "it is taken from a box above the table",
    "lone-row": "it is taken from a row that has nothing else in it",
    "plain-line": "it is taken from a line above the table that nothing marks as a heading",
    "sheet-name": "it is the name of the sheet",
    "carried": "the cell is empty; what stands above it is taken to go on",
    "colour": "it is told by the colour of the cell alone",
    "counts-again": "the numbers start again further down; they may count and refer to nothing",
    "cut-off": "the text breaks off",
    "several-dates": "two dates in one cell",
    "joined": "it is put together from two rows",
    "keyed": "the word is the plan's own; its key says what it means",
    "long-name": "it is long for a name",
    "moved": "the row has too few cells; this one was moved under the column that it fits",
    "no-year": "the month has no year",
    "run-together": "it may be several",
    "shared": "it is printed once for several actions of the row",
    "split": "the cell is cut into one part for each action of the row",
    "told-status": "it is taken from what is said of the progress, not from a column for it",
    "unmarked": "it bears no mark beside one that is marked as lead",
    "unsplit-name": "it may be one name or two",
    "vague-status": "the word says how well it goes rather than how far it is",
}
GROUPS: Final[dict[HeadedBy, str]] = {
    "marked": "around",
    "worded": "around",
    "across": "around",
    "box": "boxed",
    "lone": "lone-row",
    "plain": "plain-line",
    "sheet": "sheet-name",
}
"""What tells that a heading is one → what makes the group that it gives more or less doubtful."""

BARE_MONTH: Final = pattern(rf"(?:by\s+)?(?:the\s+)?(?:end\s+of\s+|mid[\s-]+)?{MONTH}\.?")
JOINING: Final = re.compile(r"\s(?:and|&)\s", re.IGNORECASE)
ROLE_AND_LETTERS: Final = re.compile(r"(?<=[a-z]) [A-Z]{2,6}$")
"""Letters behind a name in words: "Housing Options RSMT" is two, "Director ICB" one."""

RUN_TOGETHER: Final = re.compile(r"[a-z]\.\s+[A-Z][a-z]+\s+[a-z]")
"""Two sentences in one outcome."""

MAX_NAME_WORDS: Final = 8
VALUES: Final = ("text", "ref", "group", "pillar", "lead", "partner", "due", "outcome", "status")


class Certainty:
    """Says how sure the columns and values of one document are, by the figures of ``common.toml``.

    Parameters
    ----------
    common
        What every reader knows.
    defined
        Whether the document is read with a loader definition, whose author has looked at it.
    """

    def __init__(self, common: Common, *, defined: bool) -> None:
        self._columns, self._values = common.confidence.columns, common.confidence.values
        self._vague = frozenset(map(fold, common.status.vague))
        self._defined = defined

    def columns(self, tables: Iterable[tuple[int, Columns]]) -> tuple[ColumnReading, ...]:
        """Give what each column of each table was read as; a header that is printed again adds nothing."""
        found: dict[tuple[int, int, str, str], ColumnReading] = {}
        for table, columns in tables:
            for column in columns.columns:
                reading = self._reading(table, column, shifted=columns.shifted)
                found.setdefault((table, column.number, column.heading, reading.field), reading)
        return tuple(found[key] for key in sorted(found, key=lambda key: key[:2]))

    def _reading(self, table: int, column: Column, *, shifted: bool) -> ColumnReading:
        # What a definition only names may be a draft's; what is stated of one column has a reason, and an author.
        how = "heading" if column.how == "loader" else column.how
        stated = self._defined or column.how == "stated"
        key = "loader" if stated else "position" if shifted and how else how
        field = column.sense or column.field
        # A column that is kept under its heading is what it is, whoever knows what it means.
        sure = self._columns.get(key, 1.0)
        return ColumnReading(table, column.number, column.heading, field, HOWS.get(key, "heading"), sure)

    def doubts(self, entries: Sequence[Entry], actions: Sequence[Action]) -> tuple[Doubt, ...]:
        """Give the doubtful values of all actions, in their order."""
        again = not self._defined and any(_is_count(action) and "duplicate-ref" in action.flags for action in actions)
        for entry, action in zip(entries, actions, strict=True):
            headed = any(column.field == "ref" and column.heading.strip() for column in entry.columns.columns)
            if again and not headed and _is_count(action):
                entry.doubts.setdefault("ref", "counts-again")
        return tuple(doubt for entry, action in zip(entries, actions, strict=True) for doubt in self._of(entry, action))

    def _of(self, entry: Entry, action: Action) -> Iterator[Doubt]:
        told: dict[str, str] = {}
        if not self._defined:
            told = {field: why for field, why in entry.doubts.items() if _said(action, field)}
        for field, why in self._of_values(entry, action):
            told.setdefault(field, why)
        for field in (*VALUES, "parent"):
            if field in told:
                yield Doubt(action.id, field, self._values[told[field]], WHYS[told[field]])

    def _of_values(self, entry: Entry, action: Action) -> Iterator[tuple[str, str]]:
        """Go through what makes the values of an action doubtful by themselves."""
        due = action.due
        if due.kind == "none" and BARE_MONTH.fullmatch(due.text):
            yield "due", "no-year"
        if self._defined:
            return
        if due.edtf and due.edtf.startswith(("{", "[")):
            yield "due", "several-dates"
        if action.status != "unknown" and (why := self._of_status(fold(entry.last("status")))):
            yield "status", why
        for field, names in (("lead", action.leads), ("partner", action.partners)):
            if why := _of_names(names):
                yield field, why
        if any(RUN_TOGETHER.search(item) for item in action.outcomes):
            yield "outcome", "run-together"
        if action.group and entry.group and not entry.text("group"):
            yield "group", GROUPS[entry.group.by]
        yield from (("text", "cut-off"),) if "truncated" in action.flags else ()

    def _of_status(self, cell: str) -> str | None:
        """Say what makes a status doubtful that its cell, folded, gives."""
        if not cell:
            return "told-status"
        return "vague-status" if any(f"{cell} ".startswith(f"{word} ") for word in self._vague) else None


def _is_count(action: Action) -> bool:
    return action.ref is not None and action.ref.isdigit()


def _of_names(names: Sequence[str]) -> str | None:
    if any(len(name.split()) > MAX_NAME_WORDS for name in names):
        return "long-name"
    return "unsplit-name" if any(JOINING.search(name) or ROLE_AND_LETTERS.search(name) for name in names) else None


def _said(action: Action, field: str) -> bool:
    """Say whether an action has a value in a field, by the name a column has for it."""
    values = {
        "lead": action.leads,
        "partner": action.partners,
        "pillar": action.pillars,
        "outcome": action.outcomes,
        "due": action.due.text,
        "status": action.status != "unknown",
    }
    return bool(values[field] if field in values else getattr(action, field, None))


def whole(record: PlanRecord) -> float:
    """Give how sure a reading is as a whole.

    It is the mean of how sure its values are, times the share of its actions that surely are actions: they have
    a text that no doubt concerns, and something beside it.
    """
    sure, count, rows = 0.0, 0, 0
    confidences = Confidences(record)
    for action in record.actions:
        said = [field for field in VALUES if _said(action, field)]
        sure += sum(confidences.of(action, field) for field in said)
        count += len(said)
        alone = said == ["text"]
        rows += bool(action.text) and not alone and confidences.of(action, "text") >= SURE
    if not count:
        return 0.0
    return round(sure / count * rows / len(record.actions), 4)


SURE: Final = 0.75
"""From here on a text is taken to be an action's; below it may be a heading or a remark."""
