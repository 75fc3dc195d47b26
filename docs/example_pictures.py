"""Write the pictures of the examples in the documentation: `python -m docs.example_pictures [NAME …]`.

A fenced example with the word `picture=NAME` after its language is drawn into `docs/pictures/NAME.webp`:

- a list of blocks: each block in a frame, side by side;
- sections with `pages`: the pages, side by side;
- copy (`copy` after the language): each message as a paragraph of `body`;
- other sections with `show=KEY`: the message KEY in each paragraph style of the example, with the style's name.

`lang=TAG` sets the language of the copy (`lang=en,fr`: one beside the other), `width=N` the width of a frame in millimetres;
`stack=yes` puts all blocks into one frame, `target=press` shows what is around the trim, `check=CODE` outlines the findings of a
check. Everything else comes from `docs/examples`: the layout that examples are added to, the copy and the assets.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import yaml
from PIL import Image, ImageDraw

from brochure.api import build, lay_out
from brochure.edition_checks import check_laid_out
from brochure.findings import Finding
from brochure.l10n.translations import Translations
from brochure.model.page_dump import dump
from brochure.preflight import DEFAULT, PROFILES
from brochure.prepress.output_conditions import CONDITIONS
from brochure.project import MemoryProject
from brochure.styles.defaults import BUILT_IN
from brochure.translation.overset_previews import render_frames
from brochure.translation.workspace import open_workspace
from tests.docs.prose import Block, blocks, pages

ROOT = Path(__file__).resolve().parent.parent
SOURCE = "en"
EXAMPLES = ROOT / "docs" / "examples"
PICTURES = ROOT / "docs" / "pictures"
DIGESTS = PICTURES / "examples.json"
"""For each picture the digest of the display list that it was drawn from, so that a test need not draw what is unchanged."""
DPI = 150
QUALITY = 82
MARGIN = 5
"""Around a frame, in millimetres."""
MAX_HEIGHT = 185
GAP, GROUND = 14, (232, 231, 228)
"""Between pages that are side by side: pixels, and the colour."""
STYLE_COLUMN = 52
NUMBERS = {"tag:yaml.org,2002:int": r"[-+]?\d+$", "tag:yaml.org,2002:float": r"[-+]?\d*\.\d+$"}
"""How numbers are written."""
Edges = tuple[float, float, float, float]
"""Of a box: left, top, right and bottom."""
PAD, OUTLINE = 5, (214, 30, 60)
"""Distance of outlines from the findings that they surround, in pixels, and their colour."""


@dataclass(frozen=True, slots=True)
class Example:
    """An example with a picture: the name of the picture and the block that it is made from."""

    name: str
    block: Block

    @property
    def path(self) -> Path:
        """The picture's file."""
        return PICTURES / f"{self.name}.webp"

    @property
    def options(self) -> Mapping[str, str]:
        """The words after the fence that have a value."""
        return self.block.options

    @property
    def is_copy(self) -> bool:
        """True if it is a piece of copy, not of a layout."""
        return self.block.words == ("copy",)

    @property
    def is_cropped(self) -> bool:
        """True if its page was made for it, and ends below what is shown."""
        return self.is_copy or "show" in self.options

    @property
    def languages(self) -> list[str]:
        """The languages in which it is drawn."""
        return self.options.get("lang", SOURCE).split(",")


def main() -> None:
    """Write the pictures that are named, or all."""
    wanted = set(sys.argv[1:])
    drawn = [example for example in examples() if not wanted or example.name in wanted]
    others = {name: old for name, old in digests().items() if name.startswith("tutorial/")}
    kept = digests() if wanted else others
    for example in drawn:
        picture = draw(example)
        example.path.parent.mkdir(parents=True, exist_ok=True)
        example.path.write_bytes(encode(picture))
        kept[example.name] = digest(example)
        size = example.path.stat().st_size // 1000
        sys.stdout.write(f"{example.name}: {picture.width} x {picture.height}, {size} kB\n")
    DIGESTS.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def encode(picture: Image.Image) -> bytes:
    """Return a picture as WebP."""
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=QUALITY, method=6)
    return out.getvalue()


def digests() -> dict[str, str]:
    """Return the digests of the pictures that were written."""
    return dict(json.loads(DIGESTS.read_text(encoding="utf-8")))


def digest(example: Example) -> str:
    """Return the digest of an example's display list."""
    shown = example.block.text if "target" in example.options else ""
    for language in example.languages:
        shown += "".join(map(dump, lay_out(project(example, language), language).pages))
    return digest_text(shown)


