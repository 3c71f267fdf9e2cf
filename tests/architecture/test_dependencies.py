"""What we rely on may be used and passed on under our licence, and the database matches the models."""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
STRONG_COPYLEFT = re.compile(r"\bA?GPL\b|\bA?GPL[-v]|Affero|(?<!Lesser )General Public License", re.I)


def locked() -> list[str]:
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    return [found.group(1) for line in lines if (found := re.match(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?==", line))]


def licence_of(package: str) -> str:
    """The short statements of its licence; the full text only where there is nothing else."""
    facts = metadata(package)
    short = [facts.get("License-Expression") or "", *(c for c in facts.get_all("Classifier", []) if "License" in c)]
    return " ".join(short).strip() or str(facts.get("License") or "")[:200]


def test_no_runtime_dependency_is_under_strong_copyleft():
    """LGPL may be linked to; GPL and AGPL would bind everything that runs with it."""
    named, bound = locked(), []
    for package in named:
        try:
            licence = licence_of(package)
        except PackageNotFoundError:
            continue  # for another operating system
        if STRONG_COPYLEFT.search(licence):
            bound.append(f"{package}: {licence}")
    assert len(named) > 20
    assert bound == []


@pytest.mark.parametrize("licence", ["GPL-3.0-only", "GNU General Public License v3", "AGPL", "GNU Affero", "GPLv2"])
def test_strong_copyleft_is_recognised(licence: str):
    assert STRONG_COPYLEFT.search(licence)


@pytest.mark.parametrize("licence", ["LGPL-3.0-only", "GNU Lesser General Public License v2 or later (LGPLv2+)", "MIT"])
def test_other_licences_are_let_in(licence: str):
    assert not STRONG_COPYLEFT.search(licence)


def test_every_locked_package_has_a_hash():
    text = (ROOT / "requirements.lock").read_text()
    for block in re.split(r"\n(?=[A-Za-z0-9])", text):
        assert not re.match(r"[A-Za-z0-9._-]+.*==", block) or "--hash=sha256:" in block, block[:60]


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
