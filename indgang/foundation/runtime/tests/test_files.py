"""A file is on disk when we say so, and a full disk leaves nothing behind."""

import errno
import hashlib
import io
import os
import time
import tracemalloc
from datetime import UTC, datetime

import pytest

from indgang.foundation.runtime import files
from indgang.foundation.runtime.errors import DiskFull
from indgang.foundation.runtime.file_storage import INCOMING, SyncedStorage
from indgang.foundation.runtime.services import (
    file_on_disk,
    incoming_folder,
    open_file,
    register_stored_files,
    store_file,
    store_path,
    store_stream,
    sweep_files,
)


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


@pytest.fixture
def known(monkeypatch):
    """What the rows of one module name."""
    named: set[str] = set()
    monkeypatch.setattr(files, "_named", {})
    register_stored_files("letters", lambda digests: named & set(digests))
    return named


def _age(settings, *kept):
    long_ago = time.time() - 3 * 24 * 60 * 60
    for path in _kept(settings):
        if path.parent.name + path.name not in kept:
            os.utime(path, (long_ago, long_ago))


def test_the_sweep_takes_old_files_no_row_names_and_leaves_the_rest(settings, known):
    named, unknown, fresh = store_file(b"kendt"), store_file(b"ukendt"), store_file(b"ny")
    known.add(named)
    _age(settings, fresh)
    assert sweep_files() == 1
    assert {path.parent.name + path.name for path in _kept(settings)} == {named, fresh}
    with pytest.raises(FileNotFoundError):
        open_file(unknown)


def test_two_modules_may_not_name_files_under_one_name(known):
    with pytest.raises(ValueError, match="letters"):
        register_stored_files("letters", lambda digests: set())


def test_the_sweep_takes_what_a_cut_off_upload_left(settings, known):
    (incoming_folder() / "tmpabc").write_bytes(b"halvt")
    assert sweep_files() == 0
    _age(settings)
    assert sweep_files() == 1 and not _kept(settings)


def test_the_folder_of_a_killed_process_is_swept(settings, known):
    left, young = incoming_folder() / "tmpleft", incoming_folder() / "tmpyoung"
    for folder in (left, young):
        (folder / "inner").mkdir(parents=True)
        (folder / "inner" / "covered.pdf").write_bytes(b"%PDF-")
    long_ago = time.time() - 3 * 24 * 60 * 60
    os.utime(left, (long_ago, long_ago))
    assert sweep_files() == 1
    assert (left.exists(), young.exists()) == (False, True)


def test_a_file_stored_again_while_the_sweep_looks_at_it_stays(settings, known, monkeypatch):
    digest = store_file(b"igen")
    _age(settings)
    discard = SyncedStorage.discard

    def stored_again(storage, name, before):
        store_file(b"igen")
        return discard(storage, name, before)

    monkeypatch.setattr(SyncedStorage, "discard", stored_again)
    assert sweep_files() == 0
    with open_file(digest) as f:
        assert f.read() == b"igen"


def test_a_sweep_that_was_cut_off_loses_nothing(settings, known):
    digest = store_file(b"vigtigt")
    known.add(digest)
    [path] = _kept(settings)
    path.rename(path.with_name(".going-" + path.name))
    assert sweep_files() == 0
    with open_file(digest) as f:
        assert f.read() == b"vigtigt"


def test_a_file_on_our_disk_is_moved_into_place_without_a_copy(settings):
    source = incoming_folder() / "stor"
    source.write_bytes(b"scannet brev")
    inode = source.stat().st_ino
    stored = store_path(source)
    assert stored == files.StoredFile(hashlib.sha256(b"scannet brev").hexdigest(), 12)
    assert not source.exists() and [path.stat().st_ino for path in _kept(settings)] == [inode]
    with file_on_disk(stored.digest) as place:
        assert place.read_bytes() == b"scannet brev"


def test_a_stream_is_kept_without_ever_being_held_whole(settings):
    class Zeros:
        left = 300

        def read(self, size):
            self.left -= 1
            return b"\0" * size if self.left >= 0 else b""

    tracemalloc.start()
    stored = store_stream(Zeros())
    assert tracemalloc.get_traced_memory()[1] < 16 * 1024 * 1024 < stored.size
    tracemalloc.stop()
    assert [path.parent.name for path in _kept(settings)] == [stored.digest[:2]]


def test_a_stream_that_fills_the_disk_leaves_nothing(settings, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    incoming_folder()
    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(DiskFull):
        store_stream(io.BytesIO(b"x" * 5000))
    assert not _kept(settings)


def test_another_storage_can_be_set_up(settings, known):
    settings.STORAGES = {**settings.STORAGES, "files": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    digest, gone = store_stream(io.BytesIO(b"andetsteds")).digest, store_file(b"glemt")
    known.add(digest)
    with open_file(digest) as f:
        assert f.read() == b"andetsteds"
    with file_on_disk(digest) as place:
        assert place.read_bytes() == b"andetsteds"
    assert [path for path in _kept(settings) if path.parent.name != INCOMING] == []
    files._storage()._resolve(f"{gone[:2]}/{gone[2:]}").modified_time = datetime(2020, 1, 1, tzinfo=UTC)
    files._storage()._resolve(f"{digest[:2]}/{digest[2:]}").modified_time = datetime(2020, 1, 1, tzinfo=UTC)
    assert sweep_files() == 1
    with pytest.raises(FileNotFoundError):
        open_file(gone)


def test_a_name_that_is_no_hash_opens_nothing():
    with pytest.raises(FileNotFoundError):
        open_file("../../secrets/django")
