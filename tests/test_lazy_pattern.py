"""Lazy patterns return the same results as compiled patterns, and are compiled at their first use."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from contextlib import suppress
from copy import deepcopy

import pytest

from brochure.lazy_pattern import compile_lazily, import_with_lazy_patterns

WORD, TEXT = r"(?P<first>[a-z])\w+", "one TWO, three"


def test_methods_and_attributes_are_those_of_the_pattern() -> None:
    for flags in (0, re.IGNORECASE):
        lazy, eager = compile_lazily(WORD, flags), re.compile(WORD, flags)
        assert lazy.findall(TEXT) == eager.findall(TEXT)
        assert lazy.sub(r"<\g<first>>", TEXT, count=1) == eager.sub(r"<\g<first>>", TEXT, count=1)
        assert lazy.split(TEXT) == eager.split(TEXT)
        for one, other in (
            (lazy.search(TEXT, 3), eager.search(TEXT, 3)),
            (lazy.match(TEXT), eager.match(TEXT)),
            (lazy.fullmatch("one"), eager.fullmatch("one")),
        ):
            assert (one and one.span()) == (other and other.span())
        assert (lazy.pattern, lazy.flags, dict(lazy.groupindex)) == (
            eager.pattern,
            eager.flags,
            dict(eager.groupindex),
        )


def test_an_invalid_pattern_raises_at_its_first_use() -> None:
    wrong = compile_lazily("(")
    with pytest.raises(re.error):
        wrong.search("")


def test_patterns_are_copied_and_pickled() -> None:
    for lazy in (compile_lazily(WORD, re.IGNORECASE), compile_lazily(b"a+")):
        for _ in range(2):  # before and after it is compiled
            again = pickle.loads(pickle.dumps(lazy))
            assert (again.pattern, again.flags) == (lazy.pattern, lazy.flags)
            assert deepcopy(lazy).pattern == lazy.pattern


def test_a_library_is_imported_with_lazy_patterns() -> None:
    compile_now = re.compile
    with suppress(ImportError), import_with_lazy_patterns(__name__.partition(".")[0]):
        assert not isinstance(re.compile(WORD), re.Pattern)
        raise ImportError
    with import_with_lazy_patterns("yaml"):
        assert isinstance(re.compile(WORD), re.Pattern)  # this module is not part of it
    assert re.compile is compile_now


LOADED_BY_OTHERS = """\
import datetime
from brochure.spec.yaml_library import yaml
for loader in (yaml.SafeLoader, yaml.CSafeLoader):
    read = yaml.load("[2001-12-14t21:59:43.10Z, 1.5, 0b11, yes, ~, '\u4e00']", loader)
    assert read[0].date() == datetime.date(2001, 12, 14) and read[1:] == [1.5, 3, True, None, "\u4e00"]
try:
    yaml.load("a: \x01", yaml.SafeLoader)
except yaml.reader.ReaderError as error:
    print(error.reason)
"""


def test_other_code_in_the_process_can_use_all_of_pyyaml() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED_BY_OTHERS], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("special characters are not allowed\n", "")
