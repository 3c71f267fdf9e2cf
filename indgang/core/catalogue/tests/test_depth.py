"""Subtasks, principles, interfaces and levels as editors change them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from indgang.core.catalogue import errors, selectors, services
from indgang.core.catalogue.testing import make_task
from indgang.core.organisation.testing import make_administration, make_employee, make_unit, viewer_of
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal.selectors import events_of_subject

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> Viewer:
    return viewer_of(make_employee("Ebbe Editor", roles=["editor"]), AT)


def test_a_subtask_has_a_level_of_its_own(editor: Viewer) -> None:
    make_task("T-029", level=2)
    part = services.keep_subtask(
        task="T-029", title="Tildel plads", title_en="Allot a place", level=3, decision=True, viewer=editor, at=AT
    )
    [card] = selectors.subtasks("T-029", at=AT)
    assert (part.code, card.level, card.decision, card.minutes) == ("T-029.1", 3, True, None)
    assert selectors.subtasks("T-029", at=AT, language="en")[0].title == "Allot a place"


def test_an_ended_subtask_is_gone_tomorrow_and_its_number_is_never_used_again(editor: Viewer) -> None:
    make_task("T-029")
    first = services.keep_subtask(task="T-029", title="A", title_en="A", level=1, viewer=editor, at=AT)
    services.end_subtask(subtask=first.code, version=first.version, viewer=editor, at=AT)
    second = services.keep_subtask(task="T-029", title="B", title_en="B", level=1, viewer=editor, at=AT)
    assert (
        [card.code for card in selectors.subtasks("T-029", at=AT + timedelta(days=1))] == [second.code] == ["T-029.2"]
    )


def test_two_editors_of_one_subtask_do_not_overwrite_each_other(editor: Viewer) -> None:
    make_task("T-029")
    part = services.keep_subtask(task="T-029", title="A", title_en="A", level=1, viewer=editor, at=AT)
    facts = {"task": "T-029", "code": part.code, "title_en": "A", "level": 1, "viewer": editor, "at": AT}
    services.keep_subtask(title="Min", version=part.version, **facts)
    with pytest.raises(errors.StaleTask):
        services.keep_subtask(title="Din", version=part.version, **facts)


@pytest.mark.req("law.p1", "law.p5", "law.p6", "law.p7")
def test_each_task_answers_the_seven_principles_yes_no_or_not_known(editor: Viewer) -> None:
    make_task("T-029")
    assert [(one.number, one.answered) for one in selectors.principles("T-029")] == [(n, False) for n in range(1, 8)]
    facts = {"task": "T-029", "viewer": editor, "at": AT}
    services.answer_principle(number=5, holds=True, **facts)
    services.answer_principle(number=6, holds=False, note="Skøn ved delt bopæl", **facts)
    services.answer_principle(number=7, holds=None, **facts)
    five, six, seven = selectors.principles("T-029")[4:]
    assert (five.holds, six.holds, six.note, seven.holds, seven.answered) == (
        True,
        False,
        "Skøn ved delt bopæl",
        None,
        True,
    )
    [line] = selectors.task_lines(at=AT)
    assert (line.answered, line.against) == (2, 1)


def test_there_is_no_eighth_principle(editor: Viewer) -> None:
    make_task("T-029")
    with pytest.raises(errors.WrongValue):
        services.answer_principle(task="T-029", number=8, holds=True, viewer=editor, at=AT)


@pytest.mark.req("law.special", "law.notransfer")
def test_a_foreign_authoritys_task_reaches_level_2_only_with_a_legal_basis(editor: Viewer) -> None:
    make_administration("Stat", external=True)
    task = make_task("T-109", administration="Stat", level=1)
    with pytest.raises(errors.LegalBasisMissing) as refused:
        services.change_level(task="T-109", level=2, version=task.version, viewer=editor, at=AT)
    assert refused.value.field == "legal_basis"
    row = services.change_level(
        task="T-109", level=2, version=task.version, legal_basis="Pasloven § 1", viewer=editor, at=AT
    )
    assert (row.level, row.legal_basis) == (2, "Pasloven § 1")
    with pytest.raises(errors.LegalBasisMissing):
        services.change_task(task="T-109", changes={"legal_basis": " "}, version=row.version, viewer=editor, at=AT)
    with pytest.raises(errors.LegalBasisMissing):
        services.keep_subtask(
            task=make_task("T-110", administration="Stat", level=1).code,
            title="Forny", title_en="Renew", level=2, viewer=editor, at=AT,
        )  # fmt: skip


@pytest.mark.req("law.l3")
def test_discretion_never_comes_to_the_centres(editor: Viewer) -> None:
    rule = make_task("T-076")
    with pytest.raises(errors.WrongLevel):
        services.change_level(task="T-076", level=3, version=rule.version, viewer=editor, at=AT)
    other = make_task("T-020", placed="not_placed", level=1)
    with pytest.raises(errors.NotForTheCentres):
        services.change_level(task="T-020", level=2, version=other.version, viewer=editor, at=AT)


def test_a_changed_level_tells_those_who_keep_rights(editor: Viewer) -> None:
    task = make_task("T-076", level=2)
    services.change_level(task="T-076", level=1, version=task.version, viewer=editor, at=AT)
    event = events_of_subject("catalogue.task:T-076")[-1]
    assert event.verb == "task.level_changed"
    assert {key: event.data[key] for key in ("task", "old", "new")} == {"task": "T-076", "old": 2, "new": 1}


@pytest.mark.req("law.notplaced")
def test_a_task_taken_out_of_the_centres_says_why_or_that_nobody_knows(editor: Viewer) -> None:
    task = make_task("T-076", level=2)
    facts = {"task": "T-076", "placed": "not_placed", "viewer": editor, "at": AT}
    with pytest.raises(errors.WrongValue):
        services.place_task(reason="because", version=task.version, **facts)
    row = services.place_task(version=task.version, **facts)
    assert (row.level, row.not_placed_reason) == (1, "unknown")
    row = services.place_task(reason="discretion", version=row.version, **facts)
    assert row.not_placed_reason == "discretion"


@pytest.mark.req("kc.interfaces")
def test_the_interfaces_table_follows_the_task_until_somebody_sets_a_line(editor: Viewer) -> None:
    centre = make_unit("KC", kind="contact_centre")
    owner, other = make_unit("PLADS"), make_unit("LC")
    task = make_task("T-029", group="daycare")
    type(task).objects.update(follow_up=owner)
    one, two, three = selectors.interfaces("T-029")
    assert (one.unit, one.transfer_to, one.hours) == (centre.pk, owner.pk, centre.pk)
    assert (two.unit, two.transfer_to, three.unit, three.follows) == (None, owner.pk, owner.pk, True)
    services.set_interface(
        task="T-029", level=2, group="daycare", unit="LC", transfer_to="PLADS", hours="LC", viewer=editor, at=AT
    )
    line = selectors.interface("T-029", 2)
    assert (line.unit, line.transfer_to, line.hours, line.follows) == (other.pk, owner.pk, other.pk, False)
    with pytest.raises(errors.StaleTask):
        services.set_interface(task="T-029", level=2, group="daycare", viewer=editor, at=AT, version=0)
    services.reset_interface(task="T-029", level=2, viewer=editor, at=AT)
    assert selectors.interface("T-029", 2).follows


@pytest.mark.req("law.p2", "law.p4")
def test_volume_and_standard_time_may_be_unknown(editor: Viewer) -> None:
    task = make_task("T-076")
    facts = {"task": "T-076", "viewer": editor, "at": AT}
    row = services.change_task(changes={"volume": "12000", "minutes": "6,5"}, version=task.version, **facts)
    assert (row.volume, str(row.minutes)) == (12000, "6.5")
    row = services.change_task(changes={"volume": "", "minutes": None}, version=row.version, **facts)
    assert (row.volume, row.minutes) == (None, None)
    for wrong in ({"volume": "mange"}, {"minutes": "0"}, {"minutes": "NaN"}, {"volume": "-1"}, {"title": " "}):
        with pytest.raises(errors.WrongValue):
            services.change_task(changes=wrong, version=row.version, **facts)


def test_a_new_title_is_found_at_once(editor: Viewer) -> None:
    task = make_task("T-076", words=())
    services.change_task(
        task="T-076", changes={"title": "Meld adresseskift"}, version=task.version, viewer=editor, at=AT
    )
    assert [found.task_id for found in selectors.search("adresseskift", at=AT)] == ["T-076"]


@pytest.mark.req("wp.cut", "wp.soa")
def test_a_task_moves_to_another_administration_by_data(editor: Viewer) -> None:
    make_administration("KFF")
    task = make_task("T-076", administration="KSR", decision=True)
    services.move_task(task="T-076", administration="KFF", version=task.version, viewer=editor, at=AT)
    assert selectors.need("T-076", 2).owner == "KFF"
    [event] = events_of_subject("catalogue.task:T-076")
    assert (event.data["old"], event.data["new"]) == ("KSR", "KFF")


def test_an_own_administrations_task_owner_edits_it_and_nobody_else(editor: Viewer) -> None:
    task = make_task("T-076", administration="KSR")
    owner = viewer_of(make_employee("Ove Owner", roles=["task_owner"], employer="KSR"), AT)
    stranger = viewer_of(make_employee("Stine Stranger", roles=["task_owner"], employer="KFF"), AT)
    agent = viewer_of(make_employee("Agnes Agent", roles=["agent"]), AT)
    row = services.change_task(task="T-076", changes={"volume": 1}, version=task.version, viewer=owner, at=AT)
    for viewer in (stranger, agent):
        with pytest.raises(NotFound):
            services.change_task(task="T-076", changes={"volume": 2}, version=row.version, viewer=viewer, at=AT)


@pytest.mark.req("cat.pladsanvisning")
def test_a_central_task_comes_to_the_centres_on_its_day(editor: Viewer) -> None:
    task = make_task("T-029", level=1)
    held = services.hold_centrally(
        task="T-029", central=True, until=date(2026, 5, 31), version=task.version, viewer=editor, at=AT
    )
    assert selectors.interface("T-029", 2).unit is None and held.central_until == date(2026, 5, 31)
    services.plan_level(task="T-029", level=2, on=date(2026, 6, 1), viewer=editor, at=AT)
    assert services.apply_plans(at=datetime(2026, 5, 31, 20, tzinfo=UTC)) == 0
    assert services.apply_plans(at=datetime(2026, 5, 31, 22, 30, tzinfo=UTC)) == 1  # 00.30 in Copenhagen
    assert selectors.task_depth("T-029", at=AT).level == 2
    assert services.apply_plans(at=datetime(2026, 6, 2, tzinfo=UTC)) == 0


def test_a_plan_is_for_a_later_day_and_one_a_day(editor: Viewer) -> None:
    make_task("T-029", level=1)
    plan = {"task": "T-029", "level": 2, "viewer": editor, "at": AT}
    with pytest.raises(errors.DayPassed):
        services.plan_level(on=date(2026, 3, 2), **plan)
    first = services.plan_level(on=date(2026, 6, 1), **plan)
    with pytest.raises(errors.AlreadyPlanned):
        services.plan_level(on=date(2026, 6, 1), **plan)
    services.withdraw_plan(plan_id=first.pk, viewer=editor, at=AT)
    assert selectors.planned_levels("T-029") == []


def test_a_plan_that_no_longer_holds_is_withdrawn_and_stops_no_other(editor: Viewer) -> None:
    broken, fine = make_task("T-029", level=1), make_task("T-030", level=1)
    for code in (broken.code, fine.code):
        services.plan_level(task=code, level=2, on=date(2026, 6, 1), viewer=editor, at=AT)
    version = selectors.task_depth("T-029", at=AT).version
    services.place_task(task="T-029", placed="not_placed", version=version, viewer=editor, at=AT)
    assert services.apply_plans(at=datetime(2026, 6, 1, 10, tzinfo=UTC)) == 1
    assert selectors.planned_levels() == []


@pytest.mark.req("cat.pocut")
def test_the_cut_to_the_pension_offices_differs_from_centre_to_centre(editor: Viewer) -> None:
    valby, sundby = make_unit("BS-VALBY"), make_unit("BS-SUNDBY")
    make_task("T-117", placed="po", level=1)
    services.set_cut(task="T-117", unit="BS-VALBY", level=2, viewer=editor, at=AT)
    assert selectors.level_in_unit("T-117", valby.pk) == 2
    assert selectors.level_in_unit("T-117", sundby.pk) == 1
