"""The files of the web interface, and its texts in other languages.

English texts are in the code; each other language has a PO catalogue whose `msgid` is the English text.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any

from brochure.l10n.language_tags import fallback_chain, is_tag
from brochure.system.files import own_file, own_files

MEDIA_TYPES = {
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "woff2": "font/woff2",
}


def read_web_file(name: str) -> bytes | None:
    """Return a file of the web interface; None if there is none of this name."""
    path = PurePosixPath(name)
    is_inside = not path.is_absolute() and ".." not in path.parts and "\\" not in name
    if not is_inside or path.suffix[1:] not in MEDIA_TYPES:
        return None
    try:
        return own_file(f"proof/web/{path}")
    except (OSError, ValueError):
        return None


def list_web_files() -> tuple[str, ...]:
    """Return the names of all files of the web interface."""
    return tuple(
        name for name in own_files("proof/web") if PurePosixPath(name).suffix[1:] in MEDIA_TYPES
    )


def list_interfaces() -> tuple[str, ...]:
    """Return the languages that the interface is translated into."""
    names = map(PurePosixPath, own_files("proof/web/interface"))
    return tuple(name.stem for name in names if name.suffix == ".po")


@lru_cache(maxsize=32)
def read_interface(language: str) -> dict[str, str | list[str]]:
    """Return the texts of the interface in a language, by the English text; empty if it is not translated.

    A text with plural forms is a list of them.
    """
    if not is_tag(language):
        return {}
    # Imported here: the English interface needs no catalogue.
    import polib

    for tag in fallback_chain(language):
        try:
            data = own_file(f"proof/web/interface/{tag}.po")
        except OSError:
            continue
        entries = polib.pofile("\n" + data.decode("utf-8"))
        return {one.msgid: _forms(one) or one.msgstr for one in entries if one.translated()}
    return {}


def _forms(entry: Any) -> list[str]:
    return [entry.msgstr_plural[number] for number in sorted(entry.msgstr_plural)]
