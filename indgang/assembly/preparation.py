"""What a start does before the first page: the clock of a demo, its profile and its town."""

import re
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction

from indgang.assembly import demo_json
from indgang.assembly.database import CommandRefused
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.errors import DomainError
from indgang.foundation.runtime.settings_env import clock_offset

_STEP = re.compile(r"([+-]\d+)([smhd])")
_FARTHEST = timedelta(days=50 * 365)
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def set_clock() -> None:
    """INDGANG_CLOCK counts at every start; without it the clock stays where it was moved."""
    offset = clock_offset(settings.INDGANG_DEMO)
    if offset is not None:
        clock.move(_within_reach(offset))


def move_clock_to(wanted: str) -> str:
    """Set the demo's clock to a local time, by a step, or back to the real time; the new local time."""
    if not settings.INDGANG_DEMO:
        raise CommandRefused("The clock can be moved in a demo only (INDGANG_DEMO=1).")
    clock.move(_within_reach(_offset(wanted)))
    return clock.local(clock.now()).isoformat(timespec="seconds")


def fill_empty_demo() -> bool:
    """Load the profile and the demo town when this is a demo and nobody works here yet; all or nothing."""
    if not settings.INDGANG_DEMO or get_user_model().objects.exists():
        return False
    from indgang.assembly import demo

    at = clock.now()
    with transaction.atomic():
        load(settings.INDGANG_PROFILE)
        demo_json.keep_town(settings.DATA, demo.town(at))
    return True


def fill_registers() -> None:
    """The simulated registers of a demo know the same people as the demo town."""
    from indgang.assembly.demo import CITIZENS, SEED
    from indgang.core.citizens import services as citizens
    from indgang.foundation.registers import selectors as registers

    if settings.INDGANG_DEMO and not registers.is_filled():
        citizens.fill_registers(CITIZENS, SEED, clock.now())


def load(name: str) -> dict[str, Any]:
    """Load a profile; CommandRefused with every error found."""
    from indgang.assembly import profiles

    try:
        return asdict(profiles.load(name, at=clock.now()))
    except profiles.ProfileFaulty as error:
        raise CommandRefused("\n".join([str(error), *error.lines()])) from error
    except DomainError as error:
        raise CommandRefused(str(error)) from error


def _within_reach(offset: timedelta) -> timedelta:
    """The offset again; CommandRefused where dates would end, because then nobody could move the clock back."""
    if abs(offset) > _FARTHEST:
        raise CommandRefused(f"The clock can be moved {_FARTHEST.days // 365} years at most.")
    return offset


def _offset(wanted: str) -> timedelta:
    if wanted == "real":
        return timedelta(0)
    now = datetime.now(UTC)
    step = _STEP.fullmatch(wanted)
    if step:
        return clock.now() - now + timedelta(**{_UNITS[step[2]]: int(step[1])})
    try:
        at = datetime.fromisoformat(wanted)
    except ValueError:
        raise CommandRefused(f"{wanted!r} is no time; write 2026-03-02T09:00, +2h, -1d or real.") from None
    return (at if at.tzinfo else at.replace(tzinfo=clock.COPENHAGEN)) - now
