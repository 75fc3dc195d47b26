"""The worker's side of a cluster: the files received, and the open project.

Independent of Dask: `cluster` calls these functions in the worker's process.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from threading import Lock

from brochure.api import open_recorded_job
from brochure.batch.remote_project import (
    Manifest,
    MissingFiles,
    RemoteProject,
    differences,
    versions,
)
from brochure.batch.tasks import NOTHING, BatchJob, Outcome, Task, attempt, failure_outcome
from brochure.build_values import Built, Job
from brochure.fast_dataclass import dataclass
from brochure.project import state_epoch
from brochure.system.files import digest as digest_of


@dataclass(frozen=True, slots=True)
class Answer:
    """A worker's answer: an outcome with the brochure and the digest of its PDF, or the digest of a file it lacks."""

    outcome: Outcome | None = None
    built: Built = NOTHING
    digest: bytes = digest_of(NOTHING.pdf)
    missing_digest: bytes = b""


@dataclass(frozen=True, slots=True)
class _OpenProject:
    """A manifest by its digest, with the project opened from it."""

    digest: bytes
    manifest: Manifest
    job: Job


class ProjectStore:
    """What a worker's process keeps between tasks. Compared by identity.

    Tasks run one at a time: they share fonts and caches, and the GIL serializes them anyway.
    """

    def __init__(self) -> None:
        self._received: dict[bytes, bytes] = {}
        self._open: _OpenProject | None = None
        self._lock = Lock()

    def missing(self, digests: Iterable[bytes]) -> list[bytes]:
        """Return those digests whose bytes are not here."""
        return [digest for digest in digests if digest not in self._received]

    def receive(self, digest: bytes, data: bytes) -> None:
        """Store bytes that were sent."""
        self._received[digest] = data

    def work(self, manifest: bytes, task: Task) -> Answer:
        """Build a task. If bytes are missing, the open project is dropped: the build was interrupted midway."""
        with self._lock:
            try:
                return self._build(manifest, task)
            except MissingFiles as missing:
                self._open = None
                return Answer(missing_digest=missing.digest)

    def _build(self, digest: bytes, task: Task) -> Answer:
        try:
            opened = self._open_project(digest)
        except Exception as failure:  # the layout changed after the sender read it
            return Answer(failure_outcome(task, failure))
        manifest = opened.manifest
        different = differences(manifest.versions, versions())
        if different:
            return Answer(Outcome(task, failure=f"a worker has different versions: {different}"))
        batch = BatchJob(opened.job.project, manifest.condition, Path(), manifest.draft)
        state_epoch(manifest.epoch)
        outcome, built = attempt(batch, opened.job, task)
        return Answer(outcome, built, digest_of(built.pdf))

    def _open_project(self, digest: bytes) -> _OpenProject:
        if self._open and self._open.digest == digest:
            return self._open
        if digest not in self._received:
            raise MissingFiles(digest)
        manifest: Manifest = pickle.loads(self._received[digest])
        needed = {digest, *(entry for entry in manifest.files.values() if isinstance(entry, bytes))}
        self._received = {one: data for one, data in self._received.items() if one in needed}
        self._open = _OpenProject(
            digest, manifest, open_recorded_job(RemoteProject(manifest, self._received))
        )
        return self._open


@lru_cache(maxsize=1)
def worker_store() -> ProjectStore:
    """Return the store of this process."""
    return ProjectStore()


# Functions that the cluster calls


def missing_on_worker(digests: Iterable[bytes]) -> list[bytes]:
    """Return those digests whose bytes this process lacks."""
    return worker_store().missing(digests)


def receive_on_worker(digest: bytes, data: bytes) -> None:
    """Store bytes in this process."""
    worker_store().receive(digest, data)


def versions_on_worker() -> Mapping[str, str]:
    """Return the versions that this process builds with."""
    return versions()


def build_on_worker(manifest: bytes, task: Task) -> Answer:
    """Build a task in this process."""
    return worker_store().work(manifest, task)


def verify_answer(answer: Answer, task: Task) -> tuple[Outcome, Built]:
    """Return an answer's outcome and brochure; a failure if the bytes differ from those that the worker built."""
    if answer.outcome is None:
        return Outcome(task, failure="its input files could not be sent to a worker"), NOTHING
    if digest_of(answer.built.pdf) != answer.digest:
        return Outcome(task, failure="its PDF was damaged in transmission from the worker"), NOTHING
    return replace(answer.outcome, task=task), answer.built
