"""The folder a build leaves behind: which build is current, what it was made from, where its files are.

::

    weave/
      CURRENT            the name of the build that is good
      build-000002/
        manifest.json    every plan, what it was read from and with, its counts
        store/           the graph
        shards/          one gzipped N-Quads file a plan: the truth the store is loaded from
        records/         one JSON record a plan
      .reading/          one locked file a reader that keeps a build open
      .drafts/           documents that are being added in the browser
      library/           what was added there: documents/, the loaders/ that read them, names in ontology/

A build fills a folder of its own and is swapped in by replacing one small file, so a reader sees the old
graph or the new one, and a build that fails or is killed leaves the last good one as it was. Who reads for long,
as a server does, takes a :class:`Lease`: the files of its build stay until it lets go, or its process is gone.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
from collections import Counter
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import msgspec

from planweave.errors import BuildError, DocumentError, NotFound, StoreError
from planweave.library import OWN
from planweave.records import from_json
from planweave.shards import Shard, unpacked
from planweave.terms import segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from filelock import FileLock

    from planweave.records import PlanRecord

__all__ = ["Build", "Entry", "Lease", "Manifest", "Workspace", "alone", "is_own", "summarise"]

POINTER = "CURRENT"
BUILD = re.compile(r"build-(\d{6})")
MARK = ".planweave"
"""The file that tells a build's folder from one that somebody else named so."""

PATIENCE = 5.0
"""For so many seconds a build waits for whoever has the workspace."""

READING = ".reading"
"""The folder of leases."""

MAX_NAME = 120
FRESH = "build again with --fresh"


class Entry(msgspec.Struct, frozen=True):
    """One plan of a build: where it was read from, with what, and its counts.

    ``leads`` and ``partners`` count different parties. Of the actions, ``with_due`` counts those with a date,
    ``with_timing`` those with a date or a stated rhythm, ``with_outcome`` those with an outcome, and
    ``with_measure`` those with an outcome, evidence or an indicator; ``statuses`` and ``pillars`` count them by status
    and by pillar. ``statements`` is how many there are in the graph of the plan and that of its provenance; 0 in a
    build of before they were counted.
    """

    plan: str
    title: str
    publisher: str | None
    document: str
    sha256: str
    loader: str | None
    actions: int
    leads: int
    partners: int
    with_due: int
    with_outcome: int
    with_lead: int
    with_partner: int
    with_timing: int
    with_measure: int
    with_status: int
    crossrefs: int
    kept: float
    placed: float
    loader_hash: str | None = None
    statuses: dict[str, int] = {}
    pillars: dict[str, int] = {}
    statements: int = 0


class Manifest(msgspec.Struct, frozen=True):
    """What a build was made from: the library's registers and common headings, its loaders, the plans."""

    library: str
    loaders: dict[str, str]
    entries: tuple[Entry, ...]


def summarise(record: PlanRecord, document: str, statements: int = 0) -> Entry:
    """Count what a record holds, of which so many statements were woven."""
    parties = {party.name: party.id for party in record.parties}
    return Entry(
        plan=record.plan.id,
        title=record.plan.title,
        publisher=record.plan.publisher,
        document=document,
        sha256=record.origin.sha256,
        loader=record.origin.loader,
        actions=len(record.actions),
        leads=len({parties[name] for action in record.actions for name in action.leads}),
        partners=len({parties[name] for action in record.actions for name in action.partners}),
        with_due=sum(action.due.edtf is not None for action in record.actions),
        with_outcome=sum(bool(action.outcomes) for action in record.actions),
        with_lead=sum(bool(action.leads) for action in record.actions),
        with_partner=sum(bool(action.partners) for action in record.actions),
        with_timing=sum(action.due.kind != "none" for action in record.actions),
        with_measure=sum(bool(action.outcomes or action.evidence or action.indicators) for action in record.actions),
        with_status=sum(action.status != "unknown" for action in record.actions),
        crossrefs=sum(len(action.crossrefs) for action in record.actions),
        kept=record.kept,
        placed=record.placed,
        statuses=Counter(action.status for action in record.actions),
        pillars=Counter(pillar for action in record.actions for pillar in dict.fromkeys(action.pillars)),
        statements=statements,
    )


