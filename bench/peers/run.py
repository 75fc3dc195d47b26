"""Build some editions with one program: `python -m bench.peers.run PROGRAM FOLDER KIND FIRST LAST OUT [PURPOSE]`.

PURPOSE is `press` or `tagged`; without it, the program writes its default output. A program may keep data between editions.
This module imports little, so that the process costs only what the program costs.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path


def main(
    program: str, folder: Path, kind: str, editions: range, out: Path, purpose: str = ""
) -> None:
    """Build the editions, one after the other."""
    module = import_module(f"bench.peers.{program}")
    build = module.make_builder(folder, purpose) if purpose else module.make_builder(folder)
    for number in editions:
        build(folder / kind / f"{number:02}.json", out / f"{program}-{kind}-{number:02}.pdf")


if __name__ == "__main__":
    program, folder, kind, first, last, out, *purpose = sys.argv[1:]
    main(program, Path(folder), kind, range(int(first), int(last) + 1), Path(out), *purpose)
