"""Little memory and few file handles: a message that names the resource, exit status 71, and the last good file unchanged."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from itertools import product
from pathlib import Path

import pytest
from PIL import Image

from brochure.blocks.svg.cached import load_drawing
from brochure.errors import ExitCode, SystemResourceError
from brochure.project import DiskProject, MemoryProject
from brochure.system.atomic_files import PART
from brochure.system.exhaustion import explain_exhaustion, explain_unexpected, needing
from tests.batch.leaves import digests, leaves
from tests.quick import only

MB = 1 << 20
OFFICES = 3
Limit = Callable[[int], None]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> DiskProject:
    """A small project with a picture that needs about 200 MB of memory to convert."""
    made = leaves(tmp_path_factory.mktemp("resources") / "leaves", OFFICES)
    picture = Image.linear_gradient("L").resize((2600, 2600)).convert("RGB")
    picture.save(made.root / "assets" / "face.jpg", quality=90, progressive=True)
    return made


@pytest.fixture(scope="module")
def right(project: DiskProject, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the files of a build with sufficient resources."""
    out = tmp_path_factory.mktemp("right")
    assert build(project, out, lambda _: None).returncode == 0
    return out


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> DiskProject:
    """A project whose picture takes no memory and no time."""
    return leaves(tmp_path_factory.mktemp("resources") / "leaves", OFFICES)


