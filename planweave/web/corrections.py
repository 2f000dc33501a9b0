"""Correct what was understood of a document: a form beside the printed rows, what it would change, and the making."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from planweave.correcting import Outdated, effect_of, understand
from planweave.correcting.changes import EDITED, added, undone
from planweave.correcting.dates import typed_due
from planweave.correcting.saying import due_words, field_words, value_words
from planweave.drafting.toml_text import remark
from planweave.errors import NotFound, PlanweaveError
from planweave.web.addresses import add_address, draft_address
from planweave.web.checked import today
from planweave.web.drafts import check_open, draft_of, library_for, seen_of, step_address
from planweave.web.forms import PLAN_FIELDS, Given, asked_action, form_of, proposals_of
from planweave.web.intents import KEYS, REASONS, action_of, change_of, column_of, first
from planweave.web.printed import PrintedPart, printed_around
from planweave.web.rooms import given
from planweave.web.safety import changes
from planweave.web.show import Crumb, show
from planweave.web.understood import understood_page
from planweave.wording import PARTY_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.datastructures import FormData, QueryParams
    from starlette.requests import Request

    from planweave.correcting import Draft, Effect, State, Understood
    from planweave.records import Action

__all__ = ["ROUTES"]

TITLES: Final = {
    "column": "Change what a column means",
    "value": "Correct a value",
    "split": "Split a name",
    "join": "Join names",
    "plan": "Correct what is said of the plan",
    "name": "Say what a name means",
    "settle": "Say that it is right",
}
SHOWN: Final = 60
"""So many values that change are shown; the rest is counted."""

MOST_PARTS: Final = 400


def _given(form: QueryParams | FormData) -> Given:
    """Take what a change is made of, in a fixed order."""
    found: Given = {}
    for key in KEYS:
        values = [value for value in form.getlist(key) if isinstance(value, str)][:MOST_PARTS]
        if values:
            found[key] = values
    return found


def _crumbs(draft: Draft, state: State) -> tuple[Crumb, ...]:
    return Crumb("Add a plan", add_address()), Crumb(state.name, draft_address(draft.id))


def action_page(request: Request) -> Response:
    """Show one action: what was read in each field, what is printed, and what can be corrected."""
    draft = draft_of(request)
    seen = seen_of(request, draft)
    action = action_of(seen, given(request, "n"))
    doubts = {doubt.field: doubt for doubt in seen.record.doubts if doubt.action == action.id}
    singular = {"leads": "lead", "partners": "partner", "outcomes": "outcome", "pillars": "pillar"}
    fields = [
        (
            field,
            field_words(field),
            value_words(action, field).splitlines() or [""],
            action.due.text if field == "due" else "",
            doubts.get(singular.get(field, field)),
            action.blank.get(singular.get(field, field), ""),
            step_address(draft.id, "correct", what="value", action=action.n, field=field),
        )
        for field in EDITED
    ]
    return show(
        request,
        "draft-action.html.j2",
        wide=True,
        title=f"Action {action.ref or action.n}",
        crumbs=_crumbs(draft, seen.state),
        draft=draft,
        state=seen.state,
        action=action,
        fields=fields,
        part=_around(seen, [action]),
        names=_names_of(action),
        step=lambda step, **more: step_address(draft.id, step, **more),
        before=action.n - 1 if action.n > 1 else None,
        after=action.n + 1 if action.n < len(seen.record.actions) else None,
    )


def _names_of(action: Action) -> list[tuple[str, tuple[str, ...]]]:
    return [("lead", action.leads), ("partner", action.partners)]


def _around(seen: Understood, actions: Sequence[Action]) -> PrintedPart:
    rows = {(row.table, row.row) for action in actions for row in action.source}
    line = actions[0].source[0].line if actions and actions[0].source else None
    return printed_around(seen, rows, line)


def names_page(request: Request) -> Response:
    """Show every name that leads or is a partner: what it was taken for, and what can be said of it."""
    draft = draft_of(request)
    seen = seen_of(request, draft)
    parties = {party.name: party for party in seen.record.parties}
    actions: dict[str, list[Action]] = {}
    for action in seen.record.actions:
        for name in dict.fromkeys((*action.leads, *action.partners)):
            actions.setdefault(name, []).append(action)
    proposals = proposals_of(seen)
    doubted = {
        name
        for doubt in seen.record.doubts
        if doubt.field in {"lead", "partner"}
        for action in seen.record.actions
        if action.id == doubt.action
        for name in (*action.leads, *action.partners)
    }
    rows = [
        (name, parties.get(name), having, proposals.get(name, ()), name in doubted)
        for name, having in sorted(
            actions.items(), key=lambda each: (not proposals.get(each[0]), each[0] not in doubted)
        )
    ]
    return show(
        request,
        "draft-names.html.j2",
        wide=True,
        title="Names",
        crumbs=_crumbs(draft, seen.state),
        draft=draft,
        state=seen.state,
        rows=rows,
        kinds=lambda kind: PARTY_WORDS.get(kind, kind),
        step=lambda step, **more: step_address(draft.id, step, **more),
    )


def plan_page(request: Request) -> Response:
    """Show what is said of the plan as a whole."""
    draft = draft_of(request)
    seen = seen_of(request, draft)
    plan = seen.record.plan
    rows = [
        (
            words,
            getattr(plan, field) or "not known",
            step_address(draft.id, "correct", what="plan", field=field),
        )
        for field, words in PLAN_FIELDS.items()
    ]
    return show(
        request,
        "draft-plan.html.j2",
        title="The plan as a whole",
        crumbs=_crumbs(draft, seen.state),
        draft=draft,
        rows=rows,
        line=seen.named.line if seen.named and not plan.publisher else "",
        suggested=seen.register.label(seen.named.body) if seen.named and seen.named.body and not plan.publisher else "",
        step=lambda step, **more: step_address(draft.id, step, **more),
        part=printed_around(seen, ()),
    )


def correct_page(request: Request) -> Response:
    """Show the form of a correction, and once something was typed, what it would change."""
    draft = draft_of(request)
    return _correct(request, draft, _given(request.query_params))


def _correct(
    request: Request, draft: Draft, asked: Given, *, reason: str | None = None, wrong: str = "", status: int = 200
) -> Response:
    seen = seen_of(request, draft)
    what = first(asked, "what")
    if what not in TITLES:
        raise NotFound("there is no such correction", fix="begin from the draft")
    form = form_of(seen, asked)
    offered = REASONS[what] if reason is None else reason
    effect: Effect | None = None
    said, understood = "", ""
    if form["asked"]:
        try:
            change = change_of(seen, asked, offered or REASONS[what])
            after = understand(draft, library_for(request), added(seen.state, change))
            effect = effect_of(seen, after, today())
            said = change.said
            understood = _understood(seen, asked)
        except NotFound:
            raise
        except PlanweaveError as error:
            wrong, status = wrong or remark(str(error)), max(status, 400)
    return show(
        request,
        "correct.html.j2",
        status=status,
        wide=True,
        title=TITLES[what],
        crumbs=_crumbs(draft, seen.state),
        draft=draft,
        state=seen.state,
        what=what,
        asked=asked,
        where_said=first(asked, "where", "all"),
        new_said=bool(first(asked, "new")),
        pairs=[(key, value) for key, values in asked.items() for value in values],
        form=form,
        effect=effect,
        said=said[:1].upper() + said[1:],
        understood=understood,
        reason=offered,
        wrong=wrong[:1].upper() + wrong[1:],
        part=_beside(seen, asked),
        most=SHOWN,
        step=lambda step, **more: step_address(draft.id, step, **more),
    )


def _understood(seen: Understood, asked: Given) -> str:
    """Say what was understood of what was typed, where that is more than the words."""
    if first(asked, "what") != "value" or first(asked, "field") != "due":
        return ""
    return due_words(typed_due(first(asked, "typed"), seen.kit.common))


def _beside(seen: Understood, asked: Given) -> PrintedPart:
    """The printed rows that a correction speaks of."""
    what, name = first(asked, "what"), first(asked, "name")
    action = asked_action(seen, asked)
    if action:
        return _around(seen, [action])
    if what == "column":
        table = column_of(seen, first(asked, "column")).places[0][0]
        rows = [row for each in seen.record.actions for row in each.source if row.table == table]
        return printed_around(seen, {(row.table, row.row) for row in rows[:SHOWN]})
    if name:
        having = [each for each in seen.record.actions if name in (*each.leads, *each.partners, *each.mentions)]
        return _around(seen, having[:10])
    if what == "settle":
        known = {action.id: action for action in seen.record.actions}
        told = (first(asked, "field"), first(asked, "why"))
        meant = [known[each.action] for each in seen.record.doubts if (each.field, each.why) == told]
        return _around(seen, meant[:10])
    return printed_around(seen, ())


@changes
def change(request: Request, form: FormData) -> Response:
    """Make a correction that was previewed."""
    draft = draft_of(request)
    asked = _given(form)
    reason = str(form.get("reason") or "")
    try:
        state = draft.state
        seen = seen_of(request, draft)
        check_open(request, draft, form)
        after = added(state, change_of(seen, asked, reason))
        understand(draft, library_for(request), after)
        kept = draft.save(after)
    except NotFound:
        raise
    except PlanweaveError as error:
        status = 409 if isinstance(error, Outdated) else 400
        return _correct(request, draft, asked, reason=reason, wrong=remark(str(error)), status=status)
    return RedirectResponse(draft_address(draft.id, made=kept.changes[-1].id), 303)


@changes
def undo(request: Request, form: FormData) -> Response:
    """Undo a correction."""
    draft = draft_of(request)
    try:
        check_open(request, draft, form)
        state = draft.state
        id_ = str(form.get("change") or "")
        gone = next((each.said for each in state.changes if each.id == id_), "")
        after = undone(state, id_)
        if _is_read(request, draft, state):
            understand(draft, library_for(request), after)
        draft.save(after)
    except NotFound:
        raise
    except PlanweaveError as error:
        status = 409 if isinstance(error, Outdated) else 400
        return understood_page(request, draft, seen_of(request, draft), wrong=remark(str(error)), status=status)
    return RedirectResponse(draft_address(draft.id, undone=gone), 303)


def _is_read(request: Request, draft: Draft, state: State) -> bool:
    """Say whether a draft can be read as it is; where it cannot, any correction may be undone."""
    try:
        understand(draft, library_for(request), state)
    except PlanweaveError:
        return False
    return True


ROUTES: Final = (
    Route("/add/{draft}/actions/{n}", action_page),
    Route("/add/{draft}/names", names_page),
    Route("/add/{draft}/plan", plan_page),
    Route("/add/{draft}/correct", correct_page),
    Route("/add/{draft}/change", change, methods=["POST"]),
    Route("/add/{draft}/undo", undo, methods=["POST"]),
)
