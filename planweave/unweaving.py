"""Quads → records: the way back from one plan's two graphs to exactly the record they were woven from."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, cast

from planweave.records import (
    BLANK_FIELDS,
    FLAGS,
    Action,
    Cell,
    ColumnReading,
    Context,
    Correction,
    Doubt,
    Due,
    Origin,
    Party,
    Plan,
    PlanRecord,
    SourceRow,
    Target,
    Unplaced,
    Update,
)
from planweave.terms import AGENCY, BLANKS, DCTERMS, GIVES, PW, RDFS, local, plan_iri

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planweave.records import Blank, ContextRole, DueKind, How, PartyKind, Status
    from planweave.store import Triple

__all__ = ["unweave"]

LABEL = RDFS + "label"
FIELDS = {name: field for field, name in GIVES.items()}


def unweave(plan: str, facts: Iterable[Triple], sources: Iterable[Triple]) -> PlanRecord:
    """Give the record of a plan from its facts and its provenance.

    Parameters
    ----------
    plan
        The plan's id.
    facts, sources
        The triples of its graph and of its provenance graph, in any order.
    """
    return _Unweaver(plan, facts, sources).record()


class _Node:
    """What is said of one subject."""

    def __init__(self) -> None:
        self._values: dict[str, list[str]] = defaultdict(list)

    def add(self, predicate: str, value: str) -> None:
        self._values[predicate].append(value)

    def all(self, predicate: str) -> list[str]:
        """Every object of a property, in the order of the numbers their IRIs end in."""
        return sorted(self._values.get(predicate, ()), key=_place)

    def get(self, predicate: str) -> str | None:
        values = self._values.get(predicate)
        return str(values[0]) if values else None

    def text(self, predicate: str) -> str:
        return self.get(predicate) or ""

    def number(self, predicate: str) -> int | None:
        value = self.get(predicate)
        return None if value is None else int(value)


def _place(iri: str) -> tuple[int, str]:
    tail = iri.rsplit("/", 1)[-1]
    return (int(tail) if tail.isdecimal() else 0, iri)


def _pw(name: str) -> str:
    return PW + name


class _Unweaver:
    def __init__(self, plan: str, facts: Iterable[Triple], sources: Iterable[Triple]) -> None:
        self._id = plan
        self._iri = plan_iri(plan)
        self._nodes: dict[str, _Node] = defaultdict(_Node)
        for triples in (facts, sources):
            for triple in triples:
                self._nodes[triple.subject].add(triple.predicate, triple.object)
        self._rows = self._printed_rows()

    def record(self) -> PlanRecord:
        plan, document = self._nodes[self._iri], self._nodes[f"{self._iri}/document"]
        actions = sorted(
            (self._action(iri, node) for iri, node in self._nodes.items() if node.get(_pw("plan"))),
            key=lambda a: a.n,
        )
        return PlanRecord(
            plan=Plan(
                id=self._id,
                title=plan.text(DCTERMS + "title"),
                publisher=plan.get(_pw("publisherName")),
                publisher_id=plan.get(DCTERMS + "publisher"),
                domain=plan.get(_pw("domain")),
                period=plan.get(_pw("period")),
                source=document.text(_pw("fileName")),
            ),
            legend=self._terms(plan, "abbreviation"),
            definitions=self._terms(plan, "definedTerm"),
            parties=self._parties(),
            actions=tuple(actions),
            context=tuple(
                Context(
                    self._nodes[iri].text(_pw("text")),
                    self._nodes[iri].text(_pw("place")),
                    cast("ContextRole", self._nodes[iri].text(_pw("contextRole"))),
                )
                for iri in document.all(_pw("context"))
            ),
            unplaced=tuple(
                Unplaced(self._nodes[iri].text(_pw("text")), self._nodes[iri].text(_pw("place")))
                for iri in document.all(_pw("unplaced"))
            ),
            kept=float(document.text(_pw("kept"))),
            placed=float(document.text(_pw("placed"))),
            origin=Origin(
                sha256=document.text(_pw("sha256")),
                media_type=document.text(DCTERMS + "format"),
                encoding=document.text(_pw("encoding")),
                loader=document.get(_pw("loader")),
                planweave=document.text(_pw("readBy")),
            ),
            columns=tuple(self._column_reading(self._nodes[iri]) for iri in document.all(_pw("columnReading"))),
            doubts=tuple(self._doubt(self._nodes[iri]) for iri in document.all(_pw("doubt"))),
            confidence=float(document.text(_pw("confidence")) or 1),
        )

    def _column_reading(self, node: _Node) -> ColumnReading:
        return ColumnReading(
            node.number(_pw("table")) or 0,
            node.number(_pw("column")) or 0,
            node.text(_pw("heading")),
            node.text(_pw("readAs")),
            cast("How", node.text(_pw("decidedBy"))),
            float(node.text(_pw("confidence"))),
        )

    def _doubt(self, node: _Node) -> Doubt:
        return Doubt(
            f"{self._id}/{local(node.text(_pw('doubtedAction')))}",
            node.text(_pw("readAs")),
            float(node.text(_pw("confidence"))),
            node.text(_pw("reason")),
        )

    def _terms(self, plan: _Node, link: str) -> dict[str, str]:
        nodes = (self._nodes[iri] for iri in plan.all(_pw(link)))
        return dict(sorted((node.text(LABEL), node.text(_pw("meaning"))) for node in nodes))

    def _parties(self) -> tuple[Party, ...]:
        """Every printed name with its party, from the involvements."""
        named = {
            node.text(_pw("printedName")): node.text(_pw("party"))
            for node in list(self._nodes.values())
            if node.get(_pw("printedName")) is not None
        }
        return tuple(self._party(name, iri) for name, iri in sorted(named.items()))

    def _party(self, name: str, iri: str) -> Party:
        node = self._nodes[iri]
        kind = cast("PartyKind", local(node.text(_pw("partyKind"))))
        return Party(name, kind, iri if iri.startswith(AGENCY) else local(iri), node.text(LABEL))

    def _printed_rows(self) -> dict[str, SourceRow]:
        """Every printed row by its IRI, its cells in the order of their columns."""
        cells: dict[str, list[Cell]] = defaultdict(list)
        for node in list(self._nodes.values()):
            row = node.get(_pw("inRow"))
            if row:
                column = self._nodes[node.text(_pw("inColumn"))]
                given = local(column.text(_pw("gives")))
                cells[row].append(
                    Cell(
                        column.number(_pw("column")) or 0,
                        column.text(_pw("heading")),
                        node.text(_pw("cellText")),
                        FIELDS.get(given, given),
                    )
                )
        return {
            iri: SourceRow(
                page=self._nodes[iri].number(_pw("page")),
                table=self._nodes[iri].number(_pw("table")) or 0,
                row=self._nodes[iri].number(_pw("row")) or 0,
                line=self._nodes[iri].number(_pw("line")),
                cells=tuple(sorted(printed, key=lambda cell: cell.column)),
            )
            for iri, printed in cells.items()
        }

    def _labels(self, node: _Node, predicate: str) -> tuple[str, ...]:
        return tuple(self._nodes[iri].text(LABEL) for iri in node.all(_pw(predicate)))

    def _concepts(self, node: _Node, kind: str) -> tuple[str, ...]:
        order = node.get(_pw(f"{kind}Order"))
        if order is not None:
            return tuple(order.split("\n"))
        return tuple(self._nodes[iri].text(LABEL) for iri in sorted(node.all(_pw(kind)), key=local))

    def _names(self, iri: str, node: _Node, kind: str) -> tuple[str, ...]:
        nodes = [i for i in node.all(_pw("involvement")) if i.startswith(f"{iri}/{kind}/")]
        return tuple(self._nodes[i].text(_pw("printedName")) for i in nodes)

    def _action(self, iri: str, node: _Node) -> Action:
        group, parent = node.get(_pw("group")), node.get(_pw("strategicAction"))
        flags = {local(flag) for flag in node.all(_pw("flag"))}
        blank = {
            local(field): cast("Blank", why) for why, predicate in BLANKS.items() for field in node.all(_pw(predicate))
        }
        return Action(
            id=f"{self._id}/{local(iri)}",
            n=node.number(_pw("order")) or 0,
            ref=node.get(_pw("reference")),
            text=node.text(_pw("text")),
            group=self._nodes[group].text(LABEL) if group else None,
            parent=self._nodes[parent].text(LABEL) if parent else None,
            pillars=self._concepts(node, "pillar"),
            leads=self._names(iri, node, "lead"),
            partners=self._names(iri, node, "partner"),
            mentions=self._names(iri, node, "mention"),
            due=Due(
                node.text(_pw("dueText")),
                cast("DueKind", local(node.get(_pw("dueKind")) or "none")),
                node.get(_pw("due")),
            ),
            outcomes=self._labels(node, "outcome"),
            evidence=self._labels(node, "evidence"),
            indicators=self._concepts(node, "indicator"),
            targets=tuple(self._target(self._nodes[i]) for i in node.all(_pw("target"))),
            status=cast("Status", local(node.text(_pw("status")))),
            updates=tuple(self._update(self._nodes[i]) for i in node.all(_pw("update"))),
            crossrefs=tuple(self._nodes[i].text(_pw("printedReference")) for i in node.all(_pw("crossReference"))),
            flags=tuple(flag for flag in FLAGS if flag in flags),
            blank={field: blank[field] for field in BLANK_FIELDS if field in blank},
            extra={
                self._nodes[i].text(_pw("heading")): self._nodes[i].text(_pw("text")) for i in node.all(_pw("extra"))
            },
            corrections=tuple(self._correction(self._nodes[i]) for i in node.all(_pw("correction"))),
            source=tuple(
                sorted((self._rows[i] for i in node.all(_pw("printedAt"))), key=lambda row: (row.table, row.row))
            ),
        )

    def _target(self, node: _Node) -> Target:
        printed = node.text(_pw("number"))
        number = float(printed) if "." in printed else int(printed)
        return Target(node.text(LABEL), number, node.text(_pw("unit")), node.get(_pw("per")))

    def _update(self, node: _Node) -> Update:
        return Update(node.get(_pw("date")), node.text(_pw("text")), node.get(_pw("yearInferred")) is not None)

    def _correction(self, node: _Node) -> Correction:
        return Correction(
            node.text(_pw("correctedField")),
            node.text(_pw("printedText")),
            tuple(node.text(_pw("reading")).splitlines()),
            tuple(node.text(_pw("dropped")).splitlines()),
            node.text(_pw("reason")),
        )
