"""Catalogues of brochures with page references, a table of contents and repeats: comments for translators."""

from __future__ import annotations

import pytest

from brochure.api import lay_out, open_job
from brochure.project import MemoryProject
from brochure.proof.fit import measure_fit
from brochure.translation.status import assess_editions
from brochure.translation.template import make_template
from brochure.translation.workspace import open_workspace

LAYOUT = """
brochure: report
size: A5
binding: none
source-language: en
variables: {year: 2025}
masters:
  plain: {frames: {foot: {at: "margins, bottom 8 mm, height 5 mm", content: [{folio: count, running-head: 2}]}}}
pages:
  - frames: {list: {at: margins, content: [{title: title}, {contents: [1, 2]}]}}
  - master: plain
    frames: {words: {at: margins, content: [{heading: money, level: 2}, {text: see}]}}
  - frames: {people: {at: margins, repeat: {from: people.csv, columns: 2, rows: 2}, content: {text: who}}}
"""
COPY = """
title: Report of {year}
count: "{page} of {pages}"
money: Money
see: Page {page:money}
who: "{name}"
"""


@pytest.fixture
def project() -> MemoryProject:
    files = {
        "brochure.yaml": LAYOUT.encode(),
        "content/en.yaml": COPY.encode(),
        "assets/people.csv": b"name\nAna\nBo\n",
    }
    return MemoryProject(files)


def test_comments_explain_inserted_values(project: MemoryProject) -> None:
    entries = make_template(open_workspace(project), "fr").entries
    lines = {key: entry.comments.split("\n") for key, entry in entries.items()}
    assert "variables: {year} = 2025" in lines["title"]
    assert "page numbers, set when the brochure is built: {page}, {pages}" in lines["count"]
    assert "page numbers, set when the brochure is built: {page:money}" in lines["see"]
    assert "different in each row of a table, or for each recipient: {name}" in lines["who"]


def test_the_message_of_a_folio_is_printed(project: MemoryProject) -> None:
    comments = make_template(open_workspace(project), "fr").entries["count"].comments
    assert "not printed" not in comments


def test_status_and_fit_with_a_table_of_contents(project: MemoryProject) -> None:
    (status,) = assess_editions(open_workspace(project))
    assert (status.overset, status.findings) == ((), ())
    fit = measure_fit(open_job(project), lay_out(project).edition, "money")
    assert not fit.is_overset
    assert fit.characters == len("Money")
