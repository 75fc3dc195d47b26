"""Reading a layout: YAML in, `Layout` out, with everything that is wrong with it at once.

Takes the text of `brochure.yaml` and the block kinds; gives the layout and its findings, in order of place. The layout is
None where a part without which nothing can be made is missing or broken.
"""

from __future__ import annotations

from typing import Any

from brochure.findings import Finding, Span, has_errors, in_order, nearest
from brochure.spec import tree
from brochure.spec.checks import check
from brochure.spec.colours import Swatches
from brochure.spec.fields import FAILED, Kinds, Reading, build, model_fields, read_value
from brochure.spec.lengths import Wrong
from brochure.spec.model import Content, Layout, PageSpec, Swatch
from brochure.spec.values import StoryName

PAGE_KEYS = tuple(one.key for one in model_fields(PageSpec))


def read(source: bytes, file: str, kinds: Kinds) -> tuple[Layout | None, tuple[Finding, ...]]:
    """The layout and its findings; None where one of them is an error."""
    root, findings = tree.compose(source, file)
    reading = Reading(kinds, findings=list(findings))
    layout: Layout | None = None
    if isinstance(root, tree.Mapping):
        layout = _layout(root, file, reading)
    elif root is not None or not findings:
        _no_layout(root, file, reading)
    if layout is not None:
        reading.findings.extend(check(layout, kinds.styles()))
    said = in_order(reading.findings)
    return (None if has_errors(said) else layout), said


def _no_layout(root: tree.Node | None, file: str, reading: Reading) -> None:
    form = "a list" if isinstance(root, tree.Sequence) else "a single value"
    form = "nothing" if root is None or (isinstance(root, tree.Scalar) and root.empty) else form
    hint = "a layout is keys with values, beginning with 'brochure: its-name'"
    reading.wrong("layout-form", f"the file holds {form}", root.span if root else Span(file), hint)


def _layout(root: tree.Mapping, file: str, reading: Reading) -> Layout | None:
    """Swatches first, since every colour names one; pages by themselves, since their keys are frames' names."""
    swatches = _swatches(root, reading)
    pages = root.get("pages")
    read_pages = _pages(pages, reading) if pages is not None else ()
    apart = ("swatches", "pages")
    rest = tuple(entry for entry in root.entries if entry[0].value not in apart)
    values = _rest(rest, root, reading)
    if values is FAILED or pages is None:
        return None
    return Layout(**{**values, "file": file, "swatches": swatches, "pages": read_pages})


def _rest(
    entries: tuple[tuple[tree.Scalar, tree.Node], ...], root: tree.Mapping, reading: Reading
) -> Any:
    """The document's other fields, read as those of any model."""
    known = {one.key: one for one in model_fields(Layout)}
    values: dict[str, Any] = {"span": root.span}
    for key, node in entries:
        wanted = known.get(key.value)
        if wanted is None:
            hint = nearest(key.value, known)
            reading.wrong("key-unknown", f"unknown key '{key.value}' in the layout", key.span, hint)
        elif not (isinstance(node, tree.Scalar) and node.empty and not wanted.required):
            value = read_value(node, wanted.annotation, reading)
            if value is not FAILED:
                values[wanted.name] = value
    for name in ("brochure", "size", "pages"):
        if root.get(name) is None:
            reading.wrong("key-missing", f"the layout needs '{name}'", root.span, known[name].doc)
    return values if {"brochure", "size"} <= values.keys() else FAILED


# Swatches


def _swatches(root: tree.Mapping, reading: Reading) -> dict[str, Swatch]:
    node = root.get("swatches")
    entries = node.entries if isinstance(node, tree.Mapping) else ()
    if node is not None and not isinstance(node, tree.Mapping):
        reading.wrong(
            "value-form", "swatches are names with colours", node.span, "ink: cmyk 0 0 0 100"
        )
    written = {key.value: _colour_text(value) for key, value in entries}
    reading.swatches = Swatches(written)
    found: dict[str, Swatch] = {}
    for name in reading.swatches.names():
        span = next((value.span for key, value in entries if key.value == name), root.span)
        try:
            found[name] = Swatch(name, reading.swatches.paint(name), span)
        except Wrong as wrong:
            hint = (
                "a colour with '#' must stand in quotation marks"
                if not written[name]
                else wrong.hint
            )
            reading.wrong("swatch", f"swatch '{name}': {wrong}", span, hint)
    return found


def _colour_text(node: tree.Node) -> str:
    return node.value if isinstance(node, tree.Scalar) else ""


# Pages


def _pages(node: tree.Node, reading: Reading) -> tuple[PageSpec, ...]:
    if not isinstance(node, tree.Sequence):
        reading.wrong(
            "value-form", "pages are a list", node.span, "one '- master: …' for each page"
        )
        return ()
    pages = [_page(item, reading) for item in node.items]
    return tuple(page for page in pages if page is not FAILED)


def _page(node: tree.Node, reading: Reading) -> Any:
    """A page: its own keys, and what stands in its master's frames, each by the frame's name."""
    if not isinstance(node, tree.Mapping):
        return reading.wrong(
            "value-form", "a page is wanted here", node.span, "begin it with 'master: …'"
        )
    own = tuple(entry for entry in node.entries if entry[0].value in PAGE_KEYS)
    page = build(own, PageSpec, reading, "page", node.span)
    if page is FAILED:
        return FAILED
    fills = {
        key.value: (key.span, _filling(value, reading))
        for key, value in node.entries
        if key.value not in PAGE_KEYS
    }
    return PageSpec(
        page.span,
        page.master,
        page.background,
        page.folio,
        page.frames,
        {name: filling for name, (_, filling) in fills.items()},
        {name: span for name, (span, _) in fills.items()},
    )


def _filling(node: tree.Node, reading: Reading) -> Content | StoryName:
    """What a frame is filled with: blocks, or `{story: name}`."""
    if isinstance(node, tree.Mapping) and len(node.entries) == 1:
        key, value = node.entries[0]
        if key.value == "story" and isinstance(value, tree.Scalar):
            return StoryName(value.value, value.span)
    blocks: Content | Any = read_value(node, Content, reading)
    return () if blocks is FAILED else blocks
