"""A document → a loader definition with what was recognised in it, which reads it in the same way."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, Final

import msgspec

from planweave.documents import open_document
from planweave.drafting.columns import choices, headed
from planweave.drafting.text import Parts, definition_text
from planweave.drafting.words import publisher_line, recognising_words
from planweave.errors import DefinitionError, DocumentError, NotFound, PlanweaveError
from planweave.flat_files import whole_file
from planweave.library import FOLDERS, Library, bundled_plans
from planweave.reading.definition import definition_in, load_common, load_definitions
from planweave.reading.plan import PlanReading
from planweave.registers import load_register
from planweave.terms import slug
from planweave.toml_file import TomlFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planweave.documents import Document
    from planweave.records import PlanRecord

__all__ = ["Draft", "draft", "understood", "write_draft"]

RESERVED: Final = "common"


@dataclass(frozen=True)
class Draft:
    """A drafted definition.

    ``text`` is that of the file; ``record`` what the document gives with it. ``differing`` counts the actions that
    come out otherwise than without it, which is 0 but for documents whose headings say different things in
    different places. ``unknown`` are the headings that nobody knows; ``doubts`` counts the values that are doubtful
    without it.
    """

    name: str
    text: str
    record: PlanRecord
    differing: int
    unknown: tuple[str, ...]
    doubts: int


def write_draft(path: Path, into: Path, name: str | None = None) -> tuple[Path, Draft]:
    """Draft a definition for a document and write it into a library folder, which is made where it is missing.

    Raises
    ------
    PlanweaveError
        If there is a definition of that name already, another one recognises the document, the document cannot be
        read, or the file cannot be written; nothing is written then.
    """
    name = _name(path, name)
    file = into / "loaders" / f"{name}.toml"
    if file.exists() or file.is_symlink():
        raise PlanweaveError(
            "there is a loader of this name already, and it is left as it is", file=file, fix="give another --name"
        )
    made = draft(path, _library(into), name, str(into))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PlanweaveError(
            f"the folder cannot be made ({error.strerror})", file=file.parent, fix="give another folder with --into"
        ) from error
    with whole_file(file) as beside:
        beside.write_text(made.text, encoding="utf-8", newline="\n")
    return file, made


def draft(path: Path, library: Library, name: str, into: str) -> Draft:
    """Draft a definition for a document with what everybody knows.

    Parameters
    ----------
    path
        The document.
    library
        What everybody knows, and the definitions that must not recognise the document already.
    name
        The name of the definition.
    into
        The library folder it is for, as the user names it.

    Raises
    ------
    DocumentError
        If the document cannot be read, holds no action plan, or has a definition already.
    """
    document = open_document(path)
    for definition in load_definitions(library):
        if definition.recognises(document):
            raise DocumentError(
                f"the loader {definition.name} recognises this document already",
                file=path,
                fix=f"correct a copy of {definition.file} in {into}/loaders, under the same name",
            )
    return _Drafting(document, library, path, name, into).best()


class _Drafting:
    """The drafting of one definition: the ways to write it are tried, the one that states most first."""

    def __init__(self, document: Document, library: Library, path: Path, name: str, into: str) -> None:
        self._document, self._path, self._name = document, path, name
        self._common, self._register = load_common(library), load_register(library)
        reading = PlanReading(document, None, self._common, self._register, path)
        self._record = reading.record()
        self._learned = reading.learned
        self._columns = headed(reading, self._record)
        publisher = publisher_line(document, self._register)
        others = [text for text in _bundled() if text != document.printed]
        words = recognising_words(document, self._record, publisher, others)
        if not words:
            raise DocumentError(
                "there are no words in this document that a loader could recognise it by",
                file=path,
                fix="give it a title, or write a loader by hand",
            )
        shared = any(all(word in text for word in words) for text in others)
        self._parts = Parts(
            name=name,
            into=into,
            file=path.name,
            words=words,
            shared=shared,
            publisher=publisher,
            record=self._record,
        )

    def best(self) -> Draft:
        """Give the first draft that reads the document in the same way, or the one that comes nearest."""
        drafts: list[Draft] = []
        for made in self._drafts():
            drafts.append(made)
            if not made.differing:
                return made
        if not drafts:
            raise DocumentError(
                "this document is read in another way as soon as it has a loader",
                file=self._path,
                fix="read it without one",
            )
        return min(drafts, key=lambda made: made.differing)

    def _drafts(self) -> Iterator[Draft]:
        learned = (self._learned, None) if self._learned else (None,)
        for stated, in_text in product(choices(self._columns), learned):
            parts = replace(self._parts, columns=self._columns, stated=stated, in_text=in_text)
            record = self._read(definition_text(parts))
            if record is None:
                continue
            differing = _differing(self._record, record)
            text = definition_text(replace(parts, read=record, differing=differing))
            if self._read(text) is not None:
                unknown = tuple(column.heading for column in self._columns if column.heading and not column.known)
                yield Draft(self._name, text, record, differing, unknown, len(self._record.doubts))

    def _read(self, text: str) -> PlanRecord | None:
        """Read the document with a definition; None where the definition does not fit it."""
        file = TomlFile(self._path.with_name(f"{self._name}.toml"), text, tomllib.loads(text))
        try:
            definition = definition_in(file)
            return PlanReading(self._document, definition, self._common, self._register, self._path).record()
        except (DefinitionError, DocumentError):
            return None


def understood(record: PlanRecord) -> PlanRecord:
    """Give a record without what tells how it was read: the loader, and how sure everything is."""
    origin = msgspec.structs.replace(record.origin, loader=None)
    return msgspec.structs.replace(record, origin=origin, columns=(), doubts=(), confidence=1.0)


def _differing(before: PlanRecord, after: PlanRecord) -> int:
    """Count the actions that differ, whatever the plan is called; any other difference counts as one."""
    nameless = [
        [msgspec.structs.replace(action, id=action.id.partition("/")[2]) for action in record.actions]
        for record in (before, after)
    ]
    pairs = zip(*nameless, strict=False)
    differing: int = sum(one != other for one, other in pairs) + abs(len(before.actions) - len(after.actions))
    plans = [
        msgspec.structs.replace(understood(record), actions=(), plan=msgspec.structs.replace(record.plan, id=""))
        for record in (before, after)
    ]
    return differing + int(plans[0] != plans[1])


def _bundled() -> list[str]:
    return [open_document(path).printed for path in sorted(bundled_plans().glob("*.txt"))]


def _name(path: Path, name: str | None) -> str:
    """The name of the definition: the one that is given, or one made of the file's name."""
    if name is None:
        made = slug(path.stem)
        return made if made != RESERVED else f"{made}-plan"
    if slug(name) != name or name == RESERVED:
        example = slug(name) if slug(name) != RESERVED else "northmoor"
        raise NotFound(f"{name!r} cannot be the name of a loader", fix=f"write it like {example}")
    return name


def _library(into: Path) -> Library:
    """The bundled library, with the folder on top if it is one already."""
    library = Library.bundled()
    return library.with_folder(into) if any((into / folder).is_dir() for folder in FOLDERS) else library
