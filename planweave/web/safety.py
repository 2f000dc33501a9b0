"""What keeps the workspace safe on a shared machine: who may ask, under which name, and what a page may do.

Only this machine reaches the server, and still every site that its user visits can send requests here. So a request
has to name this server as its host (else another site could have its name lead here); what another site's page sends
is refused, links apart; and what changes data needs the token of this start, as a cookie and in the form.
"""

from __future__ import annotations

import hashlib
import hmac
from functools import wraps
from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from planweave.web.addresses import add_address

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.datastructures import FormData
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from planweave.web.settings import Settings

__all__ = ["CHANGES", "FIELD", "STRICT", "STYLED", "Safety", "changes", "form_token", "may_change"]

READS: Final = frozenset(("GET", "HEAD"))
FIELD: Final = "token"
"""The hidden field of forms, and what the printed address hands the token over in."""

CHANGES: Final = "changes_data"
"""The mark of an endpoint that changes data and looks at the token before it does."""

STRICT: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self' data:;"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""The policy of every page: it runs and loads what this server gives, and nothing that stands in the page itself."""

STYLED: Final = STRICT.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
"""The policy of pages with a library that writes style attributes: the drawn networks, the editor."""

MOST_HEARD: Final = 1 << 30
"""So many bytes of what is too large are listened to before the line is cut."""

HEADERS: Final = {
    "content-security-policy": STRICT,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "private, no-cache",
}


class Safety:
    """Stands before every page and lets through what may come in; says on every answer what a page may do."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        request = Request(scope)
        refused = self._refused(request)
        if refused is not None:
            await refused(scope, receive, guarded)
            return
        shown = self._token_shown(request)
        await (shown or self._app)(scope, self._limited(request, receive), guarded)

    def _limited(self, request: Request, receive: Receive) -> Receive:
        """Take no more of a body than may come; the rest is read and let go, so that the answer can be heard."""
        uploads = request.url.path.startswith(add_address())
        most = self._settings.upload if uploads else self._settings.body
        taken = 0

        async def limited() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken <= most:
                return message
            while taken < MOST_HEARD and message.get("more_body"):
                message = await receive()
                taken += len(message.get("body", b""))
            raise HTTPException(413)

        return limited

    def _refused(self, request: Request) -> Response | None:
        """Say no to a request that another site may be behind."""
        if request.headers.get("host", "").lower() not in self._settings.hosts:
            return PlainTextResponse(f"This is planweave at {self._settings.origin}/; ask there.\n", 421)
        site = request.headers.get("sec-fetch-site", "none")
        origin = request.headers.get("origin")
        reads = request.method in READS
        follows_a_link = reads and request.headers.get("sec-fetch-mode") == "navigate"
        other_site = site not in {"none", "same-origin"} and not follows_a_link
        other_origin = origin is not None and not reads and not self._is_own(origin)
        if other_site or other_origin:
            return PlainTextResponse("Another site's page asked for this; open it from planweave's own pages.\n", 403)
        return None

    def _is_own(self, origin: str) -> bool:
        return origin.lower() in {f"http://{host}" for host in self._settings.hosts}

    def _token_shown(self, request: Request) -> Response | None:
        """Where the printed address is opened, have the browser keep the token, and take it out of the address."""
        given = request.query_params.get(FIELD)
        if given is None or request.method not in READS or request.url.path != "/":
            return None
        rest = request.url.remove_query_params(FIELD)
        answer = RedirectResponse(f"{rest.path}?{rest.query}" if rest.query else rest.path, 303)
        if _same(given, self._settings.token):
            answer.set_cookie(_cookie(self._settings), given, httponly=True, samesite="strict")
        return answer


def _cookie(settings: Settings) -> str:
    """The name of the cookie: of one port, for browsers keep one jar for all ports."""
    return f"planweave-{settings.port}"


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def may_change(request: Request) -> bool:
    """Say whether a request comes from the browser that opened the printed address."""
    settings: Settings = request.app.state.settings
    return _same(request.cookies.get(_cookie(settings), ""), settings.token)


def form_token(request: Request) -> str:
    """Give what a form has to carry; empty in a browser that may not change anything.

    It is made of the token and is not the token: what stands in a page cannot be used as the cookie.
    """
    if not may_change(request):
        return ""
    token: str = request.app.state.settings.token
    return hmac.new(token.encode(), b"form", hashlib.sha256).hexdigest()


def changes(endpoint: Callable[[Request, FormData], Response]) -> Callable[[Request], Awaitable[Response]]:
    """Make an endpoint of a function that changes data: it is called with the form, once the token was looked at."""

    @wraps(endpoint)
    async def checked(request: Request) -> Response:
        wanted = form_token(request)
        if not wanted:
            raise HTTPException(
                403, "this browser may read and not change; open the address that planweave serve printed at its start"
            )
        async with request.form(max_files=1, max_fields=10_000, max_part_size=request.app.state.settings.body) as form:
            given = form.get(FIELD)
            if not (isinstance(given, str) and _same(given, wanted)):
                raise HTTPException(403, "the form is not one of this start of planweave serve; load its page again")
            return await run_in_threadpool(endpoint, request, form)

    setattr(checked, CHANGES, True)
    return checked
