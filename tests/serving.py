"""A workspace served for tests: on a free port, in a thread, with raw requests and visits in a browser."""

from __future__ import annotations

import http.client
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode, urlsplit

from planweave.library import Library
from planweave.web.app import workspace_app
from planweave.web.listening import listening_at, server_of
from planweave.web.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request
    from starlette.applications import Starlette

PHONE = 400
DESK = 1280


class Reply(NamedTuple):
    """What came back: the status, the headers by their names in small letters, the body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


class Site:
    """A workspace that is being served."""

    def __init__(self, app: Starlette, settings: Settings) -> None:
        self.app, self.settings = app, settings

    @property
    def base(self) -> str:
        """The beginning of every address."""
        return self.settings.origin

    @property
    def cookie(self) -> str:
        """What the browser that opened the printed address sends."""
        return f"planweave-{self.settings.port}={self.settings.token}"

    def request(
        self, method: str, address: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Send one request as it stands and take what comes; nothing is followed."""
        connection = http.client.HTTPConnection("127.0.0.1", self.settings.port, timeout=60)
        try:
            connection.request(method, address, body, dict(headers or {}))
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Reply(answer.status, found, answer.read())
        finally:
            connection.close()

    def get(self, address: str, **headers: str) -> Reply:
        """Ask for an address; ``accept="text/turtle"`` is a header."""
        return self.request("GET", address, headers={name.replace("_", "-"): of for name, of in headers.items()})

    def post(self, address: str, *, by_user: bool = True, **fields: str) -> Reply:
        """Send a form as the browser of the user does: with the cookie, and the hidden field of its page."""
        headers = {"content-type": "application/x-www-form-urlencoded", "origin": self.base}
        if by_user:
            headers["cookie"] = self.cookie
            fields = {"token": self.form_token(), **fields}
        return self.request("POST", address, urlencode(fields).encode(), headers)

    def form_token(self) -> str:
        """Give what the hidden field of a form holds for the user."""
        from starlette.requests import Request  # noqa: PLC0415 - only for this

        from planweave.web.safety import form_token  # noqa: PLC0415 - as above

        scope = {"type": "http", "app": self.app, "headers": [(b"cookie", self.cookie.encode())]}
        return form_token(Request(scope))


@contextmanager
def served(
    folder: Path, library: Library | None = None, *, vendor: Path | None = None, **settings: object
) -> Iterator[Site]:
    """Serve a workspace for as long as the block lasts; ``settings`` are those of :class:`Settings`."""
    with listening_at("127.0.0.1", 0) as taken:
        made = Settings(port=taken.getsockname()[1], **settings)  # type: ignore[arg-type]
        more = {"vendor": vendor} if vendor else {}
        app = workspace_app(folder, library or Library.bundled(), made, **more)
        server = server_of(app)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.005)
        try:
            yield Site(app, made)
        finally:
            server.should_exit = True
            thread.join(20)
            app.state.served.close()


class Surfing:
    """A visit to a served workspace by a browser that can reach nothing else; what it complains of is kept.

    ``said`` holds errors of the console, of pages and of policies, and dialogues: it has to be empty in the end, but
    for the refusals that a test says it provokes, which have to be there.
    """

    def __init__(
        self, browser: Browser, site: Site, *, width: int = DESK, script: bool = True, user: bool = True
    ) -> None:
        self.site = site
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script, accept_downloads=True
        )
        self.page: Page = self.context.new_page()
        self.said: list[str] = []
        self.elsewhere: list[str] = []
        self.refusals: set[int] = set()
        self.context.on("request", self._note_request)
        self.page.on("console", self._note_message)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", self._note_dialog)
        if user:
            self.page.goto(site.settings.opening)

    def _note_message(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.said.append(message.text)

    def _note_dialog(self, dialog: Dialog) -> None:
        self.said.append(dialog.message)
        dialog.dismiss()

    def _note_request(self, request: Request) -> None:
        # Noted, not held up: a browser whose requests are held up keeps no style sheet and no script between pages.
        # That nothing else is reached is for the browser, which knows no other address (see conftest.py).
        where = urlsplit(request.url)
        if where.scheme not in ("data", "blob") and f"{where.scheme}://{where.netloc}" != self.site.base:
            self.elsewhere.append(request.url)

    def open(self, address: str) -> Page:
        """Go to an address of the workspace."""
        self.page.goto(self.site.base + address)
        return self.page

    def provoke(self, *statuses: int) -> None:
        """Say that answers of these statuses are meant, of which the browser tells on its console."""
        self.refusals.update(statuses)

    def settle(self) -> None:
        """Nothing may have been complained of so far that was not meant, and nothing been asked elsewhere."""
        said, refusals, elsewhere = self.said[:], self.refusals, self.elsewhere[:]
        self.said.clear()
        self.elsewhere.clear()
        self.refusals = set()
        told = {status for status in refusals if any(f"a status of {status}" in one for one in said)}
        said = [one for one in said if not any(f"a status of {status}" in one for status in told)]
        assert not said, said
        assert told == refusals, f"the browser told of {told} only"
        assert not elsewhere, elsewhere

    def close(self) -> None:
        """End the visit and settle it."""
        self.context.close()
        self.settle()


@contextmanager
def surfing(
    browser: Browser, site: Site, *, width: int = DESK, script: bool = True, user: bool = True
) -> Iterator[Surfing]:
    """Visit a served workspace; fails at the end on anything that the browser complained of."""
    visit = Surfing(browser, site, width=width, script=script, user=user)
    try:
        yield visit
    except BaseException:
        visit.context.close()
        raise
    visit.close()


def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window; tables may be, inside a frame of their own."""
    width: int = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return max(0, width)
