"""Standing people seen from behind: outlines only, as silhouettes against the light.

Each is drawn upright in heights of the person, feet at (0, 0), y up; `placed` transforms it to the picture.
"""

from collections.abc import Iterable, Sequence

from .shapes import Outline, Point, disc, limb, outline, points, spine


def placed(
    shapes: Iterable[Outline], foot: Point, height: float, turn: float = 1.0
) -> list[Outline]:
    """`shapes` with the feet at `foot`, `height` in picture widths; a `turn` of -1 mirrors."""
    return [
        [(foot[0] + x * height * turn, foot[1] - y * height) for x, y in shape] for shape in shapes
    ]


def man(hand: Point) -> list[Outline]:
    """A grown man in a jacket, his weight on one leg; his right hand is at `hand`."""
    coat = points(
        "-.028 .872, -.036 .85, -.075 .832, -.116 .812, -.132 .775, -.12 .72, -.104 .66, "
        "-.098 .6, -.105 .53, -.108 .468, -.05 .455, .02 .458, .1 .465, .104 .53, .094 .61, "
        ".106 .68, .122 .74, .132 .78, .118 .815, .078 .835, .038 .852, .03 .872"
    )
    left = spine("-.112 .785 .034, -.134 .7 .031, -.15 .61 .027, -.15 .53 .022, -.143 .475 .017")
    hand_left = spine("-.143 .47 .016, -.14 .44 .02, -.134 .41 .013, -.131 .395 .007")
    right = [
        (0.112, 0.785, 0.034),
        (0.142, 0.7, 0.03),
        (0.168, 0.61, 0.026),
        (hand[0] - 0.006, hand[1] + 0.06, 0.019),
        (*hand, 0.016),
    ]
    legs = [
        spine("-.052 .49 .06, -.058 .38 .051, -.06 .27 .04, -.066 .16 .037, -.068 .045 .03"),
        spine(".048 .49 .058, .058 .38 .05, .068 .28 .04, .08 .16 .036, .086 .04 .03"),
    ]
    shoes = [
        spine("-.068 .02 .026, -.088 .012 .018"),
        spine(".086 .02 .026, .11 .01 .018"),
    ]
    return [
        outline(coat),
        *_many(left, hand_left, right, *legs, *shoes),
        *_head(0.0, 0.934, 0.05),
        *_neck(0.0, 0.87, 0.03),
    ]


def woman() -> list[Outline]:
    """A woman in a long skirt and a shawl, her hair let down."""
    shawl = points(
        "-.03 .86, -.07 .83, -.108 .8, -.128 .74, -.138 .66, -.142 .57, -.13 .5, -.09 .47, "
        "-.02 .455, .05 .462, .1 .49, .126 .56, .126 .66, .118 .74, .1 .8, .066 .832, .03 .86"
    )
    skirt = points(
        "-.08 .62, -.1 .5, -.112 .38, -.12 .24, -.13 .12, -.134 .075, -.09 .06, -.03 .068, "
        ".03 .055, .09 .064, .142 .08, .134 .18, .12 .32, .108 .48, .08 .62"
    )
    hair = points(
        "-.03 .985, -.05 .955, -.054 .91, -.058 .85, -.062 .79, -.05 .735, -.02 .715, .02 "
        ".72, .05 .745, .06 .8, .056 .86, .054 .91, .048 .955, .026 .988, 0 .997"
    )
    feet = [
        spine("-.05 .08 .022, -.052 .02 .02, -.064 .01 .016"),
        spine(".05 .08 .022, .054 .02 .02, .07 .01 .016"),
    ]
    return [outline(shawl), outline(skirt), outline(hair), *_many(*feet)]


def elder() -> list[Outline]:
    """An old man, a little bent, in a long coat and a soft cap, leaning on a stick."""
    coat = points(
        "-.03 .84, -.07 .822, -.112 .796, -.126 .75, -.118 .68, -.108 .6, -.112 .5, -.122 "
        ".38, -.126 .29, -.06 .275, 0 .285, .06 .275, .112 .29, .108 .4, .1 .52, .104 .62, "
        ".116 .7, .124 .75, .11 .796, .07 .824, .03 .84"
    )
    arm = spine(".106 .77 .034, .142 .68 .031, .158 .6 .027, .178 .53 .021, .192 .485 .017")
    other = spine(
        "-.104 .77 .034, -.132 .68 .03, -.142 .58 .026, -.136 .5 .02, -.13 .45 .017, -.126 .42 .009"
    )
    stick = spine(".196 .5 .0075, .204 .3 .0065, .21 0 .0055")
    legs = [
        spine("-.056 .32 .046, -.06 .16 .038, -.062 .03 .03"),
        spine(".056 .32 .046, .058 .16 .038, .06 .03 .03"),
    ]
    shoes = [
        spine("-.062 .018 .026, -.084 .01 .017"),
        spine(".06 .018 .026, .084 .01 .017"),
    ]
    cap = points(
        "-.054 .925, -.05 .962, -.02 .985, .02 .983, .05 .958, .056 .928, .02 .915, -.02 .915"
    )
    parts = _many(arm, other, stick, *legs, *shoes)
    return [
        outline(coat),
        outline(cap),
        *parts,
        *_head(0.004, 0.908, 0.049),
        *_neck(0.002, 0.85, 0.032),
    ]


