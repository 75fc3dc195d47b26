"""The output condition of an edition: its precedence, and errors in it, each at its place."""

from __future__ import annotations

import json
import struct

import pytest

from brochure.api import build, lay_out
from brochure.color.printing_condition import Intent, shipped_condition
from brochure.errors import InputError
from brochure.findings import Severity
from brochure.prepress.edition_condition import EditionCondition
from brochure.prepress.output_conditions import PRESS
from brochure.project import MemoryProject
from brochure.spec.printing_condition import Standard

LAYOUT = """\
brochure: sheet
size: A5
binding: none
source-language: en
{press}
swatches: {{ember: cmyk 0 72 92 6}}
pages: [{{}}]
"""
OWN = shipped_condition("coated-swop").profile.data


def project(press: str, office: str = "", **assets: bytes) -> MemoryProject:
    files = {
        "brochure.yaml": LAYOUT.format(press=press).encode(),
        "content/en.yaml": json.dumps({"title": "x"}).encode(),
        **{f"assets/profiles/{name}.icc": data for name, data in assets.items()},
    }
    if office:
        files["offices/ours.yaml"] = f"office: ours\nlanguages: [en]\n{office}\n".encode()
    return MemoryProject(files)


def work_of(press: str, office: str = "", **assets: bytes) -> EditionCondition:
    made = lay_out(project(press, office, **assets), office="ours" if office else None)
    assert made.findings == ()
    return made.work


def said(press: str, office: str = "", **assets: bytes) -> list[str]:
    with pytest.raises(InputError) as wrong:
        lay_out(project(press, office, **assets), office="ours" if office else None)
    return [str(finding) for finding in wrong.value.findings]


def test_the_default_is_coated_paper_in_europe() -> None:
    assert work_of("") == EditionCondition(shipped_condition("coated-fogra39"), Standard.X4)


def test_a_name_alone_and_a_name_with_keys() -> None:
    assert work_of("press: coated-swop").condition == shipped_condition("coated-swop")
    keys = "standard: x-1a, intent: perceptual, black-point-compensation: no, total-ink-limit: 260"
    work = work_of(f"press: {{condition: uncoated-fogra29, {keys}}}")
    condition = work.condition
    assert (condition.name, work.standard) == ("uncoated-fogra29", Standard.X1A)
    assert (condition.intent, condition.black_point) == (Intent.PERCEPTUAL, False)
    assert condition.ink_limit == 2.6


def test_keys_without_a_condition() -> None:
    work = work_of("press: {ppi: 240, quality: 88}")
    assert work == EditionCondition(shipped_condition("coated-fogra39"), Standard.X4, 240, 88)


def test_the_press_of_the_office_takes_precedence() -> None:
    work = work_of("press: coated-fogra39", "press: coated-gracol")
    assert work.condition.name == "coated-gracol"
    assert work_of("press: coated-swop", "paper: A4").condition.name == "coated-swop"


def test_an_office_inherits_each_setting_it_does_not_have() -> None:
    house = "press: {condition: coated-fogra39, standard: x-1a, intent: perceptual, total-ink-limit: 280, ppi: 240}"
    by_name = work_of(house, "press: coated-gracol")
    assert (by_name.condition.name, by_name.standard, by_name.ppi) == (
        "coated-gracol",
        Standard.X1A,
        240,
    )
    assert by_name.condition.intent is Intent.PERCEPTUAL
    # The limit is that of the layout's paper, not of the office's.
    assert by_name.condition.ink_limit == shipped_condition("coated-gracol").ink_limit
    by_key = work_of(house, "press: {standard: x-4, quality: 80}")
    assert (by_key.condition.name, by_key.standard) == ("coated-fogra39", Standard.X4)
    assert (by_key.ppi, by_key.quality, by_key.condition.ink_limit) == (240, 80, 2.8)


def test_a_profile_of_the_printer() -> None:
    condition = work_of("press: profiles/printer.icc", printer=OWN).condition
    assert condition.profile.data == OWN
    assert (condition.name, condition.identifier) == ("profiles/printer.icc", "Custom")
    assert condition.ink_limit == 3.0
    tight = "press: {condition: profiles/printer.icc, total-ink-limit: 240}"
    assert work_of(tight, printer=OWN).condition.ink_limit == 2.4


@pytest.mark.parametrize(
    ("keys", "identifier", "registry"),
    [
        ("identifier: FOGRA51", "FOGRA51", "http://www.color.org"),
        ("identifier: CGATS21-2-CRPC6", "CGATS21-2-CRPC6", "http://www.color.org"),
        (
            "identifier: FOGRA51, registry: 'http://www.fogra.org'",
            "FOGRA51",
            "http://www.fogra.org",
        ),
        ("identifier: House press 7", "House press 7", ""),
    ],
)
def test_the_identifier_of_the_printers_profile(keys: str, identifier: str, registry: str) -> None:
    condition = work_of(
        f"press: {{condition: profiles/printer.icc, {keys}}}", printer=OWN
    ).condition
    assert (condition.identifier, condition.registry) == (identifier, registry)


