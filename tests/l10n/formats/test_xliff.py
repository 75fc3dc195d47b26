"""XLIFF in both versions: facts as protected codes, and what translation programs make of a file."""

from __future__ import annotations

from lxml import etree

from brochure.findings import Span
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.formats import detect_format, xliff, xliff_1_2

FACTS = Catalogue(
    "fr",
    "fr.po",
    {
        "a": Translation(
            "a",
            "More than {rescued, number} people",
            "Plus de {rescued, number} personnes",
            Span("fr.po"),
        )
    },
    header={"X-Source-Language": "en"},
)

SEGMENTED = """\
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="fr">
  <file id="f1">
    <unit id="a">
      <originalData><data id="d1">{n, number}</data></originalData>
      <segment state="translated">
        <source>First <ph id="1" dataRef="d1"/>.</source>
        <target>Premier <ph id="1" dataRef="d1"/>.</target>
      </segment>
      <ignorable><source> </source><target> </target></ignorable>
      <segment state="final">
        <source>Second.</source>
        <target><mrk id="m1" type="term">Deuxième</mrk>.</target>
      </segment>
    </unit>
  </file>
</xliff>
"""

OLD = """\
<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">
  <file original="copy" datatype="plaintext" source-language="en" target-language="fr">
    <body>
      <group>
        <trans-unit id="a">
          <source>First <ph id="1">{n, number}</ph>.</source>
          <seg-source><mrk mtype="seg" mid="1">First <ph id="1">{n, number}</ph>.</mrk></seg-source>
          <target state="translated"><mrk mtype="seg" mid="1">Premier <ph id="1">{n, number}</ph>.</mrk></target>
        </trans-unit>
      </group>
    </body>
  </file>
</xliff>
"""


def test_facts_are_placeholders_with_their_text_beside_them() -> None:
    root = etree.fromstring(xliff.write(FACTS))
    space = {"x": xliff.NAMESPACE}
    (data,) = root.findall(".//x:data", space)
    assert data.text == "{rescued, number}"
    places = [ph.get("dataRef") for ph in root.findall(".//x:ph", space)]
    assert places == [data.get("id")] * 2  # one in the source, one in the target


def test_facts_are_codes_in_the_older_version() -> None:
    root = etree.fromstring(xliff_1_2.write(FACTS))
    codes = [ph.text for ph in root.findall(f".//{{{xliff_1_2.NAMESPACE}}}ph")]
    assert codes == ["{rescued, number}"] * 2


def test_a_unit_that_a_program_has_divided_is_one_message_again() -> None:
    catalogue, findings = xliff.read(SEGMENTED.encode(), "fr.xlf", "fr")
    assert findings == ()
    one = catalogue.entries["a"]
    assert (one.source, one.text) == (
        "First {n, number}. Second.",
        "Premier {n, number}. Deuxième.",
    )
    assert one.span == Span("fr.xlf", 3)


def test_marks_of_segments_are_looked_through() -> None:
    catalogue, findings = xliff_1_2.read(OLD.encode(), "fr.xlf", "fr")
    assert findings == ()
    assert catalogue.entries["a"].text == "Premier {n, number}."


def test_the_version_decides_where_the_ending_does_not() -> None:
    assert detect_format("fr.xlf", SEGMENTED.encode()) is not None
    for data, name in ((SEGMENTED, "xliff"), (OLD, "xliff_1_2")):
        made = detect_format("fr.xlf", data.encode())
        assert getattr(made, "__name__", "").endswith(f".{name}")


def test_the_other_version_is_refused_by_name() -> None:
    _, (finding,) = xliff.read(OLD.encode(), "fr.xlf", "fr")
    assert finding.message == "not an XLIFF 2 file but XLIFF 1.2"


def test_entities_are_refused_before_they_are_read() -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><xliff version="2.0">&b;</xliff>'
    for made in (xliff, xliff_1_2):
        _, (finding,) = made.read(bomb, "fr.xlf", "fr")
        assert finding.code == "xliff-entity"


def test_broken_xml_has_its_line() -> None:
    _, (finding,) = xliff.read(b"<xliff>\n<file>\n</xliff>", "fr.xlf", "fr")
    assert finding.span == Span("fr.xlf", 3)
