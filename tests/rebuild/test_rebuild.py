"""A build that reuses results of the last one gives the same bytes, findings and places as a full build.

A full build is made without caches: in this process with empty caches in memory, and finally in a new process.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from brochure.api import build_edition, build_record, lay_out_edition, open_job, resolve_edition
from brochure.blocks.svg import cached
from brochure.build_values import Built, Job
from brochure.errors import InputError
from brochure.findings import Span
from brochure.l10n.personalization import Record
from brochure.model.display_list import GlyphRun, Picture
from brochure.model.display_list import Path as Drawn
from brochure.pdf import resources, type0
from brochure.prepress.output_conditions import CONDITIONS
from brochure.project import DiskProject
from brochure.typeset import paragraph
from tests.mailmerge.thanks import thanks
from tests.rebuild import editing

EDITIONS = (("en", None), ("fr-CA", "canada"), ("en", "india"), ("km", "cambodia"))
PRESS, SCREEN = CONDITIONS["press"], CONDITIONS["screen"]


def from_nothing(root: Path) -> Job:
    """Return the job as a new process has it."""
    for kept in (resources.IMAGES.recent, type0.PROGRAMS, cached.DRAWINGS.recent):
        kept.clear()
    paragraph.prepare.cache_clear()
    return open_job(editing.project_in(root))


def outcome(job: Job, at: int) -> Built | tuple[str, ...]:
    """Return one of the editions, for press and screen alternately, or its errors."""
    language, office = EDITIONS[at % len(EDITIONS)]
    condition = (PRESS, SCREEN)[at // len(EDITIONS) % 2]
    try:
        return build_edition(job, condition, language, office, draft=True)
    except InputError as failure:
        return tuple(map(str, failure.findings))


def spans(job: Job, at: int) -> list[Span | None]:
    """Return the place in the layout or the copy of each item on the pages."""
    language, office = EDITIONS[at % len(EDITIONS)]
    try:
        made = lay_out_edition(job, resolve_edition(job, language, office))
    except InputError:
        return []
    items = [item for page in made.pages for item in page.items]
    return [
        item.glyphs.span if isinstance(item, GlyphRun) else item.span
        for item in items
        if isinstance(item, (GlyphRun, Drawn, Picture))
    ]


def edited(root: Path, seed: int, edits: int) -> tuple[Job, int]:
    """Edit the sample this many times; build each version with and without cached results. Return how often pages were reused."""
    random = Random(seed)
    job = open_job(editing.project_in(root))
    for at in range(len(EDITIONS)):
        outcome(job, at)
    for at in range(edits):
        result = random.choice(editing.EDITS)(root, random)
        job = open_job(editing.project_in(root), job)
        turn = random.randrange(2 * len(EDITIONS))
        again = outcome(job, turn)
        full = from_nothing(root)
        assert again == outcome(full, turn), f"seed {seed}, edit {at}: {result}"
        assert spans(job, turn) == spans(full, turn), f"seed {seed}, edit {at}: {result}"
    return job, job.page_cache.hits


@pytest.mark.parametrize("seed", [1, pytest.param(0, marks=pytest.mark.soak)])
def test_random_edits_give_the_results_of_full_builds(seed: int, tmp_path: Path) -> None:
    root = editing.small_sample_in(tmp_path)
    job, repeated = edited(root, seed, 6)
    assert (
        repeated > 20
    )  # otherwise nothing was tested: each edit leaves most of the twelve pages unchanged
    built = outcome(job, 0)
    assert isinstance(built, Built)
    assert build_in_new_process(root) == hashlib.sha256(built.pdf).hexdigest()


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 120))
def test_many_random_edits(seed: int, tmp_path: Path) -> None:
    edited(editing.small_sample_in(tmp_path), seed, 40)


def build_in_new_process(root: Path) -> str:
    """Return the digest of the press PDF of the first edition, built in a new process."""
    code = (
        "import sys, hashlib; from pathlib import Path\n"
        "from brochure.api import build; from brochure.prepress.output_conditions import CONDITIONS\n"
        "from brochure.project import DiskProject\n"
        "built = build(DiskProject(Path(sys.argv[1])), CONDITIONS['press'], 'en', None, draft=True)\n"
        "print(hashlib.sha256(built.pdf).hexdigest())"
    )
    done = subprocess.run([sys.executable, "-c", code, root], capture_output=True, check=True)
    return done.stdout.decode().strip()


# Results that are made again


def counted(root: Path, change: str, to: str) -> tuple[int, int]:
    """Return how many threads are set and pages painted after a change of the copy."""
    job = open_job(editing.project_in(root))
    outcome(job, 0)
    threads, pages = job.thread_cache.misses, job.page_cache.misses
    assert threads > 40
    assert pages == 12
    file = root / "content/en.yaml"
    copy = file.read_text()
    assert copy.count(change) == 1
    file.write_text(copy.replace(change, to))
    job = open_job(editing.project_in(root), job)
    outcome(job, 0)
    return job.thread_cache.misses - threads, job.page_cache.misses - pages


def test_one_changed_message_sets_one_thread_and_paints_one_page(tmp_path: Path) -> None:
    root = editing.small_sample_in(tmp_path)
    assert counted(
        root, "A proven answer to\u00a0a\u00a0global crime", "A proven answer to crime"
    ) == (1, 1)


def test_another_line_above_changes_nothing_below(tmp_path: Path) -> None:
    root = editing.small_sample_in(tmp_path)
    assert counted(root, "\ncover:\n", "\n# a note\ncover:\n") == (0, 0)


def test_an_untouched_project_is_set_and_painted_once(tmp_path: Path) -> None:
    root = editing.small_sample_in(tmp_path)
    assert counted(root, "# Marks:", "# The marks:") == (0, 0)


def test_findings_of_a_record_have_the_current_place_in_the_copy(tmp_path: Path) -> None:
    root = thanks(tmp_path / "card")
    record = Record(1, Span("t.csv"), {"name": "Ada", "gift": 1, "code": "1"})
    job = open_job(DiskProject(root))
    before = build_record(job, PRESS, record)
    file = root / "content/en.yaml"
    file.write_text(file.read_text().replace("thank you", "we thank you"))
    again = build_record(open_job(DiskProject(root), job), PRESS, record)
    assert again.pdf == build_record(open_job(DiskProject(root)), PRESS, record).pdf != before.pdf
