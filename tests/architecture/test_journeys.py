"""Journeys and interface tests touch the system from outside only: browser, SMTP, HTTP, commands."""

import pytest

from tests.architecture.test_doors import ROOT, imports


@pytest.mark.parametrize("folder", ["journeys", "api"])
def test_nothing_of_the_inside_is_imported(folder: str):
    files = list((ROOT / "tests" / folder).glob("*.py"))
    inside = [f"{path.name}: {name}" for path in files for name in imports(path) if name.startswith("indgang")]
    assert files
    assert inside == []
