"""One document → its record: what all its rows share, the rows one by one, and what is checked at the end."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from planweave.errors import DocumentError, nearest
from planweave.reading.action import ActionReader, Identity
from planweave.reading.confidence import Certainty, whole
from planweave.reading.context import abbreviations_in, read_context
from planweave.reading.corrections import Corrector
from planweave.reading.coverage import shares
from planweave.reading.headings import Headings
from planweave.reading.layouts import laid_out
from planweave.reading.lists import plain
from planweave.reading.mentions import MentionFinder
from planweave.reading.parties import PartyReader
from planweave.reading.roles import parted
from planweave.reading.rows import read_rows
from planweave.reading.stated import unsettled
from planweave.reading.values import Values
from planweave.records import Context, Origin, Plan, PlanRecord
from planweave.terms import slug
from planweave.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from planweave.documents import Document
    from planweave.reading.columns import Columns
    from planweave.reading.definition import Common, Definition
    from planweave.reading.entries import Entry
    from planweave.records import Action, Party
    from planweave.registers import Register

__all__ = ["PlanReading"]

PARTY_FIELDS = ("lead", "partner")


def _free(suffix: str, taken: set[str]) -> str:
    """The suffix, or the first like it that is not taken; it is taken then."""
    while suffix in taken:
        suffix += "'"
    taken.add(suffix)
    return suffix


class PlanReading:
    """The reading of one document.

    Parameters
    ----------
    document
        The document's lines and tables.
    definition
        The loader definition that fits it, None where none does.
    common
        What every reader knows.
    register
        The known agencies.
    path
        The file, for errors and for the plan's id where no definition gives one.

    Raises
    ------
    DocumentError
        If the document is cut off or holds no table of actions.
    DefinitionError
        If the definition does not fit the document.
    """

    def __init__(
        self, document: Document, definition: Definition | None, common: Common, register: Register, path: Path
    ) -> None:
        self._document, self._definition, self._path = document, definition, path
        self._register, self._common = register, common
        if document.cut:
            raise DocumentError(document.cut, file=path, fix="get the whole document")
        self._headings = Headings(common, definition, Values(common))
        arranged, laid = laid_out(document, self._headings)
        self._found = read_context(arranged)
        self._rows = read_rows(arranged, self._headings, self._found, laid)
        self._entries = self._rows.entries
        if not self._entries:
            raise self._no_table()
        self._headings.learn([plain(entry.text("text")) for entry in self._entries if not entry.text("ref")])
        self._check_columns()
        slug = definition.plan.publisher if definition else None
        self._publisher = register.publisher(slug, definition.file) if definition and slug else None
        self._add_abbreviations()
        self._parties = PartyReader(
            common,
            definition,
            register,
            self._publisher,
            self._found.legend,
            [
                part
                for entry in self._entries
                for name in PARTY_FIELDS
                for _, text in entry.values.get(name, [])
                for part in (parted(text) or (text,))[:2]
            ],
            self._document.printed,
        )
        self._corrector = Corrector(definition)
        self._actions = ActionReader(common, definition, self._headings, self._corrector, self._found)

    @property
    def columns(self) -> tuple[tuple[int, Columns], ...]:
        """What was decided of the columns, each time with the number of the table."""
        return tuple(self._rows.columns)

    @property
    def headings_met(self) -> tuple[str, ...]:
        """Every heading that stands in the document, as a loader definition has to name it."""
        return self._headings.not_met()[1]

    @property
    def learned(self) -> str | None:
        """The pattern of the references that open the actions' texts, where it was found out."""
        return self._headings.learned

    def record(self) -> PlanRecord:
        """Put the record together."""
        actions = self._read_actions()
        self._check_expected(actions)
        self._corrector.check_all_used(self._path)
        self._headings.stated.check_all_used(self._path)
        record = PlanRecord(
            plan=self._plan(),
            legend=dict(sorted(self._found.legend.items())),
            definitions=dict(sorted(self._found.definitions.items())),
            parties=self._party_table(actions),
            actions=tuple(actions),
            context=(*self._found.context, *(Context(said, "the file", "hidden") for said in self._document.hidden)),
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
        part = self._definition
        defined = part is not None and part.reviewed and not part.recognise.unstated
        certainty = Certainty(self._common, defined=defined)
        columns = certainty.columns(self._rows.columns)
        doubts = unsettled(certainty.doubts(self._entries, actions), actions, self._definition)
        record = msgspec.structs.replace(record, kept=kept, placed=placed, columns=columns, doubts=doubts)
        return msgspec.structs.replace(record, confidence=whole(record))

    def _no_table(self) -> DocumentError:
        """Say that there is no action, and what came nearest to a header."""
        rows = [row for table in self._document.tables() for row in table.rows]
        nearest_row = max(rows, key=lambda row: len(self._headings.known_in(row.cells)[0]), default=None)
        known, unknown = self._headings.known_in(nearest_row.cells) if nearest_row else ((), ())
        seen = f"; line {nearest_row.line} comes nearest to a header" if nearest_row and known else ""
        seen += f": known {', '.join(known)}; not known {', '.join(unknown) or 'none'}" if seen else ""
        return DocumentError(
            f"no table of actions is recognised in this document{seen}",
            file=self._path,
            fix="check that it is an action plan, or write a loader that names its headings",
        )

    @property
    def _plan_id(self) -> str:
        if self._definition:
            return self._definition.plan.id or self._definition.name
        return slug(self._path.stem)

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

    def _add_abbreviations(self) -> None:
        """Add what the rows spell out to what the document's key says."""
        printed = (plain(text) for entry in self._entries for text in entry.printed())
        for short, long in abbreviations_in(printed).items():
            self._found.legend.setdefault(short, long)

    def _read_actions(self) -> list[Action]:
        identities = self._identities()
        parties = [self._named(entry) for entry in self._entries]
        finder = self._finder(name for both in parties for names in both for name in names)
        actions = []
        for entry, identity, (leads, partners) in zip(self._entries, identities, parties, strict=True):
            mentions = finder.find(self._actions.running_text(entry), (*leads, *partners))
            action = self._actions.read(entry, identity, leads, partners, mentions)
            actions.append(self._actions.settled(self._corrector.corrected(action), entry))
        return actions

    def _named(self, entry: Entry) -> list[tuple[str, ...]]:
        """The leads and the partners of an entry; what a cell says of them itself counts for more than its column."""
        leads, partners = (entry.text(name) for name in PARTY_FIELDS)
        of_leads, of_partners = parted(leads), parted(partners)
        if of_partners and leads:
            partners = "\n".join(filter(None, (of_partners.partners, of_partners.leads)))
        elif of_partners:
            leads, partners = (of_partners.leads, of_partners.partners)
        if of_leads:
            leads, partners = of_leads.leads, "\n".join(filter(None, (of_leads.partners, partners)))
            if of_leads.inferred:
                entry.doubts.setdefault("partner", "unmarked")
        found = self._parties.names(leads)
        return [found, tuple(name for name in self._parties.names(partners) if name not in found)]

    def _identities(self) -> list[Identity]:
        """What names each row; the second of two like references gets an id of its own."""
        parts = [self._actions.identified(entry) for entry in self._entries]
        printed = Counter(ref for ref, _, _ in parts if ref)
        # Every printed reference is taken: an id that is made up must not be one that another action prints.
        taken = set(printed)
        seen: Counter[str] = Counter()
        identities = []
        for number, (ref, pillars, text) in enumerate(parts, start=1):
            suffix = ref or f"n{number}"
            if ref:
                seen[ref] += 1
            if not ref or seen[ref] > 1:
                suffix = _free(suffix if not ref else f"{ref}-{seen[ref]}", taken)
            repeated = bool(ref) and printed[ref or ""] > 1
            identities.append(Identity(f"{self._plan_id}/{suffix}", number, ref, pillars, text, repeated=repeated))
        return identities

    def _finder(self, parties: Iterable[str]) -> MentionFinder:
        """Mentions are looked for by the register's names, the loader's, and the plan's own parties."""
        part = self._definition.parties if self._definition else None
        own = {name for name in parties if self._parties.can_be_mentioned(name)}
        return MentionFinder(
            frozenset(self._register.names_for(self._publisher)),
            own | set(part.bodies if part else ()),
            part.not_bodies if part else (),
            self._found.legend,
        )

    def _party_table(self, actions: list[Action]) -> tuple[Party, ...]:
        """Every name printed as lead, partner or mention, with the party it stands for."""
        # A reading that is itself among the action's names was added beside the others, not read for one of them.
        readings = {
            name: correction.read[0]
            for action in actions
            for correction in action.corrections
            if correction.field in {"leads", "partners", "mentions"} and len(correction.read) == 1
            for names in [getattr(action, correction.field)]
            if correction.read[0] not in names
            for name in names
            if name in correction.printed
        }
        firsts: dict[str, Party] = {}
        found: dict[str, Party] = {}
        for action in actions:
            for name in (*action.leads, *action.partners, *action.mentions):
                party = self._parties.party(name, readings.get(name))
                # Two printed forms of one party carry the label and the kind of the first.
                first = firsts.setdefault(party.id, party)
                found.setdefault(name, msgspec.structs.replace(party, label=first.label, kind=first.kind))
        return tuple(found[name] for name in sorted(found))

    def _check_columns(self) -> None:
        missing, met = self._headings.not_met()
        if missing is not None and self._definition:
            what = f"the column {missing!r} is in no table of {self._document.name}"
            raise self._definition.wrong(what, missing, nearest(missing, met))

    def _check_expected(self, actions: list[Action]) -> None:
        expect = self._definition.expect if self._definition else None
        if expect and self._definition and len(actions) != expect.actions:
            raise DocumentError(
                f"{len(actions)} actions are found where the loader {self._definition.name} expects {expect.actions}",
                file=self._path,
                fix="get the whole document, or, if it is a new edition, give it a loader of its own",
            )
