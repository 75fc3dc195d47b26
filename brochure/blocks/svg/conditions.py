"""Conditional processing: `switch`, `systemLanguage` (SVG 2, 5.8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from brochure.blocks.svg.context import element_name

UNKNOWN = frozenset(("foreignObject",))
"""Elements that a `switch` has alternatives for."""


def is_selected(element: Any, language: str) -> bool:
    """Return True if an element is shown in a language: its conditions are true. Without a language, all are shown."""
    if element.get("requiredExtensions"):
        return False
    languages = element.get("systemLanguage")
    return languages is None or any(_matches(one, language) for one in _split(languages))


def choose_child(element: Any, language: str) -> Iterator[Any]:
    """Yield the first child of a `switch` whose conditions are true."""
    for child in element:
        name = element_name(child)
        if name and name not in UNKNOWN and is_selected(child, language):
            yield child
            return


def list_languages(root: Any) -> tuple[str, ...]:
    """Return all languages that a drawing has alternatives for."""
    values = (one.get("systemLanguage") for one in root.iter() if isinstance(one.tag, str))
    return tuple(sorted({tag for value in values if value for tag in _split(value)}))


def _split(value: str) -> Iterator[str]:
    return (part.strip().casefold() for part in value.split(",") if part.strip())


def _matches(condition: str, language: str) -> bool:
    """Return True if a language is the one of a condition, or more specific or less specific than it."""
    own = language.casefold()
    return bool(own) and (
        own == condition or own.startswith(f"{condition}-") or condition.startswith(f"{own}-")
    )
