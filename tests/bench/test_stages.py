"""The bench names functions of the stages: they must be there, and each stage must be seen at work."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEAFLET = ROOT / "layouts" / "leaflet"


def test_every_stage_is_seen_at_work() -> None:
    command = [sys.executable, "-m", "bench.stages", str(LEAFLET)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    spent = json.loads(done.stdout)
    assert spent.pop("pages") == 6
    assert all(seconds > 0 for seconds in spent.values()), spent
