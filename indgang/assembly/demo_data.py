"""Invented people, contacts and cases in any number."""

from indgang.assembly.database import CommandRefused
from indgang.core.cases import services as cases_services
from indgang.core.citizens import services as citizens_services
from indgang.core.contacts import services as contacts_services
from indgang.foundation.runtime import clock


def generate(*, citizens: int, contacts: int, cases: int, seed: int) -> dict[str, int]:
    """Add so many invented citizens, then so many contacts and cases of theirs. Raises CommandRefused."""
    at = clock.now()
    if citizens:
        citizens_services.generate(count=citizens, seed=seed, at=at)
        citizens_services.fill_registers(citizens, seed, at)
    if contacts and not contacts_services.generate(count=contacts, seed=seed, at=at):
        raise CommandRefused("No contacts were made: nobody invented is here yet. Ask for some with --citizens 100.")
    if cases and not cases_services.generate(count=cases, seed=seed, at=at):
        raise CommandRefused(
            "No cases were made: a case needs an invented citizen and a task. Ask for citizens with --citizens 100, "
            "and load a profile with `indgang load-profile koebenhavn`."
        )
    return {"citizens": citizens, "contacts": contacts, "cases": cases, "seed": seed}
