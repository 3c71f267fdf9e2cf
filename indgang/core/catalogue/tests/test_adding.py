"""A task of the municipality's own: found and routable at once, and no profile ends it."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from indgang.core.catalogue import errors, selectors, services
from indgang.core.catalogue.models import Task
from indgang.core.catalogue.testing import make_card_text, make_task
from indgang.core.organisation.testing import make_employee, viewer_of
from indgang.foundation.access.errors import NotFound

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    make_task("T-076")
    return viewer_of(make_employee("Ebbe Editor", roles=["editor"]), AT)


def add(viewer, **more) -> str:
    facts = {"title": "Lån en ladcykel", "title_en": "Borrow a cargo bike", "administration": "KSR", "group": "moving"}
    facts |= {"answer_hours": Decimal(8), "words": ("ladcykel", "christianiacykel"), "viewer": viewer, "at": AT}
    return services.add_task(**(facts | more))


@pytest.mark.req("po.notexhaustive")
def test_a_task_added_by_an_editor_is_found_and_routable_at_once(editor):
    code = add(editor)
    assert code == "T-501"
    assert selectors.triage("kan jeg låne en ladcykel", at=AT).suggestions[0].task_id == code
    need = selectors.need(code, 1)
    assert (need.group, need.owner, need.level) == ("moving", "KSR", 1)
    services.save_card_draft(task=code, text=make_card_text(code), based_on=0, why="Ny", viewer=editor, at=AT)
    assert add(editor, title="Lån en trailer") == "T-502"


def test_no_profile_ends_it(editor):
    code = add(editor)
    assert Task.objects.exclude(by_hand__contains=["code"]).filter(code=code).count() == 0


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"title": "meld FLYTNING"}, errors.TaskExists),
        ({"title": " "}, errors.WrongValue),
        ({"group": "ukendt"}, errors.WrongValue),
        ({"administration": "XX"}, errors.WrongValue),
        ({"follow_up": "XX"}, errors.WrongValue),
        ({"answer_hours": Decimal(0)}, errors.WrongValue),
        ({"answer_hours": Decimal("NaN")}, errors.WrongValue),
    ],
)
def test_what_cannot_be_a_task_is_refused_with_its_field(editor, wrong, refusal):
    with pytest.raises(refusal):
        add(editor, **wrong)


def test_an_agent_adds_no_task(editor):
    with pytest.raises(NotFound):
        add(viewer_of(make_employee("Agnes Agent", roles=["agent"]), AT))
