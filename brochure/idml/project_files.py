"""Make a project of an InDesign document: the layout, its copy and its assets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property

from brochure.build_values import LaidOut
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding
from brochure.fonts.catalog import FontCatalog
from brochure.idml.anchored import AnchoredObjects
from brochure.idml.copy_blocks import NOTES, CopyWriter, Message
from brochure.idml.document import (
    BLEED_SIDES,
    Document,
    DocumentPage,
    MarginGuides,
    check_pages,
    find_resource,
    place_master_items,
    read_document,
)
from brochure.idml.document_losses import check_document
from brochure.idml.document_values import (
    collect_endnotes,
    find_language,
    find_spaces_above,
    read_alternatives,
    read_values,
)
from brochure.idml.first_line import FirstLines
from brochure.idml.fit_text import fit_text
from brochure.idml.frames import PAGE_KEYS, FrameWriter
from brochure.idml.item_paint import ItemPaint
from brochure.idml.losses import lost
from brochure.idml.notes import read_note_settings
from brochure.idml.object_settings import read_object_settings
from brochure.idml.output import write_copy, write_layout, write_size
from brochure.idml.output_profile import read_condition
from brochure.idml.package import check_version, open_package
from brochure.idml.page_items import Item
from brochure.idml.pictures import Pictures
from brochure.idml.placements import PageGuides
from brochure.idml.stories import StoryReader, read_links
from brochure.idml.story_frames import (
    keep_story_order,
    name_frames,
    read_texts,
    thread_order,
)
from brochure.idml.swatches import read_swatches
from brochure.idml.text_styles import TextStyles, read_text_styles
from brochure.idml.text_variables import read_text_variables
from brochure.idml.type_settings import Keys, millimetres, points
from brochure.project import MemoryProject
from brochure.spec.names import NamePool, slug
from brochure.spec.yaml_text import Commented

LAYOUT_FILE = "brochure.yaml"


@dataclass(frozen=True)
class Beside:
    """What lies beside the IDML file: pictures by name, and font files by name."""

    find: Callable[[str], bytes | None] = lambda name: None
    fonts: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Imported:
    """A project from an InDesign document: its files, the document, the project's pages, and what was not taken."""

    files: Mapping[str, bytes]
    document: Document
    made: LaidOut | None
    findings: tuple[Finding, ...]


def import_idml(data: bytes, name: str, beside: Beside) -> Imported:
    """Return a project made from an IDML file.

    Raises:
        InputError: The file is not IDML, or is damaged, protected or too large.
    """
    package = open_package(data, name)
    stem = name.rpartition("/")[2].rpartition("\\")[2]
    document = read_document(package, stem.removesuffix(".idml"))
    importer = _make_importer(document, beside)
    layout = importer.layout()
    fixed = {
        f"content/{importer.language}.yaml": write_copy(importer.writer.copy, stem).encode(),
        **{f"assets/{path}": data for path, data in importer.frames.drawings.items()},
        **{f"assets/{path}": data for path, data in importer.pictures.assets.items()},
        **{f"assets/fonts/{path}": data for path, data in beside.fonts.items()},
    }
    files, made, overset = fit_text(
        layout,
        importer.styles.full,
        lambda values: {LAYOUT_FILE: write_layout(values, stem).encode(), **fixed},
        package.span("Stories"),
    )
    findings = (
        *check_version(package),
        *document.findings,
        *check_pages(document),
        *check_document(document),
        *importer.findings,
        *importer.styles.losses(),
        *importer.styles.missing_fonts(),
        *importer.styles.unused(),
        *overset,
    )
    return Imported(files, document, made, tuple(dict.fromkeys(findings)))


@dataclass(frozen=True)
class DocumentMessages:
    """The messages of a document: its language, their stories by identifier, and its character styles."""

    language: str
    stories: Mapping[str, tuple[Message, ...]]
    marks: frozenset[str]


def read_messages(
    data: bytes, name: str, known_marks: frozenset[str] | None = None
) -> DocumentMessages:
    """Return the messages of an IDML file, with the keys that a project made from it has.

    Args:
        data: The file.
        name: Its name.
        known_marks: Character styles whose marks are kept; default: all.

    Raises:
        InputError: The file is not IDML, or is damaged, protected or too large.
    """
    document = read_document(open_package(data, name), name)
    importer = _make_importer(document, Beside(), known_marks)
    marks = frozenset(importer.styles.character_styles())
    return DocumentMessages(importer.language, importer.writer.stories, marks)


