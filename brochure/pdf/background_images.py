"""Convert pictures in threads ahead of the page that needs them, so that all cores are used.

Pillow and LittleCMS release the interpreter's lock while they decode, convert and encode. Only the pictures that come next are
converted, as many as fit into a bounded amount of memory. What fails here is converted again where the picture is drawn, which
reports the reason.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import Condition, Event
from typing import Any

from brochure.errors import BrochureError
from brochure.fast_dataclass import dataclass
from brochure.pdf.image_xobject import Stored
from brochure.system.cores import has_free_cores, usable_cores
from brochure.system.exhaustion import require_thread

MAX_MEMORY = 360_000_000
"""Bytes that the conversions that run at the same time may take by estimate; one of them may take more."""
MAX_THREADS, AHEAD = 8, 3
"""Conversions at the same time, and for each of them the pictures that are begun before the one that is drawn."""
BYTES_PER_PIXEL = 20
"""Decoded and converted pixels with their copies, in bytes; see `image_memory`."""


@dataclass(frozen=True)
class ImageTask:
    """A picture to be converted: its key, the number of pixels that are converted, and how.

    `prepare` reads the file, in the main thread, and returns the conversion; None if the picture need not be converted. The
    conversion is called in another thread.
    """

    key: str
    pixels: int
    prepare: Callable[[], Callable[[], Stored] | None]


class BackgroundImages:
    """Conversions of the pictures of a document, in the order in which they are needed."""

    def __init__(self, tasks: Iterable[ImageTask]) -> None:
        self._waiting = deque(tasks)
        self._begun: dict[str, Any] = {}
        self._known: set[str] = set()
        self._drawn: set[str] = set()
        self._threads = min(usable_cores(), MAX_THREADS)
        self._pool: Any = None
        self._memory = MemoryBudget(MAX_MEMORY)

    def start(self) -> None:
        """Begin with the first pictures."""
        self._begin_next()

    def take(self, key: str) -> Stored | None:
        """Return the conversion of a picture, when it is finished; None if it was not begun, or has failed."""
        future = self._begun.pop(key, None)
        self.skip(key)
        try:
            converted: Stored | None = future.result() if future else None
        except (BrochureError, OSError, MemoryError, RuntimeError, SystemError):
            return None
        return converted

    def skip(self, key: str) -> None:
        """Go on to the next pictures: this one is being drawn."""
        self._drawn.add(key)
        self._known.discard(key)
        self._begin_next()

    def close(self) -> None:
        """Cancel what has not begun, and wait for the rest."""
        self._waiting.clear()
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def share(self, jobs: Sequence[Callable[[], None]]) -> None:
        """Run jobs of a conversion in its own thread, and in those that have no conversion to begin."""
        waiting = deque(jobs)

        def work() -> None:
            while job := _take_next(waiting):
                job()

        helpers = []
        try:
            for _ in range(min(self._threads, len(jobs)) - 1):
                helpers.append(self._pool.submit(work))
            work()
        finally:
            waiting.clear()
            running = [helper for helper in helpers if not helper.cancel()]
        for helper in running:
            helper.result()

    def _begin_next(self) -> None:
        # Few are looked at in advance: their files are read for that.
        while self._waiting and len(self._begun) + len(self._known) < AHEAD * self._threads:
            task = self._waiting.popleft()
            if task.key in self._drawn:
                continue
            work = task.prepare()
            if work is None:
                self._known.add(task.key)
                continue
            future = self._submit(task.pixels * BYTES_PER_PIXEL, work)
            if future is None:  # the page converts this picture and all others
                self._waiting.clear()
            else:
                self._begun[task.key] = future

    def _submit(self, memory: int, work: Callable[[], Stored]) -> Any:
        """Begin a conversion and return its future; None if the system has no memory or no thread for it."""
        try:
            if self._pool is None:
                self._pool = _start_threads(self._threads)
            return self._pool.submit(self._work, memory, work)
        except (MemoryError, RuntimeError):
            return None

    def _work(self, memory: int, work: Callable[[], Stored]) -> Stored:
        with self._memory.reserve(memory):
            return work()


def _start_threads(number: int) -> Any:
    """Return a pool whose threads run, before conversions take the memory that starting them needs."""
    # Imported here: it is slow to load, and most builds convert nothing.
    from concurrent.futures import ThreadPoolExecutor

    _keep_freed_memory()
    pool, all_run = ThreadPoolExecutor(number), Event()
    try:
        for _ in range(number):
            require_thread()
            pool.submit(all_run.wait)
    finally:
        all_run.set()
    return pool


KEPT_BYTES = 16_000_000
"""The largest part of an image that Pillow allocates at once, in bytes."""


def _keep_freed_memory() -> None:
    """Let the C library reuse the memory of strips and images instead of returning it to the system.

    glibc returns blocks above a threshold at once, and the next block is then paged in again, which took a fifth of the
    processor time of a conversion. The threshold rises to the size of the largest block that was freed; this one is never used.
    """
    bytearray(KEPT_BYTES)


def _take_next(waiting: deque[Callable[[], None]]) -> Callable[[], None] | None:
    """Return the next job, which no other thread has taken; None if there is none."""
    try:
        return waiting.popleft()
    except IndexError:
        return None


class MemoryBudget:
    """An amount of memory that threads share; one that needs more than all of it waits until it is alone."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._used = 0
        self._changed = Condition()

    @contextmanager
    def reserve(self, memory: int) -> Iterator[None]:
        """Wait until there is so much memory, and hold it."""
        with self._changed:
            self._changed.wait_for(lambda: not self._used or self._used + memory <= self._limit)
            self._used += memory
        try:
            yield
        finally:
            with self._changed:
                self._used -= memory
                self._changed.notify_all()


def can_convert_in_background() -> bool:
    """Return whether there are other cores for conversions.

    Pillow's setting to accept damaged files, if another library has changed it, cannot be reversed for one thread alone.
    """
    return has_free_cores() and not _accepts_damage()


def _accepts_damage() -> bool:
    files: Any = sys.modules.get("PIL.ImageFile")
    return files is not None and bool(files.LOAD_TRUNCATED_IMAGES)
