"""From what a person asks to the result: names are looked up, facts are gathered, and what follows is worked out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planweave.asking.headers import Named, Parameter
from planweave.asking.parameters import bindings_of
from planweave.errors import QueryError
from planweave.networks.what_if.bodies import family
from planweave.networks.what_if.delay import compared, read_delay
from planweave.networks.what_if.gathering import Facts
from planweave.networks.what_if.losses import losses
from planweave.networks.what_if.reach import paths_from
from planweave.networks.what_if.results import Affected, Slip, Without

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from planweave.asking.questions import Question
    from planweave.networks.what_if.bodies import Body
    from planweave.networks.what_if.losses import Loss
    from planweave.records import PlanRecord
    from planweave.store import Store

__all__ = ["Records", "what_if_late", "what_if_without"]

PLAN: Final = Parameter("plan", "plan", required=False, meaning="only this plan")
WITHOUT: Final = Parameter("without", "party", required=True, meaning="the body, team or post that is gone")
SLIP: Final = Parameter("slip", "action", required=True, meaning="the action that slips")
MOST_PLANS: Final = 50
"""In how many plans names are compared, which takes a moment for each."""

LEAST: Final = 3
"""How many characters a name has that is looked for within others: "PC" stands in too many."""


@dataclass(frozen=True)
class Records:
    """The ids of the plans, and what gives the record of one."""

    plans: Collection[str]
    record: Callable[[str], PlanRecord]


def what_if_without(
    party: str, plan: str | None, *, store: Store, questions: Mapping[str, Question], records: Records
) -> Without:
    """Say what the plans would lose without a party.

    Parameters
    ----------
    party
        Any of its names, or its IRI.
    plan
        The id of the one plan that is looked at; None looks at all.
    store, questions, records
        The graph, the questions of the library, and the records of the plans.

    Raises
    ------
    NotFound
        If nobody is called so, or there is no such plan; the nearest names are offered.
    QueryError
        If several parties are called so.
    """
    terms = bindings_of(_question(WITHOUT, PLAN), {"without": party, "plan": plan}, lambda: store, records.plans)
    facts = Facts(store, questions, records.record, terms.get("plan"))
    iri = terms["without"].value
    bodies = family(iri, facts.name_of(iri) or party, facts.relations())
    found = losses(facts.parts_beside(body.iri for body in bodies), {body.iri for body in bodies})
    alone = [loss.action for loss in found if loss.effect == "only lead"]
    paths = paths_from(alone, facts.links({facts.plan_of(action) for action in alone}))
    actions = facts.actions([*(loss.action for loss in found), *(path.end for path in paths)])
    return Without(party, bodies, found, paths, actions, _not_counted(party, bodies, found, facts))


def what_if_late(
    action: str, by: str, plan: str | None, *, store: Store, questions: Mapping[str, Question], records: Records
) -> Slip:
    """Say what may be affected where an action slips.

    Parameters
    ----------
    action
        Its id, such as ``northmoor/13.1``.
    by
        The delay, such as ``3m``.
    plan
        The plan that it has to be in; None is any.
    store, questions, records
        As for :func:`what_if_without`.

    Raises
    ------
    NotFound
        If there is no such action or plan; the nearest ids are offered.
    QueryError
        If the delay is none, or the action is in another plan.
    """
    delay = read_delay(by)
    terms = bindings_of(_question(SLIP, PLAN), {"slip": action, "plan": plan}, lambda: store, records.plans)
    iri = terms["slip"].value
    facts = Facts(store, questions, records.record, terms.get("plan"))
    if plan is not None and facts.plan_of(iri) != terms["plan"].value:
        raise QueryError(f"{action} is no action of the plan {plan}", fix="leave --plan out")
    paths = paths_from([iri], facts.links({facts.plan_of(iri)}))
    actions = facts.actions([iri, *(path.end for path in paths)])
    slipping = actions[iri]
    old, new = slipping.deadline, delay.after(slipping)
    affected = tuple(Affected(path, compared(actions[path.end], old, new)) for path in paths)
    return Slip(slipping, delay, old, new, affected, actions)


def _question(*parameters: Parameter) -> Named:
    """What is asked, as a question of the library: that its values are looked up in the same way."""
    example = f"planweave what-if --{parameters[0].name} …"
    return Named(name="what-if", title="", text="", parameters=parameters, columns=(), example=example, sparql="")


def _not_counted(party: str, bodies: tuple[Body, ...], found: tuple[Loss, ...], facts: Facts) -> tuple[str, ...] | None:
    """Those who lead or are partners in the same plans, with a name of the bodies in theirs."""
    plans = {facts.plan_of(loss.action) for loss in found}
    if len(plans) > MOST_PLANS:
        return None
    names = {part.printed for loss in found for part in loss.by} | {body.name for body in bodies} | {party}
    known = {body.iri for body in bodies}
    others = {name for plan in plans for other, name in facts.parties_of(plan) if other not in known}
    return tuple(sorted(_with_a_name(others, names)))


def _with_a_name(others: Iterable[str], names: Iterable[str]) -> list[str]:
    """Those names that have one of these as a word, or as several, and say more."""
    words = "|".join(
        sorted(map(re.escape, (name for name in names if len(name) >= LEAST)), key=lambda name: -len(name))
    )
    if not words:
        return []
    within = re.compile(rf"(?<!\w)(?:{words})(?!\w)")
    return [other for other in others if within.search(other)]
