"""Where modules may be imported, and which packages may use third-party libraries, files, the clock and the environment."""

from __future__ import annotations

import ast
import itertools

from tests.house.modules import LATE, modules


def test_public_names_are_not_imported_inside_the_package() -> None:
    """Inside the package, `from brochure import X` imports packages and the version only."""
    packages = {module.package for module in modules()} | {"__version__"}
    wrong = [
        f"{module}:{one.line} {one.name}"
        for module in modules()
        for one in module.imports
        if one.name.startswith("brochure.") and one.name.split(".")[1] not in packages
    ]
    assert wrong == []


DATA_FILES = (
    "brochure.l10n.data_files",
    "brochure.blocks.charts.file_entries",
    "brochure.blocks.charts.map_file",
    "brochure.blocks.tables.data_table",
)
ARTWORK = ("brochure.artwork.load.", "brochure.artwork.page.", "brochure.pdf.artwork_form.")
INKS = ("brochure.pdf.duotone.", "brochure.pdf.drop_shadow.", "brochure.pdf.flattened_area.")
ICONS = "brochure.blocks._inline_image."
IN_LINES = ("brochure.l10n.inline_image.", "brochure.model.inline_images.")
NOTES = ("brochure.layout.note_numbers.", "brochure.model.note_marks.")
CATALOGUES = (
    "brochure.l10n.catalogue_comments.",
    "brochure.l10n.formats._catalogue_limits.",
    "brochure.l10n.formats._po_repair.",
)
PROOFS = ("brochure.imposition.booklet.", "brochure.imposition.numbered_proof.")
RARE = (
    *(
        "brochure.l10n.repeats.",
        "brochure.model.text_patterns.",
        "brochure.pdf.shadings.",
        "brochure.layout.paragraph_shading.",
        "brochure.layout.column_balance.",
        "brochure.layout.spanning.",
        "brochure.pdf.separated_jpeg.",
        "brochure.pdf.ycck.",
        "brochure.styles.copyfit_range.",
        "brochure.system.limited_calls.",
        "brochure.system.version_lock.",
        "brochure.system.xml_safety.",
    ),
    *("brochure.blocks.charts.shared_axes.", ICONS, *INKS, *IN_LINES, *NOTES, *CATALOGUES, *PROOFS),
)
DRAWINGS = (
    "brochure.blocks._drawing.",
    "brochure.blocks._drawing_checks.",
    "brochure.blocks._letter_outlines.",
    "brochure.blocks.svg.cached.",
    "brochure.blocks.svg.geometry.",
    "brochure.blocks.svg.isolated.",
    "brochure.blocks.svg.serialized_text.",
)
WRITER = (
    "brochure.approval.",
    "brochure.imposition.finishing.",
    "brochure.imposition.sheets.",
    "brochure.pdf.document.",
    "brochure.pdf.metadata.",
    "brochure.pdf.objects.",
    "brochure.pdf.page_cache.",
    "brochure.pdf.page_stamp.",
)
"""What writes a PDF: `brochure check` and the text commands do not load it."""
NOT_ALWAYS_LOADED = ("brochure.preflight.", *ARTWORK, *DATA_FILES, *DRAWINGS, *RARE, *WRITER)
"""Modules that screen builds do not load, or that most builds do not load: these builds check no finished PDFs, read no data
files and no catalogues, place no artwork, convert no drawings, make no booklets or numbered proofs, and have no repeats, locks,
patterns, gradients, shadows, icons, pictures in lines, notes, shaded paragraphs, balanced columns, copyfitting, blocks across
columns, lossy CMYK images, faulty drawings, pictures in one or two inks, or drawings and PDFs that are not in the cache."""


def test_own_modules_are_imported_at_the_top() -> None:
    wrong = [
        f"{module}:{one.line} {one.name}"
        for module in modules()
        if module.package not in LATE and module.package
        for one in module.imports
        if one.name.split(".")[0] == "brochure"
        and (one.inside or one.for_types)
        and not one.name.startswith(NOT_ALWAYS_LOADED)
    ]
    assert wrong == []


STANDS_IN = "fast_dataclass"
"""Type checkers see the standard library's `dataclass` in its place; it also compiles code with `exec`."""


def test_imports_are_absolute_and_explicit() -> None:
    """No relative and no star imports; imports for type checkers only in packages that import late."""
    wrong = [
        f"{module}:{one.line} {one.name}"
        for module in modules()
        for one in module.imports
        if one.name.startswith(".")
        or one.name.endswith(".*")
        or (
            one.for_types
            and module.package not in LATE | {STANDS_IN}
            and module.path.parent.name != "brochure"
        )
    ]
    assert wrong == []


