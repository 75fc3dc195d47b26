"""Fields, values, number formats and colours shared by all charts."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import Enum
from typing import Annotated, TypeVar

from brochure.color.swatch import Paint, tint
from brochure.fast_dataclass import dataclass
from brochure.findings import Span
from brochure.model.block_context import BlockContext
from brochure.spec.constraints import Extent, MaxItems
from brochure.spec.data import ChartSource, DataSource
from brochure.spec.values import BackgroundName, FactName, Message, Share, StyleName, SwatchName


class NumberFormat(Enum):
    """Number formats of figures."""

    NUMBER = "number"
    PERCENT = "percent"


MAX_DATA = 1_000
"""Entries of one chart, more than can be distinguished on a page."""


@dataclass(frozen=True, slots=True)
class Datum:
    """One entry of a chart."""

    span: Span
    label: Annotated[Message, "label of the entry"]
    value: Annotated[
        float | FactName | tuple[float | FactName | None, ...] | None,
        "a number or a variable, `none` if it is not known; or a list, for several series",
    ]
    colour: Annotated[
        BackgroundName | None, "swatch or gradient of this entry, to highlight it"
    ] = None
    note: Annotated[Message | None, "short note beside the figure, such as 'or less'"] = None
    words: str = ""
    """Label from a file, instead of the message."""


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """A point of a scatter chart."""

    span: Span
    label: Annotated[Message | None, "label of the point, or none"]
    x: Annotated[float | FactName | None, "a number or a variable along the x axis"]
    value: Annotated[float | FactName | None, "a number or a variable along the y axis"]
    size: Annotated[
        float | FactName | None, "a third value, proportional to the area of the point"
    ] = None
    colour: Annotated[SwatchName | None, "swatch of the point, to highlight it"] = None
    words: str = ""
    """Label from a file, instead of the message."""


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A point of a symbol map."""

    span: Span
    label: Annotated[Message | None, "label of the point, or none"]
    value: Annotated[
        float | FactName | None,
        "a number or a variable: the area of the symbol; `none` if not known",
    ]
    x: Annotated[
        Share | float | None,
        "place from the left of the map: a percentage, or in the units of the map",
    ] = None
    y: Annotated[
        Share | float | None,
        "place from the top of the map: a percentage, or in the units of the map",
    ] = None
    id: Annotated[
        str | None,
        "instead of `x` and `y`: id of an element of an SVG map, at whose centre the symbol is",
    ] = None
    colour: Annotated[SwatchName | None, "swatch of the symbol, to highlight it"] = None
    words: str = ""
    """Label from a file, instead of the message."""


Entries = Annotated[
    tuple[Datum | ChartSource, ...],
    MaxItems(MAX_DATA),
    "entries, each with label and value; or a file, with `from`",
]
"""Entries of a chart with one axis."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Fields of all charts."""

    span: Span
    data: Annotated[
        tuple[Datum | ChartPoint | MapPoint | DataSource, ...],
        MaxItems(MAX_DATA),
        "entries, each with label and value; or a file, with `from`",
    ]
    alt: Annotated[
        Message | None, "alternative text; `none` if the text beside the chart says the same"
    ]
    title: Annotated[Message | None, "title above the chart"] = None
    source: Annotated[Message | None, "source of the figures, below the chart"] = None
    format: Annotated[NumberFormat, "`number`, or `percent`: 27 is printed as 27%"] = (
        NumberFormat.NUMBER
    )
    decimals: Annotated[int | None, "decimal places (default: as many as the value has)"] = None
    unit: Annotated[Message | None, "unit after each figure"] = None
    height: Annotated[Extent | None, "height without title and source (default: from the data)"] = (
        None
    )
    colour: Annotated[
        SwatchName | None, "swatch of the chart (default: the colour of the labels)"
    ] = None
    title_style: Annotated[
        StyleName | None, "paragraph style of the title (default: `label` in semibold)"
    ] = None
    label_style: Annotated[StyleName | None, "paragraph style of the labels (default: `axis`)"] = (
        None
    )
    value_style: Annotated[
        StyleName | None,
        "paragraph style of the figures (default: the style of the labels in semibold)",
    ] = None
    source_style: Annotated[
        StyleName | None, "paragraph style of the source (default: `source`)"
    ] = None


QUIET = 0.26
"""Tint of entries that are not highlighted."""
MAX_DECIMALS = 9
"""Maximum number of decimal places."""


Block = TypeVar("Block", bound=Chart)


def read_chart_data(block: Block, context: BlockContext, *, decimals: bool = True) -> Block | None:
    """Return the chart with entries in place of its files; None, with findings, if a file has errors.

    The format and the decimal places that the block does not set are as in the file.

    Args:
        block: The chart.
        context: Its context.
        decimals: Whether the figures have as many decimal places as the file.
    """
    if not any(isinstance(one, DataSource) for one in block.data):
        return block
    # Imported here: most charts have their entries in the layout.
    from brochure.blocks.charts.file_entries import read_files

    return read_files(block, context, decimals=decimals)


def entries_of(block: Chart) -> tuple[Datum, ...]:
    """Return the entries of a chart whose files were read (`read_chart_data`)."""
    return tuple(one for one in block.data if isinstance(one, Datum))


