"""The income register over HTTP, in two questions: the assessment (DUPLA) and income by month (eIndkomst)."""

import time
from collections.abc import Mapping
from datetime import datetime, timedelta

from indgang.foundation.journal.errors import DeliveryFailed, DeliveryRefused
from indgang.foundation.registers.outside import Failure, Refused, UnknownPerson, call
from indgang.foundation.registers.reading import Fields, same_person
from indgang.foundation.registers.values import Fact, FactKind, FactValue, Source
from indgang.foundation.runtime import clock

SYSTEM = "income"
MONTHS = 6
FIELDS = {  # what can be reported -> what the register calls it
    "salary": "loenindkomst",
    "pension": "pensionsindkomst",
    "capital_income": "kapitalindkomst",
    "assets": "formue",
}
_REPORT_SECONDS = 20.0
_FACTS = (
    Fact("year", "Indkomstår", "Income year", FactKind.NUMBER),
    Fact("salary", "Løn, forventet i året", "Salary expected this year", FactKind.AMOUNT),
    Fact("pension", "Pension, forventet i året", "Pension expected this year", FactKind.AMOUNT),
    Fact("capital_income", "Kapitalindkomst", "Capital income", FactKind.AMOUNT),
    Fact("taxable_income", "Skattepligtig indkomst, forventet", "Taxable income expected", FactKind.AMOUNT),
    Fact("assets", "Formue", "Assets", FactKind.AMOUNT),
    Fact("monthly_average", "A-indkomst pr. måned, gennemsnit af seks", "Income a month, average of six",
         FactKind.AMOUNT),
    Fact("months", "A-indkomst måned for måned", "Income month by month", FactKind.INCOMES),
)  # fmt: skip
INCOME = Source(
    code=SYSTEM,
    name="indkomstregistret",
    name_en="the income register",
    facts=_FACTS,
    legal_basis="indkomstregisterloven § 7; retssikkerhedsloven § 11 a",
    timeout=3.0,
    stale_after=timedelta(minutes=10),
    keep=timedelta(days=3),
)


def ask_income(cpr: str, at: datetime, seconds: float) -> Mapping[str, FactValue]:
    """The year's assessment and the last six whole months. Raises Failure, UnknownPerson."""
    until, year = time.monotonic() + seconds, clock.local(at).year
    asked = {"personnummer": cpr, "indkomstaar": year}
    assessed = Fields(call(SYSTEM, "/forskudsopgoerelse", asked, seconds=seconds))
    same_person(assessed, cpr)
    if assessed.whole("indkomstaar") != year:
        raise Failure("malformed")
    first, last = months_before(at)
    period = {"personnummer": cpr, "fra": first, "til": last}
    paid = Fields(call(SYSTEM, "/indkomster", period, seconds=max(until - time.monotonic(), 0.05)))
    same_person(paid, cpr)
    months = _months(paid, first, last)
    facts: dict[str, FactValue] = {name: assessed.whole(theirs) for name, theirs in FIELDS.items()}
    return facts | {
        "year": year,
        "taxable_income": assessed.whole("skattepligtigIndkomst"),
        "monthly_average": round(sum(amount for _, _, amount in months) / MONTHS),
        "months": months,
    }


def report(cpr: str, key: str, year: int, amounts: Mapping[str, int]) -> str:
    """Tell the register of changed amounts; the receipt. The key makes a repeat the same report.

    Raises DeliveryFailed when a later attempt may succeed, DeliveryRefused when the register will not take it.
    """
    told = [{"felt": FIELDS[name], "beloeb": amount} for name, amount in sorted(amounts.items())]
    body = {"personnummer": cpr, "indkomstaar": year, "aendringer": told}
    try:
        taken = Fields(call(SYSTEM, "/aendringer", body, seconds=_REPORT_SECONDS, key=key))
        if taken.text("noegle") != key:
            raise Failure("malformed")
        return taken.text("kvittering")
    except (UnknownPerson, Refused):
        raise DeliveryRefused("Indkomstregistret vil ikke tage imod ændringen.") from None
    except Failure as failure:
        raise DeliveryFailed(f"Indkomstregistret svarede ikke, som det skal ({failure.fault}).") from None


def months_before(at: datetime) -> tuple[str, str]:
    """The first and the last of the six whole months before, as "2026-02"."""
    today = clock.local(at).date()
    count = today.year * 12 + today.month - 1
    return _month(count - MONTHS), _month(count - 1)


def _month(count: int) -> str:
    return f"{count // 12:04}-{count % 12 + 1:02}"


def _months(paid: Fields, first: str, last: str) -> tuple[tuple[str, str, int], ...]:
    rows = [(one.text("maaned"), one.text("virksomhed"), one.whole("aIndkomst")) for one in paid.parts("indkomster")]
    if any(not first <= month <= last for month, _, _ in rows):
        raise Failure("malformed")
    return tuple(sorted(rows))
