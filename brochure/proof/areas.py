"""Areas of a page that can be clicked: texts, pictures and drawings, each with what is known of it.

Text belongs to one area for each message and block, other items to one for each block. Rectangles are in points from the
lower left corner of the trim, y upwards; text has one for each line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from brochure.color.convert import in_ink
from brochure.color.duotone import ink_table
from brochure.color.gradient import list_paints
from brochure.color.printing_condition import PressCondition
from brochure.color.swatch import Cmyk, Gradient, Paint, Spot
from brochure.fast_dataclass import dataclass
from brochure.findings import Origin, Span
from brochure.geometry import Rect
from brochure.model.display_list import (
    DropShadow,
    GlyphRun,
    Page,
    Path,
    Picture,
    PlacedArtwork,
    Tag,
    bounds,
)
from brochure.spec.model import Layout
from brochure.spec.values import Asset, Message

Fact = tuple[str, str]
"""A property that the inspector shows: its name and its value."""

SAME_LINE = 0.5
"""Distance between baselines, in points, within which runs are on one line."""

MAX_LABEL = 80
"""Length of an area's label, in characters."""


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a page: its kind (text, picture, drawing), what it is made from, and what it looks like.

    `turn` is its position in reading order; artifacts come last. `block_kind` is the kind of its block, `label` the start of
    its text or the description of a picture.
    """

    kind: str
    key: str
    block: Span | None
    block_kind: str
    style: str
    rects: tuple[Rect, ...]
    label: str
    facts: tuple[Fact, ...]
    turn: int
    span: Span | None = None


def find_areas(page: Page, layout: Layout, press: PressCondition) -> tuple[Area, ...]:
    """Return the areas of a page, in reading order."""
    blocks = find_blocks(layout)
    texts: dict[tuple[str, Span | None], list[GlyphRun]] = {}
    drawings: dict[Span, list[Path]] = {}
    found: list[Area] = []
    for item in page.items:
        match item:
            case GlyphRun() if item.glyphs.ids:
                origin = item.glyphs.origin or Origin()
                texts.setdefault((origin.key, origin.block), []).append(item)
            case DropShadow():
                pass
            case Path() | Picture() if item.tag.figure:
                pass
            case Picture():
                found.append(_picture_area(item, press, blocks))
            case Path() if item.block and not _is_invisible(item):
                drawings.setdefault(item.block, []).append(item)
            case _:
                pass
    found.extend(_text_area(runs, press, blocks) for runs in texts.values())
    found.extend(_drawing_area(block, paths, press, blocks) for block, paths in drawings.items())
    return tuple(sorted(found, key=lambda area: area.turn))


def _is_invisible(path: Path) -> bool:
    box = bounds(path.outlines)
    return not (box.width or box.height) or not (path.fill or path.stroke)


NO_TURN = 1 << 62


def _turn(tag: Tag) -> int:
    return tag.path[-1][1] if tag.path else NO_TURN


@dataclass(frozen=True, slots=True)
class BlockFacts:
    """The kind of a block as written in YAML, the key of its alternative text, and the path of its image file."""

    kind: str
    alt: str = ""
    file: str = ""


Blocks = Mapping[Span, BlockFacts]


@lru_cache(maxsize=8)
def find_blocks(layout: Layout) -> Blocks:
    """Return the blocks of the layout by their place."""
    frames = [frame for page in layout.every_page for frame in page.frames.values()]
    frames += [frame for master in layout.masters.values() for frame in master.frames.values()]
    contents: list[object] = [frame.content for frame in frames]
    contents += [story.content for story in layout.stories.values()]
    contents += [fill for page in layout.every_page for fill in page.fills.values()]
    return dict(_walk_blocks(contents))


def _walk_blocks(content: object) -> Iterator[tuple[Span, BlockFacts]]:
    """Yield blocks, and the blocks inside them, with their place."""
    if not isinstance(content, list | tuple):
        return
    for block in content:
        span = getattr(block, "span", None)
        if isinstance(span, Span):
            kind = type(block).__module__.rpartition(".")[2].replace("_", "-")
            alt = getattr(block, "alt", None)
            image = getattr(block, "image", None)
            yield (
                span,
                BlockFacts(
                    kind,
                    alt.key if isinstance(alt, Message) else "",
                    image.path if isinstance(image, Asset) else "",
                ),
            )
        yield from _walk_blocks(getattr(block, "content", block))


def _facts_of(block: Span | None, blocks: Blocks) -> BlockFacts:
    return blocks.get(block, BlockFacts("")) if block else BlockFacts("")


# Text


def _text_area(runs: Sequence[GlyphRun], press: PressCondition, blocks: Blocks) -> Area:
    origin = runs[0].glyphs.origin or Origin()
    styles = {run.glyphs.origin.style for run in runs if run.glyphs.origin}
    return Area(
        "text",
        origin.key,
        origin.block,
        _facts_of(origin.block, blocks).kind,
        ", ".join(sorted(filter(None, styles))),
        tuple(_line_rects(runs)),
        shorten(_plain_text(runs)),
        tuple(_text_facts(runs, press)),
        min(_turn(run.tag) for run in runs),
        origin.span,
    )


def _line_rects(runs: Iterable[GlyphRun]) -> Iterator[Rect]:
    """Yield a rectangle for each line, in the order of the text."""
    lines: list[tuple[float, Rect]] = []
    for run in runs:
        glyphs = run.glyphs
        height = (glyphs.face.ascent + glyphs.face.descent) * glyphs.size
        rect = Rect(run.x, run.y - glyphs.face.descent * glyphs.size, glyphs.width, height)
        box = run.matrix.box(rect)
        baseline = run.y - glyphs.y
        if lines and abs(lines[-1][0] - baseline) < SAME_LINE:
            lines[-1] = (baseline, lines[-1][1].union(box))
        else:
            lines.append((baseline, box))
    return (rect for _, rect in lines)


def _plain_text(runs: Sequence[GlyphRun]) -> str:
    """Return the text of runs; those without a message are separate texts, such as the values of a chart."""
    origin = runs[0].glyphs.origin
    between = "" if origin and origin.key else " "
    return between.join(run.glyphs.text + (" " if run.trailing_space else "") for run in runs)


def shorten(text: str) -> str:
    """Return the start of a text, on one line."""
    plain = " ".join(text.split())
    return plain if len(plain) <= MAX_LABEL else plain[: MAX_LABEL - 1].rstrip() + "…"


def _text_facts(runs: Sequence[GlyphRun], press: PressCondition) -> Iterator[Fact]:
    for font in dict.fromkeys(run.glyphs.face.name for run in runs):
        yield "font", font
    sizes = dict.fromkeys(f"{round(run.glyphs.size, 2):g} pt" for run in runs)
    yield "size", ", ".join(sizes)
    paints = dict.fromkeys(run.glyphs.paint for run in runs)
    yield "colour", "; ".join(dict.fromkeys(describe_paint(paint, press) for paint in paints))
    yield "language", ", ".join(dict.fromkeys(run.glyphs.language for run in runs))


# Pictures and drawings


def _picture_area(picture: Picture, press: PressCondition, blocks: Blocks) -> Area:
    shown = picture.rect
    if picture.clip:
        shown = shown.intersect(bounds(picture.clip))
    facts = (
        _artwork_facts(picture)
        if isinstance(picture, PlacedArtwork)
        else _pixel_facts(picture, press)
    )
    name = picture.asset.rpartition("/")[2]
    return Area(
        "picture",
        _facts_of(picture.block, blocks).alt,
        picture.block,
        _facts_of(picture.block, blocks).kind or "image",
        "",
        (picture.matrix.box(shown),),
        shorten(picture.alt) or name,
        facts,
        _turn(picture.tag),
        picture.span,
    )


def _pixel_facts(picture: Picture, press: PressCondition) -> tuple[tuple[str, str], ...]:
    width, height = picture.pixels
    inks = ", ".join(ink_table(picture.duotone, press).inks) if picture.duotone else press.name
    return (
        ("file", picture.asset),
        ("pixels", f"{width} × {height}"),
        ("resolution", f"{min(picture.resolution):.0f} ppi"),
        ("inks", "black" if picture.is_grey else inks),
    )


def _artwork_facts(artwork: PlacedArtwork) -> tuple[tuple[str, str], ...]:
    scale = artwork.rect.width / artwork.info.width
    return (
        ("file", artwork.asset),
        ("page", f"{artwork.page}"),
        ("scale", f"{scale * 100:.0f} %"),
    )


def _drawing_area(
    block: Span, paths: Sequence[Path], press: PressCondition, blocks: Blocks
) -> Area:
    boxes = [path.matrix.box(bounds(path.outlines)) for path in paths]
    whole = boxes[0]
    for box in boxes[1:]:
        whole = whole.union(box)
    paints = dict.fromkeys(paint for path in paths for paint in _paints(path))
    colours = "; ".join(dict.fromkeys(describe_paint(paint, press) for paint in paints))
    about = _facts_of(block, blocks)
    alt = next((path.tag.alt for path in paths if path.tag.alt), "")
    file = (("file", about.file),) if about.file else ()
    return Area(
        "drawing",
        about.alt,
        block,
        about.kind,
        "",
        (whole,),
        shorten(alt) or about.file.rpartition("/")[2] or about.kind,
        (*file, ("colours", colours)),
        min(_turn(path.tag) for path in paths),
        paths[0].span,
    )


def _paints(path: Path) -> Iterator[Paint]:
    if path.fill:
        yield path.fill
    if path.stroke:
        yield path.stroke.paint


def describe_paint(paint: Paint, press: PressCondition) -> str:
    """Return a paint in the inks of the press: `C 0 M 85 Y 100 K 5`, `Gold 50 %`, with its opacity and overprint."""
    if isinstance(paint, Gradient):
        return f"gradient {' – '.join(describe_paint(one, press) for one in list_paints(paint))}"
    printed = in_ink(paint.colour, press)
    words = _describe_inks(printed)
    opacity = "" if paint.opacity == 1 else f", {paint.opacity:.0%} opaque"
    return words + opacity + (", overprints" if paint.overprint else "")


def _describe_inks(inks: Cmyk | Spot) -> str:
    if isinstance(inks, Spot):
        return f"{inks.name} {inks.tint:.0%}"
    amounts = zip("CMYK", (inks.c, inks.m, inks.y, inks.k), strict=True)
    return " ".join(f"{name} {amount * 100:.0f}" for name, amount in amounts)
