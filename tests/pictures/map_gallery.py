"""Maps with proportional symbols, in English and Arabic, for golden pages and the picture in docs/."""

from __future__ import annotations

import math

from brochure.project import MemoryProject

CLINICS = """\
Clinic,Patients,X,Y
Port,4210,62%,70%
Northgate,1220,48%,22%
Millbrook,890,52%,28%
Ashford,610,30%,45%
Westbury,2300,24%,60%
Harbour,340,66%,74%
Quay,120,68%,66%
Old Town,760,58%,66%
Hill,95,40%,40%
Dale,55,42%,44%
Combe,410,75%,40%
"""
LAYOUT = """
brochure: maps
size: 160 x 104 mm
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
        at: x 10 mm, y 10 mm, width 80 mm, height 88 mm
        content:
          - symbol-map:
              from: clinics.csv
              label: Clinic
              value: Patients
              x: X
              y: Y
              colours: {Port: ember}
            map: island.svg
            title: clinics
            unit: patients
            source: source
            alt: alt
            colour: night
      right:
        at: x 98 mm, y 10 mm, width 52 mm, height 88 mm
        content:
          - symbol-map:
              - {label: alder, id: d1, value: 40}
              - {label: beck, id: d2, value: 12}
              - {label: combe, id: d3, value: 66}
              - {label: dene, id: d5, value: 3}
              - {label: isle, id: isle, value: 25, colour: ember}
            map: island.svg
            map-colour: ink 12%
            title: districts
            alt: alt
            colour: night
"""
ENGLISH = """
clinics: Symbols at places, from a file
districts: Symbols in districts, by their ids
patients: Patients in 2025
source: "Source: register of the clinics"
alt: Most patients live near the port.
alder: Alder
beck: Beck
combe: Combe
dene: Dene
isle: Isle
"""
ARABIC = """
clinics: رموز في أماكنها
districts: رموز في المناطق
patients: المرضى في 2025
source: "المصدر: سجل العيادات"
alt: يعيش معظم المرضى قرب الميناء.
alder: الشمال
beck: الوسط
combe: الجنوب
dene: الغرب
isle: الجزيرة
"""


def island(*, sea: bool = True) -> str:
    """Return a drawing of an island with six districts and an islet."""
    coast = []
    for at in range(90):
        angle = 2 * math.pi * at / 90
        radius = 80 * (1 + 0.16 * math.sin(3 * angle + 1) + 0.07 * math.sin(7 * angle + 2))
        coast.append((150 + 1.35 * radius * math.cos(angle), 105 + radius * math.sin(angle)))
    districts = [
        [(150.0, 105.0), *coast[at : at + 15], coast[(at + 15) % 90]] for at in range(0, 90, 15)
    ]
    paths = [
        f'<path id="d{at}" d="M{"L".join(f"{x:.1f} {y:.1f}" for x, y in points)}Z"/>'
        for at, points in enumerate(districts, 1)
    ]
    ground = '<rect width="300" height="210" fill="#eef3f6"/>' if sea else ""
    islet = (
        '<g id="isle" transform="translate(265 185) scale(2)"><path d="M-6 0L0 -4L7 1L2 5Z"/></g>'
    )
    land = f'<g fill="#d5dcd0" stroke="#ffffff">{"".join(paths)}{islet}</g>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 210">{ground}{land}</svg>'


def maps() -> MemoryProject:
    """Return the project."""
    files = {
        "brochure.yaml": LAYOUT,
        "content/en.yaml": ENGLISH,
        "content/ar.yaml": ARABIC,
        "assets/clinics.csv": CLINICS,
        "assets/island.svg": island(sea=False),
    }
    return MemoryProject({name: text.encode() for name, text in files.items()})
