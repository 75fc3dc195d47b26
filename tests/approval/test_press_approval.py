"""`press: {approval: required}`: a press PDF is written only if every page is approved as it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from brochure.api import build, build_record, open_job
from brochure.approval.approval_file import approval_path, format_approval
from brochure.approval.approving import approve_pages
from brochure.errors import InputError
from brochure.findings import Severity, Span
from brochure.l10n.personalization import Record
from brochure.l10n.project_editions import EditionName
from brochure.prepress.output_conditions import PRESS, SCREEN
from brochure.project import MemoryProject
from tests.approval.brochures import Change, files, project, records

WHO = ("Ana Silva", "2026-11-29T10:15:00Z")
OFF = PRESS.checked("off")
REQUIRED = ("press: coated-fogra39", "press: {approval: required}")
ENGLISH = EditionName("", "en")


def approved(change: Change, *later: tuple[str, str], language: str = "en") -> MemoryProject:
    """The brochure with an approval of all pages, and the layout changed after it."""
    edition = EditionName("", language)
    approval = approve_pages(None, records(change, language), None, WHO, ("wells", edition))
    changed = replace(change, layout=(*change.layout, *later))
    return MemoryProject({**files(changed), approval_path(edition): format_approval(approval)})


DEMANDED = Change(layout=(REQUIRED,))


def errors(files_: MemoryProject, language: str = "en") -> list[tuple[str, int | None]]:
    built = build(files_, OFF, language)
    found = [(one.code, one.page) for one in built.findings if one.severity is Severity.ERROR]
    assert bool(built.parts) is not bool(found)
    return found


def test_without_approval_nothing_is_written_if_it_is_demanded() -> None:
    assert errors(project(DEMANDED)) == [("approval-missing", 1)]
    assert errors(project()) == []
    assert (
        errors(project(Change(layout=(("press: coated-fogra39", "press: {approval: off}"),)))) == []
    )
    (finding,) = build(project(DEMANDED), OFF).findings
    assert finding.message == "en: pages 1, 2, 3, 4 are not approved, as the press build requires"
    assert finding.hint == "look at them, then run 'brochure approve --edition en'"


def test_with_approval_it_is_written_and_the_approval_is_that_of_the_edition() -> None:
    assert errors(approved(DEMANDED)) == []
    assert errors(approved(DEMANDED), "fr") == [("approval-missing", 1)]
    assert errors(approved(DEMANDED, language="fr"), "fr") == []


def test_a_page_changed_after_its_approval_stops_the_build_and_says_why() -> None:
    changed = approved(DEMANDED, ("wells: 41", "wells: 42"))
    assert errors(changed) == [("approval-outdated", 4)]
    (finding,) = build(changed, OFF).findings
    assert finding.message == (
        "en: page 4 changed after Ana Silva approved it on 2026-11-29: variable wells changed"
    )


def test_screen_pdfs_and_drafts_need_no_approval() -> None:
    assert build(project(DEMANDED), SCREEN).parts
    assert build(project(DEMANDED), OFF, draft=True).parts


def test_an_office_can_demand_it() -> None:
    office = b"office: here\nlanguages: [en]\npress: {approval: required}\n"
    files_ = project(Change(files={"offices/here.yaml": office}))
    built = build(files_, OFF, "en", "here")
    assert [one.code for one in built.findings] == ["approval-missing"]
    assert "--edition here/en" in built.findings[0].hint


def test_a_damaged_approval_stops_the_build() -> None:
    damaged = MemoryProject({**files(DEMANDED), approval_path(ENGLISH): b"format: [1"})
    with pytest.raises(InputError, match=r"approvals/en\.yaml"):
        build(damaged, OFF)


def test_a_mail_merge_has_the_approval_of_its_examples() -> None:
    named = Change(
        layout=(REQUIRED, ("variables: {wells: 41}", "variables: {wells: 41}\nmerge-fields: {name: Ana}")),
        copy={"count": "{wells, number} wells for {record_name}"},
        french={"count": "{wells, number} puits pour {record_name}"},
    )  # fmt: skip
    record = Record(1, Span("people.csv", 2), {"name": "Sokha"}, file="sokha")
    job = open_job(approved(named))
    assert build_record(job, OFF, record).parts
    job = open_job(project(named))
    found = [build_record(job, OFF, record).findings for _ in range(2)]
    assert [[one.code for one in each] for each in found] == [["approval-missing"]] * 2
