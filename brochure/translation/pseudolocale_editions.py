"""Build an edition in a pseudolocale and report what breaks: overset text, hard-coded text and other findings."""

from __future__ import annotations

from brochure.api import build
from brochure.build_values import Built
from brochure.choices import Pseudolocale
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding
from brochure.l10n.translations import Translations
from brochure.prepress.output_conditions import SCREEN
from brochure.translation.overset import OversetMessage, find_overset
from brochure.translation.untranslated_text import find_untranslated
from brochure.translation.workspace import Workspace, set_edition


@dataclass(frozen=True)
class PseudoEdition:
    """A pseudolocale edition: its draft PDF (empty if it could not be built) and the findings."""

    language: str
    draft: Built
    overset: tuple[OversetMessage, ...]
    untranslated: tuple[Finding, ...]
    others: tuple[Finding, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, overset text first."""
        return (*(one.finding for one in self.overset), *self.untranslated, *self.others)


def build_pseudo_edition(workspace: Workspace, pseudolocale: Pseudolocale) -> PseudoEdition:
    """Build the edition in a pseudolocale."""
    language = pseudolocale.value
    done = set_edition(workspace, Translations.load(workspace.project, workspace.layout, language))
    others = tuple(one for one in done.findings if one.code != "overflow")
    draft = build(workspace.project, SCREEN, language, draft=True)
    return PseudoEdition(language, draft, find_overset(done), find_untranslated(done), others)
