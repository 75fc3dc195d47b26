"""Refuse returned files that would damage a catalogue as a whole: another language, or translations in the wrong rows.

A file names its language (PO, XLIFF, the sheet of a workbook, the heading of a column), or its texts are compared with those of
the project's other catalogues.
"""

from __future__ import annotations

from collections.abc import Mapping

from brochure.errors import InputError
from brochure.findings import Finding, Severity, Span
from brochure.l10n.catalogue import Catalogue
from brochure.l10n.language_tags import is_regional_variant, is_same_language

MIN_MISTAKEN = 4
"""Translations that must be those of another language, or of other messages, for a file to be refused."""


def check_language(
    theirs: Catalogue, language: str, others: Mapping[str, Catalogue], accepted: str | None = None
) -> tuple[Finding, ...]:
    """Return a warning if a file is in another regional variant of the language.

    Args:
        theirs: The returned catalogue.
        language: The language to import into.
        others: The project's catalogues of other languages, by tag.
        accepted: A tag that the file may name for this language.

    Raises:
        InputError: The file is in another language.
    """
    declared = theirs.declared
    if declared in ("", accepted) or is_same_language(declared, language):
        found = () if declared else _find_copied(theirs, language, others)
        if found:
            raise InputError(found)
        return ()
    message = (
        f"the file is in the language '{declared}', but it would be imported into '{language}'"
    )
    own = next((tag for tag in others if is_same_language(declared, tag)), None)
    if own is None and is_regional_variant(declared, language):
        hint = (
            f"if this is wrong, restore the catalogue with 'brochure text undo --lang {language}'"
        )
        return (Finding("import-language", message, Span(theirs.file), hint, Severity.WARNING),)
    hint = f"import it with --lang {own or declared}; if it really is '{language}', add --file-lang {declared}"
    raise InputError([Finding("import-language", message, Span(theirs.file), hint)])


def _find_copied(
    theirs: Catalogue, language: str, others: Mapping[str, Catalogue]
) -> tuple[Finding, ...]:
    """Return an error if most texts of a file that names no language are those of another catalogue."""
    texts = {key: one.text for key, one in theirs.entries.items() if one.text != one.source}
    texts = {key: text for key, text in texts.items() if text}
    for tag, other in others.items():
        same = sum(
            key in other.entries and other.entries[key].text == text for key, text in texts.items()
        )
        if same >= MIN_MISTAKEN and 2 * same > len(texts):
            message = (
                f"{same} of the file's {len(texts)} translations are those of {other.file},"
                f" but it would be imported into '{language}'"
            )
            hint = f"import it with --lang {tag}, or choose the right file"
            return (Finding("import-language", message, Span(theirs.file), hint),)
    return ()


def check_order(ours: Catalogue, theirs: Catalogue) -> None:
    """Raise InputError if most changed translations are those of other messages: a column was sorted without the others."""
    owners = {one.text: key for key, one in ours.entries.items() if one.text}
    changed = [
        one
        for key, one in theirs.entries.items()
        if key in ours.entries and one.text and one.text != ours.entries[key].text
    ]
    moved = [one for one in changed if owners.get(one.text, one.key) != one.key]
    if len(moved) < MIN_MISTAKEN or 2 * len(moved) <= len(changed):
        return
    first = moved[0]
    message = f"{len(moved)} translations belong to other messages: that of '{first.key}' is the one of '{owners[first.text]}'"
    hint = "a column was sorted without the others; sort whole rows, or ask for the file as it was before"
    raise InputError([Finding("import-order", message, first.span, hint)])
