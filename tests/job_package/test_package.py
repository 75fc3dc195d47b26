"""`brochure package`: the content of the ZIP, read by other programs and built again from its sources."""

from __future__ import annotations

import getpass
import hashlib
import io
import json
import os
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pypdf
import pytest
from PIL import Image

from tests.cli.calling import call
from tests.job_package.projects import read_json, write_project
from tests.programs import run

STEM = "wells_kenya_en"
BASE = {"preflight.html", "ticket.json", "ticket.txt"}
SOURCES = {
    "sources/assets/fonts/house.ttf",
    "sources/assets/well.jpg",
    "sources/brochure.yaml",
    "sources/content/en.yaml",
    "sources/offices/kenya.yaml",
    "sources/brochure-lock.json",
    "sources/requirements.txt",
}


def packaged(project: Path, out: Path, *words: str) -> dict[str, bytes]:
    """The files of the package of an office's English edition, by their names in its folder."""
    result = call("package", project, "--office", "kenya", "-o", out, *words)
    assert result.status == 0, result.err
    return contents(out / f"{STEM}_package.zip")


def contents(path: Path, stem: str = STEM) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert all(name.startswith(f"{stem}/") for name in archive.namelist())
        return {name.removeprefix(f"{stem}/"): archive.read(name) for name in archive.namelist()}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return write_project(tmp_path / "project")


def test_the_archive_is_sound_sorted_and_dated_like_the_press_pdf(
    project: Path, tmp_path: Path
) -> None:
    packaged(project, tmp_path / "out")
    path = tmp_path / "out" / f"{STEM}_package.zip"
    assert "No errors detected" in run("unzip", "-t", path)
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
    assert [info.filename for info in infos] == sorted(info.filename for info in infos)
    assert {info.date_time for info in infos} == {(2026, 11, 24, 0, 0, 0)}
    assert {info.external_attr >> 16 for info in infos} == {0o100644}


def test_it_has_pdfs_a_report_tickets_and_thumbnails(project: Path, tmp_path: Path) -> None:
    files = packaged(project, tmp_path / "out")
    thumbnails = {f"thumbnails/page-{number}.png" for number in range(1, 5)}
    thumbnails |= {"thumbnails/contact-sheet.png"}
    pdfs = {f"{STEM}_press.pdf", f"{STEM}_screen.pdf"}
    assert set(files) == BASE | thumbnails | pdfs
    built = call("build", project, "--office", "kenya", "-o", tmp_path / "built")
    assert built.status == 0
    assert files[f"{STEM}_press.pdf"] == (tmp_path / "built" / f"{STEM}_press.pdf").read_bytes()
    with Image.open(io.BytesIO(files["thumbnails/page-1.png"])) as picture:
        assert picture.size == (round(100 / 25.4 * 50), round(140 / 25.4 * 50))
    (tmp_path / "a.pdf").write_bytes(files[f"{STEM}_screen.pdf"])
    run("qpdf", "--check", tmp_path / "a.pdf")


