"""Stories: marks of a message stay on their words when smart punctuation changes the text."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from brochure.findings import Finding, Span
from brochure.l10n.message_file import Copy, SourceMessage
from brochure.l10n.story import PLAIN, InlineMarks, Story
from brochure.l10n.story_builder import StoryContext, build_story
from brochure.l10n.translations import Translations
from brochure.spec.values import Message
from brochure.typeset.smart_punctuation import STYLES
from brochure.typeset.style import Position
from tests.quick import examples

HERE = Span("en.yaml", 3, 1)


def story(text: str, language: str = "en", findings: list[Finding] | None = None) -> Story:
    source = Copy(language, f"{language}.yaml", {"a": SourceMessage(text, HERE)})
    translations = Translations(language, source)
    noted: list[Finding] = [] if findings is None else findings
    return build_story(Message("a", HERE), StoryContext(translations, {"name": "Ada"}, noted))


def marked(text: str, language: str = "en") -> list[tuple[str, InlineMarks]]:
    (paragraph,) = story(text, language).paragraphs
    return [(words.text, words.marks) for words in paragraph]


STRONG, EMPHASIS = InlineMarks(strong=True), InlineMarks(emphasis=True)


@pytest.mark.parametrize(
    ("language", "text", "wanted"),
    [
        ("en", "One... two... **words** then", [("One… two… ", PLAIN), ("words", STRONG), (" then", PLAIN)]),
        ("en", "Wait... **so...** then", [("Wait… ", PLAIN), ("so…", STRONG), (" then", PLAIN)]),
        ("en", "**so.**.. then", [("so.", STRONG), (".. then", PLAIN)]),
        ("fr", "l'**\"amie\"** dit", [("l’", PLAIN), ("«\u00a0amie\u00a0»", STRONG), (" dit", PLAIN)]),
        ("fr", '"**amie**"!', [("«\u00a0", PLAIN), ("amie", STRONG), ("\u00a0»\u202f!", PLAIN)]),
        ("fr", "**Oui** !", [("Oui", STRONG), ("\u202f!", PLAIN)]),
        ("fr", "l'\"île\" d'\"eux\" : \"oui\".", [("l’«\u00a0île\u00a0» d’«\u00a0eux\u00a0»\u00a0: «\u00a0oui\u00a0».", PLAIN)]),
        ("fr", '**"gras"**, *"fin"*', [("«\u00a0gras\u00a0»", STRONG), (", ", PLAIN), ("«\u00a0fin\u00a0»", EMPHASIS)]),
        ("fr", '["lien"](https://example.org).', [("«\u00a0lien\u00a0»", InlineMarks(link="https://example.org")), (".", PLAIN)]),
        ("fr", "l'{name}, d''{name} : '{name}'", [("l’Ada, d’Ada\u00a0: “Ada”", PLAIN)]),
    ],
)  # fmt: skip
def test_marks_stay_on_their_words(
    language: str, text: str, wanted: list[tuple[str, InlineMarks]]
) -> None:
    assert marked(text, language) == wanted


WORDS = st.sampled_from(
    ["Ada...", '"Ada"', "l'eau", "5 km", "z. B. so", "Oui !", "k ", "救出", "...", "« so »", "J. R. Ray", "x…y", 'צה"ל']
)  # fmt: skip
WRITTEN = {
    "{}": PLAIN,
    "[{}]{{.strong}}": STRONG,
    "[{}](https://example.org)": InlineMarks(link="https://example.org"),
    "[{}]{{.small}}": InlineMarks(character="small"),
    "[{}]{{lang=fr}}": InlineMarks(language="fr"),
}


def letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


@settings(max_examples=examples(400), deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(sorted(WRITTEN)), WORDS), min_size=1, max_size=8),
    st.sampled_from(["", " ", "... "]),
    st.sampled_from([*sorted(STYLES), "th", "km"]),
)
def test_random_marks_stay_on_their_words(
    parts: list[tuple[str, str]], between: str, language: str
) -> None:
    text = between.join(form.format(words) for form, words in parts)
    assume(" ![" not in text)  # a picture
    found = [
        (char, marks) for piece, marks in marked(text, language) for char in piece if char.isalnum()
    ]
    assert found == [(char, WRITTEN[form]) for form, words in parts for char in letters(words)]


def test_positions_of_characters_are_kept_too() -> None:
    assert marked("wait... 1^st^ and H~2~O") == [
        ("wait… 1", PLAIN),
        ("st", InlineMarks(position=Position.SUPERSCRIPT)),
        (" and H", PLAIN),
        ("2", InlineMarks(position=Position.SUBSCRIPT)),
        ("O", PLAIN),
    ]
