"""Waivers: a finding that is accepted is shown as accepted and counted apart, until its action changes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import planweave as pw
from planweave.assessing import Waiver, read_waivers, write_waiver
from planweave.entrances import build_report
from planweave.errors import DefinitionError, NotFound, PlanweaveError
from planweave.findings import Acceptance

if TYPE_CHECKING:
    from planweave.graph import Graph

DAY = "2024-12-31"
PLAN = """Northmoor action plan

Ref	Action	Lead	Due date
1.1	Open a day centre		March 2025
1.2	Write to every landlord		May 2025
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "northmoor.txt").write_text(PLAN)
    return tmp_path


@pytest.fixture
def graph(folder: Path) -> Iterator[Graph]:
    with pw.build(folder / "plans", folder / "weave") as built:
        yield built


def rebuilt(folder: Path, old: str, new: str) -> Graph:
    path = folder / "plans" / "northmoor.txt"
    path.write_text(path.read_text().replace(old, new))
    return pw.build(folder / "plans", folder / "weave")


def accepted(graph: Graph) -> dict[str | None, bool]:
    return {one.ref: one.accepted is not False for one in graph.check(as_of=DAY, only="action-has-lead")}


def test_an_accepted_finding_is_shown_as_accepted_and_counted_apart(graph: Graph, folder: Path) -> None:
    """It says who, when and why; the others stay open."""
    graph.accept("action-has-lead", "northmoor/1.2", reason="The board leads jointly.", by="A. Clerk", day="2024-11-05")
    check = graph.check(as_of=DAY, only="action-has-lead")
    assert {one.ref: one.accepted for one in check} == {
        "1.1": False,
        "1.2": Acceptance("A. Clerk", "2024-11-05", "The board leads jointly."),
    }
    (card,) = check.scorecards
    assert (card.violations, card.accepted) == (1, 1)
    assert check.report.notices == ()


def test_an_accepted_finding_does_not_count_as_open(graph: Graph) -> None:
    """Where everything is accepted, nothing reaches --fail-on."""
    assert graph.check(as_of=DAY, only="action-has-lead").worst() == "violation"
    for ref in ("1.1", "1.2"):
        graph.accept("action-has-lead", f"northmoor/{ref}", reason="Agreed.", by="A. Clerk")
    assert graph.check(as_of=DAY, only="action-has-lead").worst() is None


def test_the_file_stands_beside_the_plan_and_can_be_read_by_people(graph: Graph, folder: Path) -> None:
    """A text file that says what, why, by whom and when; a build does not take it for a plan."""
    graph.accept(
        "action-has-lead", "northmoor/1.2", reason='He said "yes".\nTwice.', by="Anne Ó Clerk", day="2024-11-05"
    )
    path = folder / "plans" / "waivers.toml"
    text = path.read_text(encoding="utf-8")
    assert 'finding = "action-has-lead"\naction = "northmoor/1.2"\nreason = "He said \\"yes\\".\\nTwice."\n' in text
    assert 'by = "Anne Ó Clerk"\ndate = 2024-11-05\nseen = "' in text
    report = build_report(folder / "plans", folder / "weave")
    assert report.skipped == []
    (waiver,) = read_waivers([path])
    assert waiver.acceptance == Acceptance("Anne Ó Clerk", "2024-11-05", 'He said "yes".\nTwice.')


def test_what_stood_in_the_file_stays(graph: Graph, folder: Path) -> None:
    """Comments and earlier waivers are kept as they are."""
    path = folder / "plans" / "waivers.toml"
    path.write_text("# ours\n")
    graph.accept("action-has-lead", "northmoor/1.1", reason="Agreed.", by="A. Clerk")
    before = path.read_text()
    graph.accept("action-has-lead", "northmoor/1.2", reason="Agreed.", by="A. Clerk")
    assert before.startswith("# ours\n")
    assert path.read_text().startswith(before.rstrip("\n"))
    assert len(read_waivers([path])) == 2


