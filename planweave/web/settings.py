"""What the workspace in the browser may take and give: addresses, sizes, times."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Final

from planweave.asking.kept import Limits

__all__ = ["DEFAULT_PORT", "LOOPBACK", "Settings"]

DEFAULT_PORT: Final = 8742
LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")
"""The names under which a browser on the same machine may ask."""


@dataclass(frozen=True)
class Settings:
    """What one server may take and give.

    Parameters
    ----------
    host, port
        Where it listens.
    names
        The names under which it may be asked; anything else is refused, so that no other site can have its own
        name lead here.
    token
        What a browser has to show before it may change anything; another one at each start.
    rows
        How many rows a table has on one page.
    upload
        How many bytes a document that is handed in may have.
    body
        How many bytes any other request may have.
    limits
        What a query that comes over the network may take.
    queries
        How many such queries run at the same time; who comes then is asked to come again.
    """

    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    names: tuple[str, ...] = LOOPBACK
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    rows: int = 50
    upload: int = 50_000_000
    body: int = 1_000_000
    limits: Limits = field(default_factory=Limits)
    queries: int = 4

    @property
    def hosts(self) -> frozenset[str]:
        """What the Host of a request can be."""
        return frozenset(f"{name}:{self.port}" for name in self.names)

    @property
    def origin(self) -> str:
        """The beginning of every address."""
        return f"http://{self.names[0]}:{self.port}"

    @property
    def opening(self) -> str:
        """The address to open: with the token, which the browser keeps and the address loses."""
        return f"{self.origin}/?token={self.token}"
