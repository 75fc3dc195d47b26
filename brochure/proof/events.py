"""Events of the live proof: sent to every browser window that is open, from any thread."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

MAX_WAITING = 100
"""Events that a window which does not read them may leave; then the oldest are dropped."""

Event = dict[str, Any] | None
"""An event as JSON; None ends the stream."""


class Events:
    """Passes events on to the subscribers."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[Event]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._is_closed = False

    @contextmanager
    def subscribe(self) -> Iterator[asyncio.Queue[Event]]:
        """Yield a queue that receives all events while the context lasts; call it in the server's event loop."""
        self._loop = asyncio.get_running_loop()
        queue: asyncio.Queue[Event] = asyncio.Queue(MAX_WAITING)
        if self._is_closed:
            queue.put_nowait(None)
        self._queues.add(queue)
        try:
            yield queue
        finally:
            self._queues.discard(queue)

    def send(self, kind: str, **values: Any) -> None:
        """Send an event to all subscribers, from any thread."""
        self._put({"type": kind, **values})

    def close(self) -> None:
        """End all streams, so that the server can stop."""
        self._is_closed = True
        self._put(None)

    def _put(self, event: Event) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._distribute, event)

    def _distribute(self, event: Event) -> None:
        for queue in self._queues:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(event)
