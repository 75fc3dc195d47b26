"""Files of this package: its data, its code, and the layouts that it ships."""

from __future__ import annotations

from pathlib import Path

from brochure.system.files import digest, files_below

PACKAGE = Path(__file__).resolve().parents[1]


def shipped_files(pattern: str) -> tuple[Path, ...]:
    """Return files of the shipped layouts: from the installed package, or from the source checkout."""
    folders = (PACKAGE / "_shipped" / "layouts", PACKAGE.parent / "layouts")
    matches = (tuple(sorted(folder.glob(pattern))) for folder in folders)
    return next((files for files in matches if files), ())


def own_file(name: str) -> bytes:
    """Return the contents of a package data file, by its path inside the package."""
    return (PACKAGE / name).read_bytes()


def own_files(folder: str) -> tuple[str, ...]:
    """Return the paths of the package data files below a folder of the package, relative to it, sorted."""
    root = PACKAGE / folder
    return tuple(
        sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    )


def own_code() -> str:
    """Return a short digest of the package's files, to compare versions with."""
    names = (name for name in sorted(files_below(PACKAGE, "")) if not name.endswith(".pyc"))
    parts = (name.encode() + Path(f"{PACKAGE}{name}").read_bytes() for name in names)
    return digest(b"\0".join(parts)).hex()[:12]
