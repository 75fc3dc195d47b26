"""Checks of a layout as a whole: names that lead somewhere, circles, counts.

Takes a `Layout`; gives findings. Names are found by walking the layout's values, so that no block kind need be known: a
`StyleName` anywhere must be a style, wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import lru_cache

from brochure.findings import Finding, Severity, Span, nearest
from brochure.spec.model import Binding, CharacterStyle, Frame, Grid, Layout, Master
from brochure.spec.values import CharacterName, MasterName, Place, StoryName, StyleName

WEIGHTS = frozenset(
    ["thin", "extra-light", "light", "regular", "medium", "semibold", "bold", "extra-bold", "black"]
)
FIGURES = frozenset({"lining", "oldstyle", "tabular", "proportional"})
PAGE_KEYS = frozenset({"master", "background", "folio", "frames"})


def check(layout: Layout, built_in: frozenset[str]) -> Iterator[Finding]:
    """Everything that is wrong with the layout as a whole."""
    yield from _names(layout, built_in)
    yield from _styles(layout, built_in)
    yield from _masters(layout)
    yield from _fills(layout)
    yield from _places(layout)
    yield from _numbers(layout)


def _names(layout: Layout, built_in: frozenset[str]) -> Iterator[Finding]:
    known = {
        StyleName: ("style", {*layout.styles, *built_in}),
        CharacterName: ("character style", set(layout.characters)),
        StoryName: ("story", set(layout.stories)),
        MasterName: ("master", set(layout.masters)),
    }
    for name in named(layout):
        word, names = known[type(name)]
        if name.name not in names:
            message = f"unknown {word} '{name.name}'"
            yield Finding(
                f"{word.split()[0]}-unknown", message, name.span, nearest(name.name, names)
            )


Name = StyleName | CharacterName | StoryName | MasterName


def named(value: object) -> Iterator[Name]:
    """Every name of a style, story or master in a value, at any depth."""
    if isinstance(value, Name):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from named(item)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from named(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in _field_names(type(value)):
            yield from named(getattr(value, field))


@lru_cache(maxsize=256)
def _field_names(model: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(model) if field.name != "span")


# Styles


def _styles(layout: Layout, built_in: frozenset[str]) -> Iterator[Finding]:
    for word, styles in (("style", layout.styles), ("character style", layout.characters)):
        known = {*styles, *(built_in if word == "style" else ())}
        for name, style in styles.items():
            if style.based_on and style.based_on not in known:
                message = f"{word} '{name}' is based on '{style.based_on}', which is not there"
                yield Finding("style-unknown", message, style.span, nearest(style.based_on, known))
            circle = _circle(name, styles)
            if circle:
                message = f"{word} '{name}' is based on itself: {circle}"
                yield Finding("style-circle", message, style.span)
            yield from _words(name, style)


def _circle(name: str, known: Mapping[str, CharacterStyle] | Mapping[str, Master]) -> str:
    seen = [name]
    while (at := known.get(seen[-1])) is not None and at.based_on:
        seen.append(at.based_on)
        if at.based_on == name:
            return " → ".join(seen)
        if len(seen) > len(known) + 1:
            break
    return ""


def _words(name: str, style: CharacterStyle) -> Iterator[Finding]:
    weight = style.weight
    if isinstance(weight, str) and weight not in WEIGHTS:
        message = f"style '{name}': '{weight}' is no weight"
        yield Finding("value", message, style.span, nearest(weight, WEIGHTS))
    elif isinstance(weight, int) and not 1 <= weight <= 1000:
        message = f"style '{name}': {weight} is no weight"
        yield Finding("value", message, style.span, "weights go from 100 to 900")
    for word in style.figures or ():
        if word not in FIGURES:
            message = f"style '{name}': '{word}' is no kind of figure"
            yield Finding("value", message, style.span, nearest(word, FIGURES))


# Masters and pages


def _masters(layout: Layout) -> Iterator[Finding]:
    for name, master in layout.masters.items():
        if master.based_on and master.based_on not in layout.masters:
            message = f"master '{name}' is based on '{master.based_on}', which is not there"
            hint = nearest(master.based_on, layout.masters)
            yield Finding("master-unknown", message, master.span, hint)
        circle = _circle(name, layout.masters)
        if circle:
            yield Finding(
                "master-circle", f"master '{name}' is based on itself: {circle}", master.span
            )
        for frame in sorted(PAGE_KEYS & master.frames.keys()):
            message = f"a frame cannot be called '{frame}': pages have a key of that name"
            yield Finding("frame-name", message, master.frames[frame].span)


def frames_of(layout: Layout, name: str) -> dict[str, Frame]:
    """The frames of a master with those that it takes from the masters it is based on."""
    chain: list[Master] = []
    while name in layout.masters and layout.masters[name] not in chain:
        chain.append(layout.masters[name])
        name = layout.masters[name].based_on or ""
    return {key: frame for master in reversed(chain) for key, frame in master.frames.items()}


def _fills(layout: Layout) -> Iterator[Finding]:
    for page in layout.pages:
        known = {**(frames_of(layout, page.master.name) if page.master else {}), **page.frames}
        master = f"master '{page.master.name}'" if page.master else "this page"
        for name, span in page.fill_spans.items():
            if name not in known:
                message = f"{master} has no frame '{name}'"
                yield Finding("frame-unknown", message, span, nearest(name, {*known, *PAGE_KEYS}))


def _places(layout: Layout) -> Iterator[Finding]:
    for master in layout.masters.values():
        grid = master.grid or layout.grid
        for frame in master.frames.values():
            yield from _on_grid(frame.at, grid)
    for page in layout.pages:
        chosen = layout.masters.get(page.master.name) if page.master else None
        for frame in page.frames.values():
            yield from _on_grid(frame.at, (chosen.grid if chosen else None) or layout.grid)


def _on_grid(place: Place, grid: Grid | None) -> Iterator[Finding]:
    grid = grid or Grid(place.span)
    for word, asked, there in (
        ("column", place.columns, grid.columns),
        ("row", place.rows, grid.rows),
    ):
        if asked and asked[1] > there:
            message = f"there is no {word} {asked[1]}: the grid has {there} {word}s"
            yield Finding("grid-place", message, place.span, f"{word}s 1-{there}")


# Numbers


def _numbers(layout: Layout) -> Iterator[Finding]:
    count = len(layout.pages)
    if not count:
        yield Finding(
            "pages-none", "the layout has no pages", layout.span, "add '- master: …' under pages"
        )
    if layout.binding is Binding.SADDLE_STITCH and count % 4:
        message = f"a saddle-stitched brochure of {count} pages leaves {-count % 4} blank"
        hint = "make it a multiple of four"
        yield Finding("page-count", message, layout.span, hint, Severity.WARNING)
    for grid in [layout.grid, *(master.grid for master in layout.masters.values())]:
        if grid and (grid.columns < 1 or grid.rows < 1):
            yield Finding("grid", "a grid has at least one column and one row", grid.span)
    for name, span in _bad_facts(layout):
        yield Finding("fact-name", f"'{name}' cannot name a fact", span, "letters, digits and _")


def _bad_facts(layout: Layout) -> Iterator[tuple[str, Span]]:
    for name in layout.facts:
        if not name.isidentifier() or not name.isascii():
            yield name, layout.span
