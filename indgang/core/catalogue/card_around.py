"""What stands around a card's text: who does what at which level, rates of the day, laws, the other authority."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils.translation import gettext

from indgang.core.catalogue import card_text
from indgang.core.catalogue.card_content import CardContent, LawRef
from indgang.core.catalogue.card_values import (
    AuthorityCard,
    DivisionRow,
    LawCard,
    Place,
    RateRow,
    RelatedTask,
)
from indgang.core.catalogue.models import Authority, Law, Rate
from indgang.core.catalogue.values import Placed, TaskCard

CHECK_LAWS_AFTER = 365  # days after which somebody should look again
_SQL = (Path(__file__).parent / "sql" / "card_around.sql").read_text(encoding="utf-8")
Facts = dict[str, Any]


@dataclass(frozen=True)
class Around:
    """The rows around one card by kind."""

    rows: dict[str, list[Facts]]
    day: date

    def rates(self) -> tuple[RateRow, ...]:
        """Each rate the card names, on the day; without a row of that day its amount is not known."""
        return tuple(_rate_of(facts, self.day) for facts in self.rows["rate"])

    def authority(self) -> AuthorityCard | None:
        """The other authority the card names."""
        return next((authority_card(Authority(**facts)) for facts in self.rows["authority"]), None)

    def laws(self, refs: Iterable[LawRef]) -> tuple[LawCard, ...]:
        """The laws with what the register knows of them."""
        known = {facts["title"].casefold(): Law(**_dated(facts)) for facts in self.rows["law"]}
        return tuple(law_card(ref, known.get(ref.title.casefold()), self.day) for ref in refs)

    def related(self, language: str) -> tuple[RelatedTask, ...]:
        """The neighbours by their titles."""
        title = "title_en" if language == "en" else "title"
        return tuple(RelatedTask(facts["code"], facts[title]) for facts in self.rows["related"])

    def division(self, task: TaskCard) -> tuple[DivisionRow, ...]:
        """Who solves what of the task where."""
        return division(task, self.rows)


def around(content: CardContent, day: date) -> Around:
    """Everything around a card in one statement."""
    facts: Facts = {
        "task": content.task, "day": day, "related": list(content.related), "rates": list(content.rates),
        "authority": content.authority, "laws": [law.title.lower() for law in content.laws],
    }  # fmt: skip
    rows: dict[str, list[Facts]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_SQL, facts)
        for kind, _, found in cursor.fetchall():
            rows[kind].append(json.loads(found) if isinstance(found, str) else found)
    return Around(rows, day)


def rates(code: str, on: date) -> list[RateRow]:
    """The rates of that code, or of the benefit it names ("housing_benefit"), as they are on that day."""
    found: dict[str, Rate] = {}
    for row in Rate.objects.filter(code__startswith=code).order_by("code", "valid_from"):
        if row.code == code or row.code.startswith(f"{code}."):
            last = found.get(row.code)
            if last is None or not _holds(last, on):
                found[row.code] = row
    return [rate_row(row, on) for row in found.values()]


def rate_row(row: Rate, on: date) -> RateRow:
    """The amount on that day; None where no row holds then."""
    holds = _holds(row, on)
    return RateRow(
        row.code, row.label, row.amount if holds else None, row.unit, row.valid_from if holds else None,
        row.valid_to if holds else None, row.source if holds else "", row.estimated and holds,
    )  # fmt: skip


def authorities(q: str = "") -> list[AuthorityCard]:
    """The directory of other authorities; with `q` those whose name, code or doings hold every word."""
    words = q.casefold().split()
    return [
        authority_card(row)
        for row in Authority.objects.order_by("name")
        if all(word in f"{row.code} {row.name} {row.what}".casefold() for word in words)
    ]


def authority_card(row: Authority) -> AuthorityCard:
    """What is not filled in is left empty and named."""
    filled = {
        field: "" if card_text.blanks(getattr(row, field)) else getattr(row, field) for field in ("opening", "phone")
    }
    missing = tuple(card_text.blanks(f"{row.opening} {row.phone}"))
    return AuthorityCard(
        row.code, row.name, row.what, filled["opening"], filled["phone"], row.link, tuple(row.tasks), missing
    )


def law_card(ref: LawRef, row: Law | None, day: date) -> LawCard:
    """A reference with its warning, if the register says that the law is replaced or nobody has looked for a year."""
    if row is None:
        return LawCard(ref.title, ref.where, ref.eli, warning=gettext("Loven står ikke i registret over love."))
    warning = ""
    if row.replaced_by:
        warning = gettext("Loven er afløst af {law}. Ret kortet.").format(law=row.replaced_by)
    elif ref.eli and row.eli and ref.eli != row.eli:
        warning = gettext("Kortet henviser til en anden udgave end registret. Ret kortet.")
    elif row.checked_on is None:
        warning = gettext("Ingen har kontrolleret, om loven stadig gælder.")
    elif (day - row.checked_on).days > CHECK_LAWS_AFTER:
        warning = gettext("Loven er sidst kontrolleret {day}. Se efter, om den stadig gælder.").format(
            day=row.checked_on.strftime("%d.%m.%Y")
        )
    return LawCard(ref.title, ref.where, ref.eli or row.eli, row.version, row.checked_on, warning)


def division(task: TaskCard, rows: dict[str, list[Facts]]) -> tuple[DivisionRow, ...]:
    """The responsibility table: the four places in order, then parts and units with a level of their own."""
    facts = rows["facts"][0]
    since = _day(facts["valid_from"])
    said = {one["level"]: one for one in rows["interface"]}
    after = (said.get(3) or {}).get("unit") or (said.get(2) or {}).get("transfer_to") or facts["follow_up"]
    found = [
        DivisionRow(Place.CENTRE, _centre(task, facts), task.level, since, facts["source"]),
        DivisionRow(Place.CONTACT_CENTRE, _words(1, task.decision), 1, since, facts["source"]),
        DivisionRow(Place.PO_OFFICE, _office(task), _office_level(task), since, facts["source"]),
        DivisionRow(Place.ADMINISTRATION, _administration(task, after, facts), 3, since, facts["source"]),
    ]
    for one in rows["subtask"]:
        what = f"{one['title']}: {_words(one['level'], one['decision'])}"
        place = Place.ADMINISTRATION if one["level"] == 3 else Place.CENTRE
        found.append(DivisionRow(place, what, one["level"], _day(one["valid_from"]), one["source"]))
    for one in rows["cut"]:
        what = f"{one['unit']}: {_words(one['level'], task.decision)}"
        found.append(DivisionRow(Place.PO_OFFICE, what, one["level"], None, one["note"]))
    return tuple(found)


def _words(level: int, decision: bool) -> str:
    if level == 1:
        return gettext("Informerer, vejleder og hjælper med at søge")
    if level == 3:
        return gettext("Afgør efter fagligt skøn")
    return gettext("Afgør efter faste regler") if decision else gettext("Ekspederer")


def _centre(task: TaskCard, facts: Facts) -> str:
    if facts["central"]:
        until = _day(facts["central_until"])
        kept = gettext("Informerer; ekspeditionen ligger indtil videre hos den, der ejer opgaven")
        return f"{kept} ({until.strftime('%d.%m.%Y')})" if until else kept
    return _words(task.level, task.decision)


def _office_level(task: TaskCard) -> int:
    return task.level if task.placed == Placed.PO else 1


def _office(task: TaskCard) -> str:
    if task.placed == Placed.PO:
        return _words(task.level, task.decision)
    return gettext("Informerer og viser vej til borgerservice")


def _administration(task: TaskCard, after: str | None, facts: Facts) -> str:
    who = after or task.administration_name
    words = gettext("{who} afgør, hvad der kræver fagligt skøn").format(who=who)
    return f"{words}; {facts['authority']}" if facts["authority"] else words


def _holds(row: Rate, on: date) -> bool:
    return row.valid_from <= on and (row.valid_to is None or row.valid_to >= on)


def _rate_of(facts: Facts, day: date) -> RateRow:
    amount = facts["amount"]
    row = Rate(**(_dated(facts) | {"amount": None if amount is None else Decimal(str(amount))}))
    return rate_row(row, day)


def _dated(facts: Facts) -> Facts:
    days = ("valid_from", "valid_to", "checked_on")
    return {name: _day(value) if name in days else value for name, value in facts.items()}


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
