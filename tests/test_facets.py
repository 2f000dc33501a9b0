"""The index of actions: what is chosen, counted, sorted and paged, against a graph that can be counted by hand."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

import planweave as pw
from planweave.assessing import BuiltPlans
from planweave.errors import QueryError, StoreError
from planweave.facets import About, Choices, make_index, making, marks_of, open_index
from planweave.facets.pieces import Lean, piece_of
from planweave.facets.times import grid_of, kinds_of, layout_of, months_of
from planweave.records import Due, Party, Plan, Update, to_json
from planweave.searching import SearchIndex
from planweave.workspace import Build
from tests.made import made_action, made_plan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planweave.facets import ActionIndex
    from planweave.records import PlanRecord

SHELTER = "https://w3id.org/planweave/agency/shelter"

FORD = made_plan(
    made_action(
        id="ford/1.10",
        n=1,
        ref="1.10",
        text="Open a hub",
        pillars=("Prevention",),
        leads=("Housing Team", "SH"),
        due=Due("March 2024", "date", "2024-03"),
        status="complete",
    ),
    made_action(
        id="ford/1.2",
        n=2,
        ref="1.2",
        text="Train staff",
        pillars=("Prevention", "Recovery"),
        leads=("Housing Team",),
        partners=("SH", "Shelter"),
        due=Due("by 2023", "date", "2023~"),
        status="ongoing",
        updates=(Update("2023-05", "Half of them"),),
    ),
    made_action(
        id="ford/n3",
        n=3,
        ref=None,
        text="Open hubs for young people",
        due=Due("Ongoing", "ongoing", None),
        blank={"lead": "empty", "partner": "no-column"},
        crossrefs=("1.2", "1.10"),
    ),
    parties=(
        Party("Housing Team", "team", "housing-team", "Housing Team"),
        Party("SH", "agency", SHELTER, "Shelter"),
        Party("Shelter", "agency", SHELTER, "Shelter"),
    ),
)
AVON = made_plan(
    made_action(
        id="avon/9",
        n=1,
        ref="9",
        text="hire a nurse",
        leads=("Housing Team",),
        due=Due("31-Dec-24", "date", "2024-12-31"),
        status="not-started",
    ),
    made_action(
        id="avon/10",
        n=2,
        ref="10",
        text="Review the plan",
        pillars=("none",),
        due=Due("January 2024 onwards", "date", "2024-01/.."),
        blank={"lead": "no-column"},
    ),
    made_action(id="avon/11", n=3, ref="11", text="Tell people", blank={"lead": "no-column", "due": "empty"}),
    id="avon",
    plan=Plan("avon", "Avon Plan", "Avon Council", None, None, None, "avon.txt"),
    parties=(Party("Housing Team", "team", "housing-team", "Housing Team"),),
)
STATES = {"ford": "a", "avon": "b"}


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Give a build that has the records of two plans, and nothing else."""
    made = Build(tmp_path / "weave" / "build-000001")
    made.prepare()
    for record in (FORD, AVON):
        made.record(record.plan.id).write_bytes(to_json(record))
    return made


@pytest.fixture
def index(build: Build) -> ActionIndex:
    """Give the index of the two plans."""
    workspace = build.folder.parent
    make_index(workspace, STATES, build)
    found = open_index(workspace, STATES)
    assert found is not None
    return found


def ids(index: ActionIndex, choices: Choices, sort: str = "printed", *, descending: bool = False) -> list[str]:
    """The ids of what is chosen, in an order."""
    return [row.id for row in index.select(choices).rows(sort, descending=descending)]


