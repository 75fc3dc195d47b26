"""`bench.stages` times functions by their names: they must exist, and each stage must take time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEAFLET = ROOT / "layouts" / "leaflet"


def test_every_stage_takes_time() -> None:
    command = [sys.executable, "-m", "bench.stages", str(LEAFLET)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    seconds_by_stage = json.loads(done.stdout)
    assert seconds_by_stage.pop("pages") == 6
    assert all(seconds > 0 for seconds in seconds_by_stage.values()), seconds_by_stage
