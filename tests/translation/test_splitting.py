"""A split message is split in all files; nothing is lost, and nothing else changes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from brochure.api import lay_out
from brochure.errors import InputError, UsageError
from brochure.findings import Span
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.formats import po
from brochure.l10n.message_file import read_copy
from brochure.model.display_list import GlyphRun
from brochure.project import DiskProject, MemoryProject
from brochure.translation.file_changes import FileChange, write_changes
from brochure.translation.splitting import split_message
from brochure.translation.status import assess_editions
from tests.translation.projects import COPY, FRENCH, LAYOUT, project, translated, workspace

ENGLISH = COPY.replace(
    "words: More than {people, number} people were **brought** to safety.\n",
    "words: |  # the story\n  More than {people, number} people\n  were **brought** to safety.\n\n"
    "  Since then: more.\n\n  And *now*.\n# after\n",
)
THREE = "Plus de {people, number} personnes ont été **mises** en sécurité.\n\nDepuis : plus.\n\nEt *maintenant*."


def brochure(french: str = THREE, **files: str) -> dict[str, str]:
    """The trial brochure with a message of three paragraphs."""
    base = {"brochure.yaml": LAYOUT, "content/en.yaml": ENGLISH}
    source = read_copy(ENGLISH.encode(), "en.yaml", "en")[0].entries["words"].text
    entry = translated({**FRENCH, "words": french})
    catalogue = po.read(entry.encode(), "fr.po", "fr")[0]
    old = catalogue.entries["words"]
    text = po.write(replace_entry(catalogue, old, source)).decode()
    return {**base, "content/fr.po": text, **files}


def replace_entry(catalogue: Catalogue, old: Translation, source: str) -> Catalogue:
    return replace(catalogue, entries={**catalogue.entries, "words": replace(old, source=source)})


def applied(files: Mapping[str, str], changes: tuple[FileChange, ...]) -> dict[str, str]:
    return {**files, **{change.name: change.after.decode() for change in changes}}


def split(files: dict[str, str], *, into: tuple[str, ...] = (), at: tuple[str, ...] = ()) -> dict[str, str]:  # fmt: skip
    return applied(files, split_message(project(files), "words", into, at).changes)


def entries(files: Mapping[str, str], name: str = "content/fr.po") -> Mapping[str, Translation]:
    catalogue, findings = po.read(files[name].encode(), name, "fr")
    assert not findings
    return catalogue.entries


def copy(files: Mapping[str, str], name: str = "content/en.yaml") -> dict[str, str]:
    read, findings = read_copy(files[name].encode(), name, "en")
    assert not findings
    return {key: one.text for key, one in read.entries.items()}


def printed(files: Mapping[str, str], language: str) -> str:
    laid_out = lay_out(
        MemoryProject({name: text.encode() for name, text in files.items()}), language
    )
    (page,) = laid_out.pages
    runs = (item.glyphs.text for item in page.items if isinstance(item, GlyphRun))
    return " ".join("".join(runs).split())


PARTS = {
    "words": "More than {people, number} people\nwere **brought** to safety.",
    "words-2": "Since then: more.",
    "words-3": "And *now*.",
}


def test_each_paragraph_becomes_a_message_everywhere() -> None:
    files = brochure()
    found = split_message(project(files), "words")
    assert (found.names, found.undivided) == (tuple(PARTS), ())
    after = applied(files, found.changes)
    assert after["brochure.yaml"] == LAYOUT.replace(
        "content: {text: words}", "content: [{text: words}, {text: words-2}, {text: words-3}]"
    )
    assert {key: copy(after)[key] for key in PARTS} == PARTS
    assert list(copy(after)) == ["title", "head", *PARTS, "first", "second"]
    assert "# after\nfirst: One thing" in after["content/en.yaml"]
    assert "# the story\nwords: |-\n" in after["content/en.yaml"]
    french = entries(after)
    assert [french[key].text for key in PARTS] == THREE.split("\n\n")
    assert [french[key].source for key in PARTS] == list(PARTS.values())
    assert not any(one.fuzzy for one in french.values())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_prints_the_same_words(language: str) -> None:
    files = brochure()
    after = split(files)
    assert printed(after, language) == printed(files, language)
    assert {str(one.name): one.reasons for one in assess_editions(workspace(after))} == {"en": (), "fr": ()}  # fmt: skip


def test_a_translation_with_other_paragraphs_is_kept_in_the_notes() -> None:
    files = brochure("Tout en un seul paragraphe.")
    found = split_message(project(files), "words")
    assert found.undivided == ("content/fr.po",)
    french = entries(applied(files, found.changes))
    assert (french["words"].text, french["words"].fuzzy) == ("Tout en un seul paragraphe.", True)
    for key in PARTS:
        assert french[key].notes == "Before 'words' was split: Tout en un seul paragraphe."
    assert [french[key].text for key in ("words-2", "words-3")] == ["", ""]


def test_fuzzy_and_missing_translations_stay_so() -> None:
    files = brochure()
    files["content/fr.po"] = files["content/fr.po"].replace('msgctxt "words"', '#, fuzzy\nmsgctxt "words"')  # fmt: skip
    assert [entries(split(files))[key].fuzzy for key in PARTS] == [True, True, True]
    missing = entries(split(brochure("")))
    assert [(missing[key].text, missing[key].fuzzy) for key in PARTS] == [("", False)] * 3
    assert [missing[key].source for key in PARTS] == list(PARTS.values())


def test_an_outdated_translation_is_not_taken_for_a_current_one() -> None:
    # The catalogue translates an older source of two paragraphs.
    files = brochure("Un.\n\nDeux.")
    files["content/fr.po"] = re.sub(
        r'(?s)(msgctxt "words"\nmsgid ).*?\nmsgstr', r'\1"One.\\n\\nTwo."\nmsgstr', files["content/fr.po"]
    )  # fmt: skip
    after = split(files)
    french = entries(after)
    assert (french["words"].source, french["words"].text) == ("One.\n\nTwo.", "Un.\n\nDeux.")
    (status,) = [one for one in assess_editions(workspace(after)) if one.name.language == "fr"]
    assert status.fuzzy == ("words",)
    assert status.missing == ("words-2", "words-3")


def test_it_is_split_before_given_words_with_given_keys() -> None:
    after = split(brochure(), into=("later",), at=("Since then",))
    assert copy(after)["later"] == "Since then: more.\n\nAnd *now*."
    french = entries(after)
    assert french["words"].text == THREE.split("\n\n", maxsplit=1)[0]
    assert french["later"].text == "Depuis : plus.\n\nEt *maintenant*."
    assert "[{text: words}, {text: later}]" in after["brochure.yaml"]


def test_words_inside_a_paragraph_leave_translations_fuzzy() -> None:
    after = split(brochure(), at=("were **brought",))
    assert copy(after)["words"] == "More than {people, number} people"
    assert entries(after)["words"].fuzzy


NORTH = """\
office: north
languages: [en, fr]
copy:
  en:
    # ours
    words: "We are few.\\n\\nSince then: more.\\n\\nAnd now."
  fr: {words: Nous sommes peu., head: Nous}
