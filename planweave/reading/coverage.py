"""What share of a document stands in its records: measured on the records, not on what the reader believes."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planweave.records import PlanRecord

__all__ = ["shares"]

PIECES = re.compile(r"[\t\n|│║┃\f]| {2,}")
RULE = re.compile(r"[\s:-]*")
DRAWN = re.compile(r"\s*(?:\+(?:[-=]+\+)+|[\u2500-\u257f]{3,})\s*")
"""A rule of a table that is drawn in text."""

MOST_OF_IT = 0.9999
"""What a share is rounded to at most that is not the whole: 1.0 says that nothing at all is missing."""

DASHES = "---"
"""What a rule under a header has at least, and has nothing beside."""


def shares(printed: str, record: PlanRecord) -> tuple[float, float]:
    """Give the shares of a document's non-space characters that are kept, and that are placed.

    The document and the record are cut into pieces at tabs, bars, gaps and line ends, which are marks of layout
    as the rules of dashes under a header and those of a drawn table are. A piece of the document counts where the
    record holds the same piece and has not yet spent it on another.
    """
    document = _pieces([printed])
    total = sum(len(piece) * count for piece, count in document.items())
    if not total:
        return 1.0, 1.0
    placed = _pieces(_placed(record))
    kept = placed + _pieces(item.text for item in record.unplaced)
    return _share(document, kept, total), _share(document, placed, total)


def _placed(record: PlanRecord) -> Iterable[str]:
    yield from (item.text for item in record.context if item.role != "hidden")
    for action in record.actions:
        for row in action.source:
            yield from (cell.text for cell in row.cells)


def _pieces(texts: Iterable[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for text in texts:
        for piece in PIECES.split(text):
            squeezed = "".join(piece.split())
            if squeezed and not (DASHES in squeezed and RULE.fullmatch(piece)) and not DRAWN.fullmatch(piece):
                found[squeezed] += 1
    return found


def _share(document: Counter[str], held: Counter[str], total: int) -> float:
    covered = sum(len(piece) * min(count, held[piece]) for piece, count in document.items())
    return min(round(covered / total, 4), MOST_OF_IT) if covered < total else 1.0
