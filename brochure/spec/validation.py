"""Validate a layout as a whole: references, circular inheritance, frames, grids and page counts.

Values that could not be parsed already have a finding; problems that follow from them are not reported again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from brochure.findings import Finding, Severity, nearest
from brochure.geometry import MM
from brochure.spec.fields import model_fields
from brochure.spec.finishing import Binding
from brochure.spec.grid_rows import resolve_row_lines
from brochure.spec.model import Frame, Grid, Layout, Master, PageSpec, frame_variants
from brochure.spec.printing_condition import find_forbidden_pictures
from brochure.spec.read_context import ReadContext
from brochure.spec.relative_frames import check_relative_frames
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
"""Maximum length of a `based-on` chain of styles or masters."""


def check(layout: Layout, reading: ReadContext) -> Iterator[Finding]:
    """Yield the findings of all checks of the layout as a whole."""
    yield from _check_references(layout, reading)
    yield from _check_merge_fields(layout)
    for kind, known in (
        ("style", layout.paragraph_styles),
        ("character style", layout.character_styles),
        ("master", layout.masters),
    ):
        yield from _check_inheritance(kind, known)
    yield from _check_frames(layout)
    yield from _check_fills(layout, reading)
    yield from _check_placements(layout)
    yield from check_frames_beside(layout, reading.broken)
    yield from _check_type_area(layout)
    yield from _check_styles_of_editions(layout)
    if not _has_pages_of_editions(layout):
        yield from check_page_count(layout)  # else it is checked in each edition
    yield from _check_fold(layout)
    if forbidden := find_forbidden_pictures(layout.press):
        yield forbidden


def _has_pages_of_editions(layout: Layout) -> bool:
    """Return True if the number of pages depends on conditions or tables."""
    holders: tuple[PageSpec | Master, ...] = (*layout.pages, *layout.masters.values())
    frames = chain.from_iterable(holder.frames.values() for holder in holders)
    return any(page.when or page.repeat for page in layout.pages) or any(
        variant.repeat for frame in frames for variant in frame_variants(frame)
    )


def _check_references(layout: Layout, reading: ReadContext) -> Iterator[Finding]:
    known = {
        StyleName: ("style", "style", {*layout.paragraph_styles, *reading.kinds.styles()}),
        CharacterName: ("character", "character style", set(layout.character_styles)),
        StoryName: ("story", "story", set(layout.stories)),
        MasterName: ("master", "master", set(layout.masters)),
        FactName: ("fact", "variable", set(layout.stated)),
    }
    for *_, names in known.values():
        names.update(reading.broken)
    unknown = (name for name in reading.names if name.name not in known[type(name)][2])
    for earlier, name in enumerate(unknown):
        code, kind, names = known[type(name)]
        hint = nearest(name.name, names, earlier)
        yield Finding(f"{code}-unknown", f"unknown {kind} '{name.name}'", name.span, hint)


def _check_merge_fields(layout: Layout) -> Iterator[Finding]:
    """Check that the names of merge fields are neither reserved nor used twice."""
    first_spellings: dict[str, str] = {}
    for name, example in layout.merge_fields.items():
        other = first_spellings.setdefault(name.casefold(), name)
        if name.casefold() in RESERVED:
            message = (
                f"'{name}' is reserved: that column of a table holds {RESERVED[name.casefold()]}"
            )
            yield Finding("field-reserved", message, example.span, "rename the merge field")
        elif other != name:
            message = f"the merge fields '{other}' and '{name}' differ only in case"
            yield Finding("field-duplicate", message, example.span, "rename one of them")
        elif RECORD + name in layout.variables:
            message = f"the variable '{RECORD}{name}' has the name that the merge field '{name}' has in the copy"
            yield Finding("field-fact", message, example.span, "rename one of them")


# Inheritance


def _check_inheritance(
    kind: str, known: Mapping[str, CharacterStyleSpec] | Mapping[str, Master]
) -> Iterator[Finding]:
    """Report each circular `based-on` chain once, at its first member, and the first chain that is too long."""
    reported: set[str] = set()
    code = f"{kind.split(maxsplit=1)[0]}-circle"
    for name, one in known.items():
        chain = _chain(name, known)
        if chain[-1] == name and len(chain) > 1 and name not in reported:
            reported.update(chain)
            message = f"{kind} '{name}' is based on itself: {' → '.join(chain)}"
            yield Finding(code, message, one.span, "remove 'based-on' from one of them")
        elif len(chain) > MAX_STEPS:
            message = f"{kind} '{name}' is based on a chain of more than {MAX_STEPS} others"
            yield Finding(code, message, one.span, "shorten the chain")
            return


def _check_styles_of_editions(layout: Layout) -> Iterator[Finding]:
    """Report keys that a style cannot change for editions of a language."""
    for style in (*layout.paragraph_styles.values(), *layout.character_styles.values()):
        for edition, keys in style.in_.items():
            if keys.based_on or keys.in_:
                key = "based-on" if keys.based_on else "in"
                message = f"'{key}' cannot be set for '{edition}' only"
                yield Finding("style-edition", message, keys.span, f"remove '{key}' here")


def _chain(name: str, known: Mapping[str, CharacterStyleSpec] | Mapping[str, Master]) -> list[str]:
    """Return the name and the names it is based on, up to the root or to the first repetition."""
    chain = [name]
    while (at := known.get(chain[-1])) is not None and at.based_on and len(chain) <= MAX_STEPS:
        is_repeated = at.based_on in chain
        chain.append(at.based_on)
        if is_repeated:
            break
    return chain


# Frames and pages


def _check_frames(layout: Layout) -> Iterator[Finding]:
    for master in layout.masters.values():
        for name in sorted(PAGE_KEYS & master.frames.keys()):
            message = f"a frame cannot be named '{name}': pages have a key of that name"
            yield Finding("frame-name", message, master.frames[name].span, "rename the frame")
    holders: list[Master | PageSpec] = [*layout.masters.values(), *layout.every_declared_page]
    for holder in holders:
        for name, declared in holder.frames.items():
            yield from _check_otherwise(f"frame '{name}'", declared)
            for frame in frame_variants(declared):
                if frame.content and frame.story:
                    message = f"frame '{name}' has both content and a story"
                    yield Finding("frame-content", message, frame.span, "remove one of them")
    for page in layout.every_declared_page:
        yield from _check_otherwise("the page", page)


def _check_otherwise(name: str, one: Frame | PageSpec) -> Iterator[Finding]:
    if one.otherwise and not (one.when or one.repeat):
        message = f"{name} has 'otherwise' without a condition"
        yield Finding("condition-form", message, one.span, "add 'when', e.g. when: {language: fr}")


def frames_of(layout: Layout, name: str) -> dict[str, Frame]:
    """Return the frames of a master, including those inherited from the masters it is based on."""
    names = dict.fromkeys(_chain(name, layout.masters))
    masters = [layout.masters[one] for one in names if one in layout.masters]
    return {key: frame for master in reversed(masters) for key, frame in master.frames.items()}


def inherited_from(layout: Layout, name: str) -> Master:
    """Return a master with the grid and background that it inherits."""
    masters = [layout.masters[one] for one in dict.fromkeys(_chain(name, layout.masters))]
    grid = next((one.grid for one in masters if one.grid), None)
    background = next((one.background for one in masters if one.background), None)
    return replace(masters[0], grid=grid, background=background)


def _check_fills(layout: Layout, reading: ReadContext) -> Iterator[Finding]:
    for page in layout.every_declared_page:
        if page.master and page.master.name not in layout.masters:
            continue
        known = {**(frames_of(layout, page.master.name) if page.master else {}), **page.frames}
        master = f"master '{page.master.name}'" if page.master else "this page"
        for name, span in page.fill_spans.items():
            if name not in known and name not in reading.broken:
                message = f"{master} has no frame '{name}'"
                yield Finding("frame-unknown", message, span, nearest(name, {*known, *PAGE_KEYS}))


def check_frames_beside(layout: Layout, broken: Iterable[str] = ()) -> Iterator[Finding]:
    """Yield findings on frames that are placed beside others.

    Args:
        layout: A layout as written, or the layout of an edition, without conditions and repeats.
        broken: Names whose definitions have errors.
    """
    edition, hint = "", ""
    if layout.declared:
        edition, hint = "in this edition, ", "give this frame the 'when' of the other one"
    found: dict[Finding, None] = {}  # pages with one master have the same findings
    for page in layout.every_declared_page:
        master = page.master.name if page.master else ""
        if master and master not in layout.masters:
            continue
        frames = {**(frames_of(layout, master) if master else {}), **page.frames}
        holder = f"master '{master}'" if master else "this page"
        found |= dict.fromkeys(check_relative_frames(edition + holder, frames, broken, hint))
    yield from found


# The grid


def _check_placements(layout: Layout) -> Iterator[Finding]:
    for master in layout.masters.values():
        for frame in chain.from_iterable(map(frame_variants, master.frames.values())):
            yield from _check_placement(frame.at, master.grid or layout.grid)
    for page in layout.every_declared_page:
        master_of_page = layout.masters.get(page.master.name) if page.master else None
        grid = (master_of_page.grid if master_of_page else None) or layout.grid
        for frame in chain.from_iterable(map(frame_variants, page.frames.values())):
            yield from _check_placement(frame.at, grid)


def _check_placement(placement: Placement, grid: Grid | None) -> Iterator[Finding]:
    grid = grid or Grid(placement.span)
    for word, numbers, count in (
        ("column", placement.columns, grid.columns),
        ("row", placement.rows, grid.rows),
    ):
        if numbers and numbers[1] > count:
            message = f"{word} {numbers[1]} does not exist: the grid has {_counted(count, word)}"
            hint = f"use {word}s 1-{count}" if count > 1 else f"use {word} 1"
            yield Finding("grid-place", message, placement.span, hint)


def _counted(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def _check_type_area(layout: Layout) -> Iterator[Finding]:
    """Report grids whose margins and gutters, so far as they are absolute lengths, fill the whole page."""
    for written in [layout.grid, *(master.grid for master in layout.masters.values())]:
        if written is None:
            continue
        if written.lines is not None:
            yield from _check_row_lines(written, layout.size.height)
        grid = resolve_row_lines(written, layout.size.height)
        margins, rows = grid.margins, grid.row_gutter or grid.gutter
        across = _points(margins.inner, margins.outer) + grid.gutter.points * (grid.columns - 1)
        down = _points(margins.top, margins.bottom) + rows.points * (grid.rows - 1)
        for total, available, word in (
            (across, _min_page_width(layout), "wide"),
            (down, layout.size.height, "high"),
        ):
            if total >= available:
                message = f"margins and gutters of {total:.4g} pt leave no type area: the page is {available:.4g} pt {word}"
                yield Finding("margins-too-large", message, grid.span, "make them smaller")


def _check_row_lines(grid: Grid, height: float) -> Iterator[Finding]:
    bottom = resolve_row_lines(grid, height).margins.bottom.points
    if bottom < 0:
        rows = f"{_counted(grid.rows, 'row')} of {grid.lines} lines"
        message = f"{rows} and the top margin are {-bottom / MM:.4g} mm higher than the page"
        hint = "use fewer rows, fewer lines in each, or a smaller baseline or row-gutter"
        yield Finding("margins-too-large", message, grid.span, hint)


def _min_page_width(layout: Layout) -> float:
    """Return the width of the narrowest page; in a gate-fold of three panels a side, that is half a page."""
    width, fold = layout.size.width, layout.fold.compensation
    if layout.binding is Binding.GATE_FOLD and len(layout.pages) == 6:
        width /= 2
    return width - (fold.points if fold and layout.binding.folded else 0.0)


def _points(*lengths: Length) -> float:
    return sum(length.points for length in lengths)


def check_page_count(layout: Layout) -> Iterator[Finding]:
    """Yield a finding if the pages of a layout do not suit its binding."""
    count, binding = len(layout.pages), layout.binding
    pages = _counted(count, "page")
    if layout.page_multiple and count % layout.page_multiple:
        message = f"the brochure has {pages}, not a multiple of {layout.page_multiple}"
        hint = "add or remove pages, or change 'page-multiple'"
        yield Finding("page-count", message, layout.span, hint)
    if binding is Binding.SADDLE_STITCH and count % 4:
        message = f"a saddle-stitched brochure of {pages} ends with {-count % 4} blank"
        hint = "make the number of pages a multiple of four"
        yield Finding("page-count", message, layout.span, hint, Severity.WARNING)
    if binding in PANELS and not PANELS[binding][0](count):
        message = f"a {binding.value} cannot have {_counted(count, 'panel')}"
        yield Finding("page-count", message, layout.span, PANELS[binding][1])
    if layout.spine and (binding is not Binding.PERFECT or count < MIN_WITH_COVER or count % 2):
        message = (
            f"a spine needs perfect binding and an even number of pages, at least {MIN_WITH_COVER}"
        )
        hint = f"the layout has {pages} and 'binding: {binding.value}'"
        yield Finding("spine", message, layout.spine.span, hint)


def _check_fold(layout: Layout) -> Iterator[Finding]:
    compensation, maximum = layout.fold.compensation, layout.size.width / 4
    if compensation and compensation.points > maximum:
        message = f"the fold compensation of {compensation.points / MM:.4g} mm is too large"
        hint = f"the maximum is a quarter of the panel, {maximum / MM:.4g} mm"
        yield Finding("fold-compensation", message, layout.fold.span, hint)


PANELS: Mapping[Binding, tuple[Callable[[int], bool], str]] = {
    Binding.TRI_FOLD: (
        lambda count: count == 6,
        "a tri-fold has 6 panels: 5 6 1 outside, 2 3 4 inside",
    ),
    Binding.GATE_FOLD: (
        lambda count: count in (6, 8),
        "a gate-fold has 6 panels, or 8 with a middle fold",
    ),
    Binding.Z_FOLD: (
        lambda count: count % 2 == 0 and count >= 4,
        "a z-fold has an even number of panels, at least 4",
    ),
}
"""The possible numbers of panels of each fold, as a test and in words."""

MIN_WITH_COVER = 6
