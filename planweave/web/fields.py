"""The fields of a form that asks for what a question, a network or a comparison takes, and what is wrong with them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple

from planweave.asking.choices import Choice, of_actions, of_parties, of_pillars, of_plans, of_statuses
from planweave.asking.parameters import bindings_of
from planweave.asking.terms import readable
from planweave.errors import NotFound, PlanweaveError, QueryError
from planweave.store import Node
from planweave.terms import BASE
from planweave.web.addresses import suggest_address
from planweave.web.checked import today
from planweave.web.rooms import served_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from starlette.requests import Request

    from planweave.asking.headers import Named, Parameter
    from planweave.graph import Graph

__all__ = [
    "Fault",
    "Field",
    "Offer",
    "choices_of",
    "errors_of",
    "fault_of",
    "faults_of",
    "field_name",
    "field_of",
    "fields_of",
    "given_values",
    "missing",
    "own_words",
]

MOST_LISTED: Final = 40
"""So many plans are offered as a list to choose from; of more, a name is typed."""

MOST_IN_PAGE: Final = 400
"""So many suggestions stand in the page itself."""

OWN: Final = frozenset(("sort", "page", "sources", "look"))
"""What an address says of the table; a value of this name has another one in the form."""

MEANT: Final = re.compile(r"did you mean (.+)\?")
OPTION: Final = re.compile(r"^--\S+ is\b")
IRI: Final = re.compile(rf"{re.escape(BASE)}[^\s,;]+")


class Offer(NamedTuple):
    """A value that was probably meant, and where it leads."""

    words: str
    address: str


@dataclass(frozen=True)
class Fault:
    """What is wrong with a value: a sentence, and the values that were probably meant."""

    sentence: str
    meant: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """The sentence without what was probably meant, where that stands beside it as links."""
        return f"{self.sentence.partition('; ')[0]}." if self.meant else self.sentence


@dataclass(frozen=True)
class Field:
    """A field of a form.

    Parameters
    ----------
    name
        In the address.
    label, hint
        In words.
    kind
        How it is filled in: chosen, typed with suggestions, a day, a number, or text.
    value
        What was given.
    needed
        Whether it has to be given.
    choices
        What is offered in the page.
    suggest
        Where more is offered as one types.
    fault
        What is wrong with what was given.
    """

    name: str
    label: str
    kind: str
    value: str = ""
    hint: str = ""
    needed: bool = False
    choices: tuple[Choice, ...] = ()
    suggest: str = ""
    fault: Fault | None = None

    @property
    def id(self) -> str:
        """The id of its element."""
        return f"field-{self.name}"


def field_name(parameter: str) -> str:
    """Give the name of a parameter in a form and an address."""
    return f"{parameter}-given" if parameter in OWN else parameter


def given_values(request: Request, asked: Named) -> dict[str, str]:
    """Give what the address says of each parameter; blank is not given."""
    said = {one.name: request.query_params.get(field_name(one.name), "").strip() for one in asked.parameters}
    return {name: value for name, value in said.items() if value}


def fields_of(
    request: Request, graph: Graph, asked: Named, values: Mapping[str, str], faults: Mapping[str, Fault]
) -> list[Field]:
    """Give the fields for what a question or a network takes, filled in as the address says."""
    within = values.get("plan") if values.get("plan") in graph.ids else None
    return [
        field_of(request, graph, parameter, values.get(parameter.name, ""), faults.get(parameter.name), within)
        for parameter in asked.parameters
    ]


def field_of(
    request: Request, graph: Graph, parameter: Parameter, value: str, fault: Fault | None, within: str | None = None
) -> Field:
    """Give the field of one parameter."""
    kind = "pillar" if parameter.kind == "text" and parameter.name == "pillar" else parameter.kind
    how, choices, suggest = _offered(request, graph, kind, within)
    label = parameter.meaning[:1].upper() + parameter.meaning[1:]
    if parameter.kind == "date" and parameter.name == "date" and not value and fault is None:
        value = today().isoformat()
    return Field(
        name=field_name(parameter.name),
        label=label if parameter.required else f"{label} (optional)",
        kind=how,
        value=value,
        hint=HINTS.get(kind, ""),
        needed=parameter.required,
        choices=tuple(choices),
        suggest=suggest,
        fault=fault,
    )


HINTS: Final = {
    "party": "Any name that a plan or the register has for it.",
    "action": "The plan’s id, a stroke and the action’s reference.",
    "pillar": "As the plan prints it.",
}


def _offered(request: Request, graph: Graph, kind: str, within: str | None) -> tuple[str, Sequence[Choice], str]:
    """How a field is filled in, what is offered in the page, and where more is."""
    if kind == "status":
        return "select", of_statuses(), ""
    if kind == "plan" and len(graph.ids) <= MOST_LISTED:
        return "select", choices_of(request, graph, kind, None), ""
    if kind in {"plan", "party", "action", "pillar"}:
        choices = choices_of(request, graph, kind, within)
        address = suggest_address(kind, plan=within)
        return "typed", choices if len(choices) <= MOST_IN_PAGE else (), address if len(choices) > MOST_IN_PAGE else ""
    return {"date": "date", "number": "number"}.get(kind, "text"), (), ""


MAKERS: Final[dict[str, Callable[[Graph, str | None], list[Choice]]]] = {
    "plan": lambda graph, _: of_plans(graph),
    "party": of_parties,
    "action": of_actions,
    "pillar": of_pillars,
}


def choices_of(request: Request, graph: Graph, kind: str, within: str | None) -> list[Choice]:
    """Give what can be chosen; of all plans together it is made once."""
    make = MAKERS[kind]
    if within is not None and kind != "plan":
        return make(graph, within)
    return served_of(request).made(graph, ("choices", kind), lambda: make(graph, None))


def faults_of(graph: Graph, asked: Named, values: Mapping[str, str], error: PlanweaveError) -> dict[str, Fault]:
    """Say which of the values an error is about: each is looked up by itself.

    Parameters
    ----------
    graph
        Where they were looked up.
    asked
        What takes them.
    values
        What was given.
    error
        What was raised when all of them were; where none is wrong by itself, it is about the whole.
    """
    found = {}
    for parameter in asked.parameters:
        if parameter.name in values:
            alone = replace(asked, parameters=(parameter,))
            try:
                bindings_of(alone, {parameter.name: values[parameter.name]}, lambda: graph.store, graph.ids)
            except (NotFound, QueryError) as wrong:
                found[parameter.name] = fault_of(wrong)
    return found or {"": fault_of(error)}


def fault_of(error: PlanweaveError) -> Fault:
    """Put an error into words that fit beside a field, and find what was probably meant.

    Examples
    --------
    >>> fault_of(NotFound("there is no plan 'northmor' in this graph", fix="did you mean northmoor?"))
    Fault(sentence="There is no plan 'northmor' in this graph; did you mean northmoor?", meant=('northmoor',))
    """
    said = OPTION.sub("this is", error.what)
    meant = MEANT.fullmatch(error.fix or "")
    several = tuple(IRI.findall(error.what)) if isinstance(error, QueryError) else ()
    if several:
        said, fix = f"{said.partition(':')[0]}", "choose one of them"
    else:
        fix = error.fix or ""
    sentence = f"{said}; {fix}" if fix else said
    sentence = sentence[:1].upper() + sentence[1:]
    names = several or (tuple(meant[1].split(" or ")) if meant else ())
    return Fault(sentence if sentence.endswith(("?", ".", "…")) else f"{sentence}.", names)


def missing(asked: Named, values: Mapping[str, str]) -> dict[str, Fault]:
    """Say what has to be given and is not."""
    return {
        parameter.name: Fault(f"Give {parameter.meaning}.")
        for parameter in asked.parameters
        if parameter.required and parameter.name not in values
    }


def errors_of(fields: Iterable[Field], faults: Mapping[str, Fault]) -> list[tuple[str, str]]:
    """Give the lines of an error summary: the sentence, and the id of its field."""
    lines = [(field.fault.sentence, field.id) for field in fields if field.fault is not None]
    return lines + ([(faults[""].sentence, "")] if "" in faults else [])


def own_words(meant: str) -> str:
    """Give a value that was probably meant as its link says it: of an IRI what answers show.

    Examples
    --------
    >>> own_words("https://w3id.org/planweave/plan/northmoor/party/hub"), own_words("Northmoor Council")
    ('northmoor/party/hub', 'Northmoor Council')
    """
    return readable(Node(meant)) if meant.startswith(BASE) else meant
