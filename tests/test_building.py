"""Builds: the same bytes from the same input, only what changed read again, the last good graph never lost."""

from __future__ import annotations

import gzip
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import planweave as pw
from planweave.entrances import build_report
from planweave.errors import BuildError, NotFound, PlanweaveError, StoreError
from planweave.library import Library, bundled_plans
from planweave.sources import find_documents
from planweave.store import parse_quads
from planweave.terms import plan_graph, provenance_graph
from planweave.workspace import Workspace

BINARY = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 4


@pytest.fixture
def plans(tmp_path: Path) -> Path:
    """A folder with copies of the bundled plans."""
    return Path(shutil.copytree(bundled_plans(), tmp_path / "plans"))


def actions(folder: Path) -> int:
    with pw.open(folder) as graph:
        return sum(1 for _ in graph.actions())


def quads(folder: Path) -> bytes:
    build = Workspace(folder).opened()
    return b"".join(build.quads(entry.plan) for entry in build.manifest().entries) + build.register_quads()


def test_two_builds_give_the_same_bytes(plans: Path, tmp_path: Path) -> None:
    """Other folder, other file times, another day: the N-Quads are identical."""
    pw.build(plans, tmp_path / "one").close()
    moved = Path(shutil.copytree(plans, tmp_path / "elsewhere" / "documents"))
    for path in moved.iterdir():
        os.utime(path, (1_000_000_000, 1_000_000_000))
    pw.build(moved, tmp_path / "two").close()
    assert quads(tmp_path / "one") == quads(tmp_path / "two")


def test_quads_are_sorted_and_have_no_blank_nodes_and_no_clock(plans: Path, tmp_path: Path) -> None:
    """Within each graph lines are sorted; nothing is anonymous; today's year is nowhere in a plan's graph."""
    pw.build(plans, tmp_path / "weave").close()
    build = Workspace(tmp_path / "weave").opened()
    for entry in build.manifest().entries:
        lines = build.quads(entry.plan).decode().splitlines()
        facts = [line for line in lines if "/graph/plan/" in line]
        sources = [line for line in lines if "/graph/provenance/" in line]
        assert facts == sorted(facts)
        assert sources == sorted(sources)
        assert len(facts) + len(sources) == len(lines) == len(set(lines))
        assert not any(line.startswith("_:") or " _:" in line for line in lines)
        assert not any(time.strftime("%Y-%m-%d") in line for line in lines)


def test_provenance_stays_within_twice_the_facts(plans: Path, tmp_path: Path) -> None:
    """Leading every value back to its cell costs at most two triples for each fact, in every plan."""
    pw.build(plans, tmp_path / "weave").close()
    build = Workspace(tmp_path / "weave").opened()
    for entry in build.manifest().entries:
        graphs = [name for name, _ in parse_quads(build.quads(entry.plan))]
        sources = sum("/provenance/" in name for name in graphs)
        assert 0 < sources <= 2 * (len(graphs) - sources)


def test_a_second_build_reads_nothing(plans: Path, tmp_path: Path) -> None:
    """Without any change nothing is read and the graph stays the one it was."""
    first = build_report(plans, tmp_path / "weave")
    second = build_report(plans, tmp_path / "weave")
    assert len(first.read) == 5
    assert second.read == ()
    assert not second.swapped
    assert second.build == first.build


def test_only_the_changed_document_is_read(plans: Path, tmp_path: Path) -> None:
    """One document changes: one is read, and the graph has its new text and the others as they were."""
    pw.build(plans, tmp_path / "weave").close()
    path = plans / "thurrock.txt"
    path.write_text(path.read_text().replace("Establish the Homelessness Partnership Board\t", "Set up the Board\t"))
    report = build_report(plans, tmp_path / "weave")
    assert report.read == ("thurrock",)
    with pw.open(tmp_path / "weave") as graph:
        assert graph.action("thurrock/1.1.1").text == "Set up the Board"
        assert sum(1 for _ in graph.actions()) == 144
    fresh = pw.build(plans, tmp_path / "fresh")
    assert quads(tmp_path / "weave") == quads(tmp_path / "fresh")
    with pw.open(tmp_path / "weave") as graph:
        assert len(graph) == len(fresh)
    fresh.close()


