"""Translations: the source, then the language, then the office; the last definition is used."""

from __future__ import annotations

from dataclasses import dataclass, field

from brochure.api import read_layout
from brochure.findings import Span
from brochure.l10n.assets import Assets
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.edition import resolve
from brochure.l10n.message_file import Copy, SourceMessage
from brochure.l10n.office import ANY, Office
from brochure.l10n.translations import Readiness, Translations
from brochure.project import MemoryProject

HERE = Span("somewhere")


def copy(language: str, **entries: str) -> Copy:
    return Copy(
        language,
        f"{language}.yaml",
        {key: SourceMessage(text, HERE) for key, text in entries.items()},
    )


def catalogue(language: str, *translations: Translation) -> Catalogue:
    return Catalogue(language, f"{language}.po", {one.key: one for one in translations})


def translation(key: str, text: str, *, fuzzy: bool = False) -> Translation:
    return Translation(key, key.title(), text, HERE, fuzzy=fuzzy)


SOURCE = copy("en", title="Title", phone="1", lead="Lead", new="New")
FRENCH = catalogue(
    "fr",
    translation("title", "Titre"),
    translation("lead", "Chapeau", fuzzy=True),
    translation("new", ""),
)
CANADIAN = catalogue("fr-CA", translation("title", "Titre d’ici"))
OFFICE = Office(
    HERE,
    "canada",
    ("fr-CA",),
    copy={
        ANY: copy(ANY, phone="519"),
        "en": copy("en", title="Ours"),
        "fr-CA": copy("fr-CA", title="À nous"),
    },
)


def french(office: Office | None = None) -> Translations:
    return Translations("fr-CA", SOURCE, {"fr": FRENCH, "fr-CA": CANADIAN}, office=office)


def told(layers: Translations, key: str) -> list[tuple[str, str]]:
    return [(one.layer.name, one.text) for one in layers.messages.get(key, ())]


def test_the_last_definition_is_used() -> None:
    assert told(french(OFFICE), "title") == [
        ("source", "Title"),
        ("fr", "Titre"),
        ("fr-CA", "Titre d’ici"),
        ("office canada", "À nous"),
    ]


def test_copy_of_an_office_for_every_language() -> None:
    last = french(OFFICE).choose("phone")
    assert last is not None
    assert (last.text, last.layer.language) == ("519", "fr-CA")


def test_copy_of_an_office_in_another_language_is_not_used() -> None:
    assert told(french(OFFICE), "lead") == [
        ("source", "Lead")
    ]  # its English copy is for the English edition
    english = Translations("en", SOURCE, office=OFFICE)
    assert told(english, "title") == [("source", "Title"), ("office canada", "Ours")]


def test_readiness() -> None:
    layers = french()
    states = {key: layers.readiness(key) for key in SOURCE.entries}
    assert states == {
        "title": Readiness.READY,
        "phone": Readiness.MISSING,
        "lead": Readiness.FUZZY,
        "new": Readiness.MISSING,
    }


def test_the_source_is_ready_in_its_own_language_and_its_regions() -> None:
    for tag in ("en", "en-GB"):
        layers = Translations(tag, SOURCE)
        assert all(layers.readiness(key) is Readiness.READY for key in SOURCE.entries)


def test_a_translation_of_an_older_source_is_outdated_before_an_update() -> None:
    """Otherwise the press file would print the translation of a sentence that was removed."""
    older = Catalogue("fr", "fr.po", {"title": Translation("title", "Old title", "Vieux", HERE)})
    layers = Translations("fr", SOURCE, {"fr": older})
    assert told(layers, "title") == [("source", "Title")]
    assert layers.readiness("title") is Readiness.FUZZY


# Reading a project


LAYOUT = """
brochure: trial
source-language: en
size: 300 x 300 pt
pages: [{frames: {a: {at: page, content: [{text: title}]}}}]
"""
PO = 'msgctxt "{}"\nmsgid "{}"\nmsgstr "{}"\n'
FILES = {
    "brochure.yaml": LAYOUT,
    "content/en.yaml": "title: Title\nphone: '1'\n",
    "content/fr.po": PO.format("title", "Title", "Titre"),
    "content/fr-CA.yaml": "phone: '2'\n",
    "offices/canada.yaml": "office: canada\nlanguages: [fr-CA, en]\ncopy: {any: {phone: '519'}}\n",
}


@dataclass(frozen=True)
class CountingProject(MemoryProject):
    """A project that records what is read from it."""

    reads: list[str] = field(default_factory=list)

    def read(self, name: str) -> bytes:
        data = super().read(name)
        self.reads.append(name)
        return data


def counting(**changed: str) -> CountingProject:
    files = FILES | {name.replace("__", "/"): text for name, text in changed.items()}
    return CountingProject({name: text.encode() for name, text in files.items()})


def test_each_file_of_a_language_is_read_once_and_none_afterwards() -> None:
    project = counting()
    layout, _ = read_layout(project)
    project.reads.clear()
    translations = Translations.load(project, layout, "fr-CA", "canada")
    expected = ["content/en.yaml", "content/fr-CA.yaml", "content/fr.po", "offices/canada.yaml"]
    assert sorted(project.reads) == expected
    project.reads.clear()
    edition, findings = resolve(layout, translations, Assets())
    assert (project.reads, findings) == ([], ())
    assert edition.stories["title"].text == "Titre"
    assert told(translations, "phone") == [
        ("source", "1"),
        ("fr-CA", "2"),
        ("office canada", "519"),
    ]


def test_the_first_language_of_an_office_is_the_default() -> None:
    project = counting()
    layout, _ = read_layout(project)
    assert Translations.load(project, layout, office="canada").language == "fr-CA"
    assert Translations.load(project, layout).language == "en"


def test_a_language_without_copy_names_the_file_that_is_expected() -> None:
    project = counting()
    layout, _ = read_layout(project)
    _, findings = resolve(layout, Translations.load(project, layout, "fro"), Assets())
    assert [(one.code, one.message, one.hint) for one in findings] == [
        (
            "copy-missing",
            "no translation into 'fro'; expected content/fro.po",
            "did you mean 'fr'?",
        )
    ]


def test_errors_in_all_yaml_copy_are_findings() -> None:
    project = counting(**{"content__fr-CA.yaml": "phone: [1]\n", "content__fr.yaml": "- a\n"})
    layout, _ = read_layout(project)
    findings = Translations.load(project, layout, "fr-CA").findings
    assert [one.span.file for one in findings if one.span] == [
        "content/fr-CA.yaml",
        "content/fr.yaml",
    ]
