"""Painting order: frames in the order of their layers, backgrounds below their content, borders above it."""

from brochure.color.swatch import Cmyk
from brochure.model.display_list import GlyphRun, Page, Path
from tests.layout.pages import BLUE, GREEN, RED, page, pages

NAMES = {RED: "r", GREEN: "g", BLUE: "b"}


def stacked(page: Page) -> str:
    """Return the page from the lowest item to the highest: r, g, b for fields, capitals for strokes, t for text."""
    return "".join(_letter(item) for item in page.items)


def _letter(item: object) -> str:
    match item:
        case GlyphRun():
            return "t"
        case Path(fill=None, stroke=stroke) if stroke and isinstance(stroke.paint.colour, Cmyk):
            return NAMES[stroke.paint.colour].upper()
        case Path(fill=fill) if fill and isinstance(fill.colour, Cmyk):
            return NAMES[fill.colour]
    raise AssertionError(item)


def test_later_frames_are_above_earlier_ones() -> None:
    placed = page(
        "{a: {at: page, background: red}, b: {at: page, background: green}, c: {at: page, background: blue}}"
    )
    assert stacked(placed) == "rgb"


def test_a_higher_layer_is_above_later_frames() -> None:
    placed = page(
        "{a: {at: page, background: red, layer: 2}, b: {at: page, background: green, layer: -1},"
        " c: {at: page, background: blue}}"
    )
    assert stacked(placed) == "gbr"


def test_background_content_border() -> None:
    placed = page(
        "{a: {at: page, background: red, border: {colour: blue, width: 2 pt}, content: {text: t}}}",
        {"t": "word"},
    )
    assert stacked(placed) == "rtB"


def test_a_border_is_inside_the_frame() -> None:
    placed = page("{a: {at: margins, border: {colour: blue, width: 2 pt}}}")
    (path,) = [item for item in placed.items if isinstance(item, Path)]
    # A line of 2 pt whose outer edge is that of the frame: its centre is 1 pt inside 40, 30, 180 and 280.
    assert path.outlines[0].start == (41, 31)
    assert path.outlines[0].segments == ((179, 31), (179, 279), (41, 279))


def test_the_page_colour_covers_the_bleed_below_everything() -> None:
    placed = pages(
        masters="{m: {background: blue, frames: {a: {at: margins, background: red, layer: -5}}}}",
        pages="[{master: m}, {master: m, background: green}]",
    )
    assert [stacked(one) for one in placed] == ["br", "gr"]
    ground = placed[0].items[0]
    assert isinstance(ground, Path)
    assert ground.outlines[0].start == (-9, -9)


def test_frames_of_the_facing_page_are_below_the_pages_own_frames() -> None:
    _, _, right, _ = pages(
        pages=(
            "[{}, {frames: {low: {at: spread, background: red}, high: {at: spread, background: green, layer: 1}}},"
            " {frames: {own: {at: page, background: blue}}}, {}]"
        ),
        binding="saddle-stitch",
    )
    assert stacked(right) == "rbg"


def test_frames_of_a_page_are_above_those_of_its_master_and_may_replace_them() -> None:
    masters = (
        "{low: {frames: {a: {at: page, background: red}, b: {at: page, background: green}}},"
        " m: {based-on: low, frames: {c: {at: page, background: blue}, a: {at: page, background: blue}}}}"
    )
    placed = pages(
        masters=masters,
        pages="[{master: m}, {master: m, frames: {b: {at: page, background: red}}}]",
    )
    assert [stacked(one) for one in placed] == ["bgb", "brb"]
