"""A brochure with footnotes and endnotes, in English and Arabic, for golden pages and the picture in docs/."""

from __future__ import annotations

from brochure.project import MemoryProject

LAYOUT = """
brochure: notes
size: 105 x 150 mm
binding: none
source-language: en
title: head
fonts: {fallback: {Arab: Noto Sans Arabic}}
swatches: {ink: cmyk 0 0 0 100, ember: cmyk 0 72 92 6}
grid: {margins: {top: 10 mm, bottom: 12 mm, inner: 10 mm, outer: 10 mm}}
paragraph-styles:
  body: {font: Source Serif 4, size: 8.5 pt, leading: 11.5 pt, hyphenation: yes}
  list: {space-after: 2 pt}
notes: {rule: {colour: ember, width: 0.6 pt}}
stories:
  clinic:
    content:
      - {heading: head, level: 2}
      - text: clinic
      - {list: [feet, eyes]}
      - text: school
      - {table: [[year, visits], [y1, v1], [y2, v2]], head: 1}
pages:
  - frames: {text: {at: margins, columns: 2, gutter: 5 mm, story: clinic}}
  - frames:
      below: {at: "x 10 mm, y 10 mm, width 85 mm, height 62 mm", columns: 2, gutter: 5 mm, balance: yes, notes: frame,
              content: [{text: bus}]}
      end: {at: "x 10 mm, y 80 mm, width 85 mm, height 58 mm", notes: end,
            content: [{text: end}, {heading: sources, level: 3}, {notes: }]}
"""
ENGLISH = """
head: The slow clinic[^name]
clinic: |-
  The nurses call this the slow clinic.[^aldous] The bus comes at low water, and leaves when the last patient has been seen,
  which may be late. There is tea, there are chairs, and the stove is lit from October to May.

  In the first year forty people came. In the second there were four hundred, and the district lent a second nurse.[^nurse] She
  stayed. Her house is the one with the blue door at the end of the causeway, and people knock there too.
feet: Blood pressure and feet, every month.
eyes: Eyes, twice a year.[^eyes]
school: >-
  After the flood the clinic moved to the school for two winters.[^flood] The desks were too low for examinations, and the
  register was kept in the music room.
year: Year
visits: Visits
y1: "2023"
v1: 412[^count]
y2: "2024"
v2: "478"
bus: >-
  The bus comes at low water,[^bus] and leaves when the last patient has been seen. Her house is the one with the blue door at the
  end of the causeway.[^flood] People knock there too, and they are let in.
end: The clinic has a register,[^register] a stove and a clock.[^clock][^aldous]
sources: Sources
notes:
  name: "The name is older than the clinic: it was that of the ferry."
  aldous: K. Aldous, *Slow Medicine* (Leeds, 2019), page 44.
  nurse: Paid by the district until 2024, and by the trust since.
  eyes: By appointment.
  flood: Of January 2022; see page {page:clinic}.
  count: From February.
  bus: The 14, from the harbour.
  register: In the care of the county archive.
  clock: Given by the passengers of the ferry.
"""
ARABIC = """
head: العيادة البطيئة[^name]
clinic: |-
  تسمي الممرضات هذا المكان العيادة البطيئة.[^aldous] تأتي الحافلة عند انحسار الماء وتغادر بعد أن يفحص آخر مريض وقد يتأخر الوقت.

  في السنة الأولى جاء أربعون شخصا وفي الثانية أربعمئة، وأعارت المنطقة ممرضة ثانية عام ٢٠١٩[^nurse] وبقيت هناك.
feet: ضغط الدم والقدمان كل شهر.
eyes: العيون مرتين في السنة.[^eyes]
school: بعد الفيضان انتقلت العيادة إلى المدرسة لشتاءين.[^flood] وكانت المقاعد منخفضة جدا.
year: السنة
visits: الزيارات
y1: "٢٠٢٣"
v1: ٤١٢[^count]
y2: "٢٠٢٤"
v2: "٤٧٨"
bus: تأتي الحافلة عند انحسار الماء،[^bus] وتغادر بعد أن يفحص آخر مريض. بيتها هو صاحب الباب الأزرق.[^flood]
end: في العيادة سجل[^register] وموقد وساعة.[^clock][^aldous]
sources: المصادر
notes:
  name: الاسم أقدم من العيادة، فقد كان اسم العبارة.
  aldous: ك. ألدوس، *الطب البطيء* (ليدز، ٢٠١٩)، ص ٤٤.
  nurse: على نفقة المنطقة حتى عام ٢٠٢٤.
  eyes: بموعد.
  flood: في يناير ٢٠٢٢، انظر الصفحة {page:clinic}.
  count: من فبراير.
  bus: رقم ١٤ من الميناء.
  register: في أرشيف المقاطعة.
  clock: هدية من ركاب العبارة.
"""


def gallery() -> MemoryProject:
    """Return the project."""
    files = {
        "brochure.yaml": LAYOUT,
        "content/en.yaml": ENGLISH,
        "content/ar-EG.yaml": ARABIC,
    }
    return MemoryProject({name: text.encode() for name, text in files.items()})
