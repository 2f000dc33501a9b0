"""Documents → graph: read what changed, weave it, load the store, swap it in when all is well."""

from __future__ import annotations

import gzip
import hashlib
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, ClassVar, NoReturn

import msgspec

from planweave.documents import MAX_BYTES, SUFFIXES
from planweave.errors import BuildError, DocumentError, NotFound, PlanweaveError, StoreError
from planweave.reading.reader import Reader
from planweave.records import to_json
from planweave.registers import load_shared_concepts, register_files
from planweave.store import Store, turtle_quads
from planweave.terms import ONTOLOGY_GRAPH, REGISTERS_GRAPH, plan_graph, provenance_graph
from planweave.version import VERSION
from planweave.weaving import weave
from planweave.workspace import BUILD, POINTER, Build, Entry, Manifest, Workspace, summarise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planweave.library import Library

__all__ = ["BuildReport", "Progress", "build_graph", "find_documents"]

Progress = Callable[[str, int, int], None]
"""Called with a stage in words, the number of documents done and the number in all."""

MOST_PROCESSES = 61
"""What Windows can wait for."""

ALONE = 8
"""Up to so many documents are read in this process: starting others would take longer."""

REBUILD_SHARE = 0.25
"""Where more of the plans changed than this, loading the store anew is faster than mending it."""


@dataclass
class BuildReport:
    """What a build did.

    ``entries`` are the plans of the graph; ``read`` the ids that were read anew; ``errors`` one sentence a
    document that was not; ``swapped`` tells whether the graph is a new one.
    """

    entries: tuple[Entry, ...] = ()
    read: tuple[str, ...] = ()
    errors: list[str] = field(default_factory=list)
    skipped: list[Path] = field(default_factory=list)
    build: Build | None = None
    swapped: bool = False


@dataclass(frozen=True)
class _Task:
    """One document to be read in any process, with the number its files carry until they are accepted."""

    number: int
    path: Path
    build: Build


@dataclass(frozen=True)
class _Done:
    """What became of one document: its entry, or the sentence that says why not."""

    path: Path
    number: int = 0
    entry: Entry | None = None
    error: str | None = None


def find_documents(sources: Sequence[Path], into: Path | None = None) -> tuple[list[Path], list[Path]]:
    """List the documents among files and folders, and the files in folders that are of no known kind.

    In a folder, hidden files, READMEs and a workspace that lies in it are passed over.

    Raises
    ------
    NotFound
        If a file or folder is not there, or a folder holds no document.
    """
    documents: list[Path] = []
    skipped: list[Path] = []
    for source in sources:
        if source.is_dir():
            inside = [path for path in _files(source) if not _passed_over(path, source, into)]
            known = [path for path in inside if path.suffix.lower() in SUFFIXES]
            if not known:
                kinds = ", ".join(SUFFIXES)
                raise NotFound("this folder holds no document", file=source, fix=f"planweave reads {kinds}")
            documents += known
            skipped += [path for path in inside if path.suffix.lower() not in SUFFIXES]
        elif source.exists():
            documents.append(source)
        else:
            raise NotFound("there is no such file or folder", file=source, fix="check the path")
    return list(dict.fromkeys(documents)), skipped


def _files(folder: Path) -> list[Path]:
    """Every file in a folder, to its depth, sorted; a folder that cannot be read is an error, not an empty one."""

    def refuse(error: OSError) -> NoReturn:
        raise DocumentError(
            f"the folder cannot be read ({error.strerror})", file=error.filename, fix="check its permissions"
        ) from error

    walked = os.walk(folder, onerror=refuse)
    return sorted(Path(root) / name for root, _, names in walked for name in names)


def _passed_over(path: Path, root: Path, into: Path | None) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in path.relative_to(root).parts)
    return hidden or path.name.upper().startswith("README") or (into is not None and _is_own(path, into))


def _is_own(path: Path, into: Path) -> bool:
    """Say whether a file is one that a build left in its workspace."""
    if not path.resolve().is_relative_to(into.resolve()):
        return False
    first = path.resolve().relative_to(into.resolve()).parts[0]
    return first == POINTER or bool(BUILD.fullmatch(first))


def build_graph(
    sources: Sequence[Path],
    into: Path,
    library: Library,
    *,
    keep_going: bool = False,
    fresh: bool = False,
    progress: Progress | None = None,
) -> BuildReport:
    """Build the graph of some documents.

    Only documents whose content, loader, common headings, registers or planweave version changed since the
    last build are read. The new graph takes the place of the old one when it is complete; where a document
    cannot be read it does not, unless ``keep_going`` asks for a graph of the others.

    Parameters
    ----------
    sources
        Files and folders.
    into
        The workspace folder.
    library
        The definitions to read with.
    keep_going
        Weave what could be read although something could not.
    fresh
        Make no use of the last build, even where nothing changed.
    progress
        Told how far the build is.

    Raises
    ------
    PlanweaveError, StoreError
        If the build cannot start or cannot be finished. The last good graph is untouched.
    """
    documents, skipped = find_documents(sources, into)
    with Workspace(into) as workspace:
        try:
            builder = _Builder(workspace, library, progress or (lambda *_: None), keep_going=keep_going)
            return builder.run(documents, skipped, fresh=fresh)
        except OSError as error:
            raise BuildError(
                f"the build cannot be written ({error.strerror or error})",
                file=into,
                fix="check the space and the permissions there; the last good graph is untouched",
            ) from error


