"""The texts of the web interface: each is in every catalogue, and no catalogue has others."""

from __future__ import annotations

import json
import re
from pathlib import Path
from string import Formatter

import polib
import pytest

from brochure.proof.interface import list_interfaces, read_interface, read_web_file

WEB = Path(__file__).resolve().parents[2] / "brochure/proof/web"
STRING = r'"((?:[^"\\\n]|\\.)*)"'
SINGULAR = re.compile(rf"\bt\(\s*{STRING}")
PLURAL = re.compile(rf"\btn\(\s*{STRING},\s*{STRING}")


def texts_in_code() -> dict[str, str]:
    """Return the English texts in the scripts, each with its plural form or None."""
    found: dict[str, str] = {}
    for file in WEB.glob("*.js"):
        code = file.read_text("utf-8")
        found |= {json.loads(f'"{one}"'): "" for one in SINGULAR.findall(code)}
        found |= {
            json.loads(f'"{one}"'): json.loads(f'"{many}"') for one, many in PLURAL.findall(code)
        }
    return found


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_the_language_menu_offers_what_is_translated() -> None:
    menu = re.search(r"LANGUAGES = \{(.*?)\}", (WEB / "i18n.js").read_text("utf-8"))
    assert menu
    assert set(re.findall(r"(\w+):", menu[1])) == {"en", *list_interfaces()}


@pytest.mark.parametrize("language", list_interfaces())
def test_every_text_is_translated(language: str) -> None:
    entries = polib.pofile(str(WEB / f"interface/{language}.po"))
    assert {one.msgid: one.msgid_plural for one in entries if one.translated()} == texts_in_code()
    for one in entries:
        for text in (one.msgstr, *one.msgstr_plural.values()):
            assert not text or fields(text) == fields(one.msgid), one.msgid


def test_plural_forms_are_lists() -> None:
    assert read_interface("fr")["{n} line over"] == ["{n} ligne de trop", "{n} lignes de trop"]
    assert read_interface("fr-CA") == read_interface("fr")
    assert read_interface("xx") == {}


def test_the_page_names_every_script_and_style_once() -> None:
    page = (read_web_file("index.html") or b"").decode()
    named = re.findall(r'(?:src|href)="web/([^"]+)"', page)
    assert sorted(named) == sorted(
        file.name for file in WEB.iterdir() if file.suffix in (".js", ".css", ".svg")
    )
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]* src=)", page)


def test_scripts_never_parse_text_as_markup() -> None:
    for file in WEB.glob("*.js"):
        code = file.read_text("utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|https?://(?!www\.w3\.org/)",
            code,
        ), file.name
