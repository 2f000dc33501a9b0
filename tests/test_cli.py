"""The command line as a user types it: what it prints, what it exits with, what it says when things go wrong."""

from __future__ import annotations

import contextlib
import csv
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import click
import openpyxl
import pytest
import rdflib
from click.testing import CliRunner

from planweave import cli
from planweave.asking.headers import RESERVED
from planweave.records import from_json

REPOSITORY = Path(__file__).parent.parent


class Done(NamedTuple):
    """How a verb ended, and what it printed."""

    returncode: int
    stdout: str
    stderr: str


def run(*arguments: object, cwd: Path = REPOSITORY) -> Done:
    """Run planweave in this process, where what it prints and how it ends is all that is looked at."""
    with contextlib.chdir(cwd):
        done = CliRunner().invoke(cli.main, [*map(str, arguments)], prog_name="planweave", catch_exceptions=False)
    return Done(done.exit_code, done.stdout, done.stderr)


def run_apart(*arguments: object, cwd: Path = REPOSITORY) -> subprocess.CompletedProcess[str]:
    """Run planweave in a process of its own, as a shell does."""
    command = [sys.executable, "-m", "planweave.cli", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, encoding="utf-8")


@pytest.fixture(scope="module")
def weave(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the graph of the bundled plans."""
    folder = tmp_path_factory.mktemp("cli") / "weave"
    done = run_apart("build", "--into", folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_build_without_arguments_reads_the_bundled_plans(tmp_path: Path) -> None:
    """One screen: a row a plan with its counts, the sums, and where everything is."""
    done = run_apart("build", "--into", tmp_path / "weave")
    assert done.returncode == 0
    rows = {line.split()[0]: " ".join(line.split()) for line in done.stdout.splitlines() if line.split()}
    assert rows["coventry"] == "coventry Coventry City Council 44 29 0 39 37 19 100 % 93.0 %"
    assert rows["gravesham"] == "gravesham Gravesham Borough Council 12 5 0 8 0 0 100 % 100 %"
    assert rows["thurrock"] == "thurrock Thurrock Council 44 0 0 0 44 0 100 % 100 %"
    assert rows["5"] == "5 plans 144 88 125 19"
    for folder in ("store", "shards", "records"):
        printed = next(line for line in done.stdout.splitlines() if line.endswith(folder))
        assert Path(printed.split()[-1]).is_dir()


def test_build_again_says_that_nothing_changed(weave: Path) -> None:
    """A second build is told apart from the first."""
    assert "nothing changed since the last build" in run("build", "--into", weave).stdout


def test_read_shows_the_actions_as_a_table() -> None:
    """A person sees references, texts, leads and what is not placed, and the shares."""
    shown = run("read", "plans/coventry.txt").stdout.replace("\N{NO-BREAK SPACE}", " ")
    for words in (
        "Rough Sleeping Action Plan",
        "Coventry City Council",
        "44 actions",
        "13.1",
        "RSAG",
        "April 2023",
    ):
        assert words in shown
    assert "Abbreviations: CRMC = Coventry refugee and migrant centre" in shown
    assert "Not placed, line 2: The Action Plan is in 2 distinctive sections." in shown
    assert "100 % of the document kept, 93.0 % placed; read with the loader coventry." in shown
    assert "Corrected in coventry/6.1, leads: “TSMT” → RSMT." in shown


def test_read_json_is_the_record() -> None:
    """``--json`` prints the public form: source cells, flags, what was not placed, the shares."""
    printed = run_apart("read", "plans/coventry.txt", "--json").stdout
    data = json.loads(printed)
    action = data["actions"][1]
    assert action["id"] == "coventry/1.2"
    assert action["leads"] == ["RSMT", "RSAG", "Voids Panel"]
    assert action["source"][0]["cells"][2] == {
        "column": 3,
        "heading": "Who",
        "text": "RSMT/RSAG/ Voids Panel",
        "field": "lead",
    }
    assert (data["kept"], len(data["unplaced"])) == (1.0, 5)
    assert from_json(printed.encode()).plan.id == "coventry"


def test_read_stores_nothing(tmp_path: Path) -> None:
    """Reading leaves no file behind."""
    run("read", REPOSITORY / "plans" / "gravesham.txt", cwd=tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", ["nq", "trig", "ttl", "jsonld"])
def test_exports_are_rdf_that_rdflib_reads(weave: Path, tmp_path: Path, suffix: str) -> None:
    """Each RDF format holds all 144 actions and the register; those with graphs keep the graphs' names."""
    path = tmp_path / f"all.{suffix}"
    assert run("export", "--from", weave, "-o", path).returncode == 0
    known = {"nq": "nquads", "trig": "trig", "ttl": "turtle", "jsonld": "json-ld"}
    data = rdflib.Dataset(default_union=True)
    data.parse(path, format=known[suffix])
    count = "SELECT (COUNT(DISTINCT ?a) AS ?n) WHERE { ?a a <https://w3id.org/planweave/ontology#Action> }"
    assert [int(row.n) for row in data.query(count)] == [144]  # type: ignore[union-attr]
    assert (None, None, rdflib.Literal("Change Grow Live", lang="en")) in data
    graphs = {str(graph.identifier) for graph in data.graphs() if len(graph)}
    assert ("https://w3id.org/planweave/graph/plan/coventry" in graphs) == (suffix != "ttl")


def test_export_of_one_plan_holds_that_plan(weave: Path, tmp_path: Path) -> None:
    """``--plan`` leaves the others out, in RDF, in JSON and in the spreadsheet."""
    run("export", "--from", weave, "--plan", "gravesham", "-o", tmp_path / "one.nq")
    quads = (tmp_path / "one.nq").read_text(encoding="utf-8")
    assert "/plan/gravesham/action/n12" in quads
    assert "/plan/coventry/action/" not in quads
    run("export", "--from", weave, "--plan", "gravesham", "-o", tmp_path / "one.json")
    data = json.loads((tmp_path / "one.json").read_text(encoding="utf-8"))
    assert [(plan["plan"]["id"], len(plan["actions"])) for plan in data] == [("gravesham", 12)]
    run("export", "--from", weave, "--plan", "gravesham", "-o", tmp_path / "one.xlsx")
    assert openpyxl.load_workbook(tmp_path / "one.xlsx")["Actions"].max_row == 13


def test_the_spreadsheet_holds_everything(weave: Path, tmp_path: Path) -> None:
    """One sheet each for actions, parties, cross-references, updates and sources, headed and filtered."""
    run("export", "--from", weave, "-o", tmp_path / "all.xlsx")
    book = openpyxl.load_workbook(tmp_path / "all.xlsx")
    assert [name for name in book.sheetnames if name != "About"] == [
        "Actions",
        "Parties",
        "Cross-references",
        "Updates",
        "Sources",
    ]
    assert book["Actions"].max_row == 145
    assert book["Cross-references"].max_row == 20
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes is not None
        assert sheet.auto_filter.ref
        assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)


