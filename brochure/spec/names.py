"""Names that are made from text: keys of messages, swatches, styles and frames."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import field

from brochure.fast_dataclass import dataclass

MAX_NAME = 40


def slug(name: str, default: str = "item") -> str:
    """Return a name in lower-case ASCII letters, digits and dashes, which begins with a letter."""
    plain = unicodedata.normalize(
        "NFKD", name.replace("ß", "ss").replace("ø", "o").replace("æ", "ae")
    )
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().casefold())
    joined = "-".join(words)[:MAX_NAME].strip("-")
    if not joined:
        return default
    return joined if joined[0].isalpha() else f"{default}-{joined}"


@dataclass(frozen=True)
class NamePool:
    """Unique names: a second `sand` becomes `sand-2`."""

    taken: set[str] = field(default_factory=set)

    def claim(self, name: str) -> str:
        """Return the name, or the name with the first number that makes it unique."""
        found, number = name, 2
        while found in self.taken:
            found, number = f"{name}-{number}", number + 1
        self.taken.add(found)
        return found
