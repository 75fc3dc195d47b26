"""A record whose row, edition and PDF are unchanged is not built again."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.batch.leaves import digests
from tests.cli.calling import CommandResult, call
from tests.mailmerge.thanks import COPY, table, thanks

HEAD = "name,gift,code,office"
ROWS = ["Ada,1,a,here", "Grace,2,b,there", "Zoë,3,c,here", "Emmy,4,d,there"]


@pytest.fixture
def card(tmp_path: Path) -> Path:
    return make_card(tmp_path)


def make_card(folder: Path) -> Path:
    """A card with two offices."""
    root = thanks(folder / "card")
    (root / "offices").mkdir()
    for name in ("here", "there"):
        (root / "offices" / f"{name}.yaml").write_text(f"office: {name}\nlanguages: [en]\n")
    return root


@pytest.fixture(scope="module")
def first_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The card, the table and the folder `out` with its files and their log."""
    folder = tmp_path_factory.mktemp("first")
    build(make_card(folder), ROWS)
    return folder


@pytest.fixture
def built_card(first_build: Path, tmp_path: Path) -> Path:
    """A copy of them, with their times."""
    shutil.copytree(first_build, tmp_path, dirs_exist_ok=True)
    return tmp_path / "card"


def build(
    card: Path, rows: list[str], *more: str, out: str = "out", jobs: str = "1"
) -> CommandResult:
    people = table(card.parent / "people.csv", rows, HEAD)
    folder = card.parent / out
    return call("build", card, "--records", people, "-o", folder, "--jobs", jobs, *more)


def counts(result: CommandResult) -> str:
    """Return how many files were built and how many were unchanged."""
    match = re.search(r"(\d+) of (\d+) records? built(?:, (\d+) unchanged)?", result.out)
    assert match
    return " ".join(str(one or 0) for one in match.groups())


@pytest.mark.parametrize("jobs", ["1", "2", "4"])
def test_nothing_is_built_twice(card: Path, jobs: str) -> None:
    assert counts(build(card, ROWS, jobs=jobs)) == "4 4 0"
    again = build(card, ROWS, jobs=jobs)
    assert (counts(again), again.status, again.err) == ("0 4 4", 0, "")
    first = build(card, ROWS, "--force", "--json", jobs=jobs).data
    data = build(card, ROWS, "--json", jobs=jobs).data
    assert [one.pop("unchanged") for one in first["records"]] == [False] * 4
    assert [one.pop("unchanged") for one in data["records"]] == [True] * 4
    assert data == first


def append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


def edit_copy(card: Path) -> None:
    (card / "content/en.yaml").write_text(COPY.replace("thank you", "we thank you"))


CHANGES: dict[str, tuple[Callable[[Path], object], list[str], str]] = {
    "a row": (lambda _: None, [*ROWS[:2], "Zoe,3,c,here", ROWS[3]], "1 4 3"),
    "a row more": (lambda _: None, [*ROWS, "Hedy,5,e,here"], "1 5 4"),
    "a row less": (lambda _: None, ROWS[:3], "0 3 3"),
    "a row at the start": (lambda _: None, ["Hedy,5,e,here", *ROWS], "5 5 0"),
    "the order of two rows": (lambda _: None, [ROWS[1], ROWS[0], *ROWS[2:]], "2 4 2"),
    "a space around a cell": (
        lambda _: None,
        [ROWS[0].replace(",a,", ", a ,"), *ROWS[1:]],
        "0 4 4",
    ),
    "one office": (
        lambda card: append(card / "offices/here.yaml", "copy: {en: {back: {words: Here}}}\n"),
        ROWS,
        "2 4 2",
    ),
    "the copy": (edit_copy, ROWS, "4 4 0"),
    "the picture": (
        lambda card: append(card / "assets/square.png", "\0"),
        ROWS,
        "4 4 0",
    ),
}


SEVERAL_JOBS = ("a row at the start", "one office")
"""Changes that are tried with two processes by default: all records are built, and some of them."""


@pytest.mark.parametrize(
    ("name", "jobs"),
    [
        pytest.param(
            name, jobs, marks=[pytest.mark.soak] if jobs > "1" and name not in SEVERAL_JOBS else []
        )
        for name in CHANGES
        for jobs in ("1", "2")
    ],
)
def test_what_a_change_builds_again(built_card: Path, name: str, jobs: str) -> None:
    """The files are equal to those of a build into a new folder."""
    card = built_card
    change, rows, expected = CHANGES[name]
    change(card)
    assert counts(build(card, rows, jobs=jobs)) == expected
    build(card, rows, out="anew")
    anew, old = digests(card.parent / "anew"), digests(card.parent / "out")
    assert {name: old[name] for name in anew} == anew
    assert counts(build(card, rows, jobs=jobs)) == f"0 {len(rows)} {len(rows)}"


def test_another_table_with_the_same_rows_is_the_same(card: Path, tmp_path: Path) -> None:
    build(card, ROWS)
    shutil.copytree(tmp_path / "out", tmp_path / "kept")
    other = table(tmp_path / "other.csv", ROWS, HEAD)
    assert counts(call("build", card, "--records", other, "-o", tmp_path / "kept")) == "0 4 4"


def test_some_rows(card: Path) -> None:
    assert counts(build(card, ROWS, "--rows", "2-3")) == "2 2 0"
    assert counts(build(card, ROWS)) == "2 4 2"


def test_records_and_editions_in_one_folder(card: Path, tmp_path: Path) -> None:
    build(card, ROWS)
    assert "2 of 2 editions built" in call("build", card, "--all", "-o", tmp_path / "out").out
    assert counts(build(card, ROWS)) == "0 4 4"
    result = call("build", card, "--all", "-o", tmp_path / "out")
    assert "0 of 2 editions built, 2 unchanged" in result.out
    assert "note: the merge fields show their example values" in result.err


def test_wrong_records_are_reported_each_time(card: Path) -> None:
    rows = [*ROWS, f"{'Wolfeschlegelstein ' * 60},5,e,here"]
    first, again = build(card, rows), build(card, rows)
    assert (first.status, again.status) == (1, 1)
    assert (counts(first), counts(again)) == ("4 5 0", "0 5 4")
    assert again.err == first.err != ""


def test_one_file_is_always_built(card: Path) -> None:
    people = table(card.parent / "people.csv", ROWS, HEAD)
    words = ("build", card, "--records", people, "--one-file", "-o", card.parent / "out")
    assert [counts(call(*words)) for _ in range(2)] == ["4 4 0"] * 2


def test_an_approval_counts_for_all_records_of_its_edition(card: Path) -> None:
    """The first record names its language, the second leaves it to the default: both have the same approval."""
    layout = card / "brochure.yaml"
    layout.write_text(layout.read_text() + "press: {approval: required}\n")
    assert call("approve", card, "--edition", "here/en", "--name", "Ada").status == 0
    people = table(
        card.parent / "people.csv", ["Ada,1,a,here,en", "Zoe,2,b,here,"], f"{HEAD},language"
    )
    words = ("build", card, "--records", people, "-o", card.parent / "out", "--jobs", "1")
    assert [counts(call(*words)) for _ in range(2)] == ["2 2 0", "0 2 2"]
    shutil.rmtree(card / "approvals")
    result = call(*words)
    assert (counts(result), result.status) == ("0 2 0", 1)
    assert "approval-missing" in result.codes
