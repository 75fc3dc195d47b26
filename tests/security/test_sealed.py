"""Whole builds without a network: no socket, no other files, and no other program than the declared one."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.calling import ROOT, SAMPLE
from tests.programs import need
from tests.security.attacks import DRAWING_LAYOUT, lay

COMMANDS = (
    ("build", "project", "-o", "out"),
    ("check", "project"),
    ("text", "update", "project"),
    ("text", "extract", "project", "--lang", "fr", "--format", "xliff", "-o", "fr.xlf"),
    ("text", "import", "fr.xlf", "project", "--lang", "fr"),
    ("text", "status", "project"),
    ("impose", "project", "--scheme", "reader", "-o", "out/imposed.pdf"),
    ("new", "fresh"),
    ("fonts",),
)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with the shipped leaflet, and the assets that it shares."""
    shutil.copytree(ROOT / "layouts" / "leaflet", tmp_path / "project")
    shutil.copytree(
        ROOT / "assets", tmp_path / "assets", ignore=shutil.ignore_patterns("*.py", "fonts")
    )
    (tmp_path / "temporary").mkdir()
    return tmp_path


def sealed(
    place: Path, *commands: tuple[str, ...], before: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    """Run commands in a process that watches itself, with cache and temporary files inside the folder."""
    setting = {
        **os.environ,
        "BROCHURE_CACHE": str(place / "cache"),
        "TMPDIR": str(place / "temporary"),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    seal = (sys.executable, "-m", "tests.security.seal", str(place), json.dumps(commands))
    return subprocess.run(
        (*before, *seal),
        cwd=place,
        env=setting,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


def test_no_command_uses_other_files(place: Path) -> None:
    done = sealed(place, *COMMANDS)
    assert "BROKEN" not in done.stderr, done.stderr
    assert done.returncode in (0, 1), (
        done.stderr
    )  # 1: the French translation of the leaflet is missing
    assert (place / "out" / "imposed.pdf").exists()
    assert (place / "fresh" / "brochure.yaml").exists()


def test_a_build_starts_only_the_declared_process(place: Path) -> None:
    """A stroke is converted in a process of its own, which is allowed; no other process is started."""
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path stroke="#000" d="M0 0H5V5Z"/></svg>'
    lay(place / "project", {"assets/mark.svg": svg}, DRAWING_LAYOUT)
    done = sealed(place, ("build", "project", "-o", "out"))
    assert (done.returncode, done.stderr) == (0, "")


def test_violations_are_detected(place: Path) -> None:
    """Otherwise the other tests would prove nothing: a file elsewhere and a socket are violations."""
    outside = place.parent / "outside.pdf"
    outside.write_bytes(b"%PDF-1.7")
    done = sealed(place, ("check", str(outside)))
    assert done.returncode == 99
    assert f"BROKEN open {outside}" in done.stderr


def test_a_socket_is_a_violation() -> None:
    code = (
        "import contextlib, socket\nfrom tests.security import seal\nseal.main('/', [['--help']])\n"
        "with contextlib.suppress(PermissionError): socket.socket()\n"
        "with contextlib.suppress(PermissionError): socket.getaddrinfo('localhost', 80)\n"
        "print(seal.BROKEN)"
    )
    words = [sys.executable, "-c", code]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert "a socket was requested" in done.stdout, done.stderr
    assert "socket.getaddrinfo" in done.stdout


@pytest.mark.soak
def test_other_outputs_use_no_other_files_either(place: Path) -> None:
    targets = (("screen", "--previews"), ("booklet",))
    done = sealed(
        place, *(("build", "project", "-o", "out", "--target", *target) for target in targets)
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.soak
@pytest.mark.parametrize("target", ["press", "screen"])
def test_every_edition_of_the_sample_without_a_network(target: str, place: Path) -> None:
    """In its own network namespace without a loopback interface, and also watched."""
    shutil.rmtree(place / "project")
    shutil.copytree(SAMPLE, place / "project")
    alone = ("unshare", "-n") if _may_unshare() else ()
    done = sealed(
        place, ("build", "project", "-o", "out", "--all", "--target", target), before=alone
    )
    assert "BROKEN" not in done.stderr, done.stderr
    assert done.returncode == 0, done.stderr


def _may_unshare() -> bool:
    try:
        return subprocess.run(["unshare", "-n", "true"], check=False, timeout=20).returncode == 0
    except OSError:
        return False


@pytest.mark.soak
def test_strace_sees_no_socket(place: Path) -> None:
    """The interpreter has no events for C libraries; strace sees them."""
    need("strace")
    trace = place / "trace"
    words = ("strace", "-f", "-e", "trace=network,execve", "-o", str(trace))
    done = sealed(place, ("build", "project", "-o", "out"), before=words)
    assert done.returncode == 0, done.stderr
    written = trace.read_text()
    calls = set(re.findall(r"^\d+ +(\w+)\(", written, re.M))
    # A pair of sockets between two ends of one process reaches no other.
    assert calls <= {"execve", "socketpair"}, calls
    # Files of others are read in interpreters of their own.
    assert set(re.findall(r'execve\("([^"]*)"', written)) == {sys.executable}
