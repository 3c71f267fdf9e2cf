"""Every address of the house. Modules write their whole paths themselves; the front page owns the root."""

from django.urls import URLPattern, URLResolver, include, path

from indgang.assembly.api import api
from indgang.assembly.demo_views import demo_clock

MODULES = (
    "indgang.foundation.runtime",
    "indgang.foundation.web",
    "indgang.foundation.access",
    "indgang.foundation.registers",
    "indgang.core.cases",
    "indgang.core.contacts",
    "indgang.entrances.mail",
    "indgang.entrances.webform",
    "indgang.desks.workplace",
    "indgang.desks.portal",
    "indgang.desks.administration",
    "indgang.desks.planning",
    "indgang.entrances.site",
)
urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    path("demo/ur", demo_clock, name="demo-clock"),
    *(path("", include(f"{module}.urls")) for module in MODULES),
]
handler400 = "indgang.foundation.web.error_pages.bad_request"
handler403 = "indgang.foundation.web.error_pages.forbidden"
handler404 = "indgang.foundation.web.error_pages.not_found"
handler500 = "indgang.foundation.web.error_pages.server_error"
