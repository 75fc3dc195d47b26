"""The gate for XML: a file looked through before any parser builds a tree of it.

Takes the bytes of an XML file; gives nothing where it is plain, else an `XmlProblem` with the line: document types and entities,
instructions that name files, and elements nested or made too many. The file is streamed through expat, which reads every
encoding that the parsers behind it read, so that none of this can hide in UTF-16; nothing it names is ever opened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NoReturn

DEEPEST = 100
MAX_ELEMENTS = 300_000
LONGEST = 2_000_000
"""The characters that one attribute may have: more than the largest path of any map."""

XINCLUDE = "http://www.w3.org/2001/XInclude"

Element = Callable[[str, Mapping[str, str], int], None]
"""What is told of each element: its name without prefix, its attributes, its line."""


class XmlProblem(Exception):
    """XML that is not read; the text says why, `line` where, `kind` in one word what it is about."""

    def __init__(self, kind: str, message: str, line: int) -> None:
        super().__init__(message)
        self.kind, self.line = kind, line


def check_xml(data: bytes, each: Element | None = None) -> None:
    """Nothing; XmlProblem where the file is not plain XML. `each` is told of every element, and may raise as well."""
    # Imported here: only whoever reads XML loads the parser.
    from xml.parsers import expat

    parser = expat.ParserCreate()
    watch = _Watch(parser, each)
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartDoctypeDeclHandler = watch.doctype
    parser.EntityDeclHandler = watch.doctype
    parser.ProcessingInstructionHandler = watch.instruction
    parser.StartElementHandler = watch.opened
    parser.EndElementHandler = watch.closed
    try:
        parser.Parse(data, True)  # noqa: FBT003  # expat takes no names: this is all of the file
    except expat.ExpatError as failure:
        reason = expat.ErrorString(failure.code)
        raise XmlProblem("form", f"it is no well-formed XML: {reason}", failure.lineno) from None
    except (LookupError, ValueError) as failure:
        message = f"it is in an encoding that is not read: {failure}"
        raise XmlProblem("form", message, 1) from None


class _Watch:
    """What expat calls while it reads; counts depth and elements."""

    def __init__(self, parser: Any, each: Element | None) -> None:
        self.parser, self.each = parser, each
        self.depth = self.count = 0

    def doctype(self, *_: object) -> NoReturn:
        self._refuse("entity", "it declares a document type or entities, which are not read")

    def instruction(self, target: str, said: str) -> None:
        if target.casefold() == "xml-stylesheet":
            self._refuse("outside", "it names a style sheet outside itself")

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.count += 1
        if self.depth > DEEPEST:
            self._refuse("size", f"it is more than {DEEPEST} elements deep")
        if self.count > MAX_ELEMENTS:
            self._refuse("size", f"it has more than {MAX_ELEMENTS:,} elements")
        if XINCLUDE in attributes.values():
            self._refuse("outside", "it includes other files (XInclude), which are not read")
        if any(len(value) > LONGEST for value in attributes.values()):
            self._refuse("size", f"an attribute has more than {LONGEST:,} characters")
        if self.each:
            self.each(name.rpartition(":")[2], attributes, self.parser.CurrentLineNumber)

    def closed(self, name: str) -> None:
        self.depth -= 1

    def _refuse(self, kind: str, message: str) -> NoReturn:
        raise XmlProblem(kind, message, self.parser.CurrentLineNumber)
