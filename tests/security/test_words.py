"""Text of translators has no side effects in the PDF, or is refused."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from brochure.findings import Span
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.formats import csv, load_format, xlsx
from tests.cli.calling import LAYOUT
from tests.security.attacks import built, lay, refusals

TITLED = LAYOUT + "title: a.title\norganisation: a.who\nsubject: a.about\n"
STRAIGHT = "a:\n  words: |\n    {}\n  title: |-\n    {}\n  who: W\n  about: A\n"


def screen(folder: Path) -> PdfReader:
    result = built(folder, "--target", "screen")
    assert result.status == 0, result.err
    return PdfReader(io.BytesIO((folder / "out" / "trial_en_screen.pdf").read_bytes()))


def names_in(reader: PdfReader) -> set[str]:
    """Return every key of every dictionary of the file, including those of streams."""
    found: set[str] = set()
    for number in reader.xref[0]:
        one = reader.get_object(number)
        waiting: list[Any] = [one]
        while waiting:
            value = waiting.pop()
            if isinstance(value, DictionaryObject):
                found |= set(value)
                waiting += list(value.values())
            elif isinstance(value, list):
                waiting += value
    for holder in (one for held in reader.xref_objStm for one in [held]):
        value = reader.get_object(holder)
        found |= set(value) if isinstance(value, DictionaryObject) else set()
    return found


INERT = (
    "<b>bold</b> <script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "!\\[picture](https://example.org/a.jpg)",
    "<!-- comment --> &lt;b&gt; &#60;",
    "`code` # heading",
    ") /JS (app.alert(1)) /OpenAction <</S /JavaScript>>",
    "\\) Tj ET BT (Q q",
    "%PDF-1.7 endstream endobj trailer",
    "${HOME} $(true) {{7*7}} %s %n"[:22],
)
ACTIVE = {
    "/JS",
    "/JavaScript",
    "/OpenAction",
    "/AA",
    "/Launch",
    "/EmbeddedFiles",
    "/RichMedia",
    "/SubmitForm",
}


@pytest.mark.parametrize("text", INERT)
def test_html_is_printed_as_text(text: str, tmp_path: Path) -> None:
    """On the page and in the title; nothing in the PDF is executed, opened or submitted."""
    safe = text.replace("{", "'{'").replace("}", "'}'") if "{" in text else text
    copy = STRAIGHT.format(safe, safe)
    reader = screen(lay(tmp_path, {"content/en.yaml": copy.encode()}, TITLED))
    shown = "".join(page.extract_text() for page in reader.pages)
    letters = "".join(char for char in text if char.isalnum())
    assert letters in "".join(char for char in shown if char.isalnum())
    assert reader.metadata is not None
    assert letters in "".join(char for char in reader.metadata.title or "" if char.isalnum())
    assert names_in(reader) & ACTIVE <= {"/OpenAction"}
    root: Any = reader.trailer["/Root"]
    assert not isinstance(
        root.get("/OpenAction"), DictionaryObject
    )  # a destination for opening the file, not an action


def test_a_picture_at_a_network_address_is_refused(tmp_path: Path) -> None:
    """Nothing is downloaded while a brochure is built, nor when the PDF is read."""
    copy = b"a:\n  words: 'see ![picture](https://example.org/a.jpg) here'\n"
    (result, *_) = refusals(lay(tmp_path, {"content/en.yaml": copy}))
    assert result.startswith("content/en.yaml:2:10: message 'a.words': ")
    assert "'https://example.org/a.jpg' is a network address" in result


def test_string_delimiters_are_escaped(tmp_path: Path) -> None:
    """Title, author and subject are extracted letter by letter, including brackets and backslashes."""
    evil = {"title": "A ) (B \\ (C", "who": "))>> /JS (x)", "about": "\\) \\( \\\\ \\101"}
    copy = "a:\n  words: W\n" + "".join(f"  {key}: '{value}'\n" for key, value in evil.items())
    # A backslash before a punctuation mark prints that mark, by the rules of the markup.
    meant = {"title": "A ) (B \\ (C", "who": "))>> /JS (x)", "about": ") ( \\ \\101"}
    info = screen(lay(tmp_path, {"content/en.yaml": copy.encode()}, TITLED)).metadata
    assert info is not None
    assert (info.title, info.author, info.subject) == tuple(meant.values())


@pytest.mark.parametrize(
    "target",
    [
        "https://example.org/a\\)b",
        "https://example.org/%29%3E%3E/JS",
        "https://example.org/?q=(x)",
        "mailto:a@example.org",
    ],
)
def test_a_link_has_one_address_and_no_other_action(target: str, tmp_path: Path) -> None:
    copy = f"a:\n  words: 'go [there]({target}) now'\n"
    reader = screen(lay(tmp_path, {"content/en.yaml": copy.encode()}))
    (note,) = [one.get_object() for one in reader.pages[0]["/Annots"]]  # type: ignore[attr-defined]  # a list
    assert note["/A"]["/S"] == "/URI"
    assert note["/A"]["/URI"].startswith(target.partition("/a")[0].partition("\\")[0])
    assert not names_in(reader) & ACTIVE - {"/OpenAction"}


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JavaScript:x",
        "file:///etc/passwd",
        "data:text/html,x",
        "../x",
        "vbscript:x",
        "\\\\host\\x",
    ],
)
def test_a_link_that_executes_something_is_refused_by_name(target: str, tmp_path: Path) -> None:
    copy = f"a:\n  words: 'go [there]({target}) now'\n"
    (result, *_) = refusals(lay(tmp_path, {"content/en.yaml": copy.encode()}))
    assert result.startswith("content/en.yaml:2:10: message 'a.words': '")
    schemes = "https://, http://, mailto: or tel:, or with # for a place in the brochure"
    assert result.endswith(f"is not a link address (start it with {schemes})")


PO = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    'msgctxt "a.words"\nmsgid "Go [there](https://example.org/en) now."\n'
    'msgstr "Va [là]({}) maintenant."\n'
)


@pytest.mark.parametrize(
    ("target", "led"),
    [
        ("https://example.org/fr", ""),
        ("https://example.org.evil.example/en", "https://example.org.evil.example"),
        ("http://example.org/en", "http://example.org"),
        ("mailto:thief@example.com", "mailto:thief@example.com"),
    ],
)
def test_a_link_to_another_host_in_a_translation_is_reported(
    target: str, led: str, tmp_path: Path
) -> None:
    """Another page of the same host is a page in the other language; another host is reported."""
    files = {
        "content/en.yaml": b"a:\n  words: Go [there](https://example.org/en) now.\n",
        "content/fr.po": PO.format(target).encode(),
    }
    result = built(lay(tmp_path, files), "--lang", "fr")
    assert result.status == 0
    message = (
        f"content/fr.po:7:1: warning: message 'a.words': the translation links to '{led}',"
        " the source to 'https://example.org' (ask the translator whether this is intended)"
    )
    assert result.lines == ([message] if led else [])


@pytest.mark.parametrize("sign", ["\u202d", "\u202e"])
def test_bidirectional_overrides_are_reported(sign: str, tmp_path: Path) -> None:
    """Trojan source: overrides change the visible order of text, in YAML and in a catalogue alike."""
    source = b"a:\n  words: Go [there](https://example.org/en) now.\n"
    turned = PO.format("https://example.org/fr").replace("Va", f"V{sign}a")
    folder = lay(tmp_path, {"content/en.yaml": source, "content/fr.po": turned.encode()})
    (result, *_) = refusals(folder, "--lang", "fr")
    assert result.startswith("content/fr.po:7:")
    assert f"U+{ord(sign):04X}" in result


# Formulas

FORMULAS = (
    *(
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "=cmd|'/c calc'!A1",
        '=HYPERLINK("http://x")',
    ),
    *(" =1", "  +1", "'=1", "''=1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff201"),
    *("one;=1+1", "one\n=1+1", "one\t@x", '"=1', '";=1', "'tis", "''", "'", ""),
)
SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20\t\r\n"


def sent(text: str) -> Catalogue:
    one = Translation("k", "source" + text, text, Span("fr.po"), comments=text, notes=text)
    return Catalogue("fr", "fr.po", {"k": one})


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_begins_a_formula_with_any_separator(text: str, separator: str) -> None:
    """Read with the separator of another country: cells end there, and quotation marks inside a cell are text."""
    import csv as reading

    lines = csv.write(sent(text)).decode("utf-8-sig")
    strict = separator == ","
    for row in reading.reader(io.StringIO(lines, newline=""), delimiter=separator, strict=strict):
        assert [cell for cell in row if cell.lstrip(" ")[:1] in tuple(SIGNS)] == []


@pytest.mark.parametrize("name", ["csv", "xlsx"])
@pytest.mark.parametrize("text", FORMULAS)
def test_every_text_is_read_back_unchanged(text: str, name: str) -> None:
    made = load_format(name)
    found, findings = made.read(made.write(sent(text)), "fr.x", "fr")
    assert findings == ()
    expected = text.replace("\r\n", "\n")
    # A cell of a workbook shows a carriage return as a line end.
    assert found.entries["k"].text == expected.replace("\r", "\n" if name == "xlsx" else "\r")


@pytest.mark.parametrize("text", FORMULAS)
def test_every_cell_of_a_workbook_is_text(text: str) -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(xlsx.write(sent(text))))
    cells = [
        cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None
    ]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
