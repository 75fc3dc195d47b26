"""XLIFF 1.2 and 2: figures as protected codes, and files as translation programs change them."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from brochure.findings import Span
from brochure.l10n.catalogue import Catalogue, Translation
from brochure.l10n.formats import _xliff_xml, detect_format, xliff, xliff_1_2
from brochure.l10n.formats._inline_codes import Kind, divide
from brochure.translation.interchange import merge_returned

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


def test_figures_are_placeholders_with_their_text_as_an_attribute() -> None:
    root = etree.fromstring(xliff.write(FACTS))
    space = {"x": xliff.NAMESPACE}
    (data,) = root.findall(".//x:data", space)
    assert data.text == "{rescued, number}"
    places = [ph.get("dataRef") for ph in root.findall(".//x:ph", space)]
    assert places == [data.get("id")] * 2  # one in the source, one in the target


def test_figures_are_codes_in_version_1_2() -> None:
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


def test_segment_marks_are_ignored() -> None:
    catalogue, findings = xliff_1_2.read(OLD.encode(), "fr.xlf", "fr")
    assert findings == ()
    assert catalogue.entries["a"].text == "Premier {n, number}."


def test_the_version_is_read_from_the_file_if_the_extension_is_ambiguous() -> None:
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


# Files changed by other programs


def old(attributes: str, content: str, language: str = "fr") -> Translation:
    """One unit of version 1.2."""
    data = f"""<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"
      ><file original="x" datatype="plaintext" source-language="en" target-language="{language}"><body
      ><trans-unit id="a" {attributes}>{content}</trans-unit></body></file></xliff>"""
    catalogue, findings = xliff_1_2.read(data.encode(), "fr.xlf", "fr")
    assert findings == ()
    assert catalogue.declared == language
    return catalogue.entries["a"]


def new(content: str, attributes: str = "") -> Translation:
    """One unit of version 2."""
    data = f"""<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="fr"
      ><file id="f"><unit id="a" {attributes}>{content}</unit></file></xliff>"""
    catalogue, findings = xliff.read(data.encode(), "fr.xlf", "fr")
    assert findings == ()
    assert catalogue.declared == "fr"
    return catalogue.entries["a"]


@pytest.mark.parametrize(
    ("unit", "target", "is_fuzzy"),
    [
        ("", "", False),
        ("", 'state="translated"', False),
        ("", 'state="final"', False),
        ('approved="yes"', 'state="translated"', False),
        ('approved="no"', 'state="final"', False),
        ('approved="no"', "", True),
        ('approved="no"', 'state="translated"', True),
        ("", 'state="new"', True),
        ("", 'state="needs-translation"', True),
        ("", 'state="needs-adaptation"', True),
        ("", 'state="needs-review-translation" state-qualifier="leveraged-mt"', True),
        ("", 'state="needs-l10n"', True),
    ],
)
def test_an_unfinished_state_is_fuzzy(unit: str, target: str, is_fuzzy: bool) -> None:
    one = old(unit, f"<source>Gate</source><target {target}>Portail</target>")
    assert (one.text, one.fuzzy) == ("Portail", is_fuzzy)


@pytest.mark.parametrize("state", ["new", "needs-translation", "needs-l10n"])
def test_a_copied_source_is_not_a_translation(state: str) -> None:
    assert old("", f'<source>Gate</source><target state="{state}">Gate</target>').text == ""
    segment = '<segment state="initial"><source>Gate</source><target>Gate</target></segment>'
    assert new(segment).text == ""


def test_a_segment_without_a_translation_makes_the_message_unfinished() -> None:
    segments = '<mrk mtype="seg" mid="1">{}</mrk> <mrk mtype="seg" mid="2">{}</mrk>'
    one = old(
        "",
        f"<source>One. Two.</source><seg-source>{segments.format('One.', 'Two.')}</seg-source>"
        f"<target>{segments.format('Un.', '')}</target>",
    )
    assert (one.text, one.fuzzy) == ("Un. ", True)
    two = new(
        "<segment><source>One. </source><target>Un. </target></segment><segment><source>Two.</source></segment>"
    )
    assert (two.text, two.fuzzy) == ("Un. ", True)


def test_an_initial_segment_is_fuzzy() -> None:
    one = new('<segment state="initial"><source>Gate</source><target>Portail</target></segment>')
    assert (one.text, one.fuzzy) == ("Portail", True)


def test_segments_are_in_the_order_of_the_translation() -> None:
    one = new(
        '<segment><source>One.</source><target order="3">Un.</target></segment>'
        '<ignorable><source> </source><target order="2"> </target></ignorable>'
        '<segment><source>Two.</source><target order="1">Deux.</target></segment>'
    )
    assert (one.source, one.text, one.fuzzy) == ("One. Two.", "Deux. Un.", False)


def test_spaces_between_segments_are_those_of_the_source_if_they_are_not_repeated() -> None:
    one = new(
        "<segment><source>One.</source><target>Un.</target></segment><ignorable><source> </source></ignorable>"
        "<segment><source>Two.</source><target>Deux.</target></segment>"
    )
    assert one.text == "Un. Deux."


@pytest.mark.parametrize(
    "code",
    [
        '<ph id="7"/>',
        '<x id="7"/>',
        '<x id="7" equiv-text="{n}"/>',
        '<ph id="7" equiv-text="{n}"/>',
        '<ph id="7">{n}</ph>',
    ],
)
def test_an_emptied_code_has_the_figure_of_the_source(code: str) -> None:
    source = '<source>All <ph id="7">{n}</ph></source>'
    assert old("", f"{source}<target>Les {code}</target>").text == "Les {n}"


@pytest.mark.parametrize(
    "code", ['<ph id="1"/>', '<ph id="1" equiv="{n}"/>', '<ph id="9" disp="{n}"/>']
)
def test_a_code_without_data_has_the_figure_of_the_project(code: str) -> None:
    """If neither the file nor its source has it, the message in the project has."""
    ours = Catalogue("fr", "fr.po", {"a": Translation("a", "All {n}", "", Span("fr.po"))})
    segment = f'<segment><source>All <ph id="1"/></source><target>Les {code}</target></segment>'
    one = new(segment)
    result = merge_returned(ours, Catalogue("fr", "fr.xlf", {"a": one}))
    assert (result.catalogue.entries["a"].text, result.findings) == ("Les {n}", ())


def test_a_figure_that_cannot_be_found_is_an_error_and_its_translation_is_left_out() -> None:
    before = Translation("a", "All", "Tous", Span("fr.po"))
    segment = '<segment><source>All</source><target>Les <ph id="5"/></target></segment>'
    theirs = Catalogue("fr", "fr.xlf", {"a": new(segment)})
    result = merge_returned(Catalogue("fr", "fr.po", {"a": before}), theirs)
    assert result.catalogue.entries["a"] == before
    assert (result.left_out, [finding.code for finding in result.findings]) == (
        ("a",),
        ["xliff-code"],
    )


@pytest.mark.parametrize(
    "words",
    [
        '<g id="1" ctype="bold">Portail</g>',
        '<bpt id="1" ctype="bold"/>Portail<ept id="1" ctype="bold"/>',
        '<bpt id="1">&lt;b&gt;</bpt>Portail<ept id="1">&lt;/b&gt;</ept>',
        '<bpt id="1">**</bpt>Portail<ept id="1">**</ept>',
    ],
)
def test_markup_of_other_programs_is_converted(words: str) -> None:
    assert old("", f"<source>Gate</source><target>{words}</target>").text == "**Portail**"


def test_markup_of_other_programs_is_converted_in_version_2() -> None:
    pair = '<pc id="1" type="fmt" subType="xlf:i">Portail</pc>'
    one = new(f"<segment><source>Gate</source><target>{pair}</target></segment>")
    assert one.text == "*Portail*"


def test_every_note_is_kept_with_its_author() -> None:
    notes = '<note from="Anna" annotates="target">Why?</note><note>All.</note><note from="developer">p</note>'
    one = old("", f"<source>A</source><target>B</target>{notes}")
    assert (one.notes, one.comments) == ("Anna: Why?\nAll.", "p")


@pytest.mark.parametrize(
    "declaration",
    [
        '<xliff version="1.2">',
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.1" version="1.1">',
        '<x:xliff xmlns:x="urn:oasis:names:tc:xliff:document:1.2" version="1.2">',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1252"])
def test_the_version_is_found_in_any_encoding(declaration: str, encoding: str) -> None:
    prefix = "x:" if "<x:" in declaration else ""
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>{declaration}<{prefix}file target-language="fr"'
        f'><{prefix}body><{prefix}trans-unit id="a"><{prefix}source>A</{prefix}source'
        f"><{prefix}target>«é»</{prefix}target></{prefix}trans-unit></{prefix}body></{prefix}file></{prefix}xliff>"
    )
    data = text.encode(encoding)
    form = detect_format("fr.xlf", data)
    assert form is not None
    catalogue, findings = form.read(data, "fr.xlf", "fr")
    assert (catalogue.entries["a"].text, findings) == ("«é»", ())


def test_numbers_of_units_that_begin_again_in_each_file_are_not_duplicates() -> None:
    unit = '<trans-unit id="1"><source>{0}</source><target>{0}!</target></trans-unit>'
    bodies = "".join(f"<file><body>{unit.format(text)}</body></file>" for text in ("A", "B"))
    data = f'<xliff version="1.2">{bodies}</xliff>'
    catalogue, findings = xliff_1_2.read(data.encode(), "fr.xlf", "fr")
    assert findings == ()
    assert [one.text for one in catalogue.entries.values()] == ["A!", "B!"]


def test_the_key_in_a_context_is_that_of_its_unit_or_group_only() -> None:
    def context(key: str) -> str:
        kind = f'<context context-type="x-key">{key}</context>'
        return f"<context-group>{kind}</context-group>"

    text = "<source>A</source><target>B</target>"
    data = f"""<xliff version="1.2"><file><body>
      <group>{context("of-group")}<trans-unit id="1">{text}</trans-unit></group>
      <trans-unit id="2">{text}{context("of-unit")}</trans-unit>
      <trans-unit id="3">{text}</trans-unit>
    </body></file></xliff>"""
    catalogue, findings = xliff_1_2.read(data.encode(), "fr.xlf", "fr")
    assert findings == ()
    assert list(catalogue.entries) == ["of-group", "of-unit", "3"]


@pytest.mark.parametrize("form", [xliff, xliff_1_2])
def test_a_file_is_read_in_proportion_to_its_size(
    form: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Elements are looked at a constant number of times, however many units the file has."""
    looked_at: list[Any] = []
    plain = _xliff_xml.local_name

    def look_at(element: Any) -> str:
        looked_at.append(element)
        return plain(element)

    monkeypatch.setattr(_xliff_xml, "local_name", look_at)

    def count(units: int) -> int:
        looked_at.clear()
        form.read(files_of_units(form, units), "fr.xlf", "fr")
        return len(looked_at)

    few, many = count(50), count(500)
    assert few > 50
    assert many < 11 * few


