"""A finding is accepted with a reason, in the file of waivers beside its plan, and opened again."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from starlette.responses import RedirectResponse
from starlette.routing import Route

from planweave.errors import NotFound, PlanweaveError
from planweave.reporting.words import counted
from planweave.web.action import told
from planweave.web.addresses import accept_address, action_address, findings_address, plan_address, reopen_address
from planweave.web.checked import assessment_of, findings_of, look_again, today, waiver_file
from planweave.web.rooms import library_of, reading
from planweave.web.safety import changes
from planweave.web.show import Crumb, show

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

__all__ = ["ROUTES"]

LONGEST: Final = 2_000
"""A reason of more letters is a report, and belongs elsewhere."""


class _Form(NamedTuple):
    """What is said of a finding that is being accepted."""

    plan: str
    action: str
    check: str
    value: str
    as_of: str
    reason: str = ""
    by: str = ""
    day: str = ""


def accept_page(request: Request) -> Response:
    """Show the form that accepts a finding."""
    said = request.query_params
    plan, action, check, value, as_of = (said.get(name, "") for name in ("plan", "action", "check", "value", "as_of"))
    form = _Form(plan, action, check, value, as_of, day=today().isoformat())
    return _accepting(request, form, [])


@changes
def accept(request: Request, form: FormData) -> Response:
    """Accept a finding, in the file of waivers beside its plan."""
    said = _Form(*(_field(form, name) for name in _Form._fields))
    errors = _mistakes(said)
    if not errors:
        with reading(request) as graph:
            try:
                graph.accept(
                    said.check,
                    said.action or said.plan,
                    reason=" ".join(said.reason.split()),
                    by=" ".join(said.by.split()),
                    value=said.value or None,
                    day=said.day or None,
                    as_of=said.as_of or None,
                    library=library_of(request),
                )
                look_again(request, graph)
            except PlanweaveError as error:
                text = str(error)
                errors = [(text[:1].upper() + text[1:], "reason")]
    if errors:
        return _accepting(request, said, errors, 400)
    place = findings_address(plan=said.plan, check=said.check, accepted="too", as_of=said.as_of, done="accepted")
    return RedirectResponse(place, 303)


@changes
def reopen(request: Request, form: FormData) -> Response:
    """Take back that a finding is accepted."""
    said = _Form(*(_field(form, name) for name in _Form._fields))
    with reading(request) as graph:
        graph.reopen(said.check, said.action or said.plan, value=said.value or None)
        look_again(request, graph)
    place = findings_address(plan=said.plan, check=said.check, accepted="too", as_of=said.as_of, done="reopened")
    return RedirectResponse(place, 303)


def _field(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def _mistakes(said: _Form) -> list[tuple[str, str]]:
    errors = []
    if not said.reason:
        errors.append(("Say why it is accepted", "reason"))
    elif len(said.reason) > LONGEST:
        errors.append((f"Say it in at most {LONGEST:,} letters", "reason"))
    if not said.by:
        errors.append(("Say who accepts it", "by"))
    elif len(said.by) > LONGEST:
        errors.append((f"Say it in at most {LONGEST:,} letters", "by"))
    try:
        if said.day:
            dt.date.fromisoformat(said.day)
    except ValueError:
        errors.append(("The day has to be a date such as 2024-12-31", "day"))
    return errors


def _accepting(request: Request, said: _Form, errors: list[tuple[str, str]], status: int = 200) -> Response:
    with reading(request) as graph:
        plan = said.plan or said.action.partition("/")[0]
        graph.check_plan(plan)
        try:
            day = dt.date.fromisoformat(said.as_of) if said.as_of else None
        except ValueError as error:
            raise PlanweaveError("the day of the check is no date", fix="open the finding again") from error
        assessment = assessment_of(request, graph, day)
        findings = findings_of(request, graph, plan, day)
        titles = {one.shape: one.title for one in assessment.report.questions} if assessment is not None else {}
        here = [
            one
            for one in findings or ()
            if one.shape == said.check and (one.action or "") == said.action and said.value in {"", one.value or ""}
        ]
        if findings is not None and not here:
            raise NotFound(
                f"{said.check or 'no check'} finds nothing at {said.action or plan}", fix="see the list of findings"
            )
        file = waiver_file(graph, plan)
        return show(
            request,
            "accept.html.j2",
            status=status,
            title="Accept a finding",
            crumbs=[
                Crumb("Findings", findings_address()),
                Crumb(plan, findings_address(plan=plan)),
            ],
            said=said._replace(plan=plan),
            errors=errors,
            wrong={field: words for words, field in errors},
            told=[told(one, titles.get(one.shape, one.shape)) for one in here],
            file=file,
            name=Path(file).name,
            back=action_address(said.action) if said.action else plan_address(plan),
            target=accept_address(),
            several=counted(len(here), "finding"),
        )


ROUTES: Final = (
    Route(accept_address(), accept_page, methods=["GET"]),
    Route(accept_address(), accept, methods=["POST"]),
    Route(reopen_address(), reopen, methods=["POST"]),
)
