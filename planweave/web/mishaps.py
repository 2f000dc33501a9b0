"""What goes wrong, as a page with one sentence: what, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse

from planweave.errors import DocumentError, NotFound, PlanweaveError, QueryError, StoreError
from planweave.web.rooms import served_of
from planweave.web.show import show

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

__all__ = ["HANDLERS"]

HEADINGS: Final = {
    400: "This cannot be answered",
    403: "This is not allowed",
    404: "There is nothing here",
    405: "This cannot be done here",
    406: "Not in this form",
    413: "This is too large",
    500: "Something went wrong",
    503: "Not now",
}
SENTENCES: Final = {
    404: "There is no page at this address.",
    405: "This address does not take what was sent.",
    413: "What was sent is larger than this server takes.",
    500: "This is a fault of planweave's, and not of what you did; the terminal it was started in says more.",
}

STATUSES: Final = ((NotFound, 404), (QueryError, 400), (DocumentError, 400), (StoreError, 503), (PlanweaveError, 400))


def _page(request: Request, status: int, sentence: str, headers: dict[str, str] | None = None) -> Response:
    # A program is told in a line of text.
    if "html" not in request.headers.get("accept", ""):
        return PlainTextResponse(f"{sentence}\n", status, headers)
    title = HEADINGS.get(status, HEADINGS[400 if status < 500 else 500])  # noqa: PLR2004 - where the server's begin
    return show(request, "mishap.html.j2", status=status, headers=headers, title=title, sentence=sentence)


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - as it is registered
    said = error.detail if error.detail and not _is_standard(error) else SENTENCES.get(error.status_code, error.detail)
    sentence = said[:1].upper() + said[1:]
    sentence = sentence if sentence.endswith((".", "?")) else f"{sentence}."
    return _page(request, error.status_code, sentence, dict(error.headers or {}))


def _is_standard(error: HTTPException) -> bool:
    """Say whether the words are those that the status has anyway."""
    return error.detail == HTTPException(error.status_code).detail or error.detail == "Content Too Large"


async def _wrong(request: Request, error: Exception) -> Response:
    assert isinstance(error, PlanweaveError)  # noqa: S101 - as it is registered
    if isinstance(error, NotFound) and served_of(request).is_empty:
        return show(request, "empty.html.j2", title="There is no plan here yet")
    status = next(status for kind, status in STATUSES if isinstance(error, kind))
    said = str(error)
    return _page(request, status, said[:1].upper() + said[1:])


async def _fault(request: Request, error: Exception) -> Response:  # noqa: ARG001 - the server logs it
    return _page(request, 500, SENTENCES[500])


HANDLERS: Final = {HTTPException: _refused, PlanweaveError: _wrong, Exception: _fault}
