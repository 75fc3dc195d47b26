"""A brochure with every kind of chart with axes or units, in English and Arabic, for golden pages and the picture in docs/."""

from __future__ import annotations

from brochure.project import MemoryProject

INCOME = """\
year,income,spending,reserves
2012,402.1,390.2,120
2013,423.5,401.0,141
2014,441.0,455.5,128
2015,470.2,460.1,140
2016,512.7,498.3,152
2017,530.1,541.2,141
2018,555.9,540.0,157
2019,601.3,580.4,178
2020,520.0,610.9,87
2021,566.2,585.0,
2022,640.8,600.3,109
2023,688.0,671.4,125
2024,731.5,722.6,134
2025,790.2,748.9,175
"""
PLACES = """\
place,distance,days,cases
Alder,5.4,64,33
Beck,4.9,63,54
Combe,2.3,59,22
Dene,1.6,53,18
Elm,7.1,67,417
Ford,9.2,69,116
Gill,9.1,61,17
Holt,8.1,65,12
Ings,2.4,62,47
Kirk,12.5,73,34
Lea,14.6,70,17
Mere,21.9,74,19
"""
LAYOUT = """
brochure: charts
size: 160 x 225 mm
binding: none
source-language: en
fonts: {fallback: {Arab: Noto Sans Arabic}}
swatches: {ink: cmyk 0 0 0 100, ember: cmyk 0 72 92 6, night: cmyk 90 60 10 30}
grid: {margins: {top: 10 mm, bottom: 10 mm, inner: 10 mm, outer: 10 mm}}
paragraph-styles:
  body: {font: Source Sans 3, size: 9 pt, leading: 12 pt}
  axis: {font: Source Sans 3, size: 7.5 pt, leading: 9.5 pt, figures: [lining, tabular]}
  label: {font: Source Sans 3, size: 9 pt, leading: 12 pt}
pages:
  - frames:
      left:
        at: x 10 mm, y 10 mm, width 66 mm, height 205 mm
        content:
          - line-chart:
              from: income.csv
              x: year
              lines: [income, spending, reserves]
              labels: {income: income, spending: spending, reserves: reserves}
            title: line
            unit: thousand
            alt: alt
            height: 56 mm
            colours: [ember, night, ink]
            notes: [{x: "2020", text: closed}]
          - column-chart:
              from: income.csv
              label: year
              value: [spending, reserves]
              labels: {income: income, spending: spending, reserves: reserves}
              where: {year: "> 2020"}
            title: columns
            unit: thousand
            stacked: yes
            alt: alt
            height: 48 mm
            colours: [night, night 35%]
          - waffle-chart:
              - {label: income, value: 45, colour: ember}
              - {label: spending, value: 35}
              - {label: reserves, value: 20}
            title: waffle
            alt: alt
      right:
        at: x 84 mm, y 10 mm, width 66 mm, height 205 mm
        content:
          - area-chart:
              from: income.csv
              x: year
              lines: [spending, reserves]
              labels: {income: income, spending: spending, reserves: reserves}
              where: {year: "!= 2021"}
            title: areas
            unit: thousand
            alt: alt
            height: 50 mm
            colours: [night, night 35%]
          - bar-chart:
              - {label: north, value: [42, 38]}
              - {label: south, value: [-8, 21]}
            series: [before, after]
            title: bars
            alt: alt
            colours: [night 35%, night]
          - line-chart: {from: income.csv, x: year, labels: {income: income, spending: spending, reserves: reserves}}
            title: panels
            alt: alt
            panels: 3
            colours: [ember, ember, ember]
          - scatter-chart:
              from: places.csv
              x: distance
              value: days
              label: place
              size: cases
              colours: {Elm: ember, Kirk: ember}
            title: points
            unit: days
            x-unit: distance
            size-unit: cases
            alt: alt
            height: 52 mm
            colour: night
"""
ENGLISH = """
line: Lines, with their names at their ends
areas: Areas, stacked
columns: Stacked columns
bars: Bars side by side
panels: Small multiples
points: Scatter, with sizes
waffle: One square is one per cent
income: Income
spending: Spending
reserves: Reserves
thousand: £ thousand
closed: Shops are closed
north: North
south: South
before: "2015"
after: "2025"
days: Days of waiting
distance: Distance, km
cases: Cases
alt: The figures of the association.
"""
ARABIC = """
line: خطوط مع أسمائها
areas: مساحات متراكمة
columns: أعمدة متراكمة
bars: أشرطة متجاورة
panels: مضاعفات صغيرة
points: نقاط مبعثرة
waffle: كل مربع واحد في المئة
income: الدخل
spending: الإنفاق
reserves: الاحتياطي
thousand: ألف جنيه
closed: المتاجر مغلقة
north: الشمال
south: الجنوب
before: "2015"
after: "2025"
days: أيام الانتظار
distance: المسافة بالكيلومتر
cases: الحالات
alt: أرقام الجمعية.
"""


def gallery() -> MemoryProject:
    """Return the project."""
    files = {
        "brochure.yaml": LAYOUT,
        "content/en.yaml": ENGLISH,
        "content/ar.yaml": ARABIC,
        "assets/income.csv": INCOME,
        "assets/places.csv": PLACES,
    }
    return MemoryProject({name: text.encode() for name, text in files.items()})
