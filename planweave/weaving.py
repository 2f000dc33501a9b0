"""Records → quads: one plan's facts, and beside them where each fact stands in the document.

The result is N-Quads text, sorted, without blank nodes and without any clock time: the same record gives
the same bytes. :mod:`planweave.unweaving` is the way back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planweave.dates import bounds
from planweave.deriving import NO_KNOWLEDGE, derive, statements
from planweave.nquads import LABEL, TRUE, TYPE, date, decimal, edtf, number, pw, text
from planweave.terms import (
    AGENCY,
    BASE,
    BLANKS,
    DCTERMS,
    GIVES,
    SKOS,
    action_iri,
    party_iri,
    plan_graph,
    plan_iri,
    provenance_graph,
    segment,
    slug,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from planweave.deriving import Knowledge
    from planweave.records import Action, Cell, PlanRecord, SourceRow

__all__ = ["weave"]

ROLES: Final = (
    ("lead", "Lead", "lead", "leads"),
    ("partner", "Partner", "partner", "partners"),
    ("mention", "Mention", "mentions", "mentions"),
)
"""Segment of the IRI, class, direct property, field of the record."""


def weave(record: PlanRecord, shared: Collection[str] = (), knowledge: Knowledge = NO_KNOWLEDGE) -> bytes:
    """Weave one plan.

    Parameters
    ----------
    record
        What was read from the document.
    shared
        The IRIs of the pillars and indicators in ``concepts.ttl``, to which the plan's own of the same name
        are matched.
    knowledge
        The words, and the bodies of the register, by which the plan's own statements are held against each other.

    Returns
    -------
    N-Quads in UTF-8, sorted: the plan's graph, then its provenance graph.
    """
    return _Weaver(record, shared, knowledge).quads()


class _Weaver:
    """Gathers the lines of one plan; ``facts`` and ``sources`` are the two graphs."""

    def __init__(self, record: PlanRecord, shared: Collection[str], knowledge: Knowledge) -> None:
        self._record = record
        self._shared = frozenset(shared)
        self._knowledge = knowledge
        self._plan = plan_iri(record.plan.id)
        self._facts: set[str] = set()
        self._sources: set[str] = set()
        self._parties = {party.name: party_iri(record.plan.id, party.kind, party.id) for party in record.parties}
        self._groups: dict[str, str] = {}
        self._parents: dict[str, str] = {}
        self._concepts: dict[tuple[str, str], str] = {}
        self._columns: dict[tuple[int, int, str, str], str] = {}
        self._by_ref: dict[str, list[str]] = {}
        for action in record.actions:
            if action.ref:
                self._by_ref.setdefault(action.ref, []).append(action_iri(action.id))

    def quads(self) -> bytes:
        self._weave_plan()
        self._weave_parties()
        for action in self._record.actions:
            self._weave_action(action)
        self._weave_document()
        derived = derive(self._record, self._knowledge)
        for subject, predicate, value in statements(self._record, derived, self._parties):
            self._say(subject, (predicate, value))
        plan = self._record.plan.id
        lines = [f"{line} <{plan_graph(plan)}> .\n" for line in sorted(self._facts)]
        lines += [f"{line} <{provenance_graph(plan)}> .\n" for line in sorted(self._sources)]
        return "".join(lines).encode()

    def _say(self, subject: str, *pairs: tuple[str, str | None]) -> None:
        """Add facts about one subject; a pair without an object says nothing."""
        self._facts.update(f"<{subject}> {predicate} {value}" for predicate, value in pairs if value is not None)

    def _cite(self, subject: str, *pairs: tuple[str, str | None]) -> None:
        """Add provenance about one subject."""
        self._sources.update(f"<{subject}> {predicate} {value}" for predicate, value in pairs if value is not None)

    def _weave_plan(self) -> None:
        plan = self._record.plan
        start, end = bounds(plan.period) if plan.period else (None, None)
        self._say(
            self._plan,
            (TYPE, pw("Plan")),
            (f"<{DCTERMS}title>", text(plan.title)),
            (pw("publisherName"), text(plan.publisher) if plan.publisher else None),
            (f"<{DCTERMS}publisher>", f"<{plan.publisher_id}>" if plan.publisher_id else None),
            (pw("domain"), text(plan.domain) if plan.domain else None),
            (pw("period"), edtf(plan.period) if plan.period else None),
            (pw("periodStart"), date(start) if start else None),
            (pw("periodEnd"), date(end) if end else None),
            (f"<{DCTERMS}source>", f"<{self._plan}/document>"),
        )
        if plan.publisher_id and plan.publisher:
            self._say(plan.publisher_id, (LABEL, text(plan.publisher)))
        for link, entries in (
            ("abbreviation", self._record.legend),
            ("definedTerm", self._record.definitions),
        ):
            for term, meaning in entries.items():
                node = f"{self._plan}/{link}/{segment(term)}"
                self._say(self._plan, (pw(link), f"<{node}>"))
                self._say(node, (LABEL, text(term)), (pw("meaning"), text(meaning)))

    def _weave_parties(self) -> None:
        for party in self._record.parties:
            self._say(
                self._parties[party.name],
                (TYPE, pw("Agency") if party.id.startswith(AGENCY) else pw("Party")),
                (LABEL, text(party.label)),
                (pw("partyKind"), f"<{BASE}party-kind/{party.kind}>"),
            )

    def _weave_action(self, action: Action) -> None:
        iri = action_iri(action.id)
        self._say(
            iri,
            (TYPE, pw("Action")),
            (pw("plan"), f"<{self._plan}>"),
            (pw("order"), number(action.n)),
            (pw("reference"), text(action.ref) if action.ref else None),
            (pw("text"), text(action.text)),
            (pw("group"), self._labelled("group", action.group, self._groups)),
            (pw("strategicAction"), self._labelled("strategic-action", action.parent, self._parents)),
            (pw("status"), f"<{BASE}status/{action.status}>"),
            *((pw("flag"), f"<{BASE}flag/{flag}>") for flag in action.flags),
            *((pw(BLANKS[why]), pw(field)) for field, why in action.blank.items()),
        )
        self._weave_concepts(iri, action)
        self._weave_due(iri, action)
        cells = [(cell, self._cell(row, cell)) for row in action.source for cell in row.cells]
        for row in action.source:
            self._weave_row(iri, row)
        self._weave_involvements(iri, action, cells)
        self._weave_lists(iri, action, cells)
        self._weave_updates(iri, action, cells)
        self._weave_crossrefs(iri, action, cells)
        self._weave_remarks(iri, action, cells)

    def _concept(self, kind: str, label: str) -> str:
        """The name of a pillar or indicator; labels that differ in little more than case get names that differ."""
        if (kind, label) not in self._concepts:
            name = slug(label)
            alike = sum(known[0] == kind and slug(known[1]) == name for known in self._concepts)
            self._concepts[kind, label] = f"{name}-{alike + 1}" if alike else name
        return self._concepts[kind, label]

    def _labelled(self, kind: str, label: str | None, known: dict[str, str]) -> str | None:
        """A node of the plan that several actions share, numbered in order of first appearance."""
        if label is None:
            return None
        if label not in known:
            known[label] = f"{self._plan}/{kind}/{len(known) + 1}"
            self._say(known[label], (LABEL, text(label)))
        return f"<{known[label]}>"

    def _weave_concepts(self, iri: str, action: Action) -> None:
        """Pillars and indicators: concepts of the plan, their printed order kept where it is not the alphabet's."""
        for kind, labels in (("pillar", action.pillars), ("indicator", action.indicators)):
            slugs = [self._concept(kind, label) for label in labels]
            if slugs != sorted(slugs):
                self._say(iri, (pw(f"{kind}Order"), text("\n".join(labels))))
            for label, name in zip(labels, slugs, strict=True):
                node = f"{self._plan}/{kind}/{name}"
                self._say(iri, (pw(kind), f"<{node}>"))
                # A pillar means what the shared one means where the plan itself defines it; an indicator's
                # words are stated by the loader.
                alike = f"{BASE}{kind}/{name}"
                meant = alike in self._shared and (kind == "indicator" or label in self._record.definitions)
                self._say(
                    node,
                    (TYPE, pw(kind.capitalize())),
                    (LABEL, text(label)),
                    (f"<{SKOS}inScheme>", f"<{self._plan}/{kind}s>"),
                    (f"<{SKOS}closeMatch>", f"<{alike}>" if meant else None),
                )
                self._say(f"{self._plan}/{kind}s", (TYPE, f"<{SKOS}ConceptScheme>"))

    def _weave_due(self, iri: str, action: Action) -> None:
        due = action.due
        if not due.text:
            return
        earliest, latest = bounds(due.edtf) if due.edtf else (None, None)
        self._say(
            iri,
            (pw("dueText"), text(due.text)),
            (pw("dueKind"), f"<{BASE}timing/{due.kind}>"),
            (pw("due"), edtf(due.edtf) if due.edtf else None),
            (pw("dueEarliest"), date(earliest) if earliest else None),
            (pw("dueLatest"), date(latest) if latest else None),
        )

    def _weave_row(self, iri: str, row: SourceRow) -> None:
        node = self._row(row)
        self._cite(iri, (pw("printedAt"), f"<{node}>"))
        self._cite(
            node,
            (pw("page"), number(row.page) if row.page is not None else None),
            (pw("table"), number(row.table)),
            (pw("row"), number(row.row)),
            (pw("line"), number(row.line) if row.line is not None else None),
        )
        for cell in row.cells:
            self._cite(
                self._cell(row, cell),
                (pw("inRow"), f"<{node}>"),
                (pw("inColumn"), f"<{self._column(row, cell)}>"),
                (pw("cellText"), text(cell.text)),
            )

    def _row(self, row: SourceRow) -> str:
        return f"{self._plan}/source/t{row.table}/r{row.row}"

    def _cell(self, row: SourceRow, cell: Cell) -> str:
        return f"{self._row(row)}/c{cell.column}"

    def _column(self, row: SourceRow, cell: Cell) -> str:
        """The column of a table; one that is headed anew further down is another column."""
        key = (row.table, cell.column, cell.heading, cell.field)
        if key not in self._columns:
            again = sum(known[:2] == key[:2] for known in self._columns)
            suffix = f"-{again + 1}" if again else ""
            self._columns[key] = node = f"{self._plan}/source/t{row.table}/c{cell.column}{suffix}"
            self._cite(
                node,
                (pw("column"), number(cell.column)),
                (pw("heading"), text(cell.heading)),
                (pw("gives"), pw(GIVES.get(cell.field, cell.field))),
            )
        return self._columns[key]

    def _state(self, node: str, cells: list[tuple[Cell, str]], fields: Iterable[str], text: str) -> None:
        """Lead a value back to the cell that prints it: of its own field, the first that holds its words."""
        own = [(cell, iri) for cell, iri in cells if cell.field in fields]
        holding = [iri for cell, iri in own if text in cell.text or text in " ".join(cell.text.split())]
        for iri in holding[:1] or [iri for _, iri in own]:
            self._cite(node, (pw("statedIn"), f"<{iri}>"))

    def _weave_involvements(self, iri: str, action: Action, cells: list[tuple[Cell, str]]) -> None:
        for kind, role, direct, field in ROLES:
            names: tuple[str, ...] = getattr(action, field)
            for place, name in enumerate(names, start=1):
                node = f"{iri}/{kind}/{place}"
                party = f"<{self._parties[name]}>"
                self._say(iri, (pw(direct), party), (pw("involvement"), f"<{node}>"))
                self._say(node, (TYPE, pw(role)), (pw("party"), party), (pw("printedName"), text(name)))
                fields = {kind} if kind != "mention" else {cell.field for cell, _ in cells} - {"lead", "partner"}
                self._state(node, cells, fields, name)

    def _weave_lists(self, iri: str, action: Action, cells: list[tuple[Cell, str]]) -> None:
        for kind, items, fields in (
            ("outcome", action.outcomes, ("outcome", "evidence")),
            ("evidence", action.evidence, ("evidence",)),
        ):
            for place, item in enumerate(items, start=1):
                node = f"{iri}/{kind}/{place}"
                self._say(iri, (pw(kind), f"<{node}>"))
                self._say(node, (TYPE, pw(kind.capitalize())), (LABEL, text(item)))
                self._state(node, cells, fields, item)
        for place, target in enumerate(action.targets, start=1):
            node = f"{iri}/target/{place}"
            self._say(iri, (pw("target"), f"<{node}>"))
            self._say(
                node,
                (TYPE, pw("Target")),
                (LABEL, text(target.text)),
                (pw("number"), number(target.number)),
                (pw("unit"), text(target.unit)),
                (pw("per"), text(target.per) if target.per else None),
            )
            self._state(node, cells, ("outcome", "evidence"), target.text)

    def _weave_updates(self, iri: str, action: Action, cells: list[tuple[Cell, str]]) -> None:
        for place, update in enumerate(action.updates, start=1):
            node = f"{iri}/update/{place}"
            day = bounds(update.date)[0] if update.date else None
            self._say(iri, (pw("update"), f"<{node}>"))
            self._say(
                node,
                (TYPE, pw("Update")),
                (pw("text"), text(update.text)),
                (pw("date"), edtf(update.date) if update.date else None),
                (pw("dateEarliest"), date(day) if day else None),
                (pw("yearInferred"), TRUE if update.year_inferred else None),
            )
            self._state(node, cells, ("update",), update.text)

    def _weave_crossrefs(self, iri: str, action: Action, cells: list[tuple[Cell, str]]) -> None:
        for place, ref in enumerate(action.crossrefs, start=1):
            node = f"{iri}/cross-reference/{place}"
            # A reference printed twice leads to both actions: which is meant, the plan does not say.
            others = [f"<{other}>" for other in self._by_ref.get(ref, ())]
            self._say(iri, (pw("crossReference"), f"<{node}>"), *((pw("relatedTo"), other) for other in others))
            self._say(
                node,
                (TYPE, pw("CrossReference")),
                (pw("printedReference"), text(ref)),
                *((pw("refersTo"), other) for other in others),
            )
            self._state(node, cells, ("crossref",), ref)

    def _weave_remarks(self, iri: str, action: Action, cells: list[tuple[Cell, str]]) -> None:
        """Columns without a field of their own, and stated corrections."""
        for place, (heading, value) in enumerate(action.extra.items(), start=1):
            node = f"{iri}/extra/{place}"
            self._say(iri, (pw("extra"), f"<{node}>"))
            self._say(node, (pw("heading"), text(heading)), (pw("text"), text(value)))
            self._state(node, cells, ("extra",), value)
        for place, correction in enumerate(action.corrections, start=1):
            node = f"{iri}/correction/{place}"
            self._say(iri, (pw("correction"), f"<{node}>"))
            self._say(
                node,
                (TYPE, pw("Correction")),
                (pw("correctedField"), text(correction.field)),
                (pw("printedText"), text(correction.printed)),
                (pw("reading"), text("\n".join(correction.read)) if correction.read else None),
                (pw("dropped"), text("\n".join(correction.dropped)) if correction.dropped else None),
                (pw("reason"), text(correction.reason)),
            )

    def _weave_document(self) -> None:
        record = self._record
        document = f"{self._plan}/document"
        self._cite(
            document,
            (TYPE, pw("Document")),
            (pw("fileName"), text(record.plan.source)),
            (f"<{DCTERMS}format>", text(record.origin.media_type)),
            (pw("encoding"), text(record.origin.encoding)),
            (pw("sha256"), text(record.origin.sha256)),
            (pw("loader"), text(record.origin.loader) if record.origin.loader else None),
            (pw("readBy"), text(record.origin.planweave)),
            (pw("kept"), decimal(record.kept)),
            (pw("placed"), decimal(record.placed)),
        )
        for place, context in enumerate(record.context, start=1):
            node = f"{self._plan}/context/{place}"
            self._cite(document, (pw("context"), f"<{node}>"))
            self._cite(
                node,
                (pw("text"), text(context.text)),
                (pw("place"), text(context.where)),
                (pw("contextRole"), text(context.role)),
            )
            for label, group in self._groups.items():
                if context.role == "heading" and context.text.endswith(label):
                    self._cite(group, (pw("statedIn"), f"<{node}>"))
        for place, unplaced in enumerate(record.unplaced, start=1):
            node = f"{self._plan}/unplaced/{place}"
            self._cite(document, (pw("unplaced"), f"<{node}>"))
            self._cite(node, (pw("text"), text(unplaced.text)), (pw("place"), text(unplaced.where)))
        self._weave_confidence(document)

    def _weave_confidence(self, document: str) -> None:
        """What each column was read as, which values are unsure, how sure the whole is."""
        record = self._record
        self._cite(document, (pw("confidence"), decimal(record.confidence)))
        for place, column in enumerate(record.columns, start=1):
            node = f"{self._plan}/column-reading/{place}"
            self._cite(document, (pw("columnReading"), f"<{node}>"))
            self._cite(
                node,
                (TYPE, pw("ColumnReading")),
                (pw("table"), number(column.table)),
                (pw("column"), number(column.column)),
                (pw("heading"), text(column.heading)),
                (pw("readAs"), text(column.field)),
                (pw("decidedBy"), text(column.how)),
                (pw("confidence"), decimal(column.confidence)),
            )
        for place, doubt in enumerate(record.doubts, start=1):
            node = f"{self._plan}/doubt/{place}"
            self._cite(document, (pw("doubt"), f"<{node}>"))
            self._cite(
                node,
                (TYPE, pw("Doubt")),
                (pw("doubtedAction"), f"<{action_iri(doubt.action)}>"),
                (pw("readAs"), text(doubt.field)),
                (pw("reason"), text(doubt.why)),
                (pw("confidence"), decimal(doubt.confidence)),
            )
