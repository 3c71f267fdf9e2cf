"""The matrix of competences: seen, changed one by one or many at once, and the groups too few people cover."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.values import EmployeeCard
from indgang.desks.administration import changes
from indgang.desks.administration import competence_setting as competence
from indgang.desks.administration.answers import as_day, as_ids, as_number, back, saved, with_query
from indgang.desks.administration.coverage import covers, lines
from indgang.desks.administration.errors import BadValue
from indgang.desks.administration.gates import leads, roles_only
from indgang.desks.administration.menu import LEADERS, SECURITY
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

HERE = "/administration/kompetencer"
PAGE = 40
LEAST = 2  # people who should know a group, unless the address says otherwise


@dataclass(frozen=True)
class Query:
    """What the address asks for."""

    unit: str
    words: str
    group: str
    least: int
    page: int

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out."""
        return bool(self.words or self.group)


@never_cache
@require_GET
@roles_only(LEADERS | SECURITY)
def matrix(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """People and groups; a cell that is chosen is edited above the matrix."""
    at, groups = clock.now(), organisation.groups()
    query = _query(request.GET, viewer, at)
    people = _people(query, at)
    shown = people[query.page * PAGE : (query.page + 1) * PAGE]
    columns = [pair for pair in groups if not query.group or pair[0] == query.group]
    context = {
        "query": query,
        "lines": lines(shown, columns, at),
        "columns": columns,
        "groups": groups,
        "units": organisation.units(at=at),
        "covers": covers(groups, at, query.least),
        "people": len(people),
        "pages": range((len(people) + PAGE - 1) // PAGE),
        "editor": _editor(request.GET.get("celle", ""), viewer, at),
        "led": {card.id for card in shown if leads(viewer, card.unit_id)},
        "today": clock.today(),
    }
    return render(request, "administration/competences.html", context)


@require_POST
@roles_only(LEADERS)
def set_cell(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """One person, one group: from a day, or ended with a day."""
    at, form = clock.now(), request.POST
    subject = form.get("celle", "")
    known = competence.current(subject, at)
    if form.get("goer") == "slut":
        value = competence.ended(known, as_day(form.get("til", "")) or clock.today() - timedelta(days=1))
    else:
        value = competence.begun(known, _period(form))
    made = changes.change_setting(
        setting=competence.COMPETENCE,
        subject=subject,
        value=value,
        viewer=viewer,
        at=at,
        version=form.get("version", ""),
    )
    return saved(request, made, with_query(back(request, HERE), celle=""))


@require_POST
@roles_only(LEADERS)
def set_many(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The same for several people: first what would happen, then done in one go."""
    at, form = clock.now(), request.POST
    chosen = as_ids(form.getlist("valgt"))
    group = form.get("gruppe", "")
    if not chosen or group not in dict(organisation.groups()):
        raise BadValue(what=gettext("Vælg mindst én medarbejder og en gruppe."))
    new = _period(form)
    edits = [_edit(employee, group, new, form, at) for employee in chosen]
    if form.get("bekraeft"):
        made = changes.change_settings(edits=edits, viewer=viewer, at=at)
        return saved(request, made, back(request, HERE))
    subjects = [edit.subject for edit in edits]
    before = _said(subjects, at)
    after = changes.preview(edits=edits, viewer=viewer, at=at, look=lambda: _said(subjects, at))
    rows = [(employee, before[edit.subject], after[edit.subject]) for employee, edit in zip(chosen, edits, strict=True)]
    context = {"rows": rows, "form": form, "chosen": chosen, "back": back(request, HERE)}
    return render(request, "administration/competences_preview.html", context)


def _edit(employee: int, group: str, new: competence.Period, form: QueryDict, at: datetime) -> changes.Edit:
    subject = competence.subject_of(employee, group)
    value = competence.begun(competence.current(subject, at), new)
    return changes.Edit(competence.COMPETENCE, subject, value, form.get(f"version-{employee}", ""))


def _said(subjects: list[str], at: datetime) -> dict[str, tuple[str, list[str], str]]:
    """Each subject's name, its value in words and its version."""
    found = {}
    for subject in subjects:
        reading = changes.read_setting(competence.COMPETENCE, subject, at)
        found[subject] = (competence.name(subject), competence.lines(reading.value), reading.version)
    return found


def _period(form: QueryDict) -> competence.Period:
    first = as_day(form.get("fra", ""), clock.today()) or clock.today()
    last = as_day(form.get("til", ""))
    if first < clock.today():
        raise BadValue(what=gettext("Vælg en dag fra i dag og frem: det, der er sket, ændres ikke bagud."))
    if last is not None and last < first:
        raise BadValue(what=gettext("Perioden slutter, før den begynder."))
    return competence.period(
        as_number(form.get("faerdighed", ""), 1, 5, 3), as_number(form.get("niveau", ""), 1, 3, 1), first, last
    )


def _query(given: QueryDict, viewer: Viewer, at: datetime) -> Query:
    own = organisation.unit(viewer.actor.unit) if viewer.actor else None
    return Query(
        unit=given.get("enhed", own.code if own else ""),
        words=given.get("q", "")[:80],
        group=given.get("gruppe", ""),
        least=as_number(given.get("mindst", ""), 1, 99, LEAST),
        page=as_number(given.get("side", ""), 0, 10_000, 0),
    )


def _people(query: Query, at: datetime) -> list[EmployeeCard]:
    found = organisation.employees(query.words, query.unit or None, at)
    if not query.group:
        return found
    knowing = {row.employee for row in organisation.competences([card.id for card in found], at, query.group)}
    return [card for card in found if card.id in knowing]


def _editor(subject: str, viewer: Viewer, at: datetime) -> dict[str, object] | None:
    employee, group = competence.parts(subject)
    card = organisation.employee(employee)
    if card is None or group not in dict(organisation.groups()):
        return None
    reading = changes.read_setting(competence.COMPETENCE, subject, at)
    today: date = clock.today()
    now = next((one for one in reading.value if one["from"] <= today.isoformat()), None)
    facts = organisation.agent_facts([employee], at)
    return {
        "subject": subject,
        "card": card,
        "group": dict(organisation.groups())[group],
        "version": reading.version,
        "now": now,
        "may_edit": leads(viewer, card.unit_id),
        "known": competence.lines(reading.value) if reading.value else [],
        "effective": facts[0].competences.get(group, (0, 0))[1] if facts else 0,
        "history": changes.history(viewer, setting=competence.COMPETENCE, subject=subject, limit=5),
    }
