"""`text check`: terms, names and spelling; correct text is not reported, and nothing stops a build."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from brochure.errors import InputError
from brochure.findings import Finding, Severity
from brochure.l10n.glossary import Glossary
from brochure.system import hunspell
from brochure.translation.spelling import find_dictionary
from brochure.translation.status_report import choose_editions
from brochure.translation.text_check import check_texts, load_glossary
from tests import programs
from tests.translation.projects import COPY, FRENCH, LAYOUT, translated, workspace

TERMS = "terms: {glossary: terms.csv, do-not-translate: [Casa Clara]}\n"
GLOSSARY = "en,fr\npeople|person,personne|!gens\nsafety,sécurité|sûreté\nthing,objet\n"
FILES = {
    "brochure.yaml": LAYOUT + TERMS,
    "content/en.yaml": COPY.replace("Another thing", "Another thing of Casa Clara"),
    "terms.csv": GLOSSARY,
}


def all_findings(files: dict[str, str], language: str) -> list[Finding]:
    desk = workspace(files)
    names = choose_editions(desk, (), [language])
    (done,) = check_texts(desk, names, load_glossary(desk.project, desk.layout, None))
    return list(done.findings)


def check(files: dict[str, str], language: str = "fr") -> list[Finding]:
    """The findings about terms and names."""
    return [one for one in all_findings(files, language) if one.code.startswith("term-")]


def french(**texts: str) -> dict[str, str]:
    return {**FILES, "content/fr.po": translated({**FRENCH, **texts})}


def with_source(catalogue: dict[str, str]) -> dict[str, str]:
    """Return the files, with the sources of the catalogue as in the copy."""
    text = catalogue["content/fr.po"].replace('msgid "Another thing"', 'msgid "Another thing of Casa Clara"')  # fmt: skip
    return {**catalogue, "content/fr.po": text}


GOOD = {
    "head": "Les personnes",
    "first": "Un objet",
    "second": "D'autres objets de Casa Clara",
}


def test_correct_terms_are_not_reported() -> None:
    assert check(with_source(french(**GOOD))) == []


def test_each_error_is_one_warning_with_its_place_and_count() -> None:
    found = check(with_source(french(second="Une autre chose de la Maison Claire")))
    assert [(one.code, one.severity, one.count) for one in found] == [
        ("term-deprecated", Severity.WARNING, 1),
        ("term-missing", Severity.WARNING, 2),
        ("term-translated", Severity.WARNING, 1),
    ]
    deprecated, missing, name = found
    assert deprecated.message == "message 'head': the term 'gens' must not be used"
    assert deprecated.hint == "write 'personne'; see terms.csv:2"
    assert missing.message == (
        "2 messages ('first', 'second'): the term 'thing' is not translated as 'objet'"
    )
    assert missing.span
    assert missing.span.file == "content/fr.po"
    assert missing.span.line > 1
    assert name.message == "message 'second': 'Casa Clara' is not in the translation"


def test_fuzzy_and_missing_translations_are_not_checked() -> None:
    files = with_source(french(second=""))
    files["content/fr.po"] = files["content/fr.po"].replace(
        'msgctxt "head"', '#, fuzzy\nmsgctxt "head"'
    )
    assert [one.message for one in check(files)] == [
        "message 'first': the term 'thing' is not translated as 'objet'"
    ]


def test_a_deprecated_term_of_the_source_is_reported_in_the_source() -> None:
    files = {**FILES, "terms.csv": "en,fr\nfolks|!people,gens\n"}
    (found, *_) = check(files, "en")
    assert found.message == "2 messages ('head', 'words'): the term 'people' must not be used"
    assert found.hint == "write 'folks'; see terms.csv:2"
    assert str(found.span) == "content/en.yaml:2:7"


def test_words_of_an_office_are_checked() -> None:
    office = "office: kenya\nlanguages: [en, fr]\ncopy:\n  en: {head: All people}\n  fr: {head: Tout le monde}\n"
    files = with_source({**french(**GOOD), "offices/kenya.yaml": office})
    files["terms.csv"] = "en,fr\npeople,personne|!monde\n"
    desk = workspace(files)
    glossary = load_glossary(desk.project, desk.layout, None)
    (done,) = check_texts(desk, choose_editions(desk, ["kenya"], ["fr"]), glossary)
    messages = [one.message for one in done.findings if one.code == "term-deprecated"]
    assert messages == ["message 'head': the term 'monde' must not be used"]


def test_an_office_that_cannot_be_read_is_an_error() -> None:
    desk = workspace({**FILES, "offices/kenya.yaml": "langs: [en]\n"})
    with pytest.raises(InputError):
        list(check_texts(desk, choose_editions(desk), Glossary("")))


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"brochure.yaml": LAYOUT + "terms: {glossary: none.csv}\n"}, "glossary-missing"),
        ({**FILES, "terms.csv": "fr,es\na,b\n"}, "glossary-language"),
    ],
)
def test_a_glossary_that_cannot_be_used_is_an_error(files: dict[str, str], code: str) -> None:
    desk = workspace(files)
    with pytest.raises(InputError) as caught:
        load_glossary(desk.project, desk.layout, None)
    assert [one.code for one in caught.value.findings] == [code]


# Spelling


def need_dictionaries() -> None:
    programs.need("hunspell")
    if not {"en_US", "fr_FR"} <= set(hunspell.list_dictionaries()):
        programs.lacking("hunspell-en-us and hunspell-fr are not installed")


def spelling(files: dict[str, str], language: str = "fr") -> list[Finding]:
    need_dictionaries()
    return [one for one in all_findings(files, language) if one.code == "spelling"]


def test_misspelled_words_are_counted_with_suggestions() -> None:
    found = spelling(
        with_source(french(**{**GOOD, "title": "Un esai", "head": "Personnes : esai"}))
    )
    assert [(one.severity, one.count) for one in found] == [(Severity.WARNING, 2)]
    assert (
        "2 messages ('title', 'head'): 'esai' is not in the dictionary 'fr_FR'" in found[0].message
    )
    assert "did you mean 'essai'?" in found[0].hint


def test_names_of_the_project_are_not_misspelled() -> None:
    title = (
        "Xyzzy, Plughh-Zorkmid, l’Zorkmid, COVID19, ABCD, [a](https://zzqq.fr) {people} zzqq.org"
    )
    files = with_source(french(**{**GOOD, "title": title}))
    found = {one.message.split("'")[3] for one in spelling(files)}
    assert found == {"Xyzzy", "Plughh-Zorkmid", "l’Zorkmid"}
    files["words.txt"] = "# names\nXyzzy\n"
    files["words.fr.txt"] = "plughh # a place\nZorkmid\n"
    assert spelling(files) == []


def test_a_translation_may_keep_names_of_its_source() -> None:
    files = with_source(french(**GOOD))
    files["content/en.yaml"] = COPY.replace("A trial", "A trial in Qwertyville").replace(
        "Another thing", "Another thing of Casa Clara"
    )
    files["content/fr.po"] = (
        files["content/fr.po"]
        .replace('msgid "A trial"', 'msgid "A trial in Qwertyville"')
        .replace("Un essai", "Un essai à Qwertyville")
    )
    assert spelling(files) == []
    assert [one.message for one in spelling(files, "en")] == [
        "message 'title': 'Qwertyville' is not in the dictionary 'en_US'"
    ]


def test_the_dictionary_of_the_region_is_preferred() -> None:
    need_dictionaries()
    assert find_dictionary("fr-CA") == "fr_CA"
    assert find_dictionary("fr-HT") == "fr"
    assert find_dictionary("en") == "en_US"
    assert find_dictionary("sw") is None


def test_without_the_program_there_is_one_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hunspell, "PROGRAM", "no-such-program")
    hunspell.list_dictionaries.cache_clear()
    desk = workspace(with_source(french(**GOOD)))
    (done,) = check_texts(desk, choose_editions(desk, (), ["fr"]), Glossary(""))
    (note,) = [one for one in done.findings if one.code == "dictionary-missing"]
    assert note.severity is Severity.NOTE
    assert "hunspell' is not installed" in note.message
    hunspell.list_dictionaries.cache_clear()


SLOW = "#!/bin/sh\nif [ \"$1\" = -D ]; then printf 'AVAILABLE DICTIONARIES\\n/dict/fr\\n' >&2; exit; fi\nexec sleep 60\n"


def test_a_program_that_does_not_end_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "hunspell"
    program.write_text(SLOW)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(hunspell, "TIMEOUT", 1)
    hunspell.list_dictionaries.cache_clear()
    assert hunspell.list_dictionaries() == {"fr": "/dict/fr"}
    begun = time.monotonic()
    assert hunspell.find_misspelled(["mot"], "/dict/fr") is None
    assert time.monotonic() - begun < 10
    hunspell.list_dictionaries.cache_clear()
