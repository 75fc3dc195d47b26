"""Build tasks on an existing Dask cluster.

Inputs are sent by the digests of their bytes, once to every worker that lacks them. PDFs return with their digests and are
written here. Dask reassigns the tasks of a worker that dies.
"""

from __future__ import annotations

import logging
import pickle
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from queue import Empty, SimpleQueue
from typing import Any

from brochure.api import LAYOUT_FILE
from brochure.batch.remote_project import Manifest, create_manifest, differences, versions
from brochure.batch.shutdown import Shutdown
from brochure.batch.tasks import BatchJob, Done, Outcome, Task, write_outcome
from brochure.batch.worker import (
    Answer,
    build_on_worker,
    missing_on_worker,
    receive_on_worker,
    verify_answer,
    versions_on_worker,
)
from brochure.build_values import Job
from brochure.errors import InputError, UsageError
from brochure.findings import Finding, Span
from brochure.project import DiskProject, seconds
from brochure.system.files import digest as digest_of

ADDRESS = re.compile(r"(?:tcp|tls|ws|wss)://[^/\s]+:\d+/?")
CONNECT_TIMEOUT = 5.0
"""Seconds to wait for the scheduler, and then for its first worker."""
MAX_SECONDS_WITHOUT_WORKERS = 60.0
"""Seconds that a cluster may be without workers while tasks remain: it may be starting new ones."""
RETRIES = 3
MAX_SHIPMENTS = 50
"""How often a task may return for want of a file before that counts as a failure."""


def build_on_cluster(
    address: str, batch: BatchJob, job: Job, tasks: Sequence[Task], shutdown: Shutdown
) -> Iterator[Done]:
    """Build all tasks on the cluster, until a signal arrives.

    Raises:
        UsageError: the cluster cannot be reached, or its workers would build different PDFs.
    """
    client = _client(address)
    try:
        yield from _Cluster(client, address, batch, job, tasks).build(shutdown)
    finally:
        client.close(timeout=2)


def _client(address: str) -> Any:
    if not ADDRESS.fullmatch(address):
        hint = "expected tcp://HOST:PORT, e.g. tcp://scheduler:8786"
        raise UsageError(f"--cluster {address}: not the address of a Dask scheduler; {hint}")
    try:
        # Importing it takes half a second, and it is an optional extra.
        from distributed import Client
    except ImportError:
        hint = "install it with 'pip install brochure[cluster]'"
        raise UsageError(f"--cluster requires Dask, which is not installed; {hint}") from None
    for name in list(logging.root.manager.loggerDict):
        if name.startswith(("distributed", "tornado")):
            logging.getLogger(name).setLevel(
                logging.CRITICAL + 1
            )  # we report their failures ourselves
    make: Any = Client  # untyped
    try:
        client = make(address, timeout=CONNECT_TIMEOUT, set_as_default=False)
        client.wait_for_workers(1, timeout=CONNECT_TIMEOUT)
    except TimeoutError:
        client.close(timeout=1)
        raise UsageError(
            f"--cluster {address}: the scheduler has no workers; start one first"
        ) from None
    except (OSError, ValueError):
        raise UsageError(
            f"--cluster {address}: the scheduler does not answer; check the address (tcp://HOST:PORT) and whether it runs"
        ) from None
    return client


CONNECTION_CLOSED = "CommClosedError"
"""The error of Dask for a connection that ended while an answer was fetched."""


