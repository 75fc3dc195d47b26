"""Reads preflight profiles from YAML files."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator, Mapping

from brochure.choices import PdfxStandard
from brochure.findings import Finding, Severity, nearest
from brochure.preflight.profile import DEFAULT, PROFILES, SWITCHED_OFF, CheckRule, PreflightProfile
from brochure.spec import yaml_tree
from brochure.spec.spellings import find_repeated_keys, match_spelling

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
