"""What pages that list actions share: the index of the graph, what an address chooses of it, facets to choose from."""

from __future__ import annotations

import datetime as dt
import re
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from planweave.assessing import BuiltPlans
from planweave.errors import PlanweaveError, QueryError, StoreError
from planweave.facets import FACETS, About, Choices, FoundMarks, make_index, marks_of, open_index
from planweave.reporting.words import day_words
from planweave.searching import FILE, SearchIndex, as_match
from planweave.web.addresses import with_state
from planweave.web.checked import AT_ONCE, assessment_of
from planweave.web.rooms import served_of
from planweave.wording import BLANK_WORDS, DUE_WORDS, STATUS_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.requests import Request

    from planweave.assessing import Assessment
    from planweave.facets import ActionIndex, Count, Selection
    from planweave.graph import Graph

__all__ = [
    "FACET_WORDS",
    "Asked",
    "Chip",
    "Facet",
    "Listing",
    "Waiting",
    "asked_of",
    "chips_of",
    "day_of",
    "facets_of",
    "listing_of",
    "value_words",
]

FACET_WORDS: Final = {
    "plan": "Plan",
    "lead": "Lead",
    "partner": "Partner",
    "pillar": "Pillar",
    "status": "Status",
    "due": "Due",
    "exact": "How exact the date is",
    "finding": "Finding",
}
NOTHING_WORDS: Final = {"lead": "no lead", "partner": "no partner", "pillar": "no pillar", "finding": "nothing found"}
EXACT_WORDS: Final = {
    "none": "no date",
    "day": "a day",
    "month": "a month or less",
    "quarter": "a quarter or season",
    "year": "a year or less",
    "longer": "more than a year",
    "open": "no end",
}
SHOWN: Final = 8
"""So many values of a facet are shown; with a search within it, or where more are asked for, so many:"""
SHOWN_MORE: Final = 60

DAYS: Final = (("from", "Due from"), ("to", "Due to"), ("overdue", "Overdue on"))
WORDS: Final = "q"
PARTY: Final = "party"
CHOOSING: Final = frozenset((*FACETS, *(name for name, _ in DAYS), WORDS, PARTY))
"""What of an address chooses actions."""

DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
MOST_WORDS: Final = 200
MOST_VALUES: Final = 200


@dataclass
class Waiting:
    """What is still being made: how far it is."""

    words: str
    done: int = 0
    whole: int = 0

    def tell(self, words: str, done: int, whole: int) -> None:
        """Take how far it is."""
        self.words, self.done, self.whole = words, done, whole


@dataclass(frozen=True)
class Asked:
    """What an address asks for: what is chosen, and what of it cannot be meant, with the id of its field."""

    choices: Choices
    mistakes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Listing:
    """What is there to answer with: the selection, or what is waited for; and sentences to say above it."""

    index: ActionIndex | None
    selection: Selection | None
    marks: FoundMarks | None
    waiting: Waiting | None = None
    notices: tuple[str, ...] = ()


class Chip(NamedTuple):
    """A choice in words, and the address without it."""

    words: str
    address: str


@dataclass(frozen=True)
class Facet:
    """A facet as it is offered: its values, those that stand for none, how many there are, and what is looked for."""

    key: str
    words: str
    values: list[Count]
    nothing: list[Count]
    many: int
    looked: str
    more: str | None
    opened: bool


def asked_of(request: Request) -> Asked:
    """Read from an address which actions are chosen."""
    given = request.query_params
    facets = {facet: [one for one in given.getlist(facet)[:MOST_VALUES] if one] for facet in FACETS}
    days: dict[str, dt.date | None] = {}
    mistakes = []
    for name, words in DAYS:
        said = given.get(name, "").strip()
        days[name] = day_of(said)
        if said and days[name] is None:
            mistakes.append((f"{words}: “{said[:40]}” is no day; write it as 2024-12-31", name))
    if days["from"] and days["to"] and days["from"] > days["to"]:
        mistakes.append(("Due from: this is after the day of Due to, so nothing can be due between them", "from"))
    words = " ".join(given.get(WORDS, "").split())[:MOST_WORDS]
    if words:
        try:
            as_match(words)
        except QueryError:
            mistakes.append(("Search: there is no word to look for", WORDS))
            words = ""
    parties = tuple(one for one in given.getlist(PARTY)[:MOST_VALUES] if one)
    choices = Choices.of(
        facets, parties=parties, begins=days["from"], ends=days["to"], overdue=days["overdue"], words=words
    )
    return Asked(choices, tuple(mistakes))


