"""No outdated result is used: each kind of input is changed, and the build with all caches equals one without any."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image

import brochure
from brochure.api import build_edition, open_job
from brochure.blocks.svg import cached
from brochure.l10n import assets
from brochure.pdf import icc_streams, resources, type0
from brochure.prepress.output_conditions import CONDITIONS
from brochure.project import DiskProject, MemoryProject
from brochure.system import disk_cache
from brochure.typeset import hyphenation_patterns, paragraph

LAYOUT = """\
brochure: stale
size: 200 x 200 pt
bleed: 0 mm
binding: none
source-language: en
press: coated-swop
paragraph-styles:
  body: {font: Own Face, size: 12 pt, leading: 14 pt, align: start, grid: no}
pages:
  - frames:
      words: {at: "x 0 pt, y 0 pt, width 100 pt, height 90 pt", content: {text: words}}
      picture: {at: "x 0 pt, y 100 pt, width 100 pt, height 100 pt", content: {image: p.jpg, alt: none}}
      drawing: {at: "x 100 pt, y 0 pt, width 100 pt, height 100 pt", content: {image: d.svg, alt: none, labels: {bay: bay}}}
"""
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><linearGradient id="g"><stop stop-color="#900"/>'
    '<stop offset="1"/></linearGradient><path d="M0 0H{}V9Z" fill="url(#g)"/>'
    '<text y="5" font-size="2">Sea</text><text id="bay" y="9" font-size="2">Bay</text></svg>'
)


def write_font(root: Path, name: str) -> None:
    """A static font of this package under another family name."""
    source = next(path for path in MemoryProject().font_files() if name in path)
    font = TTFont(source)
    for record in font["name"].names:
        if record.nameID in {1, 16}:
            record.string = "Own Face"
    font.save(root / "assets/fonts/own.ttf")


def write_picture(root: Path, colour: tuple[int, int, int]) -> None:
    out = io.BytesIO()
    Image.new("RGB", (60, 60), colour).save(out, "JPEG")
    (root / "assets/p.jpg").write_bytes(out.getvalue())


def replace_text(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "stale"
    (root / "content").mkdir(parents=True)
    (root / "assets/fonts").mkdir(parents=True)
    (root / "brochure.yaml").write_text(LAYOUT)
    (root / "content/en.yaml").write_text("words: Some words here.\nbay: Old bay\n")
    (root / "assets/d.svg").write_text(SVG.format(9))
    write_picture(root, (200, 90, 30))
    write_font(root, "NotoSansKhmer")
    return root


CHANGES: dict[str, Callable[[Path], None]] = {
    "text": lambda root: replace_text(root / "content/en.yaml", "Some", "Other"),
    "style": lambda root: replace_text(root / "brochure.yaml", "size: 12 pt", "size: 11 pt"),
    "font file": lambda root: write_font(root, "NotoSansThai"),
    "picture": lambda root: write_picture(root, (30, 90, 200)),
    "gradient of a drawing": lambda root: replace_text(root / "assets/d.svg", "#900", "#090"),
    "text of a drawing": lambda root: replace_text(root / "assets/d.svg", "Sea", "Lake"),
    "message in a drawing": lambda root: replace_text(root / "content/en.yaml", "Old bay", "Bay"),
    "drawing": lambda root: replace_text(root / "assets/d.svg", "H9", "H8"),
    "press profile": lambda root: replace_text(
        root / "brochure.yaml", "coated-swop", "coated-gracol"
    ),
}


def forget() -> None:
    """Empty the caches in memory, as in a new process."""
    for recent in (
        resources.IMAGES.recent,
        cached.DRAWINGS.recent,
        assets.FACTS.recent,
        icc_streams.PROFILES.recent,
        hyphenation_patterns.PATTERNS.recent,
        type0.PROGRAMS,
    ):
        recent.clear()
    paragraph.prepare.cache_clear()


@pytest.fixture
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "cache"
    monkeypatch.setenv("BROCHURE_CACHE", str(folder))
    disk_cache.disk_cache.cache_clear()
    forget()
    yield folder
    disk_cache.disk_cache.cache_clear()


@pytest.mark.parametrize("target", CONDITIONS)
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_of_any_input_is_seen(
    change: str, target: str, root: Path, cache_folder: Path
) -> None:
    condition = CONDITIONS[target]
    job = open_job(DiskProject(root))
    before = build_edition(job, condition, draft=True).pdf
    CHANGES[change](root)
    warm = build_edition(open_job(DiskProject(root), job), condition, draft=True).pdf
    forget()
    from_disk = build_edition(open_job(DiskProject(root)), condition, draft=True).pdf
    shutil.rmtree(cache_folder)
    forget()
    anew = build_edition(open_job(DiskProject(root)), condition, draft=True).pdf
    assert warm == from_disk == anew
    if target == "press" or change != "press profile":
        assert anew != before


def test_another_version_of_the_program_reads_no_entries(
    root: Path, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    condition = CONDITIONS["press"]
    first = build_edition(open_job(DiskProject(root)), condition, draft=True).pdf
    entries = {path.name for path in cache_folder.iterdir()}
    assert {name.partition("-")[0] for name in entries} >= {"image", "drawing", "facts", "profile"}
    for path in cache_folder.iterdir():
        path.write_bytes(b"")  # damaged: they would be removed if they were read
    monkeypatch.setattr(brochure, "__version__", "99.0")
    forget()
    assert build_edition(open_job(DiskProject(root)), condition, draft=True).pdf == first
    later = {path.name for path in cache_folder.iterdir()}
    assert len(later) == 2 * len(entries) - 1  # all but the lock file


def test_a_damaged_cache_changes_nothing(root: Path, cache_folder: Path) -> None:
    condition = CONDITIONS["press"]
    first = build_edition(open_job(DiskProject(root)), condition, draft=True).pdf
    whole = {path: path.read_bytes() for path in cache_folder.iterdir()}
    for path, data in whole.items():
        path.write_bytes(data[: len(data) // 2])
    forget()
    assert build_edition(open_job(DiskProject(root)), condition, draft=True).pdf == first
    assert {path: path.read_bytes() for path in cache_folder.iterdir()} == whole
