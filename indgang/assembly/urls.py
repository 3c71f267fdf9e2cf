"""Every address of the house; the public front page comes last because it owns the root."""

from django.urls import URLPattern, URLResolver, include, path

from indgang.assembly.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("indgang.foundation.runtime.urls")),
    path("", include("indgang.foundation.web.urls")),
    path("", include("indgang.foundation.access.urls")),
    path("api/v1/", api.urls),
    path("", include("indgang.core.contacts.urls")),
    path("", include("indgang.entrances.webform.urls")),
    path("", include("indgang.desks.workplace.urls")),
    path("", include("indgang.entrances.site.urls")),
]
handler400 = "indgang.foundation.web.error_pages.bad_request"
handler403 = "indgang.foundation.web.error_pages.forbidden"
handler404 = "indgang.foundation.web.error_pages.not_found"
handler500 = "indgang.foundation.web.error_pages.server_error"
