"""The processor time of each edition, all built in one process: `python -m bench.editions PROJECT`.

Prints a JSON object that maps the name of each edition to seconds of processor time. The time of the first edition includes
reading the layout. Images that are in the image cache are not converted again.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from brochure.api import build_edition, open_job
from brochure.l10n.project_editions import list_editions
from brochure.prepress.output_conditions import CONDITIONS
from brochure.project import project_at


def main() -> None:
    """Build every edition in turn; print the seconds of processor time of each."""
    start = time.process_time()
    job = open_job(project_at(Path(sys.argv[1])))
    seconds: dict[str, float] = {}
    for name in list_editions(job.project, job.layout):
        build_edition(job, CONDITIONS["press"], name.language, name.office or None)
        seconds[str(name)] = time.process_time() - start
        start = time.process_time()
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()
