"""The workspace as one application: its pages, what stands before them, what they share."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route

from planweave.networks.scripts import own_scripts, vis_script
from planweave.web import (
    action,
    actions,
    adding,
    agencies,
    ask,
    compare,
    corrections,
    findings,
    knowledge,
    linked_data,
    networks,
    overview,
    plans,
    sparql,
    suggest,
    timeline,
    what_if,
)
from planweave.web.assets import VENDOR
from planweave.web.files import Files
from planweave.web.mishaps import HANDLERS
from planweave.web.safety import Safety
from planweave.web.served import Served
from planweave.web.show import templates_of

if TYPE_CHECKING:
    from planweave.library import Library
    from planweave.web.settings import Settings

__all__ = ["PAGES", "workspace_app"]

PAGES: Final = (
    linked_data,
    overview,
    actions,
    plans,
    action,
    agencies,
    findings,
    networks,
    what_if,
    timeline,
    ask,
    suggest,
    compare,
    adding,
    corrections,
    sparql,
    knowledge,
)
"""The modules that have pages: each has its ``ROUTES``. What gives data where data is wanted comes first."""


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
    routes = [
        *(route for page in PAGES for route in page.ROUTES),
        Route("/static/{name}", own.answer),
        Route("/vendor/{name}", fetched.answer),
    ]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Safety, settings=settings)],
        exception_handlers=HANDLERS,
    )
    app.state.settings = settings
    app.state.turns = BoundedSemaphore(settings.queries)
    app.state.served = Served(folder, library)
    app.state.dressed = bool(fetched)
    app.state.templates = templates_of({route.path for route in routes}, own, fetched)
    return app
