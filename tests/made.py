"""The least that an action and a plan can be: what tests of tables and files fill in where it matters to them."""

from __future__ import annotations

from typing import Any

import msgspec

from planweave.records import Action, Due, Origin, Plan, PlanRecord

BARE_ACTION = Action(
    id="ford/1.10",
    n=1,
    ref="1.10",
    text="Open a hub",
    group=None,
    parent=None,
    pillars=(),
    leads=(),
    partners=(),
    mentions=(),
    due=Due("", "none", None),
    outcomes=(),
    evidence=(),
    indicators=(),
    targets=(),
    status="unknown",
    updates=(),
    crossrefs=(),
    flags=(),
    blank={},
    extra={},
    corrections=(),
    source=(),
)

BARE_PLAN = PlanRecord(
    plan=Plan("ford", "Ford Plan", "Ford Council", None, None, None, "ford.txt"),
    legend={},
    definitions={},
    parties=(),
    actions=(),
    context=(),
    unplaced=(),
    kept=1.0,
    placed=1.0,
    origin=Origin("abc123", "text/plain", "utf-8", None, "0.1.0"),
)


def made_action(**changes: Any) -> Action:
    """Give an action that differs from the least one in these fields."""
    return msgspec.structs.replace(BARE_ACTION, **changes)


def made_plan(*actions: Action, id: str = "ford", **changes: Any) -> PlanRecord:  # noqa: A002 - the field's name
    """Give a plan of these actions that differs from the least one in these fields."""
    plan = msgspec.structs.replace(BARE_PLAN.plan, id=id)
    return msgspec.structs.replace(BARE_PLAN, **{"plan": plan, "actions": actions, **changes})
