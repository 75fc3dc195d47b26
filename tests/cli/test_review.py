"""`brochure review` on the command line: output, JSON, exit statuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.calling import call
from tests.translation.projects import COPY, FRENCH, LAYOUT, translated

REVIEW: dict[str, Any] = {
    "format": "brochure-review",
    "version": 1,
    "brochure": "trial",
    "edition": {"language": "fr", "office": None},
    "reviewer": "Ana Silva",
    "date": "2026-11-29T10:15:00Z",
    "pages": [{"number": 1, "digest": "", "verdict": "rejected"}],
    "comments": [
        {"page": 1, "key": "words", "words": "personnes", "text": "All\nof them?"},
        {"page": 1, "text": "Pale.", "at": [10.25, 20]},
    ],
    "proposals": [
        {"key": "head", "source": "People", "translation": "Les gens", "proposal": "Le public"}
    ],
}


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "trial/content").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    folder = Path("trial")
    (folder / "brochure.yaml").write_text(LAYOUT, encoding="utf-8")
    (folder / "content/en.yaml").write_text(COPY, encoding="utf-8")
    (folder / "content/fr.po").write_text(translated(FRENCH), encoding="utf-8")
    return folder


def sent(**changed: Any) -> Path:
    """The review as the office sends it."""
    path = Path("ana.brochure-review.json")
    path.write_text(json.dumps({**REVIEW, **changed}), encoding="utf-8")
    return path


def test_import_reports_what_was_added(trial: Path) -> None:
    result = call("review", "import", sent(), trial)
    assert (result.status, result.err) == (0, "")
    assert result.out.splitlines() == [
        "ana.brochure-review.json  edition fr, reviewed by Ana Silva, 2026-11-29;"
        " 2 comments, 1 proposal (1 entered as fuzzy); 1 page rejected",
        "trial/content/fr.po  updated",
    ]
    again = call("review", "import", sent(), trial)
    assert (again.status, again.err) == (0, "")
    assert again.out.endswith("2026-11-29; nothing new\n")


def test_import_as_data(trial: Path) -> None:
    changed = {"key": "head", "source": "Persons", "translation": "", "proposal": "x"}
    result = call("review", "import", sent(proposals=[changed]), trial, "--json")
    assert result.status == 1
    found = result.data
    assert [one["code"] for one in found.pop("findings")] == ["review-conflict"]
    assert found == {
        "path": "ana.brochure-review.json",
        "reviewer": "Ana Silva",
        "date": "2026-11-29T10:15:00Z",
        "edition": "fr",
        "comments": 2,
        "proposals": 1,
        "entered": [],
        "verdicts": [{"page": 1, "verdict": "rejected", "digest": None}],
        "catalogues": ["trial/content/fr.po"],
    }


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"brochure": "other"}, "a review of the brochure 'other', not of 'trial'"),
        ({"edition": {"language": "km"}}, "the edition 'km', which the brochure does not have"),
        ({"version": 9}, "version '9' of the review file is not known"),
        ({"pages": "all"}, "pages: expected a list"),
    ],
)
def test_an_invalid_file_is_refused(trial: Path, changed: dict[str, Any], words: str) -> None:
    result = call("review", "import", sent(**changed), trial)
    assert result.status == 2
    assert words in result.err
    assert not (trial / "comments").exists()


def test_status_lists_open_comments_by_message_and_page(trial: Path) -> None:
    call("review", "import", sent(), trial)
    result = call("review", "status", trial)
    assert result.status == 1
    lines = [line for line in result.out.splitlines() if "[" not in line]
    assert lines == [
        "head  (comments/head.yaml)",
        "      proposal (fuzzy in the catalogue): Le public",
        "      before: Les gens",
        "",
        "words  (comments/words.yaml)",
        "      “personnes”: All",
        "      of them?",
        "",
        "page-1  (comments/page-1.yaml)",
        "      Pale.",
        "",
        "fr, page 1: rejected (Ana Silva, 2026-11-29)",
        "",
        "2 open comments, 1 open proposal",
    ]
    assert "] Ana Silva, 2026-11-29, fr, page 1" in result.out


def test_status_shows_the_state_of_a_proposal(trial: Path) -> None:
    call("review", "import", sent(), trial)
    path = trial / "content/fr.po"
    entered = path.read_text(encoding="utf-8")

    def state() -> tuple[str, object]:
        shown = next(
            line for line in call("review", "status", trial).out.splitlines() if "Le public" in line
        )
        data = call("review", "status", trial, "--json").data["threads"][0]["comments"][0]
        return shown.strip().removesuffix(": Le public"), data["proposal_state"]

    assert state() == ("proposal (fuzzy in the catalogue)", "fuzzy")
    path.write_text(entered.replace("#, fuzzy, ", "#, "), encoding="utf-8")
    assert state() == ("proposal (accepted)", "accepted")
    path.write_text(entered.replace('"Le public"', '"Les gens"'), encoding="utf-8")
    assert state() == ("proposal (not in the catalogue)", "not entered")
    path.write_text("msgid 'x", encoding="utf-8")
    assert state() == ("proposal", None)
    path.unlink()
    (trial / "brochure.yaml").write_text("pages: [", encoding="utf-8")
    assert state() == ("proposal", None)


def test_resolved_comments_are_listed_on_request(trial: Path) -> None:
    call("review", "import", sent(), trial)
    for name in ("head", "words", "page-1"):
        assert call("review", "resolve", name, trial).out == f"{name}  resolved\n"
    assert call("review", "resolve", "head", trial).out == "head  resolved already\n"
    result = call("review", "status", trial)
    assert result.status == 0
    assert result.out.endswith("0 open comments, 0 open proposals\n")
    shown = call("review", "status", trial, "--all")
    assert (shown.status, shown.out.count("  resolved\n")) == (0, 3)
    (thread,) = call("review", "status", trial, "--all", "--json").data["threads"][-1:]
    one = thread["comments"][0]
    assert (thread["thread"], thread["page"], one["at"], one["resolved"]) == (
        "page-1",
        1,
        [10.25, 20],
        True,
    )
    assert call(
        "review", "resolve", "page-1", trial, "--id", one["id"], "--reopen", "--json"
    ).data == {
        "thread": "page-1",
        "id": one["id"],
        "state": "open",
        "changed": True,
    }
    assert call("review", "status", trial).status == 1


def test_status_of_one_edition(trial: Path) -> None:
    call("review", "import", sent(), trial)
    result = call("review", "status", trial, "--edition", "en")
    assert (result.status, result.out) == (0, "0 open comments, 0 open proposals\n")
    assert call("review", "status", trial, "--edition", "fr").status == 1


def test_a_project_without_comments(trial: Path) -> None:
    result = call("review", "status", trial)
    assert (result.status, result.out) == (0, "0 open comments, 0 open proposals\n")
    result = call("review", "resolve", "head", trial)
    assert result.status == 64
    assert "no comments on this message or page" in result.err


def test_a_broken_comment_file_is_an_error_with_its_line(trial: Path) -> None:
    (trial / "comments").mkdir()
    (trial / "comments/head.yaml").write_text("- text: a\n  resolved: perhaps\n", encoding="utf-8")
    result = call("review", "status", trial)
    assert result.status == 2
    assert result.lines[0].startswith("trial/comments/head.yaml:2:13: 'resolved' is neither")
