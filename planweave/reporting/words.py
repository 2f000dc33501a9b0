"""What all ways of showing a report say alike: places, days, shares and counts in words."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planweave.findings import Acceptance, Finding, Report, Scorecard, Where

__all__ = [
    "PARTS",
    "PASSING",
    "Part",
    "acceptance_words",
    "cell_words",
    "checked_words",
    "counted",
    "day_words",
    "percent",
    "place_words",
    "reference",
    "same_words",
    "shortened",
    "total",
    "value_is_said",
]

MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

PASSING: Final = (
    "A check compares a plan with itself and with the calendar. That it finds nothing does not make a plan true,"
    " sufficient or done; and what it finds can have a good reason. For anything that matters, consult the plan itself."
)
"""What a report is not."""


class Part(NamedTuple):
    """What an action can have: its name, the field of the scorecard that counts it, and what counts."""

    name: str
    field: str
    words: str
    about: str

    def count(self, card: Scorecard) -> int:
        """Give how many actions of a plan have it."""
        number: int = getattr(card, self.field)
        return number


PARTS: Final = (
    Part("lead", "with_lead", "Lead", "actions that name who leads"),
    Part("outcome", "with_outcome", "Outcome", "actions with an outcome, a measure of success or evidence"),
    Part("due", "with_due", "Due date", "actions with a date or a stated rhythm"),
    Part("status", "with_status", "Status", "actions of which anything says how far they are"),
    Part("partner", "with_partner", "Partner", "actions that name a partner"),
)
"""The shares of a scorecard, in order."""


def percent(part: int, whole: int) -> str:
    """Write a share in whole per cent; only all is 100 %, and only nothing is 0 %.

    Examples
    --------
    >>> [percent(part, 1000).replace("\N{NO-BREAK SPACE}", " ") for part in (0, 1, 886, 999, 1000)]
    ['0 %', '1 %', '89 %', '99 %', '100 %']
    >>> percent(0, 0)
    '–'
    """
    if not whole:
        return "–"
    number = part * 100 // whole if part in {0, whole} else min(max(round(part * 100 / whole), 1), 99)
    return f"{number}\N{NO-BREAK SPACE}%"


def counted(number: int, thing: str) -> str:
    """Say how many there are of a thing.

    Examples
    --------
    >>> counted(1, "finding"), counted(1200, "finding")
    ('1 finding', '1,200 findings')
    """
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def day_words(day: dt.date | str) -> str:
    """Write a day as it is read; what is no day stays as it is.

    Examples
    --------
    >>> day_words(dt.date(2024, 12, 31)), day_words("2024-05-03"), day_words("May")
    ('31 December 2024', '3 May 2024', 'May')
    """
    if isinstance(day, str):
        try:
            day = dt.date.fromisoformat(day)
        except ValueError:
            return str(day)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def place_words(where: Where) -> str:
    """Say where in the document something stands.

    Examples
    --------
    >>> from planweave.findings import Where
    >>> place_words(Where(2, 3, 4, "")), place_words(Where(None, 1, 4, ""))
    ('page 2, table 3, row 4', 'table 1, row 4')
    """
    numbered = (("page", where.page), ("table", where.table), ("row", where.row))
    parts = [f"{name} {number}" for name, number in numbered if number is not None]
    return ", ".join(parts) or "above the tables"


def shortened(text: str, most: int) -> str:
    r"""Put a text on one line, and cut it at a space if it is longer than so many characters.

    Examples
    --------
    >>> shortened("Open a  hub\nfor all", 40), shortened("Open a hub for all", 12), shortened("Supercalifragi", 8)
    ('Open a hub for all', 'Open a hub …', 'Superca…')
    """
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    head, space, _ = line[: most - 1].rpartition(" ")
    # A very long word is cut, rather than nearly everything left out.
    return f"{head} …" if space and len(head) * 2 > most else f"{line[: most - 1]}…"


def same_words(one: str | None, other: str | None) -> bool:
    r"""Tell whether two texts are the same, white space and capitals aside.

    Examples
    --------
    >>> same_words("Spring\n2022", "spring 2022"), same_words(None, "")
    (True, False)
    """
    if one is None or other is None:
        return one is other
    return one.casefold().split() == other.casefold().split()


def reference(finding: Finding) -> str | None:
    """Give the printed reference of a finding's action, or the end of its id, or None if it is on the plan."""
    return finding.ref or (finding.action.partition("/")[2] or finding.action if finding.action else None)


def cell_words(finding: Finding) -> str | None:
    """Give the words of the cell that shows a finding, unless they only say the action or the value again."""
    text = finding.where.text if finding.where else ""
    if not text.strip() or same_words(text, finding.text) or same_words(text, finding.value):
        return None
    return text


def value_is_said(finding: Finding) -> bool:
    """Tell whether the message of a finding says its value already.

    Examples
    --------
    >>> from planweave.findings import Finding
    >>> at = Finding("x", "info", "a", "a/1", "1", "1.10 refers to 2.1.", "2.1", None, False, "")
    >>> value_is_said(at), value_is_said(Finding("x", "info", "a", "a/1", "1", "2.10 is gone.", "2.1", None, False, ""))
    (True, False)
    """
    value = re.escape(finding.value or "")
    return re.search(rf"(?<![\w.]){value}(?!\w)", finding.message) is not None


def acceptance_words(accepted: bool | Acceptance) -> str:
    """Say who accepted a finding, when and why."""
    if isinstance(accepted, bool):
        return "Accepted."
    return f"Accepted by {accepted.by} on {day_words(accepted.date)}: {accepted.reason}"


def total(scorecards: Iterable[Scorecard], field: str) -> int:
    """Add up one count of all plans."""
    return sum(getattr(card, field) for card in scorecards)


def checked_words(report: Report) -> str:
    """Say what was checked, with what, and for which day."""
    plans = counted(len(report.scorecards), "plan")
    actions = counted(total(report.scorecards, "actions"), "action")
    questions = counted(len(report.questions), "question")
    return f"{plans} with {actions}, {questions}; profile {report.profile}, as of {day_words(report.as_of)}"