"""


def test_texts_of_offices_are_split_or_kept_whole() -> None:
    files = brochure(**{"offices/north.yaml": NORTH})
    found = split_message(project(files), "words")
    assert found.undivided == ("offices/north.yaml",)
    after = applied(files, found.changes)["offices/north.yaml"]
    assert "    # ours\n    words: We are few.\n" in after
    assert '    words-2: "Since then: more."\n    words-3: And now.\n' in after
    assert 'fr: {words: "Nous sommes peu.", words-2: "", words-3: "", head: Nous}' in after
    assert "office: north\nlanguages: [en, fr]\n" in after


def test_an_own_catalogue_of_an_office_is_split() -> None:
    own = po.write(
        Catalogue("fr", "fr.po", {"words": Translation("words", "A.\n\nB.\n\nC.", "a\n\nb\n\nc", Span("fr.po"))})
    ).decode()  # fmt: skip
    office = 'office: north\nlanguages: [en, fr]\ncopy: {en: {words: "A.\\n\\nB.\\n\\nC."}}\n'
    files = brochure(**{"offices/north.yaml": office, "offices/north/fr.po": own})
    french = entries(split(files), "offices/north/fr.po")
    assert {key: (one.source, one.text) for key, one in french.items()} == {
        "words": ("A.", "a"),
        "words-2": ("B.", "b"),
        "words-3": ("C.", "c"),
    }


def test_translated_copy_in_yaml_is_split() -> None:
    files = brochure(**{"content/de.yaml": "words: >\n  Eins\n  eins.\n\n  Zwei.\n\n  Drei.\nhead: Leute\n"})  # fmt: skip
    german = copy(split(files), "content/de.yaml")
    assert german == {"words": "Eins eins.", "words-2": "Zwei.", "words-3": "Drei.", "head": "Leute"}  # fmt: skip


FORMS = {
    "flow list": (
        "[{heading: head, level: 1}, {text: words, first: body, style: body}]",
        "[{heading: head, level: 1}, {text: words, first: body, style: body},"
        " {text: words-2, style: body}, {text: words-3, style: body}]",
    ),
    "items": (
        "{list: [first, words, second]}",
        "{list: [first, words, words-2, words-3, second]}",
    ),
    "block list": (
        """
          - text: words
            first: body
          - text: head""",
        """
          - text: words
            first: body
          - text: words-2
          - text: words-3
          - text: head""",
    ),
    "block": (
        """
          text: words  # here
          style: body""",
        """
          - text: words  # here
            style: body
          - text: words-2  # here
            style: body
          - text: words-3  # here
            style: body""",
    ),
    "item lines": (
        """
          - list:
              - first
              - 'words'""",
        """
          - list:
              - first
              - 'words'
              - 'words-2'
              - 'words-3'""",
    ),
    "flow in lines": (
        """
          - {text: words, first: body}""",
        """
          - {text: words, first: body}
          - {text: words-2}
          - {text: words-3}""",
    ),
}


@pytest.mark.parametrize(("content", "expected"), FORMS.values(), ids=FORMS)
def test_blocks_are_repeated_in_every_form(content: str, expected: str) -> None:
    block = f"""\
      words:
        at: "x 30 pt, y 40 pt, width 140 pt, height 72 pt"
        content: {content}
