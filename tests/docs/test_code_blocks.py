"""Every code block of the documentation works as shown."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import yaml

from brochure.blocks import KINDS
from brochure.l10n.inline_markup import parse_markup
from brochure.l10n.message_file import read_copy
from brochure.spec.fields import model_fields
from brochure.spec.model import Layout
from brochure.spec.read import read
from tests.docs.prose import ROOT, Block, alike, blocks, commands, pages, put, said

LANGUAGES = {"yaml", "diff", "console", "python", "sh", "text"}
SAMPLE = ROOT / "layouts" / "proven-model"
ALL = [block for page in pages() for block in blocks(page)]


RUN = {"console", "python", "diff"}
"""Languages of blocks that read or change the files of the layouts."""

LAYOUT = re.compile(r"\blayouts/([\w-]+)")
MAKING = ("draw", "profiles")
"""Folders in `assets` that the shipped assets are made with."""


def named(block: Block) -> str:
    return str(block)


def test_every_block_has_a_language() -> None:
    odd = [
        f"{block}: {block.language or 'nothing'}"
        for block in ALL
        if block.language not in LANGUAGES
    ]
    assert odd == []


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page_can_be_followed(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Write files, run commands and execute Python in the order of the page."""
    monkeypatch.chdir(tmp_path)
    _copy_layouts(page, tmp_path)
    before = sorted(tmp_path.iterdir())
    for block in blocks(page):
        if block.words and block.words != ("copy",):
            put(block, tmp_path)
        elif block.language == "console":
            _compare(block)
        elif block.language == "python":
            exec(compile(block.text, str(block), "exec"), {"__name__": "__page__"})
    if page.name == "tutorial.md":
        assert sorted(tmp_path.iterdir()) == before, "the tutorial deletes what it made"


def _copy_layouts(page: Path, folder: Path) -> None:
    """Copy the layouts that the blocks of a page name, and their assets, since commands may change them."""
    if any(block.language in RUN for block in blocks(page)):
        shutil.copytree(ROOT / "assets", folder / "assets", ignore=shutil.ignore_patterns(*MAKING))
    for name in {name for block in blocks(page) for name in LAYOUT.findall(block.text)}:
        source = ROOT / "layouts" / name
        if source.is_dir():
            shutil.copytree(source, folder / "layouts" / name)


def _compare(block: Block) -> None:
    """Run the commands of a console block; `echo $?` with the exit status must follow one that fails."""
    status = 0
    for command, shown in commands(block):
        if command == "echo $?":
            assert shown.strip() == str(status), f"{block}: the exit status is {status}"
            status = 0
            continue
        assert status == 0, f"{block}: the command before '{command}' failed"
        printed, status = said(command)
        assert alike(shown, printed), f"{block}: $ {command}\nprints:\n{printed}"
    assert status == 0, f"{block}: the last command failed with {status}"


# Pieces of layouts and of copy


PIECES = [
    block
    for block in ALL
    if block.language == "yaml" and block.words in ((), ("copy",)) and not block.options
]
"""Examples with a picture are laid out by `test_example_pictures.py`."""


@pytest.mark.parametrize("block", PIECES, ids=named)
def test_yaml_is_read_without_a_finding(block: Block) -> None:
    source = block.text.encode()
    if block.words == ("copy",):
        copy, findings = read_copy(source, str(block), "en")
        wrong = [
            problem for entry in copy.entries.values() for problem in parse_markup(entry.text)[1]
        ]
        assert (findings, wrong) == ((), [])
        return
    _, found = read(_whole(block.text), str(block), KINDS)
    assert [str(finding) for finding in found if finding.code not in ELSEWHERE] == []


ELSEWHERE = {"fact-unknown"}
"""Findings about names that a piece uses and the rest of its layout defines."""


def _whole(text: str) -> bytes:
    """Complete a piece: a layout as it is, sections in place of the sample's, or blocks on a page of the sample."""
    piece = yaml.load(text, yaml.CSafeLoader)
    keys = {one.key for one in model_fields(Layout)}
    if isinstance(piece, dict) and "brochure" in piece:
        return text.encode()
    whole = yaml.load((SAMPLE / "brochure.yaml").read_bytes(), yaml.CSafeLoader)
    if isinstance(piece, dict) and piece.keys() <= keys:
        for key, value in piece.items():
            both = isinstance(value, dict) and isinstance(whole.get(key), dict)
            whole[key] = whole[key] | value if both else value
        if "pages" in piece:
            whole["binding"] = "none"  # a piece has only the pages that it needs
    else:
        whole["pages"][0] = {"frames": {"piece": {"at": "margins", "content": piece}}}
    return yaml.dump(whole, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False).encode()


def test_named_make_targets_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    shells = (block for block in ALL if block.language == "sh")
    named_in = [
        (str(block), word)
        for block in shells
        for word in re.findall(r"^make ?(\w*)", block.text, re.M)
    ]
    assert [(where, word) for where, word in named_in if word and word not in targets] == []
