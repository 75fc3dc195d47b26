"""Small folded and bound brochures for the tests of imposition, built as a user's would be.

`brochure` builds pages from a binding and sections of a layout, and `finished` imposes them. Panels are 200 by 300 pt with 9 pt
of bleed, as in the trial of `tests.layout.pages`.
"""

from __future__ import annotations

from brochure.build_values import LaidOut
from brochure.fonts.catalog import FontCatalog
from brochure.imposition.finishing import finish
from brochure.imposition.sheets import Sheet
from brochure.prepress.output_conditions import BOOKLET, PRESS, SCREEN, OutputCondition
from brochure.project import MemoryProject
from tests.layout.pages import made

CONDITIONS = {"press": PRESS, "screen": SCREEN, "booklet": BOOKLET}


def brochure(count: int, binding: str, first: str = "{}", **sections: str) -> LaidOut:
    """Build a brochure of this number of pages, all empty but the first; fail on any finding."""
    pages = ", ".join([first, *["{}"] * (count - 1)])
    result = made(None, None, binding=binding, pages=f"[{pages}]", **sections)
    assert not result.findings, "\n".join(map(str, result.findings))
    return result


def finished(result: LaidOut, condition: OutputCondition = PRESS) -> tuple[Sheet, ...]:
    """Return its sheets."""
    return finish(result.edition, result.pages, condition, FontCatalog(MemoryProject()))
