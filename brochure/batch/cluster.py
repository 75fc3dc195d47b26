"""Past one machine: the same tasks on an existing Dask cluster.

Takes a scheduler's address, an order and tasks; gives outcomes as they are done. Inputs are shipped by the digests of their
bytes, each once to every worker that lacks it; PDFs come back with their digests and are written here. Dask gives the task
of a worker that dies to another one.
"""

from __future__ import annotations

import logging
import pickle
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from queue import Empty, SimpleQueue
from typing import Any

from brochure.api import LAYOUT_FILE, Job
from brochure.batch.remote_project import Manifest, create_manifest, differences, versions
from brochure.batch.shutdown import Shutdown
from brochure.batch.tasks import BatchJob, Done, Outcome, Task, write_outcome
from brochure.batch.worker import (
    Answer,
    build_on_worker,
    missing_on_worker,
    receive_on_worker,
    versions_on_worker,
    whole,
)
from brochure.errors import InputError, UsageError
from brochure.findings import Finding, Span
from brochure.project import DiskProject, seconds
from brochure.system.files import digest as digest_of

ADDRESS = re.compile(r"(?:tcp|tls|ws|wss)://[^/\s]+:\d+/?")
REACHED_WITHIN = 5.0
"""Seconds in which the scheduler must answer, and after that its first worker."""
ALONE = 60.0
"""Seconds that a cluster may be without any worker while there is work: it may be starting new ones."""
RETRIES = 3
SHIPMENTS = 50
"""How often a task may come back for want of a file, before something is wrong with the way."""


def on_cluster(
    address: str, order: BatchJob, job: Job, tasks: Sequence[Task], bell: Shutdown
) -> Iterator[Done]:
    """All tasks, on the cluster, until the bell rings. UsageError where it cannot be reached or would build other PDFs."""
    client = _client(address)
    try:
        yield from _Cluster(client, address, order, job, tasks).work(bell)
    finally:
        client.close(timeout=2)


def _client(address: str) -> Any:
    if not ADDRESS.fullmatch(address):
        hint = "write it as tcp://scheduler:8786"
        raise UsageError(f"--cluster {address}: this is no scheduler's address ({hint})")
    try:
        # Half a second, and an extra that most people need not install.
        from distributed import Client
    except ImportError:
        hint = "pip install brochure[cluster]"
        raise UsageError(f"--cluster needs Dask, which is not installed: {hint}") from None
    for name in list(logging.root.manager.loggerDict):
        if name.startswith(("distributed", "tornado")):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # what they log, we say in words
    make: Any = Client  # untyped
    try:
        client = make(address, timeout=REACHED_WITHIN, set_as_default=False)
        client.wait_for_workers(1, timeout=REACHED_WITHIN)
    except TimeoutError:
        client.close(timeout=1)
        raise UsageError(f"--cluster {address}: the scheduler has no worker") from None
    except (OSError, ValueError) as failure:
        raise UsageError(f"--cluster {address}: no scheduler answers there: {failure}") from None
    return client


