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
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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

_HOMES = {
    "Action": ("records", "Action"),
    "Graph": ("graph", "Graph"),
    "Library": ("library", "Library"),
    "PlanRecord": ("records", "PlanRecord"),
    "PlanweaveError": ("errors", "PlanweaveError"),
    "__version__": ("version", "VERSION"),
    "build": ("graph", "build"),
    "open": ("graph", "open_graph"),
    "read": ("graph", "read"),
}
"""Name → the module that has it, and what it is called there: a verb that needs no engine loads none."""


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Give what is asked for by its name; it is loaded when it is asked for first."""
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module, known_as = _HOMES[name]
        globals()[name] = found = getattr(import_module(f"{__name__}.{module}"), known_as)
        return found


def __dir__() -> list[str]:
    """Give the public names."""
    return sorted(__all__)