@dataclass(frozen=True)
class Build:
    """One build's folder."""

    folder: Path

    @property
    def store(self) -> Path:
        """The graph."""
        return self.folder / "store"

    @property
    def records(self) -> Path:
        """The folder of JSON records."""
        return self.folder / "records"

    @property
    def registers(self) -> Path:
        """The registers and the ontology, as N-Quads."""
        return self.folder / "registers.nq.gz"

    def shard(self, plan: str) -> Path:
        """The N-Quads file of a plan."""
        return self.folder / "shards" / f"{_file_name(plan)}.nq.gz"

    def record(self, plan: str) -> Path:
        """The JSON record of a plan."""
        return self.records / f"{_file_name(plan)}.json"

    def prepare(self) -> None:
        """Make the folders."""
        for name in ("shards", "records"):
            (self.folder / name).mkdir(parents=True)
        (self.folder / MARK).touch()

    def is_whole(self, plans: Iterable[str]) -> bool:
        """Say whether every file of some plans is there."""
        return all(self.shard(plan).is_file() and self.record(plan).is_file() for plan in plans)

    def pending(self, number: int) -> tuple[Path, Path]:
        """The files of a document that was read but is not yet accepted: its N-Quads and its record."""
        return self.folder / "shards" / f".{number}", self.records / f".{number}"

    def accept(self, number: int, plan: str) -> None:
        """Give the files of a document the name of its plan."""
        shard, record = self.pending(number)
        shard.replace(self.shard(plan))
        record.replace(self.record(plan))

    def take_over(self, plan: str, older: Build) -> None:
        """Take a plan's files from an older build, by link where the disk allows it."""
        for source, target in (
            (older.shard(plan), self.shard(plan)),
            (older.record(plan), self.record(plan)),
        ):
            try:
                os.link(source, target)
            except OSError:
                shutil.copyfile(source, target)

    def read_shard(self, plan: str) -> Shard:
        """Read the N-Quads file of a plan.

        Raises
        ------
        StoreError
            If the file is missing or damaged.
        """
        return Shard(self.shard(plan), plan)

    def quads(self, plan: str) -> bytes:
        """Give the N-Quads of a plan: its own graph, sorted, then its provenance.

        Raises
        ------
        StoreError
            If the file is missing or damaged.
        """
        return self.read_shard(plan).quads

    def facts(self, plan: str) -> bytes:
        """Give the N-Quads of a plan's own graph, sorted, without those of its provenance.

        Raises
        ------
        StoreError
            If the file is missing or damaged.
        """
        return self.read_shard(plan).facts

    def plan_record(self, plan: str) -> PlanRecord:
        """Read the record of a plan.

        Raises
        ------
        StoreError
            If the file is missing or damaged.
        """
        path = self.record(plan)
        try:
            return from_json(path.read_bytes())
        except (OSError, DocumentError) as error:
            raise StoreError("the record cannot be read", file=path, fix=FRESH) from error

    def register_quads(self) -> bytes:
        """Give the N-Quads of the registers and the ontology."""
        return unpacked(self.registers)

    def manifest(self) -> Manifest:
        """Read what the build was made from.

        Raises
        ------
        StoreError
            If the file is missing or damaged.
        """
        path = self.folder / "manifest.json"
        try:
            return msgspec.json.decode(path.read_bytes(), type=Manifest)
        except (OSError, msgspec.DecodeError) as error:
            raise StoreError("the list of plans cannot be read", file=path, fix=FRESH) from error

    def write_manifest(self, manifest: Manifest) -> None:
        """Write what the build was made from."""
        (self.folder / "manifest.json").write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1))


def _file_name(plan: str) -> str:
    """A plan's id as a file name; one too long for a disk gives its hash."""
    name = segment(plan)
    return name if len(name) <= MAX_NAME else hashlib.sha256(plan.encode()).hexdigest()


def is_own(path: Path, folder: Path) -> bool:
    """Say whether a file is one that a build left in its workspace folder."""
    if not path.resolve().is_relative_to(folder.resolve()):
        return False
    first = path.resolve().relative_to(folder.resolve()).parts[0]
    return first in {POINTER, OWN} or bool(BUILD.fullmatch(first))