def test_the_csv_opens_in_a_spreadsheet(weave: Path, tmp_path: Path) -> None:
    """The CSV begins with a byte order mark and has a line for each action."""
    run("export", "--from", weave, "-o", tmp_path / "all.csv")
    assert (tmp_path / "all.csv").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("read", "nowhere.txt"), "planweave: nowhere.txt: there is no such file; check the path."),
        (
            ("build", "nowhere", "--into", "{tmp}/w"),
            "planweave: nowhere: there is no such file or folder; check the path.",
        ),
        (
            ("read", "{repo}/pyproject.toml"),
            "planweave: {repo}/pyproject.toml: no table of actions is recognised",
        ),
        (
            ("read", "{repo}/plans/coventry.txt", "--loader", "coventri"),
            "planweave: there is no loader 'coventri'; did you mean coventry?",
        ),
        (
            ("export", "--from", "{tmp}/none", "-o", "x.nq"),
            "planweave: {tmp}/none: there is no graph here yet; run planweave build first.",
        ),
        (
            ("export", "--from", "{weave}", "-o", "{tmp}/x.doc"),
            "planweave: '.doc' is no format of exports; end the name in",
        ),
        (
            ("export", "--from", "{weave}", "--plan", "thurock", "-o", "{tmp}/x.nq"),
            "planweave: there is no plan 'thurock' in this graph; did you mean thurrock?",
        ),
        (
            ("export", "--from", "{weave}", "-o", "{tmp}/no/such/folder/x.nq"),
            "planweave: {tmp}/no/such/folder/x.nq: the file cannot be written",
        ),
        (
            ("read", "x.txt", "--library", "{tmp}/nolib"),
            "planweave: {tmp}/nolib: there is no such library folder; check the path.",
        ),
    ],
)
def test_errors_are_one_sentence_and_exit_with_2(
    weave: Path, tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    """What, where and what to do, on standard error, without a traceback; the exit code is 2."""
    places = {"tmp": str(tmp_path), "weave": str(weave), "repo": str(REPOSITORY)}
    done = run_apart(*(argument.format(**places) for argument in arguments), cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith(sentence.format(**places))
    assert len(done.stderr.strip().splitlines()) == 1
    assert done.stdout == ""


def test_a_bad_document_among_good_ones(tmp_path: Path) -> None:
    """The good ones are shown, the bad one is named, the exit code is 2, and it says that nothing changed."""
    folder = tmp_path / "plans"
    folder.mkdir()
    (folder / "good.txt").write_text(
        (REPOSITORY / "plans" / "gravesham.txt").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (folder / "bad.txt").write_bytes(b"PK\x03\x04" + bytes(200))
    done = run("build", folder, "--into", tmp_path / "weave")
    assert done.returncode == 2
    assert "bad.txt: the file is damaged" in done.stderr
    assert "1 document could not be read, so the graph was not changed (there is no graph yet)." in done.stderr
    assert "gravesham" in done.stdout
    assert run("build", folder, "--into", tmp_path / "weave", "--keep-going").returncode == 2
    assert run("export", "--from", tmp_path / "weave", "-o", tmp_path / "x.json").returncode == 0


def test_text_of_a_document_is_not_markup_of_the_terminal(tmp_path: Path) -> None:
    """Square brackets in a plan are printed as they are."""
    path = tmp_path / "plan.txt"
    path.write_text("Plan [bold]\n\nRef\tAction\tLead\n1.1\tOpen [red]hub[/red] [link=x]\tA [b]\n1.2\tOther\tB\n")
    shown = run("read", path).stdout
    assert "Plan [bold]" in shown
    assert "Open [red]hub[/red]" in shown


def test_check_shows_scorecards_and_findings(weave: Path) -> None:
    """The day of the check, a row a plan, then the findings with action, place and what to do."""
    done = run("check", "--from", weave, "--as-of", "2024-12-31", "--plan", "city-of-london")
    shown = " ".join(done.stdout.replace("\N{NO-BREAK SPACE}", " ").split())
    assert done.returncode == 0, done.stderr
    assert "1 plan with 26 actions, 32 questions; profile Default, as of 31 December 2024" in shown
    assert "city-of-london 26 81 % 100 % 96 % 96 % 92 %" in shown
    assert "Does every action name a lead? 5 findings" in shown
    assert "This action names nobody as its lead; name the team, post or organisation that answers for it." in shown
    assert "1.6 Implement safe access to online information table 1, row 3" in shown


def test_check_prints_for_machines_and_says_the_day_to_people(weave: Path) -> None:
    """Standard output holds the findings and nothing else; the day of the check goes to standard error."""
    arguments = ("check", "--from", weave, "--as-of", "2024-12-31", "--only", "action-has-lead")
    done = run(*arguments, "--format", "json")
    assert [one["action"] for one in json.loads(done.stdout)] == [
        f"city-of-london/{ref}" for ref in ("1.6", "n2", "1.10", "1.11", "1.12")
    ]
    assert "as of 31 December 2024" in done.stderr
    rows = list(csv.DictReader(run(*arguments, "--format", "csv").stdout.splitlines()))
    assert [row["ref"] for row in rows] == ["1.6", "", "1.10", "1.11", "1.12"]
    report = rdflib.Graph().parse(data=run(*arguments, "--format", "ttl").stdout, format="turtle")
    assert len(list(report.objects(None, rdflib.SH.result))) == 5


@pytest.mark.parametrize("suffix", ["csv", "html", "json", "ttl", "xlsx"])
def test_check_writes_files(weave: Path, tmp_path: Path, suffix: str) -> None:
    """The suffix decides; the scorecards are shown, and where the file is."""
    path = tmp_path / f"findings.{suffix}"
    done = run("check", "--from", weave, "--as-of", "2024-12-31", "-o", path)
    assert done.returncode == 0, done.stderr
    assert f"wrote {path} ({path.stat().st_size:,} bytes)" in done.stdout
    assert "profile Default, as of 31 December 2024" in done.stdout


@pytest.mark.parametrize(
    ("only", "fail_on", "code"),
    [
        ("action-has-lead", "violation", 1),
        ("action-has-lead", "info", 1),
        ("cross-reference-returned", "warning", 0),
        ("cross-reference-returned", "info", 1),
        ("plan-has-publisher", "info", 0),
        ("action-has-lead", None, 0),
    ],
)
def test_the_exit_code_says_whether_a_finding_is_serious(
    weave: Path, only: str, fail_on: str | None, code: int
) -> None:
    """1 where an open finding is as serious as --fail-on, or more; 0 without it."""
    more = ("--fail-on", fail_on) if fail_on else ()
    assert run("check", "--from", weave, "--only", only, *more).returncode == code


def test_a_profile_without_checks_explains_that_there_are_none(tmp_path: Path) -> None:
    """No check is no error: the sentence says that there are none."""
    (tmp_path / "shapes").mkdir()
    (tmp_path / "shapes" / "nothing.toml").write_text('title = "Nothing"\nothers = "off"\n')
    done = run("check", "--library", tmp_path, "--profile", "nothing", "--explain")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "0 of 0 checks run as SPARQL on the graph, 0 in pySHACL.\n"


def test_accept_writes_a_waiver(tmp_path: Path) -> None:
    """It is written beside the plan, shown as accepted from then on, and does not fail the check."""
    plans = tmp_path / "plans"
    plans.mkdir()
    (plans / "p.txt").write_text(
        "Plan\n\nRef\tAction\tLead\tDue date\n1.1\tOpen a hub\t\tMay 2024\n1.2\tRun it\tX Team\tMay 2025\n"
    )
    weave = tmp_path / "weave"
    run("build", plans, "--into", weave)
    check = ("check", "--from", weave, "--only", "action-has-lead", "--fail-on", "violation")
    assert run(*check).returncode == 1
    done = run("accept", "action-has-lead", "p/1.1", "--from", weave, "--reason", "Agreed.", "--by", "A. Clerk")
    assert done.stdout == f"accepted in {plans / 'waivers.toml'}\n"
    done = run(*check)
    assert done.returncode == 0
    assert "Agreed." in done.stdout
    done = run("accept", "action-has-lead", "p/1.2", "--from", weave, "--reason", "Agreed.", "--by", "A. Clerk")
    assert (done.returncode, done.stderr) == (
        2,
        "planweave: action-has-lead finds nothing at p/1.2; see planweave check --plan p.\n",
    )


def test_reopen_takes_the_waiver_back(tmp_path: Path) -> None:
    """What was accepted by mistake fails the check again; a second time there is nothing to take back."""
    plans, weave = tmp_path / "plans", tmp_path / "weave"
    plans.mkdir()
    (plans / "p.txt").write_text(
        "Plan\n\nRef\tAction\tLead\tDue date\n1.1\tOpen a hub\t\tMay 2024\n1.2\tRun it\tX Team\tMay 2025\n"
    )
    run("build", plans, "--into", weave)
    run("accept", "action-has-lead", "p/1.1", "--from", weave, "--reason", "Agreed.", "--by", "A. Clerk")
    done = run("reopen", "action-has-lead", "p/1.1", "--from", weave)
    assert (done.returncode, done.stdout) == (0, f"open again; taken out of {plans / 'waivers.toml'}\n"), done.stderr
    assert "Agreed." not in (plans / "waivers.toml").read_text()
    check = run("check", "--from", weave, "--only", "action-has-lead", "--fail-on", "violation")
    assert check.returncode == 1
    assert "Agreed." not in check.stdout
    done = run("reopen", "action-has-lead", "p/1.1", "--from", weave)
    assert done.returncode == 2
    assert done.stderr.startswith("planweave: nothing that action-has-lead finds at p/1.1 ")
    assert done.stdout == ""


def test_explain_says_which_way_each_check_goes(tmp_path: Path) -> None:
    """All of the library run as SPARQL; one that cannot be translated goes to the reference, with the reason."""
    done = run("check", "--explain")
    assert done.stdout.splitlines()[-1] == "32 of 32 checks run as SPARQL on the graph, 0 in pySHACL."
    shapes = tmp_path / "mine.ttl"
    shapes.write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix pw: <https://w3id.org/planweave/ontology#> .\n"
        "<https://example.org/First> a sh:NodeShape ; sh:targetClass pw:Action ;\n"
        '  sh:sparql [ sh:select "SELECT $this WHERE { $this ?p ?o } LIMIT 1" ; sh:message "No." ] .\n'
    )
    done = run("check", "--explain", "--shapes", shapes)
    assert done.stdout.splitlines() == [
        "mine  pyshacl: it limits the answers to each node",
        "0 of 1 checks run as SPARQL on the graph, 1 in pySHACL.",
    ]


def test_every_verb_and_option_is_documented() -> None:
    """docs/command-line.md names each verb and each option that the program has."""
    page = (REPOSITORY / "docs" / "command-line.md").read_text(encoding="utf-8")
    verbs = dict(cli.main.commands)
    for name, command in cli.main.commands.items():
        if isinstance(command, click.Group):
            verbs |= {f"{name} {below}": verb for below, verb in command.commands.items()}
    for name, command in verbs.items():
        assert f"planweave {name}" in page
        for parameter in command.params:
            for option in parameter.opts:
                assert option in page or not option.startswith("-"), (name, option)


def test_starting_is_quick_because_imports_are_lazy() -> None:
    """Asking for help loads neither rdflib nor pyshacl nor networkx, and nothing of the engine."""
    heavy = ["rdflib", "pyshacl", "networkx", "pyvis", "xlsxwriter", "jinja2", "pyoxigraph", "rich", "planweave.graph"]
    code = f"import sys, planweave.cli; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_asking_for_words_can_be_narrowed_to_a_plan(weave: Path) -> None:
    """Of the plans that speak of domestic abuse, only the one that is named is told; options may come first."""
    shown = run("ask", "--about", '"domestic abuse"', "--plan", "maidstone", "--from", weave)
    assert shown.returncode == 0, shown.stderr
    assert "maidstone/3.2" in shown.stdout
    assert "coventry/" not in shown.stdout


def test_an_answer_says_how_it_is_taken_further(weave: Path) -> None:
    """Under actions stands --sources, under counts the question that lists them, under nothing what was given."""
    listed = run("ask", "islands", "--plan", "coventry", "--from", weave)
    assert "27 rows; planweave ask islands --show prints the SPARQL, --sources the printed rows" in listed.stdout
    counted = run("ask", "leads-by-load", "--plan", "gravesham", "--from", weave)
    command = re.search(r"the list behind actions of the first row: planweave (ask actions-led-by .*)", counted.stdout)
    assert command is not None
    first = int(counted.stdout.splitlines()[3].split()[-2])
    assert f"\n{first} row" in run(*shlex.split(command[1]), "--from", weave).stdout
    assert "--sources" not in counted.stdout
    empty = run("ask", "actions-without-lead", "--plan", "gravesham", "--from", weave)
    assert empty.stdout.rstrip().endswith("(plan: gravesham)")


def test_sources_of_counts_are_said_to_be_none(weave: Path) -> None:
    """Who asks for the printed rows of numbers is told why there are none."""
    done = run("ask", "leads-by-load", "--plan", "gravesham", "--sources", "--from", weave)
    assert done.returncode == 0
    assert "no row of this answer names an action" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--about", "shelter", "-o", "hits.xlsx"), "--about prints actions"),
        (("--about", "shelter", "--format", "json"), "--about prints actions"),
        (("--sparql", "-", "--show"), "--show prints the SPARQL of a question"),
        (("islands", "--show", "-o", "islands.rq"), "--show asks nothing"),
        (("islands", "--sources", "--format", "csv"), "--sources stands under a table"),
        (("islands", "--sources", "-o", "islands.xlsx"), "--sources stands under a table"),
    ],
)
def test_no_option_of_ask_is_passed_over(
    weave: Path, tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    """An option that would do nothing, or spoil what a machine reads, is refused, and nothing is written."""
    done = run("ask", *arguments, "--from", weave, cwd=tmp_path)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert done.stdout == ""
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("ask", "overdue"), ("Actions overdue on a day", "--date DATE", "the day (needed)", "--plan PLAN")),
        (("draw", "partnership"), ("Which agencies work together?", "--plan PLAN", "For example: planweave draw")),
    ],
)
def test_the_help_of_what_is_named_says_what_it_takes(arguments: tuple[str, ...], said: tuple[str, ...]) -> None:
    """Its title, what it asks, each value with what it means, and an example; of the verb, where nothing is named."""
    help_ = run(*arguments, "--help").stdout
    assert all(words in help_ for words in said)
    assert f"{arguments[0]} [OPTIONS] [" in run(arguments[0], "--help").stdout


