"""Images: fit, cropping, captions and credits."""

from __future__ import annotations

import pytest

from brochure.color.swatch import Cmyk, Spot
from brochure.errors import InputError
from brochure.geometry import Rect
from brochure.model.display_list import Blend, DropShadow, bounds
from tests.blocks.setting import LEFT, Scene, SetPage, jpeg, placed

COPY = """
a:
  alt: A courtroom
  caption: Where it was heard
  credit: Photo by nobody
  text: Words
"""
# 400 x 200 pixels: twice as wide as tall.
WIDE = {"assets/wide.jpg": jpeg(400, 200)}
SCENE = Scene(files=WIDE)


def rect(page: SetPage) -> tuple[float, float, float, float]:
    """Return the rectangle of the uncropped picture."""
    place = page.pictures[0].rect
    return place.x, place.y, place.width, place.height


def clip(page: SetPage) -> tuple[float, float, float, float]:
    """Return the bounding box of the visible part."""
    place = bounds(page.pictures[0].clip)
    return place.x, place.y, place.width, place.height


def test_picture_covers_its_frame_around_its_centre() -> None:
    page = placed("- {image: wide.jpg, alt: a.alt}", COPY, SCENE)
    # The frame is 200 x 400: 400 tall makes it 800 wide, of which 300 are outside on both sides.
    assert clip(page) == pytest.approx((50, 50, 200, 400))
    assert rect(page) == pytest.approx((50 - 300, 50, 800, 400))


@pytest.mark.parametrize(
    ("focus", "x"),
    [
        # The focal point is at the middle, 150: 150 - 0.25 x 800.
        ("25% 50%", -50),
        # Nearer to the edge than half a frame: the picture's edge stays at that of the frame.
        ("5% 50%", 50),
        ("100% 50%", 250 - 800),
    ],
)
def test_focal_point_stays_visible(focus: str, x: float) -> None:
    page = placed(f"- {{image: wide.jpg, alt: a.alt, focal-point: {focus}}}", COPY, SCENE)
    assert rect(page) == pytest.approx((x, 50, 800, 400))


def test_focal_point_is_measured_from_the_top() -> None:
    scene = Scene(files={"assets/tall.jpg": jpeg(100, 400)})
    page = placed(
        "- {image: tall.jpg, alt: a.alt, focal-point: 50% 25%, height: 200 pt}", COPY, scene
    )
    # 200 wide makes it 800 tall; its point a quarter down is at the middle of the frame, 350: 350 - 0.75 x 800.
    assert rect(page) == pytest.approx((50, -250, 200, 800))
    assert clip(page) == pytest.approx((50, 250, 200, 200))


def test_contained_picture_has_its_natural_height() -> None:
    page = placed("- {image: wide.jpg, alt: a.alt, fit: contain}", COPY, SCENE)
    assert rect(page) == pytest.approx((50, 350, 200, 100))
    assert clip(page) == pytest.approx((50, 350, 200, 100))


@pytest.mark.parametrize(
    ("keys", "box"),
    [
        ("height: 50 pt", (50, 400, 100, 50)),  # 50 tall makes it 100 wide
        ("height: 50 pt, align: centre", (100, 400, 100, 50)),
        ("height: 50 pt, align: end", (150, 400, 100, 50)),
        ("width: 50%", (50, 400, 100, 50)),
        ("width: 80 pt, align: end", (170, 410, 80, 40)),
        ("width: 60 pt, height: 60 pt", (50, 405, 60, 30)),  # fitted into both, and centred
        ("height: 150 pt", (50, 325, 200, 100)),  # 300 wide would be wider than the column
    ],
)
def test_size_and_position_of_a_contained_picture(
    keys: str, box: tuple[float, float, float, float]
) -> None:
    page = placed(f"- {{image: wide.jpg, alt: a.alt, fit: contain, {keys}}}", COPY, SCENE)
    assert rect(page) == pytest.approx(box)


def test_covering_picture_with_a_width() -> None:
    block = "- {image: wide.jpg, alt: a.alt, width: 40 pt, height: 100 pt, align: end}"
    page = placed(block, COPY, SCENE)
    assert clip(page) == pytest.approx((210, 350, 40, 100))
    assert rect(page) == pytest.approx((210 - 80, 350, 200, 100))


