"""Each question of the library is what its header says, and has on the bundled plans the answer a reader has.

``tests/answers/`` has one file a question, worked out from the documents and from what readers took from them. A file
has one or more cases. A case begins where ``asked`` gives values for parameters (``plan=northmoor; date=2024-12-31``,
nothing where none is given) and says in ``rows`` how many rows the answer has. Its lines are the answer row by row and
in order, or, if there are fewer lines than rows, some of the rows; they give any of the columns. A value that ends in
"…" is the beginning of what is meant.
"""

from __future__ import annotations

import csv
import re
import shlex
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyoxigraph as ox
import pytest
import rdflib

import planweave as pw
from planweave.asking import Kind, Question, read_questions
from planweave.asking.behind import command
from planweave.asking.parameters import bindings_of
from planweave.errors import QueryError
from planweave.library import Library
from planweave.likening import stems_of
from planweave.sparql.functions import functions
from planweave.store import STRING, MemoryStore, Node
from planweave.terms import BASE, PREFIXES, XSD, action_iri, plan_iri

if TYPE_CHECKING:
    from planweave.graph import Graph

ANSWERS = Path(__file__).with_name("answers")
QUESTIONS = read_questions(Library.bundled())
FUNCTIONS = functions(ox, stems_of(Library.bundled()))
GROUPS = {
    "Ownership",
    "Partners",
    "Time",
    "Outcomes",
    "Pillars and groups",
    "Progress",
    "Cross-references",
    "Documents",
    "Comparison",
    "Vocabulary",
}


class Case(NamedTuple):
    """What is asked, how many rows the answer has, and those that are written down."""

    asked: str
    rows: int
    lines: tuple[dict[str, str], ...]

    @property
    def values(self) -> dict[str, str]:
        """Parameter → value as written."""
        return dict(part.strip().split("=", 1) for part in self.asked.split(";") if part.strip())


