"""Counters as settings: the room, the unit that serves there, and until when."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from indgang.core.organisation import selectors as organisation
from indgang.core.organisation import services
from indgang.core.organisation.values import CounterRow
from indgang.desks.administration import changes
from indgang.desks.administration.menu import LEADERS
from indgang.desks.administration.wording import period_text
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

COUNTER = "counter"
HERE = "/administration/skranker"


def _row(subject: str, at: datetime) -> CounterRow | None:
    """The newest row of that counter and unit."""
    unit, _colon, code = subject.partition(":")
    found = [row for row in organisation.counters(at, unit) if row.code == code]
    return found[-1] if found else None


def _read(subject: str, at: datetime) -> dict[str, Any] | None:
    row = _row(subject, at)
    if row is None:
        return None
    ends = row.valid_to.isoformat() if row.valid_to else None
    return {"name": row.name, "premises": row.premises, "from": row.valid_from.isoformat(), "to": ends}


def _apply(subject: str, value: dict[str, Any] | None, viewer: Viewer, at: datetime) -> None:
    unit, _colon, code = subject.partition(":")
    if value is None:
        row, yesterday = _row(subject, at), clock.local(at).date() - timedelta(days=1)
        if row is not None:
            services.end_counter(counter_id=row.id, last_day=yesterday, viewer=viewer, at=at)
        return
    services.assign_counter(
        code=code,
        name=value["name"],
        premises=value["premises"],
        unit_code=unit,
        valid_from=date.fromisoformat(value["from"]),
        valid_to=date.fromisoformat(value["to"]) if value["to"] else None,
        viewer=viewer,
        at=at,
    )


def _name(subject: str) -> str:
    unit, _colon, code = subject.partition(":")
    found = organisation.unit(unit)
    return gettext("{code} i {unit}").format(code=code, unit=found.name if found else unit)


changes.register(
    changes.Setting(
        code=COUNTER,
        title=_("Skranke"),
        roles=LEADERS,
        read=_read,
        apply=_apply,
        name=_name,
        lines=lambda value: [f"{value['name']}, {value['premises']}", period_text(value["from"], value["to"])],
        path=lambda subject: HERE,
    )
)
