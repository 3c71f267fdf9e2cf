"""Telling the income register what has changed, through the outbox: once, whatever dies on the way."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from indgang.foundation.access import services as access
from indgang.foundation.access.values import Purpose, Viewer
from indgang.foundation.journal import selectors as events
from indgang.foundation.journal import services as journal
from indgang.foundation.registers import errors, remembered
from indgang.foundation.registers.income.client import FIELDS, INCOME, report
from indgang.foundation.registers.values import Subject
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import uuid7

TRANSPORT = "income"
KIND = "register_report"  # of looks in the access log
MAY_BE_NEGATIVE = "capital_income"
MOST = 100_000_000


@transaction.atomic
def report_change(
    *,
    person: Subject,
    facts: Mapping[str, int],
    year: int,
    viewer: Viewer,
    purpose: Purpose,
    at: datetime,
    key: str = "",
) -> str:
    """Report changed amounts of a year (salary, pension, capital_income, assets); the key under which it goes out.

    The same key again is the same report. Raises NotFound, LogUnavailable, NoNumber, WrongYear, UnknownReportField,
    WrongAmount, NothingReported.
    """
    _check(person, facts, year, at)
    access.open_for(viewer, citizen=person.id, kind=KIND, purpose=purpose, at=at, sources=(INCOME.code,))
    key = key or str(uuid7(at))
    subject = f"registers.report:{key}"
    if events.events_of_subject(subject):
        return key
    journal.record(
        "register.reported", at=at, viewer_name=viewer.name, subject=subject, citizen=person.id, purpose=str(purpose),
        data={"register": INCOME.code, "year": year, **facts},
    )  # fmt: skip
    payload: dict[str, object] = {"person": str(person.id), "year": year, "amounts": dict(facts)}
    journal.send(transport=TRANSPORT, key=key, payload=payload, subject=subject, at=at)
    return key


def deliver_report(person: Subject, *, key: str, year: int, amounts: Mapping[str, int]) -> str:
    """Hand one report to the register; its receipt. Raises DeliveryFailed, DeliveryRefused."""
    receipt = report(person.cpr, key, year, amounts)
    remembered.forget(INCOME, person.id)  # what it said before is not true any more
    return receipt


def _check(person: Subject, facts: Mapping[str, int], year: int, at: datetime) -> None:
    this = clock.local(at).year
    if not person.cpr:
        raise errors.NoNumber
    if type(year) is not int or not this - 1 <= year <= this + 1:
        raise errors.WrongYear(first=this - 1, last=this + 1)
    if not facts:
        raise errors.NothingReported
    for name, amount in facts.items():
        if name not in FIELDS:
            raise errors.UnknownReportField(name=str(name)[:40])
        least = -MOST if name == MAY_BE_NEGATIVE else 0
        if type(amount) is not int or not least <= amount <= MOST:
            raise errors.WrongAmount(least=least, most=MOST, field=name)
