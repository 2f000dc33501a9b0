"""What was understood of a document, beside it: columns and doubtful values, the least sure first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planweave.correcting.keeping import place
from planweave.correcting.saying import FIELDS_WORDS, HOW_WORDS, due_words, field_words, read_words, sure_words
from planweave.correcting.understanding import own_id
from planweave.reading.stated import CORRECTED
from planweave.web.addresses import add_address, draft_address
from planweave.web.drafts import library_for, step_address
from planweave.web.printed import parts_of, printed_part
from planweave.web.rooms import served_of
from planweave.web.show import Crumb, show
from planweave.web.tables import Column, listed, state_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from planweave.correcting import Draft, Understood
    from planweave.drafting.columns import Headed
    from planweave.records import Action, Doubt

__all__ = ["understood_page"]

SAMPLES: Final = 4
ROWS: Final = 25
SHOWN: Final = 60
"""So many values of one doubt are listed; the others are counted."""


@dataclass(frozen=True)
class Sample:
    """A cell as printed, and what was read from it."""

    printed: str
    read: str


@dataclass(frozen=True)
class ColumnShown:
    """A column as the page shows it."""

    number: int
    heading: str
    field: str
    words: str
    how: str
    sure: str
    low: bool
    places: str
    samples: tuple[Sample, ...]


@dataclass(frozen=True)
class DoubtShown:
    """A doubtful value: of which action, as printed, as read."""

    action: Action
    own: str
    printed: str
    read: str
    address: str
    correct: str
    settle: str
    split: str


@dataclass(frozen=True)
class DoubtsShown:
    """Doubtful values of one kind."""

    words: str
    why: str
    sure: str
    count: int
    rows: tuple[DoubtShown, ...]
    settle: str


def understood_page(
    request: Request, draft: Draft, seen: Understood, *, failed: str = "", wrong: str = "", status: int = 200
) -> Response:
    """Show what was understood."""
    record, state = seen.record, seen.state
    number = request.query_params.get("part", "1")
    columns = _columns(seen)
    table_columns = _action_columns(draft.id)
    shown = state_of(request, table_columns, "n", ROWS)
    return show(
        request,
        "draft.html.j2",
        status=status,
        wide=True,
        title=state.name,
        crumbs=(Crumb("Add a plan", add_address()),),
        draft=draft,
        state=state,
        seen=seen,
        record=record,
        columns=columns,
        fields=FIELDS_WORDS,
        doubts=_doubts(seen, draft.id),
        placed=place(draft, served_of(request).folder, library_for(request)),
        actions=listed(
            table_columns, record.actions, shown, "Actions as they are understood", name_column=1, downloads=()
        ),
        part=printed_part(seen, int(number) if number.isdecimal() and len(number) < 7 else 1),  # noqa: PLR2004
        names=_names_to_look_at(seen),
        publisher=_publisher(seen),
        made=next((each for each in state.changes if each.id == request.query_params.get("made")), None),
        undone=request.query_params.get("undone", "")[:300],
        failed=failed,
        wrong=wrong,
        step=lambda step, **more: step_address(draft.id, step, **more),
    )


def _names_to_look_at(seen: Understood) -> int:
    return len({name for action in seen.record.actions for name in (*action.leads, *action.partners)})


def _publisher(seen: Understood) -> str:
    """The publisher that the document's head seems to name, where none is known."""
    if seen.record.plan.publisher or seen.named is None:
        return ""
    return seen.register.label(seen.named.body) if seen.named.body else ""


def _columns(seen: Understood) -> list[ColumnShown]:
    """Give the columns, the least sure first."""
    shown = [_column(seen, number, column) for number, column in enumerate(seen.columns)]
    order = {each.number: (each.low, seen.columns[each.number].sure if each.low else 1) for each in shown}
    return sorted(shown, key=lambda each: (not order[each.number][0], order[each.number][1], each.number))


