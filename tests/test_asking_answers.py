"""An answer: typed rows, words for people, and files that say exactly what was found."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import sys
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import openpyxl
import pytest
import rdflib
from rich.console import Console

from planweave.asking.answering import answer_query
from planweave.asking.answers import About, Answer
from planweave.asking.kept import Limits
from planweave.asking.terms import node_of, readable, term, value_of
from planweave.errors import NotFound, PlanweaveError, QueryError
from planweave.flat_files import BOM
from planweave.store import Node
from tests import stores

XSD = "http://www.w3.org/2001/XMLSchema#"
ACTION = f"{stores.PLAN}/action"
TEXT = '=1+1 | <b>Open</b>\na "hub"'
QUERY = """SELECT ?action ?order ?text ?due ?score ?status {
  ?action pw:order ?order ; pw:text ?text .
  OPTIONAL { ?action pw:dueLatest ?due } OPTIONAL { ?action pw:score ?score } OPTIONAL { ?action pw:status ?status }
} ORDER BY ?order"""
ABOUT = About("Actions <all>", "Which actions are there?")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan with two actions, and a register."""
    folder: Path = stores.northmoor(tmp_path_factory.mktemp("plan") / "store")
    return folder


@pytest.fixture(scope="module")
def actions(plan: Path) -> Answer:
    """Two rows of six columns."""
    return answer_query(plan, QUERY, about=ABOUT)


@pytest.fixture(scope="module")
def triples(plan: Path) -> Answer:
    """A graph of three triples."""
    query = "CONSTRUCT { ?action pw:text ?text } WHERE { ?action pw:text ?text }"
    return answer_query(plan, query)


def written(answer: Answer, format_: str) -> str:
    out = io.BytesIO()
    answer.write_to(out, format_)
    return out.getvalue().decode()


def test_rows_are_typed_terms(actions: Answer) -> None:
    """Each row has every column, as a term with its type, None where there is no value."""
    first, second = actions
    assert dict(first) == {
        "action": Node(f"{ACTION}/1.1"),
        "order": Node("1", "literal", f"{XSD}integer"),
        "text": Node(TEXT, "literal", f"{XSD}string"),
        "due": Node("2024-12-31", "literal", f"{XSD}date"),
        "score": None,
        "status": Node("https://w3id.org/planweave/status/partial"),
    }
    assert second["text"] == second.text == Node("Prävention", "literal", "", "de")
    assert second.score == Node("0.5", "literal", f"{XSD}decimal")
    assert repr(second).startswith("Row(action='northmoor/1.2', order='2', text='Prävention', due=''")
    with pytest.raises(KeyError):
        second["lead"]
    with pytest.raises(AttributeError):
        _ = second.lead


def test_an_answer_counts_and_says_what_it_is(actions: Answer, triples: Answer, plan: Path) -> None:
    """Its length, its truth and its name are those of what was found."""
    assert (len(actions), bool(actions), actions.count, actions.boolean) == (2, True, "2 rows", None)
    assert repr(actions) == "<planweave answer: Actions <all>: 2 rows>"
    assert (len(triples), triples.kind, repr(triples)) == (3, "graph", "<planweave answer: 3 triples>")
    empty = answer_query(plan, "SELECT ?a { ?a pw:order 7 }")
    assert (len(empty), bool(empty), empty.count) == (0, False, "0 rows")
    yes, no = answer_query(plan, "ASK { ?a pw:order 1 }"), answer_query(plan, "ASK { ?a pw:order 7 }")
    assert (yes.boolean, bool(yes), yes.count) == (True, True, "yes")
    assert (no.boolean, bool(no), no.count) == (False, False, "no")
    assert actions.about.sparql == QUERY


