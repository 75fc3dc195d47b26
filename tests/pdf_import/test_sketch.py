"""A project made from a PDF: the content of the pages is in the project, at the same places."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import yaml
from PIL import Image, ImageChops, ImageStat
from pypdf import PdfReader, PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from brochure.api import build
from brochure.findings import has_errors
from brochure.pdf_import.project_files import SketchProject, make_project
from brochure.pdf_import.sketch import read_sketch
from brochure.prepress.output_conditions import PRESS, SCREEN
from brochure.project import DiskProject, MemoryProject
from tests.cli.calling import call

LAYOUT = """\
brochure: trial
size: A6
bleed: 3 mm
binding: none
source-language: fr
title: title
swatches:
  sand: cmyk 4 8 18 1
  ember: cmyk 0 90 100 0
grid: {margins: {top: 10 mm, bottom: 10 mm, inner: 10 mm, outer: 10 mm}, columns: 1}
paragraph-styles:
  body: {font: Source Serif 4, size: 9.5 pt, leading: 13 pt, align: start, hyphenation: no}
  head: {based-on: body, weight: bold, size: 20 pt, leading: 24 pt, colour: ember}
  light: {based-on: body, colour: paper}
pages:
  - frames:
      field: {at: "x 5 mm, y 60 mm, width 95 mm, height 40 mm", background: sand}
      picture: {at: "x 10 mm, y 110 mm, width 40 mm, height 20 mm", content: {image: face.jpg, alt: none, focal-point: 0% 0%}}
      head: {at: "x 10 mm, y 10 mm, width 80 mm, height 10 mm", content: {text: head, style: head}}
      words: {at: "x 10 mm, y 25 mm, width 80 mm, height 30 mm", content: {text: words}}
      light: {at: "x 10 mm, y 65 mm, width 80 mm, height 10 mm", content: {text: light, style: light}}
"""
COPY = """\
title: "Un essai *sans* {nom}"
head: Cinq choses
words: Les infirmières appellent cela la clinique lente, et elles le pensent, dit le rapport de 2023 sur trois villes.
light: En blanc
"""


def made_pdf(folder: Path, target: str) -> bytes:
    (folder / "content").mkdir(parents=True)
    (folder / "assets").mkdir()
    (folder / "brochure.yaml").write_text(LAYOUT, encoding="utf-8")
    copy = COPY.replace("*sans* {nom}", "sans nom")
    (folder / "content" / "fr.yaml").write_text(copy, encoding="utf-8")
    picture = Image.effect_noise((400, 400), 60).convert("RGB")
    picture.save(folder / "assets" / "face.jpg", quality=90)
    built = build(DiskProject(folder), PRESS if target == "press" else SCREEN)
    assert not has_errors(built.findings), built.findings
    return b"".join(built.parts)


@pytest.fixture(scope="module", params=["press", "screen"])
def target(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def project(target: str, tmp_path_factory: pytest.TempPathFactory) -> SketchProject:
    pdf = made_pdf(tmp_path_factory.mktemp("pdf") / target, target)
    return make_project(read_sketch(pdf, "old.pdf"), "old.pdf")


def layout_of(project: SketchProject) -> Any:
    return yaml.safe_load(project.files["brochure.yaml"])


def place(frame: Any) -> list[float]:
    """Return left, top, width and height in millimetres."""
    return [float(number) for number in re.findall(r"([-\d.]+) mm", frame["at"])]


def test_size_language_and_copy(project: SketchProject, target: str) -> None:
    layout = layout_of(project)
    assert layout["size"] == "A6"
    assert layout["bleed"] == ("3 mm" if target == "press" else "0 mm")
    assert layout["source-language"] == "fr"
    copy = yaml.safe_load(project.files["content/fr.yaml"])
    assert copy["doc"]["title"] == "Un essai sans nom"
    words = yaml.safe_load(COPY)
    printed = [" ".join(text.split()) for text in copy["page-1"].values()]
    assert printed == [words["head"], words["words"], words["light"]]


def test_frames_are_where_they_were(project: SketchProject) -> None:
    frames = layout_of(project)["pages"][0]["frames"]
    assert place(frames["area"]) == pytest.approx([5, 60, 95, 40], abs=0.1)
    assert place(frames["picture"]) == pytest.approx([10, 110, 40, 20], abs=0.1)
    for name, left, top in (("cinq-choses", 10, 10), ("en-blanc", 10, 65)):
        assert place(frames[name])[:2] == pytest.approx([left, top], abs=0.6)


def test_styles_have_fonts_sizes_and_colours(project: SketchProject, target: str) -> None:
    layout = layout_of(project)
    styles = layout["paragraph-styles"]
    body, head, light = styles.values()
    assert (body["font"], body["size"], body["leading"]) == ("Source Serif 4", "9.5 pt", "13 pt")
    assert (head["weight"], head["size"]) == ("bold", "20 pt")
    assert light["colour"] == "paper"
    assert head["colour"] in layout["swatches"]
    if target == "press":
        assert layout["swatches"][head["colour"]] == "cmyk 0 90 100 0"


def test_the_crop_of_a_picture_is_kept(project: SketchProject) -> None:
    """The picture is square; its upper half is shown."""
    (block,) = (
        frame["content"]
        for frame in layout_of(project)["pages"][0]["frames"].values()
        if "image" in frame.get("content", {})
    )
    assert block["fit"] == "cover"
    assert block["focal-point"].split()[1] == "25%"


def test_it_builds_and_looks_the_same(tmp_path: Path) -> None:
    """Images of the pages at one pixel per point differ by less than 4 of 255 on average: frames are a little wider."""
    old = made_pdf(tmp_path, "screen")
    project = make_project(read_sketch(old, "old.pdf"), "old.pdf")
    built = build(MemoryProject(dict(project.files)), SCREEN)
    assert not has_errors(built.findings), built.findings
    pictures = [
        pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("L")
        for pdf in (old, b"".join(built.parts))
    ]
    difference = ImageStat.Stat(ImageChops.difference(*pictures))
    assert difference.mean[0] < 4.0


def drawn(paint: Callable[[Canvas], None]) -> SketchProject:
    """Return the project of a PDF of one page, which builds."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(300, 300))
    paint(canvas)
    canvas.save()
    project = make_project(read_sketch(out.getvalue(), "old.pdf"), "old.pdf")
    assert not has_errors(build(MemoryProject(dict(project.files)), SCREEN).findings)
    return project


