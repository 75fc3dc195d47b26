"""One further edition: what it costs beside the first, in one process that has read the shared parts.

Takes a project; prints, as one JSON document, the processor seconds of the first edition (reading the layout included) and
of each that follows, by its name. Pictures that the cache holds already are not brought to the press again.
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
    """Builds every edition, one after the other, and prints what each took."""
    began = time.process_time()
    job = open_job(project_at(Path(sys.argv[1])))
    taken: dict[str, float] = {}
    for name in list_editions(job.project, job.layout):
        build_edition(job, CONDITIONS["press"], name.language, name.office or None)
        taken[str(name)] = time.process_time() - began
        began = time.process_time()
    print(json.dumps(taken))


if __name__ == "__main__":
    main()
