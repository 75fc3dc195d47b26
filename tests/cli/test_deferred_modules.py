"""Modules that commands rarely need are loaded at their first use, and then behave as usual."""

from __future__ import annotations

import subprocess
import sys
from types import ModuleType

import pytest

from brochure.cli._deferred_modules import _DeferredModule

SCRIPT = """\
import sys
import brochure.cli
from brochure.cli._deferred_modules import DEFERRED

def is_loaded(name):
    return "_deferred_loader" not in vars(sys.modules[name])

print(is_loaded("subprocess"))
import subprocess
print(subprocess.run([sys.executable, "-c", "print('child')"], capture_output=True, text=True).stdout.strip())
print(is_loaded("subprocess"), hasattr(subprocess, "nothing"))

from PIL import Image
print(is_loaded("PIL.ExifTags"))
from threading import Barrier, Thread
from PIL import ExifTags
start, found = Barrier(8), []

def look():
    start.wait()
    found.append((ExifTags.TAGS[0x0112], ExifTags.IFD.Exif.name, ExifTags.Base.Orientation.value))

threads = [Thread(target=look) for _ in range(8)]
for one in threads: one.start()
for one in threads: one.join()
print(len(found), set(found))
from textwrap import dedent
from tokenize import *
print(dedent("  a"), NAME, type(generate_tokens).__name__)
for name in DEFERRED - set(sys.modules):
    print("not imported", name)
"""


def test_deferred_modules_are_loaded_at_their_first_use() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "False",
        "child",
        "True False",
        "False",
        "8 {('Orientation', 'Exif', 274)}",
        "a 1 function",
    ]


def test_a_module_that_could_not_be_loaded_is_loaded_at_the_next_use(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Loader:
        failures = 1

        def exec_module(self, module: ModuleType) -> None:
            if self.failures:
                self.failures -= 1
                raise MemoryError
            vars(module)["value"] = 7

    module = _DeferredModule("late")
    monkeypatch.setitem(vars(module), "_deferred_loader", Loader())
    with pytest.raises(MemoryError):
        _ = module.value
    assert module.value == 7
