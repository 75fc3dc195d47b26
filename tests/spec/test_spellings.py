"""British and American spellings of keys and enum values are equivalent."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from brochure.blocks import KINDS
from brochure.spec.read import read
from brochure.spec.schema import schema
from tests.cli.calling import call, project

VALIDATOR = jsonschema.Draft202012Validator(schema(KINDS))

BRITISH = """\
brochure: trial
size: A5
binding: none
marks: [crop, centre, color-bars]
swatches:
  mist: grey 40
paragraph-styles:
  body: {size: 9 pt, leading: 13 pt, colour: mist, align: centre}
pages:
  - frames:
      words:
        at: margins
        border: {width: 1 pt, colour: mist}
        content:
          - text: words
          - rule: 20 mm
            thickness: 2 pt
            colour: mist
            align: centre
          - donut: [{label: share, value: 3, colour: mist}, {label: words, value: 4}]
            centre: share
            centre-label: words
            alt: words
"""
COPY = "share: 43 %\nwords: Words.\n"


def respell(text: str) -> str:
    """Return a layout with each word in its other spelling."""
    marked = text.replace("color-bars", "\0-bars").replace("colour", "color")
    return marked.replace("\0", "colour").replace("centre", "center").replace("grey", "gray")


def built(folder: Path, layout: str) -> bytes:
    source = project(folder / "trial", layout, COPY)
    result = call("build", source, "-o", folder / "out")
    assert result.status == 0, result.err
    return (folder / "out" / "trial_en_press.pdf").read_bytes()


def messages(layout: str) -> list[str]:
    _, findings = read(layout.encode(), "b.yaml", KINDS)
    return [str(finding) for finding in findings]


def schema_errors(layout: str) -> list[Any]:
    return list(VALIDATOR.iter_errors(yaml.safe_load(layout)))


def test_both_spellings_give_the_same_pdf(tmp_path: Path) -> None:
    american = respell(BRITISH)
    assert "colour: " not in american
    assert built(tmp_path / "british", BRITISH) == built(tmp_path / "american", american)


@pytest.mark.parametrize("layout", [BRITISH, respell(BRITISH)], ids=["british", "american"])
def test_the_schema_accepts_both_spellings(layout: str) -> None:
    assert schema_errors(layout) == []


def test_the_schema_requires_a_key_in_one_of_its_spellings() -> None:
    assert schema_errors(BRITISH.replace("{width: 1 pt, colour: mist}", "{width: 1 pt}"))


def test_a_key_in_both_spellings_is_an_error() -> None:
    layout = BRITISH.replace("colour: mist, align", "colour: mist, color: mist, align")
    message = "the key 'color' is already set as 'colour' in line 8 (remove one of them)"
    assert messages(layout) == [f"b.yaml:8:52: {message}"]


@pytest.mark.parametrize(
    ("right", "wrong", "hint"),
    [
        ("align: centre}", "align: centr}", "did you mean 'centre'?"),
        ("align: centre}", "align: centerr}", "did you mean 'centre'?"),
        ("pt, colour: mist, align", "pt, colr: mist, align", "did you mean 'colour'?"),
    ],
)
def test_suggestions_have_the_documented_spelling(right: str, wrong: str, hint: str) -> None:
    (message,) = messages(BRITISH.replace(right, wrong))
    assert hint in message
