"""What the security leader takes back reaches open pages at once, not at the next round of checks."""

from datetime import date

import pytest
from django.test import Client

from indgang.assembly.tests.test_live import Stream, ended, serving
from indgang.core.organisation.testing import make_employee, viewer_of
from indgang.foundation.access import selectors as access
from indgang.foundation.access import services
from indgang.foundation.runtime import clock

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.req("sec.auth")]


def test_a_right_taken_back_makes_open_pages_read_again_and_an_ended_session_ends_its_stream(django_db_setup):
    agnes = make_employee("Agnes Agent", username="agnes", groups={"moving": (3, 1)})
    sigrid = make_employee("Sigrid Sikker", username="sigrid", roles=["security_leader"])
    leader, client = viewer_of(sigrid), Client()
    services.grant(
        account=agnes.account, task="T-076", level=2, valid_from=date(2020, 1, 1), viewer=leader, at=clock.now()
    )
    client.force_login(agnes.account)
    with serving(INDGANG_LIVE_RECHECK="600") as (_process, port):  # nothing is found out by waiting
        hers = Stream(port, f"agent:{agnes.pk}", client.session.session_key)
        own = Client()
        own.force_login(sigrid.account)
        another = Stream(port, f"agent:{sigrid.pk}", own.session.session_key)
        right = next(card for card in access.authorisations(leader, agnes.account_id) if card.task == "T-076")
        services.revoke(authorisation_id=right.id, viewer=leader, at=clock.now())
        assert hers.next()[0] == "resync"
        services.end_sessions(account=agnes.account, viewer=leader, at=clock.now())
        assert ended(hers)
        services.end_sessions(account=sigrid.account, viewer=viewer_of(make_leader()), at=clock.now())
        assert ended(another)


def make_leader():
    return make_employee("Sofie Sikker", username="sofie", roles=["security_leader"])
