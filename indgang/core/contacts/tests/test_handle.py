"""Working on a contact: take, hand over, close, and who may."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from indgang.core.catalogue.testing import make_task
from indgang.core.citizens.testing import make_person
from indgang.core.contacts import errors, selectors, services
from indgang.core.contacts.models import Contact
from indgang.core.contacts.testing import contact_row, events_of, make_contact, messages_of, tasks_of
from indgang.core.contacts.values import Given, Inquirer, TaskChoice
from indgang.core.organisation.testing import make_employee, make_stranger, make_unit, viewer_of
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.services import looks_at
from indgang.foundation.access.values import PUBLIC, Purpose, Viewer, system

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def agnes() -> Viewer:
    return viewer_of(make_employee(groups={"general": (3, 1), "moving": (3, 1)}), AT)


def take(contact: Contact, viewer: Viewer) -> Contact:
    return services.start_work(contact_id=contact.id, employee_id=viewer.actor.employee, viewer=viewer, at=AT)


def end(contact: Contact, viewer: Viewer, outcome: str = "informed", tasks: tuple = (), **facts: object) -> Contact:
    return services.close(contact_id=contact.id, outcome=outcome, tasks=tasks, viewer=viewer, at=AT, **facts)


def verbs(contact: Contact) -> list[str]:
    return [event.verb for event in events_of(contact)]


def test_who_takes_a_contact_has_it_and_taking_it_twice_changes_nothing(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    take(contact, agnes), take(contact, agnes)
    assert [row.id for row in selectors.my_contacts(agnes.actor.employee)] == [contact.id]
    assert verbs(contact).count("contact.started") == 1


@pytest.mark.req("kc.transfer")
def test_a_colleague_it_is_handed_to_sees_everything_before_taking_it(agnes: Viewer) -> None:
    make_task("T-076")
    contact = take(make_contact("Hele min historie", tasks=["T-076"], at=AT), agnes)
    taxes = make_employee("Tage Skat", groups={"tax": (5, 2)}, unit=make_unit("skat", kind="office"))
    with pytest.raises(NotFound):
        selectors.contact(viewer_of(taxes, AT), contact.id, AT)
    services.hand_over(
        contact_id=contact.id, note="Det er et skattespørgsmål", to_text="Tage Skat", to=Given(employee=taxes.pk),
        viewer=agnes, at=AT,
    )  # fmt: skip
    page = selectors.contact(viewer_of(taxes, AT), contact.id, AT)
    assert [m.body for m in page.messages] == ["Hele min historie", "Det er et skattespørgsmål"]
    assert page.card.handed_over and selectors.my_contacts(agnes.actor.employee) == []
    assert selectors.contact(agnes, contact.id, AT)  # who handed over may still follow


@pytest.mark.parametrize("to", ["unit", "group"])
def test_it_can_be_handed_to_a_unit_or_a_group(agnes: Viewer, to: str) -> None:
    make_task("T-076")
    contact = take(make_contact(tasks=["T-076"], at=AT), agnes)
    office = make_unit("skat", kind="office")
    viewer = viewer_of(make_employee("Tage Skat", groups={"tax": (5, 2)}, unit=office), AT)
    given = Given(unit=office.pk) if to == "unit" else Given(group="tax")
    services.hand_over(contact_id=contact.id, note="Skat", to_text="Skat", to=given, viewer=agnes, at=AT)
    assert selectors.contact(viewer, contact.id, AT)


def test_a_hand_over_without_a_word_is_refused(agnes: Viewer) -> None:
    with pytest.raises(errors.EmptyMessage) as refusal:
        services.hand_over(contact_id=make_contact(at=AT).id, note=" ", to_text="Skat", viewer=agnes, at=AT)
    assert refusal.value.field == "note"


@pytest.mark.req("kc.light")
def test_closing_keeps_outcome_tasks_level_and_note(agnes: Viewer) -> None:
    make_task("T-076")
    contact = make_contact(at=AT)
    end(contact, agnes, tasks=(TaskChoice("T-076", level=1, source="agent"),), note="Talt igennem")
    row = contact_row(contact.id)
    assert (row.state, row.outcome, row.closed_at, tasks_of(row.id)) == ("closed", "informed", AT, ["T-076"])
    event = events_of(contact)[-1]
    assert event.verb == "contact.closed"
    assert (event.data["outcome"], event.data["tasks"], event.data["levels"]) == ("informed", ["T-076"], [1])
    assert messages_of(row.id)[-1].direction == "note"


def test_closing_twice_is_one_event_and_closing_otherwise_is_refused(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    end(contact, agnes), end(contact, agnes)
    assert verbs(contact).count("contact.closed") == 1
    with pytest.raises(errors.AlreadyClosed):
        end(contact, agnes, "booked")


def test_a_level_above_ones_right_is_refused_by_name(agnes: Viewer) -> None:
    make_task("T-076")
    with pytest.raises(errors.LevelNotAllowed) as refusal:
        end(make_contact(tasks=["T-076"], at=AT), agnes, tasks=(TaskChoice("T-076", level=2),))
    assert refusal.value.status == 403 and "T-076" in str(refusal.value)


def test_an_unknown_outcome_names_the_known_ones(agnes: Viewer) -> None:
    with pytest.raises(errors.UnknownOutcome) as refusal:
        end(make_contact(at=AT), agnes, "vanished")
    assert "informed" in str(refusal.value) and refusal.value.field == "outcome"


def test_an_answer_at_once_settles_without_anybody() -> None:
    contact = make_contact(at=AT)
    services.settle_at_once(contact_id=contact.id, outcome="self_service", at=AT)
    services.settle_at_once(contact_id=contact.id, outcome="self_service", at=AT)
    assert contact_row(contact.id).state == "closed"
    assert events_of(contact)[-1].data["at_once"] is True
    assert verbs(contact).count("contact.closed") == 1


def test_an_abandoned_call_is_abandoned_not_closed(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    end(contact, agnes, "abandoned")
    assert contact_row(contact.id).state == "abandoned"


def test_an_agent_opens_a_contact_by_hand_and_has_it(agnes: Viewer) -> None:
    contact = services.open_by_hand(
        channel="counter", inquirer=Inquirer(name="Bente"), subject="Pas", viewer=agnes, at=AT
    )
    assert (contact.state, contact.handler_id) == ("open", agnes.actor.employee)
    assert verbs(contact) == ["contact.opened_by_hand"]


def test_tasks_are_set_in_order_and_keep_how_they_were_found(agnes: Viewer) -> None:
    make_task("T-076"), make_task("T-051", group="general")
    contact = make_contact(tasks=["T-076"], at=AT)
    choices = [TaskChoice("T-051", source="agent"), TaskChoice("T-076", source="agent")]
    services.set_tasks(contact_id=contact.id, tasks=choices, viewer=agnes, at=AT, version=1)
    page = selectors.contact(agnes, contact.id, AT)
    assert [(t.code, t.source) for t in page.tasks] == [("T-051", "agent"), ("T-076", "triage")]
    with pytest.raises(errors.Stale):
        services.set_tasks(contact_id=contact.id, tasks=[], viewer=agnes, at=AT, version=1)


def test_an_event_without_names_follows_every_change(agnes: Viewer) -> None:
    person = make_person("Hemmelig Hyben")
    contact = make_contact(name="Hemmelig Hyben", at=AT)
    services.set_person(contact_id=contact.id, person_id=person.id, identified=True, viewer=agnes, at=AT)
    services.add_note(contact_id=contact.id, body="Hemmelig note", viewer=agnes, at=AT)
    services.wait_for_citizen(contact_id=contact.id, viewer=agnes, at=AT)
    services.snooze(contact_id=contact.id, viewer=agnes, at=AT)
    end(contact, agnes)
    services.reopen(contact_id=contact.id, viewer=agnes, at=AT)
    assert verbs(contact) == [
        "contact.received", "contact.person_set", "contact.noted", "contact.waiting", "contact.snoozed",
        "contact.closed", "contact.reopened",
    ]  # fmt: skip
    events = events_of(contact)
    assert "emmelig" not in repr(events)
    assert [e.data["version"] for e in events] == [1, 2, 3, 4, 5, 6, 7]


REFUSED_TO_STRANGERS = {
    "reply": {"body": "Hej"},
    "add_note": {"body": "Hej"},
    "set_tasks": {"tasks": []},
    "set_person": {"person_id": None},
    "hand_over": {"note": "Hej", "to_text": "Skat"},
    "close": {"outcome": "informed", "tasks": []},
    "wait_for_citizen": {},
    "snooze": {},
    "reopen": {},
    "save_draft": {"employee_id": 0, "field": "reply", "text": "Hej"},
}


@pytest.mark.parametrize("service", REFUSED_TO_STRANGERS)
def test_no_stranger_does_anything_and_missing_looks_the_same(service: str) -> None:
    contact, stranger = make_contact(at=AT), viewer_of(make_stranger(), AT)
    for viewer, key in ((stranger, contact.id), (PUBLIC, contact.id), (stranger, uuid4())):
        with pytest.raises(NotFound):
            getattr(services, service)(contact_id=key, viewer=viewer, at=AT, **REFUSED_TO_STRANGERS[service])
    assert verbs(contact) == ["contact.received"] and contact_row(contact.id).version == 1


def test_a_stranger_sees_nothing_and_the_refusal_is_logged() -> None:
    contact = make_contact(at=AT)
    with pytest.raises(NotFound):
        selectors.contact(viewer_of(make_stranger(), AT), contact.id, AT)
    with pytest.raises(NotFound):
        selectors.contact(viewer_of(make_stranger(), AT), contact.id, AT, purpose=Purpose("reason", "follow_up"))
    assert [look.outcome for look in looks_at(contact.id)][:1] == ["refused"]


def test_opening_a_contact_is_logged_under_its_person_or_itself(agnes: Viewer) -> None:
    person = make_person()
    known, unknown = make_contact(person=person.id, at=AT), make_contact(at=AT)
    selectors.contact(agnes, known.id, AT), selectors.contact(agnes, unknown.reference, AT)
    assert [look.purpose for look in looks_at(person.id)] == [f"contact:{known.id}"]
    assert [look.purpose for look in looks_at(unknown.id)] == [f"contact:{unknown.id}"]


def test_who_closed_a_contact_may_look_for_one_more_day_and_nobody_else(agnes: Viewer) -> None:
    contact = end(make_contact(at=AT), agnes)
    colleague = viewer_of(make_employee("Karl Kollega", groups={"general": (3, 1)}), AT)
    assert selectors.contact(agnes, contact.id, AT)
    with pytest.raises(NotFound):
        selectors.contact(colleague, contact.id, AT)
    tomorrow = AT + timedelta(days=1)
    employee = agnes.actor.employee
    from indgang.core.organisation.selectors import employee_of_account, viewer_of_account

    later = viewer_of_account(agnes.account, tomorrow)
    assert employee_of_account(agnes.account).id == employee
    with pytest.raises(NotFound):
        selectors.contact(later, contact.id, tomorrow)
    assert selectors.contact(later, contact.id, tomorrow, purpose=Purpose("reason", "follow_up"))


def test_a_mistyped_reference_says_so_and_a_missing_one_is_not_found(agnes: Viewer) -> None:
    with pytest.raises(errors.WrongReference):
        selectors.contact(agnes, "K7M2-42P", AT)
    from indgang.core.contacts import reference

    with pytest.raises(NotFound):
        selectors.contact(agnes, reference.from_number(7), AT)


def test_a_reference_said_over_the_phone_finds_its_contact() -> None:
    contact = make_contact(at=AT)
    assert selectors.by_reference(f" {contact.reference[:4].lower()} {contact.reference[4:]}") == contact.id
    assert selectors.by_reference("0000-0000") is None


def test_routing_gets_facts_without_personal_data() -> None:
    make_task("T-076")
    facts = selectors.facts_for_routing(make_contact(tasks=["T-076"], language="en", at=AT).id)
    assert (facts.channel, facts.medium, facts.task, facts.language, facts.state) == (
        "mail", "mail", "T-076", "en", "new",
    )  # fmt: skip
    assert "bente" not in repr(facts).lower()


def test_a_purpose_holds_for_the_citizen_of_the_contact_only(agnes: Viewer) -> None:
    from indgang.core.citizens import selectors as citizens

    mine, other = make_person("Bente Birkelund"), make_person("Oda Ulvehave")
    contact = make_contact(person=mine.id, at=AT)
    purpose = Purpose("contact", str(contact.id))
    assert citizens.person(agnes, mine.id, purpose=purpose, at=AT).name == "Bente Birkelund"
    with pytest.raises(NotFound):
        citizens.person(agnes, other.id, purpose=purpose, at=AT)
    with pytest.raises(NotFound):
        citizens.person(agnes, mine.id, purpose=Purpose("contact", "no id"), at=AT)


def test_programs_read_with_a_purpose_too() -> None:
    assert selectors.contact(system("robot"), make_contact(at=AT).id, AT)


def test_a_person_nobody_knows_cannot_be_tied_to_a_contact(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    with pytest.raises(NotFound):
        services.set_person(contact_id=contact.id, person_id=uuid4(), viewer=agnes, at=AT)
    assert contact_row(contact.id).person_id is None


def test_a_letter_is_opened_by_hand_with_its_words_and_its_writer_becomes_a_person(agnes: Viewer) -> None:
    make_task("T-076")
    contact = services.open_by_hand(
        channel="letter", inquirer=Inquirer(kind="business", name="Bo Bager ApS", phone="00000015"), subject="",
        tasks=[TaskChoice("T-076", source="agent")], text="Vi flytter vores bageri\nmed venlig hilsen",
        provisional=True, viewer=agnes, at=AT,
    )  # fmt: skip
    page = selectors.contact(agnes, contact.id, AT)
    assert (page.card.subject, page.card.inquirer_kind) == ("Vi flytter vores bageri", "business")
    assert [(m.direction, m.medium) for m in page.messages] == [("in", "letter")]
    assert page.card.person is not None and not page.card.identified


def test_who_inquires_is_put_right_without_losing_the_rest(agnes: Viewer) -> None:
    contact = services.open_by_hand(channel="phone", inquirer=Inquirer(), subject="Pas", viewer=agnes, at=AT)
    services.set_inquirer(
        contact_id=contact.id, inquirer=Inquirer(name="Bente", phone="00 00 00 16"), language="en", viewer=agnes, at=AT
    )
    card = selectors.contact(agnes, contact.id, AT).card
    assert (card.inquirer_name, card.inquirer_phone, card.language, card.subject) == ("Bente", "00000016", "en", "Pas")
    assert verbs(contact)[-1] == "contact.inquirer_set"


def test_a_leader_without_purpose_is_refused_like_a_missing_one_and_the_look_is_logged(agnes: Viewer) -> None:
    make_task("T-076")
    contact = take(make_contact(tasks=["T-076"], at=AT), agnes)
    leader = viewer_of(
        make_employee("Lis Leder", roles=["manager"], groups={"tax": (1, 1)}, unit=make_unit("skat", kind="office")), AT
    )
    for key, purpose in ((contact.id, None), (contact.id, Purpose("reason", "complaint")), (uuid4(), None)):
        with pytest.raises(NotFound):
            selectors.contact(leader, key, AT, purpose=purpose)
    refused = [look for look in looks_at(contact.id) if look.actor == leader.name]
    assert [look.outcome for look in refused] == ["refused", "refused"]


@pytest.mark.parametrize(("mail", "matched"), [("bente@borger.example", True), ("andre@borger.example", False)])
def test_a_person_found_by_search_is_marked_when_nothing_of_the_inquirer_fits(
    agnes: Viewer, mail: str, matched: bool
) -> None:
    person = make_person("Bente Birkelund", mail="bente@borger.example")
    contact = make_contact(mail=mail, at=AT)
    services.set_person(contact_id=contact.id, person_id=person.id, viewer=agnes, at=AT)
    event = events_of(contact)[-1]
    assert (event.verb, event.data["matched"]) == ("contact.person_set", matched)


@pytest.mark.parametrize("field", ["reply", "note", "transfer", "close", "call_back", "complaint"])
def test_what_is_typed_in_any_field_is_there_on_another_machine(agnes: Viewer, field: str) -> None:
    contact = take(make_contact(at=AT), agnes)
    me = agnes.actor.employee
    services.save_draft(contact_id=contact.id, employee_id=me, field=field, text="halvt skr", viewer=agnes, at=AT)
    elsewhere = selectors.contact(agnes, contact.id, AT)
    assert elsewhere.drafts[field].text == "halvt skr"


def test_a_wrap_up_on_an_old_version_keeps_its_note(agnes: Viewer) -> None:
    contact = take(make_contact(at=AT), agnes)
    services.add_note(contact_id=contact.id, body="x", viewer=agnes, at=AT)
    with pytest.raises(errors.Stale):
        end(contact, agnes, note="Talte med Bente", version=contact.version)
    assert selectors.contact(agnes, contact.id, AT).drafts["close"].text == "Talte med Bente"


@pytest.mark.req("law.noblank")
def test_nobody_is_sent_on_to_another_authority_without_words(agnes: Viewer) -> None:
    contact = take(make_contact(at=AT), agnes)
    with pytest.raises(errors.BlankReferral):
        end(contact, agnes, "forwarded")
    assert end(contact, agnes, "forwarded", note="Skatteforvaltningen; nummer og åbningstid er givet").outcome
    asked = take(make_contact(at=AT), agnes)
    services.refer(contact_id=asked.id, authority="Skatteforvaltningen", note="Hvem ejer bilen?", viewer=agnes, at=AT)
    assert end(asked, agnes, "forwarded").outcome == "forwarded"
