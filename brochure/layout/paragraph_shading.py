"""Draw the shading of paragraphs after a flow: one area for paragraphs that have it in common in a column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from brochure.layout.place_piece import PlacedPiece
from brochure.model.shading import ShadingPart, draw_shading, join_parts


def draw_shadings(placed: Sequence[PlacedPiece]) -> list[PlacedPiece]:
    """Return the pieces with the shading of each column before the items of the first paragraph that has it."""
    drawn = list(placed)
    runs: dict[int, tuple[int, list[ShadingPart]]] = {}
    for index, piece in enumerate(placed):
        for at, part in piece.shadings:
            if part.joins_above and at in runs:
                runs[at][1].append(part)
            else:
                _draw_run(drawn, at, runs.pop(at, None))
                runs[at] = index, [part]
    for at, run in runs.items():
        _draw_run(drawn, at, run)
    return drawn


def _draw_run(drawn: list[PlacedPiece], at: int, run: tuple[int, list[ShadingPart]] | None) -> None:
    if run is None:
        return
    index, parts = run
    piece = drawn[index]
    path = draw_shading(join_parts(parts))
    drawn[index] = replace(piece, items=((at, path), *piece.items))
