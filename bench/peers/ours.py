"""The brochure as a project of ours: a layout, the source copy, 40 offices, and the same font and pictures in its assets.

Takes the folder that `matter` made; writes a project for each kind of editions beside it. Ours alone has press colours with a
profile, boxes for trim and bleed, and a baseline grid.
"""

from __future__ import annotations

import gc
import json
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

from bench.peers.matter import EDITED, EDITIONS, KINDS, PICTURES, Matter
from bench.peers.words import CHARTS

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


def opened(folder: Path) -> Callable[[Path, Path], None]:
    """Builds an edition, named by the file of its words, in this process; as `brochure watch` does, taking over what stands."""
    from brochure.api import build_edition, open_job
    from brochure.build_values import Job
    from brochure.cli import SELDOM
    from brochure.prepress.output_conditions import CONDITIONS
    from brochure.project import project_at
    from brochure.system.output_files import write_atomically

    gc.set_threshold(*SELDOM)
    last: Job | None = None

    def build(words: Path, out: Path) -> None:
        nonlocal last
        last = open_job(project_at(project_of(folder, words.parent.name)), last)
        built = build_edition(last, CONDITIONS["press"], "en", words.stem)
        if not built.parts:
            raise RuntimeError("\n".join(map(str, built.findings)))
        write_atomically(out, built.parts)

    return build


def project_of(folder: Path, kind: str) -> Path:
    """The project in which the editions of a kind are."""
    return folder / f"ours-{kind}"


def edited(folder: Path, words: Path) -> None:
    """Brings the words of an edition that somebody has changed into the copy of its project."""
    _write(project_of(folder, words.parent.name) / "content" / "en.yaml", _nested(_words(words)))


def projects(matter: Matter) -> None:
    """A project for each kind of editions, in which every edition is an office; and one to change messages in."""
    for kind in KINDS:
        folder = project_of(matter.folder, kind)
        _project(folder, _words(matter.edition(kind, 1)))
        for at in range(1, EDITIONS + 1):
            _office(folder, at, _words(matter.edition(kind, at)), _words(matter.edition(kind, 1)))
    first = _words(matter.edition(KINDS[0], 1))
    _project(project_of(matter.folder, EDITED), first)
    _office(project_of(matter.folder, EDITED), 1, first, first)


def _project(folder: Path, words: Mapping[str, str]) -> None:
    for name in ("content", "offices", "assets/photos", "assets/fonts"):
        (folder / name).mkdir(parents=True)
    matter = Matter(folder.parent)
    shutil.copy(matter.font, folder / "assets" / "fonts")
    for at, name in enumerate(PICTURES):
        shutil.copy(matter.picture(at), folder / "assets" / "photos" / name)
    (folder / "brochure.yaml").write_text(layout(), encoding="utf-8")
    _write(folder / "content" / "en.yaml", _nested(words))


def _office(folder: Path, at: int, words: Mapping[str, str], first: Mapping[str, str]) -> None:
    """An office has what differs from the first edition, of which the copy is."""
    own = {
        key: text for key, text in words.items() if key.startswith("office.") or first[key] != text
    }
    office = {"office": f"{at:02}", "languages": ["en"], "copy": {"en": _nested(own)}}
    _write(folder / "offices" / f"{at:02}.yaml", office)


def layout() -> str:
    """The layout: eight pages, of which three are photographs and one holds the charts."""
    pages = [
        _photograph(
            "cover.jpg",
            ("title", "cover.title"),
            ("lead", "cover.subtitle"),
            ("note-white", "office.name"),
        ),
        _story("first"),
        _story("second"),
        _photograph("quote.jpg", ("words", "quote.words"), ("note-white", "quote.by")),
        _figures(),
        _story("third"),
        _photograph("close.jpg", ("words", "close.words"), ("note-white", "close.by")),
        _back(),
    ]
    return LAYOUT + yaml.safe_dump({"pages": pages}, sort_keys=False)


def _photograph(picture: str, *words: tuple[str, str]) -> dict[str, Any]:
    return {
        "master": "photograph",
        "picture": {"image": f"photos/{picture}", "alt": "none"},
        "words": [{"text": key, "style": style} for style, key in words],
    }


def _story(name: str) -> dict[str, Any]:
    head = {"heading": f"{name}.head", "style": "head"}
    return {"master": "story", "words": [head, *({"text": f"{name}.{part}"} for part in "abc")]}


def _figures() -> dict[str, Any]:
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


def _back() -> dict[str, Any]:
    top = [{"heading": "back.head", "style": "head-white"}, {"text": "back.a", "style": "white"}]
    lines = [
        {"text": f"office.{key}", "style": "lead"} for key in ("name", "street", "city", "phone")
    ]
    frames = {
        "words": {"at": "x 16 mm, y 19 mm, width 116 mm, height 75 mm", "content": top},
        "office": {"at": "x 16 mm, y 96 mm, width 116 mm, height 40 mm", "content": lines},
    }
    return {"background": "night", "frames": frames}


def _words(path: Path) -> dict[str, str]:
    """An edition's messages: the labels of the charts are messages, too."""
    said = json.loads(path.read_text(encoding="utf-8"))
    labels = {
        f"{name}.y{label}": label for name, bars in said.pop("charts").items() for label, _ in bars
    }
    return {**said, **labels}


def _nested(words: Mapping[str, str]) -> dict[str, dict[str, str]]:
    nest: dict[str, dict[str, str]] = {}
    for key, text in words.items():
        group, _, name = key.partition(".")
        nest.setdefault(group, {})[name] = text
    return nest


def _write(path: Path, data: object) -> None:
    path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True), encoding="utf-8")


if __name__ == "__main__":
    projects(Matter(Path(sys.argv[1])))
