"""Asking by name: every question on a graph of any size, and side by side with rdflib's SPARQL on the same data."""

from __future__ import annotations

import re
import resource
import shlex
import signal
import statistics
import time
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from benchmarks.apart import apart
from benchmarks.corpus import KEY
from benchmarks.woven import woven
from planweave.asking.answering import answer_query
from planweave.asking.kept import Limits
from planweave.asking.parameters import bindings_of
from planweave.asking.prepared import preparable
from planweave.entrances import open_graph
from planweave.errors import PlanweaveError
from planweave.store import STRING
from planweave.terms import PW
from planweave.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planweave.asking.answers import Answer
    from planweave.asking.questions import Question
    from planweave.graph import Graph
    from planweave.store import Node

__all__ = ["HEADINGS", "Asked", "Size", "measure_asking", "measure_rdflib", "side_table", "size_table"]

LIMITS = Limits(seconds=600, rows=5_000_000, megabytes=4_096)
"""Wider than what a user has, so that what takes too long is measured too."""

SIDE_PLANS = 100
"""So many plans rdflib holds in memory and answers most questions of in minutes."""

SIDE_SECONDS = 120
"""How long rdflib has for a question."""

SLOW, TOO_SLOW, LEAST_RATIO = 2.0, 10.0, 5.0
REPEATED = 2

HEADINGS = (
    ("plans", "plans"),
    ("actions", "actions"),
    ("questions", "questions"),
    ("prepare", "answers prepared, s"),
    ("prepared", "questions prepared"),
    ("room", "room for them, MB"),
    ("median", "all plans: median, s"),
    ("most", "all plans: slowest, s"),
    ("slow", "all plans: over 2 s"),
    ("too_slow", "all plans: over 10 s"),
    ("one", "the example, of one plan: median, s"),
    ("one_most", "the example, of one plan: slowest, s"),
    ("index", "text search: the file made, s"),
    ("search", "text search: slowest of four, ms"),
)

WORDS = ("domestic abuse", '"rough sleeping count"', "landlord forum", "mediation")


@dataclass
class Asked:
    """One question: of all plans, and as its example asks it of one, in wall seconds."""

    name: str
    rows: int
    whole: float
    one: float
    said: str = ""


@dataclass
class Size:
    """A graph, and its questions."""

    plans: int
    actions: int
    prepare: float
    prepared: int
    room: float
    asked: list[Asked]
    index: float
    search: float

    @property
    def questions(self) -> int:
        """How many."""
        return len(self.asked)

    @property
    def median(self) -> float:
        """Of all plans."""
        return statistics.median(one.whole for one in self.asked)

    @property
    def most(self) -> float:
        """The slowest of all plans."""
        return max(one.whole for one in self.asked)

    @property
    def slow(self) -> int:
        """How many take long of all plans."""
        return sum(one.whole > SLOW for one in self.asked)

    @property
    def too_slow(self) -> str:
        """Which take too long of all plans."""
        return ", ".join(one.name for one in self.asked if one.whole > TOO_SLOW) or "none"

    @property
    def one(self) -> float:
        """The median of one plan."""
        return statistics.median(one.one for one in self.asked)

    @property
    def one_most(self) -> float:
        """The slowest of one plan."""
        return max(one.one for one in self.asked)


def measure_asking(plans: int, folder: Path, seed: int) -> Size:
    """Build a graph where it is not there yet, and ask it everything."""
    return apart(measure_weave, woven(plans, folder, seed))


def measure_weave(weave: Path) -> Size:
    """Ask a graph that is there every question; values are taken from its first plan."""
    asked = []
    with open_graph(weave) as graph:
        started = time.perf_counter()
        graph.prepare()
        prepare = time.perf_counter() - started
        room = sum(path.stat().st_size for path in (weave / ".answers").iterdir()) / 1e6
        prepared = sum(preparable(question) is not None for question in graph.questions.values())
        values = _values(graph)
        for question in graph.questions.values():
            asked.append(_ask(graph, question, values))
            print(f"  {asked[-1]}", flush=True)
        index, search = _search(graph)
        actions = sum(entry.actions for entry in graph.summary)
        return Size(len(graph.ids), actions, prepare, prepared, room, asked, index, search)


