"""Convert a parsed SVG file to filled outlines in painting order.

Transformations, strokes, clips, `use` elements and the opacity of groups are resolved. What is not supported is refused with
line and element.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from typing import Any

from brochure.blocks.svg import geometry
from brochure.blocks.svg.complexity import HREFS
from brochure.blocks.svg.errors import SvgError, refuse
from brochure.blocks.svg.geometry import SHAPES, Area
from brochure.blocks.svg.overlaps import Painted, fade
from brochure.blocks.svg.style import OwnStyle, Style, inherit, read_own, read_properties
from brochure.blocks.svg.values import LENGTH, UNITS, read_length, read_transform
from brochure.color.swatch import Rgb
from brochure.fast_dataclass import dataclass
from brochure.geometry import IDENTITY, Matrix, Rect, shift

SVG = "{http://www.w3.org/2000/svg}"
GROUPS = frozenset(("g", "a"))
IGNORED = frozenset(
    ("defs", "title", "desc", "metadata", "view", "cursor", "clipPath", "marker", "symbol", "mask", "filter",
     "linearGradient", "radialGradient", "pattern")
)  # fmt: skip
"""Elements that paint nothing unless they are referred to; references to those that are not supported are refused."""

MAX_SIZE = 1e6
"""Maximum size of a view box in units; beyond it coordinates lose precision."""

MAX_USE_DEPTH = 20


@dataclass(frozen=True, slots=True)
class _Context:
    """What an element is painted with: inherited style, matrix to working units, clip in working units."""

    style: Style
    matrix: Matrix
    clip: Area | None = None
    depth: int = 0


@dataclass(frozen=True)
class _Converter:
    """The elements of a file by id; `scale` converts user units to working units."""

    scale: float
    by_id: dict[str, Any] = field(default_factory=dict)

    def paint(self, element: Any, context: _Context) -> Iterator[Painted]:
        """Yield what an element paints, from back to front."""
        if not isinstance(element.tag, str) or not element.tag.startswith(SVG):
            return  # comments, and data of drawing programs
        name = element.tag.removeprefix(SVG)
        if name in IGNORED:
            return
        properties = read_properties(element)
        own = read_own(element, properties)
        if not own.is_displayed:
            return
        style = inherit(element, properties, context.style)
        matrix = read_transform(element, properties.get("transform", "")).then(context.matrix)
        if abs(matrix.a * matrix.d - matrix.b * matrix.c) < 1e-12:
            return
        clip = self._clip(element, name, own, matrix, context)
        inner = replace(context, style=style, matrix=matrix, clip=clip)
        painted = list(self._content(element, name, inner))
        yield from fade(element, painted, own.opacity) if own.opacity < 1 else painted

    def _content(self, element: Any, name: str, context: _Context) -> Iterator[Painted]:
        if name in SHAPES:
            yield from self._shape(element, name, context)
        elif name in GROUPS:
            for child in element:
                yield from self.paint(child, context)
        elif name == "use":
            yield from self._use(element, context)
        else:
            refuse(element, "this element is not supported; convert it to paths")

    def _use(self, element: Any, context: _Context) -> Iterator[Painted]:
        target = self.target(element)
        properties = read_properties(element)
        x, y = (read_length(element, key, properties.get(key, "0")) for key in ("x", "y"))
        matrix = shift(x, y).then(context.matrix)
        yield from self.paint(target, replace(context, matrix=matrix, depth=context.depth + 1))

    def target(self, element: Any) -> Any:
        """Return the element that a `use` refers to."""
        reference = next((element.get(name) for name in HREFS if element.get(name)), "")
        target = self.by_id.get(reference.removeprefix("#"))
        if target is None:
            refuse(element, f"it refers to '{reference[:40]}', which does not exist")
        name = target.tag.rpartition("}")[2]
        if name not in SHAPES | GROUPS | {"use"}:
            refuse(element, f"it refers to a <{name}> element, which is not supported")
        return target

    # Shapes

    def _shape(self, element: Any, name: str, context: _Context) -> Iterator[Painted]:
        style = context.style
        path = geometry.shape_path(element, name, read_properties(element))
        if path is None or style.visibility != "visible":
            return
        layers = [self._fill(path, style), self._stroke(path, context)]
        if style.paint_order == "stroke":
            layers.reverse()
        for layer in layers:
            if layer is not None:
                area, colour, opacity = layer
                area = geometry.transformed(area, context.matrix)
                if context.clip is not None:
                    area = geometry.intersection(area, context.clip)
                yield Painted(area, colour, opacity)

    def _fill(self, path: Area, style: Style) -> tuple[Area, Rgb, float] | None:
        if style.fill is None or not style.fill_opacity:
            return None
        colour = style.colour(style.fill)
        return geometry.filled(path, style.fill_rule), colour, style.fill_opacity

    def _stroke(self, path: Area, context: _Context) -> tuple[Area, Rgb, float] | None:
        style, matrix = context.style, context.matrix
        if style.stroke is None or not style.stroke_width or not style.stroke_opacity:
            return None
        scale = math.sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))
        colour = style.colour(style.stroke)
        return geometry.stroked(path, style, scale), colour, style.stroke_opacity

    # Clips

    def _clip(
        self, element: Any, name: str, own: OwnStyle, matrix: Matrix, context: _Context
    ) -> Area | None:
        """Return the clip for an element: that of its parents, and its own."""
        if not own.clip_path:
            return context.clip
        source = self.by_id.get(own.clip_path)
        if source is None or source.tag != f"{SVG}clipPath":
            refuse(element, f"clip-path: clipPath element '{own.clip_path[:40]}' not found")
        area = self._clip_area(source, self._clip_units(source, element, name, matrix), context)
        return area if context.clip is None else geometry.intersection(area, context.clip)

    def _clip_units(self, source: Any, element: Any, name: str, matrix: Matrix) -> Matrix:
        """Return the matrix of a clip's contents."""
        if source.get("clipPathUnits", "userSpaceOnUse") == "userSpaceOnUse":
            return matrix
        path = name in SHAPES and geometry.shape_path(element, name, read_properties(element))
        if not path:
            refuse(element, "clipPathUnits 'objectBoundingBox' is supported for shapes only")
        left, top, right, bottom = path.bounds
        return Matrix(right - left, 0, 0, bottom - top, left, top).then(matrix)

    def _clip_area(self, source: Any, matrix: Matrix, context: _Context) -> Area:
        """Return the area inside a clipPath element, in working units."""
        if context.depth > MAX_USE_DEPTH:
            refuse(source, "clips refer to each other too often")
        properties = read_properties(source)
        own = read_own(source, properties)
        style = inherit(source, properties, Style())
        matrix = read_transform(source, properties.get("transform", "")).then(matrix)
        inner = _Context(style, matrix, depth=context.depth + 1)
        if own.clip_path:
            inner = replace(inner, clip=self._clip(source, "clipPath", own, matrix, inner))
        areas = [area for child in source for area in self._clip_child(child, inner)]
        total = geometry.union(areas)
        return total if inner.clip is None else geometry.intersection(total, inner.clip)

    def _clip_child(self, element: Any, context: _Context) -> Iterator[Area]:
        if not isinstance(element.tag, str) or not element.tag.startswith(SVG):
            return
        name = element.tag.removeprefix(SVG)
        if name in IGNORED:
            return
        properties = read_properties(element)
        own = read_own(element, properties)
        style = inherit(element, properties, context.style)
        matrix = read_transform(element, properties.get("transform", "")).then(context.matrix)
        if (
            name == "use"
            and own.is_displayed
            and not own.clip_path
            and context.depth < MAX_USE_DEPTH
        ):
            x, y = (read_length(element, key, properties.get(key, "0")) for key in ("x", "y"))
            inner = replace(
                context, style=style, matrix=shift(x, y).then(matrix), depth=context.depth + 1
            )
            yield from self._clip_child(self.target(element), inner)
            return
        if name not in SHAPES:
            refuse(element, "in a clipPath only shapes are supported")
        path = geometry.shape_path(element, name, properties)
        if path is None or style.visibility != "visible" or not own.is_displayed:
            return
        area = geometry.transformed(geometry.filled(path, style.clip_rule), matrix)
        clip = self._clip(element, name, own, matrix, replace(context, clip=None))
        yield area if clip is None else geometry.intersection(area, clip)


