from datetime import date, timedelta

import pytest
from django.db import connection

from indgang.core.cases import case_search, newest_hits, seeing, selectors, services
from indgang.core.cases.case_values import CaseQuery
from indgang.core.cases.errors import UnknownCase, UnknownValue, WrongCaseCursor
from indgang.core.cases.models import Case
from indgang.core.cases.rights import sees, visible
from indgang.core.cases.seeing import statement
from indgang.core.cases.testing import make_case, steps_of
from indgang.core.citizens.testing import make_person
from indgang.core.organisation.testing import make_employee, make_substitute, make_unit
from indgang.foundation.access import selectors as access
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import PUBLIC, Purpose, system

pytestmark = pytest.mark.django_db
TESTER = system("test")
PRESENT = Purpose("reason", "citizen_present")


def numbers(page):
    return [row.number for row in page.rows]


@pytest.mark.req("esdh.shared")
@pytest.mark.req("esdh.addresses")
def test_a_case_of_the_centre_is_at_once_the_administrations_and_back(at, clerk, filippa, office, seen_by):
    """Two people of different units and places open the same case."""
    case = make_case(unit=make_unit("valby", kind="centre"), viewer=seen_by(clerk), at=at)
    other = make_case(unit=office, viewer=seen_by(filippa), at=at)
    for employee in (clerk, filippa):
        assert set(numbers(selectors.case_rows(seen_by(employee), CaseQuery(), at=at))) == {case.number, other.number}
    assert selectors.case(seen_by(clerk), case.number, at=at).number == case.number
    assert selectors.case(seen_by(filippa), case.number, purpose=PRESENT, at=at).number == case.number


def test_who_does_not_know_the_task_sees_no_case_of_it(at, stranger, office, seen_by):
    case = make_case(unit=office, at=at)
    assert numbers(selectors.case_rows(seen_by(stranger), CaseQuery(), at=at)) == []
    with pytest.raises(NotFound):
        selectors.case(seen_by(stranger), case.number, purpose=PRESENT, at=at)


def test_a_step_lets_a_stranger_in_for_that_case_alone(at, stranger, office, seen_by):
    case, other = make_case(unit=office, at=at), make_case(unit=office, at=at)
    step = services.add_step(case_id=case.id, kind="opinion", employee=stranger.pk, viewer=TESTER, at=at)
    assert numbers(selectors.case_rows(seen_by(stranger), CaseQuery(), at=at)) == [case.number]
    assert selectors.case(seen_by(stranger), case.number, at=at).number == case.number
    with pytest.raises(NotFound):
        selectors.case(seen_by(stranger), other.number, at=at)
    services.finish_step(step_id=step.id, viewer=seen_by(stranger), at=at)
    assert numbers(selectors.case_rows(seen_by(stranger), CaseQuery(), at=at)) == []


def test_sensitive_cases_are_seen_by_who_may_settle_them(at, guide, clerk, filippa, office, seen_by):
    case = make_case(unit=office, sensitivity="sensitive", at=at)
    seen = {
        who.name: numbers(selectors.case_rows(seen_by(who), CaseQuery(), at=at)) == [case.number]
        for who in (guide, clerk, filippa)
    }
    assert seen == {"Esben Ekspedit": False, "Fatima Forklar": True, "Filippa Falk": True}


def test_nobody_opens_a_case_without_a_purpose(at, clerk, office, seen_by):
    """Who may see it in a list still needs the citizen's contact, own work on it, or a reason that is counted."""
    case = make_case(unit=office, at=at)
    viewer = seen_by(clerk)
    assert numbers(selectors.case_rows(viewer, CaseQuery(), at=at)) == [case.number]
    with pytest.raises(NotFound):
        selectors.case(viewer, case.number, at=at)
    refused = [look for look in access.looks_at(case.person_id) if look.outcome == "refused"]
    assert [(look.actor, look.purpose) for look in refused] == [(viewer.name, f"case:{case.number}")]
    selectors.case(viewer, case.number, purpose=PRESENT, at=at)
    shown = access.looks_at(case.person_id)[0]
    assert (shown.outcome, shown.flagged) == ("shown", True)


def test_missing_and_mistyped_numbers_are_not_found(at, filippa, seen_by):
    for number in ("2026-999999-1", "2026-1", "", "'; --"):
        with pytest.raises(NotFound):
            selectors.case(seen_by(filippa), number, at=at)


def test_the_public_has_no_list(at):
    with pytest.raises(NotFound):
        selectors.case_rows(PUBLIC, CaseQuery(), at=at)


