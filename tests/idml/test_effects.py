"""Import of transparency and effects of InDesign into the layout, and into the report."""

from __future__ import annotations

import io
from typing import Any

import pytest
import yaml
from PIL import Image

from brochure.api import build
from brochure.findings import has_errors
from brochure.idml.project_files import Beside, Imported, import_idml
from brochure.prepress.output_conditions import SCREEN
from brochure.project import MemoryProject
from tests.idml.made_idml import document, item, outline, paragraph, rectangle, story

FRAME = rectangle(100, 100, 200, 200)
SHADOW = (
    '<DropShadowSetting Mode="Drop" XOffset="7" YOffset="3" Size="6" Opacity="60" EffectColor="Color/Sea"'
    ' BlendMode="Multiply" {}/>'
)


def png(name: str) -> bytes | None:
    out = io.BytesIO()
    Image.new("RGB", (100, 100), "navy").save(out, "png")
    return out.getvalue() if name.endswith(".png") else None


def image(name: str = "sea.png", inside: str = "") -> str:
    return (
        '<Image Self="i" ItemTransform="1 0 0 1 -100 -200"><Properties>'
        '<GraphicBounds Left="0" Top="0" Right="100" Bottom="100"/></Properties>'
        f'{inside}<Link LinkResourceURI="file:/{name}"/></Image>'
    )


def effects(inside: str, level: str = "") -> str:
    return f"<{level}TransparencySetting>{inside}</{level}TransparencySetting>"


def blending(mode: str = "Normal", opacity: float = 100) -> str:
    return f'<BlendingSetting BlendMode="{mode}" Opacity="{opacity}"/>'


def taken(items: str, **keys: Any) -> tuple[Imported, dict[str, Any]]:
    """Return the import of a page with items, and its frames; the project builds."""
    made = import_idml(document(items, **keys), "x.idml", Beside(find=png))
    built = build(MemoryProject(dict(made.files)), SCREEN)
    assert not has_errors(built.findings), built.findings
    return made, yaml.safe_load(made.files["brochure.yaml"])


def picture(inside: str, **attributes: object) -> tuple[Imported, dict[str, Any]]:
    made, layout = taken(item("Rectangle", "r", FRAME, image() + inside, **attributes))
    (frame,) = layout["pages"][0]["frames"].values()
    return made, frame["content"]


def messages(made: Imported) -> list[str]:
    return [one.message for one in made.findings if one.code == "idml-effect"]


def test_a_shadow_of_a_picture() -> None:
    made, block = picture(effects(SHADOW.format("")))
    assert block["shadow"] == {
        "offset": ["2.47 mm", "1.06 mm"],
        "blur": "2.12 mm",
        "opacity": "60%",
        "colour": "deep-sea",
    }
    assert not made.findings


def test_spread_and_noise_of_a_shadow_are_named() -> None:
    made, block = picture(effects(SHADOW.format('Spread="50" Noise="3"')))
    assert block["shadow"]["blur"] == "1.06 mm"
    assert messages(made) == [
        "noise of a shadow of rectangle is not taken",
        "spread of a shadow of rectangle is not taken",
    ]


@pytest.mark.parametrize("level", ["", "Content"])
def test_multiply_and_opacity_of_a_picture(level: str) -> None:
    made, block = picture(effects(blending("Multiply", 40), level))
    assert (block["blend"], block["opacity"]) == ("multiply", "40%")
    assert not made.findings


def test_effects_of_the_picture_itself_are_those_of_the_content() -> None:
    inside = image(inside=effects(blending("Multiply", 50)))
    _, layout = taken(item("Rectangle", "r", FRAME, inside + effects(blending(opacity=50))))
    (frame,) = layout["pages"][0]["frames"].values()
    assert (frame["content"]["blend"], frame["content"]["opacity"]) == ("multiply", "25%")


def test_other_modes_are_named_with_the_page() -> None:
    made, block = picture(effects(blending("Screen")), Name="Sky")
    assert "blend" not in block
    (found,) = (one for one in made.findings if one.code == "idml-effect")
    assert found.message == "blending mode Screen of rectangle 'Sky' is not taken"
    assert found.page == 1


