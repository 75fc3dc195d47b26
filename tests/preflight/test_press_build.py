"""A press build runs the preflight: errors prevent the file, unless it is switched off."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from brochure.api import build, build_record, open_job
from brochure.cli import app
from brochure.errors import InputError, UsageError
from brochure.findings import Severity, Span
from brochure.l10n.personalization import Record
from brochure.prepress.output_conditions import PRESS, SCREEN
from brochure.project import MemoryProject
from tests.preflight.brochures import CLEAN, Change, photograph, project

LAYOUT_STOPS = PRESS.checked("")
"""Return the result of a press build with the settings of the layout."""

SEEDS = {
    "placeholder": Change(copy={"story": "TODO: the story."}),
    "picture-resolution": Change(files={"assets/photos/field.jpg": photograph(264, 364)}),
    "bleed": Change(layout=(("picture: {at: bleed,", "picture: {at: page,"),)),
}


def errors(change: Change, stop: str = "") -> list[str]:
    """Return the codes of the errors of a press build; without errors there is a PDF."""
    built = build(project(change), PRESS.checked(stop))
    found = [one.code for one in built.findings if one.severity is Severity.ERROR]
    assert bool(built.parts) is not bool(found)
    return found


def with_key(preflight: str, change: Change = CLEAN) -> Change:
    key = ("source-language: en", f"source-language: en\npreflight: {preflight}")
    return Change((*change.layout, key), change.copy, change.files)


def test_a_clean_brochure_is_built() -> None:
    assert errors(CLEAN) == []
    assert errors(CLEAN, "warning") == []


@pytest.mark.parametrize("check", sorted(SEEDS))
def test_an_error_stops_the_press_build(check: str) -> None:
    seed = SEEDS[check]
    assert set(errors(seed)) == {check}
    assert errors(seed, "off") == []
    assert errors(with_key("off", seed)) == []
    assert set(errors(with_key("off", seed), "error")) == {check}
    notes = [
        one for one in build(project(seed), LAYOUT_STOPS).findings if one.severity is Severity.NOTE
    ]
    assert "preflight-stop" in [one.code for one in notes]


def test_screen_builds_and_drafts_are_not_checked() -> None:
    seed = SEEDS["placeholder"]
    assert build(project(seed), SCREEN.checked("")).parts
    assert build(project(seed), LAYOUT_STOPS, draft=True).parts


def test_warnings_stop_the_build_if_the_layout_requires_it() -> None:
    small = Change(layout=(("size: 9 pt, leading: 12 pt", "size: 4 pt, leading: 12 pt"),))
    assert errors(small) == []
    assert "text-small" in errors(small, "warning")
    assert "text-small" in errors(with_key("warning", small))


def test_the_layout_names_the_profile() -> None:
    seed = SEEDS["picture-resolution"]
    assert errors(with_key("{profile: digital}", seed)) != []
    own = Change(
        files={
            **seed.files,
            "strict.yaml": b"profile: ours\nchecks: {picture-resolution: off}\n",
        }
    )
    assert errors(with_key("{profile: strict.yaml}", own)) == []


@pytest.mark.parametrize("profile", ["sheetfet", "missing.yaml"])
def test_a_profile_that_does_not_exist(profile: str) -> None:
    with pytest.raises(InputError) as failure:
        build(project(with_key(f"{{profile: {profile}}}")), LAYOUT_STOPS)
    assert [one.code for one in failure.value.findings] == ["profile-form"]


def test_the_first_record_of_an_edition_is_checked() -> None:
    layout = (("title: title", "title: title\nmerge-fields: {name: Ada}"),)
    job = open_job(project(Change(layout, {"story": "Dear {record_name}."})))

    def is_built(name: str) -> bool:
        record = Record(1, Span("people.csv", 2), {"name": name})
        return bool(build_record(job, LAYOUT_STOPS, record).parts)

    assert [is_built("TODO"), is_built("TBC"), is_built("Ada"), is_built("Bo")] == [
        False,
        False,
        True,
        True,
    ]


def write(files: MemoryProject, folder: Path) -> Path:
    for name in ("brochure.yaml", "content/en.yaml", "assets/photos/field.jpg"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(files.read(name))
    return folder


def test_the_command(tmp_path: Path) -> None:
    folder = str(write(project(SEEDS["placeholder"]), tmp_path / "brochure"))
    out = ["-o", str(tmp_path / "out")]
    stopped = CliRunner().invoke(app, ["build", folder, *out])
    assert stopped.exit_code == 1
    assert "--preflight off" in stopped.output
    assert not list(tmp_path.glob("out/*.pdf"))
    assert CliRunner().invoke(app, ["build", folder, *out, "--preflight", "off"]).exit_code == 0
    assert len(list(tmp_path.glob("out/*.pdf"))) == 1
    screen = ["build", folder, *out, "--target", "screen"]
    assert CliRunner().invoke(app, screen).exit_code == 0
    refused = CliRunner().invoke(app, [*screen, "--preflight", "off"])
    assert isinstance(refused.exception, UsageError)


def test_check_uses_the_profile_of_the_layout(tmp_path: Path) -> None:
    seed = with_key("{profile: newsprint}", Change(layout=(("size: 9 pt", "size: 6 pt"),)))
    folder = str(write(project(seed), tmp_path / "brochure"))
    assert "6.0 pt" in CliRunner().invoke(app, ["check", folder]).output
    assert (
        "6.0 pt" not in CliRunner().invoke(app, ["check", folder, "--profile", "sheetfed"]).output
    )
