"""The triage learns from what employees say a contact is about."""

from datetime import UTC, datetime

import pytest

from indgang.core.catalogue.testing import corrections, make_taught_triage
from indgang.core.contacts import services
from indgang.core.contacts.testing import make_contact
from indgang.core.contacts.values import TaskChoice
from indgang.core.organisation.testing import make_employee, viewer_of
from indgang.foundation.access.values import system

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def trained() -> None:
    make_taught_triage(AT)


def test_an_employee_who_says_otherwise_teaches_the_triage() -> None:
    contact = make_contact(text="min far har ondt i tænderne og fryser", tasks=["T-121"], at=AT)

    services.set_tasks(contact_id=contact.id, tasks=[TaskChoice("T-041")], viewer=viewer_of(make_employee()), at=AT)

    assert corrections() == [(contact.id, "T-041", "T-121")]


def test_an_employee_who_agrees_teaches_nothing() -> None:
    contact = make_contact(text="min far fryser", tasks=["T-121"], at=AT)

    services.set_tasks(contact_id=contact.id, tasks=[TaskChoice("T-121")], viewer=viewer_of(make_employee()), at=AT)

    assert corrections() == []


def test_what_a_citizen_chose_is_no_mistake_of_the_triage() -> None:
    contact = make_contact(text="min far fryser", tasks=[], at=AT)
    services.set_tasks(
        contact_id=contact.id, tasks=[TaskChoice("T-121", source="citizen")], viewer=system("form"), at=AT
    )

    services.set_tasks(contact_id=contact.id, tasks=[TaskChoice("T-041")], viewer=viewer_of(make_employee()), at=AT)

    assert corrections() == []


def test_programs_teach_nothing() -> None:
    contact = make_contact(text="min far fryser", tasks=["T-041"], at=AT)

    services.set_tasks(contact_id=contact.id, tasks=[TaskChoice("T-121")], viewer=system("form"), at=AT)

    assert corrections() == []
