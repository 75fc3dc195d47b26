"""The output of successful commands: a line for each file, or one JSON document, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from brochure.blocks import KINDS
from brochure.cli._output import summarize_findings
from brochure.errors import ExitCode
from brochure.findings import Finding, Severity, Span
from brochure.spec.schema import schema
from tests.cli.calling import call, project


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project in the current folder."""
    monkeypatch.chdir(project(tmp_path / "trial"))
    return tmp_path / "trial"


def test_build_prints_name_pages_size_and_seconds(here: Path) -> None:
    result = call("build")
    name, pages, size, took = result.out.removesuffix("\n").split("  ")
    assert (name, pages, result.err) == ("out/trial_en_press.pdf", "1 page", "")
    data = (here / "out" / "trial_en_press.pdf").read_bytes()
    assert size == f"{len(data) / 1e3:.0f} kB"
    assert took.endswith(" s")
    assert 0 < float(took[:-2]) < 60


def test_build_in_json(here: Path) -> None:
    data = call("build", "--json", "--target", "screen").data
    path = here / "out" / "trial_en_screen.pdf"
    facts = {"path": "out/trial_en_screen.pdf", "pages": 1, "bytes": path.stat().st_size}
    assert data == {"built": facts, "findings": []}


def test_check_in_json(here: Path) -> None:
    (note,) = call("check", "--json").data["findings"]
    assert (note["code"], note["severity"]) == ("default-date", "note")
    assert (note["file"], note["line"]) == ("brochure.yaml", 1)
    (here / "brochure.yaml").write_text(f"date: 2026-11-24\n{(here / 'brochure.yaml').read_text()}")
    clean = {"path": ".", "status": 0, "failure": None, "findings": []}
    assert call("check", "--json").data == {"findings": [], "files": [clean]}
    (here / "brochure.yaml").write_text("- a\n")
    result = call("check", "--json")
    assert result.status == 2
    assert result.data["findings"] == [
        {
            "code": "layout-form",
            "severity": "error",
            "message": "the file contains a list",
            "hint": "a layout consists of keys with values, the first of them 'brochure: its-name'",
            "file": "brochure.yaml",
            "line": 1,
            "column": 1,
            "page": None,
            "at": None,
            "count": 1,
            "places": [],
            "box": None,
            "boxes": [],
        }
    ]


def test_fonts_lists_weights_and_slants(here: Path) -> None:
    lines = call("fonts").out.splitlines()
    assert "Source Serif 4" in [line.split("  ")[0].strip() for line in lines]
    (serif,) = [line.split() for line in lines if line.startswith("Source Serif 4 ")]
    # Source Serif 4 has weights from 200 to 900, in an upright and an italic file.
    assert serif == ["Source", "Serif", "4", "200-900", "upright", "and", "italic"]
    families = call("fonts", "--json").data["families"]
    assert {"family": "Source Serif 4", "weights": "200-900", "italic": True} in families
    assert [one["family"] for one in families] == sorted(one["family"] for one in families)


def test_schema_prints_or_writes_the_same(here: Path) -> None:
    document = schema(KINDS)
    assert call("schema").data == document
    assert call("schema", "--json").data == document
    result = call("schema", "-o", "a/b.json")
    assert result.out == "a/b.json\n"
    assert json.loads(Path("a/b.json").read_bytes()) == document
    assert call("schema", "-o", "c.json", "--json").data == {"path": "c.json"}


def finding(severity: Severity) -> Finding:
    return Finding("x", "y", Span("f"), severity=severity)


@pytest.mark.parametrize(
    ("errors", "warnings", "words"),
    [(1, 0, "1 error"), (2, 0, "2 errors"), (2, 1, "2 errors, 1 warning"), (0, 3, "3 warnings")],
)
def test_the_count_of_findings(errors: int, warnings: int, words: str) -> None:
    assert (
        summarize_findings(
            [finding(Severity.ERROR)] * errors + [finding(Severity.WARNING)] * warnings
        )
        == words
    )


def test_a_closed_pipe_is_not_an_error(here: Path) -> None:
    """`brochure schema | head -1` closes the pipe early, which is not an error."""
    code = "from brochure import cli; cli.main()"
    with subprocess.Popen(
        [sys.executable, "-c", code, "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline() == b"{\n"
        process.stdout.close()
        assert process.stderr.read() == b""


def test_the_program_is_a_script(here: Path) -> None:
    """The console script itself: the shell gets its exit status."""
    code = "import sys; from brochure.cli import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", code, "build", "nowhere"],
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == ExitCode.USAGE
    assert done.stdout == b""
