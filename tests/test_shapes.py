"""The shapes folder: each file asks one question, in words, and finds both ways what its example says."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox
import pytest

from planweave.checking import Result, Shape, Shapes, explain, read_shapes, run
from planweave.checking.results import PLACE
from planweave.checking.source import SH, sh
from planweave.library import Library, bundled_plans
from planweave.profiles import read_profile
from planweave.reading.definition import FIELDS
from planweave.store import MemoryStore, Node, Statement
from planweave.terms import BASE, GIVES, PLAN, PW, XSD

if TYPE_CHECKING:
    from planweave.checking.engine import Engine

FILES = {path.stem: path for path in Library.bundled().files("shapes", ".ttl")}
EXAMPLES = {path.stem: path for path in Path(__file__).with_name("shapes").glob("*.trig")}
AS_OF = (Node(PW + "ThisCheck"), Node(PW + "asOf"), Node("2024-12-31", "literal", XSD + "date"))
EXPECTED = re.compile(r"# finding: (?P<focus>\S+) \| (?P<value>.+?)(?: \| (?P<message>.+))?")
README = Library.bundled().roots[0] / "shapes" / "README.md"
SEVERITIES = {"Violation": "violation", "Warning": "warning", "Info": "info"}
ON_PLANS = Node(PW + "Plan")
CLASSES = {Node(PW + name) for name in ("Action", "CrossReference", "Plan")}

every_shape = pytest.mark.parametrize("name", sorted(FILES))


class Expected(NamedTuple):
    """A finding as an example writes it; without a message any will do."""

    focus: str
    value: str
    message: str | None


@cache
def shapes(name: str) -> Shapes:
    return read_shapes(FILES[name])


def root(name: str) -> Shape:
    (only,) = shapes(name).roots
    return only


def said(name: str, predicate: Node) -> list[Node]:
    return shapes(name).source.every(Node(root(name).name), predicate)


def messages(name: str) -> list[Node]:
    """What the shape says in its findings: of a query its own message, and that of the shape otherwise."""
    source = shapes(name).source
    queries = said(name, sh("sparql"))
    return [message for one in queries for message in source.every(one, sh("message"))] or said(name, sh("message"))


@cache
def example(name: str) -> MemoryStore:
    graphs: dict[str, list[Statement]] = {}
    for quad in ox.parse(path=str(EXAMPLES[name]), format=ox.RdfFormat.TRIG):
        statement = (node(quad.subject), node(quad.predicate), node(quad.object))
        graphs.setdefault(quad.graph_name.value, []).append(statement)
    assert set(graphs) == {"urn:passes", "urn:fails"}, name
    return MemoryStore(graphs)


def node(term: object) -> Node:
    if isinstance(term, ox.Literal):
        return Node(term.value, "literal", "" if term.language else term.datatype.value, term.language or "")
    assert isinstance(term, ox.NamedNode), "an example has no blank nodes"
    return Node(term.value)


def expected(name: str) -> list[Expected]:
    lines = EXAMPLES[name].read_text(encoding="utf-8").split("\n")
    matches = [EXPECTED.fullmatch(line) for line in lines if "finding:" in line]
    assert None not in matches, name
    return [Expected(match["focus"], match["value"], match["message"]) for match in matches if match]


def written(one: Result) -> Expected:
    """A finding as an example would write it: a value that is the focus node itself is none."""
    value = "-" if one.value is None or one.value == one.focus else one.value.value
    return Expected(one.focus.value.removeprefix(PLAN), value, one.message)


def found(name: str, graph: str, engine: Engine) -> list[Result]:
    return sorted(run(example(name), shapes(name), [graph], given=[AS_OF], engine=engine))


def test_every_shape_has_an_example() -> None:
    """A new file in shapes/ needs one in tests/shapes/, and an example belongs to a shape."""
    assert sorted(FILES) == sorted(EXAMPLES)


@every_shape
def test_a_file_is_one_shape_of_its_name(name: str) -> None:
    """The file action-has-lead.ttl is the shape ActionHasLead, and that alone has a target."""
    assert root(name).name == f"{BASE}shape/{''.join(word.capitalize() for word in name.split('-'))}"
    ((kind, asked),) = root(name).targets
    assert kind == "targetSubjectsOf" or (kind == "targetClass" and asked in CLASSES)


@every_shape
def test_a_shape_explains_itself(name: str) -> None:
    """Title, reason and severity are there, each once; the title is a question."""
    for predicate in ("name", "description", "severity"):
        assert len(said(name, sh(predicate))) == 1, predicate
    assert {one.language for one in (*said(name, sh("name")), *said(name, sh("description")))} == {"en"}
    assert root(name).title.endswith("?")
    assert root(name).description.endswith(".")
    assert root(name).severity.removeprefix(SH) in SEVERITIES


@every_shape
def test_a_shape_of_actions_says_which_column_shows_its_findings(name: str) -> None:
    """One property that a column gives; a finding on a whole plan has no cell."""
    shown = said(name, Node(PW + "shownIn"))
    if root(name).targets[0][1] == ON_PLANS:
        assert shown == []
    else:
        names = {one.value.removeprefix(PW) for one in shown}
        assert len(names) == 1
        assert names <= {GIVES.get(field, field) for field in FIELDS}


@every_shape
def test_a_message_says_what_is_wrong_and_what_to_do(name: str) -> None:
    """One English sentence with a full stop; what to do comes after a semicolon, or after what a plan prints."""
    (message,) = messages(name)
    assert message.language == "en"
    assert message.value.endswith(".")
    assert re.search(r"(; |\} [A-Z])\w+ .*\w\.$", message.value)


@every_shape
def test_a_message_names_what_its_query_selects(name: str) -> None:
    """A place in a message is a variable of the query, and other messages have none."""
    (message,) = messages(name)
    places = {place[1] for place in PLACE.finditer(message.value)}
    selects = [one.select.query for one in root(name).constraints if one.select]
    assert "{" not in PLACE.sub("", message.value)
    for query in selects or [""]:
        selected = query.partition("SELECT")[2].partition("WHERE")[0]
        assert places <= set(re.findall(r"\?(\w+)", selected))


def test_no_two_shapes_ask_the_same() -> None:
    """Each title, and each message, stands once."""
    titles = Counter(root(name).title for name in FILES)
    texts = Counter(message.value for name in FILES for message in messages(name))
    assert {text for text, count in (titles + texts).items() if count > 1} == set()


@every_shape
def test_every_shape_is_translated(name: str) -> None:
    """None goes to pySHACL, with the day of the check given or not."""
    for given in ([], [AS_OF]):
        assert [way.engine for way in explain(shapes(name), given)] == ["sparql"]


@every_shape
@pytest.mark.parametrize("engine", ["sparql", "pyshacl"])
def test_the_passing_example_passes(name: str, engine: Engine) -> None:
    """Nothing is found where nothing is wrong."""
    assert found(name, "urn:passes", engine) == []


@every_shape
@pytest.mark.parametrize("engine", ["sparql", "pyshacl"])
def test_the_failing_example_fails(name: str, engine: Engine) -> None:
    """What is found is what the example's comments say: no more, no less, each once."""
    wanted = expected(name)
    got = [written(one) for one in found(name, "urn:fails", engine)]
    assert wanted
    assert sorted(one[:2] for one in got) == sorted(one[:2] for one in wanted)
    assert {one.message for one in wanted} - {one.message for one in got} <= {None}
    assert not [one.message for one in got if PLACE.search(one.message or "")]


