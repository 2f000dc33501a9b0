"""What a plan that is no list consists of: its lines and the cells of its cards, each with the labels it prints."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from planweave.reading.labels import NUMBERED, Labelled, has_bullet, labelled, on_one_line
from planweave.records import Cell  # noqa: TC001 - a field of a dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planweave.documents import Line
    from planweave.reading.headings import Headings

__all__ = ["Piece", "pieces_of_lines"]


LONE_REFERENCE: Final = re.compile(r"\d+(?:\.\d+)+|[A-Z]{1,3}\d+(?:\.\d+)*")
"""A line that is nothing but a reference; a bare number may be that of a page."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, or what a card says in one place.

    ``table`` and ``row`` are 0 for a line; ``cells`` are the printed cells and ``column`` is the place of the value,
    both only in a row of a card. A ``bar`` stands alone in its row; what is ``silent`` is printed and says nothing
    itself, as a header does. ``sources`` are the lines it is put together from.
    """

    text: str
    page: int | None
    line: int
    table: int = 0
    row: int = 0
    cells: tuple[Cell, ...] = ()
    column: int = 0
    level: int | None = None
    depth: int = 0
    parts: tuple[Labelled, ...] = ()
    bar: bool = False
    silent: bool = False
    sources: tuple[Line, ...] = ()

    @property
    def lines(self) -> int:
        """How many lines it is printed on."""
        return self.text.count("\n") + 1


def pieces_of_lines(lines: Sequence[Line], headings: Headings) -> list[Piece]:
    """Give lines as pieces; what goes on over the lines below it is one: a bullet, a text that a bracket opened in."""
    found: list[Piece] = []
    for line in lines:
        piece = Piece(line.text, line.page, line.number, level=line.level, depth=line.depth, sources=(line,))
        above = found[-1] if found else None
        if above is not None and LONE_REFERENCE.fullmatch(above.text.strip()) and not labelled(piece.text, headings):
            # The number of a card stands in an element of its own, before the heading of the card.
            found[-1] = replace(piece, text=f"{above.text.strip()} {piece.text}", sources=(*above.sources, line))
        elif above is not None and _is_rest(above, piece, headings):
            found[-1] = replace(above, text=f"{above.text}\n{piece.text}", sources=(*above.sources, line))
        else:
            found.append(piece)
    return [
        piece if piece.level is not None else replace(piece, parts=tuple(labelled(on_one_line(piece.text), headings)))
        for piece in found
    ]


def _is_rest(above: Piece, piece: Piece, headings: Headings) -> bool:
    """Say whether a line goes on with the one above it, which stands right over it."""
    if not above.level is piece.level is None or piece.line != above.line + above.lines:
        return False
    if above.text.count("(") > above.text.count(")") or above.text.count("[") > above.text.count("]"):
        return True
    if piece.depth < above.depth or has_bullet(piece.text) or NUMBERED.match(piece.text):
        return False
    parts = labelled(piece.text, headings)
    if parts and not above.text.rstrip().endswith((";", "–", "—")):
        return False
    if has_bullet(above.text) and labelled(above.text, headings):
        return True
    goes_on = above.text.rstrip().endswith(",") or piece.text.lstrip()[:1].islower() or piece.depth > above.depth
    opens = NUMBERED.match(above.text) or has_bullet(above.text)
    return bool(opens) and goes_on and not labelled(above.text, headings)
