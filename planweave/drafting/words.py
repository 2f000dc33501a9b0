"""The words a document is recognised by: its title and its publisher's line, and what else no other plan has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from planweave.documents import Line, Table
from planweave.reading.context import BULLET, KEY_ENTRY
from planweave.reading.titles import BODY_NAME, HASHES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from planweave.documents import Document
    from planweave.records import PlanRecord
    from planweave.registers import Register

__all__ = ["Named", "publisher_line", "recognising_words"]

ENOUGH: Final = 2
SHORTEST: Final = 4
LONGEST: Final = 80
TOP: Final = 12
"""How many of a document's first lines may name its publisher."""


class Named(NamedTuple):
    """A line that names who publishes the plan, and that body in the register, if it is there."""

    line: str
    body: str | None


def publisher_line(document: Document, register: Register) -> Named | None:
    """Find the line at a document's head that names its publisher: a body of the register, or what ends like one."""
    head: list[str] = []
    for block in document.blocks:
        if isinstance(block, Table) or len(head) == TOP:
            break
        if not KEY_ENTRY.match(block.text) and not BULLET.match(block.text):
            head.append(HASHES.sub("", block.text).strip())
    bodies = {name: body for name, body in register.names_for(None).items() if " " in name}
    for line in head:
        found = [name for name in bodies if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line)]
        if found:
            return Named(line, bodies[max(found, key=len)])
    return next((Named(line, None) for line in head if BODY_NAME.search(line)), None)


def recognising_words(
    document: Document, record: PlanRecord, publisher: Named | None, others: Collection[str]
) -> tuple[str, ...]:
    """Choose words that stand in the document, each within one line, and in no other document.

    Title and publisher come first. Where they are not enough, lines around the tables, then headings and texts of
    actions are added. Where everything stands in another document too, the first that stand in this one are given.

    Parameters
    ----------
    others
        The texts of other documents.
    """
    fitting: dict[str, None] = {}
    shared: dict[str, None] = {}
    for words in map(_trimmed, _candidates(document, record, publisher)):
        if len(words) < SHORTEST or words not in document.printed or any(words in known for known in fitting):
            continue
        (shared if any(words in text for text in others) else fitting)[words] = None
        if len(fitting) == ENOUGH:
            break
    return tuple(fitting or list(shared)[:ENOUGH])


def _candidates(document: Document, record: PlanRecord, publisher: Named | None) -> Iterator[str]:
    yield from (context.text for context in record.context if context.role == "title")
    if publisher is not None:
        yield publisher.line
    lines = [block.text for block in document.blocks if isinstance(block, Line)]
    yield from (line for line in lines if not KEY_ENTRY.match(line) and not BULLET.match(line))
    yield from _lines(cell for table in document.tables() for row in table.rows[:1] for cell in row.cells)
    yield from _lines(cell.text for action in record.actions for row in action.source for cell in row.cells)


def _lines(cells: Iterable[str]) -> Sequence[str]:
    """The first line of each cell that says something, the longer ones first: a heading of two letters tells little."""
    found = dict.fromkeys(cell.strip().split("\n")[0] for cell in cells if cell.strip())
    return sorted(found, key=lambda line: -min(len(line), LONGEST // 2))


def _trimmed(line: str) -> str:
    """A line without marks of headings; of a long one, its first words."""
    words = HASHES.sub("", line).split("\n")[0].strip()
    return words if len(words) <= LONGEST else words[:LONGEST].rpartition(" ")[0].strip() or words[:LONGEST]