def test_a_row_says_what_the_record_says(index: ActionIndex) -> None:
    """Parties are known by their labels, once each; dates by their first and last day; blanks by their reason."""
    hub, staff, young, *_ = index.select(Choices()).rows()
    assert (hub.id, hub.ref, hub.text, hub.plan.label) == ("ford/1.10", "1.10", "Open a hub", "Ford Council")
    assert [(one.key, one.label) for one in hub.leads] == [
        ("ford/housing-team", "Housing Team"),
        ("shelter", "Shelter"),
    ]
    assert (hub.earliest, hub.latest, hub.precision, hub.vague) == (
        dt.date(2024, 3, 1),
        dt.date(2024, 3, 31),
        "month",
        False,
    )
    assert [one.key for one in staff.partners] == ["shelter"]
    assert (staff.precision, staff.vague, staff.updates) == ("year", True, 1)
    assert (young.no_lead, young.no_partner, young.no_due, young.crossrefs) == ("empty", "no-column", None, 2)
    assert (young.kind, young.earliest, young.precision) == ("ongoing", None, "none")


@pytest.mark.parametrize(
    ("facets", "expected"),
    [
        ({"plan": ["avon"]}, ["avon/9", "avon/10", "avon/11"]),
        ({"lead": ["ford/housing-team"]}, ["ford/1.10", "ford/1.2"]),
        ({"lead": ["housing team"]}, ["ford/1.10", "ford/1.2", "avon/9"]),
        ({"lead": ["none"]}, ["ford/n3", "avon/10", "avon/11"]),
        ({"lead": ["none.empty"]}, ["ford/n3"]),
        ({"lead": ["none.empty", "shelter"]}, ["ford/1.10", "ford/n3"]),
        ({"partner": ["shelter"], "plan": ["ford", "avon"]}, ["ford/1.2"]),
        ({"pillar": ["Prevention"], "status": ["ongoing", "unknown"]}, ["ford/1.2"]),
        ({"pillar": ["~none"]}, ["avon/10"]),
        ({"pillar": ["none"]}, ["ford/n3", "avon/9", "avon/11"]),
        ({"due": ["none.empty"]}, ["avon/11"]),
        ({"exact": ["open", "day"]}, ["avon/9", "avon/10"]),
        ({"lead": ["nobody at all"]}, []),
        ({"plan": ["nowhere"]}, []),
        ({"status": ["gone"]}, []),
    ],
)
def test_values_of_one_facet_are_any_and_facets_all(
    index: ActionIndex, facets: dict[str, list[str]], expected: list[str]
) -> None:
    """Several values of a facet give the actions of any of them; several facets those of all."""
    assert ids(index, Choices.of(facets)) == expected
    assert len(index.select(Choices.of(facets))) == len(expected)


def test_what_counts_of_a_date_is_its_last_day(index: ActionIndex) -> None:
    """A month falls due on its last day; what has no end never does; what is complete is not overdue."""
    assert ids(index, Choices(begins=dt.date(2024, 3, 31), ends=dt.date(2024, 12, 31))) == ["ford/1.10", "avon/9"]
    assert ids(index, Choices(begins=dt.date(2024, 4, 1))) == ["avon/9"]
    assert ids(index, Choices(ends=dt.date(2024, 3, 30))) == ["ford/1.2"]
    assert ids(index, Choices(overdue=dt.date(2024, 12, 31))) == ["ford/1.2"]
    assert ids(index, Choices(overdue=dt.date(2025, 1, 1))) == ["ford/1.2", "avon/9"]
    assert ids(index, Choices(parties=("shelter",))) == ["ford/1.10", "ford/1.2"]


def counted(index: ActionIndex, choices: Choices, facet: str, words: str = "") -> dict[str, int]:
    """What a facet offers, by key."""
    selection = index.select(choices)
    values, _ = selection.values(facet, words=words)
    return {one.key: one.number for one in (*values, *(() if words else selection.nothing(facet)))}