@pytest.mark.parametrize(
    ("written", "node"),
    [
        (b"<urn:x>", Node("urn:x")),
        (b"_:b0", Node("b0", "blank")),
        (b"4", Node("4", "literal", f"{XSD}integer")),
        (b"-4", Node("-4", "literal", f"{XSD}integer")),
        (b"-.5", Node("-.5", "literal", f"{XSD}decimal")),
        (b"1.0e6", Node("1.0e6", "literal", f"{XSD}double")),
        (b"true", Node("true", "literal", f"{XSD}boolean")),
        (b'""', Node("", "literal", f"{XSD}string")),
        (b'"a\\tb\\\\n\\"\\u00e4\\U0001F600"', Node('a\tb\\n"ä\N{GRINNING FACE}', "literal", f"{XSD}string")),
        (b'"x"@en-gb', Node("x", "literal", "", "en-gb")),
        (b'"5"^^<urn:five>', Node("5", "literal", "urn:five")),
        (b"", None),
    ],
)
def test_terms_are_read_as_they_were_written(written: bytes, node: Node | None) -> None:
    """Each form of term in TSV is read back; nothing is no value, and differs from empty text."""
    assert node_of(written) == node


def test_a_triple_as_a_value_is_a_sentence() -> None:
    """A triple term is not shown as if it were text."""
    with pytest.raises(QueryError, match="a triple as a value"):
        node_of(b"<<( <urn:a> <urn:b> <urn:c> )>>")


@pytest.mark.parametrize(
    ("value", "node"),
    [
        ("a > b", Node("a > b", "literal", f"{XSD}string")),
        (5, Node("5", "literal", f"{XSD}integer")),
        (True, Node("true", "literal", f"{XSD}boolean")),
        (0.5, Node("0.5", "literal", f"{XSD}double")),
        (Decimal("1.10"), Node("1.10", "literal", f"{XSD}decimal")),
        (dt.date(2024, 12, 31), Node("2024-12-31", "literal", f"{XSD}date")),
        (
            dt.datetime(2024, 12, 31, 9, 30, tzinfo=dt.UTC),
            Node("2024-12-31T09:30:00+00:00", "literal", f"{XSD}dateTime"),
        ),
        (Node("urn:x"), Node("urn:x")),
        (rdflib.URIRef("urn:x"), Node("urn:x")),
        (rdflib.Literal("x", lang="de"), Node("x", "literal", "", "de")),
        (rdflib.Literal(5), Node("5", "literal", f"{XSD}integer")),
    ],
)
def test_values_of_python_become_terms(value: object, node: Node) -> None:
    """Text, numbers, days, truth, and the terms of rdflib, which are text too."""
    assert term(value) == node


def test_no_term_for_anything_else() -> None:
    """A list is no value."""
    with pytest.raises(QueryError, match=r"there is no term for \['a'\]; give text"):
        term(["a"])


@pytest.mark.parametrize(
    ("node", "words"),
    [
        (Node(stores.PLAN), "northmoor"),
        (Node(f"{ACTION}/A%2F1"), "northmoor/A/1"),
        (Node(f"{ACTION}/1.1/lead/2"), "northmoor/1.1/lead/2"),
        (Node("https://w3id.org/planweave/status/not-started"), "not started"),
        (Node("https://w3id.org/planweave/status/complete"), "complete"),
        (Node("https://w3id.org/planweave/flag/missing-due"), "no due date"),
        (Node("https://w3id.org/planweave/timing/none"), "no date"),
        (Node("https://w3id.org/planweave/agency/change-grow-live"), "change-grow-live"),
        (Node(stores.NORTHMOOR), "graph/plan/northmoor"),
        (Node(f"{stores.PW}dueLatest"), "pw:dueLatest"),
        (Node("http://example.org/a/b"), "http://example.org/a/b"),
        (Node("b0", "blank"), "_:b0"),
        (Node("true", "literal", f"{XSD}boolean"), "yes"),
        (Node("true", "literal", f"{XSD}string"), "true"),
        (None, ""),
    ],
)
def test_people_read_words(node: Node | None, words: str) -> None:
    """Ids stand for plans and actions, words for codes, short names for terms; anything else is whole."""
    assert readable(node) == words


