"""What programs read: structured facts of a task (schema.org), the list of pages, what search engines may visit."""

import json
from typing import Any
from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue.values import TaskCard
from indgang.core.organisation import selectors as organisation
from indgang.entrances.site.showing import Channels
from indgang.foundation.runtime import clock

NOT_FOR_SEARCH = ("/arbejdsplads", "/administration", "/portal", "/ledelse", "/log-ind", "/kontakt/", "/sag/", "/api/")


def government_service(request: HttpRequest, card: TaskCard, channels: Channels) -> str:
    """The task as schema.org's GovernmentService, as JSON that can stand in a page."""
    name = str(catalogue.setting("municipality.name", ""))
    ways: list[dict[str, Any]] = [
        {"@type": "ServiceChannel", "name": "net", "serviceUrl": request.build_absolute_uri("/kontakt")}
    ]
    if channels.number:
        point = {"@type": "ContactPoint", "telephone": channels.number}
        ways.append({"@type": "ServiceChannel", "name": "phone", "servicePhone": point})
    ways += [
        {"@type": "ServiceChannel", "name": "counter", "serviceLocation": _place(one.unit.name, one.unit.address)}
        for one in channels.counters
    ]
    facts = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "identifier": card.code,
        "name": card.shown,
        "description": card.summary,
        "url": request.build_absolute_uri(reverse("site:task", args=[card.code])),
        "provider": {"@type": "GovernmentOrganization", "name": name},
        "areaServed": {"@type": "AdministrativeArea", "name": name},
        "availableChannel": ways,
    }
    return json.dumps(facts, ensure_ascii=False).replace("<", "\\u003c")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page of this moment (sitemaps.org, protocol 0.9)."""
    at = clock.now()
    paths = ["/", "/kontakt", "/tilgaengelighed"]
    paths += [reverse(f"site:{name}") for name in ("tasks", "centres", "opening_hours")]
    paths += [reverse("site:task", args=[card.code]) for card in catalogue.tasks(at=at)]
    paths += [reverse("site:life_situation", args=[each.code]) for each in catalogue.life_situations()]
    paths += [reverse("site:unit", args=[unit.code]) for unit in organisation.units("centre", at)]
    rows = "".join(f"<url><loc>{escape(request.build_absolute_uri(path))}</loc></url>" for path in paths)
    body = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'
    return HttpResponse(f'<?xml version="1.0" encoding="UTF-8"?>{body}', content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines find the public pages and leave the others."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_SEARCH)]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('site:sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _place(name: str, address: str) -> dict[str, str]:
    return {"@type": "Place", "name": name} | ({"address": address} if address else {})
