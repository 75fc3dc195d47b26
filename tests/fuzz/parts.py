"""The parts of the projects: pictures, a drawing, fonts, a profile, and external files.

All of them are small, so that a damaged byte probably has an effect.
"""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile, ZipInfo

from fontTools import subset
from fontTools.ttLib import TTFont
from PIL import Image, ImageCms

import brochure
from brochure.findings import Span
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.formats import csv, docx, ods, po, xliff, xliff_1_2, xlsx
from brochure.project import DiskProject
from brochure.system.files import own_file
from tests.fonts.built import Recipe, built
from tests.manuscript.made_word import everything

FAMILY = "Source Serif 4"
"""The projects' own fonts have the name of a packaged family, so that a damaged one can be distinguished from a missing one."""

SVG = b"""\
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 40 30">
  <defs>
    <path id="leaf" d="M0 0 C 5 0 10 5 10 10 q 2 2 4 0 t 3 1 S 9 9 8 8 A 4 5 30 0 1 2 3 Z"/>
    <clipPath id="cut"><rect x="2" y="2" width="20" height="20" rx="3"/></clipPath>
  </defs>
  <g transform="translate(4 3) rotate(12 5 5) scale(1.2, 0.9)" fill="#c33" opacity="0.8">
    <use xlink:href="#leaf" x="3" y="1"/>
    <circle cx="12" cy="12" r="6" clip-path="url(#cut)"/>
    <ellipse cx="20" cy="9" rx="4" ry="2" fill-rule="evenodd"/>
  </g>
  <polygon points="1,1 9,2 5,8" fill="#102030" stroke="#000" stroke-width="0.5"/>
  <path d="M30,5l5,5h-3v6H28V8z" style="fill:#084" stroke="blue" stroke-dasharray="1 2" stroke-linejoin="round"/>
  <line x1="0" y1="29" x2="40" y2="29" stroke="#333" stroke-width="1"/>
</svg>
"""


def _painted(mode: str, size: tuple[int, int] = (48, 36)) -> Image.Image:
    return Image.linear_gradient("L").resize(size).convert("RGB").convert(mode)