def test_colour_is_for_drawings() -> None:
    block = "- {image: wide.jpg, alt: a.alt, colour: ember}"
    placed(block, COPY, SCENE, expect=("colour-of-picture",))


def test_clipping_to_ellipse_and_rounded_corners() -> None:
    ellipse = placed("- {image: wide.jpg, alt: a.alt, shape: ellipse, height: 100 pt}", COPY, SCENE)
    [outline] = ellipse.pictures[0].clip
    # Four curves; the first straight segment has no length: it starts and ends in the middle of the bottom.
    assert sorted(map(len, outline.segments)) == [2, 2, 2, 2, 6, 6, 6, 6]
    assert outline.start == pytest.approx((150, 350))
    block = "- {image: wide.jpg, alt: a.alt, shape: rounded, corner: 10 pt, height: 100 pt}"
    [corners] = placed(block, COPY, SCENE).pictures[0].clip
    assert corners.start == pytest.approx((60, 350))
    assert corners.segments[0] == pytest.approx((240, 350))


def test_exif_orientation() -> None:
    scene = Scene(files={"assets/turned.jpg": jpeg(400, 200, orientation=6)})
    page = placed("- {image: turned.jpg, alt: a.alt, fit: contain}", COPY, scene)
    # EXIF 6: the rows of the file are vertical, so that the picture is 200 x 400.
    assert page.pictures[0].pixels == (200, 400)
    assert rect(page) == pytest.approx((50, 50, 200, 400))


def test_caption_and_credit_below() -> None:
    block = "- {image: wide.jpg, alt: a.alt, height: 100 pt, caption: a.caption, credit: a.credit}"
    page = placed(block, COPY, SCENE)
    caption, credit = page.line("Where it was heard"), page.line("Photo by nobody")
    # The picture ends at 350; 0.45 em of the caption's 8 pt, then its capitals.
    assert caption == pytest.approx((LEFT, 350 - 0.45 * 8 - page.cap_height("caption")))
    # The credit follows at its own leading, 1.2 x 6 pt.
    assert caption[1] - credit[1] == pytest.approx(7.2)
    assert [run.tag.role for run in page.runs] == ["Caption", "Caption"]


def test_covering_picture_leaves_space_for_its_caption() -> None:
    page = placed("- {image: wide.jpg, alt: a.alt, caption: a.caption}", COPY, SCENE)
    words = 0.45 * 8 + page.cap_height("caption")
    assert clip(page) == pytest.approx((50, 50 + words, 200, 400 - words))
    assert page.line("Where it was heard")[1] == pytest.approx(50)


def test_credit_runs_up_the_edge() -> None:
    block = "- {image: wide.jpg, alt: a.alt, height: 100 pt, credit: a.credit, credit-side: edge}"
    page = placed(block, COPY, SCENE)
    [run] = page.runs
    # The width of the picture is reduced by the capitals and 0.45 em of 6 pt.
    strip = page.cap_height("credit") + 0.45 * 6
    assert clip(page) == pytest.approx((50, 350, 200 - strip, 100))
    # Rotated by 90°: it begins at the bottom of the picture, its baseline on the edge of the column.
    x, y = run.matrix.apply(run.x, run.y)
    assert (x, y) == pytest.approx((250, 350))
    assert (run.matrix.a, run.matrix.b) == pytest.approx((0, 1))


def test_opacity_alt_and_artifact() -> None:
    seen = placed("- {image: wide.jpg, alt: a.alt, opacity: 40%}", COPY, SCENE).pictures[0]
    assert (seen.opacity, seen.alt, seen.tag.role) == (0.4, "A courtroom", "Figure")
    mere = placed("- {image: wide.jpg, alt: none}", COPY, SCENE).pictures[0]
    assert (mere.alt, mere.tag.role) == ("", "Artifact")


def test_alt_is_required() -> None:
    with pytest.raises(InputError, match="image needs 'alt'"):
        placed("- image: wide.jpg", COPY, SCENE)


