"""Documents → graph: read what changed, weave it, load the store, swap it in when all is well."""

from __future__ import annotations

import gzip
import hashlib
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from planweave.documents import SUFFIXES
from planweave.errors import BuildError, DocumentError, NotFound, PlanweaveError
from planweave.library import Library
from planweave.reading.reader import reader_for
from planweave.records import to_json
from planweave.registers import load_shared_pillars
from planweave.store import Store, turtle_quads
from planweave.terms import ONTOLOGY_GRAPH, REGISTERS_GRAPH, plan_graph, provenance_graph
from planweave.version import VERSION
from planweave.weaving import weave
from planweave.workspace import Build, Entry, Manifest, Workspace, summarise

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["BuildReport", "Progress", "build_graph", "find_documents"]

Progress = Callable[[str, int, int], None]
"""Called with a stage in words, the number of documents done and the number in all."""

REGISTER_FILES = ("agencies.ttl", "concepts.ttl")
CHUNK_BYTES = 48 * 1024 * 1024
"""How much is loaded at once: memory stays flat, and the store's files stay large."""

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
    loader: str | None
    loader_hash: str | None
    build: Build
    library: Library


@dataclass(frozen=True)
class _Done:
    """What became of one document: its entry, or the sentence that says why not."""

    path: Path
    number: int = 0
    entry: Entry | None = None
    error: str | None = None


