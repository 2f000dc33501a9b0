"""Which column gives what: from the headings, and from the values where print shifted the headings."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planweave.reading.definition import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planweave.documents import Row
    from planweave.reading.definition import Common, Definition

__all__ = ["Column", "Columns", "Headings"]

DATED = re.compile(
    r"\b(?:(?:19|20)\d\d(?:\s*/\s*(?:20)?\d\d)?|q(?:uarter)?\s*[1-4]|as\s+(?:at|of)|to\s+date"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*)\b",
    re.IGNORECASE,
)
"""What dates a heading without changing what it means: "Progress update Q1 2024/25"."""
REPEATABLE = frozenset({"lead", "partner", "outcome", "evidence", "update", "crossref", "status", "extra"})
"""Fields that several columns may give; of several statuses, and of a date and its revision, the last counts."""

MIN_KNOWN = 2
HEADER_SHARE = 0.5
MIN_BEGINNING = 3
MAX_HEADING = 120
SHOWN = 40
MOST = 0.6


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its number (from 1), the heading printed over it, the field it gives.

    ``known`` is False where nobody knows the heading, so that what it gives can only be kept.
    """

    number: int
    heading: str
    field: str
    known: bool = True


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table; ``shifted`` where the headings stand over the wrong columns."""

    columns: tuple[Column, ...]
    shifted: bool = False

    def fields(self) -> frozenset[str]:
        """Give every field that has a column."""
        return frozenset(column.field for column in self.columns)

    def unknown(self) -> tuple[str, ...]:
        """Give the headings that nobody knows: what they stand over may be any field."""
        return tuple(column.heading for column in self.columns if not column.known)


class Headings:
    """The headings a reader knows: the common ones, and those of a loader definition above them."""

    def __init__(self, common: Common, definition: Definition | None) -> None:
        self._own = {fold(word): word for word in definition.columns} if definition else {}
        own = {fold(word): field for word, field in definition.columns.items()} if definition else {}
        self._fields = {**common.fields, **own}
        self._met: dict[str, str] = {}
        when = common.dates
        self._timescales = frozenset(map(fold, (*when.ongoing, *when.recurring, *when.review, *when.none))) - {""}
        self._reference = re.compile(common.references.column)
        patterns = [definition.references.in_text] if definition and definition.references else []
        self._in_text = [re.compile(pattern) for pattern in (*patterns, common.references.in_text)]
        self._beginnings = _beginnings(self._fields)
        self._tails = {
            (words[: len(words) - cut], words[len(words) - cut :])
            for words in (tuple(heading.split()) for heading in self._fields)
            for cut in range(1, len(words))
        }

    def field(self, heading: str) -> str | None:
        """Give the field a heading stands for; dates in it, and stray marks of one letter at its end, do not count."""
        if len(heading) > MAX_HEADING:
            return None
        folded = fold(heading)
        if folded in self._fields:
            return self._fields[folded]
        bare = self._bare(heading)
        return self._fields.get(bare) or self._beginnings.get(bare)

    def _bare(self, heading: str) -> str:
        """A heading without its date, and without the stray letters that scanning set behind it."""
        words = fold(DATED.sub(" ", heading)).split()
        while words and len(words[-1]) == 1:
            words.pop()
        return " ".join(words)

    def not_met(self) -> tuple[str | None, tuple[str, ...]]:
        """Give the first heading of the loader's own that no table had, and every heading that was met."""
        missing = (word for folded, word in self._own.items() if folded not in self._met)
        return next(missing, None), tuple(self._met.values())

    def known_in(self, cells: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Give the cells that are known headings, and those that are not."""
        printed = [" ".join(cell.split())[:SHOWN] for cell in cells if cell.strip()]
        known = tuple(cell for cell in printed if self.field(cell) is not None)
        return known, tuple(cell for cell in printed if cell not in known)

    def is_header(self, row: Row) -> bool:
        """Say whether a row is a header: two known headings at least, and half of its cells."""
        printed = [cell for cell in row.cells if cell.strip()]
        known = sum(self.field(cell) is not None for cell in printed)
        return known >= MIN_KNOWN and known >= HEADER_SHARE * len(printed)

    def continues(self, header: Sequence[str], row: Row) -> bool:
        """Say whether a row goes on with the header above it.

        It completes two known headings at least, or it splits headings that span several columns: "Start"
        and "End" under "Timescale".
        """
        pairs = zip(header, row.cells, strict=False)
        return sum(self.completes(above, below) for above, below in pairs) >= MIN_KNOWN or self.splits(header, row)

    def splits(self, header: Sequence[str], row: Row) -> bool:
        """Say whether a row is a header whose words all stand under headings that span columns."""
        spanned = [
            (bool(text.strip()) and place + 1 < len(header) and not header[place + 1].strip()) or not text.strip()
            for place, text in enumerate(header)
        ]
        printed = [place for place, cell in enumerate(row.cells) if cell.strip()]
        under = all(place < len(spanned) and spanned[place] for place in printed)
        return under and self.is_header(row) and any(not header[place].strip() for place in printed)

    def completes(self, above: str, below: str) -> bool:
        """Say whether two printed pieces make one known heading."""
        tail = [word for word in fold(below).split() if len(word) > 1]
        return bool(tail) and (tuple(fold(above).split()), tuple(tail)) in self._tails

    def fallen_words(self, header: Sequence[str], cells: Sequence[str]) -> dict[int, str]:
        """Find header words that fell into the first row: column index → the words as printed."""
        fallen = {}
        for index, (above, cell) in enumerate(zip(header, cells, strict=False)):
            words = cell.split()
            for count in range(1, min(4, len(words)) + 1):
                if self.completes(above, " ".join(words[:count])):
                    fallen[index] = " ".join(words[:count])
        return fallen if len(fallen) >= MIN_KNOWN else {}

    def is_reference(self, text: str) -> bool:
        """Say whether a whole cell is a reference."""
        return bool(self._reference.fullmatch(text.strip()))

    def is_timescale(self, text: str) -> bool:
        """Say whether a whole cell is a word for when: "Ongoing", "Quarterly", "TBC"."""
        return fold(text) in self._timescales

    def reference_in(self, text: str) -> re.Match[str] | None:
        """Find the reference that opens an action's text, with its pillar if there is one."""
        return next((match for pattern in self._in_text if (match := pattern.match(text))), None)

    def columns(self, header: Sequence[str], body: Sequence[Row]) -> Columns:
        """Decide what each column gives.

        A column without a heading whose values are references gives the reference. Where references stand
        under the heading of the action, the heading spans both columns, or, if the headings are one fewer
        than the columns, all of them slipped one place to the left.
        """
        width = max([len(header), *(len(row.cells) for row in body)], default=0)
        texts = [*header, *[""] * (width - len(header))]
        for text in filter(None, texts):
            self._met.update({fold(text): text, self._bare(text): text})
        fields = [self.field(text) if text.strip() else None for text in texts]
        shifted = False
        for index in range(width):
            if fields[index] not in (None, "text") or (texts[index].strip() and fields[index] is None):
                continue
            if not self._mostly_references(body, index):
                continue
            if fields[index] == "text" and index + 1 < width:
                if not texts[index + 1].strip():
                    fields[index + 1] = "text"
                elif not texts[-1].strip():
                    fields[index + 1 :] = fields[index:-1]
                    shifted = True
                else:
                    continue
            fields[index] = "ref"
            break
        return Columns(_unrepeated(texts, fields), shifted)

    def _mostly_references(self, body: Sequence[Row], index: int) -> bool:
        values = [row.cells[index] for row in body if index < len(row.cells) and row.cells[index].strip()]
        return bool(values) and sum(map(self.is_reference, values)) >= MOST * len(values)


def _beginnings(fields: Mapping[str, str]) -> dict[str, str]:
    """What a heading that print cut off may begin with, where all headings that do give one field."""
    found: dict[str, set[str]] = defaultdict(set)
    for heading, field in fields.items():
        words = heading.split()
        for count in range(MIN_BEGINNING, len(words)):
            found[" ".join(words[:count])].add(field)
    return {beginning: next(iter(giving)) for beginning, giving in found.items() if len(giving) == 1}


def _unrepeated(texts: Sequence[str], fields: Sequence[str | None]) -> tuple[Column, ...]:
    """Give each column its field; what has no field of its own, or one that is taken, is extra."""
    taken: Counter[str] = Counter()
    columns = []
    for number, (heading, field) in enumerate(zip(texts, fields, strict=True), start=1):
        final = field or "extra"
        revised = final == "due" and fold(heading).startswith("revised")
        if taken[final] and final not in REPEATABLE and not revised:
            final = "extra"
        taken[final] += 1
        columns.append(Column(number, heading, final, known=field is not None or not heading.strip()))
    return tuple(columns)


def completed(columns: Columns, header: Sequence[str], tails: dict[int, str]) -> Columns:
    """Give the columns with their headings as print completes them further down."""
    return replace(
        columns,
        columns=tuple(
            replace(column, heading=f"{header[column.number - 1]} {tails[column.number - 1]}".strip())
            if column.number - 1 in tails
            else column
            for column in columns.columns
        ),
    )
