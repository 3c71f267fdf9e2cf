"""What a change costs and saves, and how busy the centres are, as a planner types it."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from indgang.desks.planning.forms import PlanForm

MOST_YEARS = 60
_MOST = Decimal(10) ** 12


class Amounts(forms.CharField):
    """Amounts by year, blanks between; Danish or English decimals."""

    def clean(self, value: Any) -> Any:
        """The amounts as decimals."""
        parts = str(super().clean(value) or "").replace(";", " ").split()
        if len(parts) > MOST_YEARS:
            raise ValidationError(gettext("Skriv højst {most} år.").format(most=MOST_YEARS))
        return tuple(_amount(part) for part in parts)


def _amount(text: str) -> Decimal:
    plain = text.replace(".", "").replace(",", ".") if "," in text else text
    try:
        found = Decimal(plain)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) > _MOST:
        raise ValidationError(
            gettext("{text} er ikke et beløb. Skriv det som 1500 eller 1500,5.").format(text=text[:30])
        )
    return found


class GainForm(PlanForm):
    """A business case."""

    investering = Amounts(label=_("Investering"), help_text=_("F.eks. 1000 500."), required=False, max_length=600)
    drift = Amounts(label=_("Ekstra drift"), help_text=_("F.eks. 0 100 100."), required=False, max_length=600)
    besparelse = Amounts(label=_("Besparelse"), help_text=_("F.eks. 0 600 600 600."), max_length=600)
    rente = forms.DecimalField(
        label=_("Rente om året (%)"), help_text=_("3,5 er den, staten regner med de første 35 år."),
        min_value=Decimal("-99"), max_value=100, max_digits=6, decimal_places=3, localize=True, initial=Decimal("3.5"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "form-input plan-short"}),
    )  # fmt: skip
