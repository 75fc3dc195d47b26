"""Context for translators: pictures of pages, crops of messages, and where each message is."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageChops

from brochure.errors import InputError
from brochure.geometry import Rect
from brochure.project import DiskProject
from brochure.proof.message_places import join_lines
from brochure.proof.page_images import DPI
from brochure.proof.translator_context import (
    OUTLINE,
    draw_context,
    draw_thumbnails,
    name_file,
    name_page,
    open_context,
)
from tests.cli.calling import call, tree
from tests.proof.projects import write_leaflet

COLUMNS = """\
brochure: columns
size: a6
source-language: en
binding: none
title: doc.title
paragraph-styles:
  body: {size: 9 pt, leading: 12 pt}
pages:
  - frames:
      left: {at: "columns 1-3, rows 1-2", content: {text: foot}}
      main: {at: "columns 1-6, rows 3-6", columns: 2, story: long}
  - frames: {main: {at: "columns 1-6, rows 1-3", story: long}, foot: {at: "columns 1-6, rows 6-6", content: {text: foot}}}
  - frames: {small: {at: "columns 1-2, rows 1-1", content: [{text: lots}, {text: last}]}}
stories:
  long: {content: [{text: long}]}
"""
WORDS = "Words of a long story that goes through columns and pages, "
COPY = f"""\
doc: {{title: A title}}
foot: The same words.
long: "{WORDS * 12}"
lots: "{WORDS * 9}"
last: The last words.
spare: Not used anywhere.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_leaflet(tmp_path)


@pytest.fixture
def columns(tmp_path: Path) -> Path:
    folder = tmp_path / "columns"
    (folder / "content").mkdir(parents=True)
    (folder / "brochure.yaml").write_text(COLUMNS, encoding="utf-8")
    (folder / "content/en.yaml").write_text(COPY, encoding="utf-8")
    return folder


def files_of(folder: Path, language: str | None = None) -> tuple[dict[str, bytes], Any]:
    files = draw_context(open_context(DiskProject(folder), language, None))
    return files, json.loads(files["context.json"])


def by_key(data: Any) -> dict[str, Any]:
    return {one["key"]: one for one in data["messages"]}


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("RGB")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_box_contains_the_words_of_its_message(root: Path, language: str) -> None:
    context = open_context(DiskProject(root), language, None)
    data = json.loads(draw_context(context)["context.json"])
    texts: dict[str, str] = {}
    with pypdfium2.PdfDocument(context.pdf) as document:
        for message in data["messages"]:
            for place in message["places"]:
                box = place["points"]
                right, top = box["x"] + box["width"], box["y"] + box["height"]
                page = document[place["page"] - 1].get_textpage()
                found = page.get_text_bounded(box["x"], box["y"], right, top)
                texts[message["key"]] = " ".join(found.split())
    expected = {
        "en": {"cover.lead": "12 wells were dug in one year.", "inside.before": "Before"},
        "fr": {"cover.title": "De l’eau pour la vallée", "inside.after": "After"},
    }
    for key, words in expected[language].items():
        assert texts[key] == words


def test_pixels_and_points_are_the_same_place(root: Path) -> None:
    files, data = files_of(root)
    for page in data["pages"]:
        image = opened(files[page["file"]])
        assert image.size == pytest.approx((page["width"], page["height"]), abs=1)
    scale = DPI / 72
    places = [place for one in data["messages"] for place in one["places"]]
    heights = {page["page"]: page["points"]["height"] for page in data["pages"]}
    assert len(places) > 6
    for place in places:
        box, points = place["box"], place["points"]
        assert box["x"] == pytest.approx(points["x"] * scale, abs=1)
        top = heights[place["page"]] - points["y"] - points["height"]
        assert box["y"] == pytest.approx(top * scale, abs=1)
        assert box["width"] == pytest.approx(points["width"] * scale, abs=2)
        assert box["height"] == pytest.approx(points["height"] * scale, abs=2)


def test_a_crop_is_a_part_of_its_page_with_the_place_outlined(root: Path) -> None:
    files, data = files_of(root)
    place = by_key(data)["inside.band"]["places"][0]
    page, crop = opened(files[place["file"]]), opened(files[place["crop"]])
    assert OUTLINE not in {colour for _, colour in page.getcolors(1 << 20) or []}
    marked = Image.new("L", crop.size)
    marked.putdata([255 * (pixel == OUTLINE) for pixel in crop.get_flattened_data()])
    left, top, right, bottom = marked.getbbox() or (0, 0, 0, 0)
    box = place["box"]
    assert right - left == pytest.approx(box["width"] + 14, abs=2)
    assert bottom - top == pytest.approx(box["height"] + 14, abs=2)
    inside = (left + 7, top + 7, right - 7, bottom - 7)
    same = (box["x"], box["y"], box["x"] + inside[2] - inside[0], box["y"] + inside[3] - inside[1])
    assert ImageChops.difference(crop.crop(inside), page.crop(same)).getbbox() is None


def test_a_message_has_each_of_its_places(columns: Path) -> None:
    files, data = files_of(columns)
    messages = by_key(data)
    long = messages["long"]["places"]
    assert [place["page"] for place in long] == [1, 1, 2]
    assert long[0]["points"]["x"] + 50 < long[1]["points"]["x"]
    assert long[0]["crop"] == long[1]["crop"] != long[2]["crop"]
    assert [place["page"] for place in messages["foot"]["places"]] == [1, 2]
    assert {place["crop"] for one in messages.values() for place in one["places"]} == {
        name for name in files if name.startswith("crops/")
    }


