"""The build log: an edition whose inputs and output are unchanged is not built again; any other edition is."""

from __future__ import annotations

import json
import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from brochure.batch import build_log, processes
from brochure.batch.build_log import LOG_FILE
from brochure.inputs import CurrentInputs
from brochure.project import DiskProject
from tests.batch.forks import forked
from tests.batch.leaves import COPY, digests, finished, leaves, words
from tests.cli.calling import CommandResult, call

OFFICES = 4


@pytest.fixture
def project(tmp_path: Path) -> DiskProject:
    """Four editions."""
    return leaves(tmp_path / "leaves", OFFICES)


@pytest.fixture(scope="module")
def first_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project and the folder `out` with its editions and their log."""
    folder = tmp_path_factory.mktemp("first")
    build(leaves(folder / "leaves", OFFICES), folder / "out")
    return folder


@pytest.fixture
def built_project(first_build: Path, tmp_path: Path) -> DiskProject:
    """A copy of them, with their times."""
    shutil.copytree(first_build, tmp_path, dirs_exist_ok=True)
    return DiskProject(tmp_path / "leaves")


def build(project: DiskProject, out: Path, *more: str) -> CommandResult:
    return call(*words(project, out, "--jobs", "1", *more))


def last(result: CommandResult) -> str:
    return result.out.splitlines()[-1]


def built(count: int, of: int = OFFICES) -> str:
    unchanged = f", {of - count} unchanged" if count < of else ""
    return f"{count} of {of} editions built{unchanged}"


def is_as_if_built_anew(project: DiskProject, out: Path, tmp_path: Path) -> bool:
    """Whether the folder has the same files as a build into a new folder."""
    anew = tmp_path / "anew"
    shutil.rmtree(anew, ignore_errors=True)
    build(project, anew)
    return digests(anew) == digests(out)


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("start", ["fork", "spawn"])
def test_nothing_is_built_twice(
    project: DiskProject,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    jobs: str,
    start: str,
) -> None:
    monkeypatch.setattr(processes, "START", start)
    out = tmp_path / "out"
    first = call(*words(project, out, "--jobs", jobs))
    before = {path: path.stat().st_mtime_ns for path in out.glob("*.pdf")}
    again = call(*words(project, out, "--jobs", jobs))
    assert (last(first), again.out, again.err) == (built(OFFICES), f"{built(0)}\n", "")
    assert {path: path.stat().st_mtime_ns for path in out.glob("*.pdf")} == before


def test_one_process_and_several_share_the_log(project: DiskProject, tmp_path: Path) -> None:
    call(*words(project, tmp_path / "out", "--jobs", "2"))
    assert last(build(project, tmp_path / "out")) == built(0)


def test_as_data(project: DiskProject, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = build(project, out, "--json").data["editions"]
    (out / "leaf_o002_en_press.pdf").unlink()
    again = build(project, out, "--json").data["editions"]
    assert [one.pop("unchanged") for one in first] == [False] * OFFICES
    assert [one.pop("unchanged") for one in again] == [True, True, False, True]
    assert again == first


def append(root: Path, name: str, text: str) -> None:
    with (root / name).open("a", encoding="utf-8") as file:
        file.write(text)


def swap(root: Path, name: str, old: str, new: str) -> None:
    text = (root / name).read_text(encoding="utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new), encoding="utf-8")


def repaint(root: Path) -> None:
    data = leaves(root.parent / "other", 1, seed=7).read("assets/face.jpg")
    (root / "assets" / "face.jpg").write_bytes(data)


def put_beside(root: Path) -> None:
    """The picture is in the second of two folders; a file of the same name is added to the first one."""
    (root / "assets").rename(root.parent / "assets")
    nearer = root / "assets" / "face.jpg"
    nearer.parent.mkdir()
    nearer.write_bytes(leaves(root.parent / "other", 1, seed=7).read("assets/face.jpg"))


CHANGES: dict[str, tuple[Callable[[Path], object], int]] = {
    "one office": (lambda root: swap(root, "offices/o001.yaml", "'1'", "'one'"), 1),
    "an office that is new": (
        lambda root: (root / "offices/new.yaml").write_text("office: new\nlanguages: [en]\n"),
        1,
    ),
    "the copy": (lambda root: swap(root, "content/en.yaml", "One line", "Another line"), 4),
    "the layout": (lambda root: swap(root, "brochure.yaml", "10 pt", "9 pt"), 4),
    "a picture": (repaint, 4),
    "a translation that is new": (
        lambda root: (root / "content/fr.yaml").write_text("words: Une ligne\n"),
        4,  # more than necessary: the names in the folder are an input
    ),
    "another picture in a folder that is searched first": (
        put_beside,
        4,
    ),
    "a file that nothing reads": (lambda root: (root / "readme.txt").write_text("?"), 0),
    "a time": (lambda root: os.utime(root / "content/en.yaml"), 0),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_a_change_builds_again(built_project: DiskProject, tmp_path: Path, name: str) -> None:
    project, out = built_project, tmp_path / "out"
    change, count = CHANGES[name]
    change(project.root)
    of = OFFICES + (name == "an office that is new")
    assert last(build(project, out)) == built(count, of)
    assert is_as_if_built_anew(project, out, tmp_path)
    assert last(build(project, out)) == built(0, of)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ((), ("--draft",)),
        ((), ("--target", "screen")),
        ((), ("--date", "2026-11-24")),
        ((), ("--preflight", "error")),
        (("--date", "2026-11-24"), ("--date", "2026-11-25")),
    ],
)
def test_another_option_builds_all(
    project: DiskProject, tmp_path: Path, first: tuple[str, ...], then: tuple[str, ...]
) -> None:
    out = tmp_path / "out"
    build(project, out, *first)
    assert last(build(project, out, *then)).startswith((built(OFFICES), f"0 of {OFFICES} "))
    assert "unchanged" not in build(project, out, *first).out or not first


def test_builds_for_two_targets_are_logged_side_by_side(
    project: DiskProject, tmp_path: Path
) -> None:
    for target in ("press", "screen"):
        assert last(build(project, tmp_path / "out", "--target", target)) == built(OFFICES)
    for target in ("press", "screen"):
        assert last(build(project, tmp_path / "out", "--target", target)) == built(0)


def test_source_date_epoch_builds_all(
    project: DiskProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for epoch, count in (("1764000000", OFFICES), ("1764000000", 0), ("1764000001", OFFICES)):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
        assert last(build(project, tmp_path / "out")) == built(count)


@pytest.mark.parametrize("what", ["own_code", "installed_packages"])
def test_another_version_builds_all(
    project: DiskProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    build(project, tmp_path / "out")
    monkeypatch.setattr(build_log, what, lambda: ("other",))
    assert last(build(project, tmp_path / "out")) == built(OFFICES)


def test_force_builds_all(project: DiskProject, tmp_path: Path) -> None:
    build(project, tmp_path / "out")
    assert last(build(project, tmp_path / "out", "--force")) == built(OFFICES)
    assert last(build(project, tmp_path / "out")) == built(0)


def test_previews_build_all(project: DiskProject, tmp_path: Path) -> None:
    screen = ("--target", "screen")
    build(project, tmp_path / "out", *screen)
    assert last(build(project, tmp_path / "out", *screen, "--previews")) == built(OFFICES)
    assert last(build(project, tmp_path / "out", *screen)) == built(0)


# The output


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def exchange(path: Path) -> None:
    """Put another edition's PDF there, cut to the same length, with the same time."""
    status = path.stat()
    other = path.with_name("leaf_o003_en_press.pdf").read_bytes()
    path.write_bytes(other[: status.st_size].ljust(status.st_size, b" "))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def link(path: Path) -> None:
    path.rename(path.with_suffix(".elsewhere"))
    path.symlink_to(path.with_suffix(".elsewhere"))