@pytest.mark.parametrize(
    ("node", "value"),
    [
        (Node("12", "literal", f"{XSD}integer"), 12),
        (Node("1.10", "literal", f"{XSD}decimal"), Decimal("1.10")),
        (Node("NaN", "literal", f"{XSD}double"), "NaN"),
        (Node("2024-02-30", "literal", f"{XSD}date"), "2024-02-30"),
        (Node("1.10", "literal", f"{XSD}string"), "1.10"),
        (Node("false", "literal", f"{XSD}boolean"), False),
        (Node("urn:x"), "urn:x"),
        (Node("b", "blank"), "_:b"),
        (None, None),
    ],
)
def test_values_are_those_of_python(node: Node | None, value: object) -> None:
    """Numbers and days are such where they are right, and text stays text: a reference 1.10 is no number."""
    found = value_of(node)
    assert (found, type(found)) == (value, type(value))


def test_csv_is_the_recommendations_and_runs_nowhere(actions: Answer) -> None:
    """Values without their types, lines ended by CR LF; text that a spreadsheet would run is guarded, a number not."""
    text = TEXT.replace('"', '""')
    assert written(actions, "csv") == (
        "action,order,text,due,score,status\r\n"
        f'{ACTION}/1.1,1,"\'{text}",2024-12-31,,https://w3id.org/planweave/status/partial\r\n'
        f"{ACTION}/1.2,2,Prävention,,0.5,\r\n"
    )


def test_a_negative_number_stays_a_number_in_csv(plan: Path) -> None:
    """The guard against formulas is for text: -3 is a number, and "-3" printed in a plan is text."""
    answer = answer_query(plan, "SELECT (-3 AS ?n) ('-3' AS ?t) {}")
    assert written(answer, "csv") == "n,t\r\n-3,'-3\r\n"


def test_tsv_holds_every_term(actions: Answer) -> None:
    """Each term as Turtle spells it, nothing where there is no value."""
    assert written(actions, "tsv") == (
        "?action\t?order\t?text\t?due\t?score\t?status\n"
        f'<{ACTION}/1.1>\t1\t"=1+1 | <b>Open</b>\\na \\"hub\\""\t"2024-12-31"^^<{XSD}date>\t\t'
        "<https://w3id.org/planweave/status/partial>\n"
        f'<{ACTION}/1.2>\t2\t"Prävention"@de\t\t0.5\t\n'
    )


def test_all_columns_are_in_the_order_of_the_query(plan: Path) -> None:
    """SELECT * gives each variable where the query first names it, in every format."""
    answer = answer_query(plan, "SELECT DISTINCT * { ?z pw:order ?order ; pw:score ?a }")
    assert answer.columns == ("z", "order", "a")
    assert written(answer, "tsv") == f"?z\t?order\t?a\n<{ACTION}/1.2>\t2\t0.5\n"
    assert [row.order for row in answer] == [Node("2", "literal", f"{XSD}integer")]


def test_json_is_sparql_results(actions: Answer, plan: Path) -> None:
    """The head names the columns; a binding is left out where there is no value; ASK is one boolean."""
    found = json.loads(written(actions, "json"))
    assert found["head"] == {"vars": ["action", "order", "text", "due", "score", "status"]}
    assert found["results"]["bindings"][1] == {
        "action": {"type": "uri", "value": f"{ACTION}/1.2"},
        "order": {"type": "literal", "value": "2", "datatype": f"{XSD}integer"},
        "text": {"type": "literal", "value": "Prävention", "xml:lang": "de"},
        "score": {"type": "literal", "value": "0.5", "datatype": f"{XSD}decimal"},
    }
    assert json.loads(written(answer_query(plan, "ASK {}"), "json")) == {"head": {}, "boolean": True}
    empty = answer_query(plan, "SELECT ?a { ?a pw:order 7 }")
    assert json.loads(written(empty, "json")) == {"head": {"vars": ["a"]}, "results": {"bindings": []}}


