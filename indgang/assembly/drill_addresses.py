"""Every address of the house as JSON, read from the URL table itself: drills run it in a process with Django."""

import json
import os
import sys
from collections.abc import Iterator, Sequence

import django
from django.urls import URLPattern, URLResolver, get_resolver


def routes(patterns: Sequence[URLPattern | URLResolver] | None = None, before: str = "") -> Iterator[str]:
    """The whole path of each route as it stands in the URL table."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, path)
        else:
            yield path


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "indgang.assembly.settings")
    django.setup()
    sys.stdout.write(json.dumps(sorted(set(routes()))) + "\n")
