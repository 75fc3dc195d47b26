"""Document level content: boxes, properties, labels, outline, links, and reproducible bytes."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest

from brochure.api import build
from brochure.prepress.output_conditions import PRESS, SCREEN, OutputCondition
from brochure.project import MemoryProject
from tests.programs import run

LAYOUT = """
brochure: report
title: title
subject: subject
organisation: office
size: 100 x 150 mm
bleed: 3 mm
{more}
source-language: {language}
fonts: {{fallback: {{any: Noto Sans}}}}
paragraph-styles:
  body: {{font: Source Serif 4, size: 10 pt, leading: 14 pt, align: start, grid: no}}
masters:
  words: {{frames: {{words: {{at: "x 10 mm, y 10 mm, width 80 mm, height 130 mm"}}}}}}
pages:
  - {{master: words, words: [{{heading: one, level: 1}}, {{heading: two, level: 2}}, {{text: body}}]}}
  - {{master: words, folio: "ii", words: [{{heading: one, level: 1}}]}}
  - {{master: words, words: [{{heading: two, level: 1}}]}}
  - {{master: words, words: [{{text: body}}]}}
"""

COPY = {
    "title": "The report (2017) — être",
    "subject": "What was found",
    "office": "The Office",
    "one": "The problem",
    "two": "Où commencer",
    "body": "Write to [our whole office in London](mailto:office@example.org) or see [IJM.ca/research](https://example.org/a(b)).",
}


def report(
    more: str = "binding: saddle-stitch", language: str = "en", condition: OutputCondition = PRESS
) -> bytes:
    files = {
        "brochure.yaml": LAYOUT.format(more=more, language=language).encode(),
        f"content/{language}.yaml": json.dumps(COPY).encode(),
    }
    built = build(MemoryProject(files), condition)
    assert built.findings == ()
    return built.pdf


def reading(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def catalog(pdf: bytes) -> Any:
    return reading(pdf).trailer["/Root"]


# Boxes

MM = 72 / 25.4


@pytest.mark.parametrize(
    ("more", "condition", "bleed", "slug"),
    [
        ("binding: none", PRESS, 3, 0),
        ("binding: none\nslug: 10 mm", PRESS, 3, 10),
        ("binding: none\nslug: 10 mm", SCREEN, 0, 0),
    ],
)
def test_boxes(
    more: str, condition: OutputCondition, bleed: int, slug: int, tmp_path: Path
) -> None:
    path = tmp_path / "boxes.pdf"
    path.write_bytes(report(more, condition=condition))
    boxes = boxes_of(run("pdfinfo", "-box", path))
    around, beyond = bleed * MM, slug * MM
    trim_to = (around + beyond + 100 * MM, around + beyond + 150 * MM)
    assert boxes["TrimBox"] == pytest.approx((around + beyond, around + beyond, *trim_to), abs=0.01)
    bled = (beyond, beyond, trim_to[0] + around, trim_to[1] + around)
    assert boxes["BleedBox"] == pytest.approx(bled, abs=0.01)
    whole = (0, 0, trim_to[0] + around + beyond, trim_to[1] + around + beyond)
    assert boxes["MediaBox"] == pytest.approx(whole, abs=0.01)


def boxes_of(result: str) -> dict[str, tuple[float, ...]]:
    """Return pdfinfo's boxes by their names."""
    rows = (line.split() for line in result.splitlines() if "Box:" in line)
    return {row[0].rstrip(":"): tuple(map(float, row[1:])) for row in rows}


# Metadata of the document


