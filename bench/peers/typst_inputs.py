"""The brochure by typst again, the words of each edition given as an input, which is how its users would do it first.

`typst` beside it is quicker: a changed input makes the compiler forget all that it knows.
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
