"""Dates held against each other: an action's latest update, and how far apart two linked actions are due."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planweave.dates import bounds

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from planweave.records import Action, Due, Update

__all__ = ["DaysApart", "LatestUpdate", "days_apart", "latest_update"]


class LatestUpdate(NamedTuple):
    """An action's latest update, by its place among them, and its first day where it has a date."""

    place: int
    day: dt.date | None


class DaysApart(NamedTuple):
    """A cross-reference, by the places of the action and of the reference in it, and how far apart the two are due."""

    action: int
    crossref: int
    days: int


def latest_update(updates: Sequence[Update]) -> LatestUpdate | None:
    """Find the latest of an action's updates: of those with a date the one that begins last, else the last printed.

    Of two with the same first day, the one printed later is the later one. A date without a beginning counts by
    its end.
    """
    dated = [(day, place) for place, update in enumerate(updates) if (day := _first_day(update))]
    if dated:
        day, place = max(dated)
        return LatestUpdate(place, day)
    return LatestUpdate(len(updates) - 1, None) if updates else None


def _first_day(update: Update) -> dt.date | None:
    first, last = bounds(update.date) if update.date else (None, None)
    return first or last


def days_apart(actions: Sequence[Action], by_ref: Mapping[str, Sequence[int]]) -> list[DaysApart]:
    """Say of cross-references how many days lie between the latest due days of the two actions.

    Parameters
    ----------
    actions
        Those of a plan.
    by_ref
        Reference → places of the actions that have it.

    Returns
    -------
    One for each two actions, at the link between them that is printed first. A reference that no action or more
    than one has leads nowhere for certain, and an action without a last due day is not far from anything.
    """
    latest = [_last_day(action.due) for action in actions]
    found: dict[tuple[int, int], DaysApart] = {}
    for place, action in enumerate(actions):
        for crossref, printed in enumerate(action.crossrefs):
            others = by_ref.get(printed, ())
            here, there = latest[place], latest[others[0]] if len(others) == 1 else None
            if here and there and others[0] != place:
                pair = (min(place, others[0]), max(place, others[0]))
                found.setdefault(pair, DaysApart(place, crossref, abs((there - here).days)))
    return list(found.values())


def _last_day(due: Due) -> dt.date | None:
    return bounds(due.edtf)[1] if due.edtf else None
