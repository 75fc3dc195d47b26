"""Layers: source, then language, then office; the last that speaks wins."""

from __future__ import annotations

from brochure.findings import Span
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.fallback import Layers, Readiness, stack_layers
from brochure.l10n.message_file import Copy, SourceMessage
from brochure.l10n.office import ANY, Office

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


def french(office: Office | None = None) -> Layers:
    return stack_layers(SOURCE, "fr-CA", {"fr": FRENCH, "fr-CA": CANADIAN}, {}, office)


def told(layers: Layers, key: str) -> list[tuple[str, str]]:
    return [(said.layer, said.text) for said in layers.candidates(key)]


def test_the_last_that_speaks_wins() -> None:
    assert told(french(OFFICE), "title") == [
        ("source", "Title"),
        ("fr", "Titre"),
        ("fr-CA", "Titre d’ici"),
        ("office canada", "À nous"),
    ]


def test_what_an_office_says_in_every_language() -> None:
    last = french(OFFICE).choose("phone")
    assert last is not None
    assert (last.text, last.language) == ("519", "fr-CA")


def test_an_office_speaks_only_the_editions_language() -> None:
    assert told(french(OFFICE), "lead") == [
        ("source", "Lead")
    ]  # its English is for the English edition
    english = stack_layers(SOURCE, "en", {}, {}, OFFICE)
    assert told(english, "title") == [("source", "Title"), ("office canada", "Ours")]


def test_readiness() -> None:
    layers = french()
    states = {key: layers.readiness(key) for key in layers.messages}
    assert states == {
        "title": Readiness.READY,
        "phone": Readiness.MISSING,
        "lead": Readiness.FUZZY,
        "new": Readiness.MISSING,
    }


def test_the_source_is_ready_in_its_own_language_and_its_regions() -> None:
    for tag in ("en", "en-GB"):
        layers = stack_layers(SOURCE, tag, {}, {}, None)
        assert all(layers.readiness(key) is Readiness.READY for key in layers.messages)


def test_a_translation_of_an_older_source_waits_before_anybody_updates() -> None:
    """Press would else print words for a sentence that is no longer there."""
    older = Catalogue("fr", "fr.po", {"title": Translation("title", "Old title", "Vieux", HERE)})
    layers = stack_layers(SOURCE, "fr", {"fr": older}, {}, None)
    assert told(layers, "title") == [("source", "Title")]
    assert layers.readiness("title") is Readiness.FUZZY
