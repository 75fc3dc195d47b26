"""Heavy drawings, made plain in a process of their own.

Takes an SVG file's bytes; gives its `SvgDrawing`, or a `SvgError`. What cuts strokes, clips and overlaps to plain outlines
can take for ever on a few lines of hostile SVG and cannot be interrupted; so whatever is not evidently light work is given to
a process with a few seconds, and only its answer comes back.
"""

from __future__ import annotations

import re

from brochure.blocks.svg.complexity import SvgError
from brochure.blocks.svg.drawing import SvgDrawing, check_safe, convert_svg
from brochure.blocks.svg.serialized import deserialize, serialize
from brochure.system.subprocesses import CPU_SECONDS, answer, run_module

LIGHT = 1500
"""Bytes of a drawing that may be light work: a logo's few outlines."""
MAX_MOVES = 20
"""Contours of light work, at most: as many elements, and as many letters m or M."""
HEAVY = re.compile(rb"stroke|clip|use|evenodd|&|\0|[^\x00-\x7f]")
"""What asks for work that grows faster than the file, and what could hide it."""

REFUSED = b"refused: "


def convert_isolated(data: bytes) -> SvgDrawing:
    """The drawing in an SVG file, within limits; DrawingError where it is none, or too much work."""
    check_safe(data)
    if _light(data):
        return convert_svg(data)
    said = run_module("brochure.blocks.svg.isolated", data)
    if said is None:
        message = f"making it plain takes more than {CPU_SECONDS} s or too much memory: simplify its paths"
        raise SvgError(message)
    if said.startswith(REFUSED):
        raise SvgError(said.removeprefix(REFUSED).decode())
    return deserialize(said)


def _light(data: bytes) -> bool:
    moves = max(data.count(b"<"), data.count(b"m") + data.count(b"M"))
    return len(data) <= LIGHT and moves <= MAX_MOVES and not HEAVY.search(data)


def _answer(data: bytes) -> bytes:
    try:
        return serialize(convert_svg(data))
    except SvgError as failure:
        return REFUSED + str(failure).encode()


if __name__ == "__main__":
    answer(_answer)
