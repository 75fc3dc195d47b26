"""Differences between styles: which keys a style has itself, and what it is called."""

from __future__ import annotations

import re

from brochure.idml.type_settings import NEUTRAL, Keys
from brochure.spec.names import slug

REMOVED: Keys = {
    "shading": {"inset": "0 pt"},
    "rule-above": {"thickness": "0 pt"},
    "rule-below": {"thickness": "0 pt"},
    "span": "column",
    "drop-cap": {"lines": 1},
}
"""How a style takes away what it would inherit."""


def difference(keys: Keys, base: Keys) -> Keys:
    """Return the keys that differ; a leading in points is written whenever the size differs, since it would scale with it."""
    changed = {name: value for name, value in keys.items() if base.get(name) != value}
    if "size" in changed and str(keys.get("leading", "")).endswith("pt"):
        changed["leading"] = keys["leading"]
    return {
        name: REMOVED.get(name) if value is None else value
        for name, value in changed.items()
        if value is not None or name in REMOVED
    }


def differs_from_neutral(keys: Keys) -> Keys:
    """Return the keys that the style `body` must have."""
    return {
        name: value
        for name, value in keys.items()
        if NEUTRAL.get(name, "") != value and name != "language"
    }


def without(keys: Keys, name: str) -> Keys:
    """Return all keys but one."""
    return {key: value for key, value in keys.items() if key != name}


def clean(keys: Keys) -> Keys:
    """Return the keys of a character style without those that only say that nothing is special."""
    is_plain = keys.get("weight") == "regular" and keys.get("italic") is False
    drop = (
        set()
        if is_plain
        else {name for name in ("weight", "italic", "width") if keys.get(name) == NEUTRAL[name]}
    )
    if keys.get("width") == "100%":
        drop.add("width")
    return {name: value for name, value in keys.items() if name not in drop and value != ""}


def sign_for(changed: Keys, base: Keys, text: str) -> str:
    """Return the sign of a mark that means exactly this change; empty if there is none."""
    if changed == {"weight": "bold"} and base.get("weight") in ("regular", "light"):
        return "**"
    if changed == {"italic": True}:
        return "*"
    if not re.search(r"\s", text.strip()):
        if changed == {"position": "superscript"}:
            return "^"
        if changed == {"position": "subscript"}:
            return "~"
    return ""


def name_difference(changed: Keys) -> str:
    """Return a name for formatting by hand, of at most three parts."""
    parts: list[str] = []
    if changed.get("font"):
        parts.append(str(changed["font"]))
    if changed.get("weight"):
        parts.append(str(changed["weight"]))
    if changed.get("italic") is not None:
        parts.append("italic" if changed["italic"] else "upright")
    if changed.get("colour"):
        parts.append(str(changed["colour"]))
    if changed.get("size"):
        parts.append(re.sub(r"[^0-9-]", "-", str(changed["size"]).removesuffix(" pt")))
    if changed.get("align"):
        parts.append(str(changed["align"]))
    if not parts:
        parts = [SHORT_NAMES.get(name, name) for name in changed]
    return slug("-".join(parts[:3]), "text") if not parts[0][0].isdigit() else "-".join(parts[:3])


SHORT_NAMES = {
    "space-before": "spaced",
    "space-after": "spaced-below",
    "indent-start": "indented",
    "case": "cased",
    "language": "foreign",
}
