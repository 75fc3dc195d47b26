"""The brochure by this program: a project with a layout, source copy, 40 offices, and the font and images in its assets.

`python -m bench.peers.ours FOLDER` writes a project for each kind of editions into the folder of `bench.peers.source_files`.
Unlike the other programs, this one has CMYK colours with an output profile, trim and bleed boxes, and a baseline grid.
"""

from __future__ import annotations

import gc
import json
import shutil
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from bench.peers.messages import CHARTS
from bench.peers.source_files import EDITED, EDITIONS, IMAGES, KINDS, SourceFiles

LAYOUT = """\
brochure: bench
title: cover.title
size: A5
bleed: 3 mm
binding: saddle-stitch
source-language: en

swatches:
  ink: cmyk 0 0 0 100
  night: cmyk 92 75 48 52
  ember: cmyk 0 86 100 9
  dune: cmyk 10 16 28 2

grid:
  margins: {top: 19 mm, bottom: 19 mm, inner: 16 mm, outer: 16 mm}
  baseline: 19 pt

paragraph-styles:
  body: {font: Bench Serif, size: 12.5 pt, leading: 19 pt, align: justify, hyphenation: yes, colour: ink, space-after: 9.5 pt}
  white: {based-on: body, colour: paper}
  head: {based-on: body, size: 26 pt, leading: 30 pt, align: start, hyphenation: no, space-after: 14 pt}
  head-white: {based-on: head, colour: paper}
  title: {based-on: head, size: 30 pt, leading: 36 pt, colour: paper, space-after: 0 pt}
  lead: {based-on: head, size: 15 pt, leading: 21 pt, colour: paper, space-after: 0 pt}
  words: {based-on: head, size: 20 pt, leading: 27 pt, colour: paper, space-after: 8 pt}
  note: {based-on: head, size: 9 pt, leading: 13 pt, space-after: 0 pt}
  note-white: {based-on: note, colour: paper, space-before: 8 pt}
  label: {based-on: head, size: 12 pt, leading: 18 pt, space-after: 6 pt}
  axis: {based-on: note, leading: 12 pt}

masters:
  photograph:
    frames:
      picture: {at: bleed}
      band: {at: "x -3 mm, bottom -3 mm, width 154 mm, height 72 mm", background: night}
      words: {at: "left 16 mm, bottom 19 mm, width 116 mm, height 42 mm"}
  story:
    frames:
      words: {at: margins}
"""


def make_builder(folder: Path) -> Callable[[Path, Path], Callable[[], None]]:
    """Return a function that builds an edition from its file as `brochure watch` does: it reuses the previous job.

    The function returns when the PDF is in its place. What it returns waits for the disk, as `brochure watch` does afterwards.
    """
    from brochure.api import build_edition, open_job
    from brochure.build_values import Job
    from brochure.cli import SELDOM
    from brochure.prepress.output_conditions import CONDITIONS
    from brochure.project import project_at
    from brochure.system.output_files import keep_preview, show_preview

    gc.set_threshold(*SELDOM)
    last: Job | None = None

    def build(edition: Path, out: Path) -> Callable[[], None]:
        nonlocal last
        project = project_at(get_project_folder(folder, edition.parent.name))
        last = open_job(project, last)
        built = build_edition(last, CONDITIONS["press"], "en", edition.stem)
        if not built.parts:
            raise RuntimeError("\n".join(map(str, built.findings)))
        return partial(keep_preview, out, show_preview(out, built.parts))

    return build


def get_project_folder(folder: Path, kind: str) -> Path:
    """Return the folder of the project with the editions of a kind."""
    return folder / f"ours-{kind}"


def update_project(folder: Path, edition: Path) -> None:
    """Write the changed messages of an edition into the source copy of its project."""
    project = get_project_folder(folder, edition.parent.name)
    _write_yaml(project / "content" / "en.yaml", _nest(_read_messages(edition)))


def write_projects(sources: SourceFiles) -> None:
    """Write a project for each kind, with an office for each edition, and a project for edits."""
    for kind in KINDS:
        folder = get_project_folder(sources.folder, kind)
        source_copy = _read_messages(sources.get_edition_path(kind, 1))
        _write_project(folder, source_copy)
        for number in range(1, EDITIONS + 1):
            messages = _read_messages(sources.get_edition_path(kind, number))
            _write_office(folder, number, messages, source_copy)
    folder = get_project_folder(sources.folder, EDITED)
    source_copy = _read_messages(sources.get_edition_path(KINDS[0], 1))
    _write_project(folder, source_copy)
    _write_office(folder, 1, source_copy, source_copy)


