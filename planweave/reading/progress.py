"""Due cells, status cells and comments → when an action is due, how far it is, what was said when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planweave.dates import opening_date, read_edtf
from planweave.reading.definition import fold
from planweave.records import Due, Update

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planweave.reading.definition import Common
    from planweave.records import DueKind, Status

__all__ = ["Progress"]

STATUSES: tuple[Status, ...] = ("partial", "complete", "stopped", "not-started", "ongoing")
ENTRY = re.compile(r"(?:(?<=[.!?;:,])\s+|\n)(?=[\dA-Z])")


def _words(words: Sequence[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<![\w/])(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)


class Progress:
    """Reads timescales, statuses and dated entries with the words of ``common.toml``."""

    def __init__(self, common: Common) -> None:
        self._none = frozenset(common.dates.none)
        self._ongoing = _words(common.dates.ongoing)
        self._recurring = _words(common.dates.recurring)
        self._review = _words(common.dates.review)
        self._status_words = {
            fold(word): status for status in STATUSES for word in common.status.words.get(status, ())
        }
        self._statements: dict[Status, re.Pattern[str]] = {
            status: re.compile("|".join(common.status.statements[status]), re.IGNORECASE | re.MULTILINE)
            for status in STATUSES
            if status in common.status.statements
        }

    def due(self, cell: str) -> Due:
        """Read a timescale.

        Ongoing with an interval is recurring; ongoing with a date is ongoing and keeps the date; a review
        date where the cell has no other is a review. What is no date has kind ``none`` and keeps its text.
        """
        text = " ".join(cell.split())
        if text.lower().strip(" .") in self._none:
            return Due(text, "none", None)
        edtf, goes_on = read_edtf(text)
        kind: DueKind
        if self._recurring.search(text):
            kind = "recurring"
        elif goes_on or self._ongoing.search(text):
            kind = "ongoing"
        elif edtf and self._review.search(text):
            kind = "review"
        else:
            kind = "date" if edtf else "none"
        return Due(text, kind, edtf)

    def is_no_date(self, cell: str) -> bool:
        """Say whether a cell says outright that there is no date: empty, "TBC", a dash."""
        return cell.lower().strip(" .") in self._none or not cell.strip()

    def status_word(self, cell: str) -> Status | None:
        """Read a status column: a whole cell that is a word for it, or opens with one."""
        folded = fold(cell)
        if folded in self._status_words:
            return self._status_words[folded]
        for word in sorted(self._status_words, key=len, reverse=True):
            if folded.startswith(word + " ") and len(word) > 3:  # noqa: PLR2004 - "yes it will" is no status
                return self._status_words[word]
        return None

    def stated(self, texts: Sequence[str]) -> Status | None:
        """Find what the latest of several entries states of the action's progress; None if none does."""
        for text in reversed(texts):
            for status, pattern in self._statements.items():
                if pattern.search(text):
                    return status
        return None

    def updates(self, cell: str, heading_date: str | None) -> tuple[Update, ...]:
        """Split a cell of comments at its dated entries.

        Text before the first dated entry takes the date of the column's heading, None where it has none.
        """
        entries: list[Update] = []
        begun, date, inferred = 0, heading_date, False
        for start in (0, *(match.end() for match in ENTRY.finditer(cell))):
            opening = opening_date(cell, start, date)
            if opening is None:
                continue
            _add(entries, cell[begun:start], date, inferred)
            begun, date, inferred = opening.end, opening.edtf, opening.year_inferred
        _add(entries, cell[begun:], date, inferred)
        return tuple(entries)


def _add(entries: list[Update], text: str, date: str | None, inferred: bool) -> None:
    kept = " ".join(text.split())
    if kept:
        entries.append(Update(date, kept, inferred))
