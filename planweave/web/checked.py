"""The check of the graph that is served: made once a day and build, in the background where there are many plans."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from planweave.web.rooms import served_of

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request

    from planweave.assessing import Assessment
    from planweave.graph import Graph
    from planweave.web.served import Served

__all__ = ["assessment_of", "today"]

AT_ONCE: Final = 40
"""Up to so many plans are checked while the page waits."""


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

    def check() -> Assessment:
        return graph.check(as_of=day, library=served.library)

    make = served.made if len(graph.ids) <= AT_ONCE else served.made_aside
    # Waivers can change while the graph does not.
    return make(graph, ("assessment", day, _waivers(served, graph)), check)


def _waivers(served: Served, graph: Graph) -> object:
    """Tell one state of the files of waivers from another."""
    from planweave.assessing import BuiltPlans  # noqa: PLC0415 - what a check takes anyway

    def files() -> list[Path]:
        return BuiltPlans(graph.files, graph.folder, graph.store).waiver_files(graph.ids)

    states = []
    for path in served.made(graph, "files of waivers", files):
        try:
            states.append((str(path), path.stat().st_mtime_ns))
        except OSError:
            continue
    return tuple(states)
