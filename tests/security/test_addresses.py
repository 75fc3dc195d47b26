"""Addresses and paths that lead outside the project, in every field that names a file; fields are found by type, including new
ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from brochure.blocks import KINDS
from brochure.l10n.office import NoBlocks, Office
from brochure.spec import yaml_tree
from brochure.spec.fields import is_model, model_fields
from brochure.spec.model import Layout
from brochure.spec.read_context import ReadContext
from brochure.spec.read_values import read_value
from brochure.spec.values import Asset, ConditionName
from tests.cli.calling import LAYOUT
from tests.security.attacks import DRAWING_LAYOUT, built, lay, refused

NETWORK = (
    *("http://example.org/a.jpg", "https://example.org/a.jpg", "ftp://example.org/a.jpg"),
    *(
        "file:///etc/passwd",
        "file:/etc/passwd",
        "data:image/png;base64,AAAA",
        "//example.org/a.jpg",
    ),
    *("HTTPS://example.org/a.jpg", "javascript:alert(1)", "smb://host/share/a.jpg", "jar:a!/b"),
)
OUT = (
    *(
        "../a.jpg",
        "a/../../a.jpg",
        "../../../../etc/passwd",
        "/etc/passwd",
        "~/a.jpg",
        "~root/a.jpg",
    ),
    *("C:/a.jpg", "c:a.jpg", "C:\\a.jpg", "..\\a.jpg", "a\\..\\..\\b.jpg"),
)
SHARES = ("\\\\host\\share\\a.jpg",)


def naming(model: type, seen: tuple[type, ...] = ()) -> Iterator[tuple[str, str, Any]]:
    """Return the fields of a model, at any depth, that name a file: the model's name, the key, and the type."""
    for one in model_fields(model):
        for kind in kinds_in(one.annotation):
            if kind in (Asset, ConditionName):
                yield model.__name__, one.key, kind
            elif is_model(kind) and kind not in seen:
                yield from naming(kind, (*seen, model))


def kinds_in(annotation: Any) -> Iterator[Any]:
    yield annotation
    for inner in get_args(annotation):
        yield from kinds_in(inner)


FIELDS = sorted(
    {
        (name, key, kind)
        for model in (Layout, Office, *(KINDS.model(kind) for kind in KINDS.names()))
        for name, key, kind in naming(model)
    },
    key=str,
)


def test_the_fields_that_name_files_are_found() -> None:
    """A new field must be added here, and is then tried below."""
    found = {(name, key) for name, key, _ in FIELDS}
    assert {
        ("Image", "image"),
        ("Office", "pictures"),
        ("Layout", "press"),
    } <= found


def wrong(name: str, kind: Any) -> Any:
    """Return the finding about a name that is read as a field of this type."""
    written = name + ".icc" if kind is ConditionName else name
    root, _ = yaml_tree.compose(f"field: '{written}'\n".encode(), "b.yaml")
    assert isinstance(root, yaml_tree.Mapping)
    reading = ReadContext(NoBlocks())
    read_value(root.entries[0][1], kind, reading)
    (finding,) = reading.findings
    assert str(finding.span) == "b.yaml:1:8"
    return finding


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: f"{field[0]}.{field[1]}")
@pytest.mark.parametrize("name", [*NETWORK, *SHARES])
def test_an_address_is_refused_by_name(name: str, field: tuple[str, str, Any]) -> None:
    finding = wrong(name, field[2])
    assert finding.message.startswith(f"'{name}")
    assert finding.message.endswith("' is a network address")
    assert (
        finding.hint
        == "files are not downloaded; copy the file into assets/ and write its path there"
    )


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: f"{field[0]}.{field[1]}")
@pytest.mark.parametrize("name", OUT)
def test_a_path_outside_the_project_is_refused_by_name(
    name: str, field: tuple[str, str, Any]
) -> None:
    finding = wrong(name, field[2])
    assert finding.message.startswith(f"'{name}")
    assert finding.message.endswith("' is not inside assets/")


def test_the_same_rules_apply_to_the_pictures_of_an_office(tmp_path: Path) -> None:
    office = b"office: kenya\nlanguages: [en]\npictures:\n  square.jpg: https://example.org/a.jpg\n"
    result = refused(lay(tmp_path, {"offices/kenya.yaml": office}), "--office", "kenya")
    assert result.startswith(
        "offices/kenya.yaml:4:15: 'https://example.org/a.jpg' is a network address"
    )


