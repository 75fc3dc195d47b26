"""The date of a press PDF: `--date`, SOURCE_DATE_EPOCH, the layout's `date`, the default; read back with pypdf and poppler."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.batch.leaves import leaves
from tests.cli.calling import LAYOUT as TRIAL
from tests.cli.calling import ROOT, call, project
from tests.mailmerge.thanks import people, table, thanks
from tests.programs import run

EPOCH = "1764000000"
"""24 November 2025, 16:00 UTC."""
X1A = "press: {condition: coated-fogra39, standard: x-1a}\n"


@pytest.fixture(autouse=True)
def no_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start each test without a date in the environment."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


@pytest.fixture
def trial(tmp_path: Path) -> Path:
    """A project of one page, without a date."""
    return project(tmp_path / "trial")


def date_of(pdf: Path) -> str:
    """Return the file's date as ISO 8601; the five places that state it must agree."""
    reader: Any = PdfReader(pdf)
    packet = reader.root_object["/Metadata"].get_data().decode()
    dates = {
        re.sub(r"D:(....)(..)(..)(..)(..)(..)\+00'00'", r"\1-\2-\3T\4:\5:\6Z", reader.metadata[key])
        for key in ("/CreationDate", "/ModDate")
    }
    for key in ("CreateDate", "ModifyDate", "MetadataDate"):
        dates.update(re.findall(f"<xmp:{key}>(.*?)</xmp:{key}>", packet))
    (date,) = dates
    lines = run("pdfinfo", "-isodates", pdf).splitlines()
    assert [
        line.split()[1] for line in lines if line.startswith(("CreationDate:", "ModDate:"))
    ] == [date] * 2
    return date


def built(folder: Path, *words: str | Path) -> Path:
    """Build the project and return its press PDF."""
    out = folder.parent / "out"
    result = call("build", folder, "-o", out, *words)
    assert (result.status, result.err) == (0, "")
    return out / "trial_en_press.pdf"


