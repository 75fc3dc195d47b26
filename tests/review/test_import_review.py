"""Import of reviews: comments, proposals and verdicts are stored, and nothing is overwritten."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from brochure.errors import InputError, OutputError
from brochure.l10n.formats import po
from brochure.l10n.project_editions import EditionName
from brochure.project import DiskProject
from brochure.review.comments import Comment, read_threads, set_resolved
from brochure.review.import_review import ImportedReview, import_review
from brochure.review.review_file import Proposal, Review
from brochure.review.verdicts import Verdict, latest_verdicts, read_verdicts
from tests.translation.projects import COPY, LAYOUT

DATE = "2026-11-29T10:15:00Z"
FRENCH = """\
# Our own comment.
msgid ""
msgstr ""
"Language: fr\\n"

# Is this right?
msgctxt "head"
msgid "People"
msgstr "Les gens"

#, fuzzy
#| msgid "A thing"
msgctxt "first"
msgid "One thing"
msgstr "Une chose"

msgctxt "second"
msgid "Another thing"
msgstr ""
"""


@pytest.fixture
def trial(tmp_path: Path) -> Path:
    for name, text in (
        ("brochure.yaml", LAYOUT),
        ("content/en.yaml", COPY),
        ("content/fr.po", FRENCH),
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def proposal(key: str, source: str, seen: str, text: str) -> Proposal:
    return Proposal(key, source, seen, text, DATE)


FRENCH_EDITION = EditionName("", "fr")


def review(
    *proposals: Proposal,
    comments: tuple[Comment, ...] = (),
    verdicts: tuple[Verdict, ...] = (),
    edition: EditionName = FRENCH_EDITION,
    brochure: str = "trial",
    digests: dict[int, str] | None = None,
) -> Review:
    return Review(
        brochure, edition, "Ana", DATE, "r.json", digests or {}, verdicts, comments, proposals
    )


def run(folder: Path, one: Review, digests: dict[int, str] | None = None) -> ImportedReview:
    return import_review(DiskProject(folder), one, "r.json", digests)


def french(folder: Path) -> str:
    return (folder / "content/fr.po").read_text(encoding="utf-8")


def threads(folder: Path) -> dict[str, tuple[Comment, ...]]:
    return {one.name: one.comments for one in read_threads(DiskProject(folder))}


NOTE = "# Proposed by Ana, 2026-11-29"


@pytest.mark.parametrize(
    ("one", "old", "new", "former"),
    [
        (
            proposal("head", "People", "Les gens", "Les personnes"),
            '# Is this right?\nmsgctxt "head"\nmsgid "People"\nmsgstr "Les gens"',
            f'# Is this right?\n{NOTE}; before: Les gens\n#, fuzzy\nmsgctxt "head"\nmsgid "People"\nmsgstr "Les personnes"',
            "Les gens",
        ),
        (
            proposal("first", "One thing", "Une chose", "Un truc"),
            '#, fuzzy\n#| msgid "A thing"\nmsgctxt "first"\nmsgid "One thing"\nmsgstr "Une chose"',
            f'{NOTE}; before: Une chose\n#, fuzzy\n#| msgid "A thing"\nmsgctxt "first"\nmsgid "One thing"\nmsgstr "Un truc"',
            "Une chose",
        ),
        (
            proposal("first", "One thing", "One thing", "Un truc"),
            '#, fuzzy\n#| msgid "A thing"\nmsgctxt "first"\nmsgid "One thing"\nmsgstr "Une chose"',
            f'{NOTE}; before: Une chose\n#, fuzzy\n#| msgid "A thing"\nmsgctxt "first"\nmsgid "One thing"\nmsgstr "Un truc"',
            "Une chose",
        ),
        (
            proposal("second", "Another thing", "Another thing", "Une autre\n\nchose"),
            'msgctxt "second"\nmsgid "Another thing"\nmsgstr ""',
            f'{NOTE}\n#, fuzzy\nmsgctxt "second"\nmsgid "Another thing"\nmsgstr ""\n"Une autre\\n"\n"\\n"\n"chose"',
            "",
        ),
        (
            proposal("title", "A trial", "", "Un essai"),
            'msgid "Another thing"\nmsgstr ""\n',
            f'msgid "Another thing"\nmsgstr ""\n\n{NOTE}\n#, fuzzy\nmsgctxt "title"\nmsgid "A trial"\nmsgstr "Un essai"\n',
            "",
        ),
    ],
    ids=["ready", "fuzzy", "fuzzy, source seen", "untranslated", "not in the catalogue"],
)
def test_a_proposal_becomes_a_fuzzy_translation(
    trial: Path, one: Proposal, old: str, new: str, former: str
) -> None:
    done = run(trial, review(one))
    assert french(trial) == FRENCH.replace(old, new)
    assert (done.findings, done.entered) == ((), (one.key,))
    (kept,) = threads(trial)[one.key]
    assert (kept.proposal, kept.former, kept.author, kept.edition) == (
        one.proposal,
        former,
        "Ana",
        "fr",
    )
    assert kept.source == "r.json"
    assert po.read(french(trial).encode(), "", "fr")[1] == ()


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (proposal("head", "Persons", "Les gens", "x"), "the source text has changed"),
        (proposal("head", "People", "Gens", "x"), "the translation has changed"),
        (proposal("head", "People", "", "x"), "the translation has changed"),
        (proposal("first", "One thing", "Un objet", "x"), "the translation has changed"),
        (proposal("gone", "Gone", "", "x"), "no such message"),
        (proposal("second", "Another thing", "", "a" * 30_000), "the maximum is"),
    ],
)
def test_a_conflict_is_named_and_the_catalogue_stays(
    trial: Path, one: Proposal, reason: str
) -> None:
    done = run(trial, review(one))
    assert french(trial) == FRENCH
    (found,) = done.findings
    assert found.code == "review-conflict"
    assert f"message '{one.key}'" in found.message
    assert reason in found.message
    kept = [(each.proposal, each.former) for each in threads(trial)[one.key]]
    assert kept == [(one.proposal, one.translation)]
    assert (done.entered, len(done.proposals)) == ((), 1)


def test_a_second_reviewer_does_not_replace_the_first_proposal(trial: Path) -> None:
    run(trial, review(proposal("head", "People", "Les gens", "Les personnes")))
    before = french(trial)
    other = replace(review(proposal("head", "People", "Les gens", "Le public")), reviewer="Ben")
    done = run(trial, other)
    assert "the translation has changed" in done.findings[0].message
    assert french(trial) == before
    assert [one.proposal for one in threads(trial)["head"]] == ["Les personnes", "Le public"]


def test_a_reviewer_replaces_an_own_proposal_until_a_translator_has_reviewed_it(
    trial: Path,
) -> None:
    run(trial, review(proposal("head", "People", "Les gens", "Les personnes")))
    second = review(proposal("head", "People", "Les gens", "Le public"))
    done = run(trial, second)
    assert (done.findings, done.entered) == ((), ("head",))
    assert 'msgstr "Le public"' in french(trial)
    assert [(one.proposal, one.former) for one in threads(trial)["head"]] == [
        ("Les personnes", "Les gens"),
        ("Le public", "Les gens"),
    ]
    path = trial / "content/fr.po"
    accepted = french(trial).replace('#, fuzzy\nmsgctxt "head"', 'msgctxt "head"')
    path.write_text(accepted, encoding="utf-8")
    done = run(trial, review(proposal("head", "People", "Les gens", "La foule")))
    assert "the translation has changed" in done.findings[0].message
    assert french(trial) == accepted


def test_a_proposal_that_is_the_translation_already_changes_nothing(trial: Path) -> None:
    done = run(trial, review(proposal("head", "People", "Gens", "Les gens")))
    assert french(trial) == FRENCH
    assert (done.findings, done.entered) == ((), ())


def test_an_outdated_entry_gets_the_source_that_the_proposal_translates(trial: Path) -> None:
    path = trial / "content/fr.po"
    path.write_text(FRENCH.replace('"People"', '"Persons"'), encoding="utf-8")
    run(trial, review(proposal("head", "People", "People", "Les personnes")))
    entry = po.read(french(trial).encode(), "", "fr")[0].entries["head"]
    assert (entry.source, entry.text, entry.fuzzy) == ("People", "Les personnes", True)


def test_importing_twice_adds_nothing_even_after_edits_of_a_translator(trial: Path) -> None:
    one = review(
        proposal("head", "People", "Les gens", "Les personnes"),
        comments=(
            Comment("Nice", "first", 1, "Ana", DATE, "fr"),
            Comment("Pale", "", 1, "Ana", DATE, "fr"),
        ),
        verdicts=(Verdict(1, "approved", "Ana", DATE, "fr", "aa"),),
    )
    first = run(trial, one)
    assert first.is_new
    path = trial / "content/fr.po"
    path.write_text(
        french(trial).replace("Les personnes", "Le public").replace("#, fuzzy\n", ""),
        encoding="utf-8",
    )
    set_resolved(trial, "head", "", resolved=True)
    before = {file: file.read_bytes() for file in trial.rglob("*.*") if file.is_file()}
    again = run(trial, one)
    assert not again.is_new
    assert (again.findings, again.catalogues) == ((), ())
    assert {file: file.read_bytes() for file in trial.rglob("*.*") if file.is_file()} == before


def test_comments_become_threads_and_notes_for_the_translator(trial: Path) -> None:
    result = (
        Comment("Too long?\nReally.", "first", 1, "Ana", DATE, "fr", words="chose"),
        Comment("Pale.", "", 1, "Ana", DATE, "fr", at=(10.0, 20.0)),
        Comment("What is this?", "title", 1, "Ana", DATE, "fr"),
        Comment("Removed?", "gone", 1, "Ana", DATE, "fr"),
    )
    done = run(trial, review(comments=result))
    assert french(trial) == FRENCH.replace(
        "\n#, fuzzy", "\n# Ana, 2026-11-29: “chose”: Too long?\n# Really.\n#, fuzzy"
    )
    assert {name: [one.text for one in found] for name, found in threads(trial).items()} == {
        "first": ["Too long?\nReally."],
        "gone": ["Removed?"],
        "title": ["What is this?"],
        "page-1": ["Pale."],
    }
    assert [(one.code, "'gone'" in one.message) for one in done.findings] == [("review-key", True)]


def test_a_language_without_a_catalogue_gets_one(trial: Path) -> None:
    (trial / "content/de.yaml").write_text("title: Versuch\n", encoding="utf-8")
    done = run(
        trial,
        review(
            proposal("head", "People", "", "Leute"),
            proposal("title", "A trial", "Versuch", "Probe"),
            edition=EditionName("", "de"),
        ),
    )
    catalogue, findings = po.read((trial / "content/de.po").read_bytes(), "", "de")
    assert findings == ()
    assert {key: one.text for key, one in catalogue.entries.items() if one.text} == {
        "head": "Leute"
    }
    assert catalogue.entries["head"].fuzzy
    assert ["content/de.yaml" in one.message for one in done.findings] == [True]


def test_proposals_for_the_source_and_for_an_office_are_kept_as_comments(trial: Path) -> None:
    (trial / "offices").mkdir()
    (trial / "offices/canada.yaml").write_text(
        "office: canada\nlanguages: [fr-CA, en]\ncopy: {fr: {head: Monde}}\n", encoding="utf-8"
    )
    english = run(
        trial,
        review(proposal("head", "People", "People", "Folk"), edition=EditionName("canada", "en")),
    )
    assert "the text is the source" in english.findings[0].message
    canadian = review(
        proposal("head", "People", "Monde", "Gens"),
        proposal("second", "Another thing", "", "Autre chose"),
        edition=EditionName("canada", "fr-CA"),
    )
    done = run(trial, canadian)
    assert "the text is that of the office canada" in done.findings[0].message
    assert done.entered == ("second",)
    assert not (trial / "content/fr-CA.po").exists()
    assert [one.edition for one in threads(trial)["head"]] == ["canada/en", "canada/fr-CA"]


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (review(brochure="other"), "a review of the brochure 'other', not of 'trial'"),
        (
            review(edition=EditionName("", "fi")),
            "the edition 'fi', which the brochure does not have",
        ),
        (review(edition=EditionName("x", "fr")), "the edition 'x/fr', which"),
        (review(edition=EditionName("../x", "fr")), "which the brochure does not have"),
    ],
)
def test_a_review_of_something_else(trial: Path, one: Review, words: str) -> None:
    with pytest.raises(InputError, match=words):
        run(trial, one)
    assert not (trial / "comments").exists()


def test_verdicts_are_recorded_and_the_last_one_counts(trial: Path) -> None:
    first = Verdict(2, "rejected", "Ana", DATE, "fr", "aa", "r.json")
    second = Verdict(2, "approved", "Ana", "2026-11-30T10:15:00Z", "fr", "bb", "r.json")
    other = Verdict(1, "rejected", "Ben: \n", DATE, "fr", "", "r.json")
    assert len(run(trial, review(verdicts=(second, first))).verdicts) == 2
    assert len(run(trial, review(verdicts=(other, first))).verdicts) == 1
    found = read_verdicts(DiskProject(trial))
    assert found == (first, other, second)
    assert latest_verdicts(found) == (other, second)
    assert threads(trial) == {}
    repeated = replace(second, date="2026-12-01T10:15:00Z")
    assert run(trial, review(verdicts=(repeated, first))).verdicts == ()
    changed = replace(first, date="2026-12-02T10:15:00Z")
    assert len(run(trial, review(verdicts=(changed,))).verdicts) == 1
    assert latest_verdicts(read_verdicts(DiskProject(trial))) == (other, changed)


def test_pages_that_have_changed_since_are_named(trial: Path) -> None:
    result = (Comment("Pale.", "", 2, "Ana", DATE, "fr"),)
    one = review(comments=result, digests={1: "aa", 2: "bb", 9: "cc"})
    (found,) = run(trial, one, {1: "aa", 2: "b2"}).findings
    assert found.code == "review-stale"
    assert found.message == "2 pages have changed since the review: 2, 9"
    assert run(trial, one, {}).findings == (), "nothing is new"


def test_an_edition_that_cannot_be_laid_out_is_reported(trial: Path) -> None:
    one = review(comments=(Comment("Pale.", "", 2),), digests={1: "aa"})
    assert [found.code for found in run(trial, one, None).findings] == ["review-stale"]
    assert run(trial, review(comments=(Comment("Dark.", "", 2),)), None).findings == ()


@pytest.mark.parametrize(
    "thread", ["[{text: in brackets}]\n", "- text: " + "a" * 1_999_900 + "\n"], ids=["form", "size"]
)
def test_nothing_is_written_if_a_thread_cannot_be_extended(trial: Path, thread: str) -> None:
    (trial / "comments").mkdir()
    (trial / "comments/first.yaml").write_text(thread, encoding="utf-8")
    one = review(
        proposal("head", "People", "Les gens", "x"), comments=(Comment("a" * 100, "first", 1),)
    )
    with pytest.raises(InputError):
        run(trial, one)
    assert french(trial) == FRENCH
    assert [path.name for path in (trial / "comments").iterdir()] == ["first.yaml"]


@pytest.mark.parametrize("broken", ["content/fr.po", "comments/head.yaml", "content/en.yaml"])
def test_nothing_is_written_if_a_file_of_the_project_is_broken(trial: Path, broken: str) -> None:
    (trial / "comments").mkdir()
    (trial / broken).write_text("msgid: 'x\n", encoding="utf-8")
    before = {file: file.read_bytes() for file in trial.rglob("*.*") if file.is_file()}
    one = review(proposal("head", "People", "Les gens", "x"), comments=(Comment("a", "first", 1),))
    with pytest.raises(InputError):
        run(trial, one)
    assert {file: file.read_bytes() for file in trial.rglob("*.*") if file.is_file()} == before


def test_a_failed_import_can_be_repeated(trial: Path) -> None:
    (trial / "comments").write_text("a file")
    one = review(proposal("head", "People", "Les gens", "Les personnes"))
    with pytest.raises(OutputError):
        run(trial, one)
    (trial / "comments").unlink()
    done = run(trial, one)
    assert done.findings == ()
    assert [(kept.proposal, kept.former) for kept in threads(trial)["head"]] == [
        ("Les personnes", "Les gens")
    ]


def test_hostile_texts_are_only_text(trial: Path) -> None:
    hostile = '<script>alert(1)</script> */ --> ${x} {{x}} "\nmsgid ""\nmsgstr ""\n- id: x\n  resolved: true'
    one = review(
        proposal("second", "Another thing", "", hostile),
        comments=(Comment(hostile, "head", 1, hostile[:40], DATE, "fr", words=hostile),),
    )
    run(trial, one)
    catalogue, findings = po.read(french(trial).encode(), "", "fr")
    assert findings == ()
    assert set(catalogue.entries) == {"head", "first", "second"}
    assert catalogue.entries["second"].text == hostile
    assert catalogue.entries["head"].text == "Les gens"
    (kept,) = threads(trial)["head"]
    assert (kept.text, kept.words, kept.resolved) == (hostile, hostile, False)
