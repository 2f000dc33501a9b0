"""What can be given, as one types: plans, bodies, actions and pillars that the graph knows, as data for a script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.routing import Route

from planweave.asking.choices import fitting
from planweave.reporting.words import shortened
from planweave.web.fields import MAKERS, choices_of
from planweave.web.rooms import given, reading

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

__all__ = ["ROUTES"]

MOST: Final = 30
LONGEST: Final = 100


def suggestions(request: Request) -> Response:
    """Give what fits the words that are typed: pairs of a value and what it is."""
    kind = given(request, "kind")
    if kind not in MAKERS:
        raise HTTPException(404, f"there are no suggestions for {kind!r}; there are some for {', '.join(MAKERS)}")
    words = request.query_params.get("q", "")
    with reading(request) as graph:
        plan = request.query_params.get("plan", "")
        before = words.partition("/")[0]
        # An action's id begins with its plan, which says where to look.
        plan = before if kind == "action" and "/" in words and before in graph.ids else plan
        choices = choices_of(request, graph, kind, plan if plan in graph.ids else None)
        found = fitting(choices, words, MOST)
    return JSONResponse([[value, shortened(about, LONGEST)] for value, about in found])


ROUTES: Final = (Route("/suggest/{kind}", suggestions),)
