"""Rights in periods, given to many, taken back at once, and adjusted when a task's level changes."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indgang.foundation.access import errors, periods, selectors, services
from indgang.foundation.access.models import Authorisation, RightsReport
from indgang.foundation.access.testing import make_account, make_authorisation, recorded
from indgang.foundation.access.values import Actor, Viewer
from indgang.foundation.journal import services as journal

AT = datetime(2026, 3, 3, 10, tzinfo=UTC)
DAY = date(2026, 3, 3)
LEADER = Viewer(
    kind="staff", name="employee:1", actor=Actor(0, 1, 1, "ØKF", frozenset({"security_leader"}), ()), account=0
)


def give(account, *, level=2, start=DAY, end=None, **target):
    return services.grant(
        account=account,
        level=level,
        valid_from=start,
        valid_to=end,
        viewer=LEADER,
        at=AT,
        **(target or {"task": "T-076"}),
    )


def in_force(account, day=DAY) -> set[tuple[str, int]]:
    return {
        (right.task or right.group, right.level) for right in selectors.rights_of([account.pk], day).get(account.pk, ())
    }


days = st.integers(0, 12).map(lambda number: DAY + timedelta(days=number))
ends = st.one_of(st.none(), days)


@st.composite
def spans(draw):
    first, last = draw(days), draw(ends)
    return (first, max(first, last) if last else None)


def holds(rows, day) -> bool:
    return any(first <= day and (last is None or day <= last) for first, last in rows)


@given(st.lists(st.tuples(st.integers(1, 3), spans()), max_size=4), st.integers(1, 3), spans())
def test_a_grant_adds_exactly_its_own_days(held, level, wanted) -> None:
    """Whatever is merged: the days with a right at that level are those from before and those of the grant."""
    rows = [periods.Held(number, one, first, last) for number, (one, (first, last)) in enumerate(held)]
    placed = periods.place(rows, level=level, valid_from=wanted[0], valid_to=wanted[1])
    after = [(row.valid_from, row.valid_to) for row in rows if row.level >= level and row.id not in placed.merges]
    after += [(placed.valid_from, placed.valid_to)] if placed.kind != "already" else []
    before = [(row.valid_from, row.valid_to) for row in rows if row.level >= level]
    for day in (DAY + timedelta(days=number) for number in range(-1, 15)):
        assert holds(after, day) == (holds(before, day) or holds([wanted], day))


@pytest.mark.django_db
@pytest.mark.req("sec.manual")
def test_overlapping_rights_become_one_and_the_same_right_twice_is_refused_with_a_sentence() -> None:
    agnes = make_account()
    first = give(agnes, end=DAY + timedelta(days=10))
    second = give(agnes, start=DAY + timedelta(days=5), end=DAY + timedelta(days=30))
    assert first.pk == second.pk and second.valid_to == DAY + timedelta(days=30)
    with pytest.raises(errors.AlreadyGiven, match="allerede ret til T-076 på niveau 1"):
        give(agnes, level=1, start=DAY, end=DAY + timedelta(days=20))
    assert Authorisation.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.req("sec.manual")
def test_many_get_many_rights_at_once_as_the_preview_said() -> None:
    people = [make_account(f"agent{number}") for number in range(3)]
    give(people[0], task="T-001")
    keys = [one.pk for one in people]
    preview = selectors.plan_grants(keys, ["T-001", "T-002"], ["moving"], 2, DAY, None)
    lines = services.grant_many(
        accounts=keys, tasks=["T-001", "T-002"], groups=["moving"], level=2, valid_from=DAY, viewer=LEADER, at=AT
    )
    assert lines == preview and [line.kind for line in lines].count("already") == 1
    assert all(in_force(one) == {("T-001", 2), ("T-002", 2), ("moving", 2)} for one in people)
    assert len(recorded("access.granted")) == 9


@pytest.mark.django_db
def test_nobody_is_given_rights_by_their_own_bulk_grant() -> None:
    me, agnes = make_account("leder"), make_account()
    viewer = Viewer(kind="staff", name="employee:1", actor=LEADER.actor, account=me.pk)
    lines = services.grant_many(
        accounts=[me.pk, agnes.pk], groups=["moving"], level=1, valid_from=DAY, viewer=viewer, at=AT
    )
    assert {line.account: line.kind for line in lines} == {me.pk: "self", agnes.pk: "new"}
    assert in_force(me) == set()


@pytest.mark.django_db
@pytest.mark.req("sec.auth")
def test_a_right_taken_back_is_gone_at_once_and_stays_as_history() -> None:
    agnes = make_account()
    right = give(agnes)
    services.revoke(authorisation_id=right.pk, viewer=LEADER, at=AT)
    services.revoke(authorisation_id=right.pk, viewer=LEADER, at=AT)
    assert in_force(agnes) == set() and len(recorded("access.revoked")) == 1
    (card,) = selectors.authorisations(LEADER, agnes.pk)
    assert card.revoked_at == AT and not card.in_force(DAY)


@pytest.mark.django_db
def test_a_right_somebody_changed_meanwhile_is_not_taken_back_blindly() -> None:
    right = give(make_account())
    with pytest.raises(errors.Stale):
        services.revoke(authorisation_id=right.pk, viewer=LEADER, at=AT, version=right.version + 1)


@pytest.mark.django_db
def test_rights_that_end_soon_are_listed_and_renewed_together() -> None:
    agnes, bo = make_account(), make_account("bo")
    soon = [give(one, end=DAY + timedelta(days=29)).pk for one in (agnes, bo)]
    give(agnes, task="T-002", end=DAY + timedelta(days=31))
    give(agnes, task="T-003")
    assert [card.id for card in selectors.expiring(LEADER, DAY)] == soon
    services.renew(authorisation_ids=soon, valid_to=DAY + timedelta(days=365), viewer=LEADER, at=AT)
    assert selectors.expiring(LEADER, DAY) == []


@pytest.mark.django_db
@pytest.mark.req("sec.adjust")
def test_a_lowered_task_takes_rights_above_it_away_and_reports_whose(django_capture_on_commit_callbacks) -> None:
    agnes, bo = make_account(), make_account("bo")
    give(agnes, level=3, end=DAY + timedelta(days=90))
    give(bo, level=1)
    facts = {"task": "T-076", "old": 3, "new": 1}
    journal.record("task.level_changed", at=AT, viewer_name="employee:9", subject="catalogue.task:T-076", data=facts)
    assert in_force(agnes) == {("T-076", 1)} and in_force(bo) == {("T-076", 1)}
    (report,) = selectors.rights_reports(LEADER)
    assert {(row.account, row.before, row.after) for row in report.rows} == {(agnes.pk, 3, 1), (bo.pk, 1, 1)}
    assert selectors.unseen_reports(LEADER) == 1
    services.mark_report_seen(report_id=report.id, viewer=LEADER, at=AT)
    assert selectors.unseen_reports(LEADER) == 0


@pytest.mark.django_db
@pytest.mark.req("sec.adjust")
def test_a_raised_task_gives_nobody_more_by_itself_but_says_who_may_need_it() -> None:
    agnes = make_account()
    give(agnes, level=1)
    facts = {"task": "T-076", "old": 1, "new": 2}
    journal.record("task.level_changed", at=AT, viewer_name="employee:9", subject="catalogue.task:T-076", data=facts)
    assert in_force(agnes) == {("T-076", 1)}
    assert RightsReport.objects.get().rows == [{"account": agnes.pk, "before": 1, "after": 1}]


@pytest.mark.django_db
def test_a_right_of_the_profile_stays_a_row_of_its_own() -> None:
    agnes = make_account()
    row = make_authorisation(agnes, task="T-076", level=2, valid_to=DAY)
    Authorisation.objects.filter(pk=row.pk).update(granted_by="system:profile")
    give(agnes, end=DAY + timedelta(days=5))
    assert Authorisation.objects.filter(revoked_at=None).count() == 2