def test_everybody_named_in_a_list_stands_in_the_access_log(at, filippa, office, seen_by):
    case = make_case(unit=office, at=at)
    selectors.case_rows(seen_by(filippa), CaseQuery(), at=at)
    look = access.looks_at(case.person_id)[0]
    assert (look.kind, look.purpose, look.outcome) == ("case_row", "case_list:cases", "shown")


def test_a_protected_name_is_not_in_a_list(at, filippa, office, seen_by):
    person = make_person("Hanne Hemmelig", protected_until=date(2030, 1, 1))
    make_case(unit=office, person=person.id, at=at)
    (row,) = selectors.case_rows(seen_by(filippa), CaseQuery(), at=at).rows
    assert row.person_shown == "Beskyttet"


def test_mine_is_what_i_handle_and_work_along_on(at, filippa, office, seen_by):
    viewer = seen_by(filippa)
    mine = make_case(unit=office, handler=filippa.pk, at=at)
    along = make_case(unit=office, at=at)
    make_case(unit=office, at=at)
    services.add_handler(case_id=along.id, employee_id=filippa.pk, viewer=TESTER, at=at)
    assert set(numbers(selectors.case_rows(viewer, CaseQuery(mine=True), at=at))) == {mine.number, along.number}


def test_a_substitute_finds_the_cases_of_who_is_away(at, filippa, office, seen_by):
    away = make_employee("Vibe Væk", unit=office, groups={"housing_benefit": (3, 2)})
    make_substitute(away, filippa)
    theirs = make_case(unit=office, handler=away.pk, at=at)
    viewer = seen_by(filippa)
    assert numbers(selectors.case_rows(viewer, CaseQuery(mine=True), at=at)) == []
    assert numbers(selectors.case_rows(viewer, CaseQuery(mine=True, standing_in=True), at=at)) == [theirs.number]


def test_lists_are_narrowed_by_what_one_asks(at, filippa, office, seen_by):
    viewer = seen_by(filippa)
    late = make_case(unit=office, deadline=at + timedelta(hours=1), at=at)
    today = make_case(unit=office, deadline=at + timedelta(hours=9), at=at)
    week = make_case(unit=office, deadline=at + timedelta(days=5), at=at)
    later = make_case(unit=office, deadline=at + timedelta(days=50), title="Beboerindskud i Valby", at=at)
    waits = make_case(unit=office, handler=filippa.pk, at=at)
    services.set_waiting(case_id=waits.id, waiting="citizen", viewer=viewer, at=at)
    closed = make_case(unit=office, progress="closed", at=at)
    then = at + timedelta(hours=2)

    def found(**asked):
        return numbers(selectors.case_rows(viewer, CaseQuery(**asked), at=then))

    assert found() == [late.number, today.number, week.number, later.number, waits.number]
    assert found(due="overdue") == [late.number]
    assert found(due="today") == [today.number]
    assert found(due="week") == [today.number, week.number]
    assert found(waiting="citizen") == found(waiting="any") == [waits.number]
    assert found(closed=True) == [closed.number]
    assert found(nobodys=True) == [late.number, today.number, week.number, later.number]
    assert found(handler=filippa.pk) == [waits.number]
    assert found(q=late.number.replace("-", " ")) == [late.number]
    assert found(q="beboerindskud") == [later.number]
    assert found(administration="SUF") == found(task="T-999") == found(unit=0) == []
    assert found(person=week.person_id) == [week.number]
    assert set(found(progress="opened", sort="oldest")) == set(found())


def test_filters_there_are_not_are_refused(at):
    for wrong in ({"due": "snart"}, {"progress": "færdig"}, {"waiting": "mig"}, {"sort": "pæn"}):
        with pytest.raises(UnknownValue):
            selectors.case_rows(TESTER, CaseQuery(**wrong), at=at)
    with pytest.raises(UnknownCase):
        selectors.case_rows(TESTER, CaseQuery(q="2026-000123-9"), at=at)
    for cursor in ("x", "nan~x", "1e999~00000000-0000-0000-0000-000000000000"):
        with pytest.raises(WrongCaseCursor):
            selectors.case_rows(TESTER, CaseQuery(), cursor, at=at)


