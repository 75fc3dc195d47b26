"""Sockets that only this computer can reach, and the secrets in their addresses."""

from __future__ import annotations

import secrets
import socket

LOOPBACK = "127.0.0.1"

TOKEN_BYTES = 18

Listener = socket.socket


def listen(port: int | None) -> socket.socket:
    """Return a socket that listens on the loopback address, on a free port if none is given.

    Raises:
        OSError: The port is in use, or this user may not use it.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port or 0))
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener


def port_of(listener: socket.socket) -> int:
    """Return the port that a socket listens on."""
    number: int = listener.getsockname()[1]
    return number


def make_token() -> str:
    """Return a new random token for addresses."""
    return secrets.token_urlsafe(TOKEN_BYTES)
