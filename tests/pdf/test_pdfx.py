"""PDF/X: requirements of the standard, checked with other programs; and the ink on every page, by Ghostscript."""

from __future__ import annotations

import io
import itertools
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pypdf
import pytest
from lxml import etree
from PIL import Image

from brochure.api import build
from brochure.color.printing_condition import SHIPPED, shipped_condition
from brochure.errors import UsageError
from brochure.prepress.output_conditions import PRESS, SCREEN, OutputCondition
from brochure.project import MemoryProject
from tests.pdf.test_pictures import encoded, quarters
from tests.programs import run
from tests.readback.sample import ROOT, SmallPictures, small_sample

LAYOUT = """
brochure: sheet
title: title
subject: subject
organisation: office
size: 60 x 60 mm
bleed: 3 mm
binding: none
source-language: en
{more}
fonts: {{fallback: {{any: Noto Sans}}}}
swatches:
  ember: rgb 228 87 46
  seal: spot "Seal" as rgb 140 20 40
  ground: cmyk 10 5 20 0
paragraph-styles:
  body: {{font: Source Serif 4, size: 10 pt, leading: 14 pt, grid: no}}
masters:
  all: {{frames: {{
    field: {{at: "x 0 mm, y 40 mm, width 60 mm, height 20 mm", background: ground}},
    photo: {{at: "x 5 mm, y 5 mm, width 20 mm, height 20 mm"}},
    words: {{at: "x 5 mm, y 42 mm, width 50 mm, height 15 mm"}}}}}}
pages:
  - {{master: all, photo: {{image: a.jpg, alt: alt}}, words: [{{heading: head}}, {{text: body}}]}}
"""
COPY = {
    "title": "Tests & figures <of> 2026 — été",
    "subject": "What “press-ready” means",
    "office": "The Office",
    "head": "Ready",
    "body": "See [the page](https://example.org) of **all**.",
    "alt": "Four fields",
}
X1A = "press: {condition: coated-fogra39, standard: x-1a}"


def pdf_of(more: str = "", condition: OutputCondition = PRESS, layout: str = LAYOUT) -> bytes:
    files = {
        "brochure.yaml": layout.format(more=more).encode(),
        "content/en.yaml": json.dumps(COPY).encode(),
        "assets/a.jpg": encoded(quarters().resize((300, 300)), "JPEG", quality=95),
    }
    built = build(MemoryProject(files), condition)
    assert built.findings == ()
    return built.pdf


def trailer_of(pdf: bytes) -> Any:
    return pypdf.PdfReader(io.BytesIO(pdf)).trailer


def root_of(pdf: bytes) -> Any:
    return trailer_of(pdf)["/Root"]


STANDARDS = {"x-4": "", "x-1a": X1A}
either = pytest.mark.parametrize("more", STANDARDS.values(), ids=STANDARDS.keys())


# The output intent


@pytest.mark.parametrize("name", SHIPPED)
def test_the_output_intent_has_the_profile_of_the_condition(name: str) -> None:
    (intent,) = root_of(pdf_of(f"press: {name}"))["/OutputIntents"]
    intent, press = intent.get_object(), shipped_condition(name)
    assert (intent["/Type"], intent["/S"]) == ("/OutputIntent", "/GTS_PDFX")
    assert intent["/OutputConditionIdentifier"] == press.identifier
    assert intent["/RegistryName"] == "http://www.color.org"
    assert intent["/Info"] == press.profile.description
    profile = intent["/DestOutputProfile"]
    assert profile["/N"] == 4
    assert profile.get_data() == press.profile.data


def test_the_name_of_a_printers_own_profile() -> None:
    own = shipped_condition("coated-swop").profile
    intent = own_intent("press: profiles/printer.icc", own.data)
    assert intent["/OutputConditionIdentifier"] == "Custom"
    assert "/RegistryName" not in intent
    assert intent["/Info"] == own.description
    assert intent["/DestOutputProfile"].get_data() == own.data


def test_the_identifier_of_a_printers_own_profile() -> None:
    own = shipped_condition("coated-swop").profile.data
    intent = own_intent("press: {condition: profiles/printer.icc, identifier: FOGRA51}", own)
    assert intent["/OutputConditionIdentifier"] == "FOGRA51"
    assert intent["/RegistryName"] == "http://www.color.org"


def own_intent(press: str, profile: bytes) -> Any:
    """Return the output intent of a press PDF with a profile of the project."""
    files = {
        "brochure.yaml": LAYOUT.format(more=press).encode(),
        "content/en.yaml": json.dumps(COPY).encode(),
        "assets/a.jpg": encoded(quarters(), "JPEG"),
        "assets/profiles/printer.icc": profile,
    }
    (intent,) = root_of(build(MemoryProject(files), PRESS).pdf)["/OutputIntents"]
    return intent.get_object()


