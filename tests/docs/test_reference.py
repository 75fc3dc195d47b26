"""The reference pages are up to date and complete."""

from __future__ import annotations

from functools import cache

import pytest

from brochure import blocks, cli
from brochure.system import plugins
from docs import reference
from docs.reference import FOLDER, split_example


@cache
def pages() -> dict[str, str]:
    """The pages, written once for all tests."""
    return reference.pages()


@pytest.mark.parametrize("name", ["layout.md", "blocks.md", "checks.md", "commands.md"])
def test_the_page_is_up_to_date(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == pages()[name], "run `make docs`"


@pytest.mark.parametrize("name", plugins.names(blocks))
def test_every_block_kind_has_a_description_and_an_example(name: str) -> None:
    said, example = split_example(plugins.kind(blocks, name))
    called, colon, sentence = said.split("\n")[0].partition(": ")
    assert (colon, called.casefold().split()[0]) == (": ", name.split("-", maxsplit=1)[0])
    assert sentence.endswith(".")
    assert f"{name}:" in example
    assert f"\n## {name}\n" in pages()["blocks.md"]


@pytest.mark.parametrize("name", plugins.names(cli))
def test_every_command_has_help_with_an_example(name: str) -> None:
    page = pages()["commands.md"]
    assert f"\n## brochure {name}\n" in page
    section = page.split(f"\n## brochure {name}\n")[1].split("\n## ")[0]
    assert "Example" in section
    assert f"brochure {name}" in section.split("Example", 1)[1]
