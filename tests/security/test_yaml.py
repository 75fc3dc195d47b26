"""YAML bombs, in the layout, an office and the copy: refused with the place, at once, and never expanded."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from brochure.spec.yaml_tree import MAX_BYTES
from tests.cli.calling import LAYOUT
from tests.security.attacks import lay, refusals, refused

LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
BOMBS = {
    "laughs": (LAUGHS, "the anchor '&a' is not allowed (write the value where it is wanted)"),
    "merge": ("a: &x {b: c}\nd: {<<: *x}\n", "the anchor '&x' is not allowed"),
    "merge-plain": ("d: {<<: {a: b}}\n", "merging with '<<' is not allowed"),
    "deep-list": ("a: " + "[" * 10_000 + "]" * 10_000 + "\n", "this is more than 40 levels deep"),
    "deep-keys": ("a: " + "{b: " * 10_000 + "\n", "this is more than 40 levels deep"),
    "python": (
        "a: !!python/object/apply:os.system ['true']\n",
        "the tag '!!python/object/apply:os.system' is not",
    ),
    "python-name": (
        "a: !!python/name:os.system x\n",
        "the tag '!!python/name:os.system' is not allowed",
    ),
    "binary": ("a: !!binary aGVsbG8=\n", "the tag '!!binary' is not allowed"),
    "own-tag": ("a: !mine x\n", "the tag '!mine' is not allowed (leave it out)"),
    "twice": ("a: b\na: c\n", "the key 'a' stands here twice (first in line "),
    "documents": ("a: b\n---\na: c\n", "a second document begins here (keep one)"),
    "override": ("a: x\u202ey\n", "there is a control character U+202E here (take it out)"),
    "override-escaped": (
        'a: "x\\u202Dy"\n',
        "there is a control character U+202D in this text (take it out)",
    ),
    "nul": ("a: x\0y\n", "there is a control character U+0000 here (take it out)"),
}
FILES = {
    "brochure.yaml": LAYOUT,
    "offices/kenya.yaml": "office: kenya\nlanguages: [en]\n",
    "content/en.yaml": "b:\n  words: Words.\n",
}


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("name", BOMBS)
def test_it_is_refused_with_its_place(name: str, file: str, tmp_path: Path) -> None:
    bomb, reason = BOMBS[name]
    head = FILES[file]
    folder = lay(tmp_path, {file: (head + bomb).encode()})
    words = ("--office", "kenya") if file.startswith("offices") else ()
    began = time.process_time()
    said = refusals(folder, *words)
    assert time.process_time() - began < 2
    place, _, _ = next(line for line in said if f": {reason}" in line).partition(": ")
    named, line, _ = place.split(":")
    assert named == file
    first = head.count("\n") + 1
    assert first <= int(line) <= first + 9


@pytest.mark.parametrize("file", FILES)
def test_fifty_megabytes_of_text_are_not_read(file: str, tmp_path: Path) -> None:
    folder = lay(tmp_path, {file: FILES[file].encode() + b"long: " + b"x" * 50_000_000})
    words = ("--office", "kenya") if file.startswith("offices") else ()
    said = refused(folder, *words)
    assert said.startswith(f"{file}:1:1: the file has 50,0")
    assert f"the maximum is {MAX_BYTES:,}" in said


def test_facts_cannot_hold_a_bomb(tmp_path: Path) -> None:
    facts = LAYOUT + "variables:\n  one: &one 1\n  two: *one\n"
    assert refused(lay(tmp_path, {}, facts)).startswith(
        "brochure.yaml:11:8: the anchor '&one' is not allowed"
    )
