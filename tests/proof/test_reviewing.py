"""Comments and approvals from the browser become plain files of the project."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from brochure.compare.edition_status import assess_edition
from brochure.errors import InputError, UsageError
from brochure.project import DiskProject
from brochure.proof.reviewing import (
    add_comment,
    approvals_data,
    approve,
    comments_data,
    resolve_comment,
)
from brochure.proof.session import ProofSession
from tests.proof.projects import CATALOGUE, write_leaflet


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_leaflet(tmp_path)


@pytest.fixture
def session(root: Path) -> ProofSession:
    return ProofSession(DiskProject(root))


def comment(**values: Any) -> dict[str, Any]:
    body = {"edition": "fr", "page": 1, "text": "Trop long.", "author": "Ana Silva"}
    return {**body, **values}


def threads(session: ProofSession, edition: str = "fr") -> list[dict[str, Any]]:
    found, faults = comments_data(session, session.edition(edition))
    assert not faults
    return found


def test_a_comment_on_a_message_is_seen_in_every_edition(session: ProofSession, root: Path) -> None:
    add_comment(session, comment(key="cover.title", words="vallée"))
    assert (root / "comments/cover.title.yaml").is_file()
    for edition in ("fr", "en"):
        (thread,) = threads(session, edition)
        assert thread["key"] == "cover.title"
        (one,) = thread["comments"]
        assert (one["text"], one["author"], one["words"]) == ("Trop long.", "Ana Silva", "vallée")


def test_a_comment_on_a_place_belongs_to_its_edition(session: ProofSession) -> None:
    add_comment(session, comment(at=[20.126, 30]))
    (thread,) = threads(session)
    assert thread["key"] == "page-1"
    assert thread["comments"][0]["at"] == [20.13, 30.0]
    assert threads(session, "en") == []


def test_a_comment_is_resolved_and_opened_again(session: ProofSession) -> None:
    add_comment(session, comment(key="cover.title"))
    (one,) = threads(session)[0]["comments"]
    body = {"key": "cover.title", "id": one["id"], "resolved": True}
    assert resolve_comment(session, body)
    assert threads(session)[0]["comments"][0]["resolved"] is True
    assert resolve_comment(session, {**body, "resolved": False})
    assert threads(session)[0]["comments"][0]["resolved"] is False


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"text": "  "}, "1 to 20,000"),
        ({"text": "x" * 20_001}, "1 to 20,000"),
        ({"page": 3}, "no page 3"),
        ({"key": "nothing"}, "no message 'nothing'"),
        ({"key": "../../etc/passwd"}, "no message"),
        ({"edition": "de"}, "no edition 'de'"),
        ({"author": "\x00"}, "name"),
        ({"at": [1, "2"]}, "two numbers"),
        ({"at": {"x": 1}}, "two numbers"),
    ],
)
def test_a_wrong_comment_is_refused(
    session: ProofSession, root: Path, values: dict[str, Any], reason: str
) -> None:
    with pytest.raises(UsageError, match=reason):
        add_comment(session, comment(**values))
    assert not (root / "comments").exists()


def test_a_broken_file_of_comments_is_reported_and_kept(session: ProofSession, root: Path) -> None:
    add_comment(session, comment(key="cover.title"))
    (root / "comments/cover.title.yaml").write_text("- [", "utf-8")
    found, faults = comments_data(session, session.edition("fr"))
    assert found == []
    assert faults[0].span
    with pytest.raises(InputError):
        add_comment(session, comment(key="cover.title"))
    assert (root / "comments/cover.title.yaml").read_text("utf-8") == "- ["


# Approvals

APPROVAL = {"edition": "fr", "pages": [1, 2], "name": "Ana Silva"}


@pytest.fixture
def translated(root: Path) -> ProofSession:
    """The project with a French edition that can be approved."""
    text = CATALOGUE.replace("#, fuzzy\n", "").replace('msgstr ""\n', 'msgstr "Après"\n')
    (root / "content/fr.po").write_text(text.replace("Après", "", 1), "utf-8")
    return ProofSession(DiskProject(root))


def states(session: ProofSession) -> dict[int, tuple[str, list[str]]]:
    pages = approvals_data(session)["editions"]["fr"]["pages"]
    return {page["number"]: (page["state"], page["reasons"]) for page in pages}


def test_a_changed_message_requires_a_new_approval_of_its_page(
    translated: ProofSession, root: Path
) -> None:
    approve(translated, APPROVAL)
    assert {state for state, _ in states(translated).values()} == {"approved"}
    text = (root / "content/fr.po").read_text("utf-8")
    (root / "content/fr.po").write_text(text.replace("Avant", "Auparavant"), "utf-8")
    translated.reload()
    assert states(translated)[1][0] == "approved"
    state, reasons = states(translated)[2]
    assert state == "changed"
    assert any("inside.before" in reason for reason in reasons)


def test_drafts_cannot_be_approved(translated: ProofSession, root: Path) -> None:
    translated.set_draft("fr", "cover.title", "Encore")
    with pytest.raises(UsageError, match="not saved"):
        approve(translated, APPROVAL)
    assert not (root / "approvals").exists()


def test_pages_with_errors_cannot_be_approved(translated: ProofSession, root: Path) -> None:
    translated.edition("fr")
    (root / "brochure.yaml").write_text("pages: [", "utf-8")
    translated.reload()
    with pytest.raises(InputError):
        approve(translated, APPROVAL)
    assert not (root / "approvals").exists()


def test_an_edition_that_is_not_complete_cannot_be_approved(
    session: ProofSession, root: Path
) -> None:
    with pytest.raises(InputError, match="not translated"):
        approve(session, APPROVAL)
    assert not (root / "approvals").exists()


def test_typing_does_not_wait_for_the_status_of_all_editions(
    session: ProofSession, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = CATALOGUE.replace("#, fuzzy\n", "").replace(
        'msgid "After"\nmsgstr ""', 'msgid "After"\nmsgstr "Nachher"'
    )
    (root / "content/de.po").write_text(done.replace("Language: fr", "Language: de"), "utf-8")
    session.reload()
    for edition in ("en", "de"):
        approve(session, {"edition": edition, "pages": [1], "name": "Ana Silva"})
    order: list[str] = []

    def type_text() -> None:
        session.set_draft("fr", "cover.title", "Encore")
        order.append("typed")

    typing = threading.Thread(target=type_text)

    def assess_slowly(*what: Any) -> Any:
        order.append("assessed")
        if len(order) == 1:
            typing.start()
            while not session._lock.waiting:
                pass
        return assess_edition(*what)

    monkeypatch.setattr("brochure.proof.reviewing.assess_edition", assess_slowly)
    assert set(approvals_data(session)["editions"]) == {"de", "en"}
    typing.join()
    assert order == ["assessed", "typed", "assessed"]
