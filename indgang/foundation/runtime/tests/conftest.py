"""A throw-away cluster of one test."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from indgang.foundation.runtime.postgres import Cluster
from tests.plugin import free_base_port

BINARIES = Path(os.environ["INDGANG_TEST_POSTGRES"]) if "INDGANG_TEST_POSTGRES" in os.environ else None


@pytest.fixture
def place():
    """A folder every user can reach."""
    folder = Path(tempfile.mkdtemp(prefix="indgang-cluster-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def cluster(place):
    made = Cluster.of(place / "data", port=free_base_port(), binaries=BINARIES, fsync="off")
    yield made
    if made.folder.exists() and not made.folder.is_relative_to(place):
        shutil.rmtree(made.folder)
