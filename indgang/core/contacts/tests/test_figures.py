"""The timeline over all channels, first-contact figures added by hand, and many demo contacts."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from indgang.core.catalogue.testing import make_task
from indgang.core.citizens import services as citizens
from indgang.core.citizens.testing import forget_people, make_person
from indgang.core.contacts import reference, selectors, services
from indgang.core.contacts.models import Contact, ContactTask, Message
from indgang.core.contacts.testing import make_contact
from indgang.core.contacts.values import Given
from indgang.core.organisation.testing import make_employee, make_stranger, viewer_of
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.services import looks_at
from indgang.foundation.access.values import Purpose, system
from indgang.foundation.journal import selectors as journal
from indgang.foundation.journal.testing import parcels

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
ROBOT = system("test")
REASON = Purpose("reason", "follow_up")
pytestmark = pytest.mark.django_db


def closed(person=None, *, day: int, tasks=("T-076",), mail="", handed=False, phone="") -> Contact:
    """A contact of 1 to 31 March 2026, received at 10 and closed at 11."""
    at = datetime(2026, 3, day, 9, 0, tzinfo=UTC)
    contact = make_contact(tasks=tasks, person=person, mail=mail, phone=phone, at=at)
    if handed:
        services.hand_over(contact_id=contact.id, note="Videre", to_text="Enheden", to=Given(), viewer=ROBOT, at=at)
    services.close(contact_id=contact.id, outcome="informed", tasks=[], viewer=ROBOT, at=at + timedelta(hours=1))
    return contact


def figure(*, first: int = 1, last: int = 31, on: date = date(2026, 5, 1)) -> tuple[int, int]:
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    found = selectors.first_contact(first=date(2026, 3, first), last=date(2026, 3, last), at=at)
    return found.settled, found.solved


@pytest.mark.req("bs.80first")
def test_solved_at_first_contact_by_hand() -> None:
    make_task("T-076"), make_task("T-051")
    bente, oda = make_person("Bente").id, make_person("Oda").id
    closed(bente, day=2)  # solved: the next one on this task is 8 days later
    closed(bente, day=10)  # not solved: asked again on day 7
    closed(bente, day=17)  # solved
    closed(oda, day=2)  # solved: the other one was about another task
    closed(oda, day=3, tasks=("T-051",))  # solved
    closed(oda, day=20, handed=True)  # not solved: handed over
    make_contact(tasks=["T-076"], person=oda, mail="", at=datetime(2026, 3, 29, 9, tzinfo=UTC))  # open: not counted
    assert figure() == (6, 4)


def test_people_known_by_mail_or_phone_only_are_the_same_person_too() -> None:
    make_task("T-076")
    closed(day=2, mail="a@borger.example"), closed(day=4, mail="a@borger.example")  # asked again
    closed(day=2, phone="00001111"), closed(day=4, phone="00001111")  # asked again
    closed(day=2, mail="b@borger.example"), closed(day=4, mail="c@borger.example")  # two people
    closed(day=2), closed(day=3)  # nobody knows who
    assert figure() == (8, 6)


def test_one_household_with_one_phone_is_two_people_when_both_are_known() -> None:
    make_task("T-076")
    closed(make_person("Bente").id, day=2, phone="00001111")
    closed(make_person("Oda").id, day=3, phone="00001111")
    assert figure() == (2, 2)


def test_contacts_without_a_task_are_about_the_same_unknown_need() -> None:
    closed(day=2, tasks=(), mail="a@borger.example"), closed(day=3, tasks=(), mail="a@borger.example")
    assert figure() == (2, 1)


def test_a_contact_is_counted_on_day_eight() -> None:
    closed(day=2, tasks=())
    assert figure(on=date(2026, 3, 9)) == (0, 0)
    assert figure(on=date(2026, 3, 10)) == (1, 1)


def test_only_the_days_asked_for_are_counted() -> None:
    closed(day=2, tasks=()), closed(day=5, tasks=())
    assert figure(first=3, last=5) == figure(first=2, last=4) == (1, 1)


@pytest.fixture
def agnes():
    return viewer_of(make_employee(groups={"moving": (3, 1), "general": (3, 1)}), AT)


def test_the_timeline_tells_all_channels_newest_first_and_is_logged(agnes) -> None:
    make_task("T-076")
    bente = make_person().id
    mail = make_contact("Jeg flytter", tasks=["T-076"], person=bente, subject="Flytning", at=AT)
    make_contact("Ringede", tasks=["T-076"], person=bente, channel="phone", at=AT + timedelta(days=1))
    make_contact("En andens", tasks=["T-076"], at=AT)
    services.close(contact_id=mail.id, outcome="informed", tasks=[], viewer=ROBOT, at=AT + timedelta(days=2))
    lines = selectors.timeline(agnes, bente, purpose=REASON, at=AT)
    assert [(line.channel, line.title, line.body) for line in lines] == [
        ("mail", "Afsluttet: Vejledt", ""),
        ("phone", "Ringede", "Ringede"),
        ("phone", "Henvendelse modtaget: Telefon", ""),
        ("mail", "Flytning", "Jeg flytter"),
        ("mail", "Henvendelse modtaget: E-mail", ""),
    ]
    assert [look.kind for look in looks_at(bente)] == ["timeline"]


def test_the_timeline_comes_page_by_page_without_gap_or_repeat(agnes) -> None:
    bente = make_person().id
    for _ in range(4):
        make_contact(person=bente, at=AT)  # eight lines of the same moment
    whole = selectors.timeline(agnes, bente, purpose=REASON, at=AT)
    pages, last = [], None
    while page := selectors.timeline(agnes, bente, purpose=REASON, at=AT, limit=3, before=last):
        pages += page
        last = page[-1]
    assert pages == whole and len(whole) == 8


def test_of_contacts_that_are_not_mine_to_read_i_see_only_when_and_how(agnes) -> None:
    make_task("T-600", title="Ydelse", group="benefits")
    bente = make_person().id
    make_contact("Min økonomi", tasks=["T-600"], person=bente, subject="Ydelse", at=AT)
    lines = selectors.timeline(agnes, bente, purpose=REASON, at=AT)
    assert "økonomi" not in repr(lines) and "Ydelse" not in repr(lines)
    assert [line.channel for line in lines] == ["mail", "mail"]


def test_a_stranger_gets_no_timeline() -> None:
    bente = make_person().id
    with pytest.raises(NotFound):
        selectors.timeline(viewer_of(make_stranger(), AT), bente, purpose=REASON, at=AT)
    assert [look.outcome for look in looks_at(bente)] == ["refused"]


def test_demo_contacts_are_mixed_belong_to_invented_people_and_send_nothing() -> None:
    make_task("T-076"), make_task("T-051")
    citizens.generate(50, 1, AT)
    assert services.generate(400, 1, AT) == 400
    rows = list(Contact.objects.all())
    assert len(rows) == 400 and all(reference.is_valid(row.reference) for row in rows)
    assert {"new", "closed"} <= {row.state for row in rows} and len({row.channel for row in rows}) >= 4
    assert all((row.closed_at is None) == (row.outcome == "") for row in rows)
    assert all(row.received_at <= AT and (row.closed_at or AT) <= AT for row in rows)
    assert ContactTask.objects.count() == 400 and Message.objects.count() > 700
    assert parcels() == []
    [event] = journal.events_of_subject("contacts.contact:invented")
    assert event.data == {"count": 400, "seed": 1}


def test_more_demo_contacts_take_no_used_reference_and_are_found_like_others(agnes) -> None:
    make_task("T-076")
    citizens.generate(5, 1, AT)
    services.generate(30, 1, AT), services.generate(30, 1, AT)
    assert Contact.objects.count() == 60
    one = Contact.objects.filter(state="new").first() or Contact.objects.first()
    assert selectors.by_reference(one.reference) == one.id
    assert services.generate(0, 1, AT) == 0


def test_without_invented_people_there_are_no_demo_contacts() -> None:
    make_person()
    Contact.objects.all().delete()
    assert services.generate(10, 1, AT) == 10
    Contact.objects.all().delete()
    forget_people()
    assert services.generate(10, 1, AT) == 0


def test_the_timeline_reads_by_index() -> None:
    from indgang.core.contacts.grounds import facts_of
    from indgang.core.contacts.queries import TIMELINE

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "EXPLAIN " + TIMELINE,
            {"person": make_person().id, "before": None, "before_key": None, "limit": 50, **facts_of(None)},
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "contact_person" in plan and "message_contact" in plan