class _Cluster:
    """The tasks that are under way on a cluster. Compared by identity."""

    def __init__(
        self, client: Any, address: str, order: BatchJob, job: Job, tasks: Sequence[Task]
    ) -> None:
        self._client, self._address, self._order, self._tasks = client, address, order, tasks
        self._shipments = _Shipments(client, order, system=job.layout.fonts.system)
        self._under_way: dict[Any, int] = {}
        self._left = set(range(len(tasks)))
        self._lacked = [0] * len(tasks)
        self._lost = [0] * len(tasks)
        self._done: SimpleQueue[Any] = SimpleQueue()
        self._last_seen = seconds()

    def work(self, bell: Shutdown) -> Iterator[Done]:
        """Outcomes as they come; what is under way when the bell rings is called off."""
        try:
            with bell.may_interrupt():
                self._greet()
            yield from self._shared_out(bell)
        except KeyboardInterrupt:
            return
        except OSError:  # the scheduler is gone, and with it all that was under way
            lost = f"the scheduler at {self._address} is gone"
            yield from ((at, Outcome(self._tasks[at], failure=lost)) for at in sorted(self._left))
        finally:
            if self._client.status == "running":
                self._client.cancel(list(self._under_way))

    def _shared_out(self, bell: Shutdown) -> Iterator[Done]:
        waiting = iter(range(len(self._tasks)))
        while self._left:
            with bell.may_interrupt():
                self._submit(waiting)
                done = self._next()
            if done:
                self._left.discard(done[0])
                yield self._delivered(*done)

    def _greet(self) -> None:
        """Makes sure that every worker there is would build the same, and has what it needs."""
        own = versions()
        for worker, theirs in self._client.run(versions_on_worker, on_error="return").items():
            at = f"--cluster {self._address}: worker {worker}"
            if isinstance(theirs, ImportError):
                raise UsageError(f"{at} has no brochure of this version: {theirs}")
            if not isinstance(theirs, Mapping):
                raise UsageError(f"{at} does not answer: {theirs}")
            wrong = differences(own, theirs)
            if wrong:
                raise UsageError(f"{at} would build other PDFs, for it has {wrong}")
        self._shipments.ship_likely()

    # Out and back

    def _submit(self, waiting: Iterator[int]) -> None:
        """Keeps every thread of the cluster in work, and no more: results wait in the workers' memory."""
        most = 2 * max(1, sum(self._client.nthreads().values()))
        while len(self._under_way) < most and (at := next(waiting, None)) is not None:
            self._send(at)

    def _send(self, at: int) -> None:
        future = self._client.submit(
            build_on_worker, self._shipments.manifest, self._tasks[at], pure=False, retries=RETRIES
        )
        self._under_way[future] = at
        future.add_done_callback(self._done.put)

    def _next(self) -> tuple[int, Answer] | None:
        """The next answer; None where there is none yet, or where its task had to be sent once more."""
        try:
            future = self._done.get(timeout=1.0)
        except Empty:
            self._anybody()
            return None
        at = self._under_way.pop(future)
        if future.status == "cancelled":
            raise OSError("its tasks were lost")
        if future.status == "lost":
            return self._lost_once_more(at)
        try:
            answer: Answer = future.result()
        except Exception as failure:  # of whatever kind the worker or the way gave
            return at, Answer(Outcome(self._tasks[at], failure=f"the cluster failed: {failure}"))
        if answer.lacks and self._lacked[at] < SHIPMENTS:
            self._lacked[at] += 1
            self._shipments.ship([answer.lacks])
            self._send(at)
            return None
        return at, answer

    def _lost_once_more(self, at: int) -> tuple[int, Answer] | None:
        """A task that was done, by a worker that died before its answer was fetched: sent again, some times."""
        self._lost[at] += 1
        if self._lost[at] > RETRIES:
            lost = f"the workers that had built it were gone, {RETRIES + 1} times"
            return at, Answer(Outcome(self._tasks[at], failure=lost))
        self._send(at)
        return None

    def _anybody(self) -> None:
        """Waits on; calls the work off where there has been no worker for long."""
        if self._client.status != "running" or self._client.nthreads():
            self._last_seen = seconds()  # a lost scheduler ends every task by itself
        elif seconds() - self._last_seen > ALONE:
            raise UsageError(f"--cluster {self._address}: all of its workers are gone")

    def _delivered(self, at: int, answer: Answer) -> Done:
        return at, write_outcome(self._order, *whole(answer, self._tasks[at]))


class _Shipments:
    """The files of an order, and their way to workers that lack them. Compared by identity."""

    def __init__(self, client: Any, order: BatchJob, *, system: bool) -> None:
        project = order.project
        if not isinstance(project, DiskProject):
            raise TypeError("what is shipped lies on a disk")
        self._client = client
        self._project = project
        made = create_manifest(project, order.condition, draft=order.draft, system=system)
        data = pickle.dumps(made)
        self.manifest = digest_of(data)
        self._sources: dict[bytes, Callable[[], bytes]] = {self.manifest: lambda: data}
        for name, entry in made.files.items():
            if isinstance(entry, bytes):
                self._sources[entry] = lambda name=name: project.read(name)  # type: ignore[misc]
        self._likely = [self.manifest, *_likely(project, made)]

    def ship_likely(self) -> None:
        """Ships what is sure or likely to be wanted; anything else follows when a worker says that it lacks it."""
        self.ship(self._likely)

    def ship(self, digests: Sequence[bytes]) -> None:
        """Ships each file to all the workers that lack it. One that goes away meanwhile lacks nothing any more."""
        said = self._client.run(missing_on_worker, list(digests), on_error="ignore")
        for digest in digests:
            there = [worker for worker, lacks in said.items() if digest in lacks]
            if there:
                data = self._whole(digest)
                self._client.run(receive_on_worker, digest, data, workers=there, on_error="ignore")

    def _whole(self, digest: bytes) -> bytes:
        data = self._sources[digest]()
        if digest_of(data) != digest:
            where = Span(self._project.label(LAYOUT_FILE))
            message = "a file of the project was changed while its editions were built"
            raise InputError([Finding("file-changed", message, where, "build again")])
        return data


def _likely(project: DiskProject, made: Manifest) -> Iterator[bytes]:
    """The project's own files, and of the assets that it shares with its neighbours its fonts and what its texts name."""
    own = [name for name in made.files if not name.startswith(("../", "/"))]
    texts = [name for name in own if name.endswith(".yaml")]
    words = b"\n".join(project.read(name) for name in texts if isinstance(made.files[name], bytes))
    for name, entry in made.files.items():
        path = name.rpartition("assets/")[2]
        wanted = name in own or path.startswith("fonts/") or path.encode() in words
        if isinstance(entry, bytes) and wanted and not name.startswith("/"):
            yield entry
