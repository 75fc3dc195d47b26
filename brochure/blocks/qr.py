"""QR: a code that a telephone's camera reads: an address, most of all.

What it holds is a message, so that each language has its own page, or a fact: `value: home`. A record's field in an address
(`https://example.org/give?to={record_code}`) is percent-encoded there; `value: record_code` holds it as it is. The code is
drawn as outlines, black unless told, and needs a light ground: its quiet zone of four modules belongs to its `size`, and
`ground` paints both. Modules below 0.35 mm are hard to read on paper, and a warning says so. A live address can be clicked
on screen.

Example:
    - qr: give.address
      alt: give.alt
      size: 25 mm
      caption: give.caption
      side: beside
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import Annotated

from brochure.blocks._qr_code import QUIET, Correction, Matrix, matrix, outlines
from brochure.color.swatch import BLACK
from brochure.fast_dataclass import dataclass
from brochure.findings import Severity, Span
from brochure.geometry import MM, Rect
from brochure.l10n.inline_markup import LINK_SCHEMES
from brochure.l10n.record_values import without_isolates
from brochure.model.block_context import BlockContext
from brochure.model.display_list import ARTIFACT, Item, Link, Path, Tag, box
from brochure.model.galley import Galley, Slab, moved
from brochure.spec.constraints import Distance, Extent
from brochure.spec.values import FactName, Length, Message, StyleName, SwatchName
from brochure.typeset.style import Align


class CaptionSide(Enum):
    """Where the caption stands."""

    BELOW = "below"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code."""

    span: Span
    text: Annotated[Message | None, "the message that the code holds"] = None
    value: Annotated[FactName | None, "the fact that it holds, in place of a message"] = None
    alt: Annotated[Message | None, "where it leads, in words; `none` where the caption says it"] = (
        None
    )
    size: Annotated[Extent, "how wide and tall it is, quiet zone included"] = Length(25 * MM)
    correction: Annotated[
        Correction, "how much may be damaged at least: low 7%, medium 15%, quartile 25%, high 30%"
    ] = Correction.MEDIUM
    colour: Annotated[SwatchName | None, "the swatch of its modules; black unless told"] = None
    ground: Annotated[SwatchName | None, "a light swatch behind it; none unless told"] = None
    align: Annotated[Align, "start, centre or end of the column"] = Align.START
    caption: Annotated[Message | None, "words with it"] = None
    side: Annotated[CaptionSide, "where the caption stands: below or beside"] = CaptionSide.BELOW
    gap: Annotated[Distance, "between code and caption"] = Length(lines=0.5)
    style: Annotated[StyleName | None, "the caption's style; `caption` unless told"] = None
    space_before: Annotated[Distance, "above it"] = Length(lines=1)
    space_after: Annotated[Distance, "below it"] = Length(lines=1)


SMALLEST = 0.35
"""The least size of a module in print, in millimetres: what a telephone reads from arm's length, with some gain in hand."""


def galley(block: Qr, context: BlockContext) -> Galley:
    """The code and its caption as one piece."""
    content = _content(block, context)
    if not content:
        return ()
    code = matrix(content, block.correction)
    if code is None:
        what = f"{len(content)} characters are more than a QR code holds"
        context.note("qr-too-long", what, block.span, "shorten the address")
        return ()
    side = context.points(block.size)
    _note_small(block, context, code, side)
    beside = block.caption is not None and block.side is CaptionSide.BESIDE
    spare = max(0.0, context.measure - side)
    x = context.left(Align.START if beside else block.align, spare)
    within = context.within("Div") if block.caption else context
    tag = _figure(block, within, content)
    drawn = _drawn(block, context, code, Rect(x, -side, side, side), tag)
    if content.startswith(LINK_SCHEMES):
        drawn += (Link(Rect(x, -side, side, side), content, tag),)
    quiet = side * QUIET / (len(code) + 2 * QUIET)
    whole = _with_caption(block, within, Slab(context.measure, side, drawn), quiet)
    before, after = context.points(block.space_before), context.points(block.space_after)
    return (replace(whole, space_before=before, space_after=after, span=block.span),)


def _content(block: Qr, context: BlockContext) -> str:
    """What the code holds; nothing where none or both are given, and that is noted."""
    if (block.text is None) is (block.value is None):
        what = "a QR code holds one thing: a message, or the 'value' of a fact"
        context.note("qr-content", what, block.span, "qr: give.address")
        return ""
    if block.value:
        return str(context.edition.facts[block.value.name])
    return without_isolates(context.edition.words(block.text))


def _note_small(block: Qr, context: BlockContext, code: Matrix, side: float) -> None:
    modules = len(code) + 2 * QUIET
    if side < modules * SMALLEST * MM - 1e-6:
        what = f"the modules of this QR code are {side / modules / MM:.2f} mm, below {SMALLEST} mm"
        hint = f"make it {modules * SMALLEST:.1f} mm, or shorten what it holds"
        context.note("qr-small", what, block.span, hint, Severity.WARNING)


def _figure(block: Qr, context: BlockContext, content: str) -> Tag:
    """The code as a figure; as a link where it leads somewhere, which then is said even where no words are given."""
    words = context.edition.words(block.alt)
    if content.startswith(LINK_SCHEMES):
        return context.within("Link").tag("Figure", words or content)
    return context.tag("Figure", words) if block.alt else ARTIFACT


def _drawn(
    block: Qr, context: BlockContext, code: Matrix, place: Rect, tag: Tag
) -> tuple[Item, ...]:
    """The ground, where there is one, and the modules as one path."""
    ground = context.paint(block.ground)
    below = (Path((box(place),), fill=ground, span=block.span),) if ground else ()
    paint = context.paint(block.colour) or BLACK
    return (*below, Path(outlines(code, place), fill=paint, tag=tag, span=block.span))


# The caption


def _with_caption(block: Qr, context: BlockContext, code: Slab, quiet: float) -> Slab:
    if not block.caption:
        return code
    style, gap = context.style(block.style, "caption"), context.points(block.gap)
    if block.side is CaptionSide.BELOW:
        words = context.slab(block.caption, style, "Caption")
        down = code.height + gap
        items = (*code.items, *(moved(item, 0.0, -down) for item in words.items))
        height = down + words.height
        return replace(code, height=height, items=items, baseline=height)
    room = context.measure - code.height - gap
    words = context.narrowed(room).slab(block.caption, style, "Caption")
    return _beside(context, code, words, quiet)


def _beside(context: BlockContext, code: Slab, words: Slab, quiet: float) -> Slab:
    """The caption after the code in the direction of reading; its last line stands on the lowest modules."""
    height = max(code.height, words.height + quiet)
    x = context.measure - words.width if context.edition.left_to_right else 0.0
    items = (
        *(moved(item, 0.0, code.height - height) for item in code.items),
        *(moved(item, x, words.height + quiet - height) for item in words.items),
    )
    return replace(code, height=height, items=items)