def digest_text(text: str) -> str:
    """Return the digest of display lists as text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def examples() -> Iterator[Example]:
    """Yield the examples of all pages that have a picture."""
    for page in pages():
        for block in blocks(page):
            if name := block.options.get("picture"):
                yield Example(name, block)


def draw(example: Example) -> Image.Image:
    """Build the project of an example and return its pages as one picture."""
    if example.options.get("check") == "overflow":
        return _join(list(_draw_overset(example)))
    target = CONDITIONS[example.options.get("target", "screen")]
    shown: list[Image.Image] = []
    for language in example.languages:
        built = build(project(example, language), target, language)
        if not built.pdf:
            raise SystemExit(f"{example.block}:\n" + "\n".join(map(str, built.findings)))
        rendered = list(_render(built.pdf))
        if "check" in example.options:
            _outline(rendered, find(example, language))
        has_pages = isinstance(_parse(example.block.text), dict) and not example.is_cropped
        shown += rendered if has_pages else [_crop(rendered[0])]
    return shown[0] if len(shown) == 1 and not has_pages else _join(shown)


def _draw_overset(example: Example) -> Iterator[Image.Image]:
    """Yield each frame with the words that do not fit into it, since no PDF is written."""
    files = project(example, SOURCE)
    workspace = open_workspace(files)
    for preview in render_frames(workspace, Translations.load(files, workspace.layout, SOURCE)):
        with Image.open(io.BytesIO(preview.png)) as image:
            yield image.convert("RGB")


def find(example: Example, language: str) -> tuple[Finding, ...]:
    """Return the findings of an example that its picture outlines."""
    files = project(example, language)
    found = check_laid_out(lay_out(files, language), PROFILES[DEFAULT], files)
    return tuple(one for one in found if one.code == example.options["check"])


def _outline(shown: Sequence[Image.Image], findings: Sequence[Finding]) -> None:
    """Draw outlines around findings on the pages; one around lines that touch."""
    for number, picture in enumerate(shown, 1):
        pen = ImageDraw.Draw(picture)
        right, bottom = picture.width - 3, picture.height - 3
        for left, top, far, foot in _merge(_edges(findings, number, picture.height)):
            place = (max(left, 2), max(top, 2), min(far, right), min(foot, bottom))
            pen.rounded_rectangle(place, radius=6, outline=OUTLINE, width=3)


def _edges(findings: Sequence[Finding], number: int, height: int) -> Iterator[Edges]:
    """Yield the edges of the findings on a page, in pixels from its top left corner."""
    scale = DPI / 72
    for finding in findings:
        for x, y, wide, high in finding.boxes or filter(None, [finding.box]):
            if (finding.page or 1) == number:
                left, foot = x * scale - PAD, height - y * scale + PAD
                yield left, foot - high * scale - 2 * PAD, left + wide * scale + 2 * PAD, foot


def _merge(boxes: Iterable[Edges]) -> list[Edges]:
    """Replace boxes that overlap by one around them."""
    merged: list[Edges] = []
    for left, top, right, bottom in boxes:
        old = next((box for box in merged if _overlap(box, (left, top, right, bottom))), None)
        if old is None:
            merged.append((left, top, right, bottom))
            continue
        merged.remove(old)
        far, foot = max(old[2], right), max(old[3], bottom)
        merged.append((min(old[0], left), min(old[1], top), far, foot))
    return merged


def _overlap(first: Edges, second: Edges) -> bool:
    across = first[0] < second[2] and second[0] < first[2]
    return across and first[1] < second[3] + PAD and second[1] < first[3] + PAD


def project(example: Example, language: str) -> MemoryProject:
    """Return the project of an example in a language, in memory."""
    layout: dict[str, Any] = _load("brochure.yaml") | {"source-language": language}
    layout |= _load("surroundings.yaml").get(example.name, {}).get("instead", {})
    piece = _piece(example)
    for key, value in piece.items():
        both = isinstance(value, dict) and isinstance(layout.get(key), dict)
        layout[key] = layout[key] | value if both else value
    names = {*BUILT_IN, *piece.get("paragraph-styles", {})}
    styles = {"styles": {name: name for name in sorted(names)}}
    copy = _load(f"content/{language}.yaml") | styles
    if example.is_copy and language == SOURCE:
        copy |= _parse(example.block.text)
    files = {"brochure.yaml": _dump(layout), f"content/{language}.yaml": _dump(copy)}
    return MemoryProject(files | _assets())


def _piece(example: Example) -> dict[str, Any]:
    """Return the example as sections of a layout, with pages."""
    written: Any = _parse(example.block.text)
    around = _load("surroundings.yaml").get(example.name, {})
    if example.is_copy:
        written = [{"text": key} for key in written]
    if isinstance(written, list):
        together = [written] if "stack" in example.options else [[block] for block in written]
        return _pages_of_blocks(together, around, int(example.options.get("width", 80)))
    written = around.get("sections", {}) | written
    if "pages" in written:
        size = "70 x 34 mm" if "check" in example.options else "90 x 60 mm"
        sections: dict[str, Any] = {"size": size} | written
        return sections
    if "show" in example.options:
        names = list(written["paragraph-styles"])
        width = int(example.options.get("width", STYLE_COLUMN))
        shown = _pages_of_styles(names, example.options["show"], width)
        return {**written, **shown}
    raise SystemExit(f"{example.block}: an example of sections needs pages or show=KEY")


def _pages_of_blocks(
    written: Sequence[list[Any]], around: Mapping[str, Any], width: int
) -> dict[str, Any]:
    """Return a page with a frame for each list of blocks."""
    contents = [[*around.get("before", []), *one, *around.get("after", [])] for one in written]
    shape = around.get("frame", {}), around.get("height", 0)
    frames = [_frame(at, content, width, MARGIN, *shape) for at, content in enumerate(contents)]
    named = {f"f{at}": frame for at, frame in enumerate(frames)}
    page: dict[str, Any] = _page(named, len(contents), width)
    page["pages"] = [*page["pages"], *around.get("pages", [])]
    return {**page, **around.get("sections", {})}


def _pages_of_styles(names: Sequence[str], message: str, width: int) -> dict[str, Any]:
    """Return a page with a frame for each style, with the style's name above it."""
    frames: dict[str, Any] = {}
    for at, name in enumerate(names):
        caption = [{"text": f"styles.{name}", "style": "style-name"}]
        frames[f"name-{at}"] = _frame(at, caption, width, MARGIN, {}, 4)
        frames[f"f{at}"] = _frame(at, [{"text": message, "style": name}], width, MARGIN + 6, {}, 0)
    return _page(frames, len(names), width)


