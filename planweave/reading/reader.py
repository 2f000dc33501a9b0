"""Document → record: the steps of reading, in order."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from planweave.documents import Document, open_document
from planweave.errors import DocumentError, NotFound, nearest
from planweave.reading.columns import Headings
from planweave.reading.context import abbreviations_in, heading_parts, read_context
from planweave.reading.corrections import Corrector
from planweave.reading.coverage import shares
from planweave.reading.definition import load_common, load_definitions
from planweave.reading.lists import Indicators, plain, split_items, target_in
from planweave.reading.mentions import MentionFinder
from planweave.reading.noise import is_cut_off, looks_scanned
from planweave.reading.parties import PartyReader
from planweave.reading.progress import Progress
from planweave.reading.rows import Entry, read_rows
from planweave.records import BLANK_FIELDS, FLAGS, Action, Due, Origin, Plan, PlanRecord
from planweave.registers import load_register
from planweave.version import VERSION

if TYPE_CHECKING:
    from planweave.library import Library
    from planweave.reading.context import Surroundings
    from planweave.reading.definition import Common, Definition
    from planweave.records import Blank, Party, Status, Update
    from planweave.registers import Register

__all__ = ["Reader", "reader_for"]

MENTION_ORDER = ("parent", "text", "extra", "evidence", "outcome", "update", "due", "status")


class Reader:
    """Reads documents with the definitions of a library.

    Parameters
    ----------
    library
        Where ``loaders/`` and ``ontology/`` are.

    Raises
    ------
    DefinitionError
        If a definition of the library is not right.
    """

    def __init__(self, library: Library) -> None:
        self._common = load_common(library)
        self._definitions = load_definitions(library)
        self._register = load_register(library)
        self._progress = Progress(self._common)

    def read(self, path: Path, loader: str | None = None) -> PlanRecord:
        """Read one document.

        Parameters
        ----------
        path
            The file.
        loader
            The name of the loader definition to use; None chooses the one whose words all stand in the
            document, or none.

        Raises
        ------
        DocumentError
            If the file cannot be read or holds no action plan.
        NotFound
            If there is no loader of that name.
        """
        document = open_document(path)
        definition = self._definition(document, loader)
        return _Reading(document, definition, self._common, self._register, self._progress, path).record()

    def loader_for(self, path: Path) -> str | None:
        """Give the name of the loader definition a document is recognised by, or None."""
        definition = self._definition(open_document(path), None)
        return definition.name if definition else None

    def _definition(self, document: Document, loader: str | None) -> Definition | None:
        if loader is not None:
            by_name = {definition.name: definition for definition in self._definitions}
            if loader not in by_name:
                raise NotFound(f"there is no loader {loader!r}", fix=nearest(loader, by_name))
            return by_name[loader]
        fitting = [definition for definition in self._definitions if definition.fits(document.printed)]
        if len(fitting) > 1:
            names = " and ".join(definition.name for definition in fitting)
            raise DocumentError(
                f"the loaders {names} both recognise this document",
                file=document.name,
                fix="name one with --loader, or make their words more exact",
            )
        return fitting[0] if fitting else None


@lru_cache(maxsize=4)
def reader_for(library: Library) -> Reader:
    """Give the reader of a library, made once."""
    return Reader(library)


class _Reading:
    """One document being read: what all its rows share."""

    def __init__(
        self,
        document: Document,
        definition: Definition | None,
        common: Common,
        register: Register,
        progress: Progress,
        path: Path,
    ) -> None:
        self._document, self._definition, self._common = document, definition, common
        self._register, self._progress, self._path = register, progress, path
        if document.cut:
            raise DocumentError(document.cut, file=path, fix="get the whole document")
        self._found: Surroundings = read_context(document)
        self._headings = Headings(common, definition)
        self._entries = read_rows(document, self._headings, self._found)
        if not self._entries:
            raise DocumentError(
                "no table of actions is recognised in this document",
                file=path,
                fix="check that it is an action plan, or write a loader that names its headings",
            )
        slug = definition.plan.publisher if definition else None
        self._publisher = register.publisher(slug, f"loaders/{definition.name}.toml") if definition and slug else None
        self._found.legend.update(
            {
                short: long
                for short, long in abbreviations_in(plain(text) for entry in self._entries for text in entry.printed()).items()
                if short not in self._found.legend
            }
        )
        self._plan_id = (definition.plan.id or definition.name) if definition else path.stem
        self._indicators = Indicators(definition.indicators if definition else {})
        self._parties = PartyReader(
            common,
            definition,
            register,
            self._publisher,
            self._found.legend,
            [text for entry in self._entries for name in ("lead", "partner") for _, text in entry.values.get(name, [])],
        )
        self._corrector = Corrector(definition)
        self._in_text = [
            re.compile(pattern)
            for pattern in (
                definition.references.in_text if definition and definition.references else None,
                common.references.in_text,
            )
            if pattern
        ]

    def record(self) -> PlanRecord:
        """Put the record together."""
        identified = [self._identified(entry) for entry in self._entries]
        parties = {
            (number, name): self._parties.names(entry.text(name))
            for number, entry in enumerate(self._entries)
            for name in ("lead", "partner")
        }
        finder = self._finder([name for names in parties.values() for name in names])
        repeated = Counter(ref for ref, _, _ in identified if ref)
        seen: Counter[str] = Counter()
        actions = []
        for number, (entry, (ref, pillars, text)) in enumerate(zip(self._entries, identified, strict=True)):
            seen[ref or ""] += 1
            action = self._action(
                entry,
                number + 1,
                (ref, pillars, text),
                (parties[number, "lead"], parties[number, "partner"]),
                finder,
                occurrence=seen[ref] if ref else 0,
                duplicate=bool(ref) and repeated[ref or ""] > 1,
            )
            actions.append(self._settled(self._corrector.corrected(action), entry))
        self._corrector.check_all_used(self._path)
        self._check_expected(actions)
        record = PlanRecord(
            plan=self._plan(),
            legend=dict(sorted(self._found.legend.items())),
            definitions=dict(sorted(self._found.definitions.items())),
            parties=self._party_table(actions),
            actions=tuple(actions),
            context=tuple(self._found.context),
            unplaced=tuple(self._found.unplaced),
            kept=1.0,
            placed=1.0,
            origin=Origin(
                self._document.sha256,
                self._document.media_type,
                self._document.encoding,
                self._definition.name if self._definition else None,
                VERSION,
            ),
        )
        kept, placed = shares(self._document.printed, record)
        return msgspec.structs.replace(record, kept=kept, placed=placed)

    def _settled(self, action: Action, entry: Entry) -> Action:
        """The action with its status blank, or not, as a correction left the status."""
        if (action.status == "unknown") == ("status" in action.blank):
            return action
        blank = {name: why for name, why in action.blank.items() if name != "status"}
        if action.status == "unknown":
            blank["status"] = self._blank(entry, "status")
        return msgspec.structs.replace(action, blank=blank)

    def _plan(self) -> Plan:
        part = self._definition.plan if self._definition else None
        return Plan(
            id=self._plan_id,
            title=(part and part.title) or self._found.title or self._path.stem,
            publisher=self._register.label(self._publisher) if self._publisher else None,
            publisher_id=self._publisher,
            domain=part.domain if part else None,
            period=(part and part.period) or self._found.period,
            source=self._document.name,
        )

    def _identified(self, entry: Entry) -> tuple[str | None, tuple[str, ...], str]:
        """The reference, the pillars and the text of a row, from their columns or from in front of the text."""
        ref = " ".join(entry.text("ref").split()).rstrip(".") or None
        pillars = tuple(re.split(r"\s*[,;/&]\s*|\s+and\s+", plain(entry.text("pillar")))) if entry.text("pillar") else ()
        text = plain(entry.text("text"))
        if ref is None:
            for pattern in self._in_text:
                match = pattern.match(text)
                if match:
                    part = match.groupdict()
                    return part.get("ref"), (*pillars, *filter(None, [part.get("pillar")])), part["text"].strip()
        return ref, pillars, text

    def _finder(self, parties: list[str]) -> MentionFinder:
        """Mentions are looked for by the register's names, the loader's, and the plan's own parties."""
        part = self._definition.parties if self._definition else None
        own = {name for name in parties if not self._parties.is_group(name) and name[0].isupper()}
        return MentionFinder(
            frozenset(self._register.names_for(self._publisher)),
            own | set(part.bodies if part else ()),
            part.not_bodies if part else (),
            self._found.legend,
        )

    def _action(
        self,
        entry: Entry,
        number: int,
        identified: tuple[str | None, tuple[str, ...], str],
        parties: tuple[tuple[str, ...], tuple[str, ...]],
        finder: MentionFinder,
        *,
        occurrence: int,
        duplicate: bool,
    ) -> Action:
        ref, pillars, text = identified
        leads, partners = parties
        parent = plain(entry.text("parent")) or None
        evidence = split_items(entry.text("evidence"), self._indicators)
        outcomes = split_items(entry.text("outcome"), self._indicators)
        if not outcomes and evidence:
            outcomes, evidence = evidence, ()
        updates = self._updates(entry)
        status, status_blank = self._status(entry, updates)
        due, due_blank = self._due(entry)
        blank: dict[str, Blank | None] = {
            "lead": None if leads else self._blank(entry, "lead"),
            "partner": None if partners else self._blank(entry, "partner"),
            "due": due_blank,
            "outcome": None if outcomes else self._blank(entry, "outcome", "evidence"),
            "status": status_blank,
        }
        flags = entry.flags | {f"missing-{name}" for name in ("lead", "outcome", "due") if blank[name]}
        if duplicate:
            flags.add("duplicate-ref")
        flags |= self._noise(entry, text, parent, outcomes)
        group = [entry.group] if entry.group else []
        own_group = plain(entry.text("group"))
        suffix = (f"{ref}-{occurrence}" if occurrence > 1 else ref) if ref else f"n{number}"
        return Action(
            id=f"{self._plan_id}/{suffix}",
            n=number,
            ref=ref,
            text=text,
            group=own_group or (group[0] if group else None),
            parent=parent,
            pillars=pillars,
            leads=leads,
            partners=partners,
            mentions=finder.find(self._running_text(entry), (*leads, *partners)),
            due=due,
            outcomes=outcomes,
            evidence=evidence,
            indicators=self._indicators.named_in((text, *outcomes, *evidence)),
            targets=tuple(
                target for item in (*outcomes, *evidence) if (target := target_in(item, self._common)) is not None
            ),
            status=status,
            updates=updates,
            crossrefs=tuple(
                dict.fromkeys(
                    part.strip(".,;")
                    for part in re.split(r"[\s,;&]+|\band\b", entry.text("crossref"))
                    if self._headings.is_reference(part.strip(".,;"))
                )
            ),
            flags=tuple(flag for flag in FLAGS if flag in flags),
            blank={name: why for name in BLANK_FIELDS if (why := blank[name]) is not None},
            extra={heading: " ".join(value.split()) for heading, value in entry.values.get("extra", []) if heading and value},
            corrections=(),
            source=tuple(entry.source),
        )

    def _blank(self, entry: Entry, *fields: str) -> Blank:
        """Why a field has nothing: no such column, an empty cell, or text that was not understood."""
        if not entry.columns.fields() & set(fields):
            return "no-column"
        return "not-understood" if any(plain(entry.text(name)).strip(" -–.") for name in fields) else "empty"

    def _due(self, entry: Entry) -> tuple[Due, Blank | None]:
        due = self._progress.due(plain(entry.text("due")))
        if due.kind != "none":
            return due, None
        if self._progress.is_no_date(due.text):
            return due, "no-column" if "due" not in entry.columns.fields() else "empty"
        return due, self._blank(entry, "due")

    def _status(self, entry: Entry, updates: tuple[Update, ...]) -> tuple[Status, Blank | None]:
        cell = plain(entry.text("status"))
        status = self._progress.status_word(cell) if cell else None
        if status is None and not cell:
            said = [plain(entry.text("due")), *(update.text for update in updates)]
            status = self._progress.stated(said)
        return (status, None) if status else ("unknown", self._blank(entry, "status"))

    def _updates(self, entry: Entry) -> tuple[Update, ...]:
        found: list[Update] = []
        for heading, cell in entry.values.get("update", []):
            text = self._corrector.readable(plain(cell))
            found += self._progress.updates(text, heading_parts(heading, self._found.updated))
        return tuple(found)

    def _running_text(self, entry: Entry) -> list[str]:
        """The cells in which bodies may be mentioned, in the order of the columns."""
        columns = sorted(
            (column for column in entry.columns.columns if column.field in MENTION_ORDER), key=lambda c: c.number
        )
        counters: Counter[str] = Counter()
        texts = []
        for column in columns:
            cells = entry.values.get(column.field, [])
            index = counters[column.field]
            counters[column.field] += 1
            if index < len(cells):
                texts.append(plain(cells[index][1]))
        return texts

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

    def _party_table(self, actions: list[Action]) -> tuple[Party, ...]:
        """Every name printed as lead, partner or mention, with the party it stands for."""
        readings = {
            correction.printed: correction.read[0]
            for action in actions
            for correction in action.corrections
            if correction.field in {"leads", "partners", "mentions"} and len(correction.read) == 1
        }
        labels: dict[str, str] = {}
        found: dict[str, Party] = {}
        for action in actions:
            for name in (*action.leads, *action.partners, *action.mentions):
                party = self._parties.party(name, readings.get(name))
                # Two printed forms of one party carry the label of the first.
                label = labels.setdefault(party.id, party.label)
                found.setdefault(name, msgspec.structs.replace(party, label=label))
        return tuple(found[name] for name in sorted(found))

    def _check_expected(self, actions: list[Action]) -> None:
        expect = self._definition.expect if self._definition else None
        if expect and self._definition and len(actions) != expect.actions:
            raise DocumentError(
                f"{len(actions)} actions are found where the loader {self._definition.name} expects {expect.actions}",
                file=self._path,
                fix="get the whole document, or, if it is a new edition, give it a loader of its own",
            )
