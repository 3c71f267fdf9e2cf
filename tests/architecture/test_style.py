"""Habits that a reader relies on."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INLINE = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(ld\+)?json\")|<style|\sstyle=|\son[a-z]+=\"")
SKIPPED = {"node_modules", ".venv", ".git", "var", "static-built", ".mypy_cache", ".ruff_cache", ".hypothesis"}


def files(*suffixes: str) -> list[Path]:
    return [
        p
        for p in ROOT.rglob("*")
        if p.is_file() and p.suffix in suffixes and not SKIPPED & set(p.relative_to(ROOT).parts)
    ]


def test_no_file_is_longer_than_four_hundred_lines():
    assert [str(p.relative_to(ROOT)) for p in files(".py") if len(p.read_text().splitlines()) > 400] == []


def test_no_file_is_called_after_nothing():
    assert [str(p) for p in files(".py") if p.stem in {"utils", "helpers", "misc", "common"}] == []


def test_nothing_catches_every_exception():
    caught = re.compile(r"^\s*except\s*(\(?\s*(Base)?Exception\b|:)", re.M)
    assert [str(p) for p in files(".py") if caught.search(p.read_text())] == []


def test_pages_hold_no_inline_script_or_style():
    wrong = []
    for path in files(".html"):
        text = path.read_text()
        if INLINE.search(text):
            wrong.append(str(path.relative_to(ROOT)))
    assert wrong == []


def test_locks_and_configuration_hold_no_address():
    for name in ("requirements.lock", "requirements-dev.lock", "package-lock.json", "package.json", ".npmrc"):
        assert "://" not in (ROOT / name).read_text(), name


def test_messages_are_translated_to_english():
    """Every Danish sentence marked for translation in a module stands in its English catalogue."""
    missing = []
    for locale in (ROOT / "indgang").glob("*/*"):
        if not (locale / "__init__.py").exists():
            continue
        catalogue = locale / "locale" / "en" / "LC_MESSAGES" / "django.po"
        known = catalogue.read_text() if catalogue.exists() else ""
        for path in locale.rglob("*.html"):
            for sentence in re.findall(r"{%\s*(?:translate|trans)\s+\"([^\"]+)\"", path.read_text()):
                if f'"{sentence}"' not in known:
                    missing.append(f"{path.relative_to(ROOT)}: {sentence}")
    assert missing == []


def test_every_requirement_mark_names_a_requirement():
    from tests.requirements import LIST, marked_keys

    known = {line.split(",")[1] for line in LIST.read_text().splitlines()[1:]}
    assert sorted(set(marked_keys()) - known) == []
