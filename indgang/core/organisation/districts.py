"""Which district an address lies in, and which units serve it: one division for all of them.

An address is named by the register's key: municipality (4), road (4) and house number (4, filled with "_" on the left).
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q, QuerySet

from indgang.core.organisation.models import LivingPlan, StreetRange, Unit
from indgang.core.organisation.values import AddressRow, UnitCard
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import lasting, sort_key

CENTRE = "centre"
DECISION_2006 = "decision 2006"
_STREET = re.compile(r"\D*")
_HOUSE = re.compile(r"(\d{1,3})(?!\d)\s*([A-Za-zÆØÅæøå]?)(?![^\W\d_])")
_POSTCODE = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_ROAD = re.compile(r"[0-9]{8}")
_KEY = re.compile(r"(?P<municipality>[0-9]{4})(?P<road>[0-9]{4})(?P<house>[_0-9A-ZÆØÅ]{4})")


@dataclass(frozen=True)
class _Written:
    """What somebody wrote of an address."""

    street: str
    number: int | None
    letter: str
    postcode: str


@lasting("organisation_livingplan")
def plan(day: date) -> str:
    """The variant of the plan the municipality lives by on that day; "" where none is chosen."""
    row = LivingPlan.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
    return row.variant if row else ""


def standing(day: date) -> Q:
    """The units in force on that day under the living plan; without a plan those of every variant."""
    living = plan(day)
    kept = Q(variant__in=["", living]) if living else Q()
    return kept & (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_to=None) | Q(valid_to__gte=day))


def addresses(q: str, limit: int = 10, at: datetime | None = None) -> list[AddressRow]:
    """Addresses that begin with what is written ("Spurvens Vej 12, 2200"); without a number the streets themselves.

    A street has an empty house and district. Danish order."""
    written = _read(q)
    if not sort_key(written.street):
        return []
    living = plan(clock.local(at or clock.now()).date())
    rows = _of_street(written, sort_key(written.street), exactly=False)
    found: dict[tuple[str, str], AddressRow] = {}
    for row in rows.order_by("street_key", "postcode", "first")[: limit * 4]:
        if written.number is None:
            found.setdefault((row.municipality, row.road), _street(row))
        else:
            found.setdefault((row.municipality, row.road), _house(row, written.number, written.letter, living))
    return list(found.values())[:limit]


def address(address_id: str, at: datetime) -> AddressRow | None:
    """The address behind a key; the first eight digits name a street, whose district is empty if it lies in several."""
    if _ROAD.fullmatch(address_id):
        return _road(address_id, at)
    key = _KEY.fullmatch(address_id)
    house = re.fullmatch(r"_*([0-9]{1,3})([A-ZÆØÅ]?)", key["house"]) if key else None
    if key is None or house is None:
        return None
    number = int(house[1])
    row = StreetRange.objects.filter(
        municipality=key["municipality"], road=key["road"], first__lte=number, last__gte=number
    ).first()
    return _house(row, number, house[2], plan(clock.local(at).date())) if row else None


def district_of(address_id: str = "", *, street: str = "", house: str = "", postcode: str = "", at: datetime) -> str:
    """The district of an address, by key or as written; "" where the register does not know it or it is ambiguous."""
    if address_id:
        known = address(address_id, at)
        return known.district if known else ""
    written = _read(f"{street} {house}, {postcode}")
    if not sort_key(written.street) or written.number is None:
        return ""
    living = plan(clock.local(at).date())
    rows = _of_street(written, sort_key(written.street), exactly=True)
    districts = {_district(row, living) for row in rows[:50]}
    return districts.pop() if len(districts) == 1 else ""


def centre_of_address(
    address_id: str = "", *, street: str = "", house: str = "", postcode: str = "", at: datetime
) -> UnitCard | None:
    """The one service centre of the address under the living plan, or None where the address is not the town's."""
    district = district_of(address_id, street=street, house=house, postcode=postcode, at=at)
    return next((unit for unit in units_of_district(district, at) if unit.kind == CENTRE), None)


def units_of_district(district: str, at: datetime) -> list[UnitCard]:
    """Every unit that serves the district: centre, local centre and forward offices lie in the same geography."""
    if not district:
        return []
    rows = Unit.objects.filter(standing(clock.local(at).date()), district=district).order_by("kind", "code")
    return [unit_card(row) for row in rows]


def districts(at: datetime) -> list[str]:
    """The names of the districts under the living plan, in Danish order."""
    column = _column(plan(clock.local(at).date()))
    return sorted(set(StreetRange.objects.values_list(column, flat=True)), key=sort_key)


def unit_card(row: Unit) -> UnitCard:
    """The unit as everybody may see it."""
    return UnitCard(
        row.pk,
        row.code,
        row.name,
        row.kind,
        row.address,
        row.phone,
        row.mail,
        row.district,
        tuple(part.strip() for part in row.facilities.split(";") if part.strip()),
        row.administration_id,
        row.variant,
        row.hours_version,
    )


def _read(text: str) -> _Written:
    line = " ".join(text.split())
    street = _STREET.match(line)
    assert street is not None  # it may be empty
    house = _HOUSE.match(line, street.end())
    postcode = _POSTCODE.search(line, house.end() if house else street.end())
    return _Written(
        street[0].strip(" ,"),
        int(house[1]) if house else None,
        house[2].upper() if house else "",
        postcode[1] if postcode else "",
    )


def _of_street(written: _Written, key: str, *, exactly: bool) -> QuerySet[StreetRange]:
    rows = StreetRange.objects.filter(Q(street_key=key) if exactly else Q(street_key__startswith=key))
    if written.number is not None:
        rows = rows.filter(first__lte=written.number, last__gte=written.number)
    return rows.filter(postcode=written.postcode) if written.postcode else rows


def _street(row: StreetRange) -> AddressRow:
    return AddressRow(f"{row.municipality}{row.road}", row.street, "", row.postcode, row.city, "")


def _road(road: str, at: datetime) -> AddressRow | None:
    rows = list(StreetRange.objects.filter(municipality=road[:4], road=road[4:]))
    living = plan(clock.local(at).date())
    found = {_district(row, living) for row in rows}
    return replace(_street(rows[0]), district=found.pop() if len(found) == 1 else "") if rows else None


def _house(row: StreetRange, number: int, letter: str, living: str) -> AddressRow:
    house = f"{number}{letter}"
    key = f"{row.municipality}{row.road}{house.rjust(4, '_')}"
    return AddressRow(key, row.street, house, row.postcode, row.city, _district(row, living))


def _district(row: StreetRange, living: str) -> str:
    return str(getattr(row, _column(living)))


def _column(living: str) -> str:
    return "district_2006" if living == DECISION_2006 else "district"
