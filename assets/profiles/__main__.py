"""Make the press profiles: `python -m assets.profiles [NAME …]`, some minutes each.

Characterization data come from Debian's icc-profiles-free, or from the folder `data` (see its README). ArgyllCMS's colprof makes
`brochure/color/profiles/NAME.icc` from them. The same data and the same colprof give the same bytes: the date in the profile is
that of the data.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

DATA = Path("/usr/share/color/icc")
OWN_DATA = Path(__file__).resolve().parent / "data"
"""Data that no Debian package has."""
TARGET = Path(__file__).resolve().parents[2] / "brochure" / "color" / "profiles"
DATED = bytes.fromhex("07d700010001000000000000")
"""1 January 2007, midnight: a dateTimeNumber (ICC.1:2010, 4.2)."""

BLACK = ("-kp", "0", "0.15", "0.97", "0.95", "0.55")
"""Black generation: none down to a light grey, then a slow curve to nearly full. Middle grey gets about a quarter of black:
enough to stay neutral when the coloured inks vary on press, little enough for smooth skin and sky."""
BLACK_LIMIT = "95"


@dataclass(frozen=True, slots=True)
class Recipe:
    """A profile to make: name of the data, total ink limit in percent, description and copyright."""

    data: str
    ink: int
    title: str
    copyright: str


FOGRA = "Made from characterisation data of Fogra, www.fogra.org"
IFRA = "Made from characterisation data of Ifra, www.ifra.com"
CGATS = "Made from characterisation data of ANSI/CGATS {}, copyright 2007 NPES"
RECIPES = {
    "coated-fogra39": Recipe("FOGRA39L", 300, "Coated FOGRA39 (brochure)", FOGRA),
    "uncoated-fogra29": Recipe("FOGRA29L", 280, "Uncoated FOGRA29 (brochure)", FOGRA),
    "coated-gracol": Recipe(
        "TR006", 320, "Coated GRACoL TR006 (brochure)", CGATS.format("TR 006-2007")
    ),
    "coated-swop": Recipe(
        "TR003", 300, "Coated SWOP TR003 (brochure)", CGATS.format("TR 003-2007")
    ),
    "uncoated-fogra47": Recipe("FOGRA47L", 300, "Uncoated FOGRA47 (brochure)", FOGRA),
    "lwc-fogra45": Recipe("FOGRA45L", 300, "LWC FOGRA45 (brochure)", FOGRA),
    "newsprint-ifra26": Recipe("IFRA26S", 240, "Newsprint IFRA26 (brochure)", IFRA),
    "newsprint-snap": Recipe(
        "TR002", 240, "Newsprint SNAP TR002 (brochure)", CGATS.format("SNAP TR 002-2007")
    ),
}


def find_data(name: str) -> Path:
    """Return the file of characterization data of that name."""
    own = OWN_DATA / f"{name}.ti3"
    return own if own.is_file() else DATA / own.name


def make(name: str) -> bytes:
    """Return the profile of that name."""
    recipe = RECIPES[name]
    with tempfile.TemporaryDirectory() as folder:
        data, made = Path(folder) / f"{recipe.data}.ti3", Path(folder) / "made.icc"
        data.write_bytes(find_data(recipe.data).read_bytes())
        # Medium tables, viewing conditions of practical reflection prints, perceptual and saturation tables from sRGB on an
        # office's screen; without the data, which would make the profile half as large again.
        command = [
            *("colprof", "-qm", "-nc", "-dpp", "-cmt", "-S", str(DATA / "sRGB.icc")),
            *(*BLACK, f"-l{recipe.ink}", f"-L{BLACK_LIMIT}"),
            *(
                "-C",
                recipe.copyright,
                "-D",
                recipe.title,
                "-O",
                str(made),
                str(data.with_suffix("")),
            ),
        ]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        profile = bytearray(made.read_bytes())
    profile[24:36] = DATED
    return bytes(profile)


def main() -> None:
    """Make the named profiles, or all."""
    TARGET.mkdir(exist_ok=True)
    for name in sys.argv[1:] or RECIPES:
        (TARGET / f"{name}.icc").write_bytes(make(name))
        print(f"{name}.icc")


if __name__ == "__main__":
    main()
