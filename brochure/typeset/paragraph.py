"""Setting a paragraph: the five steps in their order.

    itemize   runs of text      -> items of one script, direction, language and face
    breaks    text              -> where a line may end
    shape     item              -> glyphs, once, whatever the measure
    compose   widths and breaks -> which of them, by total fit
    justify   cuts              -> lines of glyphs at their places

`prepare` does the first three and is kept; `compose` the last two, for any measure and without shaping again.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from brochure.fast_dataclass import dataclass
from brochure.fonts.catalog import FontCatalog
from brochure.typeset.advances import measure_items
from brochure.typeset.bidi import is_left_to_right
from brochure.typeset.compose import total_fit
from brochure.typeset.itemize import Missing, itemize
from brochure.typeset.justify import set_line
from brochure.typeset.line_breaks import LineBreak, find_breaks, word_ends
from brochure.typeset.lines import Glyphs, Line, LineSlot, LineSlots
from brochure.typeset.paragraph_metrics import BreakingProblem, ParagraphMetrics, measure_paragraph
from brochure.typeset.shape import shape
from brochure.typeset.style import Align, DropInitial, ParagraphStyle, TextRun, TypeStyle

__all__ = ["Missing", "PreparedParagraph", "compose", "prepare"]

OPENING = "“‘«‹\"'(¿¡„‚"


@dataclass(frozen=True, slots=True, eq=False)
class PreparedParagraph:
    """A paragraph, shaped, with its breaks.

    `initial` is its drop initial, a paragraph of its own; `plain` is the same text without one, for where there are fewer
    lines than the initial is deep.
    """

    text: str
    style: ParagraphStyle
    metrics: ParagraphMetrics
    problem: BreakingProblem
    missing: tuple[Missing, ...]
    initial: PreparedParagraph | None = None
    plain: PreparedParagraph | None = None

    @property
    def left_to_right(self) -> bool:
        """Whether its lines begin at the left."""
        return self.metrics.left_to_right


def prepare(
    runs: Sequence[TextRun], style: ParagraphStyle, font_catalog: FontCatalog
) -> PreparedParagraph:
    """The paragraph's text shaped and its breaks found; nothing in it depends on a measure."""
    return _prepared(tuple(runs), style, font_catalog)


@lru_cache(maxsize=512)
def _prepared(
    runs: tuple[TextRun, ...], style: ParagraphStyle, font_catalog: FontCatalog
) -> PreparedParagraph:
    if style.drop_cap:
        return _with_initial(runs, style, style.drop_cap, font_catalog)
    text = "".join(run.text for run in runs)
    ltr = is_left_to_right(style.type.language)
    items, missing = itemize(runs, 0 if ltr else 1, font_catalog)
    breaks = find_breaks(text, style.type.language, style.hyphenation)
    places = _places(text, breaks)
    shaped = tuple(shape(item, text, places) for item in items)
    starts = tuple(item.start for item in items)
    widths = measure_items(text, shaped, style.letter_space, word_ends(text, breaks))
    stick = ParagraphMetrics(text, shaped, starts, widths, style, ltr)
    return PreparedParagraph(text, style, stick, measure_paragraph(stick, breaks), missing)


def _places(text: str, breaks: Sequence[LineBreak]) -> frozenset[int]:
    """Where items may be cut: at every break, and on both sides of tabs."""
    cuts = {place for brk in breaks for place in (brk.end, brk.start)}
    if "\t" in text:
        cuts.update(at + side for at, char in enumerate(text) if char == "\t" for side in (0, 1))
    return frozenset(cuts)


def compose(prepared: PreparedParagraph, slots: LineSlots) -> tuple[Line, ...]:
    """The paragraph's lines for these slots; a line too wide for its slot says so by `overfull`."""
    if not prepared.text:
        return ()
    if prepared.initial and prepared.style.drop_cap:
        return _around_initial(prepared, prepared.initial, prepared.style.drop_cap, slots)
    cuts = total_fit(prepared.problem, slots)
    return tuple(set_line(prepared.metrics, cut, slots.at(at)) for at, cut in enumerate(cuts))


# Drop initials


