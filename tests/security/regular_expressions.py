"""Find all regular expressions of the package, and make texts on which a backtracking matcher is slow.

`find_patterns` imports every module and collects its compiled patterns, and reads its source for patterns that are written in
calls such as `re.sub(r"...", ...)`. `hostile_texts` derives texts from the parsed pattern: for each repeat, a text that reaches
it, many repetitions of what it repeats, and an end that does not match.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import brochure
from brochure.lazy_pattern import LazyPattern

SEARCHING = frozenset({"search", "sub", "subn", "split", "findall", "finditer"})
"""Functions that try every start; the others try one."""

MATCHING = frozenset({"match", "fullmatch"})

MENTION = re.compile(rf"\.(?:{'|'.join(sorted(SEARCHING | MATCHING))})\b|\bre\.|\bcompile_lazily\b")
"""What the source of a module has if it uses a pattern."""


@dataclass(frozen=True)
class Use:
    """A pattern with its module and the function that it is used with."""

    module: str
    pattern: re.Pattern[Any]
    function: str


def modules() -> Iterator[ModuleType]:
    """Import and yield all modules of the package."""
    for one in pkgutil.walk_packages(brochure.__path__, "brochure."):
        if not one.name.endswith("__main__"):
            yield importlib.import_module(one.name)


def find_patterns() -> tuple[set[Use], set[str]]:
    """Return the uses of patterns, and the places of patterns that are only known when the program runs."""
    used: set[Use] = set()
    unknown: set[str] = set()
    sources = dict(_read_sources())
    functions = _functions_by_name(sources)
    for module in modules():
        here = functions.get(module.__name__, {})
        for name, value in vars(module).items():
            for pattern in _patterns_in(value):
                searching = here.get(name, set()) & SEARCHING
                for function in {"fullmatch", *sorted(searching)[:1]}:
                    used.add(Use(module.__name__, pattern, function))
        nodes = sources.get(module.__name__, ())
        inside = _lines_of_functions(nodes)
        for call in _calls_of_re(nodes):
            text = _literal(call.args[0])
            function = getattr(call.func, "attr", "compile")
            if text is not None and function != "compile":
                used.add(Use(module.__name__, re.compile(text), function))
            elif text is None and call.lineno in inside:
                unknown.add(f"{module.__name__}:{ast.unparse(call.args[0])}")
    return used, unknown


def _read_sources() -> Iterator[tuple[str, tuple[ast.AST, ...]]]:
    """Yield the name and all nodes of each module that may use a pattern; parsing the others would take most of the time."""
    root = Path(str(brochure.__file__)).parent
    for path in sorted(root.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if MENTION.search(source):
            name = ".".join(path.relative_to(root.parent).with_suffix("").parts)
            yield name.removesuffix(".__init__"), tuple(ast.walk(ast.parse(source)))


def _functions_by_name(
    sources: Mapping[str, tuple[ast.AST, ...]],
) -> dict[str, dict[str, set[str]]]:
    """Return the methods that are called on each name of each module, in this module or where it is imported."""
    found: dict[str, dict[str, set[str]]] = {}
    for module, nodes in sources.items():
        homes = {
            alias.name: str(node.module)
            for node in nodes
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        for node in nodes:
            if isinstance(node, ast.Attribute) and node.attr in SEARCHING | MATCHING:
                for name in ast.walk(node.value):
                    if isinstance(name, ast.Name):
                        home = found.setdefault(homes.get(name.id, module), {})
                        home.setdefault(name.id, set()).add(node.attr)
    return found


def _patterns_in(value: object) -> Iterator[re.Pattern[Any]]:
    """Yield the patterns in a value of a module, or in its collections."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, LazyPattern):
        yield value.compile()
    elif isinstance(value, dict):
        for one in (*value.keys(), *value.values()):
            yield from _patterns_in(one)
    elif isinstance(value, (tuple, list, set, frozenset)):
        for one in value:
            yield from _patterns_in(one)


def _calls_of_re(nodes: Iterable[ast.AST]) -> Iterator[ast.Call]:
    for node in nodes:
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name("re"), attr=name), args=[_, *_]):
                if name in SEARCHING | MATCHING | {"compile"}:
                    yield node
            case ast.Call(func=ast.Name("compile_lazily"), args=[_, *_]):
                yield node


def _literal(node: ast.expr) -> str | bytes | None:
    return node.value if isinstance(node, ast.Constant) else None  # type: ignore[return-value]


def _lines_of_functions(nodes: Iterable[ast.AST]) -> set[int]:
    """Return the lines inside of functions; outside of them, importing the module has made the patterns."""
    functions = (one for one in nodes if isinstance(one, (ast.FunctionDef, ast.Lambda)))
    return {line for one in functions for line in range(one.lineno, (one.end_lineno or 0) + 1)}


# Texts

SAMPLES = "aA0_ \t\n-.,;:/?#@&=%+*'\"()[]{}<>|\\^~$!éßא漢\u0301\u00a0\u2019\x00"
ENDS = ("", "\x00", "!")
VARIANTS = 2


def hostile_texts(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str, str]]:
    """Yield start, repeated part and end of texts on which the pattern may be slow."""
    text = (
        pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    )
    tree = parser.parse(text, pattern.flags & ~re.DEBUG & (re.I | re.M | re.S | re.X | re.A))
    rng = Random(ascii(text))
    samples = _different_samples(tree)
    found: dict[tuple[str, str], None] = {}
    for _ in range(VARIANTS):
        for start, body in _repeats(tree, "", rng):
            for one in _bodies(body, samples, rng):
                if one:
                    found[start, one] = None
    # A search also starts in the middle: starts without an end, many times.
    found |= {("", start + body[:1]): None for start, body in found if start}
    for start, body in found:
        for end in ENDS:
            yield start, body, end


