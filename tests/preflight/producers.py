"""Files of other programs: PDF/X by WeasyPrint, Ghostscript and typst, and plain PDFs.

Each has one A5 page with text, a filled area and a heading, in CMYK if the program supports it.
"""

from __future__ import annotations

import importlib
import io
import subprocess
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.generic import NumberObject, RectangleObject
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from brochure.system.files import own_file
from tests.preflight import files as f
from tests.preflight.pdfx_seeds import stream
from tests.programs import lacking, need, need_file, run

FONT = Path("/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf")
PROFILE = "color/profiles/coated-fogra39.icc"
WORDS = "Every line can be printed."
HTML = """<html lang=en><head><title>Leaflet</title>
<meta name=dcterms.created content="2026-11-24"><meta name=dcterms.modified content="2026-11-24"><style>
@color-profile device-cmyk {{ src: url("{profile}"); components: C, M, Y, K }}
@font-face {{ font-family: Own; src: url("{font}") }}
@page {{ size: 148mm 210mm; margin: 15mm; bleed: 3mm }}
body {{ font: 10pt Own; color: device-cmyk(0 0 0 1) }}
div {{ background: device-cmyk(0.2 0.5 0 0); height: 40mm }}
h1 {{ color: device-cmyk(0 1 1 0); font-weight: normal }}
</style></head><body><h1>Leaflet</h1><p>{words}</p><div></div></body></html>"""
POSTSCRIPT = f"""%!PS
<< /PageSize [420 595] >> setpagedevice
0 0 0 1 setcmykcolor /Times-Roman findfont 12 scalefont setfont 60 400 moveto ({WORDS}) show
0.2 0.5 0 0 setcmykcolor 60 200 120 90 rectfill
0 1 1 0 setcmykcolor 1 setlinewidth 60 180 moveto 300 180 lineto stroke
showpage
"""
DEFINITION = """%!PS
[/GTS_PDFXVersion (PDF/X-3:2002) /Title (Leaflet) /Trapped /False /DOCINFO pdfmark
[/_objdef {icc} /type /stream /OBJ pdfmark
[{icc} << /N 4 >> /PUT pdfmark
[{icc} (press.icc) (r) file /PUT pdfmark
[/_objdef {intent} /type /dict /OBJ pdfmark
[{intent} << /Type /OutputIntent /S /GTS_PDFX /OutputCondition (Offset on coated paper) /Info (Coated)
  /OutputConditionIdentifier (FOGRA39) /RegistryName (http://www.color.org) /DestOutputProfile {icc} >> /PUT pdfmark
[{Catalog} << /OutputIntents [{intent}] >> /PUT pdfmark
"""
TYPST = f"""#set page(width: 148mm, height: 210mm)
#set document(title: "Leaflet", date: datetime(year: 2026, month: 11, day: 24))
#set text(fill: cmyk(0%, 0%, 0%, 100%))
{WORDS}
#rect(width: 40mm, height: 30mm, fill: cmyk(20%, 50%, 0%, 0%))
"""
PACKET = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/" pdfxid:GTS_PDFXVersion="PDF/X-4">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Leaflet</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


@lru_cache(maxsize=4)
def weasyprint(variant: str) -> bytes:
    """A file of WeasyPrint: `pdf/x-4`, `pdf/x-1a` or `pdf/x-3`."""
    library = _import("weasyprint")
    with TemporaryDirectory() as folder:
        profile = Path(folder, "press.icc")
        profile.write_bytes(own_file(PROFILE))
        text = HTML.format(profile=profile.as_uri(), font=_font().as_uri(), words=WORDS)
        made: bytes = library.HTML(string=text).write_pdf(pdf_variant=variant)
        return made


def _font() -> Path:
    need_file(FONT)
    return FONT


