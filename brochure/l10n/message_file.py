"""Read YAML copy: nested keys in `content/LANG.yaml` become messages with keys such as `problem.lead`.

Paragraphs of a text that begin with `[^name]:` are the words of its notes; they become messages of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, Span
from brochure.lazy_pattern import compile_lazily
from brochure.spec import yaml_tree


@dataclass(frozen=True, slots=True)
class SourceMessage:
    """The text of a message and its place in the file."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Copy:
    """The messages of one language, by key."""

    language: str
    file: str
    entries: Mapping[str, SourceMessage]


@lru_cache(maxsize=64)
def read_copy(source: bytes, file: str, language: str) -> tuple[Copy, tuple[Finding, ...]]:
    """Return the copy in a YAML file, and findings for everything that is not a key with a text."""
    root, findings = yaml_tree.compose(source, file)
    problems = list(findings)
    entries: dict[str, SourceMessage] = {}
    if isinstance(root, yaml_tree.Mapping):
        for key, entry in read_entries(root, "", problems):
            if key in entries:
                message = f"duplicate message '{key}'"
                hint = f"first defined in line {entries[key].span.line}; rename or delete one"
                problems.append(Finding("copy-duplicate", message, entry.span, hint))
            entries.setdefault(key, entry)
    elif not problems:
        hint = "write keys with texts, e.g. 'title: Welcome'"
        place = root.span if root else Span(file)
        problems.append(Finding("copy-form", "the file contains no messages", place, hint))
    return Copy(language, file, entries), tuple(problems)


EMPTY_LINE = compile_lazily(r"^(?![ \t])(.*[^\\\n])\n(?=[^\s])", re.MULTILINE)
"""A newline that folding has made from an empty line, between two lines that are not indented."""

MAX_SHOWN = 30
"""Maximum number of characters of a comment that a finding repeats."""


def read_message(name: str, value: yaml_tree.Scalar, findings: list[Finding]) -> SourceMessage:
    """Return the text of a message; warn of a comment that ends it.

    An empty line begins a new paragraph in every style of scalar, although YAML folds it to a single newline after `>`.
    """
    if value.comment:
        shown = value.comment[:MAX_SHOWN] + ("…" if len(value.comment) > MAX_SHOWN else "")
        message = f"message '{name}': '{shown}' is a comment and is not printed"
        hint = "put the text in quotes, or the comment on a line of its own above the key"
        findings.append(Finding("copy-comment", message, value.span, hint, Severity.WARNING))
    text = EMPTY_LINE.sub("\\1\n\n", value.value) if value.folded else value.value
    return SourceMessage(text, value.span)


NOTES = "notes"
"""The key of a mapping with notes."""

PARAGRAPH_END = compile_lazily(r"\n[ \t]*\n\s*")
NOTE_WORDS = compile_lazily(r"(?<!\S)\[\^([\w-]+)\]:\s+")
"""The name of a note before its words."""


def split_notes(key: str, message: SourceMessage) -> Iterator[tuple[str, SourceMessage]]:
    """Yield a message without the words of its notes, then these, as messages with keys such as `lead.notes.name`."""
    if "]:" not in message.text:
        yield key, message
        return
    text: list[str] = []
    notes: list[tuple[str, str]] = []
    for paragraph in PARAGRAPH_END.split(message.text):
        if NOTE_WORDS.match(paragraph.lstrip()):
            _, *parts = NOTE_WORDS.split(paragraph)
            notes.extend(zip(parts[::2], parts[1::2], strict=True))
        else:
            text.append(paragraph)
    yield key, replace(message, text="\n\n".join(text)) if notes else message
    for name, words in notes:
        yield f"{key}.{NOTES}.{name}", SourceMessage(words.strip(), message.span)


def read_entries(
    node: yaml_tree.Mapping, prefix: str, findings: list[Finding]
) -> Iterator[tuple[str, SourceMessage]]:
    """Yield the messages below a mapping with their full keys; `prefix` is the key of the mapping with a dot."""
    for key, value in node.entries:
        name = f"{prefix}{key.value}"
        match value:
            case yaml_tree.Mapping():
                yield from read_entries(value, f"{name}.", findings)
            case yaml_tree.Scalar():
                yield from split_notes(name, read_message(name, value, findings))
            case _:
                message = f"'{name}' is a list; expected a text or nested keys"
                findings.append(
                    Finding("copy-form", message, value.span, "give each item a key of its own")
                )


NOTE_LINE = compile_lazily(r"[ ]*# Note(?: \([\w -]+\))?: (.+)")
"""A comment for translators above a key; in parentheses, where it comes from."""


def find_notes(source: bytes, entries: Mapping[str, SourceMessage]) -> dict[str, tuple[str, ...]]:
    """Return the notes for translators by key: comments that begin with `# Note: `, directly above a key."""
    if b"# Note" not in source:
        return {}
    lines = source.decode("utf-8-sig", "replace").splitlines()
    found: dict[str, tuple[str, ...]] = {}
    for key, entry in entries.items():
        at = min(entry.span.line - 1, len(lines))
        above: list[str] = []
        while at and lines[at - 1].lstrip().startswith("#"):
            at -= 1
            match = NOTE_LINE.fullmatch(lines[at])
            above += [match[1]] if match else []
        if above:
            found[key] = tuple(reversed(above))
    return found