@pytest.mark.parametrize("standard", ["", X1A], ids=["x-4", "x-1a"])
@pytest.mark.parametrize(
    ("option", "epoch", "layout", "date"),
    [
        ("2028-02-29", EPOCH, "2026-11-24", "2028-02-29T00:00:00Z"),
        ("", EPOCH, "2026-11-24", "2025-11-24T16:00:00Z"),
        ("", "", "2026-11-24", "2026-11-24T00:00:00Z"),
        ("", "", "", "2000-01-01T00:00:00Z"),
        # SOURCE_DATE_EPOCH is not read where the command states a date.
        ("2026-11-24", "soon", "", "2026-11-24T00:00:00Z"),
    ],
    ids=["option", "environment", "layout", "default", "option-alone"],
)
def test_the_first_date_that_is_stated_is_used(
    standard: str,
    option: str,
    epoch: str,
    layout: str,
    date: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = standard + (f"date: {layout}\n" if layout else "") + TRIAL
    folder = project(tmp_path / "trial", text)
    if epoch:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert date_of(built(folder, *(["--date", option] if option else []))) == date


def seconds_now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def test_now_is_the_time_of_the_run_in_utc_in_any_time_zone(trial: Path) -> None:
    command = [sys.executable, "-c", "from brochure.cli import main; main()"]
    words = ["build", str(trial), "-o", str(trial.parent), "--date", "now"]
    setting = {**os.environ, "PYTHONPATH": str(ROOT), "TZ": "Pacific/Kiritimati"}  # UTC+14
    before = seconds_now()
    subprocess.run([*command, *words], env=setting, check=True, capture_output=True, timeout=60)
    date = date_of(trial.parent / "trial_en_press.pdf")
    assert before <= datetime.fromisoformat(date) <= seconds_now()


def test_the_same_day_gives_the_same_bytes_and_another_day_others(trial: Path) -> None:
    first = built(trial, "--date", "2026-11-24").read_bytes()
    assert built(trial, "--date", "2026-11-24").read_bytes() == first
    assert built(trial, "--date", "2026-11-25").read_bytes() != first
    layout = trial / "brochure.yaml"
    layout.write_text(f"date: 2026-11-24\n{layout.read_text()}")
    assert built(trial).read_bytes() == first


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_all_editions_of_a_command_have_one_date(jobs: str, tmp_path: Path) -> None:
    folder, out, before = leaves(tmp_path / "leaves", 5).root, tmp_path / "out", seconds_now()
    result = call("build", folder, "--all", "--jobs", jobs, "--date", "now", "-o", out)
    assert result.status == 0
    dates = [date_of(pdf) for pdf in sorted(out.glob("*.pdf"))]
    assert len(dates) == 5
    assert len(set(dates)) == 1
    assert before <= datetime.fromisoformat(dates[0]) <= seconds_now()


@pytest.mark.parametrize("how", [["--jobs", "2"], ["--one-file"]], ids=["files", "one-file"])
def test_records_have_the_date_that_is_stated(how: list[str], tmp_path: Path) -> None:
    card, out = thanks(tmp_path / "card"), tmp_path / "out"
    rows = table(tmp_path / "people.csv", people(4))
    result = call("build", card, "--records", rows, "--date", "2026-11-24", "-o", out, *how)
    assert result.status == 0
    dates = [date_of(pdf) for pdf in out.glob("*.pdf")]
    assert dates == ["2026-11-24T00:00:00Z"] * (1 if "--one-file" in how else 4)


def test_imposed_sheets_of_a_project_have_it_too(trial: Path) -> None:
    out = trial.parent / "sheets.pdf"
    words: list[str | Path] = ["impose", trial, "--scheme", "n-up", "-o", out]
    call(*words)
    assert date_of(out) == "2000-01-01T00:00:00Z"
    call(*words, "--date", "2026-11-24")
    assert date_of(out) == "2026-11-24T00:00:00Z"
    # The sheets of a PDF have its dates.
    copy = trial.parent / "copy.pdf"
    call("impose", out, "--scheme", "n-up", "-o", copy)
    assert date_of(copy) == "2026-11-24T00:00:00Z"


@pytest.mark.parametrize("target", ["screen", "booklet"])
def test_files_that_are_not_for_press_have_no_date(
    target: str, trial: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    out = trial.parent / "out"
    call("build", trial, "--target", target, "-o", out)
    info = run("pdfinfo", out / f"trial_en_{target}.pdf")
    assert "Pages:" in info
    assert "Date:" not in info
    assert b"xmp:CreateDate" not in (out / f"trial_en_{target}.pdf").read_bytes()


def test_the_page_information_has_the_same_day(tmp_path: Path) -> None:
    folder = project(tmp_path / "trial", f"date: 2026-11-24\nmarks: [page-information]\n{TRIAL}")
    assert "trial en 2026-11-24 page 1" in words_of(built(folder))
    assert "trial en 2027-01-02 page 1" in words_of(built(folder, "--date", "2027-01-02"))


def words_of(pdf: Path) -> str:
    return " ".join(run("pdftotext", pdf, "-").split())


# Preflight


def codes(*words: str | Path) -> list[tuple[str, str]]:
    """Return code and severity of what `check` finds."""
    result = call("check", *words, "--json")
    assert result.status == 0
    return [(one["code"], one["severity"]) for one in result.data["findings"]]


NOTE = ("default-date", "note")


def test_check_notes_a_project_whose_press_pdf_would_have_the_default_date(
    trial: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert codes(trial) == [NOTE]
    assert codes(trial, "--profile", "screen") == []
    with monkeypatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        assert codes(trial) == []
    layout = trial / "brochure.yaml"
    layout.write_text(f"date: 2026-11-24\n{layout.read_text()}")
    assert codes(trial) == []


@pytest.mark.parametrize("standard", ["", X1A], ids=["x-4", "x-1a"])
def test_check_notes_a_finished_press_pdf_with_the_default_date(
    standard: str, tmp_path: Path
) -> None:
    folder = project(tmp_path / "trial", standard + TRIAL)
    assert codes(built(folder)) == [NOTE]
    assert codes(built(folder, "--date", "now")) == []
