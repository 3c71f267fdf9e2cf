"""Making a decision: gates, rights, the letter, the journal; nothing of it without the rest."""

import sys
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import override_settings

from indgang.core.cases import errors, selectors, services
from indgang.core.cases.models import CaseLetter, Decision, Document, Opinion
from indgang.core.cases.testing import (
    case_row,
    deadlines_of,
    entries_of,
    events_of_case,
    make_setting,
    steps_of,
)
from indgang.core.cases.tests.decisions_around import (
    AT,
    GRANT,
    REFUSAL,
    draft,
    heard,
    letter_text,
    letters_of,
    open_codes,
    ready_case,
)
from indgang.core.cases.values import NewParty
from indgang.core.citizens.testing import make_person
from indgang.core.organisation.testing import make_employee, make_unit
from indgang.foundation.access import services as access
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.testing import recorded
from indgang.foundation.access.values import system
from indgang.foundation.journal.selectors import outbox
from indgang.foundation.letters.errors import LetterFailed
from indgang.foundation.letters.services import typeset
from indgang.foundation.runtime.services import uuid7

pytestmark = pytest.mark.django_db


@pytest.fixture
def me(filippa, seen_by):
    return seen_by(filippa, AT)


@pytest.fixture
def case(office, filippa):
    return ready_case(office, filippa)


def decide(row, viewer, **facts):
    return services.decide(decision_id=row.id, viewer=viewer, at=facts.pop("at", AT), **facts)


@pytest.mark.req("vision2012.decisions")
@pytest.mark.req("law.resort")
def test_a_refusal_says_result_reason_rule_what_to_do_and_how_to_complain(case, me):
    heard(case, me)
    row = decide(draft(case, me), me)
    text = letter_text(row)
    for part in (
        REFUSAL.summary, "Vi siger nej", REFUSAL.facts, REFUSAL.reasons, REFUSAL.legal_basis, REFUSAL.to_do,
        "4 uger efter den dag, du fik brevet", "Ankestyrelsen", "Ydelsesvej 1", case.number, "Bente Birkelund",
        "Lanternens Allé 4, 2. th", "Filippa Falk", "00 00 00 21", "Forvaltningen FAF",
    ):  # fmt: skip
        assert part in text


def test_the_decision_its_letter_journal_and_progress_come_together(case, me):
    heard(case, me)
    row = decide(draft(case, me), me)
    after = case_row(case.id)
    assert (row.state, row.decided_at, row.decided_by) == ("decided", AT, me.actor.employee)
    assert (after.progress, after.result, after.decided_at) == ("decided", "refused", AT)
    assert Document.objects.get(id=row.document).case_id == case.id
    assert "Afgørelse: Afslået" in [entry.theme for entry in entries_of(case.id)]
    assert [letter.state for letter in letters_of(case)] == ["waiting"]
    assert [parcel.transport for parcel in outbox()] == ["case_letter"]
    event = next(line for line in events_of_case(case.id) if line.verb == "case.decided")
    assert (event.data["result"], event.data["level"], event.data["task"]) == ("refused", 2, "T-022")


@pytest.mark.req("vision2012")
def test_amounts_stand_in_the_letter_as_a_table_in_danish(case, me):
    row = decide(draft(case, me, GRANT), me)
    text = letter_text(row)
    assert "Beløbene" in text and "1.234,50 kr." in text and "300,00 kr." in text and "pr. måned" in text
    event = next(line for line in events_of_case(case.id) if line.verb == "case.decided")
    assert event.data["amounts"] == ["1234.50 month", "300.00 once"]


def test_who_gets_everything_is_told_the_reason_but_not_how_to_complain(case, me):
    text = letter_text(decide(draft(case, me, replace(GRANT, to_do="Sig til om ændringer.")), me))
    places = [
        text.index(part) for part in ("Resultat", "Beløbene", "Derfor", "Reglen", "Det skal du gøre", "Spørgsmål")
    ]
    assert places == sorted(places)
    assert "Vi siger ja til det hele" in text and GRANT.reasons in text and GRANT.legal_basis in text
    assert "klage" not in text.lower()


def test_a_decision_nobody_can_be_complained_to_over_says_so_with_its_rule(case, me):
    heard(case, me)
    alone = replace(REFUSAL, appeal_body="", appeal_weeks=None, no_appeal=True, appeal_rule="Lov om noget § 9")
    text = letter_text(decide(draft(case, me, alone), me))
    assert "Du kan ikke klage over afgørelsen" in text and "Lov om noget § 9" in text
    assert "Sådan klager du" not in text and "udfyld" not in text


