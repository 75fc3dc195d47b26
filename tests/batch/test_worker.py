"""The code of a cluster's workers, without a cluster: files are requested by digest, and the project is that of the sender."""

from __future__ import annotations

import pickle
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from brochure.batch.remote_project import (
    MissingFiles,
    RemoteProject,
    create_manifest,
    differences,
    versions,
)
from brochure.batch.tasks import BatchJob, Task, attempt
from brochure.batch.worker import Answer, ProjectStore, verify_answer
from brochure.errors import InputError
from brochure.l10n import assets
from brochure.pdf import resources
from brochure.prepress.output_conditions import PRESS
from brochure.project import DiskProject
from brochure.system.disk_cache import disk_cache
from brochure.system.files import digest as digest_of
from tests.batch.leaves import COPY, leaves, order_of
from tests.cli.calling import ROOT, SAMPLE


def remote(project: DiskProject) -> RemoteProject:
    """The project as a worker has it after all files were sent."""
    made = create_manifest(project, PRESS, draft=False, system=False)
    held = {
        entry: project.read(name) for name, entry in made.files.items() if isinstance(entry, bytes)
    }
    return RemoteProject(pickle.loads(pickle.dumps(made)), held)


def test_a_remote_project_reads_as_the_local_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file of the sample by each of its names; `../../assets` is shared with other layouts."""
    monkeypatch.chdir(SAMPLE.parents[1])
    local = DiskProject(Path("layouts/proven-model"))
    there = remote(local)
    assert there.font_files() == local.font_files()
    for folder in ("content", "offices", "assets", "../../assets", "../../assets/fonts"):
        assert there.listing(folder) == local.listing(folder)
    names = ["brochure.yaml", *local.listing("content"), *local.listing("../../assets")]
    assert len(names) > 30
    for name in (*names, local.font_files()[0]):
        assert there.read(name) == local.read(name)
        assert there.digest(name) == local.digest(name)
        if not name.startswith("/"):  # of a package, which may be elsewhere on the worker
            assert there.label(name) == local.label(name)
    assert (
        there.label("content/sw.po")
        == local.label("content/sw.po")
        == ("layouts/proven-model/content/sw.po")
    )
    for asset in (
        "photos/city.jpg",
        "./photos//city.jpg",
        "no.jpg",
        "",
        "../README.md",
        "/etc/passwd",
    ):
        assert there.asset(asset) == local.asset(asset), asset
    with pytest.raises(FileNotFoundError):
        there.read("content/sw.po")


def test_an_unreadable_file_is_reported_when_it_is_read(tmp_path: Path) -> None:
    project = leaves(tmp_path / "leaves", 1)
    (tmp_path / "secret").write_text("x")
    (project.root / "assets" / "out.jpg").symlink_to(tmp_path / "secret")
    there = remote(project)
    with pytest.raises(InputError, match=r"out\.jpg:1:1: is outside the project"):
        there.read("assets/out.jpg")


def test_files_of_the_preflight_and_approvals_are_sent(tmp_path: Path) -> None:
    layout = (
        "brochure: card\nsize: a6\nsource-language: en\n"
        "preflight: {profile: house.yaml}\npages: [{frames: {}}]\n"
    )
    files = {
        "brochure.yaml": layout,
        "house.yaml": "checks: {}\n",
        "approved.json": "{}",
        "approvals/canada/fr-CA.yaml": "brochure: card\n",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    there = remote(DiskProject(tmp_path))
    for name, text in files.items():
        assert there.read(name) == text.encode()
    (tmp_path / "approved.json").unlink()
    with pytest.raises(FileNotFoundError):
        remote(DiskProject(tmp_path)).read("approved.json")


def shipped(
    store: ProjectStore, order: BatchJob, task: Task, source: DiskProject
) -> tuple[Answer, list[bytes]]:
    """Return the answer to a task, and the files that had to be sent for it, in order."""
    made = create_manifest(source, order.condition, draft=order.draft, system=False)
    data = pickle.dumps(made)
    sources = {entry: name for name, entry in made.files.items() if isinstance(entry, bytes)}
    sent: list[bytes] = []
    while True:
        answer = store.work(digest_of(data), task)
        if not answer.missing_digest:
            return answer, sent
        sent.append(answer.missing_digest)
        assert len(sent) < 50
        found = (
            data
            if answer.missing_digest == digest_of(data)
            else source.read(sources[answer.missing_digest])
        )
        store.receive(answer.missing_digest, found)


@pytest.fixture
def nothing_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No picture is in the cache or in memory: otherwise it would not be sent."""
    monkeypatch.setenv("BROCHURE_CACHE", str(tmp_path / "cache"))
    disk_cache.cache_clear()
    resources.IMAGES.recent.clear()
    assets.FACTS.recent.clear()
    yield
    disk_cache.cache_clear()


@pytest.mark.usefixtures("nothing_known")
def test_each_file_is_sent_once_and_only_if_it_is_needed(tmp_path: Path) -> None:
    project = leaves(tmp_path / "leaves", 3)
    (project.root / "assets" / "idle.jpg").write_bytes(b"x" * 1000)
    order, job, tasks = order_of(project, tmp_path / "out")
    store = ProjectStore()
    counts = []
    for task in tasks:
        answer, sent = shipped(store, order, task, project)
        outcome, built = verify_answer(answer, task)
        here, expected = attempt(order, job, task)
        assert built == expected
        assert (outcome.name, outcome.size) == (here.name, here.size)
        counts.append(len(sent))
    # First the manifest, the layout, the copy, the picture and the office; then only the next offices.
    assert counts == [5, 1, 1]
    assert store.missing([digest_of(b"x" * 1000)]) == [digest_of(b"x" * 1000)]


