"""Builds in several processes: the same files for any number of processes, outcomes in order, a dead worker's task done by
another."""

from __future__ import annotations

import multiprocessing
from pathlib import Path
from signal import SIGKILL, SIGTERM, Signals

import pytest

from brochure.batch import processes
from brochure.batch.processes import build_in_processes
from brochure.batch.tasks import EditionTask, Outcome, Task, build_sequentially
from brochure.errors import ExitCode
from brochure.project import DiskProject
from tests.batch.leaves import Deadly, Faulty, digests, leaves, order_of, outcomes, silent


def built(folder: Path, out: Path, jobs: int) -> list[Outcome]:
    order, job, tasks = order_of(leaves(folder, 7), out)
    if jobs == 1:
        return outcomes([*build_sequentially(order, job, tasks, silent())])
    return outcomes([*build_in_processes(order, job, tasks, silent(), jobs)])


def facts(one: Outcome) -> tuple[object, ...]:
    """Everything of an outcome except its duration."""
    return str(one.task), one.name, one.pages, one.size, one.findings, one.failure


def test_any_number_of_processes_makes_the_same_files_and_outcomes(tmp_path: Path) -> None:
    alone = built(tmp_path / "a", tmp_path / "one", 1)
    assert [str(one.task) for one in alone] == [f"o{at:03}_en" for at in range(7)]
    assert len(set(digests(tmp_path / "one").values())) == 7  # each has its own telephone number
    for jobs in (2, 3, 12):  # 12 is more than the number of tasks
        several = built(tmp_path / f"p{jobs}", tmp_path / f"out{jobs}", jobs)
        assert digests(tmp_path / f"out{jobs}") == digests(tmp_path / "one")
        assert [facts(one) for one in several] == [facts(one) for one in alone]
    assert multiprocessing.active_children() == []


def test_a_spawned_worker_does_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on macOS and Windows, where each worker reads the layout itself."""
    built(tmp_path / "a", tmp_path / "one", 1)
    monkeypatch.setattr(processes, "START", "spawn")
    built(tmp_path / "b", tmp_path / "two", 2)
    assert digests(tmp_path / "two") == digests(tmp_path / "one")


@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_a_worker_that_cannot_read_the_layout_reports_the_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, start: str
) -> None:
    """The layout is replaced by a wrong one after the parent has read it; a forked worker would not read it again."""
    monkeypatch.setattr(processes, "START", start)
    order, job, tasks = order_of(leaves(tmp_path / "leaves", 3), tmp_path / "out")
    (tmp_path / "leaves" / "brochure.yaml").write_text("size: [")
    done = outcomes([*build_in_processes(order, job, tasks, silent(), 2)])
    assert [one.exit_status for one in done] == ([0, 0, 0] if start == "fork" else [0, 2, 2])
    for one in done[1:] if start == "spawn" else ():
        assert one.failure == ""
        # The name is relative if that is shorter, as in a checkout beside the temporary folder.
        named = {Path(finding.span.file).resolve() for finding in one.findings if finding.span}
        assert named == {(tmp_path / "leaves" / "brochure.yaml").resolve()}
    assert multiprocessing.active_children() == []


def deadly(tmp_path: Path, times: int, number: Signals = SIGKILL) -> list[Outcome]:
    """Five editions, of which the third kills this number of processes."""
    order, job, tasks = order_of(leaves(tmp_path / "leaves", 5), tmp_path / "out")
    third = tasks[2]
    assert isinstance(third, EditionTask)
    tasks[2] = Deadly(third, tmp_path / "count", times, number)
    return outcomes([*build_in_processes(order, job, tasks, silent(), 2)])


def test_the_task_of_a_dead_worker_is_done_by_another(tmp_path: Path) -> None:
    assert [one.exit_status for one in deadly(tmp_path, 1)] == [0] * 5
    assert len(digests(tmp_path / "out")) == 5


def test_a_task_that_kills_two_workers_fails_by_name_and_the_others_are_done(
    tmp_path: Path,
) -> None:
    done = deadly(tmp_path, 99)
    assert [one.exit_status for one in done] == [0, 0, 2, 0, 0]
    assert (tmp_path / "count").stat().st_size == processes.MAX_TRIES
    assert done[2].failure == (
        "the process that built it was terminated by SIGKILL, 2 times; the system may have run out of memory"
    )
    assert multiprocessing.active_children() == []


def test_a_worker_that_is_terminated_from_outside_is_reported_with_the_signal(
    tmp_path: Path,
) -> None:
    done = deadly(tmp_path, 99, SIGTERM)
    assert [one.exit_status for one in done] == [0, 0, 2, 0, 0]
    assert done[2].failure == "the process that built it was terminated by SIGTERM, 2 times"


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_internal_error_is_reported_with_the_edition(tmp_path: Path, jobs: int) -> None:
    order, job, editions = order_of(leaves(tmp_path / "leaves", 3), tmp_path / "out")
    tasks: list[Task] = [editions[0], Faulty(), *editions[1:]]
    work = (
        build_sequentially(order, job, tasks, silent())
        if jobs == 1
        else build_in_processes(order, job, tasks, silent(), jobs)
    )
    done = outcomes([*work])
    assert [one.exit_status for one in done] == [0, ExitCode.INTERNAL_ERROR, 0, 0]
    told = "internal error: ZeroDivisionError: press (leaves.py:"
    assert done[1].failure.startswith(told)


def test_a_file_removed_between_listing_and_reading_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, job, tasks = order_of(leaves(tmp_path / "leaves", 2), tmp_path / "out")
    reading = DiskProject.read

    def read(self: DiskProject, name: str) -> bytes:
        if name == "offices/o001.yaml":
            raise FileNotFoundError(name)
        return reading(self, name)

    monkeypatch.setattr(DiskProject, "read", read)
    done = outcomes([*build_sequentially(order, job, tasks, silent())])
    assert [one.exit_status for one in done] == [0, 2]
    assert [one.message for one in done[1].findings] == ["the file was removed during the build"]


def test_no_process_is_left_if_the_results_are_not_read_to_the_end(tmp_path: Path) -> None:
    order, job, tasks = order_of(leaves(tmp_path / "leaves", 9), tmp_path / "out")
    stream = build_in_processes(order, job, tasks, silent(), 2)
    for _ in range(3):
        next(stream)
    stream.close()  # type: ignore[attr-defined]
    assert multiprocessing.active_children() == []
    assert not [name for name in digests(tmp_path / "out") if not name.endswith(".pdf")]
