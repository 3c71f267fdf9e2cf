"""What a letter costs: typeset as PDF/UA-1, beside typst making a bare untagged page, in the same run.

    .venv/bin/python benchmarks/letters.py [--letters 300]

Every letter has its own words, so nothing is answered from what typst remembers of an earlier one. Starts no database.
"""

import argparse
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import date

from _report import Report, median, p
from _start import ROOT

LIMIT_MS = 50.0
BARE = '#set document(title: "x")\n#sys.inputs.word'
DAY = date(2026, 3, 2)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=int, default=300)
    count = parser.parse_args().letters
    os.environ["DJANGO_SETTINGS_MODULE"] = "indgang.assembly.settings"
    os.chdir(ROOT)
    report = Report("letters")
    with tempfile.TemporaryDirectory() as data:
        os.environ["INDGANG_DATA"] = data
        import django

        django.setup()
        measure(count, report)
        together(count, report)
        check(report)
    return report.end()


def letter(number: int, paragraphs: int) -> object:
    """A decision of its own, with a box, a list, a table of ten rows and so many paragraphs."""
    from indgang.foundation.letters.values import (
        Box,
        Heading,
        Letter,
        Listing,
        Paragraph,
        Sender,
        Signature,
        Table,
    )

    sender = Sender("Prøvekommunen", "Ydelser", "Prøvegade 1\n0000 Prøveby", "00 00 00 01", "post@kommune.example")
    blocks = (
        Box("Resultat", (f"Du får {number} kr. om måneden.",)),
        Heading("Derfor"),
        *(Paragraph(f"Vi har lagt vægt på oplysning {number}.{line} i sagen. " * 6) for line in range(paragraphs)),
        Listing((f"punkt {number}", "et punkt til")),
        Table(("Dokument", "Dato"), tuple((f"Bilag {number}-{row}", "1. marts 2026") for row in range(10))),
        Signature(("Venlig hilsen", "Prøve Prøvesen")),
    )
    return Letter("da", f"Afgørelse {number}", sender, ("Anna Prøve",), DAY, f"2026-{number:06}", blocks)


def measure(count: int, report: Report) -> None:
    """A bare page, a letter of two pages and one of six, in turn."""
    import typst

    from indgang.foundation.letters import services
    from indgang.foundation.letters.typesetting import fonts

    def bare(number: int) -> None:
        typst.compile(
            BARE.encode(), font_paths=fonts(), timestamp=0, pdf_tags=False, sys_inputs={"word": f"Side {number}"}
        )

    def short(number: int) -> None:
        services.typeset(letter(number, 5))  # type: ignore[arg-type]

    def long(number: int) -> None:
        services.typeset(letter(number, 60))  # type: ignore[arg-type]

    first = ms(short, 0)
    works = {"a bare page": bare, "a letter of two pages": short, "a letter of six pages": long}
    took: dict[str, list[float]] = {name: [] for name in works}
    for number in range(1, count + 1):
        for name, work in works.items():
            took[name].append(ms(work, number))
    report.add("the first letter of a process (typst and fonts loaded)", f"{first:.1f} ms")
    for name, times in took.items():
        report.add(f"{name}, {count} of them, p50", f"{median(times):.2f} ms")
    for name in list(works)[1:]:
        report.add(f"{name}: ratio to a bare page, p50", f"{median(took[name]) / median(took['a bare page']):.1f} x")
    report.at_most("a letter of two pages, p95", p(took["a letter of two pages"], 0.95), LIMIT_MS, "ms")


def check(report: Report) -> None:
    """The letters are as long as their names say, and the same letter gives the same bytes."""
    from indgang.foundation.letters import services
    from indgang.foundation.letters.testing import pages_of

    for paragraphs, pages in ((5, 2), (60, 6)):
        made = len(pages_of(services.typeset(letter(1, paragraphs))))  # type: ignore[arg-type]
        report.must(made == pages, f"{paragraphs} paragraphs made {made} pages instead of {pages}")
    same = services.typeset(letter(1, 5)) == services.typeset(letter(1, 5))  # type: ignore[arg-type]
    report.must(same, "the same letter gave two different files")


def together(count: int, report: Report) -> None:
    """Four threads of one process, as in the web server; each letter must come out as it does alone."""
    from indgang.foundation.letters import services

    alone = [services.typeset(letter(number, 5)) for number in range(8)]  # type: ignore[arg-type]
    wrong: list[int] = []

    def work(start: int) -> None:
        for number in range(start, count, 4):
            if services.typeset(letter(number % 8, 5)) != alone[number % 8]:  # type: ignore[arg-type]
                wrong.append(number)

    threads = [threading.Thread(target=work, args=(start,)) for start in range(4)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    report.add("letters per second, four threads of one process", f"{count / (time.perf_counter() - begun):.0f}")
    report.must(not wrong, f"{len(wrong)} letters differ when made at once")


def ms(work: Callable[[int], None], number: int) -> float:
    start = time.perf_counter()
    work(number)
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    sys.exit(main())
