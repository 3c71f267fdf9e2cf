"""Every address of the house, as the roof mounts them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver

EXAMPLES = {"uuid": str(UUID(int=7)), "int": "7", "str": "T-001"}
JSON = "api/v1/"
_PLACE = re.compile(r"<(\w+):\w+>")
UNSAFE = {"post", "put", "patch", "delete"}


@dataclass(frozen=True)
class Address:
    """One route: how it is written ("opgaver/<str:code>") and one address that matches it."""

    route: str
    path: str


def addresses() -> list[Address]:
    """Every route outside the JSON interface."""
    return [Address(route, example(route)) for route in walk(get_resolver().url_patterns, "")]


def walk(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
    for entry in patterns:
        route = before + str(entry.pattern)
        if route.startswith(JSON):
            continue
        if isinstance(entry, URLResolver):
            yield from walk(entry.url_patterns, route)
        else:
            yield route


def example(route: str) -> str:
    """opgaver/<str:code> -> /opgaver/T-001; side/<int:number>.png -> /side/7.png."""
    return "/" + _PLACE.sub(lambda found: EXAMPLES[found.group(1)], route)