# Names of outputs, offices and languages


@pytest.mark.parametrize(
    "name", ["../../x", "/tmp/x", "a/b", "..", "C:\\x", "-rf", "a\\b", ".hidden"]
)
def test_the_name_of_the_brochure_is_not_a_path(name: str, tmp_path: Path) -> None:
    folder = lay(tmp_path, {}, LAYOUT.replace("brochure: trial", f"brochure: '{name}'"))
    result = refused(folder)
    assert result.startswith(f"brochure.yaml:1:11: '{name}' is not a valid file name")


@pytest.mark.parametrize("name", ["../../x", "/etc/passwd", "..", "kenya/../../x"])
def test_an_office_outside_the_project_does_not_exist(name: str, tmp_path: Path) -> None:
    result = refused(lay(tmp_path, {}), "--office", name)
    assert result.startswith(f"brochure: --office {name}: unknown office")


def test_the_name_of_an_office_is_not_a_path(tmp_path: Path) -> None:
    """Its id is the start of file names: a backslash in it would be a path separator on another system."""
    folder = lay(tmp_path, {"offices/a\\..\\b.yaml": b"office: 'a\\..\\b'\nlanguages: [en]\n"})
    result = refused(folder, "--office", "a\\..\\b")
    assert (
        ":1:9: 'a\\..\\b' is not a valid file name (expected at most 80 letters, digits, dots, dashes and _)"
        in result
    )


@pytest.mark.parametrize("tag", ["../../x", "/etc/passwd", "en/../../x", "en\\x", "e", ""])
def test_a_language_outside_the_project_does_not_exist(tag: str, tmp_path: Path) -> None:
    assert refused(lay(tmp_path, {}), "--lang", tag).startswith(
        f"brochure: --lang {tag}: not a language tag"
    )
    folder = lay(tmp_path, {}, LAYOUT + f"source-language: '{tag}'\n")
    assert "brochure.yaml:10:18: " in refused(folder)


# Addresses inside drawings

REFERRING = {
    "href": '<use href="{}"/>',
    "xlink": '<use xlink:href="{}"/>',
    "image": '<image href="{}"/>',
    "src": '<video src="{}"/>',
    "base": '<g xml:base="{}"/>',
    "fill": '<path fill="url({}#a)" d="M0 0H1"/>',
    "style": '<path style="fill: url(\'{}#a\')" d="M0 0H1"/>',
    "clip": '<path clip-path="url({}#a)" d="M0 0H1"/>',
    "link": '<a href="{}"/>',
    "effect": '<feImage xlink:href="{}"/>',
}


@pytest.mark.parametrize("form", REFERRING)
@pytest.mark.parametrize(
    "address", ["http://example.org/a", "file:///etc/passwd", "../a.svg", "data:x,y", "//host/x"]
)
def test_references_in_a_drawing_to_other_files_are_refused(form: str, address: str) -> None:
    from brochure.blocks.svg.conversion import convert_svg
    from brochure.blocks.svg.errors import SvgError

    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">\n'
        f"{REFERRING[form].format(address)}</svg>"
    )
    with pytest.raises(SvgError) as caught:
        convert_svg(svg.encode())
    assert str(caught.value).startswith(f"it refers to the external resource '{address}")
    assert str(caught.value).endswith("' (line 2, column 1)")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<style>@import url(http://example.org/a.css);</style>", "<style>: it refers to another"),
        ("<script>alert(1)</script>", "<script>: scripts"),
        ('<g onload="alert(1)"/>', "it contains a script in 'onload'"),
        ("<foreignObject/>", "<foreignObject>: foreign objects"),
        ("&#60;script/>", ""),
    ],
)
def test_scripts_in_a_drawing_are_not_executed(body: str, reason: str, tmp_path: Path) -> None:
    """An escaped tag is text, which is not executed."""
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">\n{body}<path d="M0 0H5V5Z"/></svg>'
    result = built(lay(tmp_path, {"assets/mark.svg": svg.encode()}, DRAWING_LAYOUT))
    assert result.status == (1 if reason else 0)
    assert reason in result.err
    assert ("line 2, column 1" in result.err) is bool(reason)
