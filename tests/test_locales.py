"""CLDR's tables as they are searched and cached have the entries of Babel's."""

from __future__ import annotations

from babel.core import get_global

from brochure.locales import TABLES, CldrTable, read_babel


def test_every_entry_of_babel_is_found() -> None:
    tables = read_babel()
    pairs = (
        ("parent_exceptions", tables.parent_exceptions),
        ("likely_subtags", tables.likely_subtags),
        ("language_aliases", tables.language_aliases),
    )
    for name, table in pairs:
        entries = get_global(name)  # type: ignore[arg-type]  # its names are a Literal
        assert entries
        assert {key: table.get(key) for key in entries} == dict(entries)
    regions = get_global("territory_aliases")
    assert {key: tuple((tables.territory_aliases.get(key) or "").split()) for key in regions} == {
        key: tuple(value) for key, value in regions.items()
    }


def test_tables_are_read_as_they_were_stored() -> None:
    tables = read_babel()
    assert TABLES.kind.deserialize(TABLES.kind.serialize(tables)) == tables


def test_a_key_is_found_only_as_a_whole() -> None:
    table = CldrTable("\nen\ten_Latn_US\nen_GB\tx\n")
    assert table.get("en") == "en_Latn_US"
    for other in ("", "e", "n", "en_", "en\ten_Latn_US\nen_GB", "en_Latn_US"):
        assert table.get(other) is None
