"""Files returned in each format with each mistake that offices make: nothing is lost, and the import reports what happened.

The office has translated all messages; the catalogue has two of them, one as it was sent out and one that was changed since.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from brochure.errors import InputError
from brochure.findings import Finding
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.formats import formats, load_format, po
from brochure.translation.catalogue_import import Import, prepare_import
from brochure.translation.template import make_template
from brochure.translation.workspace import Workspace
from tests.translation.projects import FRENCH, filled, workspace

OURS = {"head": "Les gens", "first": "Un premier objet"}
SPANISH = {
    "title": "Un ensayo",
    "head": "La gente",
    "words": "Más de {people, number} personas fueron **llevadas** a salvo.",
    "first": "Una cosa",
    "second": "Otra cosa",
}
Change = Callable[[Catalogue], Catalogue]


@cache
def template(language: str) -> Catalogue:
    return make_template(workspace(), language)


@cache
def desk() -> Workspace:
    """The project, with catalogues in French and Spanish."""
    catalogues = {
        f"content/{language}.po": po.write(
            replace(filled(template(language), words), header={"Language": language})
        ).decode()
        for language, words in (("fr", OURS), ("es", SPANISH))
    }
    return workspace(catalogues)


def returned(
    name: str, change: Change, words: dict[str, str] = FRENCH, language: str = "fr"
) -> bytes:
    """Return the office's file."""
    whole = filled(template(language), words)
    return load_format(name).write(change(whole))


def imported(name: str, data: bytes, language: str = "fr") -> Import:
    """Import a file; every word of the catalogue is still in it, as a translation or in a note."""
    place = desk()
    done = prepare_import(place, data, f"back{load_format(name).SUFFIXES[0]}", language)
    before = place.read_catalogue(language)
    assert before is not None
    for key, one in before.entries.items():
        now = done.result.catalogue.entries[key]
        assert one.text in f"{now.text}\n{now.notes}"
    return done


def texts(done: Import) -> dict[str, str]:
    return {key: one.text for key, one in done.result.catalogue.entries.items() if one.text}


def entries(change: Callable[[list[Translation]], list[Translation]]) -> Change:
    return lambda whole: replace(
        whole, entries={one.key: one for one in change([*whole.entries.values()])}
    )


ALL = entries(lambda found: found)


@pytest.mark.parametrize("name", formats())
def test_without_a_mistake(name: str) -> None:
    done = imported(name, returned(name, ALL))
    assert texts(done) == FRENCH
    assert set(done.result.replaced) == {"first"}
    assert set(done.result.added) == {"title", "words", "second"}
    assert not done.findings


@pytest.mark.parametrize("name", formats())
def test_another_language(name: str) -> None:
    """French text for the Spanish catalogue, in a file that declares French."""
    with pytest.raises(InputError) as refused:
        imported(name, returned(name, ALL), "es")
    assert {one.code for one in refused.value.findings} == {"import-language"}


@pytest.mark.parametrize("name", formats())
def test_a_part_of_the_file_is_returned(name: str) -> None:
    done = imported(name, returned(name, entries(lambda found: found[:2])))
    assert texts(done) == OURS | {key: FRENCH[key] for key in [*FRENCH][:2]}
    assert {one.code for one in done.findings} == {"import-partial"}
    assert "3 of the catalogue's 5 messages" in done.findings[0].message


@pytest.mark.parametrize("name", formats())
def test_units_that_are_missing_and_emptied(name: str) -> None:
    def change(found: list[Translation]) -> list[Translation]:
        return [
            replace(one, text="") if one.key == "head" else one
            for one in found
            if one.key != "first"
        ]

    done = imported(name, returned(name, entries(change)))
    assert texts(done) == FRENCH | OURS
    assert not done.result.replaced


@pytest.mark.parametrize("name", formats())
def test_another_order(name: str) -> None:
    done = imported(name, returned(name, entries(lambda found: found[::-1])))
    assert texts(done) == FRENCH
    assert [*done.result.catalogue.entries] == [*template("fr").entries]
    assert not done.findings


@pytest.mark.parametrize("name", formats())
def test_a_placeholder_that_was_translated(name: str) -> None:
    """The message is imported, and the status of the edition names it; or it is left out and reported."""
    words = FRENCH | {"words": "Plus de {gens} personnes ont été **mises** en sécurité."}
    done = imported(name, returned(name, ALL, words))
    assert texts(done)["title"] == FRENCH["title"]
    assert "{gens}" in texts(done).get("words", "") or "words" in done.result.left_out


@pytest.mark.parametrize("name", formats())
def test_keys_that_were_changed(name: str) -> None:
    """Capital letters, or a key that a program has replaced by its own: found by the source text."""

    def change(found: list[Translation]) -> list[Translation]:
        return [replace(one, key="1" if one.key == "words" else one.key.upper()) for one in found]

    done = imported(name, returned(name, entries(change)))
    assert texts(done) == FRENCH
    assert {one.code for one in done.findings} == {"key-matched"}


ENCODINGS = ["utf-8-sig", "utf-16", "utf-16-le", "cp1252", "utf-8 crlf", "utf-8 cr"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", [one for one in formats() if one not in ("xlsx", "ods", "docx")])
def test_another_encoding(name: str, encoding: str) -> None:
    """It is read correctly, or refused with advice; a text file is never decoded wrongly."""
    text = returned(name, ALL).decode("utf-8-sig")
    code, _, ends = encoding.partition(" ")
    if ends:
        text = text.replace("\r\n", "\n").replace("\n", {"crlf": "\r\n", "cr": "\r"}[ends])
    if code != "utf-8" and text.startswith("<?xml"):
        declared = "UTF-16" if code.startswith("utf-16") else code.removesuffix("-sig")
        text = text.replace("UTF-8", declared, 1).replace("utf-8", declared, 1)
    read, refused = try_import(name, text.encode(code))
    assert read == FRENCH or refused
    assert all(one.hint for one in refused)
    assert all("-encoding" in one.code or "-form" in one.code for one in refused)


def try_import(name: str, data: bytes) -> tuple[dict[str, str], tuple[Finding, ...]]:
    """Return the translations, or why the file is refused."""
    try:
        return texts(imported(name, data)), ()
    except InputError as refused:
        return {}, tuple(refused.findings)
