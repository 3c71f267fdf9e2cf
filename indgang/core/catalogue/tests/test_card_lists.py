"""Cards in lists: news, completeness, what needs attention, links that lead nowhere."""

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from indgang.core.catalogue import card_links, selectors, services
from indgang.core.catalogue.models import CheckedLink
from indgang.core.catalogue.testing import make_card, make_card_text, make_law, make_setting, make_task
from indgang.foundation.access.values import system
from indgang.foundation.journal.selectors import events_of_subject

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def moving(db):
    return make_task("T-076", group="moving")


def linked(*targets: str) -> str:
    links = " ".join(f"[Se {number}]({target})." for number, target in enumerate(targets))
    return make_card_text(**{"Klage": links})


@pytest.mark.req("po.maintain")
def test_news_are_the_cards_published_since_one_last_looked(moving):
    make_task("T-029", title="Plads", group="daycare")
    make_card("T-076", at=AT - timedelta(days=3))
    make_card("T-029", at=AT - timedelta(days=1), text=make_card_text("T-029"))
    services.import_cards(
        texts={"T-076.md": linked("T-029")}, why="Ny klage", publish_now=True, viewer=system("cards"), at=AT
    )
    rows = selectors.cards_changed(AT - timedelta(days=2), at=AT)
    assert [(one.code, one.version, one.why, one.news) for one in rows] == [
        ("T-076", 2, "Ny klage", True),
        ("T-029", 1, "indlæst fra profilen", False),
    ]
    assert [one.code for one in selectors.cards_changed(AT - timedelta(days=2), groups=["daycare"], at=AT)] == ["T-029"]
    assert selectors.cards_changed(AT, at=AT) == []


def test_completeness_is_counted_per_administration(moving):
    make_task("T-029", title="Plads", administration="FAF")
    make_card("T-076", text=make_card_text(fields='reviewed = "Regitze"'))
    rows = {one.administration: one for one in selectors.card_completeness(at=AT + timedelta(days=365))}
    ours = rows["KSR"]
    assert (ours.cards, ours.reviewed, ours.blanks, ours.overdue, ours.few_words, ours.without_card) == (
        1, 1, 2, 1, 1, 0,
    )  # fmt: skip
    assert (rows["FAF"].cards, rows["FAF"].without_card) == (0, 1)


@pytest.mark.req("po.jointdev")
def test_the_owner_is_reminded_once_before_a_card_must_be_looked_at_again(moving):
    make_card("T-076", text=make_card_text(fields="review_by = 2026-03-20"))
    [row] = selectors.cards_to_review(AT)
    assert (row.code, row.review_by, row.reasons) == ("T-076", date(2026, 3, 20), ("Skal snart gennemgås igen",))
    assert selectors.cards_to_review(AT + timedelta(days=30))[0].reasons == ("Skulle have været gennemgået igen",)
    assert selectors.cards_to_review(AT, administration="FAF") == []
    assert (services.remind_reviews(at=AT), services.remind_reviews(at=AT)) == (1, 0)
    [event] = events_of_subject("catalogue.card:T-076")
    assert (event.verb, event.data["administration"]) == ("card.review_due", "KSR")


@pytest.mark.req("po.tips")
def test_links_and_codes_that_lead_nowhere_are_listed(moving):
    make_task("T-077", title="Attest")
    fields = 'related = ["T-077"]\nmaterials = ["pjece"]\nauthority = "skat"'
    make_card("T-076", text=make_card_text(fields=fields, **{"Klage": "[A](T-077). [B](T-076#saerlige). [C](T-999)."}))
    found = {(one.target, one.section) for one in selectors.link_faults(materials=["blanket"])}
    assert found == {("T-077", "Klage"), ("T-076#saerlige", "Klage"), ("T-999", "Klage"), ("pjece", ""), ("skat", "")}
    assert "pjece" not in {one.target for one in selectors.link_faults()}


def test_a_law_that_was_replaced_makes_the_card_need_attention(moving):
    make_law("CPR-loven", replaced_by="Ny lov", checked_on=date(2026, 1, 1))
    make_card("T-076", text=make_card_text(tables='\n[[laws]]\ntitle = "CPR-loven"\n'))
    [row] = selectors.cards_to_review(AT - timedelta(days=100))
    assert row.reasons == ("CPR-loven: Loven er afløst af Ny lov. Ret kortet.",)


class Pages(BaseHTTPRequestHandler):
    """/fin answers, /vaek is gone, /hoved knows no HEAD, /rundt goes in a ring."""

    def do_HEAD(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        status = {"/fin": 200, "/vaek": 404, "/hoved": 405, "/rundt": 302, "/nul": 500}[self.path]
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/rundt")
        self.end_headers()

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Be quiet."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    pages = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    pages.asked = []  # type: ignore[attr-defined]
    threading.Thread(target=pages.serve_forever, daemon=True).start()
    yield pages
    pages.shutdown()
    pages.server_close()


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/fin", ""),
        ("/hoved", ""),
        ("/vaek", "Siden svarer med fejl 404."),
        ("/nul", "Siden svarer med fejl 500."),
        ("/rundt", "Siden sender rundt i ring."),
    ],
)
def test_an_address_is_asked_whether_it_answers(server, path, why):
    assert card_links.head(f"http://127.0.0.1:{server.server_port}{path}") == why


def test_an_address_nobody_answers_at_is_no_hang_and_no_crash():
    assert card_links.head("http://127.0.0.1:9/") == "Der er ingen forbindelse til siden."


def test_addresses_are_asked_one_by_one(server):
    base = f"http://127.0.0.1:{server.server_port}"
    answers = dict(card_links.ask_politely([f"{base}/fin", f"{base}/vaek"], card_links.head))
    assert answers == {f"{base}/fin": "", f"{base}/vaek": "Siden svarer med fejl 404."}
    assert server.asked == ["/fin", "/vaek"]


@pytest.mark.req("po.tips")
def test_only_the_municipalitys_own_addresses_are_asked_and_their_faults_are_listed(moving):
    make_setting("catalogue.own_hosts", ["lokal.kommune.dk", "selvbetjening.indgang.example"])
    make_card("T-076", text=linked("https://lokal.kommune.dk/side", "https://fremmed.dk/side"))
    assert card_links.addresses() == {"https://lokal.kommune.dk/side"}
    gone = "Siden svarer med fejl 404."
    CheckedLink.objects.create(address="https://lokal.kommune.dk/side", checked_at=AT, fault=gone)
    assert services.check_links(at=AT + timedelta(days=1)) == 0
    [fault] = selectors.link_faults()
    assert (fault.target, fault.why) == ("https://lokal.kommune.dk/side", gone)
    make_card("T-076", text=make_card_text())
    services.check_links(at=AT + timedelta(days=1))
    assert not CheckedLink.objects.exists()


@pytest.mark.django_db
def test_laws_are_found_by_the_words_of_their_title_and_say_that_nobody_checked_them():
    for title in (
        "CPR-loven",
        "Ferieloven",
        "Jordflytningsbekendtgørelsen",
        "Lov om hjælp under sygdom",
    ):
        make_law(title)

    def found(q: str) -> list[str]:
        return [law.title for law in selectors.search_laws(q, AT)]

    assert found("hvad siger ferieloven om min ferie") == ["Ferieloven"]
    assert found("cpr") == ["CPR-loven"]
    assert found("flytning") == []  # it is no beginning
    for nothing in ("", "lov", "loven om", "under og for", "🎄", "'", "x" * 10_000):
        assert found(nothing) == []
    assert selectors.search_laws("ferie", AT)[0].warning == "Ingen har kontrolleret, om loven stadig gælder."
