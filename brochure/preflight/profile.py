"""Profiles: how much each check weighs, and its limits.

Takes the name of a shipped profile, or a YAML file of somebody's own; gives `PreflightProfile`. What a profile does not say is as
the check itself has it: what the Ghent Workgroup asks of sheetfed offset (its checks by the titles of the 2015 edition), with the
figures that are usual in the trade.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, fields

from brochure.fast_dataclass import dataclass
from brochure.findings import Finding, Severity, nearest
from brochure.spec import yaml_tree

OFF = "off"
WEIGHTS = {severity.value: severity for severity in Severity}


@dataclass(frozen=True, slots=True)
class CheckRule:
    """What a profile says of one check: its weight (None: the check's own), whether it is left out, and its limits."""

    severity: Severity | None = None
    off: bool = False
    limits: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PreflightProfile:
    """A profile by its name."""

    name: str
    about: str
    rules: Mapping[str, CheckRule] = field(default_factory=dict)

    def rule(self, check: str) -> CheckRule:
        """What it says of a check."""
        return self.rules.get(check, CheckRule())


def _limits(**limits: float) -> CheckRule:
    return CheckRule(limits=limits)


LEFT_OUT = CheckRule(off=True)
PROFILES = {
    "sheetfed": PreflightProfile(
        "sheetfed",
        "Sheetfed offset: what the Ghent Workgroup asks for, with the trade's usual figures",
    ),
    "newsprint": PreflightProfile(
        "newsprint",
        "Coldset on newsprint: coarse screens, little ink, soft paper",
        {
            "picture-resolution": _limits(min=100, target=150),
            "picture-enlarged": _limits(ppi=200),
            "ink-total": _limits(max=240),
            "ink-rendered": _limits(max=240),
            "hairline": _limits(width=0.35, several=0.75),
            "text-small": _limits(size=7),
            "text-inks": _limits(size=12, inks=1),
            "text-reversed": _limits(size=9),
        },
    ),
    "digital": PreflightProfile(
        "digital",
        "Digital presses: toner or inkjet, with RGB allowed and no plates for spots",
        {
            "picture-resolution": _limits(min=120, target=200),
            "colour-space": LEFT_OUT,
            "ink-total": CheckRule(Severity.WARNING),
            "spot-unused": CheckRule(Severity.NOTE),
            "text-inks": CheckRule(Severity.NOTE),
        },
    ),
}
PROFILES["screen"] = PreflightProfile(
    "screen",
    "Files for the screen: contrast and words for pictures weigh, ink and paper do not",
    {
        "contrast": _limits(min=4.5, large=3),
        "picture-resolution": _limits(min=72, target=96),
        "picture-enlarged": _limits(ppi=96),
        "figure-alt": CheckRule(Severity.ERROR),
        **dict.fromkeys(
            (
                *("annotations", "black-knockout", "bleed", "boxes", "colour-space"),
                *("default-date", "font-subset", "gutter", "hairline", "ink-rendered"),
                *("ink-total", "layers", "metadata"),
                *("output-intent", "page-count", "pdfx", "safety", "spot-names", "spot-unused"),
                *("text-inks", "text-reversed", "transparency", "white-overprint"),
            ),
            LEFT_OUT,
        ),
    },
)
DEFAULT = "sheetfed"

Known = Mapping[str, type]
"""The checks by their names, with the class of each one's limits."""


def read_profile(
    source: bytes, label: str, known: Known
) -> tuple[PreflightProfile | None, tuple[Finding, ...]]:
    """A profile of somebody's own; None where there is something wrong in it."""
    root, findings = yaml_tree.compose(source, label)
    if not isinstance(root, yaml_tree.Mapping):
        wrong = Finding("profile-form", f"{label} is no profile", root.span if root else None)
        return None, (*findings, wrong)
    reading = _ProfileReader(known)
    profile = reading.profile(root, label)
    found = (*findings, *reading.found)
    return (None if found else profile), found


class _ProfileReader:
    """A profile's file, with what is wrong in it."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.found: list[Finding] = []

    def profile(self, root: yaml_tree.Mapping, label: str) -> PreflightProfile:
        """The file: `profile`, `based-on` and `checks`."""
        for key, _ in root.entries:
            if key.value not in ("profile", "based-on", "checks"):
                hint = nearest(key.value, ("profile", "based-on", "checks"))
                self._wrong(key, f"unknown key '{key.value}'", hint)
        base = self._base(root.get("based-on"))
        said = root.get("profile")
        name = said.value if isinstance(said, yaml_tree.Scalar) else label
        own = dict(self._rules(root.get("checks")))
        rules = dict(base.rules)
        for check, rule in own.items():
            under = base.rule(check)
            limits = {**under.limits, **rule.limits}
            rules[check] = CheckRule(rule.severity or under.severity, rule.off, limits)
        return PreflightProfile(name, label, rules)

    def _base(self, node: yaml_tree.Node | None) -> PreflightProfile:
        if node is None:
            return PROFILES[DEFAULT]
        name = node.value if isinstance(node, yaml_tree.Scalar) else ""
        if name not in PROFILES:
            self._wrong(node, f"unknown profile '{name}'", nearest(name, PROFILES))
        return PROFILES.get(name, PROFILES[DEFAULT])

    def _rules(self, node: yaml_tree.Node | None) -> Iterator[tuple[str, CheckRule]]:
        if node is None:
            return
        if not isinstance(node, yaml_tree.Mapping):
            self._wrong(node, "'checks' holds checks by their names", "hairline: {width: 0.3}")
            return
        for key, value in node.entries:
            if key.value in self.known:
                yield key.value, self._rule(key.value, value)
            else:
                self._wrong(key, f"unknown check '{key.value}'", nearest(key.value, self.known))

    def _rule(self, name: str, node: yaml_tree.Node) -> CheckRule:
        """`off`, a weight alone, or a weight with limits."""
        if isinstance(node, yaml_tree.Scalar):
            return self._weight(node)
        if not isinstance(node, yaml_tree.Mapping):
            self._wrong(node, f"'{name}' is a weight, or limits by their names")
            return CheckRule()
        severity, limits = CheckRule(), {}
        allowed = [one.name for one in fields(self.known[name])]
        for key, value in node.entries:
            field_name = key.value.replace("-", "_")
            if key.value == "severity" and isinstance(value, yaml_tree.Scalar):
                severity = self._weight(value)
            elif field_name in allowed:
                limits[field_name] = self._figure(value)
            else:
                hint = nearest(key.value, [one.replace("_", "-") for one in (*allowed, "severity")])
                self._wrong(key, f"'{name}' has no limit '{key.value}'", hint)
        return CheckRule(severity.severity, severity.off, limits)

    def _weight(self, node: yaml_tree.Scalar) -> CheckRule:
        if node.value == OFF:
            return LEFT_OUT
        if node.value not in WEIGHTS:
            self._wrong(node, f"'{node.value}' is no weight", nearest(node.value, (*WEIGHTS, OFF)))
        return CheckRule(WEIGHTS.get(node.value))

    def _figure(self, node: yaml_tree.Node) -> float:
        try:
            return (
                float(node.value) if isinstance(node, yaml_tree.Scalar) else self._no_figure(node)
            )
        except ValueError:
            return self._no_figure(node)

    def _no_figure(self, node: yaml_tree.Node) -> float:
        self._wrong(node, "a limit is a figure", "write 0.25 or 300")
        return 0.0

    def _wrong(self, node: yaml_tree.Node, message: str, hint: str = "") -> None:
        self.found.append(Finding("profile-form", message, node.span, hint))
