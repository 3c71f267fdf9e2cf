"""What a guidance card costs: shown to staff and to everybody, first shown, published, taken out as files.

    .venv/bin/python benchmarks/cards.py [--rounds 20]

Every card of the demo municipality is shown in turn; what is shown is held against the card's own file. Starts a
throw-away database of its own.
"""

import argparse
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from _report import Report, median, p
from _start import database

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
MOST_STATEMENTS = 8
CPU_MS = 10.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    report = Report("cards")
    with database(profile=True):
        show(options.rounds, report)
        publish(report)
    return report.end()


def show(rounds: int, report: Report) -> None:
    """Every card, first and again, for staff and for everybody."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from indgang.core.catalogue import policy, selectors

    files = selectors.card_files()
    codes = [name.removesuffix(".md") for name in files]
    first = [cpu_ms(partial(selectors.guidance, code, at=AT)) for code in codes]
    report.add(f"a card shown for the first time in a process, of {len(codes)}: CPU-ms, median", f"{median(first):.1f}")
    for public, whom in ((False, "staff"), (True, "everybody")):
        shows = [partial(selectors.guidance, code, public=public, at=AT) for code in codes]
        took = [cpu_ms(one) for _ in range(rounds) for one in shows]
        report.at_most(f"a card shown to {whom}: CPU-ms, p95", p(took, 0.95), CPU_MS)
    with CaptureQueriesContext(connection) as asked:
        selectors.guidance(codes[0], at=AT)
    report.at_most("statements of a card", len(asked), MOST_STATEMENTS, digits=0)
    for name, text in files.items():
        card = selectors.guidance(name.removesuffix(".md"), at=AT)
        anchors = [section.anchor for section in policy.parse(text, name=name).sections]
        shown = [section.anchor for section in card.sections] if card else []
        report.must(shown == anchors, f"{name}: sections {shown} instead of {anchors}")


def publish(report: Report) -> None:
    """One card with the words it had, and with a new one, which makes the search anew; then all out as files."""
    from indgang.core.catalogue import selectors, services
    from indgang.foundation.access.values import system

    text = selectors.card_files(["T-076"])["T-076.md"]
    for words, changed in (
        ("with the words it had", text.replace("## Klage\n\n", "## Klage\n\nSkriv eller ring. ")),
        ("with a new word", text.replace("words = [\n", 'words = [\n    "vi pakker kasser i dag",\n', 1)),
    ):
        start = time.perf_counter()
        services.import_cards(
            texts={"T-076.md": changed}, why="måling", publish_now=True, viewer=system("benchmark"), at=AT
        )
        report.add(f"a card published {words}: ms until everybody finds it", f"{ms_since(start):.0f}")
    start = time.perf_counter()
    count = len(selectors.card_files())
    report.add(f"{count} cards read as files: ms", f"{ms_since(start):.0f}")
    start = time.perf_counter()
    selectors.link_faults()
    report.add("links and codes of all cards checked: ms", f"{ms_since(start):.0f}")


def cpu_ms(ask: Callable[[], object]) -> float:
    start = time.process_time()
    ask()
    return (time.process_time() - start) * 1000


def ms_since(start: float) -> float:
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    sys.exit(main())