def test_spacing_and_styles() -> None:
    block = (
        "- text: a.text\n- {image: wide.jpg, alt: a.alt, height: 50 pt, space-before: 7 pt, space-after: 9 pt}\n"
        "- text: a.caption"
    )
    page = placed(block, COPY, SCENE)
    above, below = page.line("Words")[1], page.line("Where it was heard")[1]
    _, y, _, height = clip(page)
    assert above - (y + height) == pytest.approx(7)
    assert y - below == pytest.approx(9 + page.cap_height("body"))


def test_text_and_picture_share_a_frame() -> None:
    page = placed("- {image: wide.jpg, alt: none, space-after: 10 pt}\n- text: a.text", COPY, SCENE)
    # The line of text is at the bottom; above its capitals are 10 pt; the picture fills the rest.
    assert page.line("Words")[1] == pytest.approx(50)
    assert clip(page)[3] == pytest.approx(400 - 10 - page.cap_height("body"))


def test_caption_and_credit_styles() -> None:
    block = (
        "- {image: wide.jpg, alt: a.alt, height: 50 pt, caption: a.caption, credit: a.credit,"
        " style: lead, credit-style: body}"
    )
    assert [run.glyphs.size for run in placed(block, COPY, SCENE).runs] == pytest.approx([13.5, 10])


def test_picture_without_space_is_overset() -> None:
    scene = Scene(height=8, files=WIDE)
    placed("- text: a.text\n- {image: wide.jpg, alt: none}", COPY, scene, expect=("overflow",))


def test_picture_in_a_box_keeps_its_proportions() -> None:
    page = placed("- box: {image: wide.jpg, alt: none}\n  inset: 10 pt", COPY, SCENE)
    # 200 less two insets of 10 pt, half as tall; its top is 10 pt below 450.
    assert clip(page) == pytest.approx((60, 350, 180, 90))


# Proportions, and shrinking into the frame


@pytest.mark.parametrize(
    ("keys", "box"),
    [
        ("aspect: 1:1", (50, 250, 200, 200)),
        ("aspect: 4:1", (50, 400, 200, 50)),
        ("aspect: 1:1, width: 80 pt, align: end", (170, 370, 80, 80)),
        ("aspect: 1:2, height: 100 pt, align: centre", (125, 350, 50, 100)),
        # 600 wide would be wider than the column: 200 wide, and in the middle of the 150.
        ("aspect: 4:1, height: 150 pt", (50, 350, 200, 50)),
        ("aspect: 1.5:1, width: 60 pt", (50, 410, 60, 40)),
    ],
)
def test_aspect_crops(keys: str, box: tuple[float, float, float, float]) -> None:
    page = placed(f"- {{image: wide.jpg, alt: a.alt, {keys}}}", COPY, SCENE)
    assert clip(page) == pytest.approx(box)


def test_aspect_keeps_the_focal_point() -> None:
    page = placed("- {image: wide.jpg, alt: a.alt, aspect: 1:1, focal-point: 25% 50%}", COPY, SCENE)
    # 200 tall makes it 400 wide; its point a quarter in would leave a gap of 50 at 100 - 100, so that the edge stays.
    assert rect(page) == pytest.approx((50, 250, 400, 200))
    page = placed("- {image: wide.jpg, alt: a.alt, aspect: 1:1, focal-point: 40% 50%}", COPY, SCENE)
    assert rect(page) == pytest.approx((150 - 160, 250, 400, 200))


def test_aspect_and_a_whole_picture() -> None:
    page = placed("- {image: wide.jpg, alt: a.alt, aspect: 1:1, fit: contain}", COPY, SCENE)
    assert rect(page) == pytest.approx((50, 300, 200, 100))


@pytest.mark.parametrize("aspect", ["1", "0:1", "1:0", "wide", "-1:1", "16/9"])
def test_wrong_aspects_are_refused(aspect: str) -> None:
    with pytest.raises(InputError, match="is not a valid ratio"):
        placed(f"- {{image: wide.jpg, alt: a.alt, aspect: '{aspect}'}}", COPY, SCENE)


