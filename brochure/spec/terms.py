"""Models of the layout keys for terms that `text check` checks."""

from __future__ import annotations

from typing import Annotated

from brochure.fast_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class TermsSpec:
    """Terms of the brochure, which `brochure text check` looks for in source and translations."""

    glossary: Annotated[
        str | None, "path of a glossary: CSV with a column for each language, or TBX"
    ] = None
    do_not_translate: Annotated[
        tuple[str, ...], "names and words that every translation keeps unchanged, e.g. [IJM]"
    ] = ()
