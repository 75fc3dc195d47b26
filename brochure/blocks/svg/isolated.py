"""Conversion of complex SVG drawings in a separate process with limits on time and memory.

Converting strokes, clips and overlaps to outlines can take very long for a few lines of hostile SVG and cannot be
interrupted. Only drawings that are clearly simple are converted in this process.
"""

from __future__ import annotations

import re

from brochure.blocks.svg.conversion import convert_svg
from brochure.blocks.svg.drawing import SvgDrawing
from brochure.blocks.svg.errors import SvgError
from brochure.blocks.svg.safety import check_safe
from brochure.blocks.svg.serialized import deserialize, serialize
from brochure.system.call_limits import CallLimits, LimitedCall
from brochure.system.limited_calls import LimitExceededError, call_limited

MAX_SIMPLE_BYTES = 1500
"""Maximum size of a simple drawing, such as a logo."""
MAX_MOVES = 20
"""Maximum number of contours of a simple drawing, counted by elements and by letters m or M."""
COMPLEX = re.compile(rb"stroke|clip|use|evenodd|opacity|marker|pattern|[<:]style|&|\0|[^\x00-\x7f]")
"""Features whose cost grows faster than the file, and what could hide them."""

LIMITS = CallLimits(seconds=4, memory=450_000_000)
"""Limits of a conversion."""

PRELOADED = ("lxml.etree", "picosvg.svg_types", "picosvg.svg_pathops", "pathops")
"""Modules that conversions import late."""

REFUSED = b"refused: "


def convert_isolated(data: bytes, opacity: float = 1.0, language: str = "") -> SvgDrawing:
    """Convert an SVG file within limits of time and memory; see `convert_svg`.

    Raises:
        SvgError: The file is not a valid SVG, cannot be printed or exceeds the limits.
        MemoryError: The system allows less memory than the limits.
        OSError: The system cannot start a process.
    """
    check_safe(data)
    if _is_simple(data, opacity):
        return convert_svg(data, language=language)
    try:
        result = call_limited(LIMITS, _convert, data, opacity, language)
    except (LimitExceededError, RuntimeError):
        message = f"converting it takes more than {LIMITS.seconds} s or too much memory; simplify its paths"
        raise SvgError(message) from None
    if result.startswith(REFUSED):
        raise SvgError(result.removeprefix(REFUSED).decode())
    return deserialize(result)


def plan_conversion(data: bytes, opacity: float, language: str) -> LimitedCall | None:
    """Return the call that `convert_isolated` makes for a file; None if it makes none."""
    try:
        check_safe(data)
    except SvgError:  # converting it reports the reason
        return None
    is_simple = _is_simple(data, opacity)
    return None if is_simple else LimitedCall(LIMITS, _convert, (data, opacity, language))


def _is_simple(data: bytes, opacity: float) -> bool:
    if opacity < 1 or len(data) > MAX_SIMPLE_BYTES:
        return False
    moves = max(data.count(b"<"), data.count(b"m") + data.count(b"M"))
    return moves <= MAX_MOVES and not COMPLEX.search(data)


def _convert(data: bytes, opacity: float, language: str) -> bytes:
    try:
        return serialize(convert_svg(data, opacity, language))
    except SvgError as failure:
        return REFUSED + str(failure).encode()
