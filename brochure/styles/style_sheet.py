"""Resolve a layout's styles to numbers.

Values that a style does not set come from the style it is based on, else from the built-in style of
the same name (`defaults.py`), else from `body`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from brochure.fast_dataclass import dataclass
from brochure.locales import canonical_tag
from brochure.spec import styles as written
from brochure.spec.model import Layout
from brochure.spec.styles import CharacterStyleSpec
from brochure.spec.values import Length
from brochure.styles.computed_values import Scale, resolve_paint, resolve_rules_and_shading
from brochure.styles.defaults import BODY, BUILT_IN
from brochure.typeset.script_rules import ANY, CHARACTER_SCRIPTS, ScriptRules, rules_for_language
from brochure.typeset.style import (
    LINE_END,
    Align,
    CopyfitRange,
    DropInitial,
    Fallback,
    Hyphenation,
    LetterSpace,
    ParagraphStyle,
    Tab,
    TextPattern,
    TypeStyle,
    WordSpace,
)

WEIGHTS = {
    "thin": 100,
    "extra-light": 200,
    "light": 300,
    "regular": 400,
    "medium": 500,
    "semibold": 600,
    "bold": 700,
    "extra-bold": 800,
    "black": 900,
}
FIGURES = {
    "lining": ("lnum", "onum"),
    "oldstyle": ("onum", "lnum"),
    "tabular": ("tnum", "pnum"),
    "proportional": ("pnum", "tnum"),
}
"""The OpenType feature that each word turns on, and the one that it turns off, which may be
inherited."""
STRONG, EMPHASIS = "strong", "emphasis"
STRONG_WEIGHT_STEP = 300.0


@dataclass(frozen=True)
class StyleSheet:
    """Resolved paragraph styles by name, and the layout's character styles."""

    layout: Layout
    scale: Scale
    paragraphs: Mapping[str, ParagraphStyle]

    def apply_character_style(self, base: TypeStyle, character: str) -> TypeStyle:
        """Return the type style with a character style applied."""
        type_style = base
        for spec in _character_chain(self.layout.character_styles, character):
            type_style = _apply_character_spec(spec, type_style, self.layout, self.scale)
        rules = rules_for_language(type_style.language)
        tracking = type_style.tracking if rules.letterspaced else 0.0
        if type_style.italic and not rules.italic:
            type_style = replace(
                type_style, italic=False, weight=_emphasis_weight(type_style.weight)
            )
        return replace(type_style, tracking=tracking)

    def strong(self, base: TypeStyle, character: str = "") -> TypeStyle:
        """Return the style of strong text: the character style named, else `strong`, else three weights bolder."""
        if character or STRONG in self.layout.character_styles:
            return self.apply_character_style(base, character or STRONG)
        return replace(base, weight=min(900.0, max(700.0, base.weight + STRONG_WEIGHT_STEP)))

    def emphasis(self, base: TypeStyle, character: str = "") -> TypeStyle:
        """Return the style of emphasized text: the character style named, else `emphasis`, else italic, or upright in italics."""
        if character or EMPHASIS in self.layout.character_styles:
            return self.apply_character_style(base, character or EMPHASIS)
        if not rules_for_language(base.language).italic:
            return replace(base, weight=_emphasis_weight(base.weight))
        return replace(base, italic=not base.italic)


@lru_cache(maxsize=64)
def resolve_style_sheet(layout: Layout, language: str, line: float) -> StyleSheet:
    """Return the layout's styles for one language; `line` is the baseline grid step in points."""
    scale = Scale(line=line)
    root = replace(
        BODY, type=replace(BODY.type, language=language, fallbacks=_resolve_fallbacks(layout))
    )
    resolved: dict[str, ParagraphStyle] = {}
    for name in (*BUILT_IN, *layout.paragraph_styles):
        _resolve(name, layout, scale, root, resolved)
    adapted = {name: _apply_script_rules(name, style) for name, style in resolved.items()}
    return StyleSheet(layout, scale, adapted)


def align_ragged(sheet: StyleSheet, names: Iterable[str]) -> StyleSheet:
    """Return the style sheet with these paragraph styles set ragged."""
    ragged = {name: replace(sheet.paragraphs[name], align=Align.START) for name in names}
    return replace(sheet, paragraphs={**sheet.paragraphs, **ragged})


def _apply_script_rules(name: str, style: ParagraphStyle) -> ParagraphStyle:
    """Adapt a style to the script of its language: leading, letter spacing, italics, drop caps."""
    rules = rules_for_language(style.type.language)
    tracking = style.type.tracking if rules.letterspaced else 0.0
    return replace(
        style,
        type=replace(_make_upright(style.type, rules), tracking=tracking),
        leading=style.leading * rules.leading,
        drop_cap=style.drop_cap if rules.drop_caps else None,
        name=name,
    )


def _make_upright(style: TypeStyle, rules: ScriptRules) -> TypeStyle:
    """Return an italic style upright if the script has no italic; bold is reserved for emphasis."""
    return style if rules.italic or not style.italic else replace(style, italic=False)


