"""The worker's side of a cluster: what was shipped here, and the job that is warm.

Takes bytes by their digests and the digest of a manifest with a task; gives an `Answer`: the brochure, or what is still
lacking. Knows nothing of Dask: `cluster` calls these functions in the worker's process, and a test calls them in its own.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from threading import Lock

from brochure.api import Built, Job, open_job
from brochure.batch.remote_project import (
    Manifest,
    MissingFiles,
    RemoteProject,
    differences,
    versions,
)
from brochure.batch.tasks import NOTHING, BatchJob, Outcome, Task, attempt, failed
from brochure.fast_dataclass import dataclass
from brochure.project import state_epoch
from brochure.system.files import digest as digest_of


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a task at a worker: its outcome with the brochure and the digest of its PDF, or the bytes it lacks."""

    outcome: Outcome | None = None
    built: Built = NOTHING
    digest: bytes = digest_of(NOTHING.pdf)
    lacks: bytes = b""


@dataclass(frozen=True, slots=True)
class _Warm:
    """A manifest by its digest, with the job that was made of it."""

    digest: bytes
    manifest: Manifest
    job: Job


class ProjectStore:
    """What a worker's process holds from one task to the next.

    Compared by identity. Threads take turns: the stages share fonts and keep what they set, and no two can run in Python at
    once anyway.
    """

    def __init__(self) -> None:
        self._held: dict[bytes, bytes] = {}
        self._warm: _Warm | None = None
        self._turn = Lock()

    def lacking(self, digests: Iterable[bytes]) -> list[bytes]:
        """Which of these are not here."""
        return [digest for digest in digests if digest not in self._held]

    def receive(self, digest: bytes, data: bytes) -> None:
        """Takes in what was shipped."""
        self._held[digest] = data

    def work(self, manifest: bytes, task: Task) -> Answer:
        """Builds a task. Where bytes are lacking the warm job goes: it may have been left with half of something."""
        with self._turn:
            try:
                return self._built(manifest, task)
            except MissingFiles as lacking:
                self._warm = None
                return Answer(lacks=lacking.digest)

    def _built(self, digest: bytes, task: Task) -> Answer:
        try:
            warm = self._warmed(digest)
        except Exception as failure:  # the layout has changed since the sender read it
            return Answer(failed(task, failure))
        manifest = warm.manifest
        wrong = differences(manifest.versions, versions())
        if wrong:
            return Answer(Outcome(task, failure=f"a worker has other versions: {wrong}"))
        order = BatchJob(warm.job.project, manifest.condition, Path(), manifest.draft)
        state_epoch(manifest.epoch)
        outcome, built = attempt(order, warm.job, task)
        return Answer(outcome, built, digest_of(built.pdf))

    def _warmed(self, digest: bytes) -> _Warm:
        if self._warm and self._warm.digest == digest:
            return self._warm
        if digest not in self._held:
            raise MissingFiles(digest)
        manifest: Manifest = pickle.loads(self._held[digest])
        wanted = {digest, *(entry for entry in manifest.files.values() if isinstance(entry, bytes))}
        self._held = {one: data for one, data in self._held.items() if one in wanted}
        self._warm = _Warm(digest, manifest, open_job(RemoteProject(manifest, self._held)))
        return self._warm


@lru_cache(maxsize=1)
def worker_store() -> ProjectStore:
    """The one of this process."""
    return ProjectStore()


# What a cluster calls, by name


def missing_on_worker(digests: Iterable[bytes]) -> list[bytes]:
    """Which of these this process lacks."""
    return worker_store().lacking(digests)


def receive_on_worker(digest: bytes, data: bytes) -> None:
    """Ships bytes to this process."""
    worker_store().receive(digest, data)


def versions_on_worker() -> Mapping[str, str]:
    """What this process builds with."""
    return versions()


def build_on_worker(manifest: bytes, task: Task) -> Answer:
    """Builds a task in this process."""
    return worker_store().work(manifest, task)


def whole(answer: Answer, task: Task) -> tuple[Outcome, Built]:
    """The outcome and the brochure of an answer; a failure where the bytes are not those that the worker made."""
    if answer.outcome is None:
        return Outcome(task, failure="its inputs could not be brought to a worker"), NOTHING
    if digest_of(answer.built.pdf) != answer.digest:
        return Outcome(task, failure="its PDF was damaged on its way from the worker"), NOTHING
    return replace(answer.outcome, task=task), answer.built