def test_a_screen_file_has_no_output_intent_of_a_press() -> None:
    intents = root_of(pdf_of(condition=SCREEN)).get("/OutputIntents", [])
    assert "/GTS_PDFX" not in [one.get_object()["/S"] for one in intents]


# Metadata


def properties(pdf: bytes) -> dict[str, str]:
    """Return the packet's properties by their prefixed names."""
    data = root_of(pdf)["/Metadata"].get_data()
    packet = etree.fromstring(data)
    (about,) = packet.iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description")
    prefixes = {space: prefix for prefix, space in about.nsmap.items()}
    found = {}
    for one in about:
        name = etree.QName(one)
        found[f"{prefixes[name.namespace]}:{name.localname}"] = "".join(map(str, one.itertext()))
    return found


@either
def test_metadata_and_information_agree(more: str) -> None:
    pdf = pdf_of(f"{more}\ndate: 2026-11-24")
    result, info = properties(pdf), trailer_of(pdf)["/Info"]
    assert result["dc:title"] == info["/Title"] == COPY["title"]
    assert result["dc:creator"] == info["/Author"] == COPY["office"]
    assert result["dc:description"] == info["/Subject"] == COPY["subject"]
    assert result["xmp:CreatorTool"] == info["/Creator"]
    assert result["pdf:Producer"] == info["/Producer"]
    assert (result["pdf:Trapped"], info["/Trapped"]) == ("False", "/False")
    for stated, dated in (("xmp:CreateDate", "/CreationDate"), ("xmp:ModifyDate", "/ModDate")):
        assert result[stated] == "2026-11-24T00:00:00Z"
        assert info[dated] == "D:20261124000000+00'00'"
    assert re.fullmatch(
        r"uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", result["xmpMM:DocumentID"]
    )
    assert (result["xmpMM:VersionID"], result["xmpMM:RenditionClass"]) == ("1", "default")


def test_each_variant_states_its_name_as_its_standard_requires() -> None:
    x4, x1a = pdf_of(), pdf_of(X1A)
    assert properties(x4)["pdfxid:GTS_PDFXVersion"] == "PDF/X-4"
    assert b"GTS_PDFXVersion (" not in x4
    info = trailer_of(x1a)["/Info"]
    assert info["/GTS_PDFXVersion"] == "PDF/X-1a:2003"
    assert (x4[:8], x1a[:8]) == (b"%PDF-1.6", b"%PDF-1.4")


def test_the_date_of_the_environment_precedes_that_of_the_layout(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert properties(pdf_of())["xmp:CreateDate"] == "2000-01-01T00:00:00Z"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764000000")
    # 1764000000 s after 1970 is 24 November 2025, 16:00.
    assert properties(pdf_of("date: 2026-11-24"))["xmp:CreateDate"] == "2025-11-24T16:00:00Z"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH: 'soon' is not a date"):
        pdf_of()


# Content of pages


@either
def test_nothing_forbidden_is_in_the_file(more: str, tmp_path: Path) -> None:
    pdf = pdf_of(more)
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert not reader.is_encrypted
    root = root_of(pdf)
    assert "/ID" in reader.trailer
    for key in ("/Names", "/AcroForm", "/OpenAction", "/AA", "/OCProperties"):
        assert key not in root
    assert not re.search(rb"/(JavaScript|JS|URI|Launch|TR|HTP|Alternates|OPI|PS)\b", pdf)
    if more:
        assert b"/ObjStm" not in pdf
        assert b"/SMask" not in pdf
        assert b"/S /Transparency" not in pdf
    for page in reader.pages:
        assert "/Annots" not in page
        result = page.get_contents()
        assert result is not None
        assert not re.search(rb"(?<![\w.])(rg|RG|g|G|ri|sh|BI)\s", result.get_data())
        inside: list[Any] = [page[f"/{box}"] for box in ("MediaBox", "BleedBox", "TrimBox")]
        for outer, inner in itertools.pairwise(inside):
            assert all(float(outer[at]) <= float(inner[at]) for at in (0, 1))
            assert all(float(outer[at]) >= float(inner[at]) for at in (2, 3))
        assert "/ArtBox" not in page
    path = tmp_path / "x.pdf"
    path.write_bytes(pdf)
    pictures = [row.split() for row in run("pdfimages", "-list", path).splitlines()[2:]]
    assert [row[5] for row in pictures] == ["cmyk"]
    assert "No syntax or stream encoding errors" in run("qpdf", "--check", path)
    fonts = [row.split() for row in run("pdffonts", path).splitlines()[2:]]
    assert all(row[-5:-2] == ["yes", "yes", "yes"] for row in fonts)  # embedded, subset, Unicode


@either
def test_the_same_press_file_is_the_same_bytes(more: str) -> None:
    assert pdf_of(more) == pdf_of(more)


# The sample as a press PDF


@lru_cache(maxsize=1)
def plates() -> tuple[tuple[dict[str, Any], ...], int]:
    """Return each page's plates as Ghostscript separates them, ink from 0 to 1 by name, and the resolution."""
    import tempfile

    dpi, found = 72, []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "sample.pdf").write_bytes(small_sample())
        device = ("-sDEVICE=tiffsep", f"-r{dpi}", f"-sOutputFile={folder}/page%02d.tif")
        run("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", *device, folder / "sample.pdf")
        for page in sorted(folder.glob("page??.tif")):
            inks = sorted(folder.glob(f"{page.stem}(*).tif"))
            found.append(
                {
                    one.stem.partition("(")[2].rstrip(")"): 1 - np.asarray(Image.open(one)) / 255.0
                    for one in inks
                }
            )
    return tuple(found), dpi


