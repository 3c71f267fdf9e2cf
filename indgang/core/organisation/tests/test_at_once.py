"""What takes effect the moment it is changed: a switch, a competence, who is at the keyboard."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from indgang.core.organisation import selectors, services
from indgang.core.organisation.middleware import viewer as middleware
from indgang.core.organisation.models import Employee
from indgang.core.organisation.testing import make_agent, make_employee, make_security_leader, viewer_of
from indgang.foundation.access import policy
from indgang.foundation.access import selectors as access_selectors
from indgang.foundation.access import services as access
from indgang.foundation.access.values import PUBLIC, TaskNeed, system
from indgang.foundation.runtime import clock

AT = datetime(2026, 3, 3, 10, tzinfo=UTC)
TOWN = system("profile")
pytestmark = pytest.mark.django_db


@pytest.mark.req("law.disp.today")
def test_turning_the_dispensation_off_takes_decisions_for_others_away_at_once() -> None:
    clerk = make_employee("Karl Skranke", roles=["clerk"], groups={"moving": (3, 2)})
    seconded = make_employee("Tove Told", roles=["seconded_tax"], groups={"moving": (3, 2)}, employer="KSR")
    decision = TaskNeed("T-076", "moving", "KSR", 2, decision=True)
    expedition = TaskNeed("T-077", "moving", "KSR", 2, decision=False)

    def may(employee: Employee, need: TaskNeed) -> bool:
        scope = access_selectors.scope_of(viewer_of(employee, clock.now()), clock.now())
        assert scope is not None
        return policy.may(scope, need, 2)

    assert [may(clerk, decision), may(clerk, expedition), may(seconded, decision)] == [True, True, True]
    access.set_switch("dispensation", False, viewer_of(make_security_leader()), clock.now())
    assert [may(clerk, decision), may(clerk, expedition), may(seconded, decision)] == [False, True, True]


@pytest.mark.req("sec.adjust")
def test_a_changed_competence_changes_what_one_may_at_once() -> None:
    clerk = make_employee("Karl Skranke", roles=["clerk"], groups={"moving": (3, 2)})
    assert selectors.agent_facts([clerk.pk], AT)[0].competences == {"moving": (3, 2)}
    services.set_competence(
        employee_id=clerk.pk, group="moving", proficiency=4, level=1, valid_from=date(2026, 3, 3), viewer=TOWN, at=AT
    )
    assert selectors.agent_facts([clerk.pk], AT)[0].competences == {"moving": (4, 1)}


def test_the_page_knows_who_is_asking(rf) -> None:
    agnes = make_agent()
    seen = []
    handle = middleware(lambda request: seen.append(request.viewer) or request)
    for user in (agnes.account, AnonymousUser()):
        request = rf.get("/")
        request.user = user
        handle(request)
    assert seen[0].name == f"employee:{agnes.pk}" and seen[1] == PUBLIC
