"""Forms and leaflets: by mail with a link, or as a letter through the printer."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from indgang.core.catalogue.testing import make_task
from indgang.core.contacts import errors, selectors, services
from indgang.core.contacts.testing import events_of, make_contact, make_material, make_opened, messages_of
from indgang.core.organisation.testing import make_employee, viewer_of
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.journal.selectors import outbox
from indgang.foundation.registers.testing import simulated_printer

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
ADDRESS = "Bente Birkelund\nVejen 1\n2500 Valby"
pytestmark = pytest.mark.django_db


@pytest.fixture
def agnes() -> Viewer:
    return viewer_of(make_employee(groups={"general": (3, 1)}), AT)


def send(contact, viewer: Viewer, way: str, **facts):
    return services.send_material(
        contact_id=contact.id, material=facts.pop("material", None) or make_material(), way=way, viewer=viewer, at=AT,
        **facts,
    )  # fmt: skip


@pytest.mark.req("kc.forms")
def test_a_form_sent_by_mail_is_in_the_talk_with_its_link(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    message = send(contact, agnes, "mail")
    assert message.subject == "Flytteanmeldelse" and "/blanketter/blanket-flytning" in message.body
    assert [parcel.transport for parcel in outbox()] == ["mail"]
    event = events_of(contact)[-1]
    assert (event.verb, event.data["material"], event.data["way"]) == (
        "contact.material_sent", "blanket-flytning", "mail",
    )  # fmt: skip


@pytest.mark.req("kc.forms")
def test_a_form_sent_as_letter_reaches_the_printer_once(agnes: Viewer, tmp_path: Path) -> None:
    contact = make_opened(agnes, at=AT)
    send(contact, agnes, "letter", address=ADDRESS)
    with simulated_printer(tmp_path) as printer:
        printer.behave("drop_after_order", count=1)
        journal.deliver_due(AT)
        journal.deliver_due(AT.replace(minute=5))
        orders = printer.orders()
    assert [(one["address"], one["title"]) for one in orders] == [(ADDRESS, "Flytteanmeldelse")]
    assert messages_of(contact.id)[-1].delivery == "sent"
    assert [parcel.state for parcel in outbox()] == ["sent"]


def test_a_letter_the_printer_refuses_is_said_on_the_contact(agnes: Viewer, tmp_path: Path) -> None:
    contact = make_opened(agnes, at=AT)
    send(contact, agnes, "letter", address=ADDRESS)
    with simulated_printer(tmp_path) as printer:
        printer.behave("refuse")
        journal.deliver_due(AT)
    assert messages_of(contact.id)[-1].delivery == "failed"
    assert events_of(contact)[-1].verb == "contact.mail_failed"


@pytest.mark.parametrize("address", ["", "Bente"])
def test_a_letter_without_an_address_is_refused(agnes: Viewer, address: str) -> None:
    with pytest.raises(errors.AddressMissing):
        send(make_opened(agnes, at=AT), agnes, "letter", address=address)


def test_without_mail_address_nothing_goes_by_mail(agnes: Viewer) -> None:
    with pytest.raises(errors.MailMissing):
        send(make_opened(agnes, at=AT), agnes, "mail")


def test_unknown_material_and_way_are_refused_by_name(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    with pytest.raises(errors.UnknownMaterial):
        send(contact, agnes, "mail", material="findes-ikke")
    with pytest.raises(errors.UnknownWay):
        send(contact, agnes, "due")


def test_the_materials_of_a_task_are_found() -> None:
    make_task("T-076")
    make_material("a", title="Flytning", tasks=["T-076"]), make_material("b", title="Pas", tasks=["T-079"])
    make_material("c", title="Alle", kind="leaflet")
    assert [row.code for row in selectors.materials("T-076")] == ["a", "c"]
    assert [row.title for row in selectors.materials("T-076", "en")] == ["Form", "Form"]
