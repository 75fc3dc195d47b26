"""Printing conditions: the press profile and how colours are converted to it.

The shipped profiles are made from published characterization data (assets/profiles); their names in
the ICC registry are listed here.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from brochure.color.icc_profile import IccProfile, read_profile
from brochure.fast_dataclass import dataclass
from brochure.system.package_files import own_file

REGISTRY = "http://www.color.org"


class Intent(Enum):
    """Rendering intent for colours outside the gamut: clip to the nearest, or compress all."""

    RELATIVE = "relative"
    PERCEPTUAL = "perceptual"


@dataclass(frozen=True, slots=True)
class PressCondition:
    """A printing condition and its conversion settings.

    `identifier` is its name in the ICC registry, or its own. With `black_point`, black point
    compensation maps the darkest black of an image to the darkest ink. `ink_limit` is the total ink
    limit, 1 for each full ink.
    """

    name: str
    profile: IccProfile
    identifier: str
    about: str
    registry: str = ""
    intent: Intent = Intent.RELATIVE
    black_point: bool = True
    ink_limit: float = 3.0


@dataclass(frozen=True, slots=True)
class ShippedProfile:
    """A printing condition whose profile is shipped."""

    identifier: str
    about: str
    ink_limit: float


SHIPPED = {
    "coated-fogra39": ShippedProfile(
        "FOGRA39", "Offset on coated paper, ISO 12647-2:2004/Amd 1, paper types 1 and 2", 3.0
    ),
    "uncoated-fogra29": ShippedProfile(
        "FOGRA29", "Offset on uncoated white paper, ISO 12647-2:2004, paper type 4", 2.8
    ),
    "coated-gracol": ShippedProfile("CGATS TR 006", "GRACoL on coated paper of grade 1", 3.2),
    "coated-swop": ShippedProfile("CGATS TR 003", "SWOP on coated paper of grade 3", 3.0),
}
DEFAULT = "coated-fogra39"


@lru_cache(maxsize=8)
def shipped_condition(name: str) -> PressCondition:
    """Return a shipped printing condition by its name in layouts."""
    shipped = SHIPPED[name]
    profile = read_profile(own_file(f"color/profiles/{name}.icc"))
    return PressCondition(
        name, profile, shipped.identifier, shipped.about, REGISTRY, ink_limit=shipped.ink_limit
    )
