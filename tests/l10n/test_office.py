"""Offices: the content of an office's file, and errors in it."""

from __future__ import annotations

import pytest

from brochure.api import lay_out
from brochure.blocks import KINDS
from brochure.errors import InputError
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
    assert office.files["photos/dusk.jpg"].path == "photos/ours.jpg"


def test_contact_and_legal_are_copy_with_their_places() -> None:
    office, _ = read(GOOD)
    assert office is not None
    phone = office.copy[ANY].entries["contact.phone"]
    assert (phone.text, phone.span.line, phone.span.column) == ("519.679.5030", 8, 18)
    assert office.copy["fr"].entries["legal"].text == "Mentions"
    assert office.copy["en"].entries["legal"].text == "Notice"
    assert office.copy["fr"].entries["cover.title"].text == "Une réponse"


def test_all_errors_are_reported_at_once() -> None:
    text = """\
office: other
languages: [en, fr_CA]
papper: A4
size: huge
copy:
  english: {a: b}
"""
    office, findings = read(text)
    assert office is not None  # the valid parts were read
    assert findings == [
        "offices/canada.yaml:3:1: unknown key 'papper' in office (did you mean 'paper'?)",
        "offices/canada.yaml:4:7: 'huge' is not a page size "
        "(expected width x height, e.g. '148 x 210 mm', or one of: A2, A3, A4, A5, A6, A7, B5, "
        "SRA2, SRA3, SRA4, DL, Letter, Half-Letter, Legal, Tabloid)",
        "offices/canada.yaml:6:3: 'english' is not a language tag (e.g. en, fr-CA, km or 'any')",
        "offices/canada.yaml:1:1: the office's id is 'other', but its file is 'canada.yaml' (use the same name for both)",
        "offices/canada.yaml:1:1: 'fr_CA' is not a language tag (e.g. en, fr-CA or km)",
    ]


def test_a_file_that_is_not_an_office() -> None:
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


def test_digits_for_all_languages() -> None:
    office, findings = digits_of("native")
    assert (office is not None, findings) == (True, [])
    assert office is not None
    assert [office.digits_in(tag) for tag in office.languages] == [Digits.NATIVE] * 3


def test_digits_for_one_language() -> None:
    office, findings = digits_of("{hi: native, ta: latin}")
    assert findings == []
    assert office is not None
    assert office.digits_in("hi") is Digits.NATIVE
    assert office.digits_in("ta-IN") is Digits.LATIN  # ta is a fallback of ta-IN
    assert office.digits_in("en") is Digits.LOCALE


def test_unknown_digits_or_languages() -> None:
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
    result = b'rescued: "{rescued, number}"'
    office = f"office: india\nlanguages: [hi, ta]\ndigits: {digits}\n"
    copies = {f"content/{tag}.yaml": result for tag in ("en", "hi", "ta")}
    project = MemoryProject({**copies, "offices/india.yaml": office.encode()})
    layout, problems = read_layout(LAYOUT.encode(), "brochure.yaml", KINDS)
    assert layout is not None
    translations = Translations.load(project, layout, language, "india")
    edition, missing = resolve(layout, translations, Assets())
    assert (problems, missing) == ((), ())
    assert edition.stories["rescued"].text == words


# Copy


def findings_of(office: str, language: str = "en", source: str = "") -> list[str]:
    """Return the errors of the office's edition; the layout shows `contact.phone` and `lead`."""
    layout = LAYOUT.replace("{text: rescued}", "[{text: contact.phone}, {text: lead}]")
    words = source or "lead: We open doors.\ncontact: {phone: '1', fax: '2'}\n"
    translated = "lead: Nous ouvrons des portes.\ncontact: {phone: '1', fax: '2'}\n"
    project = MemoryProject(
        {
            "brochure.yaml": layout.encode(),
            "content/en.yaml": words.encode(),
            "content/fr.yaml": translated.encode(),
            "offices/canada.yaml": f"office: canada\nlanguages: [en-CA, fr-CA]\n{office}".encode(),
        }
    )
    try:
        made = lay_out(project, language, "canada")
    except InputError as failure:
        return [str(one) for one in failure.findings]
    return [str(one) for one in made.findings]


@pytest.mark.parametrize(
    ("office", "expected"),
    [
        (
            "contact: {fone: '555'}",
            "3:17: office 'canada': unknown message 'contact.fone' (did you mean 'contact.phone'?)",
        ),
        (
            "copy: {fr: {contact: {fax-number: '555'}}}",
            "3:35: office 'canada': unknown message 'contact.fax-number' (did you mean 'contact.fax'?)",
        ),
        (
            "copy: {en: {zebra: x}}",
            "3:20: office 'canada': unknown message 'zebra' (remove it, or use it in the layout)",
        ),
        (
            "copy: {de: {lead: Türen}}",
            "3:19: office 'canada' has copy for 'de', which is not one of its languages "
            "(one of: any, en, en-CA, fr, fr-CA)",
        ),
        (
            "contact: [1, 2]",
            "3:10: 'contact' is a list; expected a mapping (write contact: {phone: …})",
        ),
        ("legal: {fr: [a]}", "3:13: 'legal.fr' is not a text (write one line for each language)"),
        ("legal: {french: a}", "3:9: 'french' is not a language tag (e.g. en, fr-CA, km or 'any')"),
        (
            "copy: {fr: text}",
            "3:12: 'copy.fr' is a text; expected a mapping (write keys with texts)",
        ),
    ],
)
def test_copy_that_no_edition_uses_is_an_error(office: str, expected: str) -> None:
    assert findings_of(office) == [f"offices/canada.yaml:{expected}"]


def test_copy_that_the_source_or_the_layout_uses_is_accepted() -> None:
    assert findings_of("contact: {phone: '555', fax: '556'}\ncopy: {en: {lead: Ours}}") == []
    layout_only = findings_of("contact: {phone: '555'}", source="lead: We open doors.\n")
    assert layout_only == []


def test_a_replaced_source_text_outdates_its_translation() -> None:
    ours = "copy: {en: {lead: Our own doors.}}"
    assert findings_of(ours, "en-CA") == []
    (outdated,) = findings_of(ours, "fr-CA")
    assert outdated.startswith(
        "fr-CA: 1 message is outdated, since the office replaces the source text: lead"
    )
    assert findings_of("copy: {en: {lead: Our own doors.}, fr: {lead: Nos portes.}}", "fr-CA") == []
    assert findings_of("copy: {en: {lead: We open doors.}}", "fr-CA") == []
    assert findings_of("copy: {any: {lead: Canada}}", "fr-CA") == []


def test_a_draft_shows_the_offices_source_text() -> None:
    files = {
        "brochure.yaml": LAYOUT.encode(),
        "content/en.yaml": b"rescued: Many people",
        "content/fr.yaml": b"rescued: Bien des gens",
        "offices/kenya.yaml": b"office: kenya\nlanguages: [en, fr]\ncopy: {en: {rescued: 2310 people}}",
    }
    project = MemoryProject(files)
    layout, _ = read_layout(files["brochure.yaml"], "brochure.yaml", KINDS)
    assert layout
    translations = Translations.load(project, layout, "fr", "kenya")
    edition, _ = resolve(layout, translations, Assets())
    story = edition.stories["rescued"]
    assert (story.text, story.language, story.ready) == ("2310 people", "en", False)
