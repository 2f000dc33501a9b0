"""The server that brings the workspace to a browser on the same machine."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING, Final

import uvicorn

from planweave.errors import PlanweaveError

if TYPE_CHECKING:
    from starlette.applications import Starlette

__all__ = ["listening_at", "server_of"]

WAITING: Final = 64
"""So many connections wait to be taken."""

GRACE: Final = 3
"""So many seconds requests have to end when the server is stopped."""


def listening_at(host: str, port: int) -> socket.socket:
    """Take a port.

    Parameters
    ----------
    host
        The address to listen at.
    port
        The port; 0 takes any that is free.

    Raises
    ------
    PlanweaveError
        If it cannot be had.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        # Where it says that it is TCP, the parts of an answer are sent at once; else they wait for each other, 40 ms.
        taken = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    except OSError as error:
        raise PlanweaveError(f"{host} is no address of this machine", fix="leave --host out") from error
    try:
        if os.name == "posix":  # elsewhere it would let two servers have one port
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind((host, port))
        taken.listen(WAITING)
    except (OSError, OverflowError) as error:
        taken.close()
        raise PlanweaveError(
            f"the port {port} of {host} cannot be had ({getattr(error, 'strerror', None) or error})",
            fix="another planweave serve may have it; end that, or choose another with --port",
        ) from error
    return taken


def server_of(app: Starlette) -> uvicorn.Server:
    """Give the server of an application; it says nothing of requests that go well."""
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=GRACE,
        h11_max_incomplete_event_size=64 * 1024,
    )
    return uvicorn.Server(config)
