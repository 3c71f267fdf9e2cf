"""How much each one gets, who relieves whom, and what happens when somebody comes back."""

from datetime import timedelta

import pytest

from indgang.core.organisation.testing import make_employee, make_substitute, make_unit, viewer_of
from indgang.core.routing import services
from indgang.core.routing.models import WorkItem
from indgang.core.routing.testing import agent_row, item_row, make_available, make_item
from indgang.foundation.access.values import system

pytestmark = pytest.mark.django_db
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
SETUP = system("test")


def at_work(now, name="Agnes Agent", **facts):
    employee = make_employee(name, **facts)
    make_available(employee.pk, now)
    return employee


def accept_all(now) -> int:
    """Offers until nobody can have more, each accepted at once; how many were."""
    done = 0
    while services.dispatch_once(now):
        for item in WorkItem.objects.filter(state="offered"):
            services.accept(item_id=item.id, viewer=viewer_of(item.agent), at=now)
            done += 1
    return done


@pytest.mark.parametrize(
    ("capacity", "waiting", "gets"),
    [
        ({}, ["mail"] * 3, 1),
        ({"mail": 3}, ["mail"] * 5, 3),
        ({"written": 2}, ["mail", "webform", "mail"], 2),
        ({"written": 2, "mail": 1}, ["mail", "mail", "mail"], 1),
        ({"chat": 2}, ["chat"] * 3, 2),
        ({"chat": 3}, ["phone"] * 2, 1),
        ({"mail": 2}, ["mail", "phone", "phone"], 2),
    ],
)
def test_each_medium_has_its_own_number_beside_each_other(now, capacity, waiting, gets):
    agent = at_work(now)
    if capacity:
        services.set_capacity(employee_id=agent.pk, capacity=capacity, viewer=SETUP, at=now)
    for n, medium in enumerate(waiting):
        make_item(at=now, medium=medium, due_minutes=n)
    assert accept_all(now) == gets
    assert agent_row(agent.pk).mode == "busy"


@pytest.mark.parametrize(("share", "helps"), [(0.01, 1), (0.5, 2), (0.74, 2), (1.0, 4)])
def test_never_more_than_the_share_of_a_units_relief_staff_helps_at_once(now, share, helps):
    register = make_unit("REGISTER", kind="office")
    relief = [at_work(now, f"Rie {n}", unit=register, groups={"moving": (3, 1)}) for n in range(4)]
    services.save_relief_group(
        code="register", name="Folkeregisteret", units=[register.pk], threshold=0, live_after=0, written_after=0,
        share=share, viewer=SETUP, at=now,
    )  # fmt: skip
    items = [make_item(at=now) for _ in range(6)]
    for employee in relief:
        services.set_capacity(employee_id=employee.pk, capacity={"mail": 1}, viewer=SETUP, at=now)
    assert accept_all(now + MINUTE) == helps
    busy = {item_row(item.id).agent_id for item in items} - {None}
    assert len(busy) == helps
    free = viewer_of(next(employee for employee in relief if employee.pk not in busy)) if helps < len(relief) else None
    if free is not None:  # who asks by hand is not held back
        assert services.take_next(employee_id=free.actor.employee, viewer=free, at=now + MINUTE)


def test_who_comes_back_is_not_first_for_the_time_away(now):
    back, waits = at_work(now), at_work(now, "Bo Bedst")
    services.set_state(employee_id=back.pk, mode="offline", at=now + SECOND, viewer=viewer_of(back))
    later = now + 60 * MINUTE
    services.set_state(employee_id=waits.pk, mode="offline", at=later - 2 * MINUTE, viewer=viewer_of(waits))
    make_available(waits.pk, later - MINUTE)
    make_available(back.pk, later)
    item = make_item(at=later)
    assert services.dispatch_once(later + SECOND) == 1
    assert item_row(item.id).agent_id == waits.pk


def test_work_kept_for_somebody_on_leave_is_theirs_again_when_they_are_back(now):
    named, stand_in = make_employee("Nanna Navngivet"), at_work(now, "Stig Stedfortræder", groups={"tax": (1, 1)})
    make_substitute(named, stand_in, valid_to=now.date())
    first, second = make_item(at=now, employee_id=named.pk), make_item(at=now, employee_id=named.pk, due_minutes=99)
    taken = services.take_next(employee_id=stand_in.pk, viewer=viewer_of(stand_in), at=now)
    assert taken.id == first.id
    services.finish(item_id=first.id, viewer=viewer_of(stand_in), at=now)
    back = now + timedelta(days=1)
    make_available(named.pk, back)
    assert services.take_next(employee_id=stand_in.pk, viewer=viewer_of(stand_in), at=back) is None
    assert services.dispatch_once(back) == 1
    assert item_row(second.id).agent_id == named.pk


def test_nobody_stands_in_any_more_after_the_last_day(now):
    from indgang.core.routing import keeping

    named, stand_in = make_employee("Nanna Navngivet"), at_work(now, "Stig Stedfortræder", groups={"tax": (1, 1)})
    make_substitute(named, stand_in, valid_to=now.date())
    make_item(at=now, employee_id=named.pk)
    next_day = now + timedelta(days=1)
    make_available(stand_in.pk, next_day)
    keeping.forget()
    assert services.dispatch_once(next_day) == 0
    keeping.forget()
    assert services.dispatch_once(now) == 1
