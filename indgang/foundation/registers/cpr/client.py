"""CPR over HTTP: field names of the contract SF1520 (PersonBaseDataExtended), every field checked before it is used."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from indgang.foundation.registers.outside import Failure, call
from indgang.foundation.registers.reading import Fields, same_person
from indgang.foundation.registers.values import CprPerson, Fact, FactKind, FactValue, Source

SYSTEM = "cpr"
_STATUSES = frozenset({"01", "03", "05", "07", "20", "30", "50", "60", "70", "80", "90"})
_FACTS = (
    Fact("name", "Navn", "Name", protected=True),
    Fact("status", "Status", "Status", FactKind.STATUS),
    Fact("street", "Adresse", "Address", protected=True),
    Fact("place", "By", "City", protected=True),
    Fact("care_of", "C/o", "C/o", protected=True),
    Fact("municipality", "Kommunekode", "Municipality code", protected=True),
    Fact("moved_in", "Flyttet ind", "Moved in", FactKind.DATE, protected=True),
    Fact("born", "Født", "Born", FactKind.DATE),
    Fact("died", "Død den", "Died on", FactKind.DATE),
    Fact("civil_status", "Civilstand", "Civil status", FactKind.CIVIL_STATUS),
    Fact("citizenship", "Statsborgerskab", "Citizenship"),
    Fact("children", "Børn under 18", "Children under 18", FactKind.NUMBER),
    Fact("incapacitated", "Umyndiggjort", "Declared incapable", FactKind.FLAG),
    Fact("protected", "Navne- og adressebeskyttelse", "Name and address protection", FactKind.FLAG),
    Fact("protected_until", "Beskyttet til og med", "Protected until", FactKind.DATE),
    Fact("digital_post", "Tilmeldt Digital Post", "Has Digital Post", FactKind.FLAG),
)
CPR = Source(
    code=SYSTEM,
    name="CPR",
    name_en="the person register (CPR)",
    facts=_FACTS,
    legal_basis="CPR-loven kapitel 8",
    timeout=3.0,
    stale_after=timedelta(minutes=10),
    keep=timedelta(days=7),
)


def ask_cpr(cpr: str, at: datetime, seconds: float) -> Mapping[str, FactValue]:
    """The facts that are shown about a person. Raises Failure, UnknownPerson."""
    return facts_of(person_of(cpr, seconds))


def person_of(cpr: str, seconds: float = CPR.timeout) -> CprPerson:
    """Everything CPR says about a person. Raises Failure, UnknownPerson."""
    found = Fields(call(SYSTEM, "/personbasedata", {"personnummer": cpr}, seconds=seconds))
    data, home, ties = found.part("persondata"), found.part("adresse"), found.part("relationer")
    same_person(data, cpr)
    status = data.text("status")
    if status not in _STATUSES:
        raise Failure("malformed")
    civil, protection = data.part("civilstand"), data.part("adressebeskyttelse")
    return CprPerson(
        cpr=cpr,
        name=data.text("navn"),
        born=data.day("foedselsdato"),
        sex=data.text("koen", needed=False),
        status=status,
        civil_status=civil.text("civilstandskode"),
        citizenship=data.text("statsborgerskab", needed=False),
        street=home.text("vejadresseringsnavn", needed=False),
        house=_house(home),
        care_of=home.text("conavn", needed=False),
        postcode=home.text("postnummer", needed=False),
        city=home.text("postdistrikt", needed=False),
        municipality=home.text("kommunekode", needed=False),
        moved_in=home.day("tilflytningsdato"),
        protected=protection.flag("beskyttet"),
        protected_until=protection.day("slutdato"),
        incapacitated=data.flag("umyndiggoerelse"),
        guardian=ties.part("vaerge").text("personnummer") if ties.has("vaerge") else "",
        spouse=civil.text("aegtefaellePersonnummer", needed=False),
        children=tuple(one.text("personnummer") for one in ties.parts("boern")),
        custodians=tuple(one.text("personnummer") for one in ties.parts("foraeldremyndighed")),
        children_under_18=data.whole("antalBoernUnder18"),
        digital_post=data.flag("tilmeldtDigitalpost"),
        died=data.day("doedsdato"),
    )


def facts_of(person: CprPerson) -> dict[str, FactValue]:
    """What of it is shown, and kept for the time CPR does not answer: no numbers of anybody."""
    return {
        "name": person.name,
        "status": person.status,
        "street": f"{person.street} {person.house}".strip(),
        "place": f"{person.postcode} {person.city}".strip(),
        "care_of": person.care_of,
        "municipality": person.municipality,
        "moved_in": person.moved_in,
        "born": person.born,
        "died": person.died,
        "civil_status": person.civil_status,
        "citizenship": person.citizenship,
        "children": person.children_under_18,
        "incapacitated": person.incapacitated,
        "protected": person.protected,
        "protected_until": person.protected_until,
        "digital_post": person.digital_post,
    }


def _house(home: Fields) -> str:
    number, floor, door = (home.text(name, needed=False) for name in ("husnummer", "etage", "sidedoer"))
    above = " ".join(part for part in (f"{floor}." if floor else "", door) if part)
    return ", ".join(part for part in (number, above) if part)


def is_protected(person: CprPerson, today: date) -> bool:
    """Whether name and address protection is in force that day."""
    return person.protected and (person.protected_until is None or person.protected_until >= today)
