"""While the access log takes no rows, nothing of a request for access, its papers or its package is shown."""

import os
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
from django.db import connection

from indgang.core.cases import selectors, services
from indgang.core.cases.tests.access_around import AT, ask, case_of_two, gathered, paper, pdf
from indgang.foundation.access.errors import LogUnavailable


@contextmanager
def closed_log():
    role = connection.settings_dict["USER"]
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute(f"REVOKE INSERT ON access_lookup FROM {role}")
        try:
            yield
        finally:
            owner.execute(f"GRANT INSERT ON access_lookup TO {role}")


@pytest.mark.django_db(transaction=True)
def test_nothing_is_shown_while_the_log_takes_no_rows(office, filippa, seen_by, tmp_path):
    viewer = seen_by(filippa)
    case = case_of_two(office, filippa)
    paper(case, viewer, pdf("Et"), title="Første")
    request = ask(case, viewer)
    (item,) = gathered(request, viewer)
    request.refresh_from_db()
    services.make_package(request_id=request.id, viewer=viewer, at=AT, version=request.version)
    later = AT + timedelta(hours=1)
    with closed_log():
        for look in (
            lambda: selectors.access_requests(viewer, at=later),
            lambda: selectors.access_page(viewer, request.id, later),
            lambda: selectors.item_page(viewer, item.pk, later),
            lambda: selectors.item_image(viewer, item.pk, 1, 600, at=later),
            lambda: selectors.package_zip(viewer, request.id, tmp_path / "x.zip", later),
            lambda: services.export_case(number=case.number, viewer=viewer, at=later),
        ):
            with pytest.raises(LogUnavailable):
                look()
    assert len(selectors.access_requests(viewer, at=later)) == 1
