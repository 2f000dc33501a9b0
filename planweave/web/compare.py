"""Plans side by side in the workspace: choose two or more, and look at them section by section."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from starlette.routing import Route

from planweave.comparing.comparison import check_plans
from planweave.comparing.editions import CHANGES, difference
from planweave.errors import NotFound, PlanweaveError, QueryError
from planweave.reporting.words import percent
from planweave.web.addresses import (
    action_address,
    actions_address,
    agency_address,
    compare_address,
    findings_address,
    plan_address,
)
from planweave.web.answers import attached
from planweave.web.checked import today
from planweave.web.fields import Fault, choices_of, fault_of
from planweave.web.rooms import library_of, reading
from planweave.web.shelf import FEW, waited
from planweave.web.show import show

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from planweave.comparing import Comparison
    from planweave.comparing.counts import Line
    from planweave.comparing.editions import Editions, Step
    from planweave.graph import Graph
    from planweave.records import Action

__all__ = ["ROUTES"]

FILES: Final = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".html": "text/html; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".tsv": "text/tab-separated-values; charset=utf-8",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
}
PATIENCE: Final = 25.0
BRIEF: Final = 0.3
"""Seconds that a page waits, of few plans and of many."""

MOST_LISTED: Final = 40
SHOWN: Final = 25
"""So many rows of a long section are shown at first; ?all=SECTION shows that one whole."""


class Number(NamedTuple):
    """A number of one plan: its words, the share it is, and where the list behind it is."""

    words: str
    share: str
    address: str | None


class Side(NamedTuple):
    """A plan, as the head of a column."""

    id: str
    title: str
    publisher: str
    address: str


class Compared(NamedTuple):
    """What is kept of plans side by side: the comparison, or what was wrong with what was chosen."""

    comparison: Comparison | None
    fault: Fault | None

    @property
    def size(self) -> int:
        """How many bytes it takes, about."""
        return 20_000 + (sum(4_000 * len(side.actions) for side in self.comparison.sides) if self.comparison else 0)


def page(request: Request) -> Response:
    """Show the form, and the plans side by side where two or more are chosen."""
    with reading(request) as graph:
        plans = _plans(request)
        compared = None
        if plans:
            compared = waited(request, graph, _key(plans), _comparing(request, plans), _patience(graph))
            if compared is None:
                return show(
                    request,
                    "waiting.html.j2",
                    status=202,
                    title="Compare",
                    words="The plans are being checked and compared. This page shows them as soon as that is done.",
                )
        fault = compared.fault if compared else None
        many = len(graph.ids) > MOST_LISTED
        choices = () if many else choices_of(request, graph, "plan", None)
        return show(
            request,
            "compare.html.j2",
            title="Compare",
            wide=True,
            many=many,
            choices=choices,
            chosen=plans,
            fault=fault,
            fields=[*plans, *[""] * (max(2, len(plans) + 1) - len(plans))] if many else (),
            offers=_offers(plans, fault) if fault else (),
            **_shown(request, compared.comparison if compared else None),
        )


def file(request: Request) -> Response:
    """Give the comparison as a file, or one section of it."""
    suffix = next(suffix for suffix in FILES if request.url.path.endswith(suffix))
    plans = _plans(request)
    with reading(request) as graph:
        compared = waited(request, graph, _key(plans), _comparing(request, plans), 120.0)
        if compared is None:
            raise PlanweaveError("the plans are still being compared", fix="try again in a while")
        if compared.comparison is None:
            raise QueryError(compared.fault.sentence.rstrip(".") if compared.fault else "no plans are chosen")
        section = request.query_params.get("section") or None
        with tempfile.TemporaryDirectory(prefix="planweave-") as folder:
            path = compared.comparison.write(Path(folder) / f"comparison{suffix}", section)
            content = path.read_bytes()
    name = "-".join(("compared", *plans, *([section] if section else [])))[:80]
    return attached(content, name, suffix, FILES[suffix])


def _plans(request: Request) -> tuple[str, ...]:
    return tuple(plan.strip() for plan in request.query_params.getlist("plan") if plan.strip())


def _patience(graph: Graph) -> float:
    return PATIENCE if len(graph.ids) <= FEW else BRIEF


def _key(plans: Sequence[str]) -> tuple[object, ...]:
    return ("comparison", tuple(plans), today())


def _comparing(request: Request, plans: Sequence[str]) -> Callable[[Graph], Compared]:
    library, day = library_of(request), today()

    def compare(graph: Graph) -> Compared:
        try:
            check_plans(plans)
            comparison = graph.compare(*plans, as_of=day, library=library)
            # Its tables are made now, and not while somebody waits for the page.
            assert comparison.sections  # noqa: S101 - there are some
            return Compared(comparison, None)
        except (NotFound, QueryError) as error:
            return Compared(None, fault_of(error))

    return compare


def _offers(plans: Sequence[str], fault: Fault) -> list[tuple[str, str]]:
    """What was probably meant in the place of the plan that is not there."""
    wrong = next((plan for plan in plans if repr(plan) in fault.sentence), None)
    return [
        (meant, compare_address(plan=[meant if plan == wrong else plan for plan in plans])) for meant in fault.meant
    ]


def _shown(request: Request, comparison: Comparison | None) -> dict[str, Any]:
    """What the template says of a comparison."""
    if comparison is None:
        return {"comparison": None}
    whole = set(request.query_params.getlist("all"))
    sides = [
        Side(
            side.id,
            side.record.plan.title.strip() or side.id,
            side.record.plan.publisher or "publisher not known",
            plan_address(side.id),
        )
        for side in comparison.sides
    ]
    return {
        "comparison": comparison,
        "sections": comparison.sections,
        "sides": sides,
        "counts": {
            name: [(line.words, _numbers(comparison, line)) for line in lines]
            for name, lines in (
                ("scorecards", comparison.scorecards),
                ("statuses", comparison.statuses),
                ("dates", comparison.dates),
                ("pillars", comparison.pillars),
            )
        },
        "shared": [body for body in comparison.bodies if body.plans > 1],
        "single": [body for body in comparison.bodies if body.plans == 1],
        "alone": [comparison.alone(place) for place in range(len(sides))],
        "editions": [_edition(comparison, editions) for editions in comparison.editions],
        "whole": whole,
        "first": SHOWN,
        "body_address": agency_address,
        "address_of": lambda **more: compare_address(plan=comparison.plans, **more),
        "file_of": lambda suffix, **more: compare_address(plan=comparison.plans, **more).replace(
            "/compare", f"/compare{suffix}", 1
        ),
        "role_address": lambda plan, agency, role: actions_address(plan=plan, **{role: agency.rpartition("/")[2]}),
    }


def _numbers(comparison: Comparison, line: Line) -> list[Number]:
    numbers = []
    for place, value in enumerate(line.values):
        plan = comparison.plans[place]
        if value is None:
            numbers.append(Number("–", "", None))
            continue
        share = percent(value, line.wholes[place]) if line.wholes and line.key != "actions" else ""
        numbers.append(Number(f"{value:,}", share, _list_address(plan, line.key, comparison)))
    return numbers


def _list_address(plan: str, key: str, comparison: Comparison) -> str | None:
    """Where the list behind a number is."""
    what, _, which = key.partition(":")
    if what == "findings":
        return findings_address(plan=plan, severity=which)
    if what == "actions":
        return actions_address(plan=plan)
    if what == "status":
        return actions_address(plan=plan, status=which.partition(":")[0])
    if what == "pillar":
        side = next(side for side in comparison.sides if side.id == plan)
        printed = dict.fromkeys(pillar for action in side.actions for pillar in action.pillars)
        own = [name for name in printed if (side.shared.get(name) or " ".join(name.casefold().split())) == which]
        return actions_address(plan=plan, pillar=own)
    return None


class Moved(NamedTuple):
    """A step from one edition to the next, as a row: what became of the action, and how it was and is."""

    kinds: tuple[str, ...]
    before: Action | None
    after: Action | None
    before_address: str | None
    after_address: str | None
    pieces: tuple[Any, ...]
    changes: tuple[Any, ...]
    matched: str


def _edition(comparison: Comparison, editions: Editions) -> dict[str, Any]:
    order = {kind: place for place, kind in enumerate(CHANGES)}
    steps = sorted(editions.steps, key=lambda step: min(order[kind] for kind in step.kinds))
    return {
        "earlier": comparison.sides[editions.earlier],
        "later": comparison.sides[editions.later],
        "why": editions.why,
        "counts": [(kind, editions.count(kind), CHANGES[kind]) for kind in CHANGES if editions.count(kind)],
        "steps": [_moved(step) for step in steps],
    }


def _moved(step: Step) -> Moved:
    reworded = next((change for change in step.changes if change.kind == "reworded"), None)
    return Moved(
        step.kinds,
        step.before,
        step.after,
        action_address(step.before.id) if step.before else None,
        action_address(step.after.id) if step.after else None,
        difference(reworded.before, reworded.after) if reworded else (),
        tuple(change for change in step.changes if change.before != change.after and change.kind != "reworded"),
        step.matched,
    )


ROUTES: Final = (Route("/compare", page), *(Route(f"/compare{suffix}", file) for suffix in FILES))
