"""planweave: the action plans of public bodies, woven into one graph.

::

    import planweave as pw

    graph = pw.build("plans/")          # or pw.open("weave/")
    for plan in graph.plans():
        for action in plan.actions:
            print(action.id, action.leads, action.due.text)
"""

from __future__ import annotations

from planweave.errors import PlanweaveError
from planweave.graph import Graph, build, read
from planweave.graph import open_graph as open  # noqa: A004 - pw.open reads as it should
from planweave.library import Library
from planweave.records import Action, PlanRecord
from planweave.version import VERSION as __version__  # noqa: N811 - packages call it so

__all__ = [
    "Action",
    "Graph",
    "Library",
    "PlanRecord",
    "PlanweaveError",
    "__version__",
    "build",
    "open",
    "read",
]
