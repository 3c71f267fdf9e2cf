"""A citizen's income has changed: reported once, to the register, and seen on every open case it concerns. Views."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from indgang.core.cases import selectors as cases
from indgang.core.cases import services
from indgang.core.citizens import selectors as citizens
from indgang.desks.workplace import overview_pages, pages
from indgang.desks.workplace.case_forms import CaseForm, choice_field
from indgang.desks.workplace.case_staff import shown
from indgang.desks.workplace.staff import frame, staff_only
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Purpose, Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.errors import DomainError
from indgang.foundation.runtime.services import uuid7

LARGEST = 100_000_000
FACTS = {
    "salary": _("Løn før skat"),
    "pension": _("Pension før skat"),
    "capital_income": _("Renter, udbytte og anden kapitalindkomst"),
    "assets": _("Formue"),
}
_WHOLE = {
    "invalid": _("Skriv beløbet i hele kroner, for eksempel 212.000."),
    "min_value": _("Beløbet kan ikke være så lavt. Kun kapitalindkomst kan være under nul."),
    "max_value": _("Beløbet er for stort. Skriv det i hele kroner."),
}


class IncomeForm(CaseForm):
    """The new amounts of a year; only those that have changed."""

    case = choice_field(_("Fra hvilken sag?"), [], missing=_("Vælg den sag, du indberetter fra."))
    year = choice_field(_("Indkomstår"), [], missing=_("Vælg året."))
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, known: list[tuple[str, str]], year: int, **facts: Any) -> None:
        super().__init__(*args, **facts)
        for name, choices in (("case", known), ("year", [(str(one), str(one)) for one in range(year - 1, year + 2)])):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices
        for name, label in FACTS.items():
            self.fields[name] = _amount(label, lowest=-LARGEST if name == "capital_income" else 0)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if not self.errors and not self.amounts(facts):
            self.add_error("salary", _("Skriv mindst ét beløb, som er ændret."))
        return facts

    def amounts(self, facts: dict[str, Any]) -> dict[str, int]:
        """What was typed."""
        return {name: facts[name] for name in FACTS if facts.get(name) is not None}


def _amount(label: Any, *, lowest: int) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"class": "form-input", "inputmode": "numeric", "autocomplete": "off"})
    return WholeKroner(
        label=label, required=False, min_value=lowest, max_value=LARGEST, error_messages=_WHOLE, widget=widget,
        help_text=_("Hele året, i hele kroner. Lad feltet stå tomt, hvis det ikke er ændret."),
    )  # fmt: skip


class WholeKroner(forms.IntegerField):
    """An amount as people type it: 212.000 or 212 000 kr."""

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").lower().replace("kr.", "").replace("kr", "")
        return super().to_python("".join(sign for sign in text if sign not in " .\u00a0"))


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def income(request: HttpRequest, viewer: Viewer, person_id: UUID) -> HttpResponse:
    """The form, and afterwards the cases it concerns; looked at for the purpose of the overview it is reached from."""
    at = clock.now()
    purpose, query, _contact = overview_pages.purpose_of(request, person_id, at)
    if purpose is None:
        raise NotFound
    page = cases.income_page(viewer, person_id, purpose=purpose, report=request.GET.get("indberettet", "")[:40], at=at)
    year = clock.local(at).year
    known = [(row.number, f"{row.title} {row.number}") for row in page.reportable]
    if request.method == "GET":
        given = {"year": str(year), "key": uuid7(at), "case": known[0][0] if known else ""}
        form = IncomeForm(known=known, year=year, initial=given)
        return _page(request, viewer, person_id, purpose, page, form, query, at)
    form = IncomeForm(request.POST, known=known, year=year)
    if not form.is_valid():
        return _page(request, viewer, person_id, purpose, page, form, query, at, status=422)
    try:
        made = _reported(form, viewer, at)
    except DomainError as said:
        if isinstance(said, NotFound):
            raise
        return _page(request, viewer, person_id, purpose, page, form, query, at, error=said, status=said.status)
    after = f"{query}&" if query else "?"
    return redirect(resolve_url("workplace:citizen-income", person_id) + f"{after}indberettet={made}")


def _reported(form: IncomeForm, viewer: Viewer, at: datetime) -> str:
    facts = form.cleaned_data
    return services.report_income(
        case_id=cases.case_id_of(viewer, facts["case"], at), facts=form.amounts(facts), year=int(facts["year"]),
        key=str(facts["key"] or ""), viewer=viewer, at=at,
    )  # fmt: skip


def _page(
    request: HttpRequest,
    viewer: Viewer,
    person_id: UUID,
    purpose: Purpose,
    page: cases.IncomePage,
    form: IncomeForm,
    query: str,
    at: datetime,
    *,
    error: DomainError | None = None,
    status: int = 200,
) -> HttpResponse:
    person = citizens.person(viewer, person_id, purpose=purpose, at=at)
    context: dict[str, object] = {
        "page": page, "person": person, "query": query, "fields": shown(form),
        "form": form if form.is_bound else None, "error": error,
    }  # fmt: skip
    around = frame(viewer, pages.my_work(viewer, at), at)
    return render(request, "workplace/overview/income.html", {**around, **context}, status=status)
