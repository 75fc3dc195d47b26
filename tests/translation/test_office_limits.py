"""Character limits of an office's own catalogue: only its own messages are measured."""

from __future__ import annotations

import pytest

from brochure.l10n.translations import Translations
from brochure.translation import template
from brochure.translation.character_limits import measure_limits
from brochure.translation.template import make_template
from brochure.translation.workspace import open_workspace, set_edition
from tests.translation.projects import FRENCH, project, translated, workspace

OFFICE = "office: north\nlanguages: [fr]\n"
OWN = OFFICE + "copy: {en: {words: Our own words.}}\n"


def test_wanted_messages_have_the_limits_that_they_have_among_all() -> None:
    there = workspace({"content/fr.po": translated(FRENCH)})
    done = set_edition(there, Translations.load(there.project, there.layout, "fr"))
    every = measure_limits(done, there.font_catalog)
    assert len(every) > 1
    for key, limit in every.items():
        assert measure_limits(done, there.font_catalog, {key}) == {key: limit}


@pytest.mark.parametrize(("office", "keys"), [(OFFICE, []), (OWN, ["words"])])
def test_a_template_of_an_office_measures_its_own_messages(
    monkeypatch: pytest.MonkeyPatch, office: str, keys: list[str]
) -> None:
    measured: list[str] = []

    def record(*args: object) -> dict[str, int]:
        found = measure_limits(*args)  # type: ignore[arg-type]
        measured.extend(found)
        return found

    monkeypatch.setattr(template, "measure_limits", record)
    there = open_workspace(project({"offices/north.yaml": office}), "north")
    assert list(make_template(there, "fr").entries) == keys
    assert measured == keys
