"""Check SVG files before they are read: their size, external references, and elements that cannot be printed."""

from __future__ import annotations

import re
from collections.abc import Mapping

from brochure.blocks.svg.errors import SvgError
from brochure.system.xml_safety import XmlProblem, check_xml

MAX_BYTES = 3_000_000
UNSUPPORTED = {
    "script": "scripts are not supported",
    "image": "bitmap images are not supported",
    "include": "other files are not supported",
    "animate": "animations are not supported",
    "animateTransform": "animations are not supported",
    "animateMotion": "animations are not supported",
    "set": "animations are not supported",
}
REFERENCE_ATTRIBUTES = ("href", "src", "base")
URL = re.compile(r"url\(\s*[\"']?\s*(?!#)([^)\"']{0,80})")


def check_safe(data: bytes) -> None:
    """Check size and content of an SVG file.

    Raises:
        SvgError: The file is too large, has external references or contains something that cannot be printed.
    """
    if len(data) > MAX_BYTES:
        raise SvgError(f"it has more than {MAX_BYTES:,} bytes; simplify it")
    try:
        check_xml(data, _check_element, doctype=True)
    except XmlProblem as problem:
        column = f", column {problem.column}" if problem.column else ""
        raise SvgError(f"{problem} (line {problem.line}{column})") from None


def _check_element(name: str, attributes: Mapping[str, str], line: int, column: int) -> None:
    """Raise XmlProblem if an element has external references or cannot be printed."""
    for key, value in attributes.items():
        bare = key.rpartition(":")[2]
        if bare.startswith("on"):
            what = f"it contains a script in '{key}'; scripts are not supported"
            raise XmlProblem("script", what, line, column)
        is_external = bare in REFERENCE_ATTRIBUTES and not value.strip().startswith("#")
        external = value if is_external else _url(value)
        if external is not None:
            what = f"it refers to the external resource '{external[:80]}'"
            raise XmlProblem("outside", what, line, column)
    if name in UNSUPPORTED:
        raise XmlProblem("refused", f"<{name}>: {UNSUPPORTED[name]}", line, column)


def _url(value: str) -> str | None:
    """Return the external target of a `url(…)` value, or None."""
    match = URL.search(value)
    return match[1] if match else None
