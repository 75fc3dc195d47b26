"""Editions that are not built again have the files, findings and exit status of a full build, after random edits."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.batch.leaves import digests
from tests.cli.calling import CommandResult, call
from tests.rebuild import editing


def small_sample(folder: Path) -> Path:
    """The sample with two offices and five editions."""
    root = editing.sample_in(folder)
    for office in (root / "offices").iterdir():
        if office.stem not in {"canada", "india"}:
            office.unlink()
    return root


def facts(result: CommandResult, out: Path) -> list[object]:
    """Return the results of a build except whether editions were unchanged, without the name of its folder."""
    editions = result.data["editions"]
    for one in editions:
        one.pop("unchanged")
        if one["built"]:
            one["built"]["path"] = Path(one["built"]["path"]).relative_to(out)
    return [result.status, *editions]


def compare(root: Path, folder: Path, seed: int, edits: int) -> int:
    """Build after each edit, and also into another folder by force; return how many editions were unchanged."""
    random = Random(seed)
    unchanged = 0
    for at in range(edits + 1):
        made = random.choice(editing.EDITS)(root, random) if at else "nothing"
        words = ("build", root, "--all", "--jobs", "1", "--json", "-o")
        some, every = call(*words, folder / "some"), call(*words, folder / "all", "--force")
        unchanged += sum(one["unchanged"] for one in some.data["editions"])
        place = f"seed {seed}, edit {at}: {made}"
        assert facts(some, folder / "some") == facts(every, folder / "all"), place
        assert digests(folder / "some") == digests(folder / "all"), place
    return unchanged


@pytest.mark.soak
def test_random_edits(tmp_path: Path) -> None:
    assert compare(small_sample(tmp_path), tmp_path, 0, 4) > 8


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 110))
def test_many_random_edits(seed: int, tmp_path: Path) -> None:
    compare(small_sample(tmp_path), tmp_path, seed, 25)


def test_a_changed_data_file_builds_its_editions_again(tmp_path: Path) -> None:
    root = tmp_path / "income"
    (root / "assets").mkdir(parents=True)
    (root / "content").mkdir()
    (root / "content/en.yaml").write_text("words: Words.\n")
    (root / "brochure.yaml").write_text(
        "brochure: income\nsize: A6\nbinding: none\nsource-language: en\npages:\n"
        "  - frames: {one: {at: margins, content: {table: {from: income.csv}}}}\n"
    )
    data = root / "assets/income.csv"
    data.write_text("A,B\nx,1.5\n")
    words = ("build", root, "--all", "--jobs", "1", "--json", "-o", tmp_path / "out")
    before = [call(*words).data["editions"][0]["unchanged"] for _ in range(2)]
    first = digests(tmp_path / "out")
    data.write_text("A,B\nx,1.7\n")
    assert (before, call(*words).data["editions"][0]["unchanged"]) == ([False, True], False)
    assert digests(tmp_path / "out") != first
