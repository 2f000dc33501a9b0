"""What the graph says of one thing: a plan, an action, a party or an agency, as a graph of its own."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from planweave.asking.answers import About
from planweave.asking.made import graph_of
from planweave.errors import NotFound
from planweave.terms import AGENCY, PLAN, PW, RDF, plan_graph, plan_iri

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planweave.asking.answers import Answer
    from planweave.store import Store
    from planweave.workspace import Build

__all__ = ["describe", "plan_of"]

OF_ACTIONS: Final = tuple(f" <{term}> ".encode() for term in (RDF + "type", PW + "plan", PW + "reference", PW + "text"))
"""What the description of a plan says of its actions; each has a description of its own."""

OWN: Final = ("action", "source")
"""What a plan has so many of that its description does not hold all that is said of them."""


def plan_of(iri: str) -> str | None:
    """Give the id of the plan that a thing belongs to, or None of a thing that belongs to none.

    Examples
    --------
    >>> plan_of("https://w3id.org/planweave/plan/northmoor/action/1.3")
    'northmoor'
    """
    return unquote(iri.removeprefix(PLAN).partition("/")[0]) if iri.startswith(PLAN) else None


def describe(iri: str, build: Build, store: Store) -> Answer:
    """Give what the graph says of a thing: every statement about it, and about the parts that are its alone.

    Parameters
    ----------
    iri
        Of a plan, of something in a plan, or of an agency.
    build
        Holds the plans' own graphs.
    store
        Holds what all plans say.

    Raises
    ------
    NotFound
        If nothing is said of it.
    """
    plan = plan_of(iri)
    lines = store.about(iri) if plan is None else list(_in_plan(iri, plan, build))
    if not lines:
        kind = "agency" if iri.startswith(AGENCY) else "thing"
        raise NotFound(f"the graph says nothing of the {kind} {iri}", fix="look at how it is written")
    return graph_of(lines, About(f"What the graph says of {iri}"))


def _in_plan(iri: str, plan: str, build: Build) -> Iterator[bytes]:
    """Give the lines of a plan's graph that speak of a thing or of its parts."""
    whole = iri == plan_iri(plan)
    own = tuple(f"<{iri}/{name}/".encode() for name in OWN)
    end = f" <{plan_graph(plan)}> .".encode()
    facts = build.facts(plan)
    for line in chain(_beginning(facts, f"<{iri}/".encode()), _beginning(facts, f"<{iri}> ".encode())):
        if whole and line.startswith(own) and not _says_what_it_is(line):
            continue
        yield line.removesuffix(end) + b" ."


def _beginning(lines: bytes, words: bytes) -> Iterator[bytes]:
    """Give the lines that begin with some words; sorted as they are, they stand together."""
    at = 0 if lines.startswith(words) else lines.find(b"\n" + words) + 1
    while lines.startswith(words, at):
        end = lines.index(b"\n", at)
        yield lines[at:end]
        at = end + 1


def _says_what_it_is(line: bytes) -> bool:
    end = line.index(b" ")
    is_said = line.startswith(OF_ACTIONS, end)
    return is_said and line.count(b"/action/", 0, end) == 1 and b"/" not in line[:end].partition(b"/action/")[2]
