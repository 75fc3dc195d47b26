"""Printing conditions: the press profile and how colours are converted to it.

The shipped profiles are made from published characterization data (assets/profiles); their names in
the ICC registry are listed here.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from brochure.color.icc_profile import IccProfile, read_profile
from brochure.fast_dataclass import dataclass
from brochure.lazy_pattern import compile_lazily
from brochure.system.files import own_file

REGISTRY = "http://www.color.org"
"""The registry of characterization data of the ICC."""
REGISTERED = compile_lazily(
    r"FOGRA\d+|IFRA\d+|CGATS TR \d{3}|CGATS21(?:-2-|_)CRPC[1-7]|EUROSB\d+|JC[NW]?\d+"
)
"""Patterns of names in that registry."""


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
    "uncoated-fogra47": ShippedProfile(
        "FOGRA47", "Offset on uncoated white paper, ISO 12647-2:2004/Amd 1, paper type 4", 3.0
    ),
    "lwc-fogra45": ShippedProfile(
        "FOGRA45", "Heatset web offset on improved LWC paper, based on ISO 12647-2:2004", 3.0
    ),
    "newsprint-ifra26": ShippedProfile(
        "IFRA26", "Coldset offset on standard newsprint, ISO/DIS 12647-3:2004", 2.4
    ),
    "coated-gracol": ShippedProfile("CGATS TR 006", "GRACoL on coated paper of grade 1", 3.2),
    "coated-swop": ShippedProfile("CGATS TR 003", "SWOP on coated paper of grade 3", 3.0),
    "newsprint-snap": ShippedProfile("CGATS TR 002", "SNAP, coldset offset on newsprint", 2.4),
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