@pytest.fixture(scope="module")
def small_right(small: DiskProject, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its files."""
    out = tmp_path_factory.mktemp("right")
    assert build(small, out, lambda _: None).returncode == 0
    return out


def build(
    project: DiskProject, out: Path, limit: Limit, *more: str
) -> subprocess.CompletedProcess[str]:
    """Build all editions in a new interpreter with limits from its start, without a cache."""
    return run(limit, "build", str(project.root), "--all", "--force", "-o", str(out), *more)


def run(limit: Limit, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a new interpreter with limits from its start, without a cache.

    CPython crashes if it gets no memory for a frame (`_PyThreadState_PushFrame`): then, a little more is allowed.
    """
    for more in (0, MB // 8, MB // 4):
        done = subprocess.run(
            [sys.executable, "-m", "brochure", *words],
            env=os.environ | {"BROCHURE_CACHE": "off"},
            preexec_fn=partial(limit, more),
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        if done.returncode != -signal.SIGSEGV:
            return done
    raise AssertionError(f"crashes at three limits: {words}")


def limit_resource(kind: int, most: int) -> Limit:
    """Return what sets a limit, and adds so many bytes to one of memory."""
    is_of_memory = kind in {resource.RLIMIT_AS, resource.RLIMIT_DATA}

    def limit(more: int) -> None:
        allowed = most + more * is_of_memory
        resource.setrlimit(kind, (allowed, allowed))

    return limit


def check_failed_build(
    done: subprocess.CompletedProcess[str], out: Path, before: dict[str, str], what: str
) -> None:
    """Check that the build failed with a message; the files in the output folder are those of before."""
    assert done.returncode == ExitCode.NO_RESOURCES, done.stderr
    assert what in done.stderr
    assert "Traceback" not in done.stderr
    assert "internal error" not in done.stderr
    assert digests(out) == before
    assert not [*out.glob(f".*{PART}")]


STEPS = {("30", "1"), ("60", "2"), ("90", "1"), ("150", "1"), ("150", "2")}
"""Before there are workers, their number makes no difference."""


@pytest.mark.parametrize(
    "case", only(STEPS, product(("30", "60", "90", "150"), "12")), ids="-".join
)
def test_little_memory_is_reported_as_such(
    project: DiskProject, right: Path, case: tuple[str, str]
) -> None:
    """At each step of a build: while libraries are loaded, while files are read, while a picture is converted."""
    megabytes, jobs = case
    before = digests(right)
    limit = limit_resource(resource.RLIMIT_AS, int(megabytes) * MB)
    done = build(project, right, limit, "--jobs", jobs)
    check_failed_build(done, right, before, "memory ran out while ")
    assert "ulimit -v" in done.stderr


def test_the_file_that_needed_the_memory_is_named(tmp_path: Path) -> None:
    """The limit is far above what the program needs without the picture, and far below what it needs with it."""
    project = leaves(tmp_path / "leaves", 1)
    picture = Image.new("RGB", (6000, 6000), (200, 120, 40))  # of one colour: encoded soon
    picture.save(project.root / "assets" / "face.jpg", quality=80, progressive=True)
    limit = limit_resource(resource.RLIMIT_AS, 220 * MB)
    done = build(project, tmp_path / "out", limit, "--jobs", "1")
    assert f"memory ran out while converting {project.label('assets/face.jpg')}" in done.stderr


HANDLES = {("6", "1"), ("8", "8"), ("10", "1"), ("12", "8"), ("16", "8"), ("32", "1"), ("32", "8")}


@pytest.mark.parametrize(
    "case", only(HANDLES, product(("6", "8", "10", "12", "16", "32"), "18")), ids="-".join
)
def test_few_file_handles_are_enough_or_reported(
    small: DiskProject, small_right: Path, case: tuple[str, str]
) -> None:
    """If the handles are not sufficient, a build uses fewer processes; a file that it cannot open is named."""
    files, jobs = int(case[0]), case[1]
    before = digests(small_right)
    limit = limit_resource(resource.RLIMIT_NOFILE, files)
    done = build(small, small_right, limit, "--jobs", jobs)
    if files >= 32 or done.returncode == 0:
        assert (done.returncode, done.stderr) == (0, "")
        assert digests(small_right) == before
        return
    check_failed_build(done, small_right, before, "too many open files while ")
    assert "ulimit -n" in done.stderr


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (MemoryError(), "memory ran out while converting a.jpg"),
        (OSError(12, "Cannot allocate memory"), "memory ran out while converting a.jpg"),
        (OSError(24, "Too many open files"), "too many open files while converting a.jpg"),
        (OSError(23, "File table overflow"), "too many open files while converting a.jpg"),
        (ImportError("x.so: failed to map segment from shared object"), "memory ran out"),
        (ImportError("libx.so: cannot map zero-fill pages"), "memory ran out"),
        (RuntimeError("can't start new thread"), "no more processes or threads"),
    ],
)
def test_each_kind_of_exhaustion_is_recognized(failure: Exception, expected: str) -> None:
    with pytest.raises(SystemResourceError, match=expected) as caught, needing("converting a.jpg"):
        raise failure
    assert caught.value.exit_status == ExitCode.NO_RESOURCES
    assert explain_exhaustion(caught.value) is caught.value


def test_a_drawing_is_not_blamed_for_the_memory_of_the_system(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path stroke="#000" d="M0 0H9"/></svg>'

    def lack(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("brochure.blocks.svg.isolated.call_limited", lack)
    with pytest.raises(SystemResourceError, match=r"memory ran out while converting assets/a\.svg"):
        load_drawing("assets/a.svg", MemoryProject({"assets/a.svg": drawing}))


NO_EXCEPTION = [
    "error return without exception set",
    "<built-in function exec> returned NULL without setting an exception",
]
"""What CPython reports if memory for the exception is missing, as it does for errors of extension modules."""


@pytest.mark.parametrize("text", NO_EXCEPTION)
@pytest.mark.parametrize("is_limited", [True, False])
def test_lost_exceptions_are_a_lack_of_memory_if_there_is_a_limit(
    text: str, is_limited: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("brochure.system.exhaustion.is_memory_limited", lambda *_: is_limited)
    message, status = explain_unexpected(SystemError(text))
    expected = ExitCode.NO_RESOURCES if is_limited else ExitCode.INTERNAL_ERROR
    assert status == expected
    assert ("memory ran out" in message) == is_limited
    assert explain_unexpected(SystemError("other"))[1] == ExitCode.INTERNAL_ERROR


def test_a_thread_without_memory_for_its_stack_is_recognized(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("brochure.system.exhaustion.is_memory_limited", lambda *_: True)
    assert "memory ran out" in str(explain_exhaustion(RuntimeError("can't start new thread")))


def test_the_cause_of_an_exception_is_recognized() -> None:
    """Libraries raise their own exceptions where they get no memory."""
    failure = ValueError("damaged")
    failure.__cause__ = MemoryError()
    assert "memory ran out" in str(explain_exhaustion(failure))


def test_handled_causes_and_circles_are_no_lack_of_memory() -> None:
    failure = ValueError("wrong")
    failure.__context__ = MemoryError()
    failure.__suppress_context__ = True
    assert explain_exhaustion(failure) is None
    failure.__cause__ = failure
    assert explain_exhaustion(failure) is None


@pytest.mark.parametrize("kind", [resource.RLIMIT_AS, resource.RLIMIT_DATA])
def test_memory_beyond_the_limits_of_the_system_is_refused(kind: int) -> None:
    code = (
        "from brochure.system.exhaustion import require_memory\n"
        "require_memory(50 << 20); print('granted'); require_memory(400 << 20)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        preexec_fn=partial(limit_resource(kind, 300 * MB), 0),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.stdout == "granted\n"
    assert done.stderr.splitlines()[-1] == "MemoryError"


SMALL, LARGE, PICTURE = 20 * MB, 48 * MB, 130 * MB
"""Data of a process that has loaded hashlib (which prints tracebacks), that reads a PDF, and that converts a picture."""


@pytest.mark.soak
@pytest.mark.parametrize("start", range(SMALL, LARGE, 2 * MB))
def test_a_check_with_any_memory_ends(right: Path, start: int) -> None:
    file = str(min(right.glob("*.pdf")))
    for most in range(start, start + 2 * MB, MB // 16):
        done = run(limit_resource(resource.RLIMIT_DATA, most), "check", file)
        assert done.returncode in {ExitCode.OK, ExitCode.NO_RESOURCES}, (most, done.stderr)
        assert "Traceback" not in done.stderr, most


@pytest.mark.soak
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("start", range(SMALL, PICTURE, 4 * MB))
def test_a_build_with_any_memory_ends(
    project: DiskProject, right: Path, start: int, jobs: str
) -> None:
    """Also while threads convert pictures: CPython waits without end for one that gets no memory while it starts."""
    before = digests(right)
    for most in range(start, start + 4 * MB, MB // 4):
        limit = limit_resource(resource.RLIMIT_DATA, most)
        done = build(project, right, limit, "--jobs", jobs)
        if done.returncode:
            check_failed_build(done, right, before, "memory ran out while ")
        assert digests(right) == before


@pytest.mark.parametrize(
    "failure", [OSError(2, "No such file"), ImportError("no module"), RuntimeError("x")]
)
def test_other_failures_are_not_explained(failure: Exception) -> None:
    assert explain_exhaustion(failure) is None
    with pytest.raises(type(failure)) as caught, needing("x"):
        raise failure
    assert caught.value is failure


@pytest.mark.parametrize(
    ("kind", "megabytes"),
    [(resource.RLIMIT_AS, 40), (resource.RLIMIT_AS, 60), (resource.RLIMIT_DATA, 25)],
)
def test_a_check_of_a_pdf_reports_little_memory(right: Path, kind: int, megabytes: int) -> None:
    """It has its own limit for PDFs of others, which was not reached here."""
    file = min(right.glob("*.pdf"))
    done = run(limit_resource(kind, megabytes * MB), "check", str(file))
    assert done.returncode == ExitCode.NO_RESOURCES, done.stderr
    assert "memory ran out while " in done.stderr
    assert "ulimit -v" in done.stderr
    assert "than allowed" not in done.stderr
