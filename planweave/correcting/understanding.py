"""What a draft gives: its document read with its definition, as it would be from the shell."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from planweave.correcting.definitions import base_of, definition_of, definition_text
from planweave.correcting.drafts import now, shown_name
from planweave.correcting.kit import kit_of, with_decisions
from planweave.correcting.state import State, ValueChange
from planweave.drafting.columns import headed
from planweave.drafting.words import publisher_line
from planweave.errors import DefinitionError, DocumentError, PlanweaveError
from planweave.reading.plan import PlanReading
from planweave.terms import slug

if TYPE_CHECKING:
    from planweave.correcting.drafts import Draft, Drafts
    from planweave.correcting.kit import Kit
    from planweave.documents import Document
    from planweave.drafting.columns import Headed
    from planweave.drafting.words import Named
    from planweave.library import Library
    from planweave.reading.definition import Definition
    from planweave.records import Action, PlanRecord
    from planweave.registers import Register

__all__ = ["Understood", "begin", "own_id", "understand", "understood_as"]

KEPT: Final = 12
LONGEST_ID: Final = 60
RESERVED: Final = "common"


@dataclass(frozen=True, eq=False)
class Understood:
    """What is understood of a draft in one state.

    ``columns`` are its columns, one for each heading and field; ``register`` is that with the draft's own decisions;
    ``publisher_line`` the line that seems to name the publisher.
    """

    state: State
    text: str
    definition: Definition
    document: Document
    record: PlanRecord
    columns: tuple[Headed, ...]
    register: Register
    kit: Kit
    named: Named | None

    def action(self, own: str) -> Action | None:
        """Give an action by its id within the plan."""
        return next((action for action in self.record.actions if own_id(action) == own), None)


def own_id(action: Action) -> str:
    """Give the id of an action within its plan.

    Examples
    --------
    An action ``northmoor/13.1`` has ``13.1``.
    """
    return action.id.partition("/")[2]


def begin(drafts: Drafts, name: str, data: bytes, library: Library) -> Draft:
    """Begin a draft of a file.

    Parameters
    ----------
    drafts
        Where it goes.
    name
        What the file is called; nothing but its suffix has a meaning.
    data
        What is in it.
    library
        What it is read with.

    Raises
    ------
    PlanweaveError
        If it cannot be read or holds no action plan; nothing is kept then.
    """
    shown = shown_name(name)
    folder, document, suffix = drafts.put(name, data)
    try:
        kit = kit_of(library)
        base = _recogniser(kit, document, shown)
        plan = (base.plan.id or base.name) if base else _named(shown)
        state = State(
            name=shown,
            suffix=suffix,
            sha256=document.sha256,
            size=len(data),
            begun=now(),
            plan=plan,
            base=base.name if base else None,
        )
        seen = understood_as(state, document, base, kit)
        if not any(context.role == "title" for context in seen.record.context):
            state = msgspec.structs.replace(state, title=Path(shown).stem)
    except BaseException:
        _remove(folder)
        raise
    return drafts.keep(folder, document, state, base.source if base else None)


def _remove(folder: Path) -> None:
    import shutil  # noqa: PLC0415 - only where something went wrong

    shutil.rmtree(folder, ignore_errors=True)


def _named(shown: str) -> str:
    made = slug(Path(shown).stem)[:LONGEST_ID].strip("-") or "plan"
    return made if made != RESERVED else f"{made}-plan"


def _recogniser(kit: Kit, document: Document, shown: str) -> Definition | None:
    fitting = [definition for definition in kit.definitions if definition.recognises(document)]
    fitting = [definition for definition in fitting if definition.recognise.sha256] or fitting
    if len(fitting) > 1:
        names = " and ".join(definition.name for definition in fitting)
        raise DocumentError(
            f"the loaders {names} both recognise this document", file=shown, fix="make their words more exact first"
        )
    return fitting[0] if fitting else None


_lock = threading.Lock()
_seen: OrderedDict[tuple[object, ...], Understood] = OrderedDict()


def understand(draft: Draft, library: Library, state: State | None = None) -> Understood:
    """Read a draft's document with its definition.

    Parameters
    ----------
    draft
        The draft.
    library
        What everybody knows.
    state
        A state that is not kept, to see what it would give; the draft's own unless told otherwise.

    Raises
    ------
    PlanweaveError
        If it cannot be read so; the sentence says which correction is why.
    """
    kit = kit_of(library)
    known = draft.state if state is None else state
    key = (str(draft.folder), kit, msgspec.json.encode(known))
    with _lock:
        found = _seen.get(key)
        if found is not None:
            _seen.move_to_end(key)
            return found
    base = base_of(draft.base) if draft.base else None
    made = understood_as(known, draft.document(), base, kit)
    with _lock:
        _seen[key] = made
        while len(_seen) > KEPT:
            _seen.popitem(last=False)
    return made


def understood_as(state: State, document: Document, base: Definition | None, kit: Kit) -> Understood:
    """Read a document as a draft in some state reads it."""
    path = Path(f"{state.plan}{state.suffix}")
    document = msgspec.structs.replace(document, name=path.name)
    text = definition_text(state, base or base_of(None))
    definition = definition_of(text, path.with_suffix(".toml"))
    register = with_decisions(kit, state, definition.plan.publisher)
    try:
        reading = PlanReading(document, definition, kit.common, register, path)
        record = reading.record()
    except (DefinitionError, DocumentError) as error:
        # The file that the sentence would name is not there yet.
        raise type(error)(error.what, file=state.name, fix=error.fix) from error
    _check_rows(state, record)
    return Understood(
        state,
        text,
        definition,
        document,
        record,
        headed(reading, record),
        register,
        kit,
        publisher_line(document, register),
    )


def _check_rows(state: State, record: PlanRecord) -> None:
    """Make sure that each correction still speaks of the row that it was made for."""
    begun = {own_id(action): {(row.table, row.row) for row in action.source} for action in record.actions}
    for change in state.changes:
        if isinstance(change, ValueChange):
            for own, row in change.rows.items():
                if tuple(row) not in begun.get(own, set()):
                    raise PlanweaveError(
                        f"the correction “{change.said}” was made for table {row[0]}, row {row[1]},"
                        " which is another action now",
                        fix="undo that correction first, and make it again afterwards",
                    )
