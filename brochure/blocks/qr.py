"""QR: a QR code with an optional caption.

The content is a message, so each language can link to its own page, or a variable: `value: home`. A mail-merge field in a
web address (`https://example.org/give?to={record_code}`) is percent-encoded; `value: record_code` uses the field unchanged.
The code holds the message's own characters, without markup and smart punctuation. Write a vCard or the data of a Wi-Fi network
after `|`, which keeps the lines. Text that is not ASCII is encoded as UTF-8, and the code says so (ECI).

The code is drawn as outlines, in black by default, and needs a light background: `size` includes the quiet zone of four
modules, and `ground` fills both. Modules below 0.35 mm are hard to scan in print and cause a warning. A web address is also a
clickable link in the PDF.

Example:
    - qr: give.address
      alt: give.alt
      size: 25 mm
      caption: give.caption
      side: beside
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from enum import Enum
from typing import Annotated

from brochure.blocks._qr_code import QUIET_ZONE, Correction, Matrix, encode_qr, trace_modules
from brochure.color.swatch import BLACK
from brochure.fast_dataclass import dataclass
from brochure.findings import Severity, Span
from brochure.geometry import MM, Rect
from brochure.l10n.inline_markup import LINK_SCHEMES
from brochure.l10n.number_format import write_plain
from brochure.l10n.uri import ascii_uri
from brochure.model.block_context import BlockContext
from brochure.model.display_list import ARTIFACT, Item, Link, Path, Tag, outline_rect
from brochure.model.galley import Galley, GalleyBox, move_item
from brochure.spec.constraints import Distance, Extent
from brochure.spec.values import FactName, Length, LiteralMessage, Message, StyleName, SwatchName
from brochure.typeset.style import Align


class CaptionSide(Enum):
    """Position of the caption."""

    BELOW = "below"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code."""

    span: Span
    text: Annotated[LiteralMessage | None, "message with the content of the code"] = None
    value: Annotated[FactName | None, "variable with the content, instead of a message"] = None
    alt: Annotated[
        Message | None, "alternative text: where the code leads; `none` if the caption says it"
    ] = None
    size: Annotated[Extent, "width and height, including the quiet zone"] = Length(25 * MM)
    correction: Annotated[
        Correction,
        "minimum error correction: low (7% may be damaged), medium (15%), quartile (25%) or high (30%)",
    ] = Correction.MEDIUM
    colour: Annotated[SwatchName | None, "swatch of the modules (default: black)"] = None
    ground: Annotated[SwatchName | None, "light swatch behind the code (default: none)"] = None
    align: Annotated[Align, "position in the column: start, centre or end"] = Align.START
    caption: Annotated[Message | None, "caption"] = None
    side: Annotated[CaptionSide, "position of the caption: below or beside the code"] = (
        CaptionSide.BELOW
    )
    gap: Annotated[Distance, "space between code and caption"] = Length(lines=0.5)
    style: Annotated[StyleName | None, "paragraph style of the caption (default: `caption`)"] = None
    space_before: Annotated[Distance, "space above"] = Length(lines=1)
    space_after: Annotated[Distance, "space below"] = Length(lines=1)


MIN_MODULE = 0.35
"""Minimum size of a printed module in millimetres, readable by a phone at arm's length with some dot gain."""


def galley(block: Qr, context: BlockContext) -> Galley:
    """Typeset code and caption as one box."""
    content = _content(block, context)
    if not content:
        return ()
    code = encode_qr(content, block.correction)
    if code is None:
        what = f"a QR code cannot hold {len(content)} characters"
        context.note("qr-too-long", what, block.span, "shorten the content")
        return ()
    side = context.points(block.size)
    _note_small(block, context, code, side)
    beside = block.caption is not None and block.side is CaptionSide.BESIDE
    spare = max(0.0, context.measure - side)
    x = context.left(Align.START if beside else block.align, spare)
    within = context.within("Div") if block.caption else context
    tag = _figure(block, within, content)
    items = _draw(block, context, code, Rect(x, -side, side, side), tag)
    target = _target(content)
    if target:
        items += (Link(Rect(x, -side, side, side), target, tag),)
    quiet = side * QUIET_ZONE / (len(code) + 2 * QUIET_ZONE)
    box = _with_caption(block, within, GalleyBox(context.measure, side, items), quiet)
    before, after = context.points(block.space_before), context.points(block.space_after)
    return (replace(box, space_before=before, space_after=after, span=block.span),)


