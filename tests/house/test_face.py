"""The public interface: the names that `import brochure` provides, their types, and that nothing is loaded before it is used."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import brochure
from brochure import public

ROOT = Path(brochure.__file__).parents[1]


def test_the_public_names_are_these() -> None:
    """A name on this list must be kept for years; add one only deliberately."""
    assert [*public.__all__, "__version__"] == [
        *("BrochureError", "Built", "DiskProject", "Edition", "ExitCode", "Finding", "InputError"),
        *("LaidOut", "MemoryProject", "OutputError", "Project", "Severity", "Target", "UsageError"),
        *("build", "check", "lay_out", "__version__"),
    ]
    assert set(brochure.__all__) == {*public.__all__, "__version__"}


@pytest.mark.parametrize("name", public.__all__)
def test_every_name_is_the_real_one(name: str) -> None:
    assert getattr(brochure, name) is getattr(public, name)


def test_a_name_that_is_not_public() -> None:
    with pytest.raises(AttributeError, match="module 'brochure' has no attribute 'nonsense'"):
        getattr(brochure, "nonsense")  # noqa: B009  # mypy knows that it is not there


def test_the_version_is_that_of_the_package() -> None:
    assert brochure.__version__ == version("brochure")


def test_import_brochure_loads_nothing_else() -> None:
    code = "import sys, brochure; print([name for name in sys.modules if name.startswith('brochure.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60)
    assert done.stdout == b"[]\n"


MISTAKES = [
    ('build(1, "x", nope=3)', {"call-overload", "arg-type", "call-arg"}),
    ('build("leaflet", Target.PAPER)', {"attr-defined"}),
    ('lay_out("leaflet").pages + 1', {"operator"}),
    ('text: str = check("leaflet")', {"assignment"}),
]


def test_a_type_checker_sees_the_types() -> None:
    """Code of other projects is type-checked: no name here is Any."""
    lines = [code for code, _ in MISTAKES]
    source = "\n".join(["from brochure import Target, build, check, lay_out", *lines, ""])
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--no-error-summary",
        "--follow-imports=silent",  # as for an installed package
        "--cache-dir=.mypy_cache/public",  # that of `make check` has other options
        "--config-file",
        "",
        "-c",
        source,
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 1, done.stdout + done.stderr
    said = re.findall(r":(\d+): error: .*\[([a-z-]+)\]$", done.stdout, re.M)
    for at, (code, wanted) in enumerate(MISTAKES, 2):
        assert {kind for line, kind in said if int(line) == at} & wanted, (code, done.stdout)


def test_python_m_brochure_is_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "brochure", "--version"], capture_output=True, check=True, cwd=ROOT
    )
    assert done.stdout.decode().strip() == f"brochure {brochure.__version__}"
