"""Damaged drawings: cycles of `use`, singular transforms, truncated paths, huge view boxes.

Damages a good SVG. Changes for any XML are in `xml`.
"""

from __future__ import annotations

import re
from random import Random

from tests.fuzz.mutants import xml
from tests.fuzz.mutants._texts import Accident, put

PATH = re.compile(r'(?<=\bd=")[^"]*(?=")')
BOX = re.compile(r'(?<=viewBox=")[^"]*(?=")')
TRANSFORM = re.compile(r'(?<=transform=")[^"]*(?=")')
COLOUR = re.compile(r'(?<=fill=")[^"]*(?=")|(?<=stroke=")[^"]*(?=")')
INSERTED = re.compile(r"(?<=</defs>)|(?<=<defs>)|(?=</svg>)")

PATHS = (
    *(
        "",
        "M",
        "M0",
        "M0 0",
        "L5 5",
        "M0 0Z",
        "Z",
        "M0 0L",
        "M0 0 A 0 0 0 0 0 1 1",
        "M0 0 A 1 1 0 2 2 1 1",
        "M1 1 A 1e9 1e-9 720 1 1 2 2",
    ),
    *(
        "M0,0c1,1",
        "M0 0 T 1 1 T 1 1",
        "m" + "1 1 " * 2000,
        "M0 0" + "h1v1" * 2000,
        "M0 0 Q 1 1",
        "M 0 0 X 1 1",
        "M0 0L1e38 1e38",
        "M nan nan L 1 1",
    ),
    *(
        "M0 0L1 1L0 0Z",
        "M0 0 S 1 1 1 1",
        "M.5.5.5.5-1-1",
        "M0 0 A 5 5 0 00 5 5",
        "M0 0 A 5 5 0 0 1 0 0",
        "M0 0C0 0 0 0 0 0",
        "M0 0" * 300,
    ),
)
BOXES = (
    "",
    "0 0 0 0",
    "0 0 -1 5",
    "0 0 1e300 1e300",
    "0 0 1e-300 1",
    "nan nan nan nan",
    "0 0 1",
    "0,0,40,30,1",
    "-1e9 -1e9 2e9 1",
    "0 0 inf 1",
    "a b c d",
)
TRANSFORMS = (
    *(
        "scale(0)",
        "scale(1,0)",
        "matrix(0 0 0 0 0 0)",
        "matrix(1 2 3)",
        "rotate(1e300)",
        "skewX(90)",
        "scale(1e200)",
        "scale(nan)",
        "translate(",
        "foo(1)",
    ),
    *(
        "rotate(45,",
        "scale(1e-200)",
        "matrix(1 1 1 1 1 1)",
        "translate(1e9 1e9) scale(1e-9)",
        "rotate(1) " * 500,
    ),
)
COLOURS = (
    "none",
    "url(#leaf)",
    "url(#)",
    "currentColor",
    "inherit",
    "#12",
    "#1234567",
    "rgb(1,2,3)",
    "rgb(300%,0,0)",
    "transparent",
    "RED",
    "hsl(1,1,1)",
    "",
    "#GGG",
)
PIECES = (
    '<use xlink:href="#round" id="round"/>',
    '<g id="a"><use xlink:href="#b"/></g><g id="b"><use xlink:href="#a"/></g><use xlink:href="#a"/>',
    '<use xlink:href="#nothing"/>',
    '<use href="#leaf"/>',
    '<use xlink:href=""/>',
    "<use/>",
    '<clipPath id="c1" clip-path="url(#c1)"><rect width="9" height="9"/></clipPath><path d="M0 0h1v1z" clip-path="url(#c1)"/>',
    '<rect width="5" height="5" clip-path="url(#leaf)"/>',
    '<g id="x0"><rect width="1" height="1"/></g>'
    + "".join(
        f'<g id="x{at}"><use xlink:href="#x{at - 1}"/><use xlink:href="#x{at - 1}"/></g>'
        for at in range(1, 18)
    )
    + '<use xlink:href="#x17"/>',
    '<rect x="1" y="1" width="-5" height="5"/>',
    '<circle r="0" cx="1"/><ellipse rx="1e9" ry="1"/>',
    '<polyline points="1,1 2"/><polygon points=""/>',
    '<line x1="0" y1="0" x2="0" y2="0" stroke="red" stroke-width="1e9"/>',
    '<path d="M0 0L40 30" stroke="red" stroke-dasharray="1e-9 1e-9" fill="none"/>',
    '<path d="M0 0L40 30" stroke="red" stroke-dasharray="0 0" fill="none"/>',
    '<path d="M0 0L4 3L8 9" stroke="red" stroke-width="2" stroke-miterlimit="-1" stroke-linecap="odd" fill="none"/>',
    '<path d="M0 0L4 3" style="fill:red;stroke-width:;:;fill" opacity="5" fill-opacity="-1"/>',
    "<image href='x.png'/><text>a</text><style>a{}</style><script/>",
    '<svg viewBox="0 0 1 1"><rect width="1" height="1"/></svg>',
    '<svg width="10%" height="-5" preserveAspectRatio="none"><path d="M0 0h1v1z"/></svg>',
    "<switch><a><path d='M0 0h1v1z'/></a></switch>",
    "<symbol id='s' viewBox='0 0 0 0'><path d='M0 0h1v1z'/></symbol><use xlink:href='#s' width='5'/>",
    "<linearGradient id='l'/><path d='M0 0h1v1z' fill='url(#l)'/>",
)


def damaged(data: bytes, rng: Random) -> bytes:
    """Return the drawing after one to four changes."""
    return xml.damaged_by(data, rng, ACCIDENTS)


def _path(text: str, rng: Random) -> str:
    return put(text, rng, PATH, rng.choice(PATHS))


def _box(text: str, rng: Random) -> str:
    return put(text, rng, BOX, rng.choice(BOXES))


def _transform(text: str, rng: Random) -> str:
    return put(text, rng, TRANSFORM, rng.choice(TRANSFORMS))


def _colour(text: str, rng: Random) -> str:
    return put(text, rng, COLOUR, rng.choice(COLOURS))


def _piece(text: str, rng: Random) -> str:
    return put(text, rng, INSERTED, rng.choice(PIECES))


ACCIDENTS: tuple[Accident, ...] = (_path, _box, _transform, _colour, _piece, _piece)
