"""The workspace as one application: its pages, what stands before them, what they share."""

from __future__ import annotations

import threading
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Final, cast

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.routing import Match, Route, Router

from planweave.networks.scripts import own_scripts, vis_script
from planweave.web.assets import VENDOR
from planweave.web.files import Files
from planweave.web.mishaps import HANDLERS
from planweave.web.safety import Safety
from planweave.web.served import Served
from planweave.web.show import templates_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.types import Receive, Scope, Send

    from planweave.library import Library
    from planweave.web.settings import Settings

__all__ = ["PAGES", "routes_of", "workspace_app"]

FIRST: Final = "overview"
"""The page that is looked at first: it does not wait for the others to be imported."""

PAGES: Final = (
    "linked_data",
    FIRST,
    "actions",
    "plans",
    "action",
    "agencies",
    "findings",
    "waiving",
    "networks",
    "what_if",
    "timeline",
    "ask",
    "suggest",
    "compare",
    "adding",
    "accepting",
    "corrections",
    "sparql",
    "knowledge",
)
"""The modules that have pages: each has its ``ROUTES``. What gives data where data is wanted comes first."""


def routes_of(page: str) -> tuple[Route, ...]:
    """Give the addresses of a module that has pages."""
    return cast("tuple[Route, ...]", import_module(f"planweave.web.{page}").ROUTES)


class _Pages:
    """All pages: the first one at once, the others when one of them is asked for, or when the first one is out.

    To import what reads, draws and compares takes longer than to answer the first page.
    """

    def __init__(self, files: Sequence[Route]) -> None:
        self._first = Router([*routes_of(FIRST), *files])
        self._rest: Router | None = None
        self._is_warm = False
        self._lock = threading.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if any(route.matches(scope)[0] is Match.FULL for route in self._first.routes):
            await self._first(scope, receive, send)
            if not self._is_warm:
                self._is_warm = True
                threading.Thread(target=self._warm, args=(scope["app"],), name="planweave-warm").start()
        else:
            rest: Router = await run_in_threadpool(self.rest) if self._rest is None else self._rest
            await rest(scope, receive, send)

    def _warm(self, app: Starlette) -> None:
        self.rest()
        from planweave.web.warming import warm  # noqa: PLC0415 - which needs the other pages

        warm(app)

    def rest(self) -> Router:
        """Give what leads to every page."""
        with self._lock:
            if self._rest is None:
                self._rest = Router([route for page in PAGES for route in routes_of(page)])
            return self._rest


def workspace_app(folder: Path, library: Library, settings: Settings, vendor: Path = VENDOR) -> Starlette:
    """Make the application that serves a workspace.

    Parameters
    ----------
    folder
        The workspace; it may be empty as yet.
    library
        The definitions to check and ask with.
    settings
        What it may take and give.
    vendor
        Where the browser libraries are; without them the pages work and look plain.
    """
    own = Files(Path(str(files("planweave") / "web" / "static")), *own_scripts())
    fetched = Files(vendor, vis_script())
    app = Starlette(middleware=[Middleware(Safety, settings=settings)], exception_handlers=HANDLERS)
    app.router.default = _Pages((Route("/static/{name}", own.answer), Route("/vendor/{name}", fetched.answer)))
    app.state.settings = settings
    app.state.turns = BoundedSemaphore(settings.queries)
    app.state.served = Served(folder, library)
    app.state.dressed = bool(fetched)
    app.state.templates = templates_of(own, fetched)
    return app
