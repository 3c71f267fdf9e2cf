"""A complaint over a decision goes to the administration that owns the task, with a deadline and a case of its own."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db.models import ProtectedError

from indgang.core.cases import errors, selectors, services
from indgang.core.cases.models import Case, Complaint, Decision, Forwarding
from indgang.core.cases.testing import case_row, deadlines_of, entries_of, events_of_case, make_setting, steps_of
from indgang.core.cases.tests.decisions_around import AT, REFUSAL, draft, heard, letter_text, letters_of, ready_case
from indgang.core.catalogue.testing import make_setting as make_catalogue_setting
from indgang.core.citizens.testing import make_person
from indgang.core.organisation.testing import make_employee, make_unit
from indgang.foundation.journal.selectors import outbox
from indgang.foundation.runtime.services import uuid7

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=10)
CAME = date(2026, 3, 12)


@pytest.fixture
def me(filippa, seen_by):
    return seen_by(filippa, AT)


@pytest.fixture
def decided(office, filippa, clerk, me, seen_by):
    """A refusal a clerk of a centre made."""
    case = ready_case(office, clerk)
    viewer = seen_by(clerk, AT)
    heard(case, viewer)
    return services.decide(decision_id=draft(case, viewer).id, viewer=viewer, at=AT)


@pytest.fixture
def taker(clerk, seen_by):
    return seen_by(clerk, LATER)


def complain(row, viewer, **facts):
    given = {"words": "Jeg er ikke enig.", "received_on": CAME, "at": LATER}
    return services.complain(case_id=row.case_id, decision_id=row.id, viewer=viewer, **(given | facts))


@pytest.mark.req("law.complaint")
def test_a_complaint_over_a_centres_decision_goes_to_the_owning_administration(decided, taker, office):
    Case.objects.filter(id=decided.case_id).update(unit=make_unit("valby", kind="centre"))
    made = complain(decided, taker, answer_by=date(2026, 3, 25), rule="Retssikkerhedsloven § 66")
    assert (made.administration_id, made.unit_id, made.level, made.raised_by) == ("FAF", office.pk, 3, "complaint")
    todo = [one for one in steps_of(made.id) if not one.done_at and not one.withdrawn]
    assert [(one.kind, one.unit_id, one.level) for one in todo] == [("complaint", office.pk, 3)]
    assert [one.kind for one in deadlines_of(made.id) if one.cancelled_at is None] == ["complaint"]
    assert made.deadline is not None and made.deadline.date() == date(2026, 3, 25)


def test_the_deadline_is_the_tasks_own_counted_in_working_days(decided, taker):
    make_setting(complaint_working_days=7, complaint_rule="Kommunens egen frist")
    made = complain(decided, taker)
    row = selectors.complaints_of(taker, made.id, LATER)[0]
    assert row.deadline is not None and row.deadline.date() == date(2026, 3, 23)  # from Thursday over a weekend
    assert row.deadline_rule == "Kommunens egen frist"


def test_without_a_deadline_the_owner_is_asked_to_set_one_and_the_citizen_is_told_so(decided, taker, me):
    made = complain(decided, taker)
    assert made.deadline is None
    assert [one.title for one in steps_of(made.id) if not one.withdrawn] == [
        "Sæt en frist for klagen, og vurdér afgørelsen igen"
    ]
    assert "Vi skriver til dig, hvornår" in letter_text(letters_of(made)[0])
    row = Complaint.objects.get(case=made)
    services.set_complaint_deadline(
        complaint_id=row.id, answer_by=date(2026, 4, 1), rule="Retssikkerhedsloven § 66", viewer=me, at=LATER
    )
    assert case_row(made.id).deadline.date() == date(2026, 4, 1)


def test_a_deadline_without_its_rule_is_refused(decided, taker):
    with pytest.raises(errors.WordsMissing):
        complain(decided, taker, answer_by=date(2026, 3, 25))
    assert not Complaint.objects.exists()


def test_the_citizen_gets_a_receipt_that_names_who_looks_again_and_by_when(decided, taker):
    made = complain(decided, taker, answer_by=date(2026, 3, 25), rule="Lov § 1")
    text = letter_text(letters_of(made)[0])
    for part in ("Vi har modtaget din klage", "Forvaltningen FAF ser på afgørelsen igen", "25. marts 2026",
                 "12. marts 2026", made.number, "00 00 00 21"):  # fmt: skip
        assert part in text
    assert len([one for one in outbox() if one.subject == f"cases.case:{made.id}"]) == 1


def test_the_case_it_is_over_shows_the_complaint(decided, taker):
    made = complain(decided, taker)
    page = selectors.decisions_of(taker, decided.case_id, LATER)
    assert [(one.number, one.decision, one.outcome) for one in page.complaints] == [(made.number, decided.id, "")]
    assert f"Klage over afgørelsen, sag {made.number}" in [entry.theme for entry in entries_of(decided.case_id)]
    event = next(line for line in events_of_case(decided.case_id) if line.verb == "case.complained")
    assert (event.data["complaint"], event.data["administration"]) == (str(made.id), "FAF")


def test_nothing_of_a_case_with_a_complaint_can_be_deleted(decided, taker):
    made = complain(decided, taker)
    with pytest.raises(ProtectedError):
        Case.objects.get(id=decided.case_id).delete()
    with pytest.raises(ProtectedError):
        Decision.objects.get(id=decided.id).delete()
    years = LATER + timedelta(days=4000)
    assert set(selectors.deletion_blocks([decided.case_id, made.id], years)) == {decided.case_id, made.id}


def test_a_case_may_be_deleted_only_when_the_time_to_complain_is_over(decided):
    assert selectors.deletion_blocks([decided.case_id], LATER) == {decided.case_id: "Klagefristen er ikke gået."}
    assert selectors.deletion_blocks([decided.case_id], AT + timedelta(days=60)) == {}


def test_a_second_complaint_joins_the_open_one_and_nothing_is_lost(decided, taker):
    first = complain(decided, taker)
    again, more = complain(decided, taker), complain(decided, taker, words="Og en ting til.")
    assert first.id == again.id == more.id and Complaint.objects.count() == 1
    assert [entry.body for entry in entries_of(first.id)].count("Og en ting til.") == 1
    assert len(letters_of(first)) == 1


def test_a_late_complaint_is_taken_in_with_the_reason(decided, taker, seen_by, clerk):
    late = AT + timedelta(days=40)
    viewer = seen_by(clerk, late)
    with pytest.raises(errors.LateWithoutGround) as refused:
        complain(decided, viewer, received_on=date(2026, 4, 10), at=late)
    assert "30.03.2026" in str(refused.value) and refused.value.field == "late_ground"
    made = complain(decided, viewer, received_on=date(2026, 4, 10), late_ground="Borgeren var indlagt.", at=late)
    row = Complaint.objects.get(case=made)
    assert row.late and row.late_ground == "Borgeren var indlagt."


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"words": " "}, errors.WordsMissing),
        ({"received_on": date(2026, 3, 1)}, errors.DayWrong),
        ({"received_on": date(2026, 3, 13)}, errors.DayWrong),
        ({"answer_by": date(2026, 3, 12), "rule": "Lov"}, errors.DayWrong),
    ],
)
def test_a_complaint_that_cannot_be_says_why(decided, taker, facts, error):
    with pytest.raises(error) as refused:
        complain(decided, taker, **facts)
    assert refused.value.status == 422 and refused.value.field and not Complaint.objects.exists()


def test_a_draft_cannot_be_complained_over(office, filippa, me):
    row = draft(ready_case(office, filippa), me)
    with pytest.raises(errors.NotInForce):
        complain(row, me)


def test_a_decision_of_another_case_is_not_found(decided, office, filippa, me):
    other = ready_case(office, filippa)
    with pytest.raises(errors.NotOnCase):
        services.complain(case_id=other.id, decision_id=decided.id, words="Nej", received_on=CAME, viewer=me, at=LATER)


def test_who_has_no_address_is_heard_all_the_same(office, filippa, me):
    case = ready_case(office, filippa, person=make_person(street="", house="", postcode="", city="").id)
    heard(case, me)
    row = services.decide(decision_id=draft(case, me).id, way="counter", viewer=me, at=AT)
    made = complain(row, me)
    assert letters_of(made) == []
    assert "Klagen har ingen kvittering: borgeren har ingen adresse" in [one.title for one in steps_of(made.id)]


def test_looking_again_with_another_result_takes_the_decision_up_again(decided, taker, me):
    made = complain(decided, taker)
    row = services.reassess(
        complaint_id=Complaint.objects.get(case=made).id, outcome="changed", ground="Indkomsten er lavere.",
        viewer=me, at=LATER,
    )  # fmt: skip
    assert (row.outcome, case_row(made.id).progress) == ("changed", "closed")
    assert case_row(decided.case_id).progress == "informed"
    assert Decision.objects.get(case=decided.case_id, state="draft").replaces_id == decided.id


def test_a_complaint_sent_on_tells_the_citizen_who_decides_now_and_our_view(decided, taker, me):
    made = complain(decided, taker)
    row = services.reassess(
        complaint_id=Complaint.objects.get(case=made).id, outcome="sent_on", ground="Grænsen er overskredet.",
        body_contact="Ankestyrelsen, 00 00 00 30", viewer=me, at=LATER,
    )  # fmt: skip
    text = letter_text(letters_of(made)[-1])
    for part in ("Ankestyrelsen afgør nu din klage", "Grænsen er overskredet.", "00 00 00 30", "2. marts 2026"):
        assert part in text
    assert row.sent_on_to == "Ankestyrelsen" and case_row(decided.case_id).progress == "decided"
    assert (case_row(made.id).progress, case_row(made.id).waiting) == ("informed", "authority")
    assert Forwarding.objects.get(case=made.id).authority == "Ankestyrelsen"


@pytest.mark.parametrize(("said", "days"), [(None, 60), (10, 10), (9000, 200)])
def test_a_complaint_at_the_appeal_body_is_asked_after_on_its_day(decided, taker, me, said, days):
    if said is not None:
        make_catalogue_setting("cases.appeal_follow_days", said)
    made = complain(decided, taker)
    services.reassess(
        complaint_id=Complaint.objects.get(case=made).id, outcome="sent_on", ground="Grænsen er overskredet.",
        body_contact="Ankestyrelsen, 00 00 00 30", viewer=me, at=LATER,
    )  # fmt: skip
    row = Forwarding.objects.get(case=made.id)
    assert row.expected_by == case_row(made.id).waiting_until == selectors.working_days_after(LATER, days)
    services.remind_forwarded(row.expected_by + timedelta(minutes=1))
    assert "Spørg til svaret fra Ankestyrelsen" in [step.title for step in steps_of(made.id) if not step.done_at]


def test_a_complaint_is_settled_once(decided, taker, me):
    made = complain(decided, taker)
    key = Complaint.objects.get(case=made).id
    services.reassess(complaint_id=key, outcome="dropped", ground="Borgeren har ringet.", viewer=me, at=LATER)
    with pytest.raises(errors.ComplaintSettled):
        services.reassess(complaint_id=key, outcome="changed", ground="Igen", viewer=me, at=LATER)
    assert complain(decided, taker, words="Ny klage").id != made.id


@pytest.mark.req("law.complaint")
def test_no_centre_looks_at_the_decision_again(decided, taker, clerk):
    made = complain(decided, taker)
    Case.objects.filter(id=made.id).update(handler=clerk.pk)
    with pytest.raises(errors.MayNotDecide):
        services.reassess(
            complaint_id=Complaint.objects.get(case=made).id, outcome="sent_on", ground="Nej", viewer=taker, at=LATER
        )


def test_an_unknown_outcome_or_complaint_is_named(decided, taker, me):
    made = complain(decided, taker)
    with pytest.raises(errors.UnknownValue):
        services.reassess(
            complaint_id=Complaint.objects.get(case=made).id, outcome="måske", ground="x", viewer=me, at=LATER
        )
    with pytest.raises(errors.NotOnCase):
        services.reassess(complaint_id=uuid7(AT), outcome="changed", ground="x", viewer=me, at=LATER)


def test_a_typed_last_day_to_complain_counts_as_it_stands(office, filippa, me):
    case = ready_case(office, filippa)
    heard(case, me)
    text = replace(REFUSAL, appeal_weeks=None, appeal_by=date(2026, 3, 10), appeal_rule="Lov § 4")
    row = services.decide(decision_id=draft(case, me, text).id, viewer=me, at=AT)
    with pytest.raises(errors.LateWithoutGround):
        complain(row, me, received_on=date(2026, 3, 11))


def test_another_employee_of_the_owner_finds_the_complaint_as_work(decided, taker, office, seen_by):
    made = complain(decided, taker)
    other = make_employee("Ove Anden", unit=office, roles=["caseworker"], groups={"housing_benefit": (5, 3)})
    assert selectors.complaints_of(seen_by(other, LATER), made.id, LATER)[0].words == "Jeg er ikke enig."