def _values(graph: Graph) -> dict[str, object]:
    """Something to give to every parameter, so that as few answers as can be are empty."""
    first = graph.plan(graph.ids[0])
    linked = [action for action in first.actions if action.crossrefs] or list(first.actions)
    days = sorted(row["day"].value for row in graph.store.select(_of_plan(graph, "?day", "?a pw:dueLatest ?day")))
    busiest = list(graph.store.select(BUSIEST.replace("PLAN", graph.ids[0])))
    party = busiest[0]["party"].value
    together = TOGETHER.replace("PLAN", graph.ids[0]).replace("PARTY", party)
    other = next(graph.store.select(together), {"other": busiest[-1]["party"]})["other"].value
    return {
        "plan": graph.ids[0],
        "other_plan": graph.ids[1],
        "action": linked[0].id,
        "party": party,
        "other": other,
        "date": days[len(days) // 2],
        "since": days[len(days) // 4],
        "until": days[len(days) // 2],
        "status": "complete",
        "of": party,
        "words": "domestic abuse",
        "abbreviation": min(KEY),
        "months": 6,
        "least": 3,
        **{name: next(graph.store.select(_of_plan(graph, "?x", pattern)), {}) for name, pattern in LABELLED.items()},
    }


LABELLED = {
    "pillar": "?node a pw:Pillar ; rdfs:label ?x",
    "indicator": "?node a pw:Indicator ; rdfs:label ?x",
}
OF_PLAN = "GRAPH <https://w3id.org/planweave/graph/plan/PLAN>"
BUSIEST = f"""SELECT ?party (COUNT(?part) AS ?n)
               WHERE {{ {OF_PLAN} {{ ?part <{PW}party> ?party . ?party a <{PW}Party> }} }}
               GROUP BY ?party
               ORDER BY DESC(STRSTARTS(STR(?party), "https://w3id.org/planweave/agency/")) DESC(?n) ?party"""
"""The bodies of the register come first: they stand in other plans too."""
TOGETHER = f"""SELECT ?other WHERE {{ {OF_PLAN} {{ ?one <{PW}party> <PARTY> . ?a <{PW}involvement> ?one , ?two .
               ?two <{PW}party> ?other . FILTER (?other != <PARTY>) }} }} ORDER BY ?other LIMIT 1"""


def _of_plan(graph: Graph, what: str, pattern: str) -> str:
    known = f"PREFIX pw: <{PW}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>"
    plan = f"https://w3id.org/planweave/graph/plan/{graph.ids[0]}"
    return f"{known} SELECT {what} WHERE {{ GRAPH <{plan}> {{ {pattern} }} }} ORDER BY {what}"


def _given(question: Question, values: dict[str, object], *, example: bool) -> dict[str, Any]:
    """What a question is given: what it needs; or what its example gives, of one plan."""
    words = shlex.split(question.example)
    shown = {word.removeprefix("--") for word in words if word.startswith("--")} if example else set()
    given = {}
    for parameter in question.parameters:
        if parameter.required or parameter.name in shown or (example and parameter.kind == "plan"):
            name = "other_plan" if (parameter.kind, parameter.name) == ("plan", "other") else parameter.name
            value: Any = values[name]
            if isinstance(value, dict):  # a label of the plan's, if it has one
                value = value["x"].value if value else "none"
            given[parameter.name] = value
    return given


def _ask(graph: Graph, question: Question, values: dict[str, object]) -> Asked:
    """Ask as a script does, up to the last row."""
    given = _given(question, values, example=False)
    said = ""
    try:
        whole, rows = _timed(graph, question.name, given)
        if whole < TOO_SLOW:
            whole = min(whole, _timed(graph, question.name, given)[0])
    except PlanweaveError as error:
        whole, rows, said = LIMITS.seconds, 0, str(error)
    given = _given(question, values, example=True)
    one = min(_timed(graph, question.name, given)[0] for _ in range(REPEATED))
    return Asked(question.name, rows, whole, one, said)


def _timed(graph: Graph, name: str, given: dict[str, Any]) -> tuple[float, int]:
    started = time.perf_counter()
    rows = sum(len(cells) > 0 for cells in graph.ask(name, limits=LIMITS, **given).cells())
    return time.perf_counter() - started, rows


def _search(graph: Graph) -> tuple[float, float]:
    """The file of the text search made anew, and the slowest of some searches in milliseconds."""
    for path in graph.folder.glob(".search.sqlite*"):
        path.unlink()
    started = time.perf_counter()
    graph.search(WORDS[0])
    made = time.perf_counter() - started
    times = []
    for words in WORDS:
        started = time.perf_counter()
        graph.search(words)
        times.append(time.perf_counter() - started)
    return made, max(times) * 1000


def size_table(sizes: list[Size]) -> str:
    """One row a question, three columns a size; below it what reached a limit."""
    head = "".join(f" of {one.actions:,}: rows | all plans, s | one plan, s |" for one in sizes)
    lines = [f"| question |{head}", "|---|" + "---:|" * (3 * len(sizes))]
    for number, one in enumerate(sizes[-1].asked):
        of_sizes = (size.asked[number] for size in sizes)
        cells = (f" {at.rows:,} | {at.whole:.2f} | {at.one:.2f} |" for at in of_sizes)
        lines.append(f"| {one.name} |{''.join(cells)}")
    said = [f"{one.name} of {size.actions:,}: {one.said}." for size in sizes for one in size.asked if one.said]
    return "\n".join(lines) + ("\n\n" + " ".join(said) if said else "")


@dataclass
class Side:
    """One question, in seconds of processor time: prepared, asked of the graph on disk, and by rdflib in memory.

    ``theirs`` is None where rdflib did not finish.
    """

    name: str
    rows: int
    ours: float
    graph: float
    theirs: float | None

    @property
    def ratio(self) -> float:
        """How many times faster; at least so many where rdflib did not finish."""
        return (self.theirs or SIDE_SECONDS) / self.ours

    @property
    def graph_ratio(self) -> float:
        """How many times faster without prepared answers."""
        return (self.theirs or SIDE_SECONDS) / self.graph


class _LateError(Exception):
    """A question takes too long."""


@contextmanager
def _within(seconds: int) -> Iterator[None]:
    """Raise _LateError when this process has worked so long."""

    def late(*_: object) -> None:
        raise _LateError

    signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _worked() -> float:
    """How long this process and those that it started have worked."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def measure_rdflib(folder: Path, seed: int, plans: int = SIDE_PLANS) -> list[Side]:
    """Ask everything both ways, in a graph that rdflib holds in memory; the answers have to be the same."""
    return apart(compare_weave, woven(plans, folder, seed))


def compare_weave(weave: Path) -> list[Side]:
    """Ask a graph that is there both ways."""
    import rdflib

    with open_graph(weave) as graph:
        graph.prepare()
        quads = graph.export(weave.parent / "all.nq").read_bytes()
        dataset = rdflib.Dataset()
        dataset.parse(data=quads.decode(), format="nquads")
        values = _values(graph)
        return [_side(graph, dataset, question, values) for question in graph.questions.values()]


def _side(graph: Graph, dataset: Any, question: Question, values: dict[str, object]) -> Side:  # noqa: ANN401 - rdflib
    """Ask a question in each way, the start of a process included, up to the last row read."""
    import rdflib.plugins.sparql

    given = _given(question, values, example=False)
    started = _worked()
    ours = [tuple(map(_plain_node, row)) for row in graph.ask(question.name, **given).rows()]
    taken = _worked() - started
    bindings = bindings_of(question, given, lambda: graph.store, graph.ids)
    started = _worked()
    asked = [tuple(map(_plain_node, row)) for row in _of_graph(graph, question, bindings).rows()]
    of_graph = _worked() - started
    prepared = rdflib.plugins.sparql.prepareQuery(question.sparql)
    bound = {key: _to_rdflib(node) for key, node in bindings.items()}
    started = _worked()
    theirs = None
    try:
        with _within(SIDE_SECONDS):
            theirs = [tuple(map(_plain, row)) for row in dataset.query(prepared, initBindings=bound)]
    except _LateError:
        side = Side(question.name, len(ours), taken, of_graph, None)
    else:
        side = Side(question.name, len(ours), taken, of_graph, _worked() - started)
    for other in (asked, theirs):
        if other is not None and ours != other:
            raise RuntimeError(f"{question.name}: the answers differ: {_first_difference(ours, other)}")
    print(f"  {side}", flush=True)
    return side


def _of_graph(graph: Graph, question: Question, bindings: dict[str, Node]) -> Answer:
    """Ask the graph on disk, whatever is prepared."""
    return answer_query(Workspace(graph.folder).opened().store, question.sparql, bindings, limits=LIMITS)


def _first_difference(ours: list[Any], theirs: list[Any]) -> str:
    for one, other in zip(ours, theirs, strict=False):
        if one != other:
            return f"{one} and {other}"
    return f"{len(ours)} and {len(theirs)} rows"


def _to_rdflib(node: Node) -> Any:  # noqa: ANN401 - a term of rdflib's
    import rdflib

    if node.kind == "iri":
        return rdflib.URIRef(node.value)
    return rdflib.Literal(node.value, datatype=None if node.datatype == STRING else rdflib.URIRef(node.datatype))


def _plain_node(node: Node | None) -> str:
    return _plain(node and node.value)


def _plain(value: object) -> str:
    """A value without what engines write in several ways: 1.00 and 1."""
    text = "" if value is None else str(value)
    return str(Decimal(text).normalize()) if re.fullmatch(r"\d+\.\d+", text) else text


def side_table(sides: list[Side]) -> str:
    """One row a question; above it the means, and what is less than five times faster."""
    mean = statistics.geometric_mean(side.ratio for side in sides)
    of_graph = statistics.geometric_mean(side.graph_ratio for side in sides)
    under = [side.name for side in sides if side.ratio < LEAST_RATIO]
    unfinished = [side.name for side in sides if side.theirs is None]
    head = (
        f"{SIDE_PLANS} plans of a hundred actions. Geometric mean: {mean:.0f} times faster;"
        f" asked of the graph, without prepared answers, {of_graph:.0f} times."
        f" Under {LEAST_RATIO:.0f} times: {', '.join(under) or 'none'}: questions of one thing, of which rdflib looks"
        " up a few triples in memory; nearly all that they take here is the start of the process that a query runs in."
        f" Not finished by rdflib in {SIDE_SECONDS} s, and counted as that: {', '.join(unfinished) or 'none'}."
    )
    lines = [
        head,
        "",
        "| question | rows | planweave, s | of the graph, s | rdflib, s | times |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for side in sides:
        theirs = f"{side.theirs:.2f}" if side.theirs is not None else f"> {SIDE_SECONDS}"
        lines.append(
            f"| {side.name} | {side.rows:,} | {side.ours:.3f} | {side.graph:.2f} | {theirs} | {side.ratio:.0f} |"
        )
    return "\n".join(lines)
