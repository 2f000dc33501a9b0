"""The workspace in the browser: its first page, eight users at once, its memory, a build beside it."""

from __future__ import annotations

import http.client
import json
import random
import shutil
import statistics
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from benchmarks.corpus import write_corpus
from planweave.entrances import build_report, open_graph

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ADDRESSES", "HEADINGS", "Web", "address_table", "measure_web", "measure_workspace"]

ACTIONS = (100, 100)
USERS: Final = 8
SECONDS: Final = 60
REQUESTS: Final = 10_000

ADDRESSES: Final[dict[str, str]] = {
    "overview": "/",
    "overview, sorted": "/?sort=-violations",
    "overview, last page": "/?page=100000",
    "actions": "/actions",
    "actions, filtered": "/actions?plan={plan}&status=complete",
    "actions, searched": "/actions?q=landlord+forum",
    "actions, sorted": "/actions?sort=-due&page=7",
    "plans": "/plans",
    "plan": "/plans/{plan}",
    "action": "/plans/{plan}/actions/{action}",
    "agencies": "/agencies",
    "agency": "/agencies/{agency}",
    "party": "/plans/{plan}/parties/{party}",
    "findings": "/findings",
    "findings, of a plan": "/findings?plan={plan}",
    "networks": "/networks",
    "what if": "/what-if",
    "timeline": "/timeline",
    "questions as forms": "/ask",
    "an answer": "/ask/actions-led-by?plan={plan}",
    "compare": "/compare?plan={plan}&plan={other}",
    "add": "/add",
    "vocabulary": "/vocabulary",
    "checks": "/shapes",
    "check": "/shapes/action-has-lead",
    "questions": "/questions",
    "question": "/questions/overdue",
    "sparql": "/sparql",
    "sparql, one plan": "/sparql?format=json&query={query}",
    "data": "/data",
    "action as Turtle": "/plans/{plan}/actions/{action}?format=ttl",
    "plan as Turtle": "/plans/{plan}?format=ttl",
    "data of a plan": "/data/{plan}",
}
"""What the users ask for: a name → an address, its plans and actions chosen anew each time. A new page adds one."""

QUERY: Final = "SELECT ?text {{ GRAPH <https://w3id.org/planweave/graph/plan/{plan}> {{ ?action pw:text ?text }} }}"
"""What a program asks of one plan."""

HEADINGS = (
    ("plans", "plans"),
    ("actions", "actions"),
    ("start", "first page after the start, s"),
    ("requests", "requests of eight users in a minute"),
    ("median", "median, ms"),
    ("high", "95th percentile, ms"),
    ("slowest", "slowest address: its 95th percentile, ms"),
    ("failed", "requests that failed"),
    ("memory", "memory after the first hundred requests, MB"),
    ("memory_after", "memory after 10,000 more, MB"),
    ("beside", "95th percentile with a build beside, ms"),
    ("beside_failed", "requests that failed meanwhile"),
)


@dataclass
class Web:
    """One size."""

    plans: int
    actions: int
    start: float
    requests: int
    median: float
    high: float
    slowest: float
    failed: int
    memory: float
    memory_after: float
    beside: float | None = None
    beside_failed: int | None = None
    by_address: dict[str, tuple[float, float]] = field(default_factory=dict)


def measure_web(plans: int, folder: Path, seed: int) -> Web:
    """Measure a corpus of so many plans, a build beside included."""
    shutil.rmtree(folder, ignore_errors=True)
    documents, weave = folder / "documents", folder / "weave"
    write_corpus(documents, plans, seed=seed, actions=ACTIONS)
    report = build_report(documents, weave)
    if report.errors:
        raise RuntimeError(report.errors[0])
    measured = measure_workspace(weave, documents)
    shutil.rmtree(folder, ignore_errors=True)
    return measured


