"""Which form a program or a browser wants: the media types it accepts, by how much it wants each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.exceptions import HTTPException

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import HTTPConnection

__all__ = ["HTML", "chosen", "media_type", "wanted"]

HTML: Final = "html"

TYPES: Final[dict[str, tuple[str, ...]]] = {
    HTML: ("text/html", "application/xhtml+xml"),
    "json": ("application/sparql-results+json", "application/json"),
    "xml": ("application/sparql-results+xml", "application/xml", "text/xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
    "ttl": ("text/turtle", "application/x-turtle"),
    "nt": ("application/n-triples",),
    "jsonld": ("application/ld+json",),
    "nq": ("application/n-quads",),
    "trig": ("application/trig",),
    "nq.gz": ("application/gzip",),
}
"""Form → the media types that ask for it; the first is what it is sent as."""


def media_type(form: str) -> str:
    """Give the media type that a form is sent as."""
    return TYPES[form][0]


def wanted(accept: str, forms: Sequence[str]) -> str | None:
    """Give the form that is wanted most; of those wanted alike the first; None where none is accepted.

    Examples
    --------
    >>> wanted("text/turtle;q=0.5, application/*", ("ttl", "jsonld"))
    'jsonld'
    >>> wanted("*/*", ("json", "xml")), wanted("image/png", ("json",))
    ('json', None)
    """
    ranges = _ranges(accept)
    rated = [(_rated(form, ranges), -place) for place, form in enumerate(forms)]
    best, place = max(rated)
    return forms[-place] if best > 0 else None


def _ranges(accept: str) -> dict[str, float]:
    found = {}
    for part in accept.split(",") if accept.strip() else ("*/*",):
        kind, *parameters = (piece.strip() for piece in part.split(";"))
        quality = next((one.partition("=")[2] for one in parameters if one.lower().startswith("q=")), "1")
        try:
            found[kind.lower()] = min(1.0, max(0.0, float(quality)))
        except ValueError:
            found[kind.lower()] = 0.0
    return found


def _rated(form: str, ranges: Mapping[str, float]) -> float:
    """How much a form is wanted: as its own media type, or by another name of it."""
    own, *others = TYPES[form]
    return max(_rating(own, ranges), *(ranges.get(kind, 0.0) for kind in others), 0.0)


def _rating(kind: str, ranges: Mapping[str, float]) -> float:
    """How much a media type is wanted: what is said of it, or of its kind, or of all; the nearest counts."""
    for name in (kind, f"{kind.partition('/')[0]}/*", "*/*"):
        if name in ranges:
            return ranges[name]
    return 0.0


def chosen(request: HTTPConnection, forms: Sequence[str], said: str | None = None) -> str:
    """Give the form to answer in: what is said, or what ``?format=`` says, or what is accepted.

    Raises
    ------
    HTTPException
        406, if there is none that is wanted.
    """
    said = said or request.query_params.get("format")
    if said is not None:
        if said in forms:
            return said
        raise HTTPException(406, f"there is no form {said[:40]!r} of this; there are {', '.join(forms)}")
    form = wanted(request.headers.get("accept", ""), forms)
    if form is None:
        kinds = ", ".join(TYPES[one][0] for one in forms)
        raise HTTPException(406, f"this comes as {kinds}, and none of them is accepted", {"vary": "accept"})
    return form
