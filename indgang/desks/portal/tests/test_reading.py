"""An employee finds a card by a citizen's words, reads it, and says whether it answered."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from indgang.core.catalogue.testing import make_card, make_card_text, make_law, make_life_event, make_task
from indgang.core.organisation.testing import make_employee, make_unit
from indgang.desks.portal import findings, services
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db


def logged_in(*roles: str, **facts: object) -> Client:
    client = Client()
    client.force_login(make_employee("Agnes Agent", roles=roles or ("agent",), **facts).account)
    return client


@pytest.fixture
def agent() -> Client:
    make_task("T-121", title="Personligt tillæg til varme", group="pension", administration="SUF", level=1,
              words=["betale varmen", "varmehjælp"])  # fmt: skip
    make_card("T-121")
    return logged_in(groups={"pension": (3, 1)})


def page(client: Client, address: str, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


@pytest.mark.req("po.system", "po.howto")
def test_own_words_lead_to_the_card_and_its_steps_can_be_ticked(agent: Client) -> None:
    found = page(agent, "/portal", q="min mor kan ikke betale varmen")
    address = re.search(r'href="(/portal/opgaver/T-121\?soeg=[^"#]+)"', found)[1]
    card = page(agent, address)
    assert card.count('data-tick="') >= 4
    assert "Du må vejlede, sagen går til" in card


def test_laws_stand_under_the_cards_with_where_to_read_them(agent: Client) -> None:
    make_law("Varmeforsyningsloven")
    found = page(agent, "/portal", q="betale varmen")
    assert found.index("Personligt tillæg til varme") < found.index("h-love") < found.index("Varmeforsyningsloven")
    assert "Ingen har kontrolleret, om loven stadig gælder." in found
    assert "Passer på ordene »varmen« og »betale«." in found or "Passer på ordene »betale« og »varmen«." in found


@pytest.mark.req("po.findinfo")
def test_searches_that_lead_nowhere_and_searches_given_up_are_reported(agent: Client) -> None:
    page(agent, "/portal", q="qqxzy")
    page(agent, "/portal", q="betale varmen")
    later = clock.now() + timedelta(minutes=30)
    report = findings.report(later)
    assert (report.searches, report.nothing, report.abandoned) == (2, 1, 1)
    assert [row.words for row in report.empty] == ["qqxzy"]
    assert [row.words for row in report.left] == ["betale varmen"]


def test_a_search_just_made_is_not_given_up_yet(agent: Client) -> None:
    page(agent, "/portal", q="betale varmen")
    assert findings.report(clock.now()).abandoned == 0


def test_numbers_of_people_are_not_kept_with_the_words(agent: Client) -> None:
    page(agent, "/portal", q="varme til 010203-1234")
    assert findings.report(clock.now()).top[0].words == "varme til …"


def test_old_searches_are_let_go(agent: Client) -> None:
    page(agent, "/portal", q="betale varmen")
    assert services.forget_old(at=clock.now() + timedelta(days=500)) == 1


def test_the_same_words_at_once_are_one_search(agent: Client) -> None:
    page(agent, "/portal", q="betale varmen")
    page(agent, "/portal", q="Betale  varmen")
    assert findings.report(clock.now()).searches == 1


def test_a_card_opened_from_a_search_is_tied_to_its_words(agent: Client) -> None:
    found = page(agent, "/portal", q="betale varmen")
    page(agent, re.search(r'href="(/portal/opgaver/T-121\?soeg=[^"#]+)"', found)[1])
    top = findings.report(clock.now()).top[0]
    assert (top.words, top.task) == ("betale varmen", "T-121")


def test_whether_the_card_answered_is_counted(agent: Client) -> None:
    agent.post("/portal/opgaver/T-121/svarede", {"svarede": "1"})
    agent.post("/portal/opgaver/T-121/svarede", {"svarede": "0"})
    agent.post("/portal/fund/intet", {})
    report = findings.report(clock.now())
    assert (report.answered, report.not_answered) == (1, 2)


@pytest.mark.req("po.newstaff")
def test_the_short_check_list_is_remembered(agent: Client) -> None:
    assert "is-short" not in page(agent, "/portal/opgaver/T-121")
    agent.post("/portal/opgaver/T-121/visning", {"visning": "kort"})
    assert "is-short" in page(agent, "/portal/opgaver/T-121")


def test_a_bookmarked_card_stands_on_the_front(agent: Client) -> None:
    agent.post("/portal/opgaver/T-121/bogmaerke", {"til": "1"})
    assert page(agent, "/portal").split("Dine bogmærker")[1].count("Personligt tillæg til varme") == 1
    agent.post("/portal/opgaver/T-121/bogmaerke", {"til": "0"})
    assert "Personligt tillæg" not in page(agent, "/portal").split("Dine bogmærker")[1]


def test_a_card_nobody_of_the_field_has_read_says_so(agent: Client) -> None:
    assert "Ikke fagligt gennemgået" in page(agent, "/portal/opgaver/T-121")


def test_a_task_without_a_card_says_so(agent: Client) -> None:
    make_task("T-122", title="Plejebolig", group="care")
    assert "Der er ikke skrevet et kort endnu" in page(agent, "/portal/opgaver/T-122")


def test_the_list_of_tasks_is_narrowed_by_administration(agent: Client) -> None:
    make_task("T-076", title="Meld flytning", administration="KSR")
    narrowed = page(agent, "/portal/opgaver", forvaltning="SUF")
    assert "Personligt tillæg" in narrowed and "Meld flytning" not in narrowed


def test_an_event_in_life_is_a_check_list_of_cards(agent: Client) -> None:
    make_life_event("retired", tasks=["T-121"])
    assert '/portal/opgaver/T-121"' in page(agent, "/portal/livssituationer/retired")


def test_strangers_log_in_first() -> None:
    for address in ("/portal", "/portal/opgaver/T-121", "/portal/redaktion", "/portal/fund"):
        assert Client().get(address).status_code == 302


@pytest.mark.req("po.level", "po.division", "po.followup")
def test_the_card_says_who_does_what_at_which_level_and_what_follows(agent: Client) -> None:
    unit = make_unit("PO-VALBY", kind="po_office", name="P/O-kontor Valby")
    task = make_task("T-129", title="Hjemmebesøg", group="pension", administration="SUF", level=2, decision=True)
    task.follow_up = unit
    task.save()
    make_card("T-129")
    division = page(agent, "/portal/opgaver/T-129").split('id="fordeling"')[1].split("</section>")[0]
    for place in ("Borgerservicecenter", "Kontaktcenter", "P/O-kontor", "Forvaltning"):
        assert f"<dt>{place}</dt>" in division
    assert all(f"niveau {level}" in division for level in (1, 2, 3))
    assert "P/O-kontor Valby" in division and "inden for 8 åbningstimer" in division


@pytest.mark.req("po.shared")
@pytest.mark.parametrize("role", ["front", "pension_care", "caseworker", "job_centre", "manager"])
def test_staff_of_every_unit_read_the_cards(agent: Client, role: str) -> None:
    other = logged_in(role, employer="SUF")
    assert "data-tick=" in page(other, "/portal/opgaver/T-121")
    assert "T-121" in page(other, "/portal", q="betale varmen")


def test_a_hit_leads_to_the_section_in_which_the_words_stand(agent: Client) -> None:
    make_card("T-121", text=make_card_text("T-121", sig="Vi søger varmehjælp sammen."))
    found = page(agent, "/portal", q="varmehjælp")
    assert re.search(r'href="/portal/opgaver/T-121\?soeg=[^"]+#sig"', found)
    assert "<mark>varmehjælp</mark>" in found


def test_a_card_is_found_by_its_number(agent: Client) -> None:
    assert "/portal/opgaver/T-121?" in page(agent, "/portal", q="t-121")


@pytest.mark.parametrize("q", ["' OR 1=1 --", "<script>alert(1)</script>", "🙂🙂🙂", "æ" * 10_000, "& | ! :*"])
def test_no_words_break_the_search(agent: Client, q: str) -> None:
    assert "<script>alert" not in page(agent, "/portal", q=q)
