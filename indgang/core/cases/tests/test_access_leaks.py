"""What an answer to a request may not tell by its way round: titles, contacts, other cases, who only says they ask."""

import json
from datetime import date
from uuid import UUID

import pytest

from indgang.core.cases import errors, selectors, services
from indgang.core.cases.models import AccessItem, CaseLetter, CaseRelation, Party
from indgang.core.cases.testing import make_case
from indgang.core.cases.tests.access_around import ANSWER, AT, ask, case_of_two, gathered, items, paper, pdf
from indgang.core.cases.tests.test_access_package import answered, content_of, fresh, packed, raw
from indgang.core.cases.values import AccessDraft, NewParty, OutsideItem
from indgang.core.citizens.testing import make_person
from indgang.core.organisation.testing import make_employee, make_unit
from indgang.foundation.access.selectors import looks_at
from indgang.foundation.letters.testing import text_of

pytestmark = pytest.mark.django_db
RULE = "Forvaltningsloven § 15 b"
STRANGER = {"requester": "Nabo Nysgerrig", "address": "Nabovej 1\n2500 Valby"}


@pytest.fixture
def filippas(filippa, seen_by):
    return seen_by(filippa)


@pytest.fixture
def case(office, filippa):
    return case_of_two(office, filippa)


def cover(item, viewer, *words):
    services.cover_item(item_id=item.pk, boxes=[], words=[(word, "") for word in words], ground=RULE, viewer=viewer,
                        at=AT, version=AccessItem.objects.get(pk=item.pk).version)  # fmt: skip


def sent_letter(request) -> str:
    return text_of(content_of(CaseLetter.objects.filter(subject_id=request.id).first().digest))


def asked_by(person, viewer, **facts):
    draft = AccessDraft(person=person, **{"law": "gdpr", **facts})
    return services.receive_access(draft=draft, viewer=viewer, at=AT)


def test_what_is_covered_is_not_told_by_the_title(case, filippas):
    request = ask(case, filippas)
    paper(case, filippas, pdf("Bodil Baggaard har klaget over støj."), title="Klage fra Bodil Baggaard")
    (item,) = gathered(request, filippas)
    cover(item, filippas, "Bodil Baggaard")
    made = packed(request, filippas)
    answered(request, filippas)
    item.refresh_from_db()
    for content in (content_of(item.redacted), content_of(made.package)):
        assert b"Baggaard" not in raw(content)
        assert "Baggaard".encode("utf-16-be") not in raw(content)
        assert "Baggaard".encode("utf-16-be").hex().encode() not in raw(content).lower()
    assert "Klage fra" in text_of(content_of(made.package))
    assert "Baggaard" not in sent_letter(request)
    assert "Klage fra" in sent_letter(request)


def test_what_is_left_out_is_not_told_by_the_title(case, filippas):
    request = ask(case, filippas)
    paper(case, filippas, pdf("Et"), title="Ansøgning")
    paper(case, filippas, pdf("Et andet"), title="Klage fra Bodil Baggaards have")
    out = next(item for item in gathered(request, filippas) if item.title.startswith("Klage"))
    services.choose_item(item_id=out.pk, choice="refused", ground=RULE, viewer=filippas, at=AT, version=out.version)
    made = packed(request, filippas)
    answered(request, filippas)
    for said in (text_of(content_of(made.package)), sent_letter(request)):
        assert "Klage fra" in said
        assert "Baggaard" not in said


def test_who_is_no_party_does_not_read_the_titles_of_what_they_do_not_get(case, filippas):
    request = ask(case, filippas, law="public", requester=make_person("Nabo Nysgerrig").id)
    paper(case, filippas, pdf("Diagnoser"), title="Lægeerklæring om misbrug")
    (item,) = gathered(request, filippas)
    services.choose_item(item_id=item.pk, choice="refused", ground="Offentlighedsloven § 30, nr. 1", viewer=filippas,
                         at=AT, version=item.version)  # fmt: skip
    packed(request, filippas)
    answered(request, filippas)
    assert "misbrug" not in sent_letter(request)
    assert "Dokument" in sent_letter(request)


def test_a_short_name_is_covered_though_other_words_begin_with_it(case, filippas):
    request = ask(case, filippas)
    paper(case, filippas, pdf("Bo har klaget over støj i boligen."), title="Klage")
    (item,) = gathered(request, filippas)
    cover(item, filippas, "Bo")
    said = text_of(content_of(packed(request, filippas).package))
    assert "boligen" in said
    assert "Bo har" not in said


def test_who_only_says_that_they_are_a_party_is_proposed_nothing_uncovered(case, filippas):
    paper(case, filippas, pdf("Karlas lejlighed."), title="Kvittering")
    draft = AccessDraft(law="party", case=case.id, **STRANGER)
    request = services.receive_access(draft=draft, viewer=filippas, at=AT)
    (item,) = gathered(request, filippas)
    assert (request.is_party, item.choice) == (False, "redacted")
    draft = AccessDraft(law="party", case=case.id, requester="bodil  baggaard", address=STRANGER["address"])
    assert services.receive_access(draft=draft, viewer=filippas, at=AT).is_party


