"""What the plans would lose without a body, and what may be affected if an action slips; nothing is changed."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from starlette.routing import Route

from planweave.asking.answers import About, Answer
from planweave.asking.headers import Named, Parameter
from planweave.asking.kept import Lines, Run
from planweave.errors import NotFound, PlanweaveError, QueryError
from planweave.web.addresses import what_if_address
from planweave.web.answers import FILES, Kept, file_of, shown_answer
from planweave.web.fields import Fault, Field, errors_of, faults_of, field_of, missing, own_words
from planweave.web.rooms import reading, settings_of
from planweave.web.shelf import apart, waited
from planweave.web.show import show

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response

    from planweave.graph import Graph

__all__ = ["ROUTES"]

FILE_PATIENCE: Final = 300.0
UNITS: Final = {"d": "days", "w": "weeks", "m": "months", "y": "years"}

PLAN: Final = Parameter("plan", "plan", required=False, meaning="only this plan")
WITHOUT: Final = Parameter("without", "party", required=True, meaning="the body, team or post that is gone")
SLIP: Final = Parameter("slip", "action", required=True, meaning="the action that slips")
BY: Final = Parameter("by", "number", required=True, meaning="by how much")

NOTHING: Final = Named(name="what-if", title="", text="", parameters=(), columns=(), example="", sparql="")
BODY_GONE: Final = replace(NOTHING, parameters=(WITHOUT, PLAN))
ACTION_LATE: Final = replace(NOTHING, parameters=(SLIP,))


class _Job(NamedTuple):
    """What is asked, as another process can be told it."""

    folder: Path
    build: Path
    values: dict[str, str]


class _Told(NamedTuple):
    """An answer, as it goes from process to process."""

    columns: tuple[str, ...]
    lines: bytes
    rows: int
    about: About


class _Result(NamedTuple):
    """What came of it: an answer, or what was wrong with the values."""

    kept: Kept | None
    faults: dict[str, Fault]

    @property
    def size(self) -> int:
        """How many bytes it takes."""
        return self.kept.size if self.kept else 0


def page(request: Request) -> Response:
    """Show the two forms, and what follows from the one that is filled in."""
    with reading(request) as graph:
        values, lacking = _values(request)
        faults: Mapping[str, Fault] = lacking
        result = None
        if values and not faults:
            result = waited(request, graph, _key(values), _working(values))
            if result is None:
                return show(
                    request,
                    "waiting.html.j2",
                    status=202,
                    title="What if",
                    words="All plans are being gone through, which takes a while where there are thousands. This page"
                    " shows what was found as soon as it is there.",
                )
            faults = result.faults
        said = request.query_params
        without = [_field(request, graph, one, faults, said.get("slip") is None) for one in (WITHOUT, PLAN)]
        slip = [_field(request, graph, SLIP, faults, is_asked=True), _by_field(request, faults)]
        kept = result.kept if result else None
        return show(
            request,
            "what_if.html.j2",
            title="What if",
            wide=True,
            without=without,
            slip=slip,
            units=UNITS,
            unit=said.get("unit", "m") if said.get("unit", "m") in UNITS else "m",
            errors=errors_of([*without, *slip], faults),
            offers=_offers(request, faults),
            about=kept.answer.about if kept else None,
            table=shown_answer(request, kept, "The actions that are affected", settings_of(request).rows)
            if kept
            else None,
        )


def file(request: Request) -> Response:
    """Give the result as a file."""
    with reading(request) as graph:
        values, lacking = _values(request)
        faults: Mapping[str, Fault] = lacking
        result = (
            waited(request, graph, _key(values), _working(values), FILE_PATIENCE) if values and not faults else None
        )
        faults = result.faults if result else faults
        if faults or not values:
            words = next(iter(faults.values())).sentence.rstrip(".") if faults else "nothing is asked"
            raise QueryError(words, fix="fill in the form")
        if result is None or result.kept is None:
            raise PlanweaveError("this is still being worked out", fix="try again in a while")
        return file_of(request, result.kept, "-".join(("what-if", *values.values()))[:80])


def _values(request: Request) -> tuple[dict[str, str], dict[str, Fault]]:
    """What is asked, and what is lacking for it."""
    said = {name: request.query_params.get(name, "").strip() for name in ("without", "plan", "slip", "by", "unit")}
    if "slip" in request.query_params or "by" in request.query_params:
        faults = missing(ACTION_LATE, {name: value for name, value in said.items() if value})
        unit = said["unit"] or "m"
        by = said["by"] if re.search(r"[a-z]", said["by"], re.IGNORECASE) else f"{said['by']}{unit[:1]}"
        if not said["by"]:
            faults["by"] = Fault("Give by how much it slips.")
        return {"slip": said["slip"], "by": by}, faults
    if "without" in request.query_params:
        values = {name: said[name] for name in ("without", "plan") if said[name]}
        return values, missing(BODY_GONE, values)
    return {}, {}


def _key(values: Mapping[str, str]) -> tuple[object, ...]:
    return ("what-if", tuple(sorted(values.items())))


def _working(values: dict[str, str]) -> Callable[[Graph], _Result]:
    def work(graph: Graph) -> _Result:
        job = _Job(graph.folder, graph.files.folder, values)
        try:
            told = apart(graph, _told, job)
        except (NotFound, QueryError) as error:
            asked = ACTION_LATE if "slip" in values else BODY_GONE
            known = {name: value for name, value in values.items() if name != "by"}
            faults = faults_of(graph, asked, known, error)
            if "slip" in values and "" in faults:
                faults = {"by": faults[""]}  # the action is known, so it is the delay
            return _Result(None, faults)
        run = Run("select", told.columns, Lines(io.BytesIO(told.lines), 0, told.rows, len(told.lines)), 0.0)
        return _Result(Kept(Answer(run, told.about)), {})

    return work


def _told(job: _Job) -> _Told:
    from planweave.graph import Graph  # noqa: PLC0415 - only the process needs it

    with Graph(job.folder) as graph:
        if graph.files.folder != job.build:
            raise PlanweaveError("the plans were read again meanwhile", fix="load the page again")
        values = job.values
        result = (
            graph.slip(values["slip"], by=values["by"])
            if "slip" in values
            else graph.without(values["without"], plan=values.get("plan"))
        )
        answer = result.answer()
    lines = b"".join(line + b"\n" for line in answer.lines)
    return _Told(answer.columns, lines, len(answer), answer.about)


def _field(request: Request, graph: Graph, parameter: Parameter, faults: Mapping[str, Fault], is_asked: bool) -> Field:
    value = request.query_params.get(parameter.name, "") if is_asked else ""
    return field_of(request, graph, parameter, value, faults.get(parameter.name) if is_asked else None)


def _by_field(request: Request, faults: Mapping[str, Fault]) -> Field:
    return Field(
        name="by",
        label="By how much",
        kind="number",
        value=request.query_params.get("by", ""),
        needed=True,
        fault=faults.get("by"),
    )


def _offers(request: Request, faults: Mapping[str, Fault]) -> dict[str, list[tuple[str, str]]]:
    """For each field, what was probably meant, each with the address that asks so."""
    said = {name: value for name, value in request.query_params.items() if name not in {"sort", "page"} and value}
    return {
        f"field-{name}": [(own_words(meant), what_if_address(**{**said, name: meant})) for meant in fault.meant]
        for name, fault in faults.items()
    }


ROUTES: Final = (Route("/what-if", page), *(Route(f"/what-if{suffix}", file) for suffix in FILES))