def files_of_units(form: ModuleType, count: int) -> bytes:
    """Return a file whose units have ids and no other names."""
    text = "<source>A</source><target>B</target>"
    if form is xliff_1_2:
        units = "".join(f'<trans-unit id="{at}">{text}</trans-unit>' for at in range(count))
        return f'<xliff version="1.2"><file><body>{units}</body></file></xliff>'.encode()
    units = "".join(f'<unit id="{at}"><segment>{text}</segment></unit>' for at in range(count))
    return f'<xliff version="2.0" trgLang="fr"><file>{units}</file></xliff>'.encode()


# What is written

WRITTEN = Catalogue(
    "fr",
    "fr.po",
    {
        one.key: one
        for one in (
            Translation(
                "ready", "A *b* {n}", "{n} *b* A", Span("x"), comments="fits about 70 characters"
            ),
            Translation("fuzzy", "A", "B", Span("x"), fuzzy=True),
            Translation("outdated", "A", "B", Span("x"), fuzzy=True, previous="Z"),
            Translation("two words", "A", "", Span("x"), notes="why"),
            Translation("plural", "{n, plural, one {gate of {who}} other {gates}}", "", Span("x")),
        )
    },
)


def test_states_and_limits_in_version_1_2() -> None:
    space = {"x": xliff_1_2.NAMESPACE}
    units = etree.fromstring(xliff_1_2.write(WRITTEN)).findall(".//x:trans-unit", space)
    targets = [unit.find("x:target", space) for unit in units]
    assert [None if one is None else one.get("state") for one in targets] == [
        "translated",
        "needs-review-translation",
        "needs-adaptation",
        None,
        None,
    ]
    assert [unit.get("approved") for unit in units] == ["yes", None, None, None, None]
    assert (units[0].get("maxwidth"), units[0].get("size-unit")) == ("70", "char")
    (other,) = units[2].findall("x:alt-trans", space)
    assert [etree.QName(child).localname for child in other] == ["source", "target"]


