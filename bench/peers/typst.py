"""The brochure by typst: one compiler, kept from edition to edition, that finds unchanged parts in its own memory.

The words are a file that the template reads, named by an input. Tags are left out, since the press wants none.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


def opened(folder: Path) -> Callable[[Path, Path], None]:
    """Builds an edition from the file of its words."""
    import typst

    compiler = typst.Compiler(
        folder / "brochure.typ",
        root=folder,
        font_paths=typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[folder / "fonts"],
        ),
        ignore_system_fonts=True,
    )

    def build(words: Path, out: Path) -> None:
        inputs = {"words": f"/{words.relative_to(folder).as_posix()}"}
        compiler.compile(output=out, format="pdf", sys_inputs=inputs, pdf_tags=False)

    return build
