"""Due cells, status cells and comments → when an action is due, how far it is, what was said when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planweave.dates import opening_date, read_edtf
from planweave.dates.words import MONTH
from planweave.reading.definition import fold
from planweave.records import Due, Update

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planweave.reading.definition import Common
    from planweave.records import DueKind, Status

__all__ = ["Progress"]

STATUSES: tuple[Status, ...] = ("partial", "complete", "stopped", "not-started", "ongoing")
ENTRY = re.compile(r"(?:(?<=[.!?;:,])\s+|\n)(?=[\dA-Z])")
DONE_MARK = re.compile("[✓✔☑√]")
PERCENT = re.compile(r"(?<![\d.])(?!100\s?%)\d{1,3}(?:\.\d+)?\s?%")
CLAUSE_END = re.compile(rf"[;.(]|\s[-–—]\s|,\s*(?!(?:and|&|or)\b|\d|{MONTH}\b)", re.IGNORECASE)


def _words(words: Sequence[str]) -> re.Pattern[str]:
    """Match whole words, the longest first; a space stands for a hyphen too."""
    longest_first = sorted(words, key=len, reverse=True)
    forms = (re.escape(word).replace(r"\ ", r"[\s\-–]{1,3}") for word in longest_first)
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)


ADDED = re.compile(r"(?:[(\[;,]|\s[-–—])\s*([^\W\d_][^()\[\];,]*)[)\]]?\.?$")
CLAUSE = re.compile(r"[.:;,(]|\s[-–—]\s|\s(?:because|due to|owing to|pending|while|as)\s", re.IGNORECASE)
EACH = re.compile(
    r"(?:from .{1,20} )?(?:each|every)\b.{1,50}"
    r"|.{1,30}(?<! of)(?<! after)(?<! before)(?<! following),? (?:each|every) \w+",
    re.IGNORECASE,
)
"""A timescale that says how often: "Every school holiday", "October, each year"; not how soon after each time."""

_COUNT = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_PERIOD = r"(?:day|week|fortnight|month|quarter|term|half[\s-]term|season|year)"
HOW_OFTEN = re.compile(
    rf"\b(?:once|twice|thrice|(?:at\s+least\s+)?{_COUNT}(?:\s+times)?)\s+(?:a|an|per|each|every|in\s+(?:a|each))\s+{_PERIOD}\b"
    rf"|\b{_COUNT}[\s-]?(?:weekly|monthly|yearly)\b|\bevery\s+(?:other\s+|{_COUNT}\s+)?(?:{_PERIOD}s?|meeting)\b",
    re.IGNORECASE,
)
"""A timescale that says how many times: "Two a year", "six-weekly"."""

TAKES_BACK = re.compile(
    r"\b(?:no|not|never|by|part|partly|partially|partial|subject|except|but|until|once|when|if|unless|due|expected|pending"
    r"|awaiting|error|reopened|almost|nearly|mostly|some|to be)\b"
)
"""What stands behind a word for a status and changes it: "Complete by June", "Closed, not achieved"."""


SUBJECT = re.compile(
    r"(?:(?:the|this|our|all) )?(?:actions?|work|tasks?|projects?|milestones?|activity|activities|it)"
    r"(?: (?:is|are|has|have|was|were)(?: been)?)?(?: now)? "
)
"""What stands in front of a status in a key: "Action on schedule", "Work is going to plan"."""

ONLY_LATE = re.compile(
    r"(?: but (?:is |still |is still )?(?:expected|likely) to be (?:delivered|completed|achieved|met))?"
    r"(?:\s|\bwith\b|\bbut\b|\bsome\b|\bminor\b|\bslight\b|\bsignificant\b|\bmajor\b|\brunning\b)*"
    r"(?:delays?|delayed|late|later than planned|slippage|slipping|slipped|behind(?: schedule| target| plan)?|at risk"
    r"|off (?:track|target|schedule)|not (?:to time|on time|on track|to plan)"
    r"|(?:risks?|issues?|concerns?)(?: to (?:the |our |its )?\w+(?:(?: or | and )\w+)?)?|)"
)
"""What stands behind a word for what is under way and changes nothing about that: "Started, some delay"."""


class Progress:
    """Reads timescales, statuses and dated entries with the words of ``common.toml``."""

    def __init__(self, common: Common) -> None:
        self._none = frozenset(word.strip(" .?") for word in common.dates.none)
        self._ongoing = _words(common.dates.ongoing)
        self._recurring = _words(common.dates.recurring)
        self._review = _words(common.dates.review)
        self._colours = frozenset(map(fold, common.status.colours))
        self._vague = frozenset(map(fold, common.status.vague))
        self._status_words = {fold(word): status for status in STATUSES for word in common.status.words.get(status, ())}
        self._statements: dict[Status, re.Pattern[str]] = {
            status: re.compile("|".join(common.status.statements[status]), re.IGNORECASE | re.MULTILINE)
            for status in STATUSES
            if common.status.statements.get(status)
        }

    def due(self, cell: str) -> Due:
        """Read a timescale.

        Ongoing with an interval is recurring; ongoing with a date is ongoing and keeps the date; a review
        date where the cell has no other is a review. What is no date has kind ``none`` and keeps its text.
        """
        text = " ".join(cell.split())
        if self.is_no_date(text):
            return Due(text, "none", None)
        reviewed, other = self._reviewed(text)
        edtf, goes_on = read_edtf(text)
        if reviewed and (of_other := read_edtf(other))[0]:
            edtf, goes_on = of_other
            reviewed = False
        kind: DueKind
        often = self._recurring.search(text) or HOW_OFTEN.search(text)
        if often or (EACH.fullmatch(text) and not edtf):
            kind = "recurring"
        elif goes_on or self._ongoing.search(text):
            kind = "ongoing"
        elif edtf and reviewed:
            kind = "review"
        else:
            kind = "date" if edtf else "none"
        return Due(text, kind, edtf)

    def _reviewed(self, text: str) -> tuple[bool, str]:
        """Say whether a timescale speaks of a review; give the text without it, if the review is dated."""
        match = self._review.search(text)
        if not match:
            return False, text
        end = CLAUSE_END.search(text, match.end())
        stop = end.start() if end else len(text)
        dated = read_edtf(text[match.start() : stop])[0]
        return True, f"{text[: match.start()]} {text[stop:]}" if dated else ""

    def is_no_date(self, cell: str) -> bool:
        """Say whether a cell says outright that there is no date: empty, "TBC", a dash."""
        text = " ".join(cell.split()).lower().strip(" .?()[]")
        return not text or text in self._none

    def status_word(self, cell: str) -> Status | None:
        """Read a status column: a whole cell that is a word for it, or opens with one.

        A colour decides only where no other word does; a done mark decides in any case; a share that is not
        the whole is no word for it.
        """
        if DONE_MARK.search(cell):
            return "complete"
        if PERCENT.search(cell):
            return None
        folded = fold(cell)
        said = " ".join(word for word in folded.split() if word not in self._colours)
        subject = SUBJECT.match(folded)
        return (
            self._opening_word(said)
            or self._opening_word(folded)
            or (self._opening_word(folded[subject.end() :]) if subject else None)
        )

    def _opening_word(self, folded: str) -> Status | None:
        """The status of a cell that is a word for it, or opens with one that nothing behind it takes back."""
        if folded in self._status_words:
            return self._status_words[folded]
        for word in sorted(self._status_words, key=len, reverse=True):
            if folded.startswith(word + " ") and len(word) > 3:  # noqa: PLR2004 - "yes it will" is no status
                status = self._status_words[word]
                # What is stopped stays so: "no longer to be done", "on hold until June".
                behind = folded[len(word) :]
                stands = status == "stopped" or (status == "ongoing" and ONLY_LATE.fullmatch(behind))
                return None if not stands and TAKES_BACK.search(behind) else status
        return None

    def added_word(self, cell: str) -> Status | None:
        """Read what stands behind a timescale, in brackets or after a dash: "March 2024 (completed)".

        Only an end is one: "ongoing" there is a rhythm, and a colour or a "yes" can be anything.
        """
        added = ADDED.search(" ".join(cell.split()))
        if not added or (word := fold(added[1])) in self._colours or len(word) <= len("yes"):
            return None
        status = self.status_word(word)
        return status if status in {"complete", "stopped"} else None

    def stated(self, texts: Sequence[str]) -> Status | None:
        """Find what the latest of several entries states of the action's progress; None if none does."""
        for text in reversed(texts):
            for status, pattern in self._statements.items():
                if pattern.search(text):
                    return status
            if opening := self._opening_clause(text):
                return opening
        return None

    def _opening_clause(self, text: str) -> Status | None:
        """Read a first clause that is nothing but a word for a status: "On hold: the lease fell through"."""
        clause = fold(CLAUSE.split(text, maxsplit=1)[0])
        # A short word, a colour or a rhythm may answer another question.
        if len(clause) <= len("live") or clause in self._colours | self._vague or self._ongoing.fullmatch(clause):
            return None
        return self._status_words.get(clause)

    def updates(self, cell: str, heading_date: str | None) -> tuple[Update, ...]:
        """Split a cell of comments at its dated entries.

        Text before the first dated entry takes the date of the column's heading, None where it has none.
        """
        entries: list[Update] = []
        begun, date, inferred = 0, heading_date, False
        previous: str | None = None
        for start in (0, *(match.end() for match in ENTRY.finditer(cell))):
            opening = opening_date(cell, start, previous)
            if opening is None:
                continue
            _add(entries, cell[begun:start], date, inferred=inferred)
            begun, date, inferred = opening.end, opening.edtf, opening.year_inferred
            previous = opening.edtf
        _add(entries, cell[begun:], date, inferred=inferred)
        return tuple(entries)


def _add(entries: list[Update], text: str, date: str | None, *, inferred: bool) -> None:
    kept = " ".join(text.split())
    if kept:
        entries.append(Update(date, kept, inferred))
