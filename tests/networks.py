"""Networks small enough to draw by hand, for the tests of drawings.

Four agencies of two plans share six actions:

    Housing Office   north/1 north/2 north/3 north/4 south/1
    Night Shelter    north/1 north/2         north/4
    Health Trust                     north/3         south/1
    Police                                                   south/2

Five actions refer to each other: 1.1 → 1.2 → 1.3 → 1.1 is a ring, 1.1 and 2.1 refer to each other, 2.2 is alone.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import networkx as nx

from planweave.networks.labels import ActionDetail

BASE = "https://example.org/"
PREVENTION, RECOVERY = ("Prevention",), ("Recovery",)
HOSTILE = (
    "<script>alert(1)</script>",
    "</script><img src=x onerror=alert(2)>",
    "'\"><svg/onload=alert(3)>",
    "{{ 7 * 7 }}",
    "\u202egnp.exe\u202c \u2067שלום\u2069",
    "<!--<script>",
    "href=javascript:alert(4)",
    "W" * 300,
)


def iri(action: str) -> str:
    """Give the IRI of an action."""
    return BASE + action


def detail(action: str, **fields: Any) -> ActionDetail:
    """Give what is known of an action."""
    plan, _, ref = action.partition("/")
    known: dict[str, Any] = {
        "iri": iri(action),
        "id": action,
        "plan": plan,
        "plan_title": f"Plan of the {plan}",
        "ref": ref,
        "text": f"Do what {ref} says",
        "pillars": PREVENTION,
        "status": "unknown",
        "due": "",
        "due_earliest": None,
        "due_latest": None,
        "leads": ("Housing Office",),
        "partners": (),
        "place": f"page 1, table 1, row {ref[-1]}",
        "document": Path(f"/plans/{plan}.pdf"),
    }
    return ActionDetail(**{**known, **fields})


DETAILS = {
    one.iri: one
    for one in (
        detail("north/1", status="complete"),
        detail("north/2", status="not-started", pillars=RECOVERY),
        detail("north/3"),
        detail("north/4", status="complete", pillars=RECOVERY),
        detail("south/1", status="complete"),
        detail("south/2", pillars=RECOVERY),
    )
}


def agency(label: str, body: str, *actions: str, abbreviation: str = "") -> dict[str, Any]:
    """Give the attributes of an agency."""
    return {
        "label": label,
        "id": label.lower().replace(" ", "-"),
        "abbreviation": abbreviation,
        "kind": "agency",
        "body": body,
        "plans": tuple(sorted({action.partition("/")[0] for action in actions})),
        "load": len(actions),
        "actions": tuple(map(iri, actions)),
    }


def partnership() -> nx.Graph[str]:
    """Give the four agencies."""
    made: nx.Graph[str] = nx.Graph(name="partnership", title="Partnership", text="Who works with whom?", notices=())
    made.add_node("health", **agency("Health Trust", "health", "north/3", "south/1"))
    made.add_node(
        "office",
        **agency("Housing Office", "council", "north/1", "north/2", "north/3", "north/4", "south/1", abbreviation="HO"),
    )
    made.add_node("police", **agency("Police", "police", "south/2"))
    made.add_node("shelter", **agency("Night Shelter", "charity", "north/1", "north/2", "north/4"))
    made.add_edge("health", "office", weight=2, actions=tuple(map(iri, ("north/3", "south/1"))))
    made.add_edge("office", "shelter", weight=3, actions=tuple(map(iri, ("north/1", "north/2", "north/4"))))
    return made


DUE = {
    "p/1.1": dt.date(2024, 1, 31),
    "p/1.2": dt.date(2024, 7, 31),
    "p/1.3": dt.date(2025, 12, 31),
    "p/2.1": None,
    "p/2.2": dt.date(2024, 7, 31),
}
REFERENCES = (("1.1", "1.2"), ("1.1", "2.1"), ("1.2", "1.3"), ("1.3", "1.1"), ("2.1", "1.1"))


def dependencies() -> nx.DiGraph[str]:
    """Give the five actions."""
    made: nx.DiGraph[str] = nx.DiGraph(name="dependencies", title="Dependencies", text="What refers to what?")
    for action, due in DUE.items():
        made.add_node(
            iri(action),
            label=f"Do what {action} says",
            id=action,
            abbreviation="",
            kind="action",
            body="",
            plans=("p",),
            load=0,
            actions=(iri(action),),
            due=due,
            status="unknown",
        )
    for one, other in REFERENCES:
        ends = (iri(f"p/{one}"), iri(f"p/{other}"))
        made.add_edge(*ends, weight=1, actions=tuple(sorted(ends)), refers="related")
    return made


def due_details() -> dict[str, ActionDetail]:
    """Give what is known of the five actions."""
    return {
        iri(action): detail(action, due=due.strftime("%B %Y") if due else "ongoing", due_latest=due)
        for action, due in DUE.items()
    }


def hostile() -> tuple[nx.Graph[str], dict[str, ActionDetail]]:
    """Give a network in which every text was written by somebody who means harm."""
    every = " ".join(HOSTILE)
    made: nx.Graph[str] = nx.Graph(name=every, title=every, text=every, notices=(every,))
    details = {}
    for number, text in enumerate(HOSTILE):
        action = f"p/{number}"
        bad = dict.fromkeys(("text", "plan_title", "status", "due", "place", "ref", "plan"), text)
        details[iri(action)] = detail(
            action, **bad, pillars=(text,), leads=(text,), partners=(text,), document=Path("javascript:alert(5)")
        )
        made.add_node(text, **{**agency(text, text, action, abbreviation=text), "plans": (text,)})
        if number:
            made.add_edge(HOSTILE[number - 1], text, weight=1, actions=(iri(action),), words=text)
    return made, details


def crowd(nodes: int, edges: int) -> nx.Graph[str]:
    """Give a network of many agencies: each linked with the next, and then with the one after the next, and so on."""
    made: nx.Graph[str] = nx.Graph(name="crowd", title="Crowd", text="Who is in the crowd?", notices=())
    bodies = ("charity", "council", "health", "police")
    for number in range(nodes):
        made.add_node(f"a{number:05}", **agency(f"Agency {number}", bodies[number % 4]))
    step = 1
    while made.number_of_edges() < edges:
        for number in range(nodes - step):
            if made.number_of_edges() < edges:
                weight = 1 + number % 3
                made.add_edge(f"a{number:05}", f"a{(number * 7 + step) % nodes:05}", weight=weight, actions=())
        step += 1
    return made
