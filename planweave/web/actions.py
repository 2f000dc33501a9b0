"""The page of actions: every action in a table, chosen by facets, words and days; and the same as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.routing import Route

from planweave.errors import PlanweaveError, StoreError
from planweave.facets import ActionRow
from planweave.reporting.words import counted, day_words, shortened
from planweave.spreadsheet import SHEET_ROWS
from planweave.web.addresses import action_address, actions_address, agency_address, party_address, plan_address
from planweave.web.checked import today
from planweave.web.listing import (
    CHOOSING,
    FACET_WORDS,
    asked_of,
    chips_of,
    facets_of,
    listing_of,
    refused,
    value_words,
)
from planweave.web.rooms import reading, settings_of
from planweave.web.show import show
from planweave.web.tables import Column, exported, paged, state_of, suffix_of
from planweave.wording import BLANK_WORDS, STATUS_WORDS

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from planweave.facets import Selection
    from planweave.facets.rows import Named
    from planweave.web.listing import Chip
    from planweave.web.tables import State

__all__ = ["ROUTES", "due_words", "hidden_of", "reference_of", "status_look"]

SHOWN_TEXT: Final = 180
SHOWN_NAME: Final = 40
SHOWN_NAMES: Final = 90
DEFAULT: Final = "plan"
MANY: Final = 100_000
"""A workbook of more rows takes minutes."""

LOOKS: Final = {"complete": "good", "stopped": "plain", "ongoing": "info", "partial": "info", "not-started": "warning"}


def page(request: Request) -> Response:
    """Show the actions that the address chooses, or give them as a file."""
    with reading(request) as graph:
        asked = asked_of(request)
        suffix = suffix_of(request)
        listing = listing_of(request, graph, asked.choices)
        checked = listing.marks is not None
        state = state_of(request, _columns(checked=checked, whole=False), DEFAULT, settings_of(request).rows)
        if suffix:
            if listing.selection is None or asked.mistakes:
                raise refused(asked) or StoreError("the actions are still being prepared", fix="ask again in a while")
            chips = chips_of(request, asked, listing.selection)
            return _file(listing.selection, state, suffix, chips, checked=checked)
        selection = None if asked.mistakes else listing.selection
        return show(
            request,
            "actions.html.j2",
            title="Actions",
            asked=asked,
            chips=chips_of(request, asked, listing.selection),
            facets=[] if listing.selection is None else facets_of(request, listing.selection, checked=checked),
            facet_words=FACET_WORDS,
            value_words=value_words,
            waiting=listing.waiting,
            notices=listing.notices,
            checked=checked,
            whole=len(listing.index) if listing.index else 0,
            table=None if selection is None else _table(selection, state, checked=checked),
            hidden=hidden_of(request),
            empty=actions_address(),
            far=MANY,
            sheet=SHEET_ROWS - 1,
            action_page="/actions",
        )


def hidden_of(request: Request) -> list[tuple[str, str]]:
    """Give what of the address a form of choices has to keep."""
    dropped = CHOOSING | {"page", "more"}
    pairs = request.query_params.multi_items()
    kept = [(name, value) for name, value in pairs if name not in dropped and not name.startswith("in-")]
    return [*kept, *(("party", one) for one in request.query_params.getlist("party"))]


def _table(selection: Selection, state: State, *, checked: bool) -> object:
    columns = _columns(checked=checked, whole=False)
    total = len(selection)
    last = max(1, -(-total // state.rows))
    page = min(state.page, last)
    state = type(state)(state.path, state.sort, state.descending, page, state.rows, state.rest)
    rows = selection.rows(state.sort, descending=state.descending, start=state.start, stop=state.start + state.rows)
    return paged(columns, rows, total, state, "Actions")


def _file(selection: Selection, state: State, suffix: str, chips: list[Chip], *, checked: bool) -> Response:
    if suffix == ".xlsx" and len(selection) >= SHEET_ROWS:
        raise PlanweaveError(
            f"there are {counted(len(selection), 'action')}, more than the {SHEET_ROWS - 1:,} rows that an Excel sheet"
            " holds below its header",
            fix="take the CSV file, or choose fewer",
        )
    columns = _columns(checked=checked, whole=True)
    rows = selection.rows(state.sort, descending=state.descending)
    about = [
        counted(len(selection), "action"),
        *(f"{chip.words}" for chip in chips),
        "What counts of a date is the last day that it can mean.",
        f"Made on {day_words(today())}.",
    ]
    return exported(columns, rows, suffix, "actions", "Actions", about)


def _columns(*, checked: bool, whole: bool) -> list[Column[ActionRow]]:
    """Give the columns; long words are whole in a file, and shortened on the page."""

    def cut(words: str) -> str:
        return words if whole else shortened(words, SHOWN_NAMES)

    columns = [
        Column[ActionRow]("ref", "Reference", reference_of, address=lambda row: action_address(row.id), width=12),
        Column[ActionRow](
            "text", "Action", lambda row: row.text if whole else shortened(row.text, SHOWN_TEXT), width=70
        ),
        Column[ActionRow](
            "plan",
            "Plan",
            lambda row: row.plan.label if whole else shortened(row.plan.label, SHOWN_NAME),
            address=lambda row: plan_address(row.plan.key),
            width=40,
        ),
        Column[ActionRow](
            "lead",
            "Lead",
            lambda row: cut(_names(row.leads, row.no_lead)),
            address=lambda row: _one(row.leads),
            width=30,
        ),
        Column[ActionRow](
            "partner",
            "Partners",
            lambda row: cut(_names(row.partners, row.no_partner)),
            address=lambda row: _one(row.partners),
            width=30,
        ),
        Column[ActionRow]("printed", "Due, as printed", lambda row: row.due or None, order=False, width=20),
        Column[ActionRow]("due", "Read as", due_words, width=24),
        Column[ActionRow]("status", "Status", _status, "tag", look=status_look, width=16),
    ]
    if checked:
        columns.append(
            Column[ActionRow](
                "findings",
                "Findings",
                lambda row: len(row.findings or ()),
                "number",
                address=lambda row: action_address(row.id) if row.findings else None,
                width=10,
            )
        )
    return columns


def reference_of(row: ActionRow) -> str:
    """Give the printed reference of an action; where there is none, the end of its id."""
    return row.ref or row.id.partition("/")[2]


def _names(names: tuple[Named, ...], why: str | None) -> str:
    if names:
        return "; ".join(one.label for one in names)
    return f"({BLANK_WORDS[why].words})" if why else ""


def _one(names: tuple[Named, ...]) -> str | None:
    """Give the address of a party where it is the only one."""
    if len(names) != 1:
        return None
    plan, slash, own = names[0].key.partition("/")
    return party_address(plan, own) if slash else agency_address(names[0].key)


def _status(row: ActionRow) -> str:
    return STATUS_WORDS.get(row.status, row.status)


def status_look(row: ActionRow) -> str:
    """Give the look of the tag of a status."""
    return LOOKS.get(row.status, "plain")


def due_words(row: ActionRow) -> str:
    """Say how a due date is read: by which day at the latest, or what else it says.

    It says no more than the words do: a month is its last day, and what has no date has none.
    """
    about = "about " if row.vague else ""
    when = f"{about}{day_words(row.latest)}" if row.latest else ""
    if row.kind == "date" and row.precision == "open" and row.earliest:
        return f"from {day_words(row.earliest)} on"
    if row.kind == "date":
        return f"by {when}"
    if row.kind == "review":
        return f"review by {when}" if when else "review"
    if row.kind == "none":
        return f"({BLANK_WORDS[row.no_due].words})" if row.no_due else "no date"
    if row.precision == "open" and row.earliest:
        return f"{row.kind}, from {day_words(row.earliest)} on"
    return f"{row.kind}, date named: {when}" if when else row.kind


ROUTES: Final = (Route("/actions", page), Route("/actions.csv", page), Route("/actions.xlsx", page))