def test_a_changed_action_opens_its_finding_again(graph: Graph, folder: Path) -> None:
    """Any cell counts; the sentence says how to accept it anew."""
    graph.accept("action-has-lead", "northmoor/1.2", reason="Agreed.", by="A. Clerk")
    with rebuilt(folder, "May 2025", "June 2025") as changed:
        assert accepted(changed) == {"1.1": False, "1.2": False}
        (notice,) = changed.check(as_of=DAY).report.notices
    assert "northmoor/1.2 has changed since action-has-lead was accepted, so it is open again" in notice
    assert 'if it still holds, write seen = "' in notice
    seen = notice.split('seen = "')[1].split('"')[0]
    path = folder / "plans" / "waivers.toml"
    old = read_waivers([path])[0].seen
    assert old
    path.write_text(path.read_text().replace(old, seen))
    with pw.open(folder / "weave") as graph_:
        assert accepted(graph_) == {"1.1": False, "1.2": True}


def test_an_action_that_only_moved_stays_accepted(graph: Graph, folder: Path) -> None:
    """Another row in front of it changes nothing in it."""
    graph.accept("action-has-lead", "northmoor/1.2", reason="Agreed.", by="A. Clerk")
    with rebuilt(folder, "1.1\tOpen", "1.0\tCount the rooms\tA team\tMay 2025\n1.1\tOpen") as moved:
        assert accepted(moved) == {"1.1": False, "1.2": True}


def test_a_plan_wide_finding_can_be_accepted(graph: Graph) -> None:
    """The plan is named instead of an action."""
    graph.accept("plan-has-period", "northmoor", reason="It is in the committee paper.", by="A. Clerk")
    (one,) = graph.check(as_of=DAY, only="plan-has-period")
    assert isinstance(one.accepted, Acceptance)


def test_what_is_found_later_at_the_same_place_is_open(tmp_path: Path) -> None:
    """A reference was accepted; another of the same row loses its action, and nobody has accepted that."""
    (tmp_path / "plans").mkdir()
    plan = tmp_path / "plans" / "northmoor.txt"
    first = "Northmoor action plan\n\nRef\tAction\tLead\tLinks to\n1.1\tOpen a day centre\tA team\t1.2, 9.9\n"
    plan.write_text(f"{first}1.2\tWrite to every landlord\tA team\t1.1\n")
    with pw.build(tmp_path / "plans", tmp_path / "weave") as graph:
        graph.accept("cross-reference-exists", "northmoor/1.1", reason="It is in the old plan.", by="A. Clerk")
    plan.write_text(f"{first}1.3\tTrain new staff\tA team\t1.1\n")
    with pw.build(tmp_path / "plans", tmp_path / "weave") as graph:
        found = graph.check(as_of=DAY, only="cross-reference-exists")
        assert {one.value: one.accepted is not False for one in found} == {"1.2": False, "9.9": True}


def test_a_file_of_waivers_that_is_named_has_to_be_there(graph: Graph, folder: Path) -> None:
    """A slip in its path is not taken for a file without waivers; to accept into a new file is no slip."""
    other = folder / "accepted.toml"
    with pytest.raises(NotFound, match=r"accepted\.toml: there is no such file of waivers; check the path\."):
        graph.check(as_of=DAY, waivers=other)
    graph.accept("action-has-lead", "northmoor/1.2", reason="Agreed.", by="A. Clerk", waivers=other)
    found = graph.check(as_of=DAY, only="action-has-lead", waivers=other)
    assert {one.ref: one.accepted is not False for one in found} == {"1.1": False, "1.2": True}


def test_a_waiver_for_a_finding_that_is_gone_is_one_sentence(graph: Graph, folder: Path) -> None:
    """Nothing else changes, and the sentence has the file and the line."""
    graph.accept("action-has-lead", "northmoor/1.2", reason="Agreed.", by="A. Clerk")
    with rebuilt(folder, "landlord\t\t", "landlord\tHousing Team\t") as mended:
        check = mended.check(as_of=DAY, only="action-has-lead")
        assert [one.ref for one in check] == ["1.1"]
        (notice,) = check.report.notices
    path = folder / "plans" / "waivers.toml"
    assert notice == f"{path}, line 3: action-has-lead is no longer found at northmoor/1.2; take the waiver out."


