"""Every address of the workspace is made here, and every IRI of the graph finds its address here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote, urlencode

from planweave.terms import AGENCY, PLAN, PW

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "ALL",
    "accept_address",
    "action_address",
    "actions_address",
    "add_address",
    "agencies_address",
    "agency_address",
    "alike_address",
    "ask_address",
    "compare_address",
    "correct_plan_address",
    "data_address",
    "document_address",
    "draft_address",
    "findings_address",
    "given_id",
    "iri_address",
    "network_address",
    "networks_address",
    "overview_address",
    "page_address",
    "party_address",
    "plan_address",
    "plan_data_address",
    "plan_file_address",
    "plans_address",
    "queries_address",
    "query_address",
    "question_address",
    "reopen_address",
    "shape_address",
    "shapes_address",
    "sparql_address",
    "static_address",
    "suggest_address",
    "timeline_address",
    "vendor_address",
    "vocabulary_address",
    "what_if_address",
    "with_state",
]

ODD: Final = {".", ".."}
"""Segments that a browser would take for steps in a path."""


def _segment(text: str) -> str:
    r"""Give a piece of text as one segment of a path.

    Examples
    --------
    >>> _segment("13.1"), _segment("a/b ?"), _segment(".."), _segment("~")
    ('13.1', 'a%2Fb%20%3F', '~..', '~~')
    """
    marked = f"~{text}" if text in ODD or text.startswith("~") else text
    return quote(marked, safe="()!*',:;@$&+=")


def given_id(segment: str) -> str:
    """Give back the text of a segment that the server has decoded already.

    Examples
    --------
    >>> given_id("~.."), given_id("13.1")
    ('..', '13.1')
    """
    return segment.removeprefix("~")


def with_state(path: str, state: Mapping[str, object]) -> str:
    """Give an address with a state; what is None, false or empty is left out, a list is given value by value.

    Examples
    --------
    >>> with_state("/actions", {"plan": ["a", "b"], "sort": "-due", "page": None, "q": ""})
    '/actions?plan=a&plan=b&sort=-due'
    """
    values = {}
    for key, value in state.items():
        if isinstance(value, (list, tuple, set, frozenset)):
            values[key] = [str(one) for one in value]
        elif value is not None and value is not False and value != "":
            values[key] = [str(value)]
    said = urlencode(values, doseq=True)
    return f"{path}?{said}" if said else path


def overview_address(**state: object) -> str:
    """Where everything begins."""
    return with_state("/", state)


def actions_address(suffix: str = "", **state: object) -> str:
    """The table of actions, as far as a state says which; ``suffix`` is ``".csv"`` or ``".xlsx"``."""
    return with_state(f"/actions{suffix}", state)


def plans_address(suffix: str = "", **state: object) -> str:
    """The table of plans."""
    return with_state(f"/plans{suffix}", state)


def plan_address(plan: str, **state: object) -> str:
    """A plan, by its id."""
    return with_state(f"/plans/{_segment(plan)}", state)


def action_address(action: str, **state: object) -> str:
    """An action, by its id.

    Examples
    --------
    >>> action_address("northmoor/13.1")
    '/plans/northmoor/actions/13.1'
    """
    plan, _, own = action.partition("/")
    return with_state(f"/plans/{_segment(plan)}/actions/{_segment(own)}", state)


def alike_address(action: str) -> str:
    """Actions of other plans that say something like an action."""
    return f"{action_address(action)}/alike"


def page_address(action: str, page: int) -> str:
    """A picture of a page of the document, with the rows of an action outlined."""
    return f"{action_address(action)}/page/{page}"


def document_address(plan: str) -> str:
    """The document that a plan was read from."""
    return f"{plan_address(plan)}/document"


def plan_file_address(plan: str, suffix: str) -> str:
    """A plan as a file; ``suffix`` is one of those of exports, such as ``".csv"``."""
    return f"{plan_address(plan)}{suffix}"


def accept_address(**state: object) -> str:
    """Where a finding is accepted: with its check, its plan or action, and its value."""
    return with_state("/findings/accept", state)


def correct_plan_address(plan: str) -> str:
    """Where a draft is begun that corrects a plan."""
    return f"{plan_address(plan)}/correct"


def reopen_address() -> str:
    """Where an accepted finding is opened again."""
    return "/findings/reopen"


def party_address(plan: str, party: str, **state: object) -> str:
    """A team, post or group of a plan, by the id of the plan and its own within it."""
    return with_state(f"/plans/{_segment(plan)}/parties/{_segment(party)}", state)


def agencies_address(suffix: str = "", **state: object) -> str:
    """The table of agencies."""
    return with_state(f"/agencies{suffix}", state)


def agency_address(agency: str, **state: object) -> str:
    """An agency, by its IRI or by the end of it.

    Examples
    --------
    >>> agency_address("https://w3id.org/planweave/agency/st-mungos") == agency_address("st-mungos")
    True
    """
    return with_state(f"/agencies/{_segment(unquote(agency.removeprefix(AGENCY)))}", state)


def findings_address(suffix: str = "", **state: object) -> str:
    """What the plans leave out and contradict."""
    return with_state(f"/findings{suffix}", state)


def networks_address() -> str:
    """The networks that can be drawn."""
    return "/networks"


def network_address(network: str, **state: object) -> str:
    """A network, by its name."""
    return with_state(f"/networks/{_segment(network)}", state)


def what_if_address(**state: object) -> str:
    """What the plans would lose."""
    return with_state("/what-if", state)


def timeline_address(**state: object) -> str:
    """Actions by their dates."""
    return with_state("/timeline", state)


def ask_address(**state: object) -> str:
    """The questions, as forms."""
    return with_state("/ask", state)


def question_address(question: str, suffix: str = "", **state: object) -> str:
    """A question as a form, with its answer where the state gives what it needs."""
    return with_state(f"/ask/{_segment(question)}{suffix}", state)


def suggest_address(kind: str, **state: object) -> str:
    """What can be given where a plan, a body, an action or a pillar is asked for."""
    return with_state(f"/suggest/{_segment(kind)}", state)


def compare_address(**state: object) -> str:
    """Plans side by side."""
    return with_state("/compare", state)


def add_address() -> str:
    """Where a document is handed in."""
    return "/add"


def draft_address(draft: str, **state: object) -> str:
    """A document that was handed in and is not accepted yet."""
    return with_state(f"/add/{_segment(draft)}", state)


def vocabulary_address(term: str | None = None) -> str:
    """The vocabulary, or one term of it."""
    return f"/vocabulary#{quote(term)}" if term else "/vocabulary"


def shapes_address() -> str:
    """The checks, as their files say them."""
    return "/shapes"


def shape_address(shape: str) -> str:
    """A check, by its name."""
    return f"/shapes/{_segment(shape)}"


def queries_address() -> str:
    """The pages that explain the questions."""
    return "/questions"


def query_address(question: str) -> str:
    """The page that explains a question, by its name."""
    return f"/questions/{_segment(question)}"


def sparql_address(**state: object) -> str:
    """Where SPARQL is answered, and its editor."""
    return with_state("/sparql", state)


def data_address() -> str:
    """The whole graph."""
    return "/data"


def plan_data_address(plan: str, **state: object) -> str:
    """The graph of one plan."""
    return with_state(f"/data/{_segment(plan)}", state)


def static_address(name: str) -> str:
    """A style sheet or script of planweave's own."""
    return f"/static/{name}"


