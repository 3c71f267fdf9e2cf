"""A small municipality, loaded, changed and spoilt."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection

from indgang.assembly import profiles
from indgang.core.catalogue import selectors as catalogue
from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.testing import make_employee
from indgang.foundation.access import selectors as access
from indgang.foundation.access.errors import UsernameTaken
from indgang.foundation.access.testing import make_account

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
TASK = "administration,group,level,in_info_list,in_rule_list,in_po_list,in_not_placed_list,is_new,decision,follow_up"
TASK_END = "life_situations,answer_hours,owner_today,historic,replaced_by,frequent,valid_from,valid_to,source"
TASK_HEAD = f"code,name,title,title_en,{TASK},{TASK_END}"
FILES = {
    "administrations.csv": "code,name,today,external\nKSR,Registerforvaltningen,,0\nFAF,Familieforvaltningen,,0\n",
    "units.csv": "code,name,kind,administration,variant,district,address,phone,mail,facilities,source\n"
    "KC,Kontaktcenter,contact_centre,KSR,,,,00 00 00 01,,,\nPLADS,Pladsanvisningen,office,FAF,,,,00 00 00 02,,,\n",
    "opening_hours.csv": "unit,channel,weekday,opens,closes,valid_from,valid_to,source\n"
    "KC,phone,0,08:00,18:00,2006-01-01,,plan\n",
    "changed_days.csv": "unit,day,opens,closes,reason\n,12-24,,,Juleaftensdag\nKC,2026-05-15,10:00,12:00,Kursus\n",
    "life_situations.csv": "code,name,name_en,order\nhousing,Bolig,Housing,1\n",
    "groups.csv": "code,name\ngeneral,Vejledning\nmoving,Flytning\ndaycare,Dagtilbud\n",
    "tasks.csv": f"{TASK_HEAD}\n"
    "T-076,Folkeregister,Meld flytning,Report a move,KSR,moving,2,1,1,0,0,0,0,,housing,8,,0,,1,2006-01-01,,plan\n"
    "T-029,Pladsanvisning,Plads i dagtilbud,Day care,FAF,daycare,2,1,0,0,1,Ny,1,PLADS,,16,,0,,1,2006-01-01,,plan\n",
    "tasks_text.csv": "code,summary,summary_en\n"
    "T-076,Du melder flytning.,You report a move.\nT-029,Plads til barnet.,A place.\n",
    "phrases.csv": "task,language,weight,text\n"
    "T-076,da,1,jeg flytter\nT-029,da,1,vuggestue\n!emergency,da,1,ambulance\n",
    "questions.csv": "task,code,order,required,text,text_en\nT-076,where,1,1,Hvorhen?,Where to?\n",
    "question_options.csv": "task,question,code,text,text_en,goes_to,answer\n"
    "T-076,where,home,I Danmark,In Denmark,,link\n",
    "answers.csv": "task,code,subject,subject_en,link,closes,offers_call_back,phone_unit\n"
    "T-076,link,Sådan gør du,How to,https://flyt.example/,1,0,KC\n",
    "answers/T-076-link.da.txt": "Du melder flytning på nettet.\n",
    "answers/T-076-link.en.txt": "You report a move online.\n",
    "employees.csv": "username,name,title,unit,employer,manager,languages,roles,overflow,mail,phone\n"
    "agnes,Agnes Agent,Agent,KC,KSR,marie,da;en,agent,0,agnes@kommune.example,00 00 00 03\n"
    "marie,Marie Leder,Leder,KC,KSR,,da,manager,0,marie@kommune.example,00 00 00 04\n",
    "competences.csv": "username,group,proficiency,level\nagnes,moving,4,2\nagnes,general,3,1\n",
    "authorisations.csv": "username,task_or_group,level,valid_from,valid_to\n"
    "agnes,moving,2,2026-01-01,\nagnes,T-029,1,2026-01-01,\n",
    "settings.toml": "[contacts]\nreopen_days = 21\n",
}


@pytest.fixture
def town(tmp_path, settings):
    settings.INDGANG_PROFILES = tmp_path
    for name, content in FILES.items():
        write(tmp_path / "lille", name, content)
    return tmp_path / "lille"


def write(folder: Path, name: str, content: str | bytes) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())


def change(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new))


def faults(name="lille"):
    with pytest.raises(profiles.ProfileFaulty) as refused:
        profiles.load(name, at=AT)
    return refused.value


def events(verb):
    with connection.cursor() as cursor:
        cursor.execute("SELECT data->>'kind' FROM journal_event WHERE verb = %s", [verb])
        return {kind for (kind,) in cursor.fetchall()}


@pytest.mark.django_db
def test_a_profile_becomes_a_municipality(town):
    report = profiles.load("lille", at=AT)
    assert report.changes["tasks"] == 2 and report.changes["employees"] >= 2
    card = catalogue.task("T-076")
    assert card.placed == "rule" and card.answers[0].body == "Du melder flytning på nettet."
    assert card.questions[0].options[0].answer == "link"
    assert catalogue.task("T-029").follow_up == organisation.unit("PLADS").id
    assert catalogue.triage("jeg flytter på lørdag", at=AT).suggestions[0].task_id == "T-076"
    assert catalogue.triage("send en ambulance", at=AT).decision == "none"
    assert catalogue.setting("reopen_days") == 21
    agnes = organisation.employees("Agnes", at=AT)[0]
    facts = organisation.agent_facts([agnes.id], AT)[0]
    assert facts.competences["moving"] == (4, 2) and facts.roles == {"agent"}


@pytest.mark.django_db
def test_each_changed_kind_is_one_event(town):
    profiles.load("lille", at=AT)
    assert events("catalogue.profile_loaded") >= {"tasks", "phrases", "settings"}
    assert events("organisation.profile_loaded") >= {"units", "employees", "authorisations"}


@pytest.mark.django_db
def test_the_second_load_changes_nothing(town):
    profiles.load("lille", at=AT)
    assert profiles.load("lille", at=AT).changed == 0


@pytest.mark.django_db
def test_a_changed_file_changes_just_its_rows(town):
    profiles.load("lille", at=AT)
    change(town, "tasks.csv", "Meld flytning", "Meld ny adresse")
    change(town, "competences.csv", "agnes,moving,4,2", "agnes,moving,5,2")
    report = profiles.load("lille", at=AT)
    assert {kind: count for kind, count in report.changes.items() if count} == {"tasks": 1, "competences": 1}
    assert catalogue.task("T-076").title == "Meld ny adresse"


@pytest.mark.django_db
def test_a_removed_task_ends_the_day_before_and_comes_back_when_it_is_written_again(town):
    profiles.load("lille", at=AT)
    for name in ("tasks.csv", "tasks_text.csv", "phrases.csv", "authorisations.csv"):
        lines = (town / name).read_text().splitlines(keepends=True)
        (town / name).write_text("".join(line for line in lines if "T-029" not in line))
    profiles.load("lille", at=AT)
    assert [card.code for card in catalogue.tasks(at=AT)] == ["T-076"]
    assert [card.code for card in catalogue.tasks(at=date(2026, 3, 1))] == ["T-029", "T-076"]
    for name in ("tasks.csv", "tasks_text.csv", "phrases.csv", "authorisations.csv"):
        write(town, name, FILES[name])
    profiles.load("lille", at=AT)
    assert [card.code for card in catalogue.tasks(at=AT)] == ["T-029", "T-076"]


@pytest.mark.django_db
def test_a_removed_employee_leaves_and_a_hired_one_stays(town):
    profiles.load("lille", at=AT)
    make_employee("Ny Nielsen")
    change(
        town,
        "employees.csv",
        "agnes,Agnes Agent,Agent,KC,KSR,marie,da;en,agent,0,agnes@kommune.example,00 00 00 03\n",
        "",
    )
    write(town, "competences.csv", "username,group,proficiency,level\n")
    write(town, "authorisations.csv", "username,task_or_group,level,valid_from,valid_to\n")
    profiles.load("lille", at=AT)
    assert [card.name for card in organisation.employees(at=AT)] == ["Marie Leder", "Ny Nielsen"]


@pytest.mark.django_db
def test_a_right_no_longer_in_the_profile_ends(town):
    profiles.load("lille", at=AT)
    change(town, "authorisations.csv", "agnes,T-029,1,2026-01-01,\n", "")
    assert profiles.load("lille", at=AT).changes["authorisations"] == 1
    (rights,) = [found for found in access.rights_of(None, AT.date()).values()]
    assert [(right.group, right.task) for right in rights] == [("moving", "")]


@pytest.mark.django_db
def test_without_a_demo_nobody_has_the_demo_password(town, settings, client):
    settings.INDGANG_DEMO = False
    profiles.load("lille", at=AT)
    assert not client.login(username="agnes", password=profiles.DEMO_PASSWORD)


@pytest.mark.django_db
@pytest.mark.req("cat.partition")
def test_a_task_in_two_lists_is_refused(town):
    change(town, "tasks.csv", "KSR,moving,2,1,1,0,0", "KSR,moving,2,1,1,1,0")
    (fault,) = faults().faults
    assert (fault.file, fault.line, fault.column) == ("tasks.csv", 2, "in_rule_list+in_po_list+in_not_placed_list")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "old", "new", "place"),
    [
        ("tasks.csv", "T-029,Plads", "T-29,Plads", ("tasks.csv", 3, "code", "T-29")),
        ("tasks.csv", "FAF,daycare,2", "FAF,daycare,4", ("tasks.csv", 3, "level", "4")),
        ("tasks.csv", "FAF,daycare,2", "FAF,swimming,2", ("tasks.csv", 3, "group", "swimming")),
        ("tasks.csv", ",8,,0,", ",8timer,,0,", ("tasks.csv", 2, "answer_hours", "8timer")),
        (
            "tasks.csv",
            "2006-01-01,,plan\nT-029",
            "2006-01-01,2005-01-01,plan\nT-029",
            ("tasks.csv", 2, "valid_to", "2005-01-01"),
        ),
        ("tasks.csv", "housing", "hosing", ("tasks.csv", 2, "life_situations", "hosing")),
        ("units.csv", "KC,Kontaktcenter", "PLADS,Kontaktcenter", ("units.csv", 3, "code", "PLADS")),
        ("opening_hours.csv", "18:00", "25:00", ("opening_hours.csv", 2, "closes", "25:00")),
        ("opening_hours.csv", "18:00", "07:00", ("opening_hours.csv", 2, "closes", "07:00:00")),
        ("employees.csv", "agent,0,agnes", "boss,0,agnes", ("employees.csv", 2, "roles", "boss")),
        ("employees.csv", "KSR,marie", "KSR,maria", ("employees.csv", 2, "manager", "maria")),
        ("authorisations.csv", "agnes,T-029", "agnes,T-030", ("authorisations.csv", 3, "task_or_group", "T-030")),
        ("phrases.csv", "T-029,da", "T-028,da", ("phrases.csv", 3, "task", "T-028")),
        ("question_options.csv", ",link", ",lnik", ("question_options.csv", 2, "answer", "lnik")),
        ("groups.csv", "general,Vejledning\n", "", ("groups.csv", 0, "code", "")),
    ],
)
def test_a_fault_is_told_with_its_place_and_a_remedy(town, name, old, new, place):
    change(town, name, old, new)
    told = faults().faults
    assert all(fault.remedy.endswith(".") for fault in told)
    found = [(fault.file, fault.line, fault.column, fault.value) for fault in told]
    assert place in found


@pytest.mark.django_db
def test_files_that_cannot_be_read_are_told_all_at_once(town):
    (town / "groups.csv").unlink()
    write(town, "units.csv", FILES["units.csv"].replace("Kontaktcenter", "Kontaktcentør").encode("latin-1"))
    write(town, "administrations.csv", "code,name\nKSR,Register\n")
    write(town, "questions.csv", FILES["questions.csv"] + 'T-076,"open,1,1,Hvad?,What?\n')
    write(town, "phrases.csv", FILES["phrases.csv"] + "T-076,da,1,to, felter for mange\n")
    write(town, "settings.toml", "reopen_days = \n")
    told = [str(fault) for fault in faults().faults]
    assert any(line.startswith("groups.csv: Filen mangler") for line in told)
    assert "units.csv, linje 2: »byte f8«. Filen er ikke UTF-8. Gem den som UTF-8." in told
    assert any(line.startswith("administrations.csv, linje 1, kolonne today: Kolonnen mangler") for line in told)
    assert any(line.startswith("questions.csv, linje 3: Linjen kan ikke læses som CSV") for line in told)
    assert any(line.startswith("phrases.csv, linje 5: Linjen har 5 felter, men skal have 4") for line in told)
    assert any(line.startswith("settings.toml: Filen kan ikke læses som TOML") for line in told)


@pytest.mark.django_db
def test_at_most_fifty_faults_are_shown_and_the_rest_counted(town):
    write(town, "phrases.csv", "task,language,weight,text\n" + "".join(f"T-999,da,1,ord {n}\n" for n in range(80)))
    refused = faults()
    assert (refused.count, len(refused.faults)) == (80, 50)
    assert refused.lines()[-1] == "… og 30 fejl mere."


@pytest.mark.django_db
def test_a_faulty_profile_leaves_the_running_municipality_as_it_was(town):
    profiles.load("lille", at=AT)
    change(town, "tasks.csv", "Meld flytning", "Meld ny adresse")
    change(town, "employees.csv", "agent,0", "boss,0")
    faults()
    assert catalogue.task("T-076").title == "Meld flytning"
    assert catalogue.triage("jeg flytter", at=AT).suggestions[0].task_id == "T-076"


@pytest.mark.django_db
def test_a_username_somebody_else_has_stops_everything(town):
    make_account("agnes")
    with pytest.raises(UsernameTaken):
        profiles.load("lille", at=AT)
    assert catalogue.task("T-076") is None and organisation.unit("KC") is None


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["store", "../lille", "", "lille/../lille"])
def test_an_unknown_profile_is_refused_by_name(town, name):
    with pytest.raises(profiles.ProfileMissing) as refused:
        profiles.load(name, at=AT)
    assert "lille" in str(refused.value)
