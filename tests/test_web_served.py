"""The graph that is served while others build, read and break off: nothing is lost, and the next start works."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import weakref
from pathlib import Path

import pytest

from planweave.entrances import build
from planweave.errors import PlanweaveError
from planweave.library import Library, bundled_plans
from planweave.web import agencies, checked, listing, warming
from planweave.web.listening import listening_at
from planweave.web.served import Served
from planweave.workspace import Workspace
from tests.serving import served

ONE = "Plan\n\nRef\tAction\tLead\tDue date\n{n}.1\tOpen a hub\tHousing Options\tMay 2024\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace of one small plan."""
    write(tmp_path, 1)
    return rebuilt(tmp_path)


def write(where: Path, number: int) -> None:
    (where / "plans").mkdir(exist_ok=True)
    (where / "plans" / f"{number}.txt").write_text(ONE.format(n=number), encoding="utf-8")


def rebuilt(where: Path) -> Path:
    """Build the workspace beside the plans anew, as the shell does."""
    build(where / "plans", where / "weave").close()
    return where / "weave"


def builds(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("build-*"))


def test_a_reader_ends_on_the_build_it_began_with(tmp_path: Path, folder: Path) -> None:
    """While a build is swapped in, a reader goes on with the old files, the next one has the new; then the old go."""
    beside = Served(folder, Library.bundled())
    with beside.reading() as old:
        write(tmp_path, 2)
        rebuilt(tmp_path)
        assert builds(folder) == ["build-000001", "build-000002"]
        with beside.reading() as new:
            assert (len(old.ids), len(new.ids)) == (1, 2)
        assert len(old.plan(old.ids[0]).actions) == 1
        assert len(list(old.sparql("SELECT ?plan { ?plan a pw:Plan }"))) == 1
    assert builds(folder) == ["build-000002"]
    beside.close()
    assert list((folder / ".reading").iterdir()) == []


