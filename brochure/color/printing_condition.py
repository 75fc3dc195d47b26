"""Press conditions: what a printer's ink, paper and press make of colours, and how colours are brought to them.

Takes a name that the program ships, or a profile of somebody's own; gives `PressCondition`. The shipped profiles are made
from published characterisation data (assets/profiles); what each is called in the registry of the ICC stands here.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from brochure.color.icc_profile import IccProfile, read_profile
from brochure.fast_dataclass import dataclass
from brochure.project import own_file

REGISTRY = "http://www.color.org"


class Intent(Enum):
    """What becomes of colours that ink cannot reach: cut to the nearest, or all moved together."""

    RELATIVE = "relative"
    PERCEPTUAL = "perceptual"


@dataclass(frozen=True, slots=True)
class PressCondition:
    """A condition of printing, and how colours are brought to it.

    `identifier` is its name in the registry, or its own; `black_point` says whether the darkest black of a picture becomes
    the darkest ink; `ink_limit` is the most ink that may lie on one another, 1 for each full ink.
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
    """A condition whose profile comes with the program."""

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
    """A condition that comes with the program, by the name that layouts call it."""
    one = SHIPPED[name]
    profile = read_profile(own_file(f"color/profiles/{name}.icc"))
    return PressCondition(
        name, profile, one.identifier, one.about, REGISTRY, ink_limit=one.ink_limit
    )
