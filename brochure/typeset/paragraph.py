"""Set a paragraph in five steps.

    itemize   runs of text      -> items of one script, direction, language and face
    breaks    text              -> line-break opportunities
    shape     item              -> glyphs, independent of the line width
    compose   widths and breaks -> line breaks, by total fit
    justify   cuts              -> lines of positioned glyphs

`prepare` does the first three and is cached; `compose` does the last two for any line width without
shaping again.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate

from brochure.fast_dataclass import dataclass
from brochure.fonts.catalog import FontCatalog
from brochure.fonts.face import Face
from brochure.typeset.bidi import is_left_to_right
from brochure.typeset.compose import Cut, total_fit
from brochure.typeset.hanging_punctuation import DISPLAY_SIZE
from brochure.typeset.itemize import MissingGlyph, itemize
from brochure.typeset.justify import set_line
from brochure.typeset.line_breaks import LineBreak, find_breaks
from brochure.typeset.line_edges import BreakingProblem, measure_paragraph
from brochure.typeset.lines import Glyphs, Line, LineSlot, LineSlots
from brochure.typeset.paragraph_metrics import ParagraphMetrics, ink_extents, measure_items
from brochure.typeset.shape import shape
from brochure.typeset.style import (
    OBJECT,
    Align,
    DropInitial,
    ParagraphStyle,
    Position,
    TextRun,
    TypeStyle,
)
from brochure.typeset.weak_breaks import mark_weak_breaks

__all__ = ["MissingGlyph", "PreparedParagraph", "compose", "prepare"]

SYMBOL = "\u25a0"
"""Where lines may break around an inline object, they may also break around this symbol: not before a comma, for example."""

DESCENT = 0.22
"""Depth of descenders, in ems."""

ASCENDER_SHARE = 1.1
"""Height of ascenders, as a multiple of the cap height."""

OPENING = "“‘«‹\"'(¿¡„‚"


@dataclass(frozen=True, slots=True, eq=False)
class PreparedParagraph:
    """A paragraph, shaped, with its break opportunities.

    `initial` is its drop cap, a paragraph of its own. `plain` is the same text without a drop cap,
    used where there are fewer lines than the drop cap needs.
    """

    text: str
    style: ParagraphStyle
    metrics: ParagraphMetrics
    problem: BreakingProblem
    missing: tuple[MissingGlyph, ...]
    initial: PreparedParagraph | None = None
    plain: PreparedParagraph | None = None

    @property
    def left_to_right(self) -> bool:
        """True if lines start at the left."""
        return self.metrics.left_to_right


@lru_cache(maxsize=512)
def prepare(
    runs: tuple[TextRun, ...], style: ParagraphStyle, font_catalog: FontCatalog
) -> PreparedParagraph:
    """Shape the paragraph and find its breaks; the result does not depend on a line width."""
    text = "".join(run.text for run in runs)
    if style.drop_cap and OBJECT not in text[: style.drop_cap.characters + 1]:
        return _prepare_drop_cap(runs, style, style.drop_cap, font_catalog)
    ltr = is_left_to_right(style.type.language)
    items, missing = itemize(runs, 0 if ltr else 1, font_catalog)
    letters = text.replace(OBJECT, SYMBOL)
    breaks = find_breaks(letters, style.type.language, style.hyphenation, _find_superscripts(runs))
    if _is_display(style):
        breaks = mark_weak_breaks(breaks, text, style.type.language)
    places = _find_cut_offsets(text, breaks)
    shaped = tuple(shape(item, text, places) for item in items)
    metrics = measure_items(text, shaped, style, breaks, left_to_right=ltr)
    return PreparedParagraph(text, style, metrics, measure_paragraph(metrics, breaks), missing)


def _is_display(style: ParagraphStyle) -> bool:
    """Return True for ragged titles and headings."""
    is_ragged = style.align is not Align.JUSTIFY
    return is_ragged and (style.balance or style.type.size >= DISPLAY_SIZE)


def _find_superscripts(runs: Sequence[TextRun]) -> tuple[tuple[int, int], ...]:
    """Return the ranges of superscripts: note marks, ordinals, exponents."""
    ends = accumulate(len(run.text) for run in runs)
    return tuple(
        (end - len(run.text), end)
        for run, end in zip(runs, ends, strict=True)
        if run.style.position is Position.SUPERSCRIPT
    )


def _find_cut_offsets(text: str, breaks: Sequence[LineBreak]) -> frozenset[int]:
    """Return the offsets at which items may be cut: at every break and on both sides of tabs."""
    cuts = {brk.end for brk in breaks}.union([brk.start for brk in breaks])
    if "\t" in text:
        cuts.update(at + side for at, char in enumerate(text) if char == "\t" for side in (0, 1))
    return frozenset(cuts)


def compose(prepared: PreparedParagraph, slots: LineSlots) -> tuple[Line, ...]:
    """Break the paragraph into lines for these slots; `Line.overfull` tells by how much a line is too wide."""
    if not prepared.text:
        return ()
    if prepared.initial and prepared.style.drop_cap:
        return _compose_around_initial(prepared, prepared.initial, prepared.style.drop_cap, slots)
    cuts = find_cuts(prepared, slots)
    return _set_lines(prepared.metrics, cuts, tuple(map(slots.at, range(len(cuts)))))


@lru_cache(maxsize=512)
def _set_lines(
    metrics: ParagraphMetrics, cuts: tuple[Cut, ...], slots: tuple[LineSlot, ...]
) -> tuple[Line, ...]:
    """Set the lines of a paragraph; those of a page on which another paragraph was edited are the same as before."""
    return tuple(set_line(metrics, cut, slot) for cut, slot in zip(cuts, slots, strict=True))


def find_cuts(prepared: PreparedParagraph, slots: LineSlots) -> tuple[Cut, ...]:
    """Return the cuts of least total cost; they depend only on the widths of the slots.

    Balancing and copyfitting set a paragraph many times, mostly in slots of the same widths.
    """
    # Columns of one width may differ by rounding errors, which would make every line a case of its own.
    *widths, rest = (round(slot.width, 6) for slot in (*slots.first, slots.rest))
    while widths and widths[-1] == rest:
        widths.pop()
    if slots.undivided and not prepared.problem.ragged:
        # Without the lines that should not be divided, unless one of them is: the cost of the others is the same.
        cuts = _find_cached(prepared, tuple(widths), rest, frozenset())
        if not any(cut.hyphen for at, cut in enumerate(cuts) if at in slots.undivided):
            return cuts
    return _find_cached(prepared, tuple(widths), rest, slots.undivided)


@lru_cache(maxsize=1024)
def _find_cached(
    prepared: PreparedParagraph, widths: tuple[float, ...], rest: float, undivided: frozenset[int]
) -> tuple[Cut, ...]:
    first = tuple(LineSlot(0.0, width) for width in widths)
    return total_fit(prepared.problem, LineSlots(first, LineSlot(0.0, rest), undivided))


# Drop caps


def _prepare_drop_cap(
    runs: tuple[TextRun, ...],
    style: ParagraphStyle,
    drop_cap: DropInitial,
    font_catalog: FontCatalog,
) -> PreparedParagraph:
    """Prepare the drop cap at its size and the remaining text as two paragraphs."""
    text = "".join(run.text for run in runs)
    base = drop_cap.type or style.type
    count = _count_initial_characters(text, drop_cap, base)
    body = font_catalog.face(style.type)
    height = (drop_cap.lines - 1) * style.leading + body.cap_height * style.type.size
    large = replace(base, size=base.size, optical_size=None)
    size = height / font_catalog.face(replace(large, size=height)).cap_height
    initial_style = replace(
        style,
        type=replace(large, size=size),
        drop_cap=None,
        align=Align.START,
        indent_first=0.0,
        hanging_punctuation=True,
    )
    plain = replace(style, drop_cap=None)
    run = TextRun(text[:count], initial_style.type, origin=runs[0].origin)
    initial = prepare((run,), initial_style, font_catalog)
    highest = height + _height_above(style, body)
    top, _ = ink_extents(initial.metrics)
    if top > highest:  # an accent that would touch the line above
        smaller = replace(run.style, size=size * highest / top, optical_size=size)
        run, initial_style = replace(run, style=smaller), replace(initial_style, type=smaller)
        initial = prepare((run,), initial_style, font_catalog)
    rest = prepare(_drop_characters(runs, count), replace(plain, indent_first=0.0), font_catalog)
    missing = (*initial.missing, *rest.missing)
    return PreparedParagraph(
        text,
        style,
        rest.metrics,
        rest.problem,
        missing,
        initial,
        prepare(runs, plain, font_catalog),
    )


def _height_above(style: ParagraphStyle, body: Face) -> float:
    """Return the height between the capitals of a first line and the descenders of the line above."""
    capitals_and_descenders = (body.cap_height + DESCENT) * style.type.size
    return max(0.0, style.leading + style.space_before - capitals_and_descenders)


def _count_initial_characters(text: str, drop_cap: DropInitial, base: TypeStyle) -> int:
    """Return how many characters the drop cap takes.

    An opening quotation mark takes the letter after it, a letter its combining marks, and in Dutch
    I takes J.
    """
    count = drop_cap.characters
    if base.language.startswith("nl") and text[:count].lstrip(OPENING) in ("I", "i"):
        count += text[count : count + 1] in ("J", "j")
    while count < len(text) and (
        text[count - 1] in OPENING or unicodedata.category(text[count]).startswith("M")
    ):
        count += 1
    return count


def _drop_characters(runs: tuple[TextRun, ...], count: int) -> tuple[TextRun, ...]:
    """Return the runs without their first `count` characters."""
    remaining: list[TextRun] = []
    for run in runs:
        cut = min(count, len(run.text))
        count -= cut
        if cut < len(run.text):
            remaining.append(replace(run, text=run.text[cut:]))
    return tuple(remaining)


def _compose_around_initial(
    prepared: PreparedParagraph, initial: PreparedParagraph, drop_cap: DropInitial, slots: LineSlots
) -> tuple[Line, ...]:
    """Return the lines next to and below the drop cap, which is part of the first of them."""
    initial_lines = compose(initial, LineSlots((), slots.at(0)))
    if len(initial_lines) > 1 or not initial_lines[0].runs:
        return compose(prepared.plain, slots) if prepared.plain else initial_lines
    initial_line = _align_flush(initial_lines[0], left_to_right=prepared.left_to_right)
    _, bottom = ink_extents(initial.metrics)
    count_beside = drop_cap.lines + _count_lines_in_descender(bottom, prepared)
    around = _slots_beside_initial(
        slots, initial_line, drop_cap, count_beside, left_to_right=prepared.left_to_right
    )
    cuts = find_cuts(prepared, around)
    count = len(initial.text)
    first, *below = [
        replace(line, start=line.start + count, end=line.end + count)
        for line in (set_line(prepared.metrics, cut, around.at(at)) for at, cut in enumerate(cuts))
    ]
    if prepared.plain and (1 + len(below) < count_beside or not first.runs):
        return compose(prepared.plain, slots)
    down = -(drop_cap.lines - 1) * prepared.style.leading
    # The run after the initial also carries the initial's text, so that the word is extracted as a whole.
    initial_runs = (replace(run, text="", y=run.y + down) for run in initial_line.runs)
    first_run, *others = first.runs
    runs = (*initial_runs, _prepend_text(first_run, initial.text), *others)
    left, right = min(first.left, initial_line.left), max(first.right, initial_line.right)
    # The first line includes the initial, so its slot is the full width.
    x, width = slots.at(0).x, slots.at(0).width
    whole = replace(first, left=left, right=right, slot_x=x, slot_width=width)
    return (replace(whole, runs=runs, start=0), *below)


def _align_flush(line: Line, *, left_to_right: bool) -> Line:
    """Move the drop cap so that its stem is on the column edge: remove its side bearing."""
    run = (
        min(line.runs, key=lambda run: run.x)
        if left_to_right
        else max(line.runs, key=lambda run: run.x)
    )
    extents = run.face.font.get_glyph_extents(run.ids[0 if left_to_right else -1])
    scale = run.size / run.face.upem
    bearing = extents.x_bearing * scale
    if not left_to_right:
        bearing = bearing + extents.width * scale - run.advances[-1]
    runs = tuple(replace(run, x=run.x - bearing) for run in line.runs)
    if left_to_right:
        return replace(line, runs=runs, right=line.right - bearing)
    return replace(line, runs=runs, left=line.left - bearing)


def _count_lines_in_descender(bottom: float, prepared: PreparedParagraph) -> int:
    """Return how many lines below the drop cap's baseline would touch what descends below it.

    `bottom` is the lower edge of its ink, in points above its baseline.
    """
    style = prepared.style
    face = prepared.metrics.items[0].item.face if prepared.metrics.items else None
    height = ASCENDER_SHARE * (face.cap_height if face else 0.0) * style.type.size
    return max(0, math.ceil((-bottom - (style.leading - height)) / style.leading))


def _slots_beside_initial(
    slots: LineSlots,
    initial_line: Line,
    drop_cap: DropInitial,
    count: int,
    *,
    left_to_right: bool,
) -> LineSlots:
    """Return the slots, the first `count` of them narrowed by the drop cap."""
    edge = initial_line.slot_x if left_to_right else initial_line.slot_x + initial_line.slot_width
    taken = (
        initial_line.right - edge if left_to_right else edge - initial_line.left
    ) + drop_cap.gap
    begin = taken if left_to_right else 0.0
    beside = [
        replace(slot, x=slot.x + begin, width=slot.width - taken)
        for slot in map(slots.at, range(count))
    ]
    return replace(slots, first=(*beside, *slots.first[count:]))


def _prepend_text(run: Glyphs, text: str) -> Glyphs:
    """Return the run with further text before it in its first cluster."""
    clusters = tuple(cluster + len(text) if cluster else 0 for cluster in run.clusters)
    return replace(run, text=text + run.text, clusters=clusters)