def vendor_address(name: str) -> str:
    """A style sheet or script that came at set-up."""
    return f"/vendor/{name}"


def iri_address(iri: str) -> str | None:
    """Give the address that shows what an IRI stands for; None where no page does.

    Examples
    --------
    >>> iri_address("https://w3id.org/planweave/plan/northmoor/action/13.1")
    '/plans/northmoor/actions/13.1'
    >>> iri_address("https://w3id.org/planweave/ontology#lead")
    '/vocabulary#lead'
    >>> iri_address("https://example.org/")
    """
    if iri.startswith(PLAN):
        return _in_plan(*(unquote(part) for part in iri.removeprefix(PLAN).split("/")))
    if iri.startswith(AGENCY):
        return agency_address(iri)
    return vocabulary_address(iri.removeprefix(PW)) if iri.startswith(PW) else None


def _in_plan(plan: str, kind: str = "", own: str = "", *_: str) -> str | None:
    """Give the address of a plan, or of what it has: an action, a party, a fact of one of them."""
    if not kind:
        return plan_address(plan)
    if kind == "action":
        return action_address(f"{plan}/{own}")
    return party_address(plan, own) if kind == "party" else None


ALL: Final = {name: globals()[name] for name in __all__ if name.endswith("_address")}
"""Every one of them by its name, as templates know them."""
