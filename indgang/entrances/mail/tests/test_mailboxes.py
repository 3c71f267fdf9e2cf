"""Older addresses: kept by a unit, replaced by the form, or forwarded to the one address; no mail is lost."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import override_settings

from indgang.core.contacts import selectors as contacts
from indgang.core.organisation.testing import make_employee, make_hours, make_unit, viewer_of
from indgang.entrances.mail import errors, selectors, services
from indgang.entrances.mail.filing import MAILROOM
from indgang.entrances.mail.testing import make_mail, receive
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OLD = "vej@indgang.example"


@pytest.fixture(autouse=True)
def municipality(tmp_path: Path) -> Iterator[None]:
    make_hours(make_unit(phone="00 00 00 00"), "mail")
    make_unit("vejpark", name="Vej og Park", kind="office")
    with override_settings(FILES_ROOT=tmp_path):
        yield


@pytest.fixture
def leader() -> Viewer:
    return viewer_of(make_employee("Lis Leder", roles=["manager"]), AT)


def keep(viewer: Viewer, treatment: str, unit: str = "", **facts):
    return services.save_mailbox(
        address=facts.pop("address", OLD), treatment=treatment, unit=unit, viewer=viewer, at=AT, **facts
    )


def told(to: str = OLD):
    """The contact of a mail to that address, and the words of its receipt."""
    page = contacts.contact(MAILROOM, receive(make_mail("Hullet i vejen"), to=to, at=AT).contact, AT)
    return page.card, page.messages[-1].body


def test_a_kept_address_goes_to_its_unit_and_its_writer_is_told_nothing_new(leader: Viewer) -> None:
    keep(leader, "kept", "vejpark")
    card, receipt = told()
    assert card.unit_id == contacts_unit("vejpark") and "Vi bruger ikke" not in receipt


def contacts_unit(code: str) -> int:
    from indgang.core.organisation import selectors as organisation

    return organisation.unit(code).id


@pytest.mark.parametrize(("treatment", "words"), [("replaced", "/kontakt"), ("forwarded", "kontakt@indgang.example")])
def test_a_given_up_address_is_still_answered_and_the_receipt_shows_the_way(
    leader: Viewer, treatment: str, words: str
) -> None:
    keep(leader, treatment)
    card, receipt = told()
    assert card.unit_id is None and f"Vi bruger ikke længere {OLD}" in receipt and words in receipt


def test_the_one_address_and_unknown_ones_are_as_before(leader: Viewer) -> None:
    keep(leader, "replaced")
    for to in ("kontakt@indgang.example", "andet@indgang.example"):
        card, receipt = told(to)
        assert card.unit_id is None and "Vi bruger ikke" not in receipt


def test_the_register_is_kept_with_versions_and_addresses_leave_it(leader: Viewer) -> None:
    assert keep(leader, "replaced").version == 1
    assert keep(leader, "kept", "vejpark", version=1, note="Aftalt").version == 2
    with pytest.raises(errors.MailboxChanged):
        keep(leader, "forwarded", version=1)
    [row] = selectors.mailboxes(leader)
    assert (row.address, row.treatment_name, row.unit_name, row.note) == (OLD, "Beholdes", "Vej og Park", "Aftalt")
    services.remove_mailbox(address=OLD, viewer=leader, at=AT)
    services.remove_mailbox(address=OLD, viewer=leader, at=AT)
    assert selectors.mailboxes(leader) == []


@pytest.mark.parametrize("address", ["vej", "vej@andre.example", "kontakt@indgang.example", "", "\x00@indgang.example"])
def test_an_address_that_is_not_ours_or_is_the_one_is_refused(leader: Viewer, address: str) -> None:
    with pytest.raises(errors.WrongMailbox):
        keep(leader, "replaced", address=address)


def test_what_cannot_be_done_is_refused_by_name(leader: Viewer) -> None:
    with pytest.raises(errors.UnknownTreatment):
        keep(leader, "slettes")
    with pytest.raises(errors.UnitNeeded):
        keep(leader, "kept")
    with pytest.raises(errors.UnitNeeded):
        keep(leader, "kept", "findes-ikke")


def test_only_those_who_run_the_service_keep_the_register() -> None:
    agnes = viewer_of(make_employee(groups={"general": (3, 1)}), AT)
    for forbidden in (
        lambda: keep(agnes, "replaced"),
        lambda: selectors.mailboxes(agnes),
        lambda: services.remove_mailbox(address=OLD, viewer=agnes, at=AT),
    ):
        with pytest.raises(NotFound):
            forbidden()


def test_a_profile_brings_them_and_leaves_changed_ones_alone(leader: Viewer) -> None:
    sheet = {"mailboxes": [{"address": OLD, "treatment": "replaced", "unit": "", "note": ""}]}
    assert services.load_profile(sheet, at=AT) == {"mailboxes": 1}
    assert services.load_profile(sheet, at=AT) == {"mailboxes": 0}
    keep(leader, "kept", "vejpark")
    services.load_profile({"mailboxes": []}, at=AT)
    assert selectors.mailboxes(leader)[0].treatment == "kept"