def _content(block: Qr, context: BlockContext) -> str:
    """Return the content of the code; report a finding and return an empty string if it is missing or given twice."""
    if (block.text is None) is (block.value is None):
        what = "a QR code needs exactly one content: a message or the 'value' of a variable"
        context.note("qr-content", what, block.span, "qr: give.address")
        return ""
    if block.value:
        return write_plain(context.edition.facts[block.value.name])
    return context.edition.story(block.text).literal if block.text else ""


def _target(content: str) -> str:
    """Return the link target of a web address; empty for other content and for a host name that is not valid."""
    is_link = content.startswith(LINK_SCHEMES) and not re.search(r"\s", content)
    try:
        return ascii_uri(content) if is_link else ""
    except ValueError:
        return ""


def _note_small(block: Qr, context: BlockContext, code: Matrix, side: float) -> None:
    modules = len(code) + 2 * QUIET_ZONE
    if side < modules * MIN_MODULE * MM - 1e-6:
        what = f"QR code modules are {side / modules / MM:.3f} mm, minimum {MIN_MODULE} mm"
        size = math.ceil(modules * MIN_MODULE * 10 - 1e-6) / 10
        hint = f"set size: {size:g} mm, or shorten the content"
        context.note("qr-small", what, block.span, hint, Severity.WARNING)


def _figure(block: Qr, context: BlockContext, content: str) -> Tag:
    """Return the tag of the code: a figure, within a link for a web address, which is then the fallback alternative text."""
    words = context.edition.words(block.alt)
    if _target(content):
        return context.within("Link").tag("Figure", words or content)
    return context.tag("Figure", words) if block.alt else ARTIFACT


def _draw(
    block: Qr, context: BlockContext, code: Matrix, place: Rect, tag: Tag
) -> tuple[Item, ...]:
    """Draw the background, if any, and the modules as one path."""
    ground = context.paint(block.ground)
    below = (Path((outline_rect(place),), fill=ground, span=block.span),) if ground else ()
    paint = context.paint(block.colour) or BLACK
    return (*below, Path(trace_modules(code, place), fill=paint, tag=tag, span=block.span))


# The caption


def _with_caption(block: Qr, context: BlockContext, code: GalleyBox, quiet: float) -> GalleyBox:
    if not block.caption:
        return code
    style, gap = context.style(block.style, "caption"), context.points(block.gap)
    if block.side is CaptionSide.BELOW:
        words = context.set_message(block.caption, style, "Caption")
        down = code.height + gap
        items = (*code.items, *(move_item(item, 0.0, -down) for item in words.items))
        height = down + words.height
        return replace(code, height=height, items=items, baseline=height)
    width = context.measure - code.height - gap
    words = context.narrowed(width).set_message(block.caption, style, "Caption")
    return _beside(context, code, words, quiet)


def _beside(context: BlockContext, code: GalleyBox, words: GalleyBox, quiet: float) -> GalleyBox:
    """Set the caption after the code in reading direction, its last baseline level with the lowest modules."""
    height = max(code.height, words.height + quiet)
    x = context.measure - words.width if context.edition.left_to_right else 0.0
    items = (
        *(move_item(item, 0.0, code.height - height) for item in code.items),
        *(move_item(item, x, words.height + quiet - height) for item in words.items),
    )
    return replace(code, height=height, items=items)
