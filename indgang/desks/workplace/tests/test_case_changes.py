"""What is set, taken off, given away, kept and thrown away on a case's page; and how a wrong press is undone."""

from datetime import timedelta
from uuid import uuid4

import pytest

from indgang.core.cases import selectors, services
from indgang.core.cases.testing import (
    TESTER,
    case_row,
    deadlines_of,
    entries_of,
    make_case,
    make_setting,
    parties_of,
    steps_of,
)
from indgang.core.citizens.testing import make_business
from indgang.core.organisation.testing import make_employee, viewer_of
from indgang.desks.workplace.tests.case_people import HX, REFUSAL, at_desk, caseworker, own_case, the_office
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def ylva():
    return caseworker()


@pytest.fixture
def bodil():
    return caseworker("Bodil Bolig")


def text_of(answer) -> str:
    return answer.content.decode()


def in_days(days: int) -> str:
    return clock.local(clock.now() + timedelta(days=days)).date().isoformat()


def answer_days(case):
    return [clock.local(row.due_at).date().isoformat() for row in deadlines_of(case.id) if row.kind == "answer"]


def page_of(employee, case):
    return selectors.case(viewer_of(employee), case.id, at=clock.now())


def test_the_first_day_to_answer_by_is_set_where_none_runs(ylva):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    assert "Sæt en svarfrist" in text_of(client.get(address))
    assert client.get(f"{address}/ny-svarfrist").url == f"{address}/svarfrist"
    assert "ikke offentliggjort" in text_of(client.get(f"{address}/svarfrist", headers=HX))
    for wrong in ("", "2020-01-01"):
        refused = client.post(f"{address}/svarfrist", {"day": wrong}, headers=HX)
        assert refused.status_code == 422 and "form-error-message" in text_of(refused)
    assert client.post(f"{address}/svarfrist", {"day": in_days(9), "version": case.version}).url == address
    assert answer_days(case) == [in_days(9)] and case_row(case.id).deadline is not None
    page = text_of(client.get(address))
    assert "9 dage tilbage" in page and "Sæt en svarfrist" not in page
    assert client.get(f"{address}/svarfrist").status_code == 404


def test_the_published_day_is_proposed_and_a_change_meanwhile_loses_nothing(ylva):
    case, address = own_case(ylva)
    make_setting(answer_working_days=10)
    client = at_desk(ylva)
    due = clock.local(selectors.working_days_after(case.opened_at, 10)).date().isoformat()
    assert due in text_of(client.get(f"{address}/svarfrist", headers=HX))
    late = client.post(f"{address}/svarfrist", {"day": in_days(9), "version": case.version - 1}, headers=HX)
    assert late.status_code == 409 and in_days(9) in text_of(late) and answer_days(case) == []


def test_a_colleague_is_taken_along_let_go_and_each_is_undone(ylva, bodil):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    shown = text_of(client.get(f"{address}/behandler/flere", headers=HX))
    assert "Bodil Bolig" in shown and "Ylva Ydelse" not in shown
    assert client.post(f"{address}/behandler/flere", {"to": ""}, headers=HX).status_code == 422
    himself = client.post(f"{address}/behandler/flere", {"to": f"employee:{ylva.pk}"}, headers=HX)
    assert himself.status_code == 422 and "Ylva Ydelse behandler sagen allerede" in text_of(himself)
    client.post(f"{address}/behandler/flere", {"to": f"employee:{bodil.pk}"})
    page = text_of(client.get(address))
    assert "Bodil Bolig behandler også sagen." in page and 'id="tag-tilbage"' in page
    client.post(f"{address}/fortryd")
    assert page_of(ylva, case).handlers == ()
    client.post(f"{address}/behandler/flere", {"to": f"employee:{bodil.pk}"})
    client.post(f"{address}/behandler/{bodil.pk}/slut")
    assert page_of(ylva, case).handlers == ()
    client.post(f"{address}/fortryd")
    assert page_of(ylva, case).handlers == ((bodil.pk, "Bodil Bolig"),)
    assert client.post(f"{address}/fortryd").status_code == 404
    assert client.post(f"{address}/behandler/{ylva.pk}/slut").status_code == 404


