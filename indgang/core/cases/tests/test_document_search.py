"""Documents are found by what they say, in the cases one may see."""

import os

import psycopg
import pytest

from indgang.core.cases import document_search, newest_hits, selectors, services
from indgang.core.cases.models import DocumentText, DocumentVersion
from indgang.core.cases.testing import make_case
from indgang.core.organisation.testing import viewer_of
from indgang.foundation.access.selectors import looks_at

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    settings.SCANNER_URL = ""


@pytest.fixture
def filippa_sees(filippa, at):
    return viewer_of(filippa, at)


def put(case, viewer, at, text, title="Brev", name="brev.txt", **facts):
    document = services.add_document(
        case_id=case.id, title=title, kind="in", name=name, content=text.encode(), viewer=viewer, at=at, **facts
    )
    services.read_documents(at)
    return document


def found(viewer, q, at, **facts):
    return [hit.document.title for hit in selectors.search_documents(viewer, q, at=at, **facts).rows]


@pytest.mark.kernel
def test_words_inside_are_found_in_other_danish_forms_and_by_how_they_begin(office, filippa_sees, at):
    case = make_case(unit=office, at=at)
    put(case, filippa_sees, at, "Udlejeren har opsagt lejerne på grund af manglende huslejebetalinger.", "Opsigelse")
    put(case, filippa_sees, at, "Lønsedler for tre måneder.", "Løn")
    assert found(filippa_sees, "lejer", at) == ["Opsigelse"]
    assert found(filippa_sees, "huslejebetaling", at) == ["Opsigelse"]
    assert found(filippa_sees, "husleje", at) == ["Opsigelse"]
    assert found(filippa_sees, "måned løn", at) == ["Løn"]
    assert found(filippa_sees, "lejer løn", at) == []


def test_a_document_is_found_by_its_title_before_anybody_has_read_it(office, filippa_sees, at):
    case = make_case(unit=office, at=at)
    services.add_document(
        case_id=case.id, title="Årsopgørelse", kind="in", name="a.txt", content=b"tal", viewer=filippa_sees, at=at
    )
    assert found(filippa_sees, "årsopgørelser", at) == ["Årsopgørelse"]


def test_one_finds_only_documents_of_cases_one_may_see_and_whoever_is_shown_is_in_the_log(
    office, filippa_sees, stranger, guide, at
):
    open_case, closed = make_case(unit=office, at=at), make_case(unit=office, sensitivity="sensitive", at=at)
    put(open_case, filippa_sees, at, "varmeregning", "Åben")
    put(closed, filippa_sees, at, "varmeregning", "Følsom")
    esben = viewer_of(guide, at)
    assert found(filippa_sees, "varmeregning", at) == ["Følsom", "Åben"]
    assert found(esben, "varmeregning", at) == ["Åben"]
    assert found(viewer_of(stranger, at), "varmeregning", at) == []
    looked = [look.citizen for look in looks_at(open_case.person_id) if look.actor == esben.name]
    assert looked == [open_case.person_id]
    assert [look for look in looks_at(closed.person_id) if look.actor == esben.name] == []


def test_only_the_version_in_force_is_found(office, filippa_sees, at):
    case = make_case(unit=office, at=at)
    document = put(case, filippa_sees, at, "gammel husleje")
    services.add_version(
        document_id=document.id, name="ny.txt", content=b"ny boligafgift", version=1, viewer=filippa_sees, at=at
    )
    services.read_documents(at)
    assert found(filippa_sees, "husleje", at) == [] and found(filippa_sees, "boligafgift", at) == ["Brev"]


PLACES = [  # how many are looked through at a time, so that what is found lies in each place it can lie
    {},
    {"PARTS": (1, 1, 2)},
    {"PARTS": (3, 0, 1), "MANY": 1},
    {"PARTS": (3, 2, 2), "MANY": 99},
    {"PARTS": (9, 2, 1), "MANY": 0},
    {"PARTS": (100, 1, 1)},
]


@pytest.mark.parametrize("common", [[], ["kvittering"]])
@pytest.mark.parametrize("places", PLACES)
def test_a_list_goes_on_where_it_ended_wherever_it_was_looked_for(
    office, filippa_sees, guide, at, monkeypatch, places, common
):
    for name, value in places.items():
        monkeypatch.setattr(document_search, name, value)
    monkeypatch.setattr(document_search, "frequent_words", lambda *_: common)
    monkeypatch.setattr(newest_hits, "_counted", {})
    case, closed = make_case(unit=office, at=at), make_case(unit=office, sensitivity="sensitive", at=at)
    for number in range(5):
        put(case, filippa_sees, at, "kvittering", f"Nr. {number}")
        put(closed, filippa_sees, at, "kvittering", "Følsom")
        put(case, filippa_sees, at, "noget andet", "Andet")
    viewer = viewer_of(guide, at)
    first = selectors.search_documents(viewer, "kvittering", at=at, limit=3)
    rest = selectors.search_documents(viewer, "kvittering", at=at, limit=3, cursor=first.cursor)
    assert [hit.document.title for hit in (*first.rows, *rest.rows)] == [f"Nr. {n}" for n in (4, 3, 2, 1, 0)]
    assert rest.cursor == ""


