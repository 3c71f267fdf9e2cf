"""What an employee knows of a group, as a setting: all its periods from today on."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from indgang.core.organisation import selectors as organisation
from indgang.core.organisation import services
from indgang.desks.administration import changes
from indgang.desks.administration.answers import as_id
from indgang.desks.administration.menu import LEADERS
from indgang.desks.administration.wording import period_text
from indgang.foundation.access.values import Viewer

COMPETENCE = "competence"
Period = dict[str, Any]  # {"proficiency": 3, "level": 1, "from": "2026-01-01", "to": null}


def subject_of(employee: int, group: str) -> str:
    """ "12:moving"."""
    return f"{employee}:{group}"


def parts(subject: str) -> tuple[int, str]:
    """Employee and group of a subject; employee 0 for what is none."""
    employee, _colon, group = subject.partition(":")
    return as_id(employee) or 0, group


def period(proficiency: int, level: int, first: date, last: date | None) -> Period:
    """One period as the history keeps it."""
    return {
        "proficiency": proficiency,
        "level": level,
        "from": first.isoformat(),
        "to": last.isoformat() if last else None,
    }


def begun(known: list[Period], new: Period) -> list[Period]:
    """The periods when the new one begins: what holds before ends the day before, what began later gives way."""
    first = new["from"]
    before = [one for one in known if one["from"] < first]
    ended = (date.fromisoformat(first) - timedelta(days=1)).isoformat()
    return [{**one, "to": min(one["to"] or ended, ended)} for one in before] + [new]


def ended(known: list[Period], last_day: date) -> list[Period]:
    """The periods when nothing holds after that day."""
    last = last_day.isoformat()
    return [{**one, "to": min(one["to"] or last, last)} for one in known if one["from"] <= last]


def current(subject: str, at: datetime) -> list[Period]:
    """The periods that hold today or later, in order."""
    employee, group = parts(subject)
    rows = organisation.competences([employee], at, group)
    return [period(row.proficiency, row.level, row.valid_from, row.valid_to) for row in rows]


def _apply(subject: str, value: list[Period], viewer: Viewer, at: datetime) -> None:
    employee, group = parts(subject)
    wanted = {one["from"]: one for one in value}
    for row in organisation.competences([employee], at, group):
        if row.valid_from.isoformat() not in wanted:
            services.end_competence(
                competence_id=row.id, last_day=row.valid_from - timedelta(days=1), viewer=viewer, at=at
            )
    known = {one["from"]: one for one in current(subject, at)}
    for first in sorted(wanted):
        if wanted[first] != known.get(first):
            _set(employee, group, wanted[first], viewer, at)


def _set(employee: int, group: str, one: Period, viewer: Viewer, at: datetime) -> None:
    services.set_competence(
        employee_id=employee,
        group=group,
        proficiency=one["proficiency"],
        level=one["level"],
        valid_from=date.fromisoformat(one["from"]),
        valid_to=date.fromisoformat(one["to"]) if one["to"] else None,
        viewer=viewer,
        at=at,
    )


def name(subject: str) -> str:
    """ "Agnes Agent: Flytning"."""
    employee, group = parts(subject)
    person = organisation.names([employee]).get(employee, "")
    return f"{person}: {dict(organisation.groups()).get(group, group)}"


def lines(value: list[Period]) -> list[str]:
    """The periods in words."""
    said = [
        gettext("Færdighed {proficiency}, niveau {level}, {period}").format(
            proficiency=one["proficiency"], level=one["level"], period=period_text(one["from"], one["to"])
        )
        for one in value
    ]
    return said or [gettext("Ingen kompetence")]


changes.register(
    changes.Setting(
        code=COMPETENCE,
        title=_("Kompetence"),
        roles=LEADERS,
        read=current,
        apply=_apply,
        name=name,
        lines=lines,
        path=lambda subject: f"/administration/kompetencer?celle={subject}",
    )
)