@every_shape
def test_both_ways_say_the_same(name: str) -> None:
    """Also path, severity and message of each finding are the same by SPARQL and by pySHACL."""
    assert found(name, "urn:fails", "sparql") == found(name, "urn:fails", "pyshacl")


def table() -> Iterator[tuple[str, str, str]]:
    """The rows of the README's table of shapes."""
    for line in README.read_text(encoding="utf-8").split("\n"):
        if match := re.fullmatch(r"\| `([a-z-]+)` \| (.+\?) \| (violation|warning|info) \|", line):
            yield match[1], match[2], match[3]


def test_the_table_of_the_readme_is_the_folder() -> None:
    """Name, question and severity of each shape stand in the README as in its file."""
    rows = list(table())
    assert sorted(rows) == sorted(
        (name, root(name).title, SEVERITIES[root(name).severity.removeprefix(SH)]) for name in FILES
    )


def block(language: str) -> str:
    """The one block of the README in a language."""
    (text,) = re.findall(rf"```{language}\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    return str(text)


def test_the_example_of_the_readme_works(tmp_path: Path) -> None:
    """Its shape and its program, written where it says, find that no action of a plan without partners has one."""
    (tmp_path / "my" / "shapes").mkdir(parents=True)
    (tmp_path / "my" / "shapes" / "action-has-partner.ttl").write_text(block("turtle"), encoding="utf-8")
    (tmp_path / "my" / "shapes" / "quarterly.toml").write_text(block("toml"), encoding="utf-8")
    assert read_profile(Library.bundled().with_folder(tmp_path / "my"), "quarterly").others == "as-the-shape-says"
    plan = bundled_plans() / "gravesham.txt"
    script = f"import planweave; planweave.build([{str(plan)!r}])\n" + block("python")
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    findings = done.stdout.splitlines()
    assert done.stderr == ""
    assert len(findings) == 12
    assert all(line.endswith("This action names no partner; name who works with the lead.") for line in findings)
