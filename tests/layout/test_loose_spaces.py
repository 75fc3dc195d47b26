"""Justified lines whose spaces are wider than their style allows are a finding of `check`, not of a build."""

from __future__ import annotations

from dataclasses import replace

import pytest

from brochure.api import build, lay_out
from brochure.findings import Finding, Severity
from brochure.prepress.output_conditions import PRESS
from brochure.project import MemoryProject
from brochure.typeset.style import LetterSpace
from tests.layout.pages import made
from tests.typeset.setting import JUSTIFIED, font_catalog, lines

LONG = "Internationalisation of communications requires responsibilities " * 2


def loose(copy: dict[str, str], align: str = "justify", limit: str = "80..140") -> list[Finding]:
    styles = (
        "{body: {font: Source Serif 4, size: 10 pt, leading: 12 pt, hyphenation: no,"
        f" align: {align}, word-space: {limit}}}}}"
    )
    content = ", ".join(f"{{text: {key}}}" for key in copy)
    result = made(
        copy,
        pages=f"[{{frames: {{f: {{at: margins, content: [{content}]}}}}}}]",
        paragraph_styles=styles,
    )
    return [one for one in result.findings if one.code == "line-loose"]


def test_loose_lines_of_a_frame_are_one_warning() -> None:
    (found,) = loose({"one": LONG, "two": LONG})
    assert found.severity is Severity.WARNING
    assert found.count > 2
    assert found.page == 1
    assert "'one', 'two'" in found.message
    assert "at most 140 % allowed" in found.message
    assert found.span is not None
    assert found.span.file == "content/en.yaml"


def test_lines_within_their_limits_are_not_reported() -> None:
    assert (
        loose({"one": "It was the day on which the tide came in at noon. " * 8}, limit="80..400")
        == []
    )
    assert loose({"one": LONG}, align="start") == []


@pytest.mark.parametrize("width", [90.0, 120.0, 200.0])
def test_the_word_space_of_a_line_is_that_of_its_spaces(width: float) -> None:
    style = replace(
        JUSTIFIED,
        hyphenation=replace(JUSTIFIED.hyphenation, on=False),
        letter_space=LetterSpace(),
    )
    font = font_catalog().face(style.type).font
    natural = font.get_glyph_h_advance(font.get_nominal_glyph(ord(" "))) / 100
    for line in lines(LONG.strip(), width, style)[:-1]:
        spaces = [
            advance
            for run in line.runs
            for cluster, advance in zip(run.clusters, run.advances, strict=True)
            if run.text[cluster] == " "
        ]
        assert spaces == [] or spaces == pytest.approx([line.word_space * natural] * len(spaces))


def test_a_build_does_not_report_them() -> None:
    files = {
        "brochure.yaml": (
            "brochure: trial\nsize: 85 x 200 mm\nbinding: none\nsource-language: en\n"
            "paragraph-styles: {body: {align: justify}}\n"
            "pages: [{frames: {f: {at: margins, content: [{text: a}]}}}]\n"
        ),
        "content/en.yaml": f"a: {LONG}\n",
    }
    project = MemoryProject({name: text.encode() for name, text in files.items()})
    assert [one.code for one in lay_out(project).findings] == ["line-loose"]
    assert build(project, PRESS).findings == ()
