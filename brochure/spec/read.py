"""Reading a layout: YAML in, `Layout` out, with everything that is wrong with it at once.

Takes the text of `brochure.yaml` and the block kinds; gives the layout and its findings, in order of place. What is wrong
is stood in for, so that the rest is read and checked all the same; but a layout with an error in it is not given away.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from brochure.findings import Finding, Severity, Span, has_errors, in_order
from brochure.spec import yaml_tree
from brochure.spec.colours import BUILT_IN, FORMS, NAME, RESERVED, Swatches
from brochure.spec.fields import HASH, model_fields, read_entries, read_value
from brochure.spec.lengths import InvalidValue, size
from brochure.spec.model import Content, Layout, PageSpec, Swatch
from brochure.spec.read_context import FAILED, MAX_FINDINGS, Kinds, ReadContext
from brochure.spec.validation import check
from brochure.spec.values import StoryName

PAGE_KEYS = {one.key: one for one in model_fields(PageSpec)}
MAX_PAGES = 2000
"""More than any brochure or report has; beyond that a file is taken for a mistake."""


def read(source: bytes, file: str, kinds: Kinds) -> tuple[Layout | None, tuple[Finding, ...]]:
    """The layout and its findings; None where one of them is an error."""
    root, findings = yaml_tree.compose(source, file)
    taken = frozenset(finding.span for finding in findings if finding.span)
    reading = ReadContext(kinds, findings=list(findings), refused=taken)
    layout: Layout | None = None
    if isinstance(root, yaml_tree.Mapping):
        layout = _layout(root, file, reading)
        reading.findings.extend(islice(check(layout, reading), MAX_FINDINGS))
    elif root is not None or not findings:
        _no_layout(root, file, reading)
    said = in_order(reading.findings)
    if has_errors(said):
        # Warnings wait: they may follow from what stands in for an error.
        return None, tuple(one for one in said if one.severity is Severity.ERROR)
    return layout, said


def _no_layout(root: yaml_tree.Node | None, file: str, reading: ReadContext) -> None:
    form = "a list" if isinstance(root, yaml_tree.Sequence) else "a single value"
    form = (
        "nothing" if root is None or (isinstance(root, yaml_tree.Scalar) and root.empty) else form
    )
    hint = "a layout is keys with values, beginning with 'brochure: its-name'"
    reading.wrong("layout-form", f"the file holds {form}", root.span if root else Span(file), hint)


def _layout(root: yaml_tree.Mapping, file: str, reading: ReadContext) -> Layout:
    """Swatches first, since every colour names one; pages by themselves, since their keys are frames' names."""
    swatches = _swatches(root.get("swatches"), reading)
    apart = {"swatches", "pages", "spine"}
    rest = tuple(entry for entry in root.entries if entry[0].value not in apart)
    known = {one.key: one for one in model_fields(Layout)}
    values: dict[str, Any] = {**STAND_INS, "span": root.span, "file": file}
    values |= read_entries(rest, known, reading, "the layout")
    for name in ("brochure", "size", "pages"):
        if root.get(name) is None:
            reading.wrong("key-missing", f"the layout needs '{name}'", root.span, known[name].doc)
    spine = root.get("spine")
    values["spine"] = None if spine is None or _is_empty(spine) else _page(spine, reading)
    return Layout(**{**values, "swatches": swatches, "pages": _pages(root.get("pages"), reading)})


STAND_INS = {"brochure": "unnamed", "size": size("A5")}
"""What is taken for the values that cannot be left out where they are wrong, so that the rest is checked all the same."""


# Swatches


