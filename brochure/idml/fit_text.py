"""Let frames grow whose text does not fit: it was overset in InDesign, or is longer in the font that stands in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from brochure.api import lay_out
from brochure.build_values import LaidOut
from brochure.errors import InputError
from brochure.findings import Finding, Span
from brochure.idml.losses import lost
from brochure.idml.type_settings import Keys
from brochure.idml.yaml_text import Commented
from brochure.project import MemoryProject

GROWTH = (10.0, 40.0, 160.0, 640.0)
"""Growth that is tried, in millimetres."""

OVERFLOW = re.compile(r"frame '([^']+)' on page (\d+)")


def fit_text(
    layout: Keys, write: Callable[[Keys], Mapping[str, bytes]], span: Span
) -> tuple[Mapping[str, bytes], LaidOut | None, tuple[Finding, ...]]:
    """Give frames with overset text an `auto-size`.

    Args:
        layout: The layout as values; its frames are changed.
        write: Returns the project's files for the layout.
        span: The place of findings.

    Returns:
        The files, the laid-out pages (None if the layout has errors), and findings on the frames.
    """
    grown: dict[tuple[str, int], float] = {}
    files = write(layout)
    made = _lay_out(files)
    for millimetre in GROWTH:
        overset = [*_find_overset(made)]
        if not overset:
            break
        for name, page in overset:
            frame = _find_frame(layout, name, page)
            if frame is not None:
                frame["auto-size"] = f"{millimetre:g} mm"
                grown[name, page] = millimetre
        files = write(layout)
        made = _lay_out(files)
    findings = [_report(name, page, span) for name, page in grown]
    findings += [
        lost("overset", f"text of frame '{name}' does not fit", span, page=page)
        for name, page in _find_overset(made)
    ]
    return files, made, tuple(findings)


def _lay_out(files: Mapping[str, bytes]) -> LaidOut | None:
    try:
        return lay_out(MemoryProject(dict(files)))
    except InputError:
        return None


def _find_overset(made: LaidOut | None) -> Iterator[tuple[str, int]]:
    """Yield name and page of each frame with overset text."""
    for finding in made.findings if made else ():
        match = OVERFLOW.match(finding.message) if finding.code == "overflow" else None
        if match:
            yield match[1], int(match[2])


def _find_frame(layout: Keys, name: str, page: int) -> Keys | None:
    """Return the frame of a page or of its master."""
    pages = layout["pages"]
    here = pages[page - 1] if isinstance(pages, list) else {}
    masters = layout.get("masters", {})
    master = masters.get(here.get("master")) if isinstance(masters, dict) else None
    for owner in (here, master or {}):
        frame = owner.get("frames", {}).get(name)
        frame = frame.value if isinstance(frame, Commented) else frame
        if isinstance(frame, dict):
            return frame
    return None


def _report(name: str, page: int, span: Span) -> Finding:
    message = (
        f"the text of frame '{name}' is longer than the frame: overset in InDesign, or longer in the font"
        " that stands in; the frame may grow"
    )
    hint = "remove 'auto-size' when the fonts are there, or shorten the text"
    return lost("overset", message, span, hint, page=page)
