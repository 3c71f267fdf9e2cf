"""The municipality's own contacts as counts, in the same shape as a file that is brought."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils.translation import gettext

from indgang.core.organisation import selectors as organisation
from indgang.desks.insight import selectors as insight
from indgang.desks.planning import words
from indgang.desks.planning.errors import NothingCounted
from indgang.desks.planning.values import CHANNELS, NONE, Series, channels_of

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Offered:
    """What there are counts of, to choose from, code and name; everything comes first."""

    channels: Choices
    groups: Choices
    units: Choices


def offered() -> Offered:
    """Only what anybody came in by; the number behind each name says how many."""
    rows = insight.series()

    def of(codes: dict[str, int], names: dict[str, str], none: str) -> Choices:
        known = [(code or NONE, names.get(code, code) if code else none, number) for code, number in codes.items()]
        return [
            (code, f"{name} ({words.number(number)})") for code, name, number in sorted(known, key=lambda one: -one[2])
        ]

    channels = {
        code: sum(row.contacts for row in rows if row.channel in channels_of(code)) for code in CHANNELS
    }  # fmt: skip
    groups: dict[str, int] = {}
    units: dict[str, int] = {}
    for row in rows:
        groups[row.group] = groups.get(row.group, 0) + row.contacts
        units[row.unit] = units.get(row.unit, 0) + row.contacts
    return Offered(
        [(code, f"{CHANNELS[code]} ({words.number(number)})") for code, number in channels.items() if number],
        [("", gettext("Alle opgaver")), *of(groups, dict(organisation.groups()), gettext("Ingen opgave fundet"))],
        [("", gettext("Alle steder")), *of(units, _unit_names(), gettext("Intet bestemt sted"))],
    )


def as_csv(wanted: Series) -> bytes:
    """Every half-hour between the first and the last of a day anybody ever came in, zeros where nobody did.

    Raises NothingCounted.
    """
    group, unit = _code(wanted.group), _code(wanted.unit)
    rows = insight.half_hours(channels_of(wanted.channel), group=group, unit=unit)
    if not rows:
        raise NothingCounted
    counted = {(row.day, row.slot): row.contacts for row in rows}
    slots = range(min(row.slot for row in rows), max(row.slot for row in rows) + 1)
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["start", "count"])
    day = rows[0].day
    while day <= rows[-1].day:
        for slot in slots:
            start = datetime.combine(day, time()) + timedelta(minutes=30 * slot)
            writer.writerow([start.isoformat(), counted.get((day, slot), 0)])
        day += timedelta(days=1)
    return file.getvalue().encode()


def name(wanted: Series) -> str:
    """What such a set is called; its channel stands beside it wherever it is shown."""
    groups = dict(organisation.groups()) | {NONE: gettext("Ingen opgave fundet")}
    units = _unit_names() | {NONE: gettext("Intet bestemt sted")}
    parts = [groups.get(wanted.group, wanted.group), units.get(wanted.unit, wanted.unit)]
    said = ", ".join(part for part in parts if part)
    return f"{gettext('Egne henvendelser')}: {said}" if said else gettext("Egne henvendelser")


def _code(chosen: str) -> str | None:
    """None: of any; empty: where none is known."""
    return {"": None, NONE: ""}.get(chosen, chosen)


def _unit_names() -> dict[str, str]:
    return {unit.code: unit.name for unit in organisation.units()}
