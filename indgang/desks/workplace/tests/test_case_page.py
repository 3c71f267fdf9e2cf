"""A case on its page: what it shows, and who may look for which reason."""

from datetime import timedelta

import pytest
from django.test import Client

from indgang.core.cases.testing import case_row, deadlines_of, make_case, parties_of, steps_of
from indgang.core.citizens.testing import make_person
from indgang.core.organisation.testing import make_employee, make_unit
from indgang.desks.workplace.tests.case_people import HX, at_desk, caseworker, own_case, the_office
from indgang.foundation.access.services import looks_at
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def ylva():
    return caseworker()


@pytest.fixture
def guide():
    """An agent who may inform about housing benefit and has nothing to do with the case."""
    the_office()
    return make_employee("Esben Ekspedit", roles=["agent"], groups={"housing_benefit": (3, 1)})


def text_of(answer) -> str:
    return answer.content.decode()


def test_the_page_says_what_case_it_is_how_far_by_when_and_with_whom(ylva):
    due = clock.now() + timedelta(days=6)
    case, address = own_case(ylva, title="Boligsikring efter flytning", deadline=due)
    page = text_of(at_desk(ylva).get(address))
    for part in (case.number, "Boligsikring efter flytning", "Ylva Ydelse", "6 dage tilbage", "Familieydelser"):
        assert part in page
    assert page.count('aria-current="step"') == 1


def test_a_case_that_is_late_says_by_how_much(ylva):
    _case, address = own_case(ylva, deadline=clock.now() - timedelta(days=3), at=clock.now() - timedelta(days=20))
    assert "3 dage for sent" in text_of(at_desk(ylva).get(address))


def test_a_number_is_read_however_it_was_typed(ylva):
    case, _address = own_case(ylva)
    typed = case.number.replace("-", "")
    assert at_desk(ylva).get(f"/arbejdsplads/sager?q={typed}").url == f"/arbejdsplads/sag/{case.number}"


def test_who_does_not_work_on_it_states_a_reason_first_and_every_look_is_logged(guide):
    case = make_case(title="Boligsikring efter flytning")
    client, address = at_desk(guide), f"/arbejdsplads/sag/{case.number}"
    asked = client.get(address)
    assert asked.status_code == 403 and "Hvorfor skal du se sagen?" in text_of(asked)
    assert "Boligsikring efter flytning" not in text_of(asked)
    assert [look.outcome for look in looks_at(case.person_id) if look.kind == "case"] == ["refused"]
    assert client.post(f"{address}/hvorfor", {"reason": ""}).status_code == 422
    assert client.post(f"{address}/hvorfor", {"reason": "citizen_present"}).url == address
    assert "Boligsikring efter flytning" in text_of(client.get(address))
    assert "reason:citizen_present" in {look.purpose for look in looks_at(case.person_id) if look.outcome == "shown"}


def test_a_reason_opens_that_case_alone(guide):
    first, second = make_case(), make_case()
    client = at_desk(guide)
    client.post(f"/arbejdsplads/sag/{first.number}/hvorfor", {"reason": "citizen_present"})
    assert client.get(f"/arbejdsplads/sag/{first.number}").status_code == 200
    assert client.get(f"/arbejdsplads/sag/{second.number}").status_code == 403


def test_the_reasons_the_service_states_itself_are_no_choice(guide):
    case = make_case()
    page = text_of(at_desk(guide).get(f"/arbejdsplads/sag/{case.number}"))
    assert 'value="citizen_present"' in page and 'value="search"' not in page


def test_a_case_one_may_not_see_is_not_there(ylva):
    make_case()
    bo = make_employee("Bo Byggesag", unit=make_unit("andetsteds", administration="BTF"), groups={"building": (5, 3)})
    case, _address = own_case(ylva)
    for path in ("", "/journal", "/hvorfor", "/overdrag", "/afgoerelse", "/hoering"):
        assert at_desk(bo).get(f"/arbejdsplads/sag/{case.number}{path}").status_code in {404, 405}, path
    assert at_desk(bo).get("/arbejdsplads/sag/findes-ikke").status_code == 404


