"""Files and folders → the documents to read, and what is passed over."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from planweave.documents import SUFFIXES
from planweave.errors import DocumentError, NotFound
from planweave.library import DOCUMENTS, OWN
from planweave.workspace import is_own

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["WAIVERS", "find_documents", "own_documents"]

WAIVERS: Final = "waivers.toml"
"""The file beside the plans that says which findings are accepted."""


def find_documents(sources: Sequence[Path], into: Path | None = None) -> tuple[list[Path], list[Path]]:
    """List the documents among files and folders, and the files in folders that are of no known kind.

    In a folder, hidden files, READMEs, waivers and a workspace that lies in it are passed over.

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


def own_documents(workspace: Path) -> list[Path]:
    """List the documents that were added in a workspace: they belong to whatever is built there."""
    folder = workspace / OWN / DOCUMENTS
    if not folder.is_dir():
        return []
    return [path for path in _files(folder) if path.suffix.lower() in ("", *SUFFIXES) and path.name[0] not in ".~"]


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
    named = path.name.upper().startswith("README") or path.name == WAIVERS
    return hidden or named or (into is not None and is_own(path, into))
