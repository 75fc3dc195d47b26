"""Finds objects of the wrong type: the value types that ISO 32000-1 requires for the keys that the checks read.

Other entries are not examined, and no type is required of an entry that is missing or null.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from brochure.fast_dataclass import dataclass
from brochure.pdf_input.page_geometry import INHERITED, get_inherited
from brochure.pdf_input.streams import can_decode
from brochure.pdf_input.values import get, get_array, get_text, is_number, read_numbers, resolve
from brochure.preflight.model import Pdf

Test = Callable[[Any], bool]


@dataclass(frozen=True, slots=True)
class ValueType:
    """A type that an entry may require: its description, and a test of a resolved value."""

    description: str
    is_valid: Test


@dataclass(frozen=True, slots=True)
class WrongType:
    """An entry of the wrong type: its page (None: the document), the kind of its dictionary, its key, and what is required."""

    page: int | None
    holder: str
    key: str
    required: str


def _is_dictionary(value: Any) -> bool:
    return isinstance(value, dict)


def _is_stream(value: Any) -> bool:
    return hasattr(value, "get_data")


def _is_array(value: Any) -> bool:
    return isinstance(value, list)


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("/")


def _is_boolean(value: Any) -> bool:
    return isinstance(getattr(value, "value", value), bool)


def _is_content(value: Any) -> bool:
    return _is_stream(value) or (_is_array(value) and all(_is_stream(resolve(x)) for x in value))


def _is_text(value: Any) -> bool:
    return isinstance(value, (str, bytes))


def _is_right_angle(value: Any) -> bool:
    return is_number(value) and value % 90 == 0


DICTIONARY = ValueType("a dictionary", _is_dictionary)
STREAM = ValueType("a stream", _is_stream)
ARRAY = ValueType("an array", _is_array)
NAME = ValueType("a name", _is_name)
NUMBER = ValueType("a number", is_number)
POSITIVE = ValueType("a positive number", lambda value: is_number(value) and value > 0)
BOOLEAN = ValueType("true or false", _is_boolean)
RECTANGLE = ValueType("an array of four numbers", lambda value: read_numbers(value, 4) is not None)
MATRIX = ValueType("an array of six numbers", lambda value: read_numbers(value, 6) is not None)
CONTENT = ValueType("a stream or an array of streams", _is_content)
TEXT = ValueType("a string", _is_text)
RIGHT_ANGLE = ValueType("a multiple of 90", _is_right_angle)
NAME_OR_ARRAY = ValueType("a name or an array", lambda value: _is_name(value) or _is_array(value))
NAME_OR_DICTIONARY = ValueType(
    "a name or a dictionary", lambda value: _is_name(value) or _is_dictionary(value)
)
DECODABLE = ValueType("a stream that can be decoded", can_decode)
NAME_OR_DECODABLE = ValueType(
    "a stream that can be decoded, or a name", lambda value: _is_name(value) or can_decode(value)
)
ARRAY_OR_DICTIONARY = ValueType(
    "an array or a dictionary", lambda value: _is_array(value) or _is_dictionary(value)
)

CATALOG = {
    **dict.fromkeys(("/Names", "/AA", "/OCProperties", "/StructTreeRoot"), DICTIONARY),
    "/ViewerPreferences": DICTIONARY,
    "/OutputIntents": ARRAY,
    "/OpenAction": ARRAY_OR_DICTIONARY,
    "/Metadata": DECODABLE,
}
INFORMATION = {"/Title": TEXT, "/CreationDate": TEXT, "/Trapped": NAME, "/GTS_PDFXVersion": TEXT}
OUTPUT_INTENT = {"/S": NAME, "/OutputConditionIdentifier": TEXT, "/DestOutputProfile": DECODABLE}
PAGE = {
    **dict.fromkeys(("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox"), RECTANGLE),
    "/Rotate": RIGHT_ANGLE,
    "/UserUnit": POSITIVE,
    "/Resources": DICTIONARY,
    "/Contents": CONTENT,
    "/Annots": ARRAY,
    "/Group": DICTIONARY,
    "/AA": DICTIONARY,
}
ANNOTATION = {"/Subtype": NAME, "/Rect": RECTANGLE}
RESOURCES = dict.fromkeys(
    ("/ColorSpace", "/ExtGState", "/Font", "/Shading", "/XObject"), DICTIONARY
)
FONT = {
    "/Subtype": NAME,
    "/BaseFont": NAME,
    "/FirstChar": NUMBER,
    "/Widths": ARRAY,
    "/FontMatrix": MATRIX,
    "/ToUnicode": NAME_OR_DECODABLE,
    "/DescendantFonts": ARRAY,
    "/FontDescriptor": DICTIONARY,
}
CID_FONT = {"/W": ARRAY, "/DW": NUMBER, "/FontDescriptor": DICTIONARY}
DESCRIPTOR = dict.fromkeys(("/FontFile", "/FontFile2", "/FontFile3"), STREAM)
GRAPHICS_STATE = {
    **dict.fromkeys(("/LW", "/CA", "/ca"), NUMBER),
    **dict.fromkeys(("/OP", "/op"), BOOLEAN),
    "/SMask": NAME_OR_DICTIONARY,
    "/BM": NAME_OR_ARRAY,
}
SHADING = {"/ColorSpace": NAME_OR_ARRAY}
IMAGE = {
    **dict.fromkeys(("/Width", "/Height"), POSITIVE),
    "/BitsPerComponent": NUMBER,
    "/ColorSpace": NAME_OR_ARRAY,
    "/ImageMask": BOOLEAN,
    "/Decode": ARRAY,
    "/Filter": NAME_OR_ARRAY,
    "/SMask": STREAM,
}
FORM = {"/BBox": RECTANGLE, "/Matrix": MATRIX, "/Resources": DICTIONARY, "/Group": DICTIONARY}


def find_wrong_types(pdf: Pdf) -> Iterator[WrongType]:
    """Iterate over the entries of the wrong type; objects that several pages share are examined once."""
    root = pdf.reader.root_object
    yield from _examine(None, "the catalog", root, CATALOG)
    yield from _examine(
        None, "the document information", get(pdf.reader.trailer, "/Info"), INFORMATION
    )
    for intent in get_array(root, "/OutputIntents"):
        yield from _examine(None, "an output intent", intent, OUTPUT_INTENT)
    visited: set[int] = set()
    for number, page in enumerate(pdf.reader.pages, start=1):
        entries = {key: get_inherited(page, key) for key in INHERITED if key not in page}
        yield from _examine(number, "the page", {**page, **entries}, PAGE)
        for annotation in get_array(page, "/Annots"):
            yield from _examine(number, "an annotation", annotation, ANNOTATION)
        yield from _examine_resources(number, get_inherited(page, "/Resources"), visited)


def _examine_resources(page: int, resources: Any, visited: set[int]) -> Iterator[WrongType]:
    """Examine the objects of a resource dictionary and of the forms in it; `visited` stops forms that use themselves."""
    pending = [resources]
    while pending:
        one = pending.pop()
        if not isinstance(one, dict) or id(one) in visited:
            continue
        visited.add(id(one))
        yield from _examine(page, "the resources", one, RESOURCES)
        for font in _list_new(one, "/Font", visited):
            yield from _examine_font(page, font)
        for state in _list_new(one, "/ExtGState", visited):
            yield from _examine(page, "a graphics state", state, GRAPHICS_STATE)
        for shading in _list_new(one, "/Shading", visited):
            yield from _examine(page, "a shading", shading, SHADING)
        for xobject in _list_new(one, "/XObject", visited):
            is_form = get_text(xobject, "/Subtype") == "/Form"
            holder, keys = ("a form XObject", FORM) if is_form else ("an image", IMAGE)
            yield from _examine(page, holder, xobject, keys)
            pending.append(get(xobject, "/Resources"))


def _list_new(resources: Mapping[str, Any], kind: str, visited: set[int]) -> Iterator[Any]:
    """Iterate over the resources of one kind that were not examined before."""
    table = get(resources, kind)
    for name in table if isinstance(table, dict) else ():
        value = get(table, name)
        if id(value) not in visited:
            visited.add(id(value))
            yield value


def _examine_font(page: int, font: Any) -> Iterator[WrongType]:
    yield from _examine(page, "a font", font, FONT)
    yield from _examine(page, "a font descriptor", get(font, "/FontDescriptor"), DESCRIPTOR)
    for descendant in get_array(font, "/DescendantFonts"):
        yield from _examine(page, "a CID font", descendant, CID_FONT)
        descriptor = get(descendant, "/FontDescriptor")
        yield from _examine(page, "a font descriptor", descriptor, DESCRIPTOR)


def _examine(
    page: int | None, holder: str, value: Any, keys: Mapping[str, ValueType]
) -> Iterator[WrongType]:
    """Examine the entries of a dictionary; a value that is not a dictionary is itself of the wrong type."""
    if value is None:
        return
    if not isinstance(value, dict):
        yield WrongType(page, holder, "", DICTIONARY.description)
        return
    for key, required in keys.items():
        entry = get(value, key)
        if entry is not None and not required.is_valid(entry):
            yield WrongType(page, holder, key, required.description)
