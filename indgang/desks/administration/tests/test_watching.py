"""What stopped is seen and sent again; the health page tells what stands still since when."""

from datetime import timedelta

import pytest

from indgang.desks.administration import health
from indgang.desks.administration.testing import at_desk
from indgang.foundation.journal import selectors as journal
from indgang.foundation.journal.testing import make_parcel
from indgang.foundation.journal.values import OutboxState
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db
PAGE = "/administration/opmaerksomhed"


@pytest.fixture
def stopped():
    return make_parcel(state=OutboxState.ATTENTION, error="Adressen findes ikke", at=clock.now())


def test_a_parcel_that_stopped_is_seen_and_sent_again(stopped):
    drude = at_desk("operator")
    assert "Adressen findes ikke" in drude.get(PAGE).content.decode()
    drude.post(f"{PAGE}/{stopped}/igen")
    assert [row.id for row in journal.outbox(OutboxState.WAITING)] == [stopped]
    assert "Adressen findes ikke" not in drude.get("/administration").content.decode()


def test_a_parcel_that_shall_not_leave_is_withdrawn(stopped):
    drude = at_desk("operator")
    drude.post(f"{PAGE}/{stopped}/traek-tilbage")
    assert [row.id for row in journal.outbox(OutboxState.WITHDRAWN)] == [stopped]
    assert drude.post(f"{PAGE}/{stopped}/igen").status_code == 409


def test_all_that_stopped_are_sent_again_at_once(stopped):
    other = make_parcel(state=OutboxState.ATTENTION, error="Intet svar", at=clock.now())
    at_desk("operator").post(f"{PAGE}/igen", {"valgt": [stopped, other]})
    assert journal.attention_count() == 0


def test_the_health_page_remembers_since_when_something_stands_still(stopped):
    since = clock.now() - timedelta(hours=3)
    health.note(since)
    outbox = next(part for part in health.look(clock.now()) if part.code == "probe.journal")
    assert (outbox.state, outbox.since) == (health.MIND, since)
    assert health.note(clock.now()) == 0
    assert "se på" in at_desk("operator").get("/administration/drift").content.decode()
