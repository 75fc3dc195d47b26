"""Character limits: the estimate is compared with the actual limit, found by extending the message until it is overset."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

import pytest

from brochure.l10n.catalogue import Catalogue
from brochure.l10n.story import Story, Words
from brochure.l10n.translations import Translations
from brochure.layout.threads import LayoutContext, Thread, set_thread
from brochure.project import DiskProject, MemoryProject
from brochure.translation.character_limits import measure_limits
from brochure.translation.message_locations import find_locations
from brochure.translation.workspace import SetEdition, Workspace, open_workspace, set_edition
from tests.docs.prose import ROOT
from tests.pictures.drawing_gallery import MAP, gallery
from tests.translation.projects import FRENCH, translated, workspace


@lru_cache(maxsize=1)
def sample() -> Workspace:
    return open_workspace(DiskProject(ROOT / "layouts" / "proven-model"))


@lru_cache(maxsize=2)
def sample_in(language: str) -> tuple[SetEdition, dict[str, int]]:
    """Return the sample's pages for Canada in a language, and the limits of its messages."""
    asked = Translations.load(sample().project, sample().layout, language, "canada")
    done = set_edition(sample(), asked)
    return done, measure_limits(done, sample().font_catalog)


KEYS = (
    "opener.title",
    "theory.story",
    "problem.lead",
    "problem.story",
    "solution.train-text",
    "results.story",
    "voice1.quote",
    "new-forms.cambodia",
    "back.about",
)
"""Running text, titles and headlines, a cell of a table, a quotation; columns and whole pages."""


@pytest.mark.parametrize("language", ["en", pytest.param("fr-CA", marks=pytest.mark.soak)])
@pytest.mark.parametrize("key", KEYS)
def test_the_estimate_is_near_the_actual_limit(key: str, language: str) -> None:
    """Within 15 % of the number of characters that actually fit when the message's own text is repeated."""
    done, limits = sample_in(language)
    true = truth(done, key)
    assert abs(limits[key] - true) <= 0.15 * true, (limits[key], true)


def truth(done: SetEdition, key: str) -> int:
    """Return how many characters of the message, repeated, its frame has space for."""
    (thread,) = (each for each in done.unset_threads if key in str(each.content))
    story = done.edition.stories[key]
    low, high = 1, 12 * len(story.text)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(done, thread, repeated(story, middle)) else (low, middle)
    return low


def repeated(story: Story, count: int) -> Story:
    """Return the message with the same number of paragraphs, the last of which is continued with the text of the first ones."""
    *before, last = story.paragraphs
    used = sum(len(words.text) for paragraph in before for words in paragraph) + len(before)
    result = " ".join(story.text.split())
    if count <= used:
        return replace(story, paragraphs=((Words(result[:count]),),))
    own = "".join(words.text for words in last)
    text = (f"{own} " + f"{result} " * 20)[: count - used].strip()
    return replace(story, paragraphs=(*before, (Words(text),)))


def fits(done: SetEdition, thread: Thread, story: Story) -> bool:
    edition = replace(done.edition, stories={**done.edition.stories, story.key: story})
    return not set_thread(LayoutContext(edition, sample().font_catalog), thread).flowed.overflows


# Simple calculations


def limit_of(words: str, language: str = "fr", key: str = "words") -> int:
    """Return the limit of a message of the trial brochure with this translation."""
    there = workspace({f"content/{language}.po": translated({**FRENCH, key: words}, language)})
    done = set_edition(there, Translations.load(there.project, there.layout, language))
    return measure_limits(done, there.font_catalog)[key]


def test_the_limit_does_not_depend_on_the_length_of_the_translation() -> None:
    """Six lines of 140 pt have the same space, whether one of them is full or all; the text has a small influence."""
    short = limit_of("Plus de {people, number} **personnes**.")
    long = limit_of("Plus de {people, number} **personnes** ont été mises en sécurité. " * 2)
    assert abs(short - long) <= 0.1 * short
    # A French letter is 0.46 em wide in Source Serif: 140 pt are 32 letters, less half a word at the ragged end; six lines.
    assert 150 <= short <= 192


def test_the_limit_of_an_overset_message_is_what_fits() -> None:
    words = "Plus de {people, number} **personnes** ont été mises en sécurité. " * 6
    assert limit_of(words) < len(words) * 0.7
    assert abs(limit_of(words) - limit_of(words * 2)) <= 0.05 * limit_of(words)


def untranslated(language: str) -> dict[str, int]:
    """Return the limits before anything is translated."""
    there = workspace()
    empty = {language: Catalogue(language, "", {})}
    translations = Translations.load(there.project, there.layout, language)
    done = set_edition(there, replace(translations, catalogues=empty))
    return measure_limits(done, there.font_catalog)


KHMER = "មនុស្សជាង {people, number} នាក់ត្រូវបាន**នាំ**ទៅកាន់ទីមានសុវត្ថិភាព។"


@pytest.mark.parametrize(("language", "words"), [("fr", FRENCH["words"]), ("km", KHMER)])
def test_before_translation_the_limit_depends_on_the_script(language: str, words: str) -> None:
    """French is measured with the source's letters, Khmer with Khmer letters on taller lines, as the translation will be."""
    later = limit_of(words, language)
    assert abs(untranslated(language)["words"] - later) <= 0.15 * later


def test_messages_in_a_drawing_are_limited_by_its_edge() -> None:
    """Their places are given too: the one at the left edge has less space than the one at the right."""
    # Without the strokes around letters, which are computed for each length that is tried.
    drawing = re.sub(r"paint-order: stroke;[^}]*", "", MAP)
    there = open_workspace(MemoryProject({**gallery().files, "assets/map.svg": drawing.encode()}))
    done = set_edition(there, Translations.load(there.project, there.layout, "en", None))
    limits = measure_limits(done, there.font_catalog)
    assert 15 < limits["map.town"] < limits["map.port"] < 70
    (place,) = find_locations(there.layout)["map.town"]
    assert str(place) == "page 1, frame map, image (texts of an SVG drawing)"
