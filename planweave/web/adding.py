"""Add a plan: hand a document in, see what was understood beside it, accept it or discard it."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from planweave.correcting import Drafts, Outdated, effect_of, understand
from planweave.correcting.accepting import progress_of, start
from planweave.correcting.keeping import check_id, check_ready, place
from planweave.correcting.saying import (
    FIELDS_WORDS,
    HOW_WORDS,
    date_words,
    due_words,
    field_words,
    read_words,
    sure_words,
)
from planweave.correcting.understanding import begin, own_id
from planweave.documents.limits import MAX_BYTES
from planweave.drafting.toml_text import remark
from planweave.errors import NotFound, PlanweaveError
from planweave.reading.stated import CORRECTED
from planweave.web.addresses import add_address, draft_address, with_state
from planweave.web.checked import today
from planweave.web.printed import parts_of, printed_part
from planweave.web.rooms import given, library_of, served_of, settings_of
from planweave.web.safety import changes
from planweave.web.show import Crumb, show
from planweave.web.tables import XLSX, Column, listed, state_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.datastructures import FormData
    from starlette.requests import Request

    from planweave.correcting import Draft, Understood
    from planweave.correcting.keeping import Journal
    from planweave.correcting.state import Placing
    from planweave.drafting.columns import Headed
    from planweave.library import Library
    from planweave.records import Action, Doubt

__all__ = ["ROUTES", "check_open", "draft_of", "library_for", "seen_of", "step_address", "understood_page"]

SAMPLES: Final = 4
ROWS: Final = 25
SHOWN: Final = 60
"""So many values of one doubt are listed; the others are counted."""

STAGES: Final = {
    "starting": "Getting ready",
    "waiting": "Getting ready",
    "writing": "Writing the document and its definition into the library of the workspace",
    "building": "Building the graph",
}


def step_address(draft: str, step: str, **state: object) -> str:
    """Give the address of what is done with a draft."""
    return with_state(f"{draft_address(draft)}/{step}", state)


def library_for(request: Request) -> Library:
    """Give the definitions to read with, those of the workspace among them."""
    return library_of(request).with_workspace(served_of(request).folder)


def draft_of(request: Request) -> Draft:
    """Give the draft that the address names."""
    return Drafts(served_of(request).folder).draft(given(request, "draft"))


def seen_of(request: Request, draft: Draft) -> Understood:
    """Give what is understood of a draft as it is."""
    return understand(draft, library_for(request))


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


@dataclass(frozen=True)
class Sample:
    """A cell as printed, and what was read from it."""

    printed: str
    read: str


@dataclass(frozen=True)
class ColumnShown:
    """A column as the page shows it."""

    number: int
    heading: str
    field: str
    words: str
    how: str
    sure: str
    low: bool
    places: str
    samples: tuple[Sample, ...]


@dataclass(frozen=True)
class DoubtShown:
    """A doubtful value: of which action, as printed, as read."""

    action: Action
    own: str
    printed: str
    read: str
    address: str
    correct: str
    settle: str
    split: str


@dataclass(frozen=True)
class DoubtsShown:
    """Doubtful values of one kind."""

    words: str
    why: str
    sure: str
    count: int
    rows: tuple[DoubtShown, ...]
    settle: str


def draft_page(request: Request) -> Response:
    """Show what was understood of a document, beside it; or how far the accepting is."""
    draft = draft_of(request)
    journal = progress_of(draft.folder, served_of(request).folder)
    if journal and journal.stage == "done":
        return _done(request, journal)
    if journal and journal.stage != "failed":
        return _going_on(request, journal)
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


def understood_page(
    request: Request, draft: Draft, seen: Understood, *, failed: str = "", wrong: str = "", status: int = 200
) -> Response:
    """Show what was understood."""
    record, state = seen.record, seen.state
    number = request.query_params.get("part", "1")
    columns = _columns(seen)
    table_columns = _action_columns(draft.id)
    shown = state_of(request, table_columns, "n", ROWS)
    return show(
        request,
        "draft.html.j2",
        status=status,
        wide=True,
        title=state.name,
        crumbs=(Crumb("Add a plan", add_address()),),
        draft=draft,
        state=state,
        seen=seen,
        record=record,
        columns=columns,
        fields=FIELDS_WORDS,
        doubts=_doubts(seen, draft.id),
        placed=place(draft, served_of(request).folder, library_for(request)),
        actions=listed(
            table_columns, record.actions, shown, "Actions as they are understood", name_column=1, downloads=()
        ),
        part=printed_part(seen, int(number) if number.isdecimal() and len(number) < 7 else 1),  # noqa: PLR2004
        names=_names_to_look_at(seen),
        publisher=_publisher(seen),
        made=next((each for each in state.changes if each.id == request.query_params.get("made")), None),
        undone=request.query_params.get("undone", "")[:300],
        failed=failed,
        wrong=wrong,
        step=lambda step, **more: step_address(draft.id, step, **more),
    )


def _names_to_look_at(seen: Understood) -> int:
    return len({name for action in seen.record.actions for name in (*action.leads, *action.partners)})


def _publisher(seen: Understood) -> str:
    """The publisher that the document's head seems to name, where none is known."""
    if seen.record.plan.publisher or seen.named is None:
        return ""
    return seen.register.label(seen.named.body) if seen.named.body else ""


