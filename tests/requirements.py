"""`make requirements`: which requirements a test proves, and which must-keys have nothing."""

import ast
import csv
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIST = ROOT / "docs" / "requirements.csv"


def marked_keys() -> dict[str, list[str]]:
    """Requirement key -> the tests that carry it."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in [*ROOT.glob("indgang/**/test_*.py"), *ROOT.glob("tests/**/test_*.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("mark.req"):
                for argument in node.args:
                    if isinstance(argument, ast.Constant):
                        found[str(argument.value)].append(str(path.relative_to(ROOT)))
    return found


def main() -> int:
    rows = list(csv.DictReader(LIST.open()))
    marked, known = marked_keys(), {row["key"] for row in rows}
    must = [row for row in rows if row["kind"] == "must"]
    tested = [row for row in must if row["key"] in marked]
    declared = [row for row in must if row["declared_where"] and row["key"] not in marked]
    print(f"{len(must)} must: {len(tested)} tested, {len(declared)} declared")
    print(f"{sum(row['key'] in marked for row in rows if row['kind'] != 'must')} others tested")
    if "--missing" in sys.argv:
        for row in must:
            if row not in tested and row not in declared:
                print(f"  {row['key']:24} {row['requirement']}")
    unknown = sorted(set(marked) - known)
    if unknown:
        print("marks that are no requirement:", ", ".join(unknown))
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
