"""Whole builds without a network: no socket, no file but their own, no program but the one that is told of."""

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
    """A folder with the shipped leaflet in it, and the assets that it shares."""
    shutil.copytree(ROOT / "layouts" / "leaflet", tmp_path / "project")
    shutil.copytree(
        ROOT / "assets", tmp_path / "assets", ignore=shutil.ignore_patterns("*.py", "fonts")
    )
    (tmp_path / "temporary").mkdir()
    return tmp_path


def sealed(
    place: Path, *commands: tuple[str, ...], before: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    """The commands in a process that watches itself, with cache and temporary files inside the folder."""
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


def test_no_command_leaves_its_own_ground(place: Path) -> None:
    done = sealed(place, *COMMANDS)
    assert "BROKEN" not in done.stderr, done.stderr
    assert done.returncode in (0, 1), (
        done.stderr
    )  # 1: the French of the leaflet is still to be written
    assert (place / "out" / "imposed.pdf").exists()
    assert (place / "fresh" / "brochure.yaml").exists()


def test_the_one_process_of_a_build_is_the_one_that_is_told_of(place: Path) -> None:
    """A stroke is cut in a process of its own, which the seal lets through; and it starts no other."""
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path stroke="#000" d="M0 0H5V5Z"/></svg>'
    lay(place / "project", {"assets/mark.svg": svg}, DRAWING_LAYOUT)
    done = sealed(place, ("build", "project", "-o", "out"))
    assert (done.returncode, done.stderr) == (0, "")


def test_the_seal_breaks_when_it_should(place: Path) -> None:
    """Else all of this would prove nothing: a file elsewhere is not its own, and a socket is none of its business."""
    outside = place.parent / "outside.pdf"
    outside.write_bytes(b"%PDF-1.7")
    done = sealed(place, ("check", str(outside)))
    assert done.returncode == 99
    assert f"BROKEN open {outside}" in done.stderr


def test_a_socket_breaks_the_seal() -> None:
    code = (
        "import contextlib, socket\nfrom tests.security import seal\nseal.main('/', [['--help']])\n"
        "with contextlib.suppress(PermissionError): socket.socket()\n"
        "with contextlib.suppress(PermissionError): socket.getaddrinfo('localhost', 80)\n"
        "print(seal.BROKEN)"
    )
    words = [sys.executable, "-c", code]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert "a socket was asked for" in done.stdout, done.stderr
    assert "socket.getaddrinfo" in done.stdout


@pytest.mark.soak
def test_the_other_outputs_keep_to_their_ground_too(place: Path) -> None:
    targets = (("screen", "--previews"), ("booklet",))
    done = sealed(
        place, *(("build", "project", "-o", "out", "--target", *target) for target in targets)
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.soak
@pytest.mark.parametrize("target", ["press", "screen"])
def test_every_edition_of_the_sample_without_any_network_at_all(target: str, place: Path) -> None:
    """In a network name space of its own, where there is not even a loopback, and under the seal as well."""
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
def test_the_kernel_sees_no_socket_either(place: Path) -> None:
    """What libraries in C do passes by the interpreter's own events; it does not pass by strace."""
    need("strace")
    trace = place / "trace"
    words = ("strace", "-f", "-e", "trace=network,execve", "-o", str(trace))
    done = sealed(place, ("build", "project", "-o", "out"), before=words)
    assert done.returncode == 0, done.stderr
    calls = re.findall(r"^\d+ +(\w+)\(", trace.read_text(), re.M)
    assert set(calls) <= {"execve", "socketpair"}, (
        calls
    )  # a pair between two ends of one process leads nowhere
    assert calls.count("execve") == 1  # the interpreter itself
