"""Import a returned file into a project's catalogue: read it, check its language, merge it. The caller writes the catalogue."""

from __future__ import annotations

from collections.abc import Iterable

from brochure.choices import ExchangeFormat
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding
from brochure.l10n.catalogue import Catalogue
from brochure.l10n.formats import po
from brochure.l10n.language_tags import is_same_language
from brochure.translation.catalogues import (
    compare_catalogues,
    load_other_catalogues,
    refresh_sources,
)
from brochure.translation.import_gate import check_language, check_order
from brochure.translation.interchange import (
    ImportChange,
    ImportResult,
    choose_format,
    list_changes,
    merge_returned,
    read_returned,
)
from brochure.translation.workspace import Workspace


@dataclass(frozen=True)
class Import:
    """An import that has not been written yet.

    Attributes:
        result: The catalogue and the keys of messages that have changed.
        changes: What changes in each message.
        old: The catalogue's file as it is; None if there is none.
        new: The catalogue's file after the import; None if nothing changes.
        findings: What the person who imports should look at.
    """

    result: ImportResult
    changes: tuple[ImportChange, ...]
    old: bytes | None
    new: bytes | None
    findings: tuple[Finding, ...]


def prepare_import(
    workspace: Workspace,
    data: bytes,
    file: str,
    language: str,
    *,
    form: ExchangeFormat | None = None,
    file_language: str | None = None,
) -> Import:
    """Merge a returned file into the catalogue of a language.

    Args:
        workspace: The project.
        data: The file.
        file: Its name.
        language: The catalogue's language.
        form: The file's format; default: by its name.
        file_language: A tag that the file may name for this language.

    Raises:
        InputError: The file or the catalogue is invalid, or the file is in another language.
        UsageError: The project cannot have a catalogue in this language.
    """
    theirs, notes = read_returned(data, choose_format(form, file, data), file, language)
    return merge_import(workspace, theirs, notes, language, file_language=file_language)


def merge_import(
    workspace: Workspace,
    theirs: Catalogue,
    notes: Iterable[Finding],
    language: str,
    *,
    file_language: str | None = None,
) -> Import:
    """Merge the catalogue of a returned file into that of a language; `notes` are findings of its reader.

    Raises:
        InputError: The project's catalogue is invalid, or the file is in another language.
        UsageError: The project cannot have a catalogue in this language.
    """
    project, name = workspace.project, workspace.catalogue_file(language)
    before = workspace.read_catalogue(language)
    old = None if before is None else project.read(name)
    ours = refresh_sources(workspace, language)
    is_own = theirs.declared and is_same_language(theirs.declared, language)
    others = {} if is_own else load_other_catalogues(workspace, language)
    variants = check_language(theirs, language, others, file_language)
    check_order(ours, theirs)
    result = merge_returned(ours, theirs)
    differs = before is None or compare_catalogues(before, result.catalogue).differs
    return Import(
        result,
        tuple(list_changes(ours, result.catalogue)),
        old,
        po.write(result.catalogue) if differs else None,
        (*variants, *notes, *result.findings),
    )