def test_a_facet_counts_without_its_own_choice(index: ActionIndex) -> None:
    """The numbers of a facet are what choosing a value would give; its own choice does not make others vanish."""
    all_leads = {"ford/housing-team": 2, "avon/housing-team": 1, "shelter": 1}
    nothing = {"none": 3, "none.no-column": 2, "none.empty": 1}
    assert counted(index, Choices(), "lead") == all_leads | nothing
    assert counted(index, Choices.of({"lead": ["shelter"]}), "lead") == all_leads | nothing
    chosen = Choices.of({"lead": ["shelter"], "plan": ["ford"]})
    assert counted(index, chosen, "lead") == {"ford/housing-team": 2, "shelter": 1, "none": 1, "none.empty": 1}
    assert counted(index, chosen, "plan") == {"ford": 1}
    assert counted(index, Choices.of({"status": ["ongoing"]}), "pillar") == {"Prevention": 1, "Recovery": 1}
    assert counted(index, Choices(), "status") == {
        "complete": 1, "ongoing": 1, "not-started": 1, "unknown": 3
    }  # fmt: skip
    assert counted(index, Choices(), "pillar") == {"Prevention": 2, "Recovery": 1, "~none": 1, "none": 3}


def test_a_name_that_several_have_is_offered_as_one(index: ActionIndex) -> None:
    """Looking for a lead gives each party of the name, and all of them together, each action counted once."""
    found, many = index.select(Choices()).values("lead", words="HOUS team")
    assert [(one.key, one.number, one.same) for one in found] == [
        ("housing team", 3, 2),
        ("ford/housing-team", 2, 1),
        ("avon/housing-team", 1, 1),
    ]
    assert many == 2
    assert [one.within for one in found[1:]] == ["Ford Council", "Avon Council"]


def test_the_most_come_first_and_what_is_chosen_before_them(index: ActionIndex) -> None:
    """Of many values the largest are given, and those that are chosen in any case; how many there are is said."""
    values, many = index.select(Choices.of({"lead": ["shelter"]})).values("lead", most=1)
    assert [(one.key, one.chosen) for one in values] == [("shelter", True), ("ford/housing-team", False)]
    assert many == 3


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("ref", ["ford/1.2", "ford/1.10", "avon/9", "avon/10", "avon/11", "ford/n3"]),
        ("-ref", ["avon/11", "avon/10", "avon/9", "ford/1.10", "ford/1.2", "ford/n3"]),
        ("text", ["avon/9", "ford/1.10", "ford/n3", "avon/10", "avon/11", "ford/1.2"]),
        ("plan", ["avon/9", "avon/10", "avon/11", "ford/1.10", "ford/1.2", "ford/n3"]),
        ("due", ["ford/1.2", "ford/1.10", "avon/9", "avon/10", "ford/n3", "avon/11"]),
        ("-due", ["avon/10", "avon/9", "ford/1.10", "ford/1.2", "ford/n3", "avon/11"]),
        ("lead", ["ford/1.2", "avon/9", "ford/1.10", "ford/n3", "avon/10", "avon/11"]),
        ("-status", ["avon/9", "ford/1.2", "ford/1.10", "ford/n3", "avon/10", "avon/11"]),
        ("-crossrefs", ["ford/n3", "ford/1.10", "ford/1.2", "avon/9", "avon/10", "avon/11"]),
    ],
)
def test_sorting_is_natural_and_blanks_come_last(index: ActionIndex, sort: str, expected: list[str]) -> None:
    """1.2 stands before 1.10; what has nothing to be sorted by is at the end either way; equals stay as printed."""
    name, descending = sort.removeprefix("-"), sort.startswith("-")
    assert ids(index, Choices(), name, descending=descending) == expected
    # A few of many are sorted another way than the whole: both have to agree.
    few = Choices.of({"plan": ["ford"]})
    assert ids(index, few, name, descending=descending) == [one for one in expected if one.startswith("ford")]


def test_pages_follow_one_another(index: ActionIndex) -> None:
    """The pages of a selection, one after the other, are the whole in its order."""
    for choices in (Choices(), Choices.of({"status": ["ongoing", "unknown", "complete"]})):
        selection = index.select(choices)
        whole = selection.numbers("due", descending=True).tolist()
        pages = [selection.numbers("due", descending=True, start=at, stop=at + 2).tolist() for at in range(0, 6, 2)]
        assert [one for page in pages for one in page] == whole


