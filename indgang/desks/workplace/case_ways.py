"""Where a case's page leads to: the addresses are looked up once, and get the case's number."""

from functools import cache

from django.urls import reverse

ANY = "0000-000000-0"  # stands where the number of a case will stand
_WAYS = (
    "card", "course", "first-day", "go-on", "handler", "here", "journal", "new-deadline", "note", "object",
    "other-handler", "party", "relation", "relation-remove", "retention", "step", "upload",
)  # fmt: skip


def address(number: str) -> str:
    """The case's own page."""
    return _address().replace(ANY, number)


def ways(number: str) -> dict[str, str]:
    """By the name of the address, without "case-"."""
    return {name: address.replace(ANY, number) for name, address in _ways()}


@cache
def _address() -> str:
    return reverse("workplace:case", args=[ANY])


@cache
def _ways() -> tuple[tuple[str, str], ...]:
    return tuple((name.replace("-", "_"), reverse(f"workplace:case-{name}", args=[ANY])) for name in _WAYS)
