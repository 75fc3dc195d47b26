"""`brochure cache`: what the picture cache holds, and how to empty it.

Takes nothing but what is asked for; says where the cache is, how many pictures are in it, and their size.
"""

from __future__ import annotations

from typing import Annotated

import typer

from brochure.cli._options import Json
from brochure.cli._output import counted, say_json, size_in_words


def command(
    clear: Annotated[bool, typer.Option("--clear", help="Take everything out.")] = False,
    json: Json = False,
) -> None:
    """Say what the picture cache holds, or empty it.

    Pictures are brought to a press condition once and kept, by all that they were made from. The cache lies where
    BROCHURE_CACHE says ('off' for nowhere), else in the user's cache folder, and drops what was not asked for longest.

    \b
    Example: free the room that it takes:
        brochure cache --clear

    \b
    Exit status: 0 said, or emptied.
    """
    # Imported here, so that --help loads nothing more.
    from brochure.system.cache import image_cache

    cache = image_cache()
    if clear:
        cache.clear()
    count, size = cache.count_and_size()
    if json:
        folder = str(cache.folder) if cache.folder else None
        say_json({"folder": folder, "pictures": count, "bytes": size, "most": cache.max_bytes})
        return
    where = cache.folder or "off"
    most = size_in_words(cache.max_bytes)
    typer.echo(f"{where}  {counted(count, 'picture')}  {size_in_words(size)} of {most}")
