"""What an endpoint works with: the graph, the library, the settings of the server that a request came to."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from planweave.web.addresses import given_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from starlette.requests import Request

    from planweave.graph import Graph
    from planweave.library import Library
    from planweave.web.served import Served
    from planweave.web.settings import Settings

__all__ = ["given", "known", "library_of", "reading", "served_of", "settings_of"]


T = TypeVar("T")


def settings_of(request: Request) -> Settings:
    """Give the settings of the server."""
    return cast("Settings", request.app.state.settings)


def served_of(request: Request) -> Served:
    """Give what is served."""
    return cast("Served", request.app.state.served)


def reading(request: Request) -> AbstractContextManager[Graph]:
    """Give the graph for as long as the block lasts."""
    return served_of(request).reading()


def library_of(request: Request) -> Library:
    """Give the definitions to check and ask with."""
    return served_of(request).library


def known(request: Request, make: Callable[[Library], T]) -> T:
    """Give what a function makes of the library; it is made again only where a file of the library changed."""
    served = served_of(request)
    return served.known(make, lambda: make(served.library))


def given(request: Request, name: str) -> str:
    """Give an id that stands in the path."""
    return given_id(request.path_params[name])
