"""What pages of many plans wait for: made one after the other from the start, before anybody asks for it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from starlette.requests import Request

from planweave.errors import PlanweaveError
from planweave.facets import Choices
from planweave.web.agencies import parties_of
from planweave.web.checked import AT_ONCE
from planweave.web.listing import listing_of
from planweave.web.rooms import reading, served_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.applications import Starlette

    from planweave.graph import Graph

__all__ = ["warm"]

PAUSE: Final = 0.5

THINGS: Final[tuple[Callable[[Request, Graph], bool], ...]] = (
    lambda request, graph: listing_of(request, graph, Choices()).waiting is None,
    lambda request, graph: listing_of(request, graph, Choices()).marks is not None,
    lambda request, graph: parties_of(request, graph) is not None,
    lambda request, graph: listing_of(request, graph, Choices(words="plan")).waiting is None,
)
"""The list of actions, the day's check, the parties, the search: each says whether it is there."""


def warm(app: Starlette) -> None:
    """Make all of it; of few plans a page makes what it needs while it is waited for."""
    request = Request({"type": "http", "app": app, "headers": [], "query_string": b""})
    try:
        for is_there in THINGS:
            while not _is(request, is_there):
                time.sleep(PAUSE)
    except PlanweaveError:
        return  # the page that needs it says so


def _is(request: Request, is_there: Callable[[Request, Graph], bool]) -> bool:
    if served_of(request).is_closed:
        return True
    with reading(request) as graph:
        return len(graph.ids) <= AT_ONCE or is_there(request, graph)
