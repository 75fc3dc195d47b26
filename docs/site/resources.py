"""Check that a web site loads nothing from elsewhere: `python -m docs.site.resources build/site`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

LOADING = {
    "img": ("src", "srcset"),
    "script": ("src",),
    "iframe": ("src",),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "link": ("href",),
}
"""The attributes whose addresses a browser loads by itself."""

STYLE_ADDRESS = re.compile(r"(?:url\(\s*|@import\s+)[\"']?((?:https?:)?//[^\"')\s]+)", re.I)
SCRIPT_ADDRESS = re.compile(
    r"(?:fetch|import|importScripts)\(\s*[\"'`]((?:https?:)?//[^\"'`]+)", re.I
)
LINKS_THAT_LOAD_NOTHING = {"canonical", "author", "next", "prev", "search", "index", "genindex"}


class _Loads(HTMLParser):
    """Collects the addresses that a page loads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "link" and values.get("rel") in LINKS_THAT_LOAD_NOTHING:
            return
        self.found += [values[name] or "" for name in LOADING.get(tag, ()) if name in values]
        self.found += STYLE_ADDRESS.findall(values.get("style") or "")


def external_resources(text: str, suffix: str) -> list[str]:
    """Return the addresses on other hosts that an HTML page, a style sheet or a script loads."""
    if suffix == ".css":
        return STYLE_ADDRESS.findall(text)
    if suffix == ".js":
        return SCRIPT_ADDRESS.findall(text)
    parser = _Loads()
    parser.feed(text)
    styles = STYLE_ADDRESS.findall(text)
    return [one for one in parser.found if re.match(r"\s*(https?:)?//", one)] + styles


def check_site(folder: Path) -> Iterator[str]:
    """Yield each file of a site that loads something from another host, with the address."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".html", ".css", ".js"}:
            for address in external_resources(path.read_text(encoding="utf-8"), path.suffix):
                yield f"{path}: loads {address}"


def main() -> None:
    """Print what is loaded from elsewhere; exit with status 1 if anything is."""
    folder = Path(sys.argv[1])
    found = list(check_site(folder))
    sys.stdout.write("".join(f"{line}\n" for line in found))
    if found:
        raise SystemExit(1)
    sys.stdout.write(f"{folder}/index.html\n")


if __name__ == "__main__":
    main()
