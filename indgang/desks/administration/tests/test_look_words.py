"""Every kind of data a look can be at is told in Danish, and in English, to whoever reads the access log."""

import ast
from pathlib import Path

from django.utils.translation import override

import indgang
from indgang.desks.administration.rights_words import kind_words

ROOT = Path(indgang.__file__).parent
OPENS = {"open_for", "open_many"}


def kinds_in(path: Path) -> set[str]:
    """What the looks of one file are called; a name is the text it was given here or where it comes from."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and called(node) in OPENS]
    given = [keyword.value for call in calls for keyword in call.keywords if keyword.arg == "kind"]
    assert len(given) == len(calls), f"{path}: a look without its kind"
    return {value.value if isinstance(value, ast.Constant) else text_of(value.id, tree) for value in given}


def text_of(name: str, tree: ast.Module) -> str:
    for node in tree.body:
        if isinstance(node, ast.Assign) and name in {getattr(target, "id", "") for target in node.targets}:
            return ast.literal_eval(node.value)
        if isinstance(node, ast.ImportFrom) and name in {one.asname or one.name for one in node.names}:
            there = ROOT.parent / f"{node.module.replace('.', '/')}.py"
            return text_of(name, ast.parse(there.read_text(encoding="utf-8")))
    raise LookupError(name)


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def all_kinds() -> set[str]:
    files = [path for path in ROOT.rglob("*.py") if "tests" not in path.parts]
    return {kind for path in files for kind in kinds_in(path)}


def test_every_kind_of_look_has_words_in_both_languages():
    kinds = all_kinds()
    assert {"person", "case_row", "document_excerpt", "register"} <= kinds
    assert {kind for kind in kinds if kind_words(kind) == kind} == set()
    with override("en"):
        english = {kind: kind_words(kind) for kind in kinds}
    with override("da"):
        assert {kind for kind in kinds if english[kind] == kind_words(kind)} <= SAME


SAME: set[str] = set()  # words that are alike in both languages
