"""The facts that a what-if needs, asked of the graph by questions of the library that anybody can ask."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Any, Final, cast

from planweave.asking.terms import readable
from planweave.findings import Where
from planweave.networks.what_if.bodies import Relation
from planweave.networks.what_if.facts import Action, Link, Part, Party
from planweave.reporting.words import place_words
from planweave.store import Node
from planweave.terms import local

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from planweave.asking.questions import Question
    from planweave.networks.what_if.facts import Role
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
    plan
        The one plan that is looked at; None looks at all.
    """

    def __init__(self, store: Store, questions: Mapping[str, Question], plan: Node | None = None) -> None:
        self._store, self._questions, self._plan = store, questions, plan

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
        """Give what is shown of some actions."""
        return {iri: self._action(iri) for iri in dict.fromkeys(wanted)}

    def _action(self, iri: str) -> Action:
        rows = list(self._rows("when-and-where", action=Node(iri)))
        row = rows[0]
        places = dict.fromkeys(place_words(Where(_number(one, "page"), *_table_and_row(one), "")) for one in rows)
        return Action(
            iri=iri,
            id=readable(Node(iri)),
            plan=readable(row["plan"]),
            order=int(row["order"].value),
            text=row["text"].value,
            status=local(row["status"].value),
            due=row["due"].value if "due" in row else "",
            kind=local(row["kind"].value) if "kind" in row else "none",
            edtf=row["edtf"].value if "edtf" in row else "",
            earliest=_day(row, "earliest"),
            latest=_day(row, "latest"),
            has_lead_column="noLead" not in row,
            place="; ".join(places),
        )

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


def _number(row: Mapping[str, Node], column: str) -> int | None:
    return int(row[column].value) if column in row else None


def _table_and_row(row: Mapping[str, Node]) -> tuple[int, int]:
    return int(row["table"].value), int(row["row"].value)


def _day(row: Mapping[str, Node], column: str) -> dt.date | None:
    return dt.date.fromisoformat(row[column].value) if column in row else None
