"""YAML bombs in the layout, an office and the copy: refused at once with the place, and never expanded."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from brochure.spec import yaml_tree
from brochure.spec.yaml_tree import MAX_BYTES, MAX_ENTRIES
from tests.cli.calling import LAYOUT
from tests.security.attacks import lay, refusals, refused

LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
BOMBS = {
    "laughs": (
        LAUGHS,
        "the YAML anchor '&a' is not allowed (remove it, or put text that begins with '&' in quotes)",
    ),
    "merge": ("a: &x {b: c}\nd: {<<: *x}\n", "the YAML anchor '&x' is not allowed"),
    "merge-plain": ("d: {<<: {a: b}}\n", "the YAML merge key '<<' is not allowed"),
    "deep-list": (
        "a: " + "[" * 10_000 + "]" * 10_000 + "\n",
        "the nesting is deeper than 40 levels",
    ),
    "deep-keys": ("a: " + "{b: " * 10_000 + "\n", "the nesting is deeper than 40 levels"),
    "python": (
        "a: !!python/object/apply:os.system ['true']\n",
        "the YAML tag '!!python/object/apply:os.system' is not",
    ),
    "python-name": (
        "a: !!python/name:os.system x\n",
        "the YAML tag '!!python/name:os.system' is not allowed",
    ),
    "binary": ("a: !!binary aGVsbG8=\n", "the YAML tag '!!binary' is not allowed"),
    "own-tag": (
        "a: !mine x\n",
        "the YAML tag '!mine' is not allowed (remove it, or put text that begins with '!' in quotes)",
    ),
    "twice": ("a: b\na: c\n", "the key 'a' is already set in line "),
    "documents": (
        "a: b\n---\na: c\n",
        "a second document begins here; expected one document in a file (remove '---')",
    ),
    "override": ("a: x\u202ey\n", "the control character U+202E is not allowed (remove it)"),
    "override-escaped": (
        'a: "x\\u202Dy"\n',
        "the control character U+202D is not allowed (remove it)",
    ),
    "nul": ("a: x\0y\n", "the control character U+0000 is not allowed (remove it)"),
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
    result = refusals(folder, *words)
    assert time.process_time() - began < 2
    place, _, _ = next(line for line in result if f": {reason}" in line).partition(": ")
    named, line, _ = place.split(":")
    assert named == file
    first = head.count("\n") + 1
    assert first <= int(line) <= first + 9


@pytest.mark.parametrize("file", FILES)
def test_fifty_megabytes_of_text_are_not_read(file: str, tmp_path: Path) -> None:
    folder = lay(tmp_path, {file: FILES[file].encode() + b"long: " + b"x" * 50_000_000})
    words = ("--office", "kenya") if file.startswith("offices") else ()
    result = refused(folder, *words)
    assert result.startswith(f"{file}:1:1: the file has 50,0")
    assert f"the maximum is {MAX_BYTES:,}" in result


def test_variables_cannot_have_a_bomb(tmp_path: Path) -> None:
    facts = LAYOUT + "variables:\n  one: &one 1\n  two: *one\n"
    assert refused(lay(tmp_path, {}, facts)).startswith(
        "brochure.yaml:11:8: the YAML anchor '&one' is not allowed"
    )


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (b"a:\n" + b"  - 1\n" * (MAX_ENTRIES + 1), 2),
        (b"a:\n" + b"".join(b"  k%d: 1\n" % at for at in range(MAX_ENTRIES + 1)), 2),
        (b"- [" + b"1, " * MAX_ENTRIES + b"1]\n", 1),
    ],
)
def test_a_list_or_mapping_has_a_maximum_of_entries(source: bytes, line: int) -> None:
    root, findings = yaml_tree.compose(source, "x.yaml")
    assert root is None
    assert [(one.code, one.span.line if one.span else 0) for one in findings] == [
        ("yaml-size", line)
    ]


def test_the_largest_list_is_allowed() -> None:
    root, findings = yaml_tree.compose(b"- 1\n" * MAX_ENTRIES, "x.yaml")
    assert isinstance(root, yaml_tree.Sequence)
    assert not findings
