"""The woman who reads: outlines of face, hair, dress, arm and book, in picture widths.

The head is drawn in head heights (face toward the left, crown at 0, chin at 1), then bowed and set on the neck by `at`.
"""

import numpy as np

from .light import Field, Size
from .shapes import Outline, Point, curve, limb, mask, outline, points, spine

HEAD = 0.365
BOW = np.radians(13)
PIVOT = (0.64, 0.44)  # where the skull meets the neck
PROFILE = points(
    ".2 .06, .115 .12, .055 .2, .022 .285, .01 .35, 0 .4, .012 .432, .03 .46, .026 .485, "
    ".006 .525, -.026 .572, -.056 .61, -.066 .632, -.06 .652, -.04 .664, -.012 .672, .008 "
    ".684, .006 .706, -.008 .73, -.02 .748, -.018 .762, .002 .772, -.01 .782, -.016 .798, "
    "-.008 .815, .012 .832, .022 .85, .016 .874, .006 .906, .012 .942, .036 .972, .08 "
    ".988, .16 .975, .26 .95, .34 .95"
)
NAPE = points(".75 .95, .82 .7, .86 .4, .78 .15, .5 0, .33 .01")


def figure(size: Size) -> Field:
    """The outline of the whole woman, with the book."""
    return mask(size, [*face(), *neck(), *hair(), *dress(), *arm(), *cover(), *pages()], finer=1)


def face() -> list[Outline]:
    """The profile and the skull behind it."""
    return [outline([at(place) for place in (*PROFILE, *NAPE)])]


def neck() -> list[Outline]:
    """From under the chin to the collar; its back is hidden by hair."""
    front = [
        at((0.27, 0.9)),
        at((0.33, 0.96)),
        (0.572, 0.545),
        (0.566, 0.59),
        (0.552, 0.63),
        (0.535, 0.67),
    ]
    return [outline([*front, (0.6, 0.75), (0.75, 0.7), (0.73, 0.45), at((0.6, 0.6))])]


def hair() -> list[Outline]:
    """The mass of hair, between its two edges."""
    outer, inner = edges(40)
    return [[(float(x), float(y)) for x, y in (*outer, *inner[::-1])]]


def edges(count: int) -> tuple[Field, Field]:
    """Where the hair ends, from the brow to its tips: over the crown and down the back, and along the face and neck."""
    top = points(
        ".088 .15, .12 .09, .19 .025, .32 -.03, .47 -.055, .63 -.035, .77 .035, .865 .15, .92 "
        ".3, .935 .46, .94 .6"
    )
    back = points(".782 .46, .8 .55, .828 .65, .85 .76, .848 .87, .835 .96, .812 1.03")
    cheek = points(
        ".088 .15, .135 .195, .195 .265, .255 .34, .3 .42, .33 .5, .345 .58, .365 .69, .4 .8"
    )
    front = points(".606 .51, .63 .6, .652 .69, .668 .78, .685 .87, .703 .95, .722 1")
    return _even([*map(at, top), *back], count), _even([*map(at, cheek), *front], count)


def dress() -> list[Outline]:
    """Chest, shoulder and back, down to the lower edge of the picture."""
    front = points(
        ".575 .635, .54 .655, .517 .69, .498 .75, .488 .81, .497 .88, .515 1, .52 1.2, .5 1.45"
    )
    rear = points("1.05 1.45, 1 1.15, .955 .95, .925 .82, .88 .73, .81 .67, .74 .635, .66 .62")
    return [outline([*front, *rear])]


def arm() -> list[Outline]:
    """The near arm in its sleeve, bent to hold the book."""
    upper = spine(".735 .72 .066, .722 .82 .072, .7 .92 .064, .675 .985 .057")
    lower = spine(".675 .985 .057, .6 .94 .054, .53 .872 .043, .46 .796 .03")
    return [*limb(upper), *limb(lower)]


def cover() -> list[Outline]:
    """The near board of the book."""
    return [points(".302 .8, .187 .54, .272 .518, .39 .776")]


def pages() -> list[Outline]:
    """The leaves that are visible beyond the board."""
    sheets = points(
        ".187 .54, .2 .52, .224 .506, .252 .503, .28 .508, .299 .516, .412 .762, .39 .776, .3 .8"
    )
    return [sheets]


def at(place: Point) -> Point:
    """The position of a point of the bowed head, in picture widths."""
    x, y = (place[0] - 0.5) * HEAD, (place[1] - 0.85) * HEAD
    cosine, sine = float(np.cos(BOW)), float(np.sin(BOW))
    return PIVOT[0] + cosine * x + sine * y, PIVOT[1] - sine * x + cosine * y


def _even(points: list[Point], count: int) -> Field:
    """`count` places evenly along a smooth line through `points`."""
    line = curve(points, closed=False)
    far = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    return np.stack(
        [np.interp(np.linspace(0, far[-1], count), far, line[:, axis]) for axis in (0, 1)], -1
    ).astype(np.float32)
