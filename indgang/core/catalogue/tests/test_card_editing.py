"""From draft over the owner's approval to everybody: nothing overwritten, nobody alone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from indgang.core.catalogue import errors, selectors, services
from indgang.core.catalogue.testing import make_card, make_card_text, make_task
from indgang.core.organisation.testing import make_employee, make_unit, viewer_of
from indgang.foundation.access.errors import NotFound
from indgang.foundation.journal.selectors import events_of_subject

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moving():
    task = make_task("T-076", administration="KSR")
    make_card("T-076")
    return task


@pytest.fixture
def editor():
    return viewer_of(make_employee("Ebbe Editor", employer="ØKF", roles=["editor"]), AT)


@pytest.fixture
def owner():
    return viewer_of(make_employee("Oda Opgaveejer", employer="KSR", roles=["task_owner"]), AT)


def new_text(words="Din flytning er skrevet ind i dag.") -> str:
    return make_card_text(**{"Sig til borgeren": words})


def save(viewer, text=None, based_on=1, **more) -> int:
    facts = {"task": "T-076", "why": "Ny kvittering", "viewer": viewer, "at": AT} | more
    return services.save_card_draft(text=text or new_text(), based_on=based_on, **facts)


def act(service, version, viewer, **more):
    return service(task="T-076", version=version, viewer=viewer, at=more.pop("at", AT), **more)


def said() -> str:
    return selectors.guidance("T-076", at=AT).section("sig").text


def states() -> dict[int, str]:
    return {one.number: one.state for one in selectors.card_versions("T-076")}


@pytest.mark.req("po.jointdev", "po.maintain")
def test_an_editor_writes_the_owner_approves_and_everybody_reads_it(editor, owner):
    number = save(editor)
    assert said() == "Din flytning er meldt."
    act(services.submit_card, number, editor)
    assert [(code, row.number) for code, _, row in selectors.cards_waiting()] == [("T-076", 2)]
    act(services.approve_card, number, owner, publish_on=None)
    assert said() == "Din flytning er skrevet ind i dag."
    newest, first = selectors.card_versions("T-076")
    assert (newest.author, newest.reviewer, newest.why) == ("Ebbe Editor", "Oda Opgaveejer", "Ny kvittering")
    assert (first.author, first.state, first.why) == ("profilen", "superseded", "indlæst fra profilen")
    verbs = [one.verb for one in events_of_subject(f"catalogue.cardversion:{_pk(2)}")]
    assert verbs == ["card.drafted", "card.submitted", "card.approved", "card.published"]


def _pk(number: int) -> int:
    from indgang.core.catalogue.models import CardVersion

    return CardVersion.objects.get(task="T-076", number=number).pk


def test_nobody_approves_what_they_wrote_or_sent_themselves(owner, editor):
    number = save(owner)
    act(services.submit_card, number, owner)
    assert not selectors.may_approve_card(owner, "T-076", number, at=AT)
    with pytest.raises(errors.OwnText):
        act(services.approve_card, number, owner, publish_on=None)
    second = save(editor, new_text("Tak."), based_on=2)
    act(services.submit_card, second, owner)
    with pytest.raises(errors.OwnText):
        act(services.approve_card, second, owner, publish_on=None)


def test_who_wrote_on_a_text_does_not_approve_it_because_another_changed_a_word(owner, editor):
    first = save(owner)
    second = save(editor, new_text("Tak."), based_on=first)
    act(services.submit_card, second, editor)

    assert not selectors.may_approve_card(owner, "T-076", second, at=AT)
    with pytest.raises(errors.OwnText):
        act(services.approve_card, second, owner, publish_on=None)


def test_only_the_owning_administration_approves(editor):
    number = save(editor)
    act(services.submit_card, number, editor)
    stranger = viewer_of(make_employee("Mille Miljø", employer="MFF", roles=["task_owner"]), AT)
    other = viewer_of(make_employee("Rikke Redaktør", employer="ØKF", roles=["editor"]), AT)
    agent = viewer_of(make_employee("Agnes Agent", employer="KSR", roles=["agent"]), AT)
    for viewer, refusal in ((stranger, errors.NotTheOwner), (other, errors.NotTheOwner), (agent, NotFound)):
        with pytest.raises(refusal):
            act(services.approve_card, number, viewer, publish_on=None)
    leader = viewer_of(make_employee("Lone Leder", employer="KSR", roles=["manager"]), AT)
    assert selectors.may_approve_card(leader, "T-076", number, at=AT)


def test_an_agent_writes_no_card():
    agent = viewer_of(make_employee("Agnes Agent", roles=["agent"]), AT)
    with pytest.raises(NotFound):
        save(agent)


def test_two_editors_overwrite_nothing(editor, owner):
    save(editor, new_text("Min tekst."))
    with pytest.raises(errors.StaleCard) as refused:
        save(owner, new_text("Din tekst."))
    assert (refused.value.number, "Min tekst." in refused.value.text) == (2, True)
    assert str(refused.value).startswith("Ebbe Editor har gemt kortet")
    assert save(owner, new_text("Din tekst."), based_on=2) == 3
    assert states() == {3: "draft", 2: "superseded", 1: "published"}


def test_a_double_click_saves_one_version(editor):
    assert save(editor) == save(editor) == 2


def test_a_text_with_faults_is_kept_by_nobody_and_says_where(editor):
    with pytest.raises(errors.CardFaulty) as refused:
        save(editor, new_text().replace('"net"', '"brev"').replace("T-076#klage", "T-999#klage"))
    assert [one.field for one in refused.value.faults] == ["best_channel"]
    with pytest.raises(errors.CardFaulty) as refused:
        save(editor, new_text().replace("T-076#klage", "T-999#klage"))
    [fault] = refused.value.faults
    assert (fault.field, fault.value, fault.line > 0) == ("Klage", "T-999", True)
    assert states() == {1: "published"}


def test_a_card_sent_back_tells_why_and_can_be_written_on(editor, owner):
    number = save(editor)
    act(services.submit_card, number, editor)
    with pytest.raises(errors.ReasonNeeded):
        act(services.return_card, number, owner, reason=" ")
    act(services.return_card, number, owner, reason="Fristen mangler")
    assert selectors.card_versions("T-076")[0].reason == "Fristen mangler"
    assert save(editor, based_on=number) == number + 1
    with pytest.raises(errors.WrongCardState):
        act(services.approve_card, number, owner, publish_on=None)


def test_a_card_approved_for_a_day_is_published_when_it_begins(editor, owner):
    number = save(editor)
    act(services.submit_card, number, editor)
    act(services.approve_card, number, owner, publish_on=date(2026, 3, 4))
    assert services.publish_due(at=AT) == 0
    assert said() == "Din flytning er meldt."
    assert services.publish_due(at=AT + timedelta(days=2)) == 1
    assert said() == "Din flytning er skrevet ind i dag."
    assert services.publish_due(at=AT + timedelta(days=2)) == 0


def test_a_newer_approval_is_not_undone_by_an_older_one_whose_day_comes_later(editor, owner):
    for based_on, words, on in ((1, "Gammel.", date(2026, 3, 9)), (2, "Ny.", None)):
        number = save(editor, new_text(words), based_on=based_on)
        act(services.submit_card, number, editor)
        act(services.approve_card, number, owner, publish_on=on)
    assert services.publish_due(at=AT + timedelta(days=9)) == 0
    assert said() == "Ny."


def test_a_card_whose_unit_has_closed_is_not_published_and_says_what_to_do(moving, editor, owner):
    unit = make_unit("FRITID", kind="office", name="Fritidskontoret", administration="KSR")
    moving.follow_up = unit
    moving.save()
    number = save(editor)
    act(services.submit_card, number, editor)
    act(services.approve_card, number, owner, publish_on=date(2026, 3, 4))
    unit.valid_to = date(2026, 3, 3)
    unit.save()
    assert services.publish_due(at=AT + timedelta(days=2)) == 0
    attention = selectors.guidance("T-076", at=AT).attention
    assert "Fritidskontoret" in attention
    assert "Vælg en anden enhed for T-076" in attention
    [row] = selectors.cards_to_review(AT + timedelta(days=2))
    assert "Enheden, som tager sagen efter os, er lukket" in row.reasons
    second = save(editor, new_text("Tak."), based_on=number)
    act(services.submit_card, second, editor)
    later = AT + timedelta(days=3)
    with pytest.raises(errors.OwnerClosed, match="Fritidskontoret"):
        act(services.approve_card, second, owner, publish_on=None, at=later)
    make_unit("NYT", kind="office", administration="KSR")
    services.set_interface(task="T-076", level=3, group="moving", unit="NYT", viewer=editor, at=later)
    act(services.approve_card, second, owner, publish_on=None, at=later)
    assert said() == "Tak."


def test_the_owner_rolls_a_card_back_to_what_was_published_before(editor, owner):
    second_version(editor, owner)
    back = services.roll_back_card(task="T-076", to_version=1, why="Forkert", viewer=owner, at=AT)
    assert said() == "Din flytning er meldt."
    assert (back, states()) == (3, {3: "published", 2: "superseded", 1: "superseded"})
    for viewer in (editor, owner):
        with pytest.raises(errors.ReasonNeeded):
            services.roll_back_card(task="T-076", to_version=2, why="", viewer=viewer, at=AT)
        with pytest.raises(errors.CardNotFound):
            services.roll_back_card(task="T-076", to_version=9, why="x", viewer=viewer, at=AT)


@pytest.mark.parametrize("employer", ["ØKF", "KSR"])
def test_what_an_editor_rolls_back_waits_for_the_owner(editor, owner, employer):
    second_version(editor, owner)
    other = viewer_of(make_employee("Rikke Redaktør", employer=employer, roles=["editor"]), AT)

    back = services.roll_back_card(task="T-076", to_version=1, why="Forkert", viewer=other, at=AT)

    assert said() == "Din flytning er skrevet ind i dag."
    assert states() == {3: "submitted", 2: "published", 1: "superseded"}
    assert not selectors.owns_card(other, "T-076", at=AT) and selectors.owns_card(owner, "T-076", at=AT)
    with pytest.raises(errors.OwnText if employer == "KSR" else errors.NotTheOwner):
        act(services.approve_card, back, other, publish_on=None)
    act(services.approve_card, back, owner, publish_on=None)
    assert said() == "Din flytning er meldt."


def test_the_owner_of_another_task_rolls_nothing_back(editor, owner):
    second_version(editor, owner)
    stranger = viewer_of(make_employee("Sanne Skat", employer="SKAT", roles=["task_owner"]), AT)
    with pytest.raises(NotFound):
        services.roll_back_card(task="T-076", to_version=1, why="Forkert", viewer=stranger, at=AT)


def second_version(editor, owner) -> None:
    number = save(editor)
    act(services.submit_card, number, editor)
    act(services.approve_card, number, owner, publish_on=None)


def test_a_draft_never_published_is_no_place_to_roll_back_to(editor):
    number = save(editor)
    with pytest.raises(errors.CardNotFound):
        services.roll_back_card(task="T-076", to_version=number, why="x", viewer=editor, at=AT)


def test_the_difference_shows_the_words_that_changed(editor):
    number = save(editor, new_text("Din flytning er meldt i dag."))
    [row] = [one for one in selectors.card_difference("T-076", 1, number) if one.kind != "same"]
    assert (row.kind, row.section) == ("changed", "Sig til borgeren")
    assert row.old_html == "Din flytning er meldt."
    assert row.new_html == "Din flytning er meldt<ins> i dag</ins>."
    assert {one.kind for one in selectors.card_difference("T-076", 0, 1)} == {"added"}
    assert selectors.card_difference("T-076", 1, 1) == []


def test_the_difference_shows_fields_and_escapes_what_somebody_wrote(editor):
    text = make_card_text(fields='best_channel = "phone"', **{"Klage": "Skriv til 1 < 2 & os."})
    rows = selectors.card_difference("T-076", 1, save(editor, text))
    assert any(one.section == "" and "<ins>phone</ins>" in one.new_html for one in rows)
    assert any("1 &lt; 2 &amp; os." in one.new_html for one in rows)


def test_the_newest_text_is_what_an_editor_begins_with(editor):
    assert selectors.card_draft("T-076").number == 1
    save(editor)
    draft = selectors.card_draft("T-076")
    assert (draft.number, draft.state, draft.author, draft.text) == (2, "draft", "Ebbe Editor", new_text())
    make_task("T-099", title="Ny opgave")
    assert selectors.card_draft("T-099").number == 0
