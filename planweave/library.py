"""Where the knowledge is: the folders of text files that say what things are and how plans are laid out.

A library is a stack of folders, each with any of ``ontology/ loaders/ shapes/ queries/ graphs/``. The
bundled one lies at the bottom; a folder of one's own above it adds files, and a file of the same name
replaces the bundled one.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from planweave.errors import NotFound, nearest

__all__ = ["DOCUMENTS", "FOLDERS", "OWN", "Library", "bundled_plans"]

FOLDERS = ("ontology", "loaders", "shapes", "queries", "graphs")

OWN = "library"
"""The folder in a workspace that is its own library: what was added and settled there."""

DOCUMENTS = "documents"
"""The folder in it that holds the documents which were added there."""


def _shipped() -> Path:
    """The bundled folders: inside the package in a wheel, beside it in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "shipped"
    return inside if inside.is_dir() else package.parent


def bundled_plans() -> Path:
    """Give the folder of the plans that come with planweave."""
    return _shipped() / "plans"


@dataclass(frozen=True)
class Library:
    """A stack of library folders, the last one winning.

    Examples
    --------
    >>> Library.bundled().file("loaders", "common.toml").name
    'common.toml'
    """

    roots: tuple[Path, ...]

    @classmethod
    def bundled(cls) -> Self:
        """Give the library that comes with planweave."""
        return cls((_shipped(),))

    def with_folder(self, folder: Path | str) -> Library:
        """Give this library with a folder of one's own on top.

        Raises
        ------
        NotFound
            If the folder is not there, or holds none of the library's folders.
        """
        folder = Path(folder)
        if not folder.is_dir():
            raise NotFound("there is no such library folder", file=folder, fix="check the path")
        if not any((folder / name).is_dir() for name in FOLDERS):
            raise NotFound("this folder holds no library", file=folder, fix=f"it needs one of {', '.join(FOLDERS)}")
        return Library((*self.roots, folder))

    def with_workspace(self, workspace: Path | str) -> Library:
        """Give this library with the one that a workspace has of its own, if it has one.

        It lies on the bundled one, and below every folder of one's own that was given.
        """
        folder = Path(workspace) / OWN
        known = any((folder / name).is_dir() for name in FOLDERS)
        if not known or folder in self.roots:
            return self
        return Library((self.roots[0], folder, *self.roots[1:]))

    def files(self, kind: str, suffix: str) -> tuple[Path, ...]:
        """Give every file of one folder with a suffix such as ``.toml``, sorted by name."""
        found: dict[str, Path] = {}
        for root in self.roots:
            for path in sorted((root / kind).glob(f"*{suffix}")):
                found[path.name] = path
        return tuple(found[name] for name in sorted(found))

    def file(self, kind: str, name: str) -> Path:
        """Give one file by its name.

        Raises
        ------
        NotFound
            If no folder of the stack has it; the nearest names are offered.
        """
        known = {path.name: path for path in self.files(kind, Path(name).suffix)}
        if name not in known:
            raise NotFound(f"the library has no {kind}/{name}", fix=nearest(name, known))
        return known[name]