def test_a_changed_loader_is_read_with_again(plans: Path, tmp_path: Path) -> None:
    """A loader of one's own replaces the bundled one of its name; only its document is read again."""
    pw.build(plans, tmp_path / "weave").close()
    own = tmp_path / "own"
    (own / "loaders").mkdir(parents=True)
    bundled = Library.bundled().file("loaders", "thurrock.toml").read_text()
    (own / "loaders" / "thurrock.toml").write_text(
        bundled.replace('domain = "homelessness', 'domain = "housing, homelessness')
    )
    report = build_report(plans, tmp_path / "weave", library=Library.bundled().with_folder(own))
    assert report.read == ("thurrock",)
    with pw.open(tmp_path / "weave") as graph:
        assert graph.plan("thurrock").plan.domain == "housing, homelessness and rough sleeping"


def test_a_new_loader_that_recognises_a_document_is_used(plans: Path, tmp_path: Path) -> None:
    """A document that was read without a loader is read again when one comes that recognises it."""
    own = tmp_path / "own"
    (own / "loaders").mkdir(parents=True)
    document = tmp_path / "northmoor.txt"
    document.write_text("Northmoor plan\n\nRef\tAction\tLead\tDue date\n1.1\tOpen a hub\tHousing Options\tMay 2024\n")
    report = build_report(document, tmp_path / "weave", library=Library.bundled().with_folder(own))
    assert report.entries[0].loader is None
    (own / "loaders" / "north.toml").write_text(
        '[recognise]\nwords = ["Northmoor plan"]\n[plan]\nid = "northmoor-2024"\n'
    )
    report = build_report(document, tmp_path / "weave", library=Library.bundled().with_folder(own))
    assert [entry.plan for entry in report.entries] == ["northmoor-2024"]


def test_changed_registers_read_everything_again(plans: Path, tmp_path: Path) -> None:
    """The register of agencies decides what names mean, so a change in it reads every document again."""
    pw.build(plans, tmp_path / "weave").close()
    own = tmp_path / "own"
    (own / "ontology").mkdir(parents=True)
    register = Library.bundled().file("ontology", "agencies.ttl").read_text()
    (own / "ontology" / "agencies.ttl").write_text(register + "\n# one more line\n")
    report = build_report(plans, tmp_path / "weave", library=Library.bundled().with_folder(own))
    assert len(report.read) == 5


def test_a_removed_document_leaves_the_graph(plans: Path, tmp_path: Path) -> None:
    """A document that is no longer there is no longer in the graph, to the last triple."""
    pw.build(plans, tmp_path / "weave").close()
    (plans / "gravesham.txt").unlink()
    pw.build(plans, tmp_path / "weave").close()
    pw.build(plans, tmp_path / "fresh").close()
    with pw.open(tmp_path / "weave") as mended, pw.open(tmp_path / "fresh") as fresh:
        assert mended.ids == fresh.ids == ("city-of-london", "coventry", "maidstone", "thurrock")
        assert len(mended) == len(fresh)


def test_many_documents_are_read_in_processes_to_the_same_end(tmp_path: Path) -> None:
    """Read in several processes, the documents give what they give one by one."""
    folder = tmp_path / "many"
    folder.mkdir()
    row = "{n}.1\tOpen hub number {n}\tHousing Options\tMay 2024\n"
    for n in range(1, 13):
        (folder / f"plan-{n:02d}.txt").write_text("Plan\n\nRef\tAction\tLead\tDue date\n" + row.format(n=n))
    pw.build(folder, tmp_path / "weave").close()
    with pw.open(tmp_path / "weave") as graph:
        assert [action.text for action in graph.actions()] == [f"Open hub number {n}" for n in range(1, 13)]


def test_an_unreadable_document_leaves_the_last_good_graph(plans: Path, tmp_path: Path) -> None:
    """The others are read and shown, the graph stays the old one, and the error names the file."""
    pw.build(plans, tmp_path / "weave").close()
    (plans / "picture.txt").write_bytes(BINARY)
    (plans / "empty.txt").write_bytes(b"")
    report = build_report(plans, tmp_path / "weave")
    assert [error.split(":")[0].rsplit("/", 1)[-1] for error in report.errors] == ["empty.txt", "picture.txt"]
    assert len(report.entries) == 5
    assert not report.swapped
    assert actions(tmp_path / "weave") == 144
    with pytest.raises(BuildError, match=r"the graph was not changed.*empty\.txt.*picture\.txt"):
        pw.build(plans, tmp_path / "weave")


def test_keep_going_weaves_the_others(plans: Path, tmp_path: Path) -> None:
    """Asked to, a build weaves what could be read and still names what could not."""
    (plans / "picture.txt").write_bytes(BINARY)
    report = build_report(plans, tmp_path / "weave", keep_going=True)
    assert len(report.errors) == 1
    assert report.swapped
    assert actions(tmp_path / "weave") == 144


