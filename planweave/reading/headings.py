"""What a printed heading means, and which rows are headers: the words of councils over their columns."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from planweave.reading.definition import KEPT, fold
from planweave.reading.stated import StatedColumns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planweave.documents import Row
    from planweave.reading.definition import Common, Definition
    from planweave.reading.values import Values

__all__ = ["UNKNOWN", "Headings", "Meaning"]

DATED = re.compile(
    r"\b(?:(?:19|20)\d\d(?:\s*/\s*(?:20)?\d\d)?|q(?:uarter)?\s*[1-4]|as\s+(?:at|of)|to\s+date"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*)\b",
    re.IGNORECASE,
)
"""What dates a heading without changing what it means: "Progress update Q1 2024/25"."""

SHORT_YEARS = re.compile(r"\d\d\s*[/–-]\s*\d\d")
"""A financial year; several beside one another head columns of ticks, where one alone may be a value."""

PLURAL = re.compile(r"\((?:s|es|ies)\)|(?<=\w)/s\b", re.IGNORECASE)
SHARE = re.compile(r"\s*(?:%|per\s?cent|percentage)", re.IGNORECASE)
"""What opens a heading of shares: "% complete" is no status."""

NUMBER_SIGN = re.compile(r"#|№|\bn[o°º]\.?(?=\s|$)", re.IGNORECASE)
MIN_KNOWN = 2
MIN_TOLD = 3
HEADER_SHARE = 0.5
MIN_BEGINNING = 3
MAX_HEADING = 120
MAX_TOLD_WORDS = 12
MAX_STRANGE_WORDS = 3
SHOWN = 40
MAX_PIECES = 3


OPENINGS = tuple(
    re.compile(words)
    for words in (
        r"(?P<pillar>[A-Z][A-Za-z]+(?:[ &-]+[A-Za-z]+){0,2})\s+(?P<ref>\d+(?:\.\d+)+)[:.)]?\s+(?P<text>\S.*)",
        r"(?:Action|Task|Measure|Recommendation)\s+(?P<ref>[A-Z]?\d+(?:\.\d+)*[a-z]?)\s*[:.)–-]?\s+(?P<text>\S.*)",
        r"(?P<ref>[A-Z]{1,4}[.-]?\d+(?:\.\d+)*[a-z]?)\s*[:.)–-]?\s+(?P<text>[A-Z].*)",
        r"\(?(?P<ref>\d{1,3}[a-z]?)\s*[:.)]\s*(?P<text>\S.*)",
        r"(?P<ref>\d{1,3}[a-z])\s+(?:[–-]\s+)?(?P<text>[A-Z].*)",
    )
)
"""References that may open the actions of a plan, if those of most of its actions do: with their pillar, as a code,
as a bare number, as a number with a letter ("1a Open a hub")."""

MIN_OPENED = 3
OPENED_SHARE = 0.8


class Meaning(NamedTuple):
    """What a heading stands for: the field, what it is known as, and how it is known.

    ``sense`` is the field, or the name under which a column without a field of its own is known ("cost").
    """

    field: str
    sense: str
    how: Literal["loader", "heading", "told", ""]


UNKNOWN: Final = Meaning("extra", "", "")
"""What a heading gives that nobody knows: it is kept under its words."""


def _meaning(sense: str, how: Literal["loader", "heading", "told"]) -> Meaning:
    return Meaning("extra" if sense in KEPT else sense, sense, how)


class Headings:
    """The headings a reader knows: the common ones, and those of a loader definition above them.

    ``learned`` is the pattern of the references that open the plan's actions, where it was found out.
    """

    def __init__(self, common: Common, definition: Definition | None, values: Values) -> None:
        self.values = values
        self._own = {fold(word): word for word in definition.columns} if definition else {}
        own = {fold(word): field for word, field in definition.columns.items()} if definition else {}
        self._fields = {**common.fields, **own}
        self._by_definition = definition is not None and not definition.recognise.unstated
        self.stated = StatedColumns(definition)
        self._alone = tuple(map(fold, common.headings_alone.get("text", ())))
        self._beside = {fold(word): field for field, words in common.headings_beside.items() for word in words}
        self._either = frozenset(fold(word) for words in common.headings_either.values() for word in words)
        told = [(fold(word), field) for field, words in common.headings_told.items() for word in words]
        self._told = {word: (place, field) for place, (word, field) in reversed(list(enumerate(told)))}
        # Folding makes nothing half as long.
        self._longest = max(MAX_HEADING, *(2 * len(word) for word in own), 0)
        # A row is looked at more than once, and most of its words stand in many rows.
        self._common_meaning = lru_cache(maxsize=65_536)(self._common_meaning_of)
        self._longest_told = max((len(word.split()) for word in self._told), default=0)
        self._loose = frozenset(fold(word) for words in common.headings_loose.values() for word in words)
        self._sums = frozenset(map(fold, common.rows.sums))
        self._keys = {name: frozenset(map(fold, words)) for name, words in common.keys.items()}
        self._words = {word: field for word, field in self._fields.items() if " " not in word}
        self._met: dict[str, str] = {}
        patterns = [definition.references.in_text] if definition and definition.references else []
        self._in_text = [re.compile(pattern) for pattern in (*patterns, common.references.in_text)]
        self.learned: str | None = None
        self._beginnings = _beginnings(self._fields)
        self._tails = {
            (words[: len(words) - cut], words[len(words) - cut :])
            for words in (tuple(heading.split()) for heading in self._fields)
            for cut in range(1, len(words))
        }

    def field(self, heading: str) -> str | None:
        """Give the field a whole heading stands for.

        Dates in it, and stray marks of one letter at its end, do not count.
        """
        meaning = self.meaning(heading)
        return meaning.field if meaning and meaning.how != "told" else None

    def meaning(self, heading: str) -> Meaning | None:
        """Give what a heading stands for: as a whole, or by the words in it that tell; None if nobody knows."""
        if len(heading) > self._longest:
            return None
        folded = fold(heading)
        if folded in self._own:
            return _meaning(self._fields[folded], "loader")
        return self._common_meaning(heading) if heading.strip() and len(heading) <= MAX_HEADING else None

    def _common_meaning_of(self, heading: str) -> Meaning | None:
        folded = fold(heading)
        if SHARE.match(heading):
            return _meaning("percent", "heading")
        for form in dict.fromkeys(
            (folded, self._bare(heading), fold(PLURAL.sub("", heading)), self._numbered(heading))
        ):
            if form in self._fields:
                return _meaning(self._fields[form], "heading")
            if form in self._either:
                return Meaning("outcome", "either", "heading")
        bare = self._bare(heading)
        if bare in self._beginnings:
            return _meaning(self._beginnings[bare], "heading")
        told = self._told_by(fold(PLURAL.sub("", heading)))
        if told is None and (whole := self._whole(folded)):
            return _meaning(whole, "told")
        return _meaning(told, "told") if told else None

    def _whole(self, folded: str) -> str | None:
        """Give the field of a word that a narrow column broke: "RA G", "Timesc ale"."""
        pieces = folded.split()
        return self._words.get("".join(pieces)) if 1 < len(pieces) <= MAX_PIECES else None

    def loose(self, heading: str) -> bool:
        """Say whether a heading may sort actions rather than head them."""
        return fold(heading) in self._loose

    def is_sum(self, cells: Sequence[str]) -> bool:
        """Say whether the first cell of a row that says anything is a word for a sum: "Total"."""
        return next((fold(cell) for cell in cells if cell.strip()), "") in self._sums

    def heads_key(self, first: str, second: str) -> bool:
        """Say whether two headings stand over words and what they mean: "Abbreviation" and "Meaning"."""
        return fold(second) in self._keys["meanings"] and self.field(first) in {None, "status", "update"}

    def names_key(self, heading: str) -> bool:
        """Say whether a heading is that of a key: "RAG key", "Glossary"."""
        return not self._keys["titles"].isdisjoint(fold(heading).split())

    def alone(self, headings: Sequence[str]) -> int | None:
        """Give the place of the heading that gives the action where no other does."""
        folded = [fold(PLURAL.sub("", heading)) for heading in headings]
        return next((folded.index(word) for word in self._alone if word in folded), None)

    def beside(self, heading: str) -> str | None:
        """Give what a heading of the action gives beside another one."""
        return self._beside.get(fold(PLURAL.sub("", heading)))

    def met(self, headings: Iterable[str]) -> None:
        """Note headings that stand in the document."""
        for text in filter(None, headings):
            self._met.update({fold(text): text, self._bare(text): text})

    def _bare(self, heading: str) -> str:
        """A heading without its date, and without the stray letters that scanning set behind it."""
        words = fold(DATED.sub(" ", heading)).split()
        while words and len(words[-1]) == 1:
            words.pop()
        return " ".join(words)

    def _numbered(self, heading: str) -> str:
        """A heading with "No." for the signs that stand for it."""
        return fold(NUMBER_SIGN.sub(" no ", heading))

    def _told_by(self, folded: str) -> str | None:
        words = folded.split()
        if self._by_definition or len(words) > MAX_TOLD_WORDS:
            # Whoever wrote a definition named what is not common; the rest is extra.
            return None
        spans = (
            " ".join(words[at : at + length])
            for length in range(1, self._longest_told + 1)
            for at in range(len(words) - length + 1)
        )
        return min((self._told[span] for span in spans if span in self._told), default=(0, None))[1]

    def not_met(self) -> tuple[str | None, tuple[str, ...]]:
        """Give the first heading of the loader's own that no table had, and every heading that was met."""
        missing = (word for folded, word in self._own.items() if folded not in self._met)
        return next(missing, None), tuple(self._met.values())

    def known_in(self, cells: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Give the cells that are known headings, and those that are not."""
        printed = [" ".join(cell.split())[:SHOWN] for cell in cells if cell.strip()]
        known = tuple(cell for cell in printed if self.meaning(cell) is not None)
        return known, tuple(cell for cell in printed if cell not in known)

    def is_header(self, row: Row, *, top: bool = False) -> bool:
        """Say whether a row is a header: two known headings at least, and half of its cells.

        At the top of a table headings count that are only told by their words; further down what could be a
        value as well ("Complete") does not count, and neither does a row with dates or references in it.
        """
        printed = [cell for cell in row.cells if cell.strip()]
        if len(printed) < MIN_KNOWN:
            return False
        meanings = [self.meaning(cell) for cell in printed]
        strangers = [cell for cell, meaning in zip(printed, meanings, strict=True) if meaning is None]
        years = {cell for cell in strangers if SHORT_YEARS.fullmatch(cell.strip())}
        if any(self._is_value(cell) for cell in strangers if len(years) < MIN_KNOWN or cell not in years):
            return False
        whole = sum(
            meaning is not None and meaning.how != "told" and (top or not self.values.is_status(cell))
            for cell, meaning in zip(printed, meanings, strict=True)
        )
        if whole >= MIN_KNOWN and whole >= HEADER_SHARE * len(printed):
            return True
        known = len(printed) - len(strangers)
        return top and (whole >= 1 or known >= MIN_TOLD) and known >= max(MIN_KNOWN, HEADER_SHARE * len(printed))

    def is_strange(self, row: Row) -> bool:
        """Say whether a row looks like a header of other words: every cell is short, and none is a value."""
        printed = [cell for cell in row.cells if cell.strip()]
        return len(printed) >= MIN_TOLD and all(
            len(cell.split()) <= MAX_STRANGE_WORDS
            and cell.strip()[:1].isupper()
            and not any(letter.isdigit() for letter in cell)
            and not (self.values.is_timescale(cell) or self.values.is_status(cell))
            and not (" " in cell.strip() and self.values.is_party(cell))
            for cell in printed
        )

    def _is_value(self, cell: str) -> bool:
        """Say whether a cell is a day, a month or a reference of digits, which no heading is."""
        dated = DATED.sub("", cell).strip()
        return self.values.is_date(cell) and any(letter.isdigit() for letter in cell) and bool(dated)

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
        return under and self.is_header(row, top=True) and any(not header[place].strip() for place in printed)

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
        return self.values.is_reference(text)

    def is_timescale(self, text: str) -> bool:
        """Say whether a whole cell is a word for when: "Ongoing", "Quarterly", "TBC"."""
        return self.values.is_timescale(text)

    def learn(self, texts: Sequence[str]) -> None:
        """Learn how a plan opens its actions: with references that nearly all of them have, hardly any twice."""
        for pattern in OPENINGS if len(texts) >= MIN_OPENED and not self._by_definition else ():
            found = [match.groupdict() for text in texts if (match := pattern.match(text))]
            refs = {part["ref"] for part in found}
            pillars = {part.get("pillar") for part in found}
            if min(len(found), len(refs)) >= OPENED_SHARE * len(texts) and 2 * len(pillars) <= max(
                MIN_OPENED, len(refs)
            ):
                self._in_text.append(pattern)
                self.learned = pattern.pattern
                return

    def reference_in(self, text: str) -> re.Match[str] | None:
        """Find the reference that opens an action's text, with its pillar if there is one."""
        return next((match for pattern in self._in_text if (match := pattern.match(text))), None)


def _beginnings(fields: Mapping[str, str]) -> dict[str, str]:
    """What a heading that print cut off may begin with, where all headings that do give one field."""
    found: dict[str, set[str]] = defaultdict(set)
    for heading, field in fields.items():
        words = heading.split()
        for count in range(MIN_BEGINNING, len(words)):
            found[" ".join(words[:count])].add(field)
    return {beginning: next(iter(giving)) for beginning, giving in found.items() if len(giving) == 1}
