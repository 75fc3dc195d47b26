"""A copy of the sample on disk, and random edits of it: text, figures, styles, offices, pictures.

Each function makes one edit in the project's folder with a random generator, as a person would make it.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

from brochure.project import DiskProject
from tests.house.modules import ROOT
from tests.readback.sample import reduce_photo

Edit = Callable[[Path, Random], str]
"""Changes files of a project; returns a description of the change."""


def sample_in(folder: Path) -> Path:
    """Copy the sample, with its pictures in a folder of its own."""
    shutil.copytree(ROOT / "layouts/proven-model", folder / "layouts/trial")
    shutil.copytree(ROOT / "assets", folder / "assets")
    return folder / "layouts/trial"


def small_sample_in(folder: Path) -> Path:
    """Copy the sample with pictures of fewer pixels, which full builds convert each time."""
    root = sample_in(folder)
    for photo in (root / "assets").rglob("*.jpg"):
        photo.write_bytes(reduce_photo(photo.read_bytes()))
    return root


def project_in(root: Path) -> DiskProject:
    """Return the project as it is on disk."""
    return DiskProject(root)


TEXT = re.compile(r"^(\s+[a-z-]+: )([^\n\"{>|]{12,})$", re.M)


def reword(root: Path, random: Random) -> str:
    """Repeat a word of a message, remove it, or capitalize it."""
    file = root / "content/en.yaml"
    copy = file.read_text()
    match = random.choice(list(TEXT.finditer(copy)))
    words = match[2].split(" ")
    at = random.randrange(len(words))
    words[at : at + 1] = random.choice([[words[at]] * 2, [], [words[at].upper()]])
    text = " ".join(words).strip() or "Word"
    file.write_text(copy[: match.start(2)] + text + copy[match.end(2) :])
    return f"{match[1].strip()} {text}"


def note(root: Path, random: Random) -> str:
    """Add a comment somewhere in the copy: every message below it moves down by a line."""
    file = root / "content/en.yaml"
    lines = file.read_text().split("\n")
    tops = [at for at, line in enumerate(lines) if re.match(r"[a-z]", line)]
    at = random.choice(tops)
    lines.insert(at, "# a note")
    file.write_text("\n".join(lines))
    return f"a note above line {at + 1}"


def translate(root: Path, random: Random) -> str:
    """Repeat a word of a French message."""
    file = root / "content/fr.po"
    copy = file.read_text()
    match = random.choice(list(re.finditer(r'^msgstr "([^"\\{]{12,})"$', copy, re.M)))
    words = match[1].split(" ")
    at = random.randrange(len(words))
    words.insert(at, words[at])
    file.write_text(copy[: match.start(1)] + " ".join(words) + copy[match.end(1) :])
    return f"fr: {' '.join(words)}"


def move_office(root: Path, random: Random) -> str:
    """Change the telephone number of an office."""
    file = root / f"offices/{random.choice(['india', 'canada'])}.yaml"
    number = f'"+{random.randrange(1, 99)} {random.randrange(10**6)}"'
    file.write_text(re.sub(r"(  phone: ).*", rf"\g<1>{number}", file.read_text()))
    return f"{file.name}: phone {number}"


def restyle(root: Path, random: Random) -> str:
    """Change the size of a style a little."""
    file = root / "brochure.yaml"
    layout = file.read_text()
    match = random.choice(list(re.finditer(r"\bsize: ([\d.]+) pt", layout)))
    size = f"{float(match[1]) + random.choice([-0.2, 0.1]):.1f}"
    file.write_text(layout[: match.start(1)] + size + layout[match.end(1) :])
    return f"size: {match[1]} to {size}"


def recount(root: Path, random: Random) -> str:
    """Change the value of a variable."""
    file = root / "brochure.yaml"
    layout = file.read_text()
    facts = layout.index("\nvariables:")
    match = random.choice(list(re.finditer(r"\b([a-z_]+): (\d+)\b", layout[facts:]))[:6])
    at = facts + match.start(2)
    number = str(random.randrange(10, 90))
    file.write_text(layout[:at] + number + layout[at + len(match[2]) :])
    return f"{match[1]}: {number}"


def reshoot(root: Path, random: Random) -> str:
    """Replace the pixels of a picture by those of another."""
    pictures = sorted((root / "assets").rglob("*.jpg"))
    changed, other = random.sample(pictures, 2)
    data = other.read_bytes()
    changed.write_bytes(data)
    return f"{changed.name} is {other.name}"


EDITS: tuple[Edit, ...] = (reword, reword, note, translate, move_office, restyle, recount, reshoot)