def test_aspect_with_both_sizes_is_refused() -> None:
    block = "- {image: wide.jpg, alt: a.alt, aspect: 1:1, width: 9 pt, height: 9 pt}"
    placed(block, COPY, SCENE, expect=("image-size",))


@pytest.mark.parametrize(
    ("keys", "box"),
    [
        ("", (50, 430, 40, 20)),
        ("align: end", (210, 430, 40, 20)),
        ("align: centre", (130, 430, 40, 20)),
        ("width: 120 pt", (50, 430, 40, 20)),
    ],
)
def test_whole_picture_shrinks_into_its_frame(
    keys: str, box: tuple[float, float, float, float]
) -> None:
    scene = Scene(height=20, files=WIDE)
    page = placed(f"- {{image: wide.jpg, alt: a.alt, fit: contain, {keys}}}", COPY, scene)
    assert rect(page) == pytest.approx(box)


def test_whole_picture_shrinks_with_its_caption() -> None:
    scene = Scene(height=60, files=WIDE)
    page = placed("- {image: wide.jpg, alt: a.alt, fit: contain, caption: a.caption}", COPY, scene)
    words = 0.45 * 8 + page.cap_height("caption")
    assert rect(page) == pytest.approx((50, 390 + words, 2 * (60 - words), 60 - words))
    assert page.line("Where it was heard")[1] == pytest.approx(390)


def test_cropped_picture_shrinks_in_its_proportions() -> None:
    page = placed(
        "- {image: wide.jpg, alt: a.alt, aspect: 1:1}", COPY, Scene(height=30, files=WIDE)
    )
    assert clip(page) == pytest.approx((50, 420, 30, 30))


def test_contained_pictures_share_the_missing_height() -> None:
    block = "{image: wide.jpg, alt: none, fit: contain, space-before: 0 pt, space-after: 0 pt"
    page = placed(
        f"- {block}}}\n- text: a.text\n- {block}, width: 50%}}",
        COPY,
        Scene(height=120, files=WIDE),
    )
    first, second = (bounds(picture.clip) for picture in page.pictures)
    # 100 and 50 high beside a line; each is reduced in proportion to its height above a quarter.
    assert first.height / second.height == pytest.approx(2)
    assert first.width == pytest.approx(2 * first.height)
    assert second.y == pytest.approx(330)


def test_a_picture_beside_text_keeps_a_quarter_of_its_height() -> None:
    block = "- {image: wide.jpg, alt: none, fit: contain}\n- text: a.text"
    page = placed(block, COPY, Scene(height=30, files=WIDE), expect=("overflow",))
    # A quarter would be 25, which leaves too little for the line: the picture keeps the frame, the text is reported.
    assert not page.runs
    assert clip(page)[3] == pytest.approx(30)


@pytest.mark.parametrize(
    ("keys", "box"),
    [
        ("valign: top", (50, 350, 200, 100)),
        ("valign: middle", (50, 200, 200, 100)),
        ("valign: bottom", (50, 50, 200, 100)),
        ("width: 60 pt, height: 60 pt, valign: top, align: end", (190, 420, 60, 30)),
        ("height: 150 pt, valign: bottom", (50, 300, 200, 100)),
    ],
)
def test_vertical_alignment_of_a_whole_picture(
    keys: str, box: tuple[float, float, float, float]
) -> None:
    page = placed(f"- {{image: wide.jpg, alt: a.alt, fit: contain, {keys}}}", COPY, SCENE)
    assert rect(page) == pytest.approx(box)


def test_alignment_within_both_sizes_follows_the_direction_of_text() -> None:
    tall = {"assets/tall.jpg": jpeg(100, 200)}
    block = (
        "- {image: tall.jpg, alt: a.alt, fit: contain, width: 100 pt, height: 40 pt, align: start}"
    )
    left = placed(block, COPY, Scene(files=tall))
    assert rect(left) == pytest.approx((50, 410, 20, 40))
    right = placed(block, COPY, Scene(files=tall, language="ar"))
    assert rect(right) == pytest.approx((230, 410, 20, 40))


# Inks, blend modes and shadows

