"""Paragraph metrics: widths at every offset where a line may begin or end.

`ParagraphMetrics` is what lines are set from. In `BreakingProblem`, the width of any line and how
far its spaces and letters stretch or shrink are differences of two numbers, which already include
the effect of the cut: a split ligature, a hyphen, hanging punctuation, no letter space after the
last letter.

A book has many characters. Therefore values by character are computed without a Python loop where possible.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, chain, pairwise, repeat
from operator import mul

from brochure.fast_dataclass import dataclass
from brochure.typeset.hanging_punctuation import HYPHEN_SHARE, RIGHT_SHARES, left_share, left_shares
from brochure.typeset.hyphen_kerning import measure_growth, measure_head_growth, measure_tail_growth
from brochure.typeset.line_breaks import LineBreak, word_ends
from brochure.typeset.lines import LineSlots
from brochure.typeset.reshaping import hyphen_width, repeated_hyphen_width
from brochure.typeset.script_rules import rules_for_script
from brochure.typeset.shape import ShapedItem, is_letterspaced, resolve_tracking
from brochure.typeset.style import Align, LetterSpace, ParagraphStyle
from brochure.typeset.tabs import measure_tabbed_line

STRETCHABLE_SPACES = " \u00a0"
"""The spaces that justification stretches and shrinks; fixed-width spaces keep their width."""


@dataclass(frozen=True, slots=True, eq=False)
class ParagraphMetrics:
    """A paragraph ready to be set in lines: its shaped items and widths.

    `own` is the width of each character (of a cluster, on its first character). `width` and `space` are sums over the text
    before each offset, in points: of all widths, and of those of stretchable spaces. `stretch` and `shrink` limit how far
    justification may widen or narrow the space after each cluster, `stretch_sums` and `shrink_sums` are their sums.
    `tracking` is the tracking after each cluster; empty if there is none.
    """

    text: str
    items: tuple[ShapedItem, ...]
    starts: tuple[int, ...]
    style: ParagraphStyle
    left_to_right: bool
    own: Sequence[float]
    width: Sequence[float]
    space: Sequence[float]
    stretch: Sequence[float]
    shrink: Sequence[float]
    stretch_sums: Sequence[float]
    shrink_sums: Sequence[float]
    tracking: Sequence[float]

    def item_at(self, place: int) -> ShapedItem:
        """Return the item that contains the character at an offset."""
        return self.items[max(0, bisect_right(self.starts, place) - 1)]

    def hang_left(self, start: int) -> float:
        """Return how far the first character of a line hangs."""
        if start >= len(self.text):
            return 0.0
        return left_share(self.text[start], self.style.type.size) * self.own[start]


def measure_items(
    text: str,
    items: tuple[ShapedItem, ...],
    style: ParagraphStyle,
    breaks: Iterable[LineBreak],
    *,
    left_to_right: bool,
) -> ParagraphMetrics:
    """Compute the widths of a paragraph from its shaped items, in logical order."""
    own = _measure_characters(len(text), items)
    # True and False are 1 and 0 here: only spaces keep their width.
    spaces = map(mul, own, map(STRETCHABLE_SPACES.__contains__, text))
    stretch, shrink = _find_letter_space(items, own, style)
    for place, limit in _word_space_at_ends(items, word_ends(text, breaks)):
        stretch[_last_visible(own, 0, place)] += limit
    return ParagraphMetrics(
        text,
        items,
        tuple([shaped.item.start for shaped in items]),
        style,
        left_to_right,
        own,
        _add_up(own),
        _add_up(spaces),
        stretch,
        shrink,
        _add_up(stretch),
        _add_up(shrink),
        _find_tracking(items, own),
    )


def _add_up(widths: Iterable[float]) -> list[float]:
    return list(accumulate(widths, initial=0.0))


def _measure_characters(length: int, items: Sequence[ShapedItem]) -> list[float]:
    """Return the width of each character; that of a cluster is on its first character."""
    own = [0.0] * length
    for shaped in items:
        clusters, advances = shaped.clusters, shaped.advances
        by_cluster = dict(zip(clusters, advances, strict=True))
        if len(by_cluster) == len(clusters):
            places = range(shaped.start, shaped.end)
            own[shaped.start : shaped.end] = map(by_cluster.get, places, repeat(0.0))
        else:  # clusters of several glyphs
            for cluster, advance in zip(clusters, advances, strict=True):
                own[cluster] += advance
    return own


def _find_letter_space(
    items: Sequence[ShapedItem], own: Sequence[float], style: ParagraphStyle
) -> tuple[list[float], list[float]]:
    """Return how much wider and narrower the space after each visible cluster may become."""
    limits = [_letter_space_limits(shaped, style.letter_space) for shaped in items]
    lengths = [shaped.end - shaped.start for shaped in items]
    wider, closer = [most for most, _ in limits], [least for _, least in limits]
    return _mark_visible(own, lengths, wider), _mark_visible(own, lengths, closer)


def _mark_visible(
    own: Sequence[float], lengths: Sequence[int], values: Sequence[float]
) -> list[float]:
    """Return the value of its item for each visible cluster, 0 for other characters."""
    if not any(values):
        return [0.0] * len(own)
    by_character = chain.from_iterable(map(repeat, values, lengths))
    return list(map(mul, map(bool, own), by_character))


def _letter_space_limits(shaped: ShapedItem, letter: LetterSpace) -> tuple[float, float]:
    """Return how much wider and narrower the space after each letter of the item may become."""
    item = shaped.item
    rules = rules_for_script(item.script)
    most, least = (letter.most, letter.least) if is_letterspaced(item) else (0.0, 0.0)
    wider = max(0.0, most) / 1000 + rules.elasticity.cluster
    return wider * item.size, max(0.0, -least) / 1000 * item.size


def _find_tracking(items: Sequence[ShapedItem], own: Sequence[float]) -> Sequence[float]:
    """Return the tracking after each visible cluster; empty if no text is tracked."""
    values = [resolve_tracking(shaped.item) for shaped in items]
    if not any(values):
        return ()
    return _mark_visible(own, [shaped.end - shaped.start for shaped in items], values)


def _word_space_at_ends(
    items: Sequence[ShapedItem], places: Iterable[int]
) -> Iterator[tuple[int, float]]:
    """Yield the offsets where two words of a script without spaces meet, and the space that may be added there."""
    limits = [rules_for_script(shaped.item.script).elasticity.word for shaped in items]
    if not any(limits):
        return
    starts = [shaped.item.start for shaped in items]
    for place in places:
        before = bisect_left(starts, place) - 1
        after = bisect_right(starts, place) - 1
        if limits[before] and limits[after]:
            yield place, limits[before] * items[before].item.size


def _last_visible(own: Sequence[float], start: int, end: int) -> int:
    """Return the offset of the last cluster in the range with a width, or `start`."""
    at = end - 1
    while at > start and not own[at]:
        at -= 1
    return max(start, at)


def ink_extents(metrics: ParagraphMetrics) -> tuple[float, float]:
    """Return the upper and lower edge of the glyphs' outlines, in points above the baseline."""
    top = bottom = 0.0
    for shaped in metrics.items:
        face, rise = shaped.item.face, shaped.item.rise
        if shaped.item.inline:
            top = max(top, rise + shaped.item.inline.height * shaped.item.size)
            continue
        scale = shaped.item.size / face.upem
        for at, glyph in enumerate(shaped.ids):
            extents = face.font.get_glyph_extents(glyph)
            if extents is None:
                continue
            y = rise + (shaped.offsets[at][1] if shaped.offsets else 0.0)
            top = max(top, y + extents.y_bearing * scale)
            bottom = min(bottom, y + (extents.y_bearing + extents.height) * scale)
    return top, bottom


