"""/log-ind with its steps, and /log-ud."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.debug import sensitive_post_parameters

from indgang.foundation.access import own_views, step_views, views

app_name = "access"


@sensitive_post_parameters("password")
def _log_in(request: HttpRequest) -> HttpResponse:
    """One address, one view per verb."""
    return views.log_in(request) if request.method == "POST" else views.login_page(request)


urlpatterns = [
    path("log-ind", _log_in, name="log_in"),
    path("log-ind/kode", step_views.code, name="code"),
    path("log-ind/app", step_views.enrol, name="enrol"),
    path("log-ind/instruks", step_views.instruction, name="instruction"),
    path("log-ind/videre", step_views.go_on_after_codes, name="go_on"),
    path("log-ind/faelles", step_views.common, name="common"),
    path("log-ind/faelles/svar", step_views.common_answer, name="common_answer"),
    path("log-ind/to-trin", own_views.page, name="own"),
    path("log-ind/to-trin/til", own_views.confirm, name="own_confirm"),
    path("log-ind/to-trin/koder", own_views.new_codes, name="own_codes"),
    path("log-ind/to-trin/fra", own_views.drop, name="own_drop"),
    path("log-ud", views.log_out, name="log_out"),
]