@dataclass(frozen=True)
class _Importer:
    """The parts that write a layout."""

    document: Document
    language: str
    styles: TextStyles
    reader: StoryReader
    writer: CopyWriter
    pictures: Pictures
    frames: FrameWriter
    findings: list[Finding]
    stories: Keys
    masters: Keys = field(default_factory=dict)
    master_names: dict[object, str | None] = field(default_factory=dict)
    names: NamePool = field(default_factory=NamePool)

    def layout(self) -> Keys:
        """Return the layout as values."""
        document = self.document
        title = self.writer.add("doc", "title", document.name or "Untitled")
        pages = [self._page(page) for page in document.pages]
        width, height = document.size
        layout: Keys = {
            "brochure": slug(document.name, "brochure"),
            "title": title,
            "size": write_size(width, height),
            "source-language": self.language,
            "bleed": millimetres(self._margin("DocumentBleed{}Offset", BLEED_SIDES)),
            "press": read_condition(document, self.findings),
            "binding": self._binding(),
            "first-page": "left" if document.pages[0].place.is_left else "right",
            "swatches": dict(self.frames.swatches.written),
            "grid": self._grid(self.document.pages[0].guides),
            "paragraph-styles": self.styles.paragraph_styles(),
            "character-styles": self.styles.character_styles(),
            "variables": self._variables(),
            NOTES: read_note_settings(document, self.writer.notes, self.frames.swatches),
            "masters": self.masters,
            "stories": self.stories,
            "pages": pages,
        }
        slug_width = self._margin("Slug{}", SLUG_SIDES)
        if slug_width:
            layout["slug"] = millimetres(slug_width)
        if not document.is_facing:
            del layout["first-page"]
        return layout

    def _variables(self) -> Keys:
        """Return the variables of the layout that the copy has."""
        texts = [text for section in self.writer.copy.values() for text in section.values()]
        values = self.reader.variables.values
        return {name: values[name] for name in values if any(f"{{{name}}}" in one for one in texts)}

    def _binding(self) -> str:
        if not self.document.is_facing:
            return "none"
        return "perfect" if len(self.document.pages) % 4 else "saddle-stitch"

    def _margin(self, pattern: str, sides: Sequence[str]) -> float:
        """Return the largest of four widths; the layout has one for all sides."""
        values = [self.document.preferences.number(pattern.format(side)) for side in sides]
        if max(values) - min(values) > 0.1:
            what = pattern.partition("{")[0].removeprefix("Document").casefold()
            message = f"the {what} differs between the sides; the largest is used for all"
            self.findings.append(
                lost("page", message, self.document.package.span("Resources/Preferences.xml"))
            )
        return max(0.0, *values)

    def _grid(self, guides: MarginGuides) -> Keys:
        margins = {
            "top": millimetres(guides.top),
            "bottom": millimetres(guides.bottom),
            "inner": millimetres(guides.inner),
            "outer": millimetres(guides.outer),
        }
        found: Keys = {"margins": margins, "columns": guides.columns}
        if guides.columns > 1:
            found["gutter"] = millimetres(guides.gutter)
        if guides.rows:
            found |= {"rows": guides.rows, "row-gutter": millimetres(guides.row_gutter)}
        root = find_resource(self.document.package, "Preferences")
        grid = root.find("GridPreference") if root else None
        if grid:
            start = grid.number("BaselineStart", 36.0)
            if grid.get("BaselineGridRelativeOption").startswith("TopOfMargin"):
                start += guides.margin_top
            found["baseline"] = points(max(1.0, grid.number("BaselineDivision", 12.0)))
            found["baseline-start"] = points(start)
        return found

    # Pages

    def _page(self, page: DocumentPage) -> Keys:
        found: Keys = {}
        master, taken = self._master(page)
        if master:
            found["master"] = master
        if page.name and page.name != str(page.number):
            found["folio"] = page.name
        frames = self._frames(page, page.items, page.number, taken)
        if frames:
            found["frames"] = frames
        return found

    def _guides(self, page: DocumentPage) -> PageGuides:
        bleed = max(
            self.document.preferences.number(f"DocumentBleed{side}Offset") for side in BLEED_SIDES
        )
        is_left = self.document.is_facing and page.place.is_left
        return PageGuides(page.place.width, page.place.height, bleed, page.guides, is_left)

    def _frames(
        self, page: DocumentPage, items: Sequence[Item], number: int, taken: Sequence[str]
    ) -> Keys:
        guides = self._guides(page)
        if number:
            self.frames.text_boxes[number] = [
                (item.node.identifier, item.box)
                for item in items
                if item.node.identifier in self.frames.texts
            ]
        found: list[tuple[str, object]] = []
        owners: list[str] = []
        for item in items:
            made = [*self.frames.frames(item, guides, number)]
            found += [(name, self._with_layer(frame, item)) for name, frame in made]
            owners += [item.node.identifier] * len(made)
        ordered = keep_story_order(found, owners, thread_order(self.document))
        return name_frames(ordered, NamePool({*PAGE_KEYS, *taken}))

    @cached_property
    def _lowest_layer(self) -> int | None:
        """The lowest layer of objects on pages, if an object of a parent page is on a higher one; otherwise None."""
        pages = [item.layer.order for page in self.document.pages for item in page.items]
        masters = [
            item.layer.order
            for master in self.document.masters.values()
            for item in master.page.items
        ]
        lowest = min(pages, default=0)
        return lowest if max(masters, default=lowest) > lowest else None

    def _with_layer(self, frame: object, item: Item) -> object:
        """Return a frame with the stacking order of its layer, if objects of parent pages are in front of others."""
        lowest = self._lowest_layer
        keys = frame.value if isinstance(frame, Commented) else frame
        if lowest is not None and item.layer.order > lowest and isinstance(keys, dict):
            keys["layer"] = item.layer.order - lowest
        return frame

    def _master(self, page: DocumentPage) -> tuple[str | None, Sequence[str]]:
        """Return the master of a page and the names of its frames.

        A page that replaces items of its master has a master without these; one with other guides has one with its own grid.
        """
        place = page.place
        moved = place.node.get("MasterPageTransform"), place.left, place.top
        key = page.master, page.overridden & self._master_items(page), page.guides, moved
        if key not in self.master_names:
            self.master_names[key] = self._write_master(page, key[1])
        name = self.master_names[key]
        master = self.masters.get(name or "")
        frames = master.get("frames", {}) if isinstance(master, dict) else {}
        return name, tuple(frames)

    def _master_items(self, page: DocumentPage) -> frozenset[str]:
        master = self.document.masters.get(page.master) if page.master else None
        items = master.page.items if master else ()
        return frozenset(item.node.identifier for item in items)

    def _write_master(self, page: DocumentPage, without: frozenset[str]) -> str | None:
        """Write a master, and return its name; None if a page needs none."""
        found: Keys = {}
        if page.guides != self.document.pages[0].guides:
            found["grid"] = self._grid(page.guides)
        master = self.document.masters.get(page.master) if page.master else None
        name = "page"
        if master:
            name = slug(master.name, "master")
            placed = place_master_items(page, master)
            items = [one for one in placed if one.node.identifier not in without]
            # Its frames are placed in the grid of the page, which may have other margins.
            frames = self._frames(replace(master.page, guides=page.guides), items, 0, ())
            if frames:
                found["frames"] = frames
        if not found:
            return None
        same = next((other for other, value in self.masters.items() if value == found), None)
        if same:
            return same
        sided = self.document.is_facing and bool(master) and self._has_two_sides(page)
        side = ("-left" if page.place.is_left else "-right") if sided else ""
        unique = self.names.claim(f"{name}{side}")
        self.masters[unique] = found
        return unique

    def _has_two_sides(self, page: DocumentPage) -> bool:
        spread = page.master[0] if page.master else ""
        return sum(key[0] == spread for key in self.document.masters) > 1


