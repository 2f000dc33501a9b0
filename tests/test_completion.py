"""What the shell offers when Tab is pressed, by the protocol that shells speak."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias, get_args

import pytest
from click.shell_completion import BashComplete, ZshComplete

import planweave as pw
from planweave.asking.questions import read_questions
from planweave.cli import main
from planweave.library import Library
from planweave.records import Status

Offered: TypeAlias = Callable[[str], dict[str, str]]


@pytest.fixture(scope="module")
def weave(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of the bundled plans."""
    folder = tmp_path_factory.mktemp("completion") / "weave"
    pw.build(None, folder)
    return folder


@pytest.fixture
def offered(weave: Path, monkeypatch: pytest.MonkeyPatch) -> Offered:
    """What is offered where the cursor is at the end of a line, with the words beside it."""
    monkeypatch.chdir(weave.parent)
    return lambda line: asked(line, monkeypatch)


def asked(line: str, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    words = line.split(" ")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
    lines = ZshComplete(main, {}, "planweave", "_PLANWEAVE_COMPLETE").complete().split("\n")
    assert len(lines) % 3 == 0 or lines == [""]
    return dict(zip(lines[1::3], lines[2::3], strict=True))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("planweave e", ["export"]),
        ("planweave ask over", ["overdue"]),
        ("planweave draw dep", ["dependencies"]),
        ("planweave draw dependencies --pl", ["--plan"]),
        ("planweave draw dependencies --plan cov", ["coventry"]),
        ("planweave what-if --plan cov", ["coventry"]),
        ("planweave compare coventry ma", ["maidstone"]),
        ("planweave what-if --slip coventry/13", ["coventry/13.1"]),
        ("planweave agencies review --plan mai", ["maidstone"]),
        ("planweave ask overdue ", ["--date", "--plan"]),
        ("planweave ask overdue --date 2024-12-31 ", ["--plan"]),
        ("planweave ask overdue --plan ma", ["maidstone"]),
        ("planweave ask overdue --plan = ma", ["maidstone"]),
        ("planweave ask --plan coventry overdue --d", ["--date"]),
        ("planweave ask shared-agencies --plan coventry --other g", ["gravesham"]),
        ("planweave ask --about shelter --plan t", ["thurrock"]),
        ("planweave ask actions-by-status --status no", ["not-started"]),
        ("planweave ask related-to --action coventry/15.", ["coventry/15.1"]),
        ("planweave ask actions-led-by --party change-g", ["change-grow-live"]),
        ("planweave ask body-names --party dluh", ["dluhc"]),
        ("planweave check --plan c", ["city-of-london", "coventry"]),
        ("planweave check --only reference-", ["reference-in-sequence", "reference-is-unique"]),
        ("planweave check --profile ", ["default", "publish", "strict"]),
        ("planweave check --severity w", ["warning"]),
        ("planweave accept reference-is", ["reference-is-unique"]),
        ("planweave accept reference-is-unique thurrock/3.3.1", ["thurrock/3.3.1", "thurrock/3.3.1-2"]),
        ("planweave read --loader c", ["city-of-london", "coventry"]),
        ("planweave export --plan g", ["gravesham"]),
    ],
)
def test_what_can_come_next_is_offered(offered: Offered, line: str, expected: list[str]) -> None:
    """Verbs, questions, what they take, and the values of it."""
    assert sorted(offered(line)) == expected


def test_what_is_offered_is_what_is_accepted(offered: Offered, weave: Path) -> None:
    """The short way to the names gives the ones that the graph, the library and the parameters themselves know."""
    graph = pw.open(weave)
    assert offered("planweave export --plan ") == {entry.plan: entry.title for entry in graph.summary}
    assert offered("planweave ask ") == {name: one.title for name, one in read_questions(Library.bundled()).items()}
    assert set(offered("planweave ask related-to --action ")) == {action.id for action in graph.actions()}
    assert set(offered("planweave ask actions-by-status --status ")) == set(get_args(Status))
    parties = offered("planweave ask involved-in --plan gravesham --party ")
    assert len(parties) == len({party.id for party in graph.plan("gravesham").parties})
    for party in parties:
        assert len(graph.ask("involved-in", plan="gravesham", party=party)) > 0
    ours = offered("planweave ask involved-in --party coventry/party/")
    assert len(graph.ask("involved-in", party=min(ours))) > 0


def test_a_question_says_what_it_needs_first(offered: Offered) -> None:
    """Options have the words of the question's header beside them; those of the verb follow."""
    found = offered("planweave ask no-recent-update --")
    assert list(found.items())[:3] == [
        ("--date", "the day"),
        ("--months", "so many months; 12 if nothing is said (optional)"),
        ("--plan", "only this plan (optional)"),
    ]
    assert {"--show", "--format", "--from"} <= set(found)


def test_definitions_of_ones_own_are_offered(offered: Offered, weave: Path) -> None:
    """A question in a library folder completes, and so does what it takes."""
    own = weave.parent / "mine" / "queries"
    own.mkdir(parents=True)
    bundled = Library.bundled().file("queries", "overdue.rq").read_text(encoding="utf-8")
    (own / "overdue-for-us.rq").write_text(bundled, encoding="utf-8")
    assert list(offered("planweave ask --library mine overdue-")) == ["overdue-for-us"]
    assert "--date" in offered("planweave ask --library mine overdue-for-us ")


