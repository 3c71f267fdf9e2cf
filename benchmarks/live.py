"""How long an event takes from commit to a browser's socket: 300 streams on the live process of a started system.

    .venv/bin/python benchmarks/live.py [--clients 300] [--seconds 20]

The load is that of a busy contact centre: the waiting list changes for everybody four times a second, and twenty
times a second something changes for one employee. The limit is a plain psycopg LISTEN client that hears the same
events in the same run. Time counts from just before COMMIT; browser drawing is not part of it. Every event must come.
"""

import argparse
import asyncio
import json
import random
import subprocess
import sys
import time
import urllib.parse

import psycopg
from _report import Report, p
from _start import System, logged_in, system

LOGINS, BROADCASTS, TARGETED = 10, 4, 20
CHANNEL = "indgang_live"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--listen", choices=("streams", "raw"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.listen:
        order = json.loads(sys.stdin.readline())
        asyncio.run(listen_to_streams(**order)) if options.listen == "streams" else listen_raw(**order)
        return 0
    report = Report("live")
    with system() as running:
        measure(report, running, options.clients, options.seconds)
    return report.end()


def measure(report: Report, running: System, clients: int, seconds: float) -> None:
    agents = [login for login in running.demo["logins"] if login["role"] == "agent"][:LOGINS]
    sessions = [logged_in(running, login) for login in agents]
    streams = child("streams", {"port": running.port + 1, "sessions": sessions, "clients": clients})
    raw = child("raw", {"url": running.app_url()})
    for process in (streams, raw):
        assert process.stdout is not None
        if process.stdout.readline() != "ready\n":
            raise RuntimeError("a client of the benchmark did not start")
    sent = send(running.app_url(), [employee for _, employee in sessions], seconds)
    time.sleep(2)
    heard, bare = result(streams), result(raw)
    listeners = {"queue": clients}
    for number in range(clients):
        topic = f"agent:{sessions[number % len(sessions)][1]}"
        listeners[topic] = listeners.get(topic, 0) + 1
    for name, chosen in (("for everybody", {"queue"}), ("for one employee", set(listeners) - {"queue"})):
        events = [key for key, (topic, _) in sent.items() if topic in chosen]
        waited = [(at - sent[key][1]) / 1e6 for key in events for at in heard.get(key, [])]
        plain = [(at - sent[key][1]) / 1e6 for key in events for at in bare.get(key, [])]
        wanted = sum(listeners[sent[key][0]] for key in events)
        report.must(len(waited) == wanted, f"{name}: {len(waited)} of {wanted} deliveries came")
        for share in (0.5, 0.99):
            title = f"event {name} to the client's socket, {clients} streams, p{share * 100:.0f}"
            report.add(title, f"{p(waited, share):.1f} ms", f"{len(waited)} deliveries")
            report.add(f"plain LISTEN, event {name}, p{share * 100:.0f}", f"{p(plain, share):.1f} ms")
        report.add(f"ratio to plain LISTEN, event {name}, p50", f"{p(waited, 0.5) / p(plain, 0.5):.1f} x")


def send(url: str, employees: list[int], seconds: float) -> dict[str, tuple[str, int]]:
    """Events as `web.services.publish` writes them; their topics and the moments just before COMMIT."""
    chance, sent, number = random.Random(1), {}, 0
    with psycopg.connect(url) as connection:
        begin = time.monotonic()
        while (due := number / (BROADCASTS + TARGETED)) < seconds:
            time.sleep(max(0.0, begin + due - time.monotonic()))
            to_all = number % ((BROADCASTS + TARGETED) // BROADCASTS) == 0
            topic, key = "queue" if to_all else f"agent:{chance.choice(employees)}", f"b{number}"
            line = json.dumps({"topic": topic, "event": "changed", "id": key})
            connection.execute("SELECT pg_notify(%s, %s)", [CHANNEL, line])
            at = time.monotonic_ns()
            connection.commit()
            sent[key], number = (topic, at), number + 1
    return sent


def child(kind: str, order: dict[str, object]) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, __file__, "--listen", kind], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    process.stdin.write(json.dumps(order) + "\n")
    process.stdin.flush()
    return process


def result(process: "subprocess.Popen[str]") -> dict[str, list[int]]:
    """When each event came, on the clock all processes share."""
    found: dict[str, list[int]] = json.loads(process.communicate("\n")[0])
    return found


async def listen_to_streams(port: int, sessions: list[tuple[str, int]], clients: int) -> None:
    """That many browsers; each follows the waiting list and its own employee."""
    heard: dict[str, list[int]] = {}
    ready = [asyncio.Event() for _ in range(clients)]
    tasks = [
        asyncio.create_task(stream(port, *sessions[number % len(sessions)], heard, ready[number]))
        for number in range(clients)
    ]
    waits = [asyncio.create_task(one.wait()) for one in ready]
    done, _ = await asyncio.wait([asyncio.gather(*waits), *tasks], timeout=60, return_when=asyncio.FIRST_COMPLETED)
    if not done or any(task.done() for task in tasks):
        raise RuntimeError(f"{sum(one.is_set() for one in ready)} of {clients} streams opened")
    print("ready", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
    for task in tasks:
        task.cancel()
    print(json.dumps({key: moments for key, moments in heard.items() if key.startswith("b")}), flush=True)


async def stream(port: int, cookie: str, employee: int, heard: dict[str, list[int]], ready: asyncio.Event) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    topics = urllib.parse.quote(f"queue agent:{employee}")
    head = f"GET /live?topics={topics} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: indgang_staff={cookie}\r\n\r\n"
    writer.write(head.encode())
    status = await reader.readline()
    if b" 200 " not in status:
        raise RuntimeError(f"the stream answered {status!r}")
    async for line in reader:
        at = time.monotonic_ns()
        if line.startswith(b"retry:"):
            ready.set()
        elif line.startswith(b"data: {") and b'"id"' in line:
            heard.setdefault(json.loads(line[6:])["id"], []).append(at)


def listen_raw(url: str) -> None:
    """One plain client of the database."""
    heard: dict[str, list[int]] = {}
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"LISTEN {CHANNEL}")
        print("ready", flush=True)
        quiet = time.monotonic()
        while time.monotonic() - quiet < 8:
            for note in connection.notifies(timeout=1):
                at, quiet = time.monotonic_ns(), time.monotonic()
                heard.setdefault(json.loads(note.payload)["id"], []).append(at)
    print(json.dumps({key: moments for key, moments in heard.items() if key.startswith("b")}), flush=True)


if __name__ == "__main__":
    sys.exit(main())