def test_what_is_made_of_a_graph_is_made_once(folder: Path) -> None:
    """Two who ask for the same at the same time wait for one that makes it; a failure is told and not kept."""
    beside, made = Served(folder, Library.bundled()), []

    def make() -> str:
        made.append(1)
        time.sleep(0.1)
        return "made"

    with beside.reading() as graph:
        found: list[str] = []
        threads = [threading.Thread(target=lambda: found.append(beside.made(graph, "it", make))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (found, made) == (["made"] * 4, [1])

        def fail() -> str:
            raise PlanweaveError("no")

        for _ in range(2):
            with pytest.raises(PlanweaveError):
                beside.made(graph, "other", fail)
        assert beside.made(graph, "other", lambda: "now") == "now"
    beside.close()


def test_what_nobody_asks_for_any_more_is_let_go_of(folder: Path) -> None:
    """However many things are asked for, only so many are kept; what is asked for again and again stays."""
    beside, made = Served(folder, Library.bundled()), []
    with beside.reading() as graph:
        for number in range(1000):
            beside.made(graph, "often", lambda: made.append("often"))
            things: set[str] = beside.made(graph, number, set)
            if number == 0:
                first = weakref.ref(things)
            del things
        assert (made, first()) == (["often"], None)
    beside.close()


def test_what_takes_long_is_made_in_the_background(folder: Path) -> None:
    """None until it is there; then it is there."""
    beside, may_end = Served(folder, Library.bundled()), threading.Event()

    def make() -> str:
        may_end.wait(10)
        return "made"

    with beside.reading() as graph:
        assert beside.made_aside(graph, "it", make) is None
        may_end.set()
        deadline = time.monotonic() + 10
        while beside.made_aside(graph, "it", make) is None and time.monotonic() < deadline:
            time.sleep(0.01)
        assert beside.made_aside(graph, "it", make) == "made"
    beside.close()


def test_builds_beside_disturb_no_reader(tmp_path: Path, folder: Path) -> None:
    """Eight users ask again and again while the graph is built three times: each page is whole, and none goes back."""
    stop = threading.Event()
    users: list[list[tuple[int, int]]] = [[] for _ in range(8)]
    with served(folder) as site:

        def ask(seen: list[tuple[int, int]]) -> None:
            while not stop.is_set():
                reply = site.get("/overview.csv")
                seen.append((reply.status, len(reply.text.splitlines())))

        threads = [threading.Thread(target=ask, args=(seen,)) for seen in users]
        for thread in threads:
            thread.start()
        for number in (2, 3, 4):
            write(tmp_path, number)
            rebuilt(tmp_path)
        time.sleep(0.3)
        stop.set()
        for thread in threads:
            thread.join()
        assert site.get("/overview.csv").text.count("\n") == 5
    assert {status for seen in users for status, _ in seen} == {200}
    for seen in users:
        lines = [count for _, count in seen]
        assert lines[0] == 2  # the old graph, until the new one is complete
        assert set(lines) <= {2, 3, 4, 5}
        assert lines == sorted(lines)


def test_a_lease_of_a_dead_process_does_not_count(tmp_path: Path, folder: Path) -> None:
    """A server that is killed leaves a lease behind; the next build takes its build and its lease away."""
    server = started(folder)
    ask(server)
    assert len(list((folder / ".reading").iterdir())) == 1
    write(tmp_path, 2)
    rebuilt(tmp_path)
    assert builds(folder) == ["build-000001", "build-000002"]
    server.send_signal(signal.SIGKILL)
    server.wait(10)
    server.stdout.close()  # type: ignore[union-attr]
    write(tmp_path, 3)
    rebuilt(tmp_path)
    assert builds(folder) == ["build-000003"]
    assert list((folder / ".reading").iterdir()) == []


def test_the_next_start_after_a_kill_works(folder: Path) -> None:
    """Killed and started again, the workspace is what it was; Ctrl-C ends it at once, without a traceback."""
    first = started(folder)
    ask(first)
    first.kill()
    first.wait(10)
    first.stdout.close()  # type: ignore[union-attr]
    second = started(folder)
    assert "Open a hub" in ask(second, "/data?format=nq")
    second.send_signal(signal.SIGINT)
    said = second.communicate(timeout=20)[0]
    assert "Traceback" not in said
    assert second.returncode in {0, 130}


def started(folder: Path) -> subprocess.Popen[str]:
    """Start the verb in a process of its own, as a shell in the foreground does."""
    command = [
        sys.executable,
        "-c",
        (
            "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
            "from planweave.cli import main; main()"
        ),
        "serve",
        "--no-open",
        "--port",
        "0",
        "--from",
        str(folder),
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    address = process.stdout.readline()  # type: ignore[union-attr]
    process.base = address.split()[-1].partition("/?token")[0]  # type: ignore[attr-defined]
    return process


def ask(process: subprocess.Popen[str], address: str = "/") -> str:
    """Ask a server of its own process, which may still be starting."""
    from urllib.error import URLError  # noqa: PLC0415 - only here
    from urllib.request import urlopen  # noqa: PLC0415 - only here

    deadline = time.monotonic() + 30
    while True:
        try:
            with urlopen(process.base + address, timeout=30) as reply:  # type: ignore[attr-defined] # noqa: S310 - our own
                return str(reply.read().decode())
        except URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def test_two_tabs_of_one_user_go_on_side_by_side(tmp_path: Path, folder: Path) -> None:
    """Both tabs have the token; after a build, and after another start, each page is loaded again and works."""
    with served(folder) as site:
        tokens = {site.form_token() for _ in range(2)}
        assert len(tokens) == 1
        write(tmp_path, 2)
        rebuilt(tmp_path)
        assert "2 rows" in site.get("/").text
    with served(folder) as again:
        assert again.form_token() not in tokens
        assert again.get("/", cookie=site.cookie).status == 200


@pytest.mark.skipif(os.name != "posix", reason="a small disk is made with a limit of file sizes")
def test_a_full_disk_loses_nothing(tmp_path: Path, folder: Path) -> None:
    """A build that finds no room fails in a sentence; the pages show the old graph, and the next build works."""
    with served(folder) as site:
        write(tmp_path, 2)
        code = (
            "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000)); from planweave.cli import main; main()"
        )
        command = [sys.executable, "-c", code, "build", str(tmp_path / "plans"), "--into", str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert done.stderr.startswith("planweave: ")
        assert "1 row" in site.get("/").text
        rebuilt(tmp_path)
        assert "2 rows" in site.get("/").text


def test_a_workspace_that_is_gone_is_said(tmp_path: Path, folder: Path) -> None:
    """The folder taken away under a running server: a page with a sentence, and the graph again once it is back."""
    with served(folder) as site:
        assert site.get("/").status == 200
        shutil.move(folder, tmp_path / "away")
        reply = site.get("/", accept="text/html")
        assert "There is no plan here yet" in reply.text
        shutil.move(tmp_path / "away", folder)
        assert "1 row" in site.get("/").text


def test_a_damaged_graph_is_said(folder: Path) -> None:
    """A build that cannot be opened is a page with a sentence that says what to do."""
    (folder / "CURRENT").write_text("build-000009\n")
    with served(folder) as site:
        reply = site.get("/")
        assert reply.status == 503
        assert "build again" in reply.text


def test_a_port_that_is_taken_is_said_in_a_sentence() -> None:
    """Two servers on one port: the second says so, and what to do."""
    with listening_at("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PlanweaveError, match=rf"the port {port} of 127.0.0.1 cannot be had .*--port"):
            listening_at("127.0.0.1", port)


def test_an_empty_workspace_shows_the_first_build(tmp_path: Path) -> None:
    """Begun without a graph, the pages show it as soon as one is built."""
    with served(tmp_path / "weave") as site:
        assert "There is no plan here yet" in site.get("/", accept="text/html").text
        write(tmp_path, 1)
        rebuilt(tmp_path)
        assert "1 row" in site.get("/").text


def test_a_workspace_that_cannot_be_written_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no lease can be written the graph is read all the same."""

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", denied)
    lease = Workspace(folder).lease(Workspace(folder).opened())
    lease.close()


def test_what_pages_of_many_plans_wait_for_is_made_from_the_start(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has seen the first page finds the parties counted and the search made, though nobody asked for them."""
    for module in (agencies, checked, listing, warming):
        monkeypatch.setattr(module, "AT_ONCE", 0)
    with served(folder) as site:
        site.get("/")
        until = time.monotonic() + 60
        while "planweave-warm" in {one.name for one in threading.enumerate()}:
            assert time.monotonic() < until
            time.sleep(0.05)
        assert "Housing Options" in site.get("/agencies").text
        assert "Open a hub" in site.get("/actions?q=hub").text


def test_the_parts_of_an_answer_do_not_wait_for_each_other(folder: Path) -> None:
    """A small file comes at once, also over a connection that is kept, where systems like to gather what is sent."""
    with served(folder) as site:
        connection = http.client.HTTPConnection("127.0.0.1", site.settings.port, timeout=60)
        took = []
        for _ in range(60):
            begun = time.perf_counter()
            connection.request("GET", "/static/icon.svg")
            connection.getresponse().read()
            took.append(time.perf_counter() - begun)
        connection.close()
    assert min(took[-20:]) < 0.03


def test_the_first_page_waits_for_no_other() -> None:
    """What reads documents, counts in columns and writes workbooks is not loaded for the first page."""
    script = "import sys, planweave.web.app, planweave.web.overview; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    heavy = {"numpy", "rdflib", "xlsxwriter", "networkx", "lxml", "planweave.correcting", "planweave.reading"}
    assert heavy & set(run.stdout.split()) == set()


def test_the_bundled_plans_open_within_a_second(five_plans: Path) -> None:
    """Opening the five plans for the pages takes less than a second."""
    assert bundled_plans().is_dir()
    started_at = time.monotonic()
    beside = Served(five_plans, Library.bundled())
    with beside.reading() as graph:
        assert len(graph.ids) == 5
    beside.close()
    assert time.monotonic() - started_at < 1
