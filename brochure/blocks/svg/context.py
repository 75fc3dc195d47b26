"""What an element is painted with, and the interface of the converter for the modules that paint parts of a drawing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Protocol

from brochure.blocks.svg.errors import refuse
from brochure.blocks.svg.geometry import Area
from brochure.blocks.svg.painted import Mark
from brochure.blocks.svg.style import Style
from brochure.blocks.svg.values import Scope
from brochure.fast_dataclass import dataclass
from brochure.geometry import Matrix

SVG = "{http://www.w3.org/2000/svg}"

MAX_DEPTH = 20
"""References within references: `use`, patterns, markers, clips."""


@dataclass(frozen=True, slots=True)
class Context:
    """What an element is painted with.

    Args:
        style: The inherited style.
        matrix: From the element's units to working units.
        scope: What relative lengths refer to.
        clip: The clip in working units.
        depth: Number of references that led here.
        outer: The shape that a marker is drawn on, for `context-fill` and `context-stroke`.
    """

    style: Style
    matrix: Matrix
    scope: Scope
    clip: Area | None = None
    depth: int = 0
    outer: Context | None = None

    def refer(self, element: Any) -> Context:
        """Return the context inside a reference.

        Raises:
            SvgError: References are nested too deeply, probably without end.
        """
        if self.depth >= MAX_DEPTH:
            refuse(element, "references lead to each other, or are nested too deeply")
        return replace(self, depth=self.depth + 1)


class Painter(Protocol):
    """The converter of a file."""

    @property
    def root_matrix(self) -> Matrix:
        """The matrix from units of the root's viewport to working units."""

    def paint(self, element: Any, context: Context) -> Iterator[Mark]:
        """Yield what an element paints, from back to front."""

    def find(self, identity: str, *names: str) -> Any:
        """Return the element with an id; None if there is none, or if its name is not one of these."""

    def count(self, element: Any, number: int = 1) -> None:
        """Count what is painted; SvgError if it is too much."""


def element_name(element: Any) -> str:
    """Return the name of an element of SVG; empty for comments and for data of drawing programs."""
    tag = element.tag
    return tag.removeprefix(SVG) if isinstance(tag, str) and tag.startswith(SVG) else ""
