"""The page that maps the security regulation to rules and tests names only tests that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[4]
PAGE = ROOT / "docs" / "security-regulation.md"
HERE = Path(__file__).parent


def rows() -> list[list[str]]:
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines][1:]


@pytest.mark.req("sec.regulation")
def test_every_rule_of_the_regulation_names_tests_that_exist() -> None:
    written = "\n".join(path.read_text(encoding="utf-8") for path in HERE.glob("test_*.py"))
    missing = []
    for rule, _source, _held, tests in rows():
        named = re.findall(r"`([^`]+)`", tests)
        for test in named:
            if "/" in test:
                there = (ROOT / test).exists()
            else:
                there = test.rpartition(".")[2].lstrip("…") in written or (HERE / f"{test}.py").exists()
            missing += [] if there else [test]
        assert named, rule
    assert missing == []
    assert len(rows()) >= 20
