"""A real scheduler and two real workers on this machine: the same bytes as a local build, also if a process is killed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from brochure.batch import cluster
from brochure.batch.remote_project import versions
from brochure.batch.worker import Answer
from brochure.errors import ExitCode
from brochure.project import DiskProject
from tests.batch.forks import Fork, forked
from tests.batch.leaves import digests, finished, leaves, order_of, words
from tests.cli.calling import call

EDITIONS = 30
DASK = ("--no-dashboard", "--host", "127.0.0.1", "--scheduler-file")


@dataclass
class Cluster:
    """The processes, and the address of the scheduler. Workers are added and removed."""

    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        file = self.folder / "scheduler.json"
        while not (file.exists() and "address" in file.read_text()):
            time.sleep(0.02)
        return file.read_text().partition('"address": "')[2].partition('"')[0]

    def start(self, kind: str, *more: str) -> None:
        """Start a scheduler, or a worker that finds the scheduler by its file."""
        module = f"distributed.cli.dask_{kind}"
        command = [sys.executable, "-m", module, *DASK, str(self.folder / "scheduler.json"), *more]
        own = {"BROCHURE_CACHE": str(self.folder / "kept")}
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                command, stdout=log, stderr=log, cwd=self.folder, env=os.environ | own
            )
        self.processes.append(process)

    def kill(self, at: int) -> None:
        """Kill one of the processes without a graceful shutdown."""
        self.processes[at].kill()
        self.processes[at].wait()


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Cluster]:
    """Start a scheduler (the first process), as `dask scheduler` does."""
    there = Cluster(tmp_path)
    there.start("scheduler", "--port", "0")
    yield there
    for process in there.processes:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        process.wait()


@pytest.fixture
def project(tmp_path: Path) -> DiskProject:
    return leaves(tmp_path / "leaves", EDITIONS)


def begun(project: DiskProject, out: Path, address: str, patience: float = 20.0) -> Fork:
    """Start a build on the cluster that waits this number of seconds for its first worker."""
    out.parent.mkdir(exist_ok=True)
    build = words(project, out, "--cluster", address)
    return forked(build, out.parent, kept=Path("off"), before=partial(_waiting, patience))


def _waiting(patience: float) -> None:
    cluster.CONNECT_TIMEOUT = patience


def something(out: Path) -> None:
    """Wait until a PDF is built, with a timeout, because the build may have been refused."""
    until = time.monotonic() + 30
    while finished(out) < 2:
        assert time.monotonic() < until, (out.parent / "said-beside").read_text()
        time.sleep(0.002)


def test_a_cluster(running: Cluster, project: DiskProject, tmp_path: Path) -> None:
    """All cases in one test, because a cluster takes seconds to start: no workers, all built, unchanged, interrupted, a killed
    worker, a killed scheduler."""
    home = forked(words(project, tmp_path / "home"), tmp_path, kept=Path("off"), before=None)
    assert home.end() == 0
    right = digests(tmp_path / "home")
    assert len(right) == EDITIONS
    _without_workers(running, project)
    _start_workers(running)
    _built(running, project, right)
    _unchanged_editions_are_not_sent(running, project, right)
    _stopped(running, project, right)
    _with_a_worker_killed(running, project, right)
    _with_the_scheduler_killed(running, project, right)
    _nothing_to_build_needs_no_scheduler(running, project)


def _start_workers(running: Cluster) -> None:
    """Start two workers, as `dask worker` does."""
    from distributed import Client

    for _ in range(2):
        running.start("worker", "--no-nanny", "--nthreads", "1")
    with Client(running.address, timeout=10, set_as_default=False) as client:  # type: ignore[no-untyped-call]
        client.wait_for_workers(2, timeout=20)


def _built(running: Cluster, project: DiskProject, right: dict[str, str]) -> None:
    out = running.folder / "built" / "out"
    work = begun(project, out, running.address)
    assert (work.end(), work.err.read_text()) == (0, "")
    assert digests(out) == right
    *lines, last = work.out.read_text().splitlines()
    assert [line.partition("_en")[0][-4:] for line in lines] == [
        f"o{at:03}" for at in range(EDITIONS)
    ]
    assert last == f"{EDITIONS} of {EDITIONS} editions built"


def _unchanged_editions_are_not_sent(
    running: Cluster, project: DiskProject, right: dict[str, str]
) -> None:
    """Editions that the cluster has built are unchanged for a local build, and the other way round."""
    out = running.folder / "built" / "out"
    there, here = words(project, out, "--cluster", running.address), words(project, out)
    assert call(*here).out == f"0 of {EDITIONS} editions built, {EDITIONS} unchanged\n"
    office = project.root / "offices" / "o007.yaml"
    before = office.read_text()
    office.write_text(before.replace("'7'", "'seven'"))
    one = f"1 of {EDITIONS} editions built, {EDITIONS - 1} unchanged\n"
    assert call(*there).out.endswith(one)
    call("build", project.root, "--office", "o007", "-o", running.folder / "anew")
    changed = digests(running.folder / "anew")
    assert list(changed) == ["leaf_o007_en_press.pdf"]
    assert digests(out) == right | changed != right
    office.write_text(before)
    assert call(*here).out.endswith(one)
    assert digests(out) == right


def _stopped(running: Cluster, project: DiskProject, right: dict[str, str]) -> None:
    out = running.folder / "stopped" / "out"
    work = begun(project, out, running.address)
    something(out)
    os.kill(work.pid, signal.SIGINT)
    assert work.end() == 130
    found = digests(out)
    assert found.items() < right.items()
    said = f"interrupted: {len(found)} of {EDITIONS} editions built\n"
    assert work.err.read_text() == said


def _with_a_worker_killed(running: Cluster, project: DiskProject, right: dict[str, str]) -> None:
    out = running.folder / "killed" / "out"
    work = begun(project, out, running.address)
    something(out)
    running.kill(1)
    assert finished(out) < EDITIONS, "it was killed too late"
    assert (work.end(), work.err.read_text()) == (0, "")
    assert digests(out) == right


def _without_workers(running: Cluster, project: DiskProject) -> None:
    work = begun(project, running.folder / "none" / "out", running.address, 1.0)
    assert work.end() == ExitCode.USAGE
    assert work.err.read_text() == (
        f"brochure: --cluster {running.address}: the scheduler has no workers; start one first\n"
    )


def _with_the_scheduler_killed(
    running: Cluster, project: DiskProject, right: dict[str, str]
) -> None:
    """The editions that were built are kept, the others fail by name, and the build ends."""
    out = running.folder / "lost" / "out"
    work = begun(project, out, running.address)
    something(out)
    running.kill(0)
    assert work.end() == 2
    found = digests(out)
    assert found.items() < right.items()
    lost = f"_en: not built: the connection to the scheduler at {running.address} was lost"
    lines = work.err.read_text().splitlines()
    assert [line.endswith(lost) for line in lines] == [True] * (EDITIONS - len(found)), lines[:2]


def _nothing_to_build_needs_no_scheduler(running: Cluster, project: DiskProject) -> None:
    out = running.folder / "built" / "out"
    said = call(*words(project, out, "--cluster", running.address))
    assert (said.status, said.out) == (
        0,
        f"0 of {EDITIONS} editions built, {EDITIONS} unchanged\n",
    )


# Errors before anything is sent to the cluster


def refused(project: DiskProject, *more: str) -> list[str]:
    said = call("build", project.root, "--all", "-o", project.root.parent / "out", *more)
    assert said.status == ExitCode.USAGE
    assert not (project.root.parent / "out").exists()
    return said.lines


def test_an_address_without_a_scheduler(
    project: DiskProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "CONNECT_TIMEOUT", 0.5)
    began = time.monotonic()
    (line,) = refused(project, "--cluster", "tcp://127.0.0.1:9")
    assert line.startswith("brochure: --cluster tcp://127.0.0.1:9: the scheduler does not answer; ")
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("address", ["scheduler", "tcp://scheduler", "http://scheduler:8786"])
def test_an_invalid_address(project: DiskProject, address: str) -> None:
    assert refused(project, "--cluster", address) == [
        f"brochure: --cluster {address}: not the address of a Dask scheduler; expected tcp://HOST:PORT, e.g. tcp://scheduler:8786"
    ]


def test_without_dask_the_message_says_how_to_install_it(
    project: DiskProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert refused(project, "--cluster", "tcp://127.0.0.1:8786") == [
        "brochure: --cluster requires Dask, which is not installed; install it with 'pip install brochure[cluster]'"
    ]


class Another:
    """A client with one worker that has other versions of packages, or none of them."""

    status = "running"

    def __init__(self, answer: object) -> None:
        self.answer = answer

    def run(self, *_: object, **__: object) -> dict[str, object]:
        return {"tcp://10.0.0.2:4001": self.answer}

    def cancel(self, futures: list[object]) -> None:
        assert futures == []

    def close(self, timeout: float) -> None:
        """Do nothing."""


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (
            {**versions(), "uharfbuzz": "0.1"},
            "would build different PDFs: it has uharfbuzz 0.1 (here ",
        ),
        (
            ModuleNotFoundError("No module named 'brochure'"),
            "cannot import this version of brochure; install it there",
        ),
        (OSError("gone"), "does not answer; check whether it runs"),
    ],
)
def test_a_worker_with_other_versions_is_refused_by_name(
    project: DiskProject, monkeypatch: pytest.MonkeyPatch, answer: object, told: str
) -> None:
    monkeypatch.setattr(cluster, "_client", lambda _: Another(answer))
    (line,) = refused(project, "--cluster", "tcp://10.0.0.1:8786")
    start = "brochure: --cluster tcp://10.0.0.1:8786: worker tcp://10.0.0.2:4001 "
    assert line.startswith(start + told)


def test_a_cluster_needs_more_than_one_edition(project: DiskProject) -> None:
    said = call("build", project.root, "--cluster", "tcp://127.0.0.1:8786")
    assert said.status == ExitCode.USAGE
    assert said.err.startswith("brochure: --cluster needs --all or --records")


class Fetched:
    """A future that is already done, with a result or with an error."""

    def __init__(self, status: str) -> None:
        self.status = status

    def add_done_callback(self, call: Callable[[Fetched], None]) -> None:
        call(self)

    def result(self) -> Answer:
        assert self.status == "finished"
        return Answer()


class Losing(Another):
    """A client whose workers die the given number of times, each with the results that it keeps."""

    def __init__(self, times: int) -> None:
        super().__init__(None)
        self.statuses = iter(["lost"] * times + ["finished"])

    def submit(self, *_: object, **__: object) -> Fetched:
        return Fetched(next(self.statuses))


@pytest.mark.parametrize(("times", "failed"), [(1, False), (3, False), (4, True)])
def test_results_lost_with_a_worker_are_built_again(
    project: DiskProject, tmp_path: Path, times: int, failed: bool
) -> None:
    order, job, tasks = order_of(project, tmp_path / "out")
    work = cluster._Cluster(Losing(times), "tcp://10.0.0.1:8786", order, job, tasks[:1])
    work._submit_task(0)
    for _ in range(min(times, 3)):
        assert work._next() is None
    done = work._next()
    assert done
    at, answer = done
    assert at == 0
    told = answer.outcome.failure if answer.outcome else ""
    assert told == ("the workers that built it were lost, 4 times" if failed else "")
