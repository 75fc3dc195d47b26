"""From an exported proof back to the project: a review made from the proof's own data fits the project."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from brochure.l10n.formats import po
from brochure.project import DiskProject
from brochure.proof.export import export_proof
from brochure.review.import_review import ImportedReview, import_review
from brochure.review.review_file import read_review
from brochure.review.reviewed_pages import digest_pages
from tests.proof.projects import write_leaflet


@pytest.fixture
def leaflet(tmp_path: Path) -> DiskProject:
    return DiskProject(write_leaflet(tmp_path))


def exported(project: DiskProject) -> dict[str, Any]:
    """The data of the French edition in its exported proof."""
    script = export_proof(project, ["fr"]).files["data/fr.js"].decode()
    data: dict[str, Any] = json.JSONDecoder().raw_decode(script[script.index("{") :])[0]
    return data


def made(proof: dict[str, Any]) -> bytes:
    """A review as the browser writes it: each page is approved, and a translation proposed for each message."""
    edition = proof["edition"]
    proposals = [
        {
            "key": key,
            "source": message["source"]["text"],
            "translation": message["text"],
            "proposal": f"{message['text']} !",
            "date": "2026-11-29T10:00:00Z",
        }
        for key, message in proof["messages"].items()
    ]
    pages = [
        {"number": one["number"], "digest": one["digest"], "verdict": "approved"}
        for one in edition["pages"]
    ]
    head = {"format": "brochure-review", "version": 1, "brochure": "leaflet", "reviewer": "Ana"}
    place = {"language": edition["language"], "office": edition["office"] or None}
    return json.dumps({**head, "edition": place, "pages": pages, "proposals": proposals}).encode()


def run(project: DiskProject, data: bytes) -> ImportedReview:
    review, findings = read_review(data, "r.json")
    assert findings == ()
    return import_review(project, review, "r.json", digest_pages(project, review.edition))


def test_every_proposal_is_entered_and_no_page_has_changed(leaflet: DiskProject) -> None:
    proof = exported(leaflet)
    done = run(leaflet, made(proof))
    assert done.findings == ()
    assert set(done.entered) == set(proof["messages"])
    assert len(done.verdicts) == len(proof["edition"]["pages"])
    catalogue, _ = po.read(leaflet.read("content/fr.po"), "", "fr")
    assert all(one.fuzzy and one.text.endswith(" !") for one in catalogue.entries.values())


def test_what_changed_after_the_export_is_a_conflict_and_a_changed_page(
    leaflet: DiskProject,
) -> None:
    data = made(exported(leaflet))
    path = leaflet.root / "content/fr.po"
    text = path.read_text(encoding="utf-8").replace("Ce qui a changé", "Ce qui change")
    path.write_text(text, encoding="utf-8")
    done = run(leaflet, data)
    assert [one.code for one in done.findings] == ["review-stale", "review-conflict"]
    assert "1 page has changed since the review: 2" in done.findings[0].message
    assert "message 'inside.band'" in done.findings[1].message
    assert 'Ce qui change"' in path.read_text(encoding="utf-8")
