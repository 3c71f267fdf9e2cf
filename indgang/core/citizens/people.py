"""Invented people: names, numbers, streets and addresses of a demo town, the same for the same seed. Pure.

Nobody here exists. CPR numbers have a possible date, never 1 January (where real numbers without a check digit are
given out), and a serial whose check digit is wrong. Phones are 00 00 xx xx; mail ends in @borger.example.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from indgang.core.citizens.families import NO_BONDS, Bonds, Member, Town, bonds, first_adult, is_foreign
from indgang.core.citizens.values import HOME, cpr_checks_out


def _words(text: str) -> list[str]:
    return text.split()


_GIVEN = _words(
    """
    Agnete Alma Alvilda Asbjørn Aske Astrid Balder Bente Birk Bodil Dagmar Ebbe Eigil Elna Elvira Embla Esben
    Freja Frode Gerda Gorm Gudrun Halfdan Hedvig Helga Holger Inga Ingolf Iben Jeppe Jorun Karla Kasper Kjeld
    Laurits Liva Magni Malthe Merle Mogens Nanna Niels Nora Oda Odin Palle Regitze Rigmor Rune Sejr Signe
    Sigurd Solveig Storm Svend Sylvester Tage Thyra Toke Tove Troels Ulla Valborg Vagn Viggo Villads Yrsa Ævar
    Øjvind Åse Aase
    """
)
_FAMILY_FIRST = _words(
    """
    Birke Bøge Dueurt Ege Elle Enge Granne Hassel Hede Humle Hyben Høj Klit Kløver Lyng Lærke Løv Mose Pile
    Ravn Rosen Rug Rør Rønne Sand Sejl Siv Skov Slåen Sne Stær Svale Søl Tang Tinde Tjørn Ulve Vejr Vibe Vind
    Æble Ørre Ål Aa
    """
)
_FAMILY_LAST = _words(
    """
    bakke bjerg borg bro bæk dal eng fald gaard have holm holt hus høj krog lund løkke mark næs sø toft vang
    """
)
_STREET_FIRST = _words(
    """
    Brombærtågens Duggens Eventyrets Fløjtens Fregattens Gyngens Havblikkets Hvalens Kaffekandens Karrusellens
    Kompassets Lanternens Månestribens Nordlysets Paraplyens Pindsvinets Regnvejrets Sangbogens Skumringens
    Sommerfuglens Spurvens Stjerneskuddets Søhestens Tordenens Trækfuglens Tusindfrydens Vantens Vindposens
    Æblekagens Østersens Årringens
    """
)
_STREET_LAST = ("Allé", "Gade", "Have", "Kvarter", "Passage", "Plads", "Stræde", "Torv", "Vej", "Vænge")
_PLACES = (
    ("1300", "København K"), ("1620", "København V"), ("1900", "Frederiksberg C"), ("2100", "København Ø"),
    ("2200", "København N"), ("2300", "København S"), ("2400", "København NV"), ("2450", "København SV"),
    ("2500", "Valby"), ("2700", "Brønshøj"), ("2720", "Vanløse"), ("2770", "Kastrup"),
)  # fmt: skip
_LANGUAGES = ("en", "en", "ar", "tr", "ur", "pl", "so", "uk", "de")
_HOUSEHOLDS = (1, 1, 1, 2, 2, 3, 4, 5)
_LATIN = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", " ": "."})
_FIRST_DAY, _LAST_DAY = date(1930, 1, 2), date(2025, 12, 31)
_ELSEWHERE = ("0998", "0099", "Nabostad")  # a neighbouring municipality nobody finds on a map
_PROTECTED, _OTHER_LANGUAGE, _NO_MAIL, _NO_PHONE = 0.02, 0.04, 0.12, 0.08


@dataclass(frozen=True)
class InventedPerson:
    """Somebody who does not exist."""

    id: UUID
    cpr: str
    name: str
    born: date
    street: str
    house: str
    postcode: str
    city: str
    language: str
    protected: bool
    mail: str  # may be empty, as phone
    phone: str
    household: UUID | None = None  # None: lives alone
    municipality: str = HOME
    bonds: Bonds = NO_BONDS


def invent(count: int, seed: int) -> Iterator[InventedPerson]:
    """So many people in households; a longer run begins with the same people as a shorter one."""
    chance = random.Random(seed)  # noqa: S311  (invented people must be the same for a seed, not unguessable)
    town = Town(random.Random(f"{seed}:families"))  # noqa: S311  (a row of its own, so that it changes no name)
    taken: set[str] = set()
    made = 0
    while made < count:
        family = chance.choice(_FAMILY_FIRST) + chance.choice(_FAMILY_LAST)
        home = _home(chance)
        drawn = [_person(chance, family, home, taken, made + place) for place in range(chance.choice(_HOUSEHOLDS))]
        yield from _settled(drawn, town, taken)[: count - made]
        made += len(drawn)


def _settled(drawn: list[InventedPerson], town: Town, taken: set[str]) -> list[InventedPerson]:
    """The household with what each is to the others; a child without a fitting adult gets one in the first."""
    if (days := first_adult([_member(one) for one in drawn])) is not None:
        born, cpr = _cpr(town.chance, taken, *days)
        drawn[0] = replace(drawn[0], born=born, cpr=cpr)
    if is_foreign(town, len(drawn)):
        municipality, postcode, city = _ELSEWHERE
        drawn = [replace(one, municipality=municipality, postcode=postcode, city=city) for one in drawn]
    shared = UUID(int=town.chance.getrandbits(128), version=4) if len(drawn) > 1 else None
    found = zip(drawn, bonds([_member(one) for one in drawn], town), strict=True)
    return [replace(one, household=shared, bonds=bond) for one, bond in found]


def _member(one: InventedPerson) -> Member:
    return Member(one.id, one.born, one.language)


def _person(
    chance: random.Random, family: str, home: tuple[str, str, str, str], taken: set[str], number: int
) -> InventedPerson:
    given = chance.choice(_GIVEN)
    middle = chance.choice(_FAMILY_FIRST) + chance.choice(_FAMILY_LAST) if chance.random() < 0.3 else ""
    name = " ".join(part for part in (given, middle.capitalize(), family.capitalize()) if part)
    born, cpr = _cpr(chance, taken)
    street, house, postcode, city = home
    mail = f"{given} {family}".lower().translate(_LATIN) + f".{number}@borger.example"
    phone = f"0000{chance.randrange(10_000):04}"
    return InventedPerson(
        id=UUID(int=chance.getrandbits(128), version=4),
        cpr=cpr,
        name=name,
        born=born,
        street=street,
        house=house,
        postcode=postcode,
        city=city,
        language=chance.choice(_LANGUAGES) if chance.random() < _OTHER_LANGUAGE else "da",
        protected=chance.random() < _PROTECTED,
        mail="" if chance.random() < _NO_MAIL else mail,
        phone="" if chance.random() < _NO_PHONE else phone,
    )


def _home(chance: random.Random) -> tuple[str, str, str, str]:
    street = f"{chance.choice(_STREET_FIRST)} {chance.choice(_STREET_LAST)}"
    floor = f", {chance.randint(1, 5)}. {chance.choice(('tv', 'mf', 'th'))}" if chance.random() < 0.7 else ""
    postcode, city = chance.choice(_PLACES)
    return street, f"{chance.randint(1, 149)}{floor}", postcode, city


def _cpr(chance: random.Random, taken: set[str], first: date = _FIRST_DAY, last: date = _LAST_DAY) -> tuple[date, str]:
    """A day of birth and ten digits of its century whose check digit is wrong, used once."""
    days = (last - first).days
    while True:
        born = first + timedelta(days=chance.randint(0, days))
        # 0 to 3 mean the 1900s; 4 the years until 2036 and 5 to 8 those until 2057
        century_digit = chance.randint(0, 3) if born.year < 2000 else chance.randint(4, 8)
        if (born.month, born.day) == (1, 1):
            continue
        digits = f"{born:%d%m%y}{century_digit}{chance.randrange(1000):03}"
        if digits not in taken and not cpr_checks_out(digits):
            taken.add(digits)
            return born, digits