def test_lines_without_thickness_are_hairlines() -> None:
    def paint(canvas: Canvas) -> None:
        canvas.setLineWidth(0)
        canvas.line(50, 50, 200, 50)
        canvas.line(50, 50, 50, 200)

    frames = layout_of(drawn(paint))["pages"][0]["frames"]
    assert [place(frame)[2:] for frame in frames.values()] == [
        [52.92, 0.09],
        [0.09, 52.92],
    ]


def test_rotated_pictures_are_listed_and_stretched_ones_are_reported() -> None:
    picture = ImageReader(Image.effect_noise((60, 40), 50))

    def paint(canvas: Canvas) -> None:
        canvas.drawImage(picture, 20, 20, 60, 40)
        canvas.drawImage(picture, 120, 20, 60, 60)
        canvas.rotate(15)
        canvas.drawImage(picture, 120, 120, 60, 40)

    project = drawn(paint)
    assert len(layout_of(project)["pages"][0]["frames"]) == 2
    codes = [one.code for one in project.findings if one.code != "pdf-language"]
    assert codes == ["pdf-picture", "pdf-stretch"]


def test_text_with_special_characters_of_messages_is_printed_unchanged() -> None:
    words = "Ask {name} for *two* [keys] ^now^"
    project = drawn(lambda canvas: canvas.drawString(50, 200, words))
    built = build(MemoryProject(dict(project.files)), SCREEN)
    (page,) = PdfReader(io.BytesIO(b"".join(built.parts))).pages
    assert " ".join(page.extract_text().split()) == words


@pytest.mark.parametrize("password", ["", "secret"])
def test_files_without_pages_and_with_a_password_are_refused(tmp_path: Path, password: str) -> None:
    writer = PdfWriter()
    if password:
        writer.add_blank_page(100, 100)
        writer.encrypt(password)
    writer.write(tmp_path / "old.pdf")
    result = call("new", tmp_path / "made", "--from", tmp_path / "old.pdf")
    assert result.status == 2
    assert "no pages" in result.err or "password" in result.err
    assert not (tmp_path / "made").exists()


OTHERS = sorted((Path(__file__).parents[1] / "idml" / "files" / "idml-to-pdf").glob("*.pdf"))


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in OTHERS])
def test_pdfs_of_indesign_build(path: Path) -> None:
    project = make_project(read_sketch(path.read_bytes(), path.name), path.name)
    assert not has_errors(build(MemoryProject(dict(project.files)), SCREEN).findings)


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "old.pdf").write_bytes(made_pdf(tmp_path / "source", "press"))
    result = call("new", tmp_path / "made", "--from", tmp_path / "old.pdf", "--json")
    assert result.status == 0
    assert json.loads(result.out)["pages"] == 1
    assert call("build", tmp_path / "made", "-o", tmp_path / "out").status == 0
    assert call("new", tmp_path / "made", "--from", tmp_path / "old.pdf").status == 64


@pytest.mark.parametrize("data", [b"", b"words", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n1 0 obj <<>>"])
def test_a_file_that_is_not_a_pdf_is_refused_and_no_project_is_made(
    tmp_path: Path, data: bytes
) -> None:
    (tmp_path / "old.pdf").write_bytes(data)
    result = call("new", tmp_path / "made", "--from", tmp_path / "old.pdf")
    assert result.status == 2
    assert "old.pdf" in result.err
    assert not (tmp_path / "made").exists()
