"""How many a year, by channel: what sources expect, what has come, and what that is for so many centres. Pure.

Formulas: docs/algorithms/costs.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True)
class Volume:
    """A source's number for a year."""

    code: str
    title: str
    title_en: str
    channel: str
    per_year: int
    share: Decimal  # the part of them that comes to the municipality
    part_of: str  # code of the sum it is a part of
    is_sum: bool  # a printed sum: held against its parts, not counted again
    valid_from: date
    valid_to: date | None
    source: str
    note: str

    @property
    def expected(self) -> int:
        """How many a year come to the municipality."""
        return int((self.per_year * self.share).quantize(Decimal(1), ROUND_HALF_UP))

    def counts(self, day: date) -> bool:
        """Whether it is a part of what is expected on that day, not only in what comes after it or was replaced."""
        return not self.is_sum and self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def expected(volumes: Iterable[Volume], day: date) -> dict[str, int]:
    """Channel -> inquiries a year expected on that day."""
    found: dict[str, int] = {}
    for one in volumes:
        if one.counts(day):
            found[one.channel] = found.get(one.channel, 0) + one.expected
    return found


@dataclass(frozen=True)
class PrintedSum:
    """A printed sum beside what its parts made when it was printed, and make now."""

    volume: Volume
    parts_then: int
    parts_now: int


def printed_sums(volumes: Sequence[Volume], day: date) -> list[PrintedSum]:
    """Every printed sum with its parts: as they were when it began, and as they are on a day."""
    found = []
    for one in volumes:
        if one.is_sum:
            parts = [part for part in volumes if part.part_of == one.code]
            then = sum(part.expected for part in parts if part.counts(one.valid_from))
            found.append(PrintedSum(one, then, sum(part.expected for part in parts if part.counts(day))))
    return found


@dataclass(frozen=True)
class ByCentres:
    """A channel's year, and each centre's part of it where people come to a centre."""

    channel: str
    expected: int | None
    counted: int | None
    per_centre: int | None
    per_day: float | None  # of one centre


def by_centres(
    expected: Mapping[str, int], counted: Mapping[str, int], centres: int, open_days: int = 250
) -> list[ByCentres]:
    """Every channel with a number; visits are shared by the centres, everything else comes to one contact centre."""
    rows = []
    for channel in dict.fromkeys([*counted, *expected]):
        most = max(expected.get(channel, 0), counted.get(channel, 0))
        parts = centres if channel == "counter" else 0
        each = round(most / parts) if parts else None
        rows.append(
            ByCentres(
                channel, expected.get(channel), counted.get(channel), each,
                None if each is None else round(each / open_days, 1),
            )
        )  # fmt: skip
    return rows


def yearly(contacts: int, days: int) -> int:
    """What came in so many days, drawn out to a year; of less than a week nothing can be said."""
    return round(contacts * 365 / min(days, 365)) if days >= 7 else 0
