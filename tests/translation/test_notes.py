"""Notes as separate messages: comments for translators, character limits, and errors in translations."""

from __future__ import annotations

import pytest

from brochure.api import lay_out, open_job
from brochure.errors import InputError
from brochure.project import MemoryProject
from brochure.proof.fit import measure_fit
from brochure.translation.status import assess_editions
from brochure.translation.template import make_template
from brochure.translation.workspace import open_workspace
from tests.translation.projects import COPY, FRENCH, filled, project, written

NOTED = (
    COPY.replace("**brought** to safety.", "**brought** to safety.[^one]")
    + "notes: {one: Since 2004.}\n"
)
WORDS = FRENCH["words"].replace("en sécurité.", "en sécurité.[^one]")
NOTE = {"notes.one": "Depuis 2004."}


def files(**french: str) -> dict[str, str]:
    """Return a project with a note, and its French translation."""
    made = project({"content/en.yaml": NOTED})
    catalogue = make_template(open_workspace(made), "fr")
    words = {**FRENCH, "words": WORDS, **NOTE, **french}
    return {"content/en.yaml": NOTED, "content/fr.po": written(filled(catalogue, words))}


def test_a_catalogue_has_the_note_with_its_place() -> None:
    entries = make_template(open_workspace(project({"content/en.yaml": NOTED})), "fr").entries
    assert entries["notes.one"].source == "Since 2004."
    note = entries["notes.one"].comments.split("\n")
    assert note[0] == "page 1, frame words, note in words"
    assert note[1].startswith("fits about ")
    assert "markup: **strong**, [^one] for the mark of a note" in entries["words"].comments


def test_a_note_that_is_too_long_limits_its_characters() -> None:
    made = project({"content/en.yaml": NOTED})
    fit = measure_fit(open_job(made), lay_out(made).edition, "notes.one")
    assert fit.limit is not None
    assert 30 < fit.limit < 400
    assert (fit.characters, fit.is_overset) == (len("Since 2004."), False)


def test_a_translated_note_is_printed() -> None:
    made = lay_out(project(files()), "fr")
    assert not made.findings
    assert made.edition.stories["notes.one"].text == "Depuis 2004."


def test_a_note_without_a_translation_is_missing() -> None:
    (english, french) = assess_editions(open_workspace(project(files(**{"notes.one": ""}))))
    assert english.missing == ()
    assert french.missing == ("notes.one",)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (FRENCH["words"], "note-mark-missing"),
        (WORDS + "[^one]", "note-mark-differs"),
        (WORDS.replace("[^one]", "[^deux]"), "note-unknown"),
    ],
)
def test_a_mark_that_a_translation_has_lost_is_an_error(words: str, code: str) -> None:
    made = project(files(words=words))
    try:
        codes = [one.code for one in lay_out(made, "fr").findings]
    except InputError as error:
        codes = [one.code for one in error.findings]
    assert code in codes
    (_, french) = assess_editions(open_workspace(made))
    assert "words" in french.broken


def test_paragraphs_with_words_of_notes_are_translated_as_messages() -> None:
    words = "words: |-\n  A fact.[^1]\n\n  [^1]: Since 2004.\n"
    copy = "".join(
        words if line.startswith("words:") else line for line in COPY.splitlines(keepends=True)
    )
    made = MemoryProject({**project().files, "content/en.yaml": copy.encode()})
    entries = make_template(open_workspace(made), "fr").entries
    assert entries["words.notes.1"].source == "Since 2004."
    assert "[^1]:" not in entries["words"].source
