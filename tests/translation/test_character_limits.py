"""Room: the estimate held against the truth: the message made longer, letter by letter, until it overflows."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pytest

from brochure.l10n.catalogue import Catalogue
from brochure.l10n.story import Story, Words
from brochure.l10n.translations import Translations
from brochure.layout.threads import LayoutContext, Thread, set_thread
from brochure.project import DiskProject
from brochure.translation.character_limits import measure_limits
from brochure.translation.message_locations import find_locations
from brochure.translation.workspace import SetEdition, Workspace, open_workspace, set_edition
from tests.docs.prose import ROOT
from tests.pictures.drawing_gallery import gallery
from tests.translation.projects import FRENCH, translated, workspace


@lru_cache(maxsize=1)
def sample() -> Workspace:
    return open_workspace(DiskProject(ROOT / "layouts" / "proven-model"))


@lru_cache(maxsize=2)
def sample_in(language: str) -> tuple[SetEdition, dict[str, int]]:
    """The sample as Canada prints it in a language, and the rooms of its messages."""
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
def test_the_estimate_is_near_the_truth(key: str, language: str) -> None:
    """Within 15 %, the truth being what fits of the message said over and over, in its own words."""
    done, limits = sample_in(language)
    true = truth(done, key)
    assert abs(limits[key] - true) <= 0.15 * true, (limits[key], true)


def truth(done: SetEdition, key: str) -> int:
    """How many characters of the message, repeated, its frame holds."""
    (thread,) = (each for each in done.unset_threads if key in str(each.content))
    story = done.edition.stories[key]
    low, high = 1, 12 * len(story.text)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(done, thread, repeated(story, middle)) else (low, middle)
    return low


def repeated(story: Story, count: int) -> Story:
    """The message with the same number of paragraphs, the last of which goes on in the words of the first ones."""
    *before, last = story.paragraphs
    used = sum(len(words.text) for paragraph in before for words in paragraph) + len(before)
    said = " ".join(story.text.split())
    if count <= used:
        return replace(story, paragraphs=((Words(said[:count]),),))
    own = "".join(words.text for words in last)
    text = (f"{own} " + f"{said} " * 20)[: count - used].strip()
    return replace(story, paragraphs=(*before, (Words(text),)))


def fits(done: SetEdition, thread: Thread, story: Story) -> bool:
    edition = replace(done.edition, stories={**done.edition.stories, story.key: story})
    return not set_thread(LayoutContext(edition, sample().font_catalog), thread).flowed.overflows


# What is simple to reckon


def room_of(words: str, language: str = "fr", key: str = "words") -> int:
    """The room of a message of the trial with this translation."""
    there = workspace({f"content/{language}.po": translated({**FRENCH, key: words}, language)})
    done = set_edition(there, Translations.load(there.project, there.layout, language))
    return measure_limits(done, there.font_catalog)[key]


def test_room_does_not_depend_on_how_much_is_written() -> None:
    """Six lines of 140 pt hold as much, whether one of them is full or all; the words weigh a little."""
    short = room_of("Plus de {people, number} **personnes**.")
    long = room_of("Plus de {people, number} **personnes** ont été mises en sécurité. " * 2)
    assert abs(short - long) <= 0.1 * short
    # A letter of French is 0.46 em wide in Source Serif: 140 pt hold 32, less half a word at the ragged end; six lines.
    assert 150 <= short <= 192


def test_of_a_message_that_overflows_it_is_what_fits() -> None:
    words = "Plus de {people, number} **personnes** ont été mises en sécurité. " * 6
    assert room_of(words) < len(words) * 0.7
    assert abs(room_of(words) - room_of(words * 2)) <= 0.05 * room_of(words)


def untranslated(language: str) -> dict[str, int]:
    """Rooms where nobody has translated anything yet."""
    there = workspace()
    empty = {language: Catalogue(language, "", {})}
    translations = Translations.load(there.project, there.layout, language)
    done = set_edition(there, replace(translations, catalogues=empty))
    return measure_limits(done, there.font_catalog)


KHMER = "មនុស្សជាង {people, number} នាក់ត្រូវបាន**នាំ**ទៅកាន់ទីមានសុវត្ថិភាព។"


@pytest.mark.parametrize(("language", "words"), [("fr", FRENCH["words"]), ("km", KHMER)])
def test_before_there_is_a_translation_the_script_says_how_much(language: str, words: str) -> None:
    """French is measured by the source's letters, Khmer by Khmer ones on taller lines: as the translation will be."""
    later = room_of(words, language)
    assert abs(untranslated(language)["words"] - later) <= 0.15 * later


def test_messages_in_a_drawing_are_limited_by_its_edge() -> None:
    """Their places are told as well: the one at the left edge has less room than the one at the right."""
    there = open_workspace(gallery())
    done = set_edition(there, Translations.load(there.project, there.layout, "en", None))
    limits = measure_limits(done, there.font_catalog)
    assert 15 < limits["map.town"] < limits["map.port"] < 70
    (place,) = find_locations(there.layout)["map.town"]
    assert str(place) == "page 1, frame map, image (texts of an SVG drawing)"
