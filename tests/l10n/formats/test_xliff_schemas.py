"""XLIFF files are valid by OASIS's schemas, and follow the rules that the schemas cannot express."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from brochure.findings import Span
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.formats import po, xliff, xliff_1_2
from tests.l10n.formats import schematron

SCHEMAS = Path(__file__).parent / "schemas"
LAYOUTS = Path(__file__).parents[3] / "layouts"
RULES = [SCHEMAS / "2.1" / name for name in ("xliff_core_2.1.sch", "size_restriction.sch")]
SHIPPED = sorted(LAYOUTS.glob("*/content/*.po"))


def entry(key: str, source: str, text: str, **more: Any) -> Translation:
    return Translation(key, source, text, Span("fr.po"), **more)


MADE = [
    entry(
        "marks",
        "Two *em* **st** [x](https://a.org) ^s^ ~t~ {n} [z]{.strong}",
        "Deux {n} [y](https://c.org) **st** *em*",
        comments="fits about 70 characters",
        notes="one\ntwo",
    ),
    entry(
        "plural",
        "{n, plural, one {# {x}} other {**#**}}",
        "{n, plural, one {a {x}} other {b}}",
        fuzzy=True,
        previous="{n} **old**",
    ),
    entry("nested", "**a *b* c**", ""),
    entry("fuzzy", "x", "x", fuzzy=True),
    entry(
        "icon",
        "Take ![the {count} bus](icons/bus.svg){size=1.2em}",
        "Prenez ![le bus {count}](icons/bus.svg){size=1.2em}",
    ),
    entry("note", "A claim.[^source]", "Une affirmation.[^source]"),
]


CATALOGUE = Catalogue(
    "fr", "made.po", {one.key: one for one in MADE}, header={"X-Source-Language": "en"}
)


def catalogues() -> list[Any]:
    shipped = [po.read(path.read_bytes(), path.name, path.stem)[0] for path in SHIPPED]
    return [pytest.param(one, id=one.file) for one in (CATALOGUE, *shipped)]


@cache
def schema(*names: str) -> Any:
    """Return the schema of a version with its modules; that of the namespace `xml` is read from here, not from the network."""
    files = [SCHEMAS / name for name in ("xml.xsd", *names)]
    spaces = [etree.parse(file).getroot().get("targetNamespace") for file in files]
    imports = "".join(
        f'<xs:import namespace="{space}" schemaLocation="{file}"/>'
        for space, file in zip(spaces, files, strict=True)
    )
    text = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{imports}</xs:schema>'
    return etree.XMLSchema(etree.fromstring(text))


def errors(document: Any, *schemas: Any) -> list[str]:
    return [f"{error}" for one in schemas if not one.validate(document) for error in one.error_log]


@pytest.mark.parametrize("catalogue", catalogues())
def test_version_1_2_is_valid(catalogue: Catalogue) -> None:
    document = etree.fromstring(xliff_1_2.write(catalogue))
    assert errors(document, schema("xliff-core-1.2-transitional.xsd")) == []


@pytest.mark.parametrize("catalogue", catalogues())
def test_version_2_is_valid(catalogue: Catalogue) -> None:
    document = etree.fromstring(xliff.write(catalogue))
    sizes = "2.1/size_restriction.xsd"
    versions = [schema(f"{version}/xliff_core_2.0.xsd", sizes) for version in ("2.0", "2.1")]
    assert errors(document, *versions) == []


def test_version_2_follows_the_rules_of_schematron() -> None:
    """One catalogue with all kinds of messages: the rules search the whole document for each node."""
    document = etree.fromstring(xliff.write(CATALOGUE))
    assert [error for rules in RULES for error in schematron.check(rules, document)] == []


BROKEN = [
    pytest.param('<unit id="plural"', '<unit id="marks"', "K3", id="two units of one id"),
    pytest.param(' trgLang="fr"', "", "F1", id="no target language"),
    pytest.param(' dataRef="d1"', ' dataRef="d99"', "F1", id="no data"),
]


@pytest.mark.parametrize(("right", "wrong", "pattern"), BROKEN)
def test_the_rules_report_violations(right: str, wrong: str, pattern: str) -> None:
    """Otherwise the test above would prove nothing."""
    text = xliff.write(CATALOGUE).decode()
    assert right in text
    document = etree.fromstring(text.replace(right, wrong, 1).encode())
    assert any(error.startswith(pattern) for error in schematron.check(RULES[0], document))
