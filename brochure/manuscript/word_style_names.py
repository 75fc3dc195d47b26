"""Names of Word's built-in styles, which other programs and translated versions of Word write in their own language.

Word writes the English name beside an identifier in the language of the program (`berschrift1`, without letters that are not
ASCII); other programs write a translated name. Numbers at the end are the level.
"""

from __future__ import annotations

import re

from brochure.manuscript.model import Kind, Role
from brochure.manuscript.style_map import fold_name

HEADINGS = (
    "heading|überschrift|berschrift|titre|título|titulo|ttulo|titolo|kop|rubrik|overskrift|nagłówek|nagwek|nadpis|encabezado"
    "|заголовок|заглавие|标题|標題|見出し|제목|عنوان|כותרת|otsikko|başlık|balk|címsor|cmsor|επικεφαλίδα|titlu|naslov"
    "|antraštė|antrat|virsraksts|pealkiri|intestazione|fyrirsögn|tiêuđề|judul|หัวเรื่อง|chương|ចំណងជើង"
)


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


HEADING = re.compile(rf"(?:{HEADINGS})([1-9])")

TITLES = _names(
    "title titel titre título titulo ttulo titolo tytuł tytu tittel otsikko název nzev názov nzov cím cm τίτλος "
    "titlu naslov название заголовок 标题 標題 表題 제목 العنوان כותרתטקסט konuadı konubal judul "
)
SUBTITLES = _names(
    "subtitle untertitel sous-titre soustitre subtítulo subtitulo subttulo sottotitolo ondertitel undertittel "
    "underrubrik undertitel podtytuł podtytu podtitul podnaslov alcím alcm подзаголовок 副标题 副標題 副題 부제 alaotsikko "
    "altyazı altyaz "
)
QUOTES = _names(
    "quote intensequote zitat intensiveszitat citation citationintense cita citadestacada citazione "
    "citazioneintensa citaat duidelijkcitaat citat starktcitat sitat sterktsitat cytat citát idézet цитата 引用 引用文 "
    "인용 blocktext quotations "
)
BULLETS = _names(
    "listbullet aufzählungszeichen aufzhlungszeichen listepuces listaconviñetas listaconvietas "
)
NUMBERS = _names("listnumber listennummer listenumros listaconnúmeros listaconnmeros ")
PLAIN = _names(
    "normal standard bodytext listparagraph nospacing normal(web) firstparagraph compact defaultparagraphstyle "
    "textbody plaintext bodytextindent bodytext2 bodytext3 textkörper corpsdetexte default footnotetext endnotetext "
)
"""Styles of running text."""

CONTENTS = re.compile(
    r"(?:toc|verzeichnis|tm|tdc|sommario|inhopg|spistreści|spistreci|innehåll|indholdsfortegnelse|inhopg|оглавление|目录|目次)[1-9]"
    r"|tocheading|contentsheading|contents[1-9]"
)

LINK_STYLES = _names(
    "hyperlink followedhyperlink internetlink visitedinternetlink lienhypertexte hipervínculo "
    "collegamentoipertestuale footnotereference endnotereference footnotecharacters endnotecharacters "
    "footnoteanchor endnoteanchor commentreference annotationreference defaultparagraphfont pagenumber "
    "placeholdertext appelnotedebasdep fußnotenzeichen "
)
"""Character styles that mark nothing: links and notes have marks of their own."""


def find_built_in_role(name: str) -> Role | None:
    """Return the role of a built-in style by its name or its identifier; None for another one."""
    plain = fold_name(name)
    if match := HEADING.fullmatch(plain):
        return Role(Kind.HEADING, min(6, int(match[1])))
    if CONTENTS.fullmatch(plain):
        return Role(Kind.SKIP)
    kinds = (
        (TITLES, Kind.TITLE),
        (SUBTITLES, Kind.SUBTITLE),
        (QUOTES, Kind.QUOTE),
        (BULLETS, Kind.BULLET),
        (NUMBERS, Kind.NUMBER),
        (PLAIN, Kind.TEXT),
    )
    without_level = re.sub(r"[2-5]$", "", plain)
    for names, kind in kinds:
        is_list = names in (BULLETS, NUMBERS)
        if plain in names or (is_list and without_level in names):
            return Role(kind)
    return None


def is_contents(name: str) -> bool:
    """Return True for a style of entries in a table of contents."""
    return bool(CONTENTS.fullmatch(fold_name(name)))
