"""Imports go down only, at the head of a file, and dear things stay in their rooms."""

from __future__ import annotations

import ast
import itertools

from tests.house.layers import LATE, LAYERS, ROOT, level, modules, room_of


def test_the_map_has_every_room() -> None:
    drawn = [room for rooms in LAYERS for room in rooms]
    assert len(drawn) == len(set(drawn))
    assert set(drawn) == {module.room for module in modules()} - {""}


def test_the_map_that_people_read_is_this_one() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    drawn = page.partition("```text layers\n")[2].partition("```")[0].splitlines()
    assert [tuple(line.split(" | ")) for line in drawn] == list(LAYERS)


def test_imports_go_down_only() -> None:
    wrong = [
        f"{module}:{one.line} imports {one.name}"
        for module in modules()
        if module.room
        for one in module.imports()
        if (room := room_of(one.name)) and room != module.room and level(room) <= level(module.room)
    ]
    assert wrong == []


def test_nothing_is_imported_from_the_face_of_the_package() -> None:
    """`from brochure import X` inside the package: only rooms by name, and the version."""
    rooms = {room for line in LAYERS for room in line} | {"__version__"}
    wrong = [
        f"{module}:{one.line} {one.name}"
        for module in modules()
        for one in module.imports()
        if one.name.startswith("brochure.") and one.name.split(".")[1] not in rooms
    ]
    assert wrong == []


def test_own_modules_are_imported_at_the_head_and_in_earnest() -> None:
    wrong = [
        f"{module}:{one.line} {one.name}"
        for module in modules()
        if module.room not in LATE and module.room
        for one in module.imports()
        if one.name.split(".")[0] == "brochure" and (one.inside or one.for_types)
    ]
    assert wrong == []


STANDS_IN = "fast_dataclass"
"""It is the standard library's `dataclass` to the type checker, and compiles as that does; its own tests hold it to that."""


def test_nobody_hides_imports_from_the_reader() -> None:
    """Neither relative nor starred; for the type checker alone only where everything is imported late."""
    wrong = [
        f"{module}:{one.line} {one.name}"
        for module in modules()
        for one in module.imports()
        if one.name.startswith(".")
        or one.name.endswith(".*")
        or (one.for_types and module.room not in LATE | {STANDS_IN})
    ]
    assert wrong == []


ONLY = {
    "typer": {"cli"},
    "yaml": {"spec"},
    "uharfbuzz": {"fonts", "typeset", "pdf"},
    "reportlab": {"pdf"},
    "PIL": {"images", "pdf", "color", "proof"},
    "fontTools": {"fonts", "pdf", "typeset"},
    "lxml": {"blocks", "l10n"},
    "picosvg": {"blocks"},
    "segno": {"blocks"},
    "markdown_it": {"l10n"},
    "mdit_py_plugins": {"l10n"},
    "pyphen": {"typeset"},
    "babel": {"locales"},
}
"""Other people's modules, and the rooms that may know them."""


def test_other_peoples_modules_stay_in_their_rooms() -> None:
    wrong = [
        f"{module}:{one.line} {one.name}"
        for module in modules()
        for one in module.imports()
        if (top := one.name.split(".")[0]) in ONLY and module.room not in ONLY[top]
    ]
    assert wrong == []


def test_a_late_import_says_why() -> None:
    """The first import of a thing inside a function has a comment above it, after the function's head."""
    wrong = []
    for module in modules():
        if module.room in LATE or not module.room:
            continue
        lines = module.source.splitlines()
        first = {one.name.split(".")[0]: one for one in reversed([*module.imports()]) if one.inside}
        for name, one in first.items():
            above = itertools.takewhile(
                lambda line: " def " not in f" {line}", reversed(lines[: one.line])
            )
            if not any("#" in line for line in above):
                wrong.append(f"{module}:{one.line} {name}")
    assert wrong == []


# The door to disk, clock and environment


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
DOORS = {"project", "system"}
"""The rooms that may use the disk: the project's files and results, the picture cache, what stands on the disk, and other
processes, which are handed what they need."""
HIDES = {"brochure/pdf/engine.py"}
"""It takes variables out of the environment while ReportLab is imported, so that they are not obeyed."""
READS_ITS_OWN = {
    "brochure/typeset/hyphenation_patterns.py": "pyphen's dictionaries, which lie in its package"
}
"""Files that read what lies in somebody's package: no project, no setting and no moment changes what they find."""


def test_only_project_knows_disk_clock_and_environment() -> None:
    wrong = [
        f"{module}:{one.line} {one.name}"
        for module in modules()
        if module.room not in DOORS and str(module) not in HIDES
        for one in module.imports()
        if any(one.name == name or one.name.startswith(f"{name}.") for name in DISK)
    ]
    assert wrong == []


def test_only_project_opens_files() -> None:
    wrong = []
    for module in modules():
        if module.room in DOORS | {STANDS_IN} or str(module) in READS_ITS_OWN:
            continue
        for node in ast.walk(module.tree):
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
