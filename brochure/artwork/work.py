"""What the parts of a conversion share: the file, the objects made, and what is found on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

from brochure.artwork.layers import HiddenLayers
from brochure.artwork.model import ArtworkError, ArtworkTarget
from brochure.artwork.output import LUMINOSITY, ColourOutput
from brochure.artwork.syntax import ObjectList, Ref


class RewriteContent(Protocol):
    """Converts a content stream; returns its operators and resources."""

    def __call__(
        self, work: Work, stream: Any, resources: Any, *, is_coloured: bool
    ) -> tuple[bytes, Mapping[str, Any]]:
        """Convert the stream with its resources, without colours unless `is_coloured`."""


MAX_OPERATORS = 200_000
"""Limit of the operators of a page of artwork."""
MAX_DEPTH = 16
"""How deep forms and patterns may be in each other."""


class Work:
    """A page that is being converted.

    `found` has the findings of the page: the first transparent object, fonts that are not embedded, and its pictures.
    """

    def __init__(
        self, reader: Any, target: ArtworkTarget, *, is_inspected: bool, content: RewriteContent
    ) -> None:
        self.reader = reader
        self.target = target
        self.is_inspected = is_inspected
        self.objects = ObjectList()
        self.output = ColourOutput(target, self.objects)
        self.found = FoundOnPage()
        self.hidden = HiddenLayers(reader)
        self.rewrite = content
        self.depth = 0
        self.kept: list[
            Any
        ] = []  # objects of their own, whose identity must not be that of later ones
        self.made: dict[Any, Ref | None] = {}
        self._operators = [0]

    def for_mask(self) -> Work:
        """Return the conversion of a soft mask of the page, in shades of grey."""
        mask = object.__new__(Work)
        mask.__dict__.update(self.__dict__)
        mask.target = replace(self.target, plate=LUMINOSITY, is_coloured=True)
        mask.output = ColourOutput(mask.target, self.objects)
        mask.made = {}
        return mask

    def count_operator(self) -> None:
        """Count an operator; raise `ArtworkError` if there are too many."""
        self._operators[0] += 1
        if self._operators[0] > MAX_OPERATORS:
            message = f"it has more than {MAX_OPERATORS:,} operators"
            raise ArtworkError(
                f"{message}; flatten or rasterize complex artwork, and export it again"
            )

    def enter(self) -> None:
        """Begin a content stream inside another; raise `ArtworkError` if they are too deep."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ArtworkError(
                f"its forms are in each other more than {MAX_DEPTH} deep, or in a loop; export it again"
            )

    def leave(self) -> None:
        """End a content stream inside another."""
        self.depth -= 1


class FoundOnPage:
    """What was found on a page."""

    def __init__(self) -> None:
        self.transparency = ""
        self.fonts: dict[str, None] = {}
        self.has_colour_pictures = self.has_grey_pictures = self.is_painted = False

    def note_transparency(self, what: str) -> None:
        """Note a transparent object; the first one is kept."""
        self.transparency = self.transparency or what