def _frame(
    at: int, content: list[Any], width: int, top: int, keys: Mapping[str, Any], height: int
) -> dict[str, Any]:
    """Return a frame of one column; without a height, it is as high as its content."""
    place = f"x {MARGIN + at * (width + 2 * MARGIN)} mm, y {top} mm, width {width} mm"
    if height:
        return {"at": f"{place}, height {height} mm", "content": content, **keys}
    grown = {"auto-size": f"{MAX_HEIGHT - top - 8} mm"}
    return {"at": f"{place}, height 8 mm", "content": content, **grown, **keys}


def _page(frames: dict[str, Any], columns: int, width: int) -> dict[str, Any]:
    size = f"{columns * (width + 2 * MARGIN)} x {MAX_HEIGHT + 2 * MARGIN} mm"
    return {"size": size, "pages": [{"frames": frames}]}


@cache
def _load(name: str) -> dict[str, Any]:
    """Return a file of the examples; callers do not change it."""
    return dict(_parse((EXAMPLES / name).read_text(encoding="utf-8")))


def _parse(text: str) -> Any:
    return yaml.load(text, Loader=_Loader)


class _Loader(yaml.CSafeLoader):
    """Reads `1:1` as text, as layouts do, and not as a number with the base 60."""


_Loader.yaml_implicit_resolvers = {
    first: [one for one in known if one[0] not in NUMBERS]
    for first, known in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
for _tag, _pattern in NUMBERS.items():
    _Loader.add_implicit_resolver(_tag, re.compile(_pattern), list("-+0123456789."))


@cache
def _assets() -> dict[str, bytes]:
    folder = EXAMPLES / "assets"
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {f"assets/{path.relative_to(folder).as_posix()}": path.read_bytes() for path in paths}


def _dump(value: object) -> bytes:
    return yaml.dump(
        value, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1000
    ).encode()


def _render(pdf: bytes) -> Iterator[Image.Image]:
    for page in pypdfium2.PdfDocument(pdf):
        image = page.render(scale=2 * DPI / 72).to_pil().convert("RGB")
        yield image.resize((image.width // 2, image.height // 2), Image.Resampling.LANCZOS)


def _crop(picture: Image.Image) -> Image.Image:
    """Cut off what is empty below the content, but for a margin."""
    dark = np.asarray(picture.convert("L")).min(axis=1) < 250
    last = int(np.flatnonzero(dark).max(initial=0))
    height = min(picture.height, last + round(MARGIN / 25.4 * DPI))
    return picture.crop((0, 0, picture.width, height))


def _join(shown: Sequence[Image.Image]) -> Image.Image:
    """Put pages side by side on a ground."""
    width = sum(page.width + GAP for page in shown) + GAP
    height = max(page.height for page in shown) + 2 * GAP
    sheet = Image.new("RGB", (width, height), GROUND)
    x = GAP
    for page in shown:
        sheet.paste(page, (x, GAP))
        x += page.width + GAP
    return sheet


if __name__ == "__main__":
    main()
