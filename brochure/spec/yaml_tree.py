"""The tree of a YAML file: scalars, sequences and mappings that know where they stand.

Takes a file's bytes; gives its root node and what is wrong with it. Only plain YAML comes through: anchors, aliases,
tags, merge keys and duplicate keys are refused, and so are documents too large or too deep to be written by hand.
Scalars stay as they were typed (`no` is a word, `12:30` no sexagesimal): whoever reads them knows what it wants.
"""

from __future__ import annotations

import re

import yaml

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_BYTES = 2_000_000
DEEPEST = 40
TOO_DEEP = f"this is more than {DEEPEST} levels deep"


@dataclass(frozen=True, slots=True)
class Scalar:
    """A word, figure or text; `quoted` where it stood in quotation marks or in a block."""

    value: str
    span: Span
    quoted: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing was written."""
        return not self.quoted and self.value in ("", "~", "null")


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values, in order; no key stands twice."""

    entries: tuple[tuple[Scalar, Node], ...]
    span: Span

    def get(self, key: str) -> Node | None:
        """The value of a key; None where there is none."""
        return next((value for name, value in self.entries if name.value == key), None)


Node = Scalar | Sequence | Mapping


def compose(source: bytes, file: str) -> tuple[Node | None, tuple[Finding, ...]]:
    """The root of a YAML file; None where it cannot be read at all."""
    text, refused = _decoded(source, file)
    if text is None:
        return None, (refused,) if refused else ()
    building = _Building(file)
    try:
        root = building.document(text)
    except yaml.MarkedYAMLError as failure:
        return None, (*building.findings, _malformed(failure, text, file))
    except yaml.YAMLError as failure:
        message = f"cannot be read as YAML: {failure}"
        return None, (*building.findings, Finding("yaml", message, Span(file)))
    return root, tuple(building.findings)


def _decoded(source: bytes, file: str) -> tuple[str | None, Finding | None]:
    if len(source) > MAX_BYTES:
        message = f"the file has {len(source):,} bytes, more than the {MAX_BYTES:,} that are read"
        return None, Finding("yaml-size", message, Span(file), "split it, or keep data out of it")
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        line = source[: failure.start].count(b"\n") + 1
        column = len(source[: failure.start].rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        hint = "save the file as UTF-8"
        return None, Finding("yaml-encoding", "this is not UTF-8", Span(file, line, column), hint)
    unprintable = UNPRINTABLE.search(text)
    if unprintable:
        before = text[: unprintable.start()]
        span = Span(file, before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)
        message = f"there is a control character U+{ord(unprintable[0]):04X} here"
        return None, Finding("yaml-encoding", message, span, "take it out")
    return text, None


UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202d\u202e\ufffe\uffff]")
"""What YAML does not allow in a file (YAML 1.2.2, 5.1), and the overrides U+202D and U+202E, after which a line reads
otherwise than it is; embeddings and isolates, which copy from right to left needs, come through."""


WORDS = {
    "mapping values are not allowed": "a ':' is out of place: indent the line, or quote the text",
    "could not find expected ':'": "a ':' is missing after the key, or the line is not indented",
    "while scanning a quoted scalar": "a quotation mark is not closed",
    "did not find expected key": "the indentation does not fit the lines above",
    "did not find expected '-'": "the indentation does not fit the list above",
    "did not find expected ',' or ']'": "a list in brackets is not closed",
    "did not find expected ',' or '}'": "a mapping in braces is not closed",
}


def _malformed(failure: yaml.MarkedYAMLError, text: str, file: str) -> Finding:
    mark = failure.problem_mark or failure.context_mark
    if "quoted scalar" in (failure.context or ""):
        mark = failure.context_mark  # where the quotation begins says more than where the file ends
    span = Span(file, mark.line + 1, mark.column + 1) if mark else Span(file)
    said = f"{failure.context or ''} {failure.problem or ''}"
    if "nesting depth" in said:
        return Finding("yaml-depth", TOO_DEEP, span, "a layout is never so deep")
    hint = next((words for pattern, words in WORDS.items() if pattern in said), "")
    if mark and text[mark.index : mark.index + 1] == "\t":
        hint = "tabs cannot indent YAML: use spaces"
    return Finding(
        "yaml", f"cannot be read as YAML: {failure.problem or failure.context}", span, hint
    )


