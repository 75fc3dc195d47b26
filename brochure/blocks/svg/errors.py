"""Errors about SVG files."""

from __future__ import annotations

from typing import Any, NoReturn


class SvgError(ValueError):
    """An SVG file that cannot be used; the message says why."""


def refuse(element: Any, reason: str) -> NoReturn:
    """Raise SvgError about an element of a parsed file, with its line and name; about the whole drawing if it is None."""
    if element is None:
        raise SvgError(reason)
    name = element.tag.rpartition("}")[2]
    identity = f" '{element.get('id')}'" if element.get("id") else ""
    raise SvgError(f"line {element.sourceline}: <{name}>{identity}: {reason}")
