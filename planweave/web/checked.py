"""The check of the graph that is served: made once a day and build, in the background where there are many plans."""

from __future__ import annotations

import datetime as dt
import threading
import time
from typing import TYPE_CHECKING, Final

from planweave.assessing import BuiltPlans, read_waivers
from planweave.web.lately import seen
from planweave.web.rooms import served_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from starlette.requests import Request

    from planweave.assessing import Assessment
    from planweave.findings import Finding
    from planweave.graph import Graph

__all__ = ["assessment_of", "findings_of", "look_again", "today", "waiver_file"]

AT_ONCE: Final = 40
"""Up to so many plans are checked while the page waits."""

PAUSE: Final = 2.0
"""So many seconds pass before many files of waivers are looked at again."""


def today() -> dt.date:
    """Give the day of a check that names none."""
    return dt.datetime.now().astimezone().date()


def assessment_of(request: Request, graph: Graph, as_of: dt.date | None = None) -> Assessment | None:
    """Give what the plans leave out and contradict; None while it is still being found out.

    Parameters
    ----------
    request
        What is answered.
    graph
        As ``reading`` gave it.
    as_of
        The day of the check; today unless told otherwise.
    """
    served, day = served_of(request), as_of or today()
    waived = _waived_of(request, graph)
    make = served.made if len(graph.ids) <= AT_ONCE else served.made_aside
    checked = make(
        graph,
        ("assessment", day),
        lambda: _Checked(graph.check(as_of=day, library=served.library), waived.stamp()),
    )
    return checked.now(waived) if checked else None


def look_again(request: Request, graph: Graph) -> None:
    """Take note at once of waivers that were just written."""
    _waived_of(request, graph).look()


def waiver_file(graph: Graph, plan: str) -> Path:
    """Give the file that the waivers of a plan are in, or are to be in."""
    return _files(graph, (plan,))[0]


def _files(graph: Graph, plans: Sequence[str]) -> list[Path]:
    return BuiltPlans(graph.files, graph.folder, graph.store).waiver_files(plans)


class _Waived:
    """The files of waivers beside the plans of a graph, and how they were when they were last looked at."""

    def __init__(self, files: Sequence[Path]) -> None:
        self.files = tuple(files)
        self._stamp: object = None
        self._looked = 0.0

    def stamp(self) -> object:
        """Tell one state of the files from another."""
        # To look at thousands of folders for each page would be slower than to make the page.
        if self._stamp is None or len(self.files) <= AT_ONCE or time.monotonic() - self._looked > PAUSE:
            self.look()
        return self._stamp

    def look(self) -> None:
        """Look at the files now."""
        states = []
        for path in self.files:
            try:
                found = path.stat()
            except OSError:
                continue
            states.append((str(path), found.st_mtime_ns, found.st_size, found.st_ino))
        self._stamp, self._looked = tuple(states), time.monotonic()


def _waived_of(request: Request, graph: Graph) -> _Waived:
    return served_of(request).made(graph, "waivers", lambda: _Waived(_files(graph, graph.ids)))


class _Checked:
    """One check; where waivers change, only they are read again."""

    def __init__(self, assessment: Assessment, stamp: object) -> None:
        self._assessment, self._stamp = assessment, stamp
        self._lock = threading.Lock()

    def now(self, waived: _Waived) -> Assessment:
        """Give the check with the waivers as they are now."""
        stamp = waived.stamp()
        with self._lock:
            if stamp != self._stamp:
                self._assessment, self._stamp = self._assessment.again(read_waivers(waived.files)), stamp
            return self._assessment


def findings_of(request: Request, graph: Graph, plan: str, as_of: dt.date | None = None) -> tuple[Finding, ...] | None:
    """Give the findings of one plan, the most serious first; None while the plans are still being checked."""
    assessment = assessment_of(request, graph, as_of)
    if assessment is None:
        return None
    kept = seen(request, graph, plan)
    if kept.told is None or kept.told[0] is not assessment:
        kept.told = (assessment, assessment.of(plan))
    return kept.told[1]