def _write_project(folder: Path, messages: Mapping[str, str]) -> None:
    for name in ("content", "offices", "assets/photos", "assets/fonts"):
        (folder / name).mkdir(parents=True)
    sources = SourceFiles(folder.parent)
    shutil.copy(sources.font, folder / "assets" / "fonts")
    for index, name in enumerate(IMAGES):
        shutil.copy(sources.get_image_path(index), folder / "assets" / "photos" / name)
    (folder / "brochure.yaml").write_text(make_layout(), encoding="utf-8")
    _write_yaml(folder / "content" / "en.yaml", _nest(messages))


def _write_office(
    folder: Path, number: int, messages: Mapping[str, str], source_copy: Mapping[str, str]
) -> None:
    """Write an office with its address and the messages that differ from the source copy."""
    own = {
        key: text
        for key, text in messages.items()
        if key.startswith("office.") or source_copy[key] != text
    }
    office = {"office": f"{number:02}", "languages": ["en"], "copy": {"en": _nest(own)}}
    _write_yaml(folder / "offices" / f"{number:02}.yaml", office)


def make_layout() -> str:
    """Return the layout: eight pages, three of them with a photograph and one with the charts."""
    pages = [
        _make_photograph_page(
            "cover.jpg",
            ("title", "cover.title"),
            ("lead", "cover.subtitle"),
            ("note-white", "office.name"),
        ),
        _make_story_page("first"),
        _make_story_page("second"),
        _make_photograph_page("quote.jpg", ("words", "quote.words"), ("note-white", "quote.by")),
        _make_figures_page(),
        _make_story_page("third"),
        _make_photograph_page("close.jpg", ("words", "close.words"), ("note-white", "close.by")),
        _make_back_page(),
    ]
    return LAYOUT + yaml.safe_dump({"pages": pages}, sort_keys=False)


def _make_photograph_page(image: str, *texts: tuple[str, str]) -> dict[str, Any]:
    return {
        "master": "photograph",
        "picture": {"image": f"photos/{image}", "alt": "none"},
        "words": [{"text": key, "style": style} for style, key in texts],
    }


def _make_story_page(name: str) -> dict[str, Any]:
    head = {"heading": f"{name}.head", "style": "head"}
    return {"master": "story", "words": [head, *({"text": f"{name}.{part}"} for part in "abc")]}


def _make_figures_page() -> dict[str, Any]:
    charts = {
        f"chart-{name}": {
            "at": f"x {x} mm, y 68 mm, width 54 mm, height 104 mm",
            "content": {
                "column-chart": [
                    {"label": f"{name}.y{label}", "value": value, "colour": "dune"}
                    for label, value in bars[:-1]
                ]
                + [
                    {"label": f"{name}.y{label}", "value": value, "colour": "ember"}
                    for label, value in bars[-1:]
                ],
                "title": f"{name}.title",
                "alt": "none",
                "height": "84 mm",
            },
        }
        for x, (name, bars) in zip((16, 78), CHARTS.items(), strict=True)
    }
    top = [{"heading": "figures.head", "style": "head"}, {"text": "figures.lead"}]
    frames = {
        "top": {"at": "x 16 mm, y 19 mm, width 116 mm, height 46 mm", "content": top},
        **charts,
        "source": {
            "at": "x 16 mm, y 176 mm, width 116 mm, height 12 mm",
            "content": {"text": "figures.source", "style": "note"},
        },
    }
    return {"frames": frames}


def _make_back_page() -> dict[str, Any]:
    top = [{"heading": "back.head", "style": "head-white"}, {"text": "back.a", "style": "white"}]
    lines = [
        {"text": f"office.{key}", "style": "lead"} for key in ("name", "street", "city", "phone")
    ]
    frames = {
        "words": {"at": "x 16 mm, y 19 mm, width 116 mm, height 75 mm", "content": top},
        "office": {"at": "x 16 mm, y 96 mm, width 116 mm, height 40 mm", "content": lines},
    }
    return {"background": "night", "frames": frames}


def _read_messages(path: Path) -> dict[str, str]:
    """Return the messages of an edition, including the labels of the charts."""
    messages = json.loads(path.read_text(encoding="utf-8"))
    charts = messages.pop("charts")
    labels = {f"{name}.y{label}": label for name, bars in charts.items() for label, _ in bars}
    return {**messages, **labels}


def _nest(messages: Mapping[str, str]) -> dict[str, dict[str, str]]:
    nested: dict[str, dict[str, str]] = {}
    for key, text in messages.items():
        group, _, name = key.partition(".")
        nested.setdefault(group, {})[name] = text
    return nested


def _write_yaml(path: Path, data: object) -> None:
    path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), encoding="utf-8")


if __name__ == "__main__":
    write_projects(SourceFiles(Path(sys.argv[1])))
