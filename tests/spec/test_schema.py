"""The JSON Schema accepts what the reader accepts, and reports errors that do not depend on the whole layout."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from brochure.blocks import KINDS
from brochure.blocks.charts.chart import MAX_DATA
from brochure.spec.constraints import DATE
from brochure.spec.read import read
from brochure.spec.schema import schema
from tests.golden_files import writing
from tests.spec.wrong_layouts import WrongLayout, wrong_layouts

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "layouts" / "brochure.schema.json"
LAYOUTS = sorted((ROOT / "layouts").glob("*/brochure.yaml"))
SCHEMA = schema(KINDS)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


class Words(yaml.SafeLoader):
    """YAML as editors read it (1.2): only `true` and `false` are booleans, only plain figures are numbers."""


Words.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("bool", "true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", "[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("null", "~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    Words.add_implicit_resolver(
        f"tag:yaml.org,2002:{tag}", re.compile(f"^(?:{pattern})$"), list(first)
    )


def loaded(source: bytes) -> Any:
    return yaml.load(source, Loader=Words)  # a subclass of SafeLoader


def errors(source: bytes) -> list[str]:
    return [
        f"{error.json_path}: {error.message[:120]}"
        for error in VALIDATOR.iter_errors(loaded(source))
    ]


def test_it_is_a_valid_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.parent.name)
def test_shipped_layouts_are_accepted(path: Path) -> None:
    assert errors(path.read_bytes()) == []


WRONG = wrong_layouts()


@pytest.mark.parametrize(
    "wrong", [one for one in WRONG if one.schema_sees], ids=lambda wrong: wrong.name
)
def test_it_reports_errors(wrong: WrongLayout) -> None:
    assert errors(wrong.source)


UNREADABLE = {
    *(
        "aliases",
        "bracket",
        "colon",
        "duplicates",
        "indentation",
        "keys_odd",
        "quote",
        "second_document",
    ),
    *("tabs", "tags"),
}
"""Errors that editors report before the schema: the file is not YAML, or not the subset of YAML that the reader accepts."""


@pytest.mark.parametrize(
    "wrong", [one for one in WRONG if not one.schema_sees], ids=lambda wrong: wrong.name
)
def test_errors_that_it_cannot_detect(wrong: WrongLayout) -> None:
    """If the schema reports more errors than before, the first line of the file must be updated."""
    if wrong.name.removesuffix(".yaml") not in UNREADABLE:
        assert errors(wrong.source) == []


def test_every_block_kind_is_defined_and_described() -> None:
    for name in KINDS.names():
        block = SCHEMA["$defs"][f"block-{name}"]
        assert block["description"].endswith("."), name
        assert block["required"][0] == name
        for key, form in block["properties"].items():
            assert form["description"], f"{name}: {key}"


def test_it_has_limits() -> None:
    """A grid has 1 to 48 columns; the model states this once."""
    columns = SCHEMA["$defs"]["Grid"]["properties"]["columns"]["anyOf"][0]
    assert (columns["minimum"], columns["maximum"]) == (1, 48)


def test_it_has_the_maximum_number_of_items() -> None:
    """A chart has at most 1,000 entries, in the schema and in the errors of the reader."""
    entries = SCHEMA["$defs"]["block-bar-chart"]["properties"]["bar-chart"]
    assert [form["maxItems"] for form in entries["anyOf"] if "maxItems" in form] == [MAX_DATA]


FORMS = """\
brochure: trial
size: A5
binding: none
title:
fonts: {system: off, fallback: {Khmr: {family: Noto Sans, scale: 120%}, any: Noto Sans}}
paragraph-styles:
  body: {size: 9, italic: Yes, weight: "600", widows: "2", tracking: "-5", leading: 0.5 in, baseline-shift: 0, colour: none}
  wide: {size: 1/2 em, leading: 1 1/2 lines, word-space: 80..120, hyphenation: {min-before: 2}, figures: lining}
pages:
  - master:
    frames:
      one: {at: margins, inset: {top: 3 mm}, content: {text: a.b}}
      two: {at: margins, inset: 3 mm, content: [{text: a.b}, {folio: }], story: none, mirror: FALSE}
      three: {at: bleed, content: , background: black 20%}
    words: {story: tale}
"""


def test_every_notation_of_a_value_is_accepted_by_both() -> None:
    """Quoted figures, booleans in capitals, keys without a value: editors must not report what the reader accepts."""
    source = FORMS.replace("size: 9,", "size: 9 pt,").encode()
    _, findings = read(source, "b.yaml", KINDS)
    assert [finding.message for finding in findings] == [
        "this page has no frame 'words'",
        "unknown story 'tale'",
    ]
    assert errors(source) == []


def test_a_length_without_a_unit_is_reported() -> None:
    assert errors(FORMS.encode()) != []


# The schema file for editors


@pytest.mark.goldens
def test_the_file_is_up_to_date() -> None:
    """`brochure schema -o layouts/brochure.schema.json`; `make goldens` writes it again."""
    text = json.dumps(SCHEMA, ensure_ascii=False, indent=2) + "\n"
    if writing():
        FILE.write_text(text, encoding="utf-8")
    assert FILE.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.parent.name)
def test_the_first_line_of_layouts_names_the_file(path: Path) -> None:
    first = path.read_text(encoding="utf-8").split("\n", 1)[0]
    assert first == "# yaml-language-server: $schema=../brochure.schema.json"
    assert (path.parent / "../brochure.schema.json").resolve() == FILE
    assert FILE.is_file()


def dated(text: str) -> bytes:
    """Return a layout with this date and no errors."""
    return f"brochure: trial\nsize: A5\nbinding: none\ndate: {text}\npages: [{{frames: {{}}}}]\n".encode()


def test_every_day_of_two_centuries_is_a_date() -> None:
    days = [date(1900, 1, 1) + timedelta(at) for at in range(73_049)]
    assert days[-1] == date(2099, 12, 31)
    assert [day for day in days if not DATE.fits(day.isoformat())] == []


@pytest.mark.parametrize("text", ["2028-02-29", "2000-02-29"])
def test_leap_days_are_dates(text: str) -> None:
    assert read(dated(text), "b.yaml", KINDS)[1] == ()
    assert errors(dated(text)) == []


@pytest.mark.parametrize(
    "text", ["1900-02-29", "2027-02-29", "2028-02-30", "2026-04-31", "2026-13-01", "2026-1-1"]
)
def test_days_that_do_not_exist_are_not_dates(text: str) -> None:
    (finding,) = read(dated(text), "b.yaml", KINDS)[1]
    assert finding.message == f"'{text}' is not a valid date"
    assert errors(dated(text))


@pytest.mark.parametrize(("count", "codes"), [(MAX_DATA, []), (MAX_DATA + 1, ["value"])])
def test_a_list_may_have_as_many_items_as_its_limit(count: int, codes: list[str]) -> None:
    entries = ", ".join(["{label: a, value: 1}"] * count)
    frame = f"{{at: margins, content: {{bar-chart: [{entries}], alt: none}}}}"
    source = (
        f"brochure: b\nsize: A5\nbinding: none\ntitle: a\npages: [{{frames: {{f: {frame}}}}}]\n"
    )
    _, findings = read(source.encode(), "b.yaml", KINDS)
    assert [finding.code for finding in findings] == codes
    assert all("the list has 1,001 items" in finding.message for finding in findings)
