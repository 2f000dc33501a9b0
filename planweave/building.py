"""Documents → graph: read what changed, weave it, load the store, swap it in when all is well."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from planweave.documents.limits import MAX_BYTES
from planweave.errors import BuildError, DocumentError, StoreError
from planweave.registers import register_files
from planweave.shards import unpacked
from planweave.sources import find_documents, own_documents
from planweave.store import Store, turtle_quads
from planweave.terms import ONTOLOGY_GRAPH, REGISTERS_GRAPH, plan_graph, provenance_graph
from planweave.version import VERSION, engine_hash
from planweave.workers import Done, Task, Weaver, run_all
from planweave.workspace import Build, Entry, Manifest, Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from planweave.library import Library

__all__ = ["BuildReport", "Progress", "build_graph"]

Progress = Callable[[str, int, int], None]
"""Called with a stage in words, the number of documents done and the number in all."""

REBUILD_SHARE = 0.25
"""Where more of the plans changed than this, loading the store anew is faster than mending it."""


@dataclass
class BuildReport:
    """What a build did.

    ``entries`` are the plans of the graph; ``read`` the ids that were read anew; ``errors`` one sentence a
    document that was not; ``swapped`` tells whether the graph is a new one. ``replaced`` are the documents whose plan
    is given by one that was added in the workspace.
    """

    entries: tuple[Entry, ...] = ()
    read: tuple[str, ...] = ()
    errors: list[str] = field(default_factory=list)
    skipped: list[Path] = field(default_factory=list)
    replaced: list[Path] = field(default_factory=list)
    build: Build | None = None
    swapped: bool = False


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

    The documents that were added in the workspace, and its own library, always belong to it; where one of them gives
    a plan that another document gives too, it takes that one's place. Only documents whose content, loader, common
    headings, registers or planweave version changed since the last build are read. The new graph takes the place of
    the old one when it is complete; where a document cannot be read it does not, unless ``keep_going`` asks for a
    graph of the others.

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
    own = own_documents(into)
    documents = list(dict.fromkeys([*documents, *own]))
    if not documents:
        raise BuildError("there is nothing to read", fix="name a file or a folder")
    library = library.with_workspace(into)
    with Workspace(into) as workspace:
        try:
            builder = _Builder(workspace, library, progress or (lambda *_: None), keep_going=keep_going)
            return builder.run(documents, skipped, fresh=fresh, own=frozenset(own))
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
        self._own: frozenset[Path] = frozenset()
        self._weaver = Weaver(library)
        self._loaders = {name: _hash(path) for name, path in _loader_files(library).items()}
        self._fingerprint = _library_hash(library)

    def run(self, documents: list[Path], skipped: list[Path], *, fresh: bool, own: frozenset[Path]) -> BuildReport:
        """Read, weave, load, swap in; where the last build is damaged, without making use of it."""
        self._own = own
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
        done = {path: Done(path, entry=entry) for path, entry in unchanged.items()}
        done |= {result.path: result for result in self._read_all([p for p in documents if p not in unchanged], build)}
        accepted = _one_each([done[path] for path in documents], report, self._own)
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
        changed = {name for name, hash_ in self._loaders.items() if before.loaders.get(name) != hash_}
        if not self._weaver.reader.may_recognise(changed, entry.sha256):
            return True
        try:
            return self._weaver.reader.loader_for(path) == entry.loader
        except DocumentError:
            return False

    def _read_all(self, paths: list[Path], build: Build) -> Iterator[Done]:
        tasks = [Task(number, path, build) for number, path in enumerate(paths)]
        for number, result in enumerate(run_all(tasks, self._weaver, self._library), start=1):
            self._progress("reading and weaving", number, len(tasks))
            if result.entry:
                loader_hash = self._loaders.get(result.entry.loader or "")
                yield replace(result, entry=msgspec.structs.replace(result.entry, loader_hash=loader_hash))
            else:
                yield result

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
        # A store has no need of sorted quads.
        pieces = (unpacked(build.shard(plan)) for plan in new)
        for number in store.load_all(pieces if mend else chain([registers], pieces)):
            self._progress("loading", min(number, len(new)), len(new))
        store.close()


def _one_each(results: Sequence[Done], report: BuildReport, own: frozenset[Path]) -> list[Done]:
    """What was read, in order; of two documents that give one plan, the one that was added here takes the place.

    Otherwise the second is refused.
    """
    accepted: dict[str, Done] = {}
    added = {result.entry.plan.casefold() for result in results if result.entry and result.path in own}
    for result in results:
        entry = result.entry
        if entry is None:
            report.errors.append(result.error or "")
            continue
        if entry.plan.casefold() in added and result.path not in own:
            report.replaced.append(result.path)
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
    digest.update(engine_hash().encode())
    return digest.hexdigest()


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _hash_or_none(path: Path) -> str | None:
    """The hash of a file that can be a document: one that is read, and not of any size."""
    try:
        return _hash(path) if path.is_file() and path.stat().st_size <= MAX_BYTES else None
    except OSError:
        return None
