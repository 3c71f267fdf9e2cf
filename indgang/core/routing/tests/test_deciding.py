"""Above level 1 the law may let only the owner's people decide: nobody else is offered it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indgang.core.catalogue.testing import make_task
from indgang.core.organisation.testing import make_employee, make_unit, viewer_of
from indgang.core.routing import keeping, selectors, services
from indgang.core.routing.deciding import sole_owner
from indgang.core.routing.errors import OwnerDecides
from indgang.core.routing.policy import replay
from indgang.core.routing.testing import item_row, make_available, make_item, offers_of
from indgang.core.routing.values import TransferTarget
from indgang.foundation.access import policy
from indgang.foundation.access import services as access
from indgang.foundation.access.values import Actor, Right, SwitchCode, TaskNeed, system

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SETUP = system("test")
TASKS = st.sampled_from(["T-001", "T-002"])
OFFICES = st.sampled_from(["JOB", "YDELSE"])


@given(
    st.builds(
        TaskNeed, TASKS, st.just("benefit"), OFFICES, st.integers(1, 3), st.booleans(), ceiling=st.integers(1, 3)
    ),
    OFFICES,
    st.booleans() | st.frozensets(TASKS),
)
def test_who_is_offered_it_is_who_may_decide_it(need, employer, dispensation):
    actor = Actor(1, 1, 1, employer, frozenset({"caseworker"}), (Right(3, group="benefit"),), {"benefit": 3})
    scope = policy.scope(actor, NOW, dispensation)
    assert (sole_owner(need, dispensation) in {None, employer}) == policy.may(scope, need, need.level)


def sides(now, level):
    """A task of the benefit office, and one competent and authorised employee on each side, the job centre's best."""
    make_task("T-010", title="Kontanthjælp", group="benefit", administration="YDELSE", level=3, decision=True)
    job = make_unit("jobcenter", kind="job_centre", administration="JOB")
    office = make_unit("ydelseskontor", kind="benefit_office", administration="YDELSE")
    jonas = make_employee("Jonas Job", unit=job, roles=["job_centre"], groups={"benefit": (5, 3)})
    yrsa = make_employee("Yrsa Ydelse", unit=office, roles=["benefit_office"], groups={"benefit": (1, 3)})
    return jonas, yrsa, make_item("benefit", at=now, task="T-010", level=level)


def without_dispensation(now):
    access.set_switch(SwitchCode.DISPENSATION, on=False, viewer=SETUP, at=now)
    keeping.forget()


@pytest.mark.django_db
@pytest.mark.parametrize("level", [2, 3])
def test_the_job_centre_is_not_offered_what_the_benefit_office_decides(now, level):
    jonas, yrsa, item = sides(now, level)
    without_dispensation(now)
    make_available(jonas.pk, now)
    assert services.dispatch_once(now) == 0
    assert selectors.waiting_for(jonas.pk, now) == 0
    assert services.take_next(employee_id=jonas.pk, viewer=viewer_of(jonas), at=now) is None
    make_available(yrsa.pk, now)
    assert services.dispatch_once(now) == 1
    assert item_row(item.id).agent_id == yrsa.pk
    (offer,) = offers_of(item.id)
    assert offer.explanation["out"] == {"owner": 1}
    assert replay(offer.explanation) == (item.id, yrsa.pk)


@pytest.mark.django_db
def test_with_the_dispensation_a_decision_by_rule_is_everybodys_who_is_authorised(now):
    jonas, _, item = sides(now, 2)
    make_available(jonas.pk, now)
    assert services.dispatch_once(now) == 1
    assert item_row(item.id).agent_id == jonas.pk


@pytest.mark.django_db
def test_knowing_the_citizen_does_not_let_one_decide(now):
    jonas, _, item = sides(now, 3)
    type(item).objects.filter(id=item.id).update(preferred=jonas.pk)
    make_available(jonas.pk, now)
    assert services.dispatch_once(now) == 0


@pytest.mark.django_db
def test_nobody_hands_it_by_name_to_who_may_not_decide_it(now):
    jonas, yrsa, item = sides(now, 3)
    make_available(yrsa.pk, now)
    services.take_next(employee_id=yrsa.pk, viewer=viewer_of(yrsa), at=now)
    with pytest.raises(OwnerDecides, match="Jonas Job"):
        services.transfer(
            item_id=item.id, to=TransferTarget(employee=jonas.pk), note="Se her", viewer=viewer_of(yrsa), at=now
        )


@pytest.mark.django_db
def test_what_only_absent_owners_may_decide_waits_visibly_with_the_reason(now):
    _, yrsa, item = sides(now, 3)
    type(yrsa).objects.filter(pk=yrsa.pk).update(valid_to=datetime(2026, 1, 1).date())
    (found,) = selectors.stuck(now)
    assert (found.item.id, found.why) == (item.id, "owner")
