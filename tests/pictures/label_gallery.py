"""Badges on a sheet, for golden pages and the picture in docs/: a mail merge with several records on a page."""

from __future__ import annotations

from brochure.findings import Span
from brochure.l10n.personalization import Record
from brochure.mailmerge.record_groups import group_records
from brochure.project import MemoryProject

LAYOUT = """
brochure: badges
preflight: off
size: A5
binding: none
source-language: en
merge-fields: {name: Ada Lovelace, role: engineer, day: 2, code: "A-0001", photo: one}
fonts: {fallback: {Arab: Noto Sans Arabic}}
swatches: {ink: cmyk 0 0 0 100, ember: cmyk 0 72 92 6, night: cmyk 88 70 42 48, sand: cmyk 3 6 13 0}
grid: {margins: {top: 10 mm, bottom: 10 mm, inner: 10 mm, outer: 10 mm}}
paragraph-styles:
  body: {font: Source Sans 3, size: 9 pt, leading: 12 pt}
  name: {based-on: body, size: 15 pt, leading: 17 pt, weight: semibold, colour: night}
  axis: {based-on: body, size: 7 pt, leading: 9 pt}
pages:
  - frames:
      badge:
        at: margins
        repeat: {from: records, columns: 2, rows: 5, gap: 4 mm}
        inset: 3 mm
        background: sand
        border: {colour: night, width: 0.5 pt}
        content:
          - {image: "{record_photo}.svg", alt: none, height: 11 mm, width: 11 mm, align: end, space-after: 0 pt}
          - {text: name, style: name}
          - {text: role}
          - bar-chart: [{label: days, value: record_day}]
            alt: none
            axis: 0..4
            colour: ember
"""
COPY = """
name: "{record_name}"
role: "{record_role, select, empty {Guest} other {{record_role}}}, {record_code}"
days: Days
"""
ONE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5" fill="#e4572e"/></svg>'
TWO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0H10V10H0z" fill="#17324d"/></svg>'
PEOPLE = (
    ("Katherine Johnson", "Computer", 4),
    ("Núñez & Co", "", 1),
    ("نور الهدى", "Pilot", 3),
    ("Grace Hopper", "Admiral", 2),
    ("Mae Jemison", "Physician", 4),
)


def badges(language: str = "en") -> MemoryProject:
    """Return the project."""
    files = {
        "brochure.yaml": LAYOUT.replace("source-language: en", f"source-language: {language}"),
        f"content/{language}.yaml": COPY,
        "assets/one.svg": ONE,
        "assets/two.svg": TWO,
    }
    return MemoryProject({name: text.encode() for name, text in files.items()})


def sheets(slots: int = 10, language: str | None = None) -> list[Record]:
    """Return the records of the people, by page."""
    records = (
        Record(
            at,
            Span("people.csv", at + 1),
            {
                "name": name,
                "role": role,
                "day": days,
                "code": f"A-{at:04}",
                "photo": ("one", "two")[at % 2],
            },
            language,
        )
        for at, (name, role, days) in enumerate(PEOPLE, 1)
    )
    return list(group_records(records, slots))