def _columns(seen: Understood) -> list[ColumnShown]:
    """Give the columns, the least sure first."""
    shown = [_column(seen, number, column) for number, column in enumerate(seen.columns)]
    order = {each.number: (each.low, seen.columns[each.number].sure if each.low else 1) for each in shown}
    return sorted(shown, key=lambda each: (not order[each.number][0], order[each.number][1], each.number))


def _column(seen: Understood, number: int, column: Headed) -> ColumnShown:
    table, place_ = column.places[0]
    unknown = not column.known and column.field == "extra"
    more = f", and {len(column.places) - 1} more" if len(column.places) > 1 else ""
    return ColumnShown(
        number,
        column.heading,
        column.field if column.field in FIELDS_WORDS else "extra",
        "kept under its own heading; nobody knows what it gives" if unknown else field_words(column.field),
        "" if unknown else HOW_WORDS.get(column.said, column.said),
        "" if unknown else sure_words(column.sure),
        unknown or column.sure < 0.9,  # noqa: PLR2004 - from there on a value is sure
        f"table {table}, column {place_}{more}",
        tuple(_samples(seen, column)),
    )


def _samples(seen: Understood, column: Headed) -> list[Sample]:
    found: dict[str, Sample] = {}
    places = set(column.places)
    for action in seen.record.actions:
        for row in action.source:
            for cell in row.cells:
                if (row.table, cell.column) in places and cell.text.strip():
                    printed = " ".join(cell.text.split())
                    found.setdefault(printed, Sample(printed, _read(action, cell.field)))
        if len(found) >= SAMPLES:
            break
    return list(found.values())[:SAMPLES]


def _read(action: Action, field: str) -> str:
    return "" if field == "extra" else read_words(action, field)


def _doubts(seen: Understood, draft: str) -> list[DoubtsShown]:
    """Give the doubtful values by kind, the least sure first."""
    actions = {action.id: action for action in seen.record.actions}
    parts = parts_of(seen.document)
    kinds: dict[tuple[float, str, str], list[Doubt]] = {}
    for doubt in seen.record.doubts:
        kinds.setdefault((doubt.confidence, doubt.field, doubt.why), []).append(doubt)
    return [
        DoubtsShown(
            field_words(field),
            why,
            sure_words(sure),
            len(doubts),
            tuple(_doubt(draft, doubt, actions[doubt.action], parts) for doubt in doubts[:SHOWN]),
            step_address(draft, "correct", what="settle", field=field, why=why),
        )
        for (sure, field, why), doubts in sorted(kinds.items())
    ]


