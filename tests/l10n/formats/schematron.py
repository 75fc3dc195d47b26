"""Schematron rules (ISO/IEC 19757-3) with XPath 2, as far as OASIS's rules for XLIFF use them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from elementpath import XPath2Parser, XPathContext
from lxml import etree

SCH = "{http://purl.oclc.org/dsdl/schematron}"
CURRENT = "current"


def check(rules: Path, document: Any) -> list[str]:
    """Return the messages of the rules that an XML document breaks, each with the name of its pattern."""
    schema = etree.parse(rules, etree.XMLParser(resolve_entities=True)).getroot()
    prefixes = {f"{one.get('prefix')}": f"{one.get('uri')}" for one in schema.iter(f"{SCH}ns")}
    return [
        f"{pattern.get('id')}: {' '.join(text.split())}"
        for pattern in schema.iter(f"{SCH}pattern")
        for text in _check_pattern(pattern, document, prefixes)
    ]


def _check_pattern(pattern: Any, document: Any, prefixes: dict[str, str]) -> Iterator[str]:
    """Apply the first rule of a pattern whose context matches a node (5.4.10 of the standard)."""
    checked: set[str] = set()
    tree = document.getroottree()
    for rule in pattern.iter(f"{SCH}rule"):
        for node in _select(f"//({rule.get('context')})", document, document, {}, prefixes):
            if (place := tree.getpath(node)) not in checked:
                checked.add(place)
                yield from _check_node(rule, node, document, prefixes)


def _check_node(rule: Any, node: Any, document: Any, prefixes: dict[str, str]) -> Iterator[str]:
    variables: dict[str, Any] = {CURRENT: node}
    for one in rule.iterchildren(f"{SCH}let"):
        variables[one.get("name")] = _select(one.get("value"), node, document, variables, prefixes)
    for one in rule.iterchildren(f"{SCH}assert", f"{SCH}report"):
        test = f"boolean({one.get('test')})"
        if _select(test, node, document, variables, prefixes) == (one.tag == f"{SCH}report"):
            yield f"{one.text} ({document.getroottree().getpath(node)})"


def _select(
    path: str, node: Any, document: Any, variables: dict[str, Any], prefixes: dict[str, str]
) -> Any:
    """Return what a path selects; `current()` is a function of XSLT, here a variable."""
    parser = XPath2Parser(namespaces=prefixes)
    token = parser.parse(path.replace("current()", f"${CURRENT}"))
    context = XPathContext(document, item=node, variables=variables)
    return token.get_results(context)
