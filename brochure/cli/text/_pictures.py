"""Pictures of the places of messages, for catalogues in formats that show them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from brochure.cli._output import echo

if TYPE_CHECKING:
    from brochure.l10n.catalogue import Catalogue
    from brochure.l10n.formats import CatalogueFormat
    from brochure.translation.workspace import Workspace


def add_pictures(workspace: Workspace, catalogue: Catalogue, form: CatalogueFormat) -> Catalogue:
    """Return the catalogue with pictures of its messages in the source language, if its format shows them.

    A brochure that cannot be laid out yet has none; a line on standard error says so.
    """
    if not getattr(form, "SHOWS_PICTURES", False):
        return catalogue
    from brochure.errors import BrochureError
    from brochure.proof.translator_context import draw_thumbnails, open_context

    office = workspace.office.office if workspace.office else None
    try:
        context = open_context(workspace.project, None, office)
    except BrochureError:
        message = "the pages have errors, so the file has no pictures of them; see 'brochure check'"
        echo(f"{catalogue.file}: warning: {message}", err=True)
        return catalogue
    return replace(catalogue, pictures=draw_thumbnails(context))
