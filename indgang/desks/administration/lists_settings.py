"""Pause reasons, service points, relief groups and materials as settings."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from indgang.core.contacts import selectors as contacts
from indgang.core.contacts import services as contact_services
from indgang.core.organisation import selectors as organisation
from indgang.core.routing import selectors as routing
from indgang.core.routing import services as routing_services
from indgang.core.routing.values import ReliefRow
from indgang.desks.administration import changes
from indgang.desks.administration.menu import WRITERS
from indgang.desks.administration.rules_settings import MEDIA, RULERS, number_text
from indgang.foundation.access.values import Viewer, system
from indgang.foundation.runtime import clock

PAUSE, POINT, RELIEF, MATERIAL = "pause_reason", "service_point", "relief_group", "material"
LISTS = "/administration/fordeling/lister"
_READER = system("administration")
Value = dict[str, Any]


def _read_pause(subject: str, at: datetime) -> Value | None:
    row = next((one for one in routing.pause_cards(at) if one.code == subject), None)
    return {"title": row.title, "title_en": row.title_en, "order": row.order} if row else None


def _apply_pause(subject: str, value: Value | None, viewer: Viewer, at: datetime) -> None:
    if value is None:
        routing_services.end_pause_reason(code=subject, viewer=viewer, at=at)
    else:
        routing_services.save_pause_reason(code=subject, viewer=viewer, at=at, **value)


def _read_point(subject: str, at: datetime) -> Value | None:
    row = next((one for one in routing.point_cards(at) if one.code == subject), None)
    if row is None:
        return None
    unit = organisation.unit(row.unit) if row.unit else None
    facts = {"unit_code": unit.code if unit else "", "groups": sorted(row.groups), "media": sorted(row.media)}
    return {"name": row.name, "name_en": row.name_en, "order": row.order, **facts}


def _apply_point(subject: str, value: Value | None, viewer: Viewer, at: datetime) -> None:
    if value is None:
        routing_services.end_service_point(code=subject, viewer=viewer, at=at)
    else:
        routing_services.save_service_point(code=subject, viewer=viewer, at=at, **value)


def relief_of(subject: str, at: datetime) -> ReliefRow | None:
    """The relief group in force."""
    return next((row for row in reversed(routing.relief_groups(at)) if row.code == subject), None)


def _read_relief(subject: str, at: datetime) -> Value | None:
    row = relief_of(subject, at)
    if row is None:
        return None
    codes = {unit.id: unit.code for unit in organisation.units()}
    return {
        "name": row.name,
        "units": sorted(codes[unit] for unit in row.units if unit in codes),
        "groups": sorted(row.groups),
        "media": sorted(row.media),
        "threshold": row.threshold,
        "live_after": row.live_after,
        "written_after": row.written_after,
        "share": row.share,
    }


def _apply_relief(subject: str, value: Value | None, viewer: Viewer, at: datetime) -> None:
    if value is None:
        row, yesterday = relief_of(subject, at), clock.local(at).date() - timedelta(days=1)
        if row is not None:
            routing_services.end_relief_group(relief_id=row.id, last_day=yesterday, viewer=viewer, at=at)
        return
    ids = {unit.code: unit.id for unit in organisation.units(at=at)}
    units = [ids[code] for code in value["units"] if code in ids]
    routing_services.save_relief_group(code=subject, viewer=viewer, at=at, **{**value, "units": units})


def _read_material(subject: str, at: datetime) -> Value | None:
    row = next((one for one in contacts.material_cards(_READER) if one.code == subject), None)
    if row is None:
        return None
    facts = {field: getattr(row, field) for field in ("kind", "title", "title_en", "link")}
    return {**facts, "tasks": sorted(row.tasks)}


def _apply_material(subject: str, value: Value | None, viewer: Viewer, at: datetime) -> None:
    if value is None:
        contact_services.retire_material(code=subject, viewer=viewer, at=at)
    else:
        contact_services.save_material(code=subject, viewer=viewer, at=at, **value)


def scope_text(groups: list[str], media: list[str]) -> str:
    """ "E-mail, Brev; Flytning", or that everything comes there."""
    names = dict(organisation.groups())
    ways = ", ".join(str(MEDIA.get(medium, medium)) for medium in media) or gettext("alle kanaler")
    return f"{ways}; {', '.join(names.get(code, code) for code in groups) or gettext('alle grupper')}"


def _point_lines(value: Value) -> list[str]:
    return [f"{value['name']} / {value['name_en']}", scope_text(value["groups"], value["media"]), value["unit_code"]]


def relief_text(value: Value) -> str:
    """When the group is asked, and how many of it."""
    waiting = ngettext("når {n} venter", "når {n} venter", value["threshold"]).format(n=value["threshold"])
    share = gettext("højst {share} procent ad gangen").format(share=number_text(value["share"] * 100))
    waits = gettext("{live} sekunder (telefon), {written} sekunder (skriftligt)")
    return ", ".join([waiting, waits.format(live=value["live_after"], written=value["written_after"]), share])


def _relief_lines(value: Value) -> list[str]:
    return [
        f"{value['name']}: {', '.join(value['units'])}",
        scope_text(value["groups"], value["media"]),
        relief_text(value),
    ]


def _material_lines(value: Value) -> list[str]:
    return [
        f"{value['title']} / {value['title_en']}",
        value["link"],
        ", ".join(value["tasks"]) or gettext("Alle opgaver"),
    ]


def _named(read: Any, field: str) -> Any:
    def name(subject: str) -> str:
        value = read(subject, clock.now())
        return str(value[field]) if value else subject

    return name


for _code, _title, _roles, _how, _field, _path in (
    (
        PAUSE,
        _("Grund til pause"),
        RULERS,
        (_read_pause, _apply_pause, lambda value: [f"{value['title']} / {value['title_en']}"]),
        "title",
        LISTS,
    ),
    (POINT, _("Betjeningssted"), RULERS, (_read_point, _apply_point, _point_lines), "name", LISTS),
    (RELIEF, _("Aflastning"), RULERS, (_read_relief, _apply_relief, _relief_lines), "name", LISTS),
    (
        MATERIAL,
        _("Blanket eller pjece"),
        WRITERS,
        (_read_material, _apply_material, _material_lines),
        "title",
        "/administration/materialer",
    ),
):
    changes.register(
        changes.Setting(
            code=_code,
            title=_title,
            roles=_roles,
            read=_how[0],
            apply=_how[1],
            name=_named(_how[0], _field),
            lines=_how[2],
            path=lambda subject, page=_path: page,  # type: ignore[misc]
        )
    )
