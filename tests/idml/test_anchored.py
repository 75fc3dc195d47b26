"""Objects in the text of an InDesign document: pictures in a line, pictures between paragraphs, text frames."""

from __future__ import annotations

import io
from typing import Any

import yaml
from PIL import Image

from brochure.api import build
from brochure.findings import has_errors
from brochure.idml.project_files import Beside, Imported, import_idml
from brochure.prepress.output_conditions import SCREEN
from brochure.project import MemoryProject
from tests.idml.made_idml import document, item, outline, paragraph, rectangle, story

FRAME = rectangle(30, 40, 370, 540)


def square(side: float) -> str:
    """Return the outline of a square whose origin is its upper left corner."""
    return outline([(0, 0), (0, side), (side, side), (side, 0)])


def picture(name: str, side: float, position: str = "InlinePosition", alternative: str = "") -> str:
    image = (
        f'<Image Self="{name}" ItemTransform="{side / 100} 0 0 {side / 100} 0 0"><Properties>'
        '<GraphicBounds Left="0" Top="0" Right="100" Bottom="100"/></Properties>'
        f'<Link LinkResourceURI="file:/{name}.png"/></Image>'
        f'<AnchoredObjectSetting AnchoredPosition="{position}"/>'
    )
    if alternative:
        image += f'<ObjectExportOption CustomAltText="{alternative}"/>'
    return item("Rectangle", f"r{name}", square(side), image)


def png(name: str) -> bytes | None:
    if not name.endswith(".png"):
        return None
    out = io.BytesIO()
    Image.new("RGB", (100, 100), "navy").save(out, "png")
    return out.getvalue()


def taken(text: str, **stories: str) -> tuple[Imported, dict[str, Any], list[Any]]:
    """Return the imported story: the project, its copy, and the blocks of its frame."""
    parts = {"t": story("t", text), **{name: story(name, words) for name, words in stories.items()}}
    data = document(item("TextFrame", "f", FRAME, ParentStory="t"), stories=parts)
    made = import_idml(data, "x.idml", Beside(find=png))
    built = build(MemoryProject(dict(made.files)), SCREEN)
    assert not has_errors(built.findings), built.findings
    layout = yaml.safe_load(made.files["brochure.yaml"])
    (frame,) = layout["pages"][0]["frames"].values()
    content = frame["content"]
    blocks = content if isinstance(content, list) else [content]
    return made, yaml.safe_load(made.files["content/en.yaml"]), blocks


def within(text: str, inside: str, after: str) -> str:
    """Return a paragraph with an object after some of its text."""
    return paragraph(text).replace(after, f"{after}</Content>{inside}<Content>", 1)


def test_a_picture_in_a_line_stays_in_it() -> None:
    bus = picture("bus", 18.0, alternative="the bus")
    made, copy, blocks = taken(within("Take the  to the pier.", bus, "Take the "))
    (section,) = (one for name, one in copy.items() if name != "doc")
    assert section == {"text": "Take the ![the bus](bus.png){size=1.5em} to the pier."}
    assert [[*block] for block in blocks] == [["text"]]
    assert not made.findings


def test_a_picture_in_a_separate_paragraph_is_a_block() -> None:
    text = paragraph("Before.") + paragraph("").replace(
        "<Content></Content>", picture("map", 60.0, alternative="A map")
    )
    made, copy, blocks = taken(text + paragraph("After."))
    assert [next(iter(block)) for block in blocks] == ["text", "image", "text"]
    image = blocks[1]
    assert (image["image"], image["width"], image["height"]) == ("map.png", "21.17 mm", "21.17 mm")
    assert copy["before"]["alt"] == "A map"
    assert not made.findings


def test_a_picture_beside_its_anchor_is_in_the_text_and_reported() -> None:
    text = within("A long story.", picture("map", 60.0, "Anchored"), "A long")
    made, _, blocks = taken(text)
    assert [next(iter(block)) for block in blocks] == ["image", "text"]
    assert [one.code for one in made.findings] == ["idml-anchored"]


def test_a_text_frame_in_the_text_is_a_box() -> None:
    box = item("TextFrame", "b", square(80.0), ParentStory="inside", FillColor="Color/Sea")
    text = paragraph("Before.") + paragraph("").replace("<Content></Content>", box)
    made, copy, blocks = taken(text, inside=paragraph("In a box"))
    assert [next(iter(block)) for block in blocks] == ["text", "box"]
    assert blocks[1]["background"] == "deep-sea"
    assert "In a box" in copy["before"].values()
    assert not made.findings


def test_a_text_frame_within_its_own_story_ends() -> None:
    box = item("TextFrame", "b", square(80.0), ParentStory="inside")
    inside = paragraph("In a box") + paragraph("").replace("<Content></Content>", box)
    text = paragraph("Before.") + paragraph("").replace("<Content></Content>", box)
    made, _, _ = taken(text, inside=inside)
    assert [one.code for one in made.findings] == ["idml-anchored"]
