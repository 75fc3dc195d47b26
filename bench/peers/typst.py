"""The brochure by typst: one compiler, kept from edition to edition, which caches unchanged parts in memory.

The words are a file that the template reads, always under one name: changing the file costs typst half of what changing an
input does, which empties its cache. Only the tagged file has tags: a press does not need them.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path


def opened(folder: Path, purpose: str = "") -> Callable[[Path, Path], None]:
    """Return what builds an edition from the file of its words."""
    import typst

    current = folder / f"typst-{os.getpid()}.json"
    compiler = typst.Compiler(
        folder / "brochure.typ",
        root=folder,
        sys_inputs={"words": f"/{current.name}"},
        font_paths=typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[folder / "fonts"],
        ),
        ignore_system_fonts=True,
    )

    def build(words: Path, out: Path) -> None:
        current.write_bytes(words.read_bytes())
        if purpose == "tagged":
            compiler.compile(output=out, format="pdf", pdf_standards="ua-1")
        else:
            compiler.compile(output=out, format="pdf", pdf_tags=False)

    return build