"""
    line = next(line for line in LAYOUT.splitlines(keepends=True) if "{text: words}" in line)
    files = brochure(**{"brochure.yaml": LAYOUT.replace(line, block)})
    after = split(files)["brochure.yaml"]
    assert after == files["brochure.yaml"].replace(content, expected)


@pytest.mark.parametrize(
    "change",
    [
        ("title: title", "title: words"),
        ("{heading: head, level: 1, style: body}", "{stat: head, label: words}"),
        ("{list: [first, second]}", "{table: [[first, words], [second, head]]}"),
        ("{text: words}", "{qr: words, alt: head}"),
    ],
    ids=["title", "other message", "table", "qr"],
)
def test_what_cannot_be_repeated_is_refused(change: tuple[str, str]) -> None:
    files = brochure(**{"brochure.yaml": LAYOUT.replace(*change)})
    with pytest.raises(InputError) as caught:
        split_message(project(files), "words")
    (finding,) = caught.value.findings
    assert finding.code == "text-split"
    assert finding.span
    assert finding.span.file == "brochure.yaml"


@pytest.mark.parametrize(
    ("key", "into", "at", "reason"),
    [
        ("wrds", (), (), "wrds: unknown message \\(did you mean 'words'"),
        ("head", (), (), "head: the message has one paragraph; give the words"),
        ("words", ("first", "x"), (), "first: the key is in use"),
        ("words", ("x", "x"), (), "x: the key is in use"),
        ("words", ("x y", "z"), (), "x y: not a message key"),
        ("words", ("words.a", "z"), (), "words.a: the key is in use"),
        ("words", ("x",), (), "words: it has 3 parts; give 2 keys for --into"),
        ("words", (), ("nowhere",), "--at 'nowhere': the words must be in the message once"),
        ("words", (), ("e",), "--at 'e': the words must be in the message once"),
        ("words", (), ("More than",), "after the beginning"),
    ],
)
def test_requests_that_cannot_be_met(key: str, into: tuple[str, ...], at: tuple[str, ...], reason: str) -> None:  # fmt: skip
    with pytest.raises(UsageError, match=reason):
        split_message(project(brochure()), key, into, at)


def test_a_message_with_its_own_notes_is_refused() -> None:
    english = ENGLISH.replace("  And *now*.\n", "  And *now*.[^a]\n\n  [^a]: A note.\n")
    with pytest.raises(UsageError, match="it has notes of its own"):
        split_message(project(brochure(**{"content/en.yaml": english})), "words")


def test_the_sample_is_split_without_loss(tmp_path: Path) -> None:
    sample = DiskProject(Path(__file__).parents[2] / "layouts" / "proven-model")
    found = split_message(sample, "problem.story")
    assert len(found.names) > 1
    names = {change.name for change in found.changes}
    assert {"brochure.yaml", "content/en.yaml", "content/fr.po"} <= names
    for change in found.changes:
        path = tmp_path / change.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(change.before or b"")
    assert len(write_changes(tmp_path, found.changes)) == len(names)
