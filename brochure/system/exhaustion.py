"""Errors of a system that has no more memory, open files or processes, as `SystemResourceError`.

Such failures are raised by any code, as `MemoryError`, `OSError`, `ImportError` or `SystemError`. `explain_exhaustion` recognizes
them and describes what needed the resource: what `needing` names, or the stage of the build that failed.
"""

from __future__ import annotations

import errno
import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from brochure.errors import ExitCode, SystemResourceError

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
LOADING = "loading a library"

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

NO_MEMORY = (  # no regular expressions: compiling them takes memory
    "failed to map segment",
    "cannot map zero-fill",
    "cannot allocate",
    "cannot change memory protections",
    "cannot create shared object descriptor",
    "cannot create scope list",
    "cannot create search path array",
    "out of memory",
)
"""Parts of the errors of the C library's loader if it gets no memory, in lower case."""
NO_FILES = ("too many open files", "cannot open shared object file: error 24")
NO_THREADS = "can't start new thread"
NO_EXCEPTION = ("without exception set", "without setting an exception")
"""Parts of SystemErrors that CPython raises if there was no memory for the exception, or if an extension module has a bug."""

THREAD_MEMORY = 16 << 20
"""Bytes that are free before a thread is started: the stack is 8 MB by default."""
_RESERVE = [bytearray(4 << 20)]
"""Memory that is freed for the description of an error, as there may be no other. Nothing is written to it.

CPython takes memory from the system in pieces of 1 MB.
"""


def explain_unexpected(failure: BaseException) -> tuple[str, ExitCode]:
    """Return the message and the exit status for an exception that no code expected."""
    exhausted = explain_exhaustion(failure)
    if exhausted:
        return str(exhausted), exhausted.exit_status
    *_, (file, line) = _trace(failure)
    described = f"{type(failure).__name__}: {failure} ({Path(file).name}:{line})"
    return f"internal error: {described}; please report it", ExitCode.INTERNAL_ERROR


def explain_exhaustion(failure: BaseException) -> SystemResourceError | None:
    """Return the error to report if the system lacked a resource; None for any other failure."""
    _RESERVE.clear()
    for cause in _list_causes(failure):
        if isinstance(cause, SystemResourceError):
            return cause
        found = _classify(cause)
        if found:
            message, hint = found
            return SystemResourceError(f"{message.format(_describe_stage(cause))} ({hint})")
    return None


def _list_causes(failure: BaseException) -> list[BaseException]:
    """Return an exception and those that led to it, as they are shown in a traceback, the last first."""
    causes: list[BaseException] = []
    cause: BaseException | None = failure
    while cause is not None and cause not in causes:
        causes.append(cause)
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return causes


def _classify(failure: BaseException) -> tuple[str, str] | None:
    if isinstance(failure, OSError) and failure.errno in BY_ERRNO:
        return BY_ERRNO[failure.errno]
    text = str(failure).lower()
    if isinstance(failure, RuntimeError) and NO_THREADS in text:
        # The C library reserves 8 MB for the stack of a thread.
        return (MEMORY, MEMORY_HINT) if is_memory_limited() else (PROCESSES, PROCESSES_HINT)
    if isinstance(failure, (ImportError, OSError)) and any(part in text for part in NO_FILES):
        return FILES, FILES_HINT
    is_certain = not isinstance(failure, SystemError) or is_memory_limited()
    return (MEMORY, MEMORY_HINT) if is_certain and shows_lack_of_memory(failure) else None


def shows_lack_of_memory(failure: BaseException) -> bool:
    """Return whether the type and the text of an exception are those of one without memory."""
    text = str(failure).lower()
    match failure:
        case MemoryError():
            return True
        case ImportError() | OSError():
            return any(part in text for part in NO_MEMORY)
        case SystemError():
            return any(part in text for part in NO_EXCEPTION)
    return False


def is_memory_limited(data: float = math.inf, address_space: float = math.inf) -> bool:
    """Return whether the system allows this process less than so many bytes; by default, whether it has any limit."""
    try:
        # Imported here: not available on Windows.
        import resource
    except ModuleNotFoundError:
        return False
    except (ImportError, MemoryError, SystemError):  # it could not be loaded for lack of memory
        return True
    for kind, needed in ((resource.RLIMIT_DATA, data), (resource.RLIMIT_AS, address_space)):
        allowed, _ = resource.getrlimit(kind)
        if allowed != resource.RLIM_INFINITY and allowed < needed:
            return True
    return False


def _describe_stage(failure: BaseException) -> str:
    """Return what was done when the resource ran out, by the innermost package of ours that has a stage."""
    if isinstance(failure, ImportError):
        return LOADING
    for file, _ in reversed(list(_trace(failure))):
        if file.startswith("<frozen importlib"):
            return LOADING
        parts = Path(file).parts[:-1]
        if "brochure" in parts:
            for part in reversed(parts):
                if part in STAGES:
                    return STAGES[part]
    return "starting"


def _trace(failure: BaseException) -> Iterator[tuple[str, int]]:
    """Yield the file and the line of each frame, the innermost last; as `traceback`, but without reading source code."""
    yield "", 0  # an exception that was not raised has no frames
    trace = failure.__traceback__
    while trace is not None:
        yield trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next


@contextmanager
def needing(purpose: str) -> Iterator[None]:
    """Name what a block needs memory and files for, such as `converting assets/city.jpg`."""
    try:
        yield
    except (MemoryError, OSError, ImportError, RuntimeError, SystemError) as failure:
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
    """Raise `MemoryError` if this process cannot get so many bytes of memory; they are given back at once.

    They are mapped, not allocated: that would make the C library keep freed blocks of up to this size.
    """
    # Imported here: needed before a thread starts, and after failures.
    import mmap

    # Limits do not count memory that processes can share; Windows has other parameters.
    private = {"flags": mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS} if os.name == "posix" else {}
    try:
        mmap.mmap(-1, size, **private).close()
    except OSError:
        raise MemoryError from None


def require_thread() -> None:
    """Raise `MemoryError` if a new thread may not get the memory for its stack and its first objects.

    CPython waits without end for a thread that runs out of memory while it starts.
    """
    require_memory(THREAD_MEMORY)
