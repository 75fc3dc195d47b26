"""Swatches of an InDesign document as colours of a layout."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import field

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Span
from brochure.idml.losses import lost, noted
from brochure.idml.xml_nodes import Node, to_number
from brochure.spec.colours import RESERVED
from brochure.spec.names import NamePool, slug

NONE = ("", "n", "Swatch/None", "Color/None")
BUILT_IN = {"Color/Black": "black", "Color/Paper": "paper"}
PROCESS_NAME = re.compile(r"(?:[CMYK]=\d+(?:\.\d+)?\s*){4}|(?:[RGB]=\d+\s*){3}")
"""InDesign's own names of colours, which only repeat their values."""


@dataclass(frozen=True)
class Swatches:
    """The swatches of a document; those that are asked for are written to the layout."""

    nodes: dict[str, Node]
    part: Span
    findings: list[Finding]
    names: NamePool = field(default_factory=lambda: NamePool(set(RESERVED)))
    written: dict[str, object] = field(default_factory=dict)
    """Values of the layout's `swatches`, by name."""
    known: dict[tuple[str, int], str] = field(default_factory=dict)

    def find_flat(
        self, identifier: str, words: str, tint: float = -1.0, opacity: float = 1.0
    ) -> str | None:
        """Return how the layout writes a swatch for what has no gradients; `words` says what it is, for the report."""
        node = self.nodes.get(identifier)
        if node and node.name == "Gradient":
            message = f"the gradient '{node.get('Name')}' of {words} is a flat colour"
            self.findings.append(lost("colour", message, self.part))
            stop = node.find("GradientStop")
            identifier = stop.get("StopColor") if stop else "Color/Black"
        return self.find(identifier, tint, opacity)

    def overprint(self, written: str | None) -> str | None:
        """Return a swatch that overprints; None for no colour."""
        if written is None or written in ("paper", "black"):
            return written  # black text overprints anyway, and paper cannot
        key = f"{written} overprint", 100
        if key not in self.known:
            self.known[key] = self.names.claim(slug(key[0]))
            self.written[self.known[key]] = key[0]
        return self.known[key]

    def find(
        self, identifier: str, tint: float = -1.0, opacity: float = 1.0, angle: float = 0.0
    ) -> str | None:
        """Return how the layout writes a swatch with a tint in percent (-1: none); None for no colour.

        `opacity` below 1 makes a swatch of its own, and so does the `angle` of a gradient in degrees, counter-clockwise.
        """
        if identifier in NONE or opacity <= 0:
            return None
        name = self._name(identifier, round(opacity * 100))
        if angle and self._is_gradient(identifier):
            name = self._turned(name, angle)
        plain = tint < 0 or tint >= 100 or self._is_gradient(identifier)
        return name if plain else f"{name} {tint:g}%"

    def _is_gradient(self, identifier: str) -> bool:
        node = self.nodes.get(identifier)
        return bool(node and node.name == "Gradient")

    def _turned(self, name: str, angle: float) -> str:
        """Return the swatch of a linear gradient at an angle."""
        value = self.written[name]
        if not isinstance(value, dict) or value.get("gradient") == "radial":
            return name
        key = f"{name} {angle:g}", 100
        if key not in self.known:
            self.known[key] = self.names.claim(f"{name}-{round(angle) % 360}")
            self.written[self.known[key]] = {**value, "gradient": round(angle % 360, 2)}
        return self.known[key]

    def _name(self, identifier: str, percent: int) -> str:
        if percent >= 100 and identifier in BUILT_IN:
            return BUILT_IN[identifier]
        key = identifier, min(percent, 100)
        if key not in self.known:
            if percent < 100:
                base = self._name(identifier, 100)
                self.known[key] = self.names.claim(f"{base}-at-{percent}")
                self.written[self.known[key]] = f"{base} at {percent}%"
            else:
                self._write(identifier)
        return self.known[key]

    def _write(self, identifier: str) -> None:
        """Add a swatch of the document to the layout."""
        node = self.nodes.get(identifier)
        if node is None:
            message = f"swatch '{identifier}' is not in the file; black is used"
            self.findings.append(lost("colour", message, self.part))
            self.known[identifier, 100] = "black"
            return
        value = self._gradient(node) if node.name == "Gradient" else self._colour(node)
        same = next((name for name, other in self.written.items() if other == value), None)
        if same and not _own_name(node):
            self.known[identifier, 100] = same
            return
        name = self.names.claim(slug(_own_name(node) or _describe_colour(value), "colour"))
        self.known[identifier, 100] = name
        self.written[name] = value

    def _colour(self, node: Node) -> str:
        if node.name == "Tint":
            base = self.find(node.get("BaseColor")) or "paper"
            return f"tint {base} {node.number('TintValue', 100):g}%"
        if node.name == "MixedInk":
            message = f"mixed ink '{node.get('Name')}' is printed in black"
            self.findings.append(lost("colour", message, self.part, "define it as a spot colour"))
            return "cmyk 0 0 0 100"
        values = self._process(node.get("Space"), node.get("ColorValue"), node)
        if node.get("Model") == "Registration":
            message = "the colour Registration is 100 % of the process inks, without spot inks"
            self.findings.append(lost("colour", message, self.part))
        if node.get("Model") == "Spot":
            name = re.sub(r'["“”]', "'", node.get("Name")) or "Spot"
            if node.get("Space") == "LAB" and node.get("AlternateSpace") in ("CMYK", "RGB"):
                values = self._process(
                    node.get("AlternateSpace"), node.get("AlternateColorValue"), node
                )
            return f'spot "{name}" as {values}'
        return values

    def _process(self, space: str, text: str, node: Node) -> str:
        numbers = [to_number(part) for part in text.split()]
        if space == "CMYK" and len(numbers) == 4:
            return "cmyk " + " ".join(_number(value) for value in numbers)
        if space == "RGB" and len(numbers) == 3:
            return "rgb " + " ".join(f"{value:.0f}" for value in numbers)
        if space == "LAB" and len(numbers) == 3:
            message = f"L*a*b* colour '{node.get('Name')}' is taken as the nearest sRGB colour"
            self.findings.append(noted("colour", message, self.part))
            return "rgb " + " ".join(str(value) for value in lab_to_srgb(*numbers))
        if space == "Gray" and numbers:
            return f"grey {_number(100 - numbers[0])}"
        message = f"the colour '{node.get('Name')}' cannot be read; black is used"
        self.findings.append(lost("colour", message, self.part))
        return "cmyk 0 0 0 100"

    def _gradient(self, node: Node) -> dict[str, object]:
        """Return a gradient; its direction is that of the swatch, from left to right."""
        kind = "radial" if node.get("Type") == "Radial" else "right"
        stops = [one for one in node.children if one.name == "GradientStop"]
        if any(abs(one.number("Midpoint", 50.0) - 50) > 1 for one in stops):
            message = f"the midpoints of the gradient '{node.get('Name')}' are halfway"
            self.findings.append(lost("colour", message, self.part))
        colours = [
            (round(one.number("Location")), self.find(one.get("StopColor")) or "paper")
            for one in stops
        ]
        found = dict(sorted(colours))
        places = list(found)
        if places == [0, 100]:
            return {"gradient": kind, "from": found[0], "to": found[100]}
        return {"gradient": kind, "stops": {f"{place}%": found[place] for place in places}}