def measure_workspace(
    weave: Path, documents: Path | None = None, *, seconds: float = SECONDS, requests: int = REQUESTS
) -> Web:
    """Measure a workspace as it is; with the folder of its documents, a build beside it, too."""
    with open_graph(weave) as graph:
        entries = graph.summary
        some = _Some.of(weave, [entry.plan for entry in entries])
        actions = sum(entry.actions for entry in entries)
    with _served(weave) as (port, process, start):
        known = _Users(port, some, seconds=0).known()
        warm = _Users(port, some, requests=100, names=known)
        warm.run()
        memory = _memory(process.pid)
        users = _Users(port, some, seconds=seconds, names=known)
        users.run()
        _Users(port, some, requests=requests, names=[name for name in known if name in CHEAP]).run()
        memory_after = _memory(process.pid)
        taken = users.all
        found = Web(
            len(entries),
            actions,
            start,
            len(taken),
            statistics.median(taken),
            _high(taken),
            max(_high(of) for of in users.taken.values()),
            users.failed,
            memory,
            memory_after,
            by_address={name: (statistics.median(of), _high(of)) for name, of in users.taken.items()},
        )
        if documents is not None:
            beside = _Users(port, some, seconds=seconds, names=known)
            building = threading.Thread(target=_build_changed, args=(documents, weave))
            building.start()
            beside.run(while_alive=building)
            building.join()
            found.beside, found.beside_failed = _high(beside.all), beside.failed
    return found


CHEAP: Final = frozenset(name for name in ADDRESSES if not name.startswith(("sparql,", "data of")))
"""What ten thousand requests for the sake of memory ask for: no processes of their own, no large files."""


@dataclass(frozen=True)
class _Some:
    """Plans, actions and agencies to ask for."""

    plans: tuple[str, ...]
    actions: dict[str, tuple[str, ...]]
    agencies: tuple[str, ...]
    parties: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, weave: Path, plans: list[str]) -> _Some:
        chosen = random.Random(1).sample(plans, min(40, len(plans)))
        actions, agencies, parties = {}, set(), {}
        with open_graph(weave) as graph:
            for plan in chosen:
                record = graph.files.plan_record(plan)
                actions[plan] = tuple(action.id.partition("/")[2] for action in record.actions)
                agencies |= {party.id.rpartition("/")[2] for party in record.parties if "/agency/" in party.id}
                parties[plan] = tuple(party.id for party in record.parties if "/" not in party.id) or ("none",)
        return cls(tuple(chosen), actions, tuple(sorted(agencies)) or ("none",), parties)

    def filled(self, address: str, chance: random.Random) -> str:
        plan, other = chance.choice(self.plans), chance.choice(self.plans)
        return address.format(
            plan=quote(plan),
            other=quote(other),
            action=quote(chance.choice(self.actions[plan]), safe=""),
            agency=quote(chance.choice(self.agencies), safe=""),
            party=quote(chance.choice(self.parties[plan]), safe=""),
            query=quote(QUERY.format(plan=plan)),
        )


