"""Style sheets in SVG files: their declarations are moved into the `style` attributes of the elements that they select.

tinycss2 and cssselect2 parse them, so that all selectors of CSS work that do not depend on a browser.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from brochure.blocks.svg.errors import refuse
from brochure.fast_dataclass import dataclass

STYLE = "{http://www.w3.org/2000/svg}style"
MEDIA = frozenset(("all", "print"))
"""Media whose rules apply: a brochure is paged in every output."""

IGNORED_RULES = frozenset(("font-face", "charset", "namespace", "keyframes", "page", "supports"))
"""Rules that have no effect: text is set in the fonts of the project, and nothing moves."""


@dataclass(frozen=True, slots=True)
class _Declarations:
    """Declarations of one rule as text; important ones are stronger than those of a `style` attribute."""

    normal: str
    important: str


def apply_style_sheets(root: Any) -> None:
    """Write the declarations of all `style` elements into the elements that they select."""
    sheets = [one for one in root.iter(STYLE) if _applies(one)]
    if not sheets:
        return
    # Imported here: few drawings have style sheets.
    import cssselect2

    matcher = cssselect2.Matcher()
    for sheet in sheets:
        for selector, declarations in _read_sheet(sheet):
            matcher.add_selector(selector, declarations)
    for wrapper in cssselect2.ElementWrapper.from_xml_root(root).iter_subtree():
        found = [match[-1] for match in matcher.match(wrapper) if match[2] is None]
        if found:
            _write(wrapper.etree_element, found)


def _applies(sheet: Any) -> bool:
    kind, media = sheet.get("type", ""), sheet.get("media", "")
    return kind in ("", "text/css") and (not media or _is_for_print(media))


def _is_for_print(media: str) -> bool:
    return any(one.strip().casefold().removeprefix("only ") in MEDIA for one in media.split(","))


def _write(element: Any, found: Iterable[_Declarations]) -> None:
    """Write declarations, the strongest last, into the `style` attribute."""
    rules = list(found)
    parts = [
        *(one.normal for one in rules),
        element.get("style", ""),
        *(one.important for one in rules),
    ]
    element.set("style", ";".join(part for part in parts if part.strip()))


def _read_sheet(sheet: Any) -> Iterator[tuple[Any, _Declarations]]:
    # Imported here, as above.
    import tinycss2

    text = "".join(sheet.itertext())
    rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
    yield from _read_rules(sheet, rules)


def _read_rules(sheet: Any, rules: Iterable[Any]) -> Iterator[tuple[Any, _Declarations]]:
    import tinycss2

    for rule in rules:
        if rule.type == "error":
            refuse(sheet, f"the style sheet cannot be read: {rule.message[:80]}")
        elif rule.type == "qualified-rule":
            declarations = _read_declarations(sheet, rule.content)
            for selector in _read_selectors(sheet, rule.prelude):
                yield selector, declarations
        elif rule.type == "at-rule":
            name = rule.lower_at_keyword
            if name == "media":
                if rule.content and _is_for_print(tinycss2.serialize(rule.prelude)):
                    inner = tinycss2.parse_rule_list(
                        rule.content, skip_comments=True, skip_whitespace=True
                    )
                    yield from _read_rules(sheet, inner)
            elif name == "import":
                refuse(sheet, "it refers to another style sheet (@import); paste its rules here")
            elif name.rpartition("-")[2] not in {one.rpartition("-")[2] for one in IGNORED_RULES}:
                refuse(sheet, f"@{name[:30]} in a style sheet is not supported")


def _read_selectors(sheet: Any, prelude: Any) -> Iterable[Any]:
    import cssselect2
    import tinycss2

    try:
        selectors: Iterable[Any] = cssselect2.compile_selector_list(prelude)
    except cssselect2.SelectorError:
        text = tinycss2.serialize(prelude).strip()
        refuse(sheet, f"the selector '{text[:40]}' in a style sheet is not supported")
    return selectors


def _read_declarations(sheet: Any, content: Any) -> _Declarations:
    import tinycss2

    parsed = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    normal: list[str] = []
    important: list[str] = []
    for one in parsed:
        if one.type == "error":
            refuse(sheet, f"the style sheet cannot be read: {one.message[:80]}")
        elif one.type == "declaration":
            name = one.name if one.name.startswith("--") else one.lower_name
            text = f"{name}:{tinycss2.serialize(one.value).strip()}"
            (important if one.important else normal).append(text)
    return _Declarations(";".join(normal), ";".join(important))
