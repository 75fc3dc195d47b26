"""XLIFF as translation programs send it back, in files made by hand from their public documentation.

Each file has the same four messages: a finished one with a figure, markup and a comment; one of which only the first of two
sentences is translated; a machine translation; and one that is not translated.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from brochure.findings import Severity, Span
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.translation.import_gate import check_language
from brochure.translation.interchange import (
    ImportResult,
    choose_format,
    merge_returned,
    read_returned,
)

FOLDER = Path(__file__).parent / "returned"
FILES = sorted(path.name for path in FOLDER.iterdir())
SOURCE = {
    "words": "More than {people, number} people were **brought** to safety.",
    "steps": "First we listen. Then we act.",
    "head": "People",
    "contact": "Write to us",
}


def returned(name: str) -> Catalogue:
    data = (FOLDER / name).read_bytes()
    theirs, findings = read_returned(data, choose_format(None, name, data), name, "de")
    assert findings == ()
    return theirs


def imported(name: str) -> ImportResult:
    here = Span("de.po")
    ours = {key: Translation(key, source, "", here) for key, source in SOURCE.items()}
    return merge_returned(Catalogue("de", "de.po", ours), returned(name))


def test_there_is_a_file_of_each_program() -> None:
    assert [name.partition(".")[0] for name in FILES] == [
        "crowdin",
        "memoq",
        "phrase",
        "smartling",
        "trados",
    ]


@pytest.mark.parametrize("name", FILES)
def test_figures_and_markup_are_kept(name: str) -> None:
    one = imported(name).catalogue.entries["words"]
    assert one.text == ("Mehr als {people, number} Menschen wurden in Sicherheit **gebracht**.")
    assert one.ready


@pytest.mark.parametrize("name", FILES)
def test_comments_of_people_become_notes(name: str) -> None:
    assert imported(name).catalogue.entries["words"].notes == "Anna: Is the figure current?"


@pytest.mark.parametrize("name", FILES)
def test_unfinished_translations_are_fuzzy(name: str) -> None:
    result = imported(name)
    steps, head = (result.catalogue.entries[key] for key in ("steps", "head"))
    assert (steps.text.strip(), steps.fuzzy) == ("Zuerst hören wir zu.", True)
    assert (head.text, head.fuzzy) == ("Leute", True)
    assert result.catalogue.entries["contact"].text == ""
    assert result.fuzzy == ("steps", "head")


@pytest.mark.parametrize("name", FILES)
def test_no_message_is_lost_and_no_errors_are_reported(name: str) -> None:
    result = imported(name)
    assert (result.left_out, len(result.added)) == ((), 3)
    assert {finding.severity for finding in result.findings} <= {Severity.NOTE}


@pytest.mark.parametrize("name", FILES)
def test_other_tags_of_the_language_are_accepted(name: str) -> None:
    assert check_language(returned(name), "de", {}) == ()
