"""The figures of the last `make bench` as rows of docs/benchmarks.md.

    .venv/bin/python benchmarks/_document.py [--write]

Prints them; with --write each takes the place of its script's table in the document, and the others stay.
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


def tables() -> dict[str, str]:
    """The table of each script that has run here, with its machine and moment."""
    made = {}
    for name, facts in json.loads(KEPT.read_text()).items():
        lines = [f"### {name}", "", f"{facts['at'][:16].replace('T', ' ')} UTC · {facts['machine']}", ""]
        lines += ["| Figure | Value | Target or parts | Reached |", "|---|---|---|---|"]
        lines += [f"| {' | '.join(row)} |" for row in facts["rows"]]
        lines += ["", *(f"**Wrong:** {sentence}" for sentence in facts["faults"])]
        made[name] = "\n".join(lines).rstrip() + "\n"
    return made


def standing(figures: str) -> dict[str, str]:
    """The tables a document has, by script."""
    parts = [part.rstrip() + "\n" for part in figures.split("### ")[1:]]
    return {part.partition("\n")[0]: f"### {part}" for part in parts}


def in_order(found: dict[str, str]) -> str:
    return "\n".join(
        found[name] for name in sorted(found, key=lambda one: ORDER.index(one) if one in ORDER else len(ORDER))
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    if not KEPT.exists():
        sys.stderr.write("There are no figures yet; run `make bench`.\n")
        return 1
    if not write:
        print(in_order(tables()), end="")
        return 0
    before, _, rest = DOCUMENT.read_text().partition(FIRST)
    figures, _, after = rest.partition(LAST)
    DOCUMENT.write_text(f"{before}{FIRST}\n{in_order(standing(figures) | tables())}\n{LAST}{after}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
