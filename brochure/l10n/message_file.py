"""Copy: the messages of one language as they were written, by key.

Takes `content/LANG.yaml`, nested by key; gives `Copy`, flat keys such as `problem.lead` to text with its place. Stands
behind the edition, which looks messages up in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span
from brochure.spec import yaml_tree


@dataclass(frozen=True, slots=True)
class SourceMessage:
    """A message as written, and where."""

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
    """The copy in a file; findings where it is no nest of keys and texts."""
    root, findings = yaml_tree.compose(source, file)
    found = list(findings)
    entries: dict[str, SourceMessage] = {}
    if isinstance(root, yaml_tree.Mapping):
        for key, entry in read_entries(root, "", found):
            if key in entries:
                message = f"the message '{key}' stands here twice"
                hint = f"first in line {entries[key].span.line}"
                found.append(Finding("copy-duplicate", message, entry.span, hint))
            entries.setdefault(key, entry)
    elif not found:
        hint = "copy is keys with texts, such as 'cover:' and beneath it 'title: …'"
        place = root.span if root else Span(file)
        found.append(Finding("copy-form", "the file holds no messages", place, hint))
    return Copy(language, file, entries), tuple(found)


def read_entries(
    node: yaml_tree.Mapping, above: str, found: list[Finding]
) -> Iterator[tuple[str, SourceMessage]]:
    """The texts in a nest of keys, each under its whole key; `above` is what that begins with."""
    for key, value in node.entries:
        name = f"{above}{key.value}"
        match value:
            case yaml_tree.Mapping():
                yield from read_entries(value, f"{name}.", found)
            case yaml_tree.Scalar():
                yield name, SourceMessage(value.value, value.span)
            case _:
                message = f"'{name}' is a list, where a text or deeper keys are wanted"
                found.append(
                    Finding("copy-form", message, value.span, "give each item a key of its own")
                )
