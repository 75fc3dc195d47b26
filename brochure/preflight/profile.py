"""Preflight profiles: the severity and the limits of each check, built in or read from a YAML file.

The defaults of the checks are the requirements of the Ghent Workgroup for sheetfed offset (2015 edition) with common figures.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import field

from brochure.choices import PdfxStandard
from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, nearest
from brochure.preflight.checks import CHECKS
from brochure.preflight.relays import RELAYS
from brochure.spec import yaml_tree
from brochure.spec.spellings import find_repeated_keys, match_spelling


@dataclass(frozen=True, slots=True)
class CheckRule:
    """A profile's settings for one check: its severity (None: the check's default), whether it is off, and its limits."""

    severity: Severity | None = None
    off: bool = False
    limits: Mapping[str, float] = field(default_factory=dict)


NO_RULE = CheckRule()


@dataclass(frozen=True, slots=True)
class PreflightProfile:
    """A named set of rules; checks without a rule keep their defaults.

    `standard` is the PDF/X standard that a finished file must satisfy, whatever it declares; empty for the one that it declares.
    """

    name: str
    about: str
    rules: Mapping[str, CheckRule] = field(default_factory=dict)
    standard: str = ""

    def rule(self, check: str) -> CheckRule:
        """Return the rule for a check."""
        return self.rules.get(check, NO_RULE)


def _set_limits(**limits: float) -> CheckRule:
    return CheckRule(limits=limits)


SWITCHED_OFF = CheckRule(off=True)
PROFILES = {
    "sheetfed": PreflightProfile(
        "sheetfed",
        "Sheetfed offset: the requirements of the Ghent Workgroup with common figures",
    ),
    "newsprint": PreflightProfile(
        "newsprint",
        "Coldset on newsprint: coarse screens, little ink, soft paper",
        {
            "picture-resolution": _set_limits(min=100, target=150),
            "picture-enlarged": _set_limits(ppi=200),
            "thin-fill": _set_limits(width=0.35, several=0.75),
            "text-stroked": _set_limits(width=0.35, several=0.75),
            "ink-total": _set_limits(max=240),
            "ink-rendered": _set_limits(max=240),
            "hairline": _set_limits(width=0.35, several=0.75),
            "text-small": _set_limits(size=7),
            "text-inks": _set_limits(size=12, inks=1),
            "text-reversed": _set_limits(size=9),
        },
    ),
    "digital": PreflightProfile(
        "digital",
        "Digital presses: toner or inkjet, with RGB allowed and without plates for spot inks",
        {
            "picture-resolution": _set_limits(min=120, target=200),
            "colour-space": SWITCHED_OFF,
            "ink-total": CheckRule(Severity.WARNING),
            "spot-unused": CheckRule(Severity.NOTE),
            "plate-count": SWITCHED_OFF,
            "overprint-mode": CheckRule(Severity.NOTE),
            "grey-overprint": SWITCHED_OFF,
            "text-inks": CheckRule(Severity.NOTE),
        },
    ),
}
PROFILES["screen"] = PreflightProfile(
    "screen",
    "Files for the screen: contrast and alternate text are checked, ink and paper are not",
    {
        "contrast": _set_limits(min=4.5, large=3),
        "picture-resolution": _set_limits(min=72, target=96),
        "picture-enlarged": _set_limits(ppi=96),
        "figure-alt": CheckRule(Severity.ERROR),
        **dict.fromkeys(
            (
                *("annotations", "black-knockout", "bleed", "boxes", "colour-space", "page-size"),
                *("default-date", "font-subset", "gutter", "hairline", "ink-rendered"),
                *("ink-total", "layers", "metadata", "picture-resolution-high"),
                *("page-count", "pdfx", "pdfx-identification", "object-streams", "output-intent"),
                *("safety", "spot-names", "spot-unused", "plate-count", "spot-alternates"),
                *("text-inks", "text-reversed", "text-stroked", "thin-fill", "transparency"),
                *("white-overprint", "overprint-mode", "grey-overprint", "icc-cmyk"),
                *(
                    "blend-space",
                    "transparency-group",
                    "processing-step-ink",
                    "line-art-resolution",
                ),
                *("compression", "opi", "halftone", "transfer-function", "file-id"),
            ),
            SWITCHED_OFF,
        ),
    },
)
STANDARD_CHECKS = (
    *("pdfx", "pdfx-identification", "file-id", "object-streams", "file-structure"),
    *("output-intent", "metadata", "locked", "actions", "annotations", "attachments", "layers"),
    *("boxes", "font-embedded", "glyph-missing", "colour-space", "icc-cmyk", "spot-alternates"),
    *("transparency", "transparency-group", "blend-space", "compression", "opi", "postscript"),
    *("transfer-function", "halftone", "image-alternates", "reference-xobject", "external-stream"),
    *("content-syntax", "content-damaged", "object-types"),
)
"""Checks of what a PDF/X standard requires."""
HOUSE_CHECKS = (
    *("bleed", "safety", "gutter", "text-screened", "picture-enlarged", "picture-stretched"),
    *("picture-resolution-high", "spot-unused", "finishing-on-screen", "default-date", "layers"),
    *("font-subset", "placeholder", "page-multiple", "ink-total", "contrast", "alt-text"),
    *("contrast-on-picture", "figure-alt", "halftone"),
)
"""Checks that the Ghent Workgroup does not require."""


def _make_standard_profile(name: str) -> PreflightProfile:
    """Return the profile with the rules of a PDF/X standard alone."""
    title = f"PDF/{name.replace('x', 'X')}"
    others = [one for one in CHECKS if one not in STANDARD_CHECKS]
    off = dict.fromkeys((*others, *RELAYS), SWITCHED_OFF)
    rules = off | (
        {"layers": SWITCHED_OFF} if name == "x-4" else {"layers": CheckRule(Severity.ERROR)}
    )
    if name == "x-1a":
        rules["colour-space"] = _set_limits(calibrated=0)
    else:
        rules["icc-cmyk"] = SWITCHED_OFF
    about = f"The requirements of {title}, whatever the file declares, and no others"
    return PreflightProfile(name, about, rules, name)


PROFILES |= {name: _make_standard_profile(name) for name in ("x-1a", "x-3", "x-4")}
PROFILES["gwg"] = PreflightProfile(
    "gwg",
    "The Ghent Workgroup's requirements of 2022 for sheetfed offset in CMYK and spot inks (SheetSpot CMYK), and PDF/X-4",
    {
        **dict.fromkeys(HOUSE_CHECKS, SWITCHED_OFF),
        "colour-space": _set_limits(calibrated=0),
        "ink-rendered": CheckRule(Severity.WARNING),
        "page-empty": CheckRule(Severity.WARNING),
        "page-size": CheckRule(Severity.WARNING),
        "registration-ink": CheckRule(Severity.WARNING),
    },
    "x-4",
)
DEFAULT = "sheetfed"


OFF = "off"
SEVERITIES = {severity.value: severity for severity in Severity}

KnownChecks = Mapping[str, Collection[str]]
"""The names of the checks, each with the names of its limits."""


def read_profile(
    source: bytes, label: str, known: KnownChecks
) -> tuple[PreflightProfile | None, tuple[Finding, ...]]:
    """Read a profile from YAML; None and findings if it is invalid. `label` names the file in messages."""
    root, findings = yaml_tree.compose(source, label)
    if not isinstance(root, yaml_tree.Mapping):
        hint = "write a mapping with the keys profile, based-on, standard and checks"
        span = root.span if root else None
        invalid = Finding("profile-form", f"{label} is not a profile", span, hint)
        return None, (*findings, invalid)
    reader = _ProfileReader(known)
    profile = reader.read(root, label)
    every = (*findings, *reader.findings)
    return (None if every else profile), every


KEYS = ("profile", "based-on", "standard", "checks")
STANDARDS = tuple(PdfxStandard)


class _ProfileReader:
    """Reads a profile and collects its errors."""

    def __init__(self, known: KnownChecks) -> None:
        self.known = known
        self.findings: list[Finding] = []

    def read(self, root: yaml_tree.Mapping, label: str) -> PreflightProfile:
        """Read the keys `profile`, `based-on`, `standard` and `checks`."""
        for key, _ in root.entries:
            if key.value not in KEYS:
                hint = nearest(key.value, KEYS)
                self._report(key, f"unknown key '{key.value}'", hint)
        base = self._read_base(root.get("based-on"))
        title = root.get("profile")
        standard = self._read_standard(root.get("standard")) or base.standard
        name = title.value if isinstance(title, yaml_tree.Scalar) else label
        own = dict(self._read_rules(root.get("checks")))
        rules = dict(base.rules)
        for check, rule in own.items():
            inherited = base.rule(check)
            limits = {**inherited.limits, **rule.limits}
            rules[check] = CheckRule(rule.severity or inherited.severity, rule.off, limits)
        return PreflightProfile(name, label, rules, standard)

    def _read_base(self, node: yaml_tree.Node | None) -> PreflightProfile:
        if node is None:
            return PROFILES[DEFAULT]
        name = node.value if isinstance(node, yaml_tree.Scalar) else ""
        if name not in PROFILES:
            self._report(node, f"unknown profile '{name}'", nearest(name, PROFILES))
        return PROFILES.get(name, PROFILES[DEFAULT])

    def _read_standard(self, node: yaml_tree.Node | None) -> str:
        name = node.value if isinstance(node, yaml_tree.Scalar) else ""
        if node is not None and name not in STANDARDS:
            self._report(node, f"unknown PDF/X standard '{name}'", nearest(name, STANDARDS))
        return name

    def _read_rules(self, node: yaml_tree.Node | None) -> Iterator[tuple[str, CheckRule]]:
        if node is None:
            return
        if not isinstance(node, yaml_tree.Mapping):
            self._report(node, "'checks' is not a mapping", "write e.g. hairline: {width: 0.3}")
            return
        for repeated, message in find_repeated_keys((key for key, _ in node.entries), self.known):
            self._report(repeated, message, "remove one of them")
        for key, value in node.entries:
            name = match_spelling(key.value, self.known)
            if name in self.known:
                yield name, self._read_rule(name, value)
            else:
                self._report(key, f"unknown check '{key.value}'", nearest(key.value, self.known))

    def _read_rule(self, name: str, node: yaml_tree.Node) -> CheckRule:
        """Read `off`, a severity, or a mapping with limits and a severity."""
        if isinstance(node, yaml_tree.Scalar):
            return self._read_severity(node)
        if not isinstance(node, yaml_tree.Mapping):
            hint = f"write off, {', '.join(SEVERITIES)}, or a mapping of limits"
            self._report(node, f"'{name}' has an invalid value", hint)
            return CheckRule()
        severity, limits = CheckRule(), {}
        allowed = self.known[name]
        for key, value in node.entries:
            field_name = key.value.replace("-", "_")
            if key.value == "severity" and isinstance(value, yaml_tree.Scalar):
                severity = self._read_severity(value)
            elif field_name in allowed:
                limits[field_name] = self._read_number(value)
            else:
                hint = nearest(key.value, [one.replace("_", "-") for one in (*allowed, "severity")])
                self._report(key, f"'{name}' has no limit '{key.value}'", hint)
        return CheckRule(severity.severity, severity.off, limits)

    def _read_severity(self, node: yaml_tree.Scalar) -> CheckRule:
        if node.value == OFF:
            return SWITCHED_OFF
        if node.value not in SEVERITIES:
            self._report(
                node, f"'{node.value}' is not a severity", nearest(node.value, (*SEVERITIES, OFF))
            )
        return CheckRule(SEVERITIES.get(node.value))

    def _read_number(self, node: yaml_tree.Node) -> float:
        if isinstance(node, yaml_tree.Scalar):
            with contextlib.suppress(ValueError):
                return float(node.value)
        self._report(node, "the value of a limit must be a number", "write e.g. 0.25 or 300")
        return 0.0

    def _report(self, node: yaml_tree.Node, message: str, hint: str = "") -> None:
        self.findings.append(Finding("profile-form", message, node.span, hint))
