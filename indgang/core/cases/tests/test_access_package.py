"""What is given is chosen line by line, covered, put together and proved, and answered once."""

import io
import re
import zipfile
import zlib
from datetime import date, timedelta

import pypdfium2
import pytest

from indgang.core.cases import errors, selectors, services
from indgang.core.cases.models import AccessRequest, CaseLetter
from indgang.core.cases.testing import case_row, entries_of, events_of_case, make_case
from indgang.core.cases.tests.access_around import ANSWER, AT, ask, case_of_two, gathered, paper, pdf
from indgang.core.cases.values import AccessAnswer, AccessDraft, OutsideItem
from indgang.core.organisation.testing import make_unit
from indgang.foundation.access.errors import NotFound
from indgang.foundation.letters.errors import FieldsMissing, NothingToCover
from indgang.foundation.letters.testing import text_of
from indgang.foundation.letters.values import Area
from indgang.foundation.runtime.services import open_file

pytestmark = pytest.mark.django_db
NEXT_DAY = AT + timedelta(days=1)


@pytest.fixture
def filippas(filippa, seen_by):
    return seen_by(filippa)


@pytest.fixture
def case(office, filippa):
    return case_of_two(office, filippa)


@pytest.fixture
def request_(case, filippas):
    return ask(case, filippas)


def content_of(digest: str) -> bytes:
    with open_file(digest) as file:
        return file.read()


def raw(content: bytes) -> bytes:
    """Everything in the file, unpacked."""
    found = [content]
    for start in re.finditer(rb"stream\r?\n", content):
        try:
            found.append(zlib.decompressobj().decompress(content[start.end() :]))
        except zlib.error:
            continue
    return b"\n".join(found)


def fresh(request) -> AccessRequest:
    request.refresh_from_db()
    return request


def packed(request, viewer, at=NEXT_DAY):
    return services.make_package(request_id=request.id, viewer=viewer, at=at, version=fresh(request).version)


def answered(request, viewer, answer=ANSWER, at=NEXT_DAY):
    return services.answer_access(
        request_id=request.id, answer=answer, viewer=viewer, at=at, version=fresh(request).version
    )


def test_what_is_on_the_case_is_listed_with_a_proposal(case, request_, filippas):
    paper(case, filippas, pdf("Din ansøgning er modtaget."), title="Kvittering")
    paper(case, filippas, pdf("Bodil Baggaard har klaget over støj."), title="Klage fra naboen")
    paper(case, filippas, pdf("Måske afslag?"), title="Kladde", internal=True, internal_ground="Udkast til afgørelse")
    services.add_note(case_id=case.id, theme="Samtale", body="Karla ringede.", viewer=filippas, at=AT)
    found = {item.title: item for item in gathered(request_, filippas)}
    assert found["Kvittering"].choice == "full"
    assert (found["Klage fra naboen"].choice, found["Klage fra naboen"].ground) == (
        "redacted", "Forvaltningsloven § 15 b",
    )  # fmt: skip
    assert (found["Samtale"].kind, found["Samtale"].choice) == ("entry", "full")
    assert found["Kladde"].choice == "refused"


@pytest.mark.req("law.internaldocs")
def test_an_internal_draft_stays_out_and_its_rule_stands_in_the_answer(case, request_, filippas):
    paper(case, filippas, pdf("Din ansøgning er modtaget."), title="Kvittering")
    paper(case, filippas, pdf("Foreløbige overvejelser om afslag."), title="Kladde", internal=True,
          internal_ground="Udkast til afgørelse")  # fmt: skip
    gathered(request_, filippas)
    made = packed(request_, filippas)
    said = text_of(content_of(made.package))
    assert "Din ansøgning er modtaget." in said
    assert "overvejelser" not in said
    answered(request_, filippas)
    letter = text_of(content_of(CaseLetter.objects.get(subject_id=request_.id).digest))
    assert "Kladde" in letter
    assert "nej (Forvaltningsloven § 12)" in letter


def test_who_gathers_again_gets_only_what_is_new(case, request_, filippas):
    paper(case, filippas, pdf("Et"), title="Første")
    assert len(gathered(request_, filippas)) == 1
    paper(case, filippas, pdf("To"), title="Andet")
    assert [item.title for item in gathered(request_, filippas)] == ["Første", "Andet"]


def test_own_number_stays_open_and_anothers_is_proposed(case, request_, filippas):
    own = case.person.cpr
    paper(case, filippas, pdf(f"Karla {own[:6]}-{own[6:]} bor ved siden af 030391-0004."), title="Naboer")
    (item,) = gathered(request_, filippas)
    page = selectors.item_page(filippas, item.pk, AT)
    assert [one.text for one in page.proposals if one.kind == "cpr"] == ["030391-0004"]
    assert page.pages == 1