@pytest.mark.parametrize(
    "line",
    [
        "planweave export --from nowhere --plan ",
        "planweave ask overdue --from nowhere --plan ",
        "planweave ask no-such-question --plan ",
        "planweave ask no-such-question ",
        "planweave ask overdue --date ",
        "planweave ask overdue --nonsense ",
        "planweave ask --library nowhere ",
        "planweave check --store http://127.0.0.1:9/ --plan ",
        "planweave ask related-to --action nowhere/1",
    ],
)
def test_nothing_is_offered_where_nothing_is_known(
    offered: Offered, line: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """No graph, no question, a server: no offer, and not a word."""
    assert offered(line) == {}
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("damage", ["CURRENT", "manifest", "elsewhere"])
def test_a_damaged_graph_offers_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    """Files that are not what they should be are the verb's to complain of; no file is read outside the folder."""
    monkeypatch.chdir(tmp_path)
    build = tmp_path / "weave" / "build-000001"
    build.mkdir(parents=True)
    listed = {"entries": [{"plan": "p", "title": "A plan"}]}
    (build / "manifest.json").write_text("{" if damage == "manifest" else json.dumps(listed))
    (tmp_path / "manifest.json").write_text(json.dumps(listed))
    names = {"CURRENT": b"\xff\xfe", "manifest": b"build-000001\n", "elsewhere": b"..\n"}
    (tmp_path / "weave" / "CURRENT").write_bytes(names[damage])
    assert asked("planweave export --plan ", monkeypatch) == {}


def test_text_of_a_document_does_nothing_to_a_shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a shell would run is not offered; a title is one line that a terminal can show."""
    monkeypatch.chdir(tmp_path)
    build = tmp_path / "weave" / "build-000001"
    build.mkdir(parents=True)
    (tmp_path / "weave" / "CURRENT").write_text("build-000001\n")
    hostile = [
        "$(touch run)",
        "`touch run`",
        "a;b",
        "a b",
        "a\nplain\nb",
        "~root",
        "a'b",
        'a"b',
        "a|b",
        "x>y",
        "*",
        "é-1",
    ]
    title = "A\x1b[31m plan\nplain\tof " + "very " * 40
    (build / "manifest.json").write_text(json.dumps({"entries": [{"plan": one, "title": title} for one in hostile]}))
    found = asked("planweave export --plan ", monkeypatch)
    assert list(found) == ["é-1"]
    assert found["é-1"].startswith("A [31m plan plain of very very")
    assert len(found["é-1"]) <= 80
    assert found["é-1"].isprintable()


def test_a_large_graph_is_not_read_at_the_press_of_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Actions of records that would take long are offered plan by plan, once their plan is typed."""
    monkeypatch.chdir(tmp_path)
    build = tmp_path / "weave" / "build-000001"
    (build / "records").mkdir(parents=True)
    (tmp_path / "weave" / "CURRENT").write_text("build-000001\n")
    plans = ["a", "b", "c"]
    (build / "manifest.json").write_text(json.dumps({"entries": [{"plan": one, "title": "T"} for one in plans]}))
    for plan in plans:
        record = {"actions": [{"id": f"{plan}/1", "text": "Text"}], "padding": "x" * 1_500_000}
        (build / "records" / f"{plan}.json").write_text(json.dumps(record))
    assert list(asked("planweave ask related-to --action ", monkeypatch)) == ["a/", "b/", "c/"]
    assert asked("planweave ask related-to --action b/", monkeypatch) == {"b/1": "Text"}


def test_completion_loads_no_engine_and_writes_nothing(weave: Path) -> None:
    """At each press of the key: neither the store nor msgspec is loaded, and no file changes."""

    def state() -> dict[str, int]:
        return {str(path): path.stat().st_mtime_ns for path in sorted(weave.parent.rglob("*"))}

    before = state()
    heavy = ("pyoxigraph", "msgspec", "rdflib", "rich", "filelock", "sqlite3", "planweave.graph", "planweave.store")
    code = (
        "import atexit, sys; from planweave.cli import main\n"
        f"atexit.register(lambda: print('loaded', [name for name in {heavy} if name in sys.modules]))\n"
        "main(prog_name='planweave')"
    )
    for line in ("ask related-to --action ", "ask involved-in --party ", "check --plan "):
        words = f"planweave {line}"
        env = os.environ | {
            "_PLANWEAVE_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split(" ")) - 1),
        }
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=weave.parent, env=env, capture_output=True, text=True, check=True
        )
        assert done.stdout.count("plain,") > 4
        assert done.stdout.endswith("loaded []\n")
        assert done.stderr == ""
    assert state() == before


def test_bash_completes_with_the_script_that_is_asked_for(weave: Path, tmp_path: Path) -> None:
    """The line of docs/command-line.md switches it on in a real bash, and the function fills in what bash shows."""
    program = tmp_path / "planweave"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nsys.path.insert(0, {str(Path(pw.__file__).parent.parent)!r})\n"
        "from planweave.cli import main\nmain(prog_name='planweave')\n"
    )
    program.chmod(0o755)
    script = (
        'eval "$(_PLANWEAVE_COMPLETE=bash_source planweave)"\n'
        "COMP_WORDS=(planweave ask overdue --plan c); COMP_CWORD=4\n"
        '_planweave_completion planweave c --plan\nprintf "%s\\n" "${COMPREPLY[@]}"'
    )
    env = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run(["bash", "-c", script], cwd=weave.parent, env=env, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["city-of-london", "coventry"]
    assert done.stderr == ""
    page = (Path(__file__).parent.parent / "docs" / "command-line.md").read_text(encoding="utf-8")
    assert script.splitlines()[0] in page
    assert BashComplete(main, {}, "planweave", "_PLANWEAVE_COMPLETE").func_name == "_planweave_completion"
