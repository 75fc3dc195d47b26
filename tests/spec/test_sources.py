"""Files that are not YAML layouts: too large, too deeply nested, in the wrong encoding, empty. Their errors cannot be in
comments."""

from __future__ import annotations

import time

import pytest

from brochure.blocks import KINDS
from brochure.findings import MAX_REPEATED, Finding
from brochure.spec.read import read
from brochure.spec.yaml_tree import MAX_BYTES, MAX_DEPTH

HEAD = b"brochure: trial\nsize: A5\nbinding: none\n"
PAGES = b"pages:\n  - {}\n"


def said(source: bytes) -> list[str]:
    layout, findings = read(source, "b.yaml", KINDS)
    assert layout is None
    return [str(finding) for finding in findings]


FORM = "(a layout consists of keys with values, the first of them 'brochure: its-name')"


@pytest.mark.parametrize("source", [b"", b"\n\n", b"# only a comment\n", b"\xef\xbb\xbf", b"~"])
def test_an_empty_file(source: bytes) -> None:
    assert said(source) == [f"b.yaml:1:1: the file is empty {FORM}"]


def test_latin_1_names_the_place() -> None:
    """é is E9 in Latin-1; it is the 15th character of its line: `# Fa` + `ç`..., as an editor counts."""
    source = HEAD + "# Façade, café\n".encode()[:-3] + b"\xe9\n"
    assert said(source) == ["b.yaml:4:14: the file is not UTF-8 from here on (save it as UTF-8)"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_other_encodings(encoding: str) -> None:
    (line,) = said((HEAD + PAGES).decode().encode(encoding))
    assert line.startswith("b.yaml:1:")
    assert "UTF-8" in line or "control character" in line


@pytest.mark.parametrize(
    ("char", "name"),
    [("\x00", "0000"), ("\x07", "0007"), ("\x7f", "007F"), ("\x9b", "009B"), ("\ufffe", "FFFE")],
)
def test_control_characters(char: str, name: str) -> None:
    source = HEAD + f"title: a{char}b\n".encode() + PAGES
    assert said(source) == [
        f"b.yaml:4:9: the control character U+{name} is not allowed (remove it)"
    ]


def test_a_bom_and_windows_line_ends_are_accepted() -> None:
    source = b"\xef\xbb\xbf" + (HEAD + PAGES).replace(b"\n", b"\r\n")
    layout, findings = read(source, "b.yaml", KINDS)
    assert layout is not None
    assert findings == ()


def test_too_large() -> None:
    source = HEAD + b"#" * MAX_BYTES
    size = len(HEAD) + MAX_BYTES
    assert said(source) == [
        f"b.yaml:1:1: the file has {size:,} bytes; the maximum is 2,000,000 "
        "(split the file, or move data out of it)"
    ]


@pytest.mark.parametrize(("opening", "closing"), [(b"[", b"]"), (b"{a: ", b"}")])
def test_too_deep(opening: bytes, closing: bytes) -> None:
    """The root is the first level, so the 40th bracket exceeds the limit."""
    place = 8 + len(opening) * (MAX_DEPTH - 1)
    source = HEAD + b"pages: " + opening * MAX_DEPTH + closing * MAX_DEPTH
    message = "the nesting is deeper than 40 levels (reduce the nesting; no layout needs that many levels)"
    assert said(source) == [f"b.yaml:4:{place}: {message}"]


@pytest.mark.parametrize("source", [b"[" * 500_000, b"{a: " * 400_000, b"- " * 500_000])
def test_a_million_levels_are_refused_at_once(source: bytes) -> None:
    began = time.process_time()
    (line,) = said(source)
    assert "deeper than 40 levels" in line
    assert time.process_time() - began < 1


def test_an_alias_bomb_is_refused_and_not_expanded() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]"
        for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    began = time.process_time()
    found = said(HEAD + "\n".join(lines).encode() + b"\n" + PAGES)
    assert time.process_time() - began < 1
    aliases = [line for line in found if "the YAML alias" in line]
    assert len(aliases) == MAX_REPEATED + 1
    assert f"{72 - MAX_REPEATED} more findings of this kind" in aliases[-1]  # eight lines of nine


