"""Convert a parsed SVG file to filled outlines and texts in painting order.

Transformations, strokes, clips, markers, patterns, `use` elements and the opacity of groups are resolved. What is not
supported is refused with line and element.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import Any

from brochure.blocks.svg import geometry
from brochure.blocks.svg.clips import clip_to_rectangle, read_clip
from brochure.blocks.svg.colours import CONTEXT_FILL, CONTEXT_STROKE, PaintServer, Solid, SvgPaint
from brochure.blocks.svg.conditions import choose_child, is_selected
from brochure.blocks.svg.context import Context, element_name
from brochure.blocks.svg.errors import SvgError, refuse
from brochure.blocks.svg.geometry import SHAPES, Area, Bounds
from brochure.blocks.svg.gradients import read_gradient
from brochure.blocks.svg.markers import paint_markers
from brochure.blocks.svg.overlaps import fade
from brochure.blocks.svg.painted import Mark, Painted, PaintedText, Shading
from brochure.blocks.svg.patterns import paint_pattern
from brochure.blocks.svg.style import INITIAL, OwnStyle, inherit, read_own, read_properties
from brochure.blocks.svg.text import read_text
from brochure.blocks.svg.values import Scope, read_href, read_length, read_transform
from brochure.blocks.svg.viewports import is_cut, make_viewport, root_viewport
from brochure.fast_dataclass import dataclass
from brochure.geometry import Matrix, Rect, shift

GROUPS = frozenset(("g", "a", "switch"))
IGNORED = frozenset(
    ("defs", "title", "desc", "metadata", "view", "cursor", "clipPath", "marker", "symbol", "mask", "filter",
     "linearGradient", "radialGradient", "pattern", "style")
)  # fmt: skip
"""Elements that paint nothing unless they are referred to; references to those that are not supported are refused."""

VIEWPORTS = frozenset(("svg", "symbol"))
MAX_PAINTED = 20_000
"""Maximum number of elements that are painted, with repetitions; elements without shapes count as well."""


@dataclass(frozen=True)
class _Converter:
    """The elements of a file by id. `painted` is how many elements were painted; it grows."""

    root_matrix: Matrix
    language: str
    by_id: Mapping[str, Any]
    painted: list[int] = field(default_factory=lambda: [0])

    def count(self, element: Any, number: int = 1) -> None:
        """Count what is painted; SvgError if it is too much."""
        self.painted[0] += number
        if self.painted[0] > MAX_PAINTED:
            refuse(
                element,
                f"the drawing has more than {MAX_PAINTED:,} elements, with those that are repeated; simplify it",
            )

    def find(self, identity: str, *names: str) -> Any:
        """Return the element with an id; None if there is none, or if its name is not one of these."""
        found = self.by_id.get(identity)
        return found if found is not None and (not names or element_name(found) in names) else None

    def paint(self, element: Any, context: Context) -> Iterator[Mark]:
        """Yield what an element paints, from back to front."""
        name = element_name(element)
        if not name or name in IGNORED or not is_selected(element, self.language):
            return
        self.count(element)
        properties = read_properties(element)
        yield from self._paint_element(element, name, properties, context)

    def _paint_element(
        self, element: Any, name: str, properties: Mapping[str, str], context: Context
    ) -> Iterator[Mark]:
        own = read_own(element, properties)
        if not own.is_displayed:
            return
        style, scope = inherit(element, properties, context.style, context.scope)
        matrix = read_transform(element, properties.get("transform", ""), scope)
        matrix = matrix.then(context.matrix)
        if abs(matrix.determinant) < 1e-12:
            return
        inner = replace(context, style=style, matrix=matrix, scope=scope)
        marks = self._clipped(element, name, properties, own, inner)
        yield from fade(element, list(marks), own.opacity) if own.opacity < 1 else marks

    def _clipped(
        self,
        element: Any,
        name: str,
        properties: Mapping[str, str],
        own: OwnStyle,
        context: Context,
    ) -> Iterator[Mark]:
        def find_box() -> Bounds | None:
            return self._bounding_box(element, name, properties, context)

        clip = read_clip(self, element, own.clip_path, find_box, context)
        yield from self._content(element, name, properties, replace(context, clip=clip))

    def _bounding_box(
        self, element: Any, name: str, properties: Mapping[str, str], context: Context
    ) -> Bounds | None:
        """Return the bounding box of an element in its own units; None if it has text, whose size is not known here."""
        if name in SHAPES:
            path = geometry.shape_path(element, name, properties, context.scope)
            return path.bounds if path else (0.0, 0.0, 0.0, 0.0)
        plain = replace(context, clip=None)
        marks = list(self._content(element, name, properties, plain))
        areas = [one.area for one in marks if isinstance(one, Painted)]
        if len(areas) < len(marks) or not areas:
            return None
        total = geometry.joined(areas)
        bounds: Bounds = geometry.transformed(total, context.matrix.inverse()).bounds
        return bounds

    def _content(
        self, element: Any, name: str, properties: Mapping[str, str], context: Context
    ) -> Iterator[Mark]:
        if name in SHAPES:
            yield from self._shape(element, name, properties, context)
        elif name in GROUPS:
            children = choose_child(element, self.language) if name == "switch" else element
            for child in children:
                yield from self.paint(child, context)
        elif name == "use":
            yield from self._use(element, properties, context)
        elif name in VIEWPORTS:
            yield from self._viewport(element, properties, context)
        elif name == "text":
            text = read_text(self, element, properties, context)
            if text is not None:
                yield PaintedText(text, context.matrix, context.clip)
        else:
            refuse(
                element, UNSUPPORTED.get(name, "this element is not supported; convert it to paths")
            )

    # Structure

    def _use(self, element: Any, properties: Mapping[str, str], context: Context) -> Iterator[Mark]:
        reference = read_href(element)
        target = self.find(reference)
        if target is None:
            refuse(element, f"it refers to '#{reference[:40]}', which does not exist")
        name = element_name(target)
        if name in IGNORED and name != "symbol":
            refuse(element, f"it refers to a <{name}> element, which is not supported")
        x, y = self._lengths(element, properties, context, "x", "y")
        inner = replace(context.refer(element), matrix=shift(x, y).then(context.matrix))
        self.count(target)
        inner_properties = dict(read_properties(target))
        if name in VIEWPORTS:
            # A size of the `use` element replaces that of its target (SVG 2, 5.5).
            sizes = {key: properties[key] for key in ("width", "height") if key in properties}
            inner_properties |= sizes
        yield from self._paint_element(target, name, inner_properties, inner)

    def _viewport(
        self, element: Any, properties: Mapping[str, str], context: Context
    ) -> Iterator[Mark]:
        """Yield what is in a nested `svg` or in a `symbol`."""
        sizes = {"width": "100%", "height": "100%", **properties}
        sizes |= {key: "100%" for key in ("width", "height") if sizes[key] in ("auto", "")}
        x, y, width, height = self._lengths(element, sizes, context, "x", "y", "width", "height")
        if width <= 0 or height <= 0:
            return
        viewport = make_viewport(element, properties, Rect(x, y, width, height))
        clip = context.clip
        if is_cut(properties):
            clip = clip_to_rectangle(clip, viewport.frame, context.matrix)
        scope = replace(context.scope, width=viewport.width, height=viewport.height)
        matrix = viewport.matrix.then(context.matrix)
        for child in element:
            yield from self.paint(child, replace(context, matrix=matrix, scope=scope, clip=clip))

    def _lengths(
        self, element: Any, properties: Mapping[str, str], context: Context, *keys: str
    ) -> list[float]:
        return [
            read_length(element, key, properties.get(key) or "0", context.scope) for key in keys
        ]

    # Shapes

    def _shape(
        self, element: Any, name: str, properties: Mapping[str, str], context: Context
    ) -> Iterator[Mark]:
        style = context.style
        path = geometry.shape_path(element, name, properties, context.scope)
        if path is None or style.visibility != "visible":
            return
        for layer in style.paint_order.split() if style.paint_order != "normal" else LAYERS:
            match layer:
                case "fill":
                    area = geometry.transformed(
                        geometry.filled(path, style.fill_rule), context.matrix
                    )
                    yield from self._cover(
                        element, "fill", area, path.bounds, context, style.fill_opacity
                    )
                case "stroke":
                    yield from self._stroke(element, path, properties, context)
                case _:
                    yield from paint_markers(self, element, name, properties, context)

    def _stroke(
        self, element: Any, path: Area, properties: Mapping[str, str], context: Context
    ) -> Iterator[Mark]:
        style, matrix = context.style, context.matrix
        if style.stroke is None or not style.stroke_width or not style.stroke_opacity:
            return
        box = path.bounds
        if properties.get("vector-effect") == "non-scaling-stroke":
            path = geometry.transformed(path, matrix.then(self.root_matrix.inverse()))
            matrix = self.root_matrix
        scale = math.sqrt(abs(matrix.determinant))
        area = geometry.transformed(geometry.stroked(path, style, scale), matrix)
        yield from self._cover(element, "stroke", area, box, context, style.stroke_opacity)

    def _cover(
        self,
        element: Any,
        name: str,
        area: Area,
        box: Bounds,
        context: Context,
        opacity: float,
    ) -> Iterator[Mark]:
        """Yield an area in working units with the fill or stroke of the context; `box` is that of the shape."""
        paint, context = _resolve(getattr(context.style, name), context)
        if isinstance(paint, PaintServer):
            server = self.find(paint.id, "linearGradient", "radialGradient", "pattern")
            if server is None and not paint.has_fallback:
                refuse(
                    element, f"{name} 'url(#{paint.id[:40]})': no gradient or pattern has this id"
                )
            if server is not None and element_name(server) == "pattern":
                area = geometry.clipped(area, context.clip)
                yield from paint_pattern(self, server, area, box, context, opacity)
                return
            if server is not None:
                yield from _fill(area, read_gradient(self, server, box, context), context, opacity)
                return
            paint, context = _resolve(paint.fallback, context)
        if paint is None or isinstance(paint, Solid):
            yield from _fill(area, paint, context, opacity)


def _fill(
    area: Area, paint: Solid | Shading | None, context: Context, opacity: float
) -> Iterator[Painted]:
    if paint is None or not opacity:
        return
    area = geometry.clipped(area, context.clip)
    if isinstance(paint, Solid):
        yield Painted(area, paint.colour, opacity * paint.opacity)
    else:
        yield Painted(area, paint, opacity)


LAYERS = ("fill", "stroke", "markers")
UNSUPPORTED = {
    "foreignObject": "foreign objects are not supported; save the drawing as plain SVG",
    "image": "bitmap images are not supported",
}


def _resolve(paint: SvgPaint, context: Context) -> tuple[SvgPaint, Context]:
    """Return a paint without words for other paints, and the context that it is of."""
    while paint in (CONTEXT_FILL, CONTEXT_STROKE):
        outer = context.outer
        if outer is None:
            return None, context
        clip = context.clip
        context = replace(outer, clip=clip)
        paint = context.style.fill if paint == CONTEXT_FILL else context.style.stroke
    return context.style.replace_current(paint), context


def convert_tree(root: Any, language: str = "") -> tuple[Rect, Sequence[Mark], Matrix]:
    """Convert the root element.

    Returns:
        The rectangle of the drawing in units of its view box; what is painted, in working units; the matrix to the former.
    """
    if element_name(root) != "svg":
        raise SvgError("the root element is not <svg> in the namespace of SVG")
    viewport = root_viewport(root)
    frame = viewport.frame
    scale = geometry.WORKING_SIZE / max(frame.width, frame.height)
    to_work = Matrix(a=scale, d=scale)
    elements = [one for one in root.iter() if isinstance(one.tag, str)]
    by_id = {one.get("id"): one for one in reversed(elements) if one.get("id")}
    converter = _Converter(to_work, language, by_id)
    properties = read_properties(root)
    own = read_own(root, properties)
    scope = Scope(viewport.width, viewport.height)
    style, scope = inherit(root, properties, INITIAL, scope)
    matrix = read_transform(root, properties.get("transform", ""), scope)
    matrix = viewport.matrix.then(matrix).then(to_work)
    context = Context(style, matrix, scope)
    context = replace(
        context, clip=read_clip(converter, root, own.clip_path, lambda: None, context)
    )
    marks: list[Mark] = []
    if own.is_displayed:
        marks = [one for child in root for one in converter.paint(child, context)]
    if own.opacity < 1:
        marks = list(fade(root, marks, own.opacity))
    edge = geometry.rectangle(Rect(0, 0, frame.width * scale, frame.height * scale))
    user = _to_user_units(viewport.matrix)
    back = Matrix(a=1 / scale, d=1 / scale).then(user)
    return user.box(frame), [_cropped(one, edge) for one in marks], back


def _to_user_units(matrix: Matrix) -> Matrix:
    """Return the matrix from the viewport to units of the view box; if they are not square, to those of its width."""
    unit = matrix.a
    return Matrix(1 / unit, 0, 0, 1 / unit, -matrix.e / unit, -matrix.f / unit)


def _cropped(mark: Mark, edge: Area) -> Mark:
    """Return what is inside the drawing's rectangle: the rest of a drawing is not shown."""
    if isinstance(mark, PaintedText):
        return replace(mark, clip=edge if mark.clip is None else geometry.clipped(mark.clip, edge))
    return replace(mark, area=geometry.clipped(mark.area, edge))
