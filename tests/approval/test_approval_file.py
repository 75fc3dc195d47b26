"""Approval files: written, read back, merged, damaged."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brochure.approval.approval_file import (
    Approval,
    PageApproval,
    approval_path,
    edition_id,
    format_approval,
    parse_edition,
    read_approval,
)
from brochure.approval.approving import approve_pages, check_name
from brochure.errors import InputError, UsageError
from brochure.l10n.project_editions import EditionName
from brochure.project import MemoryProject
from tests.approval.brochures import records

FRENCH = EditionName("", "fr")
CANADA = EditionName("canada", "fr-CA")
WHO = ("Ana Silva", "2026-11-29T10:15:00Z")
PAGE = PageApproval("0" * 32, *WHO, {"message a.b": "0123456789ab"})
ONE = Approval("wells", FRENCH, {1: PAGE})


def read(data: bytes, edition: EditionName = FRENCH) -> Approval | None:
    return read_approval(MemoryProject({approval_path(edition): data}), edition, "wells")


def faults(data: bytes, edition: EditionName = FRENCH) -> list[str]:
    with pytest.raises(InputError) as failure:
        read(data, edition)
    return [str(one) for one in failure.value.findings]


NAMES = st.text(
    st.characters(
        exclude_categories=("Cc", "Cs", "Co", "Zl", "Zp"),
        exclude_characters="\u202d\u202e\ufffe\uffff",
    ),
    min_size=1,
    max_size=20,
)
STEADY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""The time that an example takes depends on what else the machine does."""


@STEADY
@given(
    st.dictionaries(
        st.integers(1, 99_999),
        st.tuples(NAMES, st.dictionaries(NAMES, NAMES, max_size=3)),
        max_size=3,
    )
)
def test_every_approval_is_read_back(pages: dict[int, tuple[str, dict[str, str]]]) -> None:
    approvals = {
        number: PageApproval("a" * 32, name, WHO[1], sources)
        for number, (name, sources) in pages.items()
    }
    approval = Approval("wells", CANADA, approvals)
    data = format_approval(approval)
    assert read(data, CANADA) == approval
    assert yaml.safe_load(data)["edition"] == "canada/fr-CA"


def test_an_edition_has_one_file() -> None:
    assert approval_path(FRENCH) == "approvals/fr.yaml"
    assert approval_path(CANADA) == "approvals/canada/fr-CA.yaml"
    assert parse_edition(edition_id(CANADA)) == CANADA
    assert read_approval(MemoryProject(), FRENCH, "wells") is None


def test_an_approval_of_one_page_changes_only_its_lines() -> None:
    made = records()
    before = approve_pages(None, made, None, WHO, ("wells", FRENCH))
    changed = [replace(made[0], digest="f" * 32), *made[1:]]
    after = approve_pages(before, changed, {1}, ("Sokha Chan", WHO[1]), ("wells", FRENCH))
    old, new = (format_approval(one).decode().splitlines() for one in (before, after))
    assert len(old) == len(new)
    assert sum(a != b for a, b in zip(old, new, strict=True)) == 2
    again = approve_pages(after, changed, None, WHO, ("wells", FRENCH))
    assert again.pages[2] == before.pages[2], "an unchanged approval keeps its date"


def test_pages_that_do_not_exist_are_an_error() -> None:
    with pytest.raises(UsageError, match="page 9 not found; the edition has the pages 1 to 4"):
        approve_pages(None, records(), {1, 9}, WHO, ("wells", FRENCH))


def test_names() -> None:
    assert check_name("  Ana\n Silva\x1b ") == "Ana Silva"
    assert check_name("سارا\u200cبانو") == "سارا\u200cبانو"
    for name in ("", " \n", "\x00"):
        with pytest.raises(UsageError, match="--name"):
            check_name(name)
    with pytest.raises(UsageError, match="201 characters"):
        check_name("x" * 201)


GOOD = format_approval(ONE).decode()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("format: 1", "format: 2", "approvals/fr.yaml:2:9: the file has the format 2"),
        ("edition: fr", "edition: km", "4:10: this file has approvals of the edition 'km'; expected 'fr'"),
        ("brochure: wells", "brochure: rivers", "3:11: this file has approvals of the brochure 'rivers'"),
        ("  1:", "  one:", "6:3: 'one' is not a page number"),
        ("  1:", "  0:", "6:3: '0' is not a page number"),
        ('"' + "0" * 32 + '"', "123", "7:13: '123' is not the digest of a page"),
        ("    by: Ana Silva\n", "", "'by' is missing"),
        ("pages:", "page:", "2:1: 'pages' is not a mapping"),
        ("  1:\n", "  1: x\n  2:\n", "6:6: page 1: expected digest, by, date"),
        ("format: 1", "<<<<<<< ours\nformat: 1", "approvals/fr.yaml:"),
    ],
)  # fmt: skip
def test_a_damaged_file_is_an_error_with_its_line(old: str, new: str, message: str) -> None:
    assert old in GOOD
    assert any(message in one for one in faults(GOOD.replace(old, new).encode()))


@STEADY
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(InputError):
        assert read(data) is not None