def test_limits_and_notes_in_version_2() -> None:
    space = {"x": xliff.NAMESPACE, "slr": xliff.SIZES}
    root = etree.fromstring(xliff.write(WRITTEN))
    units = root.findall(".//x:unit", space)
    assert units[0].get(f"{{{xliff.SIZES}}}sizeRestriction") == "70"
    (profile,) = root.findall(".//slr:profiles", space)
    assert profile.get("generalProfile") == "xliff:codepoints"
    assert [unit.get("id") for unit in units] == [
        "ready",
        "fuzzy",
        "outdated",
        "message-4",
        "plural",
    ]
    for unit in units:
        ids = [note.get("id") for note in unit.findall(".//x:note", space)]
        assert None not in ids
        assert len(set(ids)) == len(ids)


def test_codes_of_a_translation_have_the_numbers_of_the_source() -> None:
    space = {"x": xliff.NAMESPACE}
    unit = etree.fromstring(xliff.write(WRITTEN)).findall(".//x:unit", space)[0]
    numbers = [
        [(etree.QName(code).localname, code.get("id")) for code in unit.findall(path, space)]
        for path in ("x:segment/x:source/*", "x:segment/x:target/*")
    ]
    assert numbers == [[("pc", "1"), ("ph", "2")], [("ph", "2"), ("pc", "1")]]
    (figure,) = unit.findall("x:segment/x:source/x:ph", space)
    assert (figure.get("disp"), figure.get("equiv")) == ("{n}", "{n}")


