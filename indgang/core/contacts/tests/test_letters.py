"""The automatic letters: one rule for every entrance, in the municipality's own words where it has some."""

from datetime import UTC, datetime

import pytest

from indgang.core.catalogue.testing import make_answer, make_setting, make_task
from indgang.core.contacts import selectors, services
from indgang.core.contacts.reference import grouped
from indgang.core.contacts.testing import make_contact
from indgang.core.organisation.testing import make_hours, make_unit
from indgang.foundation.access.values import system
from indgang.foundation.journal.testing import parcels as outbox

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MAILROOM = system("mailroom")
UNTIL = datetime(2026, 3, 3, 13, 30, tzinfo=UTC)
OWN = """
Tak. Nummeret er {reference}.

Du kan forvente et svar senest {expected}. Se {status_link}

Venlig hilsen
Byen
"""
pytestmark = pytest.mark.django_db


def receipt_of(*tasks: str, **facts: object) -> dict[str, object]:
    contact = make_contact(subject="Flytning", tasks=tasks, at=AT)
    contact.expected_answer_by = UNTIL
    contact.save()
    services.send_receipt(contact_id=contact.id, viewer=MAILROOM, at=AT, **facts)
    [parcel] = outbox()
    return {**parcel.payload, "reference": grouped(contact.reference), "secret": contact.secret}


def test_the_receipt_says_until_when_and_greets_with_the_phone_hours() -> None:
    unit = make_unit(phone="00 00 00 00")
    make_hours(unit, "phone")
    body = str(receipt_of()["body"])
    assert "Du får svar senest tirsdag 3. marts 2026 kl. 14.30." in body
    assert "Telefon 00 00 00 00\nTelefonen er åben" in body


def test_the_municipalitys_own_receipt_is_filled_in_and_names_the_reference_once() -> None:
    make_setting("receipt.body_da", OWN)
    make_setting("receipt.subject_da", "Vi har modtaget det ({reference})")
    mail = receipt_of()
    body = str(mail["body"])
    assert mail["subject"] == f"Vi har modtaget det [{mail['reference']}]"
    assert f"Tak. Nummeret er {mail['reference']}." in body and "senest tirsdag 3. marts 2026 kl. 14.30" in body
    assert body.count(str(mail["secret"])) == 1


def test_what_must_be_read_first_stands_first() -> None:
    make_setting("receipt.body_da", OWN)
    assert str(receipt_of(notice="Ring 112.")["body"]).startswith("Ring 112.\n\nTak.")


def test_advice_stands_before_the_greeting() -> None:
    make_setting("receipt.body_da", OWN)
    make_task("T-076")
    make_answer("T-076", "link", body="Meld flytning på nettet.")
    body = str(receipt_of("T-076", advice=True)["body"])
    assert body.index("Du kan forvente") < body.index("Meld flytning på nettet.") < body.index("Venlig hilsen")


def test_a_moment_is_said_in_the_readers_language() -> None:
    assert selectors.moment(UNTIL, "da") == "tirsdag 3. marts 2026 kl. 14.30"
    assert selectors.moment(UNTIL, "en") == "Tuesday 3 March 2026 at 14:30"