def test_what_is_not_printed_has_a_reason(columns: Path, root: Path) -> None:
    reasons = {key: one["reason"] for key, one in by_key(files_of(columns)[1]).items()}
    assert reasons == {
        "doc.title": "not on a page: document metadata",
        "foot": None,
        "long": None,
        "lots": None,
        "last": "overset: it does not fit on its page",
        "spare": "not used in this edition",
    }
    messages = by_key(files_of(root)[1])
    alt, chart = messages["cover.alt"], messages["inside.chart"]
    assert alt["reason"].startswith("alternative text")
    assert not alt["printed"]
    assert [place["kind"] for place in (*alt["places"], *chart["places"])] == ["picture", "drawing"]


def test_tags_are_those_of_the_places(columns: Path) -> None:
    data = files_of(columns)[1]
    tags = {
        (page["page"], tag["key"]): tag["position"]
        for page in data["pages"]
        for tag in page["tags"]
    }
    assert tags[2, "foot"] == by_key(data)["foot"]["places"][1]["box"]
    assert {key for _, key in tags} == {"foot", "long", "lots"}
    assert [page["name"] for page in data["pages"]][:1] == ["columns en page-01"]


def test_the_same_project_gives_the_same_files(root: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    assert files_of(root) == files_of(write_leaflet(tmp_path / "other"))


def test_lines_below_each_other_are_one_place() -> None:
    column = [Rect(10, 100 - 12 * at, 60, 10) for at in range(4)]
    beside = [one.translate(80, 0) for one in column]
    far = Rect(10, 10, 60, 10)
    assert [*join_lines([*column, *beside, far])] == [
        Rect(10, 64, 60, 46),
        Rect(90, 64, 60, 46),
        far,
    ]
    turned = [Rect(100 - 12 * at, 10, 10, 60) for at in range(3)]
    assert [*join_lines(turned)] == [Rect(76, 10, 34, 60)]
    assert [*join_lines([])] == []


def test_names_of_files_are_safe_and_differ() -> None:
    assert name_file("solution.rescue-2") == "solution.rescue-2"
    others = ["A.b", "a.b/c", "a.b c", "../up", "кот", "x" * 300, "x" * 301]
    names = [name_file(key) for key in others]
    assert len({name.casefold() for name in [*names, "a.b"]}) == len(others) + 1
    assert all("/" not in name and len(name) < 100 and name.isascii() for name in names)
    assert [name_page(3, 12), name_page(3, 120), name_page(3, 4)] == [
        "page-03.png",
        "page-003.png",
        "page-03.png",
    ]


def test_thumbnails_are_small_pictures_of_the_first_place(columns: Path) -> None:
    thumbnails = draw_thumbnails(open_context(DiskProject(columns), None, None))
    assert set(thumbnails) == {"foot", "long", "lots"}
    for data in thumbnails.values():
        image = Image.open(io.BytesIO(data))
        assert image.format == "JPEG"
        assert image.width <= 300
        assert image.height <= 220


# The command


def test_an_edition_has_a_folder_that_is_replaced_as_a_whole(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "context"
    result = call("text", "context", root, "-o", out, "--json").data
    assert result["path"] == str(out / "en")
    assert (result["pages"], result["messages"], result["crops"]) == (2, 6, 8)
    assert [one["key"] for one in result["not_printed"]] == ["cover.alt", "inside.chart"]
    (out / "en/crops/old.png").write_bytes(b"old")
    call("text", "context", root, "--lang", "fr", "-o", out)
    result = call("text", "context", root, "-o", out)
    assert result.status == 0
    assert sorted(one.name for one in out.iterdir()) == ["en", "fr"]
    assert not (out / "en/crops/old.png").exists()


def test_a_folder_of_something_else_is_left_alone(root: Path, tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en/mine.txt").write_text("mine", encoding="utf-8")
    result = call("text", "context", root, "-o", tmp_path)
    assert result.status == 64
    assert tree(tmp_path / "en") == {"mine.txt": b"mine"}


def test_a_faulty_project_leaves_the_last_context(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "context"
    call("text", "context", root, "-o", out)
    before = tree(out)
    copy = root / "content/en.yaml"
    copy.write_text(copy.read_text(encoding="utf-8").replace("title:", "titel:"), encoding="utf-8")
    assert call("text", "context", root, "-o", out).status == 2
    assert tree(out) == before
    with pytest.raises(InputError):
        open_context(DiskProject(root), None, None)


def test_an_office_has_its_own_folder(root: Path, tmp_path: Path) -> None:
    (root / "offices").mkdir()
    office = "office: north\nlanguages: [fr]\ncopy:\n  fr: {inside: {band: Ici}}\n"
    (root / "offices/north.yaml").write_text(office, encoding="utf-8")
    call("text", "context", root, "--office", "north", "-o", tmp_path / "c")
    data = json.loads((tmp_path / "c/north_fr/context.json").read_text(encoding="utf-8"))
    assert (data["office"], by_key(data)["inside.band"]["text"]) == ("north", "Ici")
