"""The facts that a what-if needs: asked of the graph by questions that anybody can ask, or read in the records."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, cast

from planweave.dates import bounds
from planweave.findings import Where
from planweave.networks.what_if.bodies import Relation
from planweave.networks.what_if.facts import Action, Link, Part, Party
from planweave.reporting.words import place_words
from planweave.store import Node
from planweave.terms import action_iri, local

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from planweave.asking.questions import Question
    from planweave.networks.what_if.facts import Role
    from planweave.records import Action as Record
    from planweave.records import PlanRecord
    from planweave.store import Store

__all__ = ["Facts"]

MANY: Final = 200
"""More plans than these are asked all at once, which takes as long as so many one by one."""


class Facts:
    """The facts of a graph, or of one plan of it.

    Parameters
    ----------
    store
        The graph.
    questions
        The questions of the library.
    record
        Gives the record of a plan by its id.
    plan
        The one plan that is looked at; None looks at all.
    """

    def __init__(
        self,
        store: Store,
        questions: Mapping[str, Question],
        record: Callable[[str], PlanRecord],
        plan: Node | None = None,
    ) -> None:
        self._store, self._questions, self._record, self._plan = store, questions, record, plan

    def relations(self) -> list[Relation]:
        """What the register says of bodies that are parts of others or came after them."""
        return [
            Relation(row["body"].value, row["name"].value, cast("Any", row["how"].value), row["of"].value, named)
            for row in self._rows("parts-and-successors")
            for named in [row["ofName"].value]
        ]

    def name_of(self, party: str) -> str | None:
        """Give the name of a party in full, where a plan or the register has it."""
        rows = self._rows("body-names", party=Node(party))
        if (row := next(rows, None)) is not None:
            return row["name"].value
        return next((part.party.name for part in self._parts(party) if part.party.iri == party), None)

    def parts_beside(self, bodies: Iterable[str]) -> list[Part]:
        """Give all the parts in the actions in which any of some bodies stands, each once."""
        return list(dict.fromkeys(part for body in bodies for part in self._parts(body)))

    def _parts(self, party: str) -> Iterator[Part]:
        for row in self._rows("parties-beside", party=Node(party), plan=self._plan):
            other = Party(row["other"].value, row["name"].value, local(row["kind"].value))
            yield Part(row["action"].value, cast("Role", row["role"].value), other, row["printed"].value)

    def links(self, plans: Collection[str]) -> list[Link]:
        """Give what the actions of some plans say of each other."""
        asked: list[Node | None] = [Node(plan) for plan in sorted(plans)]
        if len(asked) > MANY:
            asked = [self._plan]
        rows = [row for plan in asked for row in self._rows("linked-actions", plan=plan)]
        shared = Counter((row["action"].value, row["to"].value, row["how"].value) for row in rows)
        return [
            Link(
                row["action"].value,
                row["other"].value,
                row["to"].value,
                row["words"].value if "words" in row else "",
                shared[row["action"].value, row["to"].value, row["how"].value],
            )
            for row in rows
        ]

    def actions(self, wanted: Iterable[str]) -> dict[str, Action]:
        """Give what is shown of some actions, in their order; the record of each plan is read once."""
        order = dict.fromkeys(wanted)
        found: dict[str, Action] = {}
        for plan in dict.fromkeys(map(self.plan_of, order)):
            for action in self._record(local(plan)).actions:
                if (iri := action_iri(action.id)) in order:
                    found[iri] = _action(iri, action)
        return {iri: found[iri] for iri in order}

    def parties_of(self, plan: str) -> Iterator[tuple[str, str]]:
        """Give the parties that lead or are partners in a plan: IRI and name."""
        for question, name in (("leads-by-load", "lead"), ("partner-load", "partner")):
            for row in self._rows(question, plan=Node(plan)):
                yield row["party"].value, row[name].value

    @staticmethod
    def plan_of(action: str) -> str:
        """Give the IRI of the plan of an action, which that of the action begins with."""
        return action.rpartition("/action/")[0]

    def _rows(self, question: str, **values: Node | None) -> Iterator[dict[str, Node]]:
        bound = {name: value for name, value in values.items() if value is not None}
        return self._store.select(self._questions[question].sparql, bound=bound)


def _action(iri: str, record: Record) -> Action:
    due = record.due
    earliest, latest = bounds(due.edtf) if due.edtf else (None, None)
    return Action(
        iri=iri,
        id=record.id,
        plan=record.id.partition("/")[0],
        order=record.n,
        text=record.text,
        status=record.status,
        due=due.text,
        kind=due.kind,
        edtf=due.edtf or "",
        earliest=earliest,
        latest=latest,
        has_lead_column=record.blank.get("lead") != "no-column",
        place="; ".join(place_words(Where(row.page, row.table, row.row, "")) for row in record.source),
    )
