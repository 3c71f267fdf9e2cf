"""The access log is searched, counted, reviewed, held against rules, and taken out; disclosures are noted."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest

from indgang.foundation.access import errors, selectors, services
from indgang.foundation.access.models import Look
from indgang.foundation.access.testing import recorded
from indgang.foundation.access.values import PUBLIC, Actor, LookQuery, LookRuleCard, Viewer

NOON = datetime(2026, 3, 3, 11, tzinfo=UTC)  # a Tuesday
LEADER = Viewer(kind="staff", name="employee:1", actor=Actor(0, 1, 1, "ØKF", frozenset({"security_leader"}), ()))
SINCE, UNTIL = NOON - timedelta(days=7), NOON + timedelta(days=7)
pytestmark = pytest.mark.django_db


def look(
    actor: int = 7, *, at: datetime = NOON, purpose: str = "contact:1", outcome: str = "shown", citizen=None
) -> UUID:
    who = citizen or uuid4()
    facts = {"actor": f"employee:{actor}", "citizen": who, "kind": "person", "purpose": purpose, "outcome": outcome}
    Look.objects.using("accesslog").create(id=uuid4(), at=at, **facts)
    return who


def unusual(rule: str) -> list[tuple[str, int]]:
    return [(find.actor, find.looks) for find in selectors.unusual_looks(LEADER, SINCE, UNTIL, rule=rule)]


def set_rule(code: str, **figures) -> None:
    services.set_look_rule(rule=LookRuleCard(code, True, **figures), viewer=LEADER, at=NOON)


@pytest.mark.req("sec.area")
def test_refused_looks_are_found_by_employee_and_by_citizen() -> None:
    karl = look(outcome="refused")
    look(8, citizen=karl)
    look()
    refused = selectors.looks(LEADER, LookQuery(outcome="refused"))
    assert [(line.actor, line.citizen) for line in refused.rows] == [("employee:7", karl)]
    assert {line.actor for line in selectors.looks(LEADER, LookQuery(citizen=karl)).rows} == {
        "employee:7",
        "employee:8",
    }
    assert len(selectors.looks(LEADER, LookQuery(actor="employee:7")).rows) == 2


def test_pages_of_the_log_follow_each_other_without_gap_or_repeat() -> None:
    for number in range(7):
        look(at=NOON + timedelta(seconds=number // 2))
    seen, cursor = [], ""
    while True:
        page = selectors.looks(LEADER, LookQuery(), cursor=cursor, limit=3)
        seen += [line.id for line in page.rows]
        cursor = page.cursor
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == 7 == selectors.count_looks(LEADER, LookQuery())


@pytest.mark.req("sec.flexible")
def test_stated_reasons_are_counted_and_reviewed_with_a_note() -> None:
    for _ in range(3):
        look(purpose="reason:supervision")
    (count,) = selectors.stated_reasons(LEADER, SINCE, UNTIL)
    assert (count.actor, count.reason, count.looks) == ("employee:7", "supervision", 3)
    services.review_looks(
        actor="employee:7",
        reason="supervision",
        since=SINCE,
        until=UNTIL,
        note=" Er  aftalt ",
        viewer=LEADER,
        at=NOON,
    )
    (review,) = selectors.reviews(LEADER, SINCE, UNTIL)
    assert (review.looks, review.note, review.until) == (3, "Er aftalt", NOON)


@pytest.mark.req("sec.area")
def test_refused_looks_are_counted_and_reviewed() -> None:
    for actor in (7, 7, 8):
        look(actor, outcome="refused")
    look(9)
    counts = selectors.refused_looks(LEADER, SINCE, UNTIL)
    assert [(one.actor, one.looks) for one in counts] == [("employee:7", 2), ("employee:8", 1)]
    facts = {"reason": "refused", "since": SINCE, "until": UNTIL, "note": "Spurgt", "viewer": LEADER, "at": NOON}
    services.review_looks(actor="employee:7", **facts)
    assert [(one.reason, one.looks) for one in selectors.reviews(LEADER, SINCE, UNTIL)] == [("refused", 2)]
    with pytest.raises(errors.NotFound):
        services.review_looks(actor="employee:9", **facts)


def test_nobody_reviews_their_own_looks() -> None:
    look(1, purpose="reason:supervision")
    with pytest.raises(errors.OwnRights):
        services.review_looks(
            actor="employee:1", reason="supervision", since=SINCE, until=UNTIL, note="Fint", viewer=LEADER, at=NOON
        )


def test_many_citizens_in_a_short_time_stand_out() -> None:
    set_rule("many_citizens", limit=4, minutes=60)
    for number in range(5):
        look(at=NOON + timedelta(minutes=number))
        look(8, at=NOON + timedelta(hours=2 * number))
    assert unusual("many_citizens") == [("employee:7", 5)]


def test_looks_outside_the_working_hours_stand_out_by_local_time() -> None:
    look(at=datetime(2026, 3, 3, 4, 59, tzinfo=UTC))  # 05.59 in Copenhagen
    look(8, at=datetime(2026, 3, 3, 5, 1, tzinfo=UTC))
    look(9, at=datetime(2026, 3, 7, 11, tzinfo=UTC))  # a Saturday
    assert {actor for actor, _ in unusual("outside_hours")} == {"employee:7", "employee:9"}


def test_many_looks_without_a_contact_stand_out() -> None:
    set_rule("many_reasons", limit=2)
    for _ in range(3):
        look(purpose="reason:supervision")
        look(8)
    assert unusual("many_reasons") == [("employee:7", 3)]


def test_a_citizen_who_was_there_and_left_no_contact_stands_out() -> None:
    set_rule("no_contact", limit=1)
    look(purpose="reason:citizen_present")
    served = look(8, purpose="reason:citizen_present")
    look(8, citizen=served, purpose="contact:1", at=NOON + timedelta(minutes=4))
    assert unusual("no_contact") == [("employee:7", 1)]


def test_refused_looks_that_repeat_and_the_same_citizen_again_and_again_stand_out() -> None:
    karl = uuid4()
    for _ in range(5):
        look(outcome="refused", purpose="none")
        look(8, citizen=karl, purpose="reason:follow_up")
    assert unusual("refused") == [("employee:7", 5)] and unusual("same_citizen") == [("employee:8", 5)]
    assert {find.citizen for find in selectors.unusual_looks(LEADER, SINCE, UNTIL, rule="same_citizen")} == {karl}


def test_a_rule_that_is_off_finds_nothing_and_two_writers_do_not_overwrite_each_other() -> None:
    for _ in range(3):
        look(outcome="refused")
    services.set_look_rule(rule=LookRuleCard("refused", False, 3), viewer=LEADER, at=NOON)
    assert unusual("refused") == []
    with pytest.raises(errors.Stale):
        services.set_look_rule(rule=LookRuleCard("refused", True, 3), viewer=LEADER, at=NOON)
    with pytest.raises(errors.BadLookRule):
        set_rule("outside_hours", limit=1, starts=time(20), ends=time(6))


def test_what_is_taken_out_is_in_the_journal() -> None:
    services.record_export(rows=12, asked=["outcome", "actor"], viewer=LEADER, at=NOON)
    assert recorded("access.looks_exported") == [("employee:1", {"rows": 12, "filters": ["actor", "outcome"]})]


@pytest.mark.req("sec.need")
def test_a_disclosure_names_task_receiver_ground_and_fields_and_the_citizen_can_see_it() -> None:
    karl, facts = uuid4(), {"task": "T-076", "receiver": "Skattestyrelsen", "ground": "Forvaltningslovens § 28"}
    services.disclose(citizen=karl, fields=["address", "name"], viewer=LEADER, at=NOON, **facts)
    (card,) = selectors.disclosures_of(karl)
    assert (card.receiver, card.ground, card.fields) == (
        "Skattestyrelsen",
        "Forvaltningslovens § 28",
        ("address", "name"),
    )
    assert recorded("access.disclosed") == [("employee:1", {"task": "T-076", "fields": ["address", "name"]})]
    with pytest.raises(errors.DisclosureIncomplete):
        services.disclose(citizen=karl, fields=[], viewer=LEADER, at=NOON, **facts)
    with pytest.raises(errors.NotFound):
        services.disclose(citizen=karl, fields=["name"], viewer=PUBLIC, at=NOON, **facts)


@pytest.mark.req("sec.area")
@pytest.mark.parametrize(
    "viewer", [PUBLIC, Viewer("staff", "employee:2", Actor(2, 2, 1, "ØKF", frozenset({"manager"}), ()))]
)
def test_nobody_but_the_security_leader_reads_the_desk(viewer) -> None:
    asked = [
        lambda: selectors.looks(viewer, LookQuery()),
        lambda: selectors.all_looks(viewer, LookQuery()),
        lambda: selectors.count_looks(viewer, LookQuery()),
        lambda: selectors.reviews(viewer, SINCE, UNTIL),
        lambda: selectors.unusual_looks(viewer, SINCE, UNTIL),
        lambda: selectors.look_rules(viewer),
        lambda: selectors.rights_reports(viewer),
        lambda: selectors.unseen_reports(viewer),
        lambda: selectors.instructions(viewer),
        lambda: selectors.accepted_accounts(viewer, 1),
        lambda: selectors.switch_history(viewer),
        lambda: selectors.factor(viewer, 99),
        lambda: selectors.factor_roles(viewer),
        lambda: selectors.disclosures(viewer),
        lambda: selectors.expiring(viewer, NOON.date()),
        lambda: selectors.stated_reasons(viewer, SINCE, UNTIL),
    ]
    for ask in asked:
        with pytest.raises(errors.NotFound):
            ask()
