"""What a change does: values before and after, numbers of actions, leads and dates, findings that go or come."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from planweave.assessing.presenting import present
from planweave.correcting.saying import field_words, value_words
from planweave.store import MemoryStore
from planweave.terms import plan_graph
from planweave.weaving import weave
from planweave.workspace import summarise

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from planweave.correcting.understanding import Understood
    from planweave.findings import Finding
    from planweave.records import Action, PlanRecord

__all__ = ["Count", "Effect", "Valued", "effect_of", "findings_of"]

FIELDS: Final = (
    "ref",
    "text",
    "group",
    "parent",
    "pillars",
    "leads",
    "partners",
    "mentions",
    "due",
    "outcomes",
    "evidence",
    "status",
    "updates",
    "crossrefs",
)
PLAN: Final = (("title", "title"), ("publisher", "publisher"), ("period", "period"), ("domain", "subject"))


@dataclass(frozen=True)
class Valued:
    """A value that changes: of which action, in which field, and its words before and after."""

    action: str
    text: str
    field: str
    before: str
    after: str
    n: int | None = None


@dataclass(frozen=True)
class Count:
    """A number before and after."""

    words: str
    before: int
    after: int

    @property
    def changes(self) -> bool:
        """Whether it is another one."""
        return self.before != self.after


@dataclass(frozen=True)
class Effect:
    """What a change does to what is read."""

    values: tuple[Valued, ...]
    counts: tuple[Count, ...]
    columns: tuple[tuple[str, str, str], ...]
    parties: tuple[tuple[str, str, str], ...]
    gone: tuple[Finding, ...]
    come: tuple[Finding, ...]

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is otherwise than before."""
        counts = any(count.changes for count in self.counts)
        return not (self.values or self.columns or self.parties or self.gone or self.come or counts)


def effect_of(before: Understood, after: Understood, day: dt.date) -> Effect:
    """Compare what is understood with a change to what is understood without it.

    Parameters
    ----------
    before, after
        Both readings of the document.
    day
        The day that findings are told for.
    """
    was, now = findings_of(before, day), findings_of(after, day)
    gone, come = _differing(was, now), _differing(now, was)
    return Effect(
        tuple(_plan_values(before.record, after.record)) + tuple(_values(before.record, after.record)),
        tuple(_counts(before.record, after.record)),
        tuple(_columns(before, after)),
        tuple(_parties(before.record, after.record)),
        gone,
        come,
    )


def _plan_values(before: PlanRecord, after: PlanRecord) -> Iterable[Valued]:
    for field, words in PLAN:
        was, now = (getattr(record.plan, field) or "" for record in (before, after))
        if was != now:
            yield Valued("The plan", "", words, was, now)


def _values(before: PlanRecord, after: PlanRecord) -> Iterable[Valued]:
    """Go through the values that differ; actions are the same where they begin in the same row."""
    known = dict(zip(_places(before.actions), before.actions, strict=True))
    for place, now in zip(_places(after.actions), after.actions, strict=True):
        was = known.pop(place, None)
        name = now.ref or now.id.partition("/")[2]
        if was is None:
            yield Valued(name, now.text, "action", "", now.text, now.n)
            continue
        for field in FIELDS:
            old, new = value_words(was, field), value_words(now, field)
            if old != new:
                yield Valued(name, now.text, field_words(field), old, new, now.n)
        for heading in dict.fromkeys((*was.extra, *now.extra)):
            old, new = was.extra.get(heading, ""), now.extra.get(heading, "")
            if old != new:
                yield Valued(name, now.text, f"under “{' '.join(heading.split())}”", old, new, now.n)
    for gone in known.values():
        yield Valued(gone.ref or gone.id.partition("/")[2], gone.text, "action", gone.text, "")


def _places(actions: Sequence[Action]) -> list[tuple[int, int, int]]:
    """Where each action begins; with several in a row, each has its number among them."""
    seen: Counter[tuple[int, int]] = Counter()
    places = []
    for action in actions:
        at = (action.source[0].table, action.source[0].row) if action.source else (0, action.n)
        places.append((*at, seen[at]))
        seen[at] += 1
    return places


def _counts(before: PlanRecord, after: PlanRecord) -> Iterable[Count]:
    was, now = summarise(before, ""), summarise(after, "")
    for words, field in (
        ("actions", "actions"),
        ("actions with a lead", "with_lead"),
        ("different leads", "leads"),
        ("actions with a partner", "with_partner"),
        ("different partners", "partners"),
        ("actions with a date", "with_due"),
        ("actions with an outcome", "with_outcome"),
        ("actions with a status", "with_status"),
    ):
        yield Count(words, getattr(was, field), getattr(now, field))
    yield Count("doubtful values", len(before.doubts), len(after.doubts))
    yield Count("pieces of text not placed", len(before.unplaced), len(after.unplaced))


def _columns(before: Understood, after: Understood) -> Iterable[tuple[str, str, str]]:
    """Go through the columns that give something else."""
    was = {(column.table, column.column, column.heading): column.field for column in before.record.columns}
    told = set()
    for column in after.record.columns:
        old = was.get((column.table, column.column, column.heading))
        name = " ".join(column.heading.split()) or f"column {column.column} of table {column.table}"
        if old is not None and old != column.field and (name, old, column.field) not in told:
            told.add((name, old, column.field))
            yield name, field_words(old), field_words(column.field)


def _parties(before: PlanRecord, after: PlanRecord) -> Iterable[tuple[str, str, str]]:
    """Go through the names that stand for somebody else."""
    was = {party.name: party for party in before.parties}
    for party in after.parties:
        old = was.get(party.name)
        if old and (old.id, old.kind, old.label) != (party.id, party.kind, party.label):
            yield party.name, f"{old.label} ({old.kind})", f"{party.label} ({party.kind})"


@lru_cache(maxsize=12)
def findings_of(seen: Understood, day: dt.date) -> tuple[Finding, ...]:
    """Give what the plan leaves out and contradicts, as it is understood."""
    quads = weave(seen.record, seen.kit.shared, seen.kit.knowledge)
    store, graph = MemoryStore.parsed(quads), plan_graph(seen.record.plan.id)
    results = tuple(sorted(seen.kit.checks(day).results(store, [graph])))
    return tuple(finding for finding, _ in present(seen.record, results, seen.kit.questions.by_shape))


def _differing(these: Sequence[Finding], those: Sequence[Finding]) -> tuple[Finding, ...]:
    """Give the findings that the others do not have, one for one."""
    left = Counter(map(_key, those))
    found = []
    for finding in these:
        if left[_key(finding)]:
            left[_key(finding)] -= 1
        else:
            found.append(finding)
    return tuple(found)


def _key(finding: Finding) -> tuple[object, ...]:
    where = finding.where
    return finding.shape, finding.value, finding.action, where and (where.table, where.row)