def _swatches(node: yaml_tree.Node | None, reading: ReadContext) -> dict[str, Swatch]:
    entries = node.entries if isinstance(node, yaml_tree.Mapping) else ()
    lost = not (node is None or isinstance(node, yaml_tree.Mapping) or _is_empty(node))
    if node and lost:
        hint = "ink: cmyk 0 0 0 100"
        reading.wrong("value-form", "swatches are names with colours", node.span, hint)
    named = {key.value: value for key, value in entries if _is_name(key, reading)}
    written = {name: _text(value) for name, value in named.items()}
    swatches = reading.swatches = Swatches(written, lost=lost)
    found = {name: Swatch(name, paint, Span("")) for name, paint in BUILT_IN.items()}
    for name, value in named.items():
        found[name] = Swatch(name, swatches.paint(name), value.span)
    for name, wrong in swatches.wrong.items():
        _no_colour(name, named[name], wrong, reading)
    return found


def _text(node: yaml_tree.Node) -> str:
    return node.value if isinstance(node, yaml_tree.Scalar) else ""


def _is_name(key: yaml_tree.Scalar, reading: ReadContext) -> bool:
    if key.value in RESERVED:
        message = f"a swatch cannot be called '{key.value}': the word means something already"
        reading.wrong("swatch", message, key.span, "call it by another name")
    elif not NAME.fullmatch(key.value):
        message = f"'{key.value}' is no name for a swatch"
        reading.wrong("swatch", message, key.span, "letters, digits and dashes")
    else:
        return True
    return False


def _no_colour(name: str, node: yaml_tree.Node, wrong: InvalidValue, reading: ReadContext) -> None:
    message, hint = f"swatch '{name}': {wrong}", wrong.hint
    if not isinstance(node, yaml_tree.Scalar):
        message, hint = f"swatch '{name}' is no text", f"write one of: {FORMS}"
    elif _is_empty(node):
        message = f"swatch '{name}' has no colour"
        hint = HASH
    reading.wrong("swatch", message, node.span, hint)


def _is_empty(node: yaml_tree.Node) -> bool:
    return isinstance(node, yaml_tree.Scalar) and node.empty


# Pages


def _pages(node: yaml_tree.Node | None, reading: ReadContext) -> tuple[PageSpec, ...]:
    if node is None:
        return ()
    if not isinstance(node, yaml_tree.Sequence):
        hint = "one '- master: …' for each page"
        reading.wrong("value-form", "pages are a list", node.span, hint)
        return ()
    if not node.items:
        reading.wrong(
            "pages-none", "the layout has no pages", node.span, "begin one with '- master: …'"
        )
    for beyond in node.items[MAX_PAGES : MAX_PAGES + 1]:
        message = f"the layout has {len(node.items)} pages, more than {MAX_PAGES}"
        reading.wrong("pages-many", message, beyond.span, "divide it into volumes")
    return tuple(_page(item, reading) for item in node.items[:MAX_PAGES])


def _page(node: yaml_tree.Node, reading: ReadContext) -> PageSpec:
    """A page: its own keys, and what stands in its master's frames, each by the frame's name."""
    if not isinstance(node, yaml_tree.Mapping):
        hint = "begin it with 'master: …'"
        reading.wrong("value-form", "a page is wanted here", node.span, hint)
        return PageSpec(node.span)
    own = tuple(entry for entry in node.entries if entry[0].value in PAGE_KEYS)
    fills = [entry for entry in node.entries if entry[0].value not in PAGE_KEYS]
    return PageSpec(
        node.span,
        **read_entries(own, PAGE_KEYS, reading, "page"),
        fills={key.value: _filling(value, reading) for key, value in fills},
        fill_spans={key.value: key.span for key, _ in fills},
    )


def _filling(node: yaml_tree.Node, reading: ReadContext) -> Content | StoryName:
    """What a frame is filled with: blocks, or `{story: name}`."""
    if isinstance(node, yaml_tree.Mapping) and len(node.entries) == 1:
        key, value = node.entries[0]
        if key.value == "story":
            story: StoryName | Any = read_value(value, StoryName, reading)
            return () if story is FAILED else story
    blocks: Content | Any = read_value(node, Content, reading)
    return () if blocks is FAILED else blocks