OUTPUTS: dict[str, Callable[[Path], object]] = {
    "deleted": lambda path: path.unlink(),
    "shortened": lambda path: os.truncate(path, path.stat().st_size - 1),
    "one bit": flip,
    "emptied": lambda path: path.write_bytes(b""),
    "another edition's": lambda path: shutil.copy(path.with_name("leaf_o003_en_press.pdf"), path),
    "another edition's, of the same size and time": exchange,
    "a link to the same bytes": link,
}


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_changed_output_is_built_again(
    built_project: DiskProject, tmp_path: Path, name: str
) -> None:
    project, out = built_project, tmp_path / "out"
    OUTPUTS[name](out / "leaf_o001_en_press.pdf")
    assert last(build(project, out)) == built(1)
    for other in out.glob("*.elsewhere"):
        other.unlink()
    assert is_as_if_built_anew(project, out, tmp_path)


def test_an_output_that_a_single_build_replaced_is_built_again(
    project: DiskProject, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    build(project, out)
    call("build", project.root, "--office", "o001", "-o", out, "--date", "2026-11-24")
    assert last(build(project, out)) == built(1)
    assert is_as_if_built_anew(project, out, tmp_path)


# Findings


LONG = "copy: {words: " + "Une ligne. " * 200 + "}\n"


def test_findings_are_reported_again(project: DiskProject, tmp_path: Path) -> None:
    """A warning of each edition, and the error of one that was not built."""
    (project.root / "content/en_GB.yaml").write_text("words: One line\n")
    append(
        project.root, "offices/o002.yaml", LONG.replace("{words", "{en: {words").replace("}", "}}")
    )
    first = build(project, tmp_path / "out")
    again = build(project, tmp_path / "out")
    assert (first.status, again.status) == (1, 1)
    assert set(first.codes) == {"language-tag", "overflow"}
    assert again.err == first.err
    assert last(again) == "0 of 4 editions built, 3 unchanged"
    data = [build(project, tmp_path / "out", "--json", *more).data for more in ((), ("--force",))]
    for one in data[0]["editions"] + data[1]["editions"]:
        one.pop("unchanged")
    assert data[0] == data[1]


def test_findings_name_files_from_the_current_folder(
    project: DiskProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project.root / "content/en_GB.yaml").write_text("words: One line\n")
    out = tmp_path / "out"
    build(project, out)
    monkeypatch.chdir(project.root)
    result = build(DiskProject(Path()), out)
    assert all(line.startswith("content/en_GB.yaml:1:1: ") for line in result.lines)
    assert last(build(DiskProject(Path()), out)) == built(0)


def test_a_project_that_was_moved_is_unchanged(project: DiskProject, tmp_path: Path) -> None:
    build(project, tmp_path / "out")
    (tmp_path / "out").rename(tmp_path / "there")
    moved = DiskProject(project.root.rename(tmp_path / "moved"))
    assert last(build(moved, tmp_path / "there")) == built(0)


def test_a_catalogue_of_an_unknown_office_is_reported_until_it_is_renamed(
    project: DiskProject, tmp_path: Path
) -> None:
    path = project.root / "offices/o01/fr.po"
    path.parent.mkdir()
    path.write_text("")
    assert "office 'o01' not found" in build(project, tmp_path / "out").err
    assert "office 'o01' not found" in build(project, tmp_path / "out").err
    path.unlink()
    assert build(project, tmp_path / "out").err == ""


# Inputs that change during the build


def test_an_input_that_changes_during_the_build_is_noticed(
    project: DiskProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The layout is read once, before the first edition, and is changed before the second."""
    reading = DiskProject.read
    out = tmp_path / "out"

    def read(self: DiskProject, name: str) -> bytes:
        data = reading(self, name)
        if name == "offices/o001.yaml" and list(out.glob("*.pdf")):
            swap(project.root, "brochure.yaml", "10 pt", "9 pt")
            monkeypatch.setattr(DiskProject, "read", reading)
        return data

    monkeypatch.setattr(DiskProject, "read", read)
    build(project, out)
    assert "9 pt" in (project.root / "brochure.yaml").read_text()
    assert last(build(project, out)) == built(OFFICES)
    assert is_as_if_built_anew(project, out, tmp_path)


# The log


def lines(out: Path) -> list[bytes]:
    return (out / LOG_FILE).read_bytes().splitlines()


def replaced(path: Path) -> Path:
    """A path without a file."""
    path.unlink()
    return path


DAMAGE: dict[str, Callable[[Path], object]] = {
    "empty": lambda log: log.write_bytes(b""),
    "no text": lambda log: log.write_bytes(bytes(range(256)) * 40),
    "zeros": lambda log: log.write_bytes(bytes(100_000)),
    "a torn line": lambda log: log.write_bytes(log.read_bytes()[:-20]),
    "half of it": lambda log: log.write_bytes(log.read_bytes()[: log.stat().st_size // 2]),
    "without its first line": lambda log: log.write_bytes(log.read_bytes().partition(b"\n")[2]),
    "nested": lambda log: log.write_bytes(b"[" * 500_000 + b"\n"),
    "a long number": lambda log: log.write_bytes(b'{"size": ' + b"9" * 100_000 + b"}\n"),
    "other JSON": lambda log: log.write_bytes(b'[]\n{}\n1\nnull\n{"answers": 1}\n{"pdf": []}\n'),
    "lone surrogates": lambda log: log.write_bytes(
        b'{"inputs": "\\ud800", "base": "\\ud800", "answers": {"file \\ud800": "\\ud800"}, "without": []}\n'
    ),
    "missing": lambda log: log.unlink(),
    "a folder": lambda log: replaced(log).mkdir(),
    "a pipe": lambda log: os.mkfifo(replaced(log)),
    "a link to a device": lambda log: replaced(log).symlink_to("/dev/zero"),
    "a link that leads nowhere": lambda log: replaced(log).symlink_to("nowhere"),
    "writable by all": lambda log: log.chmod(0o666),
    "too large": lambda log: os.truncate(log, build_log.MAX_LOG_BYTES + 1),
    "a line that is too long": lambda log: append(
        log.parent, log.name, json.dumps({"pdf": "x" * build_log.MAX_LINE_BYTES}) + "\n"
    ),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_log_only_causes_a_build(
    built_project: DiskProject, tmp_path: Path, name: str
) -> None:
    project, out = built_project, tmp_path / "out"
    before = digests(out)
    DAMAGE[name](out / LOG_FILE)
    result = build(project, out)
    assert (result.status, result.err) == (0, "")
    assert digests(out) == before
    if name != "a folder":
        assert last(build(project, out)) == built(0)


NAMES = ["../beside", "/etc/passwd", "a/../../beside", ".hidden", "", "..", "a\0b", "x" * 300]


@pytest.mark.parametrize("name", NAMES)
def test_a_forged_output_outside_the_folder_is_ignored(
    built_project: DiskProject, tmp_path: Path, name: str
) -> None:
    """The line of an edition is forged to name a file elsewhere, with the correct stamp of that file."""
    project, out = built_project, tmp_path / "out"
    shutil.copy2(out / "leaf_o001_en_press.pdf", tmp_path / "beside.pdf")
    forged = [
        json.dumps({**json.loads(line), "pdf": name}).encode() if b"leaf_o001_en" in line else line
        for line in lines(out)
    ]
    (out / LOG_FILE).write_bytes(b"\n".join(forged) + b"\n")
    (out / "leaf_o001_en_press.pdf").unlink()
    result = build(project, out)
    assert (last(result), result.status) == (built(1), 0)
    assert (out / "leaf_o001_en_press.pdf").exists()


QUESTIONS = [
    "file ../../../../etc/passwd",
    "file /etc/passwd",
    "file /dev/zero",
    "folder ../../../..",
    "folder /",
    "folder .",
    "folder ",
    "asset ../../../../etc/passwd",
    "file \0",
    "asset " + "x/" * 5000,
    "unknown x",
    "",
]


def test_forged_inputs_outside_the_project_are_not_read(
    project: DiskProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forged inputs are never up to date, and folders outside of the project are not listed."""
    listed = []
    listing = DiskProject.listing

    def list_folder(self: DiskProject, folder: str) -> tuple[str, ...]:
        listed.append(folder)
        return listing(self, folder)

    monkeypatch.setattr(DiskProject, "listing", list_folder)
    current = CurrentInputs(project)
    for question in QUESTIONS:
        assert not current.are({question: "0" * 32})
        assert not current.are({question: ""})
    assert {folder for folder in listed if "fonts" not in folder} == set()


def test_findings_in_a_forged_log_are_printed_escaped(project: DiskProject, tmp_path: Path) -> None:
    (project.root / "content/en_GB.yaml").write_text("words: One line\n")
    out = tmp_path / "out"
    build(project, out)
    text = (out / LOG_FILE).read_text().replace("is not a language tag", "\\u001b[31m\\u202e")
    (out / LOG_FILE).write_text(text)
    result = build(project, out)
    assert last(result) == built(0)
    assert "\x1b" not in result.err + result.out
    assert "\u202e" not in result.err + result.out


def test_the_log_stays_small(
    project: DiskProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_log, "SPARE_LINES", 5)
    out = tmp_path / "out"
    sizes = []
    for at in range(8):
        (project.root / "content/en.yaml").write_text(COPY.replace("One line", f"Line {at}"))
        assert last(build(project, out)) == built(OFFICES)
        sizes.append(len(lines(out)))
    assert max(sizes) <= 3 * 2 * OFFICES + 5
    assert last(build(project, out)) == built(0)


def test_an_edition_that_is_no_longer_listed_is_ignored(
    project: DiskProject, tmp_path: Path
) -> None:
    build(project, tmp_path / "out")
    (project.root / "offices/o001.yaml").unlink()
    assert last(build(project, tmp_path / "out")) == built(0, OFFICES - 1)
    assert (tmp_path / "out/leaf_o001_en_press.pdf").exists()


# Killed


@pytest.mark.parametrize(
    ("number", "jobs"),
    [
        (signal.SIGKILL, "1"),
        (signal.SIGKILL, "2"),
        (signal.SIGINT, "1"),
        (signal.SIGTERM, "2"),
        pytest.param(signal.SIGINT, "2", marks=pytest.mark.soak),
        pytest.param(signal.SIGTERM, "1", marks=pytest.mark.soak),
    ],
)
def test_the_next_run_continues_where_a_killed_one_stopped(
    tmp_path: Path, number: signal.Signals, jobs: str
) -> None:
    project, out = leaves(tmp_path / "leaves", 30), tmp_path / "out"
    running = forked(
        words(project, out, "--jobs", jobs), tmp_path, kept=tmp_path / "kept", before=None
    )
    while finished(out) < 8:
        time.sleep(0.002)
    os.kill(running.pid, number)
    running.end()
    assert running.gone()
    done = finished(out)
    assert 8 <= done < 30
    counts = build(project, out).out.splitlines()[-1].split()
    # Each process may have written a PDF that was not logged yet.
    assert counts[1:5] == ["of", "30", "editions", "built,"]
    assert 30 - done <= int(counts[0]) <= 30 - done + int(jobs)
    assert int(counts[0]) + int(counts[5]) == 30
    assert is_as_if_built_anew(project, out, tmp_path)


def test_two_builds_at_once(tmp_path: Path) -> None:
    project, out = leaves(tmp_path / "leaves", 12), tmp_path / "out"
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    kept = tmp_path / "kept"
    both = [
        forked(words(project, out, "--jobs", "1"), tmp_path / name, kept=kept, before=None)
        for name in "ab"
    ]
    assert [one.end() for one in both] == [0, 0]
    assert last(build(project, out)) == built(0, 12)
    assert is_as_if_built_anew(project, out, tmp_path)
