"""Texts of drawings as JSON."""

from __future__ import annotations

from dataclasses import astuple
from typing import Any

from brochure.blocks.svg.drawing import (
    SvgChunk,
    SvgFont,
    SvgPiece,
    SvgSpan,
    SvgText,
    TextStroke,
)
from brochure.blocks.svg.serialized import decode_outlines, encode_outlines
from brochure.color.swatch import Paint, Rgb
from brochure.geometry import Matrix


def encode_text(text: SvgText) -> Any:
    """Return a text as values that JSON has."""
    return {
        "ids": text.ids,
        "chunks": [_encode_chunk(chunk) for chunk in text.chunks],
        "matrix": astuple(text.matrix),
        "clip": None if text.clip is None else encode_outlines(text.clip),
        "opacity": text.opacity,
    }


def _encode_chunk(chunk: SvgChunk) -> Any:
    pieces = [[piece.dx, piece.dy, [*map(_encode_span, piece.spans)]] for piece in chunk.pieces]
    return [chunk.x, chunk.y, pieces, chunk.anchor, chunk.baseline, chunk.is_right_to_left]


def _encode_span(span: SvgSpan) -> Any:
    stroke = span.stroke
    line = stroke and [
        _encode_paint(stroke.paint),
        stroke.width,
        stroke.join,
        stroke.miter_limit,
        stroke.is_below,
    ]
    return [span.text, astuple(span.font), _encode_paint(span.fill), line]


def _encode_paint(paint: Paint | None) -> Any:
    if paint is None:
        return None
    colour = paint.colour
    assert isinstance(colour, Rgb)  # SVG colours are RGB
    return [colour.r, colour.g, colour.b, paint.opacity]


def decode_text(entry: Any) -> SvgText:
    """Return the text that was encoded."""
    clip = entry["clip"]
    return SvgText(
        tuple(entry["ids"]),
        tuple(_decode_chunk(*chunk) for chunk in entry["chunks"]),
        Matrix(*entry["matrix"]),
        None if clip is None else decode_outlines(clip),
        entry["opacity"],
    )


def _decode_chunk(x: Any, y: Any, pieces: Any, *rest: Any) -> SvgChunk:
    decoded = (
        SvgPiece(dx, dy, tuple(_decode_span(*one) for one in spans)) for dx, dy, spans in pieces
    )
    return SvgChunk(x, y, tuple(decoded), *rest)


def _decode_span(text: str, font: Any, fill: Any, stroke: Any) -> SvgSpan:
    families, *others = font
    return SvgSpan(
        text, SvgFont(tuple(families), *others), _decode_paint(fill), _decode_stroke(stroke)
    )


def _decode_stroke(entry: Any) -> TextStroke | None:
    if entry is None:
        return None
    paint, *others = entry
    return TextStroke(Paint(Rgb(*paint[:3]), paint[3]), *others)


def _decode_paint(entry: Any) -> Paint | None:
    return None if entry is None else Paint(Rgb(*entry[:3]), entry[3])
