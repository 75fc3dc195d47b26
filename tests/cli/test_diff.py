"""`brochure diff` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.approval.brochures import Change, files
from tests.cli.calling import call, tree
from tests.compare.brochures import pdf


def write(folder: Path, change: Change) -> Path:
    for name, data in files(change).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


@pytest.fixture
def both(tmp_path: Path) -> tuple[Path, Path]:
    """The brochure in two folders; the second has another number."""
    changed = Change(layout=(("wells: 41", "wells: 42"),))
    return write(tmp_path / "before", Change()), write(tmp_path / "after", changed)


def test_exit_status_and_text(both: tuple[Path, Path]) -> None:
    before, after = both
    result = call("diff", before, before)
    assert (result.status, result.out.splitlines()[-1]) == (0, "identical")
    result = call("diff", before, after)
    assert result.status == 1
    assert result.out.splitlines()[:3] == [
        "before: wells, en, 4 pages",
        "after:  wells, en, 4 pages",
        "identical: 1-3; changed: 4",
    ]
    assert "  page 4: count: 41 wells → 42 wells" in result.out
    assert call("diff", before, after, "--edition", "fr").status == 1


def test_nothing_is_written_without_a_report(both: tuple[Path, Path]) -> None:
    before = tree(both[0].parent)
    call("diff", *both)
    assert tree(both[0].parent) == before


def test_json_and_report(both: tuple[Path, Path], tmp_path: Path) -> None:
    file = tmp_path / "out" / "changes.html"
    result = call("diff", *both, "--json", "--report", file)
    assert result.status == 1
    data = result.data
    assert data["identical"] is False
    assert data["pages"][3] == {"before": 4, "after": 4, "identical": False}
    (change,) = data["changes"]
    assert (change["kind"], change["key"], change["before"]) == ("words", "count", "41 wells")
    assert [one["side"] for one in change["places"]] == ["before", "after"]
    text = file.read_text(encoding="utf-8")
    assert text.count("data:image/webp") == 2
    assert str(tmp_path) not in text


def test_a_project_with_a_pdf(both: tuple[Path, Path], tmp_path: Path) -> None:
    proof = tmp_path / "proof.pdf"
    proof.write_bytes(pdf(press=False))
    assert call("diff", proof, both[0]).status == 0
    result = call("diff", proof, both[1])
    assert result.status == 1
    assert "41 wells → 42 wells" in result.out
    press = tmp_path / "press.pdf"
    press.write_bytes(pdf())
    assert call("diff", both[0], press).status == 0


def test_pages_that_must_be_looked_at_again_are_listed_for_all_editions(
    both: tuple[Path, Path],
) -> None:
    before, after = both
    for edition in ("en", "fr"):
        call("approve", before, "--edition", edition, "--name", "Ana")
    (before / "approvals").rename(after / "approvals")
    result = call("diff", before, after)
    assert "page 4 of en, fr: variable wells changed" in result.out
    data = call("diff", before, after, "--json").data
    assert [one["language"] for one in data["editions"]] == ["en", "fr"]


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (("NONE", "A"), 64, "folder not found"),
        (("A", "none.pdf"), 64, "none.pdf: cannot be read"),
        (("A@", "A"), 64, "a revision is missing after '@'"),
        (("text.pdf", "A"), 2, "text.pdf: is not a PDF"),
        (("text.pdf",), 64, "name what it is compared with"),
        (("A", "A", "--edition", "xx/fr"), 64, "--office xx: unknown office"),
        (("A",), 64, "the edition was never approved"),
        (("A/brochure.yaml", "A"), 64, "expected a project folder, not a file"),
    ],
)
def test_mistakes(
    both: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], status: int, message: str
) -> None:  # fmt: skip
    monkeypatch.chdir(both[0].parent)
    (both[0].parent / "text.pdf").write_text("hello")
    named = [word.replace("NONE", "none").replace("A", "before") for word in words]
    result = call("diff", *named)
    assert message in result.err
    assert result.status == status