def test_the_sample_prints_from_four_plates_within_the_limit() -> None:
    pages, _ = plates()
    assert len(pages) == 12
    most = [float(sum(page.values()).max()) for page in pages]
    for page in pages:
        assert set(page) == {"Cyan", "Magenta", "Yellow", "Black"}
    assert max(most) <= shipped_condition("coated-fogra39").ink_limit + 0.01
    assert max(most) > 2.4  # its night pictures are dark


def test_our_ink_coverage_is_that_of_ghostscript() -> None:
    """The coverage of the whole page by each ink, for pages that are one picture; ours is computed from the picture itself."""
    pages, dpi = plates()
    reader = pypdf.PdfReader(io.BytesIO(small_sample()))
    for number in (4, 5):  # the city, across the fold
        page: Any = reader.pages[number - 1]
        (name,) = {str(one) for one in used(page)}
        image = page["/Resources"]["/XObject"][name].get_object()
        picture = Image.open(io.BytesIO(image._data))
        assert picture.mode == "CMYK"
        half = picture.width / 2
        # Each page shows its half of the spread, and the bleed at the fold, 8.5 of 436.5 pt, from the other half.
        shown = round(half * 436.54 / 428.03)
        left = 0 if number == 4 else picture.width - shown
        # The title, in white, is in the lower half.
        ours = np.asarray(picture.crop((left, 0, left + shown, picture.height // 2))) / 255.0
        theirs = [pages[number - 1][ink] for ink in ("Cyan", "Magenta", "Yellow", "Black")]
        for at, plate in enumerate(theirs):
            above = plate[: len(plate) // 2]
            assert float(above.mean()) == pytest.approx(float(ours[..., at].mean()), abs=0.02)
    assert dpi == 72


def used(page: Any) -> list[str]:
    result = page.get_contents().get_data().decode("ascii")
    return re.findall(r"(/FormXob\.Im\w+) Do", result)


def test_the_proof_resembles_the_print(tmp_path: Path) -> None:
    """Both targets rendered by Ghostscript, the press file with its own output intent: the mean distance in Lab is small."""
    press, screen = (colours(small_sample(name), tmp_path, name) for name in ("press", "screen"))
    for number, (printed, proof) in enumerate(zip(press, screen, strict=True), 1):
        off = np.sqrt(((lab(printed) - lab(proof)) ** 2).sum(axis=2))
        assert off.mean() < 4, f"page {number}"


def colours(pdf: bytes, folder: Path, name: str) -> list[Image.Image]:
    """Return pages as small pictures of the trimmed part; edges of text are blurred away."""
    source = folder / f"{name}.pdf"
    source.write_bytes(pdf)
    profile = folder / "press.icc"
    profile.write_bytes(shipped_condition("coated-fogra39").profile.data)
    run(
        *("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dUseTrimBox", "-r36", "-sDEVICE=png16m"),
        *(f"--permit-file-read={profile}", f"-sDefaultCMYKProfile={profile}"),
        *("-dRenderIntent=1", "-dBlackPtComp=1", f"-sOutputFile={folder}/{name}%02d.png", source),
    )
    pages = sorted(folder.glob(f"{name}??.png"))
    return [Image.open(one).convert("RGB").resize((74, 105)) for one in pages]


def lab(image: Image.Image) -> Any:
    from PIL import ImageCms

    way = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB"
    )
    raw = np.asarray(ImageCms.applyTransform(image, way))
    return np.dstack([raw[..., 0] / 2.55, raw[..., 1].astype(np.int8), raw[..., 2].astype(np.int8)])


def test_a_second_edition_converts_no_pictures() -> None:
    """The same bytes with and without a cache."""
    assert build(SmallPictures(ROOT), PRESS).pdf == small_sample()