def test_whoever_was_a_party_once_is_covered_too(case, filippas):
    Party.objects.filter(case=case, name="Bodil Baggaard").update(valid_to=AT)
    request = ask(case, filippas)
    paper(case, filippas, pdf("Bodil Baggaard har klaget."), title="Klage")
    (item,) = gathered(request, filippas)
    assert item.choice == "redacted"


def test_a_stranger_gets_nothing_of_a_citizens_contacts_looks_and_data(case, filippas):
    paper(case, filippas, pdf("Karlas lejlighed."), title="Kvittering")
    request = asked_by(case.person_id, filippas, **STRANGER)
    outside = [OutsideItem("contact:1", "Henvendelse om boligsikring", AT, "Jeg skammer mig over min gæld.")]
    found = {item.kind: item for item in gathered(request, filippas, outside=outside)}
    assert {item.choice for item in found.values()} == {"redacted"}
    for item in found.values():
        services.choose_item(item_id=item.pk, choice="refused", ground="§ 30", viewer=filippas, at=AT)
    made = packed(request, filippas)
    assert made.package_files == []


def test_who_may_not_see_a_line_neither_packs_nor_answers(case, filippas, office, seen_by):
    secret = make_case("T-901", person=case.person_id, unit=make_unit("misbrug", kind="office"), group="addiction",
                       sensitivity="sensitive", at=AT)  # fmt: skip
    knows = seen_by(make_employee("Vera Ved", unit=office, roles=["caseworker"],
                                  groups={"housing_benefit": (5, 3), "addiction": (5, 3)}))  # fmt: skip
    paper(secret, knows, pdf("Behandling"), title="Journal", internal=True, internal_ground="Udkast om behandling")
    request = asked_by(case.person_id, filippas, requester_person=case.person_id)
    gathered(request, knows)
    page = selectors.access_page(filippas, request.id, AT)
    closed = next(row for row in page.items if not row.open)
    assert "behandling" not in f"{closed.title}{closed.proposed_why}{closed.ground}{closed.by_hand}".casefold()
    with pytest.raises(errors.NotAllSeen):
        packed(request, filippas)
    packed(request, knows)
    with pytest.raises(errors.NotAllSeen):
        answered(request, filippas)
    with pytest.raises(errors.NotAllSeen):
        selectors.preview_answer(request_id=request.id, answer=ANSWER, viewer=filippas, at=AT)
    answered(request, knows)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1926, 3, 1)])
def test_a_day_that_cannot_be_meant_is_asked_again(case, filippas, day):
    with pytest.raises(errors.DayWrong):
        ask(case, filippas, received_on=day)


def test_a_new_day_lies_within_a_year(case, filippas):
    request = ask(case, filippas)
    with pytest.raises(errors.DayWrong):
        services.hold_access(request_id=request.id, until=date(9999, 12, 31), ground="Travlt", way="counter",
                             viewer=filippas, at=AT)  # fmt: skip
    assert fresh(request).held_until is None


def test_a_file_that_is_gone_is_named(case, filippas):
    request = ask(case, filippas)
    services.add_note(case_id=case.id, theme="Samtale", body="Bodil ringede.", viewer=filippas, at=AT)
    paper(case, filippas, pdf("Bodil ringede."), title="Brev")
    for item in gathered(request, filippas):
        AccessItem.objects.filter(pk=item.pk).update(source="0" * 64)
    note, letter = sorted(items(request), key=lambda item: item.kind, reverse=True)
    with pytest.raises(errors.FileMissing):
        services.set_as_pages(item_id=note.pk, viewer=filippas, at=AT)
    with pytest.raises(errors.FileMissing):
        cover(letter, filippas, "Bodil")


def test_an_export_tells_no_sensitive_case_and_looks_at_every_party(office, filippa, filippas):
    other = make_person("Anden Part")
    case = case_of_two(office, filippa, parties=(NewParty(role="secondary", person=other.id),))
    secret = make_case("T-901", unit=make_unit("misbrug", kind="office"), group="addiction", sensitivity="sensitive")
    CaseRelation.objects.create(case=case, other=secret, kind="other")
    _, pieces = services.export_case(number=case.number, viewer=filippas, at=AT)
    content = b"".join(pieces)
    assert secret.number.encode() not in content
    assert [look.kind for look in looks_at(UUID(str(other.id)))] == ["party"]


def test_the_data_of_a_citizen_hold_no_more_than_the_answer_gives(case, filippas):
    paper(case, filippas, pdf("Klage"), title="Klage fra Bodil Baggaard")
    request = asked_by(case.person_id, filippas, requester_person=case.person_id)
    for item in gathered(request, filippas):
        if item.kind == "document":
            services.choose_item(item_id=item.pk, choice="refused", ground=RULE, viewer=filippas, at=AT)
    made = packed(request, filippas)
    (data,) = made.package_files
    told = json.loads(content_of(data["digest"]))
    assert "Baggaard" not in json.dumps(told, ensure_ascii=False)
    assert told["Person"]["Navn"] == "Karla Kunstig"
