"""Add a plan: hand a document in, or correct that of a plan; the drafts that were begun; discard one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse
from starlette.routing import Route

from planweave.correcting import Drafts
from planweave.correcting.accepting import progress_of
from planweave.correcting.understanding import begin
from planweave.documents.limits import MAX_BYTES
from planweave.drafting.toml_text import remark
from planweave.errors import NotFound, PlanweaveError
from planweave.web.accepting import placed_instead, progress_page
from planweave.web.addresses import add_address, draft_address
from planweave.web.drafts import draft_of, library_for, seen_of, step_address
from planweave.web.originals import original_of, read_original
from planweave.web.rooms import given, reading, served_of, settings_of
from planweave.web.safety import changes
from planweave.web.show import Crumb, show
from planweave.web.understood import understood_page

if TYPE_CHECKING:
    from starlette.datastructures import FormData
    from starlette.requests import Request
    from starlette.responses import Response

    from planweave.correcting import Draft

__all__ = ["ROUTES"]


def page(request: Request, *, wrong: str = "", status: int = 200) -> Response:
    """Show where a document is handed in, and the drafts that were begun."""
    drafts = [(draft, draft.state) for draft in Drafts(served_of(request).folder)]
    return show(
        request,
        "adding.html.j2",
        status=status,
        title="Add a plan",
        wrong=wrong,
        drafts=drafts,
        megabytes=min(settings_of(request).upload, MAX_BYTES) // 1_000_000,
    )


@changes
def hand_in(request: Request, form: FormData) -> Response:
    """Take a document and begin a draft of it."""
    file = form.get("document")
    if not isinstance(file, UploadFile) or not file.filename:
        return page(request, wrong="No document was chosen.", status=400)
    data = file.file.read(settings_of(request).upload + 1)
    if len(data) > settings_of(request).upload:
        raise HTTPException(413)
    if not data:
        return page(request, wrong="The file is empty; check how it was saved.", status=400)
    try:
        draft = begin(Drafts(served_of(request).folder), file.filename, data, library_for(request))
    except NotFound:
        raise
    except PlanweaveError as error:
        return page(request, wrong=remark(str(error)), status=400)
    return RedirectResponse(draft_address(draft.id), 303)


@changes
def correct(request: Request, form: FormData) -> Response:
    """Go on with the draft that corrects a plan, or begin one: of its own document, to take the place of the plan."""
    plan, number = given(request, "plan"), str(form.get("action") or "")
    draft = _correcting(request, plan)
    step = f"actions/{number}" if number.isascii() and number.isdecimal() else ""
    return RedirectResponse(step_address(draft.id, step) if step else draft_address(draft.id), 303)


def _correcting(request: Request, plan: str) -> Draft:
    """Give the draft that corrects a plan."""
    drafts = Drafts(served_of(request).folder)
    with reading(request) as graph:
        graph.check_plan(plan)
        data, name = read_original(graph, plan), original_of(graph, plan).name
        sha256 = next(entry.sha256 for entry in graph.summary if entry.plan == plan)
    for draft in drafts:
        known = draft.state
        if (known.plan, known.sha256, known.placing) == (plan, sha256, "instead") and not _journal(request, draft):
            return draft
    draft = begin(drafts, name, data, library_for(request))
    placed_instead(request, draft)
    return draft


def _journal(request: Request, draft: Draft) -> object:
    return progress_of(draft.folder, served_of(request).folder)


def draft_page(request: Request) -> Response:
    """Show what was understood of a document, beside it; or how far the accepting is."""
    draft = draft_of(request)
    journal = progress_of(draft.folder, served_of(request).folder)
    if journal and journal.stage != "failed":
        return progress_page(request, journal)
    try:
        seen = seen_of(request, draft)
    except NotFound:
        raise
    except PlanweaveError as error:
        return _not_read(request, draft, error)
    return understood_page(request, draft, seen, failed=journal.error if journal else "")


def _not_read(request: Request, draft: Draft, error: PlanweaveError) -> Response:
    """Show a draft that cannot be read as it is: a library that changed, a correction that fits no more."""
    state = draft.state
    return show(
        request,
        "draft-broken.html.j2",
        status=400,
        title=state.name,
        crumbs=(Crumb("Add a plan", add_address()),),
        draft=draft,
        state=state,
        sentence=remark(str(error)),
        step=lambda step, **more: step_address(draft.id, step, **more),
    )


def discard_page(request: Request) -> Response:
    """Ask whether a draft is to be discarded."""
    draft = draft_of(request)
    return show(
        request,
        "discard.html.j2",
        title="Discard the draft",
        crumbs=(Crumb("Add a plan", add_address()), Crumb(draft.state.name, draft_address(draft.id))),
        draft=draft,
        state=draft.state,
        step=lambda step, **more: step_address(draft.id, step, **more),
    )


@changes
def discard(request: Request, form: FormData) -> Response:  # noqa: ARG001 - asked for by its address alone
    """Discard a draft, unless it is being accepted."""
    draft = draft_of(request)
    journal = progress_of(draft.folder, served_of(request).folder)
    if journal and journal.stage not in {"failed", "done"}:
        raise PlanweaveError("this draft is being accepted", fix="wait until that is done")
    draft.discard()
    return RedirectResponse(add_address(), 303)


ROUTES: Final = (
    Route("/add", page),
    Route("/add", hand_in, methods=["POST"]),
    Route("/plans/{plan}/correct", correct, methods=["POST"]),
    Route("/add/{draft}", draft_page),
    Route("/add/{draft}/discard", discard_page),
    Route("/add/{draft}/discard", discard, methods=["POST"]),
)
