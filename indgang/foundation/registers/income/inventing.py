"""Incomes of invented people: drawn from the number alone, so the same person earns the same in every run. Pure."""

import random
from datetime import date

EMPLOYERS = (
    "Bageriet Regnbuen", "Biografen Kometen", "Blomsterhuset Lærken", "Børnehuset Fyrtårnet", "Cykelværkstedet Ørnen",
    "Gartneriet Bølgen", "Hotel Nordlyset", "Plejecentret Kastanjen", "Rederiet Ankeret", "Snedkeriet Stjernen",
    "Systuen Vindposen", "Værftet Fregatten",
)  # fmt: skip
_PENSION_AGE, _GROWN = 67, 18
_STATE_PENSION = "Udbetalingen af folkepension"
_STUDENT_UNTIL, _WITHOUT_WORK = 24, 0.1
_LABOUR_CONTRIBUTION = 0.08


def assessment(cpr: str, born: str, year: int) -> dict[str, int]:
    """What the year is expected to bring, by the register's own field names."""
    chance, age = _chance(cpr), year - date.fromisoformat(born).year
    salary = pension = 0.0
    if age >= _PENSION_AGE:
        pension = round(chance.triangular(95_000, 260_000, 150_000), -2)
    elif age >= _GROWN:
        most = 160_000 if age < _STUDENT_UNTIL else 690_000
        salary = 0.0 if chance.random() < _WITHOUT_WORK else round(chance.triangular(90_000, most, most * 0.6), -2)
    saved = max(age - _GROWN, 0) * chance.uniform(0, 12_000)
    return {
        "loenindkomst": int(salary),
        "pensionsindkomst": int(pension),
        "kapitalindkomst": round(chance.uniform(-60_000, 4_000)) if age > _STUDENT_UNTIL else 0,
        "formue": round(saved),
    }


def taxable(amounts: dict[str, int]) -> int:
    """Salary after the labour market contribution, pensions and capital income together."""
    salary = round(amounts["loenindkomst"] * (1 - _LABOUR_CONTRIBUTION))
    return max(salary + amounts["pensionsindkomst"] + amounts["kapitalindkomst"], 0)


def months(cpr: str, born: str, first: str, last: str) -> list[dict[str, object]]:
    """What employers paid in each month, first to last."""
    employer = _chance(f"{cpr}:work").choice(EMPLOYERS)
    found: list[dict[str, object]] = []
    for count in range(_count(first), _count(last) + 1):
        year, month = divmod(count, 12)
        amounts = assessment(cpr, born, year)
        code = f"{year:04}-{month + 1:02}"
        extra = _chance(f"{cpr}:{code}").uniform(0.96, 1.04)
        for payer, amount in ((employer, amounts["loenindkomst"]), (_STATE_PENSION, amounts["pensionsindkomst"])):
            if amount:
                found.append({"maaned": code, "virksomhed": payer, "aIndkomst": round(amount / 12 * extra)})
    return found


def _count(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1


def _chance(seed: str) -> random.Random:
    return random.Random(f"income:{seed}")  # noqa: S311  (must be the same for a number, not unguessable)
