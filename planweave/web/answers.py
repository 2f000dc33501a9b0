"""An answer as a page shows it: its rows with links, a chart where one fits, its sources, and the same as a file."""

from __future__ import annotations

import datetime as dt
import io
import re
import tempfile
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from starlette.responses import Response

from planweave.asking.answers import Answer
from planweave.asking.kept import Lines, Run
from planweave.asking.terms import readable, value_of
from planweave.errors import PlanweaveError
from planweave.findings import Where
from planweave.reporting.words import day_words, place_words
from planweave.web.addresses import action_address, iri_address
from planweave.web.tables import Column, State, listed, paged, state_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from starlette.requests import Request

    from planweave.graph import Graph
    from planweave.records import PlanRecord
    from planweave.store import Node
    from planweave.tables import Value
    from planweave.web.tables import Shown

__all__ = [
    "FILES",
    "Bar",
    "Kept",
    "Source",
    "attached",
    "chart_of",
    "columns_of",
    "file_of",
    "headed",
    "is_action",
    "shown_answer",
    "sources_of",
]

FILES: Final = (".csv", ".tsv", ".xlsx", ".json")
"""The suffixes of an answer as a file."""

KINDS: Final = {
    ".csv": "text/csv; charset=utf-8",
    ".tsv": "text/tab-separated-values; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".json": "application/sparql-results+json",
}
SORTED: Final = 20_000
"""So many rows at most are sorted by a click; more come in the order of the question."""

MOST_BARS: Final = 40
FEWEST_BARS: Final = 2
MOST_SOURCES: Final = 50
WORD: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")

Cells = tuple["Node | None", ...]


