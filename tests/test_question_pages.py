"""The pages of the questions: current, true, inert, and the same every time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

import planweave as pw
from planweave.asking.columns import column_meanings, ontology_meanings
from planweave.asking.pages import MARK, named_in, question_page, values_of
from planweave.asking.questions import Question, read_questions
from planweave.library import Library
from planweave.question_pages import write_question_pages

if TYPE_CHECKING:
    from planweave.graph import Graph

COMMITTED = Path(__file__).parent.parent / "docs" / "questions"
QUESTIONS = read_questions(Library.bundled())
TERMS = ontology_meanings(Library.bundled())


@pytest.fixture(scope="module")
def graph(five_plans: Path) -> Iterator[Graph]:
    with pw.open(five_plans) as opened:
        yield opened


def shown(page: str) -> str:
    html: str = MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(page)
    return html


def cells(page: str, heading: str) -> list[list[str]]:
    """The rows of the table under a heading, as a reader sees them."""
    part = shown(page).partition(f"<h2>{heading}</h2>")[2].partition("<h2>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", part, re.DOTALL)
    return [[re.sub(r"<[^>]*>", "", cell) for cell in re.findall(r"<t[hd]>(.*?)</t[hd]>", row)] for row in rows]


def test_the_pages_are_current(graph: Graph, tmp_path: Path) -> None:
    """`make docs` writes what is committed, to the byte: no page is old, is missing, or is of no question."""
    (tmp_path / "gone.md").write_text(f"{MARK} from queries/gone.rq -->\n", encoding="utf-8")
    (tmp_path / "notes.md").write_text("My own notes.\n", encoding="utf-8")
    write_question_pages(Library.bundled(), graph, tmp_path)
    assert (tmp_path / "notes.md").read_text(encoding="utf-8") == "My own notes.\n"
    (tmp_path / "notes.md").unlink()
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    committed = {path.name: path.read_bytes() for path in COMMITTED.iterdir()}
    differing = sorted(name for name in {*made, *committed} if made.get(name) != committed.get(name))
    assert differing == [], "run `make docs`"
    assert set(made) == {f"{name}.md" for name in QUESTIONS} | {"README.md"}


def test_no_answer_depends_on_the_day() -> None:
    """No question looks at the clock, so that a page says tomorrow what it says today."""
    assert [one.name for one in QUESTIONS.values() if re.search(r"\b(NOW|RAND|UUID|STRUUID)\s*\(", one.sparql)] == []


def test_a_page_shows_the_answer_as_a_reader_of_the_plan_has_it() -> None:
    """The City's five actions without a lead; of Maidstone's eleven overdue ones the first ten, and it says so."""
    page = (COMMITTED / "actions-without-lead.md").read_text(encoding="utf-8")
    rows = cells(page, "Its answer on the bundled plans")
    assert [row[2] for row in rows] == ["ref", "1.6", "", "1.10", "1.11", "1.12"]
    assert "\n5 rows.\n" in page or "\n5 rows;" in page
    page = (COMMITTED / "overdue.md").read_text(encoding="utf-8")
    assert "\nThe first 10 of 11 rows.\n" in page
    rows = cells(page, "Its answer on the bundled plans")
    assert len(rows) == 1 + 10
    assert rows[1][1:3] == ["maidstone/1.5", "1.5"]
    assert cells(page, "What it can be given")[1:] == [
        ["--date", "a day", "required", "the day"],
        ["--plan", "a plan’s id".replace("’", "'"), "optional", "only this plan"],
    ]


def test_the_index_has_every_question_once() -> None:
    """By group, one line each."""
    index = (COMMITTED / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| \[`([\w-]+)`\]\(\1\.md\) \|", index, re.MULTILINE) == list(QUESTIONS)
    assert re.findall(r"^## (.+)", index, re.MULTILINE) == sorted({one.group for one in QUESTIONS.values()})


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("agencies-in-most-plans", ("renamed-bodies", "plans-with-agency")),
        ("shared-outcomes", ("actions-by-indicator",)),
        ("printing-faults", ("actions-without-lead", "actions-without-date", "actions-without-outcome")),
        ("islands", ()),
        ("indicators", ("actions-by-indicator",)),
    ],
)
def test_a_question_leads_to_those_that_it_names(name: str, named: tuple[str, ...]) -> None:
    """Only to those: "cross-references" in a sentence is a word, not the question of that name."""
    assert named_in(QUESTIONS[name], QUESTIONS) == named
    page = (COMMITTED / f"{name}.md").read_text(encoding="utf-8")
    for other in named:
        assert f"[`{other}`]({other}.md)" in page
        assert f"[`{name}`]({name}.md)" in (COMMITTED / f"{other}.md").read_text(encoding="utf-8")


def test_columns_say_what_the_ontology_says_and_nothing_more() -> None:
    """One property, its definition; what is worked out or bound in several ways, only its name; what is given, so."""
    columns = column_meanings(QUESTIONS["actions-alike"], TERMS)
    assert columns["earlierText"].term == "text"
    columns = column_meanings(QUESTIONS["overdue"], TERMS)
    assert (
        columns["latest"].words
        == "The last day that an action's due date can mean; after it, what is not done is late."
    )
    assert (columns["vague"].term, columns["vague"].words) == ("", "vague")
    assert columns["date"].words == "the day"
    # Who leads or is partner: in both, a party.
    sparql = "SELECT ?who { { ?action pw:lead ?who } UNION { ?action pw:partner ?who } }"
    columns = column_meanings(replace(QUESTIONS["islands"], columns=("who",), sparql=sparql), TERMS)
    assert columns["who"].words == TERMS["Party"].words
    # To which this action refers, or which refers to it: the definition of one way would be wrong of the other.
    columns = column_meanings(QUESTIONS["related-to"], TERMS)
    assert (columns["other"].term, columns["other"].words) == ("", "other")
    columns = column_meanings(QUESTIONS["plans-side-by-side"], TERMS)
    assert (columns["withOutcome"].term, columns["withOutcome"].words) == ("", "with outcome")
    assert column_meanings(QUESTIONS["latest-updates"], TERMS)["plan"].term == "Plan"


def test_text_of_a_document_is_inert(graph: Graph) -> None:
    """Whatever a plan or a header prints, a page shows it and does nothing with it."""
    hostile = "# <script>x</script> | [a](javascript:b) ![i](http://e.example/i) `c` *d* <!-- www.e.example"
    answer = graph.sparql("SELECT ?words WHERE { VALUES ?words { ?any } }".replace("{ ?any }", '{ "' + hostile + '" }'))
    question = Question(
        name="own",
        title=hostile,
        text=f"1. {hostile}?",
        group="G",
        parameters=(),
        columns=("words",),
        example="planweave ask own",
        sparql="# # t\nSELECT ?words\n```\n",
    )
    page = question_page(question, answer, {"own": question}, TERMS)
    assert cells(page, "Its answer on the bundled plans")[1] == [hostile.replace("<", "&lt;").replace(">", "&gt;")]
    html = shown(page).partition("-->")[2]
    assert not re.search(r"<script|<img|<ol|<!--|href=\"(?!README|\.\./)", html)
    assert html.count("<h1>") == 1
    assert "http://" not in page
    assert '<code class="language-sparql">SELECT ?words\n```\n</code>' in html
    assert values_of(replace(question, example='planweave ask own --a-b "c d"')) == {"a_b": "c d"}