def _import(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        lacking(f"{name} is not installed (make peers)")


@lru_cache(maxsize=1)
def ghostscript() -> bytes:
    """A PDF/X-3 of Ghostscript."""
    need("gs")
    with TemporaryDirectory() as folder:
        texts = {
            "page.ps": POSTSCRIPT.encode(),
            "x3.ps": DEFINITION.encode(),
            "press.icc": own_file(PROFILE),
        }
        for name, data in texts.items():
            Path(folder, name).write_bytes(data)
        options = "-q -dPDFX -dBATCH -dNOPAUSE -sDEVICE=pdfwrite -sColorConversionStrategy=CMYK"
        more = "-sProcessColorModel=DeviceCMYK --permit-file-read=press.icc -sOutputFile=a.pdf x3.ps page.ps"
        command = ["gs", *options.split(), *more.split()]
        subprocess.run(command, cwd=folder, check=True, timeout=60, capture_output=True)
        return Path(folder, "a.pdf").read_bytes()


@lru_cache(maxsize=1)
def typst() -> bytes:
    """A plain PDF of typst."""
    library = _import("typst")
    made: bytes = library.compile(TYPST.encode())
    return made


def typst_for_press() -> bytes:
    """The file of typst with the boxes, the output intent and the metadata of PDF/X-4, by pypdf."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(typst())))
    page: Any = writer.pages[0]
    for box in ("/TrimBox", "/BleedBox"):
        page[f.name(box)] = RectangleObject(page.mediabox)
    profile = writer._add_object(stream(own_file(PROFILE), N=NumberObject(4)))
    intent = f.dictionary(
        S=f.name("/GTS_PDFX"),
        OutputConditionIdentifier=f.text("FOGRA39"),
        RegistryName=f.text("http://www.color.org"),
        DestOutputProfile=profile,
    )
    writer.root_object[f.name("/OutputIntents")] = f.array(intent)
    packet = stream(PACKET.encode(), Type=f.name("/Metadata"), Subtype=f.name("/XML"))
    writer.root_object[f.name("/Metadata")] = writer._add_object(packet)
    writer.add_metadata({"/Title": "Leaflet", "/Trapped": "/False"})
    info: Any = writer._info
    info[f.name("/Trapped")] = f.name("/False")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@lru_cache(maxsize=1)
def reportlab() -> bytes:
    """A plain PDF of ReportLab."""
    pdfmetrics.registerFont(TTFont("Own", str(_font())))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(420, 595), initialFontName="Own")  # type: ignore[arg-type]
    canvas.setTitle("Leaflet")
    canvas.setFillColorCMYK(0, 0, 0, 1)
    canvas.drawString(60, 400, WORDS)
    canvas.setFillColorCMYK(0.2, 0.5, 0, 0)
    canvas.rect(60, 200, 120, 90, fill=1, stroke=0)
    canvas.save()
    return out.getvalue()


def converted(program: str, *arguments: str) -> bytes:
    """The file of ReportLab, written again by a program; `IN` and `OUT` are the files."""
    return rewritten(reportlab(), program, *arguments)


def rewritten(pdf: bytes, program: str, *arguments: str) -> bytes:
    """A file, written again by a program; `IN` and `OUT` are the files."""
    need(program)
    with TemporaryDirectory() as folder:
        source, target = Path(folder, "in.pdf"), Path(folder, "out.pdf")
        source.write_bytes(pdf)
        names = {"IN": str(source), "OUT": str(target)}
        run(program, *(names.get(one, one) for one in arguments))
        return target.read_bytes()


@lru_cache(maxsize=1)
def chromium() -> bytes:
    """A plain PDF of Chromium, in RGB."""
    need("chromium")
    with TemporaryDirectory() as folder:
        page, target = Path(folder, "a.html"), Path(folder, "a.pdf")
        page.write_text(f"<title>Leaflet</title><p>{WORDS}</p>", encoding="utf-8")
        run("chromium", "--headless", "--no-sandbox", f"--print-to-pdf={target}", page)
        return target.read_bytes()