def test_a_stranger_is_asked_to_log_in(ylva):
    _case, address = own_case(ylva)
    assert Client().get(address).url.startswith("/log-ind")


def test_who_may_only_read_gets_no_buttons(guide):
    case = make_case()
    client, address = at_desk(guide), f"/arbejdsplads/sag/{case.number}"
    client.post(f"{address}/hvorfor", {"reason": "citizen_present"})
    page = text_of(client.get(address))
    assert "Du kan læse sagen" in page and "vis-overdrag" not in page


def test_a_protected_party_stays_masked(ylva):
    hidden = make_person(name="Hemmelig Hansen", protected_until=(clock.now() + timedelta(days=900)).date())
    _case, address = own_case(ylva, person=hidden.id)
    page = text_of(at_desk(ylva).get(address))
    assert "Hemmelig Hansen" not in page and "Beskyttet" in page


def test_the_deadline_is_moved_with_a_reason(ylva):
    case, address = own_case(ylva, deadline=clock.now() + timedelta(days=6))
    client, row = at_desk(ylva), deadlines_of(case.id)[0]
    new = clock.local(clock.now() + timedelta(days=20)).date()
    refused = client.post(f"{address}/frist/{row.pk}", {"day": new.isoformat(), "version": row.version}, headers=HX)
    assert refused.status_code == 422 and "hvorfor fristen flyttes" in text_of(refused)
    past = {"day": "2020-01-01", "ground": "Vi venter på svar", "version": row.version}
    assert client.post(f"{address}/frist/{row.pk}", past, headers=HX).status_code == 422
    moved = client.post(f"{address}/frist/{row.pk}", {**past, "day": new.isoformat()}, headers=HX)
    assert moved["HX-Redirect"] == address
    assert clock.local(case_row(case.id).deadline).date() == new


def test_steps_are_added_and_done(ylva):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    assert client.post(f"{address}/trin", {"title": "Indhent lønseddel"}).url == address
    step = steps_of(case.id)[-1]
    page = text_of(client.get(address))
    assert "Indhent lønseddel" in page
    client.post(f"{address}/trin/{step.id}/gjort", {"version": step.version})
    assert steps_of(case.id)[-1].done_at is not None


def test_a_case_waits_and_goes_on(ylva):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    day = clock.local(clock.now() + timedelta(days=9)).date().isoformat()
    client.post(f"{address}/vent", {"waiting": "citizen", "day": day})
    assert case_row(case.id).waiting == "citizen"
    assert "Venter på borgeren" in text_of(client.get(address))
    client.post(f"{address}/videre")
    assert case_row(case.id).waiting == ""


def test_the_case_is_handed_on_with_what_the_receiver_must_know(ylva):
    other = make_unit("skadesag", kind="office", administration="FAF")
    case, address = own_case(ylva)
    client = at_desk(ylva)
    facts = {"to": f"unit:{other.pk}", "note": "", "owner": "stays", "version": case.version}
    assert client.post(f"{address}/overdrag", facts, headers=HX).status_code == 422
    answer = client.post(f"{address}/overdrag", {**facts, "note": "Mangler kun lejekontrakten."}, headers=HX)
    assert answer["HX-Redirect"].startswith("/arbejdsplads/sager")
    assert case_row(case.id).unit_id == other.pk


def test_two_who_hand_it_on_at_once_do_not_write_over_each_other(ylva):
    other = make_unit("skadesag", kind="office", administration="FAF")
    case, address = own_case(ylva)
    facts = {"to": f"unit:{other.pk}", "note": "Værsgo", "owner": "stays", "version": case.version - 1}
    assert at_desk(ylva).post(f"{address}/overdrag", facts, headers=HX).status_code == 409
    assert case_row(case.id).unit_id != other.pk