def find_documents(sources: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """List the documents among files and folders, and the files in folders that are of no known kind.

    Raises
    ------
    NotFound
        If a file or folder is not there, or a folder holds no document.
    """
    documents: list[Path] = []
    skipped: list[Path] = []
    for source in sources:
        if source.is_dir():
            inside = sorted(path for path in source.rglob("*") if path.is_file() and not _hidden(path, source))
            known = [path for path in inside if path.suffix.lower() in SUFFIXES]
            if not known:
                kinds = ", ".join(SUFFIXES)
                raise NotFound("this folder holds no document", file=source, fix=f"planweave reads {kinds}")
            documents += known
            skipped += [path for path in inside if path not in set(known)]
        elif source.exists():
            documents.append(source)
        else:
            raise NotFound("there is no such file or folder", file=source, fix="check the path")
    return list(dict.fromkeys(documents)), skipped


def _hidden(path: Path, root: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.relative_to(root).parts)


def build_graph(
    sources: Sequence[Path],
    into: Path,
    library: Library,
    *,
    keep_going: bool = False,
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
    progress
        Told how far the build is.

    Raises
    ------
    PlanweaveError
        If the build cannot start or cannot be finished. The last good graph is untouched.
    """
    documents, skipped = find_documents(sources)
    with Workspace(into) as workspace:
        try:
            return _Builder(workspace, library, progress or (lambda *_: None)).run(documents, skipped, keep_going)
        except OSError as error:
            raise BuildError(
                f"the build cannot be written ({error.strerror or error})",
                file=into,
                fix="check the space and the permissions there; the last good graph is untouched",
            ) from error


class _Builder:
    def __init__(self, workspace: Workspace, library: Library, progress: Progress) -> None:
        self._workspace, self._library, self._progress = workspace, library, progress
        self._reader = reader_for(library)
        self._loaders = {name: _hash(path) for name, path in _loader_files(library).items()}
        self._fingerprint = _library_hash(library)

    def run(self, documents: list[Path], skipped: list[Path], keep_going: bool) -> BuildReport:
        """Read, weave, load, swap in."""
        old = self._workspace.current()
        before = self._readable_manifest(old)
        known = {(entry.document, entry.sha256): entry for entry in before.entries} if before else {}
        unchanged: dict[Path, Entry] = {}
        for path in documents:
            entry = known.get((str(path.resolve()), _hash_or_none(path)))
            if entry and before and self._still_right(entry, before, path):
                unchanged[path] = entry
        report = BuildReport(skipped=skipped)
        changed = [path for path in documents if path not in unchanged]
        if before and old and not changed and len(unchanged) == len(before.entries):
            report.entries, report.build = before.entries, old
            return report
        build = self._workspace.next_build()
        build.prepare()
        done = {path: _Done(path, entry=entry) for path, entry in unchanged.items()}
        done |= {result.path: result for result in self._read_all(changed, build)}
        entries = _one_each([done[path] for path in documents], report)
        if report.errors and not (keep_going and entries):
            report.entries = tuple(entries)
            return report
        kept = {entry.plan for entry in unchanged.values()}
        for result in done.values():
            if result.entry not in entries:
                continue
            if old and result.path in unchanged:
                build.take_over(result.entry.plan, old)
            else:
                build.accept(result.number, result.entry.plan)
        self._fill_store(build, old, before, entries, kept)
        build.write_manifest(Manifest(self._fingerprint, self._loaders, tuple(entries)))
        self._workspace.swap_in(build)
        report.entries, report.build, report.swapped = tuple(entries), build, True
        report.read = tuple(entry.plan for entry in entries if entry.plan not in kept)
        return report

    def _readable_manifest(self, old: Build | None) -> Manifest | None:
        """The last build's manifest; one that cannot be read, or of another library, is as none."""
        if old is None:
            return None
        try:
            manifest = old.manifest()
        except PlanweaveError:
            return None
        return manifest if manifest.library == self._fingerprint else None

    def _still_right(self, entry: Entry, before: Manifest, path: Path) -> bool:
        """Say whether a document would be read with the same loader, unchanged."""
        if entry.loader is not None and self._loaders.get(entry.loader) != entry.loader_hash:
            return False
        if self._loaders == before.loaders:
            return True
        return self._reader.loader_for(path) == entry.loader

    def _read_all(self, paths: list[Path], build: Build) -> Iterator[_Done]:
        tasks = []
        for path in paths:
            try:
                loader = self._reader.loader_for(path)
            except DocumentError as error:
                yield _Done(path, error=str(error))
                continue
            tasks.append(_Task(len(tasks), path, loader, self._loaders.get(loader or ""), build, self._library))
        for number, result in enumerate(_results(tasks), start=1):
            self._progress("reading and weaving", number, len(tasks))
            yield result

    def _fill_store(
        self, build: Build, old: Build | None, before: Manifest | None, entries: Sequence[Entry], kept: set[str]
    ) -> None:
        """Load the new store from the shards, or mend a copy of the old one where little changed."""
        registers = b"".join(
            (
                turtle_quads(self._library.file("ontology", "planweave.ttl"), ONTOLOGY_GRAPH),
                *(turtle_quads(self._library.file("ontology", name), REGISTERS_GRAPH) for name in REGISTER_FILES),
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
            store.load(registers)
            new = [entry.plan for entry in entries]
        for number, chunk in _chunks(build, new):
            self._progress("loading", number, len(new))
            store.load(chunk)
        store.close()


def _chunks(build: Build, plans: Sequence[str]) -> Iterator[tuple[int, bytes]]:
    """The N-Quads of plans in pieces of about one size, each with the number of plans so far."""
    pieces: list[bytes] = []
    size = 0
    for number, plan in enumerate(plans, start=1):
        quads = build.quads(plan)
        pieces.append(quads)
        size += len(quads)
        if size >= CHUNK_BYTES or number == len(plans):
            yield number, b"".join(pieces)
            pieces, size = [], 0


def _results(tasks: Sequence[_Task]) -> Iterator[_Done]:
    """Read the documents, in processes of their own where there are many, results in the tasks' order."""
    if len(tasks) <= ALONE:
        yield from map(_read_one, tasks)
        return
    # Spawned, not forked: the parent has threads of the store's.
    context = multiprocessing.get_context("spawn")
    workers = os.cpu_count() or 1
    try:
        with ProcessPoolExecutor(workers, mp_context=context) as pool:
            yield from pool.map(_read_one, tasks, chunksize=max(1, min(16, len(tasks) // workers)))
    except BrokenProcessPool as error:
        raise BuildError(
            "a reading process died (it may have run out of memory)", fix="build fewer documents at once"
        ) from error


def _read_one(task: _Task) -> _Done:
    """Read, weave and write one document; what goes wrong is said in one sentence."""
    try:
        record = reader_for(task.library).read(task.path, task.loader)
        quads = weave(record, load_shared_pillars(task.library))
        shard, json = task.build.pending(task.number)
        shard.write_bytes(gzip.compress(quads, compresslevel=1, mtime=0))
        json.write_bytes(to_json(record, indent=1))
        return _Done(task.path, task.number, summarise(record, str(task.path.resolve()), task.loader_hash))
    except PlanweaveError as error:
        return _Done(task.path, task.number, error=str(error))
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001 - one document must not end the reading of the others
        kind = type(error).__name__
        sentence = PlanweaveError(
            f"planweave failed on this document ({kind}: {error})", file=task.path, fix="please report it"
        )
        return _Done(task.path, task.number, error=str(sentence))


def _one_each(results: Iterable[_Done], report: BuildReport) -> list[Entry]:
    """The entries of what was read; of two documents that give one plan, the second is refused."""
    entries: dict[str, Entry] = {}
    for result in results:
        entry = result.entry
        if entry is None:
            report.errors.append(result.error or "")
        elif entry.plan in entries:
            error = DocumentError(
                f"this gives the plan {entry.plan!r}, which {entries[entry.plan].document} gives already",
                file=result.path,
                fix="leave one of them out, or give one a loader of its own",
            )
            report.errors.append(str(error))
        else:
            entries[entry.plan] = entry
    return list(entries.values())


def _loader_files(library: Library) -> dict[str, Path]:
    return {path.stem: path for path in library.files("loaders", ".toml") if path.name != "common.toml"}


def _library_hash(library: Library) -> str:
    """What every document depends on: the common headings, the registers, planweave itself."""
    digest = hashlib.sha256(VERSION.encode())
    for kind, name in (("loaders", "common.toml"), *(("ontology", name) for name in ("planweave.ttl", *REGISTER_FILES))):
        digest.update(library.file(kind, name).read_bytes())
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
    try:
        return _hash(path)
    except OSError:
        return None
