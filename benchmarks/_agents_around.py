"""What the agents of the live benchmark find: sessions of their own, and citizens who write."""

import asyncio
import smtplib
import time
from uuid import uuid4

from _crews import made_by
from _start import System
from intake import LETTER, TEXTS


def crew(running: System, agents: int) -> list[tuple[str, int]]:
    """Session and employee of each."""
    return [(cookie, employee) for cookie, employee in made_by("_agents_crew.py", running, agents)]


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