class _Cluster:
    """The tasks in progress on a cluster. Compared by identity."""

    def __init__(
        self, client: Any, address: str, batch: BatchJob, job: Job, tasks: Sequence[Task]
    ) -> None:
        self._client, self._address, self._batch, self._tasks = client, address, batch, tasks
        self._shipments = _Shipments(client, batch, system=job.layout.fonts.system)
        self._running: dict[Any, int] = {}
        self._unfinished = set(range(len(tasks)))
        self._missing_counts = [0] * len(tasks)
        self._lost_counts = [0] * len(tasks)
        self._done: SimpleQueue[Any] = SimpleQueue()
        self._last_seen = seconds()

    def build(self, shutdown: Shutdown) -> Iterator[Done]:
        """Yield outcomes as they arrive; tasks in progress are cancelled on a signal."""
        try:
            with shutdown.may_interrupt():
                self._check_workers()
            yield from self._distribute(shutdown)
        except KeyboardInterrupt:
            return
        except OSError:  # the scheduler was lost, and with it all tasks in progress
            failure_text = f"the connection to the scheduler at {self._address} was lost"
            yield from (
                (at, Outcome(self._tasks[at], failure=failure_text))
                for at in sorted(self._unfinished)
            )
        finally:
            if self._client.status == "running":
                self._client.cancel(list(self._running))

    def _distribute(self, shutdown: Shutdown) -> Iterator[Done]:
        waiting = iter(range(len(self._tasks)))
        while self._unfinished:
            with shutdown.may_interrupt():
                self._submit(waiting)
                done = self._next()
            if done:
                self._unfinished.discard(done[0])
                yield self._finish(*done)

    def _check_workers(self) -> None:
        """Check that every worker would build the same PDFs, and send it the files it is likely to need."""
        own = versions()
        for worker, versions_there in self._client.run(
            versions_on_worker, on_error="return"
        ).items():
            at = f"--cluster {self._address}: worker {worker}"
            if isinstance(versions_there, ImportError):
                raise UsageError(f"{at} cannot import this version of brochure; install it there")
            if not isinstance(versions_there, Mapping):
                raise UsageError(f"{at} does not answer; check whether it runs")
            different = differences(own, versions_there)
            if different:
                raise UsageError(f"{at} would build different PDFs: it has {different}")
        self._shipments.ship_likely()

    # Submitting and collecting

    def _submit(self, waiting: Iterator[int]) -> None:
        """Keep every thread of the cluster busy, and no more: results occupy the workers' memory."""
        max_running = 2 * max(1, sum(self._client.nthreads().values()))
        while len(self._running) < max_running and (at := next(waiting, None)) is not None:
            self._submit_task(at)

    def _submit_task(self, at: int) -> None:
        future = self._client.submit(
            build_on_worker, self._shipments.manifest, self._tasks[at], pure=False, retries=RETRIES
        )
        self._running[future] = at
        future.add_done_callback(self._done.put)

    def _next(self) -> tuple[int, Answer] | None:
        """Return the next answer; None if there is none yet, or if its task was submitted again."""
        try:
            future = self._done.get(timeout=1.0)
        except Empty:
            self._check_alive()
            return None
        at = self._running.pop(future)
        if future.status == "cancelled":
            raise OSError("its tasks were lost")
        if future.status == "lost":
            return self._resubmit_lost(at)
        try:
            answer: Answer = future.result()
        except Exception as failure:  # whatever the worker or the network raised
            # Between the questions for its status and for its result, the scheduler or the worker may be lost.
            if future.status == "cancelled":
                raise OSError("its tasks were lost") from failure
            if type(failure).__name__ == CONNECTION_CLOSED:
                return self._resubmit_lost(at)
            message = f"a worker failed ({type(failure).__name__}); see the workers' logs"
            return at, Answer(Outcome(self._tasks[at], failure=message))
        if answer.missing_digest and self._missing_counts[at] < MAX_SHIPMENTS:
            self._missing_counts[at] += 1
            self._shipments.ship([answer.missing_digest])
            self._submit_task(at)
            return None
        return at, answer

    def _resubmit_lost(self, at: int) -> tuple[int, Answer] | None:
        """Submit a task again whose worker died before its answer was fetched, up to `RETRIES` times."""
        self._lost_counts[at] += 1
        if self._lost_counts[at] > RETRIES:
            failure_text = f"the workers that built it were lost, {RETRIES + 1} times"
            return at, Answer(Outcome(self._tasks[at], failure=failure_text))
        self._submit_task(at)
        return None

    def _check_alive(self) -> None:
        """Raise `UsageError` if the cluster has had no workers for too long."""
        if self._client.status != "running" or self._client.nthreads():
            self._last_seen = seconds()  # if the scheduler is lost, all tasks end
        elif seconds() - self._last_seen > MAX_SECONDS_WITHOUT_WORKERS:
            raise UsageError(f"--cluster {self._address}: all workers were lost")

    def _finish(self, at: int, answer: Answer) -> Done:
        return at, write_outcome(self._batch, *verify_answer(answer, self._tasks[at]))


class _Shipments:
    """The files of a batch, and sending them to workers that lack them. Compared by identity."""

    def __init__(self, client: Any, batch: BatchJob, *, system: bool) -> None:
        project = batch.project
        if not isinstance(project, DiskProject):
            raise TypeError("only a project on disk can be sent to a cluster")
        self._client = client
        self._project = project
        manifest = create_manifest(project, batch.condition, draft=batch.draft, system=system)
        data = pickle.dumps(manifest)
        self.manifest = digest_of(data)
        self._sources: dict[bytes, Callable[[], bytes]] = {self.manifest: lambda: data}
        for name, entry in manifest.files.items():
            if isinstance(entry, bytes):
                self._sources[entry] = lambda name=name: project.read(name)  # type: ignore[misc]
        self._likely = [self.manifest, *_likely(project, manifest)]

    def ship_likely(self) -> None:
        """Send the files that are certainly or probably needed; others follow when a worker asks for them."""
        self.ship(self._likely)

    def ship(self, digests: Sequence[bytes]) -> None:
        """Send each file to the workers that lack it. Workers that disappear meanwhile are ignored."""
        missing = self._client.run(missing_on_worker, list(digests), on_error="ignore")
        for digest in digests:
            workers = [
                worker for worker, missing_digest in missing.items() if digest in missing_digest
            ]
            if workers:
                data = self._read(digest)
                self._client.run(
                    receive_on_worker, digest, data, workers=workers, on_error="ignore"
                )

    def _read(self, digest: bytes) -> bytes:
        data = self._sources[digest]()
        if digest_of(data) != digest:
            where = Span(self._project.label(LAYOUT_FILE))
            message = "a file of the project changed while its editions were built"
            raise InputError([Finding("file-changed", message, where, "build again")])
        return data


def _likely(project: DiskProject, manifest: Manifest) -> Iterator[bytes]:
    """Yield the project's own files, and of the shared assets the fonts and what its texts name."""
    own = [name for name in manifest.files if not name.startswith(("../", "/"))]
    texts = [name for name in own if name.endswith(".yaml")]
    words = b"\n".join(
        project.read(name) for name in texts if isinstance(manifest.files[name], bytes)
    )
    for name, entry in manifest.files.items():
        path = name.rpartition("assets/")[2]
        is_likely = name in own or path.startswith("fonts/") or path.encode() in words
        if isinstance(entry, bytes) and is_likely and not name.startswith("/"):
            yield entry