def youth() -> list[Outline]:
    """A young woman in a plain dress, her hair tied up, arms at her sides."""
    dress = points(
        "-.026 .866, -.06 .838, -.096 .82, -.104 .785, -.088 .73, -.076 .66, -.072 .62, -.086 "
        ".55, -.104 .46, -.118 .36, -.126 .27, -.06 .255, .01 .262, .07 .252, .13 .268, .12 "
        ".36, .106 .46, .088 .55, .074 .62, .076 .66, .088 .73, .104 .785, .096 .82, .06 .84, "
        ".026 .866"
    )
    arms = [
        spine(
            "-.094 .792 .026, -.116 .7 .023, -.13 .61 .02, -.138 .52 .016, -.14 .48 .013, -.14 "
            ".45 .016, -.136 .41 .008"
        ),
        spine(
            ".094 .792 .026, .114 .7 .023, .124 .61 .02, .12 .52 .016, .118 .48 .013, .117 .45 "
            ".016, .112 .41 .008"
        ),
    ]
    legs = [
        spine("-.044 .3 .038, -.046 .2 .034, -.048 .1 .023, -.048 .03 .018, -.058 .01 .016"),
        spine(".046 .3 .038, .05 .2 .034, .054 .1 .023, .056 .03 .018, .07 .01 .016"),
    ]
    knot = disc((0.004, 0.99), (0.03, 0.026))
    return [
        outline(dress),
        knot,
        *_many(*arms, *legs),
        *_head(0.0, 0.926, 0.046),
        *_neck(0.0, 0.865, 0.023),
    ]


def child(hand: Point) -> list[Outline]:
    """A child in a short smock, one hand up and held at `hand`; the head is large, as a child's is."""
    smock = points(
        "-.034 .79, -.08 .765, -.112 .74, -.11 .68, -.106 .6, -.118 .5, -.134 .4, -.14 .345, "
        "-.06 .33, .02 .338, .09 .328, .142 .345, .134 .42, .116 .52, .106 .6, .11 .68, .112 "
        ".74, .08 .766, .034 .79"
    )
    held = [
        (-0.098, 0.725, 0.036),
        (hand[0] * 0.62 - 0.035, 0.66, 0.03),
        (hand[0] + 0.02, hand[1] - 0.045, 0.023),
        (*hand, 0.026),
    ]
    free = spine(".098 .725 .036, .138 .62 .03, .152 .52 .025, .15 .46 .022, .146 .42 .016")
    legs = [
        spine("-.06 .37 .052, -.062 .24 .045, -.066 .1 .034, -.066 .04 .032"),
        spine(".062 .37 .052, .066 .24 .045, .074 .1 .034, .076 .04 .032"),
    ]
    shoes = [
        spine("-.066 .025 .034, -.09 .016 .025"),
        spine(".076 .025 .034, .104 .016 .025"),
    ]
    return [
        outline(smock),
        *_many(held, free, *legs, *shoes),
        *_head(0.0, 0.894, 0.078),
        *_neck(0.0, 0.8, 0.036),
    ]


def _head(x: float, y: float, half: float) -> list[Outline]:
    """The back of a head, with its ears."""
    ears = [
        disc((x + side * half * 0.98, y - half * 0.18), (half * 0.16, half * 0.32))
        for side in (-1, 1)
    ]
    skull = points(
        "-.6 -1.02, -.88 -.5, -1 .1, -.92 .72, -.55 1.18, 0 1.32, .55 1.18, .92 .72, 1 .1, "
        ".88 -.5, .6 -1.02, 0 -1.2"
    )
    return [outline([(x + a * half, y + b * half) for a, b in skull]), *ears]


def _neck(x: float, y: float, half: float) -> list[Outline]:
    sides = points("-1 1.3, -.95 .2, -1.5 -.6, 1.5 -.6, .95 .2, 1 1.3")
    return [outline([(x + a * half, y + b * half) for a, b in sides])]


def _many(*spines: Sequence[tuple[float, float, float]]) -> list[Outline]:
    return [shape for spine in spines for shape in limb(spine)]
