"""Documents → records: which definition a document is read with, and the reading of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planweave.documents import Document, open_document
from planweave.errors import DocumentError, NotFound, nearest
from planweave.reading.definition import load_common, load_definitions
from planweave.reading.plan import PlanReading
from planweave.registers import load_register

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from planweave.library import Library
    from planweave.reading.definition import Definition
    from planweave.records import PlanRecord

__all__ = ["Reader"]


class Reader:
    """Reads documents with the definitions of a library.

    Parameters
    ----------
    library
        Where ``loaders/`` and ``ontology/`` are.

    Raises
    ------
    DefinitionError
        If a definition of the library is not right.
    """

    def __init__(self, library: Library) -> None:
        self._common = load_common(library)
        self._definitions = load_definitions(library)
        self._register = load_register(library)

    def read(self, path: Path, loader: str | None = None) -> PlanRecord:
        """Read one document.

        Parameters
        ----------
        path
            The file.
        loader
            The name of the loader definition to use; None chooses the one whose words all stand in the
            document, or none.

        Raises
        ------
        DocumentError
            If the file cannot be read or holds no action plan.
        NotFound
            If there is no loader of that name.
        """
        document = open_document(path)
        definition = self._definition(document, loader)
        return PlanReading(document, definition, self._common, self._register, path).record()

    def loader_for(self, path: Path) -> str | None:
        """Give the name of the loader definition a document is recognised by, or None."""
        definition = self._definition(open_document(path), None)
        return definition.name if definition else None

    def may_recognise(self, names: Collection[str], sha256: str) -> bool:
        """Say whether any of some definitions may recognise a file, by its digest alone: it is not opened."""
        return any(
            definition.name in names and definition.recognise.sha256 in (None, sha256)
            for definition in self._definitions
        )

    def _definition(self, document: Document, loader: str | None) -> Definition | None:
        if loader is not None:
            by_name = {definition.name: definition for definition in self._definitions}
            if loader not in by_name:
                raise NotFound(f"there is no loader {loader!r}", fix=nearest(loader, by_name))
            return by_name[loader]
        fitting = [definition for definition in self._definitions if definition.recognises(document)]
        # Who names the very file is meant before who names words that stand in it.
        fitting = [definition for definition in fitting if definition.recognise.sha256] or fitting
        if len(fitting) > 1:
            names = " and ".join(definition.name for definition in fitting)
            raise DocumentError(
                f"the loaders {names} both recognise this document",
                file=document.name,
                fix="name one with --loader, or make their words more exact",
            )
        return fitting[0] if fitting else None
