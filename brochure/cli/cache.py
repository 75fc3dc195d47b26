"""`brochure cache`: show or clear the cache on disk."""

from __future__ import annotations

from typing import Annotated

import typer

from brochure.cli._options import Json
from brochure.cli._output import counted, echo, say_json, size_in_words


def command(
    clear: Annotated[bool, typer.Option("--clear", help="Delete all cached images.")] = False,
    json: Json = False,
) -> None:
    """Show or clear the image cache.

    The cache holds images converted to printing conditions. It is in the folder that BROCHURE_CACHE names ('off' switches it
    off), by default in the user's cache folder. If it is full, the least recently used images are deleted.

    \b
    Example: delete all cached images:
        brochure cache --clear

    \b
    Exit status: 0 shown or cleared.
    """
    # Imported here, so that --help loads nothing else.
    from brochure.system.disk_cache import disk_cache

    cache = disk_cache()
    if clear:
        cache.clear()
    count, size = cache.count_and_size()
    if json:
        folder = str(cache.folder) if cache.folder else None
        say_json({"folder": folder, "images": count, "bytes": size, "max_bytes": cache.max_bytes})
        return
    where = cache.folder or "off"
    most = size_in_words(cache.max_bytes)
    echo(f"{where}  {counted(count, 'image')}  {size_in_words(size)} of {most}")
