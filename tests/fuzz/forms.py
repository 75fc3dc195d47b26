"""Forms: the kinds of file that are damaged, each in a good project with the commands that read it.

`case` returns the `Case` of a number: its files, of which one is damaged, and the arguments of a command. A number is the same
case on every machine. To add a form, add an entry to `FORMS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from random import Random
from types import ModuleType

from tests.fuzz import finished, parts, projects
from tests.fuzz.mutants import (
    fonts,
    large,
    large_catalogues,
    large_layouts,
    markdown,
    pdf,
    pdf_objects,
    pictures,
    po,
    profiles,
    svg,
    tables,
    workbooks,
    xml,
    yaml,
)

BUILD = "build p -o out"
SCREEN = "build p -o out --target screen"
BOOKLET = "build p -o out --target booklet"
NORTH = "build p -o out --office north"
FRENCH = "build p -o out --lang fr --draft"
KHMER = "build p -o out --lang km --office north --draft --json"
ALL = "build p -o out --all --draft"
CHECK = "check p"
STATUS = "text status p"
UPDATE = "text update p"
EXTRACT = "text extract p --lang fr"


@dataclass(frozen=True)
class Form:
    """A kind of file: the good files of the project, its name among them, how it is damaged, and the commands that read it.

    If `told` is true, an error message must name the damaged file itself; otherwise it may name another file, such as a layout
    that needs a glyph that the damaged font does not have.
    """

    files: Callable[[], Mapping[str, bytes]]
    target: str
    mutants: ModuleType
    commands: tuple[str, ...]
    weight: int = 1
    told: bool = True


@dataclass(frozen=True)
class Case:
    """Files by name, one of them damaged, and the arguments of a command."""

    number: int
    form: str
    target: str
    told: bool
    files: Mapping[str, bytes]
    words: tuple[str, ...]


def project(
    made: Callable[[], projects.Project], **beside: Callable[[], bytes]
) -> Callable[[], Mapping[str, bytes]]:
    """The files of a project in the folder `p`, with files beside it (`back_csv` is `back.csv`)."""

    @lru_cache(maxsize=1)
    def files() -> Mapping[str, bytes]:
        inside = {f"p/{name}": data for name, data in made().items()}
        return inside | {name.replace("_", "."): data() for name, data in beside.items()}

    return files


def alone(name: str, made: Callable[[], bytes]) -> Callable[[], Mapping[str, bytes]]:
    """A single file."""
    return lambda: {name: made()}


def picture(name: str, made: Callable[[], bytes]) -> Form:
    """A project with one picture on one page."""
    files = partial(projects.with_picture, name, made)
    return Form(project(files), f"p/assets/{name}", pictures, (BUILD, BUILD, SCREEN, CHECK), 6)


def returned(suffix: str, mutants: ModuleType, weight: int, word: str = "") -> Form:
    """A file that a translator returned."""
    files = project(projects.rich, **{f"back_{suffix}": partial(parts.returned, suffix)})
    command = f"text import back.{suffix} p --lang fr"
    return Form(
        files, f"back.{suffix}", mutants, (command + word, f"{command} --json{word}"), weight
    )


def manuscript(name: str, made: Callable[[], bytes], mutants: ModuleType, weight: int) -> Form:
    """A manuscript of a writer."""
    files = project(projects.rich, **{name.replace(".", "_"): made})
    command = f"text import-copy {name} p --into tale --changes accept"
    words = (command, f"{command} --json", f"{command} --list-styles")
    return Form(files, name, mutants, words, weight)


def merged(suffix: str, mutants: ModuleType, weight: int) -> Form:
    """A table of people for a card."""
    name = f"people.{suffix}"
    files = project(projects.personal, **{f"people_{suffix}": partial(parts.people, suffix)})
    command = f"build p --records {name} -o out"
    whole = f"{command} --one-file"
    return Form(files, name, mutants, (whole, f"{whole} --json", f"{command} --rows 1"), weight)


def foreign(name: str, made: Callable[[], bytes], mutants: ModuleType = pdf) -> Form:
    """A PDF of another program."""
    imposed = f"impose {name} -o out/sheets.pdf"
    commands = (
        f"check {name}",
        f"check {name} --profile screen",
        imposed,
        f"{imposed} --scheme reader --marks yes",
        f"{imposed} --scheme step-and-repeat --paper A3",
    )
    return Form(alone(name, made), name, mutants, commands, 6)


RICH = project(projects.rich)
FORMS: Mapping[str, Form] = {
    "layout": Form(
        RICH,
        "p/brochure.yaml",
        yaml,
        (BUILD, BUILD, SCREEN, BOOKLET, NORTH, ALL, CHECK, STATUS, "impose p -o out/s.pdf"),
        24,
        told=False,
    ),
    "shipped-booklet": Form(
        project(partial(projects.shipped, "proven-model")),
        "p/brochure.yaml",
        yaml,
        (CHECK,),
        4,
        told=False,
    ),
    "shipped-leaflet": Form(
        project(partial(projects.shipped, "leaflet")),
        "p/brochure.yaml",
        yaml,
        (CHECK,),
        4,
        told=False,
    ),
    "shipped-report": Form(
        project(partial(projects.shipped, "field-report")),
        "p/brochure.yaml",
        yaml,
        (CHECK,),
        4,
        told=False,
    ),
    "copy": Form(
        RICH,
        "p/content/en.yaml",
        yaml,
        (BUILD, SCREEN, CHECK, STATUS, UPDATE, EXTRACT),
        8,
        told=False,
    ),
    "copy-large": Form(
        project(projects.with_words),
        "p/content/en.yaml",
        large,
        (BUILD, BUILD, SCREEN, CHECK, STATUS, UPDATE),
        8,
        told=False,
    ),
    "layout-large": Form(
        project(projects.with_words),
        "p/brochure.yaml",
        large_layouts,
        (BUILD, BUILD, SCREEN, CHECK, STATUS),
        4,
        told=False,
    ),
    "translation": Form(RICH, "p/content/km.yaml", yaml, (KHMER, STATUS), 3, told=False),
    "catalogue": Form(
        RICH,
        "p/content/fr.po",
        po,
        (FRENCH, STATUS, UPDATE, EXTRACT, "text export p --lang fr -o out/fr.xlsx"),
        10,
        told=False,
    ),
    "office": Form(
        RICH,
        "p/offices/north.yaml",
        yaml,
        (NORTH, ALL, KHMER, STATUS, "check p --office north"),
        8,
        told=False,
    ),
    "checks": Form(RICH, "p/checks.yaml", yaml, ("check p --profile p/checks.yaml",), 3),
    "approval": Form(project(projects.approved), "p/approved.json", yaml, (CHECK,), 2),
    "jpeg": picture("p.jpg", parts.jpeg),
    "jpeg-cmyk": picture("q.jpg", parts.inky_jpeg),
    "png": picture("p.png", parts.png),
    "png-indexed": picture("q.png", parts.indexed_png),
    "tiff": picture("p.tif", parts.tiff),
    "tiff-cmyk": picture("q.tif", parts.inky_tiff),
    "webp": picture("p.webp", parts.webp),
    "webp-lossless": picture("q.webp", parts.lossless_webp),
    "svg": Form(
        project(projects.with_drawing), "p/assets/mark.svg", svg, (BUILD, BUILD, SCREEN, CHECK), 14
    ),
    "font-variable": Form(
        project(partial(projects.with_font, "ttf")),
        "p/assets/fonts/own.ttf",
        fonts,
        (BUILD, BUILD, SCREEN, CHECK, "fonts p"),
        14,
        told=False,
    ),
    "font-postscript": Form(
        project(partial(projects.with_font, "otf")),
        "p/assets/fonts/own.otf",
        fonts,
        (BUILD, BUILD, SCREEN, CHECK, "fonts p"),
        10,
        told=False,
    ),
    "profile": Form(
        project(projects.with_press),
        "p/assets/profiles/own.icc",
        profiles,
        (BUILD, BUILD, CHECK),
        12,
    ),
    "catalogue-large": Form(
        RICH,
        "p/content/fr.po",
        large_catalogues,
        (FRENCH, STATUS, UPDATE, "text export p --lang fr -o out/fr.xlsx"),
        2,
        told=False,
    ),
    "po-large": returned("po", large_catalogues, 2),
    "csv-large": returned("csv", large_catalogues, 2),
    "xlsx-large": returned("xlsx", large_catalogues, 2),
    "docx-large": returned("docx", large_catalogues, 2),
    "xliff-large": returned("xlf", large_catalogues, 2),
    "xliff-1.2-large": returned("xliff", large_catalogues, 2, " --format xliff-1.2"),
    "csv": returned("csv", tables, 8),
    "xlsx": returned("xlsx", workbooks, 6),
    "ods": returned("ods", workbooks, 4),
    "docx": returned("docx", workbooks, 6),
    "xliff": returned("xlf", xml, 8),
    "xliff-1.2": returned("xliff", xml, 6, " --format xliff-1.2"),
    "po-returned": returned("po", po, 4),
    "manuscript-word": manuscript("story.docx", parts.word_manuscript, workbooks, 8),
    "manuscript-markdown": manuscript("story.md", parts.markdown_manuscript, markdown, 6),
    "manuscript-styles": Form(
        project(projects.rich, story_md=parts.markdown_manuscript, styles_yaml=parts.style_map),
        "styles.yaml",
        yaml,
        ("text import-copy story.md p --styles styles.yaml",),
        2,
    ),
    "pdf": foreign("ours.pdf", finished.ours),
    "pdf-plain": foreign("plain.pdf", finished.plain),
    "pdf-objects": foreign("ours.pdf", finished.ours, pdf_objects),
    "pdf-objects-press": foreign("press.pdf", finished.press, pdf_objects),
    "records": merged("csv", tables, 6),
    "records-xlsx": merged("xlsx", workbooks, 4),
}
TURNS = tuple(name for name, form in FORMS.items() for _ in range(form.weight))


def form_of(number: int) -> str:
    """Return the form of a number: the forms take turns."""
    return TURNS[number * 7919 % len(TURNS)]


def case(number: int, form: str = "") -> Case:
    """Return the case of a number; by default, the forms take turns."""
    rng = Random(number)  # the case depends on the number only
    name = form or form_of(number)
    chosen = FORMS[name]
    files = dict(chosen.files())
    words = rng.choice(chosen.commands)
    files[chosen.target] = chosen.mutants.damaged(files[chosen.target], rng)
    return Case(number, name, chosen.target, chosen.told, files, tuple(words.split()))


def good(form: str, command: int = 0) -> Case:
    """Return the undamaged files of a form, with one of its commands."""
    chosen = FORMS[form]
    return Case(
        -1,
        form,
        chosen.target,
        chosen.told,
        chosen.files(),
        tuple(chosen.commands[command].split()),
    )