def test_two_thousand_pages_and_one() -> None:
    layout, findings = read(HEAD + b"pages:\n" + b"  - {}\n" * 2000, "b.yaml", KINDS)
    assert layout is not None
    assert len(layout.pages) == 2000
    assert findings == ()
    # The pages begin in line 5, so the first one above the limit is in line 2005.
    assert said(HEAD + b"pages:\n" + b"  - {}\n" * 2001) == [
        "b.yaml:2005:5: the layout has 2001 pages; the maximum is 2000 (split it into several layouts)"
    ]


@pytest.mark.parametrize(
    ("word", "entry"),
    [
        ("paragraph-styles", "  s{0}: {{based-on: s{1}}}\n"),
        ("masters", "  s{0}: {{based-on: s{1}}}\n"),
    ],
)
def test_a_long_chain_is_refused_and_not_followed(word: str, entry: str) -> None:
    """s0 is based on s1, s1 on s2 …: 5,000 steps, where 32 are allowed."""
    chain = "".join(entry.format(at, at + 1) for at in range(5000)) + "  s5000: {}\n"
    began = time.process_time()
    found = said(HEAD + f"{word}:\n{chain}".encode() + PAGES)
    assert time.process_time() - began < 2
    name = word.removeprefix("paragraph-").removesuffix("s")
    assert found == [
        f"b.yaml:5:7: {name} 's0' is based on a chain of more than 32 others (shorten the chain)"
    ]


def test_a_long_chain_of_swatches() -> None:
    chain = (
        "".join(f"  s{at}: tint s{at + 1} 99%\n" for at in range(3000))
        + "  s3000: cmyk 0 0 0 100\n"
    )
    found = said(HEAD + f"swatches:\n{chain}".encode() + PAGES)
    assert "a chain of more than 32 swatches" in found[0]


FRAMES = "pages:\n  - frames:\n"
UNKNOWN = {
    "keys of the layout": ("", "k{0}: 1\n", "unknown key 'k0' in the layout"),
    "names among many others": (
        "paragraph-styles:\n",
        "  s{0}: {{based-on: t{0}, colour: c{0}}}\n",
        "unknown style 't0'",
    ),
    "words of a list": (
        "paragraph-styles:\n",
        "  s{0}: {{align: a{0}}}\n",
        "'a0' is not a valid value",
    ),
    "blocks": (
        f"{FRAMES}      f: {{at: margins, content: [\n",
        "        {{text{0}: t}},\n",
        "unknown block 'text0'",
    ),
    "placements": (FRAMES, "      f{0}: {{at: a{0}}}\n", "'a0' is not a valid part of a placement"),
    "frames of a page": (
        f"{FRAMES}      f: {{at: margins}}\n",
        "    k{0}: [{{text: t}}]\n",
        "this page has no frame 'k0'",
    ),
}


@pytest.mark.parametrize("kind", UNKNOWN)
def test_thousands_of_unknown_words_are_one_finding_with_their_count(kind: str) -> None:
    start, entry, message = UNKNOWN[kind]
    first, count = start.count("\n") + 4, 5_000
    lines = "".join(entry.format(at) for at in range(count))
    ends = "      ]}\n" if kind == "blocks" else ""
    pages = b"" if FRAMES in start else PAGES
    said(HEAD + f"{start}{entry.format(0)}{ends}".encode() + pages)  # imports are not measured
    began = time.process_time()
    found = said(HEAD + f"{start}{lines}{ends}".encode() + pages)
    assert time.process_time() - began < 2
    (at,) = (at for at, line in enumerate(found) if message in line)
    assert found[at].startswith(f"b.yaml:{first}:")
    (rest,) = (line for line in found if message.replace("0", str(MAX_REPEATED)) in line)
    assert f"{count - MAX_REPEATED:,} more findings of this kind, this is the first: " in rest
    assert rest.startswith(f"b.yaml:{first + MAX_REPEATED}:")
    assert len(found) <= 2 * (MAX_REPEATED + 1)


def codes(findings: tuple[Finding, ...]) -> set[str]:
    return {finding.code for finding in findings}


def test_format_of_codes() -> None:
    """They are part of `--json`: lower case with hyphens."""
    from tests.spec.wrong_layouts import wrong_layouts

    found: set[str] = set()
    for wrong in wrong_layouts():
        found |= codes(read(wrong.source, wrong.name, KINDS)[1])
    assert all(code == code.lower() and " " not in code for code in found)
    assert {"key-unknown", "key-missing", "value", "style-unknown", "yaml-alias", "swatch"} <= found
