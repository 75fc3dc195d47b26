"""Permissions of written files: new files have those of the umask, replaced files keep theirs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from brochure.errors import ExitCode
from brochure.system.atomic_files import PART, replacing
from brochure.system.disk_cache import DiskCache
from tests.cli.calling import call, project
from tests.mailmerge.thanks import table, thanks


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


MASKS = pytest.mark.parametrize(
    ("mask", "mode_of_new"), [(0o077, 0o600), (0o022, 0o644), (0o002, 0o664)]
)


@MASKS
@pytest.mark.parametrize("words", [(), ("--one-file",)], ids=["a file a record", "one file"])
def test_mail_merge_files_have_the_permissions_of_the_umask(
    tmp_path: Path, mask: int, mode_of_new: int, words: tuple[str, ...]
) -> None:
    out = tmp_path / "out"
    rows = table(tmp_path / "people.csv", ["Ada,1,a,", "Grace,2,b,"], "name,gift,code,file")
    with umask(mask):
        result = call("build", thanks(tmp_path / "card"), "--records", rows, "-o", out, *words)
    assert result.status == 0, result.err
    made = {path.name: mode(path) for path in out.iterdir()}
    # The build log is trusted only if no other user can write it.
    assert made.pop(".brochure-build-log.jsonl", 0) in (0, mode_of_new & 0o644)
    assert set(made.values()) == {mode_of_new}


@MASKS
def test_editions_have_the_permissions_of_the_umask_and_the_cache_is_private(
    tmp_path: Path, mask: int, mode_of_new: int
) -> None:
    folder, out = project(tmp_path / "trial"), tmp_path / "out"
    with umask(mask):
        assert call("build", folder, "-o", out).status == 0
        assert call("schema", "-o", out / "schema.json").status == 0
        DiskCache(out).put("0" * 40, b"data")
    assert {path.name: mode(path) for path in out.iterdir()} == {
        "trial_en_press.pdf": mode_of_new,
        "schema.json": mode_of_new,
        "0" * 40: mode_of_new & 0o644,
    }


@pytest.mark.parametrize("own", [0o600, 0o640, 0o664, 0o444])
def test_a_file_that_is_replaced_keeps_its_permissions(tmp_path: Path, own: int) -> None:
    pdf = tmp_path / "trial_en_press.pdf"
    pdf.write_bytes(b"earlier")
    pdf.chmod(own)
    with umask(0o022):
        assert call("build", project(tmp_path / "trial"), "-o", tmp_path).status == 0
    assert pdf.read_bytes().startswith(b"%PDF")
    assert mode(pdf) == own


def test_a_private_file_is_private_while_it_is_written(tmp_path: Path) -> None:
    private = tmp_path / "private.pdf"
    private.touch(0o600)
    with umask(0o022), replacing(private) as out:
        out.write(b"personal")
        (part,) = tmp_path.glob(f".*{PART}")
        assert mode(part) == 0o600


def test_a_link_gives_no_permissions_to_the_file_that_replaces_it(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").touch(0o666)
    link = tmp_path / "trial_en_press.pdf"
    link.symlink_to(tmp_path / "elsewhere")
    with umask(0o077):
        assert call("build", project(tmp_path / "trial"), "-o", tmp_path).status == 0
    assert not link.is_symlink()
    assert mode(link) == 0o600


def test_a_device_or_pipe_is_not_replaced(tmp_path: Path) -> None:
    """A user who may write to its folder could replace it, as root may in /dev."""
    pipe = tmp_path / "report.html"
    os.mkfifo(pipe)
    folder = project(tmp_path / "project")
    result = call("check", folder, "--report", pipe)
    assert result.status == ExitCode.CANNOT_WRITE
    assert "report.html: cannot be written: it is a device or a pipe, not a file" in result.err
    assert pipe.is_fifo()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
