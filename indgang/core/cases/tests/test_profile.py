import pytest

from indgang.core.cases import services
from indgang.core.cases.models import CaseSetting, StepTemplate
from indgang.core.cases.testing import make_case, make_setting, make_step_template, steps_of
from indgang.core.catalogue.testing import make_life_event, make_task
from indgang.core.citizens.testing import make_person

pytestmark = pytest.mark.django_db
SETTING = {
    "task": "T-022", "answer_working_days": 20, "legal_basis": "Boligstøtteloven", "appeal_body": "Ankestyrelsen",
    "appeal_weeks": 4, "appeal_resort": True, "complaint_working_days": 20, "complaint_rule": "kommunens egen frist",
    "hearing_days": 14, "sensitivity": "", "retention": "",
    "retention_years": None, "affects": ["moved", "died"], "income_dependent": True, "source": "kortet",
}  # fmt: skip
STEP = {
    "task": "", "life_event": "", "order": 1, "title": "Oplys sagen", "title_en": "Inform the case", "level": 2,
    "working_days": 3, "source": "projektets standard",
}  # fmt: skip
RULE = {
    "kind": "moved", "task": "", "working_days": 3, "words": "Borgeren er flyttet", "words_en": "The citizen has moved",
    "source": "projektets standard",
}  # fmt: skip


def test_a_profile_says_how_cases_are_handled_and_again_changes_nothing(at):
    make_task("T-022", group="housing_benefit")
    rows = {"case_settings": [SETTING], "step_templates": [STEP], "notice_rules": [RULE]}
    assert services.load_profile(rows, at=at) == {"case_settings": 1, "step_templates": 1, "notice_rules": 1}
    assert services.load_profile(rows, at=at) == {"case_settings": 0, "step_templates": 0, "notice_rules": 0}
    row = CaseSetting.objects.get()
    assert (row.appeal_weeks, row.sensitivity, row.retention, row.retention_years, row.affects) == (
        4, "confidential", "K", 5, ["died", "moved"],
    )  # fmt: skip
    assert services.load_profile({}, at=at) == {"case_settings": 1, "step_templates": 1, "notice_rules": 1}


def test_what_was_changed_by_hand_stays(at):
    make_task("T-022", group="housing_benefit")
    make_setting(answer_working_days=5, by_hand=True)
    make_step_template("Vores egen", by_hand=True)
    services.load_profile({"case_settings": [SETTING], "step_templates": [{**STEP, "task": "T-022"}]}, at=at)
    assert CaseSetting.objects.get().answer_working_days == 5
    assert [row.title for row in StepTemplate.objects.all()] == ["Vores egen"]


@pytest.mark.req("esdh.journals")
def test_a_course_begins_with_the_list_of_its_life_event_once(at):
    """A template for a life situation stands on the first case of the course, not on each."""
    make_task("T-022", title="Boligsikring", group="housing_benefit", administration="FAF")
    make_life_event("divorce", tasks=["T-022"])
    make_step_template("Gennemgå tjeklisten", task=None, life_event="divorce")
    person = make_person().id
    first = make_case(person=person, life_event="divorce", at=at)
    second = make_case("T-002", person=person, life_event="divorce", group="building", administration="BTF", at=at)
    assert first.course_id == second.course_id
    assert [step.title for step in steps_of(first.id)] == ["Gennemgå tjeklisten", "Boligsikring"]
    assert [step.kind for step in steps_of(second.id)] == ["handle"]
