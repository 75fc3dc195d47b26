"""What drawing and writing the sample's PDF takes, apart from the rest of a build.

Run as a process of its own (`python -m bench.drawing PROJECT`); prints the seconds as JSON.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.processes import printed
from bench.tables import Goal, Section, table

MAX_DRAWING = 0.030
"""Seconds that drawing the sample's twelve pages may take."""

TEXT = """\
## Drawing and writing the PDF

The sample's twelve pages, in one process, processor milliseconds (the best of {runs} runs for each): *drawing* is the display
list on ReportLab's canvas; *new* is the whole file with no page in the cache; *cached* with all of them, as in a rebuild.

{table}

When ReportLab replaced the program's own writer (28 November 2026; the same machine, runs in turn), a new file took 25 instead of
21 ms and a cached one 10.2 instead of 9.0 ms. A whole build of the sample took 0.84 to 0.85 times as long as before; why it was
faster was not measured. `import reportlab.pdfgen.canvas` adds about 30 ms to a process, once. The package has 3,960 lines
instead of 3,670: the writer, the streaming writer, the outline and the formatting of objects went (700 lines); subclasses of
ReportLab's objects, resources by page, font flags and page labels came.
"""


def section(project: Path, runs: int = 7) -> Section:
    """The section of the page, and its goal."""
    command: list[str | Path] = [sys.executable, "-m", "bench.drawing", project]
    found: list[dict[str, float]] = [json.loads(printed(command)) for _ in range(runs)]
    best = {name: min(one[name] for one in found) for name in found[0]}
    rows = [(name, f"{seconds * 1000:.1f}") for name, seconds in best.items()]
    text = TEXT.format(runs=runs, table=table(("part", "ms"), rows))
    drawing = best["drawing"]
    goal = Goal(
        "drawing the sample's twelve pages takes at most 30 ms",
        f"{drawing * 1000:.1f} ms",
        drawing <= MAX_DRAWING,
    )
    return Section(text, (goal,))


def measured(project: Path) -> dict[str, float]:
    """Seconds by part."""
    from brochure import api
    from brochure.pdf import document
    from brochure.pdf.drawn_pages import make_page_cache
    from brochure.pdf.metadata import describe_document
    from brochure.pdf.page_cache import PageCache
    from brochure.prepress.output_conditions import CONDITIONS
    from brochure.project import DiskProject

    gc.disable()
    job = api.open_job(DiskProject(project))
    made = api.lay_out_edition(job, api.resolve_edition(job, None, None))
    done = api.make_sheets(job, made, CONDITIONS["press"])
    info = describe_document(made.edition)

    def render(cache: PageCache) -> None:
        document.render_parts(done.sheets, info, done.condition, job.project, cache)

    render(make_page_cache())  # pictures and subsets are in memory from here on
    kept = make_page_cache()
    whole = _best(lambda: render(make_page_cache()))
    render(kept)
    cached = _best(lambda: render(kept))
    drawing = _timed(document)
    seconds = []
    for _ in range(5):
        drawing.clear()
        render(make_page_cache())
        seconds.append(sum(drawing))
    return {"drawing": min(seconds), "new": whole, "cached": cached}


def _best(work: Callable[[], None], runs: int = 5) -> float:
    found = []
    for _ in range(runs):
        begin = time.process_time()
        work()
        found.append(time.process_time() - begin)
    return min(found)


def _timed(document: Any) -> list[float]:
    """The seconds of each page that is drawn from now on."""
    found: list[float] = []
    draw = document.draw_page

    def timed(*given: Any) -> Any:
        begin = time.process_time()
        drawn = draw(*given)
        found.append(time.process_time() - begin)
        return drawn

    document.draw_page = timed
    return found


if __name__ == "__main__":
    print(json.dumps(measured(Path(sys.argv[1]))))
