"""What a question is given → terms: values are looked up and bound, and never become part of a query."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, Final, get_args

from planweave.asking.terms import readable
from planweave.errors import NotFound, QueryError, nearest
from planweave.records import Status
from planweave.store import STRING, Node
from planweave.terms import (
    AGENCY,
    BASE,
    PW,
    REGISTERS_GRAPH,
    SKOS,
    XSD,
    action_iri,
    local,
    plan_graph,
    plan_iri,
    segment,
)
from planweave.wording import STATUS_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from planweave.asking.headers import Kind, Named, Parameter
    from planweave.store import Store

__all__ = ["bindings_of"]


CODES: Final[tuple[str, ...]] = get_args(Status)

MOST_OFFERED: Final = 6
"""How many actions are offered for one reference."""

REFERRED: Final = f"""
SELECT ?action ?reference WHERE {{ GRAPH ?graph {{ ?action <{PW}reference> ?reference ; a <{PW}Action> }} }}"""
"""The actions of a reference, in any plan."""

NAMED_IN_PLANS: Final = f"""
SELECT DISTINCT ?party ?name WHERE {{
  GRAPH ?graph {{ ?involvement <{PW}printedName> ?name ; <{PW}party> ?party }}
}}"""
"""Every name that a plan prints for a party; ?name is bound when one is looked for."""

NAMED_IN_REGISTERS: Final = f"""
SELECT DISTINCT ?party ?name WHERE {{
  GRAPH <{REGISTERS_GRAPH}> {{ ?party <{SKOS}prefLabel>|<{SKOS}altLabel>|<{PW}localName> ?name ; a <{PW}Agency> }}
}}"""

FEW_PLANS: Final = 40
"""Up to so many plans, a name that nobody has is compared with all that they print."""

DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")

KNOWN_AGENCY: Final = f"SELECT ?party WHERE {{ GRAPH <{REGISTERS_GRAPH}> {{ ?party a <{PW}Agency> }} }}"
KNOWN_PARTY: Final = f"SELECT DISTINCT ?party WHERE {{ GRAPH ?graph {{ ?involvement <{PW}party> ?party }} }}"


def bindings_of(
    question: Named,
    values: Mapping[str, object],
    store: Callable[[], Store],
    plans: Collection[str],
    what: str = "question",
) -> dict[str, Node]:
    """Make terms of what a question is given.

    Parameters
    ----------
    question
        Says which parameters there are.
    values
        Name of a parameter → value: text as people type it, or a date or number. None is not given.
    store
        Gives where parties and actions are looked up; it is opened only if one is given.
    plans
        The ids of the plans of the graph.
    what
        What is asked, in a word, for sentences.

    Raises
    ------
    NotFound
        If there is no such parameter, plan, action or party; the nearest names are offered.
    QueryError
        If a parameter that is needed is not given, or its value is of the wrong kind.
    """
    known = {parameter.name: parameter for parameter in question.parameters}
    given = {name: value for name, value in values.items() if value is not None}
    for name in given:
        if name not in known:
            raise NotFound(f"the {what} {question.name} takes no {name}", fix=nearest(name, known))
    for parameter in question.parameters:
        if parameter.required and parameter.name not in given:
            raise QueryError(
                f"the {what} {question.name} needs --{parameter.name}: {parameter.meaning}",
                fix=f"ask as in: {question.example}",
            )
    terms = _Terms(store, plans, given.get("plan"))
    found = {name: terms.of(known[name], value) for name, value in given.items()}
    if {"since", "until"} <= found.keys() and found["since"].value > found["until"].value:
        raise QueryError("--since is after --until, so that no day is between them", fix="change them over")
    return found


class _Terms:
    def __init__(self, store: Callable[[], Store], plans: Collection[str], within: object = None) -> None:
        self._store, self._plans, self._within = store, plans, within

    def of(self, parameter: Parameter, value: object) -> Node:
        makers: dict[Kind, Callable[[Parameter, Any], Node]] = {
            "plan": self._plan,
            "action": self._action,
            "party": self._party,
            "date": _date,
            "number": _number,
            "status": _status,
            "text": _text,
        }
        return makers[parameter.kind](parameter, value)

    def _plan(self, _: Parameter, value: object) -> Node:
        if not isinstance(value, str) or value not in self._plans:
            raise NotFound(f"there is no plan {value!r} in this graph", fix=nearest(str(value), self._plans))
        return Node(plan_iri(str(value)))

    def _action(self, parameter: Parameter, value: object) -> Node:
        plan, slash, _ = str(value).partition("/")
        if not slash and plan not in self._plans and (found := self._referred(plan)):
            more = f" … ({len(found):,} in all)" if len(found) > MOST_OFFERED else ""
            offered = f"{' or '.join(found[:MOST_OFFERED])}{more}"
            raise NotFound(f"{plan!r} is a reference without its plan", fix=f"write {offered}")
        self._plan(parameter, plan)
        query = f"SELECT ?action WHERE {{ GRAPH <{plan_graph(plan)}> {{ ?action a <{PW}Action> }} }}"
        actions = {row["action"].value for row in self._store().select(query)}
        if (iri := action_iri(str(value))) not in actions:
            known = (f"{plan}/{local(one)}" for one in actions)
            raise NotFound(f"there is no action {value!r}", fix=nearest(str(value), known))
        return Node(iri)

    def _referred(self, reference: str) -> list[str]:
        """The actions with a reference, in the one plan that is given, or in any."""
        printed = {"reference": Node(reference, "literal", STRING)}
        found = sorted(readable(row["action"]) for row in self._store().select(REFERRED, bound=printed))
        own = [action for action in found if action.startswith(f"{self._within}/")]
        return own or found

    def _party(self, parameter: Parameter, value: object) -> Node:
        """A party by any of its names, by its id as answers show it, or by its IRI."""
        text = str(value).strip()
        if text.startswith(BASE):
            if not self._is_party(text):
                raise NotFound(f"--{parameter.name} is no party of this graph: {text}", fix="give a name or an id")
            return Node(text)
        name = {"name": Node(text, "literal", STRING)}
        found = {row["party"].value for row in self._store().select(NAMED_IN_PLANS, bound=name)}
        registered = [(row["party"].value, row["name"].value) for row in self._store().select(NAMED_IN_REGISTERS)]
        found |= {party for party, name in registered if name.casefold() == text.casefold()}
        found = found or self._party_ids(text)
        if not found:
            # To go through every name of thousands of plans takes minutes; those of the register are at hand.
            few = len(self._plans) <= FEW_PLANS
            printed = [row["name"].value for row in self._store().select(NAMED_IN_PLANS)] if few else ()
            names = (*printed, *(name for _, name in registered))
            raise NotFound(f"nobody is called {text!r}", fix=nearest(text, names))
        if len(found) > 1 and self._within is not None:
            # Two plans have a post of this name, and one of the plans is given.
            own = {party for party in found if party.startswith(f"{plan_iri(str(self._within))}/party/")}
            found = own if len(own) == 1 else found
        if len(found) > 1:
            raise QueryError(
                f"{text!r} stands for {len(found)} parties: {', '.join(sorted(found))}",
                fix=f"give one of these as --{parameter.name}",
            )
        return Node(found.pop())

    def _party_ids(self, text: str) -> set[str]:
        """The party that answers show by this id: an agency of the register, or a team or post of a plan."""
        plan, _, own = text.partition("/party/")
        iri = f"{plan_iri(plan)}/party/{segment(own)}" if own else AGENCY + segment(text)
        return {iri} if self._is_party(iri) else set()

    def _is_party(self, iri: str) -> bool:
        """Say whether a body of the register, or a party of a plan, has this IRI."""
        query = KNOWN_AGENCY if iri.startswith(AGENCY) else KNOWN_PARTY
        return any(True for _ in self._store().select(query, bound={"party": Node(iri)}))


def _text(parameter: Parameter, value: object) -> Node:
    if not str(value).strip():
        raise QueryError(f"--{parameter.name} is empty", fix="give some words")
    return Node(str(value), "literal", STRING)


def _date(parameter: Parameter, value: object) -> Node:
    if isinstance(value, dt.datetime):
        value = value.date()
    if isinstance(value, dt.date):
        return Node(value.isoformat(), "literal", XSD + "date")
    try:
        # Python also takes weeks and days without hyphens, which may be slips of anything.
        day = dt.date.fromisoformat(str(value)) if DAY.fullmatch(str(value)) else None
    except ValueError:
        day = None
    if day is None:
        raise QueryError(f"--{parameter.name} is no date: {str(value)!r}", fix="write a day as 2024-12-31")
    return Node(day.isoformat(), "literal", XSD + "date")


def _number(parameter: Parameter, value: object) -> Node:
    text = str(value)
    if not (text.isascii() and text.isdigit()):
        raise QueryError(f"--{parameter.name} is no whole number: {text!r}", fix="write one such as 2")
    return Node(str(int(text)), "literal", XSD + "integer")


def _status(parameter: Parameter, value: object) -> Node:
    codes = {**{words.casefold(): code for code, words in STATUS_WORDS.items()}, **{code: code for code in CODES}}
    code = codes.get(str(value).strip().casefold())
    if code is None:
        raise NotFound(f"--{parameter.name} is no status: {value!r}", fix=nearest(str(value), codes))
    return Node(f"{BASE}status/{code}")
