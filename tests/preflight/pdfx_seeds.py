"""Defects that PDF/X or the Ghent Workgroup forbids, put into the finished clean brochure one at a time.

`PDFX_SEEDS` has the check that must find the defect and no other, and the place where it must be found, in points from the trim's
lower left corner. Painted objects are 40 x 20 points at 60, 70 by default.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NumberObject,
    StreamObject,
)

from brochure.findings import Finding
from brochure.preflight import PROFILES
from brochure.preflight.profile import CheckRule
from tests.preflight import files as f
from tests.preflight.brochures import finished, found_in

PLACE = (60.0, 70.0)
AREA = "60 70 40 20 re f"
PAINTED = f"0 0 0 1 k {AREA}"
IMAGE = "40 0 0 20 60 70 cm /X Do"


@dataclass(frozen=True)
class PdfDefect:
    """A defect in a finished file.

    `at` is the place where it must be found (None: it has no place on a page); `standard` is that of the clean file, `required`
    the one that it is checked against, and `profile` the preflight profile. `change` edits the bytes of the file after `edit`.
    """

    check: str
    edit: f.Edit = lambda _: None
    at: tuple[float, float] | None = PLACE
    page: int | None = 1
    standard: str = ""
    required: str = ""
    profile: str = "sheetfed"
    change: Callable[[bytes], bytes] = lambda data: data


def of_file(check: str, edit: f.Edit = lambda _: None, **more: Any) -> PdfDefect:
    """A defect of the file as a whole."""
    return PdfDefect(check, edit, None, None, **more)


def numbers(*values: float) -> ArrayObject:
    return f.array(*(FloatObject(value) for value in values))


def stream(data: bytes = b"", **entries: Any) -> StreamObject:
    """A stream with entries, written unchanged."""
    made = DecodedStreamObject()
    made.set_data(data)
    made.update(f.dictionary(**entries))
    return made


def lzw(data: bytes) -> bytes:
    """Data in LZW with codes of nine bits: at most 250 bytes."""
    codes = [256, *data, 257]
    bits = "".join(f"{code:09b}" for code in codes)
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def encoded(data: bytes, filter_name: str, made: StreamObject) -> StreamObject:
    """A stream with data that was encoded with a filter."""
    made._data = data
    made[f.name("/Filter")] = f.name(filter_name)
    return made


def image(width: int = 200, height: int = 100, **entries: Any) -> StreamObject:
    """A grey picture of 360 ppi across 40 points, or of the given size."""
    given = {
        "Type": f.name("/XObject"),
        "Subtype": f.name("/Image"),
        "Width": NumberObject(width),
        "Height": NumberObject(height),
        "ColorSpace": f.name("/DeviceGray"),
        "BitsPerComponent": NumberObject(8),
    }
    return stream(b"\x80" * (width * height), **{**given, **entries})


def bilevel(width: int, height: int, *, is_mask: bool = False) -> StreamObject:
    entries: dict[str, Any] = {"BitsPerComponent": NumberObject(1)}
    made = image(width, height, **entries)
    made.set_data(b"\x55" * (-(-width // 8) * height))
    if is_mask:
        del made["/ColorSpace"]
        made[f.name("/ImageMask")] = BooleanObject(True)
    return made


def form(operators: str = PAINTED, **entries: Any) -> StreamObject:
    """A form XObject that paints in the coordinates of the page."""
    box = entries.pop("BBox", numbers(60, 70, 100, 90))
    given = {"Type": f.name("/XObject"), "Subtype": f.name("/Form"), "BBox": box}
    return stream(operators.encode(), **{**given, "Resources": f.dictionary(), **entries})


def with_image(made: StreamObject) -> f.Edit:
    return f.drawn(IMAGE, XObject={"/X": made})


def with_form(made: StreamObject) -> f.Edit:
    return f.drawn("/X Do", XObject={"/X": made})


def with_state(operators: str = PAINTED, **entries: Any) -> f.Edit:
    return f.drawn(f"/X gs {operators}", ExtGState={"/X": f.dictionary(**entries)})


def identity_function(exponent: float = 1) -> DictionaryObject:
    return f.dictionary(FunctionType=NumberObject(2), Domain=numbers(0, 1), N=FloatObject(exponent))


def halftone(kind: int, **entries: Any) -> DictionaryObject:
    return f.dictionary(
        Type=f.name("/Halftone"),
        HalftoneType=NumberObject(kind),
        Frequency=NumberObject(60),
        Angle=NumberObject(45),
        SpotFunction=f.name("/Round"),
        **entries,
    )


def profiled(components: int) -> ArrayObject:
    """A colour space with an ICC profile; its data is not read."""
    return f.array(f.name("/ICCBased"), stream(b"", N=NumberObject(components)))


def spot(ink: str, alternate: tuple[float, ...] = (0, 1, 0, 0), space: str = "/DeviceCMYK") -> Any:
    """A separation with the alternate colour of its full tint."""
    function = f.dictionary(
        FunctionType=NumberObject(2),
        Domain=numbers(0, 1),
        C0=numbers(*(0 for _ in alternate)),
        C1=numbers(*alternate),
        N=NumberObject(1),
    )
    return f.array(f.name("/Separation"), f.name(f"/{ink}"), f.name(space), function)


def group(space: Any = None) -> DictionaryObject:
    made = f.dictionary(S=f.name("/Transparency"))
    if space is not None:
        made[f.name("/CS")] = space
    return made


def rgb() -> Any:
    return f.name("/DeviceRGB")


def spots_in_forms(writer: PdfWriter) -> None:
    """Three spot inks, each of which is only in the resources of a form."""
    forms = {}
    for index, ink in enumerate(("Gold", "Silver", "Copper")):
        spaces = f.dictionary(ColorSpace=f.dictionary(S=spot(ink)))
        operators = f"/S cs 1 scn {60 + 15 * index} 70 10 20 re f"
        forms[f"/F{index}"] = form(operators, Resources=spaces)
    f.drawn("/F0 Do /F1 Do /F2 Do", XObject=forms)(writer)


def layer(writer: PdfWriter, **step: str) -> Any:
    """A layer that is a processing step, in the catalogue."""
    metadata = f.dictionary(**{f"GTS_ProcSteps{key}": f.name(f"/{step[key]}") for key in step})
    made = f.dictionary(Type=f.name("/OCG"), Name=f.text("Die"), GTS_Metadata=metadata)
    reference = writer._add_object(made)
    layers = f.dictionary(OCGs=f.array(reference), D=f.dictionary())
    writer.root_object[f.name("/OCProperties")] = layers
    return reference


def step_of(operators: str, **step: str) -> f.Edit:
    """Operators in a processing step on the first page."""

    def edit(writer: PdfWriter) -> None:
        reference = layer(writer, **step)
        spaces = {"/S": spot("Die")}
        overprint = {"/O": f.state(OP=True, op=True, OPM=1.0)}
        content = f"/OC /L BDC /O gs /S cs 1 scn {operators} EMC"
        f.drawn(content, Properties={"/L": reference}, ColorSpace=spaces, ExtGState=overprint)(
            writer
        )

    return edit


def proxy(made: StreamObject, key: str, value: Any) -> StreamObject:
    made[f.name(key)] = value
    return made


def external(made: StreamObject) -> StreamObject:
    return proxy(made, "/F", f.dictionary(Type=f.name("/Filespec"), F=f.text("photo.jpg")))


def masked(mask: StreamObject) -> f.Edit:
    """An area under a soft mask, whose form is given."""

    def edit(writer: PdfWriter) -> None:
        entries = {"S": f.name("/Luminosity"), "G": writer._add_object(mask)}
        with_state(SMask=f.dictionary(**entries))(writer)

    return edit


def versions(info: str = "", xmp: str = "", conformance: str = "") -> f.Edit:
    """Other PDF/X versions in the information dictionary and in XMP."""

    def edit(writer: PdfWriter) -> None:
        for key, value in (("/GTS_PDFXVersion", info), ("/GTS_PDFXConformance", conformance)):
            if value:
                f.having(key, f.text(value), of="/Info")(writer)
        packet: Any = writer.root_object["/Metadata"].get_object()
        changed = stream(
            re.sub(rb"PDF/X-\w+(:\d+)?", xmp.encode(), packet.get_data()),
            Type=f.name("/Metadata"),
            Subtype=f.name("/XML"),
        )
        writer.root_object[f.name("/Metadata")] = writer._add_object(changed)

    return edit


def intent(**entries: str | None) -> f.Edit:
    """The output intent with other entries; None removes one."""

    def edit(writer: PdfWriter) -> None:
        intents: Any = writer.root_object["/OutputIntents"]
        own = intents[0].get_object()
        for key, value in entries.items():
            if value is None:
                del own[f"/{key}"]
            else:
                own[f.name(f"/{key}")] = f.text(value)

    return edit


BLACK_BELOW = "0 1 0 0 k 50 60 60 40 re f 0 0 0 1 k "

PDFX_SEEDS: dict[str, PdfDefect] = {
    # PDF/X
    "an image in LZW": PdfDefect(
        "compression", with_image(encoded(lzw(b"\x80" * 200), "/LZWDecode", image()))
    ),
    "a form in LZW": PdfDefect(
        "compression", with_form(encoded(lzw(PAINTED.encode()), "/LZWDecode", form()))
    ),
    "JPEG 2000 in a file for PDF 1.4": PdfDefect(
        "compression",
        with_image(encoded(b"", "/JPXDecode", image())),
        standard="x-1a",
    ),
    "an image of an OPI server": PdfDefect(
        "opi", with_image(image(OPI=f.dictionary(**{"2.0": f.dictionary()})))
    ),
    "a form of an OPI server": PdfDefect("opi", with_form(form(OPI=f.dictionary()))),
    "a PostScript XObject": PdfDefect(
        "postscript",
        f.drawn(
            IMAGE,
            XObject={"/X": stream(b"showpage", Type=f.name("/XObject"), Subtype=f.name("/PS"))},
        ),
    ),
    "a form with PostScript": PdfDefect("postscript", with_form(form(Subtype2=f.name("/PS")))),
    "a transfer function": PdfDefect("transfer-function", with_state(TR=identity_function(2))),
    "a second transfer function": PdfDefect(
        "transfer-function", with_state(TR2=identity_function(2))
    ),
    "a halftone of type 6": PdfDefect("halftone", with_state(HT=halftone(6))),
    "a halftone with a name": PdfDefect(
        "halftone", with_state(HT=halftone(1, HalftoneName=f.text("Own")))
    ),
    "a halftone with a phase": PdfDefect("halftone", with_state(HTP=numbers(0, 0))),
    "a halftone": PdfDefect("halftone", with_state(HT=halftone(1))),
    "an image with an alternate": PdfDefect(
        "image-alternates", with_image(image(Alternates=f.array(f.dictionary())))
    ),
    "a page of another file": PdfDefect(
        "reference-xobject", with_form(form(Ref=f.dictionary(Page=NumberObject(0))))
    ),
    "an image in another file": PdfDefect("external-stream", with_image(external(image()))),
    "PDF/X-4 in one place, PDF/X-3 in the other": of_file(
        "pdfx-identification", versions(info="PDF/X-3:2003", xmp="PDF/X-4"), required="x-3"
    ),
    "PDF/X-4 in the information dictionary alone": of_file(
        "pdfx-identification", versions(info="PDF/X-4"), required="x-4"
    ),
    "PDF/X-1a:2001 without its conformance": of_file(
        "pdfx-identification",
        versions(info="PDF/X-1:2001", xmp="PDF/X-1:2001"),
        standard="x-1a",
    ),
    "a version that does not exist": of_file(
        "pdfx-identification", versions(xmp="PDF/X-4:2099"), required="x-4"
    ),
    "another standard than the printer's": of_file("pdfx", required="x-3"),
    "a file without an identifier": of_file(
        "file-id", change=lambda data: data.replace(b"/ID [", b"/Id [")
    ),
    "object streams in PDF/X-1a": of_file(
        "object-streams", standard="x-1a", change=f.with_object_streams
    ),
    "PDF/X-4 with a name in the place of a profile": of_file(
        "output-intent", intent(DestOutputProfile=None)
    ),
    "a condition of one's own without a profile": of_file(
        "output-intent",
        intent(DestOutputProfile=None, OutputConditionIdentifier="Our press"),
        standard="x-1a",
    ),
    "a condition of one's own without a description": of_file(
        "output-intent", intent(OutputConditionIdentifier="Our press", Info=None)
    ),
    "a spot ink with two substitutes": PdfDefect(
        "spot-alternates",
        f.drawn(
            f"/A cs 1 scn 20 20 9 9 re f /B cs 1 scn {AREA}",
            ColorSpace={"/A": spot("Gold"), "/B": spot("Gold", (0, 0, 1, 0))},
        ),
        at=None,
    ),
    "a spot ink with a substitute in RGB": PdfDefect(
        "spot-alternates",
        f.drawn(f"/A cs 1 scn {AREA}", ColorSpace={"/A": spot("Gold", (1, 0, 0), "/DeviceRGB")}),
        at=None,
        standard="x-1a",
    ),
    "a group that blends in RGB": PdfDefect("blend-space", with_form(form(Group=group(rgb())))),
    "a page that blends in RGB": PdfDefect(
        "blend-space", f.having("/Group", group(rgb()), of="/Page"), at=None
    ),
    "a group in PDF/X-1a": PdfDefect(
        "transparency-group", with_form(form(Group=group())), standard="x-1a"
    ),
    # Ghent Workgroup
    "black that overprints in mode 0": PdfDefect(
        "overprint-mode",
        f.drawn(
            f"{BLACK_BELOW} /X gs {AREA}",
            ExtGState={"/X": f.state(OP=True, op=True, OPM=0.0)},
        ),
    ),
    "grey that overprints": PdfDefect(
        "grey-overprint",
        f.drawn(
            f"{BLACK_BELOW} /X gs 0 g {AREA}",
            ExtGState={"/X": f.state(OP=True, op=True, OPM=1.0)},
        ),
    ),
    "CMYK with a profile": PdfDefect(
        "icc-cmyk", f.drawn(f"/P cs 0 0 0 1 scn {AREA}", ColorSpace={"/P": profiled(4)})
    ),
    "line art of 540 ppi": PdfDefect("line-art-resolution", with_image(bilevel(300, 150))),
    "a stencil of 720 ppi": PdfDefect(
        "line-art-resolution", with_image(bilevel(400, 200, is_mask=True))
    ),
    "a picture of 900 ppi": PdfDefect("picture-resolution-high", with_image(image(500, 250))),
    "line art of 4,000 ppi": PdfDefect("picture-resolution-high", with_image(bilevel(2400, 1200))),
    "three more spot inks in forms": PdfDefect("plate-count", spots_in_forms, at=(90, 70)),
    "a rule drawn as a thin area": PdfDefect("thin-fill", f.drawn("0 0 0 1 k 60 70 40 0.1 re f")),
    "a slanting rule drawn as a thin area": PdfDefect(
        "thin-fill", f.drawn("0 0 0 1 k 60 70 m 100 110 l 100 110.2 l 60 70.2 l f")
    ),
    "letters with thin outlines": PdfDefect(
        "text-stroked", f.drawn("0 0 0 1 K 0.1 w BT 1 Tr /F1 14 Tf 60 70 Td <0002> Tj ET")
    ),
    "an operator that does not exist": PdfDefect("content-syntax", f.drawn("1 2 foo"), at=None),
    "a name that is not in the resources": PdfDefect(
        "content-syntax", f.drawn("/Nothing Do"), at=None
    ),
    "a state that is not restored": PdfDefect("content-syntax", f.drawn("q"), at=None),
    "a text that is not ended": PdfDefect("content-syntax", f.drawn("BT"), at=None),
    "a file without a header": of_file(
        "file-structure", change=lambda data: data.replace(b"%PDF-", b"%PDX-", 1)
    ),
    "a wrong cross-reference table": of_file(
        "file-structure", change=lambda data: data.replace(b"\n", b"\n% moved\n", 1)
    ),
    "a step of an unknown group": of_file("processing-steps", step_of(AREA, Group="Cutter")),
    "a step with a type that it cannot have": of_file(
        "processing-steps", step_of(AREA, Group="Varnish", Type="Gloss")
    ),
    "a step in process inks": PdfDefect(
        "processing-step-ink",
        step_of(f"20 20 9 9 re f 0 0 0 1 k {AREA}", Group="Structural", Type="Cutting"),
    ),
    "ink beyond the limit of the file's intent": PdfDefect(
        "ink-total", f.drawn(f"0.8 0.8 0.8 0.7 k {AREA}")
    ),
}


def findings_of(defect: PdfDefect) -> tuple[Finding, ...]:
    """Return the findings in the file with the defect."""
    base = finished("press", defect.standard)
    return check(defect.change(f.edited(base, defect.edit)), defect.profile, defect.required)


def check(pdf: bytes, profile: str = "sheetfed", required: str = "") -> tuple[Finding, ...]:
    """Return the findings with a profile, without rendered ink."""
    chosen = PROFILES[profile]
    rules = {**chosen.rules, "ink-rendered": CheckRule(off=True)}
    return found_in(pdf, replace(chosen, rules=rules, standard=required or chosen.standard))
