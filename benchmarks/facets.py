"""The index of actions: how long it takes to make, how much room it takes, and how long any selection takes."""

from __future__ import annotations

import datetime as dt
import shutil
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.apart import apart
from benchmarks.woven import woven
from planweave.assessing import BuiltPlans
from planweave.entrances import open_graph
from planweave.facets import FACETS, Choices, make_index, open_index
from planweave.facets.times import grid_of, layout_of, months_of

if TYPE_CHECKING:
    from planweave.facets import ActionIndex

__all__ = ["HEADINGS", "Faceted", "measure_facets", "measure_workspace"]

DAY: Final = dt.date(2024, 12, 31)
REPEATED: Final = 5
PAGE: Final = 50
MOST: Final = 8
MEGABYTE: Final = 1_000_000

HEADINGS = (
    ("plans", "plans"),
    ("actions", "actions"),
    ("made", "index made, s"),
    ("again", "made again with one plan changed, s"),
    ("room", "its room, MB"),
    ("opened", "opened, ms"),
    ("median", "a page of a selection with all facets: median, ms"),
    ("most", "the slowest of them, ms"),
    ("turned", "the next page of it, ms"),
    ("within", "a search within the leads, ms"),
    ("timeline", "a selection in time, ms"),
)


@dataclass(frozen=True)
class Faceted:
    """What was measured of one graph."""

    plans: int
    actions: int
    made: float
    again: float
    room: int
    opened: float
    median: float
    most: float
    turned: float
    within: float
    timeline: float


def measure_facets(plans: int, folder: Path, seed: int) -> Faceted:
    """Measure the index of a graph of so many plans."""
    found: Faceted = apart(measure_workspace, woven(plans, folder, seed))
    return found


def measure_workspace(workspace: Path) -> Faceted:
    """Measure the index of a workspace; it is made in a folder for temporary files, and nothing else is written."""
    place = Path(tempfile.mkdtemp(prefix="planweave-facets-"))
    try:
        with open_graph(workspace) as graph:
            plans = BuiltPlans(graph.files, graph.folder, graph.store)
            states = {plan: plans.state(plan) for plan in graph.ids}
            begun = time.perf_counter()
            make_index(place, {**states, graph.ids[0]: "another"}, graph.files)
            made = time.perf_counter() - begun
            begun = time.perf_counter()
            folder = make_index(place, states, graph.files)
            again = time.perf_counter() - begun
        room = sum(path.stat().st_size for path in folder.iterdir())
        begun = time.perf_counter()
        index = open_index(place, states)
        opened = time.perf_counter() - begun
        assert index is not None  # noqa: S101 - as it was made
        times = [_timed(index, choices, sort) for choices, sort in _selections(index)]
        return Faceted(
            len(states),
            len(index),
            made,
            again,
            room // MEGABYTE,
            opened * 1000,
            statistics.median(first for first, _ in times),
            max(first for first, _ in times),
            statistics.median(second for _, second in times),
            _within(index),
            _in_time(index),
        )
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _selections(index: ActionIndex) -> list[tuple[Choices, str]]:
    """Choose few, some, half and nearly all of the actions, by one facet and by several."""
    every = index.select(Choices())
    lead, pillar, plan = (every.values(facet, 1)[0][0].key for facet in ("lead", "pillar", "plan"))
    return [
        (Choices(), "plan"),
        (Choices.of({"status": ["ongoing"]}), "due"),
        (Choices.of({"status": ["ongoing", "unknown"]}), "ref"),
        (Choices.of({"lead": ["none"]}), "text"),
        (Choices.of({"lead": [lead]}), "due"),
        (Choices.of({"plan": [plan], "status": ["unknown"]}), "ref"),
        (Choices.of({"pillar": [pillar], "status": ["complete", "ongoing"], "partner": ["none"]}), "lead"),
        (Choices(overdue=DAY), "lead"),
        (Choices.of({"pillar": [pillar]}, overdue=DAY), "text"),
        (Choices(begins=dt.date(2024, 1, 1), ends=dt.date(2025, 12, 31)), "due"),
    ]


def _timed(index: ActionIndex, choices: Choices, sort: str) -> tuple[float, float]:
    """Measure the first page of a selection with all facets, and the one after it."""
    first, second = [], []
    for _ in range(REPEATED):
        index.forget()
        begun = time.perf_counter()
        selection = index.select(choices)
        list(selection.rows(sort, stop=PAGE))
        for facet in FACETS:
            if facet != "finding":
                selection.values(facet, MOST)
                selection.nothing(facet)
        turned = time.perf_counter()
        list(index.select(choices).rows(sort, start=PAGE, stop=2 * PAGE))
        first.append((turned - begun) * 1000)
        second.append((time.perf_counter() - turned) * 1000)
    return statistics.median(first), statistics.median(second)


def _within(index: ActionIndex) -> float:
    times = []
    for _ in range(REPEATED):
        index.forget()
        begun = time.perf_counter()
        index.select(Choices()).values("lead", PAGE, "housing")
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def _in_time(index: ActionIndex) -> float:
    years = tuple((year - 1970) * 12 for year in range(2015, 2036))
    times = []
    for _ in range(REPEATED):
        index.forget()
        begun = time.perf_counter()
        selection = index.select(Choices.of({"status": ["unknown"]}))
        months_of(selection, DAY)
        layout_of(selection, "lead", 600)
        grid_of(selection, "lead", years, 25)
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)