def test_words_are_looked_for_in_the_search_file(index: ActionIndex, build: Build, tmp_path: Path) -> None:
    """Words in any form; what the file counts otherwise than the index is not mixed up, also when a plan changed."""
    search = SearchIndex(tmp_path / "search.sqlite", STATES, build.plan_record)
    search.update()
    assert search.is_current()
    changed = SearchIndex(tmp_path / "search.sqlite", {**STATES, "ford": "z"}, build.plan_record)
    assert not changed.is_current()
    about = About(index, changed)  # ford now stands after avon in the file, and before it in the index
    selection = index.select(Choices(words="hub"), about=about)
    assert [row.id for row in selection.rows()] == ["ford/1.10", "ford/n3"]
    assert counted_words(index, about, "open young") == ["ford/n3"]
    assert counted_words(index, about, '"open a"') == ["ford/1.10"]
    assert counted_words(index, about, "submarine") == []
    with pytest.raises(QueryError, match="no word"):
        about("***")


def counted_words(index: ActionIndex, about: About, words: str) -> list[str]:
    """The ids of the actions that are about words."""
    return [row.id for row in index.select(Choices(words=words), about=about).rows()]


def test_time_is_counted_by_the_last_day(index: ActionIndex) -> None:
    """Each month counts what falls due in it; reviews, what is ongoing and what has no end fall due in none."""
    every = index.select(Choices())
    months = months_of(every, dt.date(2024, 6, 1))
    assert months.first == (2023 - 1970) * 12 + 11
    assert months.actions == (1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1)
    assert months.overdue == (1, *[0] * 12)
    kinds = kinds_of(every)
    assert {kind: kinds[kind] for kind in ("date", "ongoing", "none", "none.empty")} == {
        "date": 4, "ongoing": 1, "none": 1, "none.empty": 1
    }  # fmt: skip
    years = tuple((year - 1970) * 12 for year in (2023, 2024, 2025))
    grid = grid_of(every, "lead", years, 10)
    assert {one.key: counts for one, counts in grid.lines} == {
        "ford/housing-team": (1, 1), "shelter": (0, 1), "avon/housing-team": (0, 1)
    }  # fmt: skip
    layout = layout_of(every, "pillar", 100)
    lines = [(index.row(number).id, layout.groups[group].key) for number, group in layout.lines]
    assert lines == [
        ("avon/10", "~none"), ("ford/1.2", "Prevention"), ("ford/1.10", "Prevention"), ("ford/1.2", "Recovery"),
        ("avon/9", "none"), ("ford/n3", "none"),
    ]  # fmt: skip
    assert (layout.first, layout.last) == (dt.date(2023, 1, 1), dt.date(2024, 12, 31))
    assert layout_of(every, "plan", 3).lines == ()
    assert layout_of(every, "plan", 3).total == 5