def test_the_limits_of_the_appeal_body_are_told(case, me):
    heard(case, me)
    text = letter_text(decide(draft(case, me, replace(REFUSAL, appeal_limits="takstens størrelse")), me))
    assert "Ankestyrelsen kan ikke tage stilling til takstens størrelse" in text


def test_the_time_limit_comes_from_the_task_where_it_is_set(case, me):
    make_setting(appeal_body="Ankestyrelsen", appeal_weeks=4)
    heard(case, me)
    row = decide(draft(case, me, replace(REFUSAL, appeal_body="", appeal_weeks=None, appeal_rule="")), me)
    assert (row.appeal_body, row.appeal_weeks) == ("Ankestyrelsen", 4)


def test_a_time_limit_that_is_not_set_must_be_typed_with_its_rule(case, me):
    heard(case, me)
    draft(case, me, replace(REFUSAL, appeal_weeks=None, appeal_rule=""))
    assert open_codes(me, case) == ["appeal"]
    typed = replace(REFUSAL, appeal_weeks=None, appeal_by=date(2026, 4, 1), appeal_rule="Lov § 3")
    assert "1. april 2026" in letter_text(decide(draft(case, me, typed), me))


def test_without_a_hearing_nothing_is_decided_and_the_sentence_says_what_to_do(case, me):
    row = draft(case, me)
    with pytest.raises(errors.GatesOpen) as refused:
        decide(row, me)
    assert "Send en partshøring" in str(refused.value)
    assert refused.value.facts["gates"] == ["hearing"]
    assert Decision.objects.get(id=row.id).state == "draft" and letters_of(case) == [] and outbox() == []


def test_an_open_opinion_stops_the_decision_until_it_is_said_why_not(case, me, office):
    Opinion.objects.create(
        id=uuid7(AT), case_id=case.id, question="Hvad mener du?", unit=office, asked_at=AT, answer_by=AT
    )
    row = draft(case, me, GRANT)
    assert open_codes(me, case) == ["opinion"]
    with pytest.raises(errors.GatesOpen):
        decide(row, me)
    draft(case, me, replace(GRANT, opinion_ground="Spørgsmålet er uden betydning nu."))
    assert decide(row, me).state == "decided"


def test_a_cpr_number_in_the_text_has_to_be_confirmed(case, me):
    row = draft(case, me, replace(GRANT, reasons="Din datter 020290-1234 er flyttet."))
    with pytest.raises(errors.GatesOpen):
        decide(row, me)
    assert decide(row, me, confirmed=["cpr"]).state == "decided"


def test_another_partys_name_in_the_text_has_to_be_confirmed(office, filippa, me):
    case = ready_case(office, filippa, parties=[NewParty(role="secondary", name="Uwe Udlejer")])
    draft(case, me, replace(GRANT, reasons="Uwe Udlejer har sat huslejen ned."))
    assert open_codes(me, case) == ["others"]


def test_a_decision_made_at_the_counter_is_handed_over_and_nothing_is_posted(case, me):
    decide(draft(case, me, GRANT), me, way="counter")
    assert [(one.state, one.settled_at) for one in letters_of(case)] == [("handed", AT)]
    assert outbox() == []


def test_decided_twice_by_the_same_click_is_one_decision_and_one_letter(case, me):
    row = draft(case, me, GRANT)
    first, second = decide(row, me), decide(row, me)
    assert first.id == second.id and len(letters_of(case)) == 1 and len(outbox()) == 1


def test_who_comes_second_hears_who_was_first(case, me, office, seen_by):
    row = draft(case, me, GRANT)
    decide(row, me)
    other = make_employee("Ove Anden", unit=office, roles=["caseworker"], groups={"housing_benefit": (5, 3)})
    with pytest.raises(errors.AlreadyDecided) as refused:
        decide(row, seen_by(other, AT))
    assert "Filippa Falk" in str(refused.value)


def test_an_old_version_of_the_draft_is_not_decided(case, me):
    row = draft(case, me, GRANT)
    draft(case, me, replace(GRANT, reasons="Noget andet."))
    with pytest.raises(errors.DecisionStale):
        decide(row, me, version=row.version)