# Line edges


@dataclass(frozen=True, slots=True, eq=False)
class BreakingProblem:
    """Input of the line breaker. A line from the n-th begin may end at the n-th of `breaks` or any later one.

    For each edge of a line: its position in the unbroken line (`begin_at`, `end_at`), and the stretch and shrink of the text
    before it. `stops` is, for each begin, the forced break that no line may pass. `largest` is the largest
    type size. For a text with tabs, `tabs` holds their offsets and `ideal` the width before each
    character; both are empty for other texts. `without_hanging` is the same without hanging
    punctuation, for balanced lines.
    """

    breaks: tuple[LineBreak, ...]
    style: ParagraphStyle
    begin_at: Sequence[float]
    begin_stretch: Sequence[float]
    begin_shrink: Sequence[float]
    end_at: Sequence[float]
    end_stretch: Sequence[float]
    end_shrink: Sequence[float]
    stops: Sequence[int]
    largest: float
    ideal: Sequence[float] = ()
    tabs: tuple[int, ...] = ()
    without_hanging: BreakingProblem | None = None

    @property
    def ragged(self) -> bool:
        """True if the lines keep their ideal widths."""
        return self.style.align is not Align.JUSTIFY

    def measure(self, slots: LineSlots, line: int, begin: int) -> float:
        """Return the width available to a line, counted from 0."""
        style = self.style
        indent = style.indent_start + style.indent_end + (style.indent_first if begin == 0 else 0.0)
        return slots.at(line).width - indent

    def start(self, begin: int) -> int:
        """Return the offset in the text at which a line begins."""
        return self.breaks[begin - 1].start if begin else 0

    def width(self, begin: int, end: int, measure: float) -> float:
        """Return the width of a line with ideal spaces and with tabs set for this line width."""
        width = self.end_at[end] - self.begin_at[begin]
        if not self.ideal:
            return width
        first = bisect_left(self.tabs, self.start(begin))
        last = bisect_left(self.tabs, self.breaks[end].end)
        if first >= last:
            return width
        tabs = self.tabs[first:last]
        places = [self.begin_at[begin], *(self.ideal[at] for at in tabs), self.end_at[end]]
        return measure_tabbed_line(
            [after - before for before, after in pairwise(places)], self.style, measure
        )


