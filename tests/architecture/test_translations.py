"""Every Danish sentence in Python and in templates has its English one."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
OTHER_FAULTS = {"Exception", "ValueError"}  # never shown to anybody
MARKS = {"_", "gettext", "gettext_lazy", "pgettext", "ngettext"}
MODULES = sorted(path.parent for path in (ROOT / "indgang").glob("*/*/__init__.py"))
BLOCK = re.compile(r"{%\s*(?:blocktranslate|blocktrans)([^%]*)%}(.*?){%\s*endblocktrans", re.S)
INLINE = re.compile(r"""{%\s*(?:translate|trans)\s+(?:"([^"]+)"|'([^']+)')|\b_\("([^"]+)"\)""")


def known_sentences() -> dict[str, str]:
    """Of all modules: Django merges them."""
    known = {}
    for path in (ROOT / "indgang").rglob("locale/en/LC_MESSAGES/django.po"):
        for message in read_po(path.open("rb"), locale="en"):
            danish, english = message.id, message.string
            if isinstance(danish, tuple):  # singular and plural
                danish, english = danish[0], "" if "" in english else english[0]
            if danish:
                known[danish] = str(english)
    return known


def in_python(module: Path) -> set[str]:
    """First arguments of gettext calls, and the sentences of errors (their docstrings)."""
    found = set()
    for path in module.rglob("*.py"):
        if "tests" in path.parts:
            continue
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in MARKS and node.args:
                given = node.args[0]
                if isinstance(given, ast.Constant) and isinstance(given.value, str):
                    found.add(given.value)
            if (
                path.name == "errors.py"
                and isinstance(node, ast.ClassDef)
                and {ast.unparse(base) for base in node.bases} - OTHER_FAULTS
            ):
                found.add((ast.get_docstring(node) or "").strip())
    return found


def in_templates(module: Path) -> set[str]:
    found = set()
    for path in module.rglob("templates/**/*.html"):
        text = path.read_text()
        found |= {next(group for group in match.groups() if group) for match in INLINE.finditer(text)}
        for head, body in BLOCK.findall(text):
            sentence = re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", body.split("{% plural %}")[0])
            found.add(re.sub(r"\s*\n\s*", " ", sentence).strip() if "trimmed" in head else sentence)
    return found


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_every_sentence_has_its_english_one(module: Path):
    known = known_sentences()
    sentences = {sentence for sentence in in_python(module) | in_templates(module) if re.search(r"\w", sentence)}
    assert sorted(sentence for sentence in sentences if not known.get(sentence)) == []


def test_the_english_keeps_the_places_of_the_danish():
    """%(name)s and {name} must be the same on both sides, or the sentence breaks when it is shown."""
    place = re.compile(r"%\(\w+\)s|{\w+}")
    wrong = [d for d, e in known_sentences().items() if set(place.findall(d)) != set(place.findall(e))]
    assert wrong == []
