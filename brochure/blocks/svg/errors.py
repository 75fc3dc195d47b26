"""Errors about SVG files."""

from __future__ import annotations

from typing import Any, NoReturn


class SvgError(ValueError):
    """An SVG file that cannot be used; the message says why. `element` is the element of the parsed file that it is about."""

    def __init__(self, message: str, element: Any = None) -> None:
        super().__init__(message)
        self.element = element


def refuse(element: Any, reason: str) -> NoReturn:
    """Raise SvgError about an element of a parsed file; about the whole drawing if it is None."""
    if element is None:
        raise SvgError(reason)
    name = element.tag.rpartition("}")[2]
    identity = f" '{element.get('id')}'" if element.get("id") else ""
    raise SvgError(f"<{name}>{identity}: {reason}", element)


def locate(element: Any, root: Any, data: bytes) -> str:
    """Return the place of an element in its file, as words; the tree itself does not know columns."""
    # Imported here: drawings that can be used have no errors to locate.
    from brochure.system.xml_safety import check_xml

    number = next(at for at, one in enumerate(root.iter()) if one is element)
    places: list[tuple[int, int]] = []
    check_xml(
        data, lambda _name, _attributes, line, column: places.append((line, column)), doctype=True
    )
    line, column = places[number]
    return f"line {line}, column {column}"
