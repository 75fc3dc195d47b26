"""Paragraph styles from the fonts, sizes, colours and line distances of blocks of text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field

from brochure.compare.contents import TextFlow, TextLine, TypeLook
from brochure.fast_dataclass import dataclass
from brochure.idml.font_styles import read_font_style
from brochure.pdf_import.colours import PAPER
from brochure.spec.names import NamePool
from brochure.spec.yaml_text import Commented

Keys = dict[str, object]

ALIGNED = 0.15
"""Distance of edges, in em, up to which lines are aligned."""


DROP_CAP = 1.8
"""By how much a letter is larger than its line if it is a drop cap or a number beside it."""


@dataclass(frozen=True, slots=True)
class BlockStyle:
    """What the blocks of one style have in common; sizes and leading are in points."""

    font: str
    size: float
    colour: str
    leading: float
    align: str
    is_hyphenated: bool


def read_block_style(flow: TextFlow) -> BlockStyle:
    """Return the style of a block: that of most of its letters."""
    counts: Counter[TypeLook] = Counter()
    for line in flow.lines:
        for look in line.looks:
            counts[look] += len(line.text)
    look = _main_look(counts)
    size = round(look.size * 20) / 20 or 1.0
    gaps = [
        above.baseline - line.baseline
        for above, line in zip(flow.lines, flow.lines[1:], strict=False)
    ]
    positive = sorted(gap for gap in gaps if gap > 0.5 * size)
    leading = round(positive[len(positive) // 2] * 20) / 20 if positive else 0.0
    hyphenated = any(line.hyphenated for line in flow.lines)
    return BlockStyle(
        look.font, size, look.colour, leading, _find_alignment(flow.lines, size), hyphenated
    )


def _main_look(counts: Counter[TypeLook]) -> TypeLook:
    """Return the look of most letters; of several in one line the larger, if the smaller is not that beside a drop cap."""
    if not counts:
        return TypeLook("", 10.0, "")
    most = max(counts.values())
    candidates = sorted(look for look, count in counts.items() if count == most)
    smallest = min(candidates, key=lambda look: look.size)
    largest = max(candidates, key=lambda look: look.size)
    return smallest if largest.size > DROP_CAP * smallest.size else largest


def _find_alignment(lines: Sequence[TextLine], size: float) -> str:
    """Return how lines are aligned; `start` if they could be aligned in several ways."""
    if len(lines) < 2:
        return "start"
    near = ALIGNED * size
    lefts, rights = [line.rect.x for line in lines], [line.rect.right for line in lines]
    centres = [line.rect.centre.x for line in lines]
    if _spread(lefts) <= near:
        is_justified = len(lines) > 3 and _spread(rights[:-1]) <= near
        return "justify" if is_justified else "start"
    if _spread(rights) <= near:
        return "end"
    return "centre" if _spread(centres) <= near else "start"


def _spread(values: Sequence[float]) -> float:
    return max(values) - min(values)


@dataclass(frozen=True)
class SketchStyles:
    """The paragraph styles of a sketch; `colour` returns the swatch of a colour in words, and `has_font` knows the families."""

    colour: Callable[[str], str | None]
    has_font: Callable[[str], bool]
    names: NamePool = field(default_factory=NamePool)
    known: dict[BlockStyle, str] = field(default_factory=dict)
    written: dict[str, object] = field(default_factory=dict)
    full: dict[str, Keys] = field(default_factory=dict)
    missing: dict[str, None] = field(default_factory=dict)

    def add_all(self, flows: Sequence[TextFlow]) -> None:
        """Add the styles of all blocks; the one with most letters is `body`."""
        letters: Counter[BlockStyle] = Counter()
        for flow in flows:
            letters[read_block_style(flow)] += len(flow.text)
        for at, (style, _) in enumerate(letters.most_common()):
            name = self.names.claim("body" if at == 0 else _name_style(style))
            self.known[style] = name
            self.full[name] = self._keys(style)
            self.written[name] = self._with_font(style, self.full[name])

    def _keys(self, style: BlockStyle) -> Keys:
        leading = f"{style.leading:g} pt" if style.leading else "1.2 em"
        found: Keys = {"size": f"{style.size:g} pt", "leading": leading, "align": style.align}
        colour = "paper" if style.colour in PAPER else self.colour(style.colour)
        if colour and colour != "black":
            found["colour"] = colour
        found["hyphenation"] = style.is_hyphenated
        return found

    def _with_font(self, style: BlockStyle, keys: Keys) -> object:
        family, shape = split_font_name(style.font)
        found = {**keys, **{name: value for name, value in shape.items() if value not in PLAIN}}
        if family and self.has_font(family):
            return {"font": family, **found}
        if not style.font:
            return found
        self.missing[style.font] = None
        return Commented(found, f"font: {style.font} (in the PDF)")


PLAIN = ("regular", False, "100%")
"""Values of weight, slope and width that need not be written."""


def split_font_name(name: str) -> tuple[str, Keys]:
    """Return the family of a PDF's font name, such as `OpenSans-LightItalic`, and its weight, slope and width."""
    plain = re.sub(r"^[A-Z]{6}\+", "", name)
    family, _, style = plain.partition("-") if "-" in plain else plain.partition(",")
    family = re.sub(r"(?:PSMT|PS|MT)$", "", family)
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z0-9])", " ", family)
    return spaced, dict(read_font_style(style))


def _name_style(style: BlockStyle) -> str:
    _, shape = split_font_name(style.font)
    words = ["text", f"{style.size:g}".replace(".", "-")]
    if shape["weight"] not in PLAIN:
        words.append(str(shape["weight"]))
    if shape["italic"]:
        words.append("italic")
    return "-".join(words)


def divide_paragraphs(flow: TextFlow, leading: float) -> Iterator[str]:
    """Yield the paragraphs of a block: one ends where the next line is further away than the others."""
    text = ""
    above: TextLine | None = None
    for line in flow.lines:
        if above and leading and above.baseline - line.baseline > 1.3 * leading:
            yield text.strip()
            text = ""
        text += line.text + ("" if line.hyphenated else " ")
        above = line
    if text.strip():
        yield text.strip()
