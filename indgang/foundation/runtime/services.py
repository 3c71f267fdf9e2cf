"""What every module may use of the runtime."""

from indgang.foundation.runtime.file_storage import incoming_folder
from indgang.foundation.runtime.files import (
    StoredFile,
    file_on_disk,
    file_owners,
    open_file,
    register_stored_files,
    store_file,
    store_path,
    store_stream,
    sweep_files,
)
from indgang.foundation.runtime.health import Check, checks, register_health_probe
from indgang.foundation.runtime.identifiers import random_name, uuid7
from indgang.foundation.runtime.lasting import first_read, lasting, watched
from indgang.foundation.runtime.metrics import register_gauge
from indgang.foundation.runtime.news import notify
from indgang.foundation.runtime.remembering import kept_now, remembered, remembering
from indgang.foundation.runtime.sorting import sort_key
from indgang.foundation.runtime.waking import wake

__all__ = [
    "Check",
    "StoredFile",
    "checks",
    "file_on_disk",
    "file_owners",
    "first_read",
    "incoming_folder",
    "kept_now",
    "lasting",
    "notify",
    "open_file",
    "random_name",
    "register_gauge",
    "register_health_probe",
    "register_stored_files",
    "remembered",
    "remembering",
    "sort_key",
    "store_file",
    "store_path",
    "store_stream",
    "sweep_files",
    "uuid7",
    "wake",
    "watched",
]
