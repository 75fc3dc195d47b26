"""Small good projects whose files are damaged; together they have every kind of file that the program reads.

A `Project` has the bytes of files by their names. The rich one has every kind of block, an office, a catalogue and a font of its
own; the others have one kind of content each, so that a case with a damaged picture takes no longer than that picture.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path

from tests.fuzz import parts

Project = Mapping[str, bytes]

STYLES = """\
  body:
    font: Source Serif 4
    size: 8 pt
    leading: 10 pt
    hyphenation: {min-before: 2, min-after: 3, min-word: 6, max-consecutive: 2}
    align: justify
    word-space: 78..135
    copyfit: {size: 6..8, leading: 8..10}
  small: {based-on: body, size: 0.8 em, align: start, tracking: 10, case: upper, figures: [oldstyle]}
"""
RICH = f"""\
brochure: rich
preflight: off
title: doc.title
size: A6
bleed: 3 mm
binding: saddle-stitch
first-page: right
source-language: en
date: 2026-11-24
marks: {{crop: yes, offset: 4 mm}}
paper: {{caliper: 0.1 mm}}
screen: {{ppi: 100, quality: 70}}
variables: {{people: 1775, share: 73, north: 30, south: 12.5, home: "https://example.org/{{a}}"}}
swatches:
  ink: cmyk 0 0 0 100
  ember: cmyk 0 86 100 9
  sand: rgb 240 230 200
  seal: spot "PANTONE 7421 C" as cmyk 18 100 45 67
fonts: {{fallback: {{Khmr: Noto Sans Khmer, any: Noto Sans}}}}
grid: {{margins: {{top: 8 mm, bottom: 8 mm, inner: 8 mm, outer: 8 mm}}, columns: 4, gutter: 3 mm, rows: 6, baseline: 10 pt}}
paragraph-styles:
{STYLES}\
character-styles:
  strong: {{weight: bold, colour: ember}}
masters:
  base:
    frames:
      foot: {{at: "columns 1-4, bottom 3 mm, height 4 mm", content: {{folio: , style: small}}}}
  plain: {{based-on: base, background: sand}}
stories:
  run: {{content: [{{heading: head, level: 2}}, {{text: long, first: body, style: small}}]}}
pages:
  - master: plain
    frames:
      photo: {{at: bleed, content: {{image: photos/a.jpg, focal-point: 30% 60%, alt: alt, credit: credit, credit-side: edge}}}}
      words:
        at: columns 1-4, rows 1-3
        valign: bottom
        rotate: 5
        content:
          - title: doc.title
          - subtitle: doc.sub
      mark: {{at: "columns 3-4, rows 5-6", content: {{image: mark.svg, alt: none, colour: seal, height: 8 mm}}}}
  - master: base
    frames:
      left: {{at: "columns 1-2, rows 1-4", story: run, auto-size: 5 mm}}
      right: {{at: "columns 3-4, rows 1-4", story: run}}
      stone: {{at: "columns 4-4, rows 4-4", text-wrap: 2 mm, background: sand}}
      table:
        at: columns 1-4, rows 5-6
        inset: 1 mm
        border: {{colour: ink, width: 0.3 pt}}
        content:
          - table:
              - [cell.a, cell.b, cell.c]
              - [cell.a, {{value: people}}, {{value: share, format: percent}}]
              - [cell.c, {{text: cell.b, columns: 2}}]
            columns: [40%, {{align: point}}, auto]
            rules: [top, head, rows]
            zebra: sand
            caption: credit
  - master: base
    frames:
      charts:
        at: columns 1-2, rows 1-6
        auto-size: 30 mm
        content:
          - bar-chart:
              - {{label: cell.a, value: north}}
              - {{label: cell.b, value: south, colour: ember}}
              - {{label: cell.c, value: none}}
            title: head
            alt: alt
            axis: 0..40
          - {{column-chart: [{{label: cell.a, value: 3}}, {{label: cell.b, value: 4.5}}], alt: alt, height: 20 mm}}
      more:
        at: columns 3-4, rows 1-6
        auto-size: 30 mm
        content:
          - {{donut: [{{label: cell.a, value: 45}}, {{label: cell.b, value: 55}}], alt: alt, centre: stat.figure}}
          - before-after: [{{label: cell.a, value: 100}}, {{label: cell.b, value: 27}}]
            alt: alt
            change: cell.c
            height: 25 mm
  - master: base
    frames:
      first:
        at: columns 1-2, rows 1-6
        columns: 1
        balance: yes
        content:
          - {{stat: stat.figure, label: stat.label, side: beside, gap: 1 mm}}
          - {{quote: quote, by: credit, footnote: cell.a}}
          - list: [cell.a, cell.b]
            marker: number
          - {{rule: 50%, colour: seal, thickness: 0.5 pt}}
      second:
        at: columns 3-4, rows 1-6
        content:
          - box: [{{heading: head, level: 3}}, {{image: photos/b.png, alt: alt}}]
            background: sand
            inset: 1 mm
          - {{qr: address, alt: alt, size: 18 mm, caption: credit}}
          - contact: doc.title
            lines: [cell.a]
            numbers: [{{label: cell.b, text: phone}}]
            addresses: [address]
