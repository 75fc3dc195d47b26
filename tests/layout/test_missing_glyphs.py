"""Characters that no declared font has are one finding for each script and family."""

from __future__ import annotations

from brochure.findings import Finding
from tests.layout.pages import made

COPY = {
    "one": "\U00013000 \U00013001",
    "two": "\U00013000",
    "three": "Words.",
    "four": "\U00013002",
}


def missing(copy: dict[str, str], blocks: str, **sections: str) -> list[Finding]:
    result = made(
        copy, None, pages=f"[{{frames: {{f: {{at: margins, content: {blocks}}}}}}}]", **sections
    )
    return [finding for finding in result.findings if finding.code == "glyph-missing"]


def test_a_script_without_a_font_is_one_finding_for_the_edition() -> None:
    blocks = "[{text: one}, {text: two}, {text: three}, {text: four}]"
    (finding,) = missing(COPY, blocks)
    assert finding.message == (
        "Egyptian Hieroglyphs: 4 characters in 3 messages ('one', 'two', 'four')"
        " have no glyph in Source Serif 4"
    )
    assert finding.hint == (
        "no installed family has them; install one and add `Egyp: FAMILY` under fonts: fallback"
    )
    assert finding.span is not None
    assert finding.span.line == 1  # 'four' comes first in the file


def test_each_font_family_and_each_script_has_its_own_finding() -> None:
    styles = (
        "{body: {font: Source Serif 4, size: 10 pt, leading: 12 pt}, sans: {font: Source Sans 3}}"
    )
    copy = {"one": "\U00013000 \U00013001", "two": "\U00013000 ក"}
    found = missing(copy, "[{text: one}, {text: two, style: sans}]", paragraph_styles=styles)
    assert sorted(finding.message for finding in found) == [
        "Egyptian Hieroglyphs: '\U00013000' (U+13000) in message 'two' has no glyph in Source Sans 3",
        "Egyptian Hieroglyphs: 2 characters in message 'one' have no glyph in Source Serif 4",
        "Khmer: 'ក' (U+1780) in message 'two' has no glyph in Source Sans 3",
    ]


def test_the_hint_is_a_line_that_fixes_the_layout() -> None:
    copy = {"t": "ខ្មែរ"}
    (finding,) = missing(copy, "[{text: t}]")
    line = finding.hint.split("`")[1]
    assert line.startswith("Khmr: ")
    assert missing(copy, "[{text: t}]", fonts=f"{{fallback: {{{line}}}}}") == []


def test_a_message_that_is_set_twice_counts_once() -> None:
    (finding,) = missing(COPY, "[{text: two}, {title: two}, {text: two}]")
    assert finding.message.startswith(
        "Egyptian Hieroglyphs: '\U00013000' (U+13000) in message 'two'"
    )


def test_characters_without_a_script_are_called_symbols() -> None:
    (finding,) = missing({"t": "\U0001f702 \U0001f702"}, "[{text: t}]")
    assert finding.message == (
        "Symbols: 2 times '\U0001f702' (U+1F702) in message 't' have no glyph in Source Serif 4"
    )
    assert "`any: " in finding.hint
