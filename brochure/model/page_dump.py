"""Display lists as text, for golden files and for comparing pages by eye."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from brochure.color.swatch import Cmyk, Gradient, Grey, Paint, Rgb, Spot
from brochure.geometry import IDENTITY, Matrix, Rect
from brochure.model.display_list import (
    ARTIFACT,
    Blend,
    Bookmark,
    DropShadow,
    FlattenedArea,
    GlyphRun,
    Item,
    Link,
    Outline,
    Page,
    Path,
    Picture,
    Tag,
    bounds,
)


def dump(page: Page) -> str:
    """Format the page as text, one item per line, in hundredths of a point."""
    side = "verso" if page.verso else "recto"
    head = (
        f"page {page.number} {page.width:.2f} x {page.height:.2f} {side} folio {page.label or '-'}"
    )
    return "\n".join([head, *("  " + line for line in _dump_items(page.items))]) + "\n"


def _dump_items(items: Iterable[Item]) -> Iterator[str]:
    """Yield the lines of all items; the alternate text of an element follows its first item."""
    seen: set[Tag] = set()
    for item in items:
        tag = ARTIFACT if isinstance(item, Bookmark) else item.tag
        alt = tag.figure.alt if tag.figure else tag.alt
        extra = _format_alt(alt) if tag not in seen else ""
        seen.add(tag)
        for text in _dump_item(item):
            yield text + extra


def _dump_item(item: Item) -> Iterator[str]:
    match item:
        case GlyphRun():
            yield _dump_glyphs(item)
        case Path():
            yield _dump_path(item)
        case Picture():
            yield _dump_picture(item)
        case Link():
            yield f"{'Link':<9}{_format_rect(item.rect)}  {item.target}"
        case Bookmark():
            yield f"{'Bookmark':<9}{item.y:9.2f}  {'>' * item.level} {item.title}"


def _dump_glyphs(item: GlyphRun) -> str:
    glyphs = item.glyphs
    ids = " ".join(str(number) for number in glyphs.ids)
    colour = "" if glyphs.paint.colour == Cmyk(0, 0, 0, 1) else f" {_format_paint(glyphs.paint)}"
    place = f"{item.tag.role:<9}{item.x:9.2f} {item.y:9.2f}  {glyphs.face.name} {glyphs.size:g}"
    return (
        f"{place}{colour} {glyphs.text!r} w={glyphs.width:.2f} [{ids}]{_format_matrix(item.matrix)}"
    )


def _dump_picture(item: Picture) -> str:
    if isinstance(item, FlattenedArea):
        return f"{item.tag.role:<9}{_format_rect(item.rect)}  flattened area of {len(item.layers)} layers"
    if isinstance(item, DropShadow):
        paint = _format_paint(Paint(item.colour, item.opacity))
        return f"{item.tag.role:<9}{_format_rect(item.rect)}  shadow {item.blur:.2f} {paint}{_format_matrix(item.matrix)}"
    line = f"{item.tag.role:<9}{_format_rect(item.rect)}  picture {item.asset}"
    if item.duotone:
        line += f" in {' and '.join(_format_paint(Paint(one)) for one in item.duotone)}"
    if item.blend is not Blend.NORMAL:
        line += f" {item.blend.value}"
    return line + _format_clip(item.clip) + _format_matrix(item.matrix) + _format_alt(item.alt)


def _dump_path(item: Path) -> str:
    fill = f" fill {_format_paint(item.fill)}" if item.fill else ""
    stroke = (
        f" stroke {item.stroke.width:g} {_format_paint(item.stroke.paint)}" if item.stroke else ""
    )
    count = sum(len(outline.segments) for outline in item.outlines)
    where = _format_rect(bounds(item.outlines))
    return f"{item.tag.role:<9}{where}  path {count}{fill}{stroke}{_format_matrix(item.matrix)}"


def _format_rect(rect: Rect) -> str:
    return f"{rect.x:9.2f} {rect.y:9.2f}  {rect.width:.2f} x {rect.height:.2f}"


def _format_clip(clip: tuple[Outline, ...]) -> str:
    return f" within {_format_rect(bounds(clip)).strip()}" if clip else ""


def _format_alt(alt: str) -> str:
    return f" alt {alt!r}" if alt else ""


def _format_matrix(matrix: Matrix) -> str:
    if matrix == IDENTITY:
        return ""
    numbers = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
    return " matrix " + " ".join(f"{number + 0:.4g}" for number in numbers)


def _format_paint(paint: Paint) -> str:
    if isinstance(paint, Gradient):
        place = (
            f"{paint.angle:g}" if paint.centre is None else "radial {:g} {:g}".format(*paint.centre)
        )
        stops = ", ".join(
            f"{stop.offset:g} {_format_paint(Paint(stop.colour, stop.opacity))}"
            for stop in paint.stops
        )
        return f"gradient {place} ({stops})"
    opacity = "" if paint.opacity == 1 else f"@{paint.opacity:g}"
    opacity += " overprint" if paint.overprint else ""
    match paint.colour:
        case Cmyk(c, m, y, k):
            return f"cmyk {c:g} {m:g} {y:g} {k:g}{opacity}"
        case Rgb(r, g, b):
            return f"rgb {r:g} {g:g} {b:g}{opacity}"
        case Grey(light):
            return f"grey {light:g}{opacity}"
        case Spot(name, _, strength):
            return f"spot {name!r} {strength:g}{opacity}"
