"""The security leader sees who may what and why, gives, takes back, reviews; nobody else finds the pages."""

import re
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from indgang.core.catalogue.testing import make_task
from indgang.core.citizens.testing import make_person
from indgang.core.organisation.testing import make_employee, viewer_of
from indgang.desks.administration import changes
from indgang.foundation.access import selectors as access
from indgang.foundation.access import services
from indgang.foundation.access.testing import recorded
from indgang.foundation.access.values import HeldRoles, LookQuery, Purpose
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock

HERE = "/administration/rettigheder"
PAGES = ["", "/tildel", "/udloeber", "/rapporter", "/opslag", "/grunde", "/usaedvanlige", "/videregivelser"]
PAGES += ["/instruks", "/regler"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(client: Client):
    row = make_employee("Sigrid Sikker", roles=["security_leader"], groups={}, username="sigrid")
    client.force_login(row.account)
    return row


def words(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.mark.req("sec.area")
@pytest.mark.parametrize("page", PAGES)
def test_only_the_security_leader_finds_the_pages(client, leader, page) -> None:
    assert client.get(HERE + page).status_code == 200
    other = Client()
    other.force_login(make_employee("Mona Manager", roles=["manager"], username="mona").account)
    assert other.get(HERE + page).status_code == 404


@pytest.mark.req("law.levels", "sec.auth")
def test_a_persons_page_says_how_far_and_why_not_further(client, leader) -> None:
    make_task("T-901", title="Meld flytning", group="moving", level=2)
    agnes = make_employee("Agnes Agent", groups={"moving": (3, 1)}, username="agnes")
    shown = words(client.get(f"{HERE}/medarbejdere/{agnes.pk}"))
    assert "Må vejlede" in shown and "Mangler autorisation" in shown
    make_task("T-902", title="Hul i vejen", group="roads", level=1)
    address = f"{HERE}/medarbejdere/{agnes.pk}"
    assert "T-902" not in words(client.get(address)) and "T-902" in words(client.get(f"{address}?niveau=alle"))
    assert "T-902" in words(client.get(f"{address}?q=T-902"))
    assert "Agnes Agent" in words(client.get(f"{HERE}/opgaver/T-901?niveau=1"))
    assert "Agnes Agent" in words(client.get(f"{HERE}?q=agnes"))


@pytest.mark.req("sec.manual", "sec.auth")
def test_rights_are_previewed_given_seen_to_work_and_taken_back_at_once(client, leader) -> None:
    people = [
        make_employee(f"Agent {number}", groups={"moving": (3, 2)}, username=f"agent{number}") for number in range(2)
    ]
    chosen = {"konto": [one.account_id for one in people], "gruppe": ["moving"], "niveau": "2", "opgaver": ""}
    assert "Intet er gemt endnu" in words(client.post(f"{HERE}/tildel/se", chosen))
    assert recorded("access.granted") == []
    client.post(f"{HERE}/tildel/se", chosen | {"bekraeft": "1"})
    assert all(viewer_of(one).actor.rights for one in people)
    right = access.authorisations(viewer_of(leader), people[0].account_id)[0]
    client.post(f"{HERE}/fratag/{right.id}", {"version": right.version})
    assert viewer_of(people[0]).actor.rights == () and viewer_of(people[1]).actor.rights


def test_a_bulk_grant_without_people_or_with_an_unknown_task_is_refused_with_a_sentence(client, leader) -> None:
    agnes = make_employee("Agnes Agent", username="agnes")
    assert client.post(f"{HERE}/tildel/se", {"gruppe": ["moving"]}).status_code == 422
    answer = client.post(f"{HERE}/tildel/se", {"konto": [agnes.account_id], "opgaver": "T-999"})
    assert answer.status_code == 422 and "Der er ingen opgave T-999" in words(answer)


def test_rights_that_end_are_renewed_and_a_report_is_read(client, leader) -> None:
    agnes = make_employee("Agnes Agent", username="agnes")
    today, at = clock.today(), clock.now()
    facts = {"level": 2, "valid_from": today, "viewer": viewer_of(leader), "at": at}
    right = services.grant(account=agnes.account, task="T-901", valid_to=today + timedelta(days=5), **facts)
    assert "Agnes Agent" in words(client.get(f"{HERE}/udloeber"))
    client.post(f"{HERE}/forlaeng", {"valgt": [right.pk], "til": (today + timedelta(days=200)).isoformat()})
    assert "Agnes Agent" not in words(client.get(f"{HERE}/udloeber"))
    changed = {"task": "T-901", "old": 2, "new": 1}
    journal.record("task.level_changed", at=at, viewer_name="system:x", subject="catalogue.task:T-901", data=changed)
    assert "niveau 2 blev 1" in words(client.get(f"{HERE}/rapporter"))
    client.post(f"{HERE}/rapporter/{access.rights_reports(viewer_of(leader))[0].id}")
    assert access.unseen_reports(viewer_of(leader)) == 0


def look(employee, citizen, at: datetime, *, reason: str = "supervision") -> None:
    services.open_for(viewer_of(employee), citizen=citizen, kind="person", purpose=Purpose("reason", reason), at=at)


@pytest.mark.req("sec.flexible")
def test_looks_are_found_by_employee_and_by_citizen_reviewed_and_taken_out(client, leader) -> None:
    at, karl = clock.now(), make_person(cpr="0101801234")
    agnes = make_employee("Agnes Agent", groups={"moving": (3, 1)}, username="agnes")
    look(agnes, karl.id, at)
    assert "Tilsyn og kontrol" in words(client.get(f"{HERE}/opslag?medarbejder=agnes&grund=alle"))
    found = client.post(f"{HERE}/opslag/borger", {"cpr": "010180-1234"})
    assert str(karl.id) in found.headers["Location"] and "1234" not in found.headers["Location"].replace(
        str(karl.id), ""
    )
    assert client.post(f"{HERE}/opslag/borger", {"cpr": "12"}).status_code == 422
    form = {"medarbejder": f"employee:{agnes.pk}", "grund": "supervision", "note": "Aftalt tilsyn"}
    client.post(f"{HERE}/grunde/gennemgaa", form)
    assert "Gennemgået" in words(client.get(f"{HERE}/grunde"))
    file = client.post(f"{HERE}/opslag/hent", {"medarbejder": "agnes"})
    assert file["Content-Type"].startswith("text/csv") and file.content.decode().count("\r\n") == 2
    assert recorded("access.looks_exported") == [(f"employee:{leader.pk}", {"rows": 1, "filters": ["medarbejder"]})]


def test_a_protected_person_looked_up_without_a_contact_is_listed(client, leader) -> None:
    agnes = make_employee("Agnes Agent", groups={"moving": (3, 1)}, username="agnes")
    shielded = make_person(protected_until=clock.today() + timedelta(days=30))
    look(agnes, shielded.id, clock.now())
    page = words(client.get(f"{HERE}/usaedvanlige"))
    assert "Agnes Agent" in page.split("Beskyttede personer")[1]


def found(client, rule: str) -> list[tuple[str, int]]:
    finds = client.get(f"{HERE}/usaedvanlige?regel={rule}").context["finds"]
    return [(name, find.looks) for find, name, _title in finds]


@pytest.mark.req("sec.area")
def test_looks_at_own_household_neighbours_and_colleagues_are_found_for_who_is_linked_to_a_citizen(
    client, leader
) -> None:
    at, home = clock.now(), uuid4()
    agnes = make_employee("Agnes Agent", groups={"moving": (3, 1)}, username="agnes")
    bo = make_employee("Bo Bedst", groups={"moving": (3, 1)}, username="bo")
    own = make_person(cpr="0101801234", house="12", household=home)
    wife = make_person(house="12", household=home)
    neighbour, far = make_person(house="16B, st"), make_person(house="18")
    colleague = make_person(cpr="0202802345", street="Fjerngade", house="1")
    for citizen in (own, wife, neighbour, far, colleague):
        look(agnes, citizen.id, at)
    rules = ("own_household", "neighbours", "colleagues")
    assert [found(client, rule) for rule in rules] == [[], [], []]  # nobody is linked
    for employee, cpr in ((agnes, own.cpr), (bo, colleague.cpr)):
        client.post(f"{HERE}/medarbejdere/{employee.pk}/borger", {"cpr": cpr})
    assert found(client, "own_household") == [("Agnes Agent", 1), ("Agnes Agent", 1)]
    assert found(client, "neighbours") == [("Agnes Agent", 1)]
    assert found(client, "colleagues") == [("Agnes Agent", 1)]
    everything = client.get(f"{HERE}/usaedvanlige").context["finds"]  # at night one more, about nobody alone
    assert sum(find.citizen is not None for find, *_ in everything) == 4
    assert client.get(HERE).context["unusual"] == len(everything)
    client.post(f"{HERE}/usaedvanlige/regel", {"regel": "neighbours", "graense": "6", "til": "1", "version": "0"})
    assert len(found(client, "neighbours")) == 2
    client.post(f"{HERE}/usaedvanlige/regel", {"regel": "colleagues", "graense": "1", "version": "0"})
    assert found(client, "colleagues") == []  # turned off


def test_a_link_to_a_citizen_is_one_to_one_not_by_oneself_and_taken_away_again(client, leader) -> None:
    make_person(cpr="0101801234")
    agnes, bo = (make_employee(name, username=name[:2].lower()) for name in ("Agnes Agent", "Bo Bedst"))

    def link(employee, cpr: str) -> int:
        return client.post(f"{HERE}/medarbejdere/{employee.pk}/borger", {"cpr": cpr}).status_code

    assert link(agnes, "0101801234") == 302
    assert "Fjern tilknytningen" in words(client.get(f"{HERE}/medarbejdere/{agnes.pk}"))
    hers = Client()
    hers.force_login(agnes.account)
    assert "hvem du er som borger" in words(hers.get("/log-ind/to-trin"))  # she may know
    assert link(bo, "0101801234") == 409 and link(bo, "0303803333") == 422
    assert link(agnes, "") == 302 and access.citizen_links(viewer_of(leader)) == {}
    assert link(leader, "0101801234") >= 400
    assert recorded("access.citizen_linked")[0] == (f"employee:{leader.pk}", {"linked": True})


def test_the_rules_are_set_by_hand(client, leader) -> None:
    client.post(f"{HERE}/regler/to-trin", {"rolle": ["security_leader"]})
    assert access.factor_roles(viewer_of(leader)) == (frozenset({"security_leader"}), False)
    client.post(f"{HERE}/usaedvanlige/regel", {"regel": "refused", "graense": "9", "til": "1", "version": "0"})
    assert {rule.code: rule.limit for rule in access.look_rules(viewer_of(leader))}["refused"] == 9


@pytest.mark.req("sec.instruction")
def test_the_instruction_is_published_by_hand_and_a_second_writer_is_stopped(client, leader) -> None:
    form = {"tekst": "Du må kun slå en borger op, når din opgave kræver det. " * 6, "version": "0"}
    form["engelsk"] = "You may only look a citizen up when your task needs it. " * 6
    assert client.post(f"{HERE}/instruks/udgiv", form).status_code == 302
    assert client.post(f"{HERE}/instruks/udgiv", form).status_code == 409
    assert "mangler at godkende" in words(client.get(f"{HERE}/instruks"))


def test_a_disclosure_is_written_down_by_hand(client, leader) -> None:
    make_person(cpr="0101801234")
    form = {"cpr": "0101801234", "opgave": "T-901", "modtager": "Skattestyrelsen", "hjemmel": "Forvaltningslovens § 28"}
    assert client.post(f"{HERE}/videregivelser/skriv", form | {"oplysninger": "adresse, navn"}).status_code == 302
    assert "Skattestyrelsen" in words(client.get(f"{HERE}/videregivelser"))


def test_somebody_is_logged_out_everywhere_at_the_next_request(client, leader) -> None:
    agnes = make_employee("Agnes Agent", username="agnes")
    hers = Client()
    hers.force_login(agnes.account)
    assert hers.get("/log-ind/to-trin").status_code == 200
    client.post(f"{HERE}/medarbejdere/{agnes.pk}/log-ud")
    assert hers.get("/log-ind/to-trin").status_code == 302
    assert access.looks(viewer_of(leader), LookQuery()).rows == []


def newest(leader):
    return changes.history(viewer_of(leader))[0]


def undo(client, change) -> None:
    client.post(f"/administration/aendringer/{change.id}/fortryd")


@pytest.mark.req("sec.manual", "sec.auth")
def test_rights_given_together_stand_in_the_history_and_are_undone_together(client, leader) -> None:
    people = [make_employee(f"Agent {n}", groups={"moving": (3, 2)}, username=f"agent{n}") for n in range(2)]
    before = [viewer_of(one).actor.rights for one in people]
    chosen = {"konto": [one.account_id for one in people], "opgaver": "T-901", "niveau": "2", "bekraeft": "1"}
    make_task("T-901", title="Meld flytning", group="moving", level=2)
    client.post(f"{HERE}/tildel/se", chosen)
    page = words(client.get("/administration/aendringer?slags=right"))
    assert "Agent 0: T-901 Meld flytning" in page and "Agent 1: T-901" in page and "Ingen ret" in page
    undo(client, newest(leader))
    assert [viewer_of(one).actor.rights for one in people] == before


def test_a_right_taken_back_is_given_again_by_undo_from_today_on(client, leader) -> None:
    agnes = make_employee("Agnes Agent", groups={"moving": (3, 2)}, authorised=False, username="agnes")
    today, at = clock.today(), clock.now()
    facts = {"level": 2, "valid_from": today - timedelta(days=9), "viewer": viewer_of(leader), "at": at}
    right = services.grant(account=agnes.account, task="T-901", valid_to=today + timedelta(days=9), **facts)
    client.post(f"{HERE}/fratag/{right.pk}", {"version": right.version})
    assert viewer_of(agnes).actor.rights == ()
    undo(client, newest(leader))
    (card,) = access.held_rights(viewer_of(leader), agnes.account_id, today, task="T-901")
    assert (card.level, card.valid_from, card.valid_to) == (2, today, today + timedelta(days=9))
    assert client.post(f"{HERE}/fratag/{card.id}", {"version": card.version + 1}).status_code == 409


def test_a_last_day_and_a_renewal_are_undone(client, leader) -> None:
    agnes = make_employee("Agnes Agent", groups={"moving": (3, 2)}, authorised=False, username="agnes")
    today, at = clock.today(), clock.now()
    facts = {"level": 2, "valid_from": today, "valid_to": today + timedelta(days=9), "viewer": viewer_of(leader)}
    right = services.grant(account=agnes.account, task="T-901", at=at, **facts)
    for last, url, form in (
        (3, f"fratag/{right.pk}", {"til": (today + timedelta(days=3)).isoformat()}),
        (99, "forlaeng", {"valgt": [right.pk], "til": (today + timedelta(days=99)).isoformat()}),
    ):
        client.post(f"{HERE}/{url}", form)
        (card,) = access.held_rights(viewer_of(leader), agnes.account_id, today, task="T-901")
        assert (card.id, card.valid_to) == (right.pk, today + timedelta(days=last))
        undo(client, newest(leader))
        (card,) = access.held_rights(viewer_of(leader), agnes.account_id, today, task="T-901")
        assert (card.id, card.valid_to) == (right.pk, today + timedelta(days=9))


@pytest.mark.req("sec.area")
def test_roles_are_changed_by_hand_and_put_back(client, leader) -> None:
    agnes = make_employee("Agnes Agent", username="agnes")
    hers = Client()
    hers.force_login(agnes.account)
    address = f"{HERE}/medarbejdere/{agnes.pk}"
    assert "følger kommunens profil" in words(client.get(address))
    client.post(f"{address}/roller", {"rolle": ["clerk", "cashier"]})
    assert access.held_roles(viewer_of(leader), agnes.account_id) == HeldRoles(("cashier", "clerk"), True)
    assert hers.get("/arbejdsplads").status_code == 302  # logged out: the session was bound to the old roles
    assert "givet i hånden" in words(client.get(address))
    assert client.post(f"{address}/roller", {"rolle": ["agent"], "version": "old"}).status_code == 409
    undo(client, newest(leader))
    assert access.held_roles(viewer_of(leader), agnes.account_id) == HeldRoles(("agent",), False)
    own = client.post(f"{HERE}/medarbejdere/{leader.pk}/roller", {"rolle": ["executive"]})
    assert own.status_code >= 400 and "security_leader" in viewer_of(leader).actor.roles
