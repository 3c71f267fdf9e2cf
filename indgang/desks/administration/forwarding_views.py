"""Who answers a channel while it is closed: a plan of periods, saved with undo."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from indgang.core.organisation import selectors as organisation
from indgang.core.organisation import services
from indgang.core.organisation.values import Forward
from indgang.desks.administration import changes
from indgang.desks.administration.answers import as_day, saved
from indgang.desks.administration.gates import roles_only
from indgang.desks.administration.hours_settings import channel_name
from indgang.desks.administration.menu import LEADERS
from indgang.desks.administration.wording import period_text
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

FORWARDING = "forwarding"


def _read(subject: str, at: datetime) -> list[dict[str, Any]]:
    unit, _sep, channel = subject.partition(":")
    return [
        {
            "name": row.name,
            "name_en": row.name_en,
            "phone": row.phone,
            "from": row.valid_from.isoformat(),
            "to": row.valid_to.isoformat() if row.valid_to else None,
        }
        for row in organisation.forwarding_plan(unit, channel)
    ]


def _apply(subject: str, value: list[dict[str, Any]], viewer: Viewer, at: datetime) -> None:
    unit, _sep, channel = subject.partition(":")
    rows = [
        Forward(
            one["name"],
            one["name_en"],
            one["phone"],
            date.fromisoformat(one["from"]),
            date.fromisoformat(one["to"]) if one["to"] else None,
        )
        for one in value
    ]
    services.set_forwarding(unit_code=unit, channel=channel, rows=rows, viewer=viewer, at=at)


def _name(subject: str) -> str:
    unit, _sep, channel = subject.partition(":")
    card = organisation.unit(unit)
    return f"{card.name if card else unit}, {channel_name(channel)}"


@require_POST
@roles_only(LEADERS)
def forward(request: HttpRequest, viewer: Viewer, unit: str, channel: str) -> HttpResponse:
    """Add a period, or take one away."""
    form, at, subject = request.POST, clock.now(), f"{unit}:{channel}"
    known = changes.read_setting(FORWARDING, subject, at).value
    if gone := form.get("fjern", ""):
        value = [one for one in known if one["from"] != gone]
    else:
        first, last = as_day(form.get("fra", ""), clock.today()), as_day(form.get("til", ""))
        new = {key: form.get(field, "").strip() for key, field in (("name", "navn"), ("phone", "nummer"))}
        new |= {"name_en": form.get("engelsk", "").strip(), "from": (first or clock.today()).isoformat()}
        value = sorted([*known, {**new, "to": last.isoformat() if last else None}], key=lambda one: one["from"])
    made = changes.change_setting(
        setting=FORWARDING, subject=subject, value=value, viewer=viewer, at=at, version=form.get("version", "")
    )
    return saved(request, made, f"/administration/aabningstider/{unit}/{channel}")


changes.register(
    changes.Setting(
        code=FORWARDING,
        title=_("Når der er lukket"),
        roles=LEADERS,
        read=_read,
        apply=_apply,
        name=_name,
        lines=lambda value: [f"{one['name']}, {one['phone']}, {period_text(one['from'], one['to'])}" for one in value],
        path=lambda subject: "/administration/aabningstider/" + subject.replace(":", "/"),
    )
)