def read_swatches(root: Node | None, part: Span, findings: list[Finding]) -> Swatches:
    """Return the swatches of the part `Resources/Graphic.xml`."""
    children: Iterable[Node] = root.children if root else ()
    return Swatches({one.identifier: one for one in children}, part, findings)


def _own_name(node: Node) -> str:
    """Return the name that the designer gave to a swatch; empty if InDesign made it from the values."""
    name = node.get("Name")
    return "" if name.startswith("$ID/") or PROCESS_NAME.match(name) else name


def _number(value: float) -> str:
    return f"{round(value, 2):g}"


def lab_to_srgb(lightness: float, a: float, b: float) -> tuple[int, ...]:
    """Return the sRGB colour of L*a*b* values under D50, clipped to the gamut (CIE 15; IEC 61966-2-1)."""
    fy = (lightness + 16) / 116
    fx, fz = fy + a / 500, fy - b / 200
    x, y, z = (
        white * (f**3 if f > 6 / 29 else 3 * (6 / 29) ** 2 * (f - 4 / 29))
        for f, white in ((fx, 0.9642), (fy, 1.0), (fz, 0.8249))
    )
    linear = (  # Bradford-adapted from D50 to D65
        3.1338561 * x - 1.6168667 * y - 0.4906146 * z,
        -0.9787684 * x + 1.9161415 * y + 0.0334540 * z,
        0.0719453 * x - 0.2289914 * y + 1.4052427 * z,
    )
    return tuple(round(255 * _encode(min(1.0, max(0.0, part)))) for part in linear)


def _encode(linear: float) -> float:
    """Return a component with the transfer function of sRGB."""
    return 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055


def _describe_colour(value: object) -> str:
    """Return a name for a colour without one, from its values: `cyan`, `red`, `grey-40`, `gradient`."""
    if not isinstance(value, str):
        return "gradient"
    words = value.split()
    if words[0] == "cmyk":
        cyan, magenta, yellow, black = (float(word) for word in words[1:5])
        return _describe_cmyk(cyan, magenta, yellow, black)
    if words[0] == "rgb":
        red, green, blue = (float(word) / 255 for word in words[1:4])
        black = 1 - max(red, green, blue)
        cyan, magenta, yellow = (100 * (1 - part - black) for part in (red, green, blue))
        return _describe_cmyk(cyan, magenta, yellow, 100 * black)
    return words[0]


def _describe_cmyk(cyan: float, magenta: float, yellow: float, black: float) -> str:
    inks = cyan, magenta, yellow
    if max(inks) - min(inks) < NEUTRAL:
        return f"grey-{min(100, round(black + sum(inks) / 3))}"
    least = max(inks) / 2
    hue = HUES[cyan > least, magenta > least, yellow > least]
    if black > DARK:
        return f"dark-{hue}"
    return f"light-{hue}" if max(inks) <= LIGHT else hue


NEUTRAL, DARK, LIGHT = 12.0, 40.0, 35.0
"""Difference of inks up to which a colour is a grey; black above which one is dark; ink up to which one is light; percent."""

HUES = {
    (True, False, False): "cyan",
    (False, True, False): "magenta",
    (False, False, True): "yellow",
    (True, True, False): "blue",
    (True, False, True): "green",
    (False, True, True): "red",
    (True, True, True): "grey",
    (False, False, False): "grey",
}