@pytest.mark.parametrize("made", [xliff, xliff_1_2])
def test_words_in_plural_forms_can_be_translated(made: ModuleType) -> None:
    root = etree.fromstring(made.write(WRITTEN))
    source = root.findall(f".//{{{made.NAMESPACE}}}source")[-1]
    words = (source.text or "") + "".join(child.tail or "" for child in source)
    assert words == "{n, plural, one {gate of } other {gates}}"
    assert len(source) == 1


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("**a** *b* ^c^ ~d~", ["**", "**", "*", "*", "^", "^", "~", "~"]),
        ("[a](https://a.b) [c]{.d}", ["[", "](https://a.b)", "[", "]{.d}"]),
        ("**a *b* c**", ["**", "*", "*", "**"]),
        (r"\*a* 2 * 3 * 4 **", []),
        ("*a\n\nb*", []),
        ("{n, number, ::percent scale/100} {d, date, ::yyMMM*d}", ["{n, number, ::percent scale/100}", "{d, date, ::yyMMM*d}"]),
        ("{page:story.head} {.x} { } {", ["{page:story.head}"]),
        ("**a ![the {n} *bus*](b.svg){size=1em}**", ["**", "![", "{n}", "](b.svg){size=1em}", "**"]),
    ],
)  # fmt: skip
def test_what_is_an_inline_code(text: str, codes: list[str]) -> None:
    pieces = divide(text)
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.kind is not Kind.WORDS] == codes


@given(st.text(st.sampled_from("ab *_^~[]{}(),.\\#'\n"), max_size=60))
def test_pieces_are_the_whole_text_and_pairs_are_nested(text: str) -> None:
    pieces = divide(text)
    assert "".join(piece.text for piece in pieces) == text
    opened: list[int] = []
    for piece in pieces:
        if piece.kind is Kind.START:
            opened.append(piece.number)
        elif piece.kind is Kind.END:
            assert opened.pop() == piece.number
    assert opened == []
