"""Parse YAML into a tree of scalars, sequences and mappings with their locations.

Only plain YAML is accepted: anchors, aliases, tags, merge keys, duplicate keys, and documents that are too large or too
deeply nested are errors. Scalars stay text (`no` is not False, `12:30` is not a number); the parsers of values convert them.
"""

from __future__ import annotations

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span
from brochure.lazy_pattern import compile_lazily
from brochure.spec.source_lines import SourceLines
from brochure.spec.yaml_errors import describe_error
from brochure.spec.yaml_library import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_BYTES = 2_000_000
MAX_DEPTH = 40
TOO_DEEP = f"the nesting is deeper than {MAX_DEPTH} levels"


@dataclass(frozen=True, slots=True)
class Scalar:
    """A scalar as written; `quoted` is set for quoted and block scalars.

    `folded` is set if its line ends were folded, so that a newline in the value represents an empty line. `comment` is the
    comment that ends a plain scalar.
    """

    value: str
    span: Span
    quoted: bool = False
    folded: bool = False
    comment: str = ""

    @property
    def empty(self) -> bool:
        """True if the value is missing."""
        return not self.quoted and self.value in ("", "~", "null")


@dataclass(frozen=True, slots=True)
class Sequence:
    """A sequence of nodes."""

    items: tuple[Node, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values in order; keys are unique."""

    entries: tuple[tuple[Scalar, Node], ...]
    span: Span

    def get(self, key: str) -> Node | None:
        """Return the value of a key, or None."""
        return next((value for name, value in self.entries if name.value == key), None)


Node = Scalar | Sequence | Mapping


def compose(source: bytes, file: str) -> tuple[Node | None, tuple[Finding, ...]]:
    """Parse a YAML file.

    Returns:
        The root node, or None if the file is empty or cannot be parsed, and the findings.
    """
    text, finding = _decode(source, file)
    if text is None:
        return None, (finding,) if finding else ()
    builder = _TreeBuilder(file)
    try:
        root = builder.build(text)
    except yaml.YAMLError as error:
        return None, (*builder.findings, _describe(error, text, file))
    return root, tuple(builder.findings)


def _describe(error: yaml.YAMLError, text: str, file: str) -> Finding:
    if "nesting depth" in str(error):
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        span = Span(file, mark.line + 1, mark.column + 1) if mark else Span(file)
        return Finding("yaml-depth", TOO_DEEP, span, LESS_DEEP)
    return describe_error(error, text, file)


def _decode(source: bytes, file: str) -> tuple[str | None, Finding | None]:
    if len(source) > MAX_BYTES:
        message = f"the file has {len(source):,} bytes; the maximum is {MAX_BYTES:,}"
        hint = "split the file, or move data out of it"
        return None, Finding("yaml-size", message, Span(file), hint)
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        line = source[: failure.start].count(b"\n") + 1
        column = len(source[: failure.start].rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        message, hint = "the file is not UTF-8 from here on", "save it as UTF-8"
        return None, Finding("yaml-encoding", message, Span(file, line, column), hint)
    unprintable = UNPRINTABLE.search(text)
    if unprintable:
        before = text[: unprintable.start()]
        span = Span(file, before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)
        return None, Finding("yaml-encoding", _not_allowed(unprintable[0]), span, "remove it")
    return text, None


def _not_allowed(character: str) -> str:
    return f"the control character U+{ord(character):04X} is not allowed"


UNPRINTABLE = compile_lazily(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202d\u202e\ufffe\uffff]"
)
"""Characters not allowed in YAML (YAML 1.2.2, 5.1), and the bidirectional overrides U+202D and U+202E, which make a line look
different from what it says. Embeddings and isolates, which right-to-left copy needs, are allowed."""

LESS_DEEP = "reduce the nesting; no layout needs that many levels"


MAX_ENTRIES = 10_000
"""Entries of one list or mapping."""

TOO_MANY = f"this list or mapping has more than {MAX_ENTRIES:,} entries"
FEWER = f"the maximum is {MAX_ENTRIES:,}; divide it, or leave out entries that are not used"


def _max_nodes(start: yaml.Event) -> int:
    """Return how many nodes a collection may have: a mapping has two for each entry."""
    return MAX_ENTRIES if isinstance(start, yaml.SequenceStartEvent) else 2 * MAX_ENTRIES


def _key_column(stack: list[tuple[yaml.Event, list[Node]]]) -> int | None:
    """Return the column, from 0, of the key whose value is parsed next; None for a key or an item of a list."""
    if not stack or not isinstance(stack[-1][0], yaml.MappingStartEvent):
        return None
    items = stack[-1][1]
    key = items[-1] if len(items) % 2 else None
    return key.span.column - 1 if key else None


class _TreeBuilder:
    """Build nodes from parser events, with a stack instead of recursion, to limit the depth."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []

    def build(self, text: str) -> Node | None:  # noqa: C901  # one branch for each kind of event
        """Return the root of the only document."""
        stack: list[tuple[yaml.Event, list[Node]]] = []
        root: Node | None = None
        documents = 0
        self.lines = SourceLines(text)
        for event in yaml.parse(text, Loader=LOADER):
            node: Node | None = None
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    message = "a second document begins here; expected one document in a file"
                    self._refuse("yaml-documents", message, event, "remove '---'")
                    return root
            elif isinstance(event, yaml.ScalarEvent):
                node = self._scalar(event, _key_column(stack))
            elif isinstance(event, yaml.AliasEvent):
                message = f"the YAML alias '*{event.anchor}' is not allowed"
                hint = "repeat the value, or put text that begins with '*' in quotes"
                self._refuse("yaml-alias", message, event, hint)
                node = Scalar("", self._span(event))
            elif isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
                self._check_plain(event)
                stack.append((event, []))
                if len(stack) > MAX_DEPTH:
                    self._refuse("yaml-depth", TOO_DEEP, event, LESS_DEEP)
                    return None
            elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
                start, items = stack.pop()
                node = self._collection(start, items)
            if node is not None and stack:
                start, items = stack[-1]
                items.append(node)
                if len(items) > _max_nodes(start):
                    self._refuse("yaml-size", TOO_MANY, start, FEWER)
                    return None
            elif node is not None:
                root = node
        return root

    def _scalar(self, event: yaml.ScalarEvent, key_column: int | None) -> Scalar:
        """Return a scalar; escape sequences may not add characters that the file may not contain."""
        self._check_plain(event)
        unprintable = UNPRINTABLE.search(event.value)
        if unprintable:
            self._refuse("yaml-encoding", _not_allowed(unprintable[0]), event, "remove it")
        folded = event.style != "|" and self.lines.is_folded(event)
        comment = "" if event.style else self.lines.find_comment(event, key_column)
        return Scalar(event.value, self._span(event), bool(event.style), folded, comment)

    def _collection(self, start: yaml.Event, items: list[Node]) -> Node:
        if isinstance(start, yaml.SequenceStartEvent):
            return Sequence(tuple(items), self._span(start))
        entries: dict[str, tuple[Scalar, Node]] = {}
        for key, value in zip(items[::2], items[1::2], strict=True):
            if not isinstance(key, Scalar):
                message = "a key must be a word, not a list or mapping"
                self._add("yaml-key", message, key.span, "put text with braces in quotes")
            elif key.value == "<<":
                hint = "write the keys themselves, or use based-on"
                self._add("yaml-merge", "the YAML merge key '<<' is not allowed", key.span, hint)
            elif key.value in entries:
                first = entries[key.value][0].span
                message = f"the key '{key.value}' is already set in line {first.line}"
                self._add("yaml-duplicate", message, key.span, "remove one of them")
            else:
                entries[key.value] = (key, value)
        return Mapping(tuple(entries.values()), self._span(start))

    def _check_plain(self, event: yaml.NodeEvent) -> None:
        """Refuse anchors and tags."""
        if event.anchor:
            message = f"the YAML anchor '&{event.anchor}' is not allowed"
            hint = "remove it, or put text that begins with '&' in quotes"
            self._refuse("yaml-alias", message, event, hint)
        tag = getattr(event, "tag", None)
        if tag and tag != "!":
            written = tag.replace("tag:yaml.org,2002:", "!!")
            message = f"the YAML tag '{written}' is not allowed"
            hint = "remove it, or put text that begins with '!' in quotes"
            self._refuse("yaml-tag", message, event, hint)

    def _refuse(self, code: str, message: str, event: yaml.Event, hint: str) -> None:
        self._add(code, message, self._span(event), hint)

    def _add(self, code: str, message: str, span: Span, hint: str = "") -> None:
        self.findings.append(Finding(code, message, span, hint))

    def _span(self, event: yaml.Event) -> Span:
        mark = event.start_mark
        return Span(self.file, mark.line + 1, mark.column + 1) if mark else Span(self.file)