ONLY = {
    "typer": {"cli"},
    "yaml": {"spec", "manuscript"},
    "uharfbuzz": {"fonts", "typeset", "pdf"},
    "reportlab": {"pdf"},
    "PIL": {"images", "pdf", "color", "proof", "artwork", "pdf_input"},
    "fontTools": {"fonts", "pdf", "typeset", "blocks"},
    "lxml": {"blocks", "imposition", "l10n", "manuscript"},
    "docx": {"l10n"},
    "picosvg": {"blocks"},
    "tinycss2": {"blocks"},
    "cssselect2": {"blocks"},
    "segno": {"blocks"},
    "idna": {"l10n"},
    "markdown_it": {"l10n", "manuscript"},
    "mdit_py_plugins": {"l10n", "manuscript"},
    "pyphen": {"typeset"},
    "babel": {"locales"},
    "platformdirs": {"system"},
    "watchfiles": {"system"},
    "rich": {"cli"},
}
"""Third-party modules, and the packages that may import them."""


def test_third_party_modules_stay_in_their_packages() -> None:
    wrong = [
        f"{module}:{one.line} {one.name}"
        for module in modules()
        for one in module.imports
        if (top := one.name.split(".")[0]) in ONLY and module.package not in ONLY[top]
    ]
    assert wrong == []


def test_a_late_import_has_a_reason() -> None:
    """The first import of a library inside a function has a comment above it, below the `def` line."""
    wrong = []
    for module in modules():
        if module.package in LATE or not module.package:
            continue
        lines = module.source.splitlines()
        first = {one.name.split(".")[0]: one for one in reversed([*module.imports]) if one.inside}
        for name, one in first.items():
            above = itertools.takewhile(
                lambda line: " def " not in f" {line}", reversed(lines[: one.line])
            )
            if not any("#" in line for line in above):
                wrong.append(f"{module}:{one.line} {name}")
    assert wrong == []


# Files, clock and environment


DISK = {
    *(
        "os",
        "tempfile",
        "time",
        "random",
        "shutil",
        "subprocess",
        "socket",
        "glob",
        "secrets",
        "uuid",
    ),
    *("urllib.request", "http", "ftplib", "ssl", "pathlib.Path.home"),
}
PATH_WORK = {
    *(
        "read_bytes",
        "read_text",
        "write_bytes",
        "write_text",
        "mkdir",
        "unlink",
        "rename",
        "rglob",
        "glob",
        "exists",
    ),
    *(
        "is_file",
        "is_dir",
        "iterdir",
        "stat",
        "touch",
        "rmdir",
        "resolve",
        "chmod",
        "symlink_to",
        "expanduser",
        "cwd",
    ),
}
CLOCK = {"now", "utcnow", "today", "perf_counter", "monotonic", "time_ns"}
MAY_USE_FILES = {"project", "system"}
"""The packages that may use files, the clock, the environment and other processes."""
HIDES = {"brochure/pdf/engine.py"}
"""It removes `RL_*` variables from the environment while ReportLab is imported, so that they have no effect."""
READS_ITS_OWN = {
    "brochure/typeset/hyphenation_patterns.py": "pyphen's dictionaries, inside its package",
    "brochure/typeset/weak_breaks.py": "its list of words, inside the package",
}
"""Modules that read data files of an installed package."""


def test_only_project_and_system_use_files_clock_and_environment() -> None:
    wrong = [
        f"{module}:{one.line} {one.name}"
        for module in modules()
        if module.package not in MAY_USE_FILES and str(module) not in HIDES
        for one in module.imports
        if any(one.name == name or one.name.startswith(f"{name}.") for name in DISK)
    ]
    assert wrong == []


def test_only_project_and_system_open_files() -> None:
    wrong = []
    for module in modules():
        if module.package in MAY_USE_FILES | {STANDS_IN} or str(module) in READS_ITS_OWN:
            continue
        for node in module.nodes:
            if not isinstance(node, ast.Call):
                continue
            called = node.func
            if isinstance(called, ast.Name) and called.id in (
                "open",
                "input",
                "eval",
                "exec",
                "__import__",
            ):
                wrong.append(f"{module}:{node.lineno} {called.id}()")
            elif isinstance(called, ast.Attribute) and called.attr in PATH_WORK | CLOCK:
                wrong.append(f"{module}:{node.lineno} .{called.attr}()")
    assert wrong == []
