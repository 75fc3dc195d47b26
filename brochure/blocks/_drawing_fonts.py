"""Fonts of texts in SVG drawings: families of the project, by the names that drawing programs write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from brochure.blocks.svg.drawing import SvgFont
from brochure.color.swatch import Paint
from brochure.fast_dataclass import dataclass
from brochure.fonts.catalog import FontCatalog
from brochure.locales import canonical_tag
from brochure.typeset.bidi import is_left_to_right
from brochure.typeset.lines import Line
from brochure.typeset.style import Case, ParagraphStyle, Position, TypeStyle

GENERIC = frozenset(
    ("serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "math", "inherit", "initial",
     "ui-serif", "ui-sans-serif", "ui-monospace", "ui-rounded")
)  # fmt: skip
"""Names that any font answers to: the font of the body text is used."""

WEIGHTS = {
    "thin": 100.0, "extralight": 200.0, "light": 300.0, "regular": 400.0, "medium": 500.0, "semibold": 600.0,
    "bold": 700.0, "extrabold": 800.0, "black": 900.0,
}  # fmt: skip
"""Weights in PostScript names, such as SourceSans3-SemiBoldIt."""

ITALIC = ("italic", "oblique", "it")
RIGHT_TO_LEFT = "ar"
"""The language of right-to-left text in a file that names none."""

HANGING = 0.8
"""Height of the hanging baseline, as a share of the ascent."""


@dataclass(frozen=True, slots=True)
class FontFinder:
    """Finds the fonts for the texts of a drawing. `base` is the style of the body text, `source` the language of the texts."""

    catalog: FontCatalog
    base: ParagraphStyle
    source: str

    def has_own(self, font: SvgFont) -> bool:
        """Return True if the project has a font that the drawing names, or if it names none."""
        return bool(self._find(font)) or not any(map(_is_specific, font.families))

    def type_style(self, font: SvgFont, paint: Paint, scale: float) -> TypeStyle:
        """Return the style of characters; `scale` converts user units to points."""
        family, weight, is_italic = self._find(font) or self._replace(font)
        return replace(
            self.base.type,
            family=family,
            size=font.size * scale,
            weight=font.weight if weight is None else weight,
            width=font.width,
            italic=font.is_italic or is_italic,
            optical_size=None,
            paint=paint,
            tracking=font.spacing / font.size * 1000 if font.size else 0.0,
            language=self.language(font),
            case=_case(font),
            position=Position.NORMAL,
            baseline_shift=font.rise * scale,
            underline=font.is_underlined,
            strikethrough=font.is_struck,
        )

    def language(self, font: SvgFont) -> str:
        """Return the language of a text: the one it declares, or that of the source copy if it has the same direction."""
        language = canonical_tag(font.language) if font.language else self.source
        return RIGHT_TO_LEFT if font.is_right_to_left and is_left_to_right(language) else language

    def _find(self, font: SvgFont) -> tuple[str, float | None, bool] | None:
        """Return the first family that exists, and the weight and slant in its name, if it is a PostScript name."""
        for name in filter(_is_specific, font.families):
            if self.catalog.has_family(name):
                return name, None, False
            family, _, style = name.partition("-")
            if style and self.catalog.has_family(family):
                return family, *_read_style(style, font)
        return None

    def _replace(self, font: SvgFont) -> tuple[str, float | None, bool]:
        """Return the family of the body text, in the weight and slant of a PostScript name."""
        name = next(filter(_is_specific, font.families), "")
        return self.base.type.family, *_read_style(name.partition("-")[2], font)

    def missing(self, fonts: Iterator[SvgFont]) -> Iterator[str]:
        """Yield the first name of each font that the project does not have."""
        for font in dict.fromkeys(fonts):
            if not self.has_own(font):
                yield next(filter(_is_specific, font.families))


def _is_specific(family: str) -> bool:
    return family.casefold() not in GENERIC


def _read_style(style: str, font: SvgFont) -> tuple[float | None, bool]:
    words = style.casefold()
    slant = next((word for word in ITALIC if words.endswith(word)), "")
    weight = WEIGHTS.get(words.removesuffix(slant).strip() or "regular")
    return (weight if font.weight == WEIGHTS["regular"] else None), bool(slant)


def _case(font: SvgFont) -> Case:
    if font.is_small_caps:
        return Case.SMALL_CAPS
    return Case.UPPER if font.is_uppercase else Case.AS_WRITTEN


def find_baseline(name: str, line: Line) -> float:
    """Return how far the baseline of a line is below the line of its letters that a drawing names, in points."""
    if name == "auto" or not line.runs:
        return 0.0
    face, size = line.runs[0].face, line.runs[0].size
    heights = {
        "middle": face.x_height / 2,
        "central": (face.ascent - face.descent) / 2,
        "hanging": face.ascent * HANGING,
        "top": face.ascent,
        "bottom": -face.descent,
    }
    return heights[name] * size
