"""The figures of the last `make bench` as rows of docs/benchmarks.md.

    .venv/bin/python benchmarks/_document.py [--write]

Prints them; with --write they replace what stands between the marks in the document.
"""

import argparse
import json
import sys

from _report import KEPT
from _start import ROOT

DOCUMENT = ROOT / "docs" / "benchmarks.md"
FIRST, LAST = "<!-- figures -->\n", "<!-- end of figures -->\n"
ORDER = (
    *("assignment", "intake", "pages", "scale", "queue_view", "agents_live", "citizen_search"),
    *("cases", "large", "triage", "triage_quality", "section_search", "cards", "letters", "registers", "live", "idle"),
)


def rows() -> str:
    """One table for each script, with its machine and moment."""
    kept = json.loads(KEPT.read_text())
    lines: list[str] = []
    for name in sorted(kept, key=lambda one: ORDER.index(one) if one in ORDER else len(ORDER)):
        facts = kept[name]
        lines += [f"### {name}", "", f"{facts['at'][:16].replace('T', ' ')} UTC · {facts['machine']}", ""]
        lines += ["| Figure | Value | Target or parts | Reached |", "|---|---|---|---|"]
        lines += [f"| {' | '.join(row)} |" for row in facts["rows"]]
        lines += ["", *(f"**Wrong:** {sentence}" for sentence in facts["faults"])]
    return "\n".join(lines).rstrip() + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    if not KEPT.exists():
        sys.stderr.write("There are no figures yet; run `make bench`.\n")
        return 1
    if not write:
        print(rows(), end="")
        return 0
    before, _, rest = DOCUMENT.read_text().partition(FIRST)
    _, _, after = rest.partition(LAST)
    DOCUMENT.write_text(f"{before}{FIRST}\n{rows()}\n{LAST}{after}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
