"""The digest of a page depends on the items placed on it, and on nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import fields, replace
from typing import Any

import pytest

from brochure.approval.canonical import compared_fields, digest_face, format_value
from brochure.approval.page_digest import NOT_GLYPHS, digest_page
from brochure.color.swatch import Cmyk, Paint
from brochure.findings import Origin, Span
from brochure.geometry import Matrix, Rect
from brochure.model.display_list import (
    Blend,
    Bookmark,
    GlyphRun,
    Item,
    Link,
    Outline,
    Page,
    Path,
    Picture,
    Stroke,
    Tag,
)
from brochure.typeset.lines import Glyphs
from tests.approval.brochures import Change, digests, laid_out
from tests.preflight.brochures import photograph


def sample() -> tuple[list[Item], Any]:
    """One item of each kind, from a real page where there is one."""
    made, project = laid_out()
    items = [item for page in made.pages for item in page.items]
    picture = next(item for item in items if isinstance(item, Picture))
    run = next(item for item in items if isinstance(item, GlyphRun))
    outline = Outline((0.0, 0.0), ((10.0, 0.0), (10.0, 10.0)))
    path = Path((outline,), Paint(Cmyk(0, 0, 0, 1)), Stroke(Paint(Cmyk(1, 0, 0, 0)), 0.5))
    link = Link(Rect(0, 0, 10, 10), "https://example.org", Tag((("Link", 4),)))
    return [picture, run, path, link, Bookmark("Wells", 1, 100.0, Tag((("H1", 7),)))], project


def digest_of(items: list[Item], project: Any) -> str:
    return digest_page(Page(1, "1", 200, 200, 8.5, tuple(items)), project)


def others(value: Any) -> Any:  # noqa: C901  # one case for each kind of value
    """Another value of the same kind."""
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1
        case str():
            return value + "x"
        case Rect():
            return replace(value, x=value.x + 1)
        case Matrix():
            return replace(value, b=value.b + 0.0001)
        case Tag():
            return replace(value, alt=value.alt + "x")
        case Paint():
            return Paint(Cmyk(0.5, 0, 0, 0))
        case Stroke():
            return replace(value, width=value.width + 0.01)
        case tuple():
            return (*value, *(value[-1:] or (Outline((1.0, 1.0), ((2.0, 2.0),)),)))
        case Blend():
            return Blend.MULTIPLY
        case None:
            return Cmyk(0.1, 0, 0, 0)
    raise AssertionError(value)


def test_each_compared_field_of_each_kind_of_item_counts() -> None:
    items, project = sample()
    before = digest_of(items, project)
    for at, item in enumerate(items):
        kind: type = type(item)
        for name in compared_fields(kind):
            value = getattr(item, name)
            if isinstance(value, Glyphs) or name == "asset":
                continue
            changed = [*items]
            changed[at] = replace(item, **{name: others(value)})
            assert digest_of(changed, project) != before, f"{type(item).__name__}.{name}"


def test_each_compared_field_of_glyphs_counts() -> None:
    items, project = sample()
    at, run = next((at, one) for at, one in enumerate(items) if isinstance(one, GlyphRun))
    before = digest_of(items, project)
    names = set(compared_fields(Glyphs)) - {"face", "link", *NOT_GLYPHS}
    for name in sorted(names):
        glyphs = replace(run.glyphs, **{name: others(getattr(run.glyphs, name))})
        changed: list[Item] = [*items]
        changed[at] = replace(run, glyphs=glyphs)
        assert digest_of(changed, project) != before, name


def test_places_in_source_files_do_not_count() -> None:
    items, project = sample()
    before = digest_of(items, project)
    for at, item in enumerate(items):
        if isinstance(item, GlyphRun):
            glyphs = replace(item.glyphs, origin=Origin(Span("x.yaml", 9, 9), "other", "other"))
            items[at] = replace(item, glyphs=glyphs)
        elif isinstance(item, (Path, Picture)):
            places: dict[str, Any] = {
                one.name: Span("x.yaml", 9, 9) for one in fields(item) if not one.compare
            }
            items[at] = replace(item, **places)
    assert digest_of(items, project) == before


def test_differences_below_a_thousandth_of_a_point_do_not_count() -> None:
    items, project = sample()
    before = digest_of(items, project)
    moved = [
        replace(item, x=round(item.x, 3) + 0.0002) if isinstance(item, GlyphRun) else item
        for item in items
    ]
    near = [
        replace(item, x=round(item.x, 3)) if isinstance(item, GlyphRun) else item for item in items
    ]
    assert digest_of(moved, project) == digest_of(near, project)
    far = [replace(item, x=item.x + 0.01) if isinstance(item, GlyphRun) else item for item in items]
    assert digest_of(far, project) != before
    assert format_value(-0.0) == format_value(0) == format_value(0.0004)


def test_elements_are_numbered_by_page() -> None:
    """Blocks added to other pages change the numbers of elements, but not their order on this page."""
    items, project = sample()
    later = [
        replace(item, tag=replace(item.tag, path=tuple((a, n + 5000) for a, n in item.tag.path)))
        for item in items
    ]
    assert digest_of(later, project) == digest_of(items, project)


def test_the_reading_order_counts() -> None:
    items, project = sample()
    swapped = [
        replace(item, tag=Tag((("Link", 9_999_999),))) if isinstance(item, Link) else item
        for item in items
    ]
    assert digest_of(swapped, project) != digest_of(items, project)


def test_contents_of_pictures_count() -> None:
    same = {"assets/photos/other.jpg": photograph(1320, 1320)}
    renamed = Change(layout=(("photos/field.jpg", "photos/other.jpg"),), files=same)
    assert digests(renamed) == digests()
    swapped = Change(files={"assets/photos/field.jpg": photograph(1321, 1321)})
    assert [a == b for a, b in zip(digests(swapped), digests(), strict=True)] == [
        False,
        True,
        True,
        True,
    ]


def test_contents_of_fonts_count() -> None:
    made, _ = laid_out()
    faces = {
        item.glyphs.face for page in made.pages for item in page.items if isinstance(item, GlyphRun)
    }
    assert len({digest_face(face) for face in faces}) == len(faces)
    assert not any(face.file in digest_face(face) for face in faces)


def test_comments_and_lines_in_the_files_do_not_count() -> None:
    change = Change(layout=(("brochure: wells\n", "# A comment\n\nbrochure: wells\n"),))
    assert digests(change) == digests()


SCRIPT = "from tests.approval.brochures import digests; print(*digests(language='fr'))"


@pytest.mark.parametrize("seed", ["0", "77"])
def test_another_process_gives_the_same_digests(seed: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        capture_output=True,
        check=True,
        text=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    assert tuple(done.stdout.split()) == digests(language="fr")
