"""Nobody sees, counts or is offered what the rights do not allow."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue.testing import make_task
from indgang.core.organisation.testing import make_employee, make_unit, viewer_of
from indgang.core.routing import selectors, services
from indgang.core.routing.models import WorkItem
from indgang.core.routing.testing import make_available, make_item, make_point
from indgang.core.routing.visible import visible
from indgang.foundation.access import policy
from indgang.foundation.access import selectors as access
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.testing import make_authorisation
from indgang.foundation.access.values import system

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
SETUP = system("test")
GROUPS = ("moving", "parking", "tax")
TASKS = {"T-001": ("moving", "ØKF", True), "T-002": ("parking", "TMF", True), "T-003": ("tax", "TMF", False)}


def people(dice):
    """Employees of two units and administrations, some of them authorised for single tasks only."""
    places = [make_unit(), make_unit("FAG", kind="office", administration="TMF")]
    crew = []
    for number in range(6):
        known = {group: (dice.randint(1, 5), dice.randint(1, 3)) for group in dice.sample(GROUPS, 2)}
        roles = dice.choice([["agent"], ["manager"], ["caseworker"]])
        whole = dice.random() < 0.6
        one = make_employee(f"Agent {number}", unit=dice.choice(places), groups=known, roles=roles, authorised=whole)
        for task in dice.sample(sorted(TASKS), 1):
            make_authorisation(one.account, task=task, level=dice.randint(1, 3))
        crew.append(one)
    return crew


def pile(dice, now, crew):
    for _ in range(120):
        make_item(
            dice.choice(GROUPS), at=now, medium=dice.choice(["phone", "mail"]), task=dice.choice(["", *TASKS]),
            level=dice.randint(1, 3), unit_id=dice.choice([None, None, None, crew[0].unit_id, crew[1].unit_id]),
            employee_id=dice.choice([None] * 5 + [dice.choice(crew).pk]),
        )  # fmt: skip


def said(scope, me, row) -> bool:
    """What the rights' own policy says of one item."""
    if me in (row.agent_id, row.employee_id, row.preferred_id) or row.unit_id in scope.units:
        return True
    need = replace(catalogue.need(row.task, row.level), group=row.group)
    return policy.shows(scope.tasks_filter, need, row.level)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("dispensation", [True, False])
def test_a_list_holds_exactly_what_the_rights_allow(now, seed, dispensation):
    dice = Random(seed)
    for code, (group, administration, decision) in TASKS.items():
        make_task(code, group=group, administration=administration, decision=decision, level=2)
    crew = people(dice)
    make_point("telefon", media=["phone"])
    pile(dice, now, crew)
    rows = list(WorkItem.objects.all())
    for employee in crew:
        make_available(employee.pk, now)
        services.set_service_point(
            employee_ids=[employee.pk], service_point=dice.choice(["", "telefon"]), viewer=SETUP, at=now
        )
        viewer = replace(viewer_of(employee), dispensation=dispensation)
        scope = access.scope_of(viewer, now)
        listed = set(visible(viewer, now).values_list("id", flat=True))
        assert listed == {row.id for row in rows if said(scope, employee.pk, row)}
        assert {row.id for row in selectors.queue(viewer, 200, at=now)} == listed


@pytest.mark.parametrize("seed", range(4))
def test_nobody_is_offered_a_level_they_neither_know_nor_may(now, seed):
    dice = Random(seed)
    for code, (group, administration, decision) in TASKS.items():
        make_task(code, group=group, administration=administration, decision=decision, level=3)
    crew = people(dice)
    pile(dice, now, crew)
    for employee in crew:
        make_available(employee.pk, now)
    while services.dispatch_once(now + timedelta(hours=1)):
        pass
    offered = WorkItem.objects.filter(state="offered", employee=None)
    assert offered
    for row in offered:
        viewer = viewer_of(next(employee for employee in crew if employee.pk == row.agent_id))
        rule = access.scope_of(viewer, now).rules[row.level - 1]
        assert row.group in rule.competent and (row.group in rule.groups or row.task in rule.tasks)


def test_why_is_told_to_the_leader_of_those_it_was_with_and_to_the_house(now):
    agent, stranger = make_employee(groups={"tax": (3, 1)}), make_unit("ANDEN", kind="office")
    item = make_item("tax", at=now)
    services.take_next(employee_id=agent.pk, viewer=viewer_of(agent), at=now)
    theirs = make_item("tax", at=now, unit_id=stranger.pk)

    def leads(unit, role="manager"):
        return viewer_of(make_employee("Lene Leder", roles=[role], groups={}, unit=unit))

    for viewer in (leads(None), leads(stranger, "executive"), leads(stranger, "operator"), viewer_of(agent)):
        assert len(selectors.why(viewer, item.id, now)) == 1
        assert selectors.item_of_leader(viewer, item.id, now).id == item.id
    assert selectors.why(leads(stranger), theirs.id, now) == []
    for viewer, hidden in ((leads(stranger), item), (leads(None), theirs)):
        with pytest.raises(NotFound):
            selectors.why(viewer, hidden.id, now)
        with pytest.raises(NotFound):
            selectors.item_of_leader(viewer, hidden.id, now)


@pytest.mark.req("wp.fewhands")
def test_back_office_in_one_place_serves_every_centre(now):
    """Work from two centres' citizens waits in one list; whoever has the competence takes it, wherever they sit."""
    from indgang.core.contacts.testing import make_contact

    make_task("T-076", group="moving")
    for code in ("BS-VALBY", "BS-OSTERBRO"):
        make_unit(code, kind="centre")
    places = [make_unit("BAGLAND", kind="office", administration="TMF"), make_unit("BS-VALBY")]
    crew = [make_employee(f"Agent {n}", unit=unit, groups={"moving": (3, 1)}) for n, unit in enumerate(places)]
    for n in range(4):
        make_contact(tasks=["T-076"], channel=("mail", "webform")[n % 2], at=now + n * SECOND)
    lists = [[row.id for row in selectors.queue(viewer_of(one), at=now)] for one in crew]
    assert len(lists[0]) == 4 and lists[0] == lists[1]
    assert [selectors.waiting_for(one.pk, now + 9 * SECOND) for one in crew] == [4, 4]
    for one in crew:
        make_available(one.pk, now)
    assert services.dispatch_once(now + 9 * SECOND) == 2
