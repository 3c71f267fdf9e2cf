"""What the municipality has said of how cases of its tasks are handled, kept until it says otherwise."""

from indgang.core.cases.models import CaseSetting
from indgang.foundation.runtime.services import lasting


@lasting("cases_casesetting")
def built_on_income() -> frozenset[str]:
    """The tasks that depend on the citizen's income."""
    return frozenset(CaseSetting.objects.filter(income_dependent=True).values_list("task", flat=True))
