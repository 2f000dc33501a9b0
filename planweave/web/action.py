"""One action: what is said of it and where, as printed, what the checks find, what it refers to, what is like it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from planweave.errors import NotFound, nearest
from planweave.reporting.words import acceptance_words, place_words, value_is_said
from planweave.web.action_facts import corrections_of, facts_of, flags_of, others_not_said, steps_of
from planweave.web.addresses import (
    accept_address,
    action_address,
    alike_address,
    document_address,
    page_address,
    plan_address,
    plans_address,
)
from planweave.web.as_printed import printed_rows
from planweave.web.checked import assessment_of, findings_of, today
from planweave.web.lately import seen
from planweave.web.originals import original_of, picture_of
from planweave.web.rooms import given, library_of, reading
from planweave.web.show import Crumb, show

if TYPE_CHECKING:
    from starlette.requests import Request

    from planweave.findings import Finding
    from planweave.graph import Graph
    from planweave.likening import Likeness
    from planweave.records import Action
    from planweave.web.lately import Seen

__all__ = ["ROUTES", "Told", "told"]

FEW: Final = 40
"""In a graph of no more plans, actions that are alike are looked for while the page waits."""

PDF: Final = "application/pdf"


class Told(NamedTuple):
    """A finding as a page shows it."""

    finding: Finding
    title: str
    where: str
    value: str
    accepted: str
    accept: str


class Reference(NamedTuple):
    """A cross-reference: as printed, the other action, whether it goes both ways."""

    printed: str
    other: Action | None
    both: bool


def told(finding: Finding, title: str, as_of: str = "") -> Told:
    """Put a finding as a page shows it."""
    state = {"plan": finding.plan, "action": finding.action, "check": finding.shape, "value": finding.value}
    return Told(
        finding,
        title,
        place_words(finding.where) if finding.where else "the plan as a whole",
        finding.value if finding.value and not value_is_said(finding) else "",
        "" if finding.accepted is False else acceptance_words(finding.accepted),
        accept_address(**state, as_of=as_of),
    )


def action_page(request: Request) -> Response:
    """Show one action."""
    with reading(request) as graph:
        known, action = _action(request, graph)
        record = known.record
        assessment = assessment_of(request, graph)
        titles = {one.shape: one.title for one in assessment.report.questions} if assessment is not None else {}
        findings = findings_of(request, graph, record.plan.id)
        mine = [one for one in findings or () if one.action == action.id]
        original = original_of(graph, record.plan.id)
        rows = printed_rows(action)
        place = record.actions.index(action)
        name = action.ref or f"no. {action.n}"
        pages = sorted({row.page for row in rows if row.page is not None}) if record.origin.media_type == PDF else []
        return show(
            request,
            "action.html.j2",
            title=f"{name}: {action.text}" if action.text else name,
            crumbs=[
                Crumb("Plans", plans_address()),
                Crumb(record.plan.title.strip() or record.plan.id, plan_address(record.plan.id)),
            ],
            wide=True,
            action=action,
            name=name,
            plan=record.plan,
            facts=facts_of(known, action, today()),
            unsaid=others_not_said(action),
            sure=record.confidence,
            rows=rows,
            original=original,
            document=document_address(record.plan.id),
            pages=[(page, page_address(action.id, page)) for page in pages] if original.state == "same" else [],
            flags=flags_of(action),
            corrections=corrections_of(action),
            steps=steps_of(action),
            told=[told(one, titles.get(one.shape, one.shape)) for one in mine],
            checked=findings is not None,
            references=_references(known, action),
            referring=[one for one in known.referring(action) if one.ref not in action.crossrefs],
            needs=known.needs(action),
            needed_by=known.needed_by(action),
            alike=known.alike(action),
            elsewhere=_elsewhere(request, graph, action) if 1 < len(graph.ids) <= FEW else None,
            alike_page=alike_address(action.id) if len(graph.ids) > FEW else None,
            before=record.actions[place - 1] if place else None,
            after=record.actions[place + 1] if place + 1 < len(record.actions) else None,
            number=place + 1,
            whole=len(record.actions),
        )


def alike_page(request: Request) -> Response:
    """Show the actions of other plans that say something like an action."""
    with reading(request) as graph:
        known, action = _action(request, graph)
        plan = known.record.plan
        name = action.ref or f"no. {action.n}"
        return show(
            request,
            "alike.html.j2",
            title=f"Actions of other plans like {name}",
            crumbs=[
                Crumb("Plans", plans_address()),
                Crumb(plan.title.strip() or plan.id, plan_address(plan.id)),
                Crumb(name, action_address(action.id)),
            ],
            action=action,
            elsewhere=_elsewhere(request, graph, action),
        )


def page_picture(request: Request) -> Response:
    """Show a page of the document with the rows of an action outlined."""
    with reading(request) as graph:
        known, action = _action(request, graph)
        said = given(request, "page")
        page = int(said) if re.fullmatch(r"[1-9]\d{0,3}", said) else 0
        rows = [tuple(cell.text for cell in row.cells) for row in action.source if row.page == page]
        if not rows or known.record.origin.media_type != PDF:
            raise HTTPException(404, "the action does not stand on such a page")
        picture = picture_of(graph, known.record.plan.id, page, rows)
    return Response(picture, media_type="image/png", headers={"cache-control": "private, max-age=3600"})


def _action(request: Request, graph: Graph) -> tuple[Seen, Action]:
    plan, own = given(request, "plan"), given(request, "action")
    known = seen(request, graph, plan)
    identifier = f"{plan}/{own}"
    if identifier not in known.actions:
        raise NotFound(f"there is no action {identifier!r}", fix=nearest(identifier, known.actions))
    return known, known.actions[identifier]


def _references(known: Seen, action: Action) -> list[Reference]:
    found = []
    for link in known.references(action):
        if not link.others:
            found.append(Reference(link.printed, None, both=False))
        # A reference that two actions share leads to both; that one of them refers back is enough.
        back = any(action.ref in other.crossrefs for other in link.others)
        found += [Reference(link.printed, other, back) for other in link.others]
    return found


def _elsewhere(request: Request, graph: Graph, action: Action) -> list[Likeness]:
    return graph.like(action.id, library=library_of(request))


ROUTES: Final = (
    # A printed reference, and so the id of an action, may have a slash in it.
    Route("/plans/{plan}/actions/{action:path}/alike", alike_page),
    Route("/plans/{plan}/actions/{action:path}/page/{page}", page_picture),
    Route("/plans/{plan}/actions/{action:path}", action_page),
)