def convert_tree(root: Any) -> tuple[Rect, Sequence[Painted], Matrix]:
    """Convert the root element.

    Returns:
        The view box; what is painted, in working units; the matrix from working units to those of the view box.
    """
    if root.tag != f"{SVG}svg":
        raise SvgError("the root element is not <svg> in the namespace of SVG")
    box, adjustment = _view_box(root)
    scale = geometry.WORKING_SIZE / max(box.width, box.height)
    to_work = Matrix(a=scale, d=scale, e=-box.x * scale, f=-box.y * scale)
    back = Matrix(a=1 / scale, d=1 / scale, e=box.x, f=box.y)
    elements = [one for one in root.iter() if isinstance(one.tag, str)]
    converter = _Converter(
        scale, {one.get("id"): one for one in reversed(elements) if one.get("id")}
    )
    properties = read_properties(root)
    own = read_own(root, properties)
    if own.clip_path or properties.get("transform"):
        refuse(root, "clip-path and transform of the root element are not supported")
    context = _Context(inherit(root, properties, Style()), adjustment.then(to_work))
    painted = [one for child in root for one in converter.paint(child, context)]
    if own.opacity < 1:
        painted = list(fade(root, painted, own.opacity))
    frame = Rect(0, 0, box.width * scale, box.height * scale)
    return box, [_cropped(one, frame) for one in painted if own.is_displayed], back


