"""Limits on what reading a PDF of another program may take.

A small file can unpack to gigabytes, or keep a reader busy for hours. Large files get more time and memory, since they may need
it; a file of less than a megabyte is read or refused within 10 seconds and 500 MB.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from brochure.errors import BrochureError
from brochure.system.call_limits import CallLimits, LimitedCall
from brochure.system.exhaustion import needing
from brochure.system.limited_calls import LimitExceededError, call_limited

P = ParamSpec("P")
Result = TypeVar("Result")

SECONDS, SECONDS_PER_MEGABYTE = 5, 4
"""Processor time, in seconds: for every file, and for each megabyte of it. Ghostscript has as much again."""
MEMORY, MEMORY_PER_BYTE = 430_000_000, 16
"""Memory in bytes: for every file, and for each byte of it."""
MEGABYTE = 1_000_000


def limits_for(data: bytes) -> CallLimits:
    """Return the limits for a file."""
    seconds = SECONDS + SECONDS_PER_MEGABYTE * (len(data) // MEGABYTE)
    return CallLimits(seconds, MEMORY + MEMORY_PER_BYTE * len(data))


def plan_reading(data: bytes, function: Callable[..., Any], *args: Any) -> LimitedCall:
    """Return the call that `read_limited` makes with these arguments."""
    return LimitedCall(limits_for(data), function, args)


def read_limited(
    data: bytes, label: str, function: Callable[P, Result], *args: P.args, **kwargs: P.kwargs
) -> Result:
    """Call a function that reads a PDF, within limits for a file of this size.

    Args:
        data: The file.
        label: The name of the file, for messages.
        function: A function of a module; called in another process.
        *args: Its positional arguments.
        **kwargs: Its keyword arguments.

    Raises:
        SystemResourceError: The system has less memory than the limits allow.
        BrochureError: The file takes too much time or memory; or as raised by the function.
    """
    limits = limits_for(data)
    try:
        with needing(f"reading {label}"):
            return call_limited(limits, function, *args, **kwargs)
    except LimitExceededError as failure:
        most = (
            f"{limits.seconds} s"
            if failure.resource == "time"
            else f"{limits.memory // MEGABYTE} MB"
        )
        message = f"{label}: reading it takes more {failure.resource} than allowed ({most})"
        hint = "flatten or rasterize complex artwork, or split the file, and export it again"
        raise BrochureError(f"{message}; {hint}") from None
