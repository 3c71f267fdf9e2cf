"""The other end of `_pages_side`: starts the process of one size and tells it what to do."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from _start import ROOT, Database

HERE = Path(__file__).parent


class Side:
    """The process of one size."""

    def __init__(self, environment: dict[str, str], script: str = "_pages_side.py") -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / script)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def do(self, order: str, **facts: object) -> Any:
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(json.dumps({"do": order, **facts}) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"the benchmark's process ended at {order!r}")
        return json.loads(answer)

    def end(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(20)


def environment(db: Database, name: str) -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": db.url("app", name),
        "BENCHMARK_OWNER_URL": db.url("owner", name),
        "DJANGO_SETTINGS_MODULE": "_pages_settings",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{HERE}",
    }
