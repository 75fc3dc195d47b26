"""A brochure that shows paragraph and frame settings, in English and Arabic, for golden pages and the pictures in docs/.

The pages: the built-in styles; frames beside other frames; rules and shading; headings and pictures that span columns; a form.
"""

from __future__ import annotations

from brochure.project import MemoryProject

HEAD = """
brochure: setting
size: A5
source-language: en
first-page: right
binding: none
fonts: {fallback: {Arab: Noto Sans Arabic}}
swatches: {ink: cmyk 0 0 0 100, ember: cmyk 0 72 92 6, night: cmyk 90 60 10 30, sand: cmyk 3 6 13 0}
"""
STYLES = """
paragraph-styles:
  note: {font: Source Sans 3, size: 8.5 pt, leading: 11.5 pt, space-after: 0 pt}
  kicker:
    {font: Source Sans 3, size: 8 pt, leading: 11 pt, colour: paper, space-after: 4 pt,
     shading: {colour: night, width: text, inset: {top: 3 pt, bottom: 3.5 pt, start: 5 pt, end: 5 pt}}}
  section: {based-on: heading-3, rule-above: {thickness: 2 pt, colour: ember, gap: 5 pt}, space-before: 14 pt}
  panel:
    {font: Source Sans 3, size: 9 pt, leading: 12.5 pt, space-after: 4 pt,
     shading: {colour: sand, inset: {top: 7 pt, bottom: 8 pt, start: 8 pt, end: 8 pt}}}
  warning:
    {based-on: panel,
     shading: {border: {colour: ember, width: 1 pt}, inset: {top: 7 pt, bottom: 8 pt, start: 8 pt, end: 8 pt}}}
  dates:
    {font: Source Sans 3, size: 9 pt, leading: 12.5 pt, space-after: 5 pt,
     rule-below: {thickness: 1 pt, dash: dotted, colour: ember, gap: 4.5 pt}}
  over: {based-on: heading-1, span: all}
  columns: {size: 9 pt, leading: 12.5 pt}
  written: {based-on: note, leading: 24 pt, tabs: [{at: 135 pt, leader: "."}, {at: end, leader: "."}]}
  note-right: {based-on: note, align: right}
  note-left: {based-on: note, align: left}
"""
BUILT_IN_STYLES = """
  - frames:
      page:
        at: margins
        content:
          - title: title
          - subtitle: subtitle
          - text: story
          - heading: bring
          - text: hours
          - list: [bill, kettle, name]
          - text: hours
          - quote: words
            by: speaker
          - stat: share
            label: comers
"""
FRAMES = """
  - frames:
      head: {at: "margins, height 30 pt", content: {heading: walk, level: 1}}
      map:
        at: "below head, gap 6 mm, left 38 mm, width 72 mm, height 60 mm"
        background: sand
        mirror: no
        content: {image: map.svg, alt: map, height: 60 mm, fit: contain}
      tide: {at: "left-of map, gap 3 mm, height 22 mm", mirror: no, content: {text: tide, style: note-right}}
      bridge: {at: "right-of map, gap 3 mm, height 22 mm, align bottom", mirror: no, content: {text: bridge, style: note-left}}
      caption:
        at: "below map, gap 2 mm, height 8 mm"
        auto-size: 30 mm
        background: sand 60%
        inset: 2 mm
        content: {text: caption, style: note}
      below: {at: "below caption, gap 4 mm, margins", content: {text: story}}
"""
SHADING = """
  - frames:
      head: {at: "margins, height 60 pt", content: [{text: days, style: kicker}, {heading: bring, level: 1}]}
      columns:
        at: "below head, gap 6 mm, margins"
        columns: 2
        balance: yes
        content:
          - {heading: bring, level: 3, style: section}
          - text: story
          - {text: list-head, style: panel}
          - {list: [bill, kettle, name], style: panel}
          - text: hours
          - {text: tide, style: warning}
          - {heading: days, level: 3, style: section}
          - {text: first, style: dates}
          - {text: second, style: dates}
          - {text: third, style: dates}
"""
SPANNING = """
  - frames:
      columns:
        at: margins
        columns: 3
        balance: yes
        align-feet: yes
        content:
          - {text: walk, style: over}
          - {text: story, style: columns}
          - {image: map.svg, alt: map, height: 26 mm, fit: cover, focal-point: 50% 25%, span: all}
          - {text: story, style: columns}
          - {text: bring, style: over}
          - {text: story, style: columns}
          - {quote: words, by: speaker, span: all}
"""
FORM = """
  - frames:
      form:
        at: margins
        content:
          - {heading: join, level: 1}
          - text: hours
          - form:
              - {line: name-label}
              - {line: address, lines: 2}
              - {comb: postcode, count: 6, group: 3, width: 45%}
              - {line: town, width: 55%}
              - {boxes: [once, monthly, yearly], label: gift}
              - {comb: account, count: 22, group: 4}
              - {line: date, width: 40%}
              - {line: signature, width: 60%}
              - {boxes: [agree]}
            tear-off: scissors
            colour: night
          - {text: leaders, style: written}
"""
ENGLISH = """
title: The repair café
subtitle: Every first Saturday, in the old boathouse
story: |-
  Kettles, lamps, bicycles, coats: what is broken comes in at ten, and most of it goes home mended. Eleven people who know
  how sit at the long table, and those who bring the things sit next to them.

  Nobody pays. A tin at the door takes coins for screws and thread.
bring: What to bring
hours: The doors close at four. What is not mended by then waits on the shelf for a month.
bill: The bill, if you still have it
kettle: The cable and the parts that came off
name: Your name on a label
words: “I had not held a soldering iron for forty years.”
speaker: Odile Marchand, volunteer
share: 83%
comers: of what comes in goes home mended
join: Lend a hand
name-label: "Name:"
address: Address
postcode: Postcode
town: Town
gift: I give
once: once
monthly: every month
yearly: every year
account: Account (IBAN)
date: Date
signature: Signature
agree: I agree that the café keeps my address and writes to me about open days.
leaders: "Received on\t by\t"
days: Open days
list-head: "**Please bring**"
first: 7 March
second: 4 April
third: 2 May
walk: Round the harbour
map: A map of the harbour with the way along the water
tide: The lower path is under water for an hour at high tide.
bridge: The footbridge opens for masts at nine and at five.
caption: The way round the harbour is two kilometres long. It begins at the old boathouse, and half of it is level.
"""
ARABIC = """
title: مقهى الإصلاح
subtitle: كل سبت أول من الشهر في بيت القوارب القديم
story: |-
  الغلايات والمصابيح والدراجات والمعاطف: ما انكسر يصل في العاشرة، ومعظمه يعود إلى البيت سليماً. يجلس أحد عشر شخصاً إلى
  الطاولة الطويلة، ويجلس أصحاب الأشياء إلى جانبهم.

  لا يدفع أحد شيئاً. علبة عند الباب تجمع النقود للبراغي والخيوط.
bring: ماذا تحضر معك
hours: تغلق الأبواب في الرابعة. وما لم يُصلح ينتظر على الرف شهراً.
bill: الفاتورة إن وجدت
kettle: السلك والقطع التي سقطت
name: اسمك على بطاقة
words: «لم أمسك مكواة لحام منذ أربعين عاماً.»
speaker: أوديل مارشان، متطوعة
share: 83%
comers: مما يصل يعود سليماً
join: مدّ يد العون
name-label: "الاسم:"
address: العنوان
postcode: الرمز البريدي
town: المدينة
gift: أتبرع
once: مرة
monthly: كل شهر
yearly: كل سنة
account: الحساب (IBAN)
date: التاريخ
signature: التوقيع
agree: أوافق على أن يحتفظ المقهى بعنواني وأن يراسلني بشأن الأيام المفتوحة.
leaders: "استلم في\t من\t"
days: أيام مفتوحة
list-head: "**أحضر معك**"
first: 7 مارس
second: 4 أبريل
third: 2 مايو
walk: حول المرفأ
map: خريطة المرفأ والطريق على الماء
tide: يغمر الماء الطريق السفلي ساعة عند المد.
bridge: يُفتح جسر المشاة للصواري في التاسعة والخامسة.
caption: طول الطريق حول المرفأ كيلومتران. يبدأ عند بيت القوارب القديم، ونصفه مستوٍ.
"""
MAP = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 60">
<path d="M0 22 C14 18 20 34 34 30 S54 8 72 14 V60 H0 Z" fill="#b9cfdc"/>
<path d="M28 60 C30 48 40 42 52 44 S66 56 64 60 Z" fill="#f1e9dd"/>
<path d="M6 17 C16 14 22 28 34 25 S52 4 66 10" fill="none" stroke="#c8541b" stroke-width="1.2" stroke-dasharray="2 1.4"/>
<circle cx="6" cy="17" r="2" fill="#c8541b"/>
<path d="M58 8 L62 26 M61 7.4 L65 25.4" stroke="#22313f" stroke-width="0.8" fill="none"/>
</svg>
"""


def gallery(more: str = "") -> MemoryProject:
    """Return the project; `more` is a further line of its layout."""
    files = {
        "brochure.yaml": f"{HEAD}{more}{STYLES}pages:\n{BUILT_IN_STYLES}{FRAMES}{SHADING}{SPANNING}{FORM}",
        "content/en.yaml": ENGLISH,
        "content/ar.yaml": ARABIC,
        "assets/map.svg": MAP,
    }
    return MemoryProject({name: text.encode() for name, text in files.items()})