def _doubt(draft: str, doubt: Doubt, action: Action, parts: Mapping[tuple[int, int], int]) -> DoubtShown:
    field = CORRECTED.get(doubt.field, doubt.field)
    printed = " / ".join(
        " ".join(cell.text.split())
        for row in action.source
        for cell in row.cells
        if cell.field == doubt.field and cell.text.strip()
    )
    row = action.source[0] if action.source else None
    place_ = (row.table, row.row) if row else (0, 0)
    return DoubtShown(
        action,
        own_id(action),
        printed,
        read_words(action, doubt.field),
        f"{draft_address(draft, part=parts.get(place_, 1))}#t{place_[0]}r{place_[1]}",
        step_address(draft, "correct", what="value", action=action.n, field=field),
        step_address(draft, "correct", what="settle", action=action.n, field=doubt.field, why=doubt.why),
        _split(draft, action, field),
    )


def _split(draft: str, action: Action, field: str) -> str:
    """Give the address where a doubtful name is split: of several names in a cell, the one with the most words."""
    names = {"leads": action.leads, "partners": action.partners}.get(field, ())
    longest = max(names, key=lambda name: len(name.split()), default="")
    several = " " in longest
    return step_address(draft, "correct", what="split", name=longest, action=action.n) if several else ""


def _action_columns(draft: str) -> list[Column[Action]]:
    return [
        Column("n", "No.", lambda action: action.n, "number"),
        Column(
            "text",
            "Action",
            lambda action: f"{action.ref} {action.text}" if action.ref else action.text,
            address=lambda action: step_address(draft, f"actions/{action.n}"),
        ),
        Column("lead", "Lead", lambda action: " · ".join(action.leads)),
        Column("partner", "Partners", lambda action: " · ".join(action.partners)),
        Column("due", "Due", lambda action: due_words(action.due) if action.due.kind != "none" else action.due.text),
        Column("outcome", "Outcome", lambda action: " · ".join(action.outcomes)),
        Column("status", "Status", lambda action: action.status if action.status != "unknown" else ""),
    ]


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
        state = draft.state
        placing: Placing = "instead" if form.get("placing") == "instead" else "beside"
        plan = _placed_id(request, draft, placing, str(form.get("plan") or ""))
        after = msgspec.structs.replace(state, plan=plan, placing=placing)
        understand(draft, library_for(request), after)
        draft.save(after)
    except NotFound:
        raise
    except PlanweaveError as error:
        status = 409 if isinstance(error, Outdated) else 400
        return understood_page(request, draft, seen_of(request, draft), wrong=remark(str(error)), status=status)
    return RedirectResponse(draft_address(draft.id), 303)


def _placed_id(request: Request, draft: Draft, placing: Placing, typed: str) -> str:
    """Give the id that a plan gets where it goes."""
    folder, library = served_of(request).folder, library_for(request)
    if placing == "instead":
        same = place(draft, folder, library).same
        return same.plan if same else draft.state.plan
    plan = check_id(" ".join(typed.split()))
    other = place(draft, folder, library, plan)
    if other.taken or other.loader:
        raise PlanweaveError(f"there is a plan or a loader {plan} already", fix="give another id")
    return plan


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


def check_open(request: Request, draft: Draft, form: FormData) -> None:
    """Refuse a form of an older state, and any while the draft is being accepted.

    Raises
    ------
    Outdated
        If the draft was changed since the form was shown.
    PlanweaveError
        If it is being accepted.
    """
    journal = progress_of(draft.folder, served_of(request).folder)
    if journal and journal.stage != "failed":
        raise PlanweaveError("this draft is being accepted, so this was not done", fix="wait until that is done")
    if form.get("revision") != str(draft.state.revision):
        raise Outdated(
            "this draft was changed in another tab meanwhile, so this was not saved; what you typed is still here",
            fix="look at the draft as it is now, and do it again",
        )


ROUTES: Final = (
    Route("/add", page),
    Route("/add", hand_in, methods=["POST"]),
    Route("/add/{draft}", draft_page),
    Route("/add/{draft}/plan.xlsx", workbook),
    Route("/add/{draft}/accept", accept_page),
    Route("/add/{draft}/accept", accept, methods=["POST"]),
    Route("/add/{draft}/place", place_plan, methods=["POST"]),
    Route("/add/{draft}/discard", discard_page),
    Route("/add/{draft}/discard", discard, methods=["POST"]),
)