def _emphasis_weight(weight: float) -> float:
    return min(900.0, max(600.0, weight + STRONG_WEIGHT_STEP))


def _resolve_fallbacks(layout: Layout) -> tuple[Fallback, ...]:
    found = []
    # Fallbacks for a writing system (Aran, Jpan) come before those for its characters (Arab, Hani).
    named = sorted(
        layout.fonts.fallback.items(),
        key=lambda item: (item[0] == ANY, item[0] not in CHARACTER_SCRIPTS),
    )
    for script, spec in named:
        if isinstance(spec, str):
            found.append(Fallback(script, spec))
        else:
            found.append(Fallback(script, spec.family, spec.scale.fraction))
    return tuple(found)


def _resolve(
    name: str,
    layout: Layout,
    scale: Scale,
    root: ParagraphStyle,
    resolved: dict[str, ParagraphStyle],
) -> ParagraphStyle:
    if name in resolved:
        return resolved[name]
    spec = layout.paragraph_styles.get(name)
    if spec and spec.based_on:
        base = _resolve(spec.based_on, layout, scale, root, resolved)
    else:
        base = root if name == "body" else _resolve("body", layout, scale, root, resolved)
        if name in BUILT_IN:
            base = _apply_spec(BUILT_IN[name], base, layout, scale)
            base = _scale_spaces(base, spec, scale) if spec else base
    if _has_indent(spec) and base.space_after == _built_in_space(layout, base, resolved):
        base = replace(base, space_after=0.0)
    resolved[name] = _apply_spec(spec, base, layout, scale) if spec else base
    return resolved[name]


def _scale_spaces(
    base: ParagraphStyle, spec: written.ParagraphStyleSpec, scale: Scale
) -> ParagraphStyle:
    """Return a built-in style with the space above and below in proportion to the size that a layout gives it."""
    if spec.size is None:
        return base
    ratio = scale.at(base.type.size).points(spec.size) / base.type.size
    return replace(
        base, space_before=base.space_before * ratio, space_after=base.space_after * ratio
    )


def _has_indent(spec: written.ParagraphStyleSpec | None) -> bool:
    """Return True if a style gives its paragraphs an indent, so that they need no space between them."""
    return spec is not None and spec.indent is not None and spec.indent != Length()


def _built_in_space(
    layout: Layout, base: ParagraphStyle, resolved: Mapping[str, ParagraphStyle]
) -> float | None:
    """Return the space between paragraphs that `body` has from the built-in style; None if the layout sets it."""
    written_body = layout.paragraph_styles.get("body")
    if written_body and (written_body.space_after is not None or written_body.based_on):
        return None
    return resolved.get("body", base).space_after


def _apply_spec(
    spec: written.ParagraphStyleSpec, base: ParagraphStyle, layout: Layout, scale: Scale
) -> ParagraphStyle:
    type_style = _apply_character_spec(spec, base.type, layout, scale)
    here = scale.at(type_style.size)
    ratio = type_style.size / base.type.size
    changed: dict[str, Any] = {"type": type_style, "leading": base.leading * ratio}
    for name, target in COPIED_FIELDS.items():
        value = getattr(spec, name)
        if value is not None:
            changed[target] = value
    for name, target in LENGTH_FIELDS.items():
        value = getattr(spec, name)
        if value is not None:
            changed[target] = here.points(value)
    return replace(base, **changed, **_apply_nested_values(spec, base, type_style, layout, scale))


COPIED_FIELDS = {
    "align": "align",
    "hanging_punctuation": "hanging_punctuation",
    "balance": "balance",
    "widows": "widows",
    "orphans": "orphans",
    "keep_with_next": "keep_with_next",
    "keep_together": "keep_together",
    "grid": "to_grid",
    "span_": "span",
}
LENGTH_FIELDS = {
    "leading": "leading",
    "indent": "indent_first",
    "indent_start": "indent_start",
    "indent_end": "indent_end",
    "space_before": "space_before",
    "space_after": "space_after",
}


def _apply_nested_values(
    spec: written.ParagraphStyleSpec,
    base: ParagraphStyle,
    type_style: TypeStyle,
    layout: Layout,
    scale: Scale,
) -> dict[str, Any]:
    changed: dict[str, Any] = dict(_character_styles_by_use(spec))
    here = scale.at(type_style.size)
    if spec.hyphenation is not None:
        changed["hyphenation"] = _resolve_hyphenation(base.hyphenation, spec.hyphenation)
    if spec.word_space is not None:
        least, most = spec.word_space.least / 100, spec.word_space.most / 100
        changed["word_space"] = WordSpace(least, min(max(1.0, least), most), most)
    if spec.letter_space is not None:
        changed["letter_space"] = LetterSpace(spec.letter_space.least, spec.letter_space.most)
    if spec.min_last_line is not None:
        changed["min_last_line"] = here.points(spec.min_last_line) / type_style.size
    if spec.tabs is not None:
        changed["tabs"] = tuple(_resolve_tab(tab, here) for tab in spec.tabs)
    if spec.copyfit is not None:
        changed["copyfit"] = _resolve_copyfit(
            spec.copyfit, type_style, here.points(spec.leading) if spec.leading else base.leading
        )
    changed |= resolve_rules_and_shading(spec, here, type_style.paint, layout)
    if spec.drop_cap is not None:
        changed["drop_cap"] = _resolve_drop_cap(spec.drop_cap, type_style, layout, scale)
    return changed