def label_text(datum: Datum, context: BlockContext) -> str:
    """Return the text of an entry's label."""
    return datum.words or context.edition.words(datum.label)


# Height


def chart_height(block: Chart, context: BlockContext, least: float, preferred: float) -> float:
    """Return the height of a chart in points: as stated, else as preferred, but at least `least`; a lower one is reported."""
    if block.height is None:
        return max(least, preferred)
    height = context.points(block.height)
    if height < least:
        note_low(block, context, least)
    return max(height, least)


def note_low(block: Chart, context: BlockContext, least: float, parts: str = "labels") -> None:
    """Report that a chart is not tall enough for its parts, which need `least` points."""
    message = f"the chart is not tall enough for its {parts}"
    context.note("chart-low", message, block.span, f"set height: {least:.0f} pt")


# Figures


def resolve_values(block: Chart, context: BlockContext) -> tuple[float | None, ...]:
    """Return the values as numbers, None for unknown ones; report what cannot be charted."""
    if not block.data:
        context.note(
            "chart-empty", "a chart needs at least one entry with label and value", block.span
        )
    if block.decimals is not None and not 0 <= block.decimals <= MAX_DECIMALS:
        message = (
            f"{block.decimals} is not a valid number of decimals; expected 0 to {MAX_DECIMALS}"
        )
        context.note("chart-decimals", message, block.span, f"set decimals to 0 to {MAX_DECIMALS}")
    entries = entries_of(block)
    values = tuple(_resolve_value(datum, context) for datum in entries)
    for datum, value in zip(entries, values, strict=True):
        source = None if isinstance(datum.value, tuple) else datum.value
        context.note_excess(source, value, block.format.value, datum.span)
    return values


def _resolve_value(datum: Datum, context: BlockContext) -> float | None:
    if isinstance(datum.value, tuple):
        message = f"an entry has {len(datum.value)} values; this chart has one for each"
        hint = "use a bar-chart, a column-chart, a line-chart or an area-chart"
        context.note("chart-series", message, datum.span, hint)
        return None
    return resolve_number(datum.value, context)


def resolve_number(value: float | FactName | None, context: BlockContext) -> float | None:
    """Return a value as a number, None if it is not known; report a variable that is not a number."""
    if not isinstance(value, FactName):
        return value
    try:
        return context.value(value)
    except ValueError:
        message = f"the variable '{value.name}' is not a number; charts need numbers"
        context.note("chart-value", message, value.span)
        return None


def format_value(value: float | None, block: Chart, context: BlockContext) -> str:
    """Format a value with its unit; an en dash if it is not known."""
    if value is None:
        return "–"
    text = _minus(context.figure(value, _pattern(block.format, block.decimals)))
    return f"{text}\u00a0{context.edition.words(block.unit)}" if block.unit else text


def alt_text(block: Chart, context: BlockContext) -> str:
    """Return the alternative text, followed by all entries unless it already mentions every value."""
    alt = context.edition.words(block.alt)
    values = resolve_values(
        block, replace(context, findings=[])
    )  # problems with them were reported before
    if all(_mentions(alt, value, block, context) for value in values):
        return alt
    rows = (
        _describe(one, value, block, context)
        for one, value in zip(entries_of(block), values, strict=True)
    )
    return f"{alt} {'; '.join(rows)}."


def _describe(datum: Datum, value: float | None, block: Chart, context: BlockContext) -> str:
    note = f" {context.edition.words(datum.note)}" if datum.note else ""
    return f"{label_text(datum, context)}: {format_value(value, block, context)}{note}"


def _mentions(text: str, value: float | None, block: Chart, context: BlockContext) -> bool:
    """Return True if a text contains a value, not as part of another number."""
    if value is None:
        return True
    figure = re.escape(_minus(context.figure(value, _pattern(block.format, block.decimals))))
    return re.search(rf"(?<![\d.,]){figure}(?!\d|[.,]\d)", text) is not None


def format_tick(value: float, block: Chart, context: BlockContext) -> str:
    """Format a tick label: without unit, with as many decimal places as the value has."""
    return _minus(context.figure(value, _pattern(block.format, None)))


def _minus(text: str) -> str:
    """Replace hyphens by minus signs; the hyphen from locale data is too short beside lining figures."""
    return text.replace("-", "−")


def _pattern(form: NumberFormat, decimals: int | None) -> str:
    """Return the number format as an ICU number skeleton."""
    stems = ["percent"] if form is NumberFormat.PERCENT else []
    if decimals is not None:
        places = min(max(decimals, 0), MAX_DECIMALS)
        stems.append("." + "0" * places if places else "precision-integer")
    return "::" + " ".join(stems) if stems else ""


# Colours


def label_paint(block: Chart, context: BlockContext) -> Paint:
    """Return the paint of the labels, also used for lines."""
    return context.style(block.label_style, "axis").type.paint


def chart_paint(block: Chart, context: BlockContext) -> Paint:
    """Return the paint of the chart."""
    return context.paint(block.colour) or label_paint(block, context)


def tint_paint(paint: Paint, strength: float) -> Paint:
    """Return a tint of the paint; a colour without tints, such as white, becomes transparent instead."""
    colour = tint(paint.colour, strength)
    if colour == paint.colour:
        return replace(paint, opacity=paint.opacity * strength)
    return replace(paint, colour=colour)
