"""Status: the counts of each edition, and why it cannot be printed."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from brochure.api import build
from brochure.findings import Severity
from brochure.prepress.output_conditions import PRESS
from brochure.translation.status import EditionStatus, assess_editions
from tests.translation.projects import COPY, FRENCH, LAYOUT, project, translated, workspace

OFFICE = "office: {name}\nlanguages: [{tags}]\n"


def stand(files: Mapping[str, str]) -> dict[str, EditionStatus]:
    """Return the status of the trial brochure with these files, by edition."""
    return {str(one.name): one for one in assess_editions(workspace(files))}


def codes(one: EditionStatus) -> list[str]:
    return [finding.code for finding in one.findings]


def test_a_complete_translation_is_ready() -> None:
    found = stand({"content/fr.po": translated(FRENCH)})
    assert list(found) == ["en", "fr"]
    french = found["fr"]
    assert (french.messages, french.translated, french.reasons) == (5, 5, ())
    assert french.ready
    assert french.findings == ()


def test_missing_fuzzy_and_broken_are_counted_and_named_with_their_lines() -> None:
    words = {
        **FRENCH,
        "first": "",
        "words": "Plus de {peeple, number} gens, **mises** en sécurité.",
    }
    text = translated(words).replace('msgctxt "second"', '#, fuzzy\nmsgctxt "second"')
    french = stand({"content/fr.po": text})["fr"]
    assert (french.missing, french.fuzzy, french.broken) == (("first",), ("second",), ("words",))
    assert french.translated == 3
    assert french.reasons == ("1 missing", "1 fuzzy", "1 broken")
    lines = {line: at for at, line in enumerate(text.splitlines(), 1)}
    result = {finding.code: finding for finding in french.findings}
    at = lines['msgstr "Plus de {peeple, number} gens, **mises** en sécurité."']
    unknown = result["placeholder-unknown"]
    assert str(unknown) == (
        f"content/fr.po:{at}:1: message 'words': unknown variable 'peeple' (did you mean 'people'?)"
    )
    fuzzy, missing = result["translation-fuzzy"], result["translation-missing"]
    assert fuzzy.span
    assert missing.span
    assert fuzzy.span.line == lines['msgstr "Une autre chose"']
    # The empty translation is two lines below its key.
    assert missing.span.line == lines['msgctxt "first"'] + 2


def test_the_surplus_of_a_message_that_is_too_long() -> None:
    # Six lines have space for 150 to 192 characters, and this has 387.
    long = (
        "Plus de {people, number} **personnes** ont été mises à l’abri. " + "Encore des mots. " * 20
    )
    french = stand({"content/fr.po": translated({**FRENCH, "words": long})})["fr"]
    (over,) = french.overset
    assert (over.key, over.page, over.frame) == ("words", 1, "words")
    assert 150 <= over.fits <= 192
    assert over.percent == round(100 * (over.total - over.fits) / over.fits)
    assert over.lines >= 5
    assert french.reasons == ("1 too long",)
    assert f"{over.fits} of its {over.total} characters fit" in str(over.finding)


def test_a_changed_source_counts_before_an_update() -> None:
    french = stand(
        {"content/fr.po": translated(FRENCH), "content/en.yaml": COPY.replace("People", "Persons")}
    )["fr"]
    assert french.fuzzy == ("head",)
    assert codes(french) == ["catalogue-behind", "translation-fuzzy"]


def test_each_office_has_its_own_status() -> None:
    found = stand(
        {
            "content/fr.po": translated({**FRENCH, "head": ""}),
            "offices/north.yaml": OFFICE.format(name="north", tags="en, fr"),
            "offices/south.yaml": OFFICE.format(name="south", tags="fr")
            + "copy: {fr: {head: Gens}}\n",
        }
    )
    assert {name: one.ready for name, one in found.items()} == {
        "north_en": True,
        "north_fr": False,
        "south_fr": True,
    }


def test_a_broken_file_does_not_stop_other_editions() -> None:
    found = stand(
        {
            "content/fr.po": "this is no catalogue\n",
            "content/de.po": translated(FRENCH, "de"),
            "offices/north.yaml": OFFICE.format(name="north", tags="en, fr, de"),
            "offices/odd.yaml": "office: odd\n",
        }
    )
    assert {name: one.reasons for name, one in found.items()} == {
        "north_en": (),
        "north_fr": ("1 other",),
        "north_de": (),
        "odd_": ("1 other",),
    }
    assert str(found["north_fr"].findings[0]).startswith("content/fr.po:1:1: ")


def test_a_language_without_a_catalogue_is_not_ready() -> None:
    found = stand({"offices/north.yaml": OFFICE.format(name="north", tags="de")})
    (german,) = found.values()
    assert not german.ready
    assert german.findings[0].code in ("copy-missing", "catalogue-missing")


def test_a_language_that_no_office_prints_is_shown() -> None:
    found = stand(
        {
            "content/fr.po": translated(FRENCH),
            "content/de.po": translated({}, "de"),
            "offices/north.yaml": OFFICE.format(name="north", tags="en, fr-CA"),
        }
    )
    assert list(found) == ["north_en", "north_fr-CA", "de"]
    assert found["de"].reasons == ("5 missing",)


def test_a_figure_that_does_not_fit_names_its_words() -> None:
    layout = LAYOUT.replace("content: {text: words}", "content: {stat: words, label: head}")
    long = {**FRENCH, "head": "Des gens. " * 60}
    french = stand({"brochure.yaml": layout, "content/fr.po": translated(long)})["fr"]
    boxes = [over for over in french.overset if not over.key]
    assert boxes[0].words == ("words", "head")


BROKEN = {
    "words": "Plus de personnes ont été **mises** en sécurité.",
    "first": "\u2067Une chose",
    "second": "Une *autre* chose",
    "head": "Les gens \ufffd",
}


@pytest.mark.parametrize("key", sorted(BROKEN))
def test_messages_with_errors_are_built_only_as_a_draft(key: str) -> None:
    files = {"content/fr.po": translated({**FRENCH, key: BROKEN[key]})}
    status = stand(files)["fr"]
    assert status.broken == (key,)
    errors = {str(one) for one in status.findings if one.severity is Severity.ERROR}
    built = build(project(files), PRESS, "fr")
    assert not built.parts
    assert {str(one) for one in built.findings if one.severity is Severity.ERROR} == errors
    assert build(project(files), PRESS, "fr", draft=True).pdf.startswith(b"%PDF")


def test_an_empty_source_needs_no_translation() -> None:
    copy = COPY.replace("first: One thing", "first: ''")
    found = stand({"content/en.yaml": copy, "content/fr.po": translated({**FRENCH, "first": ""})})
    assert found["fr"].missing == ()


def test_an_office_with_its_own_source_text_makes_the_translation_outdated() -> None:
    office = OFFICE.format(name="north", tags="en, fr") + "copy: {en: {first: Our thing}}\n"
    found = stand({"content/fr.po": translated(FRENCH), "offices/north.yaml": office})
    assert found["north_en"].ready
    french = found["north_fr"]
    assert (french.outdated, french.translated, french.reasons) == (("first",), 4, ("1 outdated",))
    assert str(french.findings[-1]).startswith(
        "offices/north.yaml:3:20: message 'first' is outdated"
    )
