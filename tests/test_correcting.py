"""A document that is being added: what is understood, corrected, previewed, kept, and read again from the shell."""

from __future__ import annotations

import datetime as dt
import errno
import shutil
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from click.testing import CliRunner

import planweave as pw
from planweave.cli import main
from planweave.correcting import (
    Draft,
    Drafts,
    Outdated,
    Understood,
    accepting,
    changes,
    effect_of,
    keeping,
    understand,
)
from planweave.correcting.accepting import accept, progress_of, start
from planweave.correcting.changes import added, undone
from planweave.correcting.dates import typed_due
from planweave.correcting.saying import date_words
from planweave.correcting.understanding import begin
from planweave.drafting.draft import understood
from planweave.errors import DefinitionError, DocumentError, NotFound, PlanweaveError
from planweave.library import Library, bundled_plans
from planweave.reading.definition import load_common
from planweave.records import from_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planweave.correcting.state import Change
    from planweave.records import Action

PLAN = """\
Ref,What we shall do,,Finish,How we will know,Hint
1.1,Open a housing hub in Market Street,Housing Options Manager / Northmoor Outreach,May 2025,Hub open,Cost £5
1.2,Agree a hospital discharge protocol,Housing Options and Saltfern,soon,Protocol signed,
1.3,Write to every landlord about the new scheme,Housing Options and Saltfern,March,Letters sent,Jo Bloggs
"""
"""An unheaded column of leads, two bodies in one cell twice, "soon", a month without a year."""

DAY = dt.date(2025, 1, 1)
WHY = "Looked at."


@pytest.fixture
def library() -> Library:
    """The bundled library."""
    return Library.bundled()


@pytest.fixture
def draft(tmp_path: Path, library: Library) -> Draft:
    """A draft of the plan in a workspace that has none."""
    return begin(Drafts(tmp_path / "weave"), "northmoor.csv", PLAN.encode(), library)


def made(draft: Draft, *wanted: Change) -> Understood:
    """What is understood once changes are made."""
    for change in wanted:
        draft.save(added(draft.state, change))
    return understand(draft, Library.bundled())


def action(seen: Understood, ref: str) -> Action:
    """An action by its reference."""
    return next(each for each in seen.record.actions if each.ref == ref)


def column(seen: Understood, heading: str) -> Any:
    """A column by its heading."""
    return next(each for each in seen.columns if each.heading == heading)


def test_a_draft_begins_as_the_document_is_recognised(draft: Draft) -> None:
    """Three actions; the unheaded column is told by its values; three values are doubtful."""
    seen = made(draft)
    assert [each.leads for each in seen.record.actions] == [
        ("Housing Options Manager", "Northmoor Outreach"),
        ("Housing Options and Saltfern",),
        ("Housing Options and Saltfern",),
    ]
    assert [(each.heading, each.field, each.said) for each in seen.columns][2] == ("", "lead", "values")
    assert [(doubt.action, doubt.field) for doubt in seen.record.doubts] == [
        ("northmoor/1.2", "lead"),
        ("northmoor/1.3", "lead"),
        ("northmoor/1.3", "due"),
    ]
    assert draft.state.name == "northmoor.csv"


@pytest.mark.parametrize("plan", sorted(path.stem for path in bundled_plans().glob("*.txt")))
def test_a_draft_without_changes_reads_as_without_a_loader(tmp_path: Path, plan: str) -> None:
    """Columns, doubts and every value are those that are recognised without any definition."""
    bundled = Library.bundled().roots[0]
    own = tmp_path / "library"
    shutil.copytree(bundled / "ontology", own / "ontology")
    (own / "loaders").mkdir()
    shutil.copy(bundled / "loaders" / "common.toml", own / "loaders")
    library = Library((own,))
    path = bundled_plans() / f"{plan}.txt"
    bare = pw.read(path, library=library)
    draft = begin(Drafts(tmp_path / "weave"), path.name, path.read_bytes(), library)
    seen = understand(draft, library)
    assert understood(seen.record) == understood(bare)
    assert (seen.record.columns, seen.record.doubts) == (bare.columns, bare.doubts)
    assert seen.record.confidence == bare.confidence


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("letter.txt", b"Dear reader,\nthis is a letter.\n", "no table of actions is recognised"),
        ("empty.csv", b"  \n", "the file is empty"),
        ("broken.docx", b"PK\x03\x04 and no more", "damaged"),
        ("picture.png", b"\x89PNG\r\n\x1a\n", "this is a picture"),
        ("../../../etc/passwd", b"root:x:0:0\n", "no table of actions is recognised"),
    ],
)
def test_what_is_no_plan_leaves_nothing(
    tmp_path: Path, library: Library, name: str, data: bytes, sentence: str
) -> None:
    """One sentence that names the file and no path, and nothing is kept."""
    with pytest.raises(DocumentError, match=sentence) as refused:
        begin(Drafts(tmp_path / "weave"), name, data, library)
    assert str(refused.value).startswith(Path(name).name + ":")
    assert str(tmp_path) not in str(refused.value)
    assert list((tmp_path / "weave" / ".drafts").iterdir()) == []


