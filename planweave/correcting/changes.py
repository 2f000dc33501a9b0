"""What somebody wants changed → the change that a draft keeps: checked, in words, with a reason."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final, get_args

import msgspec

from planweave.correcting.dates import typed_due
from planweave.correcting.drafts import now
from planweave.correcting.saying import date_words, due_words, field_words
from planweave.correcting.state import ColumnChange, NameChange, PlanChange, SettledChange, State, ValueChange
from planweave.correcting.understanding import own_id
from planweave.dates import is_edtf
from planweave.dates.edtf import is_season
from planweave.errors import PlanweaveError, nearest
from planweave.reading.definition import FIELDS, LISTS, ColumnRule, CorrectionRule, SettledRule, fold
from planweave.records import Status
from planweave.reviewing.decisions import MEANINGS
from planweave.terms import AGENCY, local, slug
from planweave.wording import STATUS_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planweave.correcting.state import Change
    from planweave.correcting.understanding import Understood
    from planweave.drafting.columns import Headed
    from planweave.records import Action

__all__ = [
    "EDITED",
    "added",
    "change_column",
    "change_name",
    "change_plan",
    "change_value",
    "join_names",
    "settle",
    "split_name",
    "undone",
]

EDITED: Final = (
    "ref",
    "text",
    "group",
    "pillars",
    "leads",
    "partners",
    "mentions",
    "due",
    "outcomes",
    "evidence",
    "status",
)
"""The fields of an action that can be corrected, in the order they are shown."""

CELLS: Final = {
    "leads": ("lead", "partner"),
    "partners": ("partner", "lead"),
    "outcomes": ("outcome", "evidence"),
    "evidence": ("evidence", "outcome"),
    "pillars": ("pillar", "text"),
    "status": ("status", "update", "due"),
    "ref": ("ref", "text"),
    "mentions": ("text", "extra", "update", "outcome"),
}
"""The cells that a field is taken from, by what their columns give."""

PARTIES: Final = ("leads", "partners")
LONGEST: Final = 120
MOST: Final = 5_000
"""So many characters a value may have that is typed."""


def added(state: State, change: Change) -> State:
    """Give the state with one change more.

    Raises
    ------
    PlanweaveError
        If no reason is given.
    """
    reason = " ".join(change.reason.split())
    if not reason:
        raise PlanweaveError("a correction needs a reason", fix="say why, in a few words")
    made = msgspec.structs.replace(change, id=secrets.token_hex(4), on=now(), reason=reason[:MOST])
    return msgspec.structs.replace(state, changes=(*state.changes, made))


def undone(state: State, change: str) -> State:
    """Give the state without one change.

    Raises
    ------
    PlanweaveError
        If it has no such change.
    """
    left = tuple(each for each in state.changes if each.id != change)
    if len(left) == len(state.changes):
        raise PlanweaveError("this correction is undone already", fix="look at the draft as it is now")
    return msgspec.structs.replace(state, changes=left)


def change_column(seen: Understood, column: Headed, field: str, reason: str) -> ColumnChange:
    """Have a column give something else; nothing is thrown away: what gives no field is kept under its heading."""
    if field not in FIELDS:
        raise PlanweaveError(f"a column cannot give {field!r}", fix=nearest(field, FIELDS))
    name = f"“{column.heading}”" if column.heading else f"column {column.places[0][1]} of table {column.places[0][0]}"
    if field == column.field:
        raise PlanweaveError(f"{name} gives {field_words(field)} already", fix="choose something else")
    alike = {place for each in seen.columns if fold(each.heading) == fold(column.heading) for place in each.places}
    if fold(column.heading) and alike == set(column.places):
        rules: tuple[ColumnRule, ...] = (ColumnRule(field, reason, column.heading),)
    else:
        rules = tuple(ColumnRule(field, reason, column.heading, table, number) for table, number in column.places)
    return ColumnChange(said=f"{name} gives {field_words(field)}", reason=reason, rules=rules)


def change_value(seen: Understood, action: Action, field: str, typed: str, reason: str) -> ValueChange:
    """Have an action say something else in one field: an item on a line each, a date as one types it."""
    if field not in EDITED:
        raise PlanweaveError(f"{field!r} cannot be corrected", fix=nearest(field, EDITED))
    if len(typed) > MOST:
        raise PlanweaveError("this is too long for one value", fix=f"take fewer than {MOST:,} characters")
    own = own_id(action)
    printed = _cell(action, *CELLS.get(field, (field,)))
    rule = CorrectionRule(field=field, printed=printed, reason=reason, action=own)
    rules = [_valued(rule, action, typed, seen)]
    if field == "ref" and "duplicate-ref" in action.flags and rules[0].value != action.ref:
        rules.append(msgspec.structs.replace(rule, field="flags", drop=("duplicate-ref",)))
    name = f"{action.ref or own}: {field_words(field)}"
    said = f"{name} is {_said(rules[0])}"
    return ValueChange(said=said, reason=reason, rules=tuple(rules), rows=_rows(action))


def _valued(rule: CorrectionRule, action: Action, typed: str, seen: Understood) -> CorrectionRule:
    """Give a rule with the value that was typed."""
    before = getattr(action, rule.field)
    if rule.field == "due":
        due = typed_due(typed, seen.kit.common)
        if (due.kind, due.edtf) == (before.kind, before.edtf):
            raise PlanweaveError(f"it is {due_words(due)} already", fix="type another date")
        return msgspec.structs.replace(rule, value=due.edtf, kind=due.kind if due.kind != "date" else None)
    if rule.field in LISTS:
        items = tuple(dict.fromkeys(" ".join(line.split()) for line in typed.splitlines() if line.strip()))
        if items == before:
            raise PlanweaveError("nothing is changed", fix="change the lines, or go back")
        return msgspec.structs.replace(rule, value=items) if items else msgspec.structs.replace(rule, drop=before)
    value = " ".join(typed.split())
    if rule.field == "status" and value not in get_args(Status):
        raise PlanweaveError(f"{value!r} is no status", fix=nearest(value, get_args(Status)))
    if value == (before or ""):
        raise PlanweaveError("nothing is changed", fix="change the words, or go back")
    if not value:
        raise PlanweaveError(f"the {field_words(rule.field)} cannot be taken away", fix="type what it is")
    return msgspec.structs.replace(rule, value=value)


def _said(rule: CorrectionRule) -> str:
    if rule.field == "due":
        words = f"{rule.kind}: {date_words(rule.value)}" if rule.kind and rule.value else None  # type: ignore[arg-type]
        return words or (rule.kind if rule.kind and rule.kind != "none" else date_words(rule.value))  # type: ignore[arg-type]
    if rule.field == "status":
        return STATUS_WORDS.get(str(rule.value), str(rule.value))
    if rule.value is None:
        return "nothing"
    return f"“{rule.value}”" if isinstance(rule.value, str) else " · ".join(rule.value)


def split_name(
    seen: Understood, name: str, parts: Iterable[str], reason: str, action: Action | None = None
) -> ValueChange:
    """Have a printed name stand for several: in one action, or wherever it stands as a lead or partner.

    Raises
    ------
    PlanweaveError
        If it is not there, or the parts are not pieces of it.
    """
    pieces = tuple(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))
    if len(pieces) < 2:  # noqa: PLR2004 - fewer are no parts
        raise PlanweaveError("one name is not a split", fix="write each name on a line of its own")
    strange = [piece for piece in pieces if piece not in name]
    if strange:
        raise PlanweaveError(
            f"“{strange[0]}” does not stand in “{name}”", fix="write the parts as they are printed, or correct the lead"
        )
    return _renamed(seen, (name,), pieces, reason, action, f"“{name}” is {' and '.join(pieces)}")


def join_names(
    seen: Understood,
    names: Sequence[str],
    reason: str,
    action: Action | None = None,
    shown: Action | None = None,
) -> ValueChange:
    """Have several names of a cell stand for one, as it is printed there.

    Parameters
    ----------
    action
        In this action only; wherever they stand so, where none is given.
    shown
        The action whose cell shows how they are printed.
    """
    if len(names) < 2:  # noqa: PLR2004 - one is joined to nothing
        raise PlanweaveError("one name cannot be joined", fix="choose two or more")
    found = _span(seen, names, action or shown)
    if not found:
        raise PlanweaveError("these names do not stand together in a cell", fix="correct the lead or partner instead")
    return _renamed(seen, tuple(names), (found,), reason, action, f"{' and '.join(names)} are one: “{found}”")


def _span(seen: Understood, names: Sequence[str], action: Action | None) -> str:
    """The words of a cell from the first to the last of some names."""
    for each in [action] if action else seen.record.actions:
        for row in each.source:
            for cell in row.cells:
                text = " ".join(cell.text.split())
                places = [(text.find(name), len(name)) for name in names]
                if all(at >= 0 for at, _ in places):
                    return text[min(at for at, _ in places) : max(at + length for at, length in places)]
    return ""


def _renamed(
    seen: Understood, names: tuple[str, ...], given: tuple[str, ...], reason: str, action: Action | None, said: str
) -> ValueChange:
    """Have some names of a field be others, in one action or in all that have them."""
    meant = [action] if action else list(seen.record.actions)
    rules: list[CorrectionRule] = []
    rows: dict[str, tuple[int, int]] = {}
    for field in PARTIES:
        having = [each for each in meant if set(names) <= set(getattr(each, field))]
        printed = given[0] if len(given) == 1 else names[0]
        literal = [each for each in having if _prints(each, printed)]
        rule = CorrectionRule(field=field, printed=printed, reason=reason, add=given, drop=names)
        if literal and action is None:
            rules.append(rule)
            having = [each for each in having if each not in literal]
        for each in having:
            at = printed if each in literal else _cell(each, *CELLS[field])
            rules.append(msgspec.structs.replace(rule, action=own_id(each), printed=at))
            rows |= _rows(each)
    if not rules:
        what = "these names are" if len(names) > 1 else f"“{names[0]}” is"
        raise PlanweaveError(f"{what} not lead or partner there", fix="look at the draft as it is now")
    where = f" in {action.ref or own_id(action)}" if action else ", wherever it stands"
    return ValueChange(said=said + where, reason=reason, rules=tuple(rules), rows=rows)


def change_plan(seen: Understood, field: str, typed: str, reason: str, *, new: bool = False) -> PlanChange:
    """Have the plan be called otherwise, be of another publisher, or of other years.

    Parameters
    ----------
    field
        ``"title"``, ``"publisher"``, ``"period"`` or ``"domain"``.
    typed
        What it is. A publisher is named as the register has it; a period is two years.
    new
        Whether a publisher that the register does not know is to be added to it.
    """
    value = " ".join(typed.split())
    if field == "publisher":
        return _publisher(seen, value, reason, new=new)
    if field == "period":
        value = _period(value)
    elif field not in {"title", "domain"}:
        raise PlanweaveError(f"{field!r} cannot be corrected", fix="correct title, publisher, period or domain")
    if not value or len(value) > MOST:
        raise PlanweaveError(f"the {field} cannot be {'empty' if not value else 'as long as that'}", fix="type it")
    return PlanChange(said=f"the plan's {'subject' if field == 'domain' else field} is “{value}”", reason=reason,
                      field=field, value=value)  # type: ignore[arg-type]  # fmt: skip


def _period(value: str) -> str:
    from planweave.dates import read_edtf  # noqa: PLC0415 - only for this

    edtf = value if is_edtf(value) else read_edtf(value)[0]
    if not edtf or is_season(edtf) or edtf.startswith(("{", "[")):
        raise PlanweaveError(f"“{value}” is not understood as years", fix="write it as 2025-28 or 2025/2028")
    return edtf


def _publisher(seen: Understood, value: str, reason: str, *, new: bool) -> PlanChange:
    bodies = seen.register.bodies
    names = {fold(name): iri for name, iri in seen.register.names_for(None).items()}
    names |= {fold(label): iri for iri, label in bodies.items()} | {fold(local(iri)): iri for iri in bodies}
    iri = value if value in bodies else names.get(fold(value))
    if iri:
        label = seen.register.label(iri)
        return PlanChange(said=f"the plan's publisher is {label}", reason=reason, field="publisher", value=local(iri))
    if not fold(value):
        raise PlanweaveError("the publisher has no name", fix="type one")
    if not new:
        raise PlanweaveError(
            f"the register has no body “{value}”",
            fix=f"{nearest(value, bodies.values()).rstrip('?')}; or say that it is a new one",
        )
    made = slug(value)
    if AGENCY + made in bodies:
        raise PlanweaveError(f"the register has another body of the id {made}", fix="type the name in full")
    said = f"the plan's publisher is {value}, which is added to the register"
    return PlanChange(said=said, reason=reason, field="publisher", value=made, body=value)


def change_name(
    seen: Understood, name: str, meaning: str, body: str, reason: str, *, everywhere: bool = False
) -> NameChange:
    """Say what a printed name means: another name of a body, a unit of it, or a body of its own."""
    printed = {each.name for each in seen.record.parties}
    if name not in printed:
        raise PlanweaveError(f"“{name}” names nobody here", fix=nearest(name, printed))
    if meaning not in MEANINGS:
        raise PlanweaveError("it is not said what the name means", fix="choose one of the meanings")
    iri = None
    if meaning != "own":
        bodies = seen.register.bodies
        names = {fold(label): known for known, label in bodies.items()}
        names |= {fold(each): known for each, known in seen.register.names_for(None).items()}
        iri = body if body in bodies else names.get(fold(body))
        if iri is None:
            raise PlanweaveError(f"the register has no body “{body}”", fix=nearest(body, bodies.values()))
    label = seen.register.label(iri) if iri else ""
    said = {"same": f"“{name}” is {label}", "unit": f"“{name}” is a team or service of {label}",
            "own": f"“{name}” is a body of its own"}[meaning]  # fmt: skip
    wide = everywhere or seen.record.plan.publisher_id is None
    said += ", in every plan" if wide else ", in this publisher's plans"
    return NameChange(said=said, reason=reason, name=name, meaning=meaning, body=iri, everywhere=wide)  # type: ignore[arg-type]


def settle(seen: Understood, field: str, why: str, reason: str, action: Action | None = None) -> SettledChange:
    """Say that doubtful values are right as they were read: one of them, or all that are doubted for the same."""
    meant = [each for each in seen.record.doubts if each.field == field and each.why == why]
    if action:
        meant = [each for each in meant if each.action == action.id]
    if not meant:
        raise PlanweaveError("nothing is doubted there any more", fix="look at the draft as it is now")
    rule = SettledRule(field, reason, own_id(action) if action else None, why)
    name = f"{action.ref or own_id(action)}: " if action else f"{len(meant)} values: "
    return SettledChange(said=f"{name}{field_words(field)} is right as read ({why})", reason=reason, rules=(rule,))


def _cell(action: Action, *fields: str) -> str:
    """Words of the cell that a field is taken from, as a correction names them; else of any other cell."""
    cells = [(cell.field, " ".join(cell.text.split())) for row in action.source for cell in row.cells]
    for field in (*fields, "text"):
        for given, text in cells:
            if given == field and text:
                return _beginning(text)
    return next((_beginning(text) for _, text in cells if text), action.text)


def _beginning(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST].rpartition(" ")[0] or text[:LONGEST]


def _prints(action: Action, words: str) -> bool:
    return any(words in " ".join(cell.text.split()) for row in action.source for cell in row.cells)


def _rows(action: Action) -> dict[str, tuple[int, int]]:
    return {own_id(action): (action.source[0].table, action.source[0].row)} if action.source else {}