def test_a_window_that_ends_before_it_begins_is_a_slip(weave: Path) -> None:
    """No answer of nothing, but a sentence."""
    days = ("--since", "2025-12-31", "--until", "2025-01-01")
    done = run("ask", "due-between", *days, "--from", weave)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--since is after --until" in done.stderr


def test_values_may_come_before_the_question(weave: Path) -> None:
    """The order of options is nobody's concern; a second question is too much."""
    options = ("--format", "csv", "--from", weave)
    before = run("ask", "--plan", "city-of-london", "actions-without-lead", *options)
    after = run("ask", "actions-without-lead", "--plan=city-of-london", *options)
    assert before.stdout == after.stdout
    assert len(after.stdout.splitlines()) == 1 + 5
    refused = run("ask", "overdue", "islands", "--from", weave)
    assert refused.returncode == 2
    assert "'islands' is too much" in refused.stderr


def test_a_question_loads_only_what_answers_it(weave: Path) -> None:
    """Who asks a named question does not wait for what reads documents, checks, draws or writes workbooks."""
    others = ["rdflib", "pyshacl", "networkx", "pyvis", "xlsxwriter", "jinja2", "filelock", "sqlite3"]
    rooms = [f"planweave.{room}" for room in ("reading", "checking", "assessing", "deriving", "building", "searching")]
    code = (
        "import sys\nfrom planweave.cli import main\ntry:\n    main()\nexcept SystemExit as end:\n"
        f"    print(end.code, [name for name in {others + rooms} if name in sys.modules])"
    )
    asked = ["ask", "actions-without-lead", "--plan", "gravesham", "--from", str(weave)]
    done = subprocess.run([sys.executable, "-c", code, *asked], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 []"


def test_what_if_says_the_counts_first(weave: Path) -> None:
    """Sentences, then the table; what is empty and what ids begin with takes no room."""
    done = run("what-if", "--without", "Housing Advice Manager", "--from", weave)
    lines = [" ".join(line.split()) for line in done.stdout.splitlines() if line.strip()]
    assert done.returncode == 0, done.stderr
    assert lines[0].endswith("4 actions of 1 plan: 2 lose their only lead, 2 lose one of several leads.")
    assert lines[2] == "action effect why left text place"
    assert [line.split()[0] for line in lines if line.startswith("maidstone/")] == [
        f"maidstone/{ref}" for ref in ("1.3", "1.4", "4.2", "4.3")
    ]


def test_what_if_prints_rows_alone_for_machines(weave: Path) -> None:
    """The counts go to standard error."""
    arguments = ("what-if", "--slip", "coventry/13.1", "--by", "3 months", "--from", weave)
    done = run(*arguments, "--format", "json")
    rows = json.loads(done.stdout)["results"]["bindings"]
    assert [row["newLatest"]["value"] for row in rows if "newLatest" in row] == ["2023-01-31"]
    assert done.stderr.startswith("planweave: coventry/13.1 is due by 31 October 2022 at the latest")
    table = list(csv.DictReader(run(*arguments, "--format", "csv").stdout.splitlines()))
    assert [row["how"] for row in table] == ["slips by 3 months", "related", "related"]


@pytest.mark.parametrize("suffix", ["csv", "html", "json", "md", "xlsx"])
def test_what_if_writes_files(weave: Path, tmp_path: Path, suffix: str) -> None:
    """The suffix decides; the counts are shown, and where the file is."""
    path = tmp_path / f"cgl.{suffix}"
    done = run("what-if", "--without", "CGL", "--from", weave, "-o", path)
    assert done.stdout.startswith("CGL (Change Grow Live) is involved in 7 actions of 2 plans")
    assert f"wrote {path}: 7 rows ({path.stat().st_size:,} bytes)" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "give either --without PARTY or --slip ACTION --by DELAY; see"),
        (("--without", "CGL", "--slip", "coventry/13.1", "--by", "3m"), "give either --without PARTY or --slip"),
        (("--slip", "coventry/13.1"), "--slip ACTION and --by DELAY belong together; see"),
        (("--without", "CGL", "--by", "3m"), "--slip ACTION and --by DELAY belong together; see"),
        (("--slip", "coventry/13.1", "--by", "soon"), "--by is no delay: 'soon'; write one such as 10d, 2w, 3m or 1y."),
        (("--slip", "coventry/19.1", "--by", "3m"), "there is no action 'coventry/19.1'; did you mean"),
        (("--slip", "covntry/13.1", "--by", "3m"), "there is no plan 'covntry' in this graph; did you mean coventry?"),
        (("--without", "CGLL"), "nobody is called 'CGLL'; did you mean CGL"),
        (("--without", "CGL", "--plan", "covntry"), "there is no plan 'covntry' in this graph; did you mean coventry?"),
        (("--without", "CGL", "-o", "no/such/folder/x.csv"), "no/such/folder/x.csv: the file cannot be written"),
        (("--without", "CGL", "-o", "x.docx"), "the answer is a table, and 'docx' is no format of it; use csv"),
    ],
)
def test_what_cannot_be_said_is_one_sentence(
    weave: Path, tmp_path: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    """On standard error, with the exit code 2, and nothing is printed or written."""
    done = run("what-if", *arguments, "--from", weave, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"planweave: {sentence}")
    assert len(done.stderr.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("verb", "folder", "others"), [("ask", "queries", "overdue"), ("draw", "graphs", "partnership")]
)
def test_a_wrong_file_of_ones_own_does_not_hide_the_others(tmp_path: Path, verb: str, folder: str, others: str) -> None:
    """The list has the others, and one sentence says what is wrong with the file."""
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "mine.rq").write_text("SELECT ?source ?target { }\n", encoding="utf-8")
    listed = run(verb, "--library", tmp_path)
    assert listed.returncode == 0
    assert others in listed.stdout
    assert "mine" not in listed.stdout
    (sentence,) = listed.stderr.splitlines()
    what = {"ask": "question", "draw": "network"}[verb]
    assert sentence.startswith(f"planweave: {tmp_path}/{folder}/mine.rq, line 1: the {what} has no title, no text, no ")