def test_markdown_shows_text_as_it_is(actions: Answer) -> None:
    """A bar, a mark-up sign or a line feed of a plan does not break the table or become HTML."""
    assert written(actions, "md") == (
        "| action | order | text | due | score | status |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
        '| northmoor/1.1 | 1 | =1+1 \\| &lt;b&gt;Open&lt;/b&gt;<br>a "hub" | 2024-12-31 |  | partly complete |\n'
        "| northmoor/1.2 | 2 | Prävention |  | 0.5 |  |\n"
    )


def test_a_graph_is_written_as_rdf(triples: Answer) -> None:
    """Turtle, N-Triples and JSON-LD hold the same triples; Turtle declares the prefixes it uses, in order."""
    graphs = [
        rdflib.Graph().parse(data=written(triples, format_), format=name)
        for format_, name in (("ttl", "turtle"), ("nt", "nt"), ("jsonld", "json-ld"))
    ]
    assert [len(graph) for graph in graphs] == [3, 3, 3]
    assert set(graphs[0]) == set(graphs[1]) == set(graphs[2])
    turtle = written(triples, "ttl")
    assert turtle.startswith("@prefix plan: <https://w3id.org/planweave/plan/> .\n@prefix pw: <")
    assert turtle.count("@prefix") == 2
    assert "skos:" not in turtle
    assert [row.predicate for row in triples] == [Node(f"{stores.PW}text")] * 3


@pytest.mark.parametrize("format_", ["ttl", "pdf", "xlsx", ""])
def test_a_format_of_another_kind_is_a_sentence(actions: Answer, format_: str) -> None:
    """A table is no graph, and a stream is no workbook; what there is, is offered."""
    with pytest.raises(
        NotFound, match=r"the answer is a table, and '\w*' is no format of it; use csv, tsv, json, xml, md"
    ):
        written(actions, format_)


