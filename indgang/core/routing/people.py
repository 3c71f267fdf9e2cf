"""What the citizen needs decides who serves them: their adviser first, their language, their group's specialists."""

from dataclasses import dataclass
from datetime import datetime

from indgang.core.citizens import selectors as citizens
from indgang.core.contacts.values import RoutingFacts

DANISH = "da"


@dataclass(frozen=True)
class Needs:
    """Who is asked first, in which language, and which unit has the specialists; None and "": as for everybody."""

    adviser: int | None = None
    language: str = DANISH
    unit: int | None = None


def needs_of(facts: RoutingFacts, at: datetime) -> Needs:
    """The needs of whoever inquires. An interpreter speaks to everybody, so the language is nobody's need then."""
    person = citizens.facts_for_routing(facts.person, at) if facts.person is not None else None
    unit = person.specialist_unit if person else None
    if facts.special_group and not (person and person.special_group == facts.special_group):
        unit = next((row.unit_id for row in citizens.special_groups() if row.code == facts.special_group), None)
    if person is None:
        return Needs(language=facts.language, unit=unit)
    own = person.language if facts.language == DANISH and not person.interpreter else facts.language
    return Needs(person.adviser, own or facts.language, unit)
