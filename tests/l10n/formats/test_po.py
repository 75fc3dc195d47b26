"""PO: gettext catalogues are read with their line numbers and written byte for byte."""

from __future__ import annotations

import pytest

from brochure.findings import Span
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.formats import po

TEXT = """\
msgid ""
msgstr ""
"Language: fr\\n"
"Last-Translator: Me\\n"

#. page 1, frame words
msgctxt "cover.title"
msgid "A proven answer"
msgstr "Une réponse"

# I am not sure of this
#, fuzzy
#| msgctxt "cover.lead"
#| msgid "Old"
msgctxt "cover.lead"
msgid ""
"One\\n"
"\\n"
"Two"
msgstr "Un"

#~ msgctxt "gone"
#~ msgid "Gone"
#~ msgstr "Parti"
"""


def read(text: str) -> Catalogue:
    catalogue, findings = po.read(text.encode(), "content/fr.po", "fr")
    assert findings == ()
    return catalogue


def test_entries() -> None:
    catalogue = read(TEXT)
    assert list(catalogue.entries) == ["cover.title", "cover.lead"]
    title, lead = catalogue.entries.values()
    assert (title.source, title.text, title.comments) == (
        "A proven answer",
        "Une réponse",
        "page 1, frame words",
    )
    assert (lead.source, lead.text, lead.fuzzy, lead.previous) == ("One\n\nTwo", "Un", True, "Old")
    assert lead.notes == "I am not sure of this"
    assert catalogue.header["Last-Translator"] == "Me"


def test_places_are_the_lines_of_the_translations() -> None:
    catalogue = read(TEXT)
    assert [one.span.line for one in catalogue.entries.values()] == [9, 20]
    assert catalogue.obsolete[0].span.line == 24


def test_obsolete_entries_are_separate() -> None:
    (gone,) = read(TEXT).obsolete
    assert (gone.key, gone.source, gone.text) == ("gone", "Gone", "Parti")


def test_written_and_read_again_it_is_the_same() -> None:
    once = po.write(read(TEXT))
    again, findings = po.read(once, "content/fr.po", "fr")
    assert findings == ()
    assert po.write(again) == once


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('msgctxt "a"\nmsgid "x\nmsgstr "y"\n', 2, "invalid line in a PO file"),
        ("words\n", 1, "invalid line in a PO file"),
        ('msgid "x"\nmsgstr "y"\n\nmsgid "z"\nmsgstr "w"\n', 2, "the entry has no msgctxt: 'x'"),
        (
            'msgctxt "a"\nmsgid "x"\nmsgstr "1"\n\nmsgctxt "a"\nmsgid "x"\nmsgstr "2"\n',
            7,
            "duplicate message 'a'",
        ),
        (
            'msgctxt "a"\nmsgid "x"\nmsgid_plural "xs"\nmsgstr[0] "1"\nmsgstr[1] "2"\n',
            4,
            "message 'a' uses msgid_plural, which is not supported",
        ),
    ],
)
def test_errors_have_their_line(text: str, line: int, words: str) -> None:
    _, findings = po.read(text.encode(), "content/fr.po", "fr")
    assert words in [finding.message for finding in findings]
    spans = [finding.span for finding in findings if finding.message == words]
    assert spans == [Span("content/fr.po", line)]


def test_a_file_that_is_not_utf8() -> None:
    _, (finding,) = po.read('msgctxt "a"\nmsgid "x"\nmsgstr "é"\n'.encode("latin-1"), "fr.po", "fr")
    assert str(finding) == "fr.po:3:1: the file is not UTF-8 (save it as UTF-8)"


def test_an_empty_file_is_an_empty_catalogue() -> None:
    catalogue, findings = po.read(b"", "fr.po", "fr")
    assert (catalogue.entries, findings) == ({}, ())


def test_a_text_that_looks_like_a_path_is_not_opened() -> None:
    _, findings = po.read(b"/etc/passwd", "fr.po", "fr")
    assert [finding.code for finding in findings] == ["po-form"]


def test_one_changed_word_changes_one_line() -> None:
    one = Translation("a", "x" * 300, "word " * 100, Span("fr.po"))
    before = po.write(Catalogue("fr", "fr.po", {"a": one}))
    other = Translation("a", "x" * 300, "word " * 99 + "other", Span("fr.po"))
    after = po.write(Catalogue("fr", "fr.po", {"a": other}))
    different = [a != b for a, b in zip(before.splitlines(), after.splitlines(), strict=True)]
    assert sum(different) == 1


# Files of other programs, and invalid files