@pytest.mark.req("law.aktindsigt")
def test_two_pages_are_covered_and_nothing_under_the_boxes_can_be_taken_out(case, request_, filippas):
    paper(case, filippas, pdf("Bodil Baggaard har klaget over støj fra lejligheden."), title="Klage")
    paper(case, filippas, pdf("Opkald fra Bodil Baggaard. Hendes nummer er 030391-0004."), title="Notat om opkald")
    for item in gathered(request_, filippas):
        page = selectors.item_page(filippas, item.pk, AT)
        boxes = [box for one in page.proposals for box in one.areas]
        services.cover_item(
            item_id=item.pk, boxes=boxes, words=[("Bodil Baggaard", "")], ground="Forvaltningsloven § 15 b",
            viewer=filippas, at=NEXT_DAY, version=item.version,
        )  # fmt: skip
    made = packed(request_, filippas)
    answered(request_, filippas)
    content = content_of(made.package)
    with_text = text_of(content)
    unpacked = raw(content)
    for word in ("Bodil", "Baggaard", "030391"):
        assert word not in with_text
        assert word.encode() not in unpacked
        assert word.encode("utf-16-be").hex().encode() not in unpacked.lower()
    assert "støj fra lejligheden" in with_text
    assert "§ 15 b" in with_text
    request = fresh(request_)
    assert (request.state, request.answered_at) == ("answered", NEXT_DAY)
    assert request.answered_at < request.due_at
    assert case_row(request.own_case_id).progress == "closed"
    assert "case.access_answered" in [event.verb for event in events_of_case(request.own_case_id)]
    assert [entry.theme for entry in entries_of(case.id) if entry.kind == "access"][-1].startswith(
        "Aktindsigt besvaret"
    )


