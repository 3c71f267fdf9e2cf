"""What the module hands out."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class HalfHour:
    """Inquiries of one channel in one half-hour."""

    day: date
    slot: int
    contacts: int
