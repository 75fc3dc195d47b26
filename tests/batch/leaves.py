"""A small project with many editions, and tasks that fail on purpose.

`leaves` writes a project with the given number of offices. Each edition is one page with a picture, built in a few milliseconds.
The tasks are defined here and not in a test, so that a spawned process can import them.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from brochure.api import open_job
from brochure.batch.build_log import LOG_FILE
from brochure.batch.shutdown import Shutdown
from brochure.batch.tasks import BatchJob, Done, EditionTask, Outcome, Task, edition_tasks
from brochure.build_values import Built, Job
from brochure.prepress.output_conditions import PRESS, OutputCondition
from brochure.project import DiskProject

LAYOUT = """\
brochure: leaf
size: A6
binding: none
source-language: en
paragraph-styles: {body: {font: Source Serif 4, size: 10 pt, leading: 13 pt}}
pages:
  - frames:
      words: {at: "columns 1-6, rows 1-1", content: [{text: words}, {text: contact.phone}]}
      face: {at: "columns 1-6, rows 2-8", content: {image: face.jpg, alt: face}}
preflight: off
"""
COPY = "words: One line\nface: A face\ncontact: {phone: '0'}\n"


def leaves(folder: Path, offices: int, pixels: int = 40, seed: int = 6) -> DiskProject:
    """Write a project with this number of offices, each with one edition. The picture is noise in RGB, so it is converted for the
    press into data that cannot be compressed much."""
    files = {"brochure.yaml": LAYOUT, "content/en.yaml": COPY}
    for at in range(offices):
        office = f"office: o{at:03}\nlanguages: [en]\ncontact: {{phone: '{at}'}}\n"
        files[f"offices/o{at:03}.yaml"] = office
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "assets").mkdir()
    noise = random.Random(seed).randbytes(pixels * pixels * 3)
    picture = Image.frombytes("RGB", (pixels, pixels), noise)
    picture.save(folder / "assets" / "face.jpg", quality=90)
    return DiskProject(folder)


def order_of(project: DiskProject, out: Path) -> tuple[BatchJob, Job, list[Task]]:
    """Return the batch job of all editions for the press, the job and its tasks."""
    job = open_job(project)
    return BatchJob(project, PRESS, out), job, list(edition_tasks(job))


def outcomes(done: Sequence[Done]) -> list[Outcome]:
    """Return the outcomes in the order of the tasks, each of which must occur once."""
    assert sorted(at for at, _ in done) == list(range(len(done)))
    return [outcome for _, outcome in sorted(done, key=lambda one: one[0])]


def digests(folder: Path) -> dict[str, str]:
    """Return the digests of the files in a folder except the build log, by name; empty if the folder does not exist."""
    files = sorted(folder.iterdir()) if folder.is_dir() else ()
    found = [path for path in files if path.name != LOG_FILE]
    return {path.name: hashlib.blake2b(path.read_bytes()).hexdigest() for path in found}


def finished(folder: Path) -> int:
    """Count the PDFs in a folder that a build is writing to. Only names are read, because a listed file may be gone."""
    return len([*folder.glob("*.pdf")])


def words(project: DiskProject, out: Path, *more: str) -> tuple[str | Path, ...]:
    """The arguments that build all editions."""
    return "build", project.root, "--all", "-o", out, *more


def silent() -> Shutdown:
    """A shutdown handler for no signals."""
    return Shutdown(())


@dataclass(frozen=True, slots=True)
class Deadly:
    """A task whose process is killed by a signal while it builds, as often as `times`; the count is in a file."""

    inner: EditionTask
    count: Path
    times: int
    number: signal.Signals = signal.SIGKILL

    def __str__(self) -> str:
        return str(self.inner)

    @property
    def cache_group(self) -> str:
        """Return the group of the edition."""
        return self.inner.cache_group

    @property
    def identity(self) -> Hashable:
        """Return the identity of the edition."""
        return self.inner.identity

    @property
    def shared_edition(self) -> None:
        """Return None."""

    def build(self, job: Job, condition: OutputCondition, *, draft: bool) -> Built:
        """Build the edition after enough processes have been killed."""
        died = self.count.stat().st_size if self.count.exists() else 0
        if died < self.times:
            with self.count.open("ab") as file:
                file.write(b"x")
            os.kill(os.getpid(), self.number)
        return self.inner.build(job, condition, draft=draft)


@dataclass(frozen=True, slots=True)
class Faulty:
    """A task that raises an internal error."""

    def __str__(self) -> str:
        return "faulty"

    @property
    def cache_group(self) -> str:
        """Return a group of its own."""
        return "faulty"

    @property
    def identity(self) -> str:
        """Return its name."""
        return "faulty"

    @property
    def shared_edition(self) -> None:
        """Return None."""

    def build(self, job: Job, condition: OutputCondition, *, draft: bool) -> Built:
        """Raise the error."""
        raise ZeroDivisionError(condition.name)