def test_a_box_drawn_on_a_picture_is_burnt_in(case, request_, filippas):
    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(picture, "PNG")
    paper(case, filippas, picture.getvalue(), title="Foto", name="foto.png", claimed_type="image/png")
    (item,) = gathered(request_, filippas)
    services.cover_item(
        item_id=item.pk, boxes=[Area(1, 0.1, 0.1, 0.6, 0.5)], ground="Forvaltningsloven § 15 b", viewer=filippas,
        at=AT, version=item.version,
    )  # fmt: skip
    item.refresh_from_db()
    page = pypdfium2.PdfDocument(content_of(item.redacted))[0].render(scale=1, grayscale=True).to_pil()
    assert page.getpixel((page.width // 5, page.height * 2 // 5)) == 0
    assert page.getpixel((page.width * 9 // 10, page.height * 9 // 10)) == 255


def test_a_note_is_covered_too(case, request_, filippas):
    services.add_note(case_id=case.id, theme="Samtale", body="Bodil Baggaard ringede om støj.", viewer=filippas, at=AT)
    (item,) = gathered(request_, filippas)
    services.set_as_pages(item_id=item.pk, viewer=filippas, at=AT, version=item.version)
    item.refresh_from_db()
    services.cover_item(
        item_id=item.pk, boxes=[], words=[("Bodil Baggaard", "")], ground="Forvaltningsloven § 15 b", viewer=filippas,
        at=AT, version=item.version,
    )  # fmt: skip
    said = text_of(content_of(packed(request_, filippas).package))
    assert "ringede om støj" in said
    assert "Bodil" not in said


def test_a_package_waits_for_every_line(case, request_, filippas):
    paper(case, filippas, pdf("Bodil Baggaard har klaget."), title="Klage fra naboen")
    gathered(request_, filippas)
    with pytest.raises(errors.ItemsNotReady) as refused:
        packed(request_, filippas)
    assert "Klage fra naboen" in str(refused.value)


def test_a_choice_after_the_package_takes_the_package_away(case, request_, filippas):
    paper(case, filippas, pdf("Et"), title="Første")
    (item,) = gathered(request_, filippas)
    packed(request_, filippas)
    services.choose_item(
        item_id=item.pk, choice="refused", ground="Forvaltningsloven § 12", viewer=filippas, at=AT, version=item.version
    )
    assert fresh(request_).package == ""
    with pytest.raises(errors.NoPackage):
        answered(request_, filippas)


def test_leaving_out_needs_its_rule(case, request_, filippas):
    paper(case, filippas, pdf("Et"), title="Første")
    (item,) = gathered(request_, filippas)
    with pytest.raises(errors.ItemGroundMissing):
        services.choose_item(item_id=item.pk, choice="refused", viewer=filippas, at=AT)
    with pytest.raises(errors.ItemGroundMissing):
        services.cover_item(item_id=item.pk, boxes=[], words=[("Et", "")], ground="", viewer=filippas, at=AT,
                            version=item.version)  # fmt: skip
    with pytest.raises(errors.WordTooShort):
        services.cover_item(item_id=item.pk, boxes=[], words=[("E", "")], ground="§ 12", viewer=filippas, at=AT,
                            version=item.version)  # fmt: skip
    with pytest.raises(NothingToCover):
        services.cover_item(item_id=item.pk, boxes=[], words=[("Qqx", "")], ground="§ 12", viewer=filippas, at=AT,
                            version=item.version)  # fmt: skip


def test_two_who_choose_at_once_the_second_reads_again(case, request_, filippas):
    paper(case, filippas, pdf("Et"), title="Første")
    (item,) = gathered(request_, filippas)
    services.choose_item(item_id=item.pk, choice="full", viewer=filippas, at=AT, version=item.version)
    with pytest.raises(errors.RequestStale):
        services.choose_item(item_id=item.pk, choice="full", viewer=filippas, at=AT, version=item.version)


def test_a_damaged_file_is_named_and_handled_by_hand(case, request_, filippas):
    paper(case, filippas, b"%PDF-1.4\nbroken", title="Ødelagt scanning")
    paper(case, filippas, pdf("Hel"), title="Hel")
    found = {item.title: item for item in gathered(request_, filippas)}
    broken = found["Ødelagt scanning"]
    assert broken.unreadable
    with pytest.raises(errors.ItemsNotReady):
        packed(request_, filippas)
    services.choose_item(
        item_id=broken.pk, choice="full", by_hand="Original på papir udleveret", viewer=filippas, at=AT,
        version=broken.version,
    )  # fmt: skip
    packed(request_, filippas)
    answered(request_, filippas, ANSWER)
    letter = text_of(content_of(CaseLetter.objects.get(subject_id=request_.id).digest))
    assert "særskilt: Original på papir udleveret" in letter


def test_a_locked_file_cannot_be_covered(case, request_, filippas):
    paper(case, filippas, b"%PDF-1.4\nbroken", title="Ødelagt")
    (item,) = gathered(request_, filippas)
    with pytest.raises(errors.NotCoverable):
        services.choose_item(item_id=item.pk, choice="redacted", ground="§ 12", viewer=filippas, at=AT)
    with pytest.raises(errors.NotCoverable):
        services.set_as_pages(item_id=item.pk, viewer=filippas, at=AT)


def test_everything_given_needs_no_guidance_and_a_refusal_does(case, request_, filippas):
    paper(case, filippas, pdf("Et"), title="Første")
    (item,) = gathered(request_, filippas)
    packed(request_, filippas)
    preview = text_of(
        selectors.preview_answer(request_id=request_.id, answer=AccessAnswer(way="counter"), viewer=filippas, at=AT)
    )
    assert "Du får det, du har bedt om." in preview
    assert "klage" not in preview.lower()
    services.choose_item(
        item_id=item.pk, choice="refused", ground="Forvaltningsloven § 12", viewer=filippas, at=AT, version=item.version
    )
    packed(request_, filippas)
    with pytest.raises(FieldsMissing):
        answered(request_, filippas, AccessAnswer(way="counter"))
    answered(request_, filippas)
    letter = text_of(content_of(CaseLetter.objects.get(subject_id=request_.id).digest))
    assert "Ankestyrelsen" in letter
    assert "1. april 2026" in letter


def test_an_answer_leaves_once(case, request_, filippas):
    paper(case, filippas, pdf("Et"), title="Første")
    gathered(request_, filippas)
    made = packed(request_, filippas)
    answered(request_, filippas)
    with pytest.raises(errors.RequestAnswered):
        services.answer_access(request_id=request_.id, answer=ANSWER, viewer=filippas, at=AT, version=made.version)
    assert CaseLetter.objects.filter(subject_id=request_.id).count() == 1


def test_by_post_the_letter_and_the_papers_go_and_a_mail_says_only_that(case, request_, filippas):
    paper(case, filippas, pdf("Et"), title="Første")
    gathered(request_, filippas)
    packed(request_, filippas)
    answered(request_, filippas, AccessAnswer(way="print"))
    letters = CaseLetter.objects.filter(subject_id=request_.id)
    assert [(one.way, one.state) for one in letters] == [("print", "waiting")] * 2


def test_an_office_file_is_given_as_it_is_or_as_its_words(case, request_, filippas):
    from indgang.foundation.letters.testing import docx

    paper(case, filippas, docx("Beregning af boligstøtte"), title="Beregning", name="beregning.docx", claimed_type="")
    (item,) = gathered(request_, filippas)
    made = packed(request_, filippas)
    assert [one["name"] for one in made.package_files] == ["beregning.docx"]
    with pytest.raises(errors.NotPrintable):
        answered(request_, filippas, AccessAnswer(way="print"))
    services.choose_item(item_id=item.pk, choice="full", as_text=True, viewer=filippas, at=AT, version=item.version)
    made = packed(request_, filippas)
    assert made.package_files == []
    assert "Beregning af boligstøtte" in text_of(content_of(made.package))


@pytest.mark.req("law.persondata")
def test_a_citizen_gets_everything_about_them_as_pages_and_as_data(case, filippas, tmp_path):
    paper(case, filippas, pdf("Din ansøgning er modtaget."), title="Kvittering")
    draft = AccessDraft(law="gdpr", requester_person=case.person_id, person=case.person_id)
    request = services.receive_access(draft=draft, viewer=filippas, at=AT)
    outside = [OutsideItem("contact:1", "Henvendelse om boligsikring", AT, "Jeg vil gerne søge boligsikring.")]
    found = gathered(request, filippas, outside=outside)
    assert {item.kind for item in found} == {"document", "contact", "looks"}
    made = packed(request, filippas)
    target = tmp_path / "alt.zip"
    selectors.package_zip(filippas, request.id, target, AT)
    with zipfile.ZipFile(target) as archive:
        names = archive.namelist()
        data = archive.read(next(name for name in names if name.startswith("02")))
    assert b'"BrugervendtNoegle": "' + case.number.encode() in data
    assert "Karla Kunstig" in data.decode()
    said = text_of(content_of(made.package))
    for words in ("Jeg vil gerne søge boligsikring.", "Opslag i dine oplysninger", "Din ansøgning er modtaget."):
        assert words in said


def test_what_another_unit_has_is_named_and_the_unit_gets_the_work(case, filippas):
    elsewhere = make_unit("byggeri", kind="office", administration="BTF")
    other = make_case("T-900", person=case.person_id, unit=elsewhere, group="building", administration="BTF")
    secret = make_case("T-901", person=case.person_id, unit=elsewhere, group="building", administration="BTF",
                       sensitivity="sensitive")  # fmt: skip
    draft = AccessDraft(law="gdpr", requester_person=case.person_id, person=case.person_id)
    request = services.receive_access(draft=draft, viewer=filippas, at=AT)
    found = gathered(request, filippas)
    apart = [item for item in found if item.kind == "apart"]
    assert [item.case_id for item in apart] == [other.id]
    assert "besvares særskilt" in apart[0].ground
    titles = [step.title for step in selectors_steps(secret)]
    assert any("Aktindsigt" in title for title in titles)


def selectors_steps(case):
    from indgang.core.cases.testing import steps_of

    return steps_of(case.id)


def test_a_stranger_sees_nothing_of_a_request(case, request_, filippas, stranger, seen_by):
    paper(case, filippas, pdf("Et"), title="Første")
    (item,) = gathered(request_, filippas)
    packed(request_, filippas)
    bo = seen_by(stranger)
    for look in (
        lambda: selectors.access_page(bo, request_.id, AT),
        lambda: selectors.item_page(bo, item.pk, AT),
        lambda: selectors.item_image(bo, item.pk, 1, 600, at=AT),
        lambda: selectors.package_files(bo, request_.id, AT),
        lambda: services.make_package(request_id=request_.id, viewer=bo, at=AT, version=1),
    ):
        with pytest.raises(NotFound):
            look()
    assert selectors.access_requests(bo, at=AT) == ()


def test_the_list_has_what_is_due_first_on_top(case, request_, filippas):
    late = ask(case, filippas, law="own", received_on=date(2026, 2, 20))
    assert [row.number for row in selectors.access_requests(filippas, at=AT)] == [late.number, request_.number]
    page = selectors.access_page(filippas, request_.id, AT)
    assert page.days_left == 7
    assert (page.may_work, page.outcome) == (True, "refused")


def test_a_complaint_over_the_answer_goes_the_way_of_all_complaints(case, request_, filippas):
    paper(case, filippas, pdf("Et"), title="Første", internal=True, internal_ground="Kladde")
    gathered(request_, filippas)
    packed(request_, filippas)
    answered(request_, filippas)
    own = case_row(request_.own_case_id)
    decision = selectors.decisions_of(filippas, own.id, AT).decisions[0]
    made = services.complain(
        case_id=own.id, decision_id=decision.id, words="Jeg vil se det hele.", received_on=NEXT_DAY.date(),
        way="counter", viewer=filippas, at=NEXT_DAY,
    )  # fmt: skip
    assert made.raised_by == "complaint"