def test_fill_stroke_and_object_have_separate_opacities() -> None:
    inside = effects(blending(opacity=50)) + effects(blending(opacity=50), "Fill")
    made, layout = taken(
        item(
            "Rectangle",
            "r",
            FRAME,
            inside,
            FillColor="Color/Sea",
            StrokeColor="Color/Sea",
            StrokeWeight="2",
        )
    )
    (frame,) = layout["pages"][0]["frames"].values()
    assert frame["background"] == "deep-sea-at-25"
    assert frame["border"]["colour"] == "deep-sea-at-50"
    assert layout["swatches"]["deep-sea-at-25"] == "deep-sea at 25%"
    assert not made.findings


def test_text_is_as_transparent_as_its_frame() -> None:
    text = paragraph("Over the sea") + paragraph("Blue", FillColor="Color/Sea")
    inside = effects(blending(opacity=35))
    made, layout = taken(
        item("TextFrame", "f", FRAME, inside, ParentStory="t"), stories={"t": story("t", text)}
    )
    styles = layout["paragraph-styles"]
    assert [style["colour"] for name, style in styles.items() if name != "body"] == [
        "black-at-35",
        "deep-sea-at-35",
    ]
    assert not messages(made)


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ('<FeatherSetting Mode="Standard"/>', "feather"),
        ('<InnerShadowSetting Applied="true"/>', "inner shadow"),
        ('<OuterGlowSetting Applied="true"/>', "outer glow"),
        ('<InnerGlowSetting Applied="true"/>', "inner glow"),
        ('<BevelAndEmbossSetting Applied="true"/>', "bevel"),
        ('<SatinSetting Applied="true"/>', "satin"),
        ('<DirectionalFeatherSetting Applied="true"/>', "directional feather"),
        ('<GradientFeatherSetting Applied="true"/>', "gradient feather"),
        ('<BlendingSetting KnockoutGroup="true"/>', "knockout group"),
        (SHADOW.format(""), "drop shadow"),
    ],
)
@pytest.mark.parametrize(
    ("level", "part"),
    [
        ("", ""),
        ("Fill", "the fill of "),
        ("Stroke", "the stroke of "),
        ("Content", "the content of "),
    ],
)
def test_each_effect_is_named_with_its_part(
    setting: str, words: str, level: str, part: str
) -> None:
    data = document(item("Oval", "o", FRAME, effects(setting, level), FillColor="Color/Sea"))
    made = import_idml(data, "x.idml", Beside())
    assert messages(made) == [f"{words} of {part}oval is not taken"]


def test_effects_of_an_object_style_and_of_a_group() -> None:
    style = f'<ObjectStyle Self="ObjectStyle/Photo" Name="Photo">{effects(SHADOW.format(""))}</ObjectStyle>'
    one = item("Rectangle", "r", FRAME, image(), AppliedObjectStyle="ObjectStyle/Photo")
    group = f'<Group Self="g" ItemTransform="1 0 0 1 0 0">{effects(blending("Multiply", 50))}{one}</Group>'
    made, layout = taken(group, styles=style)
    (frame,) = layout["pages"][0]["frames"].values()
    assert frame["content"]["shadow"]["opacity"] == "60%"
    assert frame["content"]["opacity"] == "50%"
    assert messages(made) == ["blending mode Multiply of group is not taken"]


def test_a_drawing_has_no_shadow() -> None:
    def svg(name: str) -> bytes:
        return (
            b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
        )

    items = item("Rectangle", "r", FRAME, image("sea.svg") + effects(SHADOW.format("")))
    made = import_idml(document(items), "x.idml", Beside(find=svg))
    assert messages(made) == ["drop shadow of rectangle is not taken"]


def test_a_picture_in_the_text_has_a_shadow() -> None:
    square = outline([(0, 0), (0, 80), (80, 80), (80, 0)])
    anchored = item("Rectangle", "r", square, image() + effects(SHADOW.format("")))
    text = paragraph("Before.") + paragraph("").replace("<Content></Content>", anchored)
    made, layout = taken(
        item("TextFrame", "f", rectangle(30, 40, 370, 540), ParentStory="t"),
        stories={"t": story("t", text)},
    )
    (frame,) = layout["pages"][0]["frames"].values()
    assert frame["content"][1]["shadow"]["opacity"] == "60%"
    assert not messages(made)
