"""Whose names and numbers must not be read by who asks, and where they stand in a file."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from indgang.core.cases.access_sources import PAGED, PDF
from indgang.core.cases.models import AccessRequest, Case, Party
from indgang.core.cases.writing import cpr_numbers
from indgang.core.citizens import selectors as citizens
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Purpose, system
from indgang.foundation.letters import services as letters
from indgang.foundation.letters.values import Hit
from indgang.foundation.runtime import clock
from indgang.foundation.runtime import services as runtime
from indgang.foundation.runtime.errors import DomainError

_READER = system("access")
NAMING = frozenset({"cpr", "word"})  # kinds that name somebody; numbers and addresses of mail often belong to offices
MOST_READ = 500_000
_SHORTEST_PART = 4
_SHORTEST = 2


@dataclass(frozen=True)
class Whom:
    """The words to look for, and what belongs to who asks or to the municipality and stays open."""

    words: tuple[str, ...]
    open: frozenset[str]  # digits of numbers, or mail addresses


def whom_to_cover(request: AccessRequest, case: Case | None) -> Whom:
    """The other parties of the case by name, street and mail, also those who were one once; the requester's own numbers
    are theirs to see."""
    rows = list(Party.objects.filter(case=case)) if case is not None else []
    requester = request.own_case.person_id
    words: list[str] = []
    for row in rows:
        if row.person_id is None:
            own_name = request.is_party and requester is None and row.name.casefold() == request.requester.casefold()
            words += [] if own_name else _of_name(row.name)
        elif row.person_id != requester:
            words += _of_person(row.person_id, case)
    own = _own(request, requester) if requester is not None and request.is_party else set()
    return Whom(tuple(dict.fromkeys(words)), frozenset(own | _of_the_house()))


def is_anothers(request: AccessRequest, case: Case | None) -> bool:
    """Whether a case is about somebody else than the citizen everything is asked about: its words are that other's,
    also where they name nobody. Who asks to see one case as its party has a right to all of it."""
    return case is not None and request.case_id is None and case.person_id != request.person_id


def kinds_in(digest: str, name: str, media_type: str, whom: Whom) -> set[str] | None:
    """What kinds of others' data stand in a kept file ("word", "cpr", "phone" …); None: it could not be searched."""
    if media_type == PDF:
        return {hit.kind for hit in found_others(digest, name, media_type, whom)}
    if media_type in PAGED:
        return None  # a picture: nobody here reads it but a person
    try:
        with runtime.file_on_disk(digest) as path:
            said = letters.extract_text(path, name=name, media_type=media_type, most=MOST_READ).text
    except (FileNotFoundError, DomainError):
        return None
    plain = " ".join(said.split()).casefold()
    kinds = {"word"} if any(word.casefold() in plain for word in whom.words) else set()
    return kinds | ({"cpr"} if any(_digits(number) not in whom.open for number in cpr_numbers(said)) else set())


def found_others(digest: str, name: str, media_type: str, whom: Whom) -> list[Hit]:
    """Where others' names and numbers stand in a kept file; nothing in one that cannot be searched."""
    try:
        with runtime.file_on_disk(digest) as path:
            hits = letters.find(path, name=name, media_type=media_type, words=whom.words)
    except (FileNotFoundError, DomainError):
        return []  # it is shown, and a person looks at it
    return [hit for hit in hits if not _stays(hit, whom)]


def _stays(hit: Hit, whom: Whom) -> bool:
    if hit.kind == "word":
        return False
    if hit.kind == "mail":
        mail = hit.text.casefold()
        return mail in whom.open or mail.endswith("@" + settings.MUNICIPALITY_MAIL.rpartition("@")[2].casefold())
    return _digits(hit.text) in whom.open


def _of_person(person: UUID, case: Case | None) -> list[str]:
    if case is None:
        return []
    try:
        found = citizens.reach(_READER, person, purpose=Purpose("case", case.number), at=clock.now())
    except NotFound:
        return []
    words = _of_name(found.name)
    words += [found.lines[1]] if len(found.lines) > 1 else []
    words += [found.mail] if found.mail else []
    return words


def _of_name(name: str) -> list[str]:
    parts = [part for part in name.split() if len(part) >= _SHORTEST_PART]
    return [word for word in (name, *parts) if len(word) >= _SHORTEST]


def _own(request: AccessRequest, person: UUID) -> set[str]:
    purpose = Purpose("case", request.number)
    try:
        card = citizens.person(_READER, person, purpose=purpose, at=clock.now())
        subject = citizens.register_subject(_READER, person)
    except NotFound:
        return set()
    numbers = {_digits(one) for one in (*card.phones, subject.cpr) if one}
    return numbers | {mail.casefold() for mail in card.mails}


def _of_the_house() -> set[str]:
    return {_digits(unit.phone) for unit in organisation.units() if unit.phone}


def _digits(text: str) -> str:
    """Only the digits, without the country's number before a telephone's."""
    digits = "".join(sign for sign in text if sign.isdigit())
    return digits[2:] if len(digits) == 10 and digits.startswith("45") and text.lstrip().startswith("+") else digits
