"""What a task's page says about waiting: measured, else promised and marked as that, else nothing."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from indgang.core.catalogue.testing import make_card, make_task
from indgang.core.organisation.testing import make_employee, make_hours, make_unit
from indgang.core.routing import services as routing
from indgang.core.routing.testing import make_taken, make_target
from indgang.entrances.site.waiting import span
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def move():
    unit = make_unit("KC", phone="00 00 00 12")
    make_hours(unit, "phone", weekdays=range(7))
    make_hours(unit, "mail", weekdays=range(7))
    make_hours(make_unit("BS-VALBY", kind="centre", district="Valby"), "counter", weekdays=range(7))
    make_task("T-076", title="Meld flytning", group="moving")


def ways(client, **headers) -> tuple[str, str, str]:
    """What stands under net, phone and counter."""
    page = client.get("/opgaver/T-076", headers=headers).content.decode()
    _, net, phone, counter = page[page.index('class="channels"') :].split("<h3>", 3)
    return net, phone, counter[: counter.index("<details>")]


@pytest.mark.req("ch.priority")
def test_each_way_says_whether_it_is_open_and_how_long_one_waits(client):
    make_target("phone", seconds=30)
    make_target("counter", seconds=600)

    net, phone, counter = ways(client)

    assert "Åbent hele døgnet" in net and "har du svar senest" in net
    assert "Mål: 80 % af opkaldene besvares inden 30 sekunder." in phone
    assert "Mål: 80 % kommer til inden 10 minutter." in counter
    for said in (phone, counter):
        assert "Den virkelige ventetid er ikke målt endnu." in said
        assert 'class="opening' in said


def test_what_was_measured_stands_instead_of_the_target(client):
    make_target("phone", seconds=30)
    agent, now = make_employee("Agnes Agent"), clock.now()
    last_week = clock.local(now) - timedelta(days=7)  # the same time of the day, also when the clocks change
    for seconds in range(10, 30):
        for at in (last_week, last_week + timedelta(minutes=30)):  # the page may be read in the next half hour
            make_taken(agent.pk, at=at, waited=seconds)
    routing.measure_waits(now)

    _, phone, _ = ways(client)

    assert "venter halvdelen højst 20 sekunder og 8 af 10 højst 25 sekunder" in phone
    assert "Målt de seneste fire uger." in phone
    assert "Mål:" not in phone


def test_nothing_is_said_where_nothing_is_known(client):
    _, phone, counter = ways(client)
    assert "Mål" not in phone and "vente" not in phone
    assert "Mål" not in counter


def test_english_readers_read_it_in_english(client):
    make_target("phone", seconds=30)
    assert "Target: 80 % of calls are answered within 30 seconds." in ways(client, **{"Accept-Language": "en"})[1]


def test_the_chosen_centre_stands_at_the_counter(client):
    client.cookies["indgang_center"] = "BS-VALBY"
    make_card()
    assert ways(client)[2].count("Bs-valby") >= 1


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "5 sekunder"), (6, "10 sekunder"), (89, "90 sekunder"), (90, "2 minutter"), (600, "10 minutter")],
)
def test_a_wait_is_rounded_up(seconds, said):
    with override("da"):
        assert span(seconds) == said