def test_properties() -> None:
    info = reading(report()).metadata
    assert info is not None
    assert (info.title, info.author, info.subject) == (
        COPY["title"],
        COPY["office"],
        COPY["subject"],
    )
    assert catalog(report())["/Lang"] == "en"
    assert catalog(report())["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712  # pypdf has a truth of its own


def test_no_dates_if_no_standard_requires_them() -> None:
    assert not re.search(rb"Date|D:\d{8}", report(condition=SCREEN))


def test_labels_are_the_printed_folios() -> None:
    assert reading(report()).page_labels == ["1", "ii", "3", "4"]


@pytest.mark.parametrize(
    ("more", "language", "opening", "direction"),
    [
        ("binding: saddle-stitch", "en", "/TwoPageRight", "/L2R"),
        ("binding: perfect\nfirst-page: left", "en", "/TwoPageLeft", "/L2R"),
        ("binding: none", "en", "/SinglePage", "/L2R"),
        ("binding: saddle-stitch", "he", "/TwoPageRight", "/R2L"),
    ],
)
def test_the_page_layout_of_viewers_follows_the_binding(
    more: str, language: str, opening: str, direction: str
) -> None:
    root = catalog(report(more, language))
    assert root["/PageLayout"] == opening
    assert root["/ViewerPreferences"]["/Direction"] == direction


def test_headings_are_the_outline() -> None:
    reader = reading(report())
    entries = list(outline(reader, reader.outline))
    assert entries == [
        (0, "The problem", 0),
        (1, "Où commencer", 0),
        (0, "The problem", 1),
        (0, "Où commencer", 2),
    ]
    tops = [float(entry.top) for entry in flat(reader.outline)]
    # The bookmark of the first heading is at its top, 10 mm below the trimmed page's 150 mm, plus bleed.
    assert tops[0] == pytest.approx((150 - 10 + 3) * MM, abs=20)
    assert tops[0] > tops[1]


def outline(
    reader: pypdf.PdfReader, entries: Any, level: int = 0
) -> Iterator[tuple[int, str, int | None]]:
    """Return the outline as (level, title, page)."""
    for entry in entries:
        if isinstance(entry, list):
            yield from outline(reader, entry, level + 1)
        else:
            yield level, str(entry.title), reader.get_destination_page_number(entry)


def flat(entries: Any) -> Iterator[Any]:
    for entry in entries:
        if isinstance(entry, list):
            yield from flat(entry)
        else:
            yield entry


def test_links_are_over_their_words(tmp_path: Path) -> None:
    pdf = report(condition=SCREEN)
    page: Any = reading(pdf).pages[0]
    links = [one.get_object() for one in page["/Annots"]]
    targets = {str(link["/A"]["/URI"]) for link in links}
    assert targets == {"mailto:office@example.org", "https://example.org/a(b)"}
    under = {target: " ".join(words_under(pdf, links, target, tmp_path)) for target in targets}
    assert under["mailto:office@example.org"] == "our whole office in London"
    assert under["https://example.org/a(b)"].rstrip(".") == "IJM.ca/research"


def words_under(pdf: bytes, links: list[Any], target: str, folder: Path) -> Iterator[str]:
    """Return the words that poppler finds under the rectangles of a link."""
    path = folder / "links.pdf"
    path.write_bytes(pdf)
    height = float(reading(pdf).pages[0].mediabox.height)
    for link in links:
        if link["/A"]["/URI"] == target:
            left, low, right, high = (float(edge) for edge in link["/Rect"])
            area = ("-x", left, "-y", height - high, "-W", right - left, "-H", high - low)
            place = [str(part) if isinstance(part, str) else str(round(part)) for part in area]
            yield from run("pdftotext", "-l", "1", *place, path, "-").split()


# The same bytes


def test_the_same_report_is_the_same_file() -> None:
    assert report() == report()


def test_another_hash_seed_makes_the_same_file() -> None:
    code = (
        "import hashlib; from tests.readback.test_document import report;"
        "print(hashlib.sha256(report()).hexdigest())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "12345", "TZ": "Asia/Phnom_Penh"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=environment, check=True, text=True
    )
    assert done.stdout.strip() == hashlib.sha256(report()).hexdigest()


def test_the_file_id_follows_the_content() -> None:
    def file_id(pdf: bytes) -> bytes:
        return bytes(reading(pdf).trailer["/ID"][0].original_bytes)  # type: ignore[index]

    assert file_id(report()) == file_id(report())
    assert file_id(report()) != file_id(report("binding: none"))
    assert file_id(report()) != file_id(report(condition=SCREEN))
