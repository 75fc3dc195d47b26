"""What a command loads: no command's help a stage, no build a library that it does not use, and none more than its budget."""

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
from tests.cli.calling import SAMPLE

STAGES = {
    f"brochure.{room}"
    for room in (
        *("api", "batch", "blocks", "color", "fonts", "images", "impose", "imposition", "l10n"),
        *("layout", "model", "render", "pdf", "preflight", "prepress", "spec", "structure"),
        *("styles", "translation", "typeset"),
    )
}
"""Our rooms that do the work; the rest of `brochure` is the command line and what it says."""

LIBRARIES = {
    *("uharfbuzz", "icu4py", "PIL", "yaml", "pypdf", "fontTools", "openpyxl"),
    *("lxml", "polib", "picosvg", "segno", "pypdfium2", "markdown_it", "pyphen", "dask"),
    *("distributed", "numpy", "babel", "rich", "watchfiles"),
}

UNUSED = LIBRARIES - {"uharfbuzz", "icu4py", "PIL", "yaml", "pyphen", "babel"}
"""What a brochure of plain text and pictures has no use for."""

OWN_UNUSED = {"brochure.translation", "brochure.impose", "brochure.l10n.data_files"}

ASKED = """\
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
    """The modules that a command has loaded when it ends well; of a package also its name alone."""
    said = json.dumps([str(word) for word in words])
    done = subprocess.run(
        [sys.executable, "-c", ASKED, said], capture_output=True, check=True, timeout=60
    )
    status, names = json.loads(done.stdout.splitlines()[-1])
    assert status == 0, done.stderr.decode()
    return set(names)


def among(names: set[str], wanted: Iterable[str]) -> set[str]:
    """Those of the packages and rooms that are loaded, or a part of which is."""
    return {
        one for one in wanted if any(name == one or name.startswith(f"{one}.") for name in names)
    }


def commands() -> list[tuple[str, ...]]:
    """The words of every command; a group alone, and each of its commands."""
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
    assert among(names, {"uharfbuzz"}) == {"uharfbuzz"}  # it did build


def test_the_sample_loads_only_markup_beside(tmp_path: Path) -> None:
    """It has marks in its messages, and a drawing that the cache may hold already: the first build reads that as SVG."""
    loaded("build", SAMPLE, "-o", tmp_path)
    names = loaded("build", SAMPLE, "-o", tmp_path)
    assert among(names, UNUSED) == {"markdown_it"}


def test_a_check_after_another_loads_no_image_library() -> None:
    """The colours were converted, the pictures examined and the pages with text on pictures rendered by the first one."""
    loaded("check", SAMPLE)
    assert among(loaded("check", SAMPLE), UNUSED | {"PIL"}) == {"markdown_it"}


@pytest.mark.parametrize("command", ["--help", "build"])
def test_number_of_modules_is_limited(command: str, tmp_path: Path) -> None:
    """The limits are in bench/imports.py, about 5 % above the number when they were set."""
    words = [command] if command == "--help" else [command, str(SAMPLE), "-o", str(tmp_path)]
    assert measure_packages([BROCHURE, *words], runs=1).count <= MAX_MODULES[command]
