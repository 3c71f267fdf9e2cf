"""How many statements a filed mail costs."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from indgang.core.catalogue.testing import make_task
from indgang.core.organisation.testing import make_hours, make_unit
from indgang.entrances.mail import services
from indgang.entrances.mail.testing import make_mail
from indgang.foundation.runtime.services import remembering

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_in_a_run_of_filing_settings_and_hours_are_read_with_the_first_mail_only():
    unit = make_unit(phone="00 00 00 00")
    make_hours(unit, "mail")
    make_task("T-076", words=["flytte", "flytning"])
    counts = []
    for n in range(3):
        raw = make_mail(f"Jeg skal flytte. {n}", sender=f"ida{n}@borger.example", message_id=f"{n}@borger.example")
        services.store_mail(sender="ida@borger.example", recipients=["x"], content=raw, at=AT)
    with remembering():
        for n in range(3):
            with CaptureQueriesContext(connection) as statements:
                assert services.file_next(at=AT + timedelta(seconds=n))
            counts.append(len(statements))
    assert counts[1] == counts[2] <= 50 < counts[0] <= 75
