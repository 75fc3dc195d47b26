"""Check XML files before they are parsed into a tree.

Document types, entities, external references and excessive nesting are rejected. The file is streamed through expat, which
reads every encoding that the later parsers read; nothing that it refers to is opened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NoReturn

MAX_DEPTH = 100
MAX_ELEMENTS = 300_000
MAX_ATTRIBUTE_LENGTH = 2_000_000
"""Limit of characters in one attribute; more than the largest path of any map."""

XINCLUDE = "http://www.w3.org/2001/XInclude"

Element = Callable[[str, Mapping[str, str], int, int], None]
"""Called with each element's name without prefix, its attributes, its line and its column."""


class XmlProblem(Exception):
    """XML that is rejected: the text says why; `line`, and `column` of an element; `kind` is one word for the kind of problem."""

    def __init__(self, kind: str, message: str, line: int, column: int = 0) -> None:
        super().__init__(message)
        self.kind, self.line, self.column = kind, line, column


def check_xml(data: bytes, each: Element | None = None, *, doctype: bool = False) -> None:
    """Raise `XmlProblem` if the file is not plain XML. `each` is called for every element, and may raise too.

    With `doctype`, a document type may be named, but not declared; what its address leads to is never read.
    """
    # Imported here: the parser is needed for XML only.
    from xml.parsers import expat

    parser = expat.ParserCreate()
    handlers = _Handlers(parser, each, doctype=doctype)
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartDoctypeDeclHandler = handlers.doctype
    parser.EntityDeclHandler = handlers.entity
    parser.SkippedEntityHandler = handlers.entity
    parser.ProcessingInstructionHandler = handlers.instruction
    parser.StartElementHandler = handlers.start_element
    parser.EndElementHandler = handlers.end_element
    try:
        parser.Parse(data, True)  # noqa: FBT003  # expat takes no names: this is all of the file
    except expat.ExpatError as failure:
        reason = SYNTAX_ERRORS.get(failure.code, "invalid syntax")
        raise XmlProblem("form", f"it is not well-formed XML: {reason}", failure.lineno) from None
    except (LookupError, ValueError):
        raise XmlProblem("form", f"{NO_ENCODING}; save it as UTF-8", 1) from None


NO_ENCODING = "its encoding is not supported"
SYNTAX_ERRORS = {
    3: "it is empty, or ends too early",
    4: "unexpected character; write &lt; for < and &amp; for & in text",
    5: "it ends inside a tag or a comment",
    6: "it ends inside a character",
    7: "mismatched tag; an end tag must have the name of the last open element",
    8: "an attribute is given twice",
    9: "text after the end of the root element",
    11: "undefined entity; write the character itself",
    14: "reference to a binary entity",
    18: NO_ENCODING,
    19: NO_ENCODING,
    20: "a CDATA section is not closed",
    27: "a namespace prefix is not declared",
}
"""Reasons by error codes of expat (expat.h, `enum XML_Error`)."""


class _Handlers:
    """Handlers for expat; counts depth and elements."""

    def __init__(self, parser: Any, each: Element | None, *, doctype: bool) -> None:
        self.parser, self.each = parser, each
        self.may_name_doctype = doctype
        self.depth = self.count = 0

    def doctype(self, *parts: object) -> None:
        has_declarations = bool(parts[-1])
        if has_declarations or not self.may_name_doctype:
            self.entity()

    def entity(self, *_: object) -> NoReturn:
        self._reject(
            "entity", "it has a document type declaration or entities, which are not allowed"
        )

    def instruction(self, target: str, text: str) -> None:
        if target.casefold() == "xml-stylesheet":
            self._reject("outside", "it refers to an external style sheet, which is not allowed")

    def start_element(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.count += 1
        if self.depth > MAX_DEPTH:
            self._reject("size", f"it has more than {MAX_DEPTH} levels of elements")
        if self.count > MAX_ELEMENTS:
            self._reject("size", f"it has more than {MAX_ELEMENTS:,} elements")
        if XINCLUDE in attributes.values():
            self._reject("outside", "it includes other files (XInclude), which is not allowed")
        if any(len(value) > MAX_ATTRIBUTE_LENGTH for value in attributes.values()):
            self._reject("size", f"an attribute has more than {MAX_ATTRIBUTE_LENGTH:,} characters")
        if self.each:
            line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
            self.each(name.rpartition(":")[2], attributes, line, column)

    def end_element(self, name: str) -> None:
        self.depth -= 1

    def _reject(self, kind: str, message: str) -> NoReturn:
        raise XmlProblem(kind, message, self.parser.CurrentLineNumber)
