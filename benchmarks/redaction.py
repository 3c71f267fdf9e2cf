"""What covering costs: pages per second against pdfium drawing the same pages, and what the wall around it costs.

    .venv/bin/python benchmarks/redaction.py [--pages 40]

The pages are typeset text. One run covers a name on every page, one on every tenth; both prove their result.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django
from _report import Report, median

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "indgang.assembly.settings")
ROUNDS = 3
LEAST_PAGES = 2  # a second: a file of hundred pages is covered within a minute
MOST_WALL_MS = 20.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=40)
    options = parser.parse_args()
    report = Report("redaction")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["INDGANG_DATA"] = folder  # no database is asked
        django.setup()
        measure(Path(folder), options.pages, report)
    return report.end()


def measure(folder: Path, pages: int, report: Report) -> None:
    from indgang.foundation.letters import services as letters

    everywhere, seldom = folder / "a.pdf", folder / "b.pdf"
    typeset(everywhere, pages, every=1)
    typeset(seldom, pages, every=10)
    target = folder / "out.pdf"

    def cover(source: Path) -> None:
        done = letters.redact(
            source, name="a.pdf", media_type="application/pdf", boxes=(), words=["Kildegaard"], target=target
        )
        text = letters.extract_text(target, name="a.pdf", media_type="application/pdf").text
        report.must("Kildegaard" not in text and done.pages == pages, f"{source.name}: a covered name is left")

    drawing = taken(lambda: draw(everywhere))
    report.add("pages drawn by pdfium at 200 dots per inch, a second", f"{pages / drawing:.1f}")
    for source, what in ((everywhere, "every page"), (seldom, "every tenth page")):
        covering = taken(lambda source=source: cover(source))
        report.at_least(f"pages of a file covered on {what}, a second", pages / covering, LEAST_PAGES, digits=1)
        report.add(f"covered on {what}: times as long as drawing", f"{covering / drawing:.1f}")
        report.add(f"covered on {what}: size of the file, times the original", f"{grown(target, source):.1f}")
    small = folder / "c.pdf"
    typeset(small, 1, every=1)
    wall = [taken(lambda: letters.extract_text(small, name="c.pdf", media_type="application/pdf")) for _ in range(20)]
    report.at_most("one page read behind the wall: ms, median", median(wall) * 1000, MOST_WALL_MS)


def typeset(path: Path, pages: int, *, every: int) -> None:
    import typst

    body = "\n#pagebreak()\n".join(
        f"= Side {n}\n{'Ida Kildegaard bor her.' if n % every == 0 else 'Ingen bor her.'} #lorem(380)"
        for n in range(1, pages + 1)
    )
    source = path.with_suffix(".typ")
    source.write_text(f"#set text(size: 10pt)\n{body}\n")
    typst.compile(str(source), output=str(path))


def draw(path: Path) -> None:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            page.render(scale=200 / 72).to_pil()


def taken(work: Callable[[], object]) -> float:
    """Seconds, the median of a few rounds; the first one warms up."""
    work()
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times)


def grown(after: Path, before: Path) -> float:
    return after.stat().st_size / before.stat().st_size


if __name__ == "__main__":
    sys.exit(main())
