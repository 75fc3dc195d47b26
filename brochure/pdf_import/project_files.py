"""The layout and the copy of a project that is made from a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from brochure.compare.contents import TextFlow
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, Span, count_repeated
from brochure.fonts.catalog import FontCatalog
from brochure.geometry import Rect
from brochure.idml.fit_text import fit_frames
from brochure.idml.output import write_size
from brochure.idml.type_settings import millimetres
from brochure.l10n.message_text import escape
from brochure.locales import canonical_tag, is_known_language
from brochure.pdf_import.colours import SketchColours
from brochure.pdf_import.sketch import Sketch, SketchPage
from brochure.pdf_import.text_styles import (
    Keys,
    SketchStyles,
    divide_paragraphs,
    read_block_style,
)
from brochure.project import MemoryProject
from brochure.spec.names import NamePool, slug
from brochure.spec.yaml_text import write_yaml

LAYOUT_FILE = "brochure.yaml"
CAPITALS, DESCENT = 0.7, 0.25
"""Heights of a typical font in em: the first line begins at its capitals, the last one ends below its baseline."""

SLACK = 1.03
"""By how much a frame is wider than its longest line, which would not fit otherwise."""

TAG = re.compile("[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
MAX_WORDS = 4
"""Words of a text that its key has."""

ROTATED = 2.5
"""Height of a line in em from which its text is not horizontal."""


@dataclass(frozen=True)
class SketchProject:
    """A project that is made from a PDF: its files, the number of its pages, and what was not taken."""

    files: Mapping[str, bytes]
    pages: int
    findings: tuple[Finding, ...]


def make_project(sketch: Sketch, name: str) -> SketchProject:
    """Return the project of a sketch; `name` is the name of the PDF."""
    stem = name.rpartition("/")[2].rpartition("\\")[2]
    colours = SketchColours()
    styles = SketchStyles(colours.find, FontCatalog(MemoryProject(), system=False).has_family)
    styles.add_all([flow for page in sketch.pages for flow in page.flows if _is_level(flow)])
    writer = _Writer(sketch, Span(name), colours, styles)
    layout = writer.layout(stem)
    fixed = {
        f"content/{writer.language}.yaml": writer.write_copy(stem).encode(),
        **{f"assets/{path}": data for path, data in sketch.files.items()},
    }
    fitted = fit_frames(
        layout,
        styles.full,
        lambda values: {LAYOUT_FILE: _write_layout(values, stem).encode(), **fixed},
    )
    findings = [*writer.report(), *(writer.overset(*frame) for frame in fitted.changed)]
    return SketchProject(fitted.files, len(sketch.pages), count_repeated(findings))


@dataclass(frozen=True)
class _Writer:
    """Writes a layout and its copy; `rotated` and `mixed` are the pages of text that is lost or simplified."""

    sketch: Sketch
    span: Span
    colours: SketchColours
    styles: SketchStyles
    copy: dict[str, dict[str, str]] = field(default_factory=dict)
    rotated: list[int] = field(default_factory=list)
    mixed: list[int] = field(default_factory=list)

    @property
    def language(self) -> str:
        """The language that the PDF names, else English."""
        found = self.sketch.language
        is_tag = TAG.fullmatch(found) is not None and is_known_language(found)
        return canonical_tag(found) if is_tag else "en"

    def layout(self, stem: str) -> Keys:
        """Return the layout as values."""
        pages = self.sketch.pages
        name = stem.rpartition(".")[0] or stem
        self.copy["doc"] = {"title": escape(self.sketch.title or name)}
        first = pages[0]
        written = [self._page(page) for page in pages]
        return {
            "brochure": slug(name, "brochure"),
            "title": "doc.title",
            "size": write_size(first.width, first.height),
            "source-language": self.language,
            "bleed": millimetres(max(page.bleed for page in pages)),
            "binding": "none",
            "swatches": {name: value for value, name in self.colours.swatches.items()},
            "grid": {
                "margins": dict.fromkeys(("top", "bottom", "inner", "outer"), "10 mm"),
                "columns": 1,
            },
            "paragraph-styles": self.styles.written,
            "pages": written,
        }

    # Pages

    def _page(self, page: SketchPage) -> Keys:
        names = NamePool()
        frames: Keys = {}
        for area in page.areas:
            colour = self.colours.find(area.colour)
            if colour:
                frames[names.claim("area")] = {"at": _at(area.rect, page), "background": colour}
        for picture in page.pictures:
            frames[names.claim("picture")] = {
                "at": _at(picture.rect, page),
                "content": {"image": picture.file, "alt": "none", **picture.crop},
            }
        for flow in page.flows:
            if not _is_level(flow):
                self.rotated.append(page.number)
                continue
            name, frame = self._text(flow, page)
            frames[names.claim(name)] = frame
        return {"frames": frames}

    def _text(self, flow: TextFlow, page: SketchPage) -> tuple[str, Keys]:
        style = read_block_style(flow)
        name = self.styles.known[style]
        if len({look for line in flow.lines for look in line.looks}) > 1:
            self.mixed.append(page.number)
        section = f"page-{page.number}"
        messages = self.copy.setdefault(section, {})
        key = NamePool(set(messages)).claim(slug(" ".join(flow.text.split()[:MAX_WORDS]), "text"))
        messages[key] = "\n\n".join(map(escape, divide_paragraphs(flow, style.leading)))
        lines = flow.lines
        left = min(line.rect.x for line in lines)
        width = max(line.rect.right for line in lines) - left
        top = lines[0].baseline + CAPITALS * style.size
        bottom = lines[-1].baseline - DESCENT * style.size
        extra = (SLACK - 1) * width if style.align != "justify" else 0.0
        shift = {"end": extra, "centre": extra / 2}.get(style.align, 0.0)
        rect = Rect(left - shift, bottom, width + extra, max(top - bottom, style.size))
        block: Keys = {"text": f"{section}.{key}"}
        if name != "body":
            block["style"] = name
        return key, {"at": _at(rect, page), "content": block}

    # Copy and findings

    def write_copy(self, stem: str) -> str:
        """Return the copy as YAML, in the order of the pages."""
        head = f"# The text of {stem}, block by block as its pages have it.\n\n"
        return head + write_yaml({section: dict(keys) for section, keys in self.copy.items()})

    def report(self) -> Iterator[Finding]:
        """Yield findings on what was not taken: one of each kind, with the pages."""
        pages = self.sketch.pages
        places = {
            "drawing": [page.number for page in pages for _ in range(page.drawings)],
            "size": [page.number for page in pages if _size(page) != _size(pages[0])],
            "picture": [*self.sketch.lost_pictures],
            "stretch": [page.number for page in pages for one in page.pictures if one.is_stretched],
            "rotated": self.rotated,
            "text": self.mixed,
        }
        for kind, numbers in places.items():
            if numbers:
                message, hint = LOSSES[kind]
                yield self._finding(f"pdf-{kind}", f"{message}: {_count_pages(numbers)}", hint)
        for font in self.styles.missing:
            message = f"font '{font}' is not known; the default font replaces it"
            hint = "put its files into assets/fonts and write 'font:' where a comment names it"
            yield self._finding("pdf-font", message, hint)
        for words in self.colours.lost:
            yield self._finding("pdf-colour", f"colour '{words}' is not taken", "add a swatch")
        if not self.sketch.language:
            message = "the PDF does not name its language; it is taken as English"
            hint = "set 'source-language', and rename content/en.yaml"
            yield self._finding("pdf-language", message, hint)

    def overset(self, frame: str, page: int) -> Finding:
        """Return the finding for text that did not fit into its frame."""
        message = (
            f"page {page}: the text of frame '{frame}' is longer in the substitute font;"
            " the frame may grow, or the type shrink"
        )
        hint = "remove 'auto-size' and 'copyfit' when the font is there"
        return self._finding("pdf-overset", message, hint)

    def _finding(self, code: str, message: str, hint: str = "") -> Finding:
        return Finding(code, message, self.span, hint, Severity.WARNING)


LOSSES = {
    "drawing": (
        "paths that are not taken (drawings, gradients, shapes)",
        "copy the PDF into assets, and place its page in a frame: {image: old.pdf, page: 2}",
    ),
    "size": ("pages of another size than the first", "all pages have the size of the first"),
    "picture": ("pictures that are turned or cannot be read", "place them by hand"),
    "stretch": ("pictures that were stretched", "they have their own proportions, and are cropped"),
    "rotated": ("blocks of text that are not horizontal and not taken", "write them by hand"),
    "text": (
        "blocks with several fonts, sizes or colours, set in that of most of their letters",
        "mark words in the copy, such as **strong**",
    ),
}
"""What is lost, by the code of the finding, and what to do."""


def _is_level(flow: TextFlow) -> bool:
    """Return False for text that is not horizontal."""
    size = read_block_style(flow).size
    return all(line.rect.height <= ROTATED * size or len(line.text) <= 2 for line in flow.lines)


def _count_pages(numbers: Sequence[int]) -> str:
    """Return how often each page is named: `14 on pages 1, 2`."""
    pages = [str(page) for page in dict.fromkeys(numbers)]
    shown = ", ".join(pages[:8]) + (" …" if len(pages) > 8 else "")
    return f"{len(numbers)} on page{'s' if len(pages) > 1 else ''} {shown}"


def _size(page: SketchPage) -> tuple[float, float]:
    return round(page.width, 1), round(page.height, 1)


def _at(rect: Rect, page: SketchPage) -> str:
    """Return a placement in millimetres from the upper left corner."""
    return (
        f"x {millimetres(rect.x)}, y {millimetres(page.height - rect.top)},"
        f" width {millimetres(rect.width)}, height {millimetres(rect.height)}"
    )


def _write_layout(layout: Keys, stem: str) -> str:
    head = (
        "# yaml-language-server: $schema=brochure.schema.json\n"
        f"# A sketch of {stem}, to start from: its sizes, colours, pictures and blocks of text. Threads, masters, styles\n"
        "# of words and drawings cannot be read from a PDF; alternative texts are missing ('alt: none').\n\n"
    )
    return head + write_yaml(layout)
