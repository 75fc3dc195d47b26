"""Offices: translations of their own copy in catalogues, focal points and alternative texts of their pictures, the schema."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import jsonschema
import pytest

from brochure.api import lay_out
from brochure.blocks import KINDS
from brochure.l10n.office import read_office
from brochure.l10n.office_schema import office_schema
from brochure.l10n.translations import Readiness, Translations
from brochure.model.display_list import Picture
from brochure.project import MemoryProject
from brochure.spec import yaml_tree
from brochure.spec.read import read as read_layout
from tests.blocks.setting import jpeg

ROOT = Path(__file__).parents[2]

LAYOUT = """\
brochure: trial
size: A6
binding: none
pages:
  - frames:
      words:
        at: margins
        content:
          - text: lead
          - text: hours
          - {text: bus, when: {office: kenya}}
"""
ENGLISH = "lead: We open doors.\nhours: Ten to six\n"
SWAHILI = """\
msgid ""
msgstr ""
"Language: sw\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgctxt "lead"
msgid "We open doors."
msgstr "Tunafungua milango."

msgctxt "hours"
msgid "Ten to six"
msgstr "Saa nne hadi saa kumi na mbili"
"""
KENYA = """\
office: kenya
languages: [en, sw]
copy: {en: {lead: We open doors in Nairobi., bus: Bus 34 stops here.}}
"""
OWN = """\
msgid ""
msgstr ""
"Language: sw\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgctxt "lead"
msgid "We open doors in Nairobi."
msgstr "Tunafungua milango Nairobi."

#, fuzzy
msgctxt "bus"
msgid "Bus 34 stops here."
msgstr "Basi la 34"
"""


def translations(own: str = "", office: str = KENYA, language: str = "sw") -> Translations:
    files = {
        "brochure.yaml": LAYOUT,
        "content/en.yaml": ENGLISH,
        "content/sw.po": SWAHILI,
        "offices/kenya.yaml": office,
        **({"offices/kenya/sw.po": own} if own else {}),
    }
    project = MemoryProject({name: text.encode() for name, text in files.items()})
    layout, _ = read_layout(LAYOUT.encode(), "brochure.yaml", KINDS)
    assert layout
    return Translations.load(project, layout, language, "kenya")


def states(one: Translations) -> dict[str, tuple[str, Readiness]]:
    return {
        key: (chosen.text, chosen.readiness)
        for key in ("lead", "hours", "bus")
        if (chosen := one.choose(key))
    }


def test_an_offices_catalogue_translates_its_own_copy() -> None:
    assert states(translations(OWN)) == {
        "lead": ("Tunafungua milango Nairobi.", Readiness.READY),
        "hours": ("Saa nne hadi saa kumi na mbili", Readiness.READY),
        "bus": ("Bus 34 stops here.", Readiness.FUZZY),
    }


def test_without_a_catalogue_replaced_copy_is_outdated_and_added_copy_is_missing() -> None:
    found = states(translations())
    assert found["lead"] == ("We open doors in Nairobi.", Readiness.OUTDATED)
    assert found["bus"] == ("Bus 34 stops here.", Readiness.MISSING)


def test_a_change_of_the_offices_copy_makes_its_translation_fuzzy() -> None:
    found = states(translations(OWN, KENYA.replace("in Nairobi", "in Mombasa")))
    assert found["lead"] == ("We open doors in Mombasa.", Readiness.FUZZY)


def test_copy_in_the_offices_file_precedes_its_catalogue() -> None:
    office = KENYA.replace("copy: {", "copy: {sw: {lead: Karibu.}, ")
    one = translations(OWN, office)
    assert states(one)["lead"] == ("Karibu.", Readiness.READY)
    assert set(one.office_source.entries) == {"bus"}


def test_the_source_language_of_an_office_needs_no_catalogue() -> None:
    one = translations(OWN, language="en")
    assert states(one)["lead"] == ("We open doors in Nairobi.", Readiness.READY)
    assert one.translated_text("lead") is None


def test_a_translation_is_compared_with_the_text_of_its_office() -> None:
    one = translations(OWN)
    assert one.translated_text("lead") == "We open doors in Nairobi."
    assert one.translated_text("hours") == "Ten to six"
    assert one.catalogue_of("lead") is None  # the general catalogue has another message
    assert one.catalogue_of("hours") == "sw"


# Pictures

PICTURED = """\
brochure: trial
size: 100 x 100 mm
binding: none
bleed: 0 mm
pages:
  - frames:
      p: {at: page, content: {image: dusk.jpg, alt: lead, focal-point: 0% 50%}}
