"""The laws a request for access rests on: by when it is answered, what is proposed, and by which rule. Pure.

Rules are proposals a caseworker reads and may change; they are printed in the answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from indgang.core.cases.values import AccessChoice, AccessLaw, Sensitivity
from indgang.core.cases.working_days import Closed, after

WORKING_DAYS = 7  # offentlighedsloven § 36, 2
LONGEST_MONTHS = 3  # databeskyttelsesforordningen art. 12, 3: a month, and two more
INTERNAL = {
    AccessLaw.PARTY: "Forvaltningsloven § 12",
    AccessLaw.PUBLIC: "Offentlighedsloven § 23",
    AccessLaw.OWN: "Offentlighedsloven § 8, jf. § 23",
    AccessLaw.GDPR: "Databeskyttelsesloven § 22, stk. 3",
}
OTHERS = {
    AccessLaw.PARTY: "Forvaltningsloven § 15 b",
    AccessLaw.PUBLIC: "Offentlighedsloven § 30, nr. 1",
    AccessLaw.OWN: "Offentlighedsloven § 8, stk. 2",
    AccessLaw.GDPR: "Databeskyttelsesforordningen artikel 15, stk. 4",
}
BODIES = {AccessLaw.GDPR: "Datatilsynet"}  # for the others it is the body one appeals the case itself to
# proposed: what somebody has to look at before it is given
WHY_INTERNAL = "Mærket som internt"
WHY_OTHERS = "Rummer oplysninger om andre"
WHY_PRIVATE = "Handler om enkeltpersoners private forhold"
WHY_NAMED = "Navne, adresser eller CPR-numre på andre er fundet"
WHY_NUMBERS = "Telefonnumre, mailadresser eller konti er fundet: se efter, hvis de er"
WHY_UNREADABLE = "Kan ikke læses her"
WHY_NOT_SEARCHED = "Er ikke søgt igennem for oplysninger om andre: se den selv"


class Outcome(StrEnum):
    """What the answer comes to."""

    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"


@dataclass(frozen=True)
class Proposal:
    """What the service proposes for one item, and why."""

    choice: AccessChoice
    why: str = ""
    ground: str = ""


@dataclass(frozen=True)
class Looked:
    """What is known of an item when it is proposed."""

    internal: bool = False
    internal_ground: str = ""
    others: bool = False  # marked so
    named: bool = False  # others' names, addresses or CPR numbers were found in it
    numbers: bool = False  # telephone numbers and the like were found
    searched: bool = True  # its words were searched
    unreadable: bool = False
    personal: bool = False  # it lies on a case about a person
    sensitivity: str = Sensitivity.CONFIDENTIAL


def due_day(law: str, received: date, closed: Closed) -> date:
    """The last day to answer: 7 working days, or a month where the regulation's own rule holds.

    A month that ends on a day nobody works ends on the next working day (regulation 1182/71 art. 3, 4).
    """
    if law == AccessLaw.GDPR:
        return after(months_after(received, 1), 0, closed)
    return after(received, WORKING_DAYS, closed)


def longest(law: str, received: date, closed: Closed) -> date | None:
    """How far the answer may be put off; None: no law says."""
    return after(months_after(received, LONGEST_MONTHS), 0, closed) if law == AccessLaw.GDPR else None


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    first_of_next = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), first_of_next - timedelta(days=1))


def proposal(law: str, looked: Looked, *, is_party: bool) -> Proposal:
    """What is given of an item: internal ones are left out, those that name others are covered."""
    wanted = AccessLaw(law)
    if looked.internal:
        ground = INTERNAL[wanted]
        why = f"{WHY_INTERNAL}: {looked.internal_ground}" if looked.internal_ground else WHY_INTERNAL
        return Proposal(AccessChoice.REFUSED, why[:200], ground)
    if looked.personal and not is_party:
        choice = AccessChoice.REFUSED if looked.sensitivity == Sensitivity.SENSITIVE else AccessChoice.REDACTED
        return Proposal(choice, WHY_PRIVATE, OTHERS[wanted])
    if looked.unreadable:
        return Proposal(AccessChoice.FULL, WHY_UNREADABLE)
    if looked.others or looked.named:
        return Proposal(AccessChoice.REDACTED, WHY_NAMED if looked.named else WHY_OTHERS, OTHERS[wanted])
    if not looked.searched:
        return Proposal(AccessChoice.FULL, WHY_NOT_SEARCHED)
    return Proposal(AccessChoice.FULL, WHY_NUMBERS if looked.numbers else "")


def grounds(law: str) -> tuple[str, ...]:
    """The rules one usually leaves something out by, to choose from."""
    wanted = AccessLaw(law)
    return (OTHERS[wanted], INTERNAL[wanted])


def label(ground: str) -> str:
    """The ground as it is printed in a box: "Offentlighedsloven § 30, nr. 1" -> "§ 30, nr. 1"."""
    start = ground.find("§")
    if start < 0:
        start = max(ground.casefold().find("artikel"), 0)
    return ground[start:][:40].strip()


def outcome(choices: Iterable[str]) -> Outcome:
    """What the choices come to; nothing at all is a refusal."""
    found = set(choices)
    if found == {AccessChoice.FULL.value}:
        return Outcome.GRANTED
    return Outcome.PARTLY if found - {AccessChoice.REFUSED.value} else Outcome.REFUSED