def _repeats(nodes: Iterable[Any], start: str, rng: Random) -> Iterator[tuple[str, Any]]:
    """Yield every unbounded repeat with a text that leads to it."""
    for code, argument in nodes:
        match code:
            case codes.MAX_REPEAT | codes.MIN_REPEAT | codes.POSSESSIVE_REPEAT:
                _, most, body = argument
                yield from _repeats(body, start, rng)
                if most > 20:
                    yield start, body
            case codes.SUBPATTERN:
                yield from _repeats(argument[3], start, rng)
            case codes.BRANCH:
                for branch in argument[1]:
                    yield from _repeats(branch, start, rng)
            case codes.ASSERT | codes.ASSERT_NOT:
                yield from _repeats(argument[1], start, rng)
            case codes.ATOMIC_GROUP:
                yield from _repeats(argument, start, rng)
        start += _example([(code, argument)], rng)


def _different_samples(tree: Iterable[Any]) -> str:
    """Return one sample for each way in which the parts of a pattern accept or refuse a character."""
    parts = set(_single_characters(tree))
    kinds: dict[tuple[bool, ...], str] = {}
    for char in SAMPLES:
        cases = {case for case in (char, char.lower(), char.upper()) if len(case) == 1}
        accepted = (any(_accepts(part, case) for case in cases) for part in parts)
        kinds.setdefault((char.isascii(), bool(re.match(r"\w", char)), *accepted), char)
    return "".join(kinds.values())


def _single_characters(nodes: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """Yield all parts that match one character, with lists as tuples."""
    for code, argument in nodes:
        match code:
            case codes.LITERAL | codes.NOT_LITERAL | codes.ANY:
                yield code, argument
            case codes.IN:
                yield code, tuple(argument)
            case codes.MAX_REPEAT | codes.MIN_REPEAT | codes.POSSESSIVE_REPEAT:
                yield from _single_characters(argument[2])
            case codes.SUBPATTERN:
                yield from _single_characters(argument[3])
            case codes.BRANCH:
                for branch in argument[1]:
                    yield from _single_characters(branch)
            case codes.ASSERT | codes.ASSERT_NOT:
                yield from _single_characters(argument[1])
            case codes.ATOMIC_GROUP:
                yield from _single_characters(argument)


def _bodies(body: Any, samples: str, rng: Random) -> set[str]:
    """Return texts that the body of a repeat matches: each sample for a single set, else some examples."""
    if len(body) == 1 and body[0][0] in (codes.IN, codes.ANY, codes.NOT_LITERAL):
        return {char for char in samples if _accepts(body[0], char)} or {_example(body, rng)}
    return {_example(body, rng) for _ in range(4)}


def _accepts(node: tuple[Any, Any], char: str) -> bool:
    code, argument = node
    match code:
        case codes.ANY:
            return char != "\n"
        case codes.NOT_LITERAL:
            return bool(ord(char) != argument)
        case codes.LITERAL:
            return bool(ord(char) == argument)
        case codes.IN:
            negate = argument[0][0] is codes.NEGATE
            return negate != any(
                _member(one, char) for one in argument if one[0] is not codes.NEGATE
            )
    return False


CATEGORIES = {
    codes.CATEGORY_DIGIT: r"\d",
    codes.CATEGORY_NOT_DIGIT: r"\D",
    codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_NOT_SPACE: r"\S",
    codes.CATEGORY_WORD: r"\w",
    codes.CATEGORY_NOT_WORD: r"\W",
}


def _member(node: tuple[Any, Any], char: str) -> bool:
    code, argument = node
    match code:
        case codes.LITERAL:
            return bool(ord(char) == argument)
        case codes.RANGE:
            return bool(argument[0] <= ord(char) <= argument[1])
        case codes.CATEGORY:
            return bool(re.match(CATEGORIES[argument], char))
    return False


def _example(nodes: Iterable[Any], rng: Random) -> str:
    """Return a short text that the nodes match; assertions are ignored."""
    return "".join(_one_example(code, argument, rng) for code, argument in nodes)


def _one_example(code: Any, argument: Any, rng: Random) -> str:
    match code:
        case codes.LITERAL:
            return chr(argument)
        case codes.IN | codes.ANY | codes.NOT_LITERAL:
            accepted = [char for char in SAMPLES if _accepts((code, argument), char)]
            return rng.choice(accepted) if accepted else _first_member(argument)
        case codes.MAX_REPEAT | codes.MIN_REPEAT | codes.POSSESSIVE_REPEAT:
            least, most, body = argument
            times = min(int(most), int(least) + rng.choice((0, 1)))
            return "".join(_example(body, rng) for _ in range(times))
        case codes.SUBPATTERN:
            return _example(argument[3], rng)
        case codes.BRANCH:
            return _example(rng.choice(argument[1]), rng)
        case codes.ATOMIC_GROUP:
            return _example(argument, rng)
    return ""


def _first_member(members: Any) -> str:
    for code, argument in members:
        if code is codes.LITERAL:
            return chr(argument)
        if code is codes.RANGE:
            return chr(argument[0])
    return ""