def test_checks_that_are_not_made_say_nothing_of_their_waivers(graph: Graph) -> None:
    """A waiver of another check is not called stale."""
    graph.accept("action-has-lead", "northmoor/1.2", reason="Agreed.", by="A. Clerk")
    assert graph.check(as_of=DAY, only="plan-has-period").report.notices == ()


def test_waivers_of_plans_and_actions_that_are_not_there_are_told(graph: Graph, folder: Path) -> None:
    """Each is one sentence."""
    path = folder / "more.toml"
    for plan, action in (("eastvale", "eastvale/1.1"), ("northmoor", "northmoor/9.9")):
        acceptance = Acceptance("A. Clerk", "2024-11-05", "Agreed.")
        write_waiver(path, Waiver("action-has-lead", plan, action, None, acceptance, "0", str(path), None))
    told = [notice.split(": ", 1)[1] for notice in graph.check(as_of=DAY, waivers=path).report.notices]
    assert told == [
        "there is no plan eastvale; take the waiver out.",
        "there is no action northmoor/9.9; take the waiver out.",
    ]


def test_a_waiver_written_by_hand_is_told_what_it_lacks(graph: Graph, folder: Path) -> None:
    """Without what was seen it accepts nothing yet; the sentence gives the line to add."""
    path = folder / "plans" / "waivers.toml"
    path.write_text(
        '[[waiver]]\nfinding = "action-has-lead"\naction = "northmoor/1.2"\n'
        'reason = "Agreed."\nby = "A. Clerk"\ndate = 2024-11-05\n'
    )
    (notice,) = graph.check(as_of=DAY).report.notices
    line = notice.split("add the line ")[1].rstrip(".")
    with path.open("a") as file:
        file.write(f"{line}\n")
    assert accepted(graph) == {"1.1": False, "1.2": True}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("[[waiver", "line 1: this is not TOML"),
        (
            '[[waiver]]\nfinding = "x"\nreason = "r"\nby = "b"\ndate = 2024-11-05',
            "line 1: a waiver is for an action or for a plan",
        ),
        ('[[waiver]]\nfinding = "x"\nplan = "p"\nby = "b"\ndate = 2024-11-05', "line 1: the key 'reason'"),
        (
            '[[waiver]]\nfinding = "x"\nplan = "p"\nreason = " "\nby = "b"\ndate = 2024-11-05',
            "line 1: a waiver has no reason",
        ),
        (
            '[[waiver]]\nfinding = "x"\nplan = "p"\nreason = "r"\nby = "b"\ndate = "soon"',
            "line 6: 'date' in [[waiver]] has to be a date such as 2024-12-31, without quotes, and is a text",
        ),
        ('[[waiver]]\nfinding = "x"\nplna = "p"\nreason = "r"\nby = "b"\ndate = 2024-11-05', "did you mean plan?"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(graph: Graph, folder: Path, line: str, words: str) -> None:
    """With the line; nothing is told then."""
    (folder / "plans" / "waivers.toml").write_text(line + "\n")
    with pytest.raises(DefinitionError) as raised:
        graph.check(as_of=DAY)
    assert words in str(raised.value)
    assert "waivers.toml" in str(raised.value)


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        (("action-has-lead", "northmoor/1.3"), NotFound, "there is no action 'northmoor/1.3'"),
        (("action-has-lead", "eastvale/1.2"), NotFound, "there is no plan 'eastvale'"),
        (("action-has-owner", "northmoor/1.2"), NotFound, "there is no check 'action-has-owner'"),
        (("action-is-overdue", "northmoor/1.2"), NotFound, "action-is-overdue finds nothing at northmoor/1.2"),
    ],
)
def test_only_what_is_found_can_be_accepted(
    graph: Graph, folder: Path, arguments: tuple[str, str], error: type[PlanweaveError], words: str
) -> None:
    """Nothing is written otherwise."""
    with pytest.raises(error) as raised:
        graph.accept(*arguments, reason="Agreed.", by="A. Clerk", as_of=DAY)
    assert words in str(raised.value)
    assert not (folder / "plans" / "waivers.toml").exists()


