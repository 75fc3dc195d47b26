"""Proofs marked up in the manner of several programs, written with pypdf.

The positions of words are read with poppler, not with the program under test. Each program writes annotations in its own way: the
order of the corners of /QuadPoints, the encoding of strings, references between annotations.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import pypdf
from lxml import html
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from tests.programs import run

Box = tuple[float, float, float, float]
"""Left, lower, right and upper edge in the user space of a page, in points."""


@dataclass(frozen=True)
class Word:
    """A word as poppler finds it."""

    text: str
    box: Box


@lru_cache(maxsize=16)
def words_of(pdf: bytes, number: int) -> tuple[Word, ...]:
    """The words of a page, with their boxes in user space."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "words.pdf"
        path.write_bytes(pdf)
        text = run("pdftotext", "-bbox", "-f", str(number), "-l", str(number), path, "-")
    parser = html.HTMLParser(encoding="utf-8")
    page = html.fromstring(text.encode(), parser=parser).find(".//page")
    assert page is not None
    height = float(page.get("height") or 0)
    return tuple(_word(one, height) for one in page.iter("word"))


def _word(one: Any, height: float) -> Word:
    left, top, right, low = (float(one.get(key)) for key in ("xmin", "ymin", "xmax", "ymax"))
    return Word(one.text or "", (left, height - low, right, height - top))


def boxes_of(pdf: bytes, number: int, phrase: str) -> list[Box]:
    """The boxes of the words of a phrase, a box for each line."""
    wanted, words = phrase.split(), words_of(pdf, number)
    for at in range(len(words)):
        found = words[at : at + len(wanted)]
        if [word.text for word in found] == wanted:
            return by_line([word.box for word in found])
    raise AssertionError(f"not on page {number}: {phrase}")


def by_line(boxes: Sequence[Box]) -> list[Box]:
    lines: dict[float, list[Box]] = {}
    for box in boxes:
        lines.setdefault(round(box[1]), []).append(box)
    return [
        (min(b[0] for b in line), line[0][1], max(b[2] for b in line), line[0][3])
        for line in lines.values()
    ]


def acrobat_quads(boxes: Sequence[Box]) -> list[float]:
    """Corners as Acrobat, Okular and PDF-XChange write them: the upper two, then the lower two."""
    return [n for x, y, r, t in boxes for n in (x, t, r, t, x, y, r, y)]


def standard_quads(boxes: Sequence[Box]) -> list[float]:
    """Corners in the order of the standard: counter-clockwise."""
    return [n for x, y, r, t in boxes for n in (x, y, r, y, r, t, x, t)]


def apple_quads(boxes: Sequence[Box]) -> list[float]:
    """Corners from below: the lower two, then the upper two."""
    return [n for x, y, r, t in boxes for n in (x, y, r, y, x, t, r, t)]


def around(boxes: Sequence[Box]) -> Box:
    """The box around boxes."""
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


@dataclass
class MarkedUp:
    """A PDF to which annotations are added; `save` gives its bytes."""

    pdf: bytes
    writer: pypdf.PdfWriter = field(init=False)

    def __post_init__(self) -> None:
        self.writer = pypdf.PdfWriter(clone_from=io.BytesIO(self.pdf))

    def add(self, number: int, kind: str, rect: Box, **entries: Any) -> IndirectObject:
        """Add an annotation to a page; entries are Python values (see `obj`)."""
        page = self.writer.pages[number - 1]
        annotation = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject(f"/{kind}"),
                NameObject("/Rect"): obj(list(rect)),
                NameObject("/P"): page.indirect_reference,
                NameObject("/F"): NumberObject(4),
            }
        )
        for key, value in entries.items():
            annotation[NameObject(f"/{key}")] = obj(value)
        reference = self.writer._add_object(annotation)
        annots = page.get("/Annots")
        if annots is None:
            page[NameObject("/Annots")] = ArrayObject([reference])
        else:
            annots.get_object().append(reference)
        return reference

    def save(self) -> bytes:
        """Return the PDF."""
        out = io.BytesIO()
        self.writer.write(out)
        return out.getvalue()

    # In the manner of programs

    def acrobat(self, number: int, kind: str, phrase: str, text: str = "", **more: Any) -> Any:
        """Text markup by Acrobat: rich text besides plain text, in UTF-16 if needed, a pop-up window."""
        boxes = boxes_of(self.pdf, number, phrase)
        entries = {
            "QuadPoints": acrobat_quads(boxes),
            "T": "Dara Sok",
            "CreationDate": "D:20261129171500+07'00'",
            "M": "D:20261129171602+07'00'",
            "NM": f"{kind}-{number}-{len(phrase)}",
            "Subj": "Comment",
            **({"Contents": text, "RC": _rich(text)} if text else {}),
            **more,
        }
        reference = self.add(number, kind, around(boxes), **entries)
        popup = self.add(number, "Popup", (400, 400, 500, 500), Parent=reference, Open=False)
        cast("Any", reference.get_object())[NameObject("/Popup")] = popup
        return reference

    def acrobat_replacement(self, number: int, phrase: str, new: str) -> Any:
        """A replacement by Acrobat: a caret with the new words, and a strike-out that is grouped with it."""
        boxes = boxes_of(self.pdf, number, phrase)
        right, low = boxes[-1][2], boxes[-1][1]
        caret = self.add(
            number,
            "Caret",
            (right - 4, low - 4, right + 4, low + 6),
            IT="/Replace",
            Contents=new,
            RC=_rich(new),
            T="Dara Sok",
            CreationDate="D:20261129171500+07'00'",
            RD=[0.5, 0.5, 0.5, 0.5],
        )
        self.acrobat(number, "StrikeOut", phrase, IRT=caret, RT="/Group", IT="/StrikeOutTextEdit")
        return caret

    def reply(self, number: int, parent: Any, text: str, author: str = "Rosa", **more: Any) -> Any:
        """An answer to an annotation, as Acrobat writes it: a hidden note."""
        return self.add(
            number,
            "Text",
            (0, 0, 20, 20),
            **{
                "IRT": parent,
                "T": author,
                "Contents": text,
                "F": 30,
                "CreationDate": "D:20261130080000Z",
                **more,
            },
        )


def _rich(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    return (
        '<?xml version="1.0"?><body xmlns="http://www.w3.org/1999/xhtml"'
        ' xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/" xfa:APIVersion="Acrobat:23.1.0">'
        f'<p dir="ltr"><span style="font-size:10pt">{escaped}</span></p></body>'
    )


def obj(value: Any) -> Any:
    """Return a Python value as a PDF object: text that begins with a slash is a name."""
    if isinstance(value, (DictionaryObject, ArrayObject, IndirectObject)):
        return value
    if isinstance(value, bool):
        return pypdf.generic.BooleanObject(value)
    if isinstance(value, (int, float)):
        return FloatObject(value)
    if isinstance(value, bytes):
        return ByteStringObject(value)
    if isinstance(value, str):
        return NameObject(value) if value.startswith("/") else TextStringObject(value)
    if isinstance(value, Mapping):
        return DictionaryObject({NameObject(f"/{k}"): obj(v) for k, v in value.items()})
    return ArrayObject([obj(one) for one in value])
