"""The same project gives the same bytes with any hash seed, locale, time zone, umask, folder, number of processes, and cache."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PIL import Image

from tests.batch.leaves import digests
from tests.house.modules import ROOT

LAYOUT = """\
brochure: same
size: 200 x 400 pt
bleed: 3 mm
binding: none
marks: [crop, registration, page-information]
source-language: en
variables: {rescued: 12345.6, share: 0.125}
swatches: {ember: cmyk 0 70 90 5, night: cmyk 92 66 42 48}
paragraph-styles:
  body: {font: Source Serif 4, size: 10 pt, leading: 13 pt, align: justify, hyphenation: yes, grid: no}
  caps: {based-on: body, case: upper}
pages:
  - frames:
      words: {at: "x 10 pt, y 10 pt, width 180 pt, height 110 pt", content: [{text: words}, {text: title, style: caps}]}
      table:
        at: "x 10 pt, y 120 pt, width 180 pt, height 60 pt"
        content: {table: [[title, {value: rescued}], [words, {value: share, format: percent}]], columns: [60%, {align: point}]}
      chart:
        at: "x 10 pt, y 190 pt, width 180 pt, height 90 pt"
        content: {bar-chart: [{label: a, value: 1775, colour: ember}, {label: b, value: rescued}], title: title, alt: title}
      picture: {at: "x 10 pt, y 290 pt, width 80 pt, height 80 pt", content: {image: p.jpg, alt: title}}
      drawing: {at: "x 100 pt, y 290 pt, width 80 pt, height 80 pt", content: {image: d.svg, alt: title}}
preflight: off
"""
COPY = {
    "en": "words: Illicit *fishing* in {rescued, number} villages.\ntitle: Title in capitals\na: First\nb: I\n",
    "tr": "words: Işık ve *iyilik* {rescued, number}.\ntitle: iyilik ışık\na: İlk\nb: ikinci\n",
    "de": "words: Straße nach *Süden* {rescued, number}.\ntitle: große Straße\na: Erste\nb: Zweite\n",
}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0H9V9Z" fill="#900"/><circle r="3"/></svg>'


def write_project(folder: Path) -> Path:
    """Write the project with its copy in three languages and two offices."""
    files = {"brochure.yaml": LAYOUT, "assets/d.svg": SVG}
    files |= {f"content/{language}.yaml": text for language, text in COPY.items()}
    files |= {
        f"offices/{name}.yaml": f"office: {name}\nlanguages: [en, tr, de]\n" for name in ("a", "b")
    }
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    gradient = Image.linear_gradient("L").resize((60, 60))
    Image.merge("RGB", (gradient, gradient.rotate(90), gradient)).save(folder / "assets/p.jpg")
    return folder


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_project(tmp_path_factory.mktemp("same") / "project")


@dataclass(frozen=True)
class Machine:
    """How a build is run."""

    environment: Mapping[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ("--jobs", "1")
    umask: int = 0o022
    moved: bool = False
    cached: bool = False


def build(project: Path, folder: Path, machine: Machine) -> dict[str, str]:
    """Build all editions in a new process; return the digests of the PDFs."""
    kept = folder / "kept"
    if machine.moved:  # in another folder, and its files were created in another order
        moved = folder / "Ünder a name with spaces" / "moved"
        for path in sorted(project.rglob("*"), reverse=True):
            if path.is_file():
                (moved / path.relative_to(project)).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, moved / path.relative_to(project))
        project = moved
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))
    }
    environment = {
        **inherited,
        "PYTHONPATH": str(ROOT),
        "BROCHURE_CACHE": str(kept) if machine.cached else "off",
        **machine.environment,
    }
    here, root = (project, Path()) if machine.moved else (folder, project)
    command = [sys.executable, "-m", "brochure", "build", root, "--all", *machine.options]
    done = subprocess.run(
        [*map(str, command), "-o", str(folder / "out")],
        cwd=here,
        env=environment,
        umask=machine.umask,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return digests(folder / "out")


@pytest.fixture(scope="module")
def expected(project: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    machine = Machine({"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC"})
    made = build(project, tmp_path_factory.mktemp("expected"), machine)
    assert len(made) == len(set(made.values())) == 6
    return made


TURKISH = {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"}
MACHINES = {
    "hashes, Turkish locale, time zone": Machine(
        {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", **TURKISH}
    ),
    "C locale without UTF-8, umask, folder": Machine(
        {"PYTHONHASHSEED": "1", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        umask=0o077,
        moved=True,
    ),
    "three processes, new cache": Machine(
        {"PYTHONHASHSEED": "random", "TZ": "America/St_Johns"}, ("--jobs", "3"), cached=True
    ),
}


@pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES.keys())
def test_every_machine_makes_the_same_bytes(
    machine: Machine, project: Path, expected: dict[str, str], tmp_path: Path
) -> None:
    assert build(project, tmp_path, machine) == expected
    if machine.cached:
        assert any((tmp_path / "kept").iterdir())
        assert build(project, tmp_path, machine) == expected


def test_other_copy_makes_other_bytes(expected: dict[str, str], tmp_path: Path) -> None:
    """The comparison would notice a difference of one letter."""
    project = write_project(tmp_path / "project")
    copy = project / "content/tr.yaml"
    copy.write_text(COPY["tr"].replace("ikinci", "ikincı"), encoding="utf-8")
    made = build(project, tmp_path, Machine())
    changed = {name for name in expected if made[name] != expected[name]}
    assert changed == {name for name in expected if "_tr_" in name}