class _Users:
    """Users who ask one address after the other, as fast as they are answered."""

    def __init__(
        self, port: int, some: _Some, *, seconds: float = 0, requests: int = 0, names: list[str] | None = None
    ) -> None:
        self._port, self._some, self._seconds, self._left = port, some, seconds, requests
        self._names = names or list(ADDRESSES)
        self._lock = threading.Lock()
        self._while: threading.Thread | None = None
        self.taken: dict[str, list[float]] = {}
        self.failed = 0

    @property
    def all(self) -> list[float]:
        """How long each request took, in milliseconds."""
        return [one for of in self.taken.values() for one in of]

    def known(self) -> list[str]:
        """Give the addresses that have a page; the pages may not be there as yet."""
        chance, known = random.Random(2), []
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=600)
        for name in self._names:
            status = _get(connection, self._some.filled(ADDRESSES[name], chance))
            if status == 200:  # noqa: PLR2004 - what HTTP has for all is well
                known.append(name)
            else:
                print(f"  {name}: {status}, left out", flush=True)
        return known

    def run(self, while_alive: threading.Thread | None = None) -> None:
        """Have eight users ask until the time or the requests are over."""
        self._while = while_alive
        threads = [threading.Thread(target=self._ask, args=(number,)) for number in range(USERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _goes_on(self, until: float) -> bool:
        if self._while is not None:
            return self._while.is_alive() or time.monotonic() < until
        if self._seconds:
            return time.monotonic() < until
        with self._lock:
            self._left -= 1
            return self._left >= 0

    def _ask(self, number: int) -> None:
        chance, until = random.Random(number), time.monotonic() + self._seconds
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=600)
        while self._goes_on(until):
            name = chance.choice(self._names)
            address = self._some.filled(ADDRESSES[name], chance)
            started = time.perf_counter()
            status = _get(connection, address)
            taken = (time.perf_counter() - started) * 1000
            with self._lock:
                self.taken.setdefault(name, []).append(taken)
                self.failed += status != 200  # noqa: PLR2004 - as above


def _get(connection: http.client.HTTPConnection, address: str) -> int:
    try:
        connection.request("GET", address, headers={"accept": "text/html,*/*;q=0.8"})
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException):
        connection.close()
        return 0
    return answer.status


def _high(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1] if len(taken) > 1 else max(taken, default=0.0)


@contextmanager
def _served(weave: Path) -> Iterator[tuple[int, subprocess.Popen[str], float]]:
    """Start the server in a process of its own; give its port, and the seconds until the first page was there."""
    command = [sys.executable, "-m", "planweave.cli", "serve", "--no-open", "--port", "0", "--from", str(weave)]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - this Python
    try:
        line = process.stdout.readline()  # type: ignore[union-attr]
        port = int(line.partition("127.0.0.1:")[2].partition("/")[0])
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
        while (status := _get(connection, "/")) == 0:
            time.sleep(0.01)
        if status != 200:  # noqa: PLR2004 - as above
            raise RuntimeError(f"the first page has the status {status}")
        yield port, process, time.perf_counter() - started
    finally:
        process.terminate()
        process.wait(60)
        process.stdout.close()  # type: ignore[union-attr]


def _memory(process: int) -> float:
    """Give the memory that a process holds, in MB."""
    for line in Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _build_changed(documents: Path, weave: Path) -> None:
    """Change a document and build anew, as the shell does."""
    path = min(documents.rglob("*.txt"))
    path.write_text(path.read_text(encoding="utf-8") + "\nOne more line of text.\n", encoding="utf-8")
    command = [sys.executable, "-m", "planweave.cli", "build", str(documents), "--into", str(weave)]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - this Python


def address_table(lines: list[Web]) -> str:
    """One row an address of the largest size, the slowest first."""
    last = lines[-1]
    head = f"By address, {last.actions:,} actions:"
    rows = [
        head,
        "",
        "| address | median, ms | 95th percentile, ms |",
        "|---|---:|---:|",
    ]
    slowest = sorted(last.by_address.items(), key=lambda one: -one[1][1])
    rows += [f"| {name} | {median:,.0f} | {high:,.0f} |" for name, (median, high) in slowest]
    return "\n".join(rows)


def main() -> None:
    """Measure a workspace that is there already: ``… web.py WEAVE [DOCUMENTS|-] [SECONDS] [REQUESTS]``."""
    weave, *more = sys.argv[1:]
    documents = Path(more[0]) if more and more[0] != "-" else None
    seconds, requests = float(more[1]) if more[1:] else SECONDS, int(more[2]) if more[2:] else REQUESTS
    measured = measure_workspace(Path(weave), documents, seconds=seconds, requests=requests)
    print(json.dumps(measured.__dict__, indent=1))
    print(address_table([measured]))


if __name__ == "__main__":
    main()
