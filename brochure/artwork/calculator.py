"""PostScript calculator functions (ISO 32000-1, 7.10.5)."""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Callable, Sequence
from typing import Any

from brochure.artwork.model import ArtworkError

Stack = list[Any]
Program = list[Any]
TOKEN = re.compile(r"[{}]|[^\s{}]+")
MAX_STACK = 100
DAMAGED = "a function of its colours is damaged"


def compile_calculator(source: str) -> Callable[[Sequence[float]], Stack]:
    """Return a calculator function, which takes its inputs and returns the stack at its end.

    Raises:
        ArtworkError: The program is damaged; running it raises this as well.
    """
    tokens = TOKEN.findall(re.sub(r"%[^\r\n]*", "", source))
    if tokens[:1] != ["{"]:
        raise ArtworkError(DAMAGED)
    program, _ = _parse(tokens, 1)

    def run(inputs: Sequence[float]) -> Stack:
        stack: Stack = list(inputs)
        try:
            _execute(program, stack)
        except (ArithmeticError, IndexError, TypeError, ValueError):
            raise ArtworkError(DAMAGED) from None
        return stack

    return run


def _parse(tokens: list[str], at: int) -> tuple[Program, int]:
    program: Program = []
    while at < len(tokens):
        token = tokens[at]
        at += 1
        if token == "}":
            return program, at
        if token == "{":
            inner, at = _parse(tokens, at)
            program.append(inner)
        elif token in OPERATORS or token in ("if", "ifelse"):
            program.append(token)
        else:
            program.append(_number(token))
    raise ArtworkError(DAMAGED)


def _number(token: str) -> float | int | bool:
    if token in ("true", "false"):
        return token == "true"
    try:
        return int(token) if re.fullmatch(r"[+-]?\d+", token) else float(token)
    except ValueError:
        raise ArtworkError(DAMAGED) from None


def _execute(program: Program, stack: Stack) -> None:
    for at, step in enumerate(program):
        if isinstance(step, list):
            continue
        if step == "if":
            if stack.pop():
                _execute(program[at - 1], stack)
        elif step == "ifelse":
            _execute(program[at - 2] if stack.pop() else program[at - 1], stack)
        elif isinstance(step, str):
            OPERATORS[step](stack)
        else:
            stack.append(step)
        if len(stack) > MAX_STACK:
            raise ArtworkError(DAMAGED)


def _unary(function: Callable[[Any], Any]) -> Callable[[Stack], None]:
    def apply(stack: Stack) -> None:
        stack.append(function(stack.pop()))

    return apply


def _binary(function: Callable[[Any, Any], Any]) -> Callable[[Stack], None]:
    def apply(stack: Stack) -> None:
        second, first = stack.pop(), stack.pop()
        stack.append(function(first, second))

    return apply


def _copy(stack: Stack) -> None:
    count = int(stack.pop())
    if not 0 <= count <= len(stack):
        raise IndexError
    stack.extend(stack[len(stack) - count :])


def _index(stack: Stack) -> None:
    at = int(stack.pop())
    if at < 0:
        raise IndexError
    stack.append(stack[-1 - at])


def _roll(stack: Stack) -> None:
    by, count = int(stack.pop()), int(stack.pop())
    if not 0 <= count <= len(stack):
        raise IndexError
    if count:
        part = stack[len(stack) - count :]
        by %= count
        stack[len(stack) - count :] = part[count - by :] + part[: count - by]


def _exchange(stack: Stack) -> None:
    stack[-1], stack[-2] = stack[-2], stack[-1]


def _invert(value: Any) -> Any:
    return not value if isinstance(value, bool) else ~int(value)


def _shift(value: Any, by: Any) -> int:
    if abs(int(by)) > MAX_SHIFT:
        return 0
    return int(value) << int(by) if by >= 0 else int(value) >> -int(by)


MAX_SHIFT = 31


def _power(base: Any, exponent: Any) -> float:
    return math.pow(base, exponent)


OPERATORS: dict[str, Callable[[Stack], None]] = {
    "abs": _unary(abs),
    "add": _binary(operator.add),
    "atan": _binary(lambda a, b: math.degrees(math.atan2(a, b)) % 360),
    "ceiling": _unary(math.ceil),
    "cos": _unary(lambda a: math.cos(math.radians(a))),
    "cvi": _unary(int),
    "cvr": _unary(float),
    "div": _binary(operator.truediv),
    "exp": _binary(_power),
    "floor": _unary(math.floor),
    "idiv": _binary(lambda a, b: int(a / b)),
    "ln": _unary(math.log),
    "log": _unary(math.log10),
    "mod": _binary(lambda a, b: int(math.fmod(a, b))),
    "mul": _binary(operator.mul),
    "neg": _unary(operator.neg),
    "round": _unary(lambda a: math.floor(a + 0.5)),
    "sin": _unary(lambda a: math.sin(math.radians(a))),
    "sqrt": _unary(math.sqrt),
    "sub": _binary(operator.sub),
    "truncate": _unary(math.trunc),
    "and": _binary(operator.and_),
    "bitshift": _binary(_shift),
    "eq": _binary(operator.eq),
    "ge": _binary(operator.ge),
    "gt": _binary(operator.gt),
    "le": _binary(operator.le),
    "lt": _binary(operator.lt),
    "ne": _binary(operator.ne),
    "not": _unary(_invert),
    "or": _binary(operator.or_),
    "xor": _binary(operator.xor),
    "copy": _copy,
    "dup": lambda stack: stack.append(stack[-1]),
    "exch": _exchange,
    "index": _index,
    "pop": lambda stack: (stack.pop(), None)[1],
    "roll": _roll,
}
"""What each operator does with the stack."""
