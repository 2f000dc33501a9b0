"""A draft as a loader definition: a text file that a person can read, with every correction and its reason."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Final

from planweave.correcting.state import ColumnChange, PlanChange, SettledChange, ValueChange
from planweave.drafting.sample import chosen
from planweave.drafting.toml_text import listed, quoted, remark
from planweave.reading.definition import Definition, RecognisePart, definition_in
from planweave.toml_file import TomlFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from planweave.correcting.state import State
    from planweave.reading.definition import ColumnRule, CorrectionRule, PlanPart, SettledRule
    from planweave.records import PlanRecord

__all__ = ["base_of", "definition_of", "definition_text"]

EMPTY: Final = Definition(RecognisePart(unstated=True))


def base_of(path: Path | None) -> Definition:
    """Give the definition that a draft rests on; where no loader recognised the document, one that states nothing."""
    return definition_in(TomlFile.read(path)) if path else EMPTY


def definition_of(text: str, path: Path) -> Definition:
    """Give the definition that a text says, as if it stood in a file.

    Raises
    ------
    DefinitionError
        If a correction cannot be as it is; the sentence says why.
    """
    return definition_in(TomlFile(path, text, tomllib.loads(text)))


def definition_text(state: State, base: Definition, read: PlanRecord | None = None) -> str:
    """Write the definition of a draft.

    Parameters
    ----------
    state
        The draft.
    base
        What it rests on.
    read
        What a reading with it gives; without one, nothing is expected of a reading.
    """
    sections = [
        *_head(state, read),
        _recognise(state, base),
        _plan(state, base.plan),
        *_kept(base),
        *map(_column, base.column_corrections),
        *(_column(rule) for each in state.changes if isinstance(each, ColumnChange) for rule in each.rules),
        *map(_correction, base.corrections),
        *(_correction(rule) for each in state.changes if isinstance(each, ValueChange) for rule in each.rules),
        *map(_settled, base.settled),
        *(_settled(rule) for each in state.changes if isinstance(each, SettledChange) for rule in each.rules),
        *(_expect(read) if read else ()),
    ]
    return "\n\n".join("\n".join(section) for section in map(list, sections) if section) + "\n"


def _head(state: State, read: PlanRecord | None) -> Iterator[Iterable[str]]:
    title = remark(read.plan.title) if read else remark(state.name)
    yield (
        f"# {title}",
        f"# Handed in as {remark(state.name)} on {state.begun[:10]}. Whatever does not stand here is recognised by",
        "# planweave itself. This file can be edited; what it says is in loaders/README.md.",
    )


def _recognise(state: State, base: Definition) -> Iterator[str]:
    yield "[recognise]"
    yield f"sha256 = {quoted(state.sha256)} # this very file, and no other"
    if base.recognise.words:
        yield f"words = {listed(base.recognise.words)}"
    if base.recognise.unstated:
        yield "unstated = true # headings and values that are not named here are recognised as without this file"


def _plan(state: State, base: PlanPart) -> Iterator[str]:
    values: dict[str, tuple[str, str]] = {"id": (state.plan, "")}
    for field in ("title", "publisher", "domain", "period"):
        said = getattr(base, field) or (state.title if field == "title" else None)
        if said:
            values[field] = (said, "")
    for change in state.changes:
        if isinstance(change, PlanChange):
            values[change.field] = (change.value, change.reason)
    yield "[plan]"
    for field, (value, reason) in values.items():
        if value:
            yield f"{field} = {quoted(value)}" + (f" # {remark(reason)}" if reason else "")


def _kept(base: Definition) -> Iterator[Iterable[str]]:
    """What the loader said that the draft rests on."""
    if base.columns:
        yield ["[columns]", *(f"{quoted(heading)} = {quoted(field)}" for heading, field in base.columns.items())]
    if base.references:
        yield ["[references]", f"in-text = {quoted(base.references.in_text)}"]
    if base.indicators:
        yield ["[indicators]", *(f"{quoted(word)} = {listed(forms)}" for word, forms in base.indicators.items())]
    parties = {"bodies": base.parties.bodies, "keep": base.parties.keep, "not-bodies": base.parties.not_bodies}
    if any(parties.values()):
        yield ["[parties]", *(f"{key} = {listed(names)}" for key, names in parties.items() if names)]
    if base.noise:
        yield ["[noise]", f"reason = {quoted(base.noise.reason)}", f"words = {listed(base.noise.words)}"]


def _column(rule: ColumnRule) -> Iterator[str]:
    yield "[[column-corrections]]"
    yield from _given(table=rule.table, column=rule.column, heading=rule.heading, field=rule.field, reason=rule.reason)


def _correction(rule: CorrectionRule) -> Iterator[str]:
    yield "[[corrections]]"
    yield from _given(action=rule.action, field=rule.field, printed=rule.printed, read=rule.read)
    if rule.value is not None:
        yield f"value = {quoted(rule.value) if isinstance(rule.value, str) else listed(rule.value)}"
    yield from _given(kind=rule.kind)
    yield from (f"{key} = {listed(names)}" for key, names in (("add", rule.add), ("drop", rule.drop)) if names)
    yield f"reason = {quoted(rule.reason)}"


def _settled(rule: SettledRule) -> Iterator[str]:
    yield "[[settled]]"
    yield from _given(action=rule.action, field=rule.field, why=rule.why, reason=rule.reason)


def _given(**values: str | int | None) -> Iterator[str]:
    for key, value in values.items():
        if isinstance(value, int):
            yield f"{key} = {value}"
        elif value:
            yield f"{key} = {quoted(value)}"


def _expect(read: PlanRecord) -> Iterator[Iterable[str]]:
    yield ["[expect]", f"actions = {len(read.actions)}"]
    sample = chosen(read)
    yield [
        "[expect.sample]",
        *(f"{field} = {quoted(said) if isinstance(said, str) else listed(said)}" for field, said in sample.items()),
    ]
