"""Write the layout and the copy of a project as YAML, in an order in which a person would write them."""

from __future__ import annotations

from collections.abc import Mapping

from brochure.geometry import MM
from brochure.idml.copy_blocks import NOTES
from brochure.idml.type_settings import Keys
from brochure.spec.lengths import SIZES
from brochure.spec.yaml_text import write_yaml

SECTIONS = (
    "brochure",
    "title",
    "size",
    "source-language",
    "bleed",
    "slug",
    "press",
    "binding",
    "first-page",
    "variables",
    "swatches",
    "grid",
    "paragraph-styles",
    "character-styles",
    NOTES,
    "masters",
    "stories",
    "pages",
)
"""The order of the layout's sections."""


def write_size(width: float, height: float) -> str:
    """Return the name of a standard size, or width and height."""
    for name, (across, down) in SIZES.items():
        for suffix, pair in (("", (across, down)), (" landscape", (down, across))):
            if abs(pair[0] * MM - width) < 0.2 and abs(pair[1] * MM - height) < 0.2:
                return f"{name}{suffix}"
    return f"{round(width / MM, 2):g} x {round(height / MM, 2):g} mm"


def write_layout(layout: Keys, name: str) -> str:
    """Return the layout as YAML, without empty sections; `name` is the IDML file."""
    head = (
        "# yaml-language-server: $schema=brochure.schema.json\n"
        f"# Imported from {name}. import-report.html shows what was not taken.\n\n"
    )
    order = [key for key in SECTIONS if layout.get(key) not in ({}, None)]
    return head + write_yaml({key: layout[key] for key in order})


def _with_notes(messages: Mapping[str, str]) -> Keys:
    """Return the messages of a section, with its notes as a group."""
    prefix = f"{NOTES}."
    notes = {
        key.removeprefix(prefix): text for key, text in messages.items() if key.startswith(prefix)
    }
    found: Keys = {key: text for key, text in messages.items() if not key.startswith(prefix)}
    return found | ({NOTES: notes} if notes else {})


def write_copy(copy: Mapping[str, Mapping[str, str]], name: str) -> str:
    """Return the messages of the copy as YAML, by section; `name` is the IDML file."""
    sections: Keys = {section: _with_notes(messages) for section, messages in copy.items()}
    return (
        f"# The text of {name}. Marks: **strong**, *emphasis*, [words]{{.style}}.\n\n"
        + write_yaml(sections)
    )
