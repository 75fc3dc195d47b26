"""Signals and closed outputs: the last good file is unchanged, no temporary file is left, and the exit status has the cause."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from brochure.errors import ExitCode
from brochure.project import DiskProject
from brochure.system.atomic_files import PART
from tests.batch.leaves import digests, leaves
from tests.quick import only

OFFICES = 12
ENDING = [signal.SIGTERM, signal.SIGHUP]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> DiskProject:
    return leaves(tmp_path_factory.mktemp("signals") / "leaves", OFFICES, pixels=400)


@pytest.fixture(scope="module")
def right(project: DiskProject, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("right")
    process = start(words(project, out))
    assert process.wait(60) == 0
    return out


def words(project: DiskProject, out: Path, *more: str) -> list[str]:
    return ["build", str(project.root), "--all", "-o", str(out), *more]


def start(command: list[str], stdout: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    """Start the program in its own session, as in a terminal."""
    return subprocess.Popen(
        [sys.executable, "-m", "brochure", *command],
        env=os.environ | {"BROCHURE_CACHE": "off"},
        stdout=stdout,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


GROUP, PROCESS = os.killpg, os.kill
PAIRS = {
    (GROUP, "1", signal.SIGHUP),
    (GROUP, "2", signal.SIGTERM),
    (PROCESS, "1", signal.SIGTERM),
    (PROCESS, "2", signal.SIGHUP),
}
"""All pairs of values; the other combinations are tested in `make soak`."""


@pytest.mark.parametrize("case", only(PAIRS, product((GROUP, PROCESS), "12", ENDING)))
def test_a_signal_ends_a_build_in_order(
    project: DiskProject,
    right: Path,
    tmp_path: Path,
    case: tuple[Callable[[int, int], None], str, signal.Signals],
) -> None:
    """A closed terminal sends SIGHUP to all processes of its group."""
    kill, jobs, number = case
    process = start(words(project, tmp_path, "--jobs", jobs))
    while not [*tmp_path.glob("*.pdf")]:
        time.sleep(0.002)
    kill(process.pid, number)
    _, result = process.communicate(timeout=30)
    assert process.returncode in (128 + number, 0)
    assert b"Traceback" not in result
    made = digests(tmp_path)
    assert made.items() <= digests(right).items()
    assert not [*tmp_path.glob(f".*{PART}")]


@pytest.mark.parametrize("number", ENDING)
@pytest.mark.parametrize("first", only({0}, (0, 1)))
def test_a_signal_at_any_time(
    project: DiskProject, right: Path, tmp_path: Path, number: signal.Signals, first: int
) -> None:
    """From the start of the interpreter on, where the system's default action ends the process.

    In `make test`, the moments of one signal are between those of the other.
    """
    whole = digests(right)
    for at in range((first + ENDING.index(number)) % 2, 10, 2):
        process = start(words(project, tmp_path))
        time.sleep(0.05 + at * 0.08)
        process.send_signal(number)
        _, result = process.communicate(timeout=30)
        assert process.returncode in (128 + number, -number, 0)
        assert b"Traceback" not in result
        assert digests(tmp_path).items() <= whole.items()
        assert not [*tmp_path.glob(f".*{PART}")]


CALLBACK = """
import signal, sys, time, weakref
sys.argv = ["brochure", "--version"]
import brochure.cli as cli
class Held:
    pass
def in_a_callback(_):
    signal.raise_signal({number})
def work():
    held = Held()
    kept = weakref.ref(held, in_a_callback)
    del held
    time.sleep(20)
    print("dropped")
    return 0
cli._status = work
cli.main()
"""


@pytest.mark.parametrize("number", [*ENDING, signal.SIGINT])
def test_a_signal_during_a_callback_is_not_dropped(number: signal.Signals) -> None:
    """Python drops exceptions of handlers that run in callbacks of weak references, such as those of the import system."""
    ended = subprocess.run(
        [sys.executable, "-c", CALLBACK.format(number=int(number))],
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert ended.returncode in (128 + number, -number)
    assert b"dropped" not in ended.stdout
    if number is not signal.SIGINT:  # `work` represents the code that would report it
        assert ended.stderr == b""


def test_a_reader_that_ends_ends_the_build(
    project: DiskProject, right: Path, tmp_path: Path
) -> None:
    """As `brochure build --all | head -1`: status 141, and no message."""
    reading, writing = os.pipe()
    os.close(reading)
    process = start(words(project, tmp_path), writing)
    os.close(writing)
    _, result = process.communicate(timeout=60)
    assert (process.returncode, result) == (ExitCode.BROKEN_PIPE, b"")
    assert digests(tmp_path).items() <= digests(right).items()
    assert not [*tmp_path.glob(f".*{PART}")]


@pytest.mark.parametrize("more", [[], ["--json"]], ids=["text", "json"])
def test_a_full_standard_output_is_an_error(
    project: DiskProject, tmp_path: Path, more: list[str]
) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    process = start(words(project, tmp_path, *more), full)
    os.close(full)
    _, result = process.communicate(timeout=60)
    assert process.returncode == ExitCode.CANNOT_WRITE
    if not more:
        text = b"brochure: standard output cannot be written: No space left on device\n"
        assert result == text


def test_two_builds_into_one_folder(project: DiskProject, right: Path, tmp_path: Path) -> None:
    """Each writes complete files under temporary names, so that the last one is kept."""
    both = [start(words(project, tmp_path, "--jobs", jobs)) for jobs in "12"]
    result = [process.communicate(timeout=60)[1] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert result == [b"", b""]
    assert digests(tmp_path) == digests(right)
    assert not [*tmp_path.glob(f".*{PART}")]


def test_an_interrupted_exec_does_not_change_the_status(tmp_path: Path) -> None:
    """CPython ends by SIGINT at its exit if `KeyboardInterrupt` itself was raised through `exec` of a string."""
    (tmp_path / "interrupted.py").write_text(
        "import sys\n"
        "from brochure.batch.shutdown import Shutdown\n"
        "with Shutdown() as shutdown:\n"
        "    try:\n"
        "        with shutdown.may_interrupt():\n"
        "            exec('import os, signal; os.kill(os.getpid(), signal.SIGTERM)')\n"
        "    except KeyboardInterrupt:\n"
        "        pass\n"
        "sys.exit(shutdown.exit_status)\n"
    )
    paths = os.pathsep.join((str(tmp_path), *filter(None, sys.path)))
    done = subprocess.run(
        [sys.executable, "-m", "interrupted"],
        env=os.environ | {"PYTHONPATH": paths},
        check=False,
        timeout=30,
    )
    assert done.returncode == ExitCode.TERMINATED


@pytest.mark.parametrize(
    ("raised", "status"), [("SystemExit(143)", 143), ("KeyboardInterrupt()", 130)]
)
def test_a_signal_while_a_class_is_made_is_not_an_internal_error(raised: str, status: int) -> None:
    """Python 3.11 turns exceptions raised there into a RuntimeError."""
    code = (
        "from brochure import cli\n"
        "class Field:\n"
        "    def __set_name__(self, owner, name):\n"
        f"        raise {raised}\n"
        "def app(**_):\n"
        "    type('Made', (), {'field': Field()})\n"
        "cli.app = app\n"
        "cli.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (status, b"")
