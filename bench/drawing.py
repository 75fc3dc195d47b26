"""The processor time of drawing and writing a PDF: `python -m bench.drawing PROJECT` prints seconds as JSON."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.processes import capture_output
from bench.tables import Goal, Section, format_table

MAX_DRAWING = 0.030
"""Limit for drawing the sample's twelve pages, in seconds."""

TEXT = """\
## Drawing and writing the PDF

The sample's twelve pages in one process: milliseconds of processor time, the best of {runs} runs for each part. *Drawing*
draws the display list on ReportLab's canvas. *New* writes the whole file with an empty page cache, *cached* with all pages in
the cache, as in a rebuild.

{table}

ReportLab replaced the program's own PDF writer on 28 November 2026. Measured on the same machine, with runs in turn: a new
file took 25 ms instead of 21 ms, a cached one 10.2 ms instead of 9.0 ms. A whole build of the sample took 0.84 to 0.85 times
as long as before; the cause of the difference was not measured. `import reportlab.pdfgen.canvas` adds about 30 ms to each
process. The package `pdf` grew from 3,670 to 3,960 lines: the writer, the streaming writer, the outline and the formatting of
objects were removed (700 lines); subclasses of ReportLab's objects, resources by page, font flags and page labels were added.
"""


def measure_section(project: Path, runs: int = 7) -> Section:
    """Measure in several processes; return the section with its goal."""
    command: list[str | Path] = [sys.executable, "-m", "bench.drawing", project]
    results: list[dict[str, float]] = [json.loads(capture_output(command)) for _ in range(runs)]
    best = {name: min(one[name] for one in results) for name in results[0]}
    rows = [(name, f"{seconds * 1000:.1f}") for name, seconds in best.items()]
    text = TEXT.format(runs=runs, table=format_table(("part", "ms"), rows))
    drawing = best["drawing"]
    goal = Goal(
        "drawing the sample's twelve pages in at most 30 ms",
        f"{drawing * 1000:.1f} ms",
        drawing <= MAX_DRAWING,
    )
    return Section(text, (goal,))


def measure_parts(project: Path) -> dict[str, float]:
    """Return the seconds of processor time by part."""
    from brochure import api
    from brochure.pdf import document
    from brochure.pdf.drawn_pages import make_page_cache
    from brochure.pdf.metadata import describe_document
    from brochure.pdf.page_cache import PageCache
    from brochure.prepress.output_conditions import CONDITIONS
    from brochure.project import DiskProject

    gc.disable()
    job = api.open_job(DiskProject(project))
    laid_out = api.lay_out_edition(job, api.resolve_edition(job, None, None))
    imposed = api.make_sheets(job, laid_out, CONDITIONS["press"])
    info = describe_document(laid_out.edition)

    def render(cache: PageCache) -> None:
        document.render_parts(imposed.sheets, info, imposed.condition, job.project, cache)

    render(make_page_cache())  # read images and font subsets into memory
    full_cache = make_page_cache()
    new = _measure_best(lambda: render(make_page_cache()))
    render(full_cache)
    cached = _measure_best(lambda: render(full_cache))
    page_seconds = _time_pages(document)
    drawing = []
    for _ in range(5):
        page_seconds.clear()
        render(make_page_cache())
        drawing.append(sum(page_seconds))
    return {"drawing": min(drawing), "new": new, "cached": cached}


def _measure_best(function: Callable[[], None], runs: int = 5) -> float:
    seconds = []
    for _ in range(runs):
        start = time.process_time()
        function()
        seconds.append(time.process_time() - start)
    return min(seconds)


def _time_pages(document: Any) -> list[float]:
    """Replace `draw_page`; return a list to which it appends the seconds of each page."""
    seconds: list[float] = []
    draw = document.draw_page

    def draw_timed(*arguments: Any) -> Any:
        start = time.process_time()
        drawn = draw(*arguments)
        seconds.append(time.process_time() - start)
        return drawn

    document.draw_page = draw_timed
    return seconds


if __name__ == "__main__":
    print(json.dumps(measure_parts(Path(sys.argv[1]))))
