"""Language tags: what stands in for what."""

from __future__ import annotations

import pytest

from brochure.api import read_layout
from brochure.l10n.assets import Assets
from brochure.l10n.edition import resolve
from brochure.l10n.language_tags import fallback_chain, is_compatible, is_tag, strip_extensions
from brochure.l10n.translations import Translations
from brochure.project import MemoryProject

LAYOUT = """\
brochure: trial
size: A5
binding: none
source-language: en
pages: [{frames: {words: {at: margins, content: {text: a}}}}]
"""
PO = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgctxt "a"\nmsgid "Words"\nmsgstr "{}"\n'


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("fr-CA", ("fr-CA", "fr")),
        ("en", ("en",)),
        ("es-GT", ("es-GT", "es-419", "es")),
        ("zh-Hant", ("zh-Hant",)),  # not zh: that is another script
        ("zh-Hant-HK", ("zh-Hant-HK", "zh-HK", "zh-Hant")),
        ("zh-HK", ("zh-HK", "zh-Hant-HK", "zh-Hant")),
        ("zh-TW", ("zh-TW", "zh-Hant-TW", "zh-Hant")),
        ("zh-MO", ("zh-MO", "zh-Hant-MO", "zh-Hant-HK", "zh-HK", "zh-Hant")),
        ("zh-Hans-SG", ("zh-Hans-SG", "zh-Hans", "zh")),
        ("zh-CN", ("zh-CN", "zh")),
        ("zh-mo", ("zh-mo", "zh-MO", "zh-Hant-MO", "zh-Hant-HK", "zh-HK", "zh-Hant")),
        ("sr-Latn", ("sr-Latn",)),
        ("sr-ME", ("sr-ME", "sr-Latn-ME", "sr-Latn")),
        ("sr-RS", ("sr-RS", "sr")),
        ("uz-Cyrl", ("uz-Cyrl",)),
        ("pa-PK", ("pa-PK", "pa-Arab-PK", "pa-Arab")),
        ("en-IN", ("en-IN", "en-001", "en")),
        ("en-AT", ("en-AT", "en-150", "en-001", "en")),
        ("en-US", ("en-US", "en")),
        ("pt-CH", ("pt-CH", "pt-PT", "pt")),
        ("pt-BR", ("pt-BR", "pt")),
        ("es-ES", ("es-ES", "es")),
        ("es-BZ", ("es-BZ", "es-419", "es")),
        ("nb", ("nb", "no")),
        ("de-CH-1901", ("de-CH-1901", "de-CH", "de")),
        ("hi-u-nu-deva", ("hi",)),
        ("pt-AO", ("pt-AO", "pt-PT", "pt")),
    ],
)
def test_chain(tag: str, expected: tuple[str, ...]) -> None:
    assert fallback_chain(tag) == expected


@pytest.mark.parametrize("tag", ["en", "fr-CA", "km", "zh-Hans", "es-419", "fil", "hi-u-nu-native"])
def test_tags(tag: str) -> None:
    assert is_tag(tag)


@pytest.mark.parametrize(
    "text", ["", "../x", "en_US", "e", "english language", "en/..", "EN-", "x" * 40]
)
def test_no_tags(text: str) -> None:
    assert not is_tag(text)


def test_regions_share_their_copy_and_scripts_do_not() -> None:
    assert is_compatible("en-US", "en-GB")
    assert is_compatible("en", "en-GB")
    assert not is_compatible("zh-Hans", "zh-Hant")
    assert not is_compatible("en", "fr")
    assert not is_compatible("zh", "zh-MO")
    assert is_compatible("zh-TW", "zh-MO")


def test_a_language_that_falls_back_to_another_is_not_the_same() -> None:
    """Bokmål and Nynorsk fall back to Norwegian, Hindi in Latin letters to English: each is translated all the same."""
    assert not is_compatible("nb", "nn")
    assert not is_compatible("en", "hi-Latn")


def test_an_edition_for_macau_has_the_words_of_traditional_chinese() -> None:
    files = {
        "brochure.yaml": LAYOUT,
        "content/en.yaml": "a: Words\n",
        "content/zh.po": PO.format("简体"),
        "content/zh-Hant.po": PO.format("繁體"),
    }
    project = MemoryProject({name: text.encode() for name, text in files.items()})
    layout, _ = read_layout(project)
    edition, _ = resolve(layout, Translations.load(project, layout, "zh-MO"), Assets())
    assert edition.stories["a"].text == "繁體"
    assert edition.unready == ()


def test_extensions_name_no_words() -> None:
    assert strip_extensions("hi-u-nu-native") == "hi"
    assert strip_extensions("fr-CA") == "fr-CA"
