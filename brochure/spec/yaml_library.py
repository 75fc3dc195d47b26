"""PyYAML, without the time that its regular expressions take.

They belong to its own reader and resolver, which `CSafeLoader` does not use: libyaml has its own. One of them has all printable
characters and takes longer to compile than all other parts of the library take to import.
"""

from __future__ import annotations

from brochure.lazy_pattern import import_with_lazy_patterns

with import_with_lazy_patterns("yaml"):
    import yaml

__all__ = ["yaml"]
