"""Errors of a system that has no more memory, open files or processes, as `SystemResourceError`.

Such failures are raised by any code, as `MemoryError`, `OSError` or `ImportError`. `explain_exhaustion` recognizes them and
describes what needed the resource: what `needing` names, or the stage of the build that failed.
"""

from __future__ import annotations

import errno
import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from brochure.errors import SystemResourceError
from brochure.lazy_pattern import compile_lazily

STAGES = {
    "spec": "reading the layout",
    "l10n": "reading the copy",
    "fonts": "reading a font",
    "color": "reading a colour profile",
    "images": "reading a picture",
    "typeset": "setting the text",
    "blocks": "setting the text",
    "layout": "laying out the pages",
    "imposition": "imposing the pages",
    "pdf": "making the PDF",
    "pdf_input": "reading a PDF",
    "preflight": "checking a PDF",
    "mailmerge": "reading the table",
    "batch": "building the editions",
}
"""What a package does, by its name."""

MEMORY = "memory ran out while {}"
MEMORY_HINT = "close other programs, raise the limit (ulimit -v), use smaller pictures or --jobs 1"
FILES = "too many open files while {}"
FILES_HINT = "raise the limit (ulimit -n)"
PROCESSES = "no more processes or threads could be started while {}"
PROCESSES_HINT = "raise the limit (ulimit -u), or use --jobs 1"

BY_ERRNO = {
    errno.ENOMEM: (MEMORY, MEMORY_HINT),
    errno.EMFILE: (FILES, FILES_HINT),
    errno.ENFILE: (FILES, FILES_HINT),
    errno.EAGAIN: (PROCESSES, PROCESSES_HINT),
}

LOADER = compile_lazily(
    "failed to map segment|cannot allocate memory|cannot allocate static TLS", re.I
)
LOADER_FILES = compile_lazily("too many open files|cannot open shared object file: Error 24", re.I)
THREADS = compile_lazily("can't start new thread")


def explain_exhaustion(failure: BaseException) -> SystemResourceError | None:
    """Return the error to report if the system lacked a resource; None for any other failure."""
    if isinstance(failure, SystemResourceError):
        return failure
    found = _classify(failure)
    if found is None:
        return None
    message, hint = found
    return SystemResourceError(f"{message.format(_describe_stage(failure))} ({hint})")


def _classify(failure: BaseException) -> tuple[str, str] | None:
    if isinstance(failure, MemoryError):
        return MEMORY, MEMORY_HINT
    if isinstance(failure, OSError) and failure.errno in BY_ERRNO:
        return BY_ERRNO[failure.errno]
    if isinstance(failure, (ImportError, OSError)):
        text = str(failure)
        if LOADER.search(text):
            return MEMORY, MEMORY_HINT
        if LOADER_FILES.search(text):
            return FILES, FILES_HINT
    if isinstance(failure, RuntimeError) and THREADS.search(str(failure)):
        return PROCESSES, PROCESSES_HINT
    return None


def _describe_stage(failure: BaseException) -> str:
    """Return what was done when the resource ran out, by the innermost package of ours that has a stage."""
    if isinstance(failure, ImportError):
        return "loading a library"
    for frame in reversed(traceback.extract_tb(failure.__traceback__)):
        parts = Path(frame.filename).parts[:-1]
        if "brochure" in parts:
            for part in reversed(parts):
                if part in STAGES:
                    return STAGES[part]
    return "starting"


@contextmanager
def needing(purpose: str) -> Iterator[None]:
    """Name what a block needs memory and files for, such as `converting assets/city.jpg`."""
    try:
        yield
    except (MemoryError, OSError, ImportError, RuntimeError) as failure:
        raise_if_exhausted(failure, purpose)
        raise


def raise_if_exhausted(failure: BaseException, purpose: str = "") -> None:
    """Raise `SystemResourceError` if the system lacked a resource; by default, it names the stage of the build."""
    found = _classify(failure)
    if found:
        message, hint = found
        described = message.format(purpose or _describe_stage(failure))
        raise SystemResourceError(f"{described} ({hint})") from failure


def require_memory(size: int) -> None:
    """Raise `MemoryError` if this many bytes cannot be allocated; they are freed at once and never written to."""
    bytearray(size)
