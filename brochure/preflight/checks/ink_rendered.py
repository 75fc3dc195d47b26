"""No more ink lies on one another once everything has been printed over everything.

What: each page, separated by ghostscript where it is installed, and the most ink of any of its points.
Why: overprinting and see-through colours add up to what no single object has.
Fix: let the lower colour be spared (no overprint), or thin one of the two.
Source: ISO 12647-2, total area coverage; GWG 2015, total ink area coverage.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

from brochure.color.rendered_ink import measure_plate_ink
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity
from brochure.preflight.model import Pdf, found
from brochure.system.subprocesses import run_program

SEVERITY = Severity.ERROR
PPI = 50
SLACK = 0.03
"""Pictures are sampled for the rendering, and colours rounded on the way."""


@dataclass(frozen=True, slots=True)
class InkRenderedLimits:
    """How much ink."""

    max: Annotated[float, "in per cent"] = 320


def check(subject: Pdf, limits: InkRenderedLimits) -> Iterator[Finding]:
    """Pages with more ink than that; nothing where there is no ghostscript."""
    for number, plates in separations(subject.data).items():
        ink, (x, y) = measure_plate_ink(plates.values())
        if ink > limits.max / 100 + SLACK:
            message = (
                f"page {number} lays on {ink:.0%} of ink in one place, more than {limits.max:.0f} %"
            )
            hint = f"{x:.0%} from its left edge, {y:.0%} from its foot"
            yield found(message, number, hint)


def separations(data: bytes) -> Mapping[int, Mapping[str, bytes]]:
    """The plates of each page, as TIFF by the names of the inks."""
    words = ("-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=tiffsep", f"-r{PPI}")
    made = run_program("gs", data, (*words, "-dUseTrimBox", "-sOutputFile=%d.tif", "input"))
    pages: dict[int, dict[str, bytes]] = {}
    for name, plate in made.items():
        number, _, ink = name.removesuffix(".tif").partition("(")
        if ink and number.isdigit():
            pages.setdefault(int(number), {})[ink.removesuffix(")")] = plate
    return dict(sorted(pages.items()))
