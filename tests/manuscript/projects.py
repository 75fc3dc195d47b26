"""A small project that manuscripts are imported into."""

from __future__ import annotations

from pathlib import Path

LAYOUT = """\
brochure: hedda
title: doc.title
size: A5
grid: {margins: {top: 15 mm, bottom: 15 mm, inner: 15 mm, outer: 15 mm}, columns: 6, rows: 8}
masters:
  page: {frames: {words: {at: "columns 1-6, rows 1-8", story: main}}}
stories:
  main:
    content:
      # What is in the story.
      - title: doc.title
pages:
  - {master: page}
  - {master: page}
  - {master: page}
  - {master: page}
"""
COPY = """\
# The copy of the boat.
doc:
  title: "Hedda"   # her name
"""


def write_project(folder: Path) -> Path:
    """Write a project of four pages with one story."""
    (folder / "content").mkdir(parents=True)
    (folder / "brochure.yaml").write_text(LAYOUT, encoding="utf-8")
    (folder / "content" / "en.yaml").write_text(COPY, encoding="utf-8")
    return folder
