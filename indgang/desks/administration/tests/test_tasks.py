"""Editors and task owners change the catalogue on its pages, see what they changed and take it back."""

import re

import pytest
from django.test import Client

from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue.testing import make_task
from indgang.core.organisation.testing import make_administration, make_employee, make_unit
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db
PAGE = "/administration/opgaver/T-029"


def logged_in(*roles: str, **facts: object) -> Client:
    client = Client()
    client.force_login(make_employee("Ebbe Editor", roles=roles, **facts).account)
    return client


@pytest.fixture
def editor() -> Client:
    make_administration("FAF")
    make_unit("KC", kind="contact_centre")
    make_task("T-029", title="Plads i vuggestue", group="daycare", administration="FAF", level=2, decision=True)
    return logged_in("editor")


def version_in(client: Client, action: str) -> str:
    page = client.get(PAGE).content.decode()
    form = page[page.index(f'action="{PAGE}/{action}"') :]
    return re.search(r'name="version" value="(\w+)"', form)[1]


def undo(client: Client, page: str) -> None:
    saved = client.get(page).content.decode()
    address = re.search(r'action="(/administration/aendringer/[^"]+/fortryd)"', saved)[1]
    assert client.post(address, {"tilbage": PAGE}).status_code == 302


def depth():
    return catalogue.task_depth("T-029", at=clock.now())


def test_an_editor_finds_a_task_that_lacks_something(editor: Client) -> None:
    page = editor.get("/administration/opgaver", {"mangler": "tid", "forvaltning": "FAF"}).content.decode()
    assert "Plads i vuggestue" in page
    assert "Plads i vuggestue" not in editor.get("/administration/opgaver", {"niveau": "1"}).content.decode()


def test_a_lower_level_holds_at_once_and_is_taken_back(editor: Client) -> None:
    form = {"version": version_in(editor, "placering"), "liste": "rule", "niveau": "1", "slags": "afgoerelse"}
    answer = editor.post(f"{PAGE}/placering", form)
    assert depth().level == 1
    undo(editor, answer["Location"])
    assert depth().level == 2


@pytest.mark.req("law.p4")
def test_two_editors_do_not_overwrite_each_others_facts(editor: Client) -> None:
    seen = version_in(editor, "oplysninger")
    first = editor.post(f"{PAGE}/oplysninger", {"version": seen, "volume": "12000", "minutes": "7,5"})
    second = editor.post(f"{PAGE}/oplysninger", {"version": seen, "volume": "9"})
    assert (first.status_code, second.status_code) == (302, 409)
    assert (depth().volume, str(depth().minutes)) == (12000, "7.5")


def test_a_number_that_is_none_is_refused_by_name(editor: Client) -> None:
    answer = editor.post(f"{PAGE}/oplysninger", {"version": version_in(editor, "oplysninger"), "volume": "mange"})
    assert answer.status_code == 422 and "mange" in answer.content.decode()


@pytest.mark.req("law.p1", "law.p3")
@pytest.mark.req("law.p5", "law.p6", "law.p7")
def test_the_seven_principles_are_answered_in_one_go_and_undone_in_one_go(editor: Client) -> None:
    form = {"svar-1": "ja", "svar-3": "nej", "note-3": "Intet system", "svar-5": "ja", "svar-6": "ved-ikke"}
    form["svar-7"] = "nej"
    answer = editor.post(f"{PAGE}/principper", form)
    answers = {one.number: (one.holds, one.answered) for one in depth().principles}
    assert (answers[1], answers[3], answers[6], answers[2]) == (
        (True, True),
        (False, True),
        (None, True),
        (None, False),
    )
    assert (answers[5], answers[7]) == ((True, True), (False, True))
    undo(editor, answer["Location"])
    assert not any(one.answered for one in depth().principles)


