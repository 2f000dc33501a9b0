"""What the graph says of a node: what it is called, what kind of thing it is, and of an action its date and status."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from planweave.asking.terms import node_of
from planweave.networks.facts import facts_of
from planweave.terms import BASE, DCTERMS, PLAN, PW, RDFS, local

if TYPE_CHECKING:
    from collections.abc import Collection

    from planweave.shards import Shard

__all__ = ["Said", "action_id", "plan_of", "said_in_plan", "sort_of"]


class Said(NamedTuple):
    """What a plan says of one of its nodes."""

    label: str = ""
    kind: str = ""
    status: str = ""
    due: dt.date | None = None


def plan_of(iri: str) -> str:
    """Give the id of the plan that a thing stands in, "" where it stands in none.

    Examples
    --------
    >>> plan_of("https://w3id.org/planweave/plan/northmoor/action/1.3"), plan_of("https://w3id.org/planweave/agency/a")
    ('northmoor', '')
    """
    return unquote(iri[len(PLAN) :].partition("/")[0]) if iri.startswith(PLAN) else ""


def sort_of(iri: str) -> str:
    """Say which sort of a plan's things an IRI is of: "action", "party", …; "plan" itself; "" where it is none.

    Examples
    --------
    >>> sort_of("https://w3id.org/planweave/plan/northmoor/action/1.3")
    'action'
    >>> sort_of("https://w3id.org/planweave/plan/northmoor/action/1.3/lead/1")
    'lead'
    """
    if not iri.startswith(PLAN):
        return ""
    parts = iri[len(PLAN) :].split("/")
    if len(parts) == 1:
        return "plan"
    return parts[-1 - len(parts) % 2]


def action_id(iri: str) -> str:
    """Give what a person types for an action, "" where the IRI is none.

    Examples
    --------
    >>> action_id("https://w3id.org/planweave/plan/northmoor/action/1.3")
    'northmoor/1.3'
    """
    parts = iri[len(PLAN) :].split("/") if iri.startswith(PLAN) else []
    return unquote(f"{parts[0]}/{parts[2]}") if len(parts) == 3 and parts[1] == "action" else ""  # noqa: PLR2004


def said_in_plan(shard: Shard, nodes: Collection[str]) -> dict[str, Said]:
    """Give what a plan says of some nodes; agencies among them, as it prints them.

    Parameters
    ----------
    shard
        The facts of the plan.
    nodes
        IRIs.
    """
    sorts = {sort_of(node) for node in nodes}
    wanted = {node.encode(): node for node in nodes}

    def values(predicate: str) -> dict[str, str]:
        return {
            wanted[fact.subject]: _value(fact.value) for fact in facts_of(shard, predicate) if fact.subject in wanted
        }

    texts: dict[str, str] = {}
    kinds: dict[str, str] = {}
    statuses: dict[str, str] = {}
    days: dict[str, str] = {}
    if "action" in sorts:
        texts = values(f"{PW}text")
        statuses = values(f"{PW}status")
        dated = {node for node, kind in values(f"{PW}dueKind").items() if kind == f"{BASE}timing/date"}
        days = {node: day for node, day in values(f"{PW}dueLatest").items() if node in dated}
    if "plan" in sorts:
        texts |= values(f"{DCTERMS}title")
    if sorts - {"action", "plan"}:
        texts |= values(f"{RDFS}label")
        kinds = values(f"{PW}partyKind")
    return {
        node: Said(
            texts.get(node, ""),
            local(kinds[node]) if node in kinds else "",
            local(statuses[node]) if node in statuses else "",
            dt.date.fromisoformat(days[node]) if node in days else None,
        )
        for node in nodes
        if node in texts or node in kinds
    }


def _value(value: bytes) -> str:
    node = node_of(value)
    return node.value if node else ""
