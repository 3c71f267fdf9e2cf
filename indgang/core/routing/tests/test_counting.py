"""What is counted by needs is what the policy says item by item."""

from datetime import timedelta
from random import Random

import pytest

from indgang.core.organisation.testing import make_employee, make_group, make_substitute, make_unit
from indgang.core.routing import policy, selectors, stuck, targets
from indgang.core.routing.models import Offer, ServiceTarget, WorkItem
from indgang.core.routing.pool import everybody, item_facts, read_for
from indgang.core.routing.rules import figures
from indgang.core.routing.testing import make_available, make_point
from indgang.foundation.runtime.services import uuid7

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
GROUPS = ("moving", "parking", "tax", "nobody")
MEDIA = ("phone", "chat", "mail", "call_back")


def people(dice, now):
    """Agents who differ in what they know, speak, serve and stand in for."""
    place, other = make_unit(), make_unit("ANDEN", kind="office")
    make_point("telefon", media=["phone", "call_back"])
    crew = [
        make_employee(
            f"Agent {n}",
            unit=dice.choice([place, other]),
            groups={group: (dice.randint(1, 5), dice.randint(1, 3)) for group in dice.sample(GROUPS[:3], 2)},
            languages=dice.choice([["da"], ["da", "en"]]),
        )
        for n in range(8)
    ]
    make_group("nobody")
    for employee in crew[:5]:
        state = make_available(employee.pk, now)
        state.service_point_id = dice.choice([None, "telefon"])
        state.save()
    make_substitute(crew[6], crew[0]), make_substitute(crew[7], crew[1])
    return crew


def some(dice, now, crew):
    medium, who = dice.choice(MEDIA), [employee.pk for employee in crew]
    resting = {str(dice.choice(who)): (now + dice.choice([-9, 9]) * SECOND).isoformat()} if dice.random() < 0.2 else {}
    key = uuid7(now)
    return WorkItem(
        id=key, subject=f"test.subject:{key}", medium=medium, interruptible=medium == "mail",
        group=dice.choice(GROUPS), task=dice.choice(["", "T-1"]), level=dice.choice([1, 1, 2, 3]),
        language=dice.choice(["da", "da", "en", "de"]),
        unit_id=dice.choice([None, None, crew[0].unit_id, crew[1].unit_id]),
        employee_id=dice.choice(who) if dice.random() < 0.15 else None,
        preferred_id=dice.choice(who) if dice.random() < 0.3 else None,
        excluded=dice.sample(who, 2) if dice.random() < 0.2 else [], resting=resting,
        created_at=now, waiting_since=now - dice.choice([0, 5, 10, 899, 900, 5000]) * SECOND,
        due_at=now + dice.randint(-900, 900) * SECOND, not_before=now + dice.choice([-9, 0, 0, 9]) * SECOND,
        state=dice.choice(["waiting", "waiting", "waiting", "parked"]),
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_the_number_is_what_the_policy_says_of_each_item(now, seed):
    dice = Random(seed)
    crew = people(dice, now)
    WorkItem.objects.bulk_create(some(dice, now, crew) for _ in range(400))
    told = [selectors.waiting_for(employee.pk, now) for employee in crew]
    said = []
    for employee in crew:
        pool = read_for(employee.pk, now)
        said.append(sum(policy.may_take(pool.agents[0], item, now, figures(now)) for item in pool.items))
    assert told == said and any(said)


@pytest.mark.parametrize("seed", range(2))
def test_what_is_stuck_is_what_nobody_is_able_to_take(now, seed):
    dice = Random(seed)
    crew = people(dice, now)
    WorkItem.objects.bulk_create(some(dice, now, crew) for _ in range(150))
    staff = everybody(now)
    rows = WorkItem.objects.filter(state="waiting").order_by("due_at", "id")
    facts = [item_facts({**vars(row), "resting": {}}, now) for row in rows]
    said = {item.id: stuck.why_nobody(item, staff) for item in facts}
    told = stuck.stuck(now)
    assert [(row.item.id, row.why) for row in told] == [(key, why) for key, why in said.items() if why]
    assert stuck.count_stuck(now) == len(told) > 0
    one = [row.item.id for row in told if row.item.group == "tax"]
    assert [row.item.id for row in stuck.stuck(now, {"tax"})] == one


def test_more_are_stuck_than_a_page_shows_and_all_are_counted(now):
    dice, crew = Random(1), []
    crew = people(dice, now)
    rows = [some(dice, now, crew) for _ in range(stuck.MOST + 10)]
    for row in rows:
        row.group, row.state, row.employee_id = "nobody", "waiting", None
    WorkItem.objects.bulk_create(rows)
    assert (len(stuck.stuck(now)), stuck.count_stuck(now)) == (stuck.MOST, stuck.MOST + 10)


def test_today_against_the_targets_is_what_each_piece_says(now):
    dice = Random(3)
    crew = people(dice, now)
    day = now.date()
    for group, task, medium, seconds, share in (
        ("", "", "phone", 30, 0.8), ("moving", "", "phone", 60, 0.9), ("", "T-1", "phone", 10, 0.7),
        ("tax", "T-1", "phone", 20, 0.6), ("", "", "mail", None, 0.95), ("parking", "", "chat", 90, 0.8),
    ):  # fmt: skip
        ServiceTarget.objects.create(
            group=group, task=task, medium=medium, seconds=seconds, share=share, valid_from=day
        )
    ServiceTarget.objects.create(medium="call_back", seconds=1, share=1, valid_from=day + timedelta(days=1))
    rows = [some(dice, now, crew) for _ in range(300)]
    for row in rows[::3]:
        row.state, row.done_at = "done", now - dice.choice([0, 300, 90_000]) * SECOND
    WorkItem.objects.bulk_create(rows)
    offers = [
        Offer(id=uuid7(now), item=row, agent=crew[0], at=now, expires_at=now, ended_at=now, result="accepted",
              waited=dice.choice([None, 5, 15, 25, 45, 80]), explanation={})
        for row in rows[1::3]
    ]  # fmt: skip
    Offer.objects.bulk_create(offers)
    told = {group: (met.counted, met.met, round(met.promised, 6)) for group, met in targets.today(now).items()}
    assert told == _judged(now, rows, offers)


def _judged(now, rows, offers):
    """The same, piece by piece."""
    known, midnight = targets.Targets(now), now.replace(hour=0)
    found: dict[str, list[float]] = {}

    def count(row, target, met):
        one = found.setdefault(row.group, [0, 0, 0.0])
        one[0], one[1], one[2] = one[0] + 1, one[1] + met, one[2] + target.share

    for row in rows:
        target = known.of(row.task, row.group, row.medium)
        if target is None:
            continue
        if row.state == "done" and target.seconds is None and row.done_at >= midnight:
            count(row, target, row.done_at <= row.due_at)
        waited = (now - row.waiting_since).total_seconds()
        late = row.due_at < now if target.seconds is None else waited > target.seconds
        if row.state == "waiting" and late:
            count(row, target, False)
    for offer in offers:
        target = known.of(offer.item.task, offer.item.group, offer.item.medium)
        if target is not None and target.seconds is not None and offer.waited is not None:
            count(offer.item, target, offer.waited <= target.seconds)
    return {group: (n, met, round(promised, 6)) for group, (n, met, promised) in found.items()}
