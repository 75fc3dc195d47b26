"""Memory: ten thousand records need hardly more than a few dozen, because written records are not kept."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.mailmerge.thanks import COPY, people, table, thanks

GOAL = 400_000_000
"""Limit of the memory for 10,000 records, in bytes."""

MEASURE = """\
import sys
from pathlib import Path
from brochure.cli import main
try:
    main()
finally:
    lines = Path("/proc/self/status").read_text().splitlines()
    print(next(line.split()[1] for line in lines if line.startswith("VmHWM")), file=sys.stderr)
"""
"""`getrusage` in the process itself would start with the peak of its parent process."""


def most(folder: Path, card: Path, count: int) -> int:
    """Return the peak memory of a new process that writes one file of this number of records, in bytes."""
    rows = table(folder / f"{count}.csv", people(count))
    words = ["build", card, "--records", rows, "--one-file", "-o", folder / str(count)]
    command = [sys.executable, "-c", MEASURE, *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return int(done.stderr.split()[-1]) * 1024


def test_more_records_take_no_more_memory(tmp_path: Path) -> None:
    """Ten times as many records: 4 MB more were measured, for object offsets and cached text."""
    # A code with fewer modules is encoded and drawn in half the time.
    card = thanks(tmp_path / "card", copy=COPY.replace("give?to={record_name}&code=", ""))
    few, many = most(tmp_path, card, 20), most(tmp_path, card, 200)
    assert many < GOAL
    assert many - few < 12_000_000


@pytest.mark.soak
def test_ten_thousand_records(tmp_path: Path) -> None:
    assert most(tmp_path, thanks(tmp_path / "card"), 10_000) < GOAL
    path = tmp_path / "10000" / "thanks_records_press.pdf"
    # A front of about four kilobytes each (text, code and its page), and the shared objects once.
    assert path.stat().st_size < 10_000 * 6_000
    reader = PdfReader(path)
    assert len(reader.pages) == 30_000
    assert "Person 9999 Núñez" in reader.pages[3 * 9998].extract_text()