def test_a_layout_that_has_become_wrong_is_reported_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is sent as it is on the disk, after the sender has read another one."""
    monkeypatch.chdir(tmp_path)
    leaves(tmp_path / "leaves", 1)
    project = DiskProject(Path("leaves"))
    order, _, tasks = order_of(project, tmp_path / "out")
    (project.root / "brochure.yaml").write_text("brochure: leaf\nsize: A6\n")
    answer, _ = shipped(ProjectStore(), order, tasks[0], project)
    outcome, _ = verify_answer(answer, tasks[0])
    assert str(outcome.findings[0]).startswith("leaves/brochure.yaml:1:1: ")
    assert outcome.failure == ""


def test_a_worker_of_another_version_reports_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = leaves(tmp_path / "leaves", 1)
    order, _, tasks = order_of(project, tmp_path / "out")
    monkeypatch.setattr("brochure.batch.worker.versions", lambda: {**versions(), "pillow": "1.0"})
    answer, _ = shipped(ProjectStore(), order, tasks[0], project)
    outcome, _ = verify_answer(answer, tasks[0])
    assert outcome.failure.startswith("a worker has different versions: pillow 1.0 (here ")


def test_findings_are_those_of_a_local_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    leaves(tmp_path / "leaves", 1)
    project = DiskProject(Path("leaves"))
    (project.root / "content" / "en.yaml").write_text(COPY.replace("One line", "One line " * 99))
    order, job, (task,) = order_of(project, tmp_path / "out")
    answer, _ = shipped(ProjectStore(), order, task, project)
    here, _ = attempt(order, job, task)
    outcome, built = verify_answer(answer, task)
    assert outcome.findings == here.findings
    assert (outcome.exit_status, built.pdf) == (1, b"")
    assert any(str(finding).startswith("leaves/content/en.yaml:1:8: ") for finding in here.findings)


def test_the_date_is_that_of_the_sender(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """PDF/X needs a date: the one that SOURCE_DATE_EPOCH states on the machine of the sender."""
    folder = leaves(tmp_path / "leaves", 1).root
    layout = (folder / "brochure.yaml").read_text() + "press: coated-fogra39\n"
    (folder / "brochure.yaml").write_text(layout)
    order, job, (task,) = order_of(DiskProject(folder), tmp_path / "out")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    here = attempt(order, job, task)[1]
    assert b"1970-01-02T00:00:00Z" in here.pdf
    project = DiskProject(folder)
    manifest = pickle.dumps(create_manifest(project, PRESS, draft=False, system=False))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert attempt(order, job, task)[1].pdf != here.pdf
    store = ProjectStore()
    store.receive(digest_of(manifest), manifest)
    for name in ("brochure.yaml", "content/en.yaml", "offices/o000.yaml", "assets/face.jpg"):
        store.receive(project.digest(name), project.read(name))
    assert store.work(digest_of(manifest), task).built.pdf == here.pdf


def test_the_date_of_the_command_is_sent_to_the_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = leaves(tmp_path / "leaves", 1)
    order, job, (task,) = order_of(project, tmp_path / "out")
    order = replace(order, condition=order.condition.dated("2026-11-24T10:20:30Z"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    answer, _ = shipped(ProjectStore(), order, task, project)
    assert b"<xmp:CreateDate>2026-11-24T10:20:30Z<" in answer.built.pdf
    assert answer.built.pdf == attempt(order, job, task)[1].pdf


def test_data_of_no_file_in_the_new_manifest_is_removed(tmp_path: Path) -> None:
    project = leaves(tmp_path / "leaves", 1)
    order, _, (task,) = order_of(project, tmp_path / "out")
    store = ProjectStore()
    _, sent = shipped(store, order, task, project)
    earlier = project.digest("content/en.yaml")
    assert earlier in sent
    (project.root / "content" / "en.yaml").write_text(COPY.replace("One", "Another"))
    answer, again = shipped(store, order, task, project)
    assert answer.built.pdf
    assert len(again) == 2  # the manifest and the copy; layout, office and picture are still there
    assert store.missing([earlier]) == [earlier]


def test_a_pdf_damaged_in_transfer_is_a_failure(tmp_path: Path) -> None:
    project = leaves(tmp_path / "leaves", 1)
    order, _, (task,) = order_of(project, tmp_path / "out")
    answer, _ = shipped(ProjectStore(), order, task, project)
    damaged = Answer(answer.outcome, answer.built, digest_of(b"another"))
    outcome, built = verify_answer(damaged, task)
    assert (outcome.exit_status, built.pdf) == (2, b"")
    assert outcome.failure == "its PDF was damaged in transmission from the worker"


def test_every_package_that_pdfs_depend_on_is_compared() -> None:
    """All dependencies except those of the command line, the proof, watching, tables, caches, Word and the page renderer."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {re.split(r"[^\w-]", one, maxsplit=1)[0] for one in project["dependencies"]}
    others = {"typer", "pypdfium2", "cachetools", "platformdirs"}
    others |= {"rich", "watchfiles", "starlette", "uvicorn", "python-docx"}
    assert asked - versions().keys() == others
    assert "none" not in versions().values()


def test_other_versions_are_named() -> None:
    ours = {"reportlab": "5.1.0", "zlib": "1.3", "icu4py": "1.2"}
    theirs = {"reportlab": "5.0.0", "zlib": "1.3", "more": "1"}
    assert differences(ours, ours) == ""
    assert differences(ours, theirs) == (
        "icu4py none (here 1.2), more 1 (here none), reportlab 5.0.0 (here 5.1.0)"
    )


def test_a_missing_file_error_cannot_be_caught_as_an_os_error() -> None:
    assert not issubclass(MissingFiles, Exception)
