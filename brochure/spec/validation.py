"""Checks of a layout as a whole: names that lead somewhere, circles, places on the grid, counts.

Takes a `Layout` and the reading that it came from, which has met every name with its place; gives findings. What could not
be read has had its finding already: nothing is said here that follows from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from brochure.findings import Finding, Severity, nearest
from brochure.geometry import MM
from brochure.spec.fields import model_fields
from brochure.spec.finishing import Binding
from brochure.spec.model import Frame, Grid, Layout, Master, PageSpec
from brochure.spec.read_context import ReadContext
from brochure.spec.styles import CharacterStyleSpec
from brochure.spec.values import (
    RECORD,
    RESERVED,
    CharacterName,
    FactName,
    Length,
    MasterName,
    Placement,
    StoryName,
    StyleName,
)

PAGE_KEYS = frozenset(one.key for one in model_fields(PageSpec))
MAX_STEPS = 32
"""How many styles or masters one may be based on, one after the other."""


def check(layout: Layout, reading: ReadContext) -> Iterator[Finding]:
    """Everything that is wrong with the layout as a whole."""
    yield from _names(layout, reading)
    yield from _records(layout)
    for word, known in (
        ("style", layout.paragraph_styles),
        ("character style", layout.character_styles),
        ("master", layout.masters),
    ):
        yield from _circles(word, known)
    yield from _frames(layout)
    yield from _fills(layout, reading)
    yield from _places(layout)
    yield from _room(layout)
    yield from _count(layout)
    yield from _fold(layout)


def _names(layout: Layout, reading: ReadContext) -> Iterator[Finding]:
    known = {
        StyleName: ("style", {*layout.paragraph_styles, *reading.kinds.styles()}),
        CharacterName: ("character style", set(layout.character_styles)),
        StoryName: ("story", set(layout.stories)),
        MasterName: ("master", set(layout.masters)),
        FactName: ("fact", set(layout.stated)),
    }
    for _, names in known.values():
        names.update(reading.broken)
    for name in reading.names:
        word, names = known[type(name)]
        if name.name not in names:
            code, hint = f"{word.split()[0]}-unknown", nearest(name.name, names)
            yield Finding(code, f"unknown {word} '{name.name}'", name.span, hint)


def _records(layout: Layout) -> Iterator[Finding]:
    """Fields of records that another thing has the name of."""
    told: dict[str, str] = {}
    for name, example in layout.merge_fields.items():
        other = told.setdefault(name.casefold(), name)
        if name.casefold() in RESERVED:
            message = f"no field can be called '{name}': a column of that name holds {RESERVED[name.casefold()]}"
            yield Finding("field-reserved", message, example.span, "call it by another name")
        elif other != name:
            message = f"the fields '{other}' and '{name}' differ in capitals alone"
            yield Finding("field-duplicate", message, example.span, "call one by another name")
        elif RECORD + name in layout.variables:
            message = f"there is a fact '{RECORD}{name}', which is the field '{name}' in words"
            yield Finding("field-fact", message, example.span, "call one by another name")


# Circles


def _circles(
    word: str, known: Mapping[str, CharacterStyleSpec] | Mapping[str, Master]
) -> Iterator[Finding]:
    """Circles, each said once, at the first of its members; and a chain that is too long, at the first that is."""
    told: set[str] = set()
    code = f"{word.split(maxsplit=1)[0]}-circle"
    for name, one in known.items():
        chain = _chain(name, known)
        if chain[-1] == name and len(chain) > 1 and name not in told:
            told.update(chain)
            message = f"{word} '{name}' is based on itself: {' → '.join(chain)}"
            yield Finding(code, message, one.span, "take 'based-on' out of one of them")
        elif len(chain) > MAX_STEPS:
            message = f"{word} '{name}' is based on more than {MAX_STEPS} others"
            yield Finding(code, message, one.span, "base it on one nearer to the root")
            return


def _chain(name: str, known: Mapping[str, CharacterStyleSpec] | Mapping[str, Master]) -> list[str]:
    """The name and what it is based on, one after the other; ends at the root, or where a name comes again."""
    chain = [name]
    while (at := known.get(chain[-1])) is not None and at.based_on and len(chain) <= MAX_STEPS:
        again = at.based_on in chain
        chain.append(at.based_on)
        if again:
            break
    return chain


# Frames and pages


def _frames(layout: Layout) -> Iterator[Finding]:
    for master in layout.masters.values():
        for name in sorted(PAGE_KEYS & master.frames.keys()):
            message = f"a frame cannot be called '{name}': pages have a key of that name"
            yield Finding(
                "frame-name", message, master.frames[name].span, "call it by another name"
            )
    holders: list[Master | PageSpec] = [*layout.masters.values(), *layout.every_page]
    for holder in holders:
        for name, frame in holder.frames.items():
            if frame.content and frame.story:
                message = f"frame '{name}' has both content and a story"
                yield Finding("frame-content", message, frame.span, "keep one of them")


def frames_of(layout: Layout, name: str) -> dict[str, Frame]:
    """The frames of a master with those that it takes from the masters it is based on."""
    names = dict.fromkeys(_chain(name, layout.masters))
    masters = [layout.masters[one] for one in names if one in layout.masters]
    return {key: frame for master in reversed(masters) for key, frame in master.frames.items()}


def _fills(layout: Layout, reading: ReadContext) -> Iterator[Finding]:
    for page in layout.every_page:
        if page.master and page.master.name not in layout.masters:
            continue
        known = {**(frames_of(layout, page.master.name) if page.master else {}), **page.frames}
        master = f"master '{page.master.name}'" if page.master else "this page"
        for name, span in page.fill_spans.items():
            if name not in known and name not in reading.broken:
                message = f"{master} has no frame '{name}'"
                yield Finding("frame-unknown", message, span, nearest(name, {*known, *PAGE_KEYS}))


# The grid


def _places(layout: Layout) -> Iterator[Finding]:
    for master in layout.masters.values():
        for frame in master.frames.values():
            yield from _on_grid(frame.at, master.grid or layout.grid)
    for page in layout.every_page:
        chosen = layout.masters.get(page.master.name) if page.master else None
        for frame in page.frames.values():
            yield from _on_grid(frame.at, (chosen.grid if chosen else None) or layout.grid)


def _on_grid(place: Placement, grid: Grid | None) -> Iterator[Finding]:
    grid = grid or Grid(place.span)
    for word, asked, there in (
        ("column", place.columns, grid.columns),
        ("row", place.rows, grid.rows),
    ):
        if asked and asked[1] > there:
            message = f"there is no {word} {asked[1]}: the grid has {_counted(there, word)}"
            hint = f"{word}s 1-{there}" if there > 1 else f"{word} 1"
            yield Finding("grid-place", message, place.span, hint)


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _room(layout: Layout) -> Iterator[Finding]:
    """Grids whose margins and gutters are as wide or as tall as the page, as far as they are measured in points."""
    for grid in [layout.grid, *(master.grid for master in layout.masters.values())]:
        if grid is None:
            continue
        margins, rows = grid.margins, grid.row_gutter or grid.gutter
        across = _points(margins.inner, margins.outer) + grid.gutter.points * (grid.columns - 1)
        down = _points(margins.top, margins.bottom) + rows.points * (grid.rows - 1)
        for taken, there, word in (
            (across, _narrowest(layout), "wide"),
            (down, layout.size.height, "tall"),
        ):
            if taken >= there:
                message = (
                    f"margins and gutters leave no room: the page is only {there:.4g} pt {word}"
                )
                yield Finding("grid-room", message, grid.span, f"they take {taken:.4g} pt together")


def _narrowest(layout: Layout) -> float:
    """The width of the narrowest page: of a gate-fold's gates, where there are no more than three panels a side."""
    width, fold = layout.size.width, layout.fold.compensation
    if layout.binding is Binding.GATE_FOLD and len(layout.pages) == 6:
        width /= 2
    return width - (fold.points if fold and layout.binding.folded else 0.0)


