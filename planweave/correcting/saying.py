"""What a draft shows in words: fields, how a column was told, values as they were read, dates with their bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planweave.dates import bounds
from planweave.reading.stated import CORRECTED
from planweave.reporting.words import day_words
from planweave.wording import DUE_WORDS, STATUS_WORDS

if TYPE_CHECKING:
    from planweave.records import Action, Due

__all__ = [
    "FIELDS_WORDS",
    "HOW_WORDS",
    "date_words",
    "due_words",
    "field_words",
    "read_words",
    "sure_words",
    "value_words",
]

FIELDS_WORDS: Final = {
    "ref": "reference",
    "text": "action",
    "group": "objective or theme it stands under",
    "parent": "broader action",
    "pillar": "pillar or priority",
    "lead": "lead",
    "partner": "partner",
    "due": "due date",
    "outcome": "outcome",
    "evidence": "evidence or measure",
    "status": "status",
    "update": "progress or comment",
    "crossref": "references to other actions",
    "extra": "kept under its own heading",
}
"""What a column gives, for people, in the order it is chosen from."""

SEVERAL: Final = {
    "pillars": "pillars",
    "leads": "leads",
    "partners": "partners",
    "mentions": "bodies mentioned",
    "outcomes": "outcomes",
    "updates": "progress and comments",
    "crossrefs": "references to other actions",
    "indicators": "indicators",
    "flags": "marks",
}
HOW_WORDS: Final = {
    "heading": "by its heading",
    "values": "by its values",
    "heading and values": "by its heading, which the values bear out",
    "loader": "as it is stated",
    "position": "by its place and its values",
}
MARKS: Final = (("~", " (about)"), ("?", " (not certain)"), ("%", " (about, and not certain)"))


def field_words(field: str) -> str:
    """Give a field in words, whether a column has it or a record."""
    if field in FIELDS_WORDS:
        return FIELDS_WORDS[field]
    return SEVERAL.get(field, f"kept under its own heading, as {field}")


def sure_words(confidence: float) -> str:
    """Say how sure something is, as a whole share.

    Examples
    --------
    >>> sure_words(0.85).replace("\N{NO-BREAK SPACE}", " ")
    '85 %'
    """
    return f"{round(confidence * 100)}\N{NO-BREAK SPACE}%"


def date_words(edtf: str | None) -> str:
    """Say a date by its first and last day.

    Examples
    --------
    >>> date_words("2025-06"), date_words("2025-06-30"), date_words("2025/.."), date_words("2025-06~")
    ('1 June 2025 to 30 June 2025', '30 June 2025', 'from 1 January 2025', '1 June 2025 to 30 June 2025 (about)')
    """
    if edtf is None:
        return "no date"
    first, last = bounds(edtf)
    mark = next((words for sign, words in MARKS if sign in edtf), "")
    if first and last:
        said = day_words(first) if first == last else f"{day_words(first)} to {day_words(last)}"
    elif first:
        said = f"from {day_words(first)}"
    else:
        said = f"until {day_words(last)}" if last else "no date"
    return said + mark


def due_words(due: Due) -> str:
    """Say what was understood of a timescale."""
    if due.kind == "date":
        return date_words(due.edtf)
    kind = DUE_WORDS.get(due.kind, due.kind)
    return f"{kind}: {date_words(due.edtf)}" if due.edtf else kind


def value_words(action: Action, field: str) -> str:
    """Say what an action has in a field of the record, item by item on a line each."""
    value = getattr(action, field)
    if field == "due":
        return due_words(value)
    if field == "status":
        return STATUS_WORDS.get(action.status, action.status)
    if field == "updates":
        return "\n".join(f"{date_words(each.date)}: {each.text}" if each.date else each.text for each in value)
    if isinstance(value, tuple):
        return "\n".join(map(str, value))
    return str(value or "")


def read_words(action: Action, field: str) -> str:
    """Say what was read from a cell whose column gives a field."""
    named = {**CORRECTED, "update": "updates", "crossref": "crossrefs"}.get(field, field)
    if named == "evidence" and not action.evidence:
        named = "outcomes"  # evidence that stands alone is the outcome
    return value_words(action, named) if hasattr(action, named) else ""
