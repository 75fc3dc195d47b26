"""A brochure that shows how paragraphs and frames are set, in English and Arabic, for golden pages and the pictures in docs/.

The pages: the built-in styles.
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
"""


def gallery() -> MemoryProject:
    """Return the project."""
    files = {
        "brochure.yaml": f"{HEAD}pages:\n{BUILT_IN_STYLES}",
        "content/en.yaml": ENGLISH,
        "content/ar.yaml": ARABIC,
    }
    return MemoryProject({name: text.encode() for name, text in files.items()})
