"""A small project with many editions, and tasks that go wrong on purpose.

Takes a folder and how many offices there are to be; gives a project whose editions take a few milliseconds each, one a page
with a picture. Tasks stand here rather than in a test, so that a spawned process can import them.
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
    """A project with so many offices, each with one edition; its picture is noise in RGB, and so is converted for the press,
    into what no compression makes small."""
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
    """The order of all editions for the press, with their tasks."""
    job = open_job(project)
    return BatchJob(project, PRESS, out), job, list(edition_tasks(job))


def outcomes(done: Sequence[Done]) -> list[Outcome]:
    """In the order of the tasks, each of which must be there once."""
    assert sorted(at for at, _ in done) == list(range(len(done)))
    return [outcome for _, outcome in sorted(done, key=lambda one: one[0])]


def digests(folder: Path) -> dict[str, str]:
    """What is in a folder besides the build log, by name; nothing where there is no folder."""
    files = sorted(folder.iterdir()) if folder.is_dir() else ()
    found = [path for path in files if path.name != LOG_FILE]
    return {path.name: hashlib.blake2b(path.read_bytes()).hexdigest() for path in found}


def finished(folder: Path) -> int:
    """How many PDFs are in a folder that somebody is writing into: by their names, for what is listed may be gone."""
    return len([*folder.glob("*.pdf")])


def words(project: DiskProject, out: Path, *more: str) -> tuple[str | Path, ...]:
    """The words that build all editions."""
    return "build", project.root, "--all", "-o", out, *more


def silent() -> Shutdown:
    """A bell that nobody has hung up."""
    return Shutdown(())


@dataclass(frozen=True, slots=True)
class Deadly:
    """A task whose process a signal ends in the midst of it: so many times, counted in a file."""

    inner: EditionTask
    count: Path
    times: int
    number: signal.Signals = signal.SIGKILL

    def __str__(self) -> str:
        return str(self.inner)

    @property
    def cache_group(self) -> str:
        """That of the edition."""
        return self.inner.cache_group

    @property
    def identity(self) -> Hashable:
        """That of the edition."""
        return self.inner.identity

    @property
    def shared_edition(self) -> None:
        """None."""

    def build(self, job: Job, condition: OutputCondition, *, draft: bool) -> Built:
        """The edition, where enough processes have died for it."""
        died = self.count.stat().st_size if self.count.exists() else 0
        if died < self.times:
            with self.count.open("ab") as file:
                file.write(b"x")
            os.kill(os.getpid(), self.number)
        return self.inner.build(job, condition, draft=draft)


@dataclass(frozen=True, slots=True)
class Faulty:
    """A task that brings out a fault of the program's own."""

    def __str__(self) -> str:
        return "faulty"

    @property
    def cache_group(self) -> str:
        """None but its own."""
        return "faulty"

    @property
    def identity(self) -> str:
        """Its name."""
        return "faulty"

    @property
    def shared_edition(self) -> None:
        """None."""

    def build(self, job: Job, condition: OutputCondition, *, draft: bool) -> Built:
        """No brochure."""
        raise ZeroDivisionError(condition.name)
