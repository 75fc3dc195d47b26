"""The page objects of placed artwork are stored, and are the same when they are read again."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from brochure.api import lay_out
from brochure.geometry import Matrix
from brochure.model.display_list import PlacedArtwork
from brochure.preflight.artwork_objects import OBJECTS, collect_artwork
from brochure.preflight.model import ImageObject, PageObject, PathObject, TextObject
from brochure.preflight.pdf_reader.document import open_pdf, read_page_objects
from brochure.preflight.stored_objects import deserialize, serialize
from tests.artwork import pdf_files
from tests.artwork.placing import place, project_with
from tests.preflight.brochures import finished

ARTWORK = [
    pdf_files.PLAIN,
    pdf_files.RGB_KINDS,
    pdf_files.INKS,
    pdf_files.OPACITY,
    pdf_files.SOFT_MASK,
]


def test_objects_of_all_kinds_survive_the_round_trip() -> None:
    files = [finished(), *(place(pdf).pdf for pdf in ARTWORK)]
    objects = [
        replace(one, location=replace(one.location, span=None))
        for pdf in files
        for page in read_page_objects(open_pdf(pdf, "built.pdf")).pages
        for one in (*page.objects, *page.nested)
    ]
    assert {type(one) for one in objects} == {ImageObject, PathObject, TextObject}
    assert any(one.shape and one.shape.clip for one in objects if isinstance(one, PathObject))
    assert deserialize(serialize(objects)) == tuple(objects)


def test_objects_that_were_stored_with_other_fields_are_not_read() -> None:
    (page,) = read_page_objects(open_pdf(place(pdf_files.PLAIN).pdf, "built.pdf")).pages
    content = json.loads(serialize(page.objects))
    content["fields"]["PathObject"].remove("stroke_width")
    with pytest.raises(ValueError, match="other fields"):
        deserialize(json.dumps(content).encode())


@pytest.mark.parametrize("pdf", ARTWORK)
def test_objects_that_were_stored_are_those_that_were_read(pdf: bytes) -> None:
    project = project_with(pdf)
    made = lay_out(project)
    (item,) = (one for one in made.pages[0].items if isinstance(one, PlacedArtwork))
    press = made.work.condition

    def collect(placed: PlacedArtwork) -> tuple[PageObject, ...]:
        OBJECTS.recent.clear()  # as in another process
        return collect_artwork(placed, 1, None, press, project)

    read = collect(item)
    assert read
    assert collect(item) == read
    assert all(one.location.span == item.span for one in read)
    half = replace(item, matrix=Matrix(0.5, 0, 0, 0.5, 0, 0).then(item.matrix))
    for small, large in zip(collect(half), read, strict=True):
        assert small.bounds.width == pytest.approx(large.bounds.width / 2)
    assert collect(item) == read


def test_a_file_that_was_replaced_is_read_again() -> None:
    widths = []
    for width in (80, 40):
        project = project_with(pdf_files.make_pdf(f"1 0 0 rg 10 10 {width} 80 re f"))
        made = lay_out(project)
        (item,) = (one for one in made.pages[0].items if isinstance(one, PlacedArtwork))
        (path,) = collect_artwork(item, 1, None, made.work.condition, project)
        widths.append(path.bounds.width)
    assert widths == pytest.approx([80, 40])
