"""The status of many editions: cached, worst first, explained, dated, and as an HTML page."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest

from brochure.errors import UsageError
from brochure.l10n.project_editions import EditionName
from brochure.project import DiskProject, MemoryProject
from brochure.translation import status, status_report
from brochure.translation.parallel import run_parallel
from brochure.translation.status import EditionStatus, assess_editions
from brochure.translation.status_dates import find_oldest_changes
from brochure.translation.status_page import format_page
from brochure.translation.status_report import (
    assess_quickly,
    choose_editions,
    explain_counts,
)
from brochure.translation.workspace import open_workspace
from tests.translation.projects import COPY, FRENCH, project, translated

NORTH = "office: north\nlanguages: [en, fr-CA]\n"


def files() -> dict[str, str]:
    return {
        "content/en.yaml": COPY + "spare: Not on any page\n",
        "content/fr.po": translated({**FRENCH, "words": "Encore des mots. " * 40, "head": ""}),
        "content/de.po": translated({}, "de"),
        "offices/north.yaml": NORTH,
    }


def assess(trial: MemoryProject, **chosen: list[str]) -> list[EditionStatus]:
    desk = open_workspace(trial)
    names = choose_editions(desk, chosen.get("offices", ()), chosen.get("languages", ()))
    return sorted(assess_quickly(desk, names, jobs=1), key=lambda one: one.rank)


def changed(trial: MemoryProject, new: Mapping[str, str]) -> MemoryProject:
    """The project with other files and the same cache."""
    other = project({**files(), **new})
    other.cache.entries.update(trial.cache.entries)  # type: ignore[attr-defined]
    return other


@pytest.fixture
def assessed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the editions that are assessed again."""
    names: list[str] = []
    real = status.assess_edition

    def assess_edition(desk: object, name: EditionName) -> EditionStatus:
        names.append(str(name))
        return real(desk, name)  # type: ignore[arg-type]

    monkeypatch.setattr(status_report, "assess_edition", assess_edition)
    return names


def test_the_second_time_nothing_is_assessed(assessed: list[str]) -> None:
    trial = project(files())
    first = assess(trial)
    assert sorted(assessed) == ["de", "north_en", "north_fr-CA"]
    assessed.clear()
    assert assess(trial) == first
    assert assessed == []


@pytest.mark.parametrize(
    ("file", "text", "names"),
    [
        ("content/de.po", translated({"head": "Leute"}, "de"), ["de"]),
        ("offices/north.yaml", NORTH + "variables: {people: 1}\n", ["north_en", "north_fr-CA"]),
        ("content/en.yaml", COPY, ["de", "north_en", "north_fr-CA"]),
        ("content/fr-CA.po", translated({}, "fr-CA"), ["de", "north_en", "north_fr-CA"]),
    ],
)
def test_only_what_has_changed_is_assessed_again(
    assessed: list[str], file: str, text: str, names: list[str]
) -> None:
    trial = project(files())
    assess(trial)
    assessed.clear()
    other = changed(trial, {file: text})
    found = assess(other)
    assert sorted(assessed) == names
    assert sorted(found, key=str) == sorted(assess_editions(open_workspace(other)), key=str)


def test_a_damaged_entry_is_made_again(assessed: list[str]) -> None:
    trial = project(files())
    first = assess(trial)
    for key in trial.cache.entries:  # type: ignore[attr-defined]
        trial.cache.put(key, b'[{}, {"name": 3}]')
    assessed.clear()
    assert assess(trial) == first
    assert len(assessed) == 3


def test_the_worst_edition_is_first() -> None:
    trial = project({**files(), "offices/odd.yaml": "office: odd\n"})
    assert [str(one.name) for one in assess(trial)] == ["odd_", "de", "north_fr-CA", "north_en"]


def test_editions_are_chosen_by_office_and_language() -> None:
    trial = project(files())
    assert [str(one.name) for one in assess(trial, offices=["north"])] == [
        "north_fr-CA",
        "north_en",
    ]
    assert [str(one.name) for one in assess(trial, languages=["fr", "de"])] == ["de", "north_fr-CA"]
    with pytest.raises(UsageError, match="--lang pl: no edition is in this language"):
        assess(trial, languages=["pl"])
    with pytest.raises(UsageError, match=r"--office nort: unknown office .*'north'"):
        assess(trial, offices=["nort"])


def test_words_left_are_those_of_the_source() -> None:
    found = {str(one.name): one for one in assess(project(files()))}
    # Every printed message: 2 + 1 + 9 + 2 + 2 words; the unused one is not printed.
    assert found["de"].words == 16
    assert found["north_fr-CA"].words == 1
    assert found["north_en"].words == 0


def test_different_numbers_of_messages_are_explained() -> None:
    desk = open_workspace(project(files()))
    found = assess(project(files()))
    assert explain_counts(desk, found) == (
        "Catalogues have 6 messages; 1 is not printed in these editions: spare",
    )
    assert {one.messages for one in found} == {5}
    whole = {**files(), "content/en.yaml": COPY}
    assert explain_counts(open_workspace(project(whole)), assess(project(whole))) == ()


def test_several_processes_give_the_same_results_in_order() -> None:
    offset = 10
    assert list(run_parallel(lambda item: item + offset, range(20), 2)) == list(range(10, 30))


# Dates


def git(folder: Path, *arguments: str, date: str = "") -> None:
    environment = {"GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date} if date else {}
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(
        ["git", *identity, *arguments], cwd=folder, env=environment, check=True, capture_output=True
    )


def test_the_oldest_change_is_the_date_of_its_commit(tmp_path: Path) -> None:
    texts = {**files(), "content/fr.po": translated(FRENCH)}
    trial = project(texts)
    for name in trial.files:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(trial.files[name])
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "one", date="2026-03-01T12:00:00Z")
    source = tmp_path / "content" / "en.yaml"
    source.write_text(source.read_text().replace("head: People", "head: Persons"))
    git(tmp_path, "commit", "-qam", "two", date="2026-05-02T12:00:00Z")
    desk = open_workspace(DiskProject(tmp_path))
    found = list(assess_quickly(desk, choose_editions(desk), jobs=1))
    dates = find_oldest_changes(tmp_path, desk, found)
    assert {str(name): date for name, date in dates.items()} == {
        "de": "2026-03-01",
        "north_fr-CA": "2026-05-02",
    }


# The page


class Page(HTMLParser):
    """The parts of a page that tests look at."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.ids.add(dict(attrs).get("id") or "")
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data.strip()


def test_the_page_has_the_figures_and_loads_nothing() -> None:
    found = assess(project(files()))
    text = format_page("<trial>", found, {found[0].name: "2026-03-01"}, ["A note"], "2026-11-29")
    page = Page(text)
    assert page.rows[1][:4] == ["de", "0 of 5", "16", "0"]
    assert page.rows[1][-2:] == ["2026-03-01", "not ready"]
    assert "&lt;trial&gt;" in text
    assert not any("src" in attributes or tag == "script" for tag, attributes in page.tags)
    links = [attributes["href"] for tag, attributes in page.tags if tag == "a"]
    assert {f"#{one}" for one in page.ids} >= set(links) != set()
    heads = [attributes for tag, attributes in page.tags if tag == "th"]
    assert all(one.get("scope") in ("col", "row") for one in heads)
