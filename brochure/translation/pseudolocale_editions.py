"""Pseudo-editions: what would break in other languages, seen before anybody translates.

Takes a workspace and a pseudo-language; gives its draft as a PDF, what does not fit in it, and the words that are hard-coded in
the layout. A message that is told otherwise and still looks like the source has not been asked for by its key.
"""

from __future__ import annotations

from brochure.api import Built, build
from brochure.errors import UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, nearest
from brochure.l10n.project_editions import request_edition
from brochure.l10n.pseudolocale import PSEUDOLOCALES
from brochure.prepress.output_conditions import SCREEN
from brochure.translation.overset import OversetMessage, find_overset
from brochure.translation.untranslated_text import find_untranslated
from brochure.translation.workspace import Workspace, set_edition


@dataclass(frozen=True)
class PseudoEdition:
    """A pseudo-edition: its draft (empty where not even that could be made), and what broke."""

    language: str
    draft: Built
    overset: tuple[OversetMessage, ...]
    untranslated: tuple[Finding, ...]
    others: tuple[Finding, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that broke, what is too long first."""
        return (*(one.finding for one in self.overset), *self.untranslated, *self.others)


def build_pseudo_edition(workspace: Workspace, language: str) -> PseudoEdition:
    """The pseudo-edition in one of the languages that nobody speaks; UsageError where it is none of them."""
    if language not in PSEUDOLOCALES:
        raise UsageError(
            f"--lang {language}: no pseudo-language ({nearest(language, PSEUDOLOCALES)})"
        )
    done = set_edition(
        workspace, request_edition(workspace.project, workspace.layout, language, None)
    )
    others = tuple(one for one in done.findings if one.code != "overflow")
    draft = build(workspace.project, SCREEN, language, draft=True)
    return PseudoEdition(language, draft, find_overset(done), find_untranslated(done), others)
