"""While a channel is closed somebody else answers: planned by date, told to citizens, undone."""

from datetime import timedelta

import pytest
from django.test import Client

from indgang.core.organisation.testing import make_hours, make_unit
from indgang.desks.administration.models import Change
from indgang.desks.administration.testing import at_desk
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db
PAGE = "/administration/aabningstider/kontaktcenter/phone"
FORM = {"navn": "Døgnvagten", "engelsk": "The night service", "nummer": "00 00 00 99"}
SAID = "Når der er lukket, svarer Døgnvagten på 00 00 00 99."


@pytest.fixture
def lea():
    browser = at_desk("manager")
    make_hours(make_unit(), "phone")
    return browser


@pytest.mark.req("kc.evening")
def test_the_evening_is_forwarded_and_citizens_are_told_by_whom(lea):
    assert SAID not in Client().get("/aabningstider").content.decode()
    lea.post(f"{PAGE}/lukket", FORM)
    assert SAID in Client().get("/aabningstider").content.decode()
    assert "Døgnvagten" in lea.get(PAGE).content.decode()
    newest = Change.objects.latest("id")
    lea.post(f"/administration/aendringer/{newest.pk}/fortryd")
    assert SAID not in Client().get("/aabningstider").content.decode()


def test_it_holds_from_its_day_and_periods_do_not_overlap(lea):
    later = clock.today() + timedelta(days=10)
    lea.post(f"{PAGE}/lukket", FORM | {"fra": later.isoformat()})
    assert SAID not in Client().get("/aabningstider").content.decode()
    assert lea.post(f"{PAGE}/lukket", FORM).status_code in {409, 422}
    assert (
        lea.post(f"{PAGE}/lukket", FORM | {"nummer": "", "fra": "2020-01-01", "til": "2020-02-01"}).status_code == 422
    )
    lea.post(f"{PAGE}/lukket", {"fjern": later.isoformat()})
    assert "Ingen svarer, når der er lukket" in lea.get(PAGE).content.decode()
    assert at_desk("agent").post(f"{PAGE}/lukket", FORM).status_code == 404
