"""A selection laid out in time: how many actions fall due in which month, and what they have in common."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planweave.facets.choices import CODES, NONE
from planweave.facets.columns import Marked, Several, ranges
from planweave.facets.rows import OPEN

if TYPE_CHECKING:
    from planweave.facets.columns import Mask
    from planweave.facets.selecting import Count, Selection

__all__ = ["Grid", "Layout", "Months", "grid_of", "kinds_of", "layout_of", "months_of"]


@dataclass(frozen=True)
class Months:
    """How many actions fall due in each month, from a first one on, and how many of them are overdue on a day.

    What counts is the last day that a date can mean; months are numbered from January 1970.
    """

    first: int
    actions: tuple[int, ...]
    overdue: tuple[int, ...]


@dataclass(frozen=True)
class Grid:
    """How many actions of each value of a facet fall due in each period; the periods are those of ``starts``.

    Parameters
    ----------
    starts
        The first month of each period, numbered from January 1970, and the first after the last.
    lines
        A value and the counts of its periods.
    """

    starts: tuple[int, ...]
    lines: tuple[tuple[Count, tuple[int, ...]], ...]


def _dated(selection: Selection) -> Mask:
    index = selection.index
    is_date = index.singles["due"].values == CODES["due"].index("date")
    mask: Mask = selection.mask & is_date & (index.latest > 0) & (index.latest < OPEN)
    return mask


def months_of(selection: Selection, day: dt.date) -> Months:
    """Count the actions of a selection by the month they fall due in."""
    rows = np.flatnonzero(_dated(selection))
    if not len(rows):
        return Months(0, (), ())
    months = selection.index.month[rows]
    first = int(months.min())
    every = np.bincount(months - first)
    late = np.bincount(months[selection.overdue(day)[rows]] - first, minlength=len(every))
    return Months(first, tuple(every.tolist()), tuple(late.tolist()))


def grid_of(selection: Selection, facet: str, starts: tuple[int, ...], most: int) -> Grid:
    """Count the actions of a selection by value and period, for the values with the most of them that have a date.

    Where values of the facet are chosen, only these are counted.
    """
    column = selection.column(facet)
    rows = np.flatnonzero(_dated(selection))
    periods = np.searchsorted(np.array(starts), selection.index.month[rows], side="right") - 1
    if isinstance(column, Several):
        lengths = column.starts[rows + 1] - column.starts[rows]
        values = column.values[ranges(column.starts[rows], lengths)]
        periods = np.repeat(periods, lengths)
    else:
        values = column.values[rows]
    counts = np.bincount(values, minlength=column.many)
    chosen = selection.numbers_chosen(facet)
    if chosen is not None:
        counts = np.where(np.isin(np.arange(column.many), chosen), counts, 0)
    largest = np.argsort(-counts, kind="stable")[:most]
    largest = largest[counts[largest] > 0]
    lines = np.full(column.many, -1)
    lines[largest] = np.arange(len(largest))
    line, many = lines[values], len(starts) - 1
    inside = (line >= 0) & (periods >= 0) & (periods < many)
    table = np.bincount(line[inside] * many + periods[inside], minlength=len(largest) * many).reshape(-1, many)
    return Grid(
        starts,
        tuple(
            (selection.count_of(facet, number, int(counts[number])), tuple(own))
            for number, own in zip(largest.tolist(), table.tolist(), strict=True)
        ),
    )


def kinds_of(selection: Selection) -> dict[str, int]:
    """Count the actions of a selection by the kind of their due date; of those with none all, and by why."""
    counts = selection.index.singles["due"].counts(Marked(selection.mask)).tolist()
    found = {code: int(number) for code, number in zip(CODES["due"], counts, strict=True)}
    found[NONE] = sum(number for code, number in found.items() if code.partition(".")[0] == NONE)
    return found


@dataclass(frozen=True)
class Layout:
    """The actions of a selection that say anything of when, in groups: the groups, and the lines in their order.

    Parameters
    ----------
    facet
        What they are grouped by; an action with several values of it has a line in each.
    total
        How many lines there are to be, or at least, where there are too many.
    groups
        The number of a value → the value, with how many lines it has.
    lines
        The number of an action and of its group; empty where there are too many to be drawn.
    first, last
        The days that are drawn: of all dates, or, where they lie very far apart, of nearly all.
    outside
        How many actions have a date that lies outside of those.
    """

    facet: str
    total: int
    groups: dict[int, Count]
    lines: tuple[tuple[int, int], ...]
    first: dt.date | None = None
    last: dt.date | None = None
    outside: int = 0


FAR = 30 * 366
"""Dates that lie further apart are not drawn all."""


def layout_of(selection: Selection, facet: str, most: int) -> Layout:
    """Lay out the actions of a selection by what they have in common and when they are due.

    Where values of the facet are chosen, only these have lines.
    """
    index = selection.index
    nothing = CODES["due"].index("none")
    rows = np.flatnonzero(selection.mask & (index.singles["due"].values < nothing))
    if len(rows) > most:
        return Layout(facet, len(rows), {}, ())  # each has one line at least
    column = selection.column(facet)
    if isinstance(column, Several):
        lengths = column.starts[rows + 1] - column.starts[rows]
        values, owners = column.values[ranges(column.starts[rows], lengths)], np.repeat(rows, lengths)
    else:
        values, owners = column.values[rows], rows
    chosen = selection.numbers_chosen(facet)
    if chosen is not None:
        wanted = np.isin(values, chosen)
        values, owners = values[wanted], owners[wanted]
    if len(owners) > most or not len(owners):
        return Layout(facet, len(owners), {}, ())
    groups = {
        int(number): selection.count_of(facet, int(number), int(many))
        for number, many in zip(*np.unique(values, return_counts=True), strict=True)
    }
    order = sorted(groups, key=lambda number: (_is_none(groups[number]), groups[number].label.casefold(), number))
    place = np.zeros(column.many, dtype="i8")
    place[order] = np.arange(len(order))
    # What has no date comes after what has one.
    due = index.sort_keys("due")[owners]
    lines = np.lexsort((owners, due, due < 0, place[values]))
    days = np.concatenate((index.earliest[rows], index.latest[rows]))
    days = np.sort(days[(days > 0) & (days < OPEN)])
    if not len(days):
        return Layout(facet, len(owners), groups, tuple((int(owners[at]), int(values[at])) for at in lines))
    first, last = int(days[0]), int(days[-1])
    if last - first > FAR:
        first, last = (int(days[int(share * (len(days) - 1))]) for share in (0.02, 0.98))
    ends = np.where(index.latest[rows] < OPEN, index.latest[rows], index.earliest[rows])
    outside = int(np.count_nonzero((ends > 0) & ((ends < first) | (ends > last))))
    return Layout(
        facet,
        len(owners),
        groups,
        tuple((int(owners[at]), int(values[at])) for at in lines),
        dt.date.fromordinal(first),
        dt.date.fromordinal(last),
        outside,
    )


def _is_none(one: Count) -> bool:
    return one.key == NONE or one.key.startswith(f"{NONE}.")
