"""ReportLab, configured for PDF/X and PDF/UA: the canvas, the document and the parts they lack.

This is the only module that configures ReportLab, and the only one that uses private names of it: `Canvas._doc`, the
document that a canvas draws into, and `Canvas._extgstate`, its graphics states. `tests/pdf/test_engine.py` lists every name
of ReportLab that the package uses.

ReportLab executes `~/.reportlab_mods` and `~/.reportlab_settings` when it is imported, and every `RL_*` environment variable
overrides a setting; documents read SOURCE_DATE_EPOCH. None of that counts here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace
from typing import Any, cast

from brochure.lazy_pattern import import_with_lazy_patterns

SETTINGS: Mapping[str, object] = {
    "useA85": 0,  # streams as bytes, not as ASCII85 text: a fifth smaller and seven times faster
    "invariant": 1,
    "pageCompression": 1,
    "pdfComments": 0,
    "pdfMultiLine": 0,
    "documentLang": None,
    "decimalSymbol": ".",
    "errorOnDuplicatePageLabelPage": 0,
    "T1SearchPath": (),
    "TTFSearchPath": (),
    "CMapSearchPath": (),
    "unShapedFontGlob": "",
}

OVERRIDES = (
    "reportlab_mods",
    "reportlab_settings",
    "reportlab.local_rl_mods",
    "reportlab.local_rl_settings",
)
"""Modules that ReportLab imports if they exist; replaced here, since ReportLab then reads no files in the home folder."""


@contextmanager
def _import_sealed() -> Iterator[None]:
    """Import ReportLab without code or settings from the user's home, the environment or elsewhere on the path."""
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("RL_")}
    for name in OVERRIDES:
        module = ModuleType(name)
        module.__dict__["__all__"] = ()
        sys.modules[name] = module
    try:
        with import_with_lazy_patterns("reportlab"):
            yield
    finally:
        os.environ.update(hidden)


with _import_sealed():
    from reportlab import rl_config
    from reportlab.lib.colors import CMYKColor, CMYKColorSep, Color
    from reportlab.lib.rl_accel import fp_str
    from reportlab.pdfbase import pdfdoc, pdfmetrics
    from reportlab.pdfbase.pdfdoc import (
        PDFArrayCompact,
        PDFCatalog,
        PDFDictionary,
        PDFDocument,
        PDFFile,
        PDFFormXObject,
        PDFInfo,
        PDFObject,
        PDFObjectReference,
        PDFOutlines,
        PDFPage,
        PDFPages,
        PDFStream,
        PDFString,
        PDFText,
        ViewerPreferencesPDFDictionary,
        format,
        xObjectName,
    )
    from reportlab.pdfgen import canvas as pdfgen
    from reportlab.pdfgen.pathobject import PDFPathObject

cast("Any", rl_config).applySettings(dict(SETTINGS))

__all__ = [
    "CMYKColor",
    "CMYKColorSep",
    "Canvas",
    "Color",
    "PDFArrayCompact",
    "PDFCatalog",
    "PDFDictionary",
    "PDFDocument",
    "PDFFile",
    "PDFFormXObject",
    "PDFInfo",
    "PDFObject",
    "PDFObjectReference",
    "PDFOutlines",
    "PDFPage",
    "PDFPages",
    "PDFPathObject",
    "PDFStream",
    "PDFString",
    "PDFText",
    "ViewerPreferencesPDFDictionary",
    "format",
    "fp_str",
    "xObjectName",
]

NO_FONT = "brochure-no-font"

# A new document reads the time and SOURCE_DATE_EPOCH; here, callers set dates.
_NO_TIME = SimpleNamespace(t=0, YMDhms=(1970, 1, 1, 0, 0, 0), dhh=0, dmm=0)
setattr(pdfdoc, "TimeStamp", lambda _: _NO_TIME)  # noqa: B010  # not in the stubs


def _register_no_font() -> None:
    """Register a font that writes nothing: by default a canvas selects unembedded Helvetica on every page."""
    font = SimpleNamespace(
        fontName=NO_FONT,
        encName="",
        face=SimpleNamespace(name=NO_FONT, builtIn=0),
        _dynamicFont=1,  # the documented protocol of fonts that the document embeds (reportlab.pdfbase.ttfonts)
        _multiByte=0,
    )
    pdfmetrics.registerFont(font)


_register_no_font()


_ExtGState: type[Any] = getattr(pdfgen, "ExtGState")  # noqa: B009  # not in the stubs


class Canvas(pdfgen.Canvas):
    """ReportLab's canvas, drawing into a document of a class of ours.

    Graphics states are named by what they set, such as `/ca-0.5`, so that operators drawn once can be used in other
    pages and files; `graphics_states` has those that were used since the page began.
    """

    def __init__(self, document: PDFDocument) -> None:
        self.graphics_states: dict[str, tuple[str, float | str]] = {}
        super().__init__(
            cast("Any", None), initialFontName=cast("Any", NO_FONT), invariant=1, pageCompression=1
        )
        self._doc = document

    @property
    def document(self) -> Any:
        """The document that the canvas draws into."""
        return self._doc

    def link_page(
        self, page: int, top: float, rect: tuple[float, float, float, float], **entries: object
    ) -> None:
        """Add a link annotation that leads to a page of the document, counted from 1, and shows it from `top` down."""
        place = PDFArrayCompact([PDFObjectReference(f"Page{page}"), "/XYZ", "null", top, "null"])
        annotation = PDFDictionary(
            {
                **entries,
                "Type": "/Annot",
                "Subtype": "/Link",
                "Rect": PDFArrayCompact(rect),
                "Dest": place,
                "Border": PDFArrayCompact((0, 0, 0)),
            }
        )
        self._addAnnotation(annotation)  # type: ignore[attr-defined]  # not in the stubs

    def begin_form(self, key: str, box: tuple[float, float, float, float]) -> None:
        """Begin a form XObject with a bounding box: left, bottom, right, top."""
        self.beginForm(key, *cast("Any", box))

    def finish(self) -> Any:
        """Complete the document; returns what its `format` returns."""
        return self.getpdfdata()  # type: ignore[no-untyped-call]

    def init_graphics_state(self) -> None:
        """Begin with the default graphics state, as each page does."""
        super().init_graphics_state()
        self._extgstate = _NamedStates()


class _NamedStates(_ExtGState):  # type: ignore[misc]
    """Parameters of the current graphics state (ISO 32000-1, 8.4.5), one dictionary for each parameter and value."""

    def set(self, canv: Canvas, a: str, v: float | bool) -> None:  # noqa: FBT001  # ReportLab's signature
        """Set a parameter, unless it has the value already."""
        # /OP alone sets /op as well (table 58): after it, /op counts as unknown.
        known = self.getValue(a) if a != "op" or not self.getValue("OP") else None
        if v == known:
            return
        self._d[a] = v
        value = str(v).lower() if isinstance(v, bool) else v
        name = f"{a}-{str(value).removeprefix('/')}"
        canv.graphics_states[name] = (a, value)
        canv.addLiteral(f"/{name} gs")

    def getState(self) -> None:  # ReportLab's name
        """No dictionary: pages list their graphics states with their other resources."""