@pytest.mark.req("kc.interfaces")
def test_the_interfaces_table_is_edited_and_read_over_all_tasks(editor: Client) -> None:
    make_unit("PLADS", name="Pladsanvisningen", kind="office")
    form = {
        "version": version_in(editor, "snitflade"), "niveau": "1", "gruppe": "daycare", "enhed": "PLADS",
        "sendes": "KC", "aabningstid": "PLADS", "note": "Ring først",
    }  # fmt: skip
    answer = editor.post(f"{PAGE}/snitflade", form)
    table = editor.get("/administration/snitflader", {"kun": "egne"}).content.decode()
    assert "Pladsanvisningen" in table and "Ring først" in table
    rows = editor.get("/administration/snitflader.csv").content.decode()
    assert "T-029,Plads i vuggestue,1,daycare,PLADS,KC,PLADS,Ring først" in rows
    undo(editor, answer["Location"])
    assert catalogue.interface("T-029", 1).follows


def test_a_subtask_is_made_changed_ended_and_brought_back(editor: Client) -> None:
    editor.post(f"{PAGE}/delopgave", {"titel": "Skriv op", "niveau": "2", "minutter": "8"})
    [part] = depth().subtasks
    assert (part.code, part.level, str(part.minutes)) == ("T-029.1", 2, "8.0")
    editor.post(f"{PAGE}/delopgave", {"delopgave": "T-029.1", "titel": "Skriv barnet op", "niveau": "1"})
    answer = editor.post(f"{PAGE}/delopgave/slut", {"delopgave": "T-029.1"})
    assert depth().subtasks[0].ended
    undo(editor, answer["Location"])
    assert (depth().subtasks[0].title, depth().subtasks[0].ended) == ("Skriv barnet op", False)


def test_a_subtask_of_another_task_is_not_touched_from_here(editor: Client) -> None:
    answer = editor.post(f"{PAGE}/delopgave", {"delopgave": "T-030.1", "titel": "X", "niveau": "1"})
    assert answer.status_code == 422


def test_a_level_is_planned_for_a_later_day_and_withdrawn(editor: Client) -> None:
    day = clock.today().replace(year=clock.today().year + 1).isoformat()
    editor.post(f"{PAGE}/plan", {"dag": day, "niveau": "1"})
    assert [plan.level for plan in depth().plans] == [1]
    editor.post(f"{PAGE}/plan/traek-tilbage", {"dag": day})
    assert depth().plans == ()
    assert editor.post(f"{PAGE}/plan", {"dag": "", "niveau": "1"}).status_code == 422


@pytest.mark.req("wp.cut")
def test_a_task_is_moved_between_administrations_on_the_screen(editor: Client) -> None:
    make_administration("KFF")
    answer = editor.post(f"{PAGE}/forvaltning", {"forvaltning": "KFF"})
    assert depth().administration == "KFF"
    undo(editor, answer["Location"])
    assert depth().administration == "FAF"


def test_a_central_task_and_a_cut_are_set_and_seen(editor: Client) -> None:
    make_unit("BS-VALBY", kind="centre", name="Borgerservice Valby")
    editor.post(f"{PAGE}/central", {"central": "ja", "til": ""})
    editor.post(f"{PAGE}/snit", {"enhed": "BS-VALBY", "niveau": "1", "note": "Aftalt"})
    page = editor.get(PAGE).content.decode()
    assert depth().central and "Bliver i forvaltningen" in page and "Aftalt" in page
    editor.post(f"{PAGE}/snit", {"enhed": "BS-VALBY", "goer": "nulstil"})
    assert depth().cuts == ()


def test_a_leader_reads_the_task_but_finds_no_way_to_change_it(editor: Client) -> None:
    leader = logged_in("manager")
    assert "disabled" in leader.get(PAGE).content.decode()
    assert leader.post(f"{PAGE}/oplysninger", {"volume": "1"}).status_code == 404
    stranger = logged_in("task_owner", employer="KFF")
    assert stranger.post(f"{PAGE}/oplysninger", {"volume": "1"}).status_code == 404
    agent = logged_in("agent")
    assert agent.get(PAGE).status_code == 404


def test_a_task_that_does_not_exist_is_not_found(editor: Client) -> None:
    assert editor.get("/administration/opgaver/T-999").status_code == 404
    assert editor.post("/administration/opgaver/T-999/oplysninger", {"volume": "1"}).status_code == 404
