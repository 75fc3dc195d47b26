"""The processor cores that this process may use."""

from __future__ import annotations

import os
import sys
from typing import Any


def usable_cores() -> int:
    """Return the number of processor cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def has_free_cores() -> bool:
    """Return whether there are cores for work in the background: the processes of a batch use them already."""
    return usable_cores() > 1 and not _is_worker()


def _is_worker() -> bool:
    # Workers have loaded these modules; other processes need not load them for that.
    processes: Any = sys.modules.get("multiprocessing.process")
    return processes is not None and processes.parent_process() is not None
