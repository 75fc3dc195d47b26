"""Settings of page items: their own, else those of their object style."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from brochure.fast_dataclass import dataclass
from brochure.idml.xml_nodes import Node, to_number


@dataclass(frozen=True)
class ObjectSettings:
    """The object styles of a document by identifier."""

    styles: Mapping[str, Node]

    def get(self, item: Node, name: str, default: str = "", *, inside: str = "") -> str:
        """Return a setting; `inside` is the element in which it is, such as `TextFramePreference`."""
        for node in self._chain(item):
            holder = node.find(inside) if inside else node
            value = holder.get(name) if holder else ""
            if value:
                return value
        return default

    def number(self, item: Node, name: str, default: float = 0.0, *, inside: str = "") -> float:
        """Return a setting that is a number."""
        return to_number(self.get(item, name, "", inside=inside), default)

    def find(self, item: Node, *path: str) -> Node | None:
        """Return the first element at a path in the item or its object styles."""
        return next((found for node in self._chain(item) if (found := node.find(*path))), None)

    def _chain(self, item: Node) -> Iterator[Node]:
        """Yield the item, its object style, and those that it is based on; a circle ends."""
        yield item
        seen: set[str] = set()
        identifier = item.get("AppliedObjectStyle")
        while identifier in self.styles and identifier not in seen:
            seen.add(identifier)
            yield self.styles[identifier]
            base = self.styles[identifier].get("BasedOn")
            identifier = base if base in self.styles else f"ObjectStyle/{base}"


def read_object_settings(root: Node | None) -> ObjectSettings:
    """Return the object styles of the part `Resources/Styles.xml`."""
    nodes = root.all("ObjectStyle") if root else ()
    return ObjectSettings({node.identifier: node for node in nodes})
