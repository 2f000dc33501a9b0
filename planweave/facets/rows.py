"""What is shown of an action in a list: as it is kept in the index, and as it is given."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import msgspec

__all__ = ["OPEN", "PRECISIONS", "ActionRow", "Named", "Printed", "day_of"]

OPEN = 2**31 - 1
"""The last day of what has no end; 0 is the first day of what has no beginning, and both where there is no date."""

PRECISIONS = ("none", "day", "month", "quarter", "year", "longer", "open")
"""How exact a date is: what it can mean is a day, no more than a month, a quarter, a year, more, or it has no end."""


class Printed(msgspec.Struct, frozen=True, array_like=True):
    """What the index keeps of an action as it is printed: the end of its id, its reference, its words."""

    own: str
    ref: str | None
    text: str
    group: str | None
    due: str
    edtf: str | None


@dataclass(frozen=True)
class Named:
    """A value of a facet: the key it has in an address, and its name for people."""

    key: str
    label: str


@dataclass(frozen=True)
class ActionRow:
    """An action in a list.

    Parameters
    ----------
    row
        Its place among all actions of the build, from 0.
    id, ref, text, group
        As the record has them.
    plan, leads, partners, pillars
        By their names for people, each with its key.
    status, kind
        The codes of the status and of the kind of due date.
    due, edtf
        The printed words, and the date as EDTF.
    earliest, latest
        The first and last day the date can mean; None where it is open or there is none.
    precision
        One of :data:`PRECISIONS`.
    vague
        Whether the date is only about right, or a season.
    no_due, no_lead, no_partner, no_status
        Why there is none: the code of the record's ``blank``, or None where there is one or nothing is said.
    updates, crossrefs
        How many it has.
    findings
        The names of the checks that found something open, None where it is not known yet.
    """

    row: int
    id: str
    ref: str | None
    text: str
    group: str | None
    plan: Named
    leads: tuple[Named, ...]
    partners: tuple[Named, ...]
    pillars: tuple[Named, ...]
    status: str
    kind: str
    due: str
    edtf: str | None
    earliest: dt.date | None
    latest: dt.date | None
    precision: str
    vague: bool
    no_due: str | None
    no_lead: str | None
    no_partner: str | None
    no_status: str | None
    updates: int
    crossrefs: int
    findings: tuple[str, ...] | None

    def is_overdue(self, day: dt.date) -> bool:
        """Say whether all that its date can mean was before a day, and it is not said to be complete or stopped."""
        over = self.kind == "date" and self.latest is not None and self.latest < day
        return over and self.status not in {"complete", "stopped"}


def day_of(number: int) -> dt.date | None:
    """Give a day by its number in the calendar; None for 0 and :data:`OPEN`."""
    return dt.date.fromordinal(number) if 0 < number < OPEN else None