SLUG_SIDES = ("TopOffset", "BottomOffset", "InsideOrLeftOffset", "RightOrOutsideOffset")


def _make_importer(
    document: Document, beside: Beside, known_marks: frozenset[str] | None = None
) -> _Importer:
    findings: list[Finding] = []
    package = document.package
    styles_root = document.resource("Styles")
    swatches = read_swatches(
        document.resource("Graphic"), package.span("Resources/Graphic.xml"), findings
    )
    catalog = FontCatalog(
        MemoryProject({f"assets/fonts/{name}": data for name, data in beside.fonts.items()}),
        system=False,
    )
    plain = read_text_styles(styles_root, swatches, package, [], catalog.has_family, "")
    reader = StoryReader(
        read_links(document.settings),
        read_text_variables(document.settings),
        read_values(document, plain),
        findings,
    )
    language = find_language(document, plain, replace(reader, findings=[]))
    styles = read_text_styles(
        styles_root, swatches, package, findings, catalog.has_family, language
    )
    styles.spaces_above.update(find_spaces_above(document, plain, replace(reader, findings=[])))
    pictures = Pictures(beside.find, findings)
    objects = read_object_settings(styles_root)
    paint = ItemPaint(objects, swatches, findings)
    anchored = AnchoredObjects(pictures, paint, reader, document.stories)
    writer = CopyWriter(styles, reader, findings, known_marks=known_marks, anchored=anchored)
    writer = replace(writer, endnotes=collect_endnotes(document))
    stories: Keys = {}
    texts = read_texts(document, writer, reader, stories)
    alternatives = read_alternatives(document, writer)
    first_lines = FirstLines(catalog, styles.full)
    frames = FrameWriter(objects, swatches, pictures, texts, alternatives, first_lines, findings)
    has_footnotes = any(kind == "Footnote" for kind, _ in writer.notes)
    frames = replace(frames, has_footnotes=has_footnotes)
    return _Importer(
        document, language, styles, reader, writer, pictures, frames, findings, stories
    )
