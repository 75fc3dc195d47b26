"""Portraits in flat shapes: a circle with shoulders, neck, head and hair, in the colours of the annual report."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

SIZE = 120
HAIR = {
    "bob": "M32 62C30 30 46 20 60 20s30 10 28 42c0 8-4 14-8 16V58c-2-8-10-12-14-16-6 6-18 8-24 12v24c-6-2-10-8-10-16z",
    "short": "M38 56c-2-20 8-32 23-32s24 12 21 32c-2-8-6-13-9-15-8 3-22 3-27-1-4 4-7 9-8 16z",
    "bald": "M38 60c-2-3-2-8 0-12 1 3 2 6 2 10zm44 0c2-3 2-8 0-12-1 3-2 6-2 10z",
    "bun": "M60 8a10 10 0 0 1 9 14c9 4 14 14 13 32-4-10-12-14-20-18-8 6-17 8-24 18-1-18 4-28 13-32A10 10 0 0 1 60 8z",
    "long": (
        "M30 92c2-20 0-30 4-46 4-17 14-24 26-24s22 7 26 24c4 16 2 26 4 46-6"
        " 3-10 3-14 2 4-12 5-22 4-36-6-4-16-8-20-16-4 8-14 12-20 16-1 14 0 24 4 36-4 1-8 1-14-2z"
    ),
    "curls": (
        "M36 62a9 9 0 0 1-4-15 10 10 0 0 1 6-15 11 11 0 0 1 14-10 12 12 0 0 1"
        " 18 0 11 11 0 0 1 13 11 10 10 0 0 1 5 14 9 9 0 0 1-4 15c0-8-4-16-10-20-8 4-22 4-28 0-5 4-9 12-10 20z"
    ),
    "scarf": (
        "M60 18c22 0 30 18 30 38 0 22-4 32 2 46H28c6-14 2-24 2-46 0-20 8-38"
        " 30-38zm0 16c-14 0-20 10-20 26s8 28 20 28 20-12 20-28-6-26-20-26z"
    ),
}


@dataclass(frozen=True)
class Face:
    """One portrait: hair, and colours of ground, coat, skin and hair; a beard or glasses."""

    hair: str
    ground: str
    coat: str
    skin: str
    tone: str
    beard: bool = False
    glasses: bool = False


FACES = {
    "adair": Face("bob", "#f2dfae", "#16393f", "#efc6a4", "#b9bcb6", glasses=True),
    "reyl": Face("short", "#b4d9cb", "#2e6a69", "#e3b088", "#2b211d", glasses=True),
    "okafor": Face("curls", "#f0876b", "#f4ead2", "#6d432c", "#1c1614"),
    "penrose": Face("bald", "#2e6a69", "#f2dfae", "#f0c9ac", "#8f8a84", beard=True),
    "haddad": Face("scarf", "#f2dfae", "#2e6a69", "#d9a67c", "#e4694c"),
    "li": Face("long", "#b4d9cb", "#e4694c", "#edc39b", "#171515"),
    "fallon": Face("bun", "#f0876b", "#16393f", "#f3cdb2", "#7d3a1c"),
    "ekwall": Face("short", "#f2dfae", "#e4694c", "#efc4a0", "#c59a55", beard=True),
    "amadi": Face("bun", "#2e6a69", "#f4ead2", "#5a3622", "#120e0d", glasses=True),
}


def draw(name: str, folder: Path) -> None:
    """Write one portrait of `FACES` as SVG."""
    face = FACES[name]
    hair = f'<path d="{HAIR[face.hair]}" fill="{face.tone}"/>'
    head = f'<ellipse cx="60" cy="58" rx="20.500" ry="26" fill="{face.skin}"/>'
    parts = [
        f'<circle cx="60" cy="60" r="60" fill="{face.ground}"/>',
        '<g clip-path="url(#round)">',
        hair if face.hair == "long" else "",
        f'<path d="M14 124c0-22 18-30 36-33h20c18 3 36 11 36 33z" fill="{face.coat}"/>',
        f'<path d="M50 74h20v18c0 6-4 10-10 10s-10-4-10-10z" fill="{face.skin}"/>',
        f'<path d="M50 79c3 5 8 7 12 6 3 0 6-2 8-5v6c-6 6-15 5-20 1z" fill="{_darker(face.skin)}"/>',
        head,
        _beard(face) if face.beard else "",
        hair if face.hair != "long" else _fringe(face),
        _glasses() if face.glasses else "",
        "</g>",
    ]
    clip = '<clipPath id="round"><circle cx="60" cy="60" r="60"/></clipPath>'
    body = "\n  ".join(part for part in parts if part)
    (folder / f"{name}.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}">\n  {clip}\n  {body}\n</svg>\n'
    )


def _darker(colour: str) -> str:
    parts = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "#" + "".join(f"{round(part * 0.84):02x}" for part in parts)


def _beard(face: Face) -> str:
    path = "M39.500 58c1 12 3 30 20.500 32 17.500-2 19.500-20 20.500-32-3 8-5 12-10 13-6-2-15-2-21 0-5-1-7-5-10-13z"
    return f'<path d="{path}" fill="{face.tone}"/>'


def _fringe(face: Face) -> str:
    path = "M38 60c-1-22 8-34 22-34s23 12 22 34c-4-8-14-13-20-22-5 9-18 13-24 22z"
    return f'<path d="{path}" fill="{face.tone}"/>'


def _glasses() -> str:
    return (
        '<g fill="none" stroke="#222" stroke-width="1.800"><circle cx="51" cy="58" r="7"/><circle cx="69" cy="58" r="7"/>'
        '<path d="M58 57c1-1.500 3-1.500 4 0"/></g>'
    )