def _cropped(painted: Painted, frame: Rect) -> Painted:
    """Return what is inside the view box: the rest of a drawing is not shown."""
    left, top, right, bottom = painted.area.bounds
    if frame.expand(1.0).contains(Rect(left, top, right - left, bottom - top)):
        return painted
    edge = geometry.rectangle(frame.width, frame.height)
    return replace(painted, area=geometry.intersection(painted.area, edge))


# The view box


def _view_box(root: Any) -> tuple[Rect, Matrix]:
    """Return the view box, extended to the proportions of width and height, and a matrix for those that distort it."""
    size = tuple(_absolute(root.get(key)) for key in ("width", "height"))
    numbers = root.get("viewBox")
    if numbers is None:
        if size[0] is None or size[1] is None:
            raise SvgError("it has no viewBox, and no width and height in units of length")
        box = Rect(0, 0, size[0], size[1])
    else:
        box = _read_box(root, numbers)
    if not (0 < box.width <= MAX_SIZE and 0 < box.height <= MAX_SIZE):
        raise SvgError(
            f"it has no usable viewBox; expected width and height above 0 and at most {MAX_SIZE:,.0f}"
        )
    if numbers is None or not size[0] or not size[1]:
        return box, IDENTITY
    return _fit(root, box, size[0] / size[1])


def _absolute(value: str | None) -> float | None:
    match = LENGTH.fullmatch(value or "")
    unit = UNITS.get(match[2].casefold()) if match else None
    return float(match[1]) * unit if match and unit else None


def _read_box(root: Any, text: str) -> Rect:
    parts = text.replace(",", " ").split()
    matches = [LENGTH.fullmatch(part) for part in parts]
    if len(parts) != 4 or not all(match and not match[2] for match in matches):
        raise SvgError(f"its viewBox '{text[:40]}' is not four numbers")
    x, y, width, height = (read_length(root, "viewBox", part) for part in parts)
    return Rect(x, y, width, height)


def _fit(root: Any, box: Rect, proportion: float) -> tuple[Rect, Matrix]:
    """Apply preserveAspectRatio where the proportions of width and height differ from those of the view box."""
    own = box.width / box.height
    if abs(own / proportion - 1) < 1e-3:
        return box, IDENTITY
    how = root.get("preserveAspectRatio", "xMidYMid").split()
    if how[:1] == ["none"]:
        stretch = proportion / own
        matrix = Matrix(a=stretch, e=box.x * (1 - stretch))
        return Rect(box.x, box.y, box.width * stretch, box.height), matrix
    if how not in (["xMidYMid"], ["xMidYMid", "meet"]):
        refuse(root, f"preserveAspectRatio '{' '.join(how)[:40]}' is not supported; use xMidYMid")
    width, height = max(box.width, box.height * proportion), max(box.height, box.width / proportion)
    extra_x, extra_y = (width - box.width) / 2, (height - box.height) / 2
    return Rect(box.x - extra_x, box.y - extra_y, width, height), IDENTITY
