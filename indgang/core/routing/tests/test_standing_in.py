"""While somebody is away the substitute sees what was theirs, and answers it."""

import pytest

from indgang.core.catalogue.testing import make_task
from indgang.core.contacts.testing import make_contact
from indgang.core.organisation.testing import make_employee, make_hours, make_substitute, make_unit, viewer_of
from indgang.core.routing import selectors, services
from indgang.core.routing.errors import OwnerDecides, TakenMeanwhile
from indgang.core.routing.testing import agent_row, item_of, item_row, make_available, make_item, offers_of
from indgang.core.routing.values import TransferTarget
from indgang.foundation.access.errors import NotFound

pytestmark = pytest.mark.django_db


def pair(now):
    """Anna, who is away with work in hand, and Sten, who stands in for her without her competence."""
    anna, sten = make_employee("Anna Andersen"), make_employee("Sten Stand-in", groups={})
    make_substitute(anna, sten)
    return anna, sten


def in_hand(anna, contact, now):
    item = item_of(contact.id)
    make_available(anna.pk, now)
    type(item).objects.filter(id=item.id).update(group="moving")
    assert services.take_next(employee_id=anna.pk, viewer=viewer_of(anna), at=now).id == item.id
    return item


def test_the_substitute_sees_what_the_absent_colleague_has_in_hand_and_takes_it_over(now):
    anna, sten = pair(now)
    item = in_hand(anna, make_contact(at=now), now)
    assert selectors.work_instead(viewer_of(sten), now) == []  # Anna is at work
    services.set_state(employee_id=anna.pk, mode="offline", at=now, viewer=viewer_of(anna))
    (row,) = selectors.work_instead(viewer_of(sten), now)
    assert (row.id, row.instead_of, row.instead_of_name) == (item.id, anna.pk, "Anna Andersen")
    services.take_over(item_id=item.id, viewer=viewer_of(sten), at=now)
    assert [one.id for one in selectors.my_work(sten.pk, now).items] == [item.id]
    assert selectors.my_work(anna.pk, now).items == ()
    assert selectors.work_instead(viewer_of(sten), now) == []
    assert agent_row(sten.pk).mode in {"offline", "busy"}


def test_what_was_given_by_name_and_what_was_put_aside_are_in_the_list_too(now):
    anna, sten = pair(now)
    named, aside = make_item(at=now, employee_id=anna.pk), make_item(at=now, state="parked", preferred_id=anna.pk)
    assert {row.id for row in selectors.work_instead(viewer_of(sten), now)} == {named.id, aside.id}
    services.take_over(item_id=named.id, viewer=viewer_of(sten), at=now)
    assert offers_of(named.id)[0].result == "accepted"
    services.take_over(item_id=aside.id, viewer=viewer_of(sten), at=now)
    assert item_row(aside.id).agent_id == sten.pk


def test_nobody_else_takes_it_over_and_nobody_twice(now):
    anna, sten = pair(now)
    item = make_item(at=now, employee_id=anna.pk)
    stranger = make_employee("Frida Fremmed")
    with pytest.raises(NotFound):
        services.take_over(item_id=item.id, viewer=viewer_of(stranger), at=now)
    services.take_over(item_id=item.id, viewer=viewer_of(sten), at=now)
    with pytest.raises((NotFound, TakenMeanwhile)):
        services.take_over(item_id=item.id, viewer=viewer_of(sten), at=now)


def test_a_substitute_from_another_administration_does_not_take_over_what_only_the_owner_decides(now):
    anna, sten = pair(now)
    make_task("T-010", group="moving", administration="KSR", level=3, decision=True)
    item = make_item(at=now, employee_id=anna.pk, task="T-010", level=3)
    with pytest.raises(OwnerDecides):
        services.take_over(item_id=item.id, viewer=viewer_of(sten), at=now)


def test_the_list_of_receivers_says_the_hours_the_warning_goes_by(now):
    asking = make_employee()
    office = make_unit("byggesag", kind="office", name="Byggesag")
    make_hours(office, "phone")
    make_hours(office, "mail", weekdays=[3])
    (by_phone,) = selectors.transfer_choices(viewer_of(asking), "byggesag", now)
    (by_mail,) = selectors.transfer_choices(viewer_of(asking), "byggesag", now, medium="webform")
    assert (by_phone.open, by_mail.open) == (True, False)
    make_available(asking.pk, now)
    item = make_item(at=now, medium="webform")
    services.take_next(employee_id=asking.pk, viewer=viewer_of(asking), at=now)
    with pytest.raises(Exception, match="lukket") as refused:
        services.transfer(
            item_id=item.id, to=TransferTarget(unit=office.pk), note="Se", viewer=viewer_of(asking), at=now
        )
    assert by_mail.sentence in str(refused.value)
