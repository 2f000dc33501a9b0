"""A draft is accepted: what that would do, where the plan goes, how far it is, and the plan as a workbook."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from planweave.correcting import Outdated, effect_of, understand
from planweave.correcting.accepting import progress_of, start
from planweave.correcting.keeping import check_id, check_ready, place
from planweave.correcting.saying import date_words
from planweave.drafting.toml_text import remark
from planweave.errors import NotFound, PlanweaveError
from planweave.web.addresses import add_address, draft_address
from planweave.web.checked import today
from planweave.web.drafts import check_open, draft_of, library_for, seen_of, step_address
from planweave.web.rooms import given, served_of
from planweave.web.safety import changes
from planweave.web.show import Crumb, show
from planweave.web.tables import XLSX
from planweave.web.understood import understood_page

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.requests import Request

    from planweave.correcting import Draft
    from planweave.correcting.keeping import Journal
    from planweave.correcting.state import Placing

__all__ = ["ROUTES", "placed_instead", "progress_page"]

STAGES: Final = {
    "starting": "Getting ready",
    "waiting": "Getting ready",
    "writing": "Writing the document and its definition into the library of the workspace",
    "building": "Building the graph",
}


def progress_page(request: Request, journal: Journal) -> Response:
    """Show how far the accepting is."""
    return _done(request, journal) if journal.stage == "done" else _going_on(request, journal)


def _going_on(request: Request, journal: Journal) -> Response:
    return show(
        request,
        "accepting.html.j2",
        title="Accepting the plan",
        crumbs=(Crumb("Add a plan", add_address()),),
        journal=journal,
        words=STAGES.get(journal.stage, journal.stage),
        headers={"refresh": "1"},
    )


def _done(request: Request, journal: Journal) -> Response:
    return show(
        request,
        "accepted.html.j2",
        title="The plan is here",
        crumbs=(Crumb("Add a plan", add_address()),),
        journal=journal,
        workbook=step_address(given(request, "draft"), "plan.xlsx"),
    )


def workbook(request: Request) -> Response:
    """Give the plan that was accepted as a workbook."""
    draft = draft_of(request)
    journal = progress_of(draft.folder, served_of(request).folder)
    if journal is None or journal.stage != "done":
        raise NotFound("this draft is not accepted yet", fix="accept it first")
    with served_of(request).reading() as graph, tempfile.TemporaryDirectory(prefix="planweave-") as folder:
        content = graph.export(Path(folder) / "plan.xlsx", journal.plan).read_bytes()
    headers = {"content-disposition": f'attachment; filename="{journal.plan.encode("ascii", "replace").decode()}.xlsx"'}
    return Response(content, media_type=XLSX, headers=headers)


def accept_page(request: Request, *, wrong: str = "", status: int = 200) -> Response:
    """Show what accepting would do: the plan as a whole, what was corrected, what stays doubtful."""
    draft = draft_of(request)
    seen = seen_of(request, draft)
    bare = msgspec.structs.replace(seen.state, changes=())
    folder = served_of(request).folder
    if not wrong:
        try:
            check_ready(draft, folder, library_for(request))
        except PlanweaveError as error:
            wrong = remark(str(error))
    return show(
        request,
        "accept_plan.html.j2",
        status=status,
        wide=True,
        title="Accept the plan",
        crumbs=(Crumb("Add a plan", add_address()), Crumb(seen.state.name, draft_address(draft.id))),
        draft=draft,
        state=seen.state,
        seen=seen,
        record=seen.record,
        effect=effect_of(understand(draft, library_for(request), bare), seen, today()) if seen.state.changes else None,
        placed=place(draft, folder, library_for(request)),
        wrong=wrong[:1].upper() + wrong[1:],
        period=date_words(seen.record.plan.period) if seen.record.plan.period else "",
        step=lambda step, **more: step_address(draft.id, step, **more),
    )


@changes
def accept(request: Request, form: FormData) -> Response:
    """Begin to accept a draft."""
    draft = draft_of(request)
    journal = progress_of(draft.folder, served_of(request).folder)
    if journal and journal.stage != "failed":
        return RedirectResponse(draft_address(draft.id), 303)
    try:
        check_open(request, draft, form)
        start(draft, served_of(request).folder, library_for(request))
    except NotFound:
        raise
    except PlanweaveError as error:
        status = 409 if isinstance(error, Outdated) else 400
        return accept_page(request, wrong=remark(str(error)), status=status)
    return RedirectResponse(draft_address(draft.id), 303)


@changes
def place_plan(request: Request, form: FormData) -> Response:
    """Say where the plan goes: another id beside the one that is here, or in its place."""
    draft = draft_of(request)
    try:
        check_open(request, draft, form)
        if form.get("placing") == "instead":
            placed_instead(request, draft)
        else:
            _placed(request, draft, "beside", _free_id(request, draft, str(form.get("plan") or "")))
    except NotFound:
        raise
    except PlanweaveError as error:
        status = 409 if isinstance(error, Outdated) else 400
        return understood_page(request, draft, seen_of(request, draft), wrong=remark(str(error)), status=status)
    return RedirectResponse(draft_address(draft.id), 303)


def placed_instead(request: Request, draft: Draft) -> None:
    """Let a draft take the place of the plan that is read from the same document, or has the same id."""
    same = place(draft, served_of(request).folder, library_for(request)).same
    _placed(request, draft, "instead", same.plan if same else draft.state.plan)


def _placed(request: Request, draft: Draft, placing: Placing, plan: str) -> None:
    after = msgspec.structs.replace(draft.state, plan=plan, placing=placing)
    understand(draft, library_for(request), after)
    draft.save(after)


def _free_id(request: Request, draft: Draft, typed: str) -> str:
    """Give the id that a plan gets beside the one that is here."""
    plan = check_id(" ".join(typed.split()))
    other = place(draft, served_of(request).folder, library_for(request), plan)
    if other.taken or other.loader:
        raise PlanweaveError(f"there is a plan or a loader {plan} already", fix="give another id")
    return plan


ROUTES: Final = (
    Route("/add/{draft}/plan.xlsx", workbook),
    Route("/add/{draft}/accept", accept_page),
    Route("/add/{draft}/accept", accept, methods=["POST"]),
    Route("/add/{draft}/place", place_plan, methods=["POST"]),
)