class _Building:
    """Events made nodes, with a stack instead of recursion, so that depth is ours to judge."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []

    def document(self, text: str) -> Node | None:  # noqa: C901  # one branch a kind of event
        """The root of the only document in the text."""
        stack: list[tuple[yaml.Event, list[Node]]] = []
        root: Node | None = None
        documents = 0
        for event in yaml.parse(text, Loader=LOADER):
            node: Node | None = None
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(
                        "yaml-documents", "a second document begins here", event, "keep one"
                    )
                    return root
            elif isinstance(event, yaml.ScalarEvent):
                node = self._scalar(event)
            elif isinstance(event, yaml.AliasEvent):
                hint = "write the value again where it is wanted"
                self._refuse(
                    "yaml-alias", f"the alias '*{event.anchor}' is not allowed", event, hint
                )
                node = Scalar("", self._span(event))
            elif isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
                self._plain(event)
                stack.append((event, []))
                if len(stack) > DEEPEST:
                    self._refuse("yaml-depth", TOO_DEEP, event, "a layout is never so deep")
                    return None
            elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                start, items = stack.pop()
                node = self._collection(start, items)
            if node is not None and stack:
                stack[-1][1].append(node)
            elif node is not None:
                root = node
        return root

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        """A scalar; what it escapes may not bring in what the file itself may not hold."""
        self._plain(event)
        unprintable = UNPRINTABLE.search(event.value)
        if unprintable:
            message = f"there is a control character U+{ord(unprintable[0]):04X} in this text"
            self._refuse("yaml-encoding", message, event, "take it out")
        return Scalar(event.value, self._span(event), bool(event.style))

    def _collection(self, start: yaml.Event, items: list[Node]) -> Node:
        if isinstance(start, yaml.SequenceStartEvent):
            return Sequence(tuple(items), self._span(start))
        entries: dict[str, tuple[Scalar, Node]] = {}
        for key, value in zip(items[::2], items[1::2], strict=True):
            if not isinstance(key, Scalar):
                self._say("yaml-key", "a key must be a word, not a list or mapping", key.span)
            elif key.value == "<<":
                hint = "write the keys themselves, or use based-on"
                self._say("yaml-merge", "merging with '<<' is not allowed", key.span, hint)
            elif key.value in entries:
                first = entries[key.value][0].span
                message = f"the key '{key.value}' stands here twice"
                self._say("yaml-duplicate", message, key.span, f"first in line {first.line}")
            else:
                entries[key.value] = (key, value)
        return Mapping(tuple(entries.values()), self._span(start))

    def _plain(self, event: yaml.NodeEvent) -> None:
        """Neither anchor nor tag: both make a value mean something that is not written where it stands."""
        if event.anchor:
            hint = "write the value where it is wanted"
            self._refuse("yaml-alias", f"the anchor '&{event.anchor}' is not allowed", event, hint)
        tag = getattr(event, "tag", None)
        if tag and tag != "!":
            written = tag.replace("tag:yaml.org,2002:", "!!")
            self._refuse("yaml-tag", f"the tag '{written}' is not allowed", event, "leave it out")

    def _refuse(self, code: str, message: str, event: yaml.Event, hint: str) -> None:
        self._say(code, message, self._span(event), hint)

    def _say(self, code: str, message: str, span: Span, hint: str = "") -> None:
        self.findings.append(Finding(code, message, span, hint))

    def _span(self, event: yaml.Event) -> Span:
        mark = event.start_mark
        return Span(self.file, mark.line + 1, mark.column + 1) if mark else Span(self.file)