@pytest.mark.req("bs.fn.decide")
def test_a_clerk_of_a_centre_decides_a_rule_task_of_another_administration_on_the_spot(office, clerk, seen_by):
    case = ready_case(office, clerk)
    viewer = seen_by(clerk, AT)
    row = decide(draft(case, viewer, GRANT), viewer, way="counter")
    assert row.level == 2 and "Forvaltningen FAF" in letter_text(row)
    assert case_row(case.id).administration_id == "FAF"


@pytest.mark.req("law.disp.today")
def test_without_the_dispensation_only_the_owners_employees_decide(office, clerk, filippa, seen_by):
    access.set_switch("dispensation", False, system("test"), AT - timedelta(days=1))
    case = ready_case(office, clerk)
    row = draft(case, seen_by(clerk, AT), GRANT)
    with pytest.raises(errors.MayNotDecide) as refused:
        decide(row, seen_by(clerk, AT))
    assert "dispensation" in str(refused.value) and "Overdrag sagen til Forvaltningen FAF" in str(refused.value)
    assert decide(row, seen_by(filippa, AT)).state == "decided"


@pytest.mark.req("law.disp.simple")
@pytest.mark.req("law.levels")
def test_discretion_is_never_a_centres_whatever_level_is_typed(office, clerk, seen_by):
    case = ready_case(office, clerk, level=3)
    viewer = seen_by(clerk, AT)
    row = draft(case, viewer, replace(GRANT, level=2))
    assert row.level == 3
    with pytest.raises(errors.MayNotDecide) as refused:
        decide(row, viewer)
    assert refused.value.status == 403 and "Overdrag sagen" in str(refused.value)
    hand_over = next(gate for gate in selectors.gates(viewer, case.id, AT) if gate.code == "rights")
    assert (hand_over.met, hand_over.remedy) == (False, "hand_over")


def test_a_refused_decision_is_remembered(office, clerk, seen_by):
    case = ready_case(office, clerk, level=3)
    viewer = seen_by(clerk, AT)
    with pytest.raises(errors.MayNotDecide):
        decide(draft(case, viewer, GRANT), viewer)
    assert [(who, facts["level"]) for who, facts in recorded("case.decision_refused")] == [(viewer.name, 3)]
    assert case_row(case.id).progress == "opened"


def test_who_may_only_inform_can_neither_write_nor_decide(case, me, guide, seen_by):
    row = draft(case, me, GRANT)
    with pytest.raises(errors.NotYourCase):
        draft(case, seen_by(guide, AT), GRANT)
    with pytest.raises(errors.MayNotDecide):
        decide(row, seen_by(guide, AT))


def test_a_stranger_finds_no_case_to_decide(case, me, stranger, seen_by):
    with pytest.raises(NotFound):
        decide(draft(case, me, GRANT), seen_by(stranger, AT))


def test_no_program_decides(case, me):
    with pytest.raises(errors.MayNotDecide):
        decide(draft(case, me, GRANT), system("worker"))


def test_a_letter_that_cannot_be_set_leaves_the_draft_as_it_was(case, me, tmp_path):
    row = draft(case, me, GRANT)
    fonts = sys.modules[typeset.__module__].fonts  # read once for each process
    fonts.cache_clear()
    try:
        with override_settings(LETTER_FONTS=tmp_path), pytest.raises(LetterFailed) as refused:
            decide(row, me)
    finally:
        fonts.cache_clear()
    assert "Skrifttypen mangler" in str(refused.value)
    kept = Decision.objects.get(id=row.id)
    assert (kept.state, kept.version, kept.document) == ("draft", row.version, None)
    assert case_row(case.id).progress == "opened" and not CaseLetter.objects.exists() and outbox() == []


def test_the_answer_is_given_so_its_deadline_and_first_step_are_done(office, me, filippa):
    case = ready_case(office, filippa, deadline=AT + timedelta(days=20))
    decide(draft(case, me, GRANT), me)
    assert [deadline.met_at for deadline in deadlines_of(case.id)] == [AT]
    assert all(step.done_at or step.withdrawn for step in steps_of(case.id) if step.kind == "handle")


def test_a_protected_name_and_address_stand_on_the_envelope_only(office, filippa, me):
    person = make_person("Hemmelig Hanne", protected_until=date(2027, 1, 1))
    case = ready_case(office, filippa, person=person.id)
    text = letter_text(decide(draft(case, me, GRANT), me))
    assert "Hemmelig" not in text and "Lanternens" not in text
    assert "Navn og adresse er beskyttet" in text and "Kære borger" in text


