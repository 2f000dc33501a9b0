"""Codes in words: what the flags, blanks and fields of a record are called for people."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = [
    "BLANK_WORDS",
    "DUE_WORDS",
    "FIELD_WORDS",
    "FLAG_WORDS",
    "PARTY_WORDS",
    "SEVERITY_WORDS",
    "STATUS_WORDS",
    "Wording",
    "share",
]


class Wording(NamedTuple):
    """A code in words, and what it means in a sentence."""

    words: str
    meaning: str


FLAG_WORDS: Final = {
    "missing-lead": Wording("no lead", "Nobody is named as responsible."),
    "missing-outcome": Wording("no outcome", "Neither an outcome nor a measure of success is given."),
    "missing-due": Wording("no due date", "No date could be taken: none is printed, or the words give none."),
    "duplicate-ref": Wording(
        "reference printed twice", "Another action of the plan has the same reference; each one is marked."
    ),
    "header-shifted": Wording(
        "headings out of place", "The headings stand over the wrong columns, or words of them fell into this row."
    ),
    "row-split-over-pages": Wording("row split over pages", "The row is printed in parts, which were put together."),
    "ocr-noise": Wording("garbled by scanning", "Characters or words of the row were misread in a scan."),
    "truncated": Wording("text cut off", "A text of the row breaks off."),
    "cells-run-together": Wording("cells run together", "The text of one cell stands in the next one too."),
}
"""The flags of a record; a row's flags say what is wrong with it as printed."""

BLANK_WORDS: Final = {
    "no-column": Wording("no such column", "The plan's table has no column for it."),
    "empty": Wording("cell is empty", "The column is there, and its cell is empty or says no more than “TBC”."),
    "not-understood": Wording(
        "text not understood", "There is text from which nothing could be taken, or an unknown heading."
    ),
}
"""Why a field of a record has nothing."""

FIELD_WORDS: Final = {
    "crossref": "cross-reference",
    "due": "due date",
    "extra": "other column",
    "parent": "strategic action",
    "ref": "reference",
    "text": "action text",
}

SEVERITY_WORDS: Final = {
    "violation": Wording("violation", "The plan leaves out what a plan has to say, or contradicts itself."),
    "warning": Wording("warning", "Something is doubtful, or will be in somebody's way; look at it."),
    "info": Wording("info", "Worth knowing; it can be as it should be."),
}
"""How serious a finding is, the most serious first."""

STATUS_WORDS: Final = {"partial": "partly complete", "not-started": "not started"}
DUE_WORDS: Final = {"review": "review date", "none": "no date"}
PARTY_WORDS: Final = {"group": "group without a name of its own", "person": "named person"}
"""Codes that do not read as words; every other code is its own word."""


def share(value: float) -> str:
    """Write a share as a percentage; only the whole is 100 %.

    Examples
    --------
    >>> [share(value).replace("\N{NO-BREAK SPACE}", " ") for value in (1.0, 0.99996, 0.9301)]
    ['100 %', '99.9 %', '93.0 %']
    """
    number = "100" if value == 1 else f"{min(value * 100, 99.9):.1f}"
    return f"{number}\N{NO-BREAK SPACE}%"