def test_two_documents_of_one_plan_are_not_mixed(plans: Path, tmp_path: Path) -> None:
    """A copy under another name gives the same plan: it is refused, and the first one's text stays."""
    copy = plans / "zz-copy.txt"
    copy.write_text((plans / "thurrock.txt").read_text().replace("Landlord Forum", "Landlords' Forum"))
    report = build_report(plans, tmp_path / "weave", keep_going=True)
    assert len(report.errors) == 1
    assert "gives the plan 'thurrock'" in report.errors[0]
    with pw.open(tmp_path / "weave") as graph:
        assert graph.action("thurrock/3.4.1").text == "Improve engagement with PRS landlords through Landlord Forum"


def test_two_builds_at_once(plans: Path, tmp_path: Path) -> None:
    """While one build runs, a second says so and stops; the first one's folder is untouched."""
    with Workspace(tmp_path / "weave"), pytest.raises(BuildError, match="another build is under way here"):
        pw.build(plans, tmp_path / "weave")
    pw.build(plans, tmp_path / "weave").close()
    assert actions(tmp_path / "weave") == 144


def test_a_killed_build_leaves_the_last_good_graph(plans: Path, tmp_path: Path) -> None:
    """A build that is killed in the middle changes nothing, and the next one cleans up after it."""
    weave = tmp_path / "weave"
    pw.build(plans, weave).close()
    row = "{n}\tAction number {n} of many\tHousing Options\tMay 2024\n"
    many = tmp_path / "many"
    many.mkdir()
    for n in range(400):
        rows = "".join(row.format(n=i) for i in range(1, 60))
        (many / f"{n:03d}.txt").write_text("Plan\n\nRef\tAction\tLead\tDue date\n" + rows)
    child = subprocess.Popen(
        [sys.executable, "-m", "planweave.cli", "build", str(many), "--into", str(weave)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    begun = weave / "build-000002" / "shards"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not (begun.is_dir() and any(begun.iterdir())):
        time.sleep(0.01)
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    assert begun.is_dir(), "the build was not in the middle when it was killed"
    assert actions(weave) == 144
    (plans / "gravesham.txt").unlink()
    pw.build(plans, weave).close()
    assert actions(weave) == 132
    assert [path.name for path in weave.glob("build-*")] == [Workspace(weave).opened().folder.name]


def test_a_full_disk_is_one_sentence(plans: Path, tmp_path: Path) -> None:
    """Where the disk takes no more, the build says so, exits with 2 and leaves the last good graph."""
    weave = tmp_path / "weave"
    pw.build(plans / "gravesham.txt", weave).close()

    def small_files() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = subprocess.run(
        [sys.executable, "-m", "planweave.cli", "build", str(plans), "--into", str(weave)],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=small_files,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "cannot be written" in done.stderr
    assert actions(weave) == 12


def test_a_folder_that_cannot_be_written_is_one_sentence(plans: Path) -> None:
    """A place where no folder can be made is named, with what to do."""
    with pytest.raises(BuildError, match=r"^/proc/nowhere: the folder cannot be written .*--into\.$"):
        pw.build(plans, "/proc/nowhere")


def test_a_corrupt_store_is_one_sentence_and_the_next_build_mends_it(plans: Path, tmp_path: Path) -> None:
    """A damaged graph is not read as if it were whole; building again puts a good one in its place."""
    weave = tmp_path / "weave"
    pw.build(plans, weave).close()
    for path in Workspace(weave).opened().store.iterdir():
        path.write_bytes(b"not a store")
    with (
        pytest.raises(StoreError, match=r"the graph cannot be opened .*; build again with --fresh\."),
        pw.open(weave) as graph,
    ):
        list(graph.actions())
    pw.build(plans, weave).close()
    assert actions(weave) == 144


def test_a_damaged_shard_is_one_sentence(plans: Path, tmp_path: Path) -> None:
    """An export from a damaged file stops with its name and writes nothing."""
    weave = tmp_path / "weave"
    pw.build(plans, weave).close()
    shard = Workspace(weave).opened().shard("coventry")
    shard.write_bytes(gzip.compress(b"x")[:-4])
    with (
        pw.open(weave) as graph,
        pytest.raises(StoreError, match=r"coventry\.nq\.gz: the N-Quads file cannot be read"),
    ):
        graph.export(tmp_path / "all.nq")
    assert not (tmp_path / "all.nq").exists()


def test_where_nothing_was_built_it_says_to_build_first(tmp_path: Path) -> None:
    """Opening a folder without a graph says what to do."""
    with pytest.raises(NotFound, match=r"there is no graph here yet; run planweave build first\.$"):
        pw.open(tmp_path)


def test_documents_are_found_in_folders(tmp_path: Path) -> None:
    """Folders are searched to their depth; hidden files are left out, files of other kinds are told."""
    (tmp_path / "deep" / "er").mkdir(parents=True)
    for name in ("a.txt", "deep/er/b.TXT", ".hidden.txt", "deep/table.bin"):
        (tmp_path / name).write_text("x")
    documents, skipped = find_documents([tmp_path, tmp_path / "a.txt"])
    assert [path.name for path in documents] == ["a.txt", "b.TXT"]
    assert [path.name for path in skipped] == ["table.bin"]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("nowhere", "there is no such file or folder; check the path."),
        ("", "this folder holds no document; planweave reads"),
    ],
)
def test_nothing_to_read_is_one_sentence(tmp_path: Path, name: str, sentence: str) -> None:
    """A path that is not there, and a folder without documents, are said in a sentence."""
    with pytest.raises(PlanweaveError) as caught:
        pw.build(tmp_path / name, tmp_path / "weave")
    assert sentence in str(caught.value)
    assert not (tmp_path / "weave").exists()


def test_a_readme_and_the_workspace_itself_are_passed_over(tmp_path: Path) -> None:
    """Building the folder one works in reads neither its README nor what the last build wrote there."""
    document = "Plan\n\nRef\tAction\tLead\tDue date\n1.1\tOpen a hub\tHousing Options\tMay 2024\n"
    (tmp_path / "plan.txt").write_text(document)
    (tmp_path / "README.md").write_text("About these plans")
    for _ in range(2):
        report = build_report(tmp_path, tmp_path / "weave")
        assert (report.skipped, report.errors, len(report.entries)) == ([], [], 1)


def test_a_register_of_ones_own_adds_a_publisher(tmp_path: Path) -> None:
    """A file agencies-….ttl in a folder of one's own adds bodies to the bundled ones, publishers included."""
    for name in ("loaders", "ontology"):
        (tmp_path / "own" / name).mkdir(parents=True)
    (tmp_path / "own" / "ontology" / "agencies-north.ttl").write_text(
        "@prefix pw: <https://w3id.org/planweave/ontology#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<https://w3id.org/planweave/agency/northmoor> a pw:Agency ;\n"
        '  skos:prefLabel "Northmoor District Council"@en ; pw:localName "NDC"@en .\n'
    )
    (tmp_path / "own" / "loaders" / "north.toml").write_text(
        '[recognise]\nwords = ["Northmoor plan"]\n[plan]\npublisher = "northmoor"\n'
    )
    (tmp_path / "plan.txt").write_text(
        "Northmoor plan\n\nRef\tAction\tLead\n1.1\tOpen a hub\tNDC and CGL\n1.2\tB\tNDC\n"
    )
    library = Library.bundled().with_folder(tmp_path / "own")
    with pw.build(tmp_path / "plan.txt", tmp_path / "weave", library=library) as graph:
        plan = graph.plan("north")
    assert plan.plan.publisher == "Northmoor District Council"
    assert [(party.name, party.label) for party in plan.parties] == [
        ("CGL", "Change Grow Live"),
        ("NDC", "Northmoor District Council"),
    ]


def stored(folder: Path) -> set[tuple[str, str, str, str]]:
    """Every quad of the store itself."""
    with pw.open(folder) as graph:
        return {
            (name, *triple)
            for plan in graph.ids
            for name in (plan_graph(plan), provenance_graph(plan))
            for triple in graph.store.triples(name)
        }


def small(folder: Path, name: str, text: str, lead: str = "HGTR") -> Path:
    """A plan of one action."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"Plan\n\nRef\tAction\tLead\tDue date\n1.1\t{text}\t{lead}\tMay 2024\n")
    return path


def test_a_mended_store_holds_what_a_fresh_one_holds(plans: Path, tmp_path: Path) -> None:
    """Quad by quad, the store of a build after a change equals that of a build from nothing."""
    pw.build(plans, tmp_path / "mended").close()
    path = plans / "maidstone.txt"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Creation of a robust", "Making of a robust"), encoding="utf-8"
    )
    (plans / "gravesham.txt").unlink()
    pw.build(plans, tmp_path / "mended").close()
    pw.build(plans, tmp_path / "fresh").close()
    assert stored(tmp_path / "mended") == stored(tmp_path / "fresh")


def test_the_other_of_two_documents_of_one_plan_is_read_when_it_comes_first(tmp_path: Path) -> None:
    """Which of two documents of one plan counts is the order of this build, in the store and in every file."""
    first, second = small(tmp_path / "a", "plan.txt", "Open hub A"), small(tmp_path / "b", "plan.txt", "Open hub B")
    build_report([first, second], tmp_path / "weave", keep_going=True)
    build_report([second, first], tmp_path / "weave", keep_going=True)
    with pw.open(tmp_path / "weave") as graph:
        assert graph.action("plan/1.1").text == "Open hub B"
    assert b"Open hub B" in quads(tmp_path / "weave")
    assert b"Open hub A" not in quads(tmp_path / "weave")


def test_the_order_of_the_documents_is_the_order_of_the_plans(tmp_path: Path) -> None:
    """The same documents in another order give the plans in that order."""
    first, second = small(tmp_path, "one.txt", "A"), small(tmp_path, "two.txt", "B")
    build_report([first, second], tmp_path / "weave")
    build_report([second, first], tmp_path / "weave")
    assert pw.open(tmp_path / "weave").ids == ("two", "one")


@pytest.mark.parametrize("damage", ["gone", "flipped"])
def test_a_damaged_shard_is_mended_by_building(plans: Path, tmp_path: Path, damage: str) -> None:
    """A file of the last build that is gone is made again by the next one; a damaged one by --fresh."""
    weave = tmp_path / "weave"
    pw.build(plans, weave).close()
    shard = Workspace(weave).opened().shard("coventry")
    if damage == "gone":
        shard.unlink()
    else:
        data = bytearray(shard.read_bytes())
        data[len(data) // 2] ^= 0xFF
        shard.write_bytes(bytes(data))
        with pw.open(weave) as graph, pytest.raises(StoreError, match=r"build again with --fresh\.$"):
            graph.export(tmp_path / "all.nq")
    pw.build(plans, weave, fresh=damage == "flipped").close()
    with pw.open(weave) as graph:
        graph.export(tmp_path / "all.nq")
    assert (tmp_path / "all.nq").stat().st_size > 1_000_000


def test_a_folder_that_is_not_planweaves_is_never_removed(tmp_path: Path) -> None:
    """A folder that somebody else named like a build stays, with what is in it."""
    weave = tmp_path / "weave"
    (weave / "build-000007").mkdir(parents=True)
    (weave / "build-000007" / "precious.txt").write_text("mine")
    pw.build(small(tmp_path, "plan.txt", "A"), weave).close()
    assert (weave / "build-000007" / "precious.txt").read_text() == "mine"


def test_a_pointer_that_cannot_be_read_loses_no_build(plans: Path, tmp_path: Path) -> None:
    """Where it cannot be told which build is good, a build that fails removes none of them."""
    weave = tmp_path / "weave"
    pw.build(plans, weave).close()
    (weave / "CURRENT").write_text("garbled")
    bad = tmp_path / "bad.txt"
    bad.write_bytes(BINARY)
    assert build_report(bad, weave).errors
    (weave / "CURRENT").write_text("build-000001\n")
    assert actions(weave) == 144


def test_nothing_to_build_is_not_an_empty_graph(tmp_path: Path) -> None:
    """An empty list of documents is an error, and the good graph stays."""
    pw.build(small(tmp_path, "plan.txt", "A"), tmp_path / "weave").close()
    with pytest.raises(BuildError, match="there is nothing to read"):
        pw.build([], tmp_path / "weave")
    assert actions(tmp_path / "weave") == 1


def test_a_script_without_a_guard_can_build_many(tmp_path: Path) -> None:
    """Two plain lines in a script read more documents than one process does."""
    for n in range(12):
        small(tmp_path / "plans", f"plan-{n:02d}.txt", f"Open hub {n}")
    script = tmp_path / "script.py"
    script.write_text("import planweave as pw\nprint(pw.build('plans', 'weave'))\n")
    done = subprocess.run([sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "12 plans, 12 actions" in done.stdout, done.stderr


def test_a_folder_that_cannot_be_read_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A subfolder without permission is an error, not a folder without plans."""
    small(tmp_path / "plans", "plan.txt", "A")
    closed = tmp_path / "plans" / "closed"
    closed.mkdir()
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(PlanweaveError, match=r"closed: the folder cannot be read \(Permission denied\)"):
        pw.build(tmp_path / "plans", tmp_path / "weave")


def test_a_long_or_foreign_name_is_a_name(tmp_path: Path) -> None:
    """A document's name in another script, or a long one, gives a plan like any other."""
    path = small(tmp_path, "計画" * 20 + ".txt", "Open a hub")
    with pw.build(path, tmp_path / "weave") as graph:
        assert graph.action(f"{'計画' * 20}/1.1").text == "Open a hub"