"""
COPY = """\
doc:
  title: A rich & small brochure
  sub: "Made to be _damaged_"
alt: A field at dusk
credit: Photograph by nobody
head: What was done
long: |
  More than {people, number} people were **brought** to safety, {share, number, percent} of them [here](https://example.org).

  And {people, plural, one {one person} other {# people}} went home\\* with words to be hyphenated at the ends of lines.
cell: {a: Northern country, b: South, c: "{north, number}"}
stat: {figure: "{share, number, percent}", label: less than before}
quote: "“They came **back**.”*"
address: https://example.org/give
phone: "+66 2 000 0000"
"""
OFFICE = """\
office: north
languages: [en, fr, km]
size: Letter
paper: A4
press: uncoated-fogra29
digits: {km: native}
variables: {people: 12}
pictures: {photos/a.jpg: photos/b.png}
contact: {name: The North, phone: "+1 555 0100"}
legal: © {people, number} North
copy:
  fr: {head: Ici}
  any: {credit: Anybody}
"""
PO = """\
# A translator
msgid ""
msgstr ""
"Project-Id-Version: rich\\n"
"Language: fr\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\\n"

#. page 1, frame words, title
msgctxt "doc.title"
msgid "A rich & small brochure"
msgstr "Une brochure riche et petite"

#, fuzzy
#| msgid "Made to be broken"
msgctxt "doc.sub"
msgid "Made to be _damaged_"
msgstr "Faite pour être _gâtée_"

msgctxt "long"
msgid ""
"More than {people, number} people were **brought** to safety, {share, number, percent} of them [here](https://example.org).\\n"
"\\n"
"And {people, plural, one {one person} other {# people}} went home\\\\* with words to be hyphenated at the ends of lines.\\n"
msgstr ""
"Plus de {people, number} personnes, {share, number, percent} [ici](https://example.org).\\n"
"\\n"
"Et {people, plural, one {une} other {# personnes}} sont rentrées.\\n"

msgctxt "stat.figure"
msgid "{share, number, percent}"
msgstr "{share, number, percent}"

#~ msgctxt "gone"
#~ msgid "Gone"
#~ msgstr "Parti"
"""
CHECKS = """\
based-on: newsprint
checks:
  text-small: {severity: warning, size: 5}
  picture-resolution: off
  ink-total: {most: 260}
"""
KHMER = "អត្ថបទ ភាសាខ្មែរ {people, number}"


def _page(content: str, more: str = "", size: str = "A7") -> bytes:
    """Return a layout of one page with one frame. Builds do not run checks, so that they read every file; `check` does."""
    return f"""\
brochure: small
preflight: off
size: {size}
bleed: 0 mm
binding: none
{more}pages:
  - frames:
      all: {{at: margins, content: {content}}}
""".encode()


SMALL_COPY = b"alt: A thing\nwords: Affinity for *Toys*, 1/2 Waffles & AVoid T\xc3\xa9l\xc3\xa9.\n"


@lru_cache(maxsize=1)
def rich() -> Project:
    """A project with all kinds of content."""
    return {
        "brochure.yaml": RICH.encode(),
        "content/en.yaml": COPY.encode(),
        "content/fr.po": PO.encode(),
        "content/km.yaml": f"doc: {{title: {KHMER!r}}}\nhead: {KHMER!r}\n".encode(),
        "offices/north.yaml": OFFICE.encode(),
        "checks.yaml": CHECKS.encode(),
        "assets/photos/a.jpg": parts.jpeg(),
        "assets/photos/b.png": parts.png(),
        "assets/mark.svg": parts.SVG,
    }


def with_picture(name: str, made: Callable[[], bytes]) -> Project:
    """One picture that covers the page."""
    return {
        "brochure.yaml": _page(f"{{image: {name}, alt: alt}}"),
        "content/en.yaml": SMALL_COPY,
        f"assets/{name}": made(),
    }


@lru_cache(maxsize=1)
def with_words() -> Project:
    """One text, justified and hyphenated, with a variable and a fallback family."""
    styles = (
        "variables: {n: 5}\nfonts: {fallback: {Khmr: Noto Sans Khmer, any: Noto Sans}}\n"
        "paragraph-styles: {body: {font: Source Serif 4, size: 9 pt, leading: 12 pt, align: justify,"
        " hyphenation: yes, copyfit: {size: 7..9, leading: 10..12}}}\n"
    )
    return {
        "brochure.yaml": _page("[{text: words}]", styles, "A5"),
        "content/en.yaml": SMALL_COPY,
    }


@lru_cache(maxsize=1)
def personal() -> Project:
    """A card with merge fields."""
    fields = "merge-fields: {name: Ada, gift: 250, code: A-1}\n"
    code = "qr: address, size: 40 mm"
    return {
        "brochure.yaml": _page(f"[{{text: words}}, {{{code}}}]", fields, "A5"),
        "content/en.yaml": PERSONAL.encode(),
        "content/fr.yaml": PERSONAL.replace("Dear", "Cher").encode(),
    }


PERSONAL = """\
words: Dear {record_name, select, empty {friend} other {{record_name}}}, {record_gift, plural, one {#} other {#}} *dollars*.
address: https://example.org/{record_code}
"""


@lru_cache(maxsize=1)
def with_drawing() -> Project:
    """One drawing."""
    return {
        "brochure.yaml": _page("{image: mark.svg, alt: alt}"),
        "content/en.yaml": SMALL_COPY,
        "assets/mark.svg": parts.SVG,
    }


@lru_cache(maxsize=4)
def with_font(suffix: str) -> Project:
    """A few words in the project's own font, variable or with PostScript outlines."""
    font = parts.variable_font() if suffix == "ttf" else parts.postscript_font()
    styles = (
        f'paragraph-styles: {{body: {{font: "{parts.FAMILY}", size: 9 pt, leading: 12 pt,'
        " figures: [oldstyle], weight: 500}}\n"
    )
    return {
        "brochure.yaml": _page("[{text: words}, {list: [alt, words]}]", styles),
        "content/en.yaml": SMALL_COPY,
        f"assets/fonts/own.{suffix}": font,
    }


@lru_cache(maxsize=1)
def with_press() -> Project:
    """A picture and a field in RGB that are converted with the user's press profile."""
    press = "press: {condition: profiles/own.icc, intent: perceptual}\nswatches: {sand: rgb 240 230 200}\n"
    return {
        "brochure.yaml": _page(
            "[{box: [{text: words}], background: sand}, {image: p.png, alt: alt, height: 10 mm}]",
            press,
        ),
        "content/en.yaml": SMALL_COPY,
        "assets/p.png": parts.png(),
        "assets/profiles/own.icc": parts.press_profile(),
    }


@lru_cache(maxsize=1)
def approved() -> Project:
    """One picture, which is approved."""
    return {**with_picture("p.png", parts.png), "approved.json": APPROVED}


APPROVED = b'{"pictures": {"assets/p.png": "0123456789abcdef"}, "note": "right as they are"}\n'


@lru_cache(maxsize=4)
def shipped(name: str) -> Project:
    """A shipped layout with small pictures."""
    root = Path(__file__).resolve().parents[2]
    folder = root / "layouts" / name
    own = {file: (folder / file).read_bytes() for file in ("brochure.yaml", "content/en.yaml")}
    small = {
        f"assets/photos/{path.name}": parts.png() if path.suffix == ".png" else parts.jpeg()
        for path in (root / "assets" / "photos").iterdir()
    }
    return {**own, **small, "assets/logo.svg": (root / "assets" / "logo.svg").read_bytes()}