def test_a_finding_is_accepted_once(graph: Graph) -> None:
    """The second time the sentence says where it stands already."""
    graph.accept("action-has-lead", "northmoor/1.2", reason="Agreed.", by="A. Clerk")
    with pytest.raises(PlanweaveError, match=r"line 3: this finding is in the waivers already; nothing is to do"):
        graph.accept("action-has-lead", "northmoor/1.2", reason="Agreed.", by="A. Clerk")


def test_a_reason_and_a_name_are_wanted(graph: Graph) -> None:
    """Blanks are none."""
    with pytest.raises(PlanweaveError, match="a finding is accepted with a reason; say it"):
        graph.accept("action-has-lead", "northmoor/1.2", reason=" ", by="A. Clerk")
    with pytest.raises(PlanweaveError, match="a finding is accepted with a name; say it"):
        graph.accept("action-has-lead", "northmoor/1.2", reason="Agreed.", by="")


def test_an_accepted_finding_is_opened_again(graph: Graph, folder: Path) -> None:
    """Its entry goes out of the file; the others, and what people wrote between them, stay to the letter."""
    path = folder / "plans" / "waivers.toml"
    graph.accept("action-has-lead", "northmoor/1.1", reason="Agreed.", by="A. Clerk", day="2024-11-05")
    first = path.read_text()
    path.write_text(first + "\n# Asked for by the board:\n")
    graph.accept("action-has-lead", "northmoor/1.2", reason="The board leads.", by="A. Clerk", day="2024-11-05")
    both = path.read_text()

    waiver = graph.reopen("action-has-lead", "northmoor/1.1")
    assert (waiver.action, waiver.acceptance.reason) == ("northmoor/1.1", "Agreed.")
    assert accepted(graph) == {"1.1": False, "1.2": True}
    assert path.read_text() == first[: first.index("[[waiver]]")] + both[both.index("# Asked") :]

    graph.reopen("action-has-lead", "northmoor/1.2")
    assert accepted(graph) == {"1.1": False, "1.2": False}
    assert "# Asked for by the board:" in path.read_text()


def test_what_is_not_accepted_cannot_be_opened_again(graph: Graph, folder: Path) -> None:
    """It is said in a sentence; where several things are accepted, which one has to be said."""
    with pytest.raises(NotFound, match="nothing that action-has-lead finds at northmoor"):
        graph.reopen("action-has-lead", "northmoor/1.1")
    path = folder / "plans" / "waivers.toml"
    for value in ("CCG", "PCT"):
        write_waiver(
            path,
            Waiver("named-body", "northmoor", "northmoor/1.1", value, Acceptance("A", DAY, "R"), "0", str(path), None),
        )
    with pytest.raises(PlanweaveError, match="2 things are accepted there: 'CCG', 'PCT'"):
        graph.reopen("named-body", "northmoor/1.1")
    assert graph.reopen("named-body", "northmoor/1.1", value="PCT").value == "PCT"
    assert [one.value for one in read_waivers([path])] == ["CCG"]


def test_an_entry_that_cannot_be_told_apart_is_left(graph: Graph, folder: Path) -> None:
    """Where people wrote their waivers in another way, the file stays as it is, and a sentence says what to do."""
    path = folder / "plans" / "waivers.toml"
    one = f'{{finding = "action-has-lead", action = "northmoor/1.1", reason = "R", by = "A", date = {DAY}}}'
    path.write_text(f"waiver = [{one},\n{one.replace('1.1', '1.2')}]\n")
    before = path.read_text()
    with pytest.raises(PlanweaveError, match="take it out by hand"):
        graph.reopen("action-has-lead", "northmoor/1.2")
    assert path.read_text() == before
