"""Page labels (ISO 32000-1, 12.4.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from brochure.fast_dataclass import dataclass
from brochure.pdf.engine import Canvas

DECIMAL = "ARABIC"


@dataclass(frozen=True, slots=True)
class LabelRange:
    """Labels from a page index on: numbered in the style from `start`, or the same text for all."""

    page: int
    style: str | None = None
    start: int | None = None
    prefix: str | None = None


def add_labels(canvas: Canvas, labels: Sequence[str]) -> None:
    """Label the pages of a document."""
    for one in label_ranges(labels):
        canvas.addPageLabel(one.page, one.style, one.start, one.prefix)


def label_ranges(labels: Sequence[str]) -> Iterator[LabelRange]:
    """Yield the labels as ranges; a page without a label gets its number in the document."""
    expected: int | None = None
    for at, label in enumerate(labels):
        text = label or str(at + 1)
        number = _number(text)
        if number is None:
            yield LabelRange(at, prefix=text)
            expected = None
            continue
        if number != expected:
            yield LabelRange(at, DECIMAL, number)
        expected = number + 1


def _number(text: str) -> int | None:
    """Return the number that a decimal range shows as this text; None if there is none."""
    is_plain = text.isascii() and text.isdecimal() and not text.startswith("0")
    return int(text) if is_plain else None
