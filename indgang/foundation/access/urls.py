"""/log-ind and /log-ud."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.debug import sensitive_post_parameters

from indgang.foundation.access import views

app_name = "access"


@sensitive_post_parameters("password")
def _log_in(request: HttpRequest) -> HttpResponse:
    """One address, one view per verb."""
    return views.log_in(request) if request.method == "POST" else views.login_page(request)


urlpatterns = [
    path("log-ind", _log_in, name="log_in"),
    path("log-ud", views.log_out, name="log_out"),
]
