"""Plural forms that a language needs and a message lacks, by CLDR's plural rules.

A language needs the categories of the whole numbers, and that of the variable's current value: Russian needs `one`, `few`, `many`
and `other`. ICU silently uses `other` for a category without a form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from brochure.findings import nearest
from brochure.l10n.language_tags import strip_extensions
from brochure.l10n.message_syntax import PLURALS, Form, Placeholder, find_forms
from brochure.l10n.number_format import Fact, write_plain

CATEGORIES = ("zero", "one", "two", "few", "many", "other")
OTHER = "other"
RULES = f"{{{{n, {{kind}}, {' '.join(f'{one} {{{{{one}}}}}' for one in CATEGORIES)}}}}}"
"""A message that says the category of a number."""

SAMPLE = 112
"""Whole numbers up to this one have all categories of a language, except those of millions; CLDR's rules look at two digits."""


def find_plural_problems(
    pattern: str, facts: Mapping[str, Fact], language: str
) -> Iterator[tuple[str, str]]:
    """Yield a message and a hint for each plural with missing or unknown forms."""
    if "plural" not in pattern and "selectordinal" not in pattern:
        return
    for place, forms in find_forms(pattern):
        if place.kind in PLURALS and any(one.keyword == OTHER for one in forms):
            yield from _check_unknown(place, forms)
            yield from _check_missing(place, forms, facts.get(place.name), language)


def _check_unknown(place: Placeholder, forms: Sequence[Form]) -> Iterator[tuple[str, str]]:
    for one in forms:
        if one.keyword not in CATEGORIES and not one.keyword.startswith("="):
            message = f"'{one.keyword}' in {{{place.name}, {place.kind}, …}} is not a plural form and is never used"
            yield message, nearest(one.keyword, CATEGORIES)


def _check_missing(
    place: Placeholder, forms: Sequence[Form], value: Fact | None, language: str
) -> Iterator[tuple[str, str]]:
    present = {one.keyword for one in forms}
    offset = max(one.offset for one in forms)
    examples = _list_examples(language, place.kind, offset, frozenset(present))
    if value is not None and not isinstance(value, str) and f"={write_plain(value)}" not in present:
        category = _categorize(language, place.kind, value - offset)
        examples = {**examples, category: (write_plain(value), *examples.get(category, ()))}
    missing = [one for one in CATEGORIES if one in examples and one not in present]
    if missing:
        names = f"{'form' if len(missing) == 1 else 'forms'} {_join(missing)}"
        tag = strip_extensions(language)
        message = f"{{{place.name}, {place.kind}, …}} lacks the plural {names}, which '{tag}' needs"
        yield message, f"add {_join([f'{one} {{…}} ({_show(examples[one])})' for one in missing])}"


def _join(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def _show(numbers: Sequence[str]) -> str:
    """Return up to three examples; 0 only without others."""
    some = [one for one in dict.fromkeys(numbers) if one != "0"] or list(numbers)
    return ", ".join(some[:3])


@lru_cache(maxsize=256)
def _list_examples(
    language: str, kind: str, offset: int, present: frozenset[str]
) -> Mapping[str, tuple[str, ...]]:
    """Return whole numbers of each category that have no form of their own."""
    found: dict[str, tuple[str, ...]] = {}
    for number in range(offset, SAMPLE + offset):
        if f"={number}" not in present:
            category = _categorize(language, kind, number - offset)
            found[category] = (*found.get(category, ()), str(number))
    return found


@lru_cache(maxsize=16384)
def _categorize(language: str, kind: str, number: float) -> str:
    """Return the plural category of a number as ICU chooses it when it formats a message."""
    # Imported here so that a brochure without plurals does not load ICU.
    from icu4py.messageformat import MessageFormat

    return MessageFormat(RULES.format(kind=kind), language).format({"n": number})
