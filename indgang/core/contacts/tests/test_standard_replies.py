"""Standard replies: versions, fields, and what is not known."""

from datetime import UTC, datetime, timedelta

import pytest

from indgang.core.catalogue.testing import make_task
from indgang.core.contacts import errors, selectors, services
from indgang.core.contacts.testing import contact_row, make_contact, make_template, messages_of
from indgang.core.organisation.testing import make_employee, make_stranger, viewer_of
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import PUBLIC, Viewer, system

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def agnes() -> Viewer:
    return viewer_of(make_employee(groups={"general": (3, 1), "moving": (3, 1)}), AT)


@pytest.fixture
def leader() -> Viewer:
    return viewer_of(make_employee("Lis Leder", roles=["manager"]), AT)


def filled(template, contact, viewer: Viewer):
    return services.fill_template(template_id=template.id, contact_id=contact.id, viewer=viewer, at=AT)


def test_the_fields_of_a_standard_reply_are_filled_in(agnes: Viewer) -> None:
    make_task("T-076", title="Meld flytning")
    contact = make_contact(tasks=["T-076"], name="Bente Birkelund", at=AT)
    made = filled(make_template(body="Kære {navn}. {reference} om {opgave}, senest {frist}"), contact, agnes)
    shown = contact_row(contact.id).reference
    assert (
        made.text
        == f"Kære Bente Birkelund. {shown[:4]}-{shown[4:]} om Meld flytning, senest tirsdag 3. marts 2026 kl. 18.00"
    )
    assert made.missing == []


def test_an_english_reply_is_filled_in_english(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    made = filled(make_template(body="By {frist}", language="en"), contact, agnes)
    assert made.text == "By Tuesday 3 March 2026 at 18:00"


def test_what_is_not_known_is_named_and_never_left_in_braces(agnes: Viewer) -> None:
    contact = make_contact(name="", at=AT)
    made = filled(make_template(body="Kære {navn}, det gælder {opgave}"), contact, agnes)
    assert made.missing == ["navn", "opgave"]
    assert "{" not in made.text and "[udfyld: navn]" in made.text


@pytest.mark.parametrize("gap", ["Kære [udfyld: navn]", "Kære {navn}"])
def test_a_reply_with_an_open_field_does_not_leave_and_its_text_is_kept(agnes: Viewer, gap: str) -> None:
    contact = make_contact(at=AT)
    with pytest.raises(errors.FieldsLeft) as refusal:
        services.reply(contact_id=contact.id, body=gap, viewer=agnes, at=AT)
    assert "navn" in str(refusal.value)
    assert selectors.contact(agnes, contact.id, AT).drafts["reply"].text == gap


def test_a_deadline_gone_by_is_not_promised(agnes: Viewer) -> None:
    contact = make_contact(at=AT - timedelta(days=9))
    assert filled(make_template(body="Senest {frist}"), contact, agnes).missing == ["frist"]


def test_a_new_version_replaces_the_old_one_which_stays(leader: Viewer) -> None:
    first = make_template(body="Gammel")
    second = services.save_template(
        code="hilsen", title="Hilsen", body="Ny", version=first.version, viewer=leader, at=AT
    )
    assert [row.body for row in selectors.templates(leader, at=AT)] == ["Ny"]
    versions = selectors.template_versions(leader, code="hilsen", language="da")
    assert [(row.version, row.body) for row in versions] == [(2, "Ny"), (1, "Gammel")]
    assert second.version == 2


def test_two_who_change_the_same_reply_do_not_overwrite_each_other(leader: Viewer) -> None:
    make_template()
    services.save_template(code="hilsen", title="A", body="Fra A", version=1, viewer=leader, at=AT)
    with pytest.raises(errors.TemplateChanged):
        services.save_template(code="hilsen", title="B", body="Fra B", version=1, viewer=leader, at=AT)


def test_a_retired_reply_is_neither_listed_nor_filled(leader: Viewer, agnes: Viewer) -> None:
    row = make_template()
    services.retire_template(template_id=row.id, viewer=leader, at=AT)
    services.retire_template(template_id=row.id, viewer=leader, at=AT)
    assert selectors.templates(agnes, at=AT) == []
    with pytest.raises(errors.UnknownTemplate):
        filled(row, make_contact(at=AT), agnes)


def test_a_field_that_does_not_exist_is_refused_when_written(leader: Viewer) -> None:
    with pytest.raises(errors.UnknownField) as refusal:
        services.save_template(code="x", title="X", body="Kære {nvan}", viewer=leader, at=AT)
    assert "nvan" in str(refusal.value) and "navn" in str(refusal.value)


@pytest.mark.parametrize(("code", "title", "body"), [("", "T", "B"), ("c", " ", "B"), ("c", "T", " \x00")])
def test_a_reply_without_code_title_or_text_is_refused(leader: Viewer, code: str, title: str, body: str) -> None:
    with pytest.raises(errors.TemplateIncomplete):
        services.save_template(code=code, title=title, body=body, viewer=leader, at=AT)


def test_only_those_who_run_the_service_write_standard_replies(agnes: Viewer) -> None:
    with pytest.raises(NotFound):
        services.save_template(code="x", title="X", body="B", viewer=agnes, at=AT)
    with pytest.raises(NotFound):
        services.retire_template(template_id=make_template().id, viewer=PUBLIC, at=AT)


def test_replies_of_the_task_come_first_and_words_narrow_them(agnes: Viewer) -> None:
    make_task("T-076"), make_task("T-079")
    make_template("a", title="Andet"), make_template("b", title="Pas"), make_template("c", title="Flyt", task="T-076")
    assert [row.code for row in selectors.templates(agnes, task="T-076", at=AT)] == ["c", "a", "b"]
    assert [row.code for row in selectors.templates(agnes, q="pas", at=AT)] == ["b"]
    assert selectors.templates(PUBLIC, at=AT) == []


def test_a_mail_is_answered_from_a_standard_reply(agnes: Viewer) -> None:
    make_task("T-076")
    contact = make_contact(tasks=["T-076"], at=AT)
    text = filled(make_template(task="T-076", at=AT), contact, agnes).text
    services.reply(contact_id=contact.id, body=text, viewer=agnes, at=AT)
    assert messages_of(contact.id)[-1].body.startswith("Kære Bente Birkelund")


def test_who_may_not_read_a_contact_gets_no_reply_filled_for_it() -> None:
    contact = make_contact(at=AT)
    stranger = viewer_of(make_stranger(), AT)
    with pytest.raises(NotFound):
        filled(make_template(), contact, stranger)
    assert filled(make_template("b"), contact, system("test")).text