class Kept:
    """An answer that is kept for its pages: its rows are read once.

    Parameters
    ----------
    answer
        A table.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self._sorted: dict[tuple[str, bool], list[Cells]] = {}

    @property
    def size(self) -> int:
        """How many bytes it takes, about: rows that are taken apart are some times as long as the answer."""
        return self.answer.lines.length * (5 if self.can_be_sorted else 1)

    @property
    def can_be_sorted(self) -> bool:
        """Whether there are so few rows that they are sorted by a click."""
        return len(self.answer) <= SORTED

    @cached_property
    def rows(self) -> list[Cells]:
        """All rows."""
        return list(self.answer.rows())

    def ordered(self, state: State) -> list[Cells]:
        """The rows as an address wants them sorted."""
        key = (state.sort, state.descending)
        if state.sort not in self.answer.columns:
            return self.rows
        if key not in self._sorted:
            place = self.answer.columns.index(state.sort)
            filled = [row for row in self.rows if row[place] is not None]
            filled.sort(key=lambda row: _order(row[place]), reverse=state.descending)
            self._sorted = {key: [*filled, *(row for row in self.rows if row[place] is None)]}
        return self._sorted[key]


def _order(node: Node | None) -> tuple[int, Any]:
    """Numbers by size, days by the calendar, words as people sort them."""
    value = value_of(node)
    if isinstance(value, (bool, int, Decimal)):
        return 0, value
    if isinstance(value, dt.date):
        return 1, value.toordinal()
    parts = re.split(r"(\d+)", readable(node).casefold())
    return 2, [(1, 0, part) if at % 2 == 0 else (0, int(part), "") for at, part in enumerate(parts) if part]


def headed(column: str) -> str:
    """Give the name of a column as a heading.

    Examples
    --------
    >>> headed("withOutcome"), headed("ref")
    ('With outcome', 'Ref')
    """
    words = WORD.sub(" ", column).replace("_", " ")
    return words[:1].upper() + words[1:].lower()


def columns_of(kept: Kept) -> list[Column[Cells]]:
    """Give the columns of an answer; what is a plan, an action or a body leads to its page."""
    numeric = kept.answer.numeric
    order: Literal[False] | None = None if kept.can_be_sorted else False
    return [
        Column(
            name,
            headed(name),
            _value(place),
            "number" if name in numeric else "text",
            address=_address(place),
            order=order,
        )
        for place, name in enumerate(kept.answer.columns)
    ]


def _value(place: int) -> Callable[[Cells], Value]:
    def value(row: Cells) -> Value:
        node = row[place]
        found = value_of(node)
        if isinstance(found, dt.date):
            return day_words(found).replace(" ", "\N{NO-BREAK SPACE}")
        return found if isinstance(found, (int, Decimal)) and not isinstance(found, bool) else readable(node)

    return value


def _address(place: int) -> Callable[[Cells], str | None]:
    def address(row: Cells) -> str | None:
        node = row[place]
        return iri_address(node.value) if node is not None and node.kind == "iri" else None

    return address


def shown_answer(request: Request, kept: Kept, caption: str, rows: int) -> Shown:
    """Give the page of an answer that the address asks for."""
    columns = columns_of(kept)
    state = state_of(request, columns, "", rows)
    name = next((place for place, column in enumerate(kept.answer.columns) if column == "action"), None)
    more: dict[str, Any] = {"name_column": name, "downloads": FILES}
    if kept.can_be_sorted:
        # They are sorted already; listed() only looks which page there is.
        plain = State(state.path, "", False, state.page, state.rows, state.rest)
        shown = listed(columns, kept.ordered(state), plain, caption, **more)
        page = State(state.path, state.sort, state.descending, shown.state.page, state.rows, state.rest)
        start = page.start
        return paged(columns, kept.ordered(state)[start : start + rows], shown.total, page, caption, **more)
    total = len(kept.answer)
    last = max(1, -(-total // rows))
    page = State(state.path, "", False, min(state.page, last), state.rows, state.rest)
    return paged(columns, list(kept.answer.part(page.start, rows)), total, page, caption, **more)


def file_of(request: Request, kept: Kept, name: str) -> Response:
    """Give an answer as a file: every row, sorted as the address says; the path says the format."""
    suffix = next(suffix for suffix in FILES if request.url.path.endswith(suffix))
    state = state_of(request, columns_of(kept), "", 1)
    answer = kept.answer
    if kept.can_be_sorted and state.sort in answer.columns:
        answer = _of_rows(answer, kept.ordered(state))
    with tempfile.TemporaryDirectory(prefix="planweave-") as folder:
        content = answer.write(Path(folder) / f"answer{suffix}").read_bytes()
    return attached(content, name, suffix, KINDS[suffix])


def attached(content: bytes, name: str, suffix: str, kind: str) -> Response:
    """Give content as a file to be kept."""
    safe = re.sub(r"[^\w.-]+", "-", name, flags=re.ASCII).strip("-.") or "planweave"
    return Response(content, media_type=kind, headers={"content-disposition": f'attachment; filename="{safe}{suffix}"'})


def _of_rows(answer: Answer, rows: Sequence[Cells]) -> Answer:
    written = "".join("\t".join("" if node is None else str(node) for node in row) + "\n" for row in rows).encode()
    run = Run("select", answer.columns, Lines(io.BytesIO(written), 0, len(rows), len(written)), answer.seconds)
    return Answer(run, answer.about)


# A chart


class Bar(NamedTuple):
    """A line of a chart: its words, its number, the part of the longest, where its words lead."""

    words: str
    number: Value
    part: float
    address: str | None


def chart_of(kept: Kept, given: Iterable[str]) -> tuple[str, list[Bar]] | None:
    """Give an answer as bars, where it is one label and one number a row; None where it is anything else.

    What the question was given is the same in every row, and is left out. Of a thing and its name the name is shown.

    Parameters
    ----------
    kept
        The answer.
    given
        The names of what the question was given.
    """
    answer = kept.answer
    if not FEWEST_BARS <= len(answer) <= MOST_BARS:
        return None
    numeric = answer.numeric
    left = [place for place, name in enumerate(answer.columns) if name not in set(given)]
    numbers = [place for place in left if answer.columns[place] in numeric]
    labels = [place for place in left if place not in numbers]
    things = [place for place in labels if all(node is None or node.kind == "iri" for node in _column(kept, place))]
    named = [place for place in labels if place not in things]
    if len(numbers) != 1 or (len(named), len(things)) not in {(1, 0), (0, 1), (1, 1)}:
        return None
    said, thing = (named or things)[0], things[0] if things else None
    values = [value_of(node) for node in _column(kept, numbers[0])]
    counts = [value if isinstance(value, (int, Decimal)) else None for value in values]
    if any(count is None or count < 0 for count in counts):
        return None
    most = max((count for count in counts if count is not None), default=0)
    bars = [
        Bar(
            readable(row[said]) or "not said",
            count,
            float(count / most) if most and count else 0.0,
            _address(thing)(row) if thing is not None else None,
        )
        for row, count in zip(kept.rows, counts, strict=True)
    ]
    return headed(answer.columns[numbers[0]]), bars


def _column(kept: Kept, place: int) -> list[Node | None]:
    return [row[place] for row in kept.rows]


# Where the documents say so


class Source(NamedTuple):
    """An action, where its page is, where its document prints it, and the cells there."""

    action: str
    address: str
    place: str
    cells: tuple[tuple[str, str], ...]


def is_action(address: str | None) -> bool:
    """Say whether an address is that of an action's page."""
    return address is not None and address.startswith("/plans/") and "/actions/" in address


def sources_of(graph: Graph, shown: Shown) -> list[Source]:
    """Give the printed rows of the actions on a page of an answer, as far as they are not too many."""
    found: dict[str, None] = {}
    for row in shown.rows:
        for cell in row:
            if is_action(cell.address):
                found.setdefault(cell.words)
    records: dict[str, Mapping[str, Any]] = {}
    sources = []
    for identifier in list(found)[:MOST_SOURCES]:
        plan = identifier.partition("/")[0]
        if plan not in records:
            records[plan] = _actions(graph, plan)
        action = records[plan].get(identifier)
        for printed in action.source if action else ():
            where = place_words(Where(printed.page, printed.table, printed.row, ""))
            cells = tuple(
                (cell.heading or "no heading", " ".join(cell.text.split()))
                for cell in printed.cells
                if cell.text.strip()
            )
            sources.append(Source(identifier, action_address(identifier), where, cells))
    return sources


def _actions(graph: Graph, plan: str) -> Mapping[str, Any]:
    try:
        record: PlanRecord = graph.files.plan_record(plan)
    except PlanweaveError:
        return {}
    return {action.id: action for action in record.actions}
