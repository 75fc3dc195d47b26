"""Glossaries: CSV and TBX are read alike, terms are found in inflected forms, and errors in files have their line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brochure.errors import InputError
from brochure.findings import Span
from brochure.l10n.glossary import Term, TermStatus, is_used
from brochure.l10n.glossary_files import read_glossary
from brochure.l10n.message_words import find_joined_words, read_words, split_words

CSV = """\
en,fr,Definition,zh-Hans
shelter|safe house,refuge|maison sûre|!abri,a place,庇护所
case worker,travailleuse sociale,,
"""
MARTIF = """\
<?xml version="1.0"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><text><body>
<termEntry id="c1"><descrip type="definition">a place</descrip>
<langSet xml:lang="en-US"><tig><term>shelter</term></tig>
<ntig><termGrp><term>safe <hi>house</hi></term>
<termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termGrp></ntig></langSet>
<langSet xml:lang="fr">
<tig><term>refuge</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
<tig><term>abri</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig></langSet>
</termEntry></body></text></martif>
"""
DCA = """\
<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><text><body>
<conceptEntry id="c1"><langSec xml:lang="en"><termSec><term>shelter</term></termSec>
<termSec><term>safe house</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termSec></langSec>
<langSec xml:lang="fr"><termSec><term>refuge</term></termSec>
<termSec><term>abri</term><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></termSec></langSec>
</conceptEntry></body></text></tbx>
"""
DCT = """\
<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
 xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"><text><body>