def test_a_wrong_press_can_be_undone_for_ten_minutes_on_that_case_alone(ylva, bodil):
    case, address = own_case(ylva)
    _other, elsewhere = own_case(ylva)
    client = at_desk(ylva)
    client.post(f"{address}/behandler/flere", {"to": f"employee:{bodil.pk}"})
    assert "tag-tilbage" not in text_of(client.get(elsewhere))
    assert client.post(f"{elsewhere}/fortryd").status_code == 404
    kept = client.session["sag-fortryd"]
    session = client.session
    session["sag-fortryd"] = {**kept, "at": kept["at"] - 601}
    session.save()
    assert "tag-tilbage" not in text_of(client.get(address))
    assert client.post(f"{address}/fortryd").status_code == 404 and page_of(ylva, case).handlers


def test_a_step_is_taken_off_with_its_reason(ylva):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    client.post(f"{address}/trin", {"title": "Indhent lønseddel"})
    step = steps_of(case.id)[-1]
    assert "Tag af" in text_of(client.get(address))
    assert "Indhent lønseddel" in text_of(client.get(f"{address}/trin/{step.id}/af", headers=HX))
    refused = client.post(f"{address}/trin/{step.id}/af", {"version": step.version}, headers=HX)
    assert refused.status_code == 422 and "hvorfor trinnet ikke skal gøres" in text_of(refused)
    stale = client.post(f"{address}/trin/{step.id}/af", {"ground": "Fået pr. mail", "version": 99}, headers=HX)
    assert stale.status_code == 409 and "Fået pr. mail" in text_of(stale)
    client.post(f"{address}/trin/{step.id}/af", {"ground": "Fået pr. mail", "version": step.version})
    assert steps_of(case.id)[-1].withdrawn and entries_of(case.id)[-1].body == "Fået pr. mail"


def test_a_step_given_to_a_colleague_is_theirs_and_the_case_stays(ylva, bodil):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    client.post(f"{address}/trin", {"title": "Mål lejligheden op"})
    step = steps_of(case.id)[-1]
    there = f"{address}/trin/{step.id}/giv"
    assert "Bodil Bolig" in text_of(client.get(f"{there}?q=Bodil", headers=HX))
    assert client.post(there, {"to": ""}, headers=HX).status_code == 422
    facts = {"to": f"employee:{bodil.pk}", "note": "Nøglen er hos viceværten", "version": step.version}
    client.post(there, facts)
    after = steps_of(case.id)[-1]
    assert (after.employee_id, after.listed, case_row(case.id).handler_id) == (bodil.pk, False, ylva.pk)
    page = text_of(client.get(address))
    assert "Nøglen er hos viceværten" in page and "Overdraget til Bodil Bolig: Mål lejligheden op" in page


def test_the_step_to_handle_a_case_is_not_taken_off_its_page(ylva):
    case = make_case(unit=the_office())
    (step,) = steps_of(case.id)
    client, address = at_desk(ylva), f"/arbejdsplads/sag/{case.number}"
    assert f"/trin/{step.id}/af" not in text_of(client.get(address))
    assert client.post(f"{address}/trin/{step.id}/af", {"ground": "Nej"}).status_code == 404


def test_cases_that_do_not_belong_together_are_parted_and_joined_again(ylva):
    _case, address = own_case(ylva)
    other, _there = own_case(ylva, title="Den anden sag")
    client = at_desk(ylva)
    client.post(f"{address}/anden-sag", {"number": other.number, "kind": "precedent"})
    facts = {"other": str(other.id), "kind": "precedent"}
    assert client.post(f"{address}/anden-sag/fjern", {**facts, "kind": "other"}).status_code == 404
    client.post(f"{address}/anden-sag/fjern", facts)
    page = text_of(client.get(address))
    assert "Den anden sag" not in page and f"hører ikke længere sammen med {other.number}" in page
    client.post(f"{address}/fortryd")
    assert "Den anden sag" in text_of(client.get(address))


def test_a_thing_the_case_is_not_about_goes_and_comes_back(ylva):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    client.post(f"{address}/genstand", {"kind": "vehicle", "label": "Knallert", "reference": "AB 12 345"})
    (thing,) = page_of(ylva, case).objects
    client.post(f"{address}/genstand/{thing.id}/fjern")
    assert page_of(ylva, case).objects == ()
    client.post(f"{address}/fortryd")
    (again,) = page_of(ylva, case).objects
    assert (again.kind, again.label, again.reference) == ("vehicle", "Knallert", "AB 12 345")


def documents(employee, case):
    return selectors.documents_of(viewer_of(employee), case.id, at=clock.now())


def draft_of(employee, case):
    return selectors.decisions_of(viewer_of(employee), case.id, clock.now()).draft


def put(case, ylva, **facts):
    given = {"title": "Kladde til svar", "kind": "out", "name": "kladde.txt", "content": b"Kladde", **facts}
    return services.add_document(case_id=case.id, viewer=viewer_of(ylva), at=clock.now(), **given)


