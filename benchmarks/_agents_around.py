"""What the agents of the live benchmark find: sessions of their own, and citizens who write."""

import asyncio
import json
import os
import smtplib
import subprocess
import sys
import time
from uuid import uuid4

from _start import ROOT, System
from intake import LETTER, TEXTS


def crew(running: System, agents: int) -> list[tuple[str, int]]:
    """Session and employee of each."""
    environment = {
        **os.environ,
        "DATABASE_URL": running.app_url(),
        "INDGANG_DATA": str(running.data),
        "INDGANG_PORT": str(running.port),
        "INDGANG_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "indgang.assembly.settings",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, str(ROOT / "benchmarks" / "_agents_crew.py"), str(agents)]
    made = subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True)
    return [(cookie, employee) for cookie, employee in json.loads(made.stdout.splitlines()[-1])]


class Mails:
    """Citizens who write."""

    def __init__(self, port: int) -> None:
        self.port, self.run, self.number = port, uuid4().hex[:8], 0

    def send(self, count: int) -> None:
        with smtplib.SMTP("127.0.0.1", self.port, timeout=60) as line:
            for _ in range(count):
                text, self.number = TEXTS[self.number % len(TEXTS)], self.number + 1
                raw = LETTER.format(number=self.number, run=self.run, text=text).encode()
                sender = f"borger{self.number}@borger.example"
                line.sendmail(sender, ["kontakt@indgang.example"], raw, mail_options=["BODY=8BITMIME"])

    async def trickle(self, rate: float) -> None:
        begun, number = time.monotonic(), 0
        while True:
            number += 1
            await asyncio.sleep(max(0.0, begun + number / rate - time.monotonic()))
            await asyncio.to_thread(self.send, 1)


async def until_waiting(running: System, items: int) -> None:
    """Until the mails are work."""
    with running.owner() as owner:
        for _ in range(600):
            row = owner.execute("SELECT count(*) FROM routing_workitem WHERE state = 'waiting'").fetchone()
            if row is not None and row[0] >= items:
                return
            await asyncio.sleep(0.5)
    raise RuntimeError("the mails do not become work")
