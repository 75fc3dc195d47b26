"""The proof as a folder of static pages, or a ZIP file, to be looked at and reviewed without a server or a network.

The pages use the web interface of the live proof; its data is in scripts, since a browser loads nothing else from a file.
The same project gives the same bytes. Files are named as in the project, so no path of this machine is in the proof.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePath
from typing import Any

from brochure.approval.page_digest import digest_page
from brochure.errors import InputError, UsageError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, nearest
from brochure.model.display_list import Picture
from brochure.project import DiskProject
from brochure.proof.fit import measure_draft_fit
from brochure.proof.interface import list_interfaces, list_web_files, read_interface, read_web_file
from brochure.proof.messages import fit_data, message_data
from brochure.proof.pictures import encode_pixels, media_type, name_pixels, pixels_of
from brochure.proof.scene import edition_data, project_data
from brochure.proof.session import OpenEdition, ProofSession, edition_id
from brochure.proof.svg import View, draw_svg
from brochure.translation.character_limits import measure_limits
from brochure.translation.result_cache import ResultCache
from brochure.translation.workspace import Workspace, set_resolved_edition

POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; img-src 'self' file: data: blob:; "
    "base-uri 'none'; form-action 'none'"
)
"""What the pages may load: files beside them. Browsers differ in what 'self' means for a file, so `file:` is named too."""

DATA_MARK = b"<!-- DATA -->"
"""Where index.html gets the data."""

MARKER = "data/project.js"
"""The file that marks a folder as an exported proof, which a new one may replace."""

ZIP_DATE = (2000, 1, 1, 0, 0, 0)
SUFFIXES = {"image/png": "png", "image/jpeg": "jpg"}

Files = dict[str, bytes]


@dataclass(frozen=True)
class RelativeProject(DiskProject):
    """A project whose files are named by their path in it."""

    def label(self, name: str) -> str:
        """Return the path in the project; of a font outside of it, the file name."""
        path = PurePath(name)
        return path.name if path.is_absolute() else path.as_posix()


@dataclass(frozen=True)
class ExportedProof:
    """The files of a proof by their paths, the ids of its editions, and the findings for those that it lacks."""

    files: Mapping[str, bytes]
    editions: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


def export_proof(project: DiskProject, wanted: Collection[str] = ()) -> ExportedProof:
    """Return the static proof of editions, by id; all without any.

    An edition with faulty files is left out if there are others; its findings say so.

    Raises:
        InputError: The layout has errors, or all editions have.
        UsageError: The project has no edition of this id.
    """
    session = ProofSession(RelativeProject(project.root))
    ids = _choose(session, wanted)
    files: Files = {f"web/{name}": _web_file(name) for name in list_web_files()}
    findings: list[Finding] = []
    done: list[str] = []
    for one in ids:
        try:
            opened = session.edition(one)
        except InputError as failure:
            findings.extend(failure.findings)
            continue
        script = _edition_script(session, opened, files)
        files[f"data/{_file_name(one)}.js"] = script
        done.append(one)
    if not done:
        raise InputError(findings)
    files[MARKER] = _project_script(session, done)
    files["index.html"] = _index()
    return ExportedProof(dict(sorted(files.items())), tuple(done), tuple(findings))


def _choose(session: ProofSession, wanted: Collection[str]) -> list[str]:
    known = [edition_id(name) for name in session.names]
    for one in wanted:
        if one not in known:
            raise UsageError(f"--edition {one}: unknown edition ({nearest(one, known)})")
    return [one for one in known if not wanted or one in wanted]


def _file_name(edition: str) -> str:
    return edition.replace("/", "_")


def _web_file(name: str) -> bytes:
    data = read_web_file(name)
    assert data is not None, "a listed file exists"
    return data


def _index() -> bytes:
    data = (
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<script defer src="data/project.js"></script>'
    )
    return _web_file("index.html").replace(DATA_MARK, data.encode())


def _project_script(session: ProofSession, done: list[str]) -> bytes:
    project = project_data(session, live=False, read_only=False)
    project["editions"] = [one for one in project["editions"] if one["id"] in done]
    data = {
        "project": project,
        "files": {one: f"data/{_file_name(one)}.js" for one in done},
        "editions": {},
        "interface": {tag: read_interface(tag) for tag in list_interfaces()},
    }
    return f"window.PROOF_DATA = {_json(data)};\n".encode()


def _edition_script(session: ProofSession, opened: OpenEdition, files: Files) -> bytes:
    data = edition_data(session, opened)
    for page, placed in zip(data["pages"], opened.made.pages, strict=True):
        page["digest"] = digest_page(placed, session.project)
        page["version"] = page["digest"]
        page["svg"] = draw_svg(
            placed, View(opened.made.work.condition), _writer(session.project, files)
        )
    data["version"] = 0
    value = {"edition": data, "messages": dict(_messages(session, opened))}
    return f"PROOF_DATA.editions[{_json(opened.id)}] = {_json(value)};\n".encode()


def _writer(project: DiskProject, files: Files) -> Any:
    """Return a function that adds a picture to the files and returns its address."""

    def address(picture: Picture, view: View) -> str:
        pixels = pixels_of(picture, view.press, view.ink, project.label(picture.asset))
        if pixels is None:
            return ""
        data = encode_pixels(project, pixels)
        stem = name_pixels(pixels, project.digest(picture.asset))
        name = f"pictures/{stem}.{SUFFIXES[media_type(data)]}"
        files[name] = data
        return name

    return address


def _messages(session: ProofSession, opened: OpenEdition) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield what the inspector shows of each message that the edition uses."""
    job, edition = session.job, opened.made.edition
    results = ResultCache(session.project)
    source = opened.saved.source
    workspace = Workspace(session.project, job.layout, source, job.font_catalog, results)
    limits = measure_limits(set_resolved_edition(workspace, edition), job.font_catalog)
    for key in edition.stories:
        fit = {**fit_data(measure_draft_fit(job, opened.made, key)), "limit": limits.get(key)}
        yield key, {**message_data(job, opened, key), "fit": fit}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def zip_files(files: Mapping[str, bytes], folder: str) -> bytes:
    """Return a ZIP file with these files in one folder; the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(
                zipfile.ZipInfo(f"{folder}/{name}", ZIP_DATE), data, zipfile.ZIP_DEFLATED
            )
    return out.getvalue()
