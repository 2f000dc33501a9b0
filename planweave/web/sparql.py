"""SPARQL 1.1 Protocol, for queries: what comes back is a whole answer, or a sentence that says why there is none."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import IO, TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from planweave.asking.leaving import Leaving
from planweave.asking.running import Dataset
from planweave.errors import NotFound, PlanweaveError, QueryError, QueryStopped
from planweave.sparql.guard import check_query
from planweave.web.editor import editor_page, names
from planweave.web.linked_data import service_description
from planweave.web.negotiating import HTML, chosen, media_type, wanted
from planweave.web.rooms import library_of, reading, settings_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from threading import BoundedSemaphore

    from starlette.requests import Request

    from planweave.asking.answers import Answer

__all__ = ["ROUTES"]

IN_MEMORY: Final = 4 << 20
PIECE: Final = 1 << 18
PATIENCE: Final = 2.0
"""So many seconds a query waits for others to end before it is asked to come again."""

FORMS: Final = {
    "select": ("json", "xml", "csv", "tsv"),
    "ask": ("json", "xml", "csv", "tsv"),
    "graph": ("ttl", "nt", "jsonld"),
}
"""Kind of answer → the forms it comes in, the first where anything will do."""

DIRECT: Final = "application/sparql-query"
FORM: Final = "application/x-www-form-urlencoded"
UPDATE: Final = "application/sparql-update"
NO_UPDATES: Final = "the graph is not changed over the network, and a query only asks; build it anew to change it"


@dataclass(frozen=True)
class Asked:
    """What a request asks: the query, and where it names them the graphs and the form of the answer."""

    query: str
    dataset: Dataset | None
    form: str | None = None


async def endpoint(request: Request) -> Response:
    """Answer a query; without one, give the editor, or say in Turtle what this service is."""
    fields = request.query_params.multi_items()
    if request.method == "POST":
        fields = [*fields, *await _sent(request)]
    asked = _asked(fields)
    is_page = wanted(request.headers.get("accept", ""), ("json", "ttl", HTML)) == HTML
    if asked is None:
        page = editor_page if is_page and "format" not in request.query_params else service_description
        return await run_in_threadpool(page, request)
    return await _unless_left(_page if is_page and asked.form is None else _answer, request, asked)


async def _unless_left(
    answer: Callable[[Request, Asked, Leaving], Response], request: Request, asked: Asked
) -> Response:
    """Answer; a browser that leaves meanwhile ends its query."""
    leaving = Leaving()

    async def watch() -> None:
        with suppress(HTTPException):  # of a body that is too large, and that nobody reads
            while (await request.receive())["type"] != "http.disconnect":
                pass
            leaving.leave()

    watching = asyncio.create_task(watch())
    try:
        return await run_in_threadpool(answer, request, asked, leaving)
    finally:
        watching.cancel()


async def _sent(request: Request) -> list[tuple[str, str]]:
    """Read what a POST sends.

    Raises
    ------
    HTTPException
        If it is not one of the two kinds that the protocol has, or not in UTF-8.
    """
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    kind = kind.strip().lower()
    if kind == UPDATE:
        raise HTTPException(403, NO_UPDATES)
    if kind not in {DIRECT, FORM}:
        raise HTTPException(415, f"a query is sent as {DIRECT} or as {FORM}")
    charset = parameters.lower().partition("charset=")[2].split(";")[0].strip(' "')
    body = await request.body()
    try:
        if charset not in {"", "utf-8", "utf8"}:
            raise HTTPException(415, "a query is sent in UTF-8")
        if kind == DIRECT:
            return [("query", body.decode("utf-8"))]
        return parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=1_000)
    except ValueError as error:
        raise HTTPException(400, "the request is not in UTF-8, or is no form") from error


def _asked(fields: list[tuple[str, str]]) -> Asked | None:
    """Read what is asked.

    Raises
    ------
    HTTPException
        If it is an update, or several queries.
    """
    named = {name for name, _ in fields}
    if named & {"update", "using-graph-uri", "using-named-graph-uri"}:
        raise HTTPException(403, NO_UPDATES)
    queries = [value for name, value in fields if name == "query"]
    if not queries:
        return None
    if len(queries) > 1:
        raise HTTPException(400, "there are several queries; ask one at a time")
    form = next((value for name, value in fields if name == "format"), None)
    default = tuple(value for name, value in fields if name == "default-graph-uri")
    graphs = tuple(value for name, value in fields if name == "named-graph-uri")
    for name in (*default, *graphs):
        if "://" not in name and not name.startswith("urn:"):
            raise HTTPException(400, f"{name[:80]!r} is no IRI of a graph; write it out in full")
    return Asked(queries[0], Dataset(default, graphs) if default or graphs else None, form)


def _page(request: Request, asked: Asked, leaving: Leaving) -> Response:
    """Give the answer under the editor, or say there why there is none."""
    try:
        return editor_page(request, asked.query, _answered(request, asked, leaving))
    except HTTPException as error:
        return editor_page(request, asked.query, refusal=error.detail, status=error.status_code)
    except PlanweaveError as error:
        return editor_page(request, asked.query, refusal=str(error), status=_status(error))


def _answer(request: Request, asked: Asked, leaving: Leaving) -> Response:
    try:
        return _whole_answer(request, asked, leaving)
    except PlanweaveError as error:
        return PlainTextResponse(f"{error}\n", _status(error))


def _whole_answer(request: Request, asked: Asked, leaving: Leaving) -> Response:
    kind = check_query(asked.query).kind or "select"
    form = chosen(request, FORMS[kind], asked.form)
    answer = _answered(request, asked, leaving)
    written: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed when it is sent
    try:
        answer.write_to(written, form)  # type: ignore[arg-type]
        length = written.tell()
    except BaseException:
        written.close()
        raise
    headers = {"content-length": str(length), "vary": "accept"}
    if answer.about.notices:
        headers["planweave-notice"] = " ".join(answer.about.notices).encode("ascii", "replace").decode()[:2_000]
    return StreamingResponse(_pieces(written), media_type=media_type(form), headers=headers)


def _answered(request: Request, asked: Asked, leaving: Leaving) -> Answer:
    """Ask the graph, as one of so many queries that run at the same time.

    Raises
    ------
    QueryError
        If it is wrong, or is stopped by a limit.
    HTTPException
        503, where too many others run.
    """
    limits = replace(settings_of(request).limits, leaving=leaving)
    with _turn(request), reading(request) as graph:
        return graph.sparql_request(asked.query, asked.dataset, library=library_of(request), limits=limits)


@contextmanager
def _turn(request: Request) -> Iterator[None]:
    turns: BoundedSemaphore = request.app.state.turns
    if not turns.acquire(timeout=PATIENCE):
        raise HTTPException(
            503, "as many queries as may run at the same time are running; ask again in a moment", {"retry-after": "5"}
        )
    try:
        yield
    finally:
        turns.release()


def _pieces(written: IO[bytes]) -> Iterator[bytes]:
    with written:
        written.seek(0)
        while piece := written.read(PIECE):
            yield piece


def _status(error: PlanweaveError) -> int:
    """The query is wrong, or it was stopped, or the graph cannot be read."""
    if isinstance(error, QueryStopped):
        return 503
    return 400 if isinstance(error, (QueryError, NotFound)) else 500


ROUTES: Final = (Route("/sparql", endpoint, methods=["GET", "POST"]), Route("/sparql/names", names))