"""


def crop(office: str) -> tuple[float, list[str]]:
    """Return the horizontal position of the picture on the page, and the codes of the findings."""
    files: Mapping[str, bytes] = {
        "brochure.yaml": PICTURED.encode(),
        "content/en.yaml": ENGLISH.encode(),
        "offices/kenya.yaml": f"office: kenya\nlanguages: [en]\n{office}".encode(),
        "assets/dusk.jpg": jpeg(40, 20),
        "assets/roofs.jpg": jpeg(60, 20),
    }
    made = lay_out(MemoryProject(dict(files)), "en", "kenya")
    (picture,) = (item for item in made.pages[0].items if isinstance(item, Picture))
    return picture.rect.x, [one.code for one in made.findings if one.code.startswith("office-")]


def test_an_office_can_crop_its_picture_differently() -> None:
    side = 100 / 25.4 * 72
    alt = "copy: {en: {lead: Roofs}}"
    own = "pictures: {dusk.jpg: {file: roofs.jpg, focal-point: 100% 50%}}\n"
    assert crop(own + alt)[0] == pytest.approx(-2 * side, abs=0.1)
    assert crop("pictures: {dusk.jpg: {file: roofs.jpg}}\n" + alt)[0] == pytest.approx(0)
    assert crop("pictures: {dusk.jpg: roofs.jpg}\n" + alt) == crop(
        "pictures: {dusk.jpg: {file: roofs.jpg}}\n" + alt
    )


def test_a_replaced_picture_without_its_own_alternative_text_is_a_warning() -> None:
    assert crop("pictures: {dusk.jpg: roofs.jpg}\n")[1] == ["office-alt"]
    assert crop("")[1] == []


# Keys


@pytest.mark.parametrize(
    ("key", "hint"),
    [("contakt", "contact"), ("lgal", "legal"), ("papper", "paper"), ("copys", "copy")],
)
def test_unknown_keys_have_a_place_and_a_suggestion(key: str, hint: str) -> None:
    text = f"office: kenya\nlanguages: [en]\n{key}: A4\n"
    _, findings = read_office(text.encode(), "offices/kenya.yaml", "kenya")
    assert list(map(str, findings)) == [
        f"offices/kenya.yaml:3:1: unknown key '{key}' in office (did you mean '{hint}'?)"
    ]


SCHEMA = office_schema()


def as_data(node: yaml_tree.Node | None) -> object:
    match node:
        case yaml_tree.Mapping():
            return {key.value: as_data(value) for key, value in node.entries}
        case yaml_tree.Sequence():
            return [as_data(item) for item in node.items]
        case yaml_tree.Scalar():
            return node.value
    return None


def test_the_schema_accepts_the_offices_of_the_samples() -> None:
    files = sorted(ROOT.glob("layouts/*/offices/*.yaml"))
    assert files
    validator = jsonschema.Draft202012Validator(SCHEMA)
    validator.check_schema(SCHEMA)
    for file in files:
        root, _ = yaml_tree.compose(file.read_bytes(), file.name)
        assert [one.message for one in validator.iter_errors(as_data(root))] == []


@pytest.mark.parametrize("wrong", ["papper: A4", "languages: {en: x}", "copy: {english_: {a: b}}"])
def test_the_schema_refuses_what_the_reader_refuses(wrong: str) -> None:
    text = f"office: kenya\n{wrong}\n" + ("" if "languages" in wrong else "languages: [en]\n")
    root, _ = yaml_tree.compose(text.encode(), "kenya.yaml")
    assert not jsonschema.Draft202012Validator(SCHEMA).is_valid(as_data(root))
    _, findings = read_office(text.encode(), "kenya.yaml", "kenya")
    assert findings


def test_the_schema_in_the_repository_is_current() -> None:
    """`brochure schema --office -o layouts/office.schema.json`."""
    stored = json.loads((ROOT / "layouts" / "office.schema.json").read_text())
    assert stored == SCHEMA
