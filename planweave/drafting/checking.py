"""Loader definitions against their documents: recognised, as many actions as expected, the sample as it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planweave.documents import open_document
from planweave.drafting.sample import differences
from planweave.errors import DefinitionError, DocumentError, NotFound, nearest
from planweave.reading.definition import definition_in, load_common
from planweave.reading.plan import PlanReading
from planweave.registers import load_register
from planweave.toml_file import TomlFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from planweave.documents import Document
    from planweave.library import Library
    from planweave.reading.definition import Common, Definition
    from planweave.registers import Register

__all__ = ["Checked", "check_loaders", "loader_files"]

COMMON: Final = "common.toml"


@dataclass(frozen=True)
class Checked:
    """What came of one definition: the documents it was held against, and what is wrong, in sentences.

    ``expecting`` is whether it says what a right reading gives.
    """

    name: str
    documents: tuple[str, ...]
    actions: int
    wrong: tuple[str, ...]
    expecting: bool = True

    @property
    def said(self) -> str:
        """What came of it, in words."""
        if self.wrong:
            return " ".join(self.wrong)
        if not self.documents:
            return "well formed; none of the documents has its words, so it is held against none"
        lacking = "" if self.expecting else "; it has no [expect], which would say how many there should be"
        return f"ok: {', '.join(self.documents)}, {self.actions} action{'' if self.actions == 1 else 's'}{lacking}"


def loader_files(library: Library, wanted: Sequence[str]) -> tuple[Path, ...]:
    """Give the definitions of a library by their names; without names, all of them.

    Raises
    ------
    NotFound
        If there is none of a name; the nearest are offered.
    """
    known = {path.stem: path for path in library.files("loaders", ".toml") if path.name != COMMON}
    for name in wanted:
        if name not in known:
            raise NotFound(f"there is no loader {name!r}", fix=nearest(name, known))
    return tuple(known[name] for name in wanted) if wanted else tuple(known.values())


def check_loaders(
    library: Library, files: Iterable[Path], documents: Iterable[Path], *, needed: bool = False
) -> tuple[Checked, ...]:
    """Check definitions, each against the documents that it recognises.

    Parameters
    ----------
    library
        What everybody knows.
    files
        The definitions.
    documents
        The documents; one that cannot be opened is an error.
    needed
        Whether a definition is wrong that recognises none of them.
    """
    checker = _Checker(library, [(path, open_document(path)) for path in documents], needed=needed)
    return checker.checked(tuple(files), loader_files(library, ()))


def _loaded(path: Path) -> Definition | DefinitionError:
    try:
        return definition_in(TomlFile.read(path))
    except DefinitionError as error:
        return error


class _Checker:
    """Holds definitions against documents."""

    def __init__(self, library: Library, documents: list[tuple[Path, Document]], *, needed: bool) -> None:
        self._common: Common = load_common(library)
        self._register: Register = load_register(library)
        self._documents, self._needed = documents, needed

    def checked(self, files: tuple[Path, ...], others: Iterable[Path]) -> tuple[Checked, ...]:
        """Check definitions; the others are those that could recognise the same documents."""
        loaded = {path: _loaded(path) for path in dict.fromkeys((*files, *others))}
        good = [definition for definition in loaded.values() if not isinstance(definition, DefinitionError)]
        return tuple(
            Checked(path.stem, (), 0, (str(found),))
            if isinstance(found, DefinitionError)
            else self._check(path, found, good)
            for path, found in loaded.items()
            if path in files
        )

    def _check(self, path: Path, definition: Definition, every: list[Definition]) -> Checked:
        fitting = [(at, document) for at, document in self._documents if definition.recognises(document)]
        wrong = [] if fitting else self._unrecognised(path, definition)
        actions = 0
        for at, document in fitting:
            twins = [other.name for other in every if other.name != definition.name and other.recognises(document)]
            if twins:
                what = f"{document.name} is also recognised by {' and '.join(twins)}"
                key = next(iter(definition.recognise.words), "sha256")
                wrong.append(str(definition.wrong(what, key, "make the words more exact")))
            try:
                actions += self._held_against(path, definition, at, document, wrong)
            except (DefinitionError, DocumentError) as error:
                wrong.append(str(error))
        names = tuple(document.name for _, document in fitting)
        return Checked(definition.name, names, actions, tuple(wrong), expecting=definition.expect is not None)

    def _unrecognised(self, path: Path, definition: Definition) -> list[str]:
        """Say which words do not stand in the document the definition is for: the one of its name, or the only one."""
        if definition.recognise.sha256:
            what = "none of the documents is the very file that it is for"
            return [str(definition.wrong(what, "sha256", "give that file"))] if self._needed else []
        meant = [document for at, document in self._documents if at.stem == path.stem]
        if not meant and self._needed:
            meant = [document for _, document in self._documents][:1] if len(self._documents) == 1 else []
            if not meant:
                what = "its words do not all stand in any of the documents"
                return [str(definition.wrong(what, definition.recognise.words[0], "give words that stand in one"))]
        return [
            str(
                definition.wrong(
                    f"{document.name} is not recognised: {word!r} does not stand in it",
                    word,
                    "write words as they are printed, within one line",
                )
            )
            for document in meant
            for word in [next(word for word in definition.recognise.words if word not in document.printed)]
        ]

    def _held_against(self, path: Path, definition: Definition, at: Path, document: Document, wrong: list[str]) -> int:
        """Read a document with its definition, note where it differs from the sample, and count the actions."""
        record = PlanReading(document, definition, self._common, self._register, at).record()
        sample = definition.expect.sample if definition.expect else {}
        file = TomlFile.read(path)
        for field, what, fix in differences(record, sample) if sample else ():
            wrong.append(str(file.wrong(what, ("expect", "sample", field), fix)))
        return len(record.actions)
