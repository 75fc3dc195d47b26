"""The servers of this process for limited calls, and the calls that they were given ahead.

Reading drawings and PDFs of others takes most of the time of a first build. What a layout will ask for is known before it asks,
so several servers can work on it: `begin` gives them calls in threads, and `call` takes their answers.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from queue import Empty, LifoQueue
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

from brochure.system.call_server import Answer, CallServer
from brochure.system.cores import usable_cores
from brochure.system.exhaustion import require_thread

if TYPE_CHECKING:
    from concurrent.futures import Future

MAX_SERVERS = 4
"""Servers at most; each call may take some 500 MB."""


class Request(NamedTuple):
    """A call: the module that is imported before it, its data, and the wall-clock time in seconds after which it is ended."""

    module: str
    data: bytes
    seconds: float


class CallServers:
    """As many servers as there are cores. A server is started when all others are busy."""

    def __init__(self) -> None:
        self._all = [CallServer() for _ in range(min(usable_cores(), MAX_SERVERS))]
        self._free: LifoQueue[CallServer] = LifoQueue()
        for server in self._all:
            self._free.put(server)
        self._is_refusing = False
        self._begun: dict[Request, Future[Answer | None]] = {}

    def call(self, request: Request) -> Answer | None:
        """Return the answer of a call, which may have begun before; None if no server is free or can run."""
        begun = self._begun.pop(request, None)
        answer = begun.result() if begun else None
        return answer or self._call(request, is_waiting=False)

    def begin(self, requests: Iterable[Request]) -> None:
        """Begin calls that `call` will ask for; answers of earlier ones that were not asked for are dropped."""
        # Imported here: few builds read a file anew.
        from concurrent.futures import Future

        self._begun = {one: future for one, future in self._begun.items() if not future.done()}
        new = {one: Future[Answer | None]() for one in requests if one not in self._begun}
        waiting = deque(new.items())
        for _ in range(min(len(self._all), len(waiting))):
            try:
                require_thread()
                # A daemon: the program can end before an answer that is not wanted any more.
                Thread(target=self._work, args=(waiting,), daemon=True).start()
            except (MemoryError, RuntimeError):  # the system allows no more threads
                break
            self._begun |= new

    @contextmanager
    def refuse(self) -> Iterator[None]:
        """End all servers with the calls that they run, and start none during the block."""
        self._is_refusing = True
        for server in self._all:
            server.close()
        try:
            yield
        finally:
            self._is_refusing = False

    def _work(self, waiting: deque[tuple[Request, Future[Answer | None]]]) -> None:
        while waiting:
            try:
                request, future = waiting.popleft()
            except IndexError:  # taken by another thread
                return
            try:
                answer = self._call(request, is_waiting=True)
            except Exception:  # such as MemoryError: `call` makes the call again
                answer = None
            future.set_result(answer)

    def _call(self, request: Request, *, is_waiting: bool) -> Answer | None:
        try:
            server = self._free.get(block=is_waiting)
        except Empty:
            return None
        try:
            return None if self._is_refusing else server.call(*request)
        finally:
            self._free.put(server)


_OF_PROCESSES: dict[int, CallServers] = {}


def call_servers() -> CallServers:
    """Return the servers of this process; one that was forked cannot use those of its parent."""
    process = os.getpid()
    if process not in _OF_PROCESSES:
        _OF_PROCESSES[process] = CallServers()
    return _OF_PROCESSES[process]