def test_a_document_is_made_final_and_then_stays(ylva):
    case, address = own_case(ylva)
    row, client = put(case, ylva), at_desk(ylva)
    there = f"{address}/dokumenter/{row.id}"
    assert "Gør endeligt" in text_of(client.get(there))
    assert "Det kan ikke fortrydes" in text_of(client.get(f"{there}/endeligt", headers=HX))
    assert client.post(f"{there}/endeligt", {"version": row.version + 1}, headers=HX).status_code == 409
    assert client.post(f"{there}/endeligt", {"version": row.version}).url == there
    assert documents(ylva, case)[0].final and "Gør endeligt" not in text_of(client.get(there))
    assert client.post(f"{there}/vaek", {"ground": "Fortrudt", "version": 2}).status_code == 404


def test_a_draft_is_thrown_away_with_its_reason_and_what_came_in_is_not(ylva):
    case, address = own_case(ylva)
    draft, came, client = put(case, ylva), put(case, ylva, kind="in", title="Lønseddel"), at_desk(ylva)
    there = f"{address}/dokumenter/{draft.id}/vaek"
    assert client.post(there, {"version": draft.version}, headers=HX).status_code == 422
    assert client.post(there, {"ground": "Forkert sag", "version": draft.version}).url == address
    assert "Kladden er smidt væk: Kladde til svar" in text_of(client.get(address))
    assert "Smid kladden væk" not in text_of(client.get(f"{address}/dokumenter/{came.id}"))
    refused = client.post(f"{address}/dokumenter/{came.id}/vaek", {"ground": "Nej", "version": 1}, headers=HX)
    assert refused.status_code == 409 and "kommet udefra" in text_of(refused)
    assert [row.title for row in documents(ylva, case)] == ["Lønseddel"]


def test_the_draft_of_a_decision_is_thrown_away_only_as_one_has_seen_it(ylva):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    client.post(f"{address}/afgoerelse", REFUSAL, headers=HX)
    row = draft_of(ylva, case)
    assert "Smid udkastet væk" in text_of(client.get(address))
    assert "Det kan ikke fortrydes" in text_of(client.get(f"{address}/afgoerelse/vaek", headers=HX))
    assert client.post(f"{address}/afgoerelse/vaek", {"version": row.version + 1}, headers=HX).status_code == 409
    client.post(f"{address}/afgoerelse/vaek", {"version": row.version})
    assert draft_of(ylva, case) is None
    assert client.post(f"{address}/afgoerelse/vaek", {"version": row.version}).url == address


def closed(ylva):
    case, address = own_case(ylva)
    services.close_case(case_id=case.id, ground="Bortfaldet", viewer=TESTER, at=clock.now())
    return case_row(case.id), address


def test_whether_an_ended_case_is_kept_is_decided_with_a_reason(ylva):
    case, address = closed(ylva)
    client = at_desk(ylva)
    assert "Skal sagen bevares?" in text_of(client.get(address))
    refused = client.post(f"{address}/bevaring", {"retention": "B"}, headers=HX)
    assert refused.status_code == 422 and "Skriv, hvorfor" in text_of(refused)
    client.post(f"{address}/bevaring", {"retention": "B", "ground": "Principiel", "version": case.version})
    page = text_of(client.get(address))
    assert case_row(case.id).retention == "B" and "Bevares" in page and "Principiel" in page


def test_operations_mark_what_the_archive_has_got_and_see_no_more_than_the_number(ylva):
    case, address = closed(ylva)
    drude = at_desk(make_employee("Drude Drift", roles=["operator"]))
    shown = drude.get(f"{address}/arkiv")
    assert case.number in text_of(shown) and case.title not in text_of(shown)
    assert drude.post(f"{address}/arkiv", {"doing": "mark"}, headers=HX).status_code == 422
    drude.post(f"{address}/arkiv", {"doing": "mark", "ground": "Aflevering 2026-4"})
    assert case_row(case.id).archived_at is not None
    assert "afleveret til arkivet" in text_of(at_desk(ylva).get(address))
    assert "Fjern mærket" in text_of(drude.get(f"{address}/arkiv"))
    drude.post(f"{address}/arkiv", {"doing": "remove", "ground": "Afvist af arkivet"})
    assert case_row(case.id).archived_at is None