def _resolve_drop_cap(
    spec: written.DropSpec, type_style: TypeStyle, layout: Layout, scale: Scale
) -> DropInitial | None:
    if spec.is_none:
        return None
    initial = type_style
    if spec.character:
        for step in _character_chain(layout.character_styles, spec.character.name):
            initial = _apply_character_spec(step, initial, layout, scale)
    return DropInitial(spec.lines, spec.characters, initial)


def _resolve_tab(spec: written.TabSpec, here: Scale) -> Tab:
    at = LINE_END if isinstance(spec.at, written.LineEnd) else here.points(spec.at)
    return Tab(at, spec.align, spec.leader)


def _character_styles_by_use(spec: written.ParagraphStyleSpec) -> Iterator[tuple[str, Any]]:
    """Yield the character styles that the paragraph style gives to marked words and to words that match a pattern."""
    if spec.strong is not None:
        yield "strong", spec.strong.name
    if spec.emphasis is not None:
        yield "emphasis", spec.emphasis.name
    if spec.patterns is not None:
        yield "patterns", tuple(TextPattern(one.match, one.character.name) for one in spec.patterns)


def _resolve_copyfit(
    spec: written.CopyfitSpec, type_style: TypeStyle, leading: float
) -> CopyfitRange:
    """Return the copyfitting limits relative to the style's own values, so that derived styles shrink in proportion."""
    return CopyfitRange(
        size=min(1.0, spec.size.least / type_style.size) if spec.size else 1.0,
        leading=min(1.0, spec.leading.least / leading) if spec.leading else 1.0,
        tracking=min(0.0, spec.tracking.least - type_style.tracking) if spec.tracking else 0.0,
        word_space=min(1.0, spec.word_space.least / 100) if spec.word_space else 1.0,
        hyphenation=spec.hyphenation,
    )


def _resolve_hyphenation(base: Hyphenation, spec: written.HyphenSpec | bool) -> Hyphenation:  # noqa: FBT001  # in YAML: yes, no, or limits
    if isinstance(spec, bool):
        return replace(base, on=spec)
    return Hyphenation(
        on=True,
        min_before=spec.min_before,
        min_after=spec.min_after,
        min_word=spec.min_word,
        max_consecutive=spec.max_consecutive,
        across=spec.across,
    )


def _character_chain(
    characters: Mapping[str, CharacterStyleSpec], name: str
) -> tuple[CharacterStyleSpec, ...]:
    chain: list[CharacterStyleSpec] = []
    following: str | None = name
    while following is not None and following in characters:
        chain.insert(0, characters[following])
        following = characters[following].based_on
    return tuple(chain)


def _apply_character_spec(
    spec: CharacterStyleSpec, base: TypeStyle, layout: Layout, scale: Scale
) -> TypeStyle:
    changed: dict[str, Any] = {}
    if spec.size is not None:
        changed["size"] = scale.at(base.size).points(spec.size)
    if spec.weight is not None:
        changed["weight"] = float(WEIGHTS.get(str(spec.weight), 0) or spec.weight)
    if spec.width is not None:
        changed["width"] = spec.width.fraction * 100
    if spec.colour is not None:
        changed["paint"] = resolve_paint(spec.colour, layout.swatches)
    if spec.baseline_shift is not None:
        changed["baseline_shift"] = scale.at(changed.get("size", base.size)).points(
            spec.baseline_shift
        )
    if spec.language is not None:
        changed["language"] = canonical_tag(spec.language)
    if spec.features is not None or spec.figures is not None:
        changed["features"] = _resolve_features(spec, base.features)
    for name, target in TYPE_FIELDS.items():
        value = getattr(spec, name)
        if value is not None:
            changed[target] = value
    return replace(base, **changed) if changed else base


TYPE_FIELDS = {
    "font": "family",
    "italic": "italic",
    "optical_size": "optical_size",
    "tracking": "tracking",
    "case": "case",
    "position": "position",
    "underline": "underline",
    "strikethrough": "strikethrough",
}


def _resolve_features(
    spec: CharacterStyleSpec, base: tuple[tuple[str, int], ...]
) -> tuple[tuple[str, int], ...]:
    features = dict(base)
    for tag in spec.features or ():
        features[tag.lstrip("-+")] = 0 if tag.startswith("-") else 1
    for word in spec.figures or ():
        on, off = FIGURES[word]
        features[on], features[off] = 1, 0
    return tuple(sorted(features.items()))
