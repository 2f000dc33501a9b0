"""The way from a drawing to the documents that it is drawn from."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

__all__ = ["address_of"]


def address_of(document: Path | None, folder: Path | None) -> str:
    """Give the address of a document for a page in some folder; nothing, if there is none.

    It is relative where the page's folder is known, so that page and documents can be moved together,
    and otherwise a file address. Every sign that means something in an address is written as a number,
    so that no name of a file can be an address of another kind.

    Examples
    --------
    >>> address_of(Path("/plans/a plan.txt"), Path("/plans/drawn"))
    '../a%20plan.txt'
    >>> address_of(Path("/plans/javascript:alert(1)"), Path("/plans"))
    'javascript%3Aalert%281%29'
    """
    if document is None:
        return ""
    whole = Path(os.path.abspath(document))  # noqa: PTH100 - links are kept as they are
    if folder is not None:
        try:
            return quote(Path(os.path.relpath(whole, folder)).as_posix(), safe="/")
        except ValueError:  # another drive
            pass
    return whole.as_uri()
