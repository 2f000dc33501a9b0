"""A delay: how it is written, which day it leads to, and which dates then fall before that day."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from planweave.errors import QueryError

if TYPE_CHECKING:
    from planweave.networks.what_if.facts import Action

__all__ = ["Delay", "Falls", "compared", "read_delay"]

Unit = Literal["day", "week", "month", "year"]
Falls = Literal["falls before", "may fall before", "does not fall before", "was before already", "cannot be told"]

WRITTEN: Final = re.compile(r"\s*(?P<number>\d{1,6})\s*(?P<unit>[a-z]+)\s*", re.IGNORECASE | re.ASCII)
UNITS: Final[tuple[Unit, ...]] = ("day", "week", "month", "year")
ENDS_IN_A_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d[~?%]?[\]}]?")
MONTHS_OF_A_YEAR: Final = 12


@dataclass(frozen=True)
class Delay:
    """So many days, weeks, months or years.

    Examples
    --------
    >>> str(Delay(1, "year")), str(Delay(3, "month"))
    ('1 year', '3 months')
    """

    number: int
    unit: Unit

    def __str__(self) -> str:
        return f"{self.number:,} {self.unit}{'' if self.number == 1 else 's'}"

    def after(self, action: Action) -> dt.date | None:
        """Give the day that an action's latest day would be, None where it has none.

        Months are counted on the calendar: from 31 January one month later is the last day of February. Where the
        plan prints no day but a month, a season or a year, its latest day is the end of that, and stays one: one
        month after "February 2023" is the end of March.

        Raises
        ------
        QueryError
            If no calendar has that day.
        """
        latest = action.deadline
        if latest is None:
            return None
        try:
            if self.unit in {"day", "week"}:
                return latest + dt.timedelta(days=self.number * (7 if self.unit == "week" else 1))
            months = self.number * (MONTHS_OF_A_YEAR if self.unit == "year" else 1)
            year, month = divmod(latest.year * MONTHS_OF_A_YEAR + latest.month - 1 + months, MONTHS_OF_A_YEAR)
            last = calendar.monthrange(year, month + 1)[1] if year <= dt.MAXYEAR else 0
            prints_a_day = ENDS_IN_A_DAY.fullmatch(re.split(r"[/,]", action.edtf)[-1])
            return dt.date(year, month + 1, min(latest.day, last) if prints_a_day else last)
        except (ValueError, OverflowError) as error:
            raise QueryError(f"{self} later than {latest} is in no calendar", fix="give a shorter delay") from error


def read_delay(text: str) -> Delay:
    """Read a delay such as ``2w``, ``3m``, ``1y``, ``10d`` or ``3 months``.

    Raises
    ------
    QueryError
        If it is none, or no time at all.

    Examples
    --------
    >>> read_delay("3m"), read_delay("2 weeks")
    (Delay(number=3, unit='month'), Delay(number=2, unit='week'))
    """
    match = WRITTEN.fullmatch(text)
    unit = _unit(match["unit"].lower()) if match else None
    if match is None or unit is None or int(match["number"]) == 0:
        raise QueryError(f"--by is no delay: {text!r}", fix="write one such as 10d, 2w, 3m or 1y")
    return Delay(int(match["number"]), unit)


def _unit(word: str) -> Unit | None:
    return next((unit for unit in UNITS if word in {unit, f"{unit}s", unit[0]}), None)


def compared(action: Action, old: dt.date | None, new: dt.date | None) -> Falls:
    """Say where the date of an action lies, when the latest day of another moves from ``old`` to ``new``.

    A date is before a day if all of it is, to its last day; it *may* be where only a part of it is, such as some days
    of the month that is printed.
    """
    if old is None or new is None or action.deadline is None:
        return "cannot be told"
    if action.deadline < old:
        return "was before already"
    if action.deadline < new:
        return "falls before"
    if new > old and action.earliest is not None and action.earliest < new:
        return "may fall before"
    # "Up to 2025" has no first day: any day before its last one can be meant.
    return "may fall before" if new > old and action.earliest is None else "does not fall before"
