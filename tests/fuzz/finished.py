"""Finished PDFs to be damaged: one written by this program, and one as other programs write them.

The second is a PDF of the rich project, written by another program without compression, so that a damaged byte changes the
content and not just compressed data that cannot be decoded.
"""

from __future__ import annotations

import io
from functools import lru_cache

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from brochure.api import build
from brochure.prepress.output_conditions import CONDITIONS
from brochure.project import MemoryProject
from tests.fuzz.projects import rich


@lru_cache(maxsize=1)
def ours() -> bytes:
    """A PDF of this program for a screen: tagged, with fonts, a drawing and pictures."""
    made = build(MemoryProject(dict(rich())), CONDITIONS["screen"])
    assert made.pdf, made.findings
    return made.pdf


@lru_cache(maxsize=1)
def press() -> bytes:
    """A PDF of this program for a press: with an output intent, inks and overprint."""
    made = build(MemoryProject(dict(rich())), CONDITIONS["press"])
    assert made.pdf, made.findings
    return made.pdf


@lru_cache(maxsize=1)
def plain() -> bytes:
    """A small uncompressed PDF as other programs write it, with rotated and cropped pages, pictures and fonts."""
    writer = PdfWriter()
    writer.append(io.BytesIO(ours()), pages=(1, 3))
    for page in writer.pages:
        page.rotate(90)
        page.cropbox.lower_left = (5, 5)
        stream = DecodedStreamObject()
        stream.set_data(page.get_contents().get_data())  # type: ignore[union-attr]  # pages of ours have contents
        page[NameObject("/Contents")] = writer._add_object(stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
