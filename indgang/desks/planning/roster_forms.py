"""A roster, as a planner asks for it."""

import csv
import io
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indgang.core.organisation import selectors as organisation
from indgang.desks.planning import selectors
from indgang.desks.planning.errors import BadEncoding
from indgang.desks.planning.forms import PlanForm, whole
from indgang.desks.planning.shifts import monday_of
from indgang.desks.planning.values import Kind
from indgang.desks.planning.weeks import OF_DAY, SLOTS
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

PATTERNS = """name,start,end,break_start,break_minutes,weekdays
Dag,08:00,16:00,11:30,30,12345
Midt,09:00,17:00,12:30,30,12345
Sen,10:00,18:00,13:30,30,12345
Formiddag,08:00,12:00,,,12345
Eftermiddag,13:00,18:00,,,12345
"""
OWN, FILE, NOBODY = "egne", "fil", "ingen"
CONTACT_CENTRE, CENTRE = "kontaktcenter", "center"
FULL_TIME = 37
_COLUMN = {CONTACT_CENTRE: 3, CENTRE: 4}


class RosterForm(PlanForm):
    """Which need, when, which shifts and who."""

    behov = forms.ChoiceField(
        label=_("Behov fra"), help_text=_("En bemanding eller en sammenligning, der er regnet ud.")
    )
    mulighed = whole(
        _("Mulighed nr."), _("I en sammenligning: 1 er den første."), least=1, most=20, initial=1, required=False
    )
    sted = forms.ChoiceField(
        label=_("Sted"),
        choices=[(CONTACT_CENTRE, _("Kontaktcentret")), (CENTRE, _("Et center"))],
        help_text=_("Gælder behov fra en sammenligning."),
    )
    fra = forms.DateField(
        label=_("Første uge"),
        help_text=_("En dag i ugen; planen begynder om mandagen."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    uger = whole(_("Uger"), _("1 til 4."), least=1, most=4, initial=1)
    hvem = forms.ChoiceField(
        label=_("Medarbejdere"),
        choices=[
            (OWN, _("dem, jeg leder")),
            (FILE, _("dem i filen")),
            (NOBODY, _("ingen: kun hvor mange af hver vagt")),
        ],
    )
    fil = forms.FileField(
        label=_("Fil med medarbejdere"),
        required=False,
        allow_empty_file=True,
        help_text=_("CSV med name og hours; gerne least_hours, absent, wishes_free, earliest, latest."),
    )
    sekunder = whole(_("Søg i (sekunder)"), _("Længere tid kan give en bedre plan."), least=5, most=300, initial=20)
    vagter = forms.CharField(
        label=_("Vagter"),
        help_text=_("En linje for hver: navn, fra, til, pause. weekdays: 1 er mandag."),
        widget=forms.Textarea(attrs={"rows": 7, "class": "form-input plan-wide", "spellcheck": "false"}),
        initial=PATTERNS,
        max_length=20_000,
    )

    def __init__(self, viewer: Viewer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        rows = selectors.runs(viewer, Kind.STAFFING, Kind.COMPARE, done=True)
        self.fields["behov"].choices = [(str(row.id), f"{row.kind_name}: {row.name}") for row in rows]  # type: ignore[attr-defined]
        self.fields["fra"].initial = monday_of(clock.today()) + timedelta(days=7)
        self.lacks = "" if rows else "need"

    def place_of(self, field: str | None) -> str | None:
        """A fault of the employees' file stands there; of the patterns at the patterns."""
        if field in ("name", "hours", "least_hours", "absent", "wishes_free", "earliest", "latest", "file"):
            return "fil"
        return "vagter" if field in ("start", "end", "break_start", "break_minutes", "cost", "weekdays") else None

    def employees(self) -> str:
        """As CSV; empty for nobody."""
        if self.cleaned_data["hvem"] == FILE:
            return _text(self.cleaned_data["fil"])
        return _own(self.viewer) if self.cleaned_data["hvem"] == OWN else ""

    def clean(self) -> dict[str, Any] | None:
        """Who chooses a file brings one."""
        data = super().clean()
        if data and data.get("hvem") == FILE and not data.get("fil"):
            self.add_error("fil", _("Vælg filen med medarbejdere, eller vælg dem, du leder."))
        return data


def need_of(result: dict[str, Any], kind: str, option: int, place: str) -> list[int]:
    """People at work in each half-hour of the week."""
    rows = result["tables"]["need"]["rows"]
    week = [0] * SLOTS
    if kind == Kind.COMPARE:
        name = result["options"][min(option, len(result["options"])) - 1]
        rows = [[row[1], row[2], None, None, row[_COLUMN[place]]] for row in rows if row[0] == name]
    for row in rows:
        hours, minutes = row[1].split(":")
        week[row[0] * OF_DAY + int(hours) * 2 + int(minutes) // 30] = int(row[4])
    return week


def _own(viewer: Viewer) -> str:
    """The employees of the units the planner leads, full time; no register says more of them."""
    units = viewer.actor.units if viewer.actor else frozenset()
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["name", "hours"])
    for card in organisation.employees(at=clock.now()):
        if card.unit_id in units:
            writer.writerow([card.name, FULL_TIME])
    return file.getvalue()


def _text(file: Any) -> str:
    content = file.read()
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = str(content.decode(encoding))
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadEncoding(field="file")