def test_nobody_else_marks_and_an_open_case_is_not_marked(ylva):
    case, address = own_case(ylva)
    assert at_desk(ylva).get(f"{address}/arkiv").status_code == 404
    assert at_desk(ylva).post(f"{address}/arkiv", {"doing": "mark", "ground": "x"}).status_code == 404
    drude = at_desk(make_employee("Drude Drift", roles=["operator"]))
    refused = drude.post(f"{address}/arkiv", {"doing": "mark", "ground": "Aflevering 9"}, headers=HX)
    assert refused.status_code == 409 and case.number in text_of(refused) and "Aflevering 9" in text_of(refused)
    assert drude.get("/arbejdsplads/sag/2026-000000-0/arkiv").status_code == 404


def test_a_business_becomes_a_party_from_the_page(ylva):
    firm = make_business("Bageriet Bølgen", cvr="90000012")
    case, address = own_case(ylva)
    client = at_desk(ylva)
    found = text_of(client.post(f"{address}/part/find", {"q": "Bageriet"}, headers=HX))
    assert f'value="business:{firm.id}"' in found and "CVR 90000012" in found
    client.post(f"{address}/part", {"role": "payee", "found": f"business:{firm.id}"})
    assert [(row.role, row.business) for row in parties_of(case.id)][1:] == [("payee", firm.id)]
    assert "Bageriet Bølgen (CVR 90000012)" in text_of(client.get(address))
    for wrong in (f"business:{uuid4()}", "business:ikke-et-id"):
        refused = client.post(f"{address}/part", {"role": "payee", "found": wrong}, headers=HX)
        assert refused.status_code == 422
    assert len(parties_of(case.id)) == 2


def test_a_case_that_waits_for_two_says_so_and_one_of_them_can_be_let_go(ylva):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    client.post(f"{address}/vent", {"waiting": "authority", "day": in_days(20)})
    client.post(f"{address}/vent", {"waiting": "opinion", "day": in_days(5)})
    page = text_of(client.get(address))
    assert page.index("Venter på en anden myndighed") < page.index("Venter på en udtalelse")
    client.post(f"{address}/videre", {"waiting": "authority"})
    assert [one.kind for one in page_of(ylva, case).waits] == ["opinion"]
    assert client.post(f"{address}/videre", {"waiting": "mig"}, headers=HX).status_code == 422
    client.post(f"{address}/videre")
    assert page_of(ylva, case).waits == ()


def test_who_reopens_a_case_chooses_by_when_it_is_answered(ylva):
    case, address = closed(ylva)
    client = at_desk(ylva)
    refused = client.post(f"{address}/genoptag", {"ground": "Nye oplysninger", "day": "2020-01-01"}, headers=HX)
    assert refused.status_code == 422 and "Nye oplysninger" in text_of(refused)
    stale = {"ground": "Nye oplysninger", "day": in_days(7), "version": case.version - 1}
    assert client.post(f"{address}/genoptag", stale, headers=HX).status_code == 409
    client.post(f"{address}/genoptag", {**stale, "version": case.version})
    assert case_row(case.id).progress == "informed" and answer_days(case) == [in_days(7)]


@pytest.mark.parametrize(
    "dialog",
    ["behandler", "overdrag", "specialist", "videresend", "oplysninger-fra-andre", "part", "genstand", "anden-sag",
     "forloeb", "oplysninger", "trin", "vent", "afslut", "hoering", "bevaring", "svarfrist", "behandler/flere",
     "afgoerelse"],
)  # fmt: skip
def test_no_form_is_stopped_by_the_browser_before_the_service_has_said_why(ylva, dialog):
    _case, address = own_case(ylva)
    page = text_of(at_desk(ylva).get(f"{address}/{dialog}"))
    forms = [part.partition(">")[0] for part in page.split("<form")[1:]]
    own = [form for form in forms if "case-form" in form]
    assert own and all("novalidate" in form for form in own)


def test_without_scripts_what_was_typed_is_given_back_and_the_field_is_named(ylva):
    _case, address = own_case(ylva)
    facts = {"direction": "given", "other": "Boligselskabet", "what": "Husstandens størrelse", "ground": ""}
    refused = at_desk(ylva).post(f"{address}/oplysninger-fra-andre", facts)
    assert refused.status_code == 422
    for part in ("Skriv reglen", "Boligselskabet", "Husstandens størrelse"):
        assert part in text_of(refused)
    long = at_desk(ylva).post(f"{address}/trin", {"title": "x" * 161})
    assert long.status_code == 422 and "Feltet »Hvad skal gøres?« må højst fylde 160 tegn" in text_of(long)
    assert "x" * 161 in text_of(long)
