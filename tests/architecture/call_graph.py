"""Which function reaches which, read from the source: a name used in a body counts as a call."""

import ast
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WRITES = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "update_or_create", "get_or_create"}
SQL_WRITES = re.compile(r"^\s*(WITH\b.*\b(INSERT|UPDATE|DELETE)\b|INSERT\b|UPDATE\b|DELETE\b)", re.I | re.S)
IN_MEMORY = {"hasher", "digest", "hash"}  # their update() writes no row


@dataclass
class Source:
    """One file: its functions and what its names mean."""

    functions: dict[str, ast.FunctionDef] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)  # constants of the file


@cache
def source(module: str) -> Source | None:
    path = ROOT / (module.replace(".", "/") + ".py")
    if not path.exists():
        return None
    found = Source()
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.FunctionDef):
            found.functions[node.name] = node
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                found.names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        elif isinstance(node, ast.Assign):
            found.texts[ast.unparse(node.targets[0])] = text_of(path, node.value)
    return found


def text_of(path: Path, value: ast.expr) -> str:
    """What a constant of a file says: its text, or the statement it reads from the folder "sql" beside it."""
    if isinstance(value, ast.Constant):
        return value.value if isinstance(value.value, str) else ""
    words = [part.value for part in ast.walk(value) if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    statement = next((path.parent / "sql" / word for word in words if word.endswith(".sql")), None)
    if statement is None or not statement.exists():
        return ""
    return "\n".join(line for line in statement.read_text().splitlines() if not line.startswith("--"))


def function(name: str) -> tuple[str, ast.FunctionDef] | None:
    """The definition behind "indgang.core.contacts.services.reply", followed through re-exports."""
    module, _, last = name.rpartition(".")
    found = source(module) if module.startswith("indgang.") else None
    if found is None:
        return None
    if last in found.functions:
        return module, found.functions[last]
    return function(found.names[last]) if last in found.names else None


def used(module: str, node: ast.AST) -> set[str]:
    """Full names of what a body names."""
    known, names = source(module), set()
    assert known is not None
    for part in ast.walk(node):
        if isinstance(part, ast.Name):
            names.add(known.names.get(part.id, f"{module}.{part.id}"))
        elif isinstance(part, ast.Attribute) and isinstance(part.value, ast.Name) and part.value.id in known.names:
            names.add(f"{known.names[part.value.id]}.{part.attr}")
    return names


def reached(name: str) -> dict[str, tuple[str, ast.FunctionDef]]:
    """Every function this one may end in, itself included."""
    seen: dict[str, tuple[str, ast.FunctionDef]] = {}
    open_names = [name]
    while open_names:
        found = function(open_names.pop())
        if found is None or f"{found[0]}.{found[1].name}" in seen:
            continue
        seen[f"{found[0]}.{found[1].name}"] = found
        open_names += used(*found)
    return seen


def writes(module: str, node: ast.FunctionDef) -> bool:
    """Whether the body itself changes a row."""
    known = source(module)
    assert known is not None
    for part in ast.walk(node):
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute) and part.func.attr in WRITES:
            receiver = ast.unparse(part.func.value)
            if "objects" in receiver or (part.func.attr not in {"update"} and receiver.split(".")[-1] not in IN_MEMORY):
                return True
        text = part.value if isinstance(part, ast.Constant) else None
        if isinstance(part, ast.Name):
            text = known.texts.get(part.id)
        if isinstance(text, str) and SQL_WRITES.match(text):
            return True
    return False


def public_services() -> list[str]:
    """Every function a services door lets out, where it is defined by its own module."""
    names = []
    for path in sorted((ROOT / "indgang").glob("*/*/services.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        package = module.rsplit(".", 1)[0]
        found = source(module)
        assert found is not None
        let_out = [*found.functions, *(name for name, whole in found.names.items() if whole.startswith(package))]
        names += [f"{module}.{name}" for name in let_out if not name.startswith("_") and function(f"{module}.{name}")]
    return names