def _points(*lengths: Length) -> float:
    return sum(length.points for length in lengths)


def _count(layout: Layout) -> Iterator[Finding]:
    count, binding = len(layout.pages), layout.binding
    if binding is Binding.SADDLE_STITCH and count % 4:
        message = (
            f"a saddle-stitched brochure of {_counted(count, 'page')} leaves {-count % 4} blank"
        )
        hint = "make it a multiple of four"
        yield Finding("page-count", message, layout.span, hint, Severity.WARNING)
    if binding in PANELS and not PANELS[binding][0](count):
        message = f"a {binding.value} has no {_counted(count, 'panel')}"
        yield Finding("page-count", message, layout.span, PANELS[binding][1])
    if layout.spine and (binding is not Binding.PERFECT or count < MIN_WITH_COVER or count % 2):
        message = f"a spine needs a perfect binding, four pages of cover and leaves between, not {_counted(count, 'page')}"
        hint = "say 'binding: perfect', with an even number of pages, six or more"
        yield Finding("spine", message, layout.spine.span, hint)


def _fold(layout: Layout) -> Iterator[Finding]:
    told, most = layout.fold.compensation, layout.size.width / 4
    if told and told.points > most:
        message = f"a compensation of {told.points / MM:.4g} mm leaves too little of a panel"
        hint = f"at most {most / MM:.4g} mm, a quarter of it"
        yield Finding("fold-compensation", message, layout.fold.span, hint)


PANELS: Mapping[Binding, tuple[Callable[[int], bool], str]] = {
    Binding.TRI_FOLD: (lambda count: count == 6, "it has six: 5 6 1 outside, 2 3 4 inside"),
    Binding.GATE_FOLD: (lambda count: count in (6, 8), "it has six, or eight with a middle fold"),
    Binding.Z_FOLD: (lambda count: count % 2 == 0 and count >= 4, "an even number, four or more"),
}
"""How many panels each fold has, and how to say so."""

MIN_WITH_COVER = 6
