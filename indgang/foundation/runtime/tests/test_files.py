"""A file is on disk when we say so, and a full disk leaves nothing behind."""

import errno
import hashlib
import os
import time

import pytest

from indgang.foundation.runtime.errors import DiskFull
from indgang.foundation.runtime.services import open_file, store_file, sweep_files


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"


def _kept(settings):
    return [path for path in settings.FILES_ROOT.rglob("*") if path.is_file()]


def test_a_stored_file_is_found_by_the_hash_of_its_content(settings):
    digest = store_file(b"et brev")
    assert digest == hashlib.sha256(b"et brev").hexdigest()
    with open_file(digest) as f:
        assert f.read() == b"et brev"
    assert _kept(settings)[0].stat().st_mode & 0o077 == 0


def test_the_same_content_is_kept_once(settings):
    assert store_file(b"to gange") == store_file(b"to gange")
    assert len(_kept(settings)) == 1


def test_a_disk_that_fills_up_while_writing_leaves_no_half_file(settings, monkeypatch):
    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    store_file(b"der var plads")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        store_file(b"der er ikke plads")
    monkeypatch.undo()
    assert len(_kept(settings)) == 1


def test_a_file_larger_than_the_free_disk_is_refused_before_it_is_written(settings, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: type("Usage", (), {"free": 1000})())
    with pytest.raises(DiskFull) as refused:
        store_file(b"x" * 2000)
    assert refused.value.status == 507
    assert not _kept(settings)


def test_the_sweep_takes_old_files_no_row_names_and_leaves_the_rest(settings):
    known, unknown, fresh = store_file(b"kendt"), store_file(b"ukendt"), store_file(b"ny")
    long_ago = time.time() - 3 * 24 * 60 * 60
    for path in _kept(settings):
        if path.parent.name + path.name != fresh:
            os.utime(path, (long_ago, long_ago))
    assert sweep_files({known}) == 1
    assert {path.parent.name + path.name for path in _kept(settings)} == {known, fresh}
    with pytest.raises(FileNotFoundError):
        open_file(unknown)


def test_a_name_that_is_no_hash_opens_nothing():
    with pytest.raises(FileNotFoundError):
        open_file("../../secrets/django")