def test_an_office_with_another_condition_does_not_inherit_the_identifier() -> None:
    layout = "press: {condition: profiles/printer.icc, identifier: FOGRA51, standard: x-1a}"
    office = "press: profiles/other.icc"
    work = work_of(layout, office, printer=OWN, other=OWN)
    assert (work.condition.identifier, work.condition.registry) == ("Custom", "")
    assert work.standard is Standard.X1A


def test_an_identifier_that_contradicts_the_condition_is_an_error() -> None:
    assert said("press: {condition: coated-swop, identifier: FOGRA51}") == [
        "brochure.yaml:5:8: 'identifier' and 'registry' are for an ICC profile in assets; coated-swop is CGATS TR 003 "
        "(remove them, or name the profile: condition: profiles/printer.icc)"
    ]
    assert said("press: {condition: profiles/p.icc, registry: 'http://www.color.org'}", p=OWN) == [
        "brochure.yaml:5:8: 'registry' without 'identifier'; the registry is that of the identifier "
        "(add e.g. identifier: FOGRA51)"
    ]


def test_a_profile_that_states_its_registered_data() -> None:
    stated = add_tag(OWN, b"targ", b"text\0\0\0\0ICCHDAT FOGRA52\0")
    condition = work_of("press: profiles/printer.icc", printer=stated).condition
    assert (condition.identifier, condition.registry) == ("FOGRA52", "http://www.color.org")
    # Measurement data in the same tag does not name a registry.
    measured = add_tag(OWN, b"targ", b"text\0\0\0\0CTI3\nDESCRIPTOR FOGRA39L\0")
    condition = work_of("press: profiles/printer.icc", printer=measured).condition
    assert (condition.identifier, condition.registry) == ("Custom", "")


def add_tag(profile: bytes, name: bytes, value: bytes) -> bytes:
    """Return the profile with another tag; it replaces `arts`, which no program needs."""
    at = profile.index(b"arts", 128)
    entry = struct.pack(">4sII", name, len(profile), len(value))
    made = profile[:at] + entry + profile[at + 12 :] + value
    return struct.pack(">I", len(made)) + made[4:]


def test_a_missing_profile() -> None:
    assert said("press: profiles/printer.icc", prnter=OWN) == [
        "brochure.yaml:5:8: file 'profiles/printer.icc' not found in assets "
        "(did you mean 'profiles/prnter.icc'?)"
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"not a profile", "it is not an ICC profile"),
        (OWN[:5000], "it is truncated: 5,000 of 227,504 bytes"),
    ],
)
def test_a_profile_that_cannot_be_used(data: bytes, reason: str) -> None:
    assert said("press: {condition: profiles/p.icc}", p=data) == [
        f"brochure.yaml:5:20: assets/profiles/p.icc cannot be used as a press profile: {reason} "
        "(ask the printer for the ICC profile of the paper)"
    ]


def test_errors_of_an_office_are_in_its_own_file() -> None:
    (one,) = said("", "press: profiles/p.icc", p=b"")
    assert one.startswith("offices/ours.yaml:3:8: assets/profiles/p.icc cannot be used")
    assert said("", "press: coated-gracl") == [
        "offices/ours.yaml:3:8: unknown printing condition 'coated-gracl' "
        "(did you mean 'coated-gracol'?)"
    ]


def test_a_version_4_profile_is_refused_for_x1a() -> None:
    newer = OWN[:8] + bytes([4, 0x20]) + OWN[10:]
    assert work_of("press: profiles/p.icc", p=newer).condition.profile.version == (4, 2)
    (one,) = said("press: {condition: profiles/p.icc, standard: x-1a}", p=newer)
    assert one.startswith("brochure.yaml:5:20: x-1a requires an ICC profile of version 2")


def test_a_swatch_with_too_much_ink_is_a_warning() -> None:
    heavy = project("press: {condition: coated-fogra39, total-ink-limit: 160}")
    built = build(heavy, PRESS)
    # 0 + 72 + 92 + 6
    assert [str(one) for one in built.findings] == [
        "brochure.yaml:6:19: warning: swatch 'ember': total ink 170%, limit 160% for "
        "coated-fogra39 (reduce cyan, magenta and yellow in favour of black)"
    ]
    assert built.findings[0].severity is Severity.WARNING
    assert built.pdf