<conceptEntry id="c1"><langSec xml:lang="en"><termSec><term>shelter</term></termSec>
<termSec><term>safe house</term><min:administrativeStatus>admittedTerm-admn-sts</min:administrativeStatus></termSec></langSec>
<langSec xml:lang="fr"><termSec><term>refuge</term></termSec>
<termSec><term>abri</term><min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec></langSec>
</conceptEntry></body></text></tbx>
"""


@pytest.mark.parametrize("text", [CSV, MARTIF, DCA, DCT], ids=["csv", "tbx 2", "dca", "dct"])
def test_terms_and_their_status(text: str) -> None:
    concept = read_glossary(text.encode(), "terms").concepts[0]
    english = [one.text for one in concept.in_language("en-GB")]
    french = {one.text: one.status for one in concept.in_language("fr-CA")}
    assert english == ["shelter", "safe house"]
    assert french["refuge"] is TermStatus.PREFERRED
    assert french["abri"] is TermStatus.DEPRECATED
    assert not concept.in_language("es")


def test_a_term_has_its_line() -> None:
    assert read_glossary(CSV.encode(), "a.csv").concepts[1].terms[0].span == Span("a.csv", 3)
    assert read_glossary(DCA.encode(), "a.tbx").concepts[0].terms[1].span.line == 3


BOMB = '<!DOCTYPE t [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><tbx><text>&b;</text></tbx>'


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (BOMB, "glossary-form", 1),
        ('<!DOCTYPE t SYSTEM "x.dtd" [<!ENTITY % p SYSTEM "file:///etc/passwd">]><tbx/>', "glossary-form", 1),
        ("<tbx><text>\n</tbx>", "glossary-form", 2),
        ("<xliff/>", "glossary-form", 1),
        ("<tbx/>", "glossary-empty", 1),
        ("<b>" * 150, "glossary-form", 1),
        ("", "glossary-columns", 1),
        ("term,translation\na,b\n", "glossary-columns", 1),
        ("en,fr\n,\n", "glossary-empty", 1),
        ('en,fr\na,b\n"x,y\n', "glossary-csv", 3),
    ],
)  # fmt: skip
def test_bad_files_are_refused(text: str, code: str, line: int) -> None:
    with pytest.raises(InputError) as caught:
        read_glossary(text.encode(), "terms")
    (finding,) = caught.value.findings
    assert finding.code == code
    assert finding.span
    assert finding.span.line == line
    assert "Error" not in finding.message


def test_a_csv_in_another_encoding_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        read_glossary("en,fr\nshelter,abrité\n".encode("cp1252"), "terms.csv")
    assert caught.value.findings[0].code == "glossary-encoding"


@given(st.text(max_size=60) | st.sampled_from([MARTIF, DCT, CSV]).flatmap(
    lambda text: st.integers(0, len(text)).map(lambda cut: text[:cut])
))  # fmt: skip
def test_any_file_is_read_or_refused(text: str) -> None:
    try:
        glossary = read_glossary(text.encode("utf-8", "replace"), "terms")
    except InputError as failure:
        codes = {one.code.partition("-")[0] for one in failure.findings}
    else:
        codes = {"glossary"} if glossary.concepts else set()
    assert codes == {"glossary"}


@pytest.mark.parametrize(
    ("term", "text", "is_found"),
    [
        ("shelter", "Two Shelters, one door", True),
        ("shelter", "sheltering", True),
        ("country", "in countries", True),
        ("case", "a castle", False),
        ("case", "cases", True),
        ("law", "lawyers act", False),
        ("WHO", "who is it", False),
        ("WHO", "the WHO’s plan", True),
        ("case worker", "Our case workers", True),
        ("case worker", "a case. Worker", False),
        ("case worker", "case-worker", True),
        ("art", "", False),
    ],
)
def test_forms_in_the_source(term: str, text: str, is_found: bool) -> None:
    glossary = read_glossary(f"en\n{term}\n".encode(), "t.csv")
    assert bool(list(glossary.find(text, "en"))) is is_found


def test_the_longest_term_wins() -> None:
    glossary = read_glossary(b"en,fr\nhouse,maison\nsafe house,refuge\n", "t.csv")
    assert [term.text for term, _ in glossary.find("a safe house and houses", "en")] == ["safe house", "house"]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "term", "text", "is_expected"),
    [
        ("fr", "refuge", "nos Refuges", True),
        ("fr", "travailleuse sociale", "les travailleuses très sociales", True),
        ("fr", "refuge", "un abri", False),
        ("de", "Haus", "zwei Häuser", True),
        ("de", "Schutz", "ein Kinderschutzgesetz", True),
        ("ru", "защита", "без защиты", True),
        ("ru", "защита", "без помощи", False),
        ("tr", "sığınma evi", "sığınma evinde", True),
        ("ar", "مأوى", "في المأوى", True),
        ("hi", "आश्रय", "आश्रयों में", True),
        ("zh-Hans", "庇护所", "我们的庇护所在城里", True),
        ("th", "บ้านพัก", "ในบ้านพักของเรา", True),
        ("ja", "保護施設", "施設と保護", False),
    ],
)
def test_forms_in_translations(language: str, term: str, text: str, is_expected: bool) -> None:
    one = Term(term, language, Span("t.csv"))
    assert is_used(one, read_words(text, language), language) is is_expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("**Mot** d'{name} à [Lyon](https://lyon.fr){.caps} : l’an {n, number, ::group-off}", "Mot d à Lyon l’an"),
        ("{n, plural, one {# enfant} other {# enfants}} ici", "enfant enfants ici"),
        ("voir ijm.org/aide ou a@b.org, [help]{lang=en}", "voir ou"),
        ("co\u00adopérer! '{'mot'}' ![bus rouge](icons/bus.svg)", "coopérer mot"),
        ("हिन्दी में می\u200cخواهم", "हिन्दी में می\u200cخواهم"),
    ],
)  # fmt: skip
def test_the_words_of_a_message(text: str, words: str) -> None:
    found = [word for part in read_words(text, "fr") for word in find_joined_words(part)]
    assert " ".join(found) == words


def test_a_placeholder_is_between_words() -> None:
    (text,) = read_words("case {n} worker", "en")
    assert list(split_words(text)) == [["case"], ["worker"]]
