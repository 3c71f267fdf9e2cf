"""Two at once, over real transactions: one decides, the other hears who; one letter, one complaint."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections

from indgang.core.cases import errors, services
from indgang.core.cases.models import CaseLetter, Complaint, Decision, Document, Hearing
from indgang.core.cases.testing import case_row, events_of_case
from indgang.core.cases.tests.decisions_around import AT, GRANT, REFUSAL, draft, heard, ready_case
from indgang.core.organisation.testing import make_employee
from indgang.foundation.journal.selectors import outbox

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.kernel]


@pytest.fixture
def me(filippa, seen_by):
    return seen_by(filippa, AT)


@pytest.fixture
def other(office, seen_by):
    return seen_by(
        make_employee("Ove Anden", unit=office, roles=["caseworker"], groups={"housing_benefit": (5, 3)}), AT
    )


@pytest.fixture
def case(office, filippa):
    return ready_case(office, filippa)


def at_once(*calls):
    """What each call gave or refused, all begun together."""
    start = Barrier(len(calls))

    def run(call):
        try:
            start.wait(timeout=10)
            return call()
        except errors.AlreadyDecided as refused:
            return refused
        except (errors.GatesOpen, errors.DecisionStale, errors.CaseClosed) as refused:
            return refused
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def decides(row, viewer):
    return lambda: services.decide(decision_id=row.id, viewer=viewer, at=AT)


def test_two_caseworkers_decide_at_once_and_one_hears_who_was_first(case, me, other):
    row = draft(case, me, GRANT)
    results = at_once(decides(row, me), decides(row, other), decides(row, me), decides(row, other))
    refused = [one for one in results if isinstance(one, errors.AlreadyDecided)]
    winner = Decision.objects.get(id=row.id)
    names = {me.actor.employee: "Filippa Falk", other.actor.employee: "Ove Anden"}
    assert len(refused) == 2 and all(names[winner.decided_by] in str(one) for one in refused)
    assert CaseLetter.objects.count() == Document.objects.count() == len(outbox()) == 1
    assert [line.verb for line in events_of_case(case.id)].count("case.decided") == 1


def test_a_draft_changed_meanwhile_is_not_decided_unread(case, me, other):
    row = draft(case, me, GRANT)

    def rewrite():
        return services.draft_decision(case_id=case.id, text=REFUSAL, version=row.version, viewer=other, at=AT)

    def decide():
        return services.decide(decision_id=row.id, version=row.version, viewer=me, at=AT)

    at_once(rewrite, decide)
    after = Decision.objects.get(id=row.id)
    assert (after.state, after.result) in {("decided", "granted"), ("draft", "refused")}


def test_a_hearing_sent_while_somebody_decides_is_never_overlooked(case, me, other):
    heard(case, me)
    row = draft(case, me, REFUSAL)

    def hear():
        return services.send_hearing(
            case_id=case.id, facts="Nyt", answer_by=(AT + timedelta(days=14)).date(), way="print", viewer=other, at=AT
        )

    at_once(hear, decides(row, me))
    decided = case_row(case.id).progress == "decided"
    assert decided or Hearing.objects.filter(case=case, sent_at__isnull=False).exists()
    assert CaseLetter.objects.filter(kind="decision").count() == int(decided)


def test_the_same_complaint_taken_in_twice_at_once_is_one_case(case, me, other):
    heard(case, me)
    row = services.decide(decision_id=draft(case, me).id, viewer=me, at=AT)

    def complain(viewer):
        return lambda: services.complain(
            case_id=case.id, decision_id=row.id, words="Nej", received_on=AT.date(), viewer=viewer, at=AT
        )

    made = at_once(complain(me), complain(other), complain(me))
    assert len({one.id for one in made}) == 1 and Complaint.objects.count() == 1
    assert CaseLetter.objects.filter(kind="receipt").count() == 1
