"""Executes content streams, and collects the paths and shadings that they paint (ISO 32000-1, 7.8.2 and 8).

Clipping paths are reduced to their bounding boxes; patterns and shadings are treated as filled areas.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from brochure.geometry import IDENTITY, Rect, bounding_box
from brochure.model.display_list import Outline, Segment, outline_rect
from brochure.pdf_input.content_streams import read_operations
from brochure.pdf_input.page_geometry import get_inherited
from brochure.pdf_input.values import damage_errors, get, get_integer
from brochure.preflight.model import (
    ColourSpace,
    ColourValue,
    ObjectLocation,
    PageObject,
    PathObject,
    UsedKind,
)
from brochure.preflight.pdf_reader.colours import (
    PdfSpace,
    find_shading_colour,
    list_shading_inks,
    read_colour_space,
)
from brochure.preflight.pdf_reader.graphics_state import (
    WATCHED,
    GraphicsState,
    NestedContent,
    matrix_of,
    read_matrix,
    read_state_changes,
    scale_of,
)
from brochure.preflight.pdf_reader.intent import FindPress
from brochure.preflight.pdf_reader.processing_steps import find_step
from brochure.preflight.pdf_reader.usage import Usage
from brochure.preflight.shapes import Shape

MAX_SHAPE_POINTS = 2_000
"""Paths with more points are kept by their bounds only, which limits memory."""
QUIET_OPERATORS = frozenset(b"h d i j J M ri d0 MP DP".split())
"""Operators that neither paint nor change a parameter used by the checks (annex A)."""
MAX_ERRORS = 20
"""Kinds of errors of syntax on a page that are distinguished."""
MAX_NESTED = 1_000
"""Pattern cells, glyphs and soft masks of a page that are read."""


Operators = Mapping[bytes, Callable[[Any, Sequence[Any]], None]]
"""The method that implements each operator."""


class PathInterpreter:
    """Executes the content of one page; `known` caches fonts and images that several pages share.

    What is used is added to `usage`, and content that is painted with to `nested_content`, each once.
    """

    def __init__(
        self,
        reader: Any,
        page: int,
        operators: Operators,
        known: dict[Any, Any],
        usage: Usage | None = None,
    ) -> None:
        self.reader = reader
        self.page = page
        self.operators = operators
        self.known = known
        self.usage = usage or Usage()
        self.find_press: FindPress = lambda: None
        self.objects: list[PageObject] = []
        self.nested: list[PageObject] = []
        self.steps: list[tuple[str, PageObject]] = []
        self.nested_content: dict[int, NestedContent] = {}
        self.state = GraphicsState()
        self.stack: list[GraphicsState] = []
        self.floor = 0  # the height of the stack at the start of the stream
        self.base = IDENTITY  # the space of the stream, in which patterns are placed (8.7.3.1)
        self.marked: list[str] = []  # the processing step of each level of marked content
        self.is_uncoloured = False
        self.is_in_text = False
        self.compatibility = 0  # levels of BX (7.8.2)
        self.resources: Any = {}
        self.points: list[tuple[float, float]] = []
        self.subpaths: list[tuple[tuple[float, float], list[Segment]]] = []
        self.is_clipping = False
        self.tm, self.tlm = IDENTITY, IDENTITY  # text and text line matrix (9.4.2)
        self.depth = 0
        self.faults: Counter[str] = Counter()  # what could not be read, by its description
        self.syntax: Counter[str] = Counter()
        self.damage = damage_errors()

    def run_page(self, page: Any) -> None:
        """Execute the content of a page."""
        # Imported here: commands that read no PDF need not load pypdf.
        from pypdf.errors import LimitReachedError

        if get(page, "/Contents") is None:
            return
        try:
            contents = page.get_contents()
        except LimitReachedError:
            raise  # the whole file is refused
        except self.damage:
            self.faults["the content of the page cannot be read"] += 1
            return
        self.base = self.state.ctm
        self.run(contents, get_inherited(page, "/Resources"))

    def run(self, stream: Any, resources: Any) -> None:
        """Execute the operators of a stream; what cannot be read is skipped and counted in `faults`."""
        outer = self.resources, self.floor, self.is_in_text
        self.resources, self.floor, self.is_in_text = resources, len(self.stack), False
        levels = len(self.marked)
        for operands, operator in self._parse(stream):
            action = self.operators.get(operator)
            if action:
                try:
                    action(self, operands)
                except self.damage:
                    name = operator.decode("ascii", "replace")
                    self.faults[f"the operator '{name}' has wrong operands"] += 1
            elif operator not in QUIET_OPERATORS and not self.compatibility:
                name = operator[:MAX_NAME].decode("ascii", "replace")
                self.report_syntax(f"'{name}' is not an operator")
        self._end_stream(levels)
        self.resources, self.floor, self.is_in_text = outer

    def _end_stream(self, levels: int) -> None:
        """Report what a stream has left open, and close it."""
        if len(self.stack) > self.floor:
            self.report_syntax("'q' has no 'Q'", len(self.stack) - self.floor)
        if self.is_in_text:
            self.report_syntax("'BT' has no 'ET'")
        if len(self.marked) > levels:
            self.report_syntax("marked content is not ended with 'EMC'", len(self.marked) - levels)
        del self.stack[self.floor :], self.marked[levels:]

    def _parse(self, stream: Any) -> Sequence[Any]:
        # Imported here: commands that read no PDF need not load pypdf.
        from pypdf.errors import LimitReachedError

        try:
            return read_operations(stream, self.reader)
        except LimitReachedError:
            raise  # the whole file is refused
        except self.damage:
            self.faults["the content of the page cannot be read"] += 1
            return ()

    def get_resource(self, kind: str, name: Any) -> Any:
        """Return a resource by name; None if there is none, which is an error of syntax."""
        found = get(get(self.resources, kind), name)
        if found is None:
            self.report_syntax(f"the resources have no {str(name)[:MAX_NAME]} in {kind}")
        return found

    def report_syntax(self, message: str, count: int = 1) -> None:
        """Count an error of syntax; the first kinds are distinguished."""
        known = message in self.syntax or len(self.syntax) < MAX_ERRORS
        self.syntax[message if known else "other errors of syntax"] += count

    def add_object(self, item: PageObject, patterns: Sequence[Any] = ()) -> None:
        """Collect an object, and record what it is painted with."""
        step = next((one for one in reversed(self.marked) if one), "")
        if step:
            self.steps.append((step, item))
        else:
            self.objects.append(item)
        for parameters in self.state.parameters:
            self.usage.add(UsedKind.STATE, parameters, self.page, item.bounds)
        for pattern in patterns:
            if pattern is not None:
                self._paint_pattern(pattern, item.bounds)

    def _paint_pattern(self, pattern: Any, bounds: Rect) -> None:
        self.usage.add(UsedKind.PATTERN, pattern, self.page, bounds)
        shading = get(pattern, "/Shading")
        if shading is not None:
            self.usage.add(UsedKind.SHADING, shading, self.page, bounds)
        elif id(pattern) not in self.nested_content:
            matrix = read_matrix(get(pattern, "/Matrix")).then(self.base)
            is_uncoloured = get_integer(pattern, "/PaintType", 1) == UNCOLOURED
            start = GraphicsState(ctm=matrix)
            resources = get(pattern, "/Resources")
            self.add_nested(
                NestedContent(pattern, resources, start, bounds, is_uncoloured=is_uncoloured)
            )

    def add_nested(self, content: NestedContent) -> None:
        """Remember content that is painted with, unless it is known."""
        key = id(content.stream)
        if key in self.nested_content or not hasattr(content.stream, "get_data"):
            return
        if len(self.nested_content) >= MAX_NESTED:
            self.faults[
                f"more than {MAX_NESTED:,} pattern cells and glyphs; others are skipped"
            ] = 1
            return
        self.nested_content[key] = content

    def change(self, **changes: Any) -> None:
        """Replace parameters of the graphics state."""
        self.state = replace(self.state, **changes)

    # State

    def save(self, _: Sequence[Any]) -> None:
        self.stack.append(self.state)

    def restore(self, _: Sequence[Any]) -> None:
        if len(self.stack) > self.floor:
            self.state = self.stack.pop()
        else:
            self.report_syntax("'Q' has no 'q'")

    def concat(self, operands: Sequence[Any]) -> None:
        self.change(ctm=matrix_of(operands).then(self.state.ctm))

    def set_parameters(self, operands: Sequence[Any]) -> None:
        parameters = self.get_resource("/ExtGState", operands[0])
        if not isinstance(parameters, dict):
            return
        self.change(**read_state_changes(parameters))
        if not WATCHED.isdisjoint(parameters):
            self.change(parameters=(*self.state.parameters[-MAX_PARAMETERS:], parameters))
            mask = get(get(parameters, "/SMask"), "/G")
            if mask is not None:
                matrix = read_matrix(get(mask, "/Matrix")).then(self.state.ctm)
                start = GraphicsState(ctm=matrix)
                resources = get(mask, "/Resources")
                self.add_nested(NestedContent(mask, resources, start, None, is_mask=True))

    # Marked content and compatibility

    def begin_marked(self, operands: Sequence[Any]) -> None:
        """BMC and BDC: begin marked content, which may be a processing step."""
        step = ""
        if len(operands) > 1 and operands[0] == "/OC":
            step = find_step(get(get(self.resources, "/Properties"), operands[1]))
        self.marked.append(step)

    def end_marked(self, _: Sequence[Any]) -> None:
        if self.marked:
            self.marked.pop()
        else:
            self.report_syntax("'EMC' ends no marked content")

    def begin_compatibility(self, _: Sequence[Any]) -> None:
        self.compatibility += 1

    def end_compatibility(self, _: Sequence[Any]) -> None:
        self.compatibility = max(0, self.compatibility - 1)

    # Paths

    def move_to(self, operands: Sequence[Any]) -> None:
        (start,) = self._add_points(operands)
        self.subpaths.append((start, []))

    def line_to(self, operands: Sequence[Any]) -> None:
        self._add_segment(self._add_points(operands))

    def curve_to(self, operands: Sequence[Any]) -> None:
        self._add_segment(self._add_points(operands))

    def curve_from_current_point(self, operands: Sequence[Any]) -> None:
        current = self.points[-1:]
        self._add_segment([*current, *self._add_points(operands)])

    def curve_to_final_point(self, operands: Sequence[Any]) -> None:
        first, last = self._add_points(operands)
        self._add_segment([first, last, last])

    def _add_points(self, operands: Sequence[Any]) -> list[tuple[float, float]]:
        numbers = [float(one) for one in operands]
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        points = [self.state.ctm.apply(x, y) for x, y in pairs]
        self.points += points
        return points

    def _add_segment(self, points: list[tuple[float, float]]) -> None:
        """Add a line or a curve to the current outline; without one, the operator is ignored."""
        if self.subpaths:
            self.subpaths[-1][1].append(tuple(number for point in points for number in point))

    def add_rectangle(self, operands: Sequence[Any]) -> None:
        x, y, width, height = (float(one) for one in operands)
        corners = (x, y, x + width, y, x + width, y + height, x, y + height)
        first, *others = self._add_points(corners)
        self.subpaths.append((first, list[Segment](others)))

    def clip(self, _: Sequence[Any]) -> None:
        self.is_clipping = True

    def end_path(self, *, fill: bool = False, stroke: bool = False, even_odd: bool = False) -> None:
        """Paint the path, and clip with it after W."""
        if self.points:
            rect = bounding_box(self.points)
            if fill or stroke:
                self._paint_path(rect, fill=fill, stroke=stroke, even_odd=even_odd)
            if self.is_clipping:
                self.change(clip=self.clip_to_state(rect))
        self.points, self.subpaths, self.is_clipping = [], [], False

    def _paint_path(self, rect: Rect, *, fill: bool, stroke: bool, even_odd: bool) -> None:
        state = self.state
        width = state.line_width * scale_of(state.ctm) if stroke else 0.0
        visible = self.clip_to_state(rect.expand(width / 2))
        location = ObjectLocation(self.page, (visible.x, visible.y), None, visible)
        colours = (self.get_fill() if fill else None, self.get_stroke() if stroke else None)
        shape = self._shape(even_odd=even_odd) if fill else None
        parts = self._find_parts(width / 2)
        patterns = (state.fill_pattern if fill else None, state.stroke_pattern if stroke else None)
        inks = list_shading_inks(patterns)
        path = PathObject(location, visible, *colours, width, parts=parts, shape=shape, inks=inks)
        self.add_object(path, patterns)

    def _find_parts(self, margin: float) -> tuple[Rect, ...]:
        """Return the visible bounds of the subpaths; empty if there is only one."""
        if len(self.subpaths) < 2:
            return ()
        every = (
            [start, *(pair for one in segments for pair in zip(one[::2], one[1::2], strict=True))]
            for start, segments in self.subpaths
        )
        return tuple(self.clip_to_state(bounding_box(points).expand(margin)) for points in every)

    def _shape(self, *, even_odd: bool) -> Shape | None:
        if len(self.points) > MAX_SHAPE_POINTS:
            return None
        outlines = tuple(Outline(start, tuple(segments)) for start, segments in self.subpaths)
        return Shape(
            outlines, even_odd, (outline_rect(self.state.clip),) if self.state.clip else ()
        )

    def clip_to_state(self, rect: Rect) -> Rect:
        """Return the part of a rectangle inside the clipping path."""
        return rect.intersect(self.state.clip) if self.state.clip else rect

    def get_fill(self) -> ColourValue:
        """Return the colour for filling."""
        state = self.state
        opacity = 0.99 if state.is_blended and state.fill_opacity == 1 else state.fill_opacity
        return replace(
            find_shading_colour(state.fill_pattern) or state.fill,
            opacity=opacity,
            overprint=state.fill_overprint,
            overprint_mode=state.overprint_mode,
        )

    def get_stroke(self) -> ColourValue:
        """Return the colour for stroking."""
        state = self.state
        return replace(
            find_shading_colour(state.stroke_pattern) or state.stroke,
            opacity=state.stroke_opacity,
            overprint=state.stroke_overprint,
            overprint_mode=state.overprint_mode,
        )

    def paint_shading(self, operands: Sequence[Any]) -> None:
        shading = self.get_resource("/Shading", operands[0])
        space = (
            read_colour_space(get(shading, "/ColorSpace"), self.resources)
            if shading
            else PdfSpace(ColourSpace.PATTERN)
        )
        clip = self.state.clip
        if clip:
            colour = ColourValue(space.space, (), 0.5, calibrated=space.calibrated)
            location = ObjectLocation(self.page, (clip.x, clip.y), None, clip)
            self.add_object(PathObject(location, clip, colour, inks=space.inks))
            self.usage.add(UsedKind.SHADING, shading, self.page, clip)


MAX_NAME = 40
"""Characters of a name that are quoted."""
MAX_PARAMETERS = 8
"""Parameter dictionaries in effect that are recorded, the last ones."""
UNCOLOURED = 2
"""The PaintType of a pattern that has the colour of its use."""
