"""Invented people, contacts and cases in any number."""

from indgang.core.cases import services as cases_services
from indgang.core.citizens import services as citizens_services
from indgang.core.contacts import services as contacts_services
from indgang.foundation.runtime import clock


def generate(*, citizens: int, contacts: int, cases: int, seed: int) -> dict[str, int]:
    """Add so many invented citizens, then so many contacts and cases of theirs."""
    at = clock.now()
    if citizens:
        citizens_services.generate(count=citizens, seed=seed, at=at)
        citizens_services.fill_registers(citizens, seed, at)
    if contacts:
        contacts_services.generate(count=contacts, seed=seed, at=at)
    made = cases_services.generate(count=cases, seed=seed, at=at)
    return {"citizens": citizens, "contacts": contacts, "cases": made, "seed": seed}