class _Builder:
    def __init__(self, workspace: Workspace, library: Library, progress: Progress, *, keep_going: bool) -> None:
        self._workspace, self._library, self._progress = workspace, library, progress
        self._keep_going = keep_going
        self._weaver = _Weaver(library)
        self._loaders = {name: _hash(path) for name, path in _loader_files(library).items()}
        self._fingerprint = _library_hash(library)

    def run(self, documents: list[Path], skipped: list[Path], *, fresh: bool) -> BuildReport:
        """Read, weave, load, swap in; where the last build is damaged, without making use of it."""
        if fresh:
            return self._run(documents, skipped, None, None)
        try:
            old = self._workspace.current()
            return self._run(documents, skipped, old, self._last_manifest(old))
        except (StoreError, FileNotFoundError):
            return self._run(documents, skipped, None, None)

    def _run(
        self, documents: list[Path], skipped: list[Path], old: Build | None, before: Manifest | None
    ) -> BuildReport:
        known = {(entry.document, entry.sha256): entry for entry in before.entries} if before else {}
        unchanged: dict[Path, Entry] = {}
        for path in documents:
            entry = known.get((str(path.absolute()), _hash_or_none(path) or ""))
            if entry and before and self._still_right(entry, before, path):
                unchanged[path] = entry
        report = BuildReport(skipped=skipped)
        if before and old and [unchanged.get(path) for path in documents] == list(before.entries):
            report.entries, report.build = before.entries, old
            return report
        build = self._workspace.next_build()
        build.prepare()
        done = {path: _Done(path, entry=entry) for path, entry in unchanged.items()}
        done |= {result.path: result for result in self._read_all([p for p in documents if p not in unchanged], build)}
        accepted = _one_each([done[path] for path in documents], report)
        entries = tuple(result.entry for result in accepted if result.entry)
        report.entries = entries
        if report.errors and not (self._keep_going and entries):
            return report
        kept = set()
        for result, entry in zip(accepted, entries, strict=True):
            if old and result.path in unchanged:
                build.take_over(entry.plan, old)
                kept.add(entry.plan)
            else:
                build.accept(result.number, entry.plan)
        self._fill_store(build, old, before, entries, kept)
        build.write_manifest(Manifest(self._fingerprint, self._loaders, entries))
        self._workspace.swap_in(build)
        report.build, report.swapped = build, True
        report.read = tuple(entry.plan for entry in entries if entry.plan not in kept)
        return report

    def _last_manifest(self, old: Build | None) -> Manifest | None:
        """The last build's manifest, if the build is whole and was made with the same library."""
        if old is None:
            return None
        manifest = old.manifest()
        Store(old.store).close()
        whole = old.is_whole(entry.plan for entry in manifest.entries)
        return manifest if whole and manifest.library == self._fingerprint else None

    def _still_right(self, entry: Entry, before: Manifest, path: Path) -> bool:
        """Say whether a document would be read with the same loader, unchanged."""
        if entry.loader is not None and self._loaders.get(entry.loader) != entry.loader_hash:
            return False
        if self._loaders == before.loaders:
            return True
        try:
            return self._weaver.reader.loader_for(path) == entry.loader
        except DocumentError:
            return False

    def _read_all(self, paths: list[Path], build: Build) -> Iterator[_Done]:
        tasks = [_Task(number, path, build) for number, path in enumerate(paths)]
        for number, result in enumerate(self._results(tasks), start=1):
            self._progress("reading and weaving", number, len(tasks))
            if result.entry:
                loader_hash = self._loaders.get(result.entry.loader or "")
                yield replace(result, entry=msgspec.structs.replace(result.entry, loader_hash=loader_hash))
            else:
                yield result

    def _results(self, tasks: Sequence[_Task]) -> Iterator[_Done]:
        """Read the documents, in processes of their own where there are many, results in the tasks' order."""
        if len(tasks) <= ALONE:
            yield from map(self._weaver.run, tasks)
            return
        # Spawned, not forked: the parent may have threads of a store's.
        context = multiprocessing.get_context("spawn")
        workers = min(os.cpu_count() or 1, MOST_PROCESSES)
        with _no_main_module():
            pool = ProcessPoolExecutor(
                workers, mp_context=context, initializer=_start_process, initargs=(self._library,)
            )
            try:
                with pool:
                    yield from pool.map(_run_here, tasks, chunksize=max(1, min(16, len(tasks) // workers)))
            except BrokenProcessPool as error:
                raise BuildError(
                    "a reading process died (it may have run out of memory)", fix="build fewer documents at once"
                ) from error

    def _fill_store(
        self,
        build: Build,
        old: Build | None,
        before: Manifest | None,
        entries: Sequence[Entry],
        kept: set[str],
    ) -> None:
        """Load the new store from the shards, or mend a copy of the old one where little changed."""
        registers = b"".join(
            (
                turtle_quads(self._library.file("ontology", "planweave.ttl"), ONTOLOGY_GRAPH),
                *(turtle_quads(path, REGISTERS_GRAPH) for path in register_files(self._library)),
            )
        )
        build.registers.write_bytes(gzip.compress(registers, mtime=0))
        new = [entry.plan for entry in entries if entry.plan not in kept]
        gone = [entry.plan for entry in before.entries if entry.plan not in kept] if before else []
        mend = bool(old and before) and len(new) + len(gone) <= REBUILD_SHARE * len(entries)
        if mend and old:
            source = Store(old.store)
            source.copy_to(build.store)
            source.close()
        store = Store(build.store, create=True)
        if mend:
            for plan in gone:
                store.drop(plan_graph(plan))
                store.drop(provenance_graph(plan))
        else:
            new = [entry.plan for entry in entries]
        pieces = (build.quads(plan) for plan in new)
        for number in store.load_all(pieces if mend else chain([registers], pieces)):
            self._progress("loading", min(number, len(new)), len(new))
        store.close()


class _Weaver:
    """Reads, weaves and writes single documents, in whichever process it lives."""

    here: ClassVar[_Weaver]
    """The one of a process that was started for reading."""

    def __init__(self, library: Library) -> None:
        self.reader = Reader(library)
        self._shared = load_shared_concepts(library)

    def run(self, task: _Task) -> _Done:
        """Do one document; what goes wrong with it is said in one sentence."""
        try:
            record = self.reader.read(task.path)
            quads = weave(record, self._shared)
        except PlanweaveError as error:
            return _Done(task.path, task.number, error=str(error))
        except Exception as error:  # noqa: BLE001 - one document must not end the reading of the others
            sentence = PlanweaveError(
                f"planweave failed on this document ({type(error).__name__}: {error})",
                file=task.path,
                fix="please report it",
            )
            return _Done(task.path, task.number, error=str(sentence))
        shard, json = task.build.pending(task.number)
        shard.write_bytes(gzip.compress(quads, compresslevel=1, mtime=0))
        json.write_bytes(to_json(record, indent=1))
        return _Done(task.path, task.number, summarise(record, str(task.path.absolute())))


def _start_process(library: Library) -> None:
    _Weaver.here = _Weaver(library)


def _run_here(task: _Task) -> _Done:
    return _Weaver.here.run(task)


@contextmanager
def _no_main_module() -> Iterator[None]:
    """Let processes start without importing the script that runs this one, which may have no guard against it."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _one_each(results: Iterable[_Done], report: BuildReport) -> list[_Done]:
    """What was read, in order; of two documents that give one plan, the second is refused."""
    accepted: dict[str, _Done] = {}
    for result in results:
        entry = result.entry
        if entry is None:
            report.errors.append(result.error or "")
            continue
        # Some disks take "Leeds" and "leeds" for one name.
        known = accepted.setdefault(entry.plan.casefold(), result)
        if known is not result and known.entry:
            error = DocumentError(
                f"this gives the plan {entry.plan!r}, which {known.entry.document} gives already",
                file=result.path,
                fix="leave one of them out, or give one a loader of its own",
            )
            report.errors.append(str(error))
    return list(accepted.values())


def _loader_files(library: Library) -> dict[str, Path]:
    return {path.stem: path for path in library.files("loaders", ".toml") if path.name != "common.toml"}


def _library_hash(library: Library) -> str:
    """What every document depends on: the common headings, the registers, planweave itself."""
    digest = hashlib.sha256(VERSION.encode())
    own = (library.file("loaders", "common.toml"), library.file("ontology", "planweave.ttl"))
    for path in (*own, *register_files(library)):
        digest.update(path.read_bytes())
    digest.update(_engine_hash().encode())
    return digest.hexdigest()


def _engine_hash() -> str:
    """A checkout under development has one version for many states of the code: the code counts too."""
    digest = hashlib.sha256()
    package = Path(__file__).parent
    for path in sorted(package.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _hash_or_none(path: Path) -> str | None:
    """The hash of a file that can be a document: one that is read, and not of any size."""
    try:
        return _hash(path) if path.is_file() and path.stat().st_size <= MAX_BYTES else None
    except OSError:
        return None
