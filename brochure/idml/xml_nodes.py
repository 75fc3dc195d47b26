"""Elements of an IDML part as plain values, with their processing instructions and their lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field

from brochure.fast_dataclass import dataclass
from brochure.system.xml_safety import check_xml


@dataclass(frozen=True, slots=True)
class Instruction:
    """A processing instruction; `<?ACE 18?>` in text is a special character, here a page number."""

    target: str
    text: str


@dataclass(frozen=True, slots=True)
class Node:
    """An XML element: its name without prefix, its attributes, and its content in order."""

    name: str
    attributes: Mapping[str, str]
    content: list[Node | Instruction | str] = field(default_factory=list)
    line: int = 1

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute, or the text of the element of this name in `Properties`, where IDML keeps typed values."""
        value = self.attributes.get(name)
        if value is not None:
            return value
        found = self.find("Properties", name)
        return found.text if found else default

    def number(self, name: str, default: float = 0.0) -> float:
        """Return a number; the default if there is none."""
        return to_number(self.get(name), default)

    def is_on(self, name: str, *, default: bool = False) -> bool:
        """Return a boolean."""
        return self.get(name, "true" if default else "false") == "true"

    @property
    def identifier(self) -> str:
        """The object's `Self`, by which others refer to it."""
        return self.attributes.get("Self", "")

    @property
    def children(self) -> Iterator[Node]:
        """The elements inside, without text."""
        return (child for child in self.content if isinstance(child, Node))

    @property
    def text(self) -> str:
        """The text of the element and of those inside."""
        parts = (part.text if isinstance(part, Node) else part for part in self.content)
        return "".join(part for part in parts if isinstance(part, str))

    def find(self, *path: str) -> Node | None:
        """Return the first element at a path of names below this one."""
        here = self
        for name in path:
            found = next((child for child in here.children if child.name == name), None)
            if found is None:
                return None
            here = found
        return here

    def all(self, name: str) -> Iterator[Node]:
        """Yield the elements of a name at any depth, in document order."""
        for child in self.children:
            if child.name == name:
                yield child
            yield from child.all(name)


def to_number(text: str, default: float = 0.0) -> float:
    """Return the number in a text; the default if there is none."""
    try:
        value = float(text)
    except ValueError:
        return default
    return value if abs(value) < MAX_NUMBER else default


MAX_NUMBER = 1e7
"""Limit of a number, in points far beyond InDesign's pasteboard; infinite and undefined ones are above it too."""


def parse_nodes(data: bytes) -> Node:
    """Return the root element.

    Raises:
        XmlProblem: The XML is damaged, or has entities, a document type, or too many elements.
    """
    # Imported here: the parser is needed for imports only.
    from xml.parsers import expat

    check_xml(data)
    root = Node("", {})
    path = [root]
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(name: str, attributes: dict[str, str]) -> None:
        node = Node(name.rpartition(":")[2], attributes, line=parser.CurrentLineNumber)
        path[-1].content.append(node)
        path.append(node)

    def end(name: str) -> None:
        path.pop()

    parser.StartElementHandler = start
    parser.EndElementHandler = end

    def add_text(text: str) -> None:
        path[-1].content.append(text)

    parser.CharacterDataHandler = add_text
    parser.ProcessingInstructionHandler = lambda target, text: path[-1].content.append(
        Instruction(target, text)
    )
    parser.Parse(data, True)  # noqa: FBT003  # expat takes no names: this is all of the file
    return next(root.children)