@pytest.mark.parametrize("sort", ["deadline", "newest", "oldest"])
def test_pages_follow_each_other_without_a_gap(at, office, sort):
    for days in (3, 1, 2, None, 2, None):
        make_case(unit=office, deadline=at + timedelta(days=days) if days else None, at=at)
    whole = numbers(selectors.case_rows(TESTER, CaseQuery(sort=sort), at=at))
    read, cursor = [], ""
    for _ in range(3):
        page = selectors.case_rows(TESTER, CaseQuery(sort=sort), cursor, 2, at=at)
        read += numbers(page)
        cursor = page.cursor
    assert (read, cursor) == (whole, "")
    assert page.total_shown == 6


def test_a_case_is_found_by_number_name_and_words(at, filippa, office, seen_by):
    viewer = seen_by(filippa)
    case = make_case(unit=office, person=make_person("Ragna Rosengren").id, title="Andelsbolig i Sundby", at=at)
    make_case(unit=office, at=at)
    for q in (case.number, "Ragna Rosen", "andelsbolig", "sundby andels"):
        assert numbers(selectors.search_cases(viewer, q, at)) == [case.number], q
    assert numbers(selectors.search_cases(viewer, "", at)) == []
    assert numbers(selectors.search_cases(viewer, "o'hara & | !", at)) == []


@pytest.mark.parametrize(
    "places",
    [
        {},
        {"NEWEST": (1, 1)},
        {"NEWEST": (2, 1)},
        {"NEWEST": (1, 2), "PART": 50},
        {"NEWEST": (3, 1), "PART": 1},
    ],
)
def test_the_newest_are_found_first_whether_by_the_title_or_by_the_citizen(
    at, filippa, office, seen_by, monkeypatch, places
):
    for name, value in places.items():
        monkeypatch.setattr(case_search, name, value)
    monkeypatch.setattr(newest_hits, "_counted", {})
    rose = make_person("Ragna Rosengren").id
    by_title = [make_case(unit=office, title="Hegn mod Rosengren", at=at).number for _ in range(2)]
    by_name = make_case(unit=office, person=rose, title="Hegn", at=at).number
    both = make_case(unit=office, person=rose, title="Rosengren bygger", at=at).number
    make_case(unit=office, title="Hegn", at=at)
    last = make_case(unit=office, title="Rosengrens hegn", at=at).number
    wanted = [last, both, by_name, *reversed(by_title)]
    assert numbers(selectors.search_cases(seen_by(filippa), "Rosengren", at)) == wanted
    page = selectors.search_cases(seen_by(filippa), "Rosengren", at, limit=2)
    assert (numbers(page), page.more_than_shown) == (wanted[:2], True)


def test_of_a_citizens_other_cases_one_learns_whom_to_ask(at, filippa, office, seen_by):
    person = make_person().id
    mine = make_case(unit=office, person=person, at=at)
    building = make_unit("byggesager", kind="office", administration="BTF", phone="00 00 00 33")
    make_case("T-002", person=person, unit=building, group="building", administration="BTF", at=at)
    make_case(
        "T-002", person=person, unit=building, group="building", administration="BTF", sensitivity="sensitive", at=at
    )
    found = selectors.cases_of_person(seen_by(filippa), person, purpose=Purpose("case", mine.number), at=at)
    assert [row.number for row in found.rows] == [mine.number]
    assert [(row.administration, row.unit_name, row.phone) for row in found.hidden] == [
        ("BTF", "Byggesager", "00 00 00 33")
    ]


def test_a_case_page_has_all_its_parts(at, filippa, office, seen_by):
    viewer = seen_by(filippa)
    course = services.open_course(person=None, title="Flytning", viewer=TESTER, at=at)
    case = make_case(unit=office, handler=filippa.pk, deadline=at + timedelta(days=9), course=course.id, at=at)
    services.add_object(case_id=case.id, kind="address", label="Lanternens Allé 4", viewer=viewer, at=at)
    page = selectors.case(viewer, case.id, at=at)
    assert [party.name for party in page.parties] == ["Bente Birkelund"]
    assert [thing.label for thing in page.objects] == ["Lanternens Allé 4"]
    assert [(row.kind, row.overdue) for row in page.deadlines] == [("answer", False)]
    assert (page.course.title, page.course.open, page.course.closed) == ("Flytning", 1, 0)
    assert (page.row.handler_name, page.may_work, page.history[0].progress) == ("Filippa Falk", True, "opened")


def test_a_related_case_one_may_not_see_is_a_number_only(at, filippa, office, seen_by):
    case = make_case(unit=office, handler=filippa.pk, at=at)
    building = make_unit("byggesager", kind="office", administration="BTF")
    other = make_case("T-002", unit=building, group="building", administration="BTF", title="Carport", at=at)
    services.relate(case_id=case.id, other=other.id, kind="parent", viewer=TESTER, at=at)
    (row,) = selectors.case(seen_by(filippa), case.number, at=at).related
    assert (row.number, row.title, row.kind, row.outward) == (other.number, "", "parent", True)