FOREIGN = """\
# Spanish translation of the brochure
# Ana <ana@example.org>, 2026.
msgid ""
msgstr ""
"Project-Id-Version: trial\\n"
"Last-Translator: Ana <ana@example.org>\\n"
"Language-Team: Spanish\\n"
"Language: es_ES\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"X-Generator: Poedit 3.5\\n"

# to be checked by the director
#. page 1, frame words
#: content/en.yaml:12
#, fuzzy, no-wrap, max-length:70
#| msgctxt "title"
#| msgid "Old"
msgctxt "title"
msgid "A proven answer"
msgstr "Una respuesta"
"""


def test_files_of_other_programs_are_written_unchanged() -> None:
    catalogue, findings = po.read(FOREIGN.encode(), "content/es.po", "es")
    assert findings == ()
    assert po.write(catalogue).decode() == FOREIGN


@pytest.mark.parametrize(
    ("written", "language", "expected"),
    [
        ("de_DE", "de", "de_DE"),
        ("de-DE", "de", "de-DE"),
        ("sr@latin", "sr-Latn", "sr@latin"),
        ("zh_CN", "zh-Hans", "zh_CN"),
        ("de_AT", "de", "de"),
        ("pt_PT", "pt", "pt"),
        ("fr", "es", "es"),
        ("", "es", "es"),
    ],
)
def test_an_equivalent_language_tag_is_kept(written: str, language: str, expected: str) -> None:
    one = Translation("a", "A", "B", Span("x"))
    catalogue = Catalogue(language, "x", {"a": one}, header={"Language": written})
    assert f'"Language: {expected}\\n"' in po.write(catalogue).decode()


ENTRY = 'msgctxt "{0}"\nmsgid "{0}"\nmsgstr "{0}!"\n'
GOOD = [ENTRY.format("one"), ENTRY.format("two")]


@pytest.mark.parametrize(
    "bad",
    [
        'msgctxt "bad"\nmsgid "x"\nmsgstr "an "unescaped" mark"\n',
        'msgctxt "bad"\nmsgid "x"\nmsgstr "without an end\n',
        'msgctxt "bad"\nmsgid "x"\nwords\nmsgstr "x"\n',
        'msgctxt "bad"\nmsgid "x"\n',
        'msgctxt "bad"\nmsgstr "y"\nmsgid "x"\n',
        'msgctxt "bad"\nmsgid "x"\nmsgstr "a\x01b"\n',
        'msgctxt "bad"\nmsgid "x"\nmsgstr "a\vb"\n',
        'msgctxt "bad"\nmsgid "x"\nmsgstr "a\x1cb"\n',
        'msgctxt "bad"\nmsgid "x"\nmsgid_plural "xs"\nmsgstr[0] "y"\nmsgstr[1] "ys"\n',
        'msgctxt "bad"\nmsgid "x"\nmsgstr "y"\n\nmsgctxt "bad"\nmsgid "x"\nmsgstr "z"\n',
    ],
)
@pytest.mark.parametrize("at", [0, 1, 2])
def test_one_bad_entry_does_not_affect_the_others(bad: str, at: int) -> None:
    text = "\n".join([*GOOD[:at], bad, *GOOD[at:]])
    catalogue, findings = po.read(text.encode(), "fr.po", "fr")
    assert {key: one.text for key, one in catalogue.entries.items() if one.text} == {
        "one": "one!",
        "two": "two!",
    }
    assert findings
    first = text[: text.index("bad")].count("\n") + 1
    last = first + bad.count("\n")
    assert all(finding.span and first <= finding.span.line <= last for finding in findings)


@pytest.mark.parametrize(
    ("broken", "text"),
    [
        ("a\u2028b", "a\nb"),
        ("a\u2029b", "a\n\nb"),
        ("a\x85b", "a\nb"),
        ("a\rb", "a\nb"),
        ("a\\nb", "a\nb"),
    ],
)
def test_line_ends_inside_a_string_are_read(broken: str, text: str) -> None:
    """Programs for which only `\\n` ends a line write other line ends unescaped."""
    data = f'{GOOD[0]}\n# why\u2028so\nmsgctxt "k"\nmsgid "x"\nmsgstr "{broken}"\n\n{GOOD[1]}'
    catalogue, findings = po.read(data.encode(), "fr.po", "fr")
    assert findings == ()
    assert catalogue.entries["k"].text == text
    assert catalogue.entries["k"].notes == "why so"
    assert catalogue.entries["two"].span.line == 12


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_files_of_other_systems_are_read(end: str) -> None:
    data = "\n".join(GOOD).replace("\n", end).encode()
    catalogue, findings = po.read(data, "fr.po", "fr")
    assert [one.text for one in catalogue.entries.values()] == ["one!", "two!"]
    assert findings == ()