BY_VALUE = "SELECT ?a ?plan ?n { GRAPH ?g { ?plan a pw:Plan . ?a pw:order ?n } }"


def test_a_question_that_was_written_to_a_file_takes_what_its_header_says(weave: Path, tmp_path: Path) -> None:
    """It gives the same as by its name; --plan is a plan there, not text."""
    query = tmp_path / "mine.rq"
    query.write_text(run("ask", "actions-without-lead", "--show").stdout, encoding="utf-8")
    named = run("ask", "actions-without-lead", "--plan", "city-of-london", "--format", "csv", "--from", weave)
    asked = run("ask", "--sparql", query, "--plan", "city-of-london", "--format", "csv", "--from", weave)
    assert named.stdout.count("\n") == 6  # a heading, and five actions
    assert asked.stdout == named.stdout


def test_values_for_sparql_are_typed_as_in_sparql(weave: Path, tmp_path: Path) -> None:
    """A number is a number, a name with a prefix is a thing, and text for a thing is refused with what to write."""
    query = tmp_path / "mine.rq"
    query.write_text(BY_VALUE, encoding="utf-8")
    asked = run("ask", "--sparql", query, "--n", "3", "--plan", "plan:gravesham", "--format", "tsv", "--from", weave)
    assert [line.split("\t")[0] for line in asked.stdout.splitlines()[1:]] == [
        "<https://w3id.org/planweave/plan/gravesham/action/n3>"
    ]
    refused = run("ask", "--sparql", query, "--plan", "gravesham", "--from", weave)
    assert refused.returncode == 2
    assert refused.stderr == (
        "planweave: ?plan is a thing of the graph in this query, and 'gravesham' is text;"
        " give its IRI, for example plan:gravesham.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("overdue", "--date", "2024-W52-1"), "--date is no date: '2024-W52-1'; write a day as 2024-12-31"),
        (("actions-with-words", "--words", " "), "--words is empty; give some words"),
        (("actions-by-status", "--status", "party complete"), "--status is no status: 'party complete'; did you mean"),
        (("actions-led-by", "--party", "https://w3id.org/planweave/agency/nope"), "--party is no party of this graph"),
        (("islands", "--plan", "gravesham", "--plan", "coventry"), "--plan is given twice; ask once for each"),
        (("islands", "--seconds", "nan"), "Invalid value for '--seconds': 'nan' is no number of seconds"),
        (("-o", "list.csv"), "--sources, --format and -o go with an answer; name a question"),
        (
            ("islands", "-o", "list.csv", "--format", "json"),
            "-o writes what its ending says, and goes with no --format",
        ),
    ],
)
def test_a_value_that_nothing_can_have_is_refused(weave: Path, arguments: tuple[str, ...], said: str) -> None:
    """One sentence, and no answer that would look like a true one."""
    done = run("ask", *arguments, "--from", weave)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith(f"planweave: {said}")
    assert done.stderr.count("\n") == 1


def test_a_status_can_be_given_as_it_is_printed(weave: Path) -> None:
    """The words that tables show are understood, as the code is."""
    words = run("ask", "actions-by-status", "--status", "Partly complete", "--format", "csv", "--from", weave)
    code = run("ask", "actions-by-status", "--status", "partial", "--format", "csv", "--from", weave)
    assert words.stdout == code.stdout
    assert words.stdout.count("\n") > 1


def test_an_answer_that_cannot_be_printed_is_said(weave: Path) -> None:
    """A full disk gives one sentence."""
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no device that is full")
    with full.open("w") as out:
        command = [sys.executable, "-m", "planweave.cli", "ask", "coverage", "--format", "csv", "--from", str(weave)]
        done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (
        2,
        "planweave: what is printed cannot be written (No space left on device); make room there.\n",
    )


def test_what_a_parameter_cannot_be_called_is_every_option_of_the_verbs() -> None:
    """A parameter of the name of an option could not be given on the command line."""
    options = {
        name.lstrip("-").replace("-", "_")
        for verb in ("ask", "draw")
        for option in cli.main.commands[verb].params
        if isinstance(option, click.Option)
        for name in option.opts
    }
    assert options <= RESERVED