def test_the_handler_is_chosen_among_the_colleagues_oneself_first(ylva):
    bodil = caseworker("Bodil Bolig")
    case = make_case(unit=the_office())
    client, address = at_desk(ylva), f"/arbejdsplads/sag/{case.number}"
    shown = text_of(client.get(f"{address}/behandler", headers=HX))
    assert shown.index("Ylva Ydelse") < shown.index("Bodil Bolig")
    client.post(f"{address}/behandler", {"to": f"employee:{bodil.pk}", "version": case.version})
    assert case_row(case.id).handler_id == bodil.pk


def test_a_party_is_found_in_the_register_or_written_down(ylva):
    lodger = make_person(name="Lars Logerende")
    case, address = own_case(ylva)
    client = at_desk(ylva)
    found = text_of(client.post(f"{address}/part/find", {"q": "Lars Logerende"}, headers=HX))
    assert str(lodger.id) in found
    client.post(f"{address}/part", {"role": "secondary", "person": str(lodger.id), "name": ""})
    client.post(f"{address}/part", {"role": "representative", "name": "Advokat Aase Aktiv"})
    assert [(row.role, row.name) for row in parties_of(case.id)][1:] == [
        ("secondary", ""),
        ("representative", "Advokat Aase Aktiv"),
    ]
    assert client.post(f"{address}/part", {"role": "secondary"}, headers=HX).status_code == 422
    page = text_of(client.get(address))
    assert "Lars Logerende" in page and "Advokat Aase Aktiv" in page
    client.post(f"{address}/part/{parties_of(case.id)[-1].pk}/slut")
    assert "Advokat Aase Aktiv" not in text_of(client.get(address))


def test_a_title_with_a_cpr_number_is_refused(ylva):
    case, address = own_case(ylva)
    facts = {"title": "Sag om 010190-1234", "sensitivity": "confidential", "retention": "K", "version": case.version}
    refused = at_desk(ylva).post(f"{address}/oplysninger", facts, headers=HX)
    assert refused.status_code == 422 and "CPR" in text_of(refused)


def test_cases_that_belong_together_lead_to_each_other(ylva):
    _case, address = own_case(ylva)
    other, _there = own_case(ylva, title="Den anden sag")
    client = at_desk(ylva)
    wrong = client.post(f"{address}/anden-sag", {"number": "2026-1", "kind": "other"}, headers=HX)
    assert wrong.status_code == 422 and "2026-000123-4" in text_of(wrong)
    client.post(f"{address}/anden-sag", {"number": other.number, "kind": "other"})
    assert "Den anden sag" in text_of(client.get(address))


def test_a_course_is_begun_and_left(ylva):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    client.post(f"{address}/forloeb", {"title": "Efter skilsmissen"})
    assert case_row(case.id).course_id is not None
    assert "Efter skilsmissen" in text_of(client.get(address))
    client.post(f"{address}/forloeb", {"leave": "1"})
    assert case_row(case.id).course_id is None


def test_a_case_is_closed_undecided_only_with_a_ground(ylva):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    assert client.post(f"{address}/afslut", {"version": case.version}, headers=HX).status_code == 422
    client.post(f"{address}/afslut", {"ground": "Borgeren har trukket ansøgningen tilbage.", "version": case.version})
    assert case_row(case.id).progress == "closed"
    client.post(f"{address}/genoptag", {"ground": "Borgeren søger alligevel."})
    assert case_row(case.id).progress == "informed"


@pytest.mark.parametrize(
    "dialog",
    ["behandler", "overdrag", "part", "genstand", "anden-sag", "forloeb", "oplysninger", "trin", "vent", "hoering",
     "afslut", "genoptag"],
)  # fmt: skip
def test_every_dialog_is_a_page_of_its_own_without_scripts(ylva, dialog):
    _case, address = own_case(ylva)
    page = text_of(at_desk(ylva).get(f"{address}/{dialog}"))
    assert "<h1" in page and 'method="post"' in page
