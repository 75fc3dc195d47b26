"""Run a function for many items in several processes that share what this process has read."""

from __future__ import annotations

import gc
import multiprocessing
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from brochure.system.cores import usable_cores

Item = TypeVar("Item")
Result = TypeVar("Result")

CAN_FORK = sys.platform == "linux"
"""A forked process shares all that its parent has read. On macOS, system libraries do not survive a fork."""

_shared: list[Callable[[Any], Any]] = []
"""The function of the running call, which forked processes inherit: it cannot be pickled."""


def run_parallel(
    function: Callable[[Item], Result], items: Sequence[Item], jobs: int | None = None
) -> Iterator[Result]:
    """Yield the result for each item, in order.

    Args:
        function: The function. Its results are pickled.
        items: Its arguments.
        jobs: Number of processes (default: CPU cores).

    If a process dies, what is left is computed in this process.
    """
    count = min(jobs or usable_cores() if CAN_FORK else 1, len(items))
    done = 0
    if count > 1:
        gc.freeze()  # otherwise each process would touch, and so copy, the shared memory
        _shared.append(function)
        try:
            context = multiprocessing.get_context("fork")
            with ProcessPoolExecutor(count, mp_context=context) as pool:
                for result in pool.map(_call, items):
                    done += 1
                    yield result
        except BrokenProcessPool:
            pass
        finally:
            _shared.clear()
            gc.unfreeze()
    yield from map(function, items[done:])


def _call(item: Any) -> Any:
    return _shared[0](item)
