"""Optional content (ISO 32000-1, 8.11): what is on layers that are switched off is left out."""

from __future__ import annotations

from typing import Any

from brochure.pdf_input.values import get, get_array, get_text


class HiddenLayers:
    """The layers of a file that are hidden in its default configuration."""

    def __init__(self, reader: Any) -> None:
        properties = get(reader.root_object, "/OCProperties")
        configuration = get(properties, "/D")
        on = {id(one) for one in get_array(configuration, "/ON")}
        self._off = {id(one) for one in get_array(configuration, "/OFF")}
        if get_text(configuration, "/BaseState") == "/OFF":
            self._off |= {id(one) for one in get_array(properties, "/OCGs")} - on

    def is_hidden(self, group: Any) -> bool:
        """Return True if a layer, or all that a membership dictionary needs, is hidden; `group` is resolved."""
        if not self._off or not isinstance(group, dict):
            return False
        if get_text(group, "/Type") != "/OCMD":
            return id(group) in self._off
        members = get_array(group, "/OCGs") or [get(group, "/OCGs")]
        hidden = [id(one) in self._off for one in members if isinstance(one, dict)]
        policy = get_text(group, "/P") or "/AnyOn"
        visible = {
            "/AllOn": not any(hidden),
            "/AnyOff": any(hidden),
            "/AllOff": all(hidden),
        }.get(policy, not all(hidden))
        return bool(hidden) and not visible