def test_only_what_changed_is_read_again(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a plan in another state only that plan is read; the older index is removed."""
    workspace = build.folder.parent
    first = make_index(workspace, STATES, build)
    read: list[str] = []
    real = making._read

    def noted(build: Build, plan: str) -> tuple[bytes, bytes]:
        read.append(plan)
        return real(build, plan)

    monkeypatch.setattr(making, "_read", noted)
    record: PlanRecord = msgspec.structs.replace(AVON, actions=AVON.actions[:1])
    build.record("avon").write_bytes(to_json(record))
    states = {"avon": "c", "ford": "a"}
    second = make_index(workspace, states, build)
    assert read == ["avon"]
    assert [path.name for path in (workspace / making.FOLDER).iterdir()] == [second.name]
    assert second != first
    index = open_index(workspace, states)
    assert index is not None
    assert ids(index, Choices()) == ["avon/9", "ford/1.10", "ford/1.2", "ford/n3"]
    assert open_index(workspace, STATES) is None


def test_a_damaged_index_says_so_and_is_made_again(build: Build) -> None:
    """A file that is cut, gone or not to be read is found at the opening; making it again mends it."""
    workspace = build.folder.parent
    folder = make_index(workspace, STATES, build)
    names = sorted(path.name for path in folder.iterdir())
    for name in (making.CONTENTS, "lead.values.npy", "printed.bin", "order.due.up.npy"):
        path = folder / name
        path.write_bytes(path.read_bytes()[:-1])
        with pytest.raises(StoreError, match="the index of actions is damaged"):
            open_index(workspace, STATES)
        make_index(workspace, STATES, build)
        index = open_index(workspace, STATES)
        assert index is not None
        assert len(index) == 6
    (folder / "pieces.bin").unlink()
    with pytest.raises(StoreError):
        open_index(workspace, STATES)
    make_index(workspace, STATES, build)
    assert sorted(path.name for path in folder.iterdir()) == names


def test_what_a_killed_process_left_is_no_index(build: Build) -> None:
    """A folder that was not finished is not opened, stays while it may be in use, and goes when it is old."""
    workspace = build.folder.parent
    left = workspace / making.FOLDER / ".making-killed"
    left.mkdir(parents=True)
    (left / "status.npy").write_bytes(b"half")
    assert open_index(workspace, STATES) is None
    make_index(workspace, STATES, build)
    assert left.exists()
    os.utime(left, (0, 0))
    make_index(workspace, STATES, build)
    assert not left.exists()
    assert open_index(workspace, STATES) is not None


def test_an_index_of_no_action_can_be_asked(build: Build) -> None:
    """A plan without actions, and no plan at all, give empty pages and no value."""
    workspace = build.folder.parent
    build.record("bare").write_bytes(to_json(made_plan(id="bare")))
    for states in ({"bare": "x"}, {"bare": "x", "avon": "b"}, {}):
        make_index(workspace, states, build)
        index = open_index(workspace, states)
        assert index is not None
        selection = index.select(Choices.of({"status": ["complete"]}))
        assert list(selection.rows("due")) == []
        assert selection.values("lead")[0] == ([] if "avon" not in states else selection.values("lead")[0])
        assert months_of(selection, dt.date(2024, 1, 1)).actions == ()
        assert layout_of(selection, "lead", 10).lines == ()


def test_names_of_plans_tell_them_apart(build: Build) -> None:
    """A plan is called by its publisher; where that has two, by its title too; where nobody is known, by its title."""
    workspace = build.folder.parent
    plans = {
        "one": Plan("one", "First plan", "Ford Council", None, None, None, "1.txt"),
        "two": Plan("two", "Second plan", None, None, None, None, "2.txt"),
    }
    for name, plan in plans.items():
        build.record(name).write_bytes(to_json(made_plan(id=name, plan=plan)))
    folder = make_index(workspace, dict.fromkeys(("ford", "avon", "one", "two"), "s"), build)
    contents = making.read_contents(folder)
    assert contents is not None
    assert [part.name for part in contents.parts] == [
        "Ford Council: Ford Plan",
        "Avon Council",
        "Ford Council: First plan",
        "Second plan",
    ]


@pytest.fixture(scope="module")
def graph(five_plans: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[pw.Graph]:
    """The five plans, to be written into."""
    folder = tmp_path_factory.mktemp("facets") / "weave"
    shutil.copytree(five_plans, folder)
    with pw.open(folder) as graph:
        yield graph


@pytest.fixture(scope="module")
def five(graph: pw.Graph) -> ActionIndex:
    """The index of the five plans."""
    plans = BuiltPlans(graph.files, graph.folder, graph.store)
    states = {plan: plans.state(plan) for plan in graph.ids}
    make_index(graph.folder, states, graph.files)
    index = open_index(graph.folder, states)
    assert index is not None
    return index


def test_the_index_agrees_with_the_questions(graph: pw.Graph, five: ActionIndex) -> None:
    """What is overdue, falls due, has no date or no lead is the same whether the graph or the index is asked."""
    day = dt.date(2024, 12, 31)
    overdue = {row[1] for row in graph.ask("overdue", date=day).readable_rows()}
    assert {row.id for row in five.select(Choices(overdue=day)).rows()} == overdue
    window: dict[str, Any] = {"since": dt.date(2023, 1, 1), "until": day}
    between = {row[1] for row in graph.ask("due-between", **window).readable_rows()}
    assert {row.id for row in five.select(Choices(begins=window["since"], ends=day)).rows()} == between
    undated = {row[1] for row in graph.ask("actions-without-date").readable_rows()}
    assert {row.id for row in five.select(Choices.of({"due": ["none"]})).rows()} == undated
    leadless = {row[1] for row in graph.ask("actions-without-lead").readable_rows()}
    assert {row.id for row in five.select(Choices.of({"lead": ["none"]})).rows()} == leadless
    assert len(overdue) > 10
    assert len(undated) > 10


def test_the_index_agrees_with_the_records(graph: pw.Graph, five: ActionIndex) -> None:
    """Every action of the records stands in the index, in their order, with the words they have."""
    rows = list(five.select(Choices()).rows())
    actions = list(graph.actions())
    assert [(row.id, row.ref, row.text, row.due, row.status) for row in rows] == [
        (action.id, action.ref, action.text, action.due.text, action.status) for action in actions
    ]


def test_findings_are_those_of_the_check(graph: pw.Graph, five: ActionIndex, tmp_path: Path) -> None:
    """An action is found by a check if and only if the check finds something open there; accepted ones do not count."""
    waivers, day = tmp_path / "waivers.toml", "2024-12-31"
    accepted = first_overdue(graph)
    nobody = tmp_path / "none.toml"
    nobody.write_text("", encoding="utf-8")
    graph.accept("action-is-overdue", accepted, reason="agreed", by="A. Tester", as_of=day, waivers=waivers)
    assessment = graph.check(as_of=day, waivers=waivers)
    marks = marks_of(five, assessment)
    expected = {(one.shape, one.action) for one in assessment if one.action and one.accepted is False}
    rows = five.select(Choices(), marks=marks).rows()
    assert {(shape, row.id) for row in rows for shape in row.findings or ()} == expected
    assert ("action-is-overdue", accepted) not in expected
    # Beginning with the check as it was without the waiver gives the same.
    before = marks_of(five, graph.check(as_of=day, waivers=nobody))
    assert accepted in {
        row.id for row in five.select(Choices.of({"finding": ["action-is-overdue"]}), marks=before).rows()
    }
    after = marks_of(five, assessment.again(assessment.waived), before)
    assert after.column.values.tolist() == marks.column.values.tolist()
    assert after.column.starts.tolist() == marks.column.starts.tolist()
    late = five.select(Choices.of({"finding": ["action-is-overdue"]}), marks=marks)
    assert {row.id for row in late.rows()} == {action for shape, action in expected if shape == "action-is-overdue"}
    nothing = five.select(Choices.of({"finding": ["none"]}), marks=marks)
    assert len(nothing) == len(five) - len({action for _, action in expected})
    most = next(iter(five.select(Choices(), marks=marks).rows("findings", descending=True, stop=1)))
    numbers = [len({shape for shape, action in expected if action == row.id}) for row in five.select(Choices()).rows()]
    assert len(most.findings or ()) == max(numbers)
    with pytest.raises(pw.PlanweaveError, match="not known yet"):
        five.select(Choices.of({"finding": ["none"]}))


def first_overdue(graph: pw.Graph) -> str:
    """The first action that is overdue at the end of 2024."""
    found = graph.check(only="action-is-overdue", as_of="2024-12-31")
    return next(one.action for one in found if one.action)


def test_a_slice_of_a_record_gives_the_same_piece() -> None:
    """What is read of a record for the index is all that the index takes of it."""
    lean = msgspec.json.decode(to_json(FORD), type=Lean)
    assert piece_of(lean) == piece_of(FORD)
