"""Language tags: fallback, validation, direction and canonical form."""

from __future__ import annotations

import pytest

from brochure.api import lay_out, read_layout
from brochure.errors import InputError
from brochure.findings import Severity
from brochure.l10n.assets import Assets
from brochure.l10n.edition import resolve
from brochure.l10n.language_tags import (
    check_tags,
    fallback_chain,
    is_compatible,
    is_tag,
    strip_extensions,
)
from brochure.l10n.translations import Translations
from brochure.locales import canonical_tag
from brochure.model.display_list import GlyphRun
from brochure.pdf.metadata import describe_document
from brochure.project import MemoryProject
from brochure.typeset.bidi import is_left_to_right

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
        ("zh-Hant", ("zh-Hant",)),  # not zh, which has another script
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
    """Bokmål and Nynorsk fall back to Norwegian, Hindi in Latin letters to English: each still needs a translation."""
    assert not is_compatible("nb", "nn")
    assert not is_compatible("en", "hi-Latn")


def test_an_edition_for_macau_has_the_copy_of_traditional_chinese() -> None:
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


def test_extensions_do_not_change_the_copy() -> None:
    assert strip_extensions("hi-u-nu-native") == "hi"
    assert strip_extensions("fr-CA") == "fr-CA"


# Direction and canonical form


@pytest.mark.parametrize(
    "tag",
    [
        "ar",
        "arz",
        "fa",
        "ur",
        "ps",
        "sd",
        "ks",
        "ug",
        "ckb",
        "pnb",
        "he",
        "yi",
        "dv",
        "syr",
        "nqo",
        "rhg",
        "mzn",
        "pa-Arab",
        "pa-PK",
        "ku-Arab",
        "ku-IQ",
        "az-Arab",
        "az-IR",
        "uz-Arab",
        "uz-AF",
        "ms-Arab",
        "tr-Arab",
        "ha-Arab",
        "ff-Adlm",
        "iw",
        "ji",
        "ara",
        "arb",
        "heb",
        "ur-Aran",
        "ks-Aran",
    ],
)
def test_languages_written_from_right_to_left(tag: str) -> None:
    assert not is_left_to_right(tag)


@pytest.mark.parametrize(
    "tag",
    [
        "en",
        "km",
        "ug-Latn",
        "ug-Cyrl",
        "ar-Latn",
        "ks-Deva",
        "sd-Deva",
        "pa",
        "ku",
        "az",
        "uz",
        "ms",
        "ff",
        "ha",
        "he-Latn",
        "xx",
        "deu",
        "khm",
    ],
)
def test_languages_written_from_left_to_right(tag: str) -> None:
    assert is_left_to_right(tag)


@pytest.mark.parametrize(
    ("tag", "standard"),
    [
        ("deu", "de"),
        ("ger", "de"),
        ("khm-KH", "km-KH"),
        ("iw", "he"),
        ("in", "id"),
        ("tl", "fil"),
        ("sh", "sr-Latn"),
        ("sh-Cyrl", "sr-Cyrl"),
        ("mo", "ro"),
        ("pt-br", "pt-BR"),
        ("ZH-hant-hk", "zh-Hant-HK"),
        ("en-UK", "en-GB"),
        ("hi-u-nu-native", "hi-u-nu-native"),
        ("no", "no"),
        ("en-XA", "en-XA"),
        ("xx", "xx"),
        ("qaa", "qaa"),
    ],
)
def test_standard_form(tag: str, standard: str) -> None:
    assert canonical_tag(tag) == standard
    assert canonical_tag(standard) == standard


def codes(tag: str) -> list[tuple[str, Severity]]:
    return [(one.code, one.severity) for one in check_tags([(tag, None)])]


@pytest.mark.parametrize(
    "tag", ["en", "fr-CA", "km", "zh-Hant-HK", "sr-Latn", "es-419", "eo", "qaa", "und", "ast", "mn"]
)
def test_tags_without_findings(tag: str) -> None:
    assert codes(tag) == []


def test_unknown_and_unusual_tags_are_named() -> None:
    assert codes("xx") == [("language-unknown", Severity.WARNING)]
    assert codes("deu") == codes("pt-br") == [("language-tag", Severity.WARNING)]
    (found,) = check_tags([("iw", None)])
    assert "'iw'" in found.message
    assert found.hint == "write 'he'"


@pytest.mark.parametrize("tag", ["mn-Mong", "mn-CN", "mnc", "mvf", "zh-Phag"])
def test_vertical_scripts_are_refused(tag: str) -> None:
    assert codes(tag) == [("script-vertical", Severity.ERROR)]


def project(files: dict[str, str]) -> MemoryProject:
    return MemoryProject({name: text.encode() for name, text in files.items()})


def test_a_brochure_with_unusual_tags_is_set_by_the_standard_ones() -> None:
    source = "[Wort]{lang=ger} [word]{lang=xx}"
    copy = PO.replace("Words", source.replace("{", "{{").replace("}", "}}")).format("Wörter")
    made = project(
        {
            "brochure.yaml": LAYOUT + "paragraph-styles: {aside: {language: iw}}\n",
            "content/en.yaml": f'a: "{source}"\n',
            "content/deu.po": copy,
            "content/german.po": copy,
        }
    )
    found = lay_out(made).findings
    named = sorted(one.message.split("'")[1] for one in found if one.severity is Severity.WARNING)
    assert named == ["deu", "ger", "german", "iw", "xx"]
    german = lay_out(made, "deu")
    assert describe_document(german.edition).language == "de"
    runs = [item.glyphs for item in german.pages[0].items if isinstance(item, GlyphRun)]
    assert {run.language for run in runs} == {"de"}


def test_a_brochure_in_vertical_mongolian_is_refused() -> None:
    made = project(
        {
            "brochure.yaml": LAYOUT.replace("source-language: en", "source-language: mn-Mong"),
            "content/mn-Mong.yaml": "a: ᠮᠣᠩᠭᠣᠯ\n",
        }
    )
    with pytest.raises(InputError) as refused:
        lay_out(made)
    (found,) = [one for one in refused.value.findings if one.severity is Severity.ERROR]
    assert found.code == "script-vertical"
    assert "mn-Cyrl" in found.hint
