"""Dates in a template are written as Django writes them, in each reader's language."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Engine
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import override

OURS = Engine(builtins=["indgang.foundation.web.template_dates"])
DJANGOS = Engine()
FORMS = [
    "Y-m-d", "j. b Y", "j. F Y", "H.i", "j. b Y H.i", "c", "j.n.Y", "D j. b H.i", "l j. F H.i", "H:i", "l", "j",
    "H.i.s", "d/m-Y", "\\k\\l. H.i", "jS", "P", "Y-m-d % j", "DATE_FORMAT", "SHORT_DATE_FORMAT", "", "j. M y", "U", "e",
    "<b>j. F", "j, n",
]  # fmt: skip
VALUES = [
    datetime(2026, 3, 29, 0, 59, 5, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 30, tzinfo=UTC), datetime(2026, 5, 1, 8, 0), datetime(7, 1, 2, 3, 4, 5),
    datetime(2026, 12, 31, 23, 30, tzinfo=ZoneInfo("Europe/Copenhagen")), date(2026, 5, 1), date(1, 1, 1), time(8, 5),
    None, "", "2026-05-01", 7, timedelta(days=1),
]  # fmt: skip


def drawn(template, facts):
    try:
        return template.render(Context(facts))
    except (TypeError, ValueError) as refused:  # a day has no hours
        return type(refused), str(refused)


@pytest.mark.parametrize("form", FORMS)
def test_dates_are_those_of_django_in_one_language_after_another(form):
    written = '{{ value|date:"' + form.replace("\\", "\\\\") + '" }}'
    ours, djangos = OURS.from_string(written), DJANGOS.from_string(written)
    for language in ("da", "en", "da"):
        with override(language), timezone.override(ZoneInfo("Europe/Copenhagen")):
            for value in VALUES:
                assert drawn(ours, {"value": value}) == drawn(djangos, {"value": value})


@pytest.mark.parametrize(
    "written", ["{{ value|date }}", "{{ value|date:form }}", "{% now 'j. F Y' as this %}{{ value|date:this }}"]
)
def test_other_ways_of_naming_a_format_are_those_of_django(written):
    for form in ("j. F Y", lazy(lambda: "j. F Y", str)(), None):
        facts = {"value": VALUES[0], "form": form}
        with override("da"):
            assert OURS.from_string(written).render(Context(facts)) == DJANGOS.from_string(written).render(
                Context(facts)
            )