def _column(seen: Understood, number: int, column: Headed) -> ColumnShown:
    table, place_ = column.places[0]
    unknown = not column.known and column.field == "extra"
    more = f", and {len(column.places) - 1} more" if len(column.places) > 1 else ""
    return ColumnShown(
        number,
        column.heading,
        column.field if column.field in FIELDS_WORDS else "extra",
        "kept under its own heading; nobody knows what it gives" if unknown else field_words(column.field),
        "" if unknown else HOW_WORDS.get(column.said, column.said),
        "" if unknown else sure_words(column.sure),
        unknown or column.sure < 0.9,  # noqa: PLR2004 - from there on a value is sure
        f"table {table}, column {place_}{more}",
        tuple(_samples(seen, column)),
    )


def _samples(seen: Understood, column: Headed) -> list[Sample]:
    found: dict[str, Sample] = {}
    places = set(column.places)
    for action in seen.record.actions:
        for row in action.source:
            for cell in row.cells:
                if (row.table, cell.column) in places and cell.text.strip():
                    printed = " ".join(cell.text.split())
                    found.setdefault(printed, Sample(printed, _read(action, cell.field)))
        if len(found) >= SAMPLES:
            break
    return list(found.values())[:SAMPLES]


def _read(action: Action, field: str) -> str:
    return "" if field == "extra" else read_words(action, field)


def _doubts(seen: Understood, draft: str) -> list[DoubtsShown]:
    """Give the doubtful values by kind, the least sure first."""
    actions = {action.id: action for action in seen.record.actions}
    parts = parts_of(seen.document)
    kinds: dict[tuple[float, str, str], list[Doubt]] = {}
    for doubt in seen.record.doubts:
        kinds.setdefault((doubt.confidence, doubt.field, doubt.why), []).append(doubt)
    return [
        DoubtsShown(
            field_words(field),
            why,
            sure_words(sure),
            len(doubts),
            tuple(_doubt(draft, doubt, actions[doubt.action], parts) for doubt in doubts[:SHOWN]),
            step_address(draft, "correct", what="settle", field=field, why=why),
        )
        for (sure, field, why), doubts in sorted(kinds.items())
    ]


def _doubt(draft: str, doubt: Doubt, action: Action, parts: Mapping[tuple[int, int], int]) -> DoubtShown:
    field = CORRECTED.get(doubt.field, doubt.field)
    printed = " / ".join(
        " ".join(cell.text.split())
        for row in action.source
        for cell in row.cells
        if cell.field == doubt.field and cell.text.strip()
    )
    row = action.source[0] if action.source else None
    place_ = (row.table, row.row) if row else (0, 0)
    return DoubtShown(
        action,
        own_id(action),
        printed,
        read_words(action, doubt.field),
        f"{draft_address(draft, part=parts.get(place_, 1))}#t{place_[0]}r{place_[1]}",
        step_address(draft, "correct", what="value", action=action.n, field=field),
        step_address(draft, "correct", what="settle", action=action.n, field=doubt.field, why=doubt.why),
        _split(draft, action, field),
    )


def _split(draft: str, action: Action, field: str) -> str:
    """Give the address where a doubtful name is split: of several names in a cell, the one with the most words."""
    names = {"leads": action.leads, "partners": action.partners}.get(field, ())
    longest = max(names, key=lambda name: len(name.split()), default="")
    several = " " in longest
    return step_address(draft, "correct", what="split", name=longest, action=action.n) if several else ""


def _action_columns(draft: str) -> list[Column[Action]]:
    return [
        Column("n", "No.", lambda action: action.n, "number"),
        Column(
            "text",
            "Action",
            lambda action: f"{action.ref} {action.text}" if action.ref else action.text,
            address=lambda action: step_address(draft, f"actions/{action.n}"),
        ),
        Column("lead", "Lead", lambda action: " · ".join(action.leads)),
        Column("partner", "Partners", lambda action: " · ".join(action.partners)),
        Column("due", "Due", lambda action: due_words(action.due) if action.due.kind != "none" else action.due.text),
        Column("outcome", "Outcome", lambda action: " · ".join(action.outcomes)),
        Column("status", "Status", lambda action: action.status if action.status != "unknown" else ""),
    ]
