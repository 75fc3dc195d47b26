"""Parse YAML scalars into values of the annotated type.

`SCALARS` has one parser for each type; `fields.py`, the JSON Schema and the reference pages use the same table.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from enum import Enum
from functools import partial
from typing import Any

from brochure.color.printing_condition import SHIPPED
from brochure.color.swatch import Paint
from brochure.findings import nearest
from brochure.lazy_pattern import compile_lazily
from brochure.spec import yaml_tree
from brochure.spec.constraints import LANGUAGE
from brochure.spec.lengths import InvalidValue, focus, length, share, size, span_of
from brochure.spec.placement import place
from brochure.spec.read_context import ReadContext
from brochure.spec.spellings import match_spelling
from brochure.spec.values import (
    Asset,
    BackgroundName,
    CellCondition,
    CharacterName,
    ColumnName,
    ConditionName,
    DataAsset,
    Example,
    FactName,
    Focus,
    FolioMessage,
    LanguageName,
    Length,
    LiteralMessage,
    MasterName,
    Message,
    OfficeName,
    Placement,
    Range,
    Share,
    Size,
    StoryName,
    StyleName,
    SwatchName,
    WrittenFigure,
)

MAX_CHARACTERS = 300
"""Maximum length of a scalar other than plain text."""


def read_scalar(node: yaml_tree.Scalar, annotation: Any, reading: ReadContext) -> Any:
    """Parse a scalar as the annotated type; raise InvalidValue if it is not valid."""
    if annotation is not str and len(node.value) > MAX_CHARACTERS:
        raise InvalidValue(f"expected {what(annotation)}, not a long text")
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return _enum(node, annotation)
    return SCALARS[annotation](node, reading)


def _enum(node: yaml_tree.Scalar, annotation: type[Enum]) -> Enum:
    values = {str(member.value): member for member in annotation}
    word = match_spelling(node.value, values)
    if word not in values:
        raise InvalidValue(
            f"'{node.value}' is not a valid value", partial(nearest, node.value, values)
        )
    return values[word]


def _text(node: yaml_tree.Scalar, reading: ReadContext) -> str:
    return node.value


def _whole(node: yaml_tree.Scalar, reading: ReadContext) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,12}", node.value):
        raise InvalidValue(f"'{node.value}' is not a whole number", "write digits, e.g. 12")
    return int(node.value)


def _figure(node: yaml_tree.Scalar, reading: ReadContext) -> float:
    try:
        value = float(node.value)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or abs(value) > 1e12:
        hint = "write digits with a decimal point, e.g. 9.5"
        raise InvalidValue(f"'{node.value}' is not a number", hint)
    return value


def _written_figure(node: yaml_tree.Scalar, reading: ReadContext) -> WrittenFigure:
    number = _figure(node, reading)
    match = re.fullmatch(r"[+-]?[\d_]*\.([\d_]{1,9})", node.value.strip())
    return WrittenFigure(number, len(match[1].replace("_", "")) if match else None)


YES, NO = ("yes", "true", "on"), ("no", "false", "off")


def _truth(node: yaml_tree.Scalar, reading: ReadContext) -> bool:
    word = node.value.casefold()
    if word not in YES + NO:
        raise InvalidValue(f"'{node.value}' is neither yes nor no", "write yes or no")
    return word in YES


DATA_SUFFIXES = (".csv", ".tsv", ".xlsx")
"""Suffixes of data files."""
KEY = compile_lazily(r"[A-Za-z_][\w-]*(?:\.[\w-]+)*")


def _message(node: yaml_tree.Scalar, reading: ReadContext) -> Message:
    if node.value.lower().endswith(DATA_SUFFIXES):
        hint = f"a table is read from it with {{from: {node.value}}}"
        raise InvalidValue(f"'{node.value}' is a data file, not a message key", hint)
    if not KEY.fullmatch(node.value):
        shown = node.value if len(node.value) < 30 else node.value[:27] + "…"
        raise InvalidValue(
            f"'{shown}' is not a message key",
            "put the text into content/ and write its key here, e.g. problem.lead",
        )
    return Message(node.value, node.span)


ADDRESS = compile_lazily(r"//|\\\\|[A-Za-z][A-Za-z0-9+.-]+:|.*://")
"""Start of a URL or a network path: a scheme of at least two letters, or a host name."""


def is_inside_assets(name: str) -> bool:
    """Return True if a path is that of a file below `assets/`, with forward slashes."""
    parts = name.split("/")
    is_above = name.startswith(("/", "~")) or ".." in parts or "\\" in name or "\0" in name
    return not (is_above or ":" in parts[0] or ADDRESS.match(name))


def _asset(node: yaml_tree.Scalar, reading: ReadContext) -> Asset:
    name = node.value
    if ADDRESS.match(name):
        hint = "files are not downloaded; copy the file into assets/ and write its path there"
        raise InvalidValue(f"'{name}' is a network address", hint)
    if not is_inside_assets(name):
        raise InvalidValue(
            f"'{name}' is not inside assets/",
            "write the path of a file below assets/, with forward slashes",
        )
    return Asset(name, node.span)


def _data_asset(node: yaml_tree.Scalar, reading: ReadContext) -> DataAsset:
    asset = _asset(node, reading)
    if not asset.path.lower().endswith(DATA_SUFFIXES):
        raise InvalidValue(
            f"'{asset.path}' is not a data file", "save it as 'CSV UTF-8' (.csv), .tsv or .xlsx"
        )
    return DataAsset(asset.path, node.span)


def _literal_message(node: yaml_tree.Scalar, reading: ReadContext) -> LiteralMessage:
    message = _message(node, reading)
    return LiteralMessage(message.key, message.span)


def _folio_message(node: yaml_tree.Scalar, reading: ReadContext) -> FolioMessage:
    message = _message(node, reading)
    return FolioMessage(message.key, message.span)


PROFILES = (".icc", ".icm")


def _condition(node: yaml_tree.Scalar, reading: ReadContext) -> ConditionName:
    """Parse the name of a built-in printing condition, or the path of an ICC profile."""
    if node.value.lower().endswith(PROFILES):
        return ConditionName(_asset(node, reading).path, node.span)
    if node.value not in SHIPPED:
        choices = [*SHIPPED, "an ICC profile in assets, e.g. profiles/printer.icc"]
        message = f"unknown printing condition '{node.value}'"
        raise InvalidValue(message, partial(nearest, node.value, choices))
    return ConditionName(node.value, node.span)


ONLY_BACKGROUNDS = "a gradient can be a background or fill parts of charts; use a colour here"
SWATCH = compile_lazily(r"([A-Za-z_][\w-]*)(?:\s+(\d{1,3}(?:\.\d{1,9})?)\s*%)?")


def _swatch(node: yaml_tree.Scalar, reading: ReadContext) -> SwatchName:
    name = _background(node, reading)
    if name.name in reading.swatches.gradients:
        raise InvalidValue(f"'{name.name}' is a gradient", ONLY_BACKGROUNDS)
    return SwatchName(name.name, name.span, name.tint)


def _background(node: yaml_tree.Scalar, reading: ReadContext) -> BackgroundName:
    match = SWATCH.fullmatch(node.value)
    if not match:
        raise InvalidValue(
            f"'{node.value}' is not the name of a swatch",
            "define the colour under swatches and write its name, e.g. 'ember' or 'ember 20%'",
        )
    reading.swatches.paint(match.group(1))
    tint = float(match.group(2) or 100) / 100
    if tint > 1:
        raise InvalidValue(f"the tint of '{node.value}' is too large", "expected 0% to 100%")
    if match.group(2) and match.group(1) in reading.swatches.gradients:
        raise InvalidValue(
            f"the gradient '{match.group(1)}' cannot be tinted", "write tints in its stops"
        )
    return BackgroundName(match.group(1), node.span, tint)


PLAIN_FIGURE = compile_lazily(r"[+-]?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?")
"""A number in a table. Digits after a leading zero are a code, and commas are ambiguous, so both stay text."""


def figure(text: str) -> int | float | None:
    """Return the number in a table cell; None if it is text."""
    match = PLAIN_FIGURE.fullmatch(text)
    if not match:
        return None
    return float(text) if match[2] else int(text)


def _language(node: yaml_tree.Scalar, reading: ReadContext) -> LanguageName:
    breach = LANGUAGE.breach(node.value)
    if breach:
        raise InvalidValue(f"'{node.value}' {breach.what}", breach.right)
    return LanguageName(node.value, node.span)


def _example(node: yaml_tree.Scalar, reading: ReadContext) -> Example:
    """Parse a number or a text; a quoted value is always text."""
    if len(node.value) > MAX_CHARACTERS:
        hint = f"the maximum is {MAX_CHARACTERS} characters"
        raise InvalidValue("the example is too long", hint)
    value = None if node.quoted else figure(node.value)
    return Example(node.value if value is None else value, node.span)


Reader = Callable[[yaml_tree.Scalar, ReadContext], Any]


def _reference_reader(kind: type) -> Reader:
    """Return a parser of references; they are checked when the whole layout has been parsed."""

    def read(node: yaml_tree.Scalar, reading: ReadContext) -> Any:
        name = kind(node.value, node.span)
        reading.names.append(name)
        return name

    return read


SCALARS: dict[Any, Reader] = {
    str: _text,
    int: _whole,
    float: _figure,
    WrittenFigure: _written_figure,
    bool: _truth,
    Length: lambda node, reading: length(node.value),
    Share: lambda node, reading: share(node.value),
    Focus: lambda node, reading: focus(node.value),
    Range: lambda node, reading: span_of(node.value),
    Size: lambda node, reading: size(node.value),
    Placement: lambda node, reading: place(node.value, node.span),
    Message: _message,
    LiteralMessage: _literal_message,
    FolioMessage: _folio_message,
    Asset: _asset,
    DataAsset: _data_asset,
    CellCondition: lambda node, reading: CellCondition(node.value, node.span),
    ColumnName: lambda node, reading: ColumnName(node.value, node.span),
    ConditionName: _condition,
    SwatchName: _swatch,
    BackgroundName: _background,
    StyleName: _reference_reader(StyleName),
    CharacterName: _reference_reader(CharacterName),
    StoryName: _reference_reader(StoryName),
    MasterName: _reference_reader(MasterName),
    FactName: _reference_reader(FactName),
    OfficeName: lambda node, reading: OfficeName(node.value, node.span),
    LanguageName: _language,
    Example: _example,
    Paint: lambda node, reading: reading.swatches.paint(node.value),
}
"""The parser of each annotated type."""

WORDS: dict[Any, str] = {
    str: "text",
    int: "a whole number",
    float: "a number",
    WrittenFigure: "a number",
    bool: "yes or no",
    Length: "a length",
    Share: "a percentage (62%)",
    Focus: "a focal point (62% 40%)",
    Range: "a range (80..140)",
    Size: "a size (A5)",
    Placement: "a placement (columns 1-4, rows 7-9)",
    Message: "a message key",
    LiteralMessage: "a message key",
    FolioMessage: "a message key",
    Asset: "a file in assets/",
    DataAsset: "a CSV, TSV or XLSX file in assets/",
    CellCondition: "a value or a comparison (>= 100)",
    ColumnName: "a column of a data file",
    ConditionName: "a printing condition",
    SwatchName: "a swatch",
    BackgroundName: "a swatch or a gradient",
    StyleName: "a paragraph style",
    CharacterName: "a character style",
    StoryName: "a story",
    MasterName: "a master",
    FactName: "a variable",
    OfficeName: "an office",
    LanguageName: "a language tag",
    Example: "an example (text or a number)",
}
"""Names of the value types in messages and on the reference pages."""


def what(annotation: Any) -> str:
    """Return the name of a value type for messages."""
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return "one of " + ", ".join(str(member.value) for member in annotation)
    return WORDS.get(annotation, "a value")