def test_a_graph_is_no_table(triples: Answer, tmp_path: Path) -> None:
    """Of triples no CSV is written, and nothing is left of the attempt."""
    with pytest.raises(NotFound, match="the answer is a graph, and 'csv' is no format of it; use ttl, nt, jsonld"):
        triples.to_csv(tmp_path / "a.csv")
    with pytest.raises(NotFound, match="the answer is a graph"):
        triples.write(tmp_path / "a.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_the_suffix_decides_the_format_of_a_file(actions: Answer, triples: Answer, tmp_path: Path) -> None:
    """Each file says what the stream of that format says, CSV behind its mark; to_csv writes CSV whatever the name."""
    for format_ in ("csv", "tsv", "json", "md"):
        path = actions.write(tmp_path / f"a.{format_.upper()}")
        assert path.read_bytes().decode("utf-8-sig") == written(actions, format_)
        assert path.read_bytes().startswith(BOM) == (format_ == "csv")
    for format_ in ("ttl", "nt", "jsonld"):
        assert triples.write(tmp_path / f"a.{format_}").read_bytes().decode() == written(triples, format_)
    assert actions.to_csv(tmp_path / "a.txt").read_bytes() == BOM + written(actions, "csv").encode()
    rows = list(csv.DictReader(io.StringIO((tmp_path / "a.txt").read_text(encoding="utf-8-sig"), newline="")))
    assert [row["order"] for row in rows] == ["1", "2"]


def test_a_file_that_cannot_be_written_is_a_sentence(actions: Answer, tmp_path: Path) -> None:
    """A folder that is not there is named."""
    for suffix in ("csv", "xlsx", "html"):
        with pytest.raises(PlanweaveError, match="the file cannot be written"):
            actions.write(tmp_path / "none" / f"a.{suffix}")


def test_a_workbook_has_words_numbers_and_days(actions: Answer, tmp_path: Path) -> None:
    """Numbers and days are such, all else is text that does not run; a second sheet says what was asked."""
    book = openpyxl.load_workbook(actions.write(tmp_path / "a.xlsx"))
    assert book.sheetnames == ["Answer", "About"]
    rows = list(book["Answer"].iter_rows(values_only=True))
    assert rows == [
        ("action", "order", "text", "due", "score", "status"),
        ("northmoor/1.1", 1, TEXT, dt.datetime(2024, 12, 31), None, "partly complete"),  # noqa: DTZ001 - as openpyxl has it
        ("northmoor/1.2", 2, "Prävention", None, 0.5, None),
    ]
    assert {cell.data_type for cell in book["Answer"]["C"]} == {"s"}
    about = {row[0]: row[1] for row in book["About"].iter_rows(values_only=True)}
    assert about == {
        "Actions <all>": None,
        "Question": "Which actions are there?",
        "Answer": "2 rows",
        "SPARQL": QUERY,
    }


def test_every_file_for_people_says_what_the_question_was_given(plan: Path, tmp_path: Path) -> None:
    """The answer for one action is told from that for all: in the workbook, on the page and in a notebook."""
    answer = answer_query(plan, QUERY, {"order": 2}, about=ABOUT)
    assert answer.about.given_words == "order: 2"
    book = openpyxl.load_workbook(answer.write(tmp_path / "a.xlsx"))
    assert ("Given", "order: 2") in list(book["About"].iter_rows(values_only=True))
    assert '<p class="given">Given: order: 2</p>' in answer.write(tmp_path / "a.html").read_text(encoding="utf-8")
    assert "Actions &lt;all&gt; – order: 2: 1 row." in answer._repr_html_()


def test_a_number_excel_cannot_hold_stays_text(plan: Path, tmp_path: Path) -> None:
    """Of more than fifteen digits Excel would lose some, and 1899 is a year it does not know."""
    answer = answer_query(plan, "SELECT (1234567890123456 AS ?n) ('1899-12-31'^^xsd:date AS ?d) (true AS ?b) {}")
    book = openpyxl.load_workbook(answer.write(tmp_path / "a.xlsx"))
    assert [cell.value for cell in book["Answer"][2]] == ["1234567890123456", "1899-12-31", "yes"]


def test_a_page_runs_nothing(actions: Answer, tmp_path: Path) -> None:
    """Title, question, rows and query stand in the page as text, and the page may load nothing."""
    page = actions.write(tmp_path / "a.html").read_text(encoding="utf-8")
    assert "Actions &lt;all&gt;" in page
    assert "Which actions are there?" in page
    assert "=1+1 | &lt;b&gt;Open&lt;/b&gt;\na &#34;hub&#34;</td>" in page
    assert "<b>" not in page
    assert "default-src 'none'" in page.replace("&#39;", "'")
    assert '<p class="count">2 rows</p>' in page
    assert "OPTIONAL { ?action pw:dueLatest ?due }" in page


def test_a_page_has_words_for_columns_and_breaks_no_id(plan: Path, tmp_path: Path) -> None:
    """A column is headed by its name in words, the text speaks of it so too, and ids and days stay in one line."""
    about = About("Late", "What is late, and is the date vague (?isVague)? By when?")
    query = "SELECT ?action ?due ?isVague { ?action pw:dueLatest ?due BIND ('no / 1' AS ?isVague) }"
    answer = answer_query(plan, query, about=about)
    page = answer.write(tmp_path / "a.html").read_text(encoding="utf-8")
    assert '<th scope="col">Action</th><th scope="col">Due</th><th scope="col">Is vague</th>' in page
    assert "is the date vague (“is vague”)? By when?" in page
    cells = '<td class="code">northmoor/1.1</td><td class="code">2024-12-31</td><td>no / 1</td>'
    assert cells in page


def test_a_page_of_too_many_rows_is_a_sentence(tmp_path: Path) -> None:
    """A page that no browser would show in time is not written, and never shortened."""
    store = stores.numbered(tmp_path / "store", 200)
    answer = answer_query(store, "SELECT ?a ?b { ?a ?p ?x . ?b ?q ?y }", limits=Limits(rows=50_000))
    with pytest.raises(PlanweaveError, match=r"40,000 rows, more than the 20,000 of a page; write \.xlsx or \.csv"):
        answer.write(tmp_path / "a.html")
    assert not (tmp_path / "a.html").exists()


def test_a_notebook_shows_the_rows_and_how_many(actions: Answer, plan: Path, tmp_path: Path) -> None:
    """The first rows of a long answer, and in the last line how many more there are; text is escaped."""
    html = actions._repr_html_()
    assert "&lt;b&gt;Open&lt;/b&gt;" in html
    assert "Actions &lt;all&gt;: 2 rows." in html
    long = answer_query(stores.numbered(tmp_path / "store", 250), "SELECT ?s { ?s ?p ?o }")
    assert long._repr_html_().count("<tr>") == 1 + 200 + 1
    assert "… and 50 more" in long._repr_html_()


def test_a_terminal_shows_the_rows_and_obeys_none(actions: Answer, plan: Path) -> None:
    """Every cell is there as text; a control character is shown as a sign; what is left out is counted."""
    console = Console(width=140, record=True, file=io.StringIO())
    console.print(actions.table())
    shown = console.export_text()
    assert "northmoor/1.1" in shown
    assert "<b>Open</b>" in shown
    evil = answer_query(plan, "SELECT ('[red]\\u001b[2Jgone' AS ?t) {}")
    console.print(evil.table())
    assert "[red]\N{REPLACEMENT CHARACTER}[2Jgone" in console.export_text()
    console.print(actions.table(most=1))
    assert "… and 1 more rows" in console.export_text()


def test_numbers_are_known_by_their_column(actions: Answer) -> None:
    """A column of numbers is one although a row has none; a column without any value is not."""
    assert actions.numeric == {"order", "score"}


def test_pandas_gets_values(actions: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where pandas is installed it is handed typed values and the columns; where it is not, a sentence says so."""
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(PlanweaveError, match="pandas is not installed"):
        actions.to_pandas()
    stand_in: Any = ModuleType("pandas")
    stand_in.DataFrame = lambda rows, columns: (rows, columns)
    monkeypatch.setitem(sys.modules, "pandas", stand_in)
    rows, columns = actions.to_pandas()
    assert columns == ["action", "order", "text", "due", "score", "status"]
    assert rows[0] == (
        f"{ACTION}/1.1",
        1,
        TEXT,
        dt.date(2024, 12, 31),
        None,
        "https://w3id.org/planweave/status/partial",
    )
    assert rows[1][4] == Decimal("0.5")


def test_columns_without_a_row_and_rows_without_a_column(plan: Path, tmp_path: Path) -> None:
    """A query that selects nothing has rows with nothing in them, and is written all the same."""
    nothing = answer_query(plan, "SELECT * { }")
    assert (nothing.columns, list(nothing.rows())) == ((), [()])
    none = answer_query(plan, "SELECT ?a ?b { ?a pw:order 7 }")
    for suffix in ("csv", "tsv", "json", "md", "xlsx", "html"):
        assert none.write(tmp_path / f"none.{suffix}").stat().st_size > 0
        assert nothing.write(tmp_path / f"nothing.{suffix}").stat().st_size > 0


def test_xml_is_that_of_the_results_format(actions: Answer, plan: Path) -> None:
    """Text, numbers, languages and signs of markup are the same terms again when they are read from XML."""
    from rdflib.query import Result  # noqa: PLC0415 - only here

    found = Result.parse(io.BytesIO(written(actions, "xml").encode()), format="xml")
    assert [str(name) for name in found.vars or ()] == ["action", "order", "text", "due", "score", "status"]
    first, second = found.bindings
    assert first[rdflib.Variable("text")] == rdflib.Literal(TEXT)
    assert first[rdflib.Variable("order")] == rdflib.Literal(1)
    assert rdflib.Variable("score") not in first
    assert second[rdflib.Variable("text")] == rdflib.Literal("Prävention", lang="de")
    assert first[rdflib.Variable("action")] == rdflib.URIRef(f"{ACTION}/1.1")
    with pytest.raises(QueryError, match="a character that XML cannot hold"):
        written(answer_query(plan, 'SELECT ("\\u0001" AS ?a) {}'), "xml")
