"""Begin to read and to convert placed drawings and PDFs in the background, if they are not in the cache.

Each file is read in a process of its own, with limits (`system.limited_calls`). The layout asks for one after the other; here
those that it will ask for are begun together, so that all cores are used. What fails is reported where it is placed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache, partial

from brochure.artwork.model import ArtworkBox, is_artwork
from brochure.blocks.image import Image
from brochure.errors import BrochureError, InputError
from brochure.l10n.assets import VectorFile
from brochure.l10n.edition import Edition
from brochure.l10n.references import find_values
from brochure.model.display_list import Page, PlacedArtwork
from brochure.prepress.output_conditions import OutputCondition
from brochure.project import Project
from brochure.spec.model import Layout
from brochure.system.call_limits import LimitedCall

Plan = Callable[[], LimitedCall | None]
"""Returns a call that will be made; None if its answer is in the cache."""


ArtworkUse = tuple[str, int, ArtworkBox, float]
"""What is placed: the path of a file; of a PDF, a page and its box; of a drawing, all of it with an opacity."""


def begin_reading(edition: Edition) -> None:
    """Begin to read the drawings and PDFs that the layout of an edition will ask for.

    Raises:
        InputError: A file was changed meanwhile.
    """
    if not edition.vectors:
        return
    uses = [use for use in _list_uses(edition.layout) if use[0] in edition.vectors]
    placed = {use[0] for use in uses}
    # Others are icons in the text, and maps with symbols.
    uses += [(path, 1, ArtworkBox.TRIM, 1.0) for path in edition.vectors if path not in placed]
    _begin(
        partial(_plan_reading, edition.vectors[path], page, box, opacity)
        for path, page, box, opacity in uses
    )


def begin_converting(
    pages: Iterable[Page], edition: Edition, condition: OutputCondition, project: Project
) -> None:
    """Begin to convert the PDFs that are placed on the pages of an edition for an output; see `begin_reading`."""
    if not any(is_artwork(file.name) for file in edition.vectors.values()):
        return
    # Imported here: only layouts with placed PDFs need it.
    from brochure.artwork.load import plan_artwork

    targets = dict.fromkeys(
        (item.asset, item.target(condition.press, inks=condition.inks))
        for page in pages
        for item in page.items
        if isinstance(item, PlacedArtwork)
    )
    _begin(partial(plan_artwork, asset, project, target) for asset, target in targets)


@lru_cache(maxsize=64)
def _list_uses(layout: Layout) -> tuple[ArtworkUse, ...]:
    """Return what the image blocks of a layout place, each once."""
    placed = (layout.pages, layout.masters, layout.stories, layout.spine)
    return tuple(
        dict.fromkeys(
            (block.image.path, block.page, block.box, block.opacity.fraction)
            for block in find_values(placed, (Image,))
        )
    )


def _plan_reading(
    file: VectorFile, page: int, box: ArtworkBox, opacity: float
) -> LimitedCall | None:
    # Imported here: only layouts with drawings, or with placed PDFs, need it.
    if not is_artwork(file.name):
        from brochure.blocks.svg.cached import plan_drawing

        return plan_drawing(file.name, file.project, opacity)
    from brochure.artwork.load import plan_artwork_info

    return plan_artwork_info(file.name, file.project, page, box)


def _begin(plans: Iterable[Plan]) -> None:
    calls = []
    for plan in plans:
        try:
            call = plan()
        except InputError:  # the file has changed meanwhile
            raise
        except (BrochureError, OSError):  # reported where the file is placed
            continue
        if call:
            calls.append(call)
    if calls:
        # Imported here: in most builds all files are in the cache.
        from brochure.system.limited_calls import begin_calls

        begin_calls(calls)
