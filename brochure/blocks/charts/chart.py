"""What all charts are given: their fields, the figures in them, and their colours.

Takes a block of any kind of chart; gives its values as numbers, as text in the language's own form, and its paints. Stands
behind `_chart_words`, which shapes its labels, `_chart_sheet`, on which it is drawn, and the kinds themselves.
"""

from __future__ import annotations

import re
from dataclasses import replace
from enum import Enum
from typing import Annotated

from brochure.color.swatch import Paint, tint
from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.model.block_context import BlockContext
from brochure.spec.constraints import Extent
from brochure.spec.values import FactName, Message, StyleName, SwatchName


class NumberFormat(Enum):
    """How figures are written."""

    NUMBER = "number"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Datum:
    """One figure of a chart."""

    span: Span
    label: Annotated[Message, "what it is"]
    value: Annotated[float | FactName | None, "a number or a fact; `none` where it is not known"]
    colour: Annotated[SwatchName | None, "its own swatch, for the one that matters"] = None
    note: Annotated[Message | None, "a word or two beside the figure, such as 'or less'"] = None


@dataclass(frozen=True, slots=True)
class Chart:
    """What every kind of chart is given."""

    span: Span
    data: Annotated[tuple[Datum, ...], "the figures, each with label and value"]
    alt: Annotated[Message | None, "what it shows, in words; `none` where the text beside says it"]
    title: Annotated[Message | None, "words above it"] = None
    source: Annotated[Message | None, "where the figures come from, below it"] = None
    format: Annotated[NumberFormat, "number, or percent: 27 is written 27%"] = NumberFormat.NUMBER
    decimals: Annotated[int | None, "places behind the point; as many as there are unless told"] = (
        None
    )
    unit: Annotated[Message | None, "written behind each figure"] = None
    height: Annotated[
        Extent | None, "how tall it is without title and source; follows from the data unless told"
    ] = None
    colour: Annotated[SwatchName | None, "its swatch; the colour of the labels unless told"] = None
    title_style: Annotated[
        StyleName | None, "the style of the title; `label`, semibold, unless told"
    ] = None
    label_style: Annotated[StyleName | None, "the style of the labels; `axis` unless told"] = None
    value_style: Annotated[
        StyleName | None, "the style of the figures; the labels', semibold, unless told"
    ] = None
    source_style: Annotated[StyleName | None, "the style of the source; `source` unless told"] = (
        None
    )


QUIET = 0.26
"""How strong the tint is for what does not matter most."""
DECIMALS = 9
"""The most places behind the point."""


# Figures


def figures(block: Chart, context: BlockContext) -> tuple[float | None, ...]:
    """The values as numbers; None where one is not known. What cannot be charted is noted."""
    if not block.data:
        context.note("chart-empty", "a chart needs at least one figure", block.span)
    if block.decimals is not None and not 0 <= block.decimals <= DECIMALS:
        message = f"{block.decimals} decimals cannot be written"
        context.note("chart-decimals", message, block.span, f"0 to {DECIMALS}")
    return tuple(_figure(datum, context) for datum in block.data)


def _figure(datum: Datum, context: BlockContext) -> float | None:
    if not isinstance(datum.value, FactName):
        return datum.value
    try:
        return context.value(datum.value)
    except ValueError:
        message = f"the fact '{datum.value.name}' is no number, so it cannot be charted"
        context.note("chart-value", message, datum.value.span)
        return None


def written(value: float | None, block: Chart, context: BlockContext) -> str:
    """A figure with its unit; an en dash where it is not known."""
    if value is None:
        return "–"
    text = _minus(context.figure(value, _pattern(block.format, block.decimals)))
    return f"{text}\u00a0{context.edition.words(block.unit)}" if block.unit else text


def spoken(block: Chart, context: BlockContext) -> str:
    """What is read in the chart's place: its alternative text, with the figures behind it that it does not say itself."""
    said = context.edition.words(block.alt)
    values = figures(
        block, replace(context, findings=[])
    )  # what is wrong with them was said before
    if all(_says(said, value, block, context) for value in values):
        return said
    rows = (_row(one, value, block, context) for one, value in zip(block.data, values, strict=True))
    return f"{said} {'; '.join(rows)}."


def _row(datum: Datum, value: float | None, block: Chart, context: BlockContext) -> str:
    note = f" {context.edition.words(datum.note)}" if datum.note else ""
    return f"{context.edition.words(datum.label)}: {written(value, block, context)}{note}"


def _says(text: str, value: float | None, block: Chart, context: BlockContext) -> bool:
    """Whether a text says a figure, not as a part of another."""
    if value is None:
        return True
    figure = re.escape(_minus(context.figure(value, _pattern(block.format, block.decimals))))
    return re.search(rf"(?<![\d.,]){figure}(?!\d|[.,]\d)", text) is not None


def bare(value: float, block: Chart, context: BlockContext) -> str:
    """A figure for an axis: without its unit, and with no more places than it has."""
    return _minus(context.figure(value, _pattern(block.format, None)))


def _minus(text: str) -> str:
    """With a true minus sign: the hyphen that locale data hold is too short beside lining figures."""
    return text.replace("-", "−")


def _pattern(form: NumberFormat, decimals: int | None) -> str:
    """The figure's form in ICU's own words (a number skeleton)."""
    stems = ["percent"] if form is NumberFormat.PERCENT else []
    if decimals is not None:
        places = min(max(decimals, 0), DECIMALS)
        stems.append("." + "0" * places if places else "precision-integer")
    return "::" + " ".join(stems) if stems else ""


# Colours


def ink(block: Chart, context: BlockContext) -> Paint:
    """The colour of the labels: what lines are drawn in."""
    return context.style(block.label_style, "axis").type.paint


def accent(block: Chart, context: BlockContext) -> Paint:
    """The chart's own colour."""
    return context.paint(block.colour) or ink(block, context)


def thinned(paint: Paint, strength: float) -> Paint:
    """A tint of the paint; paper white, which has none, is let through instead."""
    colour = tint(paint.colour, strength)
    if colour == paint.colour:
        return replace(paint, opacity=paint.opacity * strength)
    return replace(paint, colour=colour)
