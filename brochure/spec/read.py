"""Parse `brochure.yaml` into a `Layout` and report all of its errors at once.

Defaults replace invalid values, so that the rest is still parsed and validated. A layout with errors is not returned.
"""

from __future__ import annotations

from typing import Any

from brochure.findings import Finding, Severity, Span, count_repeated, has_errors, in_order
from brochure.spec import yaml_tree
from brochure.spec.block_keys import OTHERWISE
from brochure.spec.colours import BUILT_IN, FORMS, NAME, RESERVED, Swatches
from brochure.spec.fields import model_fields
from brochure.spec.gradients import is_gradient, read_gradient
from brochure.spec.lengths import Hint, InvalidValue, size
from brochure.spec.model import Content, Layout, PageSpec, Swatch
from brochure.spec.read_context import FAILED, Kinds, ReadContext
from brochure.spec.read_values import HASH, read_entries, read_value
from brochure.spec.validation import check
from brochure.spec.values import StoryName

PAGE_KEYS = {one.key: one for one in model_fields(PageSpec)}
MAX_PAGES = 2000
"""Maximum number of pages of a layout."""


def read(source: bytes, file: str, kinds: Kinds) -> tuple[Layout | None, tuple[Finding, ...]]:
    """Parse and validate a layout.

    Args:
        source: The contents of `brochure.yaml`.
        file: Its name in messages.
        kinds: The block kinds.

    Returns:
        The layout, or None if there are errors, and the findings sorted by location, repeated ones counted.
    """
    root, findings = yaml_tree.compose(source, file)
    refused = frozenset(finding.span for finding in findings if finding.span)
    reading = ReadContext(kinds, findings=list(findings), refused=refused)
    layout: Layout | None = None
    if isinstance(root, yaml_tree.Mapping):
        layout = _layout(root, file, reading)
        reading.findings.extend(check(layout, reading))
    elif root is not None or not findings:
        _report_form(root, file, reading)
    findings = count_repeated(in_order(reading.findings))
    if has_errors(findings):
        # Warnings are dropped: they may be due to the default that replaces an invalid value.
        return None, tuple(one for one in findings if one.severity is Severity.ERROR)
    return layout, findings


def _report_form(root: yaml_tree.Node | None, file: str, reading: ReadContext) -> None:
    """Report that the root of the file is not a mapping."""
    form = "contains a list" if isinstance(root, yaml_tree.Sequence) else "contains a single value"
    if root is None or (isinstance(root, yaml_tree.Scalar) and root.empty):
        form = "is empty"
    hint = "a layout consists of keys with values, the first of them 'brochure: its-name'"
    reading.wrong("layout-form", f"the file {form}", root.span if root else Span(file), hint)


def _layout(root: yaml_tree.Mapping, file: str, reading: ReadContext) -> Layout:
    """Parse swatches first, since colours refer to them; parse pages separately, since frame names are keys there."""
    swatches = _swatches(root.get("swatches"), reading)
    separate = {"swatches", "pages", "spine"}
    rest = tuple(entry for entry in root.entries if entry[0].value not in separate)
    known = {one.key: one for one in model_fields(Layout)}
    values: dict[str, Any] = {**DEFAULTS, "span": root.span, "file": file}
    values |= read_entries(rest, known, reading, "the layout")
    for name in ("brochure", "size", "pages"):
        if root.get(name) is None:
            reading.wrong("key-missing", f"the layout needs '{name}'", root.span, known[name].doc)
    spine = root.get("spine")
    values["spine"] = None if spine is None or _is_empty(spine) else _page(spine, reading)
    return Layout(**{**values, "swatches": swatches, "pages": _pages(root.get("pages"), reading)})


DEFAULTS = {"brochure": "unnamed", "size": size("A5")}
"""Replacements for required values that are missing or invalid."""


# Swatches


