"""Trying a day: what happens when some are ill, more call or calls take longer."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from indgang.desks.planning import selectors, trials_shown
from indgang.desks.planning.asking_views import ask, asking_page
from indgang.desks.planning.errors import NotFinished
from indgang.desks.planning.gates import planners_only
from indgang.desks.planning.trial_forms import TrialForm
from indgang.desks.planning.values import Kind
from indgang.foundation.access.values import Viewer


@require_GET
@planners_only
def trial(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Which staffing and day, and what happens."""
    return asking_page(request, viewer, TrialForm(viewer, initial=request.GET.dict()), Kind.TRIAL)


@require_POST
@planners_only
def ask_trial(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Have it played; what cannot be is refused at its field before anything is queued."""

    def given(form: TrialForm) -> tuple[str, dict[str, Any]]:
        source = selectors.run(viewer, form.staffing_id())
        if source.result is None:
            raise NotFinished(field="bemanding", what=gettext("Bemandingen"))
        facts = form.given(source)
        return trials_shown.what_is_tried(facts), facts

    return ask(request, viewer, TrialForm(viewer, request.POST), Kind.TRIAL, given)
