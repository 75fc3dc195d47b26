"""Projects of a git repository as they were: `PROJECT@REV`, and an edition as it was approved."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from brochure.api import lay_out_edition, open_job, resolve_edition
from brochure.approval.approval_file import Approval, approval_path, read_approval
from brochure.approval.page_digest import digest_page
from brochure.build_values import LaidOut
from brochure.errors import InputError, UsageError
from brochure.fast_dataclass import dataclass
from brochure.l10n.project_editions import EditionName
from brochure.project import ASSET_FOLDERS, DiskProject, MemoryProject
from brochure.system.disk_cache import disk_cache
from brochure.system.files import real_path
from brochure.system.git import find_commit, find_top, list_commits, read_files

SHORT = 10
"""Characters of a commit's hash that are shown."""
MAX_COMMITS = 8
"""Commits near an approval in which the approved pages are looked for."""


def open_revision(folder: Path, revision: str) -> MemoryProject:
    """Return the project as it was in a revision; UsageError if the revision is unknown, or the project was not in it."""
    commit = find_commit(folder, revision)
    if commit is None:
        find_top(folder)  # raises UsageError outside of a repository
        raise UsageError(f"{folder}@{revision}: git knows no revision of this name")
    return open_commit(folder, commit, f"{folder}@{revision}:")


def open_commit(folder: Path, commit: str, origin: str) -> MemoryProject:
    """Return the project as it was in a commit; `origin` precedes file names in messages."""
    top, prefix = _locate(folder)
    shared = [_join(prefix, name) for name in ASSET_FOLDERS]
    inside = [name for name in shared if name is not None]
    stored = read_files(top, commit, [prefix or ".", *inside])
    names = {
        prefix: "",
        **{name: folder for name, folder in zip(shared, ASSET_FOLDERS, strict=True) if name},
    }
    files: dict[str, bytes] = {}
    for path, data in stored.items():
        for start, here in names.items():
            if not start or path.startswith(f"{start}/"):
                rest = path[len(start) + 1 :] if start else path
                files.setdefault(f"{here}/{rest}" if here else rest, data)
    if not any("/" not in name for name in files):
        raise UsageError(f"{origin.rstrip(':')}: the project was not in this revision")
    return MemoryProject(files, disk_cache(), origin)


def _locate(folder: Path) -> tuple[Path, str]:
    """Return the top of the repository, and the path of the project from there."""
    top = find_top(folder)
    here, there = real_path(folder), real_path(top)
    return top, "" if here == there else PurePosixPath(here).relative_to(there).as_posix()


def _join(prefix: str, folder: str) -> str | None:
    """Return an assets folder's path from the top of the repository; None if it is above."""
    parts = list(PurePosixPath(prefix).parts)
    for part in PurePosixPath(folder).parts:
        if part != "..":
            parts.append(part)
        elif parts:
            parts.pop()
        else:
            return None
    return "/".join(parts)


# What was approved


@dataclass(frozen=True)
class ApprovedPages:
    """An edition as it was approved: where it was found, its pages, and the approved pages that are not in it."""

    project: MemoryProject
    made: LaidOut
    commit: str
    missing: tuple[int, ...]


def find_approved(folder: Path, name: EditionName) -> ApprovedPages:
    """Find the commit whose pages are those that were approved.

    It is looked for among the commits in which the approval file was written, those before them, and the current one.

    Raises:
        UsageError: The edition was never approved, or no commit has the approved pages.
    """
    project = DiskProject(folder)
    approval = read_approval(project, name, open_job(project).layout.brochure)
    if approval is None or not approval.pages:
        raise UsageError(
            f"{approval_path(name)}: the edition was never approved; run 'brochure approve'"
        )
    best: ApprovedPages | None = None
    for commit in dict.fromkeys(_commits_near(folder, name)):
        found = _compare_commit(folder, commit, name, approval)
        if found and (best is None or len(found.missing) < len(best.missing)):
            best = found
        if best and not best.missing:
            break
    if best is None or len(best.missing) == len(approval.pages):
        raise UsageError(
            f"{approval_path(name)}: no commit has the pages that were approved; commit the project when you approve it, "
            "or keep its PDF and compare with that; 'brochure status' lists the pages that have changed"
        )
    return best


def _commits_near(folder: Path, name: EditionName) -> Iterator[str]:
    top, prefix = _locate(folder)
    path = f"{prefix}/{approval_path(name)}" if prefix else approval_path(name)
    for commit in list_commits(top, path, MAX_COMMITS // 2):
        yield commit
        before = find_commit(top, f"{commit}~1")
        if before:
            yield before
    head = find_commit(top, "HEAD")
    if head:
        yield head


def _compare_commit(
    folder: Path, commit: str, name: EditionName, approval: Approval
) -> ApprovedPages | None:
    """Return a commit's pages with the approved ones that are missing; None if it cannot be laid out."""
    try:
        project = open_commit(folder, commit, f"{folder}@{commit[:SHORT]}:")
        job = open_job(project)
        made = lay_out_edition(job, resolve_edition(job, name.language, name.office or None))
    except (InputError, UsageError):
        return None
    digests = {page.number: digest_page(page, project) for page in made.pages}
    pages = approval.pages.items()
    missing = [number for number, page in pages if digests.get(number) != page.digest]
    return ApprovedPages(project, made, commit, tuple(missing))
