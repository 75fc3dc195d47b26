"""Fonts for a language: installed families, families that the layout lacks, and what to install."""

from __future__ import annotations

from pathlib import Path

import pytest

from brochure.api import read_layout
from brochure.fonts.catalog import FontCatalog
from brochure.translation.font_needs import FontNeed, find_font_needs
from tests.cli.calling import call
from tests.translation.projects import LAYOUT, project


def need(language: str, **files: str) -> FontNeed:
    trial = project(files)
    layout, _ = read_layout(trial)
    (found,) = find_font_needs(trial, layout, FontCatalog(trial), [language])
    return found


def test_a_script_that_the_layout_has_needs_nothing() -> None:
    khmer = need("km")
    assert (khmer.script, khmer.name) == ("Khmr", "Khmer")
    assert khmer.layout == ("Noto Sans Khmer",)
    assert (khmer.package, khmer.fallback, khmer.is_system) == ("", "", False)


def test_an_installed_family_that_the_layout_does_not_use() -> None:
    tamil = need("ta")
    assert (tamil.layout, tamil.installed) == ((), ("Noto Sans Tamil",))
    assert (tamil.package, tamil.fallback) == ("", "Taml: Noto Sans Tamil")


@pytest.mark.parametrize(
    ("language", "package", "fallback"),
    [
        ("am", "fonts-noto-core", "Ethi: Noto Sans Ethiopic"),
        ("te", "fontpkg-noto-sans-telugu", "Telu: Noto Sans Telugu"),
        ("ja", "fonts-noto-cjk", "Jpan: Noto Sans CJK JP"),
        ("zh-TW", "fonts-noto-cjk", "Hant: Noto Sans CJK TC"),
        ("ko", "fonts-noto-cjk", "Kore: Noto Sans CJK KR"),
    ],
)
def test_a_script_without_a_font(language: str, package: str, fallback: str) -> None:
    found = need(language)
    assert found.installed == ()
    assert (found.package, found.fallback) == (package, fallback)
    assert found.is_system is package.startswith("fonts-")


def test_the_letters_are_those_of_the_catalogue() -> None:
    head = (
        'msgid ""\nmsgstr ""\n"Language: ru\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    )
    entry = 'msgctxt "head"\nmsgid "People"\nmsgstr "{}"\n'
    plain = need("ru", **{"content/ru.po": head + entry.format("Люди")})
    rare = need("ru", **{"content/ru.po": head + entry.format("Люди \ua681")})
    assert "Source Serif 4" in plain.layout
    assert "Source Serif 4" not in rare.layout


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "brochure.yaml").write_text(LAYOUT, encoding="utf-8")
    result = call("fonts", str(tmp_path), "--for", "km")
    assert result.status == 0
    assert result.out.splitlines()[1].split() == [
        "km",
        "Khmer",
        "(Khmr)",
        "Noto",
        "Sans",
        "Khmer",
        "Noto",
        "Sans",
        "Khmer",
        "-",
    ]
    lacking = call("fonts", str(tmp_path), "--for", "am", "--json")
    assert lacking.status == 1
    assert lacking.data["needs"][0]["package"] == "fonts-noto-core"
    assert call("fonts", str(tmp_path), "--for", "x_y").status == 64
