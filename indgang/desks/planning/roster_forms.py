"""A roster, as a planner asks for it."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indgang.core.organisation import selectors as organisation
from indgang.desks.planning import selectors, staff
from indgang.desks.planning.errors import BadEncoding
from indgang.desks.planning.forms import PlanForm, whole
from indgang.desks.planning.need_shares import Shares, read_shares
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
NEED_FILE = "fil"  # the choice of a need, beside the pieces of work that made one
CONTACT_CENTRE, CENTRE = "kontaktcenter", "center"
_COLUMN = {CONTACT_CENTRE: 3, CENTRE: 4}


class RosterForm(PlanForm):
    """Which need, when, which shifts and who."""

    behov = forms.ChoiceField(
        label=_("Behov fra"), help_text=_("En bemanding eller en sammenligning, der er regnet ud, eller en fil.")
    )
    behovsfil = forms.FileField(
        label=_("Fil med behov"),
        required=False,
        allow_empty_file=True,
        help_text=_("CSV med start (2026-03-02T09:30) og need; gerne competence. Gælder dagene i filen."),
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
        help_text=_("CSV med name og hours; gerne least_hours, competences, absent, wishes_free, earliest, latest."),
    )
    andele = forms.CharField(
        label=_("Kompetencer"),
        required=False,
        max_length=4000,
        help_text=_("En linje for hver: kompetence; procent af behovet, der kræver den. Resten kan alle tage."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "form-input plan-wide"}),
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
        choices = [(str(row.id), f"{row.kind_name}: {row.name}") for row in rows]
        self.fields["behov"].choices = [*choices, (NEED_FILE, str(_("filen med behov")))]  # type: ignore[attr-defined]
        self.fields["fra"].initial = monday_of(clock.today()) + timedelta(days=7)
        self.groups = dict(organisation.groups())

    def place_of(self, field: str | None) -> str | None:
        """What the readers of files refuse stands at the file or the lines they read (`reading`)."""
        if field in self.fields:
            return field
        return self.reading or None

    reading = ""  # the field whose text is being read

    def read(self, field: str) -> str:
        """The text of a file that was brought; faults found in it from now on stand there."""
        self.reading = field
        return _text(self.cleaned_data[field])

    def employees(self) -> str:
        """As CSV; empty for nobody."""
        if self.cleaned_data["hvem"] == FILE:
            return self.read("fil")
        self.reading = "hvem"
        return staff.as_csv(staff.staff(self.viewer, clock.now())) if self.cleaned_data["hvem"] == OWN else ""

    def shares(self) -> Shares:
        """How the need is shared on competences."""
        self.reading = "andele"
        return read_shares(self.cleaned_data["andele"], self.groups)

    def clean(self) -> dict[str, Any] | None:
        """Who chooses a file brings one."""
        data = super().clean()
        if data and data.get("behov") == NEED_FILE and not data.get("behovsfil"):
            self.add_error("behovsfil", _("Vælg filen med behov, eller vælg en bemanding."))
        if data and data.get("behov") == NEED_FILE and data.get("andele"):
            self.add_error("andele", _("Filen med behov siger selv, hvilke kompetencer der skal til. Tøm feltet."))
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


def _text(file: Any) -> str:
    content = file.read()
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = str(content.decode(encoding))
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadEncoding
