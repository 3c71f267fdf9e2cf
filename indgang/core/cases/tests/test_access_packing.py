"""A package is ordered, made by a job, and says what went wrong."""

from datetime import timedelta

import pytest
from django.db import connection

from indgang.core.cases import errors, selectors, services
from indgang.core.cases.access_packing import _LEAVE, _TAKE, MOST_TRIES
from indgang.core.cases.models import AccessItem, AccessRequest
from indgang.core.cases.testing import events_of_case
from indgang.core.cases.tests.access_around import AT, ask, case_of_two, gathered, paper, pdf
from indgang.core.organisation.testing import viewer_of
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import system

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(minutes=1)


@pytest.fixture
def filippas(filippa):
    return viewer_of(filippa, AT)


@pytest.fixture
def request_(office, filippa, filippas):
    case = case_of_two(office, filippa)
    made = ask(case, filippas)
    paper(case, filippas, pdf("Din ansøgning er modtaget."), title="Kvittering")
    gathered(made, filippas)
    return made


def now(request) -> AccessRequest:
    return AccessRequest.objects.get(id=request.id)


def order(request, viewer):
    return services.order_package(request_id=request.id, viewer=viewer, at=AT, version=now(request).version)


def seen(request, viewer):
    return selectors.packing(viewer, request.id, LATER)


def test_it_is_ordered_waits_its_turn_and_is_there(request_, filippas):
    order(request_, filippas)
    waiting = seen(request_, filippas)
    assert (waiting.running, waiting.part, waiting.waited, waiting.by_name) == (True, "waiting", 60, "Filippa Falk")
    assert services.pack_ordered(LATER) == 1
    assert not seen(request_, filippas).running
    made = now(request_)
    assert made.package and made.package_pages == 2 and made.state == "prepared"
    assert services.pack_ordered(LATER) == 0
    verbs = [one.verb for one in events_of_case(made.own_case_id)]
    assert verbs.count("case.access_packed") == 1


def test_two_clicks_are_one_order(request_, filippas):
    order(request_, filippas)
    order(request_, filippas)
    verbs = [one.verb for one in events_of_case(now(request_).own_case_id)]
    assert verbs.count("case.access_pack_ordered") == 1
    assert services.pack_ordered(LATER) == 1


def test_choices_changed_meanwhile_are_said_and_it_can_be_ordered_again(request_, filippas):
    order(request_, filippas)
    item = AccessItem.objects.get(request=request_)
    services.choose_item(item_id=item.pk, choice="refused", ground="Forvaltningsloven § 12", viewer=filippas, at=AT,
                         version=item.version)  # fmt: skip
    assert services.pack_ordered(LATER) == 0
    told = seen(request_, filippas)
    assert not told.running and told.fault.startswith("Valgene er ændret")
    order(request_, filippas)
    assert services.pack_ordered(LATER) == 1 and seen(request_, filippas).fault == ""


def test_a_file_that_is_gone_is_said(request_, filippas, settings):
    order(request_, filippas)
    digest = AccessItem.objects.get(request=request_).source
    for file in settings.FILES_ROOT.rglob(f"*{digest[4:]}*"):
        file.unlink()
    assert services.pack_ordered(LATER) == 0
    assert "Kvittering" in seen(request_, filippas).fault or "brev.pdf" in seen(request_, filippas).fault


def test_who_may_no_longer_work_here_gets_no_package_made(request_, filippas, filippa):
    order(request_, filippas)
    type(filippa).objects.filter(pk=filippa.pk).update(valid_to=AT.date() - timedelta(days=1))
    assert services.pack_ordered(LATER) == 0
    assert now(request_).package == "" and "ikke længere adgang" in now(request_).packing_fault


def test_a_process_that_died_is_forgiven_once(request_, filippas):
    order(request_, filippas)
    AccessRequest.objects.filter(id=request_.id).update(packing_tries=1, packing_part="joining")
    assert services.pack_ordered(LATER) == 1
    order(request_, filippas)
    AccessRequest.objects.filter(id=request_.id).update(packing_tries=MOST_TRIES, packing_part="joining")
    assert services.pack_ordered(LATER) == 0
    assert seen(request_, filippas).fault.startswith("Pakken blev ikke færdig")


@pytest.mark.django_db(transaction=True)
def test_one_that_is_in_hand_is_left_to_who_has_it(request_, filippas):
    order(request_, filippas)
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute(_TAKE, [str(request_.id)])
        assert services.pack_ordered(LATER) == 0
        assert seen(request_, filippas).running and seen(request_, filippas).fault == ""
        cursor.execute(_LEAVE, [str(request_.id)])
    other.close()
    assert services.pack_ordered(LATER) == 1


def test_nothing_is_ordered_that_is_not_ready_or_by_who_may_not(request_, filippas, stranger):
    AccessItem.objects.filter(request=request_).update(choice="redacted", redacted="")
    with pytest.raises(errors.ItemsNotReady):
        order(request_, filippas)
    assert not seen(request_, filippas).running
    for viewer in (viewer_of(stranger, AT), system("test")):
        with pytest.raises(NotFound):
            services.order_package(request_id=request_.id, viewer=viewer, at=AT, version=1)
    with pytest.raises(NotFound):
        selectors.packing(viewer_of(stranger, AT), request_.id, AT)
