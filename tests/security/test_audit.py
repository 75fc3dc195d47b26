"""The output of the audit: a vulnerability is an error, and missing data is never reported as a clean result."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.security import audit

SOUND = {"name": "polib", "version": "1.2.0", "vulns": []}
HOLE = {"id": "PYSEC-2026-1", "fix_versions": ["13.0.1"], "aliases": [], "description": ""}
HOLED = {"name": "pillow", "version": "13.0.0", "vulns": [HOLE]}
SKIPPED = {
    "name": "lxml",
    "skip_reason": "Dependency not found and could not be audited: lxml (6.1.3)",
}


@pytest.mark.parametrize(
    ("packages", "lines"),
    [
        ([SOUND], ["1 packages audited, 0 known vulnerabilities"]),
        (
            [SOUND, HOLED],
            [
                "known vulnerability: pillow 13.0.0: PYSEC-2026-1 (fixed in 13.0.1)",
                "2 packages audited, 1 known vulnerabilities",
            ],
        ),
        (
            [SOUND, SKIPPED],
            [
                f"{audit.NOT_AUDITED} IN PART: nothing is known of lxml",
                "1 packages audited, 0 known vulnerabilities",
            ],
        ),
        (
            [SKIPPED],
            [
                f"{audit.NOT_AUDITED}: the advisories could not be reached from here; run it where they can"
            ],
        ),
    ],
)
def test_printed_lines(packages: list[object], lines: list[str]) -> None:
    assert audit.told(audit.audited({"dependencies": packages})) == lines


@pytest.mark.parametrize(
    ("program", "status", "said"),
    [
        (
            'echo \'{"dependencies": [{"name": "x", "version": "1", "vulns": [{"id": "A", "fix_versions": []}]}]}\'',
            1,
            "known vulnerability: x 1: A",
        ),
        (
            'echo \'{"dependencies": [{"name": "x", "version": "1", "vulns": []}]}\'',
            0,
            "1 packages audited, 0 known vulnerabilities",
        ),
        ("echo 'connection refused' >&2; exit 1", 0, audit.NOT_AUDITED),
    ],
    ids=["hole", "sound", "no network"],
)
def test_a_vulnerability_fails_and_a_missing_network_does_not(
    program: str, status: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    auditor = tmp_path / "auditor"
    auditor.write_text(f"#!/bin/sh\n{program}\n")
    auditor.chmod(0o755)
    assert audit.main(str(auditor)) == status
    assert said in capsys.readouterr().out


def test_a_missing_pip_audit_is_reported(capsys: pytest.CaptureFixture[str]) -> None:
    assert audit.main("no-such-auditor") == 0
    assert audit.NOT_AUDITED in capsys.readouterr().out
