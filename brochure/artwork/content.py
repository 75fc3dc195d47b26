"""Converts content streams of artwork (ISO 32000-1, annex A).

Operators are copied one by one; what is not known is left out, and so are marked content, layers that are hidden, and resources
that are not used. Colours are converted where they are set.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from brochure.artwork.content_colours import ColourState, StreamColours
from brochure.artwork.fonts import convert_font, plain
from brochure.artwork.graphics_states import convert_graphics_state
from brochure.artwork.model import ArtworkError
from brochure.artwork.pictures import convert_inline_picture
from brochure.artwork.shadings import convert_shading
from brochure.artwork.syntax import Ref, write
from brochure.artwork.work import Work
from brochure.artwork.xobjects import convert_xobject
from brochure.pdf_input.content_streams import read_operations
from brochure.pdf_input.values import get, is_number, read_boolean, resolve

Operands = Sequence[Any]

COPIED = {
    **dict.fromkeys((b"h", b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"n"), 0),
    **dict.fromkeys((b"W", b"W*", b"BT", b"ET", b"T*"), 0),
    **dict.fromkeys(
        (b"w", b"J", b"j", b"M", b"ri", b"i", b"Tc", b"Tw", b"Tz", b"TL", b"Tr", b"Ts"), 1
    ),
    **dict.fromkeys((b"Tj", b"TJ", b"'"), 1),
    **dict.fromkeys((b"d", b"m", b"l", b"d0", b"Td", b"TD"), 2),
    **dict.fromkeys((b'"',), 3),
    **dict.fromkeys((b"v", b"y", b"re"), 4),
    **dict.fromkeys((b"cm", b"c", b"Tm", b"d1"), 6),
}
"""Operators that are copied, with the number of their operands."""
STROKING = (b"S", b"s")
FILLING = (b"f", b"F", b"f*")
PAINTING = (b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*")
SHOWING = (b"Tj", b"TJ", b"'", b'"')
COLOUR_OPERATORS = (
    b"g",
    b"G",
    b"rg",
    b"RG",
    b"k",
    b"K",
    b"cs",
    b"CS",
    b"sc",
    b"SC",
    b"scn",
    b"SCN",
)
UNCOLOURED_GLYPH = b"d1"
ALL = b"-16000 -16000 32000 32000 re f"
"""Fills whatever is visible, in place of a shading."""


def rewrite_content(
    work: Work, stream: Any, resources: Any, *, is_coloured: bool
) -> tuple[bytes, Mapping[str, Any]]:
    """Convert a content stream; returns its operators, and the resources that they name.

    Args:
        work: The conversion.
        stream: The stream, or an object of pypdf that has its content.
        resources: Its resources.
        is_coloured: False for streams that may not set colours.

    Raises:
        ArtworkError: It is damaged, or has something that cannot be printed.
    """
    rewriter = _Rewriter(work, resources, is_coloured=is_coloured)
    for operands, operator in read_operations(stream, work.reader):
        work.count_operator()
        rewriter.take(operator, operands)
    return rewriter.finish(), rewriter.used


class _Rewriter:
    """Converts the operators of one stream, in order."""

    def __init__(self, work: Work, resources: Any, *, is_coloured: bool) -> None:
        self.work = work
        self.resources = resources
        self.is_coloured = is_coloured
        self.used: dict[str, dict[str, Any]] = {}
        self.lines: list[bytes] = []
        self.colours = StreamColours(work, resources, self._use)
        self.stack: list[tuple[ColourState, tuple[Any, bytes] | None, bytes, int]] = []
        self.marks: list[bool] = []  # whether each open marked content is a hidden layer
        self.is_text = False
        self.text_mode = 0
        self.font: tuple[Any, bytes] | None = None  # it is written when text is shown in it
        self.written_font = b""

    def take(self, operator: bytes, operands: Any) -> None:
        """Convert one operator."""
        action = ACTIONS.get(operator)
        if action is not None:
            action(self, operands)
        elif operator in COLOUR_OPERATORS:
            if self.is_coloured:
                self.lines.extend(self.colours.convert(operator, operands))
        elif operator in COPIED and len(operands) >= COPIED[operator]:
            self._copy(operator, operands)

    def finish(self) -> bytes:
        """Return the operators; what the stream left open is closed."""
        if self.is_text:
            self.lines.append(b"ET")
        self.lines.extend([b"Q"] * len(self.stack))
        return b"\n".join(self.lines)

    @property
    def is_hidden(self) -> bool:
        """True within a hidden layer."""
        return any(self.marks)

    def _copy(self, operator: bytes, operands: Operands) -> None:
        if operator in (b"BT", b"ET"):
            if self.is_text == (operator == b"BT"):
                return
            self.is_text = operator == b"BT"
        if operator in PAINTING:
            operator = b"n" if self.is_hidden else operator
            if operator != b"n":
                self._note_painting(fill=operator not in STROKING, stroke=operator not in FILLING)
        elif operator in SHOWING:
            if self.is_hidden:
                return
            self._begin_showing()
        elif operator == b"Tr":
            self.text_mode = int(operands[0]) if is_number(operands[0]) else 0
        elif operator == UNCOLOURED_GLYPH:
            self.is_coloured = False
        values = [plain_value(one) for one in operands[: COPIED[operator]]]
        self.lines.append(b" ".join([*map(write, values), operator]))

    def _note_painting(self, *, fill: bool, stroke: bool) -> None:
        self.work.found.is_painted = True
        if self.is_coloured:
            self.colours.note(fill=fill, stroke=stroke)

    def _begin_showing(self) -> None:
        mode = self.text_mode % 4
        self._note_painting(fill=mode in (0, 2), stroke=mode in (1, 2))
        if self.font:
            font = convert_font(self.work, self._resource("Font", self.font[0]))
            if font is None:
                raise ArtworkError("a font is missing in it; export it again")
            line = b"%b %b Tf" % (write(self._use("Font", font)), self.font[1])
            if line != self.written_font:
                self.lines.append(line)
                self.written_font = line

    def _use(self, kind: str, ref: Ref, name: str = "") -> str:
        """Add a resource; returns its name, with a slash."""
        named = name or f"R{ref.number}"
        self.used.setdefault(kind, {})[named] = ref
        return f"/{named}"

    def _resource(self, kind: str, name: Any) -> Any:
        return get(get(self.resources, f"/{kind}"), name)

    # State

    def save(self, _: Operands) -> None:
        self.stack.append((self.colours.state, self.font, self.written_font, self.text_mode))
        self.lines.append(b"q")

    def restore(self, _: Operands) -> None:
        if self.stack:
            saved = self.stack.pop()
            self.colours.state, self.font, self.written_font, self.text_mode = saved
            self.lines.append(b"Q")

    def set_parameters(self, operands: Operands) -> None:
        made = convert_graphics_state(
            self.work, self._resource("ExtGState", operands[0]), self.resources
        )
        if made is not None:
            self.lines.append(write(self._use("ExtGState", made)) + b" gs")

    def set_font(self, operands: Operands) -> None:
        self.font = operands[0], write(plain_value(operands[1]))

    # Objects

    def paint_xobject(self, operands: Operands) -> None:
        xobject = self._resource("XObject", operands[0])
        is_hidden = self.is_hidden or self.work.hidden.is_hidden(get(xobject, "/OC"))
        if is_hidden or xobject is None:
            return
        if read_boolean(get(xobject, "/ImageMask")):
            self._note_painting(fill=True, stroke=False)
        made = convert_xobject(self.work, xobject, self.resources, is_coloured=self.is_coloured)
        if made is not None:
            self.lines.append(write(self._use("XObject", made)) + b" Do")

    def paint_inline_image(self, operands: Any) -> None:
        if self.is_hidden:
            return
        self._note_painting(fill=True, stroke=False)
        made = convert_inline_picture(
            self.work, operands, self.resources, is_coloured=self.is_coloured
        )
        self.lines.append(write(self._use("XObject", made)) + b" Do")

    def paint_shading(self, operands: Operands) -> None:
        if self.is_hidden:
            return
        self.work.found.is_painted = True
        if not self.is_coloured:
            self.lines.append(ALL)
            return
        made = convert_shading(self.work, self._resource("Shading", operands[0]), self.resources)
        self.lines.append(write(self._use("Shading", made)) + b" sh")

    # Marked content

    def begin_mark(self, operands: Operands) -> None:
        self.marks.append(False)

    def begin_properties(self, operands: Operands) -> None:
        layer = self._resource("Properties", operands[1]) if operands[0] == "/OC" else None
        self.marks.append(self.work.hidden.is_hidden(layer))

    def end_mark(self, _: Operands) -> None:
        if self.marks:
            self.marks.pop()


ACTIONS = {
    b"q": _Rewriter.save,
    b"Q": _Rewriter.restore,
    b"gs": _Rewriter.set_parameters,
    b"Tf": _Rewriter.set_font,
    b"Do": _Rewriter.paint_xobject,
    b"INLINE IMAGE": _Rewriter.paint_inline_image,
    b"sh": _Rewriter.paint_shading,
    b"BMC": _Rewriter.begin_mark,
    b"BDC": _Rewriter.begin_properties,
    b"EMC": _Rewriter.end_mark,
}


def plain_value(value: Any) -> Any:
    """Return an operand of pypdf as a value of Python."""
    value = resolve(value)
    if isinstance(value, list):
        return [plain_value(one) for one in value]
    made = plain(value)
    if made is None:
        raise ArtworkError("an operator has wrong operands; export it again")
    return made
