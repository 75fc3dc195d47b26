"""`brochure watch` builds at once, again after each change, reports errors and continues, and ends on Ctrl-C."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
import watchfiles
from pypdf import PdfReader

from brochure.api import build, build_edition
from brochure.batch.watch import Attempt, WatchTarget, attempts
from brochure.build_values import Built
from brochure.errors import ExitCode
from brochure.prepress.output_conditions import CONDITIONS
from brochure.project import DiskProject, state_of, wait_for_change, watch_files
from tests.cli.calling import call

LAYOUT = """\
brochure: note
size: 200 x 200 pt
bleed: 0 mm
binding: none
source-language: en
paragraph-styles:
  body: {font: Source Serif 4, size: 12 pt, leading: 14 pt, align: start, grid: no}
pages:
  - frames: {words: {at: margins, content: {text: words}}}
"""


def project_in(root: Path) -> DiskProject:
    (root / "content").mkdir(parents=True)
    (root / "brochure.yaml").write_text(LAYOUT)
    (root / "content/en.yaml").write_text("words: First words.\n")
    return DiskProject(root)


@contextmanager
def watching(root: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    """The running command; it is killed after a timeout."""
    program = Path(sys.executable).with_name("brochure")
    command: list[str | Path] = [program, "watch", root, "-o", root / "out", *words]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as run:
        alarm = Timer(60, run.kill)
        alarm.start()
        try:
            yield run
        finally:
            alarm.cancel()
            run.kill()


def line(run: subprocess.Popen[str]) -> str:
    assert run.stdout
    return run.stdout.readline()


def test_each_change_is_built_until_ctrl_c(tmp_path: Path) -> None:
    project = project_in(tmp_path / "note")
    pdf = project.root / "out/note_en_press.pdf"
    with watching(project.root) as run:
        assert line(run).startswith(f"{pdf}  1 page")
        first = pdf.read_bytes()
        (project.root / "content/en.yaml").write_text("words: Other words.\n")
        assert line(run).startswith(f"{pdf}  1 page")
        second = pdf.read_bytes()
        (project.root / "content/en.yaml").write_text("word: Lost words.\n")
        assert "message 'words' is not in" in line(run)
        assert line(run) == "not built: 1 error; waiting for a change\n"
        assert pdf.read_bytes() == second
        (project.root / "content/en.yaml").write_text("words: First words.\n")
        assert line(run).startswith(f"{pdf}  1 page")
        os.kill(run.pid, signal.SIGINT)
        assert run.wait() == 0
    assert first != second
    assert pdf.read_bytes() == first == build(project, CONDITIONS["press"]).pdf


def test_all_builds_of_a_watch_have_one_date(tmp_path: Path) -> None:
    project = project_in(tmp_path / "note")
    pdf = project.root / "out" / "note_en_press.pdf"
    with watching(project.root, "--date", "now") as run:
        line(run)
        first = PdfReader(pdf)
        time.sleep(1.1)  # dates have no fractions of a second
        (project.root / "content/en.yaml").write_text("words: Other words.\n")
        line(run)
        second = PdfReader(pdf)
    assert "Other" in second.pages[0].extract_text()
    assert first.metadata
    assert first.metadata.creation_date
    assert abs(first.metadata.creation_date - datetime.now(UTC)) < timedelta(minutes=1)
    assert second.metadata
    assert second.metadata.creation_date == first.metadata.creation_date


def target(project: DiskProject) -> WatchTarget:
    return WatchTarget(project, CONDITIONS["press"], None, None, project.root / "out")


def words(attempt: Attempt) -> str:
    assert attempt.built
    return PdfReader(BytesIO(attempt.built.pdf)).pages[0].extract_text()


def test_a_change_during_a_build_is_built_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Written when the build has read the file, by a program that causes no further event."""
    project = project_in(tmp_path / "note")
    original = build_edition
    texts = [f"words: Words {number}.\n" for number in range(3)]

    def build_and_save(*args: Any, **options: Any) -> Built:
        built = original(*args, **options)
        if texts:
            (project.root / "content/en.yaml").write_text(texts.pop())
        return built

    monkeypatch.setattr("brochure.batch.watch.build_edition", build_and_save)
    made = attempts(target(project))
    assert [words(next(made)) for _ in range(4)] == [
        "First words.",
        "Words 2.",
        "Words 1.",
        "Words 0.",
    ]


def test_an_event_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The regular check of all files is much later."""
    monkeypatch.setattr("brochure.project.POLL_SECONDS", 40)
    project = project_in(tmp_path / "note")
    made = attempts(target(project))
    next(made)
    save = Timer(0.3, (project.root / "content/en.yaml").write_text, ["words: Later.\n"])
    save.start()
    start = time.monotonic()
    assert words(next(made)) == "Later."
    assert time.monotonic() - start < 20


def test_changes_without_events_are_built_too(tmp_path: Path) -> None:
    """A link's target is in a folder that is not watched, and a folder for assets comes later."""
    project = project_in(tmp_path / "note")
    copy = tmp_path / "elsewhere/en.yaml"
    copy.parent.mkdir()
    (project.root / "content/en.yaml").rename(copy)
    (project.root / "content/en.yaml").symlink_to(copy)
    watcher = watch_files(project)
    for change in (
        lambda: copy.write_text("words: Linked.\n"),
        (tmp_path / "assets").mkdir,
        lambda: (tmp_path / "assets/lamp.svg").write_text("<svg/>"),
    ):
        before = state_of(project, project.root / "out")
        change()
        if state_of(project, project.root / "out") != before:  # a folder is not a file
            wait_for_change(watcher, project, project.root / "out", before)
    watcher.close()


