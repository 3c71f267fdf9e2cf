"""People of a benchmark, made by a script that runs inside the system it measures."""

import json
import os
import subprocess
import sys
from typing import Any

from _start import ROOT, System


def made_by(script: str, running: System, count: int) -> Any:
    """What the script of this folder prints last, as JSON."""
    environment = {
        **os.environ,
        "DATABASE_URL": running.app_url(),
        "INDGANG_DATA": str(running.data),
        "INDGANG_PORT": str(running.port),
        "INDGANG_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "indgang.assembly.settings",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, str(ROOT / "benchmarks" / script), str(count)]
    made = subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True)
    return json.loads(made.stdout.splitlines()[-1])