def _exif(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = "A field at dusk"
    return exif.tobytes()


def _saved(image: Image.Image, form: str, **how: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **how)
    return out.getvalue()


def _screen_profile() -> bytes:
    """An sRGB profile without its creation time (ICC.1:2010, 7.2.8)."""
    data = bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    return data[:24] + bytes(12) + data[36:]


def jpeg() -> bytes:
    """A rotated JPEG with EXIF and a profile."""
    return _saved(
        _painted("RGB"), "JPEG", exif=_exif(6), icc_profile=_screen_profile(), dpi=(72, 72)
    )


def inky_jpeg() -> bytes:
    """A progressive JPEG in CMYK with an Adobe marker."""
    return _saved(_painted("CMYK"), "JPEG", progressive=True)


def png() -> bytes:
    """A PNG with an alpha channel, a profile and a text."""
    image = _painted("RGB")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    return _saved(image, "PNG", icc_profile=_screen_profile(), dpi=(96, 96), exif=_exif(1))


def indexed_png() -> bytes:
    """A PNG with a palette and a transparent colour."""
    return _saved(_painted("RGB").quantize(16), "PNG", transparency=3)


def tiff() -> bytes:
    """A compressed TIFF."""
    return _saved(_painted("RGB"), "TIFF", compression="tiff_lzw", icc_profile=_screen_profile())


def inky_tiff() -> bytes:
    """A TIFF in CMYK, in strips without compression."""
    return _saved(_painted("CMYK"), "TIFF")


def webp() -> bytes:
    """A WebP with EXIF and alpha."""
    image = _painted("RGB")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    return _saved(image, "WEBP", exif=_exif(3), icc_profile=_screen_profile())


def lossless_webp() -> bytes:
    """A lossless WebP."""
    return _saved(_painted("RGB"), "WEBP", lossless=True)


def press_profile() -> bytes:
    """A press profile of the user; a shipped one is used."""
    return own_file("color/profiles/uncoated-fogra29.icc")


# Fonts

LETTERS = "Affinity for Toys, 1/2 Waffles & AVoid Télé. thing é•-\u00a0\u2010"


@lru_cache(maxsize=1)
def variable_font() -> bytes:
    """A real variable font with few letters and some of its features."""
    folder = Path(brochure.__file__).parent.parent
    file = next(
        name
        for name in DiskProject(folder).font_files()
        if "source_serif" in name and "Italic" not in name
    )
    options = subset.Options(
        layout_features=["kern", "liga", "onum", "mark", "calt", "case"],
        name_IDs=["*"],
        notdef_outline=True,
    )
    font = TTFont(file, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text=LETTERS)
    cutter.subset(font)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


@lru_cache(maxsize=1)
def postscript_font() -> bytes:
    """A small OpenType font with CFF outlines."""
    font = TTFont(
        io.BytesIO(built(Recipe(FAMILY, cff=True, letters=LETTERS))), recalcTimestamp=False
    )
    font["head"].created = font["head"].modified = 0
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


# External files


def _catalogue() -> Catalogue:
    file = "returned"
    texts = {
        "doc.title": ("A rich & small brochure", "Une petite brochure"),
        "doc.sub": ("Made to be _damaged_", "=cmd|' /C calc'!A0"),
        "cell.c": ("{north, number}", "{north, number} au nord"),
        "head": ("What was done", ""),
    }
    entries = {
        key: Translation(
            key,
            source,
            text,
            Span(file, at),
            fuzzy=key == "doc.sub",
            notes="A note",
            comments="room: 40",
        )
        for at, (key, (source, text)) in enumerate(texts.items(), 1)
    }
    return Catalogue("fr", file, entries)


def returned(suffix: str) -> bytes:
    """A translated catalogue in the format of the file extension."""
    forms = {"csv": csv, "xlsx": xlsx, "ods": ods, "docx": docx, "po": po}
    forms |= {"xlf": xliff, "xliff": xliff_1_2}
    return bytes(forms[suffix].write(_catalogue()))


def word_manuscript() -> bytes:
    """A Word document with a table, notes, comments and a link."""
    return everything()


def markdown_manuscript() -> bytes:
    """A Markdown file with everything that is read from one."""
    return (
        b"---\ntitle: The ferry\n---\n\n# The ferry\n\nIt **stopped** in *November*.[^one]\n\n> She sails.\n\n- a\n- b\n"
        b"  1. c\n\n| a | b |\n|---|---|\n| [c](https://example.org) | `d` |\n\n<!-- look -->\n\n[^one]: A note.\n"
    )


def style_map() -> bytes:
    """The styles that a manuscript's styles are mapped to."""
    return b"paragraphs:\n  heading 1: title\n  text: {as: text, style: body}\ncharacters:\n  Term: emphasis\n"


PEOPLE = (
    ("name", "gift", "code", "language", "file"),
    ("Katherine Johnson", "120", "A-1", "fr", "johnson.pdf"),
    ("Núñez, & *Co*", "2500.5", "A-2", "", ""),
    ("", "1", "A-3", "en", ""),
)


def people(suffix: str) -> bytes:
    """A table of three people in the format of the file extension."""
    if suffix == "csv":
        rows = (",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in PEOPLE)
        return "\r\n".join((*rows, "")).encode("utf-8-sig")
    # Imported late, as the program does.
    from openpyxl import Workbook

    book, out = Workbook(), io.BytesIO()
    for row in PEOPLE:
        book.worksheets[0].append(row)
    book.save(out)
    return _timeless(out.getvalue())


def _timeless(workbook: bytes) -> bytes:
    """Return the workbook without its creation time, which is in its properties and in its archive."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(workbook)) as before, ZipFile(out, "w") as after:
        for name in before.namelist():
            if name != "docProps/core.xml":
                after.writestr(ZipInfo(name, (2000, 1, 1, 0, 0, 0)), before.read(name))
    return out.getvalue()