WIDTH_TOLERANCE = 0.005
"""Rounding error allowed before a line counts as too wide, in points."""


def measure_paragraph(metrics: ParagraphMetrics, breaks: tuple[LineBreak, ...]) -> BreakingProblem:
    """Compute the line edges of a paragraph."""
    problem = _measure_edges(metrics, breaks)
    style = metrics.style
    if style.balance and style.hanging_punctuation and problem.ragged:
        upright = replace(metrics, style=replace(style, hanging_punctuation=False))
        return replace(problem, without_hanging=_measure_edges(upright, breaks))
    return problem


def _measure_edges(metrics: ParagraphMetrics, breaks: tuple[LineBreak, ...]) -> BreakingProblem:
    style, text = metrics.style, metrics.text
    extra = style.word_space.ideal - 1
    ideal = metrics.width
    if extra:
        pairs = zip(metrics.width, metrics.space, strict=True)
        ideal = [width + space * extra for width, space in pairs]
    tails, heads = _measure_growths(metrics, breaks)
    starts = [0, *(brk.start for brk in breaks[:-1])]
    ends = [brk.end for brk in breaks]
    begin_at = [
        ideal[at] + growth
        for at, growth in zip(starts, _find_begins(metrics, breaks, starts, heads), strict=True)
    ]
    end_at = [
        ideal[at] + growth
        for at, growth in zip(ends, _find_ends(metrics, breaks, tails), strict=True)
    ]
    begin_space, end_space = _measure_elasticity(metrics, breaks, starts, ends)
    return BreakingProblem(
        breaks,
        style,
        begin_at,
        *begin_space,
        end_at,
        *end_space,
        _find_stops(breaks),
        max((shaped.item.size for shaped in metrics.items), default=style.type.size),
        tuple(ideal) if "\t" in text else (),
        tuple([at for at, char in enumerate(text) if char == "\t"]) if "\t" in text else (),
    )


def _find_stops(breaks: Sequence[LineBreak]) -> Sequence[int]:
    found: list[int] = []
    begin = 0
    for at, brk in enumerate(breaks):
        if brk.forced:
            found.extend([at] * (at + 1 - begin))
            begin = at + 1
    found.extend([len(breaks) - 1] * (len(breaks) - begin))
    return found


def _measure_growths(
    metrics: ParagraphMetrics, breaks: Sequence[LineBreak]
) -> tuple[list[float], list[float]]:
    """For each break, return by how much the line grows at its end, and the next line at its start."""
    text = metrics.text
    safe = {0, len(text), *metrics.starts}.union(*(shaped.safe for shaped in metrics.items))
    tails, heads = [0.0] * len(breaks), [0.0] * len(breaks)
    for at, brk in enumerate(breaks):
        end, start = brk.end, brk.start
        if end in safe and start in safe:
            continue
        if brk.hyphen:
            tails[at], heads[at] = measure_growth(metrics.item_at(end), start, text)
            continue
        if end:
            tails[at] = measure_tail_growth(metrics.item_at(end - 1), end, text)
        if start < len(text):
            heads[at] = measure_head_growth(metrics.item_at(start), start, text)
    return tails, heads


