"""An employee as settings: the card, who stands in, the courses passed."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from indgang.core.organisation import selectors as organisation
from indgang.core.organisation import services
from indgang.core.organisation.values import EmployeeCard, EmployeeProfile
from indgang.desks.administration import changes
from indgang.desks.administration.menu import LEADERS
from indgang.desks.administration.wording import day_text, period_text
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer, system

EMPLOYEE, SUBSTITUTES, TRAINING = "employee", "substitutes", "training"
_READER = system("administration")
_CARD = ("name", "title", "mail", "phone", "overflow")


def card_value(card: EmployeeCard) -> dict[str, Any]:
    """The card as the history keeps it."""
    unit = organisation.unit(card.unit_id)
    return {
        **{field: getattr(card, field) for field in _CARD},
        "languages": list(card.languages),
        "unit": unit.code if unit else "",
        "employer": card.employer,
        "manager": card.manager_id,
        "last_day": card.valid_to.isoformat() if card.valid_to else None,
    }


def _read_card(subject: str, at: datetime) -> dict[str, Any] | None:
    card = organisation.employee(int(subject))
    return card_value(card) if card else None


def _apply_card(subject: str, value: dict[str, Any], viewer: Viewer, at: datetime) -> None:
    known = _read_card(subject, at)
    if known is None:
        raise NotFound
    services.change_employee(
        employee_id=int(subject),
        unit_code=value["unit"],
        employer=value["employer"],
        manager_id=value["manager"],
        languages=value["languages"],
        viewer=viewer,
        at=at,
        **{field: value[field] for field in _CARD},
    )
    if value["last_day"] != known["last_day"]:
        last = date.fromisoformat(value["last_day"]) if value["last_day"] else None
        services.record_leave(employee_id=int(subject), last_day=last, viewer=viewer, at=at)


def _card_lines(value: dict[str, Any]) -> list[str]:
    manager = organisation.names([value["manager"]]).get(value["manager"], "") if value["manager"] else ""
    unit = organisation.unit(value["unit"])
    said = [
        f"{value['name']}, {value['title']}",
        unit.name if unit else value["unit"],
        gettext("Ansat i {employer}").format(employer=value["employer"]),
        gettext("Leder: {name}").format(name=manager) if manager else gettext("Ingen leder"),
        ", ".join(filter(None, [value["mail"], value["phone"]])),
        gettext("Sprog: {languages}").format(languages=", ".join(value["languages"])),
        gettext("Aflaster kontaktcentret") if value["overflow"] else "",
        gettext("Sidste dag {day}").format(day=day_text(value["last_day"])) if value["last_day"] else "",
    ]
    return [line for line in said if line]


def person(subject: str) -> str:
    """The employee's name."""
    return organisation.names([int(subject)]).get(int(subject), "")


def _profile(subject: str, at: datetime) -> EmployeeProfile:
    found = organisation.profile(_READER, int(subject), at)
    if found is None:
        raise NotFound
    return found


def _read_substitutes(subject: str, at: datetime) -> list[dict[str, Any]]:
    names = {card.name: card.id for card in organisation.employees(at=at)}
    return [
        {
            "name": name,
            "employee": names.get(name),
            "from": first.isoformat(),
            "to": last.isoformat() if last else None,
        }
        for _key, name, first, last in _profile(subject, at).substitutes
    ]


def _apply_substitutes(subject: str, value: list[dict[str, Any]], viewer: Viewer, at: datetime) -> None:
    """Take away those that are not wanted just so, then enter what is missing; ended ones stay as history."""
    wanted = {(one["name"], one["from"]): one for one in value}
    kept = set()
    for key, name, first, last in _profile(subject, at).substitutes:
        one = wanted.get((name, first.isoformat()))
        if one is not None and (one["to"] or last is None):
            kept.add((name, first.isoformat()))
        ends = date.fromisoformat(one["to"]) if one and one["to"] else first - timedelta(days=1)
        if one is None or one["to"] != (last.isoformat() if last else None):
            services.end_substitute(substitution_id=key, last_day=ends, viewer=viewer, at=at)
    for name_and_day, one in wanted.items():
        if name_and_day not in kept:
            services.set_substitute(
                employee_id=int(subject),
                substitute_id=one["employee"],
                valid_from=date.fromisoformat(one["from"]),
                valid_to=date.fromisoformat(one["to"]) if one["to"] else None,
                viewer=viewer,
                at=at,
            )


def _substitute_lines(value: list[dict[str, Any]]) -> list[str]:
    said = [f"{one['name']}, {period_text(one['from'], one['to'])}" for one in value]
    return said or [gettext("Ingen stedfortræder")]


def _read_training(subject: str, at: datetime) -> list[dict[str, Any]]:
    return [
        {
            "course": row.course,
            "name": row.name,
            "passed_on": row.passed_on.isoformat(),
            "to": row.valid_to.isoformat() if row.valid_to else None,
        }
        for row in _profile(subject, at).card.trainings
    ]


def _apply_training(subject: str, value: list[dict[str, Any]], viewer: Viewer, at: datetime) -> None:
    wanted = {(one["course"], one["passed_on"]) for one in value}
    known = set()
    for row in _profile(subject, at).card.trainings:
        key = (row.course, row.passed_on.isoformat())
        known.add(key)
        if key not in wanted:
            services.withdraw_training(training_id=row.id, viewer=viewer, at=at)
    for one in value:
        if (one["course"], one["passed_on"]) not in known:
            services.record_training(
                employee_id=int(subject),
                course=one["course"],
                passed_on=date.fromisoformat(one["passed_on"]),
                valid_to=date.fromisoformat(one["to"]) if one["to"] else None,
                viewer=viewer,
                at=at,
            )


def _training_lines(value: list[dict[str, Any]]) -> list[str]:
    said = [
        gettext("{course}, bestået {day}").format(course=one["name"], day=day_text(one["passed_on"])) for one in value
    ]
    return said or [gettext("Ingen kurser")]


def _path(subject: str) -> str:
    return f"/administration/medarbejdere/{subject}"


for _code, _title, _how in (
    (EMPLOYEE, _("Medarbejder"), (_read_card, _apply_card, _card_lines)),
    (SUBSTITUTES, _("Stedfortrædere"), (_read_substitutes, _apply_substitutes, _substitute_lines)),
    (TRAINING, _("Kurser"), (_read_training, _apply_training, _training_lines)),
):
    changes.register(
        changes.Setting(
            code=_code,
            title=_title,
            roles=LEADERS,
            read=_how[0],
            apply=_how[1],
            name=person,
            lines=_how[2],
            path=_path,
        )
    )