@pytest.mark.parametrize("typed", ["", "   ", "'\"\\ :* & | !", "' OR 1=1 --", "(((", "og", "\x00\ud800", "a" * 5000])
def test_whatever_is_typed_is_searched_for_and_never_an_error(office, filippa_sees, at, typed):
    put(make_case(unit=office, at=at), filippa_sees, at, "en kvittering")
    assert found(filippa_sees, typed, at) == []


def test_the_longest_books_are_found_by_their_beginning(office, filippa_sees, at):
    """A row holds a megabyte of words; this file has more different ones."""
    words = " ".join(f"{number:x}ord{number * 7919:x}" for number in range(120_000))
    case = make_case(unit=office, at=at)
    put(case, filippa_sees, at, f"indledning {words}", "Bog")
    assert found(filippa_sees, "indledning", at) == ["Bog"]
    assert DocumentVersion.objects.get().damaged == ""


def test_a_case_is_searched_with_its_notes_and_its_documents(office, filippa_sees, at):
    case, other = make_case(unit=office, at=at), make_case(unit=office, at=at)
    put(case, filippa_sees, at, "skimmelsvamp i badeværelset", "Rapport")
    put(other, filippa_sees, at, "skimmelsvamp", "Andens")
    services.add_note(
        case_id=case.id, theme="Opkald", body="Borgeren fortæller om skimmelsvampen.", viewer=filippa_sees, at=at
    )
    rows = selectors.entries_of(filippa_sees, case.id, q="skimmelsvamp", at=at).rows
    assert {row.theme for row in rows} == {"Rapport", "Opkald"}
    assert [row.theme for row in selectors.entries_of(filippa_sees, case.id, show="notes", at=at).rows] == ["Opkald"]


def test_the_words_around_what_was_found_are_shown(office, filippa_sees, at):
    case = make_case(unit=office, at=at)
    before = "Vi skriver om noget helt andet i begyndelsen af brevet, og det fortsætter længe. " * 40
    put(
        case, filippa_sees, at, f"{before} Udlejeren opsagde lejerne den 1. maj på grund af restancen. {before}", "Brev"
    )
    put(case, filippa_sees, at, "ingenting", "Opsigelse af lejer")
    by_title, by_text = selectors.search_documents(filippa_sees, "lejer", at=at).rows
    assert by_title.excerpt == ()
    assert [words for words, asked in by_text.excerpt if asked] == ["lejerne"]
    shown = by_text.excerpt_text
    assert shown.startswith("… ") and shown.endswith(" …") and len(shown) < 260
    assert "Udlejeren opsagde lejerne den 1. maj" in shown
    assert (by_text.case_number, by_text.administration_name) == (case.number, case.administration.name)


def test_a_short_word_is_marked_as_a_whole_word_only(office, filippa_sees, at):
    put(make_case(unit=office, at=at), filippa_sees, at, "En billedkunstner med sin bil og bilen igen")
    (hit,) = selectors.search_documents(filippa_sees, "bil", at=at).rows
    assert [words for words, asked in hit.excerpt if asked] == ["bil", "bilen"]


def test_a_newer_version_shows_its_own_words(office, filippa_sees, at):
    document = put(make_case(unit=office, at=at), filippa_sees, at, "gammel boligafgift")
    services.add_version(
        document_id=document.id, name="ny.txt", content="ændret boligafgift".encode(), version=1, viewer=filippa_sees,
        at=at,
    )  # fmt: skip
    services.read_documents(at)
    (hit,) = selectors.search_documents(filippa_sees, "boligafgift", at=at).rows
    assert hit.excerpt == (("ændret ", False), ("boligafgift", True))


@pytest.mark.parametrize("typed", ["", "og", "i at", "!!!"])
def test_a_question_without_a_word_is_told_from_one_that_finds_nothing(filippa_sees, at, typed):
    assert not selectors.search_documents(filippa_sees, typed, at=at).searched
    assert selectors.search_documents(filippa_sees, "findesikke", at=at).searched


def test_what_a_case_said_goes_with_the_case(office, filippa_sees, at):
    case = make_case(unit=office, at=at)
    put(case, filippa_sees, at, "en kvittering")
    assert DocumentText.objects.count() == 1
    case.delete()
    assert DocumentText.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_words_that_most_documents_have_are_known_from_the_statistics_as_they_were_a_while_ago(
    office, filippa_sees, at, monkeypatch
):
    monkeypatch.setattr(newest_hits, "_counted", {})
    case = make_case(unit=office, at=at)
    for number in range(4):
        put(case, filippa_sees, at, f"kvittering for nummer{number}")
    before = newest_hits.frequent_words(DocumentVersion, "words", 0.7)
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute("ANALYZE cases_documentversion")
    assert newest_hits.frequent_words(DocumentVersion, "words", 0.7) == before
    monkeypatch.setattr(newest_hits, "_counted", {})
    assert set(newest_hits.frequent_words(DocumentVersion, "words", 0.7)) == {"brev", "kvittering"}
    assert found(filippa_sees, "kvitteringer brev", at) == ["Brev"] * 4
