"""What is filled in before the overview of a citizen is shown."""

from django.utils.translation import gettext_lazy as _

from indgang.desks.workplace.case_forms import SEARCHES, CaseForm, radio_field
from indgang.foundation.access.values import Reason


class CitizenReasonForm(CaseForm):
    """Why somebody looks at a citizen they have neither contact nor case with."""

    reason = radio_field(
        _("Vælg en grund"),
        [(code, name) for code, name in Reason.choices if code not in SEARCHES],
        missing=_("Vælg, hvorfor du skal se borgeren."),
    )