def day_of(said: str) -> dt.date | None:
    """Read a day of an address; None where it is none."""
    try:
        return dt.date.fromisoformat(said) if DAY.fullmatch(said) else None
    except ValueError:
        return None


def listing_of(request: Request, graph: Graph, choices: Choices) -> Listing:
    """Give the actions that are chosen, or what has to be waited for."""
    opened = _index_of(request, graph)
    if isinstance(opened, Waiting):
        return Listing(None, None, None, opened)
    index, notices = opened
    marks = _marks_of(request, graph, index)
    if choices.chosen("finding") and marks is None:
        return Listing(index, None, None, Waiting("looking for findings"), notices)
    about: About | None = None
    if choices.words:
        found = _about(request, graph, index)
        if isinstance(found, Waiting):
            return Listing(index, None, marks, found, notices)
        about = found
    return Listing(index, index.select(choices, marks=marks, about=about), marks, None, notices)


def _states(graph: Graph) -> dict[str, str]:
    plans = BuiltPlans(graph.files, graph.folder, graph.store)
    return {plan: plans.state(plan) for plan in graph.ids}


def _index_of(request: Request, graph: Graph) -> tuple[ActionIndex, tuple[str, ...]] | Waiting:
    """Give the index of the graph, made first where it is not there."""
    served = served_of(request)
    states = served.made(graph, "states of plans", lambda: _states(graph))
    waiting = served.made(graph, "making facets", lambda: Waiting("listing the actions", 0, len(states)))
    known = served.made(graph, "facets opened", lambda: _opened(graph, states))
    if known[0] is not None:
        return known[0], ()

    def make() -> tuple[ActionIndex, threading.Event]:
        folder = make_index(graph.folder, states, graph.files, waiting.tell)
        index = open_index(graph.folder, states, folder)
        if index is None:
            raise StoreError("the index of actions is gone", file=folder, fix="ask again")
        return index, threading.Event()

    if len(states) <= AT_ONCE:
        made: tuple[ActionIndex, threading.Event] | None = served.made(graph, "facets", make)
    else:
        made = served.made_aside(graph, "facets", make, "facets")
    if made is None:
        return waiting
    index, told = made
    if known[1] and not told.is_set():
        told.set()
        return index, ("The index of actions was damaged, and has been made again from the plans.",)
    return index, ()


def _opened(graph: Graph, states: dict[str, str]) -> tuple[ActionIndex | None, bool]:
    """Open the index as it is, and say whether it is damaged."""
    try:
        return open_index(graph.folder, states), False
    except StoreError:
        return None, True


class _Marks:
    """Which actions have findings; where waivers change, only their plans are looked at again."""

    def __init__(self, index: ActionIndex, assessment: Assessment) -> None:
        self._index, self._marks, self._lock = index, marks_of(index, assessment), threading.Lock()

    def now(self, assessment: Assessment) -> FoundMarks:
        """Give those of the check as it is now."""
        with self._lock:
            if self._marks.assessment is not assessment:
                self._marks = marks_of(self._index, assessment, self._marks)
            return self._marks


def _marks_of(request: Request, graph: Graph, index: ActionIndex) -> FoundMarks | None:
    """Give which actions have findings; None while it is being found out."""
    assessment = assessment_of(request, graph)
    if assessment is None:
        return None
    served, key = served_of(request), ("marks", assessment.report.as_of)
    if len(graph.ids) <= AT_ONCE:
        return served.made(graph, key, lambda: _Marks(index, assessment)).now(assessment)
    made = served.made_aside(graph, key, lambda: _Marks(index, assessment), "facets")
    return made.now(assessment) if made else None


