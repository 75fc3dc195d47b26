"""Memory: ten thousand records take no more of it than a few dozen, since nothing is kept of one that is written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.mailmerge.thanks import people, table, thanks

GOAL = 400_000_000
"""The issue's: bytes for 10,000 records."""

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
"""What `getrusage` says would begin with the peak of the process that started this one."""


def most(folder: Path, card: Path, count: int) -> int:
    """The most memory that a process of its own takes for one file of so many records, in bytes."""
    rows = table(folder / f"{count}.csv", people(count))
    words = ["build", card, "--records", rows, "--one-file", "-o", folder / str(count)]
    command = [sys.executable, "-c", MEASURE, *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return int(done.stderr.split()[-1]) * 1024


def test_more_records_take_no_more_memory(tmp_path: Path) -> None:
    """Ten times as many: 4 MB more were measured, for what stands where, and for type that is kept for the next."""
    card = thanks(tmp_path / "card")
    few, many = most(tmp_path, card, 20), most(tmp_path, card, 200)
    assert many < GOAL
    assert many - few < 12_000_000


@pytest.mark.soak
def test_ten_thousand_records(tmp_path: Path) -> None:
    assert most(tmp_path, thanks(tmp_path / "card"), 10_000) < GOAL
    path = tmp_path / "10000" / "thanks_records_press.pdf"
    # A front of some four kilobytes each (words, code and its page), and what they share once.
    assert path.stat().st_size < 10_000 * 6_000
    reader = PdfReader(path)
    assert len(reader.pages) == 30_000
    assert "Person 9999 Núñez" in reader.pages[3 * 9998].extract_text()
