"""Which fonts a language needs: the scripts that it is written in, the installed families that have them, and what to install."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.fonts.catalog import FontCatalog
from brochure.l10n.copy_files import read_catalogue
from brochure.locales import canonical_tag, script_of_locale
from brochure.project import Project
from brochure.spec.model import Layout
from brochure.translation.sample_text import sample_for_script
from brochure.typeset.script_rules import is_for, letters_for_language, scripts_of_language
from brochure.typeset.script_runs import script_code, script_name

PACKAGED = {
    "Arab": ("Noto Sans Arabic", "fontpkg-noto-sans-arabic"),
    "Deva": ("Noto Sans Devanagari", "fontpkg-noto-sans-devanagari"),
    "Khmr": ("Noto Sans Khmer", "fontpkg-noto-sans-khmer"),
    "Taml": ("Noto Sans Tamil", "fontpkg-noto-sans-tamil"),
    "Telu": ("Noto Sans Telugu", "fontpkg-noto-sans-telugu"),
    "Thai": ("Noto Sans Thai", "fontpkg-noto-sans-thai"),
    **dict.fromkeys(("Latn", "Cyrl", "Grek"), ("Noto Sans", "fontpkg-noto-sans")),
}
"""Font families that have a Python package, by script."""

CJK = {
    "Hans": ("SC", "Simplified Chinese"),
    "Hant": ("TC", "Traditional Chinese"),
    "Jpan": ("JP", "Japanese"),
    "Kore": ("KR", "Korean"),
}
"""Writing systems of East Asia: the ending of the family in the system package, and the name."""

SYSTEM_PACKAGE, CJK_PACKAGE = "fonts-noto-core", "fonts-noto-cjk"
"""Packages of Debian and Ubuntu with fonts for all other scripts; the layout must allow system fonts for them."""


@dataclass(frozen=True, slots=True)
class FontNeed:
    """What a script of a language needs.

    Attributes:
        language: The language tag.
        script: ISO 15924 code of the script.
        name: Its name.
        layout: The families of the layout that have it; empty without a layout, or if none has it.
        installed: All installed families that have it.
        package: The package to install; empty if a family is installed.
        fallback: The line for `fonts: fallback` of the layout; empty if the layout needs none.
        is_system: True if the package installs system fonts, which the layout must allow.
    """

    language: str
    script: str
    name: str
    layout: tuple[str, ...]
    installed: tuple[str, ...]
    package: str
    fallback: str
    is_system: bool


def find_font_needs(
    project: Project, layout: Layout | None, catalog: FontCatalog, languages: Sequence[str]
) -> tuple[FontNeed, ...]:
    """Return what each language needs.

    If the project has a catalogue of the language, its letters are looked for in the fonts, else those of a sample text.
    """
    families = {family: _characters(family, catalog) for family in catalog.families()}
    return tuple(
        _find_need(language, _letters_of(project, language), layout, families)
        for language in languages
    )


def _characters(family: str, catalog: FontCatalog) -> frozenset[int]:
    return frozenset(code for one in catalog.programs(family)[:1] for code in one.characters)


def _letters_of(project: Project, language: str) -> frozenset[str]:
    """Return the letters that a font for a language must have."""
    try:
        catalogue = read_catalogue(project, language)
    except InputError:
        catalogue = None
    words = [one.text for one in catalogue.entries.values()] if catalogue else []
    scripts = scripts_of_language(language)
    for text in (" ".join(words), sample_for_script(language)):
        letters = frozenset(char for char in set(text) if script_code(char) in scripts)
        if letters:
            return letters
    return frozenset()


def _find_need(
    language: str,
    letters: frozenset[str],
    layout: Layout | None,
    families: Mapping[str, frozenset[int]],
) -> FontNeed:
    script = script_of_locale(canonical_tag(language))
    script = script if script in CJK else letters_for_language(language)
    codes = {*map(ord, letters)}
    having = tuple(name for name, own in families.items() if codes and codes <= own)
    in_layout = tuple(one for one in _layout_families(layout, language) if one in having)
    name = CJK[script][1] if script in CJK else script_name(script)
    default = f"Noto Sans CJK {CJK[script][0]}" if script in CJK else f"Noto Sans {name}"
    system_package = CJK_PACKAGE if script in CJK else SYSTEM_PACKAGE
    family, package = PACKAGED.get(script, (default, system_package))
    chosen = family if family in having or not having else having[0]
    return FontNeed(
        language,
        script,
        name,
        in_layout,
        having,
        "" if having else package,
        f"{script}: {chosen}" if layout and not in_layout else "",
        is_system=not having and package == system_package,
    )


def _layout_families(layout: Layout | None, language: str) -> tuple[str, ...]:
    """Return the families that the layout uses for a language: those of its styles, and its fallbacks."""
    if layout is None:
        return ()
    styled = [style.font for style in layout.paragraph_styles.values() if style.font]
    scripts = scripts_of_language(language)
    fallbacks = [
        one if isinstance(one, str) else one.family
        for declared, one in layout.fonts.fallback.items()
        if any(is_for(declared, script, language) for script in scripts)
    ]
    return tuple(dict.fromkeys((*styled, *fallbacks)))
