"""Translations are imported from a document that was translated in InDesign."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brochure.errors import InputError
from brochure.idml.translations import read_translations
from brochure.l10n.catalogue import Catalogue
from tests.cli.calling import call
from tests.idml.made_idml import document, item, paragraph, rectangle, story

LEFT, RIGHT = rectangle(30, 40, 130, 540), rectangle(150, 40, 250, 540)
HEAD = "ParagraphStyle/Head"
STYLES = (
    f'<ParagraphStyle Self="{HEAD}" Name="Head" PointSize="24"><Properties>'
    '<BasedOn type="string">$ID/[No paragraph style]</BasedOn></Properties></ParagraphStyle>'
    '<CharacterStyle Self="CharacterStyle/Name" Name="Name" FontStyle="Bold" Tracking="50"/>'
    '<CharacterStyle Self="CharacterStyle/Other" Name="Other" Underline="true" Tracking="20"/>'
)


def made(
    left: str, right: str, names: Sequence[str] = ("a", "b"), language: str = "English: USA"
) -> bytes:
    """Return a document with two stories; `names` are their identifiers."""
    items = item("TextFrame", "f1", LEFT, ParentStory=names[0])
    items += item("TextFrame", "f2", RIGHT, ParentStory=names[1])
    stories = {name: story(name, text) for name, text in zip(names, (left, right), strict=True)}
    data = document(items, stories=stories, styles=STYLES)
    return data if language == "English: USA" else _set_language(items, stories, language)


def _set_language(items: str, stories: dict[str, str], language: str) -> bytes:
    marked = {
        name: text.replace(
            "<CharacterStyleRange ", f'<CharacterStyleRange AppliedLanguage="$ID/{language}" '
        )
        for name, text in stories.items()
    }
    return document(items, stories=marked, styles=STYLES)


ENGLISH = made(
    paragraph("Slow medicine", HEAD)
    + paragraph("In 2019 we saw 1,204 patients.")
    + paragraph("Nobody waited more than 3 days for an appointment."),
    paragraph("Write to us: clinic@example.org"),
)


def translations(translated: bytes) -> Catalogue:
    return read_translations(ENGLISH, "en.idml", translated, "fr.idml")[0]


def texts(catalogue: Catalogue) -> dict[str, str]:
    return {key: one.text for key, one in catalogue.entries.items()}


FRENCH = (
    paragraph("La médecine lente", HEAD)
    + paragraph("En 2019, nous avons reçu 1 204 patients.")
    + paragraph("Personne n’a attendu plus de 3 jours avant un rendez-vous."),
    paragraph("Écrivez-nous : clinic@example.org"),
)
EXPECTED = {
    "slow-medicine.head": "La médecine lente",
    "slow-medicine.text": "En 2019, nous avons reçu 1 204 patients.\n\n"
    "Personne n’a attendu plus de 3 jours avant un rendez-vous.",
    "write-to-us-clinicexampleorg.text": "Écrivez-nous : clinic@example.org",
}


@pytest.mark.parametrize("names", [("a", "b"), ("x", "y")])
def test_a_copy_and_a_new_document(names: tuple[str, str]) -> None:
    """Stories have the same identifiers in a copy, and others in a new document."""
    found = translations(made(*FRENCH, names=names, language="French"))
    assert list(texts(found).values()) == list(EXPECTED.values())
    assert [one.fuzzy for one in found.entries.values()] == [False] * 3
    assert found.declared == "fr"


def test_the_language_of_a_copy_that_was_not_set_is_unknown() -> None:
    assert translations(made(*FRENCH)).declared == ""


def test_a_paragraph_more_is_reported_and_one_less_is_fuzzy() -> None:
    """The others are found by their figures."""
    more = FRENCH[0] + paragraph("Venez avec votre carte de 2020, 2021 et 2022.")
    catalogue, findings = read_translations(ENGLISH, "en.idml", made(more, FRENCH[1]), "fr.idml")
    assert list(texts(catalogue).values()) == list(EXPECTED.values())
    assert ["Venez avec votre carte" in one.message for one in findings] == [True]
    less = paragraph("La médecine lente", HEAD) + paragraph(
        "Personne n’a attendu plus de 3 jours avant un rendez-vous."
    )
    found = translations(made(less, FRENCH[1]))
    (body,) = (one for key, one in found.entries.items() if key.endswith("medicine.text"))
    assert body.fuzzy
    assert body.text == "Personne n’a attendu plus de 3 jours avant un rendez-vous."


def test_words_that_were_not_translated_are_fuzzy() -> None:
    left = FRENCH[0].replace("La médecine lente", "Slow and good medicine")
    english = made(FRENCH[0].replace("La médecine lente", "Slow and good medicine"), FRENCH[1])
    catalogue, _ = read_translations(english, "en.idml", made(left, FRENCH[1]), "fr.idml")
    assert {one.fuzzy for one in catalogue.entries.values()} == {True}


def test_marks_of_styles_that_the_original_has_not_are_left_out() -> None:
    english = made(paragraph("The nurse", HEAD), paragraph("A <Name>"))
    both = (
        '<Content>Die </Content></CharacterStyleRange><CharacterStyleRange AppliedCharacterStyle="{}">'
        "<Content>Schwester</Content><Br/>"
    )
    english, german = (
        made(
            paragraph("x").replace(
                "<Content>x</Content><Br/>", both.format(f"CharacterStyle/{style}")
            ),
            paragraph("Telephone 12 34 56"),
        )
        for style in ("Name", "Other")
    )
    own, _ = read_translations(english, "en.idml", english, "de.idml")
    other, _ = read_translations(english, "en.idml", german, "de.idml")
    assert next(iter(texts(own).values())) == "Die [Schwester]{.name}"
    assert next(iter(texts(other).values())) == "Die Schwester"


WORDS = st.text("abcdefgh ", min_size=20, max_size=60).filter(lambda text: text.strip())


@settings(deadline=None, max_examples=40)
@given(st.lists(WORDS, min_size=2, max_size=8), st.data())
def test_paragraphs_with_figures_find_each_other(words: list[str], data: st.DataObject) -> None:
    """Whatever paragraphs are left out in the translation, the others stay with their originals."""
    numbered = [f"{text.strip()} {at + 100}" for at, text in enumerate(words)]
    kept = data.draw(st.sets(st.integers(0, len(words) - 1), min_size=1))
    english = made("".join(map(paragraph, numbered)), paragraph("end of the page"))
    french = "".join(paragraph(f"{at + 100} {words[at].strip()[::-1]}") for at in sorted(kept))
    catalogue, findings = read_translations(
        english, "en.idml", made(french, paragraph("fin de la page")), "fr.idml"
    )
    first = next(iter(catalogue.entries.values()))
    assert [text[:3] for text in first.text.split("\n\n")] == [f"{at + 100}" for at in sorted(kept)]
    assert first.fuzzy == (len(kept) < len(words))
    assert not findings


@pytest.mark.parametrize("count", [2, 7, 40, 100])
@pytest.mark.parametrize("kept", ["first", "last", "others"])
def test_equal_paragraphs_are_aligned(count: int, kept: str) -> None:
    """Scores that are equal but for rounding must not lead the alignment past its ends."""
    chosen = {"first": [0], "last": [count - 1], "others": [*range(0, count, 3)]}[kept]
    english = "".join(paragraph(f"{'a' * 20} {at + 100}") for at in range(count))
    french = "".join(paragraph(f"{at + 100} {'a' * 20}") for at in chosen)
    other = paragraph("end of the page")
    catalogue, _ = read_translations(
        made(english, other), "en.idml", made(french, other), "fr.idml"
    )
    entry = next(iter(catalogue.entries.values()))
    assert [text[:3] for text in entry.text.split("\n\n")] == [f"{at + 100}" for at in chosen]


def test_another_document_is_refused() -> None:
    with pytest.raises(InputError, match="no text corresponds"):
        read_translations(ENGLISH, "en.idml", document(""), "fr.idml")


def test_from_the_original_to_a_translated_brochure(tmp_path: Path) -> None:
    (tmp_path / "leaflet.idml").write_bytes(ENGLISH)
    (tmp_path / "leaflet-fr.idml").write_bytes(made(*FRENCH, language="French"))
    project = tmp_path / "made"
    assert call("new", project, "--from", tmp_path / "leaflet.idml").status == 0
    words: list[str | Path] = [
        "text",
        "import",
        tmp_path / "leaflet-fr.idml",
        project,
        "--lang",
        "fr",
    ]
    result = call(*words)
    assert result.status == 64
    assert "--original" in result.err
    with_original = [*words, "--original", tmp_path / "leaflet.idml", "--json"]
    answer = json.loads(call(*with_original).out)
    assert len(answer["added"]) == 3
    status = json.loads(call("text", "status", project, "--lang", "fr", "--json").out)
    (edition,) = status["editions"]
    assert edition["missing"] == ["doc.title"]  # the document's title is the name of the file
    wrong = call(*[word if word != "fr" else "es" for word in with_original])
    assert wrong.status == 2
    assert "language" in wrong.out + wrong.err
