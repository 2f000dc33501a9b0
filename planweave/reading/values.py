"""What a cell looks like, whatever stands over it: a date, a status, a reference, a party, running text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from planweave.dates import find_dates
from planweave.reading.definition import fold
from planweave.reading.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from planweave.documents import Row
    from planweave.reading.definition import Common

__all__ = ["Values"]

MAX_TIMESCALE: Final = 60
MAX_STATUS_WORDS: Final = 5
MAX_PARTY_WORDS: Final = 9
MIN_PROSE_WORDS: Final = 3.0
ANSWERS: Final = frozenset({"yes", "no", "y", "n", "live", "new", "closed"})
"""Words of statuses that answer other questions as well."""

PIECES: Final = re.compile(r"\s*(?:[/;,&\n]|\band\b)\s*")
BRACKETS: Final = re.compile(r"\([^()]*\)")


class Values:
    """Tells what cells look like, by the words of ``common.toml``."""

    def __init__(self, common: Common) -> None:
        self._reference = re.compile(common.references.column)
        when = common.dates
        self._timescales = frozenset(map(fold, (*when.ongoing, *when.recurring, *when.review, *when.none))) - {""}
        self._progress = Progress(common)
        self._colours = frozenset(map(fold, common.status.colours))
        words = common.parties
        self._ends = frozenset((*words.post, *words.team, *words.bodies, *words.standing, *words.nobody))
        self._heads = tuple(words.heads)
        self._date = lru_cache(maxsize=4096)(self._looks_like_date)

    def is_reference(self, text: str) -> bool:
        """Say whether a whole cell is a reference."""
        return bool(self._reference.fullmatch(text.strip()))

    def is_code(self, text: str) -> bool:
        """Say whether a whole cell is a reference that is no mere number."""
        return self.is_reference(text) and not text.strip().isdigit()

    def is_timescale(self, text: str) -> bool:
        """Say whether a whole cell is a word for when: "Ongoing", "Quarterly", "TBC"."""
        return fold(text) in self._timescales

    def is_date(self, text: str) -> bool:
        """Say whether a whole cell says when, and says more than that it is not known."""
        return self._date(" ".join(text.split()))

    def _looks_like_date(self, text: str) -> bool:
        if not text or len(text) > MAX_TIMESCALE or self._progress.is_no_date(text):
            return False
        if self.is_timescale(text):
            return True
        dates = find_dates(text)
        dated = sum(date.end - date.start for date in dates)
        return bool(dates) and dated >= len(text) / 3 and self._progress.due(text).kind != "none"

    def is_colour(self, text: str) -> bool:
        """Say whether a whole cell is the name of a colour that statuses have."""
        return fold(text) in self._colours

    def is_status(self, text: str) -> bool:
        """Say whether a whole cell is a word or a colour for how far an action is."""
        folded = fold(text)
        if not folded or folded in ANSWERS or len(folded.split()) > MAX_STATUS_WORDS:
            return False
        return folded in self._colours or self._progress.status_word(text) is not None

    def is_party(self, text: str) -> bool:
        """Say whether a whole cell names posts, teams or other bodies."""
        words = BRACKETS.sub(" ", text).split()
        if not words or len(words) > MAX_PARTY_WORDS * (1 + text.count("\n")) or text.rstrip().endswith("."):
            return False
        pieces = [piece.lower() for piece in PIECES.split(BRACKETS.sub(" ", text)) if piece.strip()]
        named = sum(piece.split()[-1].strip(".,:") in self._ends or piece.startswith(self._heads) for piece in pieces)
        return words[0][:1].isupper() and 2 * named >= len(pieces) > 0

    def share(self, body: Sequence[Row], index: int, test: Callable[[str], bool]) -> tuple[float, int]:
        """Give the share of a column's cells that a test holds for, and how many cells say anything."""
        cells = [cell for cell in self.cells(body, index) if not self._progress.is_no_date(cell)]
        return (sum(map(test, cells)) / len(cells) if cells else 0.0), len(cells)

    def cells(self, body: Iterable[Row], index: int) -> list[str]:
        """Give the texts of a column."""
        return [row.cells[index] for row in body if index < len(row.cells) and row.cells[index].strip()]

    def coloured(self, body: Sequence[Row], index: int) -> bool:
        """Say whether a column says something by colours: several of them, in cells that mostly have no text."""
        fills = [row.fills[index] for row in body if index < len(row.fills) and row.fills[index]]
        plain = {"", "white", "black"}
        told = [fill for fill in fills if fill not in plain]
        return len(set(told)) > 1 and 2 * len(told) >= len(body) > 2 * len(self.cells(body, index))

    def is_prose(self, body: Sequence[Row], index: int) -> bool:
        """Say whether a column holds running text, each row its own."""
        cells = self.cells(body, index)
        words = [len(cell.split()) for cell in cells]
        several = len(cells) > 1 and 2 * len(cells) > len(body)
        return several and sum(words) / len(words) >= MIN_PROSE_WORDS and 2 * len(set(cells)) > len(cells)