def test_the_bytes_do_not_depend_on_folder_and_time(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = packaged(project, tmp_path / "out", "--sources")
    copy = tmp_path / "somewhere" / "else"
    shutil.copytree(project, copy)
    monkeypatch.chdir(copy.parent)
    second = packaged(Path("else"), Path("out"), "--sources")
    assert first == second
    one, two = (tmp_path / "out", copy.parent / "out")
    assert (one / f"{STEM}_package.zip").read_bytes() == (two / f"{STEM}_package.zip").read_bytes()


def test_nothing_in_it_names_the_machine_or_its_user(project: Path, tmp_path: Path) -> None:
    files = packaged(project, tmp_path / "out", "--sources", "--impose", "booklet")
    hidden = [str(tmp_path), os.fspath(Path.home()), str(Path(sys.prefix))]
    hidden += [f"/{getpass.getuser()}/"]
    found = [
        (name, word) for name, data in files.items() for word in hidden if word.encode() in data
    ]
    assert found == []


# The job ticket


def test_the_ticket_describes_the_files(project: Path, tmp_path: Path) -> None:
    files = packaged(project, tmp_path / "out")
    ticket = read_json(files["ticket.json"])
    press = pypdf.PdfReader(io.BytesIO(files[f"{STEM}_press.pdf"]))
    trim, bleed = press.pages[0].trimbox, press.pages[0].bleedbox
    assert ticket["trim"] == {"width": 100.0, "height": 140.0}
    assert float(trim.width) / 72 * 25.4 == pytest.approx(ticket["trim"]["width"], abs=0.01)
    assert float(trim.left - bleed.left) / 72 * 25.4 == pytest.approx(ticket["bleed"], abs=0.01)
    assert ticket["pages"] == len(press.pages) == 4
    root: Any = press.trailer["/Root"]
    (intent,) = root["/OutputIntents"]
    assert ticket["press"]["identifier"] == intent.get_object()["/OutputConditionIdentifier"]
    assert ticket["press"]["identifier"] == "FOGRA45"
    assert ticket["press"]["total_ink_limit"] == 280
    assert (ticket["binding"], ticket["binding_edge"]) == ("saddle-stitch", "left")
    assert ticket["paper"]["stock"] == "80 g/m² LWC"
    assert ticket["paper"]["caliper"] == 0.08
    digests = {one["name"]: one["sha256"] for one in ticket["files"]}
    for name in (f"{STEM}_press.pdf", f"{STEM}_screen.pdf", "preflight.html"):
        (tmp_path / "file").write_bytes(files[name])
        assert run("sha256sum", tmp_path / "file").split()[0] == digests[name]


def test_the_ticket_has_the_inks_with_their_spots(project: Path, tmp_path: Path) -> None:
    files = packaged(project, tmp_path / "out")
    inks = {one["name"]: one for one in read_json(files["ticket.json"])["inks"]}
    (tmp_path / "press.pdf").write_bytes(files[f"{STEM}_press.pdf"])
    run(
        "gs",
        "-q",
        "-sDEVICE=tiffsep",
        "-r20",
        "-o",
        tmp_path / "page%d.tif",
        tmp_path / "press.pdf",
    )
    plates = {path.name.partition("(")[2].rstrip(").tif") for path in tmp_path.glob("page1(*")}
    # A grey picture is printed in black.
    assert "PANTONE 286 C" in plates
    assert inks["PANTONE 286 C"] == {
        "name": "PANTONE 286 C",
        "kind": "spot",
        "alternate": "cmyk 100 66 0 2",
    }
    assert inks["black"]["kind"] == "process"
    assert "  PANTONE 286 C (spot, alternate cmyk 100 66 0 2)\n" in files["ticket.txt"].decode()


def test_the_ticket_has_the_lowest_resolution(project: Path, tmp_path: Path) -> None:
    files = packaged(project, tmp_path / "out")
    lowest = read_json(files["ticket.json"])["lowest_resolution"]
    (tmp_path / "press.pdf").write_bytes(files[f"{STEM}_press.pdf"])
    columns = [
        line.split() for line in run("pdfimages", "-list", tmp_path / "press.pdf").splitlines()
    ]
    (ppi,) = {int(line[12]) for line in columns[2:]}
    assert lowest == {"ppi": 254, "image": "well.jpg", "page": 1}
    assert abs(ppi - lowest["ppi"]) <= 1


def test_the_ticket_has_the_fonts_of_the_pdf_with_their_licence(
    project: Path, tmp_path: Path
) -> None:
    files = packaged(project, tmp_path / "out")
    (font,) = read_json(files["ticket.json"])["fonts"]
    assert (font["family"], font["file"], font["fs_type"]) == ("House Hand", "house.ttf", 0)
    assert font["usage"].startswith("installable")
    (tmp_path / "press.pdf").write_bytes(files[f"{STEM}_press.pdf"])
    lines = run("pdffonts", tmp_path / "press.pdf").splitlines()[2:]
    assert len(lines) == 1
    assert "HouseHand" in lines[0]


def test_an_office_has_its_own_contact_and_inherits_the_rest(project: Path, tmp_path: Path) -> None:
    ticket = read_json(packaged(project, tmp_path / "out")["ticket.json"])
    assert ticket["contact"] == "Juma, juma@example.org"
    assert ticket["quantity"] == 12000
    text = packaged(project, tmp_path / "out")["ticket.txt"].decode()
    assert "Contact:            Juma, juma@example.org\n" in text
    assert "Quantity:           12,000\n" in text


def test_the_flat_size_of_a_folded_leaflet(tmp_path: Path) -> None:
    assert call("new", tmp_path / "my-leaflet", "--layout", "leaflet").status == 0
    assert call("package", tmp_path / "my-leaflet", "-o", tmp_path).status == 0
    (path,) = tmp_path.glob("*_package.zip")
    stem = path.name.removesuffix("_package.zip")
    ticket = read_json(contents(path, stem)["ticket.json"])
    assert ticket["flat"] == {"width": pytest.approx(296.99), "height": 210.0}


# Refused


def test_an_edition_with_overset_text_is_refused(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project", height=4)
    result = call("package", project, "--office", "kenya", "-o", tmp_path / "out")
    assert result.status == 1
    assert "overflow" in result.codes
    assert not (tmp_path / "out" / f"{STEM}_package.zip").exists()
    assert f"{STEM}_package.zip: not built: " in result.err


def test_a_draft_is_packaged_and_marked_as_such(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project", height=4)
    result = call("package", project, "--office", "kenya", "--draft", "-o", tmp_path / "out")
    assert result.status == 0
    files = contents(tmp_path / "out" / f"{STEM}_draft_package.zip", f"{STEM}_draft")
    assert read_json(files["ticket.json"])["draft"] is True
    assert "DRAFT: not for printing" in files["ticket.txt"].decode()
    assert read_json(files["ticket.json"])["preflight"]["errors"] > 0


def test_an_edition_that_is_not_approved_is_refused_if_that_is_required(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    layout = project / "brochure.yaml"
    text = layout.read_text().replace("total-ink-limit: 280", "approval: required")
    layout.write_text(text)
    result = call("package", project, "--office", "kenya", "-o", tmp_path / "out")
    assert result.status == 1
    assert "approval-missing" in result.codes
    assert not (tmp_path / "out").exists()


def test_a_preflight_error_refuses_unless_the_preflight_is_off(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project", more="preflight: warning")
    layout = project / "brochure.yaml"
    layout.write_text(layout.read_text().replace("size: 9 pt", "size: 3 pt"))
    result = call("package", project, "--office", "kenya", "-o", tmp_path / "out")
    assert result.status == 1
    assert "preflight-stop" in result.codes
    off = call(
        "package", project, "--office", "kenya", "--preflight", "off", "-o", tmp_path / "out"
    )
    assert off.status == 0
    report = contents(tmp_path / "out" / f"{STEM}_package.zip")["preflight.html"].decode()
    assert '<td class="place">content/en.yaml:' in report
    assert str(tmp_path) not in report


def test_findings_name_files_from_the_current_folder(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    (project / "content" / "en.yaml").write_text("title: Wells\n")
    packaged_ = call("package", project, "--office", "kenya", "-o", tmp_path / "out")
    built = call("build", project, "--office", "kenya", "-o", tmp_path / "out")
    assert packaged_.status == built.status != 0
    place = built.lines[0].split(": ")[0]
    assert "project/brochure.yaml:" in place
    assert packaged_.lines[0].startswith(f"{place}: ")


# Sources


def test_building_the_sources_in_an_empty_folder_gives_the_same_bytes(
    project: Path, tmp_path: Path
) -> None:
    packaged(project, tmp_path / "out", "--sources")
    shutil.rmtree(project)
    folder = tmp_path / "empty"
    run("unzip", "-q", tmp_path / "out" / f"{STEM}_package.zip", "-d", folder)
    sources = folder / STEM / "sources"
    found = {
        f"sources/{path.relative_to(sources).as_posix()}"
        for path in sources.rglob("*")
        if path.is_file()
    }
    assert found >= SOURCES
    lock = read_json((sources / "brochure-lock.json").read_bytes())
    for target in ("press", "screen"):
        words = lock["build"][target]
        assert words[0] == "brochure"
        command = [sys.executable, "-m", *words]
        result = subprocess.run(
            command, cwd=sources, check=True, timeout=120, capture_output=True, text=True
        )
        assert "versions-differ" not in result.stderr
        made = (sources / "out" / f"{STEM}_{target}.pdf").read_bytes()
        assert made == (folder / STEM / f"{STEM}_{target}.pdf").read_bytes()
        assert hashlib.sha256(made).hexdigest() == lock["pdfs"][f"{STEM}_{target}.pdf"]
        assert shlex.join(words) in (folder / STEM / "ticket.txt").read_text()


def test_the_sources_have_no_file_that_the_edition_does_not_use(
    project: Path, tmp_path: Path
) -> None:
    files = packaged(project, tmp_path / "out", "--sources")
    assert not any("private" in name for name in files)


def test_the_date_of_the_environment_is_in_the_command(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764000001")
    files = packaged(project, tmp_path / "out", "--sources")
    lock = read_json(files["sources/brochure-lock.json"])
    assert lock["environment"] == {"SOURCE_DATE_EPOCH": "1764000001"}
    assert "--date" not in lock["build"]["press"]


@pytest.mark.parametrize("date", ["now", "2026-03-04", "2026-03-04T05:06:07Z"])
def test_the_date_of_the_command_line_is_that_of_the_sources(date: str, tmp_path: Path) -> None:
    """Also where marks show the day."""
    project = write_project(tmp_path / "project", more="marks: yes")
    files = packaged(project, tmp_path / "out", "--sources", "--date", date)
    run("unzip", "-q", tmp_path / "out" / f"{STEM}_package.zip", "-d", tmp_path)
    sources = tmp_path / STEM / "sources"
    words = read_json(files["sources/brochure-lock.json"])["build"]["press"]
    result = call("build", sources, *words[3:-1], tmp_path / "built")
    assert result.status == 0, result.err
    assert (tmp_path / "built" / f"{STEM}_press.pdf").read_bytes() == files[f"{STEM}_press.pdf"]
    assert "default-date" not in files["preflight.html"].decode()


def test_the_lock_has_the_installed_versions(project: Path, tmp_path: Path) -> None:
    files = packaged(project, tmp_path / "out", "--sources")
    lock = read_json(files["sources/brochure-lock.json"])
    assert lock["packages"]["pypdf"] == pypdf.__version__
    pins = files["sources/requirements.txt"].decode().splitlines()
    assert f"pypdf=={pypdf.__version__}" in pins
    assert not any(pin.startswith("pytest") for pin in pins)  # needed for development only


def test_other_versions_than_those_of_the_lock_are_a_warning(tmp_path: Path) -> None:
    project = write_project(tmp_path / "project")
    packaged(project, tmp_path / "out", "--sources")
    run("unzip", "-q", tmp_path / "out" / f"{STEM}_package.zip", "-d", tmp_path)
    sources = tmp_path / STEM / "sources"
    lock = sources / "brochure-lock.json"
    words = ("build", sources, "--office", "kenya", "-o", tmp_path / "built")
    assert "versions-differ" not in call(*words).codes
    data = read_json(lock.read_bytes())
    data["packages"]["pypdf"] = "1.0"
    lock.write_text(json.dumps(data))
    result = call(*words)
    assert result.status == 0
    assert result.codes.count("versions-differ") == 1
    assert f"pypdf 1.0 (installed: {pypdf.__version__})" in result.err
    for damaged in ("[]", '{"packages": 7}', "no JSON", ""):
        lock.write_text(damaged)
        assert call(*words).codes.count("versions-differ") == 1


@pytest.mark.parametrize("bits", [0x4, 0x8])
def test_a_font_that_may_not_be_passed_on_is_left_out_and_named(bits: int, tmp_path: Path) -> None:
    project = write_project(tmp_path / "project", licence_bits=bits)
    files = packaged(project, tmp_path / "out", "--sources")
    assert not any(name.endswith(".ttf") for name in files)
    lock = read_json(files["sources/brochure-lock.json"])
    assert lock["fonts_left_out"] == ["house.ttf"]
    assert "House Hand (house.ttf): " in files["ticket.txt"].decode()
    (font,) = read_json(files["ticket.json"])["fonts"]
    assert font["fs_type"] == bits


# Imposed sheets, several editions


def test_imposed_sheets_are_added(project: Path, tmp_path: Path) -> None:
    files = packaged(project, tmp_path / "out", "--impose", "booklet", "--paper", "A3")
    sheets = pypdf.PdfReader(io.BytesIO(files[f"{STEM}_sheets.pdf"]))
    assert [round(float(page.mediabox.width) / 72 * 25.4) for page in sheets.pages] == [420, 420]
    ticket = read_json(files["ticket.json"])
    assert ticket["imposition"] == {
        "scheme": "booklet",
        "paper": {"width": 297.0, "height": 420.0},
        "signature_pages": None,
        "up": None,
    }
    folded = packaged(project, tmp_path / "out", "--impose", "sheetwise", "--up", "4")
    assert "Imposition:         sheetwise, 4 pages on each side\n" in folded["ticket.txt"].decode()


def test_all_editions_in_processes_are_those_of_single_commands(
    project: Path, tmp_path: Path
) -> None:
    result = call("package", project, "--all", "--jobs", "2", "--json", "-o", tmp_path / "all")
    assert result.status == 0
    assert [(one["office"], one["language"]) for one in result.data["packages"]] == [
        ("kenya", "en"),
        ("kenya", "fr"),
    ]
    packaged(project, tmp_path / "one", "--lang", "en")
    name = f"{STEM}_package.zip"
    assert (tmp_path / "all" / name).read_bytes() == (tmp_path / "one" / name).read_bytes()
    assert (tmp_path / "all" / "wells_kenya_fr_package.zip").is_file()


def test_contradictory_options(project: Path) -> None:
    for words in (
        ("--all", "--lang", "en"),
        ("--paper", "A3"),
        ("--draft", "--impose", "booklet"),
        ("--up", "8"),
        ("--impose", "booklet", "--up", "8"),
        ("--impose", "gang"),
    ):
        assert call("package", project, *words).status == 64
