"""The floor as its leader sees it, and why work went to whom."""

from datetime import timedelta

import pytest

from indgang.core.organisation.testing import make_employee, make_unit, viewer_of
from indgang.core.routing import selectors, services
from indgang.core.routing.testing import make_available, make_item
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import system

pytestmark = pytest.mark.django_db
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
SETUP = system("test")


@pytest.fixture
def leader():
    return make_employee("Lene Leder", roles=["manager"], groups={})


def test_a_group_shows_what_waits_and_how_today_goes_against_the_target(now, leader):
    agent = make_employee()
    make_available(agent.pk, now)
    services.save_target(medium="phone", seconds=30, share=0.8, viewer=SETUP, at=now)
    make_item(at=now - 24 * HOUR - 600 * SECOND, state="done", done_at=now - 24 * HOUR, medium="phone")
    for waited in (10, 50):
        make_item(at=now - waited * SECOND, medium="phone", due_minutes=0.5)
        item = services.take_next(employee_id=agent.pk, viewer=viewer_of(agent), at=now)
        services.finish(item_id=item.id, viewer=viewer_of(agent), at=now)
    make_item(at=now - 2 * HOUR, due_minutes=60)
    (group,) = selectors.live(viewer_of(leader), now).groups
    assert (group.code, group.waiting, group.oldest_seconds, group.overdue) == ("moving", 1, 7200, 1)
    assert (group.done_today, group.share_today, group.target, group.on_target) == (2, 0.5, 0.8, False)
    assert (group.last_hour, group.hour_before) == (2, 1)
    assert sum(group.modes.values()) == 1


def test_a_leader_sees_the_own_people_only_and_others_see_nobody(now, leader):
    agent, stranger = make_employee(), make_employee("Frida Fremmed", unit=make_unit("ANDEN"))
    make_available(agent.pk, now)
    rows = selectors.live(viewer_of(leader), now).agents
    assert [(row.name, row.mode) for row in rows] == [("Agnes Agent", "available")]
    everybody = selectors.live(viewer_of(make_employee("Dora Direktør", roles=["executive"], groups={})), now).agents
    assert {row.employee for row in everybody} == {agent.pk, stranger.pk}
    with pytest.raises(NotFound):
        selectors.live(viewer_of(agent), now)


@pytest.mark.req("kc.skill")
def test_the_log_says_in_words_why_the_work_went_to_whom(now, leader):
    best = make_employee("Anna Agent", groups={"moving": (3, 1)})
    other = make_employee("Bo Bedst", groups={"moving": (1, 1)})
    make_employee("Carla Cykel", groups={"parking": (5, 1)})
    for employee in (best, other):
        make_available(employee.pk, now)
    first = make_item(at=now, medium="phone")
    services.dispatch_once(now)
    services.accept(item_id=first.id, viewer=viewer_of(best), at=now)
    second = make_item(at=now, medium="phone")
    services.dispatch_once(now + 5 * SECOND)
    services.accept(item_id=second.id, viewer=viewer_of(other), at=now + 5 * SECOND)
    (row,) = selectors.why(viewer_of(leader), first.id, now)
    assert (row.agent_name, row.result_name) == ("Anna Agent", "Taget")
    assert row.sentences == (
        "Havde den højeste kompetence (3) af dem, der var på arbejde.",
        "Har højere kompetence end Bo Bedst.",
    )
    (row,) = selectors.why(viewer_of(leader), second.id, now)
    assert row.agent_name == "Bo Bedst"
    assert "Var i gang med noget andet: Anna Agent." in row.sentences


def test_an_item_without_anybody_able_left_says_why(now, leader):
    agent = make_employee()
    make_item(at=now, level=3)
    make_item(at=now, language="de")
    make_item(at=now)
    rows = selectors.live(viewer_of(leader), now).stuck
    assert {row.why for row in rows} == {"level", "language"}
    assert {row.sentence for row in rows} == {
        "Ingen med kompetencen må behandle det på det niveau.",
        "Ingen med kompetencen taler sproget.",
    }
    assert agent.pk
