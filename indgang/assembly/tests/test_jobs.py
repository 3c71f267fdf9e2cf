"""What the roof does at night."""

import os
import time
from datetime import timedelta

import pytest

from indgang.assembly import jobs
from indgang.core.contacts.testing import make_contact
from indgang.core.contacts.values import Upload
from indgang.entrances.webform import services as webform
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import open_file, store_file

pytestmark = pytest.mark.django_db


def test_files_nothing_names_go_and_those_of_contacts_and_unsent_forms_stay(settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    at = clock.now()
    make_contact(uploads=[Upload("brev.pdf", "application/pdf", b"of a contact")])
    draft = webform.start(text="jeg flytter", language="da", at=at)
    webform.add_files(token=draft.token, uploads=[Upload("a.txt", "text/plain", b"of a form")], at=at)
    forgotten = store_file(b"of nobody")
    long_ago = time.time() - timedelta(days=2).total_seconds()
    for path in tmp_path.glob("*/*"):
        os.utime(path, (long_ago, long_ago))
    jobs.sweep_files(timestamp=0)
    assert len(list(tmp_path.glob("*/*"))) == 2
    with pytest.raises(FileNotFoundError):
        open_file(forgotten)


def test_sessions_that_have_ended_are_forgotten(client, settings):
    settings.SESSION_COOKIE_AGE = -1
    client.session.save()
    jobs.forget_sessions(timestamp=0)
    assert not type(client.session).get_model_class().objects.exists()
