"""Setting a paragraph: the five steps in their order.

    itemize   runs of text      -> items of one script, direction, language and face
    shape     item              -> glyphs, once, whatever the measure
    breaks    text              -> where a line may end
    compose   widths and breaks -> which of them, by total fit
    justify   cuts              -> lines of glyphs at their places

`prepare` does the first three and is kept; `compose` the last two, for any measure and without shaping again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from brochure.fonts.shelf import Shelf
from brochure.typeset.bidi import rightward
from brochure.typeset.breaks import find_breaks
from brochure.typeset.compose import total_fit
from brochure.typeset.itemize import Missing, itemize
from brochure.typeset.justify import set_line
from brochure.typeset.line import Glyphs, Line, Slot, Slots
from brochure.typeset.measure import measured
from brochure.typeset.shape import shape
from brochure.typeset.stick import Stick, Task, task
from brochure.typeset.style import Align, DropInitial, ParagraphStyle, TextRun

__all__ = ["Missing", "Prepared", "compose", "prepare"]

OPENING = "“‘«‹\"'(¿¡„‚"


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A paragraph, shaped, with its breaks; `initial` is its drop initial, a paragraph of its own."""

    text: str
    style: ParagraphStyle
    stick: Stick
    task: Task
    missing: tuple[Missing, ...]
    initial: Prepared | None = None

    @property
    def rightward(self) -> bool:
        """Whether its lines begin at the left."""
        return self.stick.rightward


def prepare(runs: Sequence[TextRun], style: ParagraphStyle, shelf: Shelf) -> Prepared:
    """The paragraph's text shaped and its breaks found; nothing in it depends on a measure."""
    return _prepared(tuple(runs), style, shelf)


@lru_cache(maxsize=2048)
def _prepared(runs: tuple[TextRun, ...], style: ParagraphStyle, shelf: Shelf) -> Prepared:
    if style.drop:
        return _with_initial(runs, style, style.drop, shelf)
    text = "".join(run.text for run in runs)
    ltr = rightward(style.type.language)
    items, missing = itemize(runs, 0 if ltr else 1, shelf)
    shaped = tuple(shape(item, text) for item in items)
    starts = tuple(item.start for item in items)
    stick = Stick(text, shaped, starts, measured(text, shaped), style, ltr)
    breaks = find_breaks(text, style.type.language, style.hyphenation)
    return Prepared(text, style, stick, task(stick, breaks), missing)


def compose(prepared: Prepared, slots: Slots) -> tuple[Line, ...]:
    """The paragraph's lines for these slots; a line too wide for its slot says so by `overfull`."""
    if not prepared.text:
        return ()
    if prepared.initial and prepared.style.drop:
        return _around_initial(prepared, prepared.initial, prepared.style.drop, slots)
    cuts = total_fit(prepared.task, slots)
    return tuple(set_line(prepared.stick, cut, slots.at(at)) for at, cut in enumerate(cuts))


# Drop initials


def _with_initial(
    runs: tuple[TextRun, ...], style: ParagraphStyle, drop: DropInitial, shelf: Shelf
) -> Prepared:
    """The paragraph in two: the initial at its size, and the text that runs around it."""
    text = "".join(run.text for run in runs)
    count = drop.characters
    while count < len(text) and text[count - 1] in OPENING:
        count += 1
    base = drop.type or style.type
    body = shelf.face(style.type)
    deep = (drop.lines - 1) * style.leading + body.cap_height * style.type.size
    large = replace(base, size=base.size, optical=None)
    size = deep / shelf.face(replace(large, size=deep)).cap_height
    initial_style = replace(
        style, type=replace(large, size=size), drop=None, align=Align.LEFT, hang=True
    )
    plain = replace(style, drop=None, indent_first=0.0)
    initial = _prepared(
        (TextRun(text[:count], initial_style.type, span=runs[0].span),), initial_style, shelf
    )
    rest = _prepared(_behind(runs, count), plain, shelf)
    missing = (*initial.missing, *rest.missing)
    return Prepared(text, style, rest.stick, rest.task, missing, initial)


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
    prepared: Prepared, initial: Prepared, drop: DropInitial, slots: Slots
) -> tuple[Line, ...]:
    """The lines beside and below the initial, which hangs from the first of them."""
    big = compose(initial, Slots((), slots.at(0)))[0]
    room = big.right - big.slot_x + drop.gap
    sign = 1 if prepared.stick.rightward else 0
    beside = tuple(
        Slot(slot.x + room * sign, slot.width - room) for slot in map(slots.at, range(drop.lines))
    )
    around = Slots((*beside, *slots.first[drop.lines :]), slots.rest)
    cuts = total_fit(prepared.task, around)
    lines = [set_line(prepared.stick, cut, around.at(at)) for at, cut in enumerate(cuts)]
    shifted = [
        replace(line, start=line.start + len(initial.text), end=line.end + len(initial.text))
        for line in lines
    ]
    down = -(drop.lines - 1) * prepared.style.leading
    if not shifted:
        return (big,)
    # The word stays whole for those who copy or hear it: what follows the initial says the initial's text as well.
    hung = (replace(run, text="", y=run.y + down) for run in big.runs)
    beside_it, *others = shifted[0].runs
    first = replace(
        shifted[0], runs=(*hung, _saying_before(beside_it, initial.text), *others), start=0
    )
    return (first, *shifted[1:])


def _saying_before(run: Glyphs, text: str) -> Glyphs:
    """The run with its first cluster standing for further text before it."""
    clusters = tuple(cluster + len(text) if cluster else 0 for cluster in run.clusters)
    return replace(run, text=text + run.text, clusters=clusters)