def _about(request: Request, graph: Graph, index: ActionIndex) -> About | Waiting:
    """Give the search of the graph, its file brought up to date first."""
    served = served_of(request)
    waiting = served.made(graph, "making search", lambda: Waiting("preparing the search", 0, len(graph.ids)))
    states = served.made(graph, "states of plans", lambda: _states(graph))

    def make() -> About:
        search = SearchIndex(graph.folder / FILE, states, graph.files.plan_record)
        search.update(waiting.tell)
        return About(index, search)

    if len(states) <= AT_ONCE:
        return served.made(graph, "search", make)
    return served.made_aside(graph, "search", make, "search") or waiting


def chips_of(request: Request, asked: Asked, selection: Selection | None) -> list[Chip]:
    """Give each choice in words, with the address that does without it."""
    pairs = request.query_params.multi_items()
    choices, chips = asked.choices, []

    def without(name: str, value: str | None) -> str:
        return _address(
            request, (pair for pair in pairs if pair[0] != name or (value is not None and pair[1] != value))
        )

    if choices.words:
        chips.append(Chip(f"about: {choices.words}", without(WORDS, None)))
    for facet, keys in choices.facets:
        for key in keys:
            label = value_words(facet, key, selection.label(facet, key) if selection else key)
            chips.append(Chip(f"{FACET_WORDS[facet]}: {label}", without(facet, key)))
    for key in choices.parties:
        label = selection.label("lead", key) if selection else key
        chips.append(Chip(f"Lead or partner: {label}", without(PARTY, key)))
    for (name, words), day in zip(DAYS, (choices.begins, choices.ends, choices.overdue), strict=True):
        if day:
            chips.append(Chip(f"{words}: {day_words(day)}", without(name, None)))
    return chips


def _address(request: Request, pairs: Iterable[tuple[str, str]]) -> str:
    state: dict[str, list[str]] = {}
    for name, value in pairs:
        if name != "page" and value:
            state.setdefault(name, []).append(value)
    return with_state(request.url.path, state)


def value_words(facet: str, key: str, label: str) -> str:
    """Give a value of a facet in words.

    Examples
    --------
    >>> value_words("lead", "none.empty", ""), value_words("status", "partial", ""), value_words("pillar", "a", "A")
    ('no lead: cell is empty', 'partly complete', 'A')
    """
    code, _, why = key.partition(".")
    if facet in {"due", "status"}:
        words = {**DUE_WORDS, "date": "a date"} if facet == "due" else STATUS_WORDS
        return f"{words.get(code, code)}: {BLANK_WORDS[why].words}" if why in BLANK_WORDS else words.get(code, code)
    if facet == "exact":
        return EXACT_WORDS.get(key, key)
    if code == "none" and facet in NOTHING_WORDS and (not why or why in BLANK_WORDS):
        return f"{NOTHING_WORDS[facet]}: {BLANK_WORDS[why].words}" if why else NOTHING_WORDS[facet]
    return label


def facets_of(request: Request, selection: Selection, *, checked: bool) -> list[Facet]:
    """Give the facets to choose from, as far as there is something to choose."""
    facets = []
    wide = request.query_params.get("more")
    for facet in FACETS:
        if facet == "finding" and not checked:
            continue
        looked = " ".join(request.query_params.get(f"in-{facet}", "").split())[:MOST_WORDS]
        chosen = bool(selection.choices.chosen(facet))
        values, many = selection.values(facet, SHOWN_MORE if looked or wide == facet else SHOWN, looked)
        nothing = [] if looked else selection.nothing(facet)
        if not (values or nothing or looked):
            continue
        more = None
        if len(values) < many and wide != facet and not looked:
            pairs = [pair for pair in request.query_params.multi_items() if pair[0] != "more"]
            more = _address(request, [*pairs, ("more", facet)]) + f"#facet-{facet}"
        facets.append(
            Facet(
                facet, FACET_WORDS[facet], values, nothing, many, looked, more, chosen or bool(looked) or wide == facet
            )
        )
    return facets


def refused(asked: Asked) -> PlanweaveError | None:
    """Give what is wrong with an address, where a file is asked for and there is no form to say it beside."""
    return QueryError(asked.mistakes[0][0], fix="change the address") if asked.mistakes else None