class Workspace:
    """The folder that holds the current build.

    Parameters
    ----------
    folder
        Usually ``weave/``; it need not exist before the first build.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock: FileLock | None = None

    def current(self) -> Build | None:
        """Give the last good build, None where there is none yet.

        Raises
        ------
        StoreError
            If the workspace cannot be read, or names a build that is not there.
        """
        try:
            name = (self.folder / POINTER).read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise StoreError("the workspace cannot be read", file=self.folder, fix="check its permissions") from error
        build = Build(self.folder / name)
        if not (BUILD.fullmatch(name) and build.folder.is_dir()):
            raise StoreError("the last good build is not where it says", file=self.folder / POINTER, fix=FRESH)
        return build

    def opened(self) -> Build:
        """Give the last good build.

        Raises
        ------
        NotFound
            If nothing was built here yet.
        """
        build = self.current()
        if build is None:
            raise NotFound("there is no graph here yet", file=self.folder, fix="run planweave build first")
        return build

    def __enter__(self) -> Self:
        """Take the workspace for one build.

        Raises
        ------
        BuildError
            If another build is under way, or the folder cannot be written.
        """
        from filelock import FileLock, Timeout  # noqa: PLC0415 - who only reads takes no lock

        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            # A server that removes old builds has it for a moment.
            self._lock = FileLock(self.folder / ".lock", timeout=PATIENCE)
            self._lock.acquire()
        except Timeout as error:
            raise BuildError(
                "another build is under way here",
                file=self.folder,
                fix="wait until it is done, or use --into",
            ) from error
        except OSError as error:
            raise BuildError(
                f"the folder cannot be written ({error.strerror})",
                file=self.folder,
                fix="choose another with --into",
            ) from error
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the workspace; what an unfinished build left is removed."""
        self._sweep()
        if self._lock is not None:
            self._lock.release()

    def lease(self, build: Build) -> Lease:
        """Have the files of a build stay until the lease is given back, however many builds come after it.

        Who takes one looks afterwards whether the build is still the current one: until then it may go.
        """
        return Lease(self.folder, build)

    def tidy(self) -> None:
        """Remove the builds that nobody reads any more, unless another build is under way."""
        with suppress(BuildError), self:
            pass

    def next_build(self) -> Build:
        """Give the folder for a new build."""
        numbers = (int(match[1]) for path in self.folder.glob("build-*") if (match := BUILD.fullmatch(path.name)))
        return Build(self.folder / f"build-{max(numbers, default=0) + 1:06d}")

    def swap_in(self, build: Build) -> None:
        """Make a complete build the current one."""
        pointer = self.folder / f"{POINTER}.new"
        with pointer.open("w", encoding="utf-8") as file:
            file.write(build.folder.name + "\n")
            file.flush()
            os.fsync(file.fileno())
        pointer.replace(self.folder / POINTER)

    def _builds(self) -> Iterator[Path]:
        return (path for path in self.folder.glob("build-*") if BUILD.fullmatch(path.name) and (path / MARK).is_file())

    def _sweep(self) -> None:
        """Remove every build but the current one and those that are read; what cannot be is left for next time.

        Where it cannot be told which one is current, nothing is removed.
        """
        try:
            current = self.current()
        except StoreError:
            return
        kept = _leased(self.folder)
        for path in list(self._builds()):
            if (current is None or path != current.folder) and path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)


class Lease:
    """A build that somebody reads: a file that is locked for as long as its process lives, or until it is closed.

    Where the workspace cannot be written there is no lease, and none is needed: no build can be made there, either.
    """

    def __init__(self, folder: Path, build: Build) -> None:
        from filelock import FileLock  # noqa: PLC0415 - who only reads once takes no lock

        self._path = folder / READING / f"{build.folder.name}.{secrets.token_hex(8)}"
        self._lock = FileLock(self._path, blocking=False, thread_local=False)
        with suppress(OSError):
            self._path.parent.mkdir(exist_ok=True)
            # Until it is locked, a build that sweeps may take the file for one that a dead process left.
            while not self._path.exists() or not self._lock.is_locked:
                self._lock.release()
                with suppress(TimeoutError):
                    self._lock.acquire()

    def close(self) -> None:
        """Let go of the build."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
        self._lock.release()


@contextmanager
def alone(path: Path) -> Iterator[bool]:
    """Hold a lock file for as long as the block lasts; the value says whether it could be had, or somebody holds it."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 - as above

    lock = FileLock(path, blocking=False, thread_local=False)
    try:
        lock.acquire()
    except (Timeout, OSError):
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


def _leased(folder: Path) -> set[str]:
    """Give the names of the builds that are read; what dead processes left is removed."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 - as above

    names = set()
    for path in list((folder / READING).glob("build-*.*")):
        lock = FileLock(path, blocking=False)
        try:
            lock.acquire()
        except (Timeout, OSError):
            names.add(path.name.partition(".")[0])
        else:
            with suppress(OSError):
                path.unlink(missing_ok=True)
            lock.release()
    return names
