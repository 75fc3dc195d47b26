"""Custom properties in SVG files: `var(--name, fallback)` (CSS Variables 1)."""

from __future__ import annotations

import re
from typing import Any

from brochure.blocks.svg.errors import refuse

VARIABLE = re.compile(r"var\(\s*+(--[-\w]++)\s*+(?:,((?:[^()]|\([^()]*+\))*+))?\)")
MAX_STEPS = 20
"""Variables that one value may go through."""


def replace_variables(element: Any, name: str, value: str) -> str:
    """Return the value of a property with the values of its variables, as the element or one around it defines them."""
    for _ in range(MAX_STEPS):
        match = VARIABLE.search(value)
        if match is None:
            break
        found = _find(element, match[1])
        if found is None and match[2] is None:
            refuse(element, f"{name} '{value[:40]}': the variable {match[1][:40]} has no value")
        new = match[2] if found is None else found
        value = f"{value[: match.start()]}{new.strip()}{value[match.end() :]}"
    if "var(" in value:
        refuse(element, f"{name} '{value[:40]}' is not supported; write the value itself")
    return value


def _find(element: Any, variable: str) -> str | None:
    """Return the value of a variable; None if it is not defined."""
    for one in (element, *element.iterancestors()):
        for declaration in reversed(one.get("style", "").split(";")):
            name, colon, value = declaration.partition(":")
            if colon and name.strip() == variable:
                return str(value)
    return None
