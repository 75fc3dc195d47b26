"""Symbolic links that lead outside the project, and names that are not regular files, on disk."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from brochure.errors import InputError
from brochure.project import MAX_BYTES, DiskProject
from tests.cli.calling import LAYOUT, PICTURE_LAYOUT, call
from tests.security.attacks import lay, refused
from tests.security.test_pictures import SMALL, saved

OFFICE = b"office: kenya\nlanguages: [en, fr]\n"
PO = b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
EACH = {
    "brochure.yaml": (LAYOUT.encode(), ()),
    "content/en.yaml": (b"a:\n  words: Words.\n", ()),
    "content/fr.po": (PO, ("--lang", "fr")),
    "content/fr.yaml": (b"a:\n  words: Mots.\n", ("--lang", "fr")),
    "offices/kenya.yaml": (OFFICE, ("--office", "kenya")),
    "assets/square.jpg": (saved(SMALL, "JPEG"), ()),
    "assets/printer.icc": (b"", ()),
    "assets/fonts/Boxes.ttf": (b"", ()),
}
LAYOUTS = {
    "assets/square.jpg": PICTURE_LAYOUT,
    "assets/printer.icc": LAYOUT + "press: printer.icc\n",
    "assets/fonts/Boxes.ttf": LAYOUT.replace("Source Serif 4", "Boxes"),
}
LEADS_OUT = "is outside the project (copy the file into the project)"


@pytest.mark.parametrize("name", EACH)
def test_a_link_to_a_file_outside_is_not_followed(name: str, tmp_path: Path) -> None:
    data, words = EACH[name]
    folder = lay(
        tmp_path / "project", {"offices/kenya.yaml": OFFICE, name: data}, LAYOUTS.get(name, LAYOUT)
    )
    (tmp_path / "secret").write_bytes((folder / name).read_bytes())
    (folder / name).unlink()
    (folder / name).symlink_to(tmp_path / "secret")
    assert refused(folder, *words) == f"{name}:1:1: {LEADS_OUT}"


@pytest.mark.parametrize("name", [name for name in EACH if "/" in name])
def test_a_link_to_a_folder_outside_is_not_followed(name: str, tmp_path: Path) -> None:
    data, words = EACH[name]
    layout = LAYOUTS.get(name, LAYOUT)
    folder = lay(tmp_path / "project", {"offices/kenya.yaml": OFFICE, name: data}, layout)
    inside = folder / name.partition("/")[0]
    inside.rename(tmp_path / "elsewhere")
    inside.symlink_to(tmp_path / "elsewhere")
    result = refused(folder, *words)
    # Fonts are found by listing folders, which does not follow links: the family is not found there.
    assert LEADS_OUT in result or "font family 'Boxes' not found" in result


@pytest.mark.parametrize("name", EACH)
def test_a_pipe_or_a_device_is_not_a_file(name: str, tmp_path: Path) -> None:
    """Reading it would never end."""
    data, words = EACH[name]
    layout = LAYOUTS.get(name, LAYOUT)
    folder = lay(tmp_path, {"offices/kenya.yaml": OFFICE, name: data}, layout)
    (folder / name).unlink()
    os.mkfifo(folder / name)
    refused(folder, *words)


def test_a_file_of_a_terabyte_is_not_read(tmp_path: Path) -> None:
    """A sparse file: it needs no disk space, but reading it would fill all memory."""
    folder = lay(tmp_path, {"assets/square.jpg": b""}, PICTURE_LAYOUT)
    with (folder / "assets" / "square.jpg").open("wb") as hole:
        hole.truncate(10**12)
    result = refused(folder)
    assert result.startswith(
        f"assets/square.jpg:1:1: has 1,000,000,000,000 bytes; the maximum is {MAX_BYTES:,}"
    )


@pytest.mark.parametrize(
    "name", ["../secret", "/etc/hostname", "assets/../../secret", "a\0b", "..", "//etc/hostname"]
)
def test_the_project_itself_refuses_such_names(name: str, tmp_path: Path) -> None:
    """`DiskProject` checks every path itself, also if a reader of layouts lets an invalid one through."""
    folder = lay(tmp_path / "project", {})
    (tmp_path / "secret").write_text("secret")
    with pytest.raises(InputError, match=r"is outside the project|cannot be read"):
        DiskProject(folder).read(name)


@pytest.mark.parametrize(
    "name",
    ["fonts-evil/Boxes.ttf", "fontsBoxes.ttf", "fonts/../secret/Boxes.ttf", "fonts/secret.txt"],
)
def test_only_fonts_inside_the_system_folders_are_read(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not a folder whose name has the same beginning, and no parent folder."""
    monkeypatch.setattr("brochure.project.SYSTEM_FONT_FOLDERS", (str(tmp_path / "fonts"),))
    folder = lay(tmp_path / "project", {})
    for one in (name, "fonts/deep/Boxes.ttf"):
        (tmp_path / one).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / one).write_bytes(b"a font")
    assert DiskProject(folder).read(f"{tmp_path}/fonts/deep/Boxes.ttf") == b"a font"
    for read in (DiskProject(folder).read, DiskProject(folder).digest):
        with pytest.raises(InputError, match="is outside the project"):
            read(f"{tmp_path}/{name}")


def test_writing_replaces_a_link_and_never_its_target(tmp_path: Path) -> None:
    folder = lay(tmp_path / "project", {})
    precious = tmp_path / "precious"
    precious.write_text("precious")
    (folder / "out").mkdir()
    (folder / "out" / "trial_en_press.pdf").symlink_to(precious)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert call("build").status == 0
    assert precious.read_text() == "precious"
    assert not (folder / "out" / "trial_en_press.pdf").is_symlink()
