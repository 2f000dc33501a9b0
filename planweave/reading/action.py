"""One entry → one action: each field taken from the cells that give it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from planweave.reading.context import heading_date
from planweave.reading.definition import fold
from planweave.reading.lists import Indicators, plain, split_items, target_in
from planweave.reading.noise import is_cut_off, looks_scanned
from planweave.reading.progress import Progress
from planweave.reading.years import due_year
from planweave.records import BLANK_FIELDS, FLAGS, Action, Due

if TYPE_CHECKING:
    from planweave.reading.context import Surroundings
    from planweave.reading.corrections import Corrector
    from planweave.reading.definition import Common, Definition
    from planweave.reading.entries import Entry
    from planweave.reading.headings import Headings
    from planweave.records import Blank, Status, Update

__all__ = ["ActionReader", "Identity"]

RUNNING_TEXT = frozenset({"parent", "text", "extra", "evidence", "outcome", "update", "due", "status"})
"""The fields in whose cells bodies may be mentioned."""

PILLAR_MARKS = re.compile(r"\s*[,;/]\s*|\s*(?:&|\band\b)\s*(?=\w{1,3}(?:\W|$))")
"""Codes are joined by "and", too ("3 and 4"); "Advice and Support" is one pillar."""

RANKS = frozenset({"high", "medium", "low", "urgent", "critical", "h", "m", "l"})
"""How urgent an action is, where a column of priorities says that instead of which pillar it is under."""

LETTERS = {"r": "red", "a": "amber", "g": "green", "b": "blue", "y": "yellow", "w": "white"}
"""What the letters of a RAG column stand for; what they mean is the plan's or ``common.toml``'s to say."""

REFERENCE_MARKS = re.compile(r"[\s,;&/]+|\band\b")


class Identity(NamedTuple):
    """What names an action: its id, its order, its printed reference, its pillars and its text."""

    id: str
    n: int
    ref: str | None
    pillars: tuple[str, ...]
    text: str
    repeated: bool


class ActionReader:
    """Reads the entries of one document.

    Parameters
    ----------
    common
        What every reader knows.
    definition
        The document's loader definition, or None.
    headings
        The headings, which also know what references look like.
    corrector
        The stated corrections.
    found
        What the text around the tables says: when the plan was updated, what its colours mean.
    """

    def __init__(
        self,
        common: Common,
        definition: Definition | None,
        headings: Headings,
        corrector: Corrector,
        found: Surroundings,
    ) -> None:
        self._common, self._headings, self._corrector, self._found = common, headings, corrector, found
        self._progress = Progress(common)
        self._indicators = Indicators(definition.indicators if definition else {})

    def identified(self, entry: Entry) -> tuple[str | None, tuple[str, ...], str]:
        """Take the reference, the pillars and the text, from their columns or from in front of the text."""
        ref = " ".join(entry.text("ref").split()).rstrip(".:") or None
        if ref and ref.endswith(")") and "(" not in ref and ref[0].isdigit():
            ref = ref[:-1]
        pillars = tuple(dict.fromkeys(filter(None, PILLAR_MARKS.split(plain(entry.text("pillar"))))))
        pillars = tuple(pillar for pillar in pillars if pillar.lower() not in RANKS)
        text = plain(entry.text("text"))
        match = self._headings.reference_in(text) if ref is None else None
        if match is None:
            return ref, pillars, text
        part = match.groupdict()
        named = part.get("pillar")
        # "Action 1.1" says that it is an action, and names no pillar.
        own = (named,) if named and named.lower() not in {"action", "task"} else ()
        return part.get("ref"), (*pillars, *own), part["text"].strip()

    def read(
        self,
        entry: Entry,
        identity: Identity,
        leads: tuple[str, ...],
        partners: tuple[str, ...],
        mentions: tuple[str, ...],
    ) -> Action:
        """Put the action together."""
        parent = plain(entry.text("parent")) or None
        outcomes, evidence = self._outcomes(entry)
        updates = self._updates(entry)
        due, due_blank = self._due(entry)
        status, status_blank = self._status(entry, updates)
        blank: dict[str, Blank | None] = {
            "lead": None if leads else self._blank(entry, "lead"),
            "partner": None if partners else self._blank(entry, "partner"),
            "due": due_blank,
            "outcome": None if outcomes else self._blank(entry, "outcome", "evidence"),
            "status": status_blank,
        }
        flags = entry.flags | {f"missing-{name}" for name in ("lead", "outcome", "due") if blank[name]}
        flags |= {"duplicate-ref"} if identity.repeated else set()
        flags |= self._noise(entry, identity.text, parent, outcomes)
        targets = (target_in(item, self._common) for item in (*outcomes, *evidence))
        return Action(
            id=identity.id,
            n=identity.n,
            ref=identity.ref,
            text=identity.text,
            group=plain(entry.text("group")) or (entry.group.text if entry.group else None),
            parent=parent,
            pillars=identity.pillars,
            leads=leads,
            partners=partners,
            mentions=mentions,
            due=due,
            outcomes=outcomes,
            evidence=evidence,
            indicators=self._indicators.named_in((identity.text, *outcomes, *evidence)),
            targets=tuple(target for target in targets if target is not None),
            status=status,
            updates=updates,
            crossrefs=self._crossrefs(entry),
            flags=tuple(flag for flag in FLAGS if flag in flags),
            blank={name: why for name in BLANK_FIELDS if (why := blank[name]) is not None},
            extra=_extra(entry),
            corrections=(),
            source=tuple(entry.source),
        )

    def settled(self, action: Action, entry: Entry) -> Action:
        """Give a corrected action with what follows from its fields: blanks, flags and targets."""
        if not action.corrections:
            return action
        due_missing = action.due.kind == "none"
        missing = {
            "lead": not action.leads,
            "partner": not action.partners,
            "due": due_missing,
            "outcome": not action.outcomes,
            "status": action.status == "unknown",
        }
        blank = {
            name: action.blank.get(name)
            or self._blank(entry, *(("outcome", "evidence") if name == "outcome" else (name,)))
            for name in BLANK_FIELDS
            if missing[name]
        }
        told = {f"missing-{name}" for name in ("lead", "outcome", "due") if missing[name]}
        flags = {flag for flag in action.flags if not flag.startswith("missing-")} | told
        targets = (target_in(item, self._common) for item in (*action.outcomes, *action.evidence))
        return msgspec.structs.replace(
            action,
            blank=blank,
            flags=tuple(flag for flag in FLAGS if flag in flags),
            targets=tuple(target for target in targets if target is not None),
        )

    def running_text(self, entry: Entry) -> list[str]:
        """Give the cells in which bodies may be mentioned, in the order of the columns."""
        seen: Counter[str] = Counter()
        texts = []
        for column in entry.columns.columns:
            cells = entry.values.get(column.field, [])
            place = seen[column.field]
            seen[column.field] += 1
            if column.field in RUNNING_TEXT and place < len(cells):
                texts.append(plain(cells[place][1]))
        return texts

    def _outcomes(self, entry: Entry) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The outcomes and the evidence; evidence that stands alone in its row is the outcome."""
        evidence, outcomes = (
            () if self._progress.is_no_date(entry.text(name)) else split_items(entry.text(name), self._indicators)
            for name in ("evidence", "outcome")
        )
        return (outcomes, evidence) if outcomes else (evidence, ())

    def _due(self, entry: Entry) -> tuple[Due, Blank | None]:
        due = self._progress.due(plain(entry.last("due")))
        year = due_year(due.text, self._found.years) if due.kind == "none" else None
        if year:
            due = Due(due.text, "date", year)
        return due, self._blank(entry, "due") if due.kind == "none" else None

    def _status(self, entry: Entry, updates: tuple[Update, ...]) -> tuple[Status, Blank | None]:
        printed = plain(entry.last("status"))
        # What the plan itself says a colour means is what it means.
        cell = self._found.colours.get(printed.lower(), LETTERS.get(printed.lower().strip("."), printed))
        cell = self._found.colours.get(cell.lower(), cell)
        # The latest entry decides, wherever it is printed; what has no date comes before what has.
        latest_last = sorted(updates, key=lambda update: update.date or "")
        due = plain(entry.last("due"))
        said = [due, *(update.text for update in latest_last)]
        stated = self._progress.stated(said) or self._progress.added_word(due)
        status = self._told(cell, entry) if cell else stated
        return (status, None) if status else ("unknown", self._blank(entry, "status"))

    def _told(self, cell: str, entry: Entry) -> Status | None:
        """Read a status by its word, or by what the plan's own key says of a word that nobody else uses."""
        status, meaning = self._progress.status_word(cell), self._found.states.get(fold(cell), "")
        if status or not meaning:
            return status
        entry.doubts.setdefault("status", "keyed")
        return self._progress.status_word(meaning) or self._progress.stated([meaning])

    def _updates(self, entry: Entry) -> tuple[Update, ...]:
        found: list[Update] = []
        for heading, cell in entry.values.get("update", []):
            # Line by line: a dated entry may begin on each.
            text = self._corrector.readable("\n".join(map(plain, cell.split("\n"))))
            found += self._progress.updates(text, heading_date(heading, self._found.updated))
        return tuple(found)

    def _crossrefs(self, entry: Entry) -> tuple[str, ...]:
        parts = (part.strip(".,;") for part in REFERENCE_MARKS.split(entry.text("crossref")))
        return tuple(dict.fromkeys(part for part in parts if self._headings.is_reference(part)))

    def _blank(self, entry: Entry, *fields: str) -> Blank:
        """Why a field has nothing: no such column, a cell that says nothing, or text that was not understood.

        Where a heading is not known the column may be there: then it is not said to be missing.
        """
        if not entry.columns.fields() & set(fields):
            return "not-understood" if entry.columns.unknown() else "no-column"
        texts = (plain(entry.text(name)) for name in fields)
        return "empty" if all(self._progress.is_no_date(text) for text in texts) else "not-understood"

    def _noise(self, entry: Entry, text: str, parent: str | None, outcomes: tuple[str, ...]) -> set[str]:
        flags = set()
        printed = list(entry.printed())
        if any(looks_scanned(cell) for cell in printed) or self._corrector.is_noisy(printed):
            flags.add("ocr-noise")
        if is_cut_off(text) or any(is_cut_off(item) for item in outcomes):
            flags.add("truncated")
        if parent and text.startswith(parent) and len(text) > len(parent):
            flags.add("cells-run-together")
        return flags


def _extra(entry: Entry) -> dict[str, str]:
    """What stands in columns without a field of their own, under their headings."""
    found: dict[str, str] = {}
    ranks = [(heading, cell) for heading, cell in entry.values.get("pillar", []) if cell.lower() in RANKS]
    for heading, cell in (*ranks, *entry.values.get("extra", [])):
        text = " ".join(cell.split())
        if text:
            found[heading] = f"{found[heading]} {text}" if heading in found else text
    return found
