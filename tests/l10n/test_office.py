"""Offices: what a country office says of itself, and everything that is wrong with how it says it."""

from __future__ import annotations

import pytest

from brochure.blocks import KINDS
from brochure.l10n.assets import Assets
from brochure.l10n.edition import resolve
from brochure.l10n.office import ANY, Digits, Office, read_office
from brochure.l10n.translations import Translations
from brochure.project import MemoryProject
from brochure.spec.read import read as read_layout

GOOD = """\
office: canada
languages: [en, fr-CA]
size: Half-Letter
paper: Letter
digits: native
variables: {year: 2018}
pictures: {photos/dusk.jpg: photos/ours.jpg}
contact: {phone: "519.679.5030"}
legal: {fr: Mentions, en: Notice}
copy:
  fr:
    cover: {title: Une réponse}
"""


def read(text: str, name: str = "canada") -> tuple[Office | None, list[str]]:
    office, findings = read_office(text.encode(), "offices/canada.yaml", name)
    return office, [str(finding) for finding in findings]


def test_everything_an_office_has() -> None:
    office, findings = read(GOOD)
    assert findings == []
    assert office is not None
    assert office.languages == ("en", "fr-CA")
    assert office.digits is Digits.NATIVE
    assert office.variables == {"year": 2018}
    assert office.size is not None
    assert round(office.size.width, 2) == 396.0  # 5.5 in x 72
    assert office.pictures["photos/dusk.jpg"].path == "photos/ours.jpg"


def test_contact_and_legal_are_copy_with_their_places() -> None:
    office, _ = read(GOOD)
    assert office is not None
    phone = office.copy[ANY].entries["contact.phone"]
    assert (phone.text, phone.span.line, phone.span.column) == ("519.679.5030", 8, 18)
    assert office.copy["fr"].entries["legal"].text == "Mentions"
    assert office.copy["en"].entries["legal"].text == "Notice"
    assert office.copy["fr"].entries["cover.title"].text == "Une réponse"


def test_all_errors_at_once() -> None:
    text = """\
office: other
languages: [en, fr_CA]
papper: A4
size: huge
copy:
  english: {a: b}
"""
    office, findings = read(text)
    assert office is not None  # what could be read was
    assert findings == [
        "offices/canada.yaml:3:1: unknown key 'papper' in office (did you mean 'paper'?)",
        "offices/canada.yaml:4:7: 'huge' is not a page size "
        "(expected width x height, e.g. '148 x 210 mm', or one of: A2, A3, A4, A5, A6, A7, B5, "
        "SRA2, SRA3, SRA4, DL, Letter, Half-Letter, Legal, Tabloid)",
        "offices/canada.yaml:6:3: 'english' is not a language tag (e.g. en, fr-CA, km or 'any')",
        "offices/canada.yaml:1:1: the office's id is 'other', but its file is 'canada.yaml' (use the same name for both)",
        "offices/canada.yaml:1:1: 'fr_CA' is not a language tag (e.g. en, fr-CA or km)",
    ]


def test_a_file_that_is_no_office() -> None:
    office, findings = read("- a\n- b\n")
    assert office is None
    assert findings == [
        "offices/canada.yaml:1:1: this is not an office file (start it with 'office: its-id' and 'languages: [en]')"
    ]


def test_an_office_needs_a_language() -> None:
    office, findings = read("office: canada\n")
    assert office is None
    assert findings == [
        "offices/canada.yaml:1:1: office needs 'languages' (the languages it publishes in, as BCP 47 tags)"
    ]


def digits_of(text: str) -> tuple[Office | None, list[str]]:
    return read(f"office: canada\nlanguages: [hi, ta-IN, en]\ndigits: {text}\n")


def test_digits_said_once_hold_in_every_language() -> None:
    office, findings = digits_of("native")
    assert (office is not None, findings) == (True, [])
    assert office is not None
    assert [office.digits_in(tag) for tag in office.languages] == [Digits.NATIVE] * 3


def test_digits_said_by_language_hold_in_that_one() -> None:
    office, findings = digits_of("{hi: native, ta: latin}")
    assert findings == []
    assert office is not None
    assert office.digits_in("hi") is Digits.NATIVE
    assert office.digits_in("ta-IN") is Digits.LATIN  # ta stands in for ta-IN
    assert office.digits_in("en") is Digits.LOCALE


def test_digits_of_no_such_name_or_language() -> None:
    assert digits_of("roman")[1] == [
        "offices/canada.yaml:3:9: 'roman' is not a valid value (one of: latin, locale, native)"
    ]
    assert digits_of("{hi: roman}")[1] == [
        "offices/canada.yaml:3:14: 'roman' is not a valid value (one of: latin, locale, native)"
    ]
    assert digits_of("{bn: native}")[1] == [
        "offices/canada.yaml:1:1: 'digits' has a value for 'bn', which is not one of the office's languages "
        "(one of: en, hi, ta, ta-IN)"
    ]


LAYOUT = """\
brochure: trial
size: A6
binding: none
variables: {rescued: 1775}
pages:
  - frames: {words: {at: bleed, content: {text: rescued}}}
"""


@pytest.mark.parametrize(
    ("digits", "language", "words"),
    [
        ("{hi: native}", "hi", "१,७७५"),
        ("{hi: native}", "ta", "1,775"),
        ("native", "ta", "௧,௭௭௫"),
        ("latin", "hi", "1,775"),
    ],
)
def test_figures_are_written_in_the_offices_digits(digits: str, language: str, words: str) -> None:
    said = b'rescued: "{rescued, number}"'
    office = f"office: india\nlanguages: [hi, ta]\ndigits: {digits}\n"
    copies = {f"content/{tag}.yaml": said for tag in ("en", "hi", "ta")}
    project = MemoryProject({**copies, "offices/india.yaml": office.encode()})
    layout, problems = read_layout(LAYOUT.encode(), "brochure.yaml", KINDS)
    assert layout is not None
    translations = Translations.load(project, layout, language, "india")
    edition, missing = resolve(layout, translations, Assets())
    assert (problems, missing) == ((), ())
    assert edition.stories["rescued"].text == words
