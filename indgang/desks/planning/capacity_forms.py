"""What a planner says of each centre in its busiest half-hour: one row of fields a centre."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from indgang.desks.planning.centres import Centre, Figures
from indgang.desks.planning.forms import PlanForm, number

SEATS = (("", _("ikke nødvendig")), ("yes", _("besat")), ("no", _("mangler")))


@dataclass(frozen=True)
class Row:
    """A centre and its fields."""

    centre: Centre
    fields: list[forms.BoundField]  # load, staff, what nobody can, tax seat
    version: forms.BoundField


class CentresForm(PlanForm):
    """Every centre of the organisation; what is left empty is not reckoned with."""

    def __init__(self, centres: Sequence[Centre], data: Mapping[str, Any] | None = None) -> None:
        self._centres = centres
        super().__init__(data, initial=_initial(centres))
        for centre in centres:
            said = {"navn": centre.name}
            self._add(
                centre, "last", number(gettext("Belastning, {navn}").format(**said), "", required=False, most=9999)
            )
            self._add(
                centre, "folk", number(gettext("På arbejde, {navn}").format(**said), "", required=False, most=9999)
            )
            lacks = forms.CharField(label=gettext("Mangler, {navn}").format(**said), required=False, max_length=2000)
            self._add(centre, "mangler", lacks)
            seat = forms.ChoiceField(
                label=gettext("Skatteplads, {navn}").format(**said), required=False, choices=SEATS
            )  # fmt: skip
            self._add(centre, "skat", seat)
            version = forms.IntegerField(min_value=0, max_value=10**8, required=False, widget=forms.HiddenInput)
            self._add(centre, "version", version)

    def _add(self, centre: Centre, name: str, field: forms.Field) -> None:
        field.widget.attrs.setdefault(
            "class", "form-select" if isinstance(field.widget, forms.Select) else "form-input plan-short"
        )
        self.fields[f"{name}-{centre.id}"] = field

    def rows(self) -> list[Row]:
        """The fields of each centre."""
        return [
            Row(
                centre, [self[f"{name}-{centre.id}"] for name in ("last", "folk", "mangler", "skat")],
                self[f"version-{centre.id}"],
            )
            for centre in self._centres
        ]  # fmt: skip

    def said(self) -> dict[str, tuple[Figures, int]]:
        """What was typed, by the centre's code, with the version that was seen."""
        data = self.cleaned_data
        found = {}
        for centre in self._centres:
            load, staff, lacks, seat, version = (
                data[f"{name}-{centre.id}"] for name in ("last", "folk", "mangler", "skat", "version")
            )
            found[centre.code] = (
                Figures(load, staff, "; ".join(part.strip() for part in lacks.split(";") if part.strip()), seat),
                version or 0,
            )
        return found


def _initial(centres: Sequence[Centre]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for centre in centres:
        said = centre.figures
        values = {
            "last": said.load, "folk": said.staff, "mangler": said.lacks, "skat": said.tax_seat,
            "version": centre.version,
        }  # fmt: skip
        found |= {f"{name}-{centre.id}": value for name, value in values.items()}
    return found
