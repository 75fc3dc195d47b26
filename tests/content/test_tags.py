"""Language tags: what stands in for what."""

from __future__ import annotations

import pytest

from brochure.content.tags import chain, is_tag, plain, stands_for


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("fr-CA", ("fr-CA", "fr")),
        ("en", ("en",)),
        ("es-GT", ("es-GT", "es-419", "es")),
        ("zh-Hant-HK", ("zh-Hant-HK", "zh-Hant")),  # not zh: that is another script
        ("hi-u-nu-deva", ("hi",)),
        ("pt-AO", ("pt-AO", "pt-PT", "pt")),
    ],
)
def test_chain(tag: str, expected: tuple[str, ...]) -> None:
    assert chain(tag) == expected


@pytest.mark.parametrize("tag", ["en", "fr-CA", "km", "zh-Hans", "es-419", "fil", "hi-u-nu-native"])
def test_tags(tag: str) -> None:
    assert is_tag(tag)


@pytest.mark.parametrize(
    "text", ["", "../x", "en_US", "e", "english language", "en/..", "EN-", "x" * 40]
)
def test_no_tags(text: str) -> None:
    assert not is_tag(text)


def test_regions_share_their_copy_and_scripts_do_not() -> None:
    assert stands_for("en-US", "en-GB")
    assert stands_for("en", "en-GB")
    assert not stands_for("zh-Hans", "zh-Hant")
    assert not stands_for("en", "fr")


def test_extensions_name_no_words() -> None:
    assert plain("hi-u-nu-native") == "hi"
    assert plain("fr-CA") == "fr-CA"
