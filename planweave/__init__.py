"""planweave: the action plans of public bodies, woven into one graph.

::

    import planweave as pw

    graph = pw.build("plans/")          # or pw.open("weave/")
    for plan in graph.plans():
        for action in plan.actions:
            print(action.id, action.leads, action.due.text)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planweave.entrances import build, read
    from planweave.entrances import open_graph as open  # noqa: A004 - pw.open reads as it should
    from planweave.errors import PlanweaveError
    from planweave.graph import Graph
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

HOMES = {
    "Action": ("records", "Action"),
    "Graph": ("graph", "Graph"),
    "Library": ("library", "Library"),
    "PlanRecord": ("records", "PlanRecord"),
    "PlanweaveError": ("errors", "PlanweaveError"),
    "__version__": ("version", "VERSION"),
    "build": ("entrances", "build"),
    "open": ("entrances", "open_graph"),
    "read": ("entrances", "read"),
}
"""Where the public names live. They are fetched when they are used, so that every verb starts quickly."""

if not TYPE_CHECKING:  # a type checker would take every name for one of these

    def __getattr__(name: str) -> Any:  # noqa: ANN401 - each name is typed where it lives
        if name not in HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module, known_as = HOMES[name]
        return getattr(import_module(f"planweave.{module}"), known_as)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
