"""What an image block and its drawing know of each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.geometry import Rect
from brochure.model.display_list import Item, Outline, Tag
from brochure.project import Project
from brochure.spec.values import Message

Draw = Callable[[Rect, tuple[Outline, ...], Tag], tuple[Item, ...]]
"""Draw the whole artwork into a rectangle, clipped to outlines; none if all of it is visible."""

Labels = Mapping[str, Message]
"""Messages by the id of a text element, or by its text."""


@dataclass(frozen=True, slots=True)
class DrawingSource:
    """An SVG file of a project, its place in the layout, and the messages for its texts."""

    file: str
    project: Project
    span: Span
    labels: Labels

    @property
    def name(self) -> str:
        """The name of the file in findings."""
        return self.project.label(self.file)


@dataclass(frozen=True, slots=True)
class FoundDrawing:
    """A drawing with its width and height, of which only the proportion counts."""

    size: tuple[float, float]
    draw: Draw
