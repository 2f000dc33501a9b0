"""How a drafted definition is written: what was recognised as TOML, what it rests on as comments."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planweave.drafting.columns import column_lines
from planweave.drafting.sample import chosen
from planweave.drafting.toml_text import comment, listed, quoted, remark
from planweave.reading.definition import FIELDS, KEPT
from planweave.terms import local

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planweave.drafting.columns import Headed
    from planweave.drafting.words import Named
    from planweave.records import Action, PlanRecord

__all__ = ["Parts", "definition_text"]

MOST_NAMED: Final = 12
"""How many actions are named that have the same doubt."""

LISTED: Final = {"lead": "leads", "partner": "partners", "outcome": "outcomes"}
"""What a correction calls a field that is a list."""

CORRECTABLE: Final = (*LISTED, "text", "status", "due")


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What a drafted definition is made of.

    ``record`` is the reading without it, ``read`` the reading with it, once it is known. ``differing`` counts the
    actions in which they differ.
    """

    name: str
    into: str
    file: str
    words: tuple[str, ...]
    shared: bool
    publisher: Named | None
    record: PlanRecord
    columns: tuple[Headed, ...] = ()
    stated: frozenset[Headed] = frozenset()
    in_text: str | None = None
    read: PlanRecord | None = None
    differing: int = 0


def definition_text(parts: Parts) -> str:
    """Write a definition; without a reading, without what is expected of one."""
    sections = (_head, _recognise, _plan, _columns, _references, _corrections, _expect)
    return "\n\n".join("\n".join(section(parts)) for section in sections) + "\n"


def _head(parts: Parts) -> Iterator[str]:
    yield f"# {remark(parts.record.plan.title)}"
    yield "#"
    yield f"# What planweave recognised in {remark(parts.file)}, to be corrected."
    yield "# A line that begins with # is a comment and says nothing; take the # away to make it count."
    yield f"# See what it does:  planweave read {remark(parts.file)} --library {remark(parts.into)}"
    if parts.differing:
        yield "#"
        yield f"# BEWARE: with this file, {parts.differing} of the actions come out otherwise than without it, because"
        yield "# a heading of this document means different things in different places. Look at the actions."


def _recognise(parts: Parts) -> Iterator[str]:
    yield "# Take the next line away once you have looked through the file: until then what is doubtful stays so."
    yield "reviewed = false"
    yield ""
    yield "[recognise]"
    yield "# The document is recognised where all of these words stand in it, each within one line."
    if parts.shared:
        yield "# They also stand in a plan that comes with planweave: choose words that only this one has."
    yield "words = ["
    yield from (f"  {quoted(words)}," for words in parts.words)
    yield "]"


def _plan(parts: Parts) -> Iterator[str]:
    plan = parts.record.plan
    yield "[plan]"
    yield f"title = {quoted(plan.title)}"
    if plan.period:
        yield f"period = {quoted(plan.period)}"
    else:
        yield '# period = "2025/2028"  # no years are found in the title'
    if parts.publisher and parts.publisher.body:
        why = f"the register's body in the line {comment(parts.publisher.line)}; is it the publisher?"
        yield f"# publisher = {quoted(local(parts.publisher.body))}  # {why}"
    else:
        line = f"the line {comment(parts.publisher.line)}" if parts.publisher else "no line"
        yield f'# publisher = "…"  # the body\'s name in ontology/agencies*.ttl; {line} names one'
    yield '# domain = "…"  # what the plan is about, in a few words'


def _columns(parts: Parts) -> Iterator[str]:
    yield "[columns]"
    yield "# Printed heading = what the column gives, one of:"
    yield f"# {', '.join(FIELDS[:-1])};"
    yield f"# or it is kept under its heading, as {', '.join(KEPT)} or {FIELDS[-1]}."
    yield from column_lines(parts.columns, parts.stated)


def _references(parts: Parts) -> Iterator[str]:
    if parts.in_text:
        yield "# How references open the actions' texts, found out from most of them."
        yield "[references]"
        yield f"in-text = {quoted(parts.in_text)}"
        yield ""
    yield "# [parties]"
    yield '# bodies = ["…"]  # the plan\'s own bodies: each can stand alone where a cell is split into names'
    yield '# keep = ["…"]    # names that "and", "&" or a space never splits'


def _corrections(parts: Parts) -> Iterator[str]:
    """What the reader is unsure of, each value with a correction to be completed; else an example."""
    doubts = parts.record.doubts
    if not doubts:
        yield "# Where print is wrong: which action, the words as printed, how to read them, and why."
        yield from _correction("1.1", "leads", "…", '["…"]', "…")
        return
    count = f"{len(doubts)} value{'' if len(doubts) == 1 else 's'}"
    yield f"# The reader is unsure of {count}. Look at them: once the loader is reviewed, it is taken that its author"
    yield "# has, and they are no longer said to be doubtful."
    actions = {action.id: action for action in parts.record.actions}
    alike: dict[tuple[str, float, str], list[str]] = defaultdict(list)
    for doubt in doubts:
        alike[doubt.field, doubt.confidence, doubt.why].append(doubt.action)
    for (field, confidence, why), ids in alike.items():
        where = ", ".join(remark(id_.partition("/")[2]) for id_ in ids[:MOST_NAMED])
        more = f" and {len(ids) - MOST_NAMED} more" if len(ids) > MOST_NAMED else ""
        yield "#"
        yield f"# {field} in {where}{more}, confidence {confidence:.2f}: {remark(why)}."
        if field in CORRECTABLE:
            yield from _doubted(field, actions[ids[0]])


def _doubted(doubted: str, action: Action) -> Iterator[str]:
    """A correction of a doubtful value, with the words it is taken from as they are printed."""
    cells = (" ".join(cell.text.split()) for row in action.source for cell in row.cells if cell.field == doubted)
    printed = next((cell for cell in cells if cell), "…")
    field = LISTED.get(doubted, doubted)
    value: str | tuple[str, ...] = getattr(action, field) if doubted != "due" else action.due.edtf or "…"
    written = quoted(value) if isinstance(value, str) else listed(value)
    yield from _correction(action.id.partition("/")[2], field, printed, written, "…")


def _correction(action: str, field: str, printed: str, value: str, reason: str) -> Iterator[str]:
    yield "# [[corrections]]"
    yield f"# action = {quoted(action)}"
    yield f"# field = {quoted(field)}"
    yield f"# printed = {quoted(printed)}"
    yield f"# value = {value}"
    yield f"# reason = {quoted(reason)}"


def _expect(parts: Parts) -> Iterator[str]:
    yield "# What a right reading gives. Count the actions in the document, and compare the sample with it."
    yield "[expect]"
    yield f"actions = {len((parts.read or parts.record).actions)}"
    if parts.read is None:
        return
    yield ""
    yield "[expect.sample]"
    for field, value in chosen(parts.read).items():
        yield f"{field} = {quoted(value) if isinstance(value, str) else listed(value)}"
