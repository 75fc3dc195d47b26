"""The wheel: the installed program has the layouts and their pictures, and starts a project without the repository."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.cli.calling import ROOT
from tests.quick import only

SOURCES = (
    "brochure",
    "layouts",
    "assets",
    "pyproject.toml",
    "setup.py",
    "MANIFEST.in",
    "README.md",
)
BUILD = "import sys; from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"
"""What pip runs without build isolation."""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files of the wheel, as pip installs them; built from a copy, so that no earlier build is included."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(
                ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__")
            )
        else:
            shutil.copy(ROOT / name, source / name)
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(folder)],
        cwd=source,
        capture_output=True,
        check=False,
        timeout=240,
    )
    assert done.returncode == 0, done.stderr.decode()
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    shutil.rmtree(source)
    return folder / "site"


def brochure(installed: Path, folder: Path, *words: str) -> str:
    """Run the installed program in a folder; return its standard output."""
    code = "import sys, brochure.cli; assert 'site/brochure' in brochure.cli.__file__; brochure.cli.main()"
    done = subprocess.run(
        [sys.executable, "-P", "-c", code, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


LAYOUTS = sorted(path.parent.name for path in (ROOT / "layouts").glob("*/brochure.yaml"))


def test_every_layout_is_listed(installed: Path, tmp_path: Path) -> None:
    listed = brochure(installed, tmp_path, "new", "--list").splitlines()
    assert [line.split()[0] for line in listed] == LAYOUTS


@pytest.mark.parametrize("name", only({"donor-appeal", "proven-model"}, LAYOUTS))
def test_a_layout_starts_and_builds(name: str, installed: Path, tmp_path: Path) -> None:
    """Two layouts in `make test`, whose images and fonts are in the shared folder and in one of their own; the files of all are
    compared below."""
    brochure(installed, tmp_path, "new", name, "--layout", name)
    assert ".pdf" in brochure(installed, tmp_path, "build", name, "-o", "out")


@pytest.mark.parametrize("folder", ["layouts", "assets"])
def test_the_wheel_has_every_file_of_the_layouts(installed: Path, folder: str) -> None:
    """All but the scripts that draw the images, and the output of builds."""

    def files(root: Path) -> dict[str, bytes]:
        paths = (path for path in (root / folder).rglob("*.*") if path.is_file())
        return {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in paths
            if path.suffix not in (".py", ".pyc") and path.parent.name not in ("draw", "out")
        }

    assert files(installed / "brochure" / "_shipped") == files(ROOT)


def test_the_wheel_has_no_other_files(installed: Path) -> None:
    files = [
        path.relative_to(installed).as_posix() for path in installed.rglob("*") if path.is_file()
    ]
    shipped = [name for name in files if name.startswith("brochure/_shipped/")]
    made = [name for name in shipped if name.endswith(".pdf") and "/assets/" not in name]
    assert not [name for name in shipped if name.endswith((".py", ".pyc"))]
    assert not made
    tops = {name.split("/")[0] for name in files}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"brochure"}
    assert "brochure/py.typed" in files


def test_no_copies_are_kept_in_the_repository() -> None:
    assert not (ROOT / "brochure" / "_shipped").exists()


def test_the_proof_has_its_web_interface(installed: Path) -> None:
    web = Path("brochure/proof/web")
    here = {file.relative_to(ROOT) for file in (ROOT / web).rglob("*.*")}
    assert {file.relative_to(installed) for file in (installed / web).rglob("*.*")} == here
