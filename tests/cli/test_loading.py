"""Modules that commands load: `--help` loads no stage, a build loads no library that it does not use, and their number is
limited."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from bench.imports import MAX_MODULES, measure_packages
from bench.processes import BROCHURE
from brochure import cli
from brochure.system import plugins
from tests.cli.calling import SAMPLE, call

STAGES = {
    f"brochure.{package}"
    for package in (
        *("api", "batch", "blocks", "color", "fonts", "images", "impose", "imposition", "l10n"),
        *("layout", "model", "render", "pdf", "preflight", "prepress", "spec", "structure"),
        *("styles", "translation", "typeset"),
    )
}
"""The packages that do the work; the rest of `brochure` is the command line."""

LIBRARIES = {
    *("uharfbuzz", "icu4py", "PIL", "yaml", "pypdf", "fontTools", "openpyxl"),
    *("lxml", "polib", "picosvg", "segno", "pypdfium2", "markdown_it", "pyphen", "dask"),
    *("distributed", "numpy", "babel", "rich", "watchfiles"),
}

UNUSED = LIBRARIES - {"uharfbuzz", "icu4py", "PIL", "yaml", "pyphen", "babel"}
"""Packages that a brochure of plain text and pictures does not use."""

OWN_UNUSED = {"brochure.translation", "brochure.impose", "brochure.l10n.data_files"}

SCRIPT = """\
import sys, json
sys.argv = ["brochure", *json.loads(sys.argv[1])]
from brochure import cli
try:
    cli.main()
except SystemExit as stop:
    status = stop.code or 0
print("\\n" + json.dumps([status, sorted(sys.modules)]))
"""

LAYOUT = """\
brochure: plain
size: A5
source-language: en
pages:
  - frames: {words: {at: margins, content: [{heading: head}, {text: text}]}}
"""
COPY = "head: Nothing but words\ntext: One paragraph, which wants neither marks nor drawings.\n"


def loaded(*words: str | Path) -> set[str]:
    """Return the modules that a successful command has loaded; for packages, also the name of the package."""
    result = json.dumps([str(word) for word in words])
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, result], capture_output=True, check=True, timeout=60
    )
    status, names = json.loads(done.stdout.splitlines()[-1])
    assert status == 0, done.stderr.decode()
    return set(names)


def among(names: set[str], wanted: Iterable[str]) -> set[str]:
    """Return those of the given packages that are loaded, entirely or in part."""
    return {
        one for one in wanted if any(name == one or name.startswith(f"{one}.") for name in names)
    }


def commands() -> list[tuple[str, ...]]:
    """Return the names of every command and every group."""
    found: list[tuple[str, ...]] = [()]
    for name in plugins.names(cli):
        module = plugins.kind(cli, name)
        inner = plugins.names(module) if hasattr(module, "__path__") else []
        found += [(name,), *((name, one) for one in inner)]
    return found


@pytest.mark.parametrize("words", commands(), ids=lambda words: " ".join(words) or "brochure")
def test_help_loads_no_stage(words: tuple[str, ...]) -> None:
    assert among(loaded(*words, "--help"), STAGES | LIBRARIES) == set()


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A project of one page: a heading and a paragraph."""
    (tmp_path / "content").mkdir()
    (tmp_path / "brochure.yaml").write_text(LAYOUT, encoding="utf-8")
    (tmp_path / "content" / "en.yaml").write_text(COPY, encoding="utf-8")
    return tmp_path


def test_a_plain_build_loads_only_what_it_uses(plain: Path) -> None:
    names = loaded("build", plain, "-o", plain / "out")
    assert among(names, UNUSED | OWN_UNUSED) == set()
    assert among(names, {"uharfbuzz"}) == {"uharfbuzz"}  # the build has succeeded


def test_the_sample_also_loads_markup_and_nothing_else(tmp_path: Path) -> None:
    """Its messages have markup. It has a drawing, which the cache may already contain: the first build reads it as SVG."""
    call("build", SAMPLE, "-o", tmp_path)
    names = loaded("build", SAMPLE, "-o", tmp_path)
    assert among(names, UNUSED) == {"markdown_it"}


def test_a_check_after_another_loads_no_image_library() -> None:
    """The first check converted the colours, examined the pictures and rendered the pages with text on pictures."""
    call("check", SAMPLE)
    assert among(loaded("check", SAMPLE), UNUSED | {"PIL"}) == {"markdown_it"}


@pytest.mark.parametrize("command", ["--help", "build"])
def test_number_of_modules_is_limited(command: str, tmp_path: Path) -> None:
    """The limits are in bench/imports.py, about 5 % above the number when they were set."""
    words = [command] if command == "--help" else [command, str(SAMPLE), "-o", str(tmp_path)]
    assert measure_packages([BROCHURE, *words], runs=1).count <= MAX_MODULES[command]
