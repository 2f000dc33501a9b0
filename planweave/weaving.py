"""Records → quads: one plan's facts, and beside them where each fact stands in the document.

The result is N-Quads text, sorted, without blank nodes and without any clock time: the same record gives
the same bytes. :mod:`planweave.unweaving` is the way back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from planweave.dates import bounds
from planweave.terms import (
    AGENCY,
    BASE,
    DCTERMS,
    EDTF,
    PW,
    RDF,
    RDFS,
    SKOS,
    XSD,
    action_iri,
    plan_graph,
    plan_iri,
    provenance_graph,
    segment,
    slug,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable

    from planweave.records import Action, Cell, PlanRecord, SourceRow

__all__ = ["weave"]

A: Final = f"<{RDF}type>"
LABEL: Final = f"<{RDFS}label>"
INTEGER: Final = f"^^<{XSD}integer>"
DECIMAL: Final = f"^^<{XSD}decimal>"
DATE: Final = f"^^<{XSD}date>"
TRUE: Final = f'"true"^^<{XSD}boolean>'

ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

ROLES: Final = (("lead", "Lead", "lead", "leads"), ("partner", "Partner", "partner", "partners"), ("mention", "Mention", "mentions", "mentions"))
"""Segment of the IRI, class, direct property, field of the record."""

GIVES: Final = {"ref": "reference", "parent": "strategicAction", "crossref": "crossReference"}
"""Fields of a column whose property has another name."""

BLANKS: Final = {"no-column": "noColumnFor", "empty": "emptyCellFor", "not-understood": "notUnderstoodFor"}


def _pw(name: str) -> str:
    return f"<{PW}{name}>"


def _text(value: str) -> str:
    """A string literal in N-Quads."""
    escaped = value.translate(ESCAPED)
    if CONTROL.search(escaped):
        escaped = CONTROL.sub(lambda match: f"\\u{ord(match[0]):04X}", escaped)
    return f'"{escaped}"'


def _edtf(value: str) -> str:
    return f"{_text(value)}^^<{EDTF}>"


def _date(value: dt.date) -> str:
    return f'"{value.isoformat()}"{DATE}'


def _number(value: float) -> str:
    return f'"{value}"{INTEGER}' if isinstance(value, int) or value.is_integer() else f'"{value}"{DECIMAL}'


def weave(record: PlanRecord, shared_pillars: Collection[str] = ()) -> bytes:
    """Weave one plan.

    Parameters
    ----------
    record
        What was read from the document.
    shared_pillars
        The slugs of the pillars in ``concepts.ttl``; a pillar that the plan itself defines under such a
        name is matched to it.

    Returns
    -------
    N-Quads in UTF-8, sorted: the plan's graph, then its provenance graph.
    """
    return _Weaver(record, shared_pillars).quads()


class _Weaver:
    """Gathers the lines of one plan; ``facts`` and ``sources`` are the two graphs."""

    def __init__(self, record: PlanRecord, shared_pillars: Collection[str]) -> None:
        self._record = record
        self._shared = frozenset(shared_pillars)
        self._plan = plan_iri(record.plan.id)
        self._facts: set[str] = set()
        self._sources: set[str] = set()
        self._parties = {party.name: self._party_iri(party.kind, party.id) for party in record.parties}
        self._groups: dict[str, str] = {}
        self._parents: dict[str, str] = {}
        self._columns: dict[tuple[int, int, str, str], str] = {}
        self._by_ref: dict[str, str] = {}
        for action in record.actions:
            if action.ref:
                self._by_ref.setdefault(action.ref, action_iri(action.id))

    def quads(self) -> bytes:
        self._weave_plan()
        self._weave_parties()
        for action in self._record.actions:
            self._weave_action(action)
        self._weave_document()
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

    def _party_iri(self, kind: str, identifier: str) -> str:
        registered = identifier.startswith(AGENCY)
        return identifier if registered or kind == "agency" else f"{self._plan}/party/{segment(identifier)}"

    def _weave_plan(self) -> None:
        plan = self._record.plan
        start, end = bounds(plan.period) if plan.period else (None, None)
        self._say(
            self._plan,
            (A, _pw("Plan")),
            (f"<{DCTERMS}title>", _text(plan.title)),
            (_pw("publisherName"), _text(plan.publisher) if plan.publisher else None),
            (f"<{DCTERMS}publisher>", f"<{plan.publisher_id}>" if plan.publisher_id else None),
            (_pw("domain"), _text(plan.domain) if plan.domain else None),
            (_pw("period"), _edtf(plan.period) if plan.period else None),
            (_pw("periodStart"), _date(start) if start else None),
            (_pw("periodEnd"), _date(end) if end else None),
            (f"<{DCTERMS}source>", f"<{self._plan}/document>"),
        )
        if plan.publisher_id and plan.publisher:
            self._say(plan.publisher_id, (LABEL, _text(plan.publisher)))
        for link, entries in (("abbreviation", self._record.legend), ("definedTerm", self._record.definitions)):
            for term, meaning in entries.items():
                node = f"{self._plan}/{link}/{segment(term)}"
                self._say(self._plan, (_pw(link), f"<{node}>"))
                self._say(node, (LABEL, _text(term)), (_pw("meaning"), _text(meaning)))

    def _weave_parties(self) -> None:
        for party in self._record.parties:
            self._say(
                self._parties[party.name],
                (A, _pw("Agency") if party.kind == "agency" else _pw("Party")),
                (LABEL, _text(party.label)),
                (_pw("partyKind"), f"<{BASE}party-kind/{party.kind}>"),
            )

    def _weave_action(self, action: Action) -> None:
        iri = action_iri(action.id)
        self._say(
            iri,
            (A, _pw("Action")),
            (_pw("plan"), f"<{self._plan}>"),
            (_pw("order"), _number(action.n)),
            (_pw("reference"), _text(action.ref) if action.ref else None),
            (_pw("text"), _text(action.text)),
            (_pw("group"), self._labelled("group", action.group, self._groups)),
            (_pw("strategicAction"), self._labelled("strategic-action", action.parent, self._parents)),
            (_pw("status"), f"<{BASE}status/{action.status}>"),
            *((_pw("flag"), f"<{BASE}flag/{flag}>") for flag in action.flags),
            *((_pw(BLANKS[why]), _pw(field)) for field, why in action.blank.items()),
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

    def _labelled(self, kind: str, label: str | None, known: dict[str, str]) -> str | None:
        """A node of the plan that several actions share, numbered in order of first appearance."""
        if label is None:
            return None
        if label not in known:
            known[label] = f"{self._plan}/{kind}/{len(known) + 1}"
            self._say(known[label], (LABEL, _text(label)))
        return f"<{known[label]}>"

    def _weave_concepts(self, iri: str, action: Action) -> None:
        """Pillars and indicators: concepts of the plan, their printed order kept where it is not the alphabet's."""
        for kind, labels in (("pillar", action.pillars), ("indicator", action.indicators)):
            slugs = [slug(label) for label in labels]
            if slugs != sorted(slugs):
                self._say(iri, (_pw(f"{kind}Order"), _text("\n".join(labels))))
            for label, name in zip(labels, slugs, strict=True):
                node = f"{self._plan}/{kind}/{name}"
                self._say(iri, (_pw(kind), f"<{node}>"))
                defined = kind == "pillar" and label in self._record.definitions and name in self._shared
                self._say(
                    node,
                    (A, _pw(kind.capitalize())),
                    (LABEL, _text(label)),
                    (f"<{SKOS}closeMatch>", f"<{BASE}pillar/{name}>" if defined else None),
                )

    def _weave_due(self, iri: str, action: Action) -> None:
        due = action.due
        if not due.text:
            return
        earliest, latest = bounds(due.edtf) if due.edtf else (None, None)
        self._say(
            iri,
            (_pw("dueText"), _text(due.text)),
            (_pw("dueKind"), f"<{BASE}timing/{due.kind}>"),
            (_pw("due"), _edtf(due.edtf) if due.edtf else None),
            (_pw("dueEarliest"), _date(earliest) if earliest else None),
            (_pw("dueLatest"), _date(latest) if latest else None),
        )

    def _weave_row(self, iri: str, row: SourceRow) -> None:
        node = self._row(row)
        self._cite(iri, (_pw("printedAt"), f"<{node}>"))
        self._cite(
            node,
            (_pw("page"), _number(row.page) if row.page is not None else None),
            (_pw("table"), _number(row.table)),
            (_pw("row"), _number(row.row)),
            (_pw("line"), _number(row.line) if row.line is not None else None),
        )
        for cell in row.cells:
            self._cite(
                self._cell(row, cell),
                (_pw("inRow"), f"<{node}>"),
                (_pw("inColumn"), f"<{self._column(row, cell)}>"),
                (_pw("cellText"), _text(cell.text)),
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
                (_pw("column"), _number(cell.column)),
                (_pw("heading"), _text(cell.heading)),
                (_pw("gives"), _pw(GIVES.get(cell.field, cell.field))),
            )
        return self._columns[key]

    def _state(self, node: str, cells: list[tuple[Cell, str]], fields: Iterable[str], text: str) -> None:
        """Lead a value back to the cell that prints it: of its own field, the first that holds its words."""
        own = [(cell, iri) for cell, iri in cells if cell.field in fields]
        holding = [iri for cell, iri in own if text in cell.text or text in " ".join(cell.text.split())]
        for iri in holding[:1] or [iri for _, iri in own]:
            self._cite(node, (_pw("statedIn"), f"<{iri}>"))

    def _weave_involvements(self, iri: str, action: Action, cells: list[tuple[Cell, str]]) -> None:
        for kind, role, direct, field in ROLES:
            names: tuple[str, ...] = getattr(action, field)
            for place, name in enumerate(names, start=1):
                node = f"{iri}/{kind}/{place}"
                party = f"<{self._parties[name]}>"
                self._say(iri, (_pw(direct), party), (_pw("involvement"), f"<{node}>"))
                self._say(node, (A, _pw(role)), (_pw("party"), party), (_pw("printedName"), _text(name)))
                fields = {kind} if kind != "mention" else {cell.field for cell, _ in cells} - {"lead", "partner"}
                self._state(node, cells, fields, name)

    def _weave_lists(self, iri: str, action: Action, cells: list[tuple[Cell, str]]) -> None:
        for kind, items, fields in (
            ("outcome", action.outcomes, ("outcome", "evidence")),
            ("evidence", action.evidence, ("evidence",)),
        ):
            for place, item in enumerate(items, start=1):
                node = f"{iri}/{kind}/{place}"
                self._say(iri, (_pw(kind), f"<{node}>"))
                self._say(node, (A, _pw(kind.capitalize())), (LABEL, _text(item)))
                self._state(node, cells, fields, item)
        for place, target in enumerate(action.targets, start=1):
            node = f"{iri}/target/{place}"
            self._say(iri, (_pw("target"), f"<{node}>"))
            self._say(
                node,
                (A, _pw("Target")),
                (LABEL, _text(target.text)),
                (_pw("number"), _number(target.number)),
                (_pw("unit"), _text(target.unit)),
                (_pw("per"), _text(target.per) if target.per else None),
            )
            self._state(node, cells, ("outcome", "evidence"), target.text)

    def _weave_updates(self, iri: str, action: Action, cells: list[tuple[Cell, str]]) -> None:
        for place, update in enumerate(action.updates, start=1):
            node = f"{iri}/update/{place}"
            day = bounds(update.date)[0] if update.date else None
            self._say(iri, (_pw("update"), f"<{node}>"))
            self._say(
                node,
                (A, _pw("Update")),
                (_pw("text"), _text(update.text)),
                (_pw("date"), _edtf(update.date) if update.date else None),
                (_pw("dateEarliest"), _date(day) if day else None),
                (_pw("yearInferred"), TRUE if update.year_inferred else None),
            )
            self._state(node, cells, ("update",), update.text)

    def _weave_crossrefs(self, iri: str, action: Action, cells: list[tuple[Cell, str]]) -> None:
        for place, ref in enumerate(action.crossrefs, start=1):
            node = f"{iri}/cross-reference/{place}"
            other = self._by_ref.get(ref)
            self._say(iri, (_pw("crossReference"), f"<{node}>"), (_pw("relatedTo"), f"<{other}>" if other else None))
            self._say(
                node,
                (A, _pw("CrossReference")),
                (_pw("printedReference"), _text(ref)),
                (_pw("refersTo"), f"<{other}>" if other else None),
            )
            self._state(node, cells, ("crossref",), ref)

    def _weave_remarks(self, iri: str, action: Action, cells: list[tuple[Cell, str]]) -> None:
        """Columns without a field of their own, and stated corrections."""
        for place, (heading, value) in enumerate(action.extra.items(), start=1):
            node = f"{iri}/extra/{place}"
            self._say(iri, (_pw("extra"), f"<{node}>"))
            self._say(node, (_pw("heading"), _text(heading)), (_pw("text"), _text(value)))
            self._state(node, cells, ("extra",), value)
        for place, correction in enumerate(action.corrections, start=1):
            node = f"{iri}/correction/{place}"
            self._say(iri, (_pw("correction"), f"<{node}>"))
            self._say(
                node,
                (A, _pw("Correction")),
                (_pw("correctedField"), _text(correction.field)),
                (_pw("printedText"), _text(correction.printed)),
                (_pw("reading"), _text("\n".join(correction.read)) if correction.read else None),
                (_pw("dropped"), _text("\n".join(correction.dropped)) if correction.dropped else None),
                (_pw("reason"), _text(correction.reason)),
            )

    def _weave_document(self) -> None:
        record = self._record
        document = f"{self._plan}/document"
        self._cite(
            document,
            (A, _pw("Document")),
            (_pw("fileName"), _text(record.plan.source)),
            (f"<{DCTERMS}format>", _text(record.origin.media_type)),
            (_pw("encoding"), _text(record.origin.encoding)),
            (_pw("sha256"), _text(record.origin.sha256)),
            (_pw("loader"), _text(record.origin.loader) if record.origin.loader else None),
            (_pw("readBy"), _text(record.origin.planweave)),
            (_pw("kept"), f'"{record.kept}"{DECIMAL}'),
            (_pw("placed"), f'"{record.placed}"{DECIMAL}'),
        )
        for place, context in enumerate(record.context, start=1):
            node = f"{self._plan}/context/{place}"
            self._cite(document, (_pw("context"), f"<{node}>"))
            self._cite(
                node,
                (_pw("text"), _text(context.text)),
                (_pw("place"), _text(context.where)),
                (_pw("contextRole"), _text(context.role)),
            )
            for label, group in self._groups.items():
                if context.role == "heading" and context.text.endswith(label):
                    self._cite(group, (_pw("statedIn"), f"<{node}>"))
        for place, unplaced in enumerate(record.unplaced, start=1):
            node = f"{self._plan}/unplaced/{place}"
            self._cite(document, (_pw("unplaced"), f"<{node}>"))
            self._cite(node, (_pw("text"), _text(unplaced.text)), (_pw("place"), _text(unplaced.where)))