def test_without_watches_files_are_polled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Linux limits the number of watches of a user."""
    original = watchfiles.watch

    def watch(*paths: Path, force_polling: bool | None, **options: Any) -> Iterator[Any]:
        if not force_polling:
            raise OSError(28, "OS file watch limit reached")
        return original(*paths, force_polling=True, **options)

    monkeypatch.setattr(watchfiles, "watch", watch)
    project = project_in(tmp_path / "note")
    made = attempts(target(project))
    next(made)
    save = Timer(0.3, (project.root / "content/en.yaml").write_text, ["words: Polled.\n"])
    save.start()
    assert words(next(made)) == "Polled."


def test_a_wrong_argument_ends_it_at_once(tmp_path: Path) -> None:
    project = project_in(tmp_path / "note")
    with watching(project.root, "--target", "paper") as run:
        assert "is not one of 'press'" in line(run)
        assert run.wait() == ExitCode.USAGE


def test_output_files_are_not_changes(tmp_path: Path) -> None:
    project = project_in(tmp_path / "note")
    for out in (project.root, project.root / "out"):
        before = state_of(project, out)
        out.mkdir(exist_ok=True)
        (out / "note_en_press.pdf").write_bytes(b"%PDF")
        (out / ".note.part").write_bytes(b"%P")
        assert state_of(project, out) == before
    (project.root / "content/fr.po").write_text("")
    assert state_of(project, project.root / "out") != before


def test_each_build_is_a_line_of_json(tmp_path: Path) -> None:
    project = project_in(tmp_path / "note")
    with watching(project.root, "--json") as run:
        first = json.loads(line(run))
        assert first["built"]["pages"] == 1
        assert first["findings"] == []
        (project.root / "content/en.yaml").write_text("word: Lost words.\n")
        second = json.loads(line(run))
        assert second["built"] is None
        assert [finding["code"] for finding in second["findings"]] == ["message-missing"]


OFFICE = "office: kenya\nlanguages: [en]\n"


def test_a_file_that_is_missing_temporarily_does_not_end_it(tmp_path: Path) -> None:
    project = project_in(tmp_path / "note")
    (project.root / "offices").mkdir()
    (project.root / "offices/kenya.yaml").write_text(OFFICE)
    with watching(project.root, "--office", "kenya", "--json") as run:
        assert json.loads(line(run))["built"]["pages"] == 1
        for name in ("offices/kenya.yaml", "brochure.yaml", "content/en.yaml"):
            data = (project.root / name).read_bytes()
            (project.root / name).unlink()
            missing = json.loads(line(run))
            assert missing["built"] is None, name
            assert len(missing["findings"]) == 1, name
            (project.root / name).write_bytes(data)
            assert json.loads(line(run))["built"]["pages"] == 1, name
        os.kill(run.pid, signal.SIGINT)
        assert run.wait() == 0


def test_an_unknown_office_ends_it_at_once(tmp_path: Path) -> None:
    project = project_in(tmp_path / "note")
    with watching(project.root, "--office", "kenya") as run:
        assert "--office kenya: unknown office" in line(run)
        assert run.wait() == ExitCode.USAGE


def test_a_pdf_that_cannot_be_written_temporarily_does_not_end_it(tmp_path: Path) -> None:
    project = project_in(tmp_path / "note")
    pdf = project.root / "out/note_en_press.pdf"
    with watching(project.root, "--json") as run:
        assert json.loads(line(run))["built"]["pages"] == 1
        pdf.unlink()
        pdf.mkdir()  # a folder at its path cannot be replaced
        (project.root / "content/en.yaml").write_text("words: Other words.\n")
        held = json.loads(line(run))
        assert held["built"] is None
        assert [finding["code"] for finding in held["findings"]] == ["output-unwritable"]
        pdf.rmdir()
        (project.root / "content/en.yaml").write_text("words: More words.\n")
        assert json.loads(line(run))["built"]["pages"] == 1
    assert pdf.read_bytes().startswith(b"%PDF")


def test_it_ends_if_the_first_pdf_cannot_be_written(tmp_path: Path) -> None:
    project = project_in(tmp_path / "note")
    (project.root / "out").write_text("a file")
    with watching(project.root) as run:
        assert "cannot be written" in line(run)
        assert run.wait() == ExitCode.CANNOT_WRITE


def test_a_file_removed_between_listing_and_reading_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = project_in(tmp_path / "note")
    (project.root / "offices").mkdir()
    (project.root / "offices/kenya.yaml").write_text(OFFICE)
    monkeypatch.chdir(project.root)
    reading = DiskProject.read

    def read(self: DiskProject, name: str) -> bytes:
        if name == "offices/kenya.yaml":
            raise FileNotFoundError(name)
        return reading(self, name)

    watched = WatchTarget(DiskProject(Path()), CONDITIONS["press"], None, "kenya", tmp_path / "out")
    with monkeypatch.context() as patch:
        patch.setattr(DiskProject, "read", read)
        attempt = next(attempts(watched))
        result = call("build", ".", "--office", "kenya", "-o", tmp_path / "out")
    assert attempt.built is None
    assert [str(finding) for finding in attempt.findings] == [
        "offices/kenya.yaml:1:1: the file was removed during the build (build again)"
    ]
    assert (result.status, result.err) == (2, "brochure: offices/kenya.yaml: the file is missing\n")