def _swatches(node: yaml_tree.Node | None, reading: ReadContext) -> dict[str, Swatch]:
    entries = node.entries if isinstance(node, yaml_tree.Mapping) else ()
    lost = not (node is None or isinstance(node, yaml_tree.Mapping) or _is_empty(node))
    if node and lost:
        hint = "e.g. 'ink: cmyk 0 0 0 100'"
        reading.wrong("value-form", "expected swatch names with colours", node.span, hint)
    named = {key.value: value for key, value in entries if _check_name(key, reading)}
    gradients = {name: value for name, value in named.items() if is_gradient(value)}
    written = {name: _text(value) for name, value in named.items() if name not in gradients}
    swatches = reading.swatches = Swatches(written, lost=lost)
    swatches.gradients = dict.fromkeys(gradients, BUILT_IN["black"])
    table = {name: Swatch(name, paint, Span("")) for name, paint in BUILT_IN.items()}
    for name, mapping in gradients.items():
        swatches.gradients[name] = read_gradient(name, mapping, reading) or BUILT_IN["black"]
    for name, value in named.items():
        table[name] = Swatch(name, swatches.paint(name), value.span)
    for name, error in swatches.wrong.items():
        _report_colour(name, named[name], error, reading)
    return table


def _text(node: yaml_tree.Node) -> str:
    return node.value if isinstance(node, yaml_tree.Scalar) else ""


def _check_name(key: yaml_tree.Scalar, reading: ReadContext) -> bool:
    """Return whether a swatch may have this name; add a finding if not."""
    if key.value in RESERVED:
        message = f"a swatch cannot be named '{key.value}': the word is reserved"
        reading.wrong("swatch", message, key.span, "rename the swatch")
    elif not NAME.fullmatch(key.value):
        message = f"'{key.value}' is not a valid swatch name"
        reading.wrong("swatch", message, key.span, "use letters, digits, dashes and _")
    else:
        return True
    return False


def _report_colour(
    name: str, node: yaml_tree.Node, error: InvalidValue, reading: ReadContext
) -> None:
    hint: Hint
    message, hint = f"swatch '{name}': {error}", error.hint
    if not isinstance(node, yaml_tree.Scalar):
        message, hint = f"swatch '{name}' is not a colour", f"write one of: {FORMS}"
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
        hint = "write one '- master: …' for each page"
        reading.wrong("value-form", "expected a list of pages", node.span, hint)
        return ()
    if not node.items:
        reading.wrong(
            "pages-none", "the layout has no pages", node.span, "add one with '- master: …'"
        )
    for extra in node.items[MAX_PAGES : MAX_PAGES + 1]:
        message = f"the layout has {len(node.items)} pages; the maximum is {MAX_PAGES}"
        reading.wrong("pages-many", message, extra.span, "split it into several layouts")
    return tuple(_page(item, reading) for item in node.items[:MAX_PAGES])


def _page(node: yaml_tree.Node, reading: ReadContext) -> PageSpec:
    """Parse a page: its own keys, and the content of its master's frames by frame name."""
    if not isinstance(node, yaml_tree.Mapping):
        hint = "write 'master: …' and the content of the master's frames"
        reading.wrong("value-form", "expected a page", node.span, hint)
        return PageSpec(node.span)
    own = tuple(
        entry
        for entry in node.entries
        if entry[0].value in PAGE_KEYS and entry[0].value != OTHERWISE
    )
    fills = [entry for entry in node.entries if entry[0].value not in PAGE_KEYS]
    return PageSpec(
        node.span,
        **read_entries(own, PAGE_KEYS, reading, "page"),
        otherwise=_alternatives(node.get(OTHERWISE), reading),
        fills={key.value: _fill(value, reading) for key, value in fills},
        fill_spans={key.value: key.span for key, _ in fills},
    )


def _alternatives(node: yaml_tree.Node | None, reading: ReadContext) -> tuple[PageSpec, ...]:
    """Parse the pages that replace a page in other editions: one page, or a list."""
    if node is None or _is_empty(node):
        return ()
    items = node.items if isinstance(node, yaml_tree.Sequence) else (node,)
    return tuple(_page(item, reading) for item in items)


def _fill(node: yaml_tree.Node, reading: ReadContext) -> Content | StoryName:
    """Parse the content of a frame: blocks, or `{story: name}`."""
    if isinstance(node, yaml_tree.Mapping) and len(node.entries) == 1:
        key, value = node.entries[0]
        if key.value == "story":
            story: StoryName | Any = read_value(value, StoryName, reading)
            return () if story is FAILED else story
    blocks: Content | Any = read_value(node, Content, reading)
    return () if blocks is FAILED else blocks
