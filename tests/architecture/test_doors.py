"""From another module only its doors may be used; templates only through their parts."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOORS = {"services", "selectors", "values", "errors", "policy", "clock", "urls", "api"}
FLOORS = ("foundation", "core", "entrances", "desks")


def module_of(path: Path) -> str:
    """indgang/core/contacts/views.py -> "core.contacts"; the roof is "assembly"."""
    parts = path.relative_to(ROOT / "indgang").parts
    return "assembly" if parts[0] == "assembly" else ".".join(parts[:2])


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level:
            yield "relative"


def crossing(path: Path) -> Iterator[str]:
    """The doors of other modules this file uses, as "core.contacts.models"."""
    for name in imports(path):
        found = re.match(r"indgang\.(assembly|(?:foundation|core|entrances|desks)\.\w+)\.(\w+)", name)
        if found and found.group(1) != module_of(path):
            yield f"{found.group(1)}.{found.group(2)}"


def sources() -> Iterator[Path]:
    yield from (p for p in (ROOT / "indgang").rglob("*.py") if "migrations" not in p.parts)


def test_another_module_is_entered_by_its_doors_only():
    wrong = []
    for path in sources():
        in_tests = "tests" in path.parts or path.name == "testing.py"
        allowed = DOORS | ({"testing"} if in_tests else set())
        for door in crossing(path):
            of_the_roof = module_of(path) == "assembly" and door.startswith(
                "foundation.runtime."
            )  # it starts the house
            if door.rsplit(".", 1)[1] not in allowed and not of_the_roof:
                wrong.append(f"{path.relative_to(ROOT)} uses {door}")
    assert wrong == []


def test_no_module_imports_relatively():
    assert [str(p) for p in sources() if "relative" in set(imports(p))] == []


def test_every_module_says_what_it_owns():
    silent = []
    for floor in FLOORS:
        for module in (ROOT / "indgang" / floor).iterdir():
            init = module / "__init__.py"
            if module.is_dir() and init.exists() and not ast.get_docstring(ast.parse(init.read_text())):
                silent.append(str(module))
    assert silent == []


def test_a_module_shows_only_its_own_templates_and_parts_of_others():
    wrong = []
    for path in (ROOT / "indgang").rglob("templates/**/*.html"):
        own = path.relative_to(ROOT / "indgang").parts[path.relative_to(ROOT / "indgang").parts.index("templates") + 1]
        for used in re.findall(r"{%\s*(?:include|extends)\s+[\"']([^\"']+)", path.read_text()):
            other = used.split("/")[0]
            if other not in {own, "web"} and "/parts/" not in used:
                wrong.append(f"{path.relative_to(ROOT)} uses {used}")
    assert wrong == []


def test_there_is_no_django_admin():
    assert not [p for p in sources() if "django.contrib.admin" in p.read_text()]
