"""Glyph runs as text operators.

Takes a `GlyphRun` and its font's codes; gives a text object whose glyphs stand within a hundredth of a point of their places,
however long the line, and whose codes say the run's text in order (ISO 32000-1, 9.4, 14.9.4).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from brochure.paint.operators import num, nums, text_string
from brochure.paint.type0 import PlateFont
from brochure.placed import GlyphRun
from brochure.typeset.line import Glyphs


@dataclass(frozen=True, slots=True)
class Shown:
    """A glyph as it is shown: its code, width in thousandths, place along the line, rise, and text said apart."""

    code: int
    width: float
    x: float
    rise: float
    said: str | None


def text_ops(run: GlyphRun, font: PlateFont) -> str:
    """The text object of a run."""
    glyphs = run.glyphs
    head = f"BT /{font.resource} {num(glyphs.size)} Tf {nums(run.x, run.y)} Td"
    return f"{head} {' '.join(_pieces(list(_shown(glyphs, font)), glyphs.size))} ET"


def _shown(glyphs: Glyphs, font: PlateFont) -> Iterator[Shown]:
    texts = glyph_texts(glyphs)
    offsets = glyphs.offsets or ((0.0, 0.0),) * len(glyphs.ids)
    x = 0.0
    for glyph, text, advance, (dx, dy) in zip(
        glyphs.ids, texts, glyphs.advances, offsets, strict=True
    ):
        code, width, says = font.code(glyph, text)
        yield Shown(code, width, x + dx, dy, None if says else text)
        x += advance


def glyph_texts(glyphs: Glyphs) -> list[str]:
    """What each glyph stands for: the first of a cluster for the cluster's text, the others for nothing."""
    clusters = glyphs.clusters
    if not glyphs.text:
        return [""] * len(clusters)
    starts = sorted(set(clusters))
    ends = dict(zip(starts, [*starts[1:], len(glyphs.text)], strict=True))
    texts: list[str] = []
    told: set[int] = set()
    for cluster in clusters:
        texts.append("" if cluster in told else glyphs.text[cluster : ends[cluster]])
        told.add(cluster)
    return texts


def _pieces(shown: list[Shown], size: float) -> Iterator[str]:
    """TJ arrays, parted where the rise changes or a glyph's text must be said apart.

    Adjustments are whole thousandths of an em; each is reckoned from where the pen really is, so that what rounding
    leaves is never added up.
    """
    array: list[str] = []
    codes: list[str] = []
    pen, rise = 0.0, 0.0
    for glyph in shown:
        move = round((pen - glyph.x) * 1000 / size)
        if glyph.rise != rise or glyph.said is not None:
            yield from _closed(array, codes)
            if glyph.rise != rise:
                yield f"{num(glyph.rise)} Ts"
                rise = glyph.rise
        if move:
            _flush(array, codes)
            array.append(str(move))
            pen -= move * size / 1000
        codes.append(f"{glyph.code:04X}")
        pen += glyph.width * size / 1000
        if glyph.said is not None:
            yield f"/Span <</ActualText {text_string(glyph.said)}>> BDC"
            yield from _closed(array, codes)
            yield "EMC"
    yield from _closed(array, codes)
    if rise:
        yield "0 Ts"


def _flush(array: list[str], codes: list[str]) -> None:
    if codes:
        array.append(f"<{''.join(codes)}>")
        codes.clear()


def _closed(array: list[str], codes: list[str]) -> Iterator[str]:
    _flush(array, codes)
    if array:
        yield f"[{' '.join(array)}] TJ"
        array.clear()
