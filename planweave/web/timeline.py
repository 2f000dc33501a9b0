"""The timeline: actions by when they are due, as exactly as the plans say it and no more exactly."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from starlette.routing import Route

from planweave.facets.times import grid_of, kinds_of, layout_of, months_of
from planweave.reporting.words import MONTHS, day_words, shortened
from planweave.web.actions import due_words, hidden_of, reference_of, status_look
from planweave.web.addresses import actions_address, timeline_address, with_state
from planweave.web.checked import today
from planweave.web.listing import FACET_WORDS, asked_of, chips_of, day_of, facets_of, listing_of, value_words
from planweave.web.rooms import reading, served_of
from planweave.web.show import show
from planweave.wording import DUE_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from planweave.facets import ActionRow, Count, Months, Selection
    from planweave.facets.times import Layout
    from planweave.graph import Graph

__all__ = ["ROUTES", "Axis", "Mark", "marks_of"]

GROUPS: Final = {"plan": "Plan", "lead": "Lead", "pillar": "Pillar"}
MOST_MARKS: Final = 600
"""Of so many actions each is drawn; more are counted by quarter or year."""

ROWS: Final = 100
LINES: Final = 25
MOST_YEARS: Final = 12
"""So many years are counted by quarter; more by year."""

JANUARY_1970: Final = 1970 * 12
ENDING: Final = ("day", "month", "quarter", "year", "longer")
"""How exact a date is that has an end: only such a one falls due."""

KINDS: Final = ("date", "review", "ongoing", "recurring", "none")


@dataclass(frozen=True)
class Axis:
    """The years that are drawn, and where on them a day is, in per cent of their length."""

    first: int
    last: int

    @property
    def years(self) -> list[tuple[int, float]]:
        """Each year and where it begins; where there are many, some of them."""
        every = self.last - self.first + 1
        step = next(step for step in (1, 2, 5, 10, 25, 100, 1000) if every / step <= MOST_YEARS)
        return [(year, self.at(dt.date(year, 1, 1))) for year in range(self.first, self.last + 1, step)]

    @property
    def day(self) -> float:
        """How long a day is."""
        return 100 / (dt.date(self.last, 12, 31).toordinal() + 1 - dt.date(self.first, 1, 1).toordinal())

    def at(self, day: dt.date) -> float:
        """Say where a day begins; what is before or after the axis is at its end."""
        return round(min(max((day.toordinal() - dt.date(self.first, 1, 1).toordinal()) * self.day, 0.0), 100.0), 2)


@dataclass(frozen=True)
class Mark:
    """What is drawn of an action: what it is, from where to where, and the words on it."""

    shape: str
    start: float
    width: float
    words: str = ""
    look: str = ""


@dataclass(frozen=True)
class Line:
    """A line of the timeline: an action with its marks, below the heading of its group where a group begins."""

    row: ActionRow
    marks: tuple[Mark, ...]
    late: str
    group: Group | None = None


class Group(NamedTuple):
    """What lines have in common: its words, how many lines it has, and the list of them."""

    words: str
    number: int
    address: str


class Cell(NamedTuple):
    """A number, how dark its ground is, and the list behind it."""

    number: int
    depth: int
    address: str


def page(request: Request) -> Response:
    """Show the actions that the address chooses, by when they are due."""
    with reading(request) as graph:
        asked = asked_of(request)
        listing = listing_of(request, graph, asked.choices)
        day, mistakes = _day(request)
        mistakes = (*asked.mistakes, *mistakes)
        selection = None if mistakes else listing.selection
        by = request.query_params.get("by", "plan")
        by = by if by in GROUPS else "plan"
        checked = listing.marks is not None
        return show(
            request,
            "timeline.html.j2",
            title="Timeline",
            asked=asked,
            mistakes=mistakes,
            chips=chips_of(request, asked, listing.selection),
            facets=[] if listing.selection is None else facets_of(request, listing.selection, checked=checked),
            facet_words=FACET_WORDS,
            value_words=value_words,
            waiting=listing.waiting,
            notices=listing.notices,
            checked=checked,
            hidden=hidden_of(request),
            kept=[
                pair for pair in request.query_params.multi_items() if pair[0] not in {"by", "day", "page"} and pair[1]
            ],
            empty=timeline_address(by=by, day=request.query_params.get("day")),
            groups=GROUPS,
            by=by,
            day=day,
            drawn=None if selection is None else _known(request, graph, selection, by, day),
            due_words=due_words,
            reference_of=reference_of,
            status_look=status_look,
            action_page="/timeline",
        )


def _day(request: Request) -> tuple[dt.date, tuple[tuple[str, str], ...]]:
    """Give the day for which it is said what is overdue."""
    said = request.query_params.get("day", "").strip()
    day = day_of(said) if said else today()
    if day is None:
        return today(), ((f"Overdue as of: “{said[:40]}” is no day; write it as 2024-12-31", "day"),)
    return day, ()


def _known(request: Request, graph: Graph, selection: Selection, by: str, day: dt.date) -> dict[str, object]:
    """Give all that is drawn of a selection; kept, for of a million actions it takes a while."""
    key = ("timeline", request.url.query, selection, by, day)
    return served_of(request).made(graph, key, lambda: _drawn(request, selection, by, day))


def _drawn(request: Request, selection: Selection, by: str, day: dt.date) -> dict[str, object]:
    """Give all that is drawn of a selection."""

    def listed(**choice: object) -> str:
        """Give the list of the actions of this selection that are of a kind, too."""
        return _listed(request, choice)

    months = months_of(selection, day)
    kinds = kinds_of(selection)
    layout = layout_of(selection, by, MOST_MARKS)
    figures = [
        (sum(months.actions), "fall due on a date", listed(due="date", exact=ENDING)),
        (sum(months.overdue), f"of them overdue on {day_words(day)}", listed(overdue=day)),
        *((kinds[kind], _kind_words(kind), listed(due=kind)) for kind in KINDS[1:-1] if kinds[kind]),
        (kinds["none"], "with no date", listed(due="none")),
    ]
    reasons = [
        (value_words("due", code, code), number, listed(due=code))
        for code, number in kinds.items()
        if code.startswith("none.") and number
    ]
    return {
        "total": len(selection),
        "figures": [(f"{number:,}", words, address if number else None) for number, words, address in figures],
        "reasons": reasons,
        "calendar": _calendar(months, listed),
        "lines": _lines(request, selection, layout, day) if layout.lines else None,
        "grid": None if layout.lines or not months.actions else _grid(selection, by, months, listed),
        "dated": sum(months.actions),
        "drawable": layout.total,
    }


def _kind_words(kind: str) -> str:
    return {"review": "only a date of review"}.get(kind, DUE_WORDS.get(kind, kind))


def _listed(request: Request, choice: Mapping[str, object]) -> str:
    """Give the list of the actions of this selection that are of a kind, too.

    What a number counts is part of the selection: so a value takes the place of those that are chosen of its facet,
    and a span of days or of precisions is what both have in common.
    """
    state: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        if name not in {"page", "by", "day", "more", "sort"} and not name.startswith("in-"):
            state.setdefault(name, []).append(value)
    first, last = (day_of("".join(state.get(name, [])[:1])) for name in ("from", "to"))
    over = day_of("".join(state.get("overdue", [])[:1]))
    for name, chosen in choice.items():
        if name in {"exact", "due"} and isinstance(chosen, tuple) and state.get(name):
            state[name] = [one for one in state[name] if one in chosen]
        elif name == "begins" and isinstance(chosen, dt.date):
            state["from"] = [str(max(chosen, first or chosen))]
        elif name == "ends" and isinstance(chosen, dt.date):
            state["to"] = [str(min(chosen, last or chosen))]
        elif name == "overdue" and isinstance(chosen, dt.date):
            state["overdue"] = [str(min(chosen, over or chosen))]
        else:
            state[name] = [str(one) for one in chosen] if isinstance(chosen, tuple) else [str(chosen)]
    return with_state(actions_address(), state)


# --------------------------------------------------------------------------------------------- the calendar of months


def _calendar(months: Months, listed: Callable[..., str]) -> list[tuple[int, list[Cell | None], Cell]]:
    """Give the years with something due, each with its months and its sum."""
    counts: dict[int, list[int]] = {}
    for number, many in enumerate(months.actions, start=months.first):
        if many:
            year, month = divmod(JANUARY_1970 + number, 12)
            counts.setdefault(year, [0] * 12)[month] = many
    most = max((many for year in counts.values() for many in year), default=1)
    calendar = []
    for year, own in sorted(counts.items()):
        cells = [
            _cell(many, most, listed(begins=dt.date(year, month, 1), ends=_end(year, month))) if many else None
            for month, many in enumerate(own, start=1)
        ]
        whole = _cell(sum(own), 0, listed(begins=dt.date(year, 1, 1), ends=dt.date(year, 12, 31)))
        calendar.append((year, cells, whole))
    return calendar


def _cell(number: int, most: int, address: str) -> Cell:
    """Give a number on a ground that is the darker the nearer it comes to the largest, in five steps."""
    return Cell(number, 0 if not (number and most) else min(5, 1 + (number * 5 - 1) // most), address)


def _end(year: int, month: int) -> dt.date:
    return dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(1)


# ------------------------------------------------------------------------------------------------ one line an action


def _lines(request: Request, selection: Selection, layout: Layout, day: dt.date) -> dict[str, object]:
    """Give a page of lines: the groups one after the other, in each the actions by when they are due."""
    said = request.query_params.get("page", "1")
    last = max(1, -(-len(layout.lines) // ROWS))
    page = min(max(1, int(said)) if said.isdecimal() and len(said) < 9 else 1, last)  # noqa: PLR2004 - of any size
    shown = layout.lines[(page - 1) * ROWS : page * ROWS]
    axis = Axis(layout.first.year, layout.last.year) if layout.first and layout.last else Axis(day.year, day.year)
    lines = []
    before = None
    for number, group in shown:
        row = selection.index.row(number)
        heading = None
        if group != before:
            one = layout.groups[group]
            timed = {layout.facet: one.key, "due": KINDS[:-1]}
            heading = Group(_group_words(layout.facet, one), one.number, _listed(request, timed))
            before = group
        lines.append(Line(row, tuple(marks_of(row, axis, day)), _late(row, day), heading))
    return {
        "axis": axis,
        "now": axis.at(day) if axis.first <= day.year <= axis.last else None,
        "lines": lines,
        "page": page,
        "pages": [(number, _page(request, number)) for number in range(1, last + 1)],
        "outside": layout.outside,
        "total": len(layout.lines),
    }


def _group_words(facet: str, one: Count) -> str:
    words = value_words(facet, one.key, one.label)
    return f"{words} – {shortened(one.within, 60)}" if one.within else words


def _page(request: Request, number: int) -> str:
    state: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        if name != "page":
            state.setdefault(name, []).append(value)
    return timeline_address(**state, page=number if number > 1 else None)


def _late(row: ActionRow, day: dt.date) -> str:
    if not row.is_overdue(day):
        return ""
    return "may be overdue" if row.vague else "overdue"


def marks_of(row: ActionRow, axis: Axis, day: dt.date) -> Iterator[Mark]:
    """Draw when an action is due: as wide as what its date can mean, and fading where it has no end."""
    look = "late" if row.is_overdue(day) else "done" if row.status in {"complete", "stopped"} else "plain"
    if row.kind == "recurring":
        yield Mark("rhythm", 0, 100, shortened(row.due, 40), look)
    elif row.kind == "ongoing" and row.precision != "open":
        yield Mark("band", 0, 100, "ongoing", look)
    if row.precision == "open":
        start, end = axis.at(row.earliest) if row.earliest else 0.0, 100.0
        yield Mark("band", start, round(end - start, 2), "no end", look)
    elif row.latest:
        start = axis.at(row.earliest) if row.earliest else 0.0
        end = axis.at(row.latest) + axis.day
        shape = "day" if row.precision == "day" else "bar"
        look = "review" if row.kind in {"review", "ongoing", "recurring"} else look
        words = "review" if look == "review" else ""
        yield Mark(shape, start, round(max(end - start, 0.3), 2), words, f"{look} vague" if row.vague else look)


# --------------------------------------------------------------------------------- counts, where there are many actions


def _grid(selection: Selection, by: str, months: Months, listed: Callable[..., str]) -> dict[str, object]:
    """Count the actions of the largest groups by quarter or by year."""
    first, last = (JANUARY_1970 + months.first) // 12, (JANUARY_1970 + months.first + len(months.actions) - 1) // 12
    step = 3 if last - first < MOST_YEARS else 12
    first, outside = _clipped(months, first, last)
    last = min(last, first + 4 * MOST_YEARS)
    starts = tuple(range(first * 12 - JANUARY_1970, (last + 1) * 12 - JANUARY_1970 + 1, step))
    grid = grid_of(selection, by, starts, LINES)
    most = max((many for _, counts in grid.lines for many in counts), default=1)
    spans = [(_first_day(start), _first_day(after) - dt.timedelta(1)) for start, after in itertools.pairwise(starts)]
    used = [number for number in range(len(spans)) if any(counts[number] for _, counts in grid.lines)]
    return {
        "heads": [_span_words(*spans[number], step) for number in used],
        "lines": [
            (
                Group(_group_words(by, one), one.number, listed(**{by: one.key}, due="date", exact=ENDING)),
                [
                    _cell(counts[at], most, listed(**{by: one.key}, begins=spans[at][0], ends=spans[at][1]))
                    if counts[at]
                    else None
                    for at in used
                ],
            )
            for one, counts in grid.lines
        ],
        "outside": outside,
        "by": GROUPS[by].lower(),
    }


def _clipped(months: Months, first: int, last: int) -> tuple[int, int]:
    """Where dates lie very far apart, give the first year of those most of them lie in, and how many lie before."""
    if last - first <= 4 * MOST_YEARS:
        return first, 0
    whole, before = sum(months.actions), 0
    for number, many in enumerate(months.actions, start=months.first):
        if (before + many) * 100 > whole:
            return (JANUARY_1970 + number) // 12, before
        before += many
    return first, 0


def _first_day(month: int) -> dt.date:
    year, own = divmod(JANUARY_1970 + month, 12)
    return dt.date(year, own + 1, 1)


def _span_words(first: dt.date, last: dt.date, step: int) -> tuple[str, str]:
    """Name a period: shortly, and in full."""
    if step > 3:  # noqa: PLR2004 - a quarter's months
        return str(first.year), str(first.year)
    return (
        f"{MONTHS[first.month - 1][:3]}–{MONTHS[last.month - 1][:3]} {first.year}",
        f"{MONTHS[first.month - 1]} to {MONTHS[last.month - 1]} {last.year}",
    )


ROUTES: Final = (Route("/timeline", page),)