SPOTS = """
  blue: spot "PANTONE 286 C" as cmyk 100 66 0 2
  also-blue: spot "PANTONE 286 C" as cmyk 100 66 0 2
  haze: cmyk 100 0 0 0 at 50%
  varnish: spot "VARNISH" as grey 10 overprint press-only
"""
LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="M0 0H24V24H0z"/></svg>'
)
INKS = Scene(
    files=WIDE | {"assets/logo.svg": LOGO},
    swatches=SPOTS,
)


def test_a_picture_in_one_or_two_inks() -> None:
    (one,) = placed("- {image: wide.jpg, alt: none, ink: blue}", COPY, INKS).pictures
    assert [colour.name for colour in one.duotone if isinstance(colour, Spot)] == ["PANTONE 286 C"]
    (two,) = placed("- {image: wide.jpg, alt: none, ink: [black, blue 50%]}", COPY, INKS).pictures
    assert two.duotone == (Cmyk(0, 0, 0, 1), Spot("PANTONE 286 C", Cmyk(1, 0.66, 0, 0.02), 0.5))


@pytest.mark.parametrize(
    ("keys", "code"),
    [
        ("image: logo.svg, ink: blue", "ink-of-drawing"),
        ("image: logo.svg, blend: multiply", "blend-of-drawing"),
        ("image: logo.svg, shadow: {blur: 1 mm}", "shadow-of-drawing"),
        ("image: wide.jpg, ink: haze", "ink-of-picture"),
        ("image: wide.jpg, ink: varnish", "ink-of-picture"),
        ("image: wide.jpg, ink: [blue, also-blue]", "ink-of-picture"),
        ("image: wide.jpg, ink: [blue, blue 50%]", "ink-of-picture"),
    ],
)
def test_combinations_that_cannot_be_printed_are_refused(keys: str, code: str) -> None:
    page = placed(f"- {{{keys}, alt: none}}", COPY, INKS, expect=(code,))
    (found,) = page.findings
    assert found.span is not None


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ("ink: [black, ember, sand]", "the list has 3 items"),
        ("ink: teal", "unknown swatch 'teal'"),
        ("blend: screen", "'screen' is not a valid value"),
        ("shadow: {offset: [1 mm, 1 mm, 1 mm]}", "the list has 3 items"),
        ("shadow: {blur: -1 mm}", "is too small"),
        ("shadow: {spread: 1 mm}", "unknown key 'spread' in shadow"),
    ],
)
def test_wrong_values_are_refused(keys: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        placed(f"- {{image: wide.jpg, alt: none, {keys}}}", COPY, SCENE)


def test_a_shadow_is_behind_its_picture() -> None:
    keys = "height: 100 pt, opacity: 50%, shadow: {offset: [3 pt, 5 pt], blur: 4 pt, colour: ember, opacity: 60%}"
    shadow, picture = placed(f"- {{image: wide.jpg, alt: a.alt, {keys}}}", COPY, SCENE).pictures
    assert isinstance(shadow, DropShadow)
    # Six points, one and a half times the blur, on every side; moved to the right and down.
    assert (shadow.rect.x, shadow.rect.y) == pytest.approx((50 - 6 + 3, 350 - 6 - 5))
    assert shadow.rect.width == pytest.approx(212, abs=1)
    assert shadow.rect.height == pytest.approx(112, abs=1)
    assert shadow.resolution == pytest.approx((216, 216))
    assert (shadow.tag.role, picture.tag.role) == ("Artifact", "Figure")
    assert shadow.opacity == pytest.approx(0.3)
    assert shadow.blend is Blend.MULTIPLY
    assert bounds(shadow.caster) == Rect(6, 6, 200, 100)
    assert shadow.cut_out is None


def test_one_offset_counts_for_both_directions() -> None:
    keys = "height: 100 pt, shadow: {offset: 3 pt, blur: 0 pt}"
    shadow, _ = placed(f"- {{image: wide.jpg, alt: a.alt, {keys}}}", COPY, SCENE).pictures
    assert (shadow.rect.x, shadow.rect.y) == pytest.approx((53, 347))
