"""The work of a build grows in proportion to its input: function calls are counted, not seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from types import FrameType

import pytest

from brochure.api import build, build_edition, open_recorded_job
from brochure.prepress.output_conditions import CONDITIONS
from brochure.project import MemoryProject

SIZES = (20, 40, 80)
ALLOWED = 1.1
"""Twice the input may take twice the additional calls, times this. Twice the square would take twice as much again."""

HEAD = """\
brochure: growing
title: words.title
size: A5
binding: none
paragraph-styles: {body: {font: Source Serif 4, size: 9 pt, leading: 12 pt}}
"""
Project = tuple[str, str]
"""The layout after its head, and the copy."""


def make_separate_pages(count: int) -> Project:
    pages = "".join(
        f"  - frames: {{f: {{at: margins, content: {{text: words.w{n}}}}}}}\n" for n in range(count)
    )
    return f"pages:\n{pages}", make_words(count)


def make_words(count: int) -> str:
    return "words:\n  title: Growing\n" + "".join(f"  w{n}: Line {n}\n" for n in range(count))


def make_story(blocks: str, pages: int) -> str:
    frames = "  - frames: {f: {at: margins, story: s}}\n" * pages
    return f"stories:\n  s:\n    content:\n{blocks}pages:\n{frames}"


def make_story_pages(count: int) -> Project:
    block = "      - {{text: words.w{}}}\n      - column-break:\n"
    return make_story("".join(block.format(n) for n in range(count)), count + 1), make_words(count)


def make_headings(count: int) -> Project:
    """Each heading is an entry of the table of contents, and a bookmark."""
    blocks = "".join(
        f"      - {{heading: words.w{n}, level: 2}}\n      - column-break:\n" for n in range(count)
    )
    contents = "  c: {content: [{contents: [2]}]}\npages:\n"
    contents += "  - frames: {f: {at: margins, story: c}}\n" * 4
    return make_story(blocks, count + 1).replace("pages:\n", contents), make_words(count)


def make_notes(count: int) -> Project:
    block = "      - {{text: words.w{}}}\n      - column-break:\n"
    copy = "words:\n  title: Growing\n" + "".join(
        f"  w{n}: |-\n    Line {n} with a note[^n].\n\n    [^n]: The note {n}.\n"
        for n in range(count)
    )
    return make_story("".join(block.format(n) for n in range(count)), count + 1), copy


def make_links(count: int) -> Project:
    """Each text names the page of the one before it."""
    blocks = "".join(f"      - {{text: words.w{n}}}\n      - column-break:\n" for n in range(count))
    copy = "words:\n  title: Growing\n  w0: Line\n" + "".join(
        f"  w{n}: 'See page {{page:words.w{n - 1}}}'\n" for n in range(1, count)
    )
    return make_story(blocks, count + 1), copy


def make_frames(count: int) -> Project:
    at = '"x {} mm, y {} mm, width 9 mm, height 9 mm"'
    frames = "".join(
        f"      f{n}: {{at: {at.format(n % 14 * 10, n // 14 * 10)}, background: black 10%, content: {{text: words.w0}}}}\n"
        for n in range(count)
    )
    return f"pages:\n  - frames:\n{frames}", make_words(1)


def make_table(count: int) -> Project:
    rows = ", ".join(["[words.w0, {value: 12.5}]"] * count)
    return make_story(f"      - {{table: [{rows}]}}\n", count // 20 + 2), make_words(1)


def make_list(count: int) -> Project:
    items = ", ".join(f"words.w{n}" for n in range(count))
    return make_story(f"      - {{list: [{items}]}}\n", count // 20 + 2), make_words(count)


def make_long_message(count: int) -> Project:
    copy = "words:\n  title: Growing\n  w0: |-\n" + "".join(
        f"    Paragraph {n}.\n\n" for n in range(count)
    )
    return make_story("      - {text: words.w0}\n", count // 20 + 2), copy


KINDS = (
    *(make_separate_pages, make_story_pages, make_headings, make_notes, make_links, make_frames),
    *(make_table, make_list, make_long_message),
)


def count_calls(work: Callable[[], None]) -> int:
    """Return the number of functions that are called."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return calls


def is_linear(make_work: Callable[[int], Callable[[], None]]) -> bool:
    """Return True if the work for twice the input takes at most `ALLOWED` times twice as many further calls."""
    make_work(2)()  # what is loaded once
    first, second, third = (count_calls(make_work(size)) for size in SIZES)
    return third - second <= ALLOWED * 2 * (second - first)


@pytest.mark.parametrize("target", ["press", "screen"])
@pytest.mark.parametrize("make", KINDS, ids=lambda make: make.__name__.removeprefix("make_"))
def test_twice_the_input_takes_twice_the_work(make: Callable[[int], Project], target: str) -> None:
    def make_work(size: int) -> Callable[[], None]:
        layout, copy = make(size)
        files = {"brochure.yaml": (HEAD + layout).encode(), "content/en.yaml": copy.encode()}
        project = MemoryProject(files)

        def work() -> None:
            built = build(project, CONDITIONS[target])
            assert built.parts, built.findings

        return work

    assert is_linear(make_work)


def test_twice_the_offices_take_twice_the_work() -> None:
    layout, copy = make_separate_pages(1)
    shared = {"brochure.yaml": (HEAD + layout).encode(), "content/en.yaml": copy.encode()}

    def make_work(size: int) -> Callable[[], None]:
        names = [f"o{number}" for number in range(size)]
        offices = {
            f"offices/{name}.yaml": f"office: {name}\nlanguages: [en]".encode() for name in names
        }
        project = MemoryProject(shared | offices)

        def work() -> None:
            job = open_recorded_job(project)
            for name in names:
                assert job.inputs
                own = replace(job, project=job.inputs.start(None))
                assert build_edition(own, CONDITIONS["press"], "en", name).parts

        return work

    assert is_linear(make_work)