def test_a_citizen_without_an_address_is_a_gate_the_counter_opens(office, filippa, me):
    person = make_person(street="", house="", postcode="", city="")
    case = ready_case(office, filippa, person=person.id)
    row = draft(case, me, GRANT)
    with pytest.raises(errors.GatesOpen) as refused:
        decide(row, me)
    assert refused.value.facts["gates"] == ["receiver"]
    assert decide(row, me, way="counter").state == "decided"


def test_a_typed_address_reaches_who_has_none(office, filippa, me):
    person = make_person(street="", house="", postcode="", city="")
    case = ready_case(office, filippa, person=person.id)
    row = decide(draft(case, me, GRANT), me, address="Bente Birkelund\nc/o Hansen, Vejen 1\n2500 Valby")
    assert "c/o Hansen" in letter_text(row)


def test_who_represents_the_party_gets_a_copy(office, filippa, me):
    helper = make_person("Rikke Repræsentant", street="Hjælpevej", house="2")
    case = ready_case(office, filippa, parties=[NewParty(role="representative", person=helper.id)])
    decide(draft(case, me, GRANT), me)
    assert len(letters_of(case)) == 2 and len(outbox()) == 2
    assert len({letter.document for letter in letters_of(case)}) == 1


def test_the_letter_can_be_looked_at_before_and_nothing_is_stored(case, me):
    draft(case, me)
    pdf = selectors.preview_decision(case_id=case.id, viewer=me, at=AT)
    assert pdf.startswith(b"%PDF-") and not Document.objects.exists() and outbox() == []


def test_a_reopened_decision_holds_until_a_new_one_replaces_it(case, me):
    heard(case, me)
    first = decide(draft(case, me), me)
    later = AT + timedelta(days=3)
    again = services.reopen_decision(decision_id=first.id, ground="Nye oplysninger", viewer=me, at=later)
    assert again.reasons == REFUSAL.reasons and case_row(case.id).progress == "informed"
    assert Decision.objects.get(id=first.id).state == "decided"
    draft(case, me, GRANT, at=later)
    second = decide(again, me, at=later)
    assert (Decision.objects.get(id=first.id).state, second.replaces_id) == ("replaced", first.id)
    assert case_row(case.id).result == "granted"


def test_a_hearing_of_the_first_time_does_not_count_for_the_second(case, me):
    heard(case, me)
    first = decide(draft(case, me), me)
    later = AT + timedelta(days=3)
    services.reopen_decision(decision_id=first.id, ground="Nye oplysninger", viewer=me, at=later)
    assert open_codes(me, case, later) == ["hearing"]


def test_a_revoked_decision_is_told_in_a_letter_and_the_case_is_open(case, me):
    row = decide(draft(case, me, GRANT), me)
    later = AT + timedelta(days=1)
    services.revoke_decision(decision_id=row.id, ground="Indkomsten var forkert oplyst.", viewer=me, at=later)
    text = letter_text(letters_of(case)[-1])
    assert "gælder ikke længere" in text and "Indkomsten var forkert oplyst." in text
    after = case_row(case.id)
    assert (after.progress, after.result, after.decided_at) == ("informed", "", None)
    with pytest.raises(errors.NotInForce):
        services.revoke_decision(decision_id=row.id, ground="Igen", viewer=me, at=later)


def test_the_page_shows_drafts_decisions_letters_and_gates(case, me):
    heard(case, me)
    decide(draft(case, me), me)
    page = selectors.decisions_of(me, case.id, AT)
    assert page.draft is None and page.decisions[0].decided_by_name == "Filippa Falk"
    assert page.decisions[0].letters[0].state_name == "På vej til trykkeriet"
    assert [hearing.state for hearing in page.hearings] == ["left_out"]


def test_a_job_centre_cannot_decide_what_the_benefit_office_decides(office, seen_by):
    worker = make_employee(
        "Jonas Job", unit=make_unit("jobcenter", kind="job_centre", administration="BIF"), roles=["job_centre"],
        groups={"housing_benefit": (3, 1)},
    )  # fmt: skip
    case = ready_case(office, worker)
    row = draft(case, seen_by(worker, AT), GRANT)
    with pytest.raises(errors.MayNotDecide):
        decide(row, seen_by(worker, AT))
