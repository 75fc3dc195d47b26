"""Read a laid-out edition for a comparison."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from brochure.approval.canonical import digest_value
from brochure.approval.page_digest import digest_page
from brochure.build_values import LaidOut
from brochure.color.convert import in_ink
from brochure.color.gradient import list_paints
from brochure.color.printing_condition import PressCondition
from brochure.color.swatch import Cmyk, Gradient, Paint, Spot
from brochure.compare.contents import (
    Contents,
    PageContents,
    PlacedPicture,
    PlacedShape,
    TextFlow,
    TextLine,
    TypeLook,
)
from brochure.findings import Span
from brochure.geometry import Matrix, Rect, shift
from brochure.model.display_list import DropShadow, GlyphRun, Link, Page, Path, Picture, bounds
from brochure.model.galley import transform_item
from brochure.project import Project

ASCENT, DESCENT = 0.72, 0.22
"""How far letters extend above and below the baseline, in ems."""

FlowId = tuple[str, Span | None]
"""A message and the place of the block that shows it; for text without a message, a number of its own."""


def read_edition(made: LaidOut, project: Project, name: str) -> Contents:
    """Return the contents of a laid-out edition; `name` is its name in reports."""
    press = made.work.condition
    pages = tuple(_read_page(page, press, project) for page in made.pages)
    return Contents(name, pages, tuple(_read_flows(made)), made.edition.left_to_right)


# Text


def _read_flows(made: LaidOut) -> Iterator[TextFlow]:
    """Yield the uses of messages in the order in which they begin, each with all its lines."""
    lines: dict[FlowId, list[tuple[TextLine, str]]] = {}
    reader = _LineReader(made)
    for page in made.pages:
        for runs in _runs_by_line(page):
            flow = _flow_id(runs[0], page.number, len(lines))
            lines.setdefault(flow, []).append(
                (reader.read(runs, page.number), runs[0].glyphs.language)
            )
    for (key, _), found in lines.items():
        story = made.edition.stories.get(key)
        text = story.text if story and key else " ".join(line.text for line, _ in found)
        yield TextFlow(
            key,
            text,
            tuple(line for line, _ in found),
            found[0][1],
            made.edition.left_to_right,
        )


def _flow_id(run: GlyphRun, page: int, count: int) -> FlowId:
    origin = run.glyphs.origin
    if origin and origin.key:
        return origin.key, origin.block
    return "", Span("", page, count)


def _runs_by_line(page: Page) -> Iterator[list[GlyphRun]]:
    """Yield the runs of each line: those of one message and element on one baseline."""

    def line(run: GlyphRun) -> object:
        origin = run.glyphs.origin
        source = (origin.key, origin.style, origin.block) if origin else None
        return source, run.tag.path, round(run.y - run.glyphs.y, 2), run.matrix

    runs = (item for item in page.items if isinstance(item, GlyphRun))
    return (list(found) for _, found in groupby(runs, line))


class _LineReader:
    """Reads lines of text; colours are named in the inks of the press."""

    def __init__(self, made: LaidOut) -> None:
        self._press = made.work.condition
        self._left_to_right = made.edition.left_to_right
        self._names: dict[Paint, str] = {}

    def read(self, runs: list[GlyphRun], page: int) -> TextLine:
        """Return the line that these runs form."""
        first = runs[0]
        ordered = runs if self._left_to_right else runs[::-1]
        text = "".join(run.glyphs.text + " " * run.trailing_space for run in ordered).strip()
        is_hyphenated = not runs[-1 if self._left_to_right else 0].glyphs.text and bool(text)
        origin = first.glyphs.origin
        return TextLine(
            page,
            text,
            _line_rect(runs),
            first.matrix.apply(first.x, first.y - first.glyphs.y)[1],
            frozenset(self._look(run) for run in runs),
            origin.style if origin else "",
            is_hyphenated,
        )

    def _look(self, run: GlyphRun) -> TypeLook:
        paint = run.glyphs.paint
        if paint not in self._names:
            self._names[paint] = describe_paint(paint, self._press)
        return TypeLook(run.glyphs.face.name, round(run.glyphs.size, 2), self._names[paint])


def _line_rect(runs: Iterable[GlyphRun]) -> Rect:
    """Return the bounding box of a line."""
    boxes = [
        run.matrix.box(
            Rect(
                run.x,
                run.y - DESCENT * run.glyphs.size,
                run.glyphs.width,
                (ASCENT + DESCENT) * run.glyphs.size,
            )
        )
        for run in runs
    ]
    joined = boxes[0]
    for box in boxes[1:]:
        joined = joined.union(box)
    return joined


# Pages


def _read_page(page: Page, press: PressCondition, project: Project) -> PageContents:
    return PageContents(
        page.number,
        page.label,
        page.width,
        page.height,
        digest_page(page, project),
        page.trim,
        tuple(_read_pictures(page, project)),
        tuple(_read_shapes(page, press)),
        tuple(dict.fromkeys(item.target for item in page.items if isinstance(item, Link))),
        frozenset(_find_inks(page, press)),
        (("bleed", f"{page.bleed:.2f} pt"),),
    )


def _read_pictures(page: Page, project: Project) -> Iterator[PlacedPicture]:
    for item in page.items:
        if isinstance(item, Picture) and not isinstance(item, DropShadow):
            shown = item.rect.intersect(bounds(item.clip)) if item.clip else item.rect
            rect = item.matrix.box(shown)
            digest = project.digest(item.asset).hex()
            yield PlacedPicture(page.number, item.asset.rpartition("assets/")[2], digest, rect)


def _read_shapes(page: Page, press: PressCondition) -> Iterator[PlacedShape]:
    """Yield the page's shapes; the paths of one block's drawing are one shape."""

    def drawing(item: Path) -> object:
        return (item.tag.path, item.block) if item.tag.role == "Figure" else id(item)

    paths = (item for item in page.items if isinstance(item, Path) and (item.fill or item.stroke))
    for _, found in groupby(paths, drawing):
        parts = list(found)
        rects = [part.matrix.box(bounds(part.outlines)) for part in parts]
        rect = rects[0]
        for other in rects[1:]:
            rect = rect.union(other)
        colours = dict.fromkeys(
            describe_paint(one, press) for part in parts for one in _paints(part)
        )
        local = shift(-rect.x, -rect.y)
        shapes = tuple(_outline_values(part, local) for part in parts)
        name = "drawing" if parts[0].tag.role == "Figure" else _name_shape(parts[0])
        yield PlacedShape(page.number, name, tuple(colours), digest_value(shapes), rect)


def _name_shape(path: Path) -> str:
    return "area" if path.fill else "line"


def _outline_values(path: Path, local: Matrix) -> object:
    moved = transform_item(path, local)
    width = path.stroke.width if path.stroke else 0.0
    assert isinstance(moved, Path)
    return moved.outlines, width, path.even_odd, moved.matrix


def _paints(path: Path) -> Iterator[Paint]:
    if path.fill:
        yield path.fill
    if path.stroke:
        yield path.stroke.paint


def _find_inks(page: Page, press: PressCondition) -> Iterator[str]:
    """Yield the inks of text and shapes."""
    for item in page.items:
        paints = list(_paints(item)) if isinstance(item, Path) else []
        if isinstance(item, GlyphRun):
            paints = [item.glyphs.paint]
        for paint in (one for each in paints for one in list_paints(each)):
            printed = in_ink(paint.colour, press)
            if isinstance(printed, Spot):
                yield printed.name
            else:
                yield from (name for name, amount in _amounts(printed) if amount)


def _amounts(colour: Cmyk) -> Iterator[tuple[str, float]]:
    names = ("Cyan", "Magenta", "Yellow", "Black")
    return zip(names, (colour.c, colour.m, colour.y, colour.k), strict=True)


def describe_paint(paint: Paint, press: PressCondition) -> str:
    """Return a colour in the inks of the press: `C 0 M 85 Y 100 K 5`, `Gold 50 %`."""
    if isinstance(paint, Gradient):
        return f"gradient {' – '.join(describe_paint(one, press) for one in list_paints(paint))}"
    printed = in_ink(paint.colour, press)
    if isinstance(printed, Spot):
        words = f"{printed.name} {printed.tint:.0%}"
    else:
        words = " ".join(
            f"{name[0] if name != 'Black' else 'K'} {100 * amount:.4g}"
            for name, amount in _amounts(printed)
        )
    opacity = "" if paint.opacity == 1 else f", {paint.opacity:.0%} opaque"
    return words + opacity + (", overprints" if paint.overprint else "")
