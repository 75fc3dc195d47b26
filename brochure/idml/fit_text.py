"""Let frames grow whose text does not fit: it was overset in InDesign, or is longer in the substitute font."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from brochure.api import lay_out
from brochure.build_values import LaidOut
from brochure.errors import InputError
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span
from brochure.geometry import MM
from brochure.idml.losses import lost
from brochure.idml.type_settings import Keys
from brochure.idml.xml_nodes import to_number
from brochure.layout.page_plan import plan
from brochure.project import MemoryProject
from brochure.spec.model import Valign
from brochure.spec.yaml_text import Commented

GROWTH = (10.0, 40.0, 160.0, 640.0)
"""Growth that is tried, in millimetres; never beyond the edge of the page."""

MAX_TIDY_GROWTH = 40.0
NEAR = 1.0
"""Distance in points up to which frames that overlap are beside each other."""

MIN_SIZE = 0.55
"""Size to which type may shrink where a frame cannot grow, as a share of its own."""

OVERFLOW = re.compile(r"frame '([^']+)' on page (\d+)")


@dataclass(frozen=True)
class Fitted:
    """A project whose text fits.

    Attributes:
        files: Its files.
        made: Its laid-out pages; None if the layout has errors.
        changed: Name and page of the frames that were changed.
        overset: Name and page of those whose text still does not fit.
    """

    files: Mapping[str, bytes]
    made: LaidOut | None
    changed: tuple[tuple[str, int], ...]
    overset: tuple[tuple[str, int], ...]


def fit_text(
    layout: Keys,
    styles: Mapping[str, Keys],
    write: Callable[[Keys], Mapping[str, bytes]],
    span: Span,
) -> tuple[Mapping[str, bytes], LaidOut | None, tuple[Finding, ...]]:
    """Fit the text of an InDesign document; return the files, the laid-out pages, and findings on the frames."""
    fitted = fit_frames(layout, styles, write)
    findings = [_report(name, page, span) for name, page in fitted.changed]
    findings += [
        lost("overset", f"text of frame '{name}' does not fit", span, page=page)
        for name, page in fitted.overset
    ]
    return fitted.files, fitted.made, tuple(findings)


def fit_frames(
    layout: Keys,
    styles: Mapping[str, Keys],
    write: Callable[[Keys], Mapping[str, bytes]],
) -> Fitted:
    """Give frames with overset text an `auto-size`, and where the page has no space, their styles a `copyfit`.

    Args:
        layout: The layout as values; its frames and styles are changed.
        styles: Complete keys of its paragraph styles.
        write: Returns the project's files for the layout.
    """
    changed: dict[tuple[str, int], None] = {}
    files = write(layout)
    made = _lay_out(files)
    for millimetre in GROWTH:
        overset = [*_find_overset(made)]
        if made is None or not overset:
            break
        # Only text that does not fit otherwise may cover what is below it.
        free = _measure_space(made, covers=millimetre > MAX_TIDY_GROWTH)
        for name, page in overset:
            frame = _find_frame(layout, name, page)
            if frame is not None:
                _loosen(frame, millimetre, free.get((name, page), 0.0), layout, styles)
                changed[name, page] = None
        files = write(layout)
        made = _lay_out(files)
    return Fitted(files, made, tuple(changed), tuple(_find_overset(made)))


def _measure_space(made: LaidOut, *, covers: bool) -> dict[tuple[str, int], float]:
    """Return how far each frame can grow on its page, in whole millimetres; if it `covers`, beyond the next frame."""
    found = {}
    for page in plan(made.edition.layout):
        for frame in page.frames:
            rect = frame.rect
            upwards = frame.spec.valign is Valign.BOTTOM
            space = page.grid.height - rect.top if upwards else rect.y
            for other in () if covers else (one.rect for one in page.frames):
                if min(rect.right, other.right) - max(rect.x, other.x) > NEAR:
                    distance = other.y - rect.top if upwards else rect.y - other.top
                    space = min(space, max(0.0, distance)) if distance > -NEAR else space
            turned = frame.spec.rotate % 360 != 0
            found[frame.name, page.number] = 0.0 if turned else max(0.0, space // MM)
    return found


def _loosen(
    frame: Keys, millimetre: float, space: float, layout: Keys, styles: Mapping[str, Keys]
) -> None:
    """Let a frame grow within its space; without more space, let its type shrink."""
    growth = min(millimetre, space)
    if growth >= 1:
        frame["auto-size"] = f"{growth:g} mm"
    if millimetre < space:
        return
    content = frame.get("content")
    if "story" in frame:
        stories = layout["stories"]
        content = stories[str(frame["story"])]["content"] if isinstance(stories, dict) else []
    for block in content if isinstance(content, list) else [content]:
        if isinstance(block, dict) and block.keys() & {"text", "list", "heading", "folio"}:
            _let_shrink(str(block.get("style", "body")), layout, styles)


def _let_shrink(name: str, layout: Keys, styles: Mapping[str, Keys]) -> None:
    """Give a style a range for its size and leading."""
    written = layout["paragraph-styles"]
    style = written.get(name) if isinstance(written, dict) else None
    keys = style.value if isinstance(style, Commented) else style
    if not isinstance(keys, dict) or name not in styles:
        return
    size = to_number(str(styles[name].get("size", "12 pt")).removesuffix(" pt"), 12.0)
    leading, unit = str(styles[name].get("leading", "1.2 em")).rsplit(" ", 1)
    height = to_number(leading, 1.2) * (size if unit == "em" else 1.0)
    keys["copyfit"] = {"size": _range(size), "leading": _range(height)}


def _range(value: float) -> str:
    return f"{value * MIN_SIZE:.4g}..{value:.4g}"


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
        f"the text of frame '{name}' is longer than the frame: overset in InDesign, or longer in the substitute"
        " font; the frame may grow, or the type may shrink"
    )
    hint = "remove 'auto-size' and 'copyfit' when the fonts are there, or shorten the text"
    return lost("overset", message, span, hint, page=page)