def test_a_name_is_never_a_path(tmp_path: Path, library: Library) -> None:
    """Whatever a file is called, it lies in the folder of its draft, under a name of planweave's own."""
    begun = begin(Drafts(tmp_path / "weave"), "..\\..\\../evil/\x00plan<b>.csv", PLAN.encode(), library)
    assert begun.state.name == "plan<b>.csv".replace("\x00", " ") or "plan" in begun.state.name
    assert sorted(path.name for path in begun.folder.iterdir()) == ["document.csv", "grid.msgpack", "state-000001.json"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["weave"]
    for strange in ("..", "../weave", "0123456789abcdeg", ".new-0", ""):
        with pytest.raises(NotFound):
            Drafts(tmp_path / "weave").draft(strange)


def test_a_column_without_a_heading_gives_something_else(draft: Draft) -> None:
    """The third column is stated to be partners: what was lead is partner, and nobody leads."""
    seen = made(draft)
    seen = made(draft, changes.change_column(seen, seen.columns[2], "partner", WHY))
    assert [each.leads for each in seen.record.actions] == [(), (), ()]
    assert action(seen, "1.1").partners == ("Housing Options Manager", "Northmoor Outreach")
    told = [each for each in seen.record.columns if each.column == 3]
    assert [(each.field, each.how, each.confidence) for each in told] == [("partner", "loader", 1.0)]
    assert "column = 3" in seen.text


def test_a_field_of_one_column_is_given_up_by_the_other(draft: Draft) -> None:
    """The hints are stated to be the references: what was one is kept under its own heading, and not lost."""
    seen = made(draft)
    seen = made(draft, changes.change_column(seen, column(seen, "Finish"), "extra", WHY))
    assert action(seen, "1.1").extra == {"Finish": "May 2025", "Hint": "Cost £5"}
    # Nobody knows the heading "Hint", so there may be a date under it.
    assert action(seen, "1.1").blank["due"] == "not-understood"
    seen = made(draft, changes.change_column(seen, column(seen, "Hint"), "ref", WHY))
    assert [each.ref for each in seen.record.actions] == ["Cost £5", None, "Jo Bloggs"]
    assert seen.record.actions[0].extra == {"Finish": "May 2025", "Ref": "1.1"}
    assert seen.record.kept == 1.0


def test_a_column_is_not_changed_to_what_it_is(draft: Draft) -> None:
    """That it gives this already is a sentence; so is a field that is none."""
    seen = made(draft)
    with pytest.raises(PlanweaveError, match="“Finish” gives due date already"):
        changes.change_column(seen, column(seen, "Finish"), "due", WHY)
    with pytest.raises(PlanweaveError, match="did you mean lead"):
        changes.change_column(seen, column(seen, "Finish"), "leda", WHY)


def test_a_name_is_split_everywhere_or_once(draft: Draft) -> None:
    """Everywhere it is two leads in both actions, and no longer doubtful; once, it is in that one."""
    seen = made(draft)
    name, parts = "Housing Options and Saltfern", ["Housing Options", "Saltfern"]
    once = understand(
        draft,
        Library.bundled(),
        added(draft.state, changes.split_name(seen, name, parts, WHY, action(seen, "1.3"))),
    )
    assert action(once, "1.2").leads == (name,)
    assert action(once, "1.3").leads == ("Housing Options", "Saltfern")
    seen = made(draft, changes.split_name(seen, name, parts, WHY))
    assert [each.leads for each in seen.record.actions[1:]] == [("Housing Options", "Saltfern")] * 2
    assert [doubt.field for doubt in seen.record.doubts] == ["due"]
    stated = action(seen, "1.2").corrections
    assert [(each.printed, each.read, each.dropped, each.reason) for each in stated] == [
        (name, ("Housing Options", "Saltfern"), (name,), WHY)
    ]
    with pytest.raises(PlanweaveError, match="“Police” does not stand in"):
        changes.split_name(made(draft), "Housing Options", ["Housing", "Police"], WHY)


def test_names_of_a_cell_are_joined_as_printed(draft: Draft) -> None:
    """The two leads of 1.1 are one, in the words of the cell."""
    seen = made(draft)
    first = action(seen, "1.1")
    seen = made(draft, changes.join_names(seen, first.leads, WHY, first))
    assert action(seen, "1.1").leads == ("Housing Options Manager / Northmoor Outreach",)
    with pytest.raises(PlanweaveError, match="one name cannot be joined"):
        changes.join_names(seen, ("Saltfern",), WHY)


@pytest.mark.parametrize(
    ("typed", "kind", "edtf", "words"),
    [
        ("end of June 2025", "date", "2025-06", "1 June 2025 to 30 June 2025"),
        ("30/06/2025", "date", "2025-06-30", "30 June 2025"),
        ("Q3 2024/25", "date", "2024-10/2024-12", "1 October 2024 to 31 December 2024"),
        ("2025-06", "date", "2025-06", "1 June 2025 to 30 June 2025"),
        ("March 2025 onwards", "ongoing", "2025-03/..", "from 1 March 2025"),
        ("ongoing", "ongoing", None, "no date"),
        ("no date", "none", None, "no date"),
    ],
)
def test_a_date_is_typed(draft: Draft, typed: str, kind: str, edtf: str | None, words: str) -> None:
    """What is typed is understood by the grammar of the plans, and read so; the printed word stays."""
    due = typed_due(typed, load_common(Library.bundled()))
    assert (due.kind, due.edtf, date_words(due.edtf)) == (kind, edtf, words)
    seen = made(draft)
    if kind == "none":
        return
    seen = made(draft, changes.change_value(seen, action(seen, "1.2"), "due", typed, WHY))
    read = action(seen, "1.2").due
    assert (read.text, read.kind, read.edtf) == ("soon", kind, edtf)
    assert "due" not in action(seen, "1.2").blank


def test_a_date_can_be_taken_away_and_nonsense_is_none(draft: Draft) -> None:
    """The words “no date” take May 2025 away; “whenever” is not understood, and it is said how to write a date."""
    seen = made(draft)
    with pytest.raises(PlanweaveError, match="“whenever” is not understood as a date"):
        changes.change_value(seen, action(seen, "1.1"), "due", "whenever", WHY)
    seen = made(draft, changes.change_value(seen, action(seen, "1.1"), "due", "no date", WHY))
    assert (action(seen, "1.1").due.kind, action(seen, "1.1").due.edtf) == ("none", None)
    assert "missing-due" in action(seen, "1.1").flags


def test_every_field_of_an_action_can_be_corrected(draft: Draft) -> None:
    """Reference, text, lead, partner, outcomes and status are what was typed; the id stays, so that links do."""
    seen = made(draft)
    typed = {
        "ref": "9.9",
        "text": "Agree it",
        "leads": "NHS Trust\nHousing Options",
        "partners": "Shelter",
        "outcomes": "Signed\nPublished",
        "status": "complete",
        "group": "Priority 1",
        "pillars": "Prevention",
    }
    for field, value in typed.items():
        found = next(each for each in seen.record.actions if each.n == 2)
        seen = made(draft, changes.change_value(seen, found, field, value, WHY))
    found = next(each for each in seen.record.actions if each.n == 2)
    assert (found.id, found.ref, found.text, found.group) == ("northmoor/1.2", "9.9", "Agree it", "Priority 1")
    assert found.leads == ("NHS Trust", "Housing Options")
    assert (found.partners, found.outcomes) == (("Shelter",), ("Signed", "Published"))
    assert (found.status, found.pillars) == ("complete", ("Prevention",))
    assert len(found.corrections) == len(typed)
    assert not set(found.blank) & {"lead", "partner", "outcome", "status"}
    emptied = made(draft, changes.change_value(seen, found, "partners", "", WHY))
    assert action(emptied, "9.9").partners == ()


def test_a_reason_is_never_empty(draft: Draft) -> None:
    """Blanks are no reason."""
    change = changes.change_plan(made(draft), "title", "A plan", "  ")
    with pytest.raises(PlanweaveError, match="a correction needs a reason"):
        added(draft.state, change)


def test_the_plan_as_a_whole_is_corrected(draft: Draft) -> None:
    """Title, period and publisher; a publisher the register does not know can be added, and is one then."""
    seen = made(draft)
    with pytest.raises(PlanweaveError, match="the register has no body “Northmoor District Council”"):
        changes.change_plan(seen, "publisher", "Northmoor District Council", WHY)
    seen = made(
        draft,
        changes.change_plan(seen, "title", "Homelessness action plan", WHY),
        changes.change_plan(seen, "period", "2025-28", WHY),
        changes.change_plan(seen, "publisher", "Northmoor District Council", WHY, new=True),
    )
    plan = seen.record.plan
    assert (plan.title, plan.period, plan.publisher) == (
        "Homelessness action plan",
        "2025/2028",
        "Northmoor District Council",
    )
    with pytest.raises(PlanweaveError, match="“sometime” is not understood as years"):
        changes.change_plan(seen, "period", "sometime", WHY)


def test_a_name_means_a_body_of_the_register(draft: Draft) -> None:
    """The NHS trust is said to be another name of a body that the register has; a body that is none is refused."""
    seen = made(draft)
    with pytest.raises(PlanweaveError, match="the register has no body"):
        changes.change_name(seen, "Northmoor Outreach", "same", "Nobody at all", WHY)
    seen = made(draft, changes.change_name(seen, "Northmoor Outreach", "same", "Change Grow Live", WHY))
    party = next(each for each in seen.record.parties if each.name == "Northmoor Outreach")
    assert (party.kind, party.label) == ("agency", "Change Grow Live")


def test_doubts_are_settled_one_by_one_or_together(draft: Draft) -> None:
    """What was looked at is no longer doubted; nothing else changes, and nothing is called a correction."""
    seen = made(draft)
    doubt = seen.record.doubts[0]
    one = made(draft, changes.settle(seen, doubt.field, doubt.why, WHY, action(seen, "1.2")))
    assert [(each.action, each.field) for each in one.record.doubts] == [
        ("northmoor/1.3", "lead"),
        ("northmoor/1.3", "due"),
    ]
    both = made(draft, changes.settle(one, doubt.field, doubt.why, WHY))
    assert [each.field for each in both.record.doubts] == ["due"]
    assert both.record.actions == seen.record.actions
    with pytest.raises(PlanweaveError, match="nothing is doubted there any more"):
        changes.settle(both, doubt.field, doubt.why, WHY)


def test_the_effect_is_what_changes(draft: Draft) -> None:
    """A split of two cells: two values, one lead more in all, two doubts fewer; a date takes its finding away."""
    seen = made(draft)
    split = changes.split_name(seen, "Housing Options and Saltfern", ["Housing Options", "Saltfern"], WHY)
    after = understand(draft, Library.bundled(), added(draft.state, split))
    effect = effect_of(seen, after, DAY)
    assert [(each.action, each.field, each.before, each.after) for each in effect.values] == [
        ("1.2", "leads", "Housing Options and Saltfern", "Housing Options\nSaltfern"),
        ("1.3", "leads", "Housing Options and Saltfern", "Housing Options\nSaltfern"),
    ]
    assert {each.words: (each.before, each.after) for each in effect.counts if each.changes} == {
        "different leads": (3, 4),
        "doubtful values": (3, 1),
    }
    assert effect.gone == effect.come == ()
    dated = changes.change_value(seen, action(seen, "1.2"), "due", "June 2025", WHY)
    effect = effect_of(seen, understand(draft, Library.bundled(), added(draft.state, dated)), DAY)
    assert [(each.action, each.shape) for each in effect.gone] == [("northmoor/1.2", "action-has-due-date")]
    assert effect.come == ()
    assert effect_of(seen, seen, DAY).is_nothing


def test_undoing_gives_what_was_before(draft: Draft) -> None:
    """Each correction by itself, in any order; what is undone already says so."""
    bare = made(draft)
    first = changes.change_value(bare, action(bare, "1.2"), "due", "June 2025", WHY)
    second = changes.change_value(bare, action(bare, "1.1"), "text", "Open a hub", WHY)
    made(draft, first, second)
    ids = [change.id for change in draft.state.changes]
    draft.save(undone(draft.state, ids[0]))
    assert action(made(draft), "1.2").due == action(bare, "1.2").due
    assert action(made(draft), "1.1").text == "Open a hub"
    with pytest.raises(PlanweaveError, match="undone already"):
        undone(draft.state, ids[0])
    draft.save(undone(draft.state, ids[1]))
    assert made(draft).record == bare.record


def test_a_correction_that_would_meet_another_row_is_told(draft: Draft) -> None:
    """Without its references the second row is n2; should n2 come to begin elsewhere, the correction says so."""
    seen = made(draft)
    change = changes.change_value(seen, action(seen, "1.2"), "text", "Agree it", WHY)
    moved = msgspec.structs.replace(change, rows={"1.2": (1, 9)})
    with pytest.raises(PlanweaveError, match="was made for table 1, row 9"):
        understand(draft, Library.bundled(), added(draft.state, moved))
    nowhere = msgspec.structs.replace(change, rules=(msgspec.structs.replace(change.rules[0], printed="not there"),))
    with pytest.raises(DefinitionError, match="finds nothing to correct"):
        understand(draft, Library.bundled(), added(draft.state, nowhere))


def test_the_second_of_two_tabs_is_told(draft: Draft) -> None:
    """Both begin with the same state; the second is refused, and the first one's change is there."""
    seen, state = made(draft), draft.state
    draft.save(added(state, changes.change_plan(seen, "title", "One", WHY)))
    with pytest.raises(Outdated, match="changed in another tab meanwhile"):
        Draft(draft.folder).save(added(state, changes.change_plan(seen, "title", "Two", WHY)))
    assert made(draft).record.plan.title == "One"
    assert len(list(draft.folder.glob("state-*.json"))) == 2


def test_a_draft_survives_and_a_damaged_state_is_passed_over(draft: Draft, tmp_path: Path) -> None:
    """Another process finds the draft with its changes; a state that is half written does not count."""
    made(draft, changes.change_plan(made(draft), "title", "One", WHY))
    (draft.folder / "state-000003.json").write_text('{"revision": 3, "na', encoding="utf-8")
    (draft.folder / "grid.msgpack").write_bytes(b"nonsense")
    (again,) = Drafts(tmp_path / "weave")
    assert (again.id, again.state.revision) == (draft.id, 2)
    assert understand(again, Library.bundled()).record.plan.title == "One"
    again.discard()
    assert list(Drafts(tmp_path / "weave")) == []


def test_what_is_accepted_is_read_again_from_the_shell(draft: Draft, tmp_path: Path) -> None:
    """The record of the graph, and that of planweave read, are the draft's own; a further build changes nothing."""
    workspace = tmp_path / "weave"
    seen = made(draft)
    seen = made(
        draft,
        changes.change_column(seen, column(seen, "How we will know"), "outcome", WHY),
        changes.split_name(seen, "Housing Options and Saltfern", ["Housing Options", "Saltfern"], 'So "it" is.'),
        changes.change_value(seen, action(seen, "1.2"), "due", "end of June 2025", WHY),
        changes.change_plan(seen, "publisher", "Northmoor District Council", WHY, new=True),
    )
    seen = made(draft, changes.change_name(seen, "Northmoor Outreach", "unit", "Northmoor District Council", WHY))
    doubt = seen.record.doubts[0]
    seen = made(draft, changes.settle(seen, doubt.field, doubt.why, WHY))
    assert accept(draft, workspace, Library.bundled()).stage == "done"
    with pw.open(workspace) as graph:
        assert graph.ids == ("northmoor",)
        assert graph.plan("northmoor") == seen.record
    document = workspace / "library" / "documents" / "northmoor.csv"
    assert document.read_text(encoding="utf-8") == PLAN
    told = CliRunner().invoke(main, ["read", str(document), "--json", "--from", str(workspace)])
    assert from_json(told.output.encode()) == seen.record
    copied = tmp_path / "elsewhere.csv"
    copied.write_text(PLAN, encoding="utf-8")
    again = pw.read(copied, library=Library.bundled().with_workspace(workspace))
    assert again.actions == seen.record.actions
    built = CliRunner().invoke(main, ["build", str(document), "--into", str(workspace)])
    assert "nothing changed since the last build" in built.output
    assert "Looked at." in (workspace / "library" / "loaders" / "northmoor.toml").read_text(encoding="utf-8")
    with pytest.raises(NotFound):
        _ = draft.state


def test_the_plans_that_were_there_stay(five_plans: Path, draft: Draft, tmp_path: Path) -> None:
    """A sixth plan beside the five; a build from the shell, of whatever else, keeps what was added."""
    workspace = tmp_path / "weave"
    shutil.copytree(five_plans, workspace, dirs_exist_ok=True)
    with pw.open(workspace) as graph:
        before = {plan: graph.plan(plan) for plan in graph.ids}
    assert accept(draft, workspace, Library.bundled()).stage == "done"
    with pw.open(workspace) as graph:
        assert graph.ids == (*before, "northmoor")
        assert {plan: graph.plan(plan) for plan in before} == before
    other = tmp_path / "other.csv"
    other.write_text(PLAN.replace("hub", "house"), encoding="utf-8")
    assert CliRunner().invoke(main, ["build", str(other), "--into", str(workspace)]).exit_code == 0
    with pw.open(workspace) as graph:
        assert graph.ids == ("other", "northmoor")


def test_a_plan_of_the_same_id_takes_the_place_or_stands_beside(draft: Draft, tmp_path: Path) -> None:
    """Without a word about it nothing is accepted; in its place, the old document is gone; beside it, both stay."""
    workspace, library = tmp_path / "weave", Library.bundled()
    accept(draft, workspace, library)
    library = library.with_workspace(workspace)
    newer = PLAN.replace("Market Street", "Church Street")

    def begun() -> Draft:
        return begin(Drafts(workspace), "Northmoor.csv", newer.encode(), library)

    second = begun()
    placed = keeping.place(second, workspace, library)
    assert placed.taken is not None
    assert placed.free == "northmoor-2"
    with pytest.raises(PlanweaveError, match="there is a plan northmoor already"):
        start(second, workspace, library)
    second.save(msgspec.structs.replace(second.state, plan="northmoor-2", placing="beside"))
    assert accept(second, workspace, library).stage == "done"
    third = begin(Drafts(workspace), "northmoor.txt", PLAN.replace("Market", "Mill").encode(), library)
    third.save(msgspec.structs.replace(third.state, placing="instead"))
    assert accept(third, workspace, library).stage == "done"
    with pw.open(workspace) as graph:
        assert sorted(graph.ids) == ["northmoor", "northmoor-2"]
        assert graph.action("northmoor/1.1").text == "Open a housing hub in Mill Street"
        assert graph.action("northmoor-2/1.1").text == "Open a housing hub in Church Street"
    names = sorted(path.name for path in (workspace / "library" / "documents").iterdir())
    assert names == ["northmoor-2.csv", "northmoor.txt"]


def test_the_very_document_takes_the_place_of_its_plan(five_plans: Path, tmp_path: Path) -> None:
    """A bundled plan is corrected: its loader is kept in the new definition, and the plan is there once."""
    workspace, library = tmp_path / "weave", Library.bundled()
    shutil.copytree(five_plans, workspace)
    path = bundled_plans() / "gravesham.txt"
    begun = begin(Drafts(workspace), "G.txt", path.read_bytes(), library)
    seen = understand(begun, library)
    with pw.open(workspace) as graph:
        assert seen.record.actions == graph.plan("gravesham").actions
        before = len(graph.ids)
    placed = keeping.place(begun, workspace, library)
    assert placed.same is not None
    assert placed.same.plan == begun.state.plan == "gravesham"
    first = seen.record.actions[0]
    begun.save(added(begun.state, changes.change_value(seen, first, "status", "complete", WHY)))
    begun.save(msgspec.structs.replace(begun.state, placing="instead"))
    assert accept(begun, workspace, library).stage == "done"
    for _ in range(2):
        with pw.open(workspace) as graph:
            assert len(graph.ids) == before
            assert graph.action(first.id).status == "complete"
        told = CliRunner().invoke(main, ["build", "--into", str(workspace)])
        assert told.exit_code == 0, told.output


def library_files(workspace: Path) -> dict[str, bytes]:
    """Every file of the workspace's own library."""
    return {str(path.relative_to(workspace)): path.read_bytes() for path in workspace.glob("library/*/*")}


@pytest.mark.parametrize("where", ["documents", "definition", "store"])
def test_no_room_takes_everything_back(
    draft: Draft, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """Wherever the disk is full, a sentence says so, the library is as before, and it can be accepted afterwards."""
    workspace = tmp_path / "weave"

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        if where == "documents":
            patched.setattr("planweave.correcting.keeping.shutil.copyfile", full)
        elif where == "definition":
            patched.setattr(Path, "write_text", full)
        else:
            patched.setattr("planweave.building.gzip.compress", full)
        ended = accept(draft, workspace, Library.bundled())
    assert ended.stage == "failed"
    assert "No space left on device" in ended.error
    assert library_files(workspace) == {}
    assert not (workspace / "CURRENT").exists()
    assert accept(draft, workspace, Library.bundled()).stage == "done"


def test_no_room_for_a_draft(tmp_path: Path, library: Library, draft: Draft, monkeypatch: pytest.MonkeyPatch) -> None:
    """A draft that cannot be written is a sentence, and one that is there stays as it was."""

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("planweave.correcting.drafts.os.fsync", full)
    with pytest.raises(PlanweaveError, match="cannot be written \\(No space left on device\\)"):
        begin(Drafts(tmp_path / "weave"), "b.csv", PLAN.encode(), library)
    state = draft.state
    with pytest.raises(PlanweaveError, match="cannot be written"):
        draft.save(added(state, changes.change_plan(made(draft), "title", "One", WHY)))
    assert draft.state == state
    assert [path.name for path in Drafts(tmp_path / "weave").folder.iterdir()] == [draft.id]
    assert len(list(draft.folder.iterdir())) == 3


@contextmanager
def another_server() -> Iterator[None]:
    """Know as little of what was started as a server that was killed and started again."""
    known = dict(accepting._running)
    accepting._running.clear()
    yield
    for process in known.values():
        process.wait(60)


def wait_for(draft: Draft, workspace: Path, stages: Sequence[str]) -> str:
    """Wait until the accepting has come so far."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        journal = progress_of(draft.folder, workspace)
        if journal and journal.stage in stages:
            return journal.stage
        time.sleep(0.02)
    raise AssertionError(stages)


def test_a_process_that_is_killed_leaves_everything_as_it_was(five_plans: Path, draft: Draft, tmp_path: Path) -> None:
    """Killed while it builds: who looks next finds the library as before and a sentence, and accepting works then."""
    workspace = tmp_path / "weave"
    shutil.copytree(five_plans, workspace, dirs_exist_ok=True)
    with pw.open(workspace) as graph:
        ids = graph.ids
    start(draft, workspace, Library.bundled())
    process = accepting._running[draft.folder]
    wait_for(draft, workspace, ["building"])
    process.kill()
    process.wait()
    with another_server():
        journal = progress_of(draft.folder, workspace)
    assert journal is not None
    assert journal.stage == "failed"
    assert "interrupted" in journal.error
    assert library_files(workspace) == {}
    with pw.open(workspace) as graph:
        assert graph.ids == ids
    start(draft, workspace, Library.bundled())
    with another_server():
        assert wait_for(draft, workspace, ["done", "failed"]) == "done"
    with pw.open(workspace) as graph:
        assert graph.ids == (*ids, "northmoor")


def test_a_process_that_is_killed_when_all_is_built_has_done_it(
    draft: Draft, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the new graph and the last word: the plan is in the graph, so its files stay, and it is done."""
    workspace = tmp_path / "weave"

    class Killed(BaseException):
        pass

    def kill(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(accepting, "finish", kill)
        with pytest.raises(Killed):
            accept(draft, workspace, Library.bundled())
    journal = progress_of(draft.folder, workspace)
    assert journal is not None
    assert journal.stage == "done"
    assert sorted(library_files(workspace)) == ["library/documents/northmoor.csv", "library/loaders/northmoor.toml"]
    with pw.open(workspace) as graph:
        assert graph.ids == ("northmoor",)


def test_a_document_that_is_gone_is_said_before_anything_changes(draft: Draft, tmp_path: Path) -> None:
    """The other plan's document was moved away: building would lose the plan, so it is refused."""
    workspace, other = tmp_path / "weave", tmp_path / "other.csv"
    other.write_text(PLAN.replace("hub", "house"), encoding="utf-8")
    pw.build(other, workspace).close()
    other.unlink()
    with pytest.raises(PlanweaveError, match="the document of the plan other is not where it was read"):
        start(draft, workspace, Library.bundled())
    assert library_files(workspace) == {}