@cache
def cases(name: str) -> tuple[Case, ...]:
    found: list[Case] = []
    with (ANSWERS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            asked, rows = line.pop("asked"), line.pop("rows")
            if rows:
                found.append(Case(asked, int(rows), ()))
            assert rows or not asked, f"{name}: a case says how many rows its answer has"
            if any(line.values()):
                found[-1] = found[-1]._replace(lines=(*found[-1].lines, line))
    return tuple(found)


@pytest.fixture(scope="module")
def graph(five_plans: Path) -> Iterator[Graph]:
    with pw.open(five_plans) as opened:
        yield opened


def node(kind: Kind, value: str) -> Node:
    """The term a value of a parameter stands for."""
    if kind in {"date", "number", "text"}:
        datatype = {"date": XSD + "date", "number": XSD + "integer", "text": STRING}[kind]
        return Node(value, "literal", datatype)
    if kind == "party":
        prefix, _, rest = value.partition(":")
        return Node(PREFIXES[prefix] + rest)
    return Node({"plan": plan_iri, "action": action_iri, "status": (BASE + "status/").__add__}[kind](value))


def bound(question: Question, values: dict[str, str]) -> dict[str, Node]:
    kinds = {parameter.name: parameter.kind for parameter in question.parameters}
    return {name: node(kinds[name], value) for name, value in values.items()}


def shown(value: str, *, iri: bool) -> str:
    """A value as the answers write it: IRIs with their prefix."""
    if not iri:
        return value
    fitting = [(len(space), prefix) for prefix, space in PREFIXES.items() if value.startswith(space)]
    return f"{max(fitting)[1]}:{value[max(fitting)[0] :]}" if fitting else value


def answer(graph: Graph, name: str, values: dict[str, str]) -> list[dict[str, str]]:
    question = QUESTIONS[name]
    found = graph.store.select(question.sparql, bound=bound(question, values), functions=FUNCTIONS)
    return [{key: shown(one.value, iri=one.kind == "iri") for key, one in row.items()} for row in found]


def same(found: dict[str, str], line: dict[str, str]) -> bool:
    return all(
        found.get(key, "").startswith(value[:-1]) if value.endswith("…") else found.get(key, "") == value
        for key, value in line.items()
    )


def test_every_question_has_an_answer_and_every_answer_a_question() -> None:
    """A new file without an expected answer fails here."""
    assert {path.stem for path in ANSWERS.glob("*.csv")} == set(QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_has_the_answer_a_reader_has(graph: Graph, name: str) -> None:
    """As many rows as are counted, and those that are written down, in their order."""
    assert cases(name)
    for case in cases(name):
        found = answer(graph, name, case.values)
        assert len(found) == case.rows, case.asked
        if len(case.lines) == case.rows:
            wrong = [(row, line) for row, line in zip(found, case.lines, strict=True) if not same(row, line)]
            assert wrong == [], case.asked
        rest = iter(found)
        for line in case.lines:
            assert set(line) <= set(QUESTIONS[name].columns)
            assert any(same(row, line) for row in rest), (case.asked, line)


NUMBERS = re.compile(r"\((?:COUNT|SUM)\s*\((?:DISTINCT\s+)?\?\w+\)\s*AS\s+\?(\w+)\)")
"""A column that counts: where it is selected."""
COUNTED = {name: set(NUMBERS.findall(one.sparql)) & set(one.columns) for name, one in QUESTIONS.items()}


@pytest.mark.parametrize("name", [name for name, numbers in COUNTED.items() if numbers])
def test_behind_every_number_stands_the_list_that_makes_it(graph: Graph, name: str) -> None:
    """The command that is printed for a row's number gives as many rows, of every row, in every case."""
    question = QUESTIONS[name]
    assert {one.column for one in question.listings} == COUNTED[name]
    compared = 0
    for case in cases(name):
        for row in graph.store.select(question.sparql, bound=bound(question, case.values)):
            whole = dict.fromkeys(question.columns) | row
            for one in question.listings:
                _, _, asked, *options = shlex.split(command(one, whole))
                values = {
                    option[2:].replace("-", "_"): value
                    for option, value in zip(options[::2], options[1::2], strict=True)
                }
                terms = bindings_of(QUESTIONS[asked], values, lambda: graph.store, graph.ids)
                listed = list(graph.store.select(QUESTIONS[asked].sparql, bound=terms))
                assert len(listed) == int(row[one.column].value), command(one, whole)
                compared += 1
    assert compared


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_parameter_changes_the_answer(name: str) -> None:
    """For each parameter there are two cases that differ in nothing else, and whose answers differ."""
    for parameter in QUESTIONS[name].parameters:
        changing = [
            (one, other)
            for one, other in combinations(cases(name), 2)
            if {key for key, _ in one.values.items() ^ other.values.items()} == {parameter.name}
            and (one.rows, one.lines) != (other.rows, other.lines)
        ]
        assert changing, parameter.name


def test_what_is_not_selected_cannot_be_given_a_value(graph: Graph) -> None:
    """The store says so in a sentence, instead of leaving the value out."""
    query = "SELECT ?s WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?s"
    with pytest.raises(QueryError, match=r"^the query cannot be answered .*\?g"):
        list(graph.store.select(query, bound={"g": Node("https://w3id.org/planweave/graph/registers")}))


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_case_gives_what_is_required(name: str) -> None:
    """A case gives every required parameter, and none that the question does not have."""
    question = QUESTIONS[name]
    required = {parameter.name for parameter in question.parameters if parameter.required}
    known = {parameter.name for parameter in question.parameters}
    for case in cases(name):
        assert required <= set(case.values) <= known, case.asked


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_reads_like_the_others(name: str) -> None:
    """It stands in a known group, shows plan and action first, and its example is a command that asks it."""
    question = QUESTIONS[name]
    assert question.group in GROUPS
    assert question.text.count("?") >= 1
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", name)
    if "action" in question.columns and "action" not in {parameter.name for parameter in question.parameters}:
        assert question.columns[:2] == ("plan", "action")
    words = shlex.split(question.example)
    assert words[:3] == ["planweave", "ask", name]
    assert all(word.startswith("--") for word in words[3::2])
    given = {word.removeprefix("--") for word in words[3::2]}
    required = {parameter.name for parameter in question.parameters if parameter.required}
    assert required <= given <= {parameter.name for parameter in question.parameters}


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_stays_in_the_store_and_is_sorted(name: str) -> None:
    """Facts are looked for in named graphs, nothing is fetched from elsewhere, and ORDER BY stands at the end."""
    query = re.sub(r"(^|\s)#[^\n]*", " ", QUESTIONS[name].sparql)
    assert re.search(r"\bGRAPH\b", query)
    assert not re.search(r"\b(FROM|SERVICE)\b|xsd:date\(", query)
    assert re.fullmatch(r"[^{}]*", query[query.rindex("ORDER BY") :])


@pytest.fixture(scope="module")
def quads(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Everything in the store."""
    return graph.export(tmp_path_factory.mktemp("quads") / "all.nq").read_bytes()


@pytest.fixture(scope="module")
def backwards(quads: bytes) -> MemoryStore:
    """A store that was given the same facts in the opposite order."""
    return MemoryStore.parsed(b"".join(reversed(quads.splitlines(keepends=True))))


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_order_of_rows_is_the_same_however_the_facts_came_in(
    graph: Graph, backwards: MemoryStore, name: str
) -> None:
    """ORDER BY leaves nothing to chance."""
    question = QUESTIONS[name]
    for case in cases(name):
        values = bound(question, case.values)
        found = list(graph.store.select(question.sparql, bound=values, functions=FUNCTIONS))
        assert list(backwards.select(question.sparql, bound=values, functions=FUNCTIONS)) == found
        keys = [tuple(sorted(row.items())) for row in found]
        assert len(set(keys)) == len(keys)


def test_there_are_questions_of_every_group() -> None:
    """Thirty at the least, and some for each kind of thing that is asked."""
    assert len(QUESTIONS) >= 30
    assert {question.group for question in QUESTIONS.values()} == GROUPS
    assert len({question.title for question in QUESTIONS.values()}) == len(QUESTIONS)


def test_only_two_questions_need_functions_of_planweave() -> None:
    """Any engine answers the others."""
    assert set(QUESTIONS) - set(PLAIN) == {"similar-actions", "actions-only-elsewhere"}


def test_the_readme_lists_every_question() -> None:
    """Each stands once in the table of its group, with its title and all that it can be given; the sample is a file."""
    readme = (Path(__file__).parent.parent / "queries" / "README.md").read_text(encoding="utf-8")
    assert QUESTIONS["actions-without-lead"].sparql in readme
    sections = dict(part.split("\n", 1) for part in readme.split("### ")[1:])
    listed = [(group, line) for group, part in sections.items() for line in part.splitlines() if ".rq) |" in line]
    wanted = []
    for name, one in QUESTIONS.items():
        given = ", ".join(f"`{each.name}`{'' if each.required else ' (optional)'}" for each in one.parameters)
        wanted.append((one.group, f"| [`{name}`]({name}.rq) | {one.title} | {given} |"))
    assert sorted(listed) == sorted(wanted)


@pytest.fixture(scope="module")
def dataset(quads: bytes) -> rdflib.Dataset:
    """The same facts in rdflib's own store."""
    found = rdflib.Dataset()
    found.parse(data=quads.decode(), format="nquads")
    return found


def to_rdflib(one: Node) -> rdflib.term.Identifier:
    if one.kind == "iri":
        return rdflib.URIRef(one.value)
    return rdflib.Literal(one.value, datatype=None if one.datatype == STRING else rdflib.URIRef(one.datatype))


def plain(value: object) -> str:
    """A value without what engines write in several ways: 1.00 and 1."""
    text = "" if value is None else str(value)
    return f"{Decimal(text).normalize():f}" if re.fullmatch(r"\d+\.\d+", text) else text


PLAIN = [name for name, question in QUESTIONS.items() if "function:" not in question.sparql]
"""The questions that use nothing but SPARQL; those that compare texts use two functions of planweave's own."""


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
@pytest.mark.parametrize("name", PLAIN)
def test_another_engine_gives_the_same_answer(graph: Graph, dataset: rdflib.Dataset, name: str) -> None:
    """The SPARQL of rdflib finds the same rows in the same order: the questions are plain SPARQL 1.1."""
    question = QUESTIONS[name]
    for case in cases(name):
        values = bound(question, case.values)
        theirs: Any = dataset.query(question.sparql, initBindings={key: to_rdflib(one) for key, one in values.items()})
        ours = graph.store.select(question.sparql, bound=values, functions=FUNCTIONS)
        assert [tuple(map(plain, row)) for row in theirs] == [
            tuple(plain(row[key].value) if key in row else "" for key in question.columns) for row in ours
        ]
