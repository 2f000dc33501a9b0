"""The graph for programs: each thing by its address, all of it as data, and what there is, in VoID and DCAT."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from starlette.requests import HTTPConnection
from starlette.responses import Response, StreamingResponse
from starlette.routing import Match, Route

from planweave.cataloguing import catalogue, examples, service
from planweave.exporting import quads_of, rdf_of
from planweave.store import Store
from planweave.terms import AGENCY, party_iri, plan_iri
from planweave.web.addresses import data_address, plan_data_address
from planweave.web.negotiating import HTML, chosen, media_type, wanted
from planweave.web.rooms import given, library_of, reading, served_of, settings_of
from planweave.web.shelf import apart
from planweave.web.show import show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from starlette.datastructures import Headers
    from starlette.requests import Request
    from starlette.types import Scope

    from planweave.asking.answers import Answer
    from planweave.graph import Graph

__all__ = ["ROUTES", "service_description"]

GRAPHS: Final = ("ttl", "jsonld", "nt")
"""The forms that what is said of one thing comes in."""

DUMPS: Final = ("nq", "trig", "nq.gz")
"""The forms that all that there is comes in."""

PLAN_DUMPS: Final = ("trig", "nq", "ttl", "jsonld")


class DataRoute(Route):
    """An address that has a page, too: it is answered here where data is wanted, and left to the page otherwise."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Say whether a request is for this address, and for data."""
        found, child = super().matches(scope)
        if found is Match.FULL and _wants_page(scope):
            return Match.NONE, {}
        return found, child


def _wants_page(scope: Scope) -> bool:
    connection = HTTPConnection(scope)
    headers: Headers = connection.headers
    is_named = connection.query_params.get("format") in GRAPHS
    return not is_named and wanted(headers.get("accept", ""), (HTML, *GRAPHS)) == HTML


def _sent(answer: Answer, form: str) -> Response:
    out = io.BytesIO()
    answer.write_to(out, form)
    return Response(out.getvalue(), headers={"vary": "accept"}, media_type=media_type(form))


def _described(iri: Callable[[Request], str]) -> Callable[[Request], Response]:
    """Make an endpoint that gives what the graph says of a thing."""

    def endpoint(request: Request) -> Response:
        form = chosen(request, GRAPHS)
        with reading(request) as graph:
            return _sent(graph.describe(iri(request)), form)

    return endpoint


def _action(request: Request) -> str:
    return f"{given(request, 'plan')}/{given(request, 'action')}"


def _party(request: Request) -> str:
    return party_iri(given(request, "plan"), "team", given(request, "party"))


def data(request: Request) -> Response:
    """Give the whole graph, a plan at a time, or the page that says what there is."""
    if "format" not in request.query_params and wanted(request.headers.get("accept", ""), ("nq", HTML)) == HTML:
        with reading(request) as graph:
            return show(
                request,
                "data.html.j2",
                title="Data",
                plans=len(graph.ids),
                quads=_statements(request, graph),
                address=data_address(),
                some=graph.ids[:10],
                origin=settings_of(request).origin,
            )
    form = chosen(request, DUMPS)
    headers = {"vary": "accept", "content-disposition": f'attachment; filename="planweave.{form}"'}
    return StreamingResponse(_whole(request, form), headers=headers, media_type=media_type(form))


def _statements(request: Request, graph: Graph) -> int | None:
    """Count all there is; None until it is counted, which takes long in a large graph of before each plan was."""
    counts = [entry.statements for entry in graph.summary]
    if all(counts):
        shared = served_of(request).made(graph, "shared", lambda: graph.files.register_quads().count(b"\n"))
        return sum(counts) + shared
    return served_of(request).made_aside(graph, "statements", lambda: apart(graph, _counted, graph.files.store))


def _counted(store: Path) -> int:
    """Count in a process of its own, where there is much: the engine lets no other thread do anything meanwhile."""
    opened = Store(store)
    try:
        return len(opened)
    finally:
        opened.close()


def _whole(request: Request, form: str) -> Iterator[bytes]:
    with reading(request) as graph:
        yield from quads_of(graph.files, graph.ids, f".{form}")


def plan_data(request: Request) -> Response:
    """Give the graph of one plan with its provenance."""
    form = chosen(request, PLAN_DUMPS)
    plan = given(request, "plan")
    with reading(request) as graph:
        graph.check_plan(plan)
        content = rdf_of(graph.files, plan, f".{form}")
    return Response(content, headers={"vary": "accept"}, media_type=media_type(form))


def void(request: Request) -> Response:
    """Say in VoID and DCAT what there is."""
    form = chosen(request, GRAPHS)
    origin = settings_of(request).origin
    with reading(request) as graph:
        return _sent(catalogue(graph.summary, _statements(request, graph), origin, _places(origin)), form)


def _places(origin: str) -> dict[str, Any]:
    return {
        "data": f"{origin}{data_address()}",
        "plan": lambda plan: f"{origin}{plan_data_address(plan)}",
        "sparql": f"{origin}/sparql",
        "examples": f"{origin}/questions",
        "void": f"{origin}/.well-known/void",
    }


def service_description(request: Request) -> Response:
    """Say what this SPARQL service is."""
    form = chosen(request, GRAPHS)
    return _sent(service(f"{settings_of(request).origin}/sparql"), form)


def example_queries(request: Request) -> Response:
    """Give the questions as data: each with its words and its SPARQL."""
    form = chosen(request, GRAPHS)
    return _sent(examples(library_of(request), f"{settings_of(request).origin}/sparql"), form)


ROUTES: Final = (
    DataRoute("/plans/{plan}", _described(lambda request: plan_iri(given(request, "plan")))),
    DataRoute("/plans/{plan}/actions/{action:path}", _described(_action)),
    DataRoute("/plans/{plan}/parties/{party:path}", _described(_party)),
    DataRoute("/agencies/{agency}", _described(lambda request: AGENCY + given(request, "agency"))),
    DataRoute("/questions", example_queries),
    Route("/data", data),
    Route("/data/{plan}", plan_data),
    Route("/.well-known/void", void),
)