def _find_begins(
    metrics: ParagraphMetrics,
    breaks: Sequence[LineBreak],
    starts: Sequence[int],
    heads: Sequence[float],
) -> Iterator[float]:
    """Yield by how much each line's position changes where it begins; a line may begin with a repeated hyphen."""
    text, own, hang = metrics.text, metrics.own, metrics.style.hanging_punctuation
    shares = left_shares(metrics.style.type.size) if hang else {}
    tracking = metrics.tracking if not metrics.left_to_right else ()
    repeated = [at for at, brk in enumerate(breaks[:-1], start=1) if brk.repeated_hyphen]
    for at, (start, growth) in enumerate(zip(starts, (0.0, *heads[:-1]), strict=True)):
        if start >= len(text):
            yield 0.0
        elif repeated and at in repeated:
            share = 1 - left_share("-") if hang else 1.0
            yield -growth - repeated_hyphen_width(metrics.item_at(start).item, share)
        else:
            share = shares.get(text[start], 0.0)
            change = (share * own[start] if share else 0.0) - growth
            yield change + tracking[start] if tracking else change


def _find_ends(
    metrics: ParagraphMetrics, breaks: Sequence[LineBreak], tails: Sequence[float]
) -> Iterator[float]:
    """Yield by how much each line's position changes where it ends: a hyphen, no tracking after the last letter."""
    text, own, hang = metrics.text, metrics.own, metrics.style.hanging_punctuation
    hyphen_share = 1 - HYPHEN_SHARE if hang else 1.0
    shares = RIGHT_SHARES if hang else {}
    tracking = metrics.tracking if metrics.left_to_right else ()
    start = 0
    for brk, grown in zip(breaks, tails, strict=True):
        end = brk.end
        if brk.hyphen:
            yield grown + hyphen_width(metrics.item_at(end - 1).item) * hyphen_share
        elif end <= start:
            yield 0.0
        else:
            share = shares.get(text[end - 1], 0.0)
            change = grown - share * (own[end - 1] + grown) if share else grown
            yield change - tracking[_last_visible(own, start, end)] if tracking else change
        start = brk.start


Elastic = tuple[Sequence[float], Sequence[float]]
"""The stretch and the shrink of the text before each edge."""


def _measure_elasticity(
    metrics: ParagraphMetrics,
    breaks: Sequence[LineBreak],
    starts: Sequence[int],
    ends: Sequence[int],
) -> tuple[Elastic, Elastic]:
    """Return the elasticity before the begins and the ends of lines; none in ragged text."""
    if metrics.style.align is not Align.JUSTIFY:
        none = [0.0] * len(ends)
        return (none, none), (none, none)
    word = metrics.style.word_space
    stretch = max(0.0, word.most - word.ideal), metrics.stretch_sums, metrics.stretch
    shrink = max(0.0, word.ideal - word.least), metrics.shrink_sums, metrics.shrink
    if metrics.left_to_right:
        letters = _find_last_letters(metrics.own, breaks)
        begins = [_sum_elasticity(metrics.space, starts, *kind[:2]) for kind in (stretch, shrink)]
        lasts = [_sum_elasticity(metrics.space, ends, *kind, letters) for kind in (stretch, shrink)]
    else:
        # The letter at the right edge is the first of the line.
        count = len(metrics.text)
        letters = [at if at < count else -1 for at in starts]
        negative = [(share, sums, [-one for one in each]) for share, sums, each in (stretch, shrink)]
        begins = [_sum_elasticity(metrics.space, starts, *kind, letters) for kind in negative]
        lasts = [_sum_elasticity(metrics.space, ends, *kind[:2]) for kind in (stretch, shrink)]
    return (begins[0], begins[1]), (lasts[0], lasts[1])


def _sum_elasticity(
    space: Sequence[float],
    places: Sequence[int],
    share: float,
    sums: Sequence[float],
    each: Sequence[float] = (),
    letters: Sequence[int] = (),
) -> Sequence[float]:
    """Return the elasticity before each place, without that of the letter at the right edge, if there is one."""
    before = [space[at] * share + sums[at] for at in places]
    if not letters or not sums[-1]:
        return before
    pairs = zip(before, letters, strict=True)
    return [value - each[at] if at >= 0 else value for value, at in pairs]


def _find_last_letters(own: Sequence[float], breaks: Sequence[LineBreak]) -> list[int]:
    """Return the last visible letter of the text before each break; -1 before a hyphen."""
    found: list[int] = []
    start = 0
    for brk in breaks:
        end = brk.end
        if brk.hyphen or end <= start:
            found.append(-1)
        else:
            found.append(end - 1 if own[end - 1] else _last_visible(own, start, end))
        start = brk.start
    return found
