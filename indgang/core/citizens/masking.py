"""Who sees a protected person's name, address, mail, phone and household; everything handed out passes through here."""

from datetime import date

from django.utils.translation import gettext

from indgang.core.citizens.models import Person
from indgang.core.citizens.one_person import PersonRead
from indgang.core.citizens.values import HOME, PROTECTED, FoundPerson, PersonCard, masked_cpr
from indgang.core.citizens.values import cpr_checks_out as checks_out
from indgang.foundation.access.values import Viewer
from indgang.foundation.registers.values import SEES_PROTECTED

MASKED = ("name", "street", "place", "mails", "phones", "household", "businesses")


def is_protected(until: date | None, today: date) -> bool:
    """Whether name and address protection is in force."""
    return until is not None and until >= today


def is_hidden(viewer: Viewer, until: date | None, today: date) -> bool:
    """Whether the person is protected from this viewer."""
    return is_protected(until, today) and not viewer.has_role(*SEES_PROTECTED)


def shown_name(name: str, *, hidden: bool) -> str:
    """The name, or that it is protected."""
    return gettext(PROTECTED) if hidden else name


def found(row: Person, viewer: Viewer, today: date) -> FoundPerson:
    """A hit of a search."""
    hidden = is_hidden(viewer, row.protected_until, today)
    return FoundPerson(
        id=row.id,
        name=shown_name(row.name, hidden=hidden),
        cpr=masked_cpr(row.cpr),
        place="" if hidden else f"{row.postcode} {row.city}".strip(),
        protected=is_protected(row.protected_until, today),
        street="" if hidden else f"{row.street} {row.house}".strip(),
        provisional=row.provisional,
    )


def card(row: PersonRead, group_title: str, viewer: Viewer, today: date) -> PersonCard:
    """A person's card; masked field by field."""
    hidden = is_hidden(viewer, row.protected_until, today)
    return PersonCard(
        id=row.id,
        name=shown_name(row.name, hidden=hidden),
        cpr=masked_cpr(row.cpr),
        born=row.born,
        street=shown_name(f"{row.street} {row.house}".strip(), hidden=hidden),
        place=shown_name(f"{row.postcode} {row.city}".strip(), hidden=hidden),
        mails=() if hidden else tuple(value for kind, value in row.points if kind == "mail"),
        phones=() if hidden else tuple(value for kind, value in row.points if kind == "phone"),
        language=row.language,
        protected=is_protected(row.protected_until, today),
        masked=MASKED if hidden else (),
        provisional=row.provisional,
        invented=row.invented,
        cpr_warning=_cpr_warning(row.cpr),
        municipality=row.municipality,
        is_other_municipality=row.municipality != HOME,
        interpreter=row.interpreter,
        special_group=row.special_group or "",
        special_group_title=group_title,
        adviser=row.adviser,
        merged_into=row.merged_into,
        died=row.died,
        businesses=() if hidden else row.businesses,
        version=row.version,
    )


def _cpr_warning(cpr: str | None) -> str:
    if cpr is None or checks_out(cpr):
        return ""
    return gettext("Kontrolcifferet passer ikke. Det er tilladt siden 2007; se efter, at nummeret er skrevet rigtigt.")
