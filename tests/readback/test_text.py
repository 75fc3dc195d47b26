"""Text extraction: four readers extract the copy from the PDF, in order and completely."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.readback.projects import Words, pdf_of
from tests.readback.readers import READERS

ENGLISH = (
    "The official office said that efficient flags affect coffee and waffles; international "
    "organisations traditionally hyphenate extraordinary vocabulary. "
) * 3

LATIN = {
    "ligatures and hyphens": Words(ENGLISH),
    "static CFF": Words(ENGLISH, font="Nimbus Roman"),
    "small capitals": Words(
        "The Convention on the Rights of the Child and Other Officials", style="case: small-caps"
    ),
    "capitals": Words("The straße office of officials and mixed Case", style="case: upper"),
    "tracking": Words("OFFICE of tracked letters fi", width="80 mm", style="tracking: 120"),
    "superior and inferior": Words("The 1^st^ time, H~2~O and a note^\\*^ here", width="80 mm"),
    "emphasis inside a word": Words("Un**frigging**believable, said *the off*icer.", width="80 mm"),
    "a drop initial": Words(
        "Theory of change is what drives the work in every place and every year of work, wherever "
        "that may be in the world today.",
        style="drop-cap: {lines: 3}",
    ),
    "a drop initial with its mark": Words(
        "“Officials mended what each case had shown, and fewer people were sold from that year on.",
        style="drop-cap: {lines: 2}",
    ),
    "tabs and leaders": Words(
        "Rescue\t12\\\nRestore\t14",
        width="80 mm",
        style="tabs: [{at: 70 mm, align: end, leader: '.'}]",
    ),
    "accents": Words(
        "Ligue française: l’œuvre, Þórður, Česká, Đặng Thị Ngọc Thịnh — naïve coöperation"
    ),
}

HINDI = (
    "जब कानून लागू होता है, तो हिंसा समाप्त हो जाती है। हम गरीबी में रहने वाले लोगों की रक्षा के "
    "लिए न्याय प्रणाली को सुदृढ़ करते हैं। शक्ति और स्त्री"
)
TAMIL = (
    "சட்டம் நடைமுறைப்படுத்தப்படும்போது வன்முறை முடிவுக்கு வருகிறது. கொடுமை பொருள் நாங்கள் ஏழை "
    "மக்களைப் பாதுகாக்கிறோம்."
)
SPACED = {
    "Hindi": Words(HINDI, "hi", "Noto Sans Devanagari"),
    "Tamil": Words(TAMIL, "ta", "Noto Sans Tamil", "90 mm"),
}

UNSPACED = {
    "Khmer": Words(
        "ច្បាប់ត្រូវបានអនុវត្ត ហើយអំពើហិង្សានឹងបញ្ចប់។ យើងធ្វើការជាមួយសហគមន៍ទាំងអស់ដើម្បីការពារប្រជាជនក្រីក្រ។",
        "km",
        "Noto Sans Khmer",
    ),
    "Thai": Words(
        "เมื่อกฎหมายถูกบังคับใช้ ความรุนแรงก็สิ้นสุดลง เราทำงานร่วมกับชุมชนทั้งหมดเพื่อปกป้องผู้คนที่ยากจน น้ำ",
        "th",
        "Noto Sans Thai",
    ),
    "Chinese": Words(
        "法律得到执行时,暴力就会结束。我们与所有社区合作,保护贫困人口免受暴力侵害。",
        "zh",
        "Noto Serif CJK SC",
    ),
}
"""Scripts without spaces between words: readers add white space at line ends."""

LEFTWARD = {
    "Arabic": Words(
        "عندما يُطبَّق القانون ينتهي العنف. لا يمكن للمجرمين الإفلات من العقاب، والعدالة للجميع الآن لأن الله",
        "ar",
        "Noto Naskh Arabic",
    ),
    "Hebrew": Words(
        "כאשר החוק נאכף, האלימות נפסקת. אנחנו מגינים על אנשים בעוני (כולל ילדים) בכל העולם.",
        "he",
        "Noto Sans Hebrew",
    ),
}

MIXED = {
    "Latin in Hebrew": Words(
        "בשנת 2014 ארגון IJM Canada בדק 73% מהתיקים.", "he", "Noto Sans Hebrew", "60 mm"
    ),
    "Latin in Arabic": Words(
        "في عام 2014 قامت IJM Canada بدراسة 73 % من القضايا، انظر IJM.ca/research هناك في كمبوديا.",
        "ar",
        "Noto Naskh Arabic",
        "60 mm",
    ),
    "Hebrew in English": Words(
        "The word צדק means justice, and שלום עולם means peace.", "en", "Noto Sans Hebrew", "90 mm"
    ),
}


Cases = dict[str, Words]


def each(cases: Cases) -> Callable[..., None]:
    """Return every case with every reader."""
    return pytest.mark.parametrize(
        ("case", "reader"),
        [
            pytest.param(words, reader, id=f"{name}, {reader}")
            for name, words in cases.items()
            for reader in READERS
        ],
    )


@each(LATIN | SPACED)
def test_words_are_extracted(case: Words, reader: str, tmp_path: Path) -> None:
    assert spaced(read(case, reader, tmp_path)) == spaced(plain(case.text))


@each(UNSPACED)
def test_words_without_spaces_are_extracted(case: Words, reader: str, tmp_path: Path) -> None:
    assert unspaced(read(case, reader, tmp_path)) == unspaced(case.text)


@each(LEFTWARD)
def test_right_to_left_words_are_extracted(case: Words, reader: str, tmp_path: Path) -> None:
    got = read(case, reader, tmp_path)
    if reader == "poppler":
        # poppler 22 puts the space of a comma or full stop on its other side.
        assert unspaced(got) == unspaced(case.text)
    elif reader == "pdfium":
        # pdfium mirrors brackets between right-to-left letters, whatever text the font maps them to.
        assert mirrored(spaced(got)) in (spaced(case.text), mirrored(spaced(case.text)))
    else:
        assert spaced(got) == spaced(case.text)


@each(MIXED)
def test_text_of_both_directions_is_extracted(case: Words, reader: str, tmp_path: Path) -> None:
    got, wanted = read(case, reader, tmp_path), case.text
    if reader in ("mupdf", "pypdf"):
        assert spaced(got) == spaced(wanted)
    else:
        # poppler and pdfium order the parts of such a line by their own rules; every letter must be there, and the Latin names
        # complete.
        assert Counter(unspaced(got)) == Counter(unspaced(wanted))
        assert set(re.findall("[A-Za-z]+", got)) == set(re.findall("[A-Za-z]+", wanted))


def test_hyphens_of_the_copy_are_kept(tmp_path: Path) -> None:
    # The measure makes lines end in "well-" and in "tra-"; only the second hyphen is added by hyphenation.
    words = Words(ENGLISH.replace("international", "well-known international"))
    for reader in ("mupdf", "pypdf"):
        got = spaced(read(words, reader, tmp_path)).replace("well- known", "well-known")
        assert got == spaced(words.text)


def test_dividing_hyphens_are_soft(tmp_path: Path) -> None:
    # ISO 32000-1, 14.8.2.2.3: the hyphen that divides a word is U+00AD, so that readers can join the word again.
    got = READERS["pypdf"](pdf_of(LATIN["ligatures and hyphens"]), tmp_path)
    assert "organ\u00ad\nisations" in got


def read(words: Words, reader: str, folder: Path) -> str:
    return READERS[reader](pdf_of(words), folder)


DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Marks that poppler adds around text from right to left."""

DIVIDED = re.compile("[\u00ad\ufffe]\\s*")
"""A soft hyphen at a line's end; pdfium writes U+FFFE in its place."""


def spaced(text: str) -> str:
    """Return the text as words with one space between them, hyphenated words joined."""
    joined = DIVIDED.sub("", DIRECTIONS.sub("", text))
    return " ".join(unicodedata.normalize("NFC", joined).split())


def unspaced(text: str) -> str:
    return spaced(text).replace(" ", "")


def mirrored(text: str) -> str:
    return text.translate(str.maketrans("()", ")("))


def plain(text: str) -> str:
    """Return the copy without its marks."""
    return re.sub(r"[\^~*\\]", "", text.replace("\\*", "\0")).replace("\0", "*")