def test_a_step_tells_the_queue_nothing_personal(at, office):
    case = make_case(unit=office, at=at)
    card = selectors.step(steps_of(case.id)[0].id, at)
    assert (card.case_number, card.kind, card.unit, card.task) == (case.number, "handle", office.pk, "T-022")
    assert "Birkelund" not in str(card)


def test_an_ended_case_is_found_by_its_number_and_ended_ones_stand_newest_first(at, clerk, office, seen_by):
    first, second = (make_case(unit=office, progress="closed", at=at + timedelta(days=day)) for day in (0, 1))
    assert numbers(selectors.search_cases(seen_by(clerk), first.number, at)) == [first.number]
    assert numbers(selectors.case_rows(seen_by(clerk), CaseQuery(closed=True), at=at)) == [second.number, first.number]


def told(sql, facts):
    with connection.cursor() as cursor:
        cursor.execute(sql, facts)
        return {row[0] for row in cursor.fetchall()}


def test_lists_and_pages_agree_on_every_case_for_everybody(at, clerk, guide, filippa, stranger, office, seen_by):
    elsewhere = make_unit("Et andet hus")
    for sensitivity in ("ordinary", "confidential", "sensitive"):
        for unit, handler in ((office, None), (elsewhere, None), (elsewhere, filippa.pk), (elsewhere, stranger.pk)):
            case = make_case(unit=unit, handler=handler, at=at, sensitivity=sensitivity)
            if handler is None:
                services.add_step(
                    case_id=case.id, kind="task", title="Se efter", employee=stranger.pk, viewer=TESTER, at=at
                )
    everything = list(Case.objects.all())
    for viewer in (*map(seen_by, (clerk, guide, filippa, stranger)), TESTER):
        listed = set(Case.objects.filter(visible(viewer, at)).values_list("id", flat=True))
        assert {case.id for case in everything if sees(viewer, case, at)} == listed
        assert told(f"SELECT id FROM cases_case c WHERE {statement('seen')}", seeing.seen_by(viewer, at)) == listed
        many = f"WITH {statement('taking_part')} SELECT id FROM cases_case c WHERE {statement('seen_of_many')}"
        assert told(many, seeing.seen_by(viewer, at)) == listed


@pytest.mark.parametrize("places", [{}, {"MOST_PLACES": 0}, {"_AT_ONCE": 1}, {"NEWEST": (4, 6)}])
def test_a_search_finds_of_the_titles_with_the_words_all_one_may_see_and_no_other(
    at, clerk, guide, filippa, stranger, office, seen_by, monkeypatch, places
):
    for name, value in places.items():
        monkeypatch.setattr(case_search, name, value)
    monkeypatch.setattr(newest_hits, "_counted", {})
    elsewhere = make_unit("Et andet hus")
    titles = ("Hegn mod vejen", "EU-sygesikring i O'Haras hus", "Vejens sygesikring")
    for place, sensitivity in enumerate(("confidential", "sensitive")):
        for unit, handler in ((office, None), (elsewhere, None), (elsewhere, filippa.pk), (elsewhere, stranger.pk)):
            for title in titles:
                case = make_case(unit=unit, handler=handler, at=at, sensitivity=sensitivity, title=title)
            services.add_step(
                case_id=case.id, kind="task", title="Se", employee=(stranger, guide)[place].pk, viewer=TESTER, at=at
            )
    for viewer in (*map(seen_by, (clerk, guide, filippa, stranger)), TESTER):
        mine = Case.objects.filter(visible(viewer, at)).order_by("-id")
        for q, among in (
            ("veje", (0, 2)),
            ("EU-sygesikring", (1,)),
            ("o'hara", (1,)),
            ("hus sygesik", (1,)),
            ("og", ()),
        ):
            wanted = [case.number for case in mine if case.title in [titles[place] for place in among]]
            assert numbers(selectors.search_cases(viewer, q, at)) == wanted, (viewer.name, q)


def test_what_a_program_asks_for_stays_out_of_what_the_next_one_may_see(at, office):
    case = make_case(unit=office, at=at)
    before = seeing.seen_by(TESTER, at)
    assert numbers(selectors.case_rows(TESTER, CaseQuery(unit=office.pk, q=case.number), at=at)) == [case.number]
    assert seeing.seen_by(TESTER, at) == before