def _with_initial(
    runs: tuple[TextRun, ...], style: ParagraphStyle, drop: DropInitial, font_catalog: FontCatalog
) -> PreparedParagraph:
    """The paragraph in two: the initial at its size, and the text that runs around it."""
    text = "".join(run.text for run in runs)
    base = drop.type or style.type
    count = _initial_length(text, drop, base)
    body = font_catalog.face(style.type)
    deep = (drop.lines - 1) * style.leading + body.cap_height * style.type.size
    large = replace(base, size=base.size, optical_size=None)
    size = deep / font_catalog.face(replace(large, size=deep)).cap_height
    initial_style = replace(
        style,
        type=replace(large, size=size),
        drop_cap=None,
        align=Align.START,
        indent_first=0.0,
        hanging_punctuation=True,
    )
    plain = replace(style, drop_cap=None)
    initial = _prepared(
        (TextRun(text[:count], initial_style.type, span=runs[0].span),), initial_style, font_catalog
    )
    rest = _prepared(_behind(runs, count), replace(plain, indent_first=0.0), font_catalog)
    missing = (*initial.missing, *rest.missing)
    return PreparedParagraph(
        text,
        style,
        rest.metrics,
        rest.problem,
        missing,
        initial,
        _prepared(runs, plain, font_catalog),
    )


def _initial_length(text: str, drop: DropInitial, base: TypeStyle) -> int:
    """How many characters the initial takes: an opening mark brings its letter along, a letter its accents, I its j in Dutch."""
    count = drop.characters
    if base.language.startswith("nl") and text[:count].lstrip(OPENING) in ("I", "i"):
        count += text[count : count + 1] in ("J", "j")
    while count < len(text) and (
        text[count - 1] in OPENING or unicodedata.category(text[count]).startswith("M")
    ):
        count += 1
    return count


def _behind(runs: tuple[TextRun, ...], count: int) -> tuple[TextRun, ...]:
    """The runs without their first characters."""
    left: list[TextRun] = []
    for run in runs:
        cut = min(count, len(run.text))
        count -= cut
        if cut < len(run.text):
            left.append(replace(run, text=run.text[cut:]))
    return tuple(left)


def _around_initial(
    prepared: PreparedParagraph, initial: PreparedParagraph, drop: DropInitial, slots: LineSlots
) -> tuple[Line, ...]:
    """The lines beside and below the initial, which hangs from the first of them."""
    alone = compose(initial, LineSlots((), slots.at(0)))
    if len(alone) > 1 or not alone[0].runs:
        return compose(prepared.plain, slots) if prepared.plain else alone
    big = _flush(alone[0], left_to_right=prepared.left_to_right)
    around = _beside(slots, big, drop, left_to_right=prepared.left_to_right)
    cuts = total_fit(prepared.problem, around)
    count = len(initial.text)
    first, *below = [
        replace(line, start=line.start + count, end=line.end + count)
        for line in (set_line(prepared.metrics, cut, around.at(at)) for at, cut in enumerate(cuts))
    ]
    if prepared.plain and (1 + len(below) < drop.lines or not first.runs):
        return compose(prepared.plain, slots)
    down = -(drop.lines - 1) * prepared.style.leading
    # The word stays whole for those who copy or hear it: what follows the initial says the initial's text as well.
    hung = (replace(run, text="", y=run.y + down) for run in big.runs)
    beside_it, *others = first.runs
    runs = (*hung, _saying_before(beside_it, initial.text), *others)
    left, right = min(first.left, big.left), max(first.right, big.right)
    # The first line holds the initial as well, so it has the whole slot to fill.
    x, width = slots.at(0).x, slots.at(0).width
    whole = replace(first, left=left, right=right, slot_x=x, slot_width=width)
    return (replace(whole, runs=runs, start=0), *below)


def _flush(line: Line, *, left_to_right: bool) -> Line:
    """The initial with its stem on the edge of the column: at its size, the white that a letter brings is an indent."""
    run = (
        min(line.runs, key=lambda run: run.x)
        if left_to_right
        else max(line.runs, key=lambda run: run.x)
    )
    extents = run.face.font.get_glyph_extents(run.ids[0 if left_to_right else -1])
    scale = run.size / run.face.upem
    white = extents.x_bearing * scale
    if not left_to_right:
        white = white + extents.width * scale - run.advances[-1]
    runs = tuple(replace(run, x=run.x - white) for run in line.runs)
    if left_to_right:
        return replace(line, runs=runs, right=line.right - white)
    return replace(line, runs=runs, left=line.left - white)


def _beside(slots: LineSlots, big: Line, drop: DropInitial, *, left_to_right: bool) -> LineSlots:
    """The slots with the initial's room taken from the first of them."""
    edge = big.slot_x if left_to_right else big.slot_x + big.slot_width
    room = (big.right - edge if left_to_right else edge - big.left) + drop.gap
    begin = room if left_to_right else 0.0
    beside = [
        LineSlot(slot.x + begin, slot.width - room) for slot in map(slots.at, range(drop.lines))
    ]
    return LineSlots((*beside, *slots.first[drop.lines :]), slots.rest)


def _saying_before(run: Glyphs, text: str) -> Glyphs:
    """The run with its first cluster standing for further text before it."""
    clusters = tuple(cluster + len(text) if cluster else 0 for cluster in run.clusters)
    return replace(run, text=text + run.text, clusters=clusters)
