"""The keys of `--json`: snake case, and each of them documented in docs/json.md."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.calling import ROOT, call
from tests.cli.test_review import REVIEW
from tests.mailmerge.thanks import people, table, thanks
from tests.translation.projects import COPY, FRENCH, LAYOUT, translated

PAGE = re.sub("```.*?```", "", (ROOT / "docs/json.md").read_text(encoding="utf-8"), flags=re.DOTALL)
DOCUMENTED = set(re.findall("`([^`]+)`", PAGE))


def keys(data: Any) -> Iterator[str]:
    """All keys of a document."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield key
            yield from keys(value)
    elif isinstance(data, list):
        for value in data:
            yield from keys(value)


@pytest.fixture
def trial(tmp_path: Path) -> Path:
    """A project with a French catalogue that does not fit."""
    folder = tmp_path / "trial"
    (folder / "content").mkdir(parents=True)
    (folder / "brochure.yaml").write_text(LAYOUT, encoding="utf-8")
    (folder / "content/en.yaml").write_text(COPY, encoding="utf-8")
    french = translated({**FRENCH, "words": "Beaucoup trop de mots. " * 60})
    (folder / "content/fr.po").write_text(french, encoding="utf-8")
    return folder


COMMANDS = (
    "build TRIAL -o OUT",
    "build TRIAL --lang fr --previews -o OUT",
    "build TRIAL --target screen --previews -o OUT",
    "build TRIAL --all -o OUT",
    "build NONE",
    "impose TRIAL -o OUT/i.pdf",
    "check TRIAL",
    "check TRIAL --reading-order",
    "proof TRIAL --export OUT/proof.zip",
    "approve TRIAL --name Ana",
    "status TRIAL",
    "approve OTHER --name Ana",
    "diff TRIAL OTHER",
    "fonts TRIAL",
    "fonts TRIAL --for am",
    "text touch head -p TRIAL",
    "text rename second last TRIAL --dry-run",
    "text split words TRIAL --at were --dry-run",
    "text explain people TRIAL",
    "text explain thing TRIAL",
    "cache",
    "new OUT/new",
    "new --list",
    "schema -o OUT/schema.json",
    "text extract TRIAL --lang de",
    "text context TRIAL -o OUT/context",
    "text export TRIAL --lang fr -o OUT/fr.po",
    "text import OUT/fr.po TRIAL --lang fr",
    "text import-copy STORY TRIAL --into story",
    "text undo TRIAL --lang en",
    "text update TRIAL",
    "text explain head TRIAL --lang fr",
    "text status TRIAL",
    "text check TRIAL",
    "text pseudo TRIAL --lang en-XA -o OUT",
    "review import REVIEW TRIAL",
    "review status TRIAL",
    "review resolve head TRIAL",
)


def test_each_key_is_documented(trial: Path, tmp_path: Path) -> None:
    other = shutil.copytree(trial, tmp_path / "other")
    (other / "content/en.yaml").write_text(COPY.replace("People", "Everyone"), encoding="utf-8")
    names = {"TRIAL": trial, "OTHER": other, "OUT": tmp_path / "out", "NONE": tmp_path / "none"}
    names["STORY"] = tmp_path / "story.md"
    names["STORY"].write_text("# One\n\nTwo\n\n***\n", encoding="utf-8")
    names["REVIEW"] = tmp_path / "ana.brochure-review.json"
    names["REVIEW"].write_text(json.dumps(REVIEW), encoding="utf-8")
    for words in COMMANDS:
        line = re.sub("[A-Z]{3,6}(?![a-zA-Z])", lambda match: str(names[match[0]]), words)
        _check(words, call(*line.split(), "--json").data)


@pytest.mark.parametrize("more", [[], ["--one-file"]], ids=["files", "one file"])
def test_each_key_of_a_mail_merge_is_documented(tmp_path: Path, more: list[str]) -> None:
    rows = table(tmp_path / "t.csv", [*people(1), "นก,2,b"])
    card = thanks(tmp_path / "card")
    words: tuple[str | Path, ...] = (
        *("build", card, "--records", rows, "-o", tmp_path / "out"),
        *more,
        "--json",
    )
    _check("build --records", call(*words).data)


def _check(command: str, data: Any) -> None:
    found = set(keys(data))
    assert found, command
    assert all(re.fullmatch("[a-z]+(_[a-z]+)*", key) for key in found), command
    assert found <= DOCUMENTED, (command, found - DOCUMENTED)
